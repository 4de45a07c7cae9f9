#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# tracer-nic.sh NIC...: with the driver of each, records one data segment to the epoll
# server and leaves the chain of calls that it went through in $RXPATH_OUT/NIC/chain.
set -e
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing

for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done

record() {
	peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
	insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
	echo 'dev eth0 port 7091' > /sys/kernel/debug/rxpath/filter
	echo > $tracing/trace
	echo 1 > $tracing/events/rxpath/enable
	# The server is asleep when each comes.
	echo_here epoll-server 7091 321 6 20
	echo 0 > $tracing/events/rxpath/enable
	cp $tracing/trace "$1/trace"
	rmmod rxpath
}

# The poll that brought the third segment of data: all calls in it. Events come when
# calls return: they are put in the order of their entry, those told in another's
# event with them. Left out is what the segment did not do: the driver's own call,
# interrupts, and the end of packets that were sent; and tcp_data_queue, as the peer's
# window decides whether header prediction goes around it.
chain() { awk '
	function tell(name, start, dur) { n++; names[n] = name; starts[n] = start + 0; ends[n] = start + dur }
	/^#/ || $3 ~ /^..[hH]/ || $5 ~ /^(rxe_.*|registered|kfree_skbmem|napi_consume_skb|tcp_data_queue):/ { next }
	{
		name = $5
		sub(/:$/, "", name)
		split("", f)
		for (i = 6; i <= NF; i++) if ((at = index($i, "="))) f[substr($i, 1, at - 1)] = substr($i, at + 1)
		if (f["inner"] ~ /skb_gro/) tell("skb_gro_receive", f["start"] + f["merge_after"], f["merge_dur"])
		if (f["inner"] ~ /dev_gro/) tell("dev_gro_receive", f["start"] + f["dev_after"], f["dev_dur"])
		tell(name, f["start"], f["dur"])
		if (name == "tcp_queue_rcv" && ++segments == 3) wanted = f["start"] + 0
	}
	END {
		if (!wanted) exit
		for (i = 1; i <= n; i++)
			if (names[i] == "__napi_poll" && starts[i] <= wanted && ends[i] >= wanted) { from = starts[i]; to = ends[i] }
		for (i = 1; i <= n; i++)
			if (starts[i] >= from && ends[i] <= to) printf "%.0f %s\n", starts[i], names[i]
	}' "$1/trace" | sort -n | cut -d' ' -f2 > "$1/chain"; }

for nic; do
	out=$RXPATH_OUT/$nic
	mkdir "$out"
	if [ "$nic" = intree ]; then
		rmmod rxpath_e1000
		sed -i 's/^nic=.*/nic=intree/' /run/rxpath.conf
		nic-up
	fi
	basename "$(readlink /sys/class/net/eth0/device/driver)" > "$out/driver"
	record "$out"
	chain "$out"
	[ -s "$out/chain" ]
done
kernel_is_content
