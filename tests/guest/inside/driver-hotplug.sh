#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

expect_unread
device=$(readlink -f /sys/class/net/eth0/device)
# What is plugged in is what was there.
plug='{"driver":"e1000","id":"nic","netdev":"server","bus":"port1","mac":"52:54:00:12:34:01","romfile":""}'
# replug: unplugged, and perhaps not ejected yet.
replug() {
	wait_until 'the device is not ejected' [ ! -e "$device" ] && qmp device_add "$plug" && there && nic-up
}
unplug() { qmp device_del '{"id":"nic"}' && gone; }
set_link() { qmp set_link "{\"name\":\"nic\",\"up\":$1}"; }
carrier_is() { wait_until "the carrier is not $1" grep -qx "$1" /sys/class/net/eth0/carrier; }
gone() { wait_until 'eth0 is still there' [ ! -e /sys/class/net/eth0 ]; }
there() { wait_until 'there is no eth0' [ -e /sys/class/net/eth0 ]; }
# Everything that can be asked of an interface without changing it.
ask_all() {
	ip -s link show eth0
	for show in '' -S -d -e -g -c -a -k -i -l -T --show-eee; do ethtool $show eth0; done
} > /dev/null 2>&1

# The cable, pulled and put back.
ok 'a connection' transfer_start 7000
ok 'the cable is pulled' set_link false
ok 'the carrier goes' carrier_is 0
is 'ethtool says so' "$(ethtool eth0 | grep -o 'Link detected: .*')" 'Link detected: no'
is 'nothing arrives' "$(peer ping -q -c 3 -i 0.1 -W 0.1 "$server_ip" | grep -o '[0-9]* received')" '0 received'
ok 'the cable is back' set_link true
ok 'the carrier returns' carrier_is 1
ok 'the connection carries bytes again' transfer_moves 7000
often() {
	for _ in 1 2 3 4; do
		set_link false && carrier_is 0 && set_link true && carrier_is 1 || return
	done
}
ok 'four times more' often
ok 'the connection has lived through it' transfer_survived 7000
ok 'closed, the cable is pulled' eval 'ip link set eth0 down && set_link false'
ok 'open, there is no carrier' eval 'ip link set eth0 up && sleep 0.7 && carrier_is 0'
ok 'it comes with the cable' eval 'set_link true && carrier_is 1'

# The function reset that the bus offers. For its time the device is absent, but
# the interface can be closed, and stays what it was.
ip link set eth0 mtu 3000
ip maddr add 01:00:5e:01:02:03 dev eth0
ethtool -G eth0 rx 512
ok 'a connection' transfer_start 7001
ok 'the function is reset' eval "echo 1 > $device/reset"
ok 'the connection lives' transfer_survived 7001
is 'the rings are as they were set' "$(ring_size RX)" 512
peer ip link set peer0 mtu 3000
ok 'long frames are received' peer ping -q -c 2 -i 0.2 -s 2900 "$server_ip"
peer ip route replace 239.0.0.0/8 dev peer0
before=$(counter multicast)
peer ping -q -c 5 -i 0.1 -W 0.1 239.1.2.3 > /dev/null
ok 'so are frames to the group that was joined' [ $(($(counter multicast) - before)) -ge 5 ]
peer ip link set peer0 mtu 1500
ip link set eth0 mtu 1500
open_and_close_while_reset() {
	local absent=0
	while [ $absent -lt 5 ]; do
		timeout 20 ip link set eth0 down || return
		timeout 20 ip link set eth0 up 2> /dev/null || absent=$((absent + 1))
	done
}
background resets bash -c "while :; do echo 1 > $device/reset; done"
ok 'it can be closed while it is reset, if not opened' open_and_close_while_reset
background_stop resets
ok 'after that it can' wait_until 'no' nic-up
ok 'bytes are intact' echo_here epoll-server 7000 300001 3

# Unplugged in good order: the guest is asked, lets go, and ejects.
background flood peer ping -q -i 0.002 -s 1400 "$server_ip"
ok 'a connection, among others'\'' frames' transfer_start 7002
ok 'unplugged: the interface is gone' unplug
ok 'the device too' wait_until 'it is there' [ ! -e "$device" ]
is 'the driver stays' "$(cat /sys/module/rxpath_e1000/initstate)" live
ok 'plugged in: an interface comes, and goes up' replug
ok 'the connection goes on, over a device that it did not begin on' transfer_survived 7002
again() {
	for _ in 1 2 3; do
		unplug && replug || return
	done
}
ok 'three times more, the flood going on' again
background_stop flood
ok 'bytes are intact' echo_here epoll-server 7000 300001 3
ip link set eth0 down
ok 'unplugged while closed' unplug
ok 'plugged in' replug

# Unplugged while a program has not read: its bytes lie in pages that were the device's.
ok 'a connection' transfer_start 7004
server=$(cat /tmp/server-7004.pid)
kill -STOP "$server"
unread() { [ "$(ss -Htn 'sport = :7004' | awk '{ print $2 }')" -gt 10000 ]; }
ok 'its program does not read' wait_until 'nothing is unread' unread
ok 'unplugged' unplug
kill -CONT "$server"
ok 'plugged in' replug
ok 'all of it was read' transfer_survived 7004
ok 'and is unmapped' nothing_stays_mapped

# Torn out: the device stops answering, so that reads are all ones and writes are
# lost, and only later somebody says that it is gone.
tear_out() {
	local bar
	read -r bar _ < "$device/resource"
	config "$device" 4 '\x00\x00'
	rom_at "$bar"
}
ok 'a connection' transfer_start 7003
tear_out
is 'the device reads as ones' "$(ethtool -d eth0 raw on | tail -c +5 | head -c 4 | od -An -t x4)" ' ffffffff'
ok 'everything can be asked' eval 'ask_all; :'
is 'what was read told the driver: there is no carrier' "$(cat /sys/class/net/eth0/carrier)" 0
ok 'the counters have not run away' [ "$(ethtool -S eth0 | awk '$2 + 0 > 1e9' | wc -l)" = 0 ]
ok 'it can be closed' timeout 20 ip link set eth0 down
ok 'and opened' timeout 20 ip link set eth0 up
is 'but has no carrier still' "$(cat /sys/class/net/eth0/carrier)" 0
ok 'now the bus is told: the interface is gone' unplug
rom_away
ok 'plugged in again' replug
ok 'the connection has lived' transfer_survived 7003
ok 'bytes are intact' echo_here epoll-server 7000 300001 3
ok 'nothing of a device that is gone is mapped' nothing_stays_mapped
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
