#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

silence
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

# between LOW VALUE HIGH
between() { echo "$2, wanted $1 to $3"; [ "$2" -ge "$1" ] && [ "$2" -le "$3" ]; }

# ethtool says a reason of the kernel's in two lines.
one_line() {
	local output status=0
	output=$("$@" 2>&1) || status=$?
	tr '\n' ' ' <<< "$output" >&2
	return $status
}

modprobe pktgen
pktgen() { peer sh -c "echo '$2' > /proc/net/pktgen/$1"; }
pktgen kpktgend_0 rem_device_all
pktgen kpktgend_0 'add_device peer0'
# burst COUNT: frames to a closed port, as fast as the peer can, and the
# interrupts that they took.
burst() {
	local before setting
	for setting in "count $1" 'pkt_size 1496' 'delay 0' 'dst_mac 52:54:00:12:34:01' \
		"dst $server_ip" 'udp_dst_min 9' 'udp_dst_max 9'; do
		pktgen peer0 "$setting"
	done
	before=$(driver_stat irq_claimed)
	pktgen pgctrl start
	sleep 0.1
	echo $(($(driver_stat irq_claimed) - before))
}
pings() { peer ping -q -c 30 -i 0.005 "$server_ip" > /dev/null; }

like 'adapting is the default' "$(ethtool -c eth0)" 'Adaptive RX: on'
pings
is 'a frame now and then: the shortest distance' "$(driver_stat itr_usecs)" 50
before=$(driver_stat rx_doorbells)
peer ping -q -f -c 640 "$server_ip" > /dev/null
ok 'one doorbell for a quarter of the ring' between 8 $(($(driver_stat rx_doorbells) - before)) 12
adapted=$(($(burst 1276) + $(burst 1276) + $(burst 1276)))
ok 'bursts: few interrupts' between 1 $adapted 102
pings
is 'and is back after a few single frames' "$(driver_stat itr_usecs)" 50

refused 'rx-usecs while adapting is on' 1 'rx-usecs is adapted: set adaptive-rx off first' \
	one_line ethtool -C eth0 rx-usecs 30
refused 'rx-usecs above what ITR holds' 1 'rx-usecs is at most 16776' \
	one_line ethtool -C eth0 adaptive-rx off rx-usecs 16777
like 'neither changed anything' "$(ethtool -c eth0)" 'Adaptive RX: on.*rx-usecs:[[:space:]]+50'
ok 'a fixed distance' ethtool -C eth0 adaptive-rx off rx-usecs 130
is 'the device has it' "$(driver_stat itr_usecs)" 130
fixed=$(($(burst 1276) + $(burst 1276) + $(burst 1276)))
ok 'bursts then take more interrupts' between $((adapted * 5 / 4)) $fixed 6000
is 'and the distance stays' "$(driver_stat itr_usecs)" 130
ok '2 ms apart' ethtool -C eth0 rx-usecs 2000
ok 'fewer interrupts again' between 1 "$(burst 1276)" $((fixed * 2 / 9))
refused 'what the device has not: frames to wait for' 1 'unsupported parameter' \
	one_line ethtool -C eth0 rx-frames 4

under_traffic() {
	transfer_start 7000 || return
	for _ in {1..10}; do
		ethtool -C eth0 adaptive-rx on && ethtool -C eth0 adaptive-rx off rx-usecs 20 || return
	done
	transfer_survived 7000
}
ok 'changed under traffic: the connection lives' under_traffic
ok 'adapting again' ethtool -C eth0 adaptive-rx on
ip link set eth0 down
ip link set eth0 up
like 'down and up forgets nothing' "$(ethtool -c eth0)" 'Adaptive RX: on.*rx-usecs:[[:space:]]+20'
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
