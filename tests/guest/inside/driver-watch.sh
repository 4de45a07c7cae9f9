#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

silence
taskset -pc 0 $$ > /dev/null
# The poll becomes a thread, whose CPU a real-time task takes, and keeps.
hogs_allowed
echo 1 > /sys/class/net/eth0/threaded
thread() { pgrep -x 'napi/eth0-[0-9]*'; }
ok 'the poll is a thread' wait_until 'no thread' thread
# Who looks is on the other CPU: a timer stays where it was started, here by going up, or by the workers that tell of the link.
[ ! -e /proc/sys/kernel/timer_migration ] || sysctl -q -w kernel.timer_migration=0
echo 1 > /sys/devices/virtual/workqueue/cpumask
echo 0 > "/proc/irq/$(cat /sys/class/net/eth0/device/irq)/smp_affinity_list"
# Nor is the peer's own poll to be starved: softirqs wait, too, where a task of a higher class has the CPU.
while read -r irq; do
	echo 0 > "/proc/irq/$irq/smp_affinity_list"
done < <(sed -n 's/^ *\([0-9]*\):.*virtio.*-input.*/\1/p' /proc/interrupts)
ip link set eth0 down
nic-up 2> /dev/null # IPv6 is off: it has no address to give
silence
taskset -pc 1 "$(thread)" > /dev/null
# The byte limit would stop the queue after two frames.
echo 1000000 > /sys/class/net/eth0/queues/tx-0/byte_queue_limits/limit_min
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
# The timer may have been started there by the poll's own answers: it is let run out.
# shellcheck disable=SC2016 # the variable is Perl's
hog() {
	nap 5
	rm -f /run/hog
	chrt -f 50 taskset -c 1 perl -e 'open(my $there, ">", "/run/hog"); alarm 60; 1 while 1' &
	hog=$!
	wait_until 'no hog' [ -e /run/hog ]
}
let_go() {
	kill $hog
	wait $hog
} 2> /dev/null
# datagrams COUNT: to the peer, and none of them is answered.
peer nft 'table inet quiet { chain in { type filter hook input priority 0; udp dport 9 drop; }; }'
datagrams() { for ((i = 0; i < $1; i++)); do echo > "/dev/udp/$peer_ip/9"; done; }

before=$(driver_stat tx_packets) peers=$(peer cat /sys/class/net/peer0/statistics/rx_packets)
hog
datagrams 10
# Three looks in a row, each at most 3 s after the one before, are a hang.
nap 14
is 'starved: what was sent is at the peer' $(($(peer cat /sys/class/net/peer0/statistics/rx_packets) - peers)) 10
is 'starved: and nobody has looked' "$(driver_stat tx_packets)" "$before"
is 'starved: that is no hang' "$(driver_stat tx_timeouts)" 0
let_go
ok 'the poll runs again, and finds all sent' wait_until 'it does not' at_least tx_packets $((before + 10))
is 'nothing was thrown away' "$(driver_stat tx_dropped)" 0

# More than the ring holds: the queue stops, and then the kernel's watchdog looks.
hog
datagrams 400
nap 14
like 'starved, the queue stopped: the kernel has noticed' "$(dmesg)" 'NETDEV WATCHDOG: .*transmit queue 0 timed out'
is 'starved, the queue stopped: that is no hang of the device' "$(driver_stat tx_timeouts)" 0
let_go
ok 'the poll runs again: bytes are intact' echo_here epoll-server 7000 100003 3
is 'nothing was thrown away' "$(driver_stat tx_dropped)" 0

# A device that does not send is still one that hangs.
echo on > /sys/kernel/debug/rxpath_e1000/*/stall_tx
datagrams 1
ok 'stalled: that is a hang' wait_until 'no timeout' at_least tx_timeouts 1
echo off > /sys/kernel/debug/rxpath_e1000/*/stall_tx
expect_report 'NETDEV WATCHDOG: '
expect_report 'WARNING: .* dev_watchdog'
ok 'the kernel complains of nothing else' kernel_is_content
done_testing
