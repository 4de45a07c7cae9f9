#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
module=$RXPATH_PROJECT/tracepoints/rxpath.ko
# of_stats FILE REGEX: the number in that line of what the reader says
of_stats() { rxpath stats "$1" | sed -nE "s/.*$2.*/\\1/p"; }
# losses FILE HOOK FIELD [CPU]: that field of the hook's loss events, added up
losses() { trace-cmd report "$1" 2> /dev/null | grep " loss: .*hook=$2 .*cpu=${4:-}" | sed -n "s/.* $3=\([0-9]*\).*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'; }

for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

# blocked_server PORT [COMMAND...]: a server in recv(), until its connection is closed
blocked_server() {
	"${@:2}" "$programs/recv-server" "$1" 1 > /dev/null &
	wait_for_port "$1"
	peer bash -c "exec 3<> /dev/tcp/$server_ip/$1; echo hello >&3; read -r -u 3 _; until [ -e /run/enough ]; do sleep 0.1; done" &
}

load() {
	local one two three
	peer ping -q -c 1 -s 1111 "$server_ip" > /dev/null
	echo_here recv-server 7121 1200000 1 & one=$!
	echo_here epoll-server 7122 1000 100 & two=$!
	echo_here recv-server 7123 1400 100 & three=$!
	wait $one && wait $two && wait $three
	status=$?
	peer ping -q -c 1 -s 1222 "$server_ip" > /dev/null
	return "$status"
}
# The recorder stands still: what the buffer does not hold is lost, however fast it were.
unread_load() {
	local status recorder
	mapfile -t recorder < <(pgrep -x trace-cmd)
	kill -STOP "${recorder[@]}"
	load
	status=$?
	# By the shell itself: a search through /proc would be all that the buffer holds.
	kill -CONT "${recorder[@]}"
	return "$status"
}
export -f load unread_load echo_here echo_between wait_for_port nap
export programs server_ip never

insmod "$module" sleepers=1
ok 'a load is recorded' rxpath record -b 32768 -o "$RXPATH_OUT/load.dat" -- bash -c load
like 'nothing is lost' "$(rxpath stats "$RXPATH_OUT/load.dat")" 'no event lost in the ring buffer'

ok 'a load with a buffer for a fraction of it' rxpath record -b 512 -o /run/small.dat -- bash -c unread_load
ok 'the trace tells what was lost' [ "$(of_stats /run/small.dat 'LOST: at least ([0-9]+) events')" -ge 1 ]

# One instance for each function that waits: of two servers one is seen.
rm -f /run/enough
before=$(awk -F'\t' '$1 == "tcp_recvmsg" { print $8 }' /sys/kernel/debug/rxpath/hooks)
two_blocked() { blocked_server 7124; blocked_server 7125; sleep 1; touch /run/enough; sleep 0.5; }
export -f two_blocked blocked_server
rxpath record -o /run/missed.dat -- bash -c two_blocked
after=$(awk -F'\t' '$1 == "tcp_recvmsg" { print $8 }' /sys/kernel/debug/rxpath/hooks)
ok 'with one instance calls are missed' [ "$((after - before))" -ge 1 ]
is 'the trace tells how many of which function' "$(losses /run/missed.dat tcp_recvmsg exhausted)" "$((after - before))"
ok 'and so does the reader' [ "$(of_stats /run/missed.dat 'MISSED: ([0-9]+) calls')" -ge "$((after - before))" ]
rmmod rxpath

# Called from another probe's handler. Only a return probe misses that, and it is one for
# as long as a BPF program has the function.
insmod "$module"
bpftrace -e 'kfunc:add_wait_queue { @ = count(); }' > /run/bpf 2>&1 &
bpf=$!
bpftrace_has $bpf add_wait_queue || note "bpftrace does not begin: $(cat /run/bpf)"
rxpath record -o /run/nested.dat -- insmod "$RXPATH_PROJECT/tests/modules/nested.ko" calls=7
is 'calls within the handler of another probe are missed, and told' "$(losses /run/nested.dat add_wait_queue nested)" 7
bpftrace_ends $bpf
rmmod nested rxpath

# In their calls before anybody records: told on the CPU where they wait.
insmod "$module"
rm -f /run/enough
rxpath record -o /run/none.dat -- peer ping -q -c 2 -i 0.5 "$server_ip" > /dev/null
taskset -c 1 "$programs/epoll-server" 7126 1 > /dev/null &
epoll=$!
wait_for_port 7126
blocked_server 7127 taskset -c 0
sleep 1
rxpath record -o /run/before.dat -- peer ping -q -c 2 -i 0.5 "$server_ip" > /dev/null
while read -r hook on; do
	is "one more task was in $hook before, on CPU $on" \
		"$(($(losses /run/before.dat "$hook" before "$on") - $(losses /run/none.dat "$hook" before "$on")))" 1
done <<- 'WAITING'
	do_epoll_wait 1
	tcp_recvmsg 0
	sk_wait_data 0
WAITING
ok 'and the reader says so' [ "$(of_stats /run/before.dat '^([0-9]+) calls began before')" -ge 3 ]
touch /run/enough
kill $epoll
wait 2> /dev/null
rmmod rxpath
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
