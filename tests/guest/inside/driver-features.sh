#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/frames.sh
. "$RXPATH_PROJECT/tests/guest/inside/frames.sh"

ip link add link eth0 name eth0.7 type vlan id 7
ip link set eth0.7 up

# RXALL: what is too long is stored all the same.
peer ip link set peer0 mtu 9000
is 'rx-all off: too long frames do not arrive' "$(arrived rx_packets $our_mac 5 1600)" 0
ethtool -K eth0 rx-all on
is 'rx-all on: they do' "$(arrived rx_packets $our_mac 5 1600)" 5
is 'rx-all on: longer than one buffer, too' "$(arrived rx_bytes $our_mac 5 5000)" 25000
ethtool -K eth0 rx-all off
is 'rx-all off again: they do not' "$(arrived rx_packets $our_mac 5 1600)" 0

# RXFCS: what AF_PACKET sees of frames from the peer, each with its length.
seen() {
	local count=$1 reader
	shift
	settle
	rm -f /tmp/ready
	frames receive eth0 "$count" /tmp/ready ${tag:+"$tag"} &
	reader=$!
	until [ -e /tmp/ready ]; do nap 0.05; done
	from_peer "$@"
	wait $reader
}
is 'rx-fcs off: frames as they are' "$(seen 2 $our_mac 1 60,1514 | paste -sd ' ')" '60 none 1514 none'
ethtool -K eth0 rx-fcs on
is 'rx-fcs on: each ends with its FCS' "$(seen 4 $our_mac 1 60,61,300,1514 | paste -sd ' ')" \
	'64 fcs 65 fcs 304 fcs 1518 fcs'
is 'rx-fcs on: that of a tagged frame covers the tag' \
	"$(tag=7 seen 2 $our_mac 1 100,1518 7 | paste -sd ' ')" '100 fcs 1518 fcs'
is 'rx-fcs on: rx_bytes does not count it' "$(arrived rx_bytes $our_mac 10 100)" 1000
ok 'rx-fcs on: bytes are intact' echo_here epoll-server 7000 300003 3
ip link set eth0 mtu 9000
is 'rx-fcs on: over several buffers, wherever the FCS falls' \
	"$(seen 6 $our_mac 1 2044,2045,2047,2048,4095,9000 | paste -sd ' ')" \
	'2048 fcs 2049 fcs 2051 fcs 2052 fcs 4099 fcs 9004 fcs'
ethtool -K eth0 rx-fcs off
is 'rx-fcs off again' "$(seen 2 $our_mac 1 60,9000 | paste -sd ' ')" '60 none 9000 none'
ip link set eth0 mtu 1500
peer ip link set peer0 mtu 1500

# A frame shorter than its header is none.
runt() {
	local errors bytes
	settle
	errors=$(counter rx_errors) bytes=$(counter rx_bytes)
	insmod "${RXPATH_DRIVER%/driver/*}/tests/modules/runt.ko" length="$1" || return
	from_peer $our_mac 1 60
	wait_until 'no frame came' grep -q 1 /sys/module/runt/parameters/done
	rmmod runt
	settle
	echo "$(($(counter rx_errors) - errors)) $(($(counter rx_bytes) - bytes - 98))"
}
for length in 0 1 13; do
	is "a frame of $length bytes is an error, and goes no further" "$(runt $length)" '1 0'
done
is 'one of 14 is a header, and received' "$(runt 14)" '0 14'

# Loopback in the PHY: to ourselves, and not to the wire.
ethtool -K eth0 loopback on
at=$(stat -c %s "$RXPATH_OUT/wire.pcap")
# The device is deaf for a second here, too, and what was sent to it is lost.
before=$(counter rx_packets)
hears_itself() {
	frames send eth0 $our_mac 1 60
	nap 0.1
	[ "$(counter rx_packets)" -gt "$before" ]
}
ok 'loopback: we hear ourselves' wait_until 'nothing' hears_itself
before=$(counter rx_packets)
frames send eth0 $our_mac 10 60,1514
for _ in {1..100}; do
	[ "$(counter rx_packets)" != $((before + 20)) ] || break
	nap 0.05
done
is 'loopback: what we send ourselves, we receive' $(($(counter rx_packets) - before)) 20
refused 'loopback: the peer gets nothing' 1 '^$' ping -q -c 2 -i 0.2 -W 1 "$peer_ip"
like 'loopback: nor does the wire' "$(frames wire "$RXPATH_OUT/wire.pcap" "$at" $our_mac)" '^frames=0 '
bmcr_loopback() {
	poke 0x0020 0x08200000
	echo $(($(poke 0x0020) >> 14 & 1))
}
ip link set eth0 down
is 'loopback, interface down: the PHY is on the wire' "$(bmcr_loopback)" 0
ip link set eth0 up
is 'loopback, up again: it is not' "$(bmcr_loopback)" 1
ethtool -K eth0 loopback off
settle
ok 'loopback off: the peer is there' ping -q -c 2 -i 0.2 "$peer_ip"

# From the shortest to the longest.
refused 'MTU 67 is refused' 2 'mtu less than device minimum' ip link set eth0 mtu 67
refused 'MTU 16111 is refused' 2 'mtu greater than device maximum' ip link set eth0 mtu 16111
peer ip link set peer0 mtu 16110
for mtu in 68 576 1504 1505 2030 2048 9000 16110; do
	ip link set eth0 mtu $mtu
	peer ip route replace "$server_ip" dev peer0 mtu $mtu
	settle
	ok "MTU $mtu: the longest frame, both ways" peer ping -q -c 2 -i 0.2 -s $((mtu - 28)) -M 'do' "$server_ip"
done
ok 'MTU 16110: bytes are intact' eval 'echo_here epoll-server 7000 300003 3 && echo_there epoll-server 7000 300003 3'
peer ip route del "$server_ip" dev peer0
peer ip link set peer0 mtu 1500
ip link set eth0 mtu 1500

# Whatever is changed, or refused, under traffic: the connection lives.
taskset -pc 0-1 $$ > /dev/null
# What is asked for and is so already costs nothing.
before=$(< /sys/class/net/eth0/carrier_changes)
# ETHTOOL_SRINGPARAM: ethtool itself does not ask for what is so already.
# shellcheck disable=SC2016 # the variables are Perl's
set_rings() {
	perl -MSocket -e '
		socket(my $socket, AF_INET, SOCK_DGRAM, 0) or die "socket: $!";
		my $rings = pack("L9", 0x11, 0, 0, 0, 0, $ARGV[0], 0, 0, $ARGV[1]);
		my $request = pack("a16 P x16", "eth0", $rings);
		ioctl($socket, 0x8946, $request) or die "ioctl: $!\n"' "$1" "$2"
}
ok 'rings of the sizes that they have' set_rings 256 256
is 'that does not take the link away' "$(< /sys/class/net/eth0/carrier_changes)" "$before"
ok 'rings of other sizes, and back' eval 'set_rings 128 256 && set_rings 256 256'
ok 'these do' [ "$(< /sys/class/net/eth0/carrier_changes)" -gt "$before" ]

changed_under_traffic() {
	local change
	transfer_start 7000 || return
	while read -r change; do
		# shellcheck disable=SC2086 # a line is a command
		$change > /tmp/change 2>&1
		case $?:$change in
		0:*79* | 0:*67*) echo "accepted: $change" ;;
		0:* | *:*79* | *:*67*) ;;
		*) echo "failed: $change"; cat /tmp/change ;;
		esac
	done <<- CHANGES
		ethtool -G eth0 rx 64 tx 64
		ethtool -G eth0 rx 79
		ethtool -G eth0 rx 4096 tx 4096
		ip link set eth0 mtu 9000
		ip link set eth0 mtu 67
		ethtool -K eth0 rx-fcs on
		ethtool -K eth0 rxvlan off rx-vlan-filter off tso off
		ethtool -C eth0 adaptive-rx off rx-usecs 20
		ethtool -K eth0 rx-fcs off rx-all on gro off tx off
		ip link set eth0 mtu 1500
		ethtool -K eth0 rxvlan on rx-vlan-filter on rx-all off gro on tx on tso on
		ethtool -C eth0 adaptive-rx on
		ethtool -G eth0 rx 256 tx 256
	CHANGES
	transfer_survived 7000 > /tmp/survived || cat /tmp/survived
}
is 'rings, lengths, features and moderation changed under traffic: the connection lives' \
	"$(changed_under_traffic)" ''

# The kernel's own events tell which way a frame goes up.
way_up() {
	local trace=/sys/kernel/tracing
	echo > $trace/trace
	echo 1 > $trace/events/net/napi_gro_receive_entry/enable
	echo 1 > $trace/events/net/netif_receive_skb_entry/enable
	from_peer $our_mac 10 100
	settle
	echo 0 > $trace/events/net/enable
	echo "$(grep -c 'napi_gro_receive_entry: dev=eth0' $trace/trace) $(grep -c 'netif_receive_skb_entry: dev=eth0' $trace/trace)"
}
like 'GRO is on by default' "$(ethtool -k eth0)" 'generic-receive-offload: on'
taskset -pc 0 $$ > /dev/null
is 'GRO on: napi_gro_receive()' "$(way_up)" '11 0'
ethtool -K eth0 gro off
is 'GRO off: netif_receive_skb()' "$(way_up)" '0 11'
ethtool -K eth0 gro on

ok 'bytes are intact after all this' echo_here epoll-server 7000 100003 3
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
