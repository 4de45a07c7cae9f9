#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
if [ -z "${RXPATH_IN_RAM:-}" ]; then
	# shellcheck source=tests/guest/inside/ram-root.sh
	. "$RXPATH_PROJECT/tests/guest/inside/ram-root.sh"
	ram_root "$(readlink -f "$0")" awk cat dmesg ethtool grep head insmod ip mktemp mv od ping rm rtcwake seq sleep ss tail \
		timeout wc basename dirname
	exit
fi
# shellcheck source=tests/guest/inside/ram-root.sh
. "$RXPATH_PROJECT/tests/guest/inside/ram-root.sh"
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

# What has been asked of the interface before it sleeps, and is seen after.
ip link set eth0 mtu 3000
peer ip link set peer0 mtu 3000
peer ip route replace 239.0.0.0/8 dev peer0
ip maddr add 01:00:5e:01:02:03 dev eth0
ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
ethtool -G eth0 rx 512 tx 128
ethtool -C eth0 adaptive-rx off rx-usecs 120
# as_before WHEN: each of them for itself, that none hides behind another.
as_before() {
	# The register itself (00c4): 468 units of 256 ns. Behind each offset is its value.
	is "$1: the distance of interrupts (ITR)" "$(ethtool -d eth0 raw on | od -An -v -w8 -t x4 | grep ' 000000c4 ')" ' 000000c4 000001d4'
	is "$1: the rings" "$(ring_size RX) $(ring_size TX)" '512 128'
	ok "$1: the MTU" peer ping -q -c 2 -i 0.2 -s 2900 "$server_ip"
	ok "$1: the group" group_is_received
}
group_is_received() {
	local before
	before=$(counter multicast)
	peer ping -q -c 5 -i 0.1 -W 0.1 239.1.2.3
	[ $(($(counter multicast) - before)) -ge 5 ]
}
# Sleeps to idle. The emulated clock wakes only a machine that sleeps deeper, so
# the kernel is told to wake up by itself, when every device sleeps.
echo 1 > /sys/module/suspend/parameters/pm_test_delay
freeze() {
	echo platform > /sys/power/pm_test && echo freeze > /sys/power/state
	echo none > /sys/power/pm_test
}
slept() { dmesg | grep -c 'PM: suspend exit'; }

as_before 'before it sleeps'
is 'wake-on-LAN is not announced' "$(ethtool eth0 | grep -c Wake-on)" 0
refused 'nor taken' 75 'not supported' ethtool -s eth0 wol g

ok 'a connection' transfer_start 7000
ok 'sleep to idle, and wake up' freeze
is 'it did sleep' "$(slept)" 1
ok 'the connection lives' transfer_survived 7000
as_before 'idle, and awake again'
ok 'bytes are intact' echo_here epoll-server 7000 300001 3
ok 'sleep while the interface is closed' eval 'ip link set eth0 down && freeze'
ok 'it goes up after that' nic-up
ok 'bytes are intact' echo_here epoll-server 7000 300001 3

ok 'a connection' transfer_start 7001
ok 'sleep to memory, and be woken by the clock' rtcwake -m mem -s 6
is 'it did sleep' "$(slept)" 3
like 'deeply' "$(dmesg | tail -n 200)" 'Timekeeping suspended for|Low-level resume complete'
ok 'the connection lives' transfer_survived 7001
as_before 'woken from memory'
ok 'bytes are intact' echo_here epoll-server 7000 300001 3
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
ram_finish $?
