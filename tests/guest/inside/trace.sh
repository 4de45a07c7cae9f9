#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# Records an epoll server and a blocking server being talked to, without GRO and with
# it: into $RXPATH_OUT/off and $RXPATH_OUT/on. What the recordings must hold is judged
# outside, by tests/guest/trace.t.
set -e
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

# IPv6 multicasts to routers, which the NIC rightly filters out: they would be on
# the wire and not in the ring.
for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
# Through the second in which the device holds frames back after "up".
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

cat > /run/talk <<TALK
#!/usr/bin/env bash
. $RXPATH_PROJECT/tests/guest/inside/lib.sh
# Pings of two sizes that nothing else has mark where the counting begins and ends.
peer ping -q -c 1 -s 1111 $server_ip > /dev/null
rmmod rxpath 2> \$OUT/rmmod.err && echo removed > \$OUT/rmmod.err
$programs/epoll-server 7000 1 > \$OUT/epoll-server.txt & epoll=\$!
$programs/recv-server 7001 1 > \$OUT/recv-server.txt & recv=\$!
wait_for_port 7000 && wait_for_port 7001
# Each message finds its server asleep, and not still from before the connection.
peer $programs/peer-client $server_ip 7000 200 5 20 \$epoll > \$OUT/epoll-client.txt
peer $programs/peer-client $server_ip 7001 200 5 20 \$recv > \$OUT/recv-client.txt
wait
peer $programs/peer-client $server_ip 7002 1 1 2> /dev/null || true
$programs/epoll-server 7002 1 > \$OUT/bulk-server.txt &
wait_for_port 7002
peer $programs/peer-client $server_ip 7002 100003 2 > \$OUT/bulk-client.txt
wait
peer ping -q -c 1 -s 1222 $server_ip > /dev/null
TALK
chmod +x /run/talk
record() {
	local out=$RXPATH_OUT/$1
	mkdir "$out"
	insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
	cp /sys/kernel/debug/rxpath/hooks "$out/hooks"
	cat /proc/kallsyms > "$out/functions"
	ethtool -K eth0 gro "$1"
	OUT=$out rxpath record -o "$out/trace.dat" -- /run/talk > "$out/record.txt"
	cat /proc/sys/kernel/kptr_restrict > "$out/kptr_restrict"
	cat /sys/kernel/tracing/events/rxpath*/*/format > "$out/formats"
	cp /sys/kernel/debug/rxpath/hooks "$out/hooks.after"
	grep -E ' (init_task|init_net|tcp_prot|jiffies)$' /proc/kallsyms > "$out/kallsyms"
	rmmod rxpath
	kernel_is_content > "$out/complaints" || true
}
# A buffer full of ones, forgotten, and then records of one event in it, as they lie there.
over_ones() {
	local buffer=/sys/kernel/tracing/instances/ones cpu
	insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
	mkdir $buffer
	echo 16 > $buffer/buffer_size_kb
	for cpu in 0 1; do
		taskset -c $cpu bash -c "for i in {1..64}; do head -c 1000 /dev/zero | tr '\\0' '\\377' > $buffer/trace_marker; done"
	done
	echo > $buffer/trace
	echo 1 > $buffer/events/rxpath/__netif_receive_skb_core/enable
	peer ping -q -c 20 -i 0.01 "$server_ip" > /dev/null
	echo 0 > $buffer/events/rxpath/__netif_receive_skb_core/enable
	cp $buffer/events/rxpath/__netif_receive_skb_core/format "$RXPATH_OUT/ones.format"
	for cpu in 0 1; do
		dd if=$buffer/per_cpu/cpu$cpu/trace_pipe_raw of="$RXPATH_OUT/ones.$cpu" bs=4096 iflag=nonblock 2> /dev/null || true
	done
	rmdir $buffer
	rmmod rxpath
}
uname -r > "$RXPATH_OUT/kernel"
over_ones
record off
record on
