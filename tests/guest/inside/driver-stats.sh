#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

poke() { "$programs/poke" eth0 "$@"; }
frames() { "$RXPATH_PROJECT/tests/guest/inside/frames" "$@"; }
from_peer() { peer "$RXPATH_PROJECT/tests/guest/inside/frames" send peer0 "$@"; }
between() { echo "$2, wanted $1 to $3"; [ "$2" -ge "$1" ] && [ "$2" -le "$3" ]; }
# until_is WANTED COMMAND...: waits for COMMAND to print WANTED
until_is() {
	local wanted=$1
	shift
	for _ in {1..100}; do
		[ "$("$@")" = "$wanted" ] && return
		nap 0.05
	done
}

# Nobody else sends: no IPv6 chatter, no ARP.
quiet() {
	for end in '' peer; do
		$end sysctl -q -w "net.ipv6.conf.all.disable_ipv6=$1"
	done
}
quiet 1
ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace "$server_ip" lladdr 52:54:00:12:34:01 dev peer0 nud permanent
peer ip link set peer0 mtu 9000
ip maddr add 01:00:5e:01:02:03 dev eth0
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

groups() { ethtool -S eth0 --groups eth-mac eth-ctrl rmon | sed -n 's/^\([a-z].*\): \([0-9]*\)$/\1 \2/p'; }
# changes: which of the standard counters have grown since the last time, by how much
groups > /tmp/before
changes() {
	groups > /tmp/after
	awk 'NR == FNR { before[$1] = $2; next } $2 != before[$1] { print $1 "+" $2 - before[$1] }' /tmp/before /tmp/after |
		sed 's/^eth-mac-//' | sort | paste -sd ' '
	mv /tmp/after /tmp/before
}

packets=$(counter rx_packets)
from_peer 52:54:00:12:34:01 20 100
from_peer 01:00:5e:01:02:03 7 60
from_peer ff:ff:ff:ff:ff:ff 3 1514
until_is $((packets + 30)) counter rx_packets
is 'received: 20 frames of 100 bytes, 7 to a group, 3 to all, and nothing else' "$(changes)" \
	"BroadcastFramesReceivedOK+3 FramesReceivedOK+30 MulticastFramesReceivedOK+7 OctetsReceivedOK+$((20 * 86 + 7 * 46 + 3 * 1500))"
frames send eth0 52:54:00:12:34:02 1 60,61,123,124,251,252,507,508,1019,1020,1514
is 'sent: one frame at each edge of the histogram' "$(changes)" \
	"FramesTransmittedOK+11 OctetsTransmittedOK+$((60 + 61 + 123 + 124 + 251 + 252 + 507 + 508 + 1019 + 1020 + 1514 - 11 * 14)) tx-rmon-etherStatsPkts1024to16132Octets+2 tx-rmon-etherStatsPkts128to255Octets+2 tx-rmon-etherStatsPkts256to511Octets+2 tx-rmon-etherStatsPkts512to1023Octets+2 tx-rmon-etherStatsPkts64to64Octets+1 tx-rmon-etherStatsPkts65to127Octets+2"
frames send eth0 01:00:5e:01:02:03 5 60
frames send eth0 ff:ff:ff:ff:ff:ff 4 60
is 'sent: 5 to a group, 4 to all' "$(changes)" \
	"BroadcastFramesXmittedOK+4 FramesTransmittedOK+9 MulticastFramesXmittedOK+5 OctetsTransmittedOK+$((9 * 46)) tx-rmon-etherStatsPkts64to64Octets+9"
link_counters() { for name; do counter "$name"; done | paste -sd ' '; }
is 'frames shorter than the wire allows, which the device pads, are no errors' \
	"$(from_peer 52:54:00:12:34:01 5 30; sleep 0.1; link_counters rx_errors rx_length_errors)" '0 0'
changes > /dev/null
from_peer 52:54:00:12:34:01 6 1600
oversize() { ethtool -S eth0 --groups rmon | sed -n "s/.*Oversize.*: //p"; }
until_is 6 oversize
is 'too long: counted as that' "$(changes)" 'FrameTooLongErrors+6 rmon-etherStatsOversizePkts+6'
is 'too long: errors of the interface, too' \
	"$(link_counters rx_errors rx_length_errors rx_crc_errors rx_frame_errors)" '6 6 0 0'
packets=$(counter rx_packets)
from_peer 52:54:00:12:34:01 6 1518
is 'as long as they may be: received' "$(until_is $((packets + 6)) counter rx_packets; changes)" \
	"FramesReceivedOK+6 OctetsReceivedOK+$((6 * 1504))"
[[ $(groups) != *rx-rmon* ]] && pass 'no histogram of received sizes, which the device counts wrongly' ||
	fail 'no histogram of received sizes, which the device counts wrongly'

# sent COMMAND...: what it has us send, by the wire, the interface and the device
wire_size() { command stat -c %s "$RXPATH_OUT/wire.pcap"; }
sent() {
	local at packets octets tso device
	at=$(wire_size) packets=$(counter tx_packets) octets=$(counter tx_bytes) tso=$(driver_stat tx_tso)
	changes > /dev/null
	"$@" > /tmp/log 2>&1 || cat /tmp/log
	# What was sent is cleaned with an interrupt of its own.
	sleep 0.1
	eval "$(frames wire "$RXPATH_OUT/wire.pcap" "$at" 52:54:00:12:34:01)"
	packets=$(($(counter tx_packets) - packets)) octets=$(($(counter tx_bytes) - octets))
	tso=$(($(driver_stat tx_tso) - tso)) device=$(changes)
	# shellcheck disable=SC2154 # frames, bytes, longest, long and wrong come from eval
	echo "$frames frames, $bytes bytes, longest $longest, too long $long, wrong $wrong;" \
		"$packets frames, $octets bytes; tso $tso; $device"
}
compare() {
	local name=$1 report
	shift
	report=$(sent "$@")
	echo "# $report"
	[[ $report =~ ^([0-9]+)' frames, '([0-9]+)' bytes, longest '([0-9]+)', too long '([0-9]+)', wrong '([0-9]+)'; '([0-9]+)' frames, '([0-9]+)' bytes; tso '([0-9]+)'; '(.*) ]]
	local frames=${BASH_REMATCH[1]} bytes=${BASH_REMATCH[2]} longest=${BASH_REMATCH[3]} long=${BASH_REMATCH[4]} wrong=${BASH_REMATCH[5]}
	local packets=${BASH_REMATCH[6]} octets=${BASH_REMATCH[7]} tso=${BASH_REMATCH[8]} device=${BASH_REMATCH[9]}
	ok "$name: cut by the device" between 1 "$tso" "$frames"
	is "$name: segments as long as the wire allows, none longer" "$longest $long" '1514 0'
	is "$name: each with the right lengths and checksums" "$wrong" 0
	is "$name: the interface counts what is on the wire" "$packets $octets" "$frames $bytes"
	like "$name: and so does the device" "$device" \
		"FramesTransmittedOK\\+$frames .*OctetsTransmittedOK\\+$((bytes - 14 * frames)) "
}
iperf() {
	peer iperf3 -s -1 -D "$1" -p 5201
	wait_for_port 5201 peer
	iperf3 "$1" -c "$2" -n 1M -p 5201
}
compare 'TSO over IPv4' iperf -4 "$peer_ip"
# IPv6 without what it would say of its own: no address made up, no router asked
# for, groups told of at once.
silent_ipv6() {
	local at=$1 interface=$2 setting
	for setting in addr_gen_mode=1 router_solicitations=0 accept_dad=0 mldv2_unsolicited_report_interval=10; do
		$at sysctl -q -w "net.ipv6.conf.$interface.$setting"
	done
}
silent_ipv6 '' eth0
silent_ipv6 peer peer0
peer ip link set peer0 mtu 1500
quiet 0
ip addr replace 2001:db8::1/64 dev eth0 nodad
peer ip addr replace 2001:db8::2/64 dev peer0 nodad
ip neigh replace 2001:db8::2 lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace 2001:db8::1 lladdr 52:54:00:12:34:01 dev peer0 nud permanent
sleep 1
compare 'TSO over IPv6' iperf -6 2001:db8::2
quiet 1

# Bytes handed to the device are counted in, and out again when it is done.
bql=/sys/class/net/eth0/queues/tx-0/byte_queue_limits
tctl=$(poke 0x0400)
echo 100000 > $bql/limit_min
poke 0x0400 $((tctl & ~2))
frames send eth0 52:54:00:12:34:02 10 1000
is 'BQL: ten frames that the device holds' "$(cat $bql/inflight)" 10000
poke 0x0400 "$tctl"
until_is 0 cat $bql/inflight
is 'BQL: and none when it has sent them' "$(cat $bql/inflight)" 0
echo 0 > $bql/limit_min
echo 1000 > $bql/limit_max
frames send eth0 52:54:00:12:34:02 2 1000
until_is 0 cat $bql/inflight
before=$(driver_stat tx_packets)
poke 0x0400 $((tctl & ~2))
frames send eth0 52:54:00:12:34:02 10 1000
is 'BQL: with a limit of 1000 two of ten frames are handed over' "$(cat $bql/inflight)" 2000
poke 0x0400 "$tctl"
until_is $((before + 10)) driver_stat tx_packets
is 'BQL: and the others follow them' $(($(driver_stat tx_packets) - before)) 10
echo max > $bql/limit_max

modprobe pktgen
pktgen() { echo "$2" > "/proc/net/pktgen/$1"; }
pktgen kpktgend_0 rem_device_all
pktgen kpktgend_0 'add_device eth0'
# doorbells BURST: for 960 frames, so many at a time. A burst that finds the ring
# full is cut short, and the last one then goes beyond 960: pktgen tells.
pktgen_sent() { sed -n 's/.*pkts-sofar: \([0-9]*\).*/\1/p' /proc/net/pktgen/eth0; }
doorbells() {
	local before setting
	before=$(driver_stat tx_doorbells)
	for setting in 'count 960' 'clone_skb 1000' 'pkt_size 60' 'delay 0' 'dst_mac 52:54:00:12:34:02' \
		"dst $peer_ip" 'udp_dst_min 9' 'udp_dst_max 9' "burst $1"; do
		pktgen eth0 "$setting"
	done
	pktgen pgctrl start
	echo $(($(driver_stat tx_doorbells) - before))
}
before=$(driver_stat tx_packets)
is 'one frame at a time: a doorbell for each' "$(doorbells 1)" 960
many=$(doorbells 16)
ok 'sixteen at a time (xmit_more): a doorbell for sixteen' between 60 "$many" 70
sent=$((960 + $(pktgen_sent)))
until_is $((before + sent)) driver_stat tx_packets
is 'and each frame is sent' $(($(driver_stat tx_packets) - before)) $sent

rmmod rxpath_e1000
nic-up 2> /dev/null # IPv6 is off: it has no address to give
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
like 'a new life begins at 0' "$(groups)" \
	"eth-mac-FramesTransmittedOK $(counter tx_packets).*eth-mac-FramesReceivedOK $(counter rx_packets)[^0-9]"
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
