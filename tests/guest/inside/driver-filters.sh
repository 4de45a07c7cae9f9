#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/frames.sh
. "$RXPATH_PROJECT/tests/guest/inside/frames.sh"

bits() { printf '0x%x\n' $(($(poke "$1") & $2)); }

# Our own address, changed while the interface is up, as bonding does it.
ok 'another address, with the interface up' ip link set eth0 address 02:00:00:00:f1:01
# With the address goes what was known of neighbours.
ip neigh replace "$peer_ip" lladdr $peer_mac dev eth0 nud permanent
is 'the filter has it' "$(poke 0x5400) $(bits 0x5404 0x8000ffff)" '0x00000002 0x800001f1'
peer ip neigh replace "$server_ip" lladdr 02:00:00:00:f1:01 dev peer0 nud permanent
is 'frames to it arrive' "$(arrived rx_packets 02:00:00:00:f1:01 5 60)" 5
is 'and none to the old one' "$(arrived rx_packets $our_mac 5 60)" 0
at=$(stat -c %s "$RXPATH_OUT/wire.pcap")
ok 'what is sent' ping -q -c 2 -i 0.2 "$peer_ip"
like 'is from it' "$(frames wire "$RXPATH_OUT/wire.pcap" "$at" 02:00:00:00:f1:01)" '^frames=[2-9]'
ip link set eth0 address $our_mac
silence
is 'the old one again' "$(arrived rx_packets $our_mac,02:00:00:00:f1:01 5 60)" 5

# A tag that only has a priority, VLAN 0, is for whoever has no VLAN.
is 'priority tags: such frames arrive, and 8021q is not needed' "$(arrived rx_packets $our_mac 10 100 0)" 10
is 'priority tags: those of a VLAN do not' "$(arrived rx_packets $our_mac 10 100 7)" 0

# 15 addresses besides our own have a filter; with one more the device takes all.
# None of them has the hash of a group that is joined: the emulated device looks up
# frames to one station there, too.
unicast() { printf '02:00:00:00:f2:%02x' "$1"; }
several() { for i in $(seq "$1" "$2"); do unicast "$i"; echo; done | paste -sd ,; }
for i in {1..15}; do echo "fdb add $(unicast "$i") dev eth0"; done > /tmp/fdb
bridge -batch /tmp/fdb
is '15 addresses: not promiscuous' "$(bits 0x0100 0x8)" 0x0
is '15 addresses: the last filter is in use' "$(bits 0x547c 0x80000000)" 0x80000000
is '15 addresses: a frame to each arrives, one to another does not' \
	"$(arrived rx_packets "$(several 1 16)" 1 60)" 15
bridge fdb add "$(unicast 16)" dev eth0
is 'the 16th: promiscuous' "$(bits 0x0100 0x8)" 0x8
is 'the 16th: all 16 arrive, and others' "$(arrived rx_packets "$(several 1 20)" 1 60)" 20
bridge fdb del "$(unicast 3)" dev eth0
is 'one less: not promiscuous any more' "$(bits 0x0100 0x8)" 0x0
is 'one less: the 15 that are left arrive' "$(arrived rx_packets "$(several 1 20)" 1 60)" 15
sed 's/add/del/' /tmp/fdb > /tmp/fdb.del
{ grep -v "$(unicast 3)" /tmp/fdb.del; echo "fdb del $(unicast 16) dev eth0"; } | bridge -batch -
is 'none left: none arrives' "$(arrived rx_packets "$(several 1 16)" 1 60)" 0
ip link add link eth0 name mv0 address "$(unicast 1)" type macvlan mode bridge
ip link set mv0 up
is 'a macvlan has a filter, too' "$(arrived rx_packets "$(several 1 2)" 1 60)" 1
ip link del mv0

# Bits 47:36 of a group's address choose the bit of the table.
ip maddr add 01:00:5e:01:02:03 dev eth0
is 'groups: ours arrives' "$(arrived rx_packets 01:00:5e:01:02:03 5 60)" 5
is 'groups: so does one with the same hash' "$(arrived rx_packets 01:00:5e:77:0e:03 5 60)" 5
is 'groups: none with a bit of it changed' \
	"$(arrived rx_packets 01:00:5e:01:12:03,01:00:5e:01:82:03,01:00:5e:01:02:02,01:00:5e:01:02:83 5 60)" 0
is 'groups: the emulated device applies the hash to frames for one station as well' \
	"$(arrived rx_packets 02:00:00:00:02:03 5 60)" 5
ip maddr del 01:00:5e:01:02:03 dev eth0
is 'groups: left, neither arrives' \
	"$(arrived rx_packets 01:00:5e:01:02:03,02:00:00:00:02:03 5 60)" 0

# VLAN 7, at both ends; VLAN 9 is nobody's.
ip link add link eth0 name eth0.7 type vlan id 7
peer ip link add link peer0 name peer0.7 type vlan id 7
ip addr add 198.51.100.1/24 dev eth0.7
peer ip addr add 198.51.100.2/24 dev peer0.7
ip link set eth0.7 up
peer ip link set peer0.7 up
settle
at=$(stat -c %s "$RXPATH_OUT/wire.pcap")
vlan_here() { echo_between env 198.51.100.1 peer epoll-server 7000 300003 3; }
vlan_there() { echo_between peer 198.51.100.2 env epoll-server 7000 300003 3; }
ok 'VLAN: bytes are intact here' vlan_here
ok 'VLAN: and there' vlan_there
like 'VLAN insert: all that we send has a tag, the right checksums and no more than 1518 bytes' \
	"$(frames wire "$RXPATH_OUT/wire.pcap" "$at" $our_mac | sed -E 's/^frames=([0-9]+) .*longest=([0-9]+) .*tagged=\1 wrong=0$/\2/')" '^1518$'
is 'VLAN strip: rx_bytes are without the tag' "$(arrived rx_bytes $our_mac 10 100 7)" 960
is 'VLAN filter: the frames of another do not arrive' "$(arrived rx_packets $our_mac 10 100 9)" 0
rctl=$(poke 0x0100)
ethtool -K eth0 rx-vlan-filter off
is 'VLAN filter off: without a write of RCTL, which would make the device deaf' "$(poke 0x0100)" "$rctl"
is 'VLAN filter off: they do' "$(arrived rx_packets $our_mac 10 100 9)" 10
ethtool -K eth0 rx-vlan-filter on
ip link set eth0 promisc on
is 'VLAN filter, promiscuous: they do' "$(arrived rx_packets $our_mac 10 100 9)" 10
ip link set eth0 promisc off
is 'and no longer after that' "$(arrived rx_packets $our_mac 10 100 9)" 0
ethtool -K eth0 rxvlan off > /dev/null
is 'VLAN strip off: rx_bytes are with it' "$(arrived rx_bytes $our_mac 10 100 7)" 1000
ok 'VLAN strip off: bytes are intact' eval 'vlan_here && vlan_there'
ethtool -K eth0 rxvlan on > /dev/null
ip link del eth0.7
is 'VLAN gone: its frames are filtered out' "$(arrived rx_packets $our_mac 10 100 7)" 0

ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
