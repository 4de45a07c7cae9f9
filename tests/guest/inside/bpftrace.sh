#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016 # for eval
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing

# during PROGRAM COMMAND...: what scripts/PROGRAM.bt says of COMMAND, which begins
# when all its probes are there: those of our events can be seen to be, the one or
# two that belong to others are attached by the time that one more would be.
during() {
	local program=$1 pid tries=0
	shift
	"$RXPATH_PROJECT/scripts/$program.bt" > "$RXPATH_OUT/$program" 2>&1 & pid=$!
	until armed "$program"; do
		kill -0 $pid 2> /dev/null || { note "$(says "$program")"; return 1; }
		if [ $((tries += 1)) -gt $((240 * ${RXPATH_TIMEOUT_FACTOR:-1})) ]; then
			note "$program.bt: not all of its hooks are armed"
			bpftrace_ends $pid
			return 1
		fi
		sleep 0.5
	done
	sleep 1
	"$@"
	bpftrace_ends $pid
}
# armed PROGRAM: every hook that it has probes on. One process, as it is asked while
# bpftrace compiles on the same CPU.
armed() {
	awk -F'\t' 'FNR == NR { if (sub(/^tracepoint:rxpath:/, "") && match($0, /^[a-z0-9_]+/)) wanted[substr($0, 1, RLENGTH)]; next }
		$4 == "armed" { delete wanted[$1] }
		END { for (hook in wanted) exit 1 }' "$RXPATH_PROJECT/scripts/$1.bt" /sys/kernel/debug/rxpath/hooks
}
says() { cat "$RXPATH_OUT/$1"; }
# in_map NAME FILE: sum of the counts in all buckets of one map
in_map() { awk -v map="$1" 'index($0, map) == 1 { on = 1; next } /^@/ || /^$/ { on = 0 } on && /^[\[(]/ { sub(/.*[)\]] */, ""); sum += $1 } END { print sum + 0 }' "$RXPATH_OUT/$2"; }

for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
# Nobody but the test sends.
ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace "$server_ip" lladdr 52:54:00:12:34:01 dev peer0 nud permanent
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"

# Each message finds its server asleep.
talk_both() { echo_here epoll-server 7081 200 20 20 && echo_here recv-server 7082 200 20 20; }
test_wire_to_recv() {
	local stage
	during wire-to-recv talk_both > /run/talk
	for stage in '1 descriptor to IP' '2 IP to receive queue' '3 receive queue to program' 'descriptor to program'; do
		ok "wire-to-recv: 40 messages in the stage '$stage', and few other packets" \
			eval '[ "$(in_map "@us[$stage]" wire-to-recv)" -ge 40 ] && [ "$(in_map "@us[$stage]" wire-to-recv)" -le 120 ]'
	done
	is 'each read that was queued is counted' "$(in_map '@us[3 receive' wire-to-recv)" "$(in_map '@us[descriptor to' wire-to-recv)"
}

# So much at once that polls have more than one packet.
bulk() { echo_here recv-server 7083 100000 2; }
# What the histogram of one napi's packets can stand for: "LEAST MOST".
packets_in() {
	awk -v map="@packets[$1]:" 'index($0, map) == 1 { on = 1; next } on && !/^\[/ { exit }
		on { split($0, edge, /[^0-9]+/); least += edge[2] * $3; most += (edge[3] - 1) * $3 } END { print least + 0, most + 0 }' "$RXPATH_OUT/poll-work"
}
test_poll_work() {
	local before received napis napi least most
	before=$(counter rx_packets)
	during poll-work bulk > /run/talk
	received=$(($(counter rx_packets) - before))
	# The peer's NIC may have as many by chance.
	napis=$(says poll-work | sed -n "s/^@packets_of_all\[\([0-9]*\)\]: $received\$/\1/p")
	ok "poll-work: the packets of one napi are the interface's, $received" [ -n "$napis" ]
	ok 'enough for polls of more than a few' [ "$received" -ge 100 ]
	for napi in ${napis:-none}; do
		read -r least most <<< "$(packets_in "$napi")"
		note "the histogram of $napi stands for $least to $most packets"
		[ "$least" -gt 0 ] && [ "$least" -le "$received" ] && [ "$received" -le "$most" ] || break
		napi=
	done
	is 'and the histogram is of them' "$napi" ''
	is 'with as many times as polls' "$(in_map @us poll-work)" "$(in_map @packets poll-work)"
}

test_wakeup_latency() {
	during wakeup-latency talk_both > /run/talk
	ok 'wakeup-latency: the epoll server was woken for its messages' [ "$(in_map '@us[epoll-server]' wakeup-latency)" -ge 15 ]
	ok 'and the blocking one' [ "$(in_map '@us[recv-server]' wakeup-latency)" -ge 15 ]
	ok 'nobody who does not use the network' eval '! says wakeup-latency | grep "^@us" | grep -v "server\|client\|ssh"'
}

test_packets_per_interrupt() {
	local before after packets interrupts
	before=$(counter rx_packets)
	during packets-per-interrupt bulk > /run/talk
	after=$(counter rx_packets)
	packets=$(says packets-per-interrupt | sed -n 's/^@packets\[.*: //p' | sort -n | paste -sd' ')
	interrupts=$(says packets-per-interrupt | sed -n 's/^@interrupts\[.*: //p' | paste -sd+)
	note "packets by napi: $packets; the interface counts $((after - before)); interrupts $interrupts"
	ok 'packets-per-interrupt: the packets are those of the interface' grep -qw $((after - before)) <<< "$packets"
	ok 'each napi has all its interrupts but the last in the histogram' \
		[ "$(in_map @per_interrupt packets-per-interrupt)" = $((interrupts - $(grep -c '^@interrupts' "$RXPATH_OUT/packets-per-interrupt"))) ]
}

# Nobody listens there.
seven() { peer bash -c "for i in {1..7}; do echo > /dev/udp/$server_ip/7099; done" 2> /dev/null; sleep 0.2; }
test_drops() {
	during drops seven
	is 'drops: seven datagrams that nobody wanted, by reason and hop' \
		"$(sed -n 's/^@drops\[NO_SOCKET, tracepoint:rxpath:udp_rcv\]: //p' "$RXPATH_OUT/drops")" 7
}

# bpftrace.sh [PROGRAM...]
[ $# -gt 0 ] || set -- wire-to-recv poll-work wakeup-latency packets-per-interrupt drops
for program; do
	failed=$tap_failed
	"test_${program//-/_}"
	[ "$tap_failed" = "$failed" ] || note "$(says "$program")"
done
rmmod rxpath
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
