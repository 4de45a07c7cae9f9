#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

ok 'insmod' insmod "$RXPATH_DRIVER"
is 'the 82540EM is bound to it' "$(basename "$(readlink -f /sys/class/net/eth0/device/driver)")" rxpath_e1000
is 'the MAC address is the EEPROM'\''s' "$(cat /sys/class/net/eth0/address)" 52:54:00:12:34:01
ok 'up, with carrier' nic-up
is 'MTU 1500' "$(cat /sys/class/net/eth0/mtu)" 1500
like 'ethtool -i names the driver and the slot' "$(ethtool -i eth0)" 'driver: rxpath_e1000.*bus-info: 0000:'
like 'ethtool -g shows both rings' "$(ethtool -g eth0)" 'Current hardware settings:.*RX:[[:space:]]+[0-9]+.*TX:[[:space:]]+[0-9]+'
like 'ethtool -S counts' "$(ethtool -S eth0)" 'rx_packets: [0-9]+'
is 'the link has a speed' "$(cat /sys/class/net/eth0/speed) $(cat /sys/class/net/eth0/duplex)" '1000 full'
ok 'ping from the peer' peer ping -q -c 3 -i 0.2 "$server_ip"
ok 'ping to the peer' ping -q -c 3 -i 0.2 "$peer_ip"
ok 'ping over IPv6' peer ping -q -c 3 -i 0.2 2001:db8::1

for size in 1 17 1447 1448 1449 2897 65535 1000003; do
	ok "$size bytes to the epoll server, intact" echo_here epoll-server 7000 $size 3
	ok "$size bytes to a server at the peer, intact" echo_there epoll-server 7000 $size 3
done
# Some ten times round each ring.
ok '4 MB to the blocking server, intact' echo_here recv-server 7001 2000000 2
ok '4 MB to the peer'\''s, intact' echo_there recv-server 7001 2000000 2
for feature in tso gso sg tx gro; do
	ethtool -K eth0 $feature off
	ok "300 KB both ways with $feature off (and what was off before)" \
		eval 'echo_here epoll-server 7000 100001 3 && echo_there epoll-server 7000 100001 3'
done
is 'checksum and scatter-gather are really off' \
	"$(ethtool -k eth0 | grep -cE '^(tx-checksumming|scatter-gather|generic-receive-offload): off')" 3
ethtool -K eth0 tx on sg on tso on gso on gro on
is 'and on again' \
	"$(ethtool -k eth0 | grep -cE '^(tx-checksumming|scatter-gather|generic-receive-offload): on')" 3

# From here to the end of the counting nobody else sends: no IPv6 chatter, no ARP.
for end in '' peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace "$server_ip" lladdr 52:54:00:12:34:01 dev peer0 nud permanent
peer ip neigh replace 192.0.2.77 lladdr 02:00:00:00:00:77 dev peer0 nud permanent
peer ip route replace 239.0.0.0/8 dev peer0

# received COUNTER ADDRESS: by how much 20 frames to ADDRESS raise COUNTER. The
# device holds everything back for a second after each new receive mode, and
# meanwhile the sender's socket fills up: a ping before tells that this is over,
# and one behind that all before it has been through.
received() {
	local before
	peer ping -q -c 1 -W 5 "$server_ip" > /dev/null || echo 'the wire is dead'
	before=$(counter "$1")
	peer ping -q -c 20 -i 0.01 -W 0.1 "$2" > /dev/null
	peer ping -q -c 1 -W 5 "$server_ip" > /dev/null || echo 'the wire is dead'
	echo $(($(counter "$1") - before))
}
is 'frames to another address are not received' "$(received rx_packets 192.0.2.77)" 1
ip link set eth0 promisc on
is 'promiscuous: all 20 are' "$(received rx_packets 192.0.2.77)" 21
ip link set eth0 promisc off
is 'and no longer after that' "$(received rx_packets 192.0.2.77)" 1
is 'a multicast group that nobody joined is filtered out' "$(received multicast 239.1.2.3)" 0
ip maddr add 01:00:5e:01:02:03 dev eth0
is 'joined: all 20 frames arrive' "$(received multicast 239.1.2.3)" 20
ip maddr del 01:00:5e:01:02:03 dev eth0
is 'left: none does' "$(received multicast 239.1.2.3)" 0
ip link set eth0 allmulticast on
is 'allmulti: all 20 frames arrive' "$(received multicast 239.1.2.3)" 20
ip link set eth0 allmulticast off
before=$(counter rx_packets) bytes=$(counter rx_bytes)
peer ping -q -c 50 -i 0.01 -s 1000 "$server_ip" > /dev/null
is 'rx_packets counts each frame' $(($(counter rx_packets) - before)) 50
is 'rx_bytes counts each byte, without the FCS' $(($(counter rx_bytes) - bytes)) $((50 * 1042))
is 'ethtool -S agrees with the interface' \
	"$(ethtool -S eth0 | awk '$1 == "rx_packets:" { print $2 }')" "$(counter rx_packets)"
for end in '' peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=0
done
refused 'MTU 70000 is refused' 2 'mtu greater than device maximum' ip link set eth0 mtu 70000

# A connection lives through down and up: its segments are sent again.
survives_down_up() {
	transfer_start 7000 || return
	for _ in {1..5}; do
		nap 0.2
		ip link set eth0 down && ip link set eth0 up || return
	done
	transfer_survived 7000
}
ok 'down and up five times under traffic: the connection lives' survives_down_up

reload_under_traffic() {
	local round
	peer ping -q -f -s 1400 "$server_ip" > /dev/null 2>&1 &
	local flood=$!
	while :; do
		peer timeout 5 "$programs/peer-client" "$server_ip" 7009 3000 50
		sleep 0.05
	done > /dev/null 2>&1 &
	local clients=$!
	"$programs/epoll-server" 7009 1000000 > /dev/null &
	local server=$!
	for round in {1..8}; do
		rmmod rxpath_e1000 || { echo "rmmod failed in round $round"; return 1; }
		nic-up || { echo "insmod failed in round $round"; return 1; }
		sleep 0.1
	done
	kill $clients $server $flood
	wait $clients $server $flood
	return 0
} 2> /dev/null
expect_unread
ok 'rmmod and insmod eight times under traffic' reload_under_traffic
ok 'bytes are intact after that' echo_here epoll-server 7000 1000003 3
slot=$(basename "$(readlink -f /sys/class/net/eth0/device)")
ok 'unbind through sysfs' eval "echo $slot > /sys/bus/pci/drivers/rxpath_e1000/unbind"
ok 'the interface is gone' [ ! -e /sys/class/net/eth0 ]
ok 'bind through sysfs' eval "echo $slot > /sys/bus/pci/drivers/rxpath_e1000/bind && nic-up"
ok 'bytes are intact after that, too' echo_here epoll-server 7000 100001 3
ok 'the kernel has nothing to complain about' kernel_is_content
rmmod rxpath_e1000
ok 'nothing stays mapped without the driver' nothing_stays_mapped
# Only the e1000e is left, which is not for this driver.
slot=$(basename "$(dirname "$(grep -l 0x100e /sys/bus/pci/devices/*/device)")")
echo 1 > "/sys/bus/pci/devices/$slot/remove"
refused 'a NIC that is not ours: a line says so' 1 'no driver takes the NIC 8086:10d3' nic-up
done_testing
