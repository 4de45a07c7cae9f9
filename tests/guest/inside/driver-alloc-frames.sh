#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
# shellcheck source=tests/guest/inside/failalloc.sh
. "$RXPATH_PROJECT/tests/guest/inside/failalloc.sh"

ok 'eth0 is up' nic-up
device=$(readlink -f /sys/class/net/eth0/device)
stat() { ethtool -S eth0 | awk -v name="$1:" '$1 == name { print $2 }'; }

# What the stack sends while the rings are exchanged waits, and leaves after it
# though nothing else is sent.
ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace "$server_ip" lladdr 52:54:00:12:34:01 dev peer0 nud permanent
peer_has() { [ "$(peer cat /sys/class/net/peer0/statistics/rx_packets)" -gt "$1" ]; }
leaves() {
	local i sent
	for i in {10..34..3}; do
		sent=$(peer cat /sys/class/net/peer0/statistics/rx_packets)
		background resize ethtool -G eth0 rx $((i % 2 ? 512 : 256))
		sleep "0.0$i"
		echo > "/dev/udp/$peer_ip/9"
		background_ends resize && wait_until "the datagram after 0.0$i s is still here" peer_has "$sent" || return
	done
}
ok 'a datagram sent in the middle of a resize leaves at its end' leaves

# Single frames are dropped, and counted.
failed_is() { [ "$(failed "$1")" = "$2" ]; }
# counts SYMBOL COUNTER: while five calls of SYMBOL fail, COUNTER goes up by five.
counts() {
	local before
	before=$(($(stat "$2") - $(failed "$1")))
	let_fail "$1" 3 5
	wait_until "$1 is not called" failed_is "$1" $(($(failed "$1") + 5))
	let_all_be
	[ $(($(stat "$2") - $(failed "$1"))) = "$before" ] || { echo "$2: $(stat "$2"), was $before"; return 1; }
}
ok 'a connection' transfer_start 7001
ok 'no memory to copy a short frame to: dropped' counts page_pool_alloc_frag rx_dropped
ok 'an skb cannot be had: dropped' counts napi_build_skb rx_dropped
ok 'memory cannot be mapped for sending: dropped' counts dma_map_page_attrs tx_dropped
ok 'the connection has lived' transfer_survived 7001
background pings ping -q -i 0.1 -s 8 "$peer_ip"
ok 'a short frame cannot be padded: dropped' counts __skb_pad tx_dropped
background_stop pings

# The receive ring runs dry, and fills again by itself when there is memory.
dry() {
	# 255 descriptors, of which none is left.
	let_fail page_pool_alloc_pages 1 1000000
	peer ping -q -c 300 -i 0.002 -W 0.1 "$server_ip" > /dev/null
	[ "$(peer ping -q -c 3 -i 0.1 -W 0.2 "$server_ip" | grep -o '[0-9]* received')" = '0 received' ]
}
ok 'no pages: the ring runs dry' dry
ok 'that is counted' [ "$(stat rx_alloc_failed)" -gt 0 ]
let_all_be
ok 'pages again: reception goes on' peer ping -q -c 3 -i 0.2 -W 5 "$server_ip"
ok 'dry once more' dry
ok 'the device is reset meanwhile' eval "echo 1 > $device/reset"
let_all_be
ok 'pages again: reception goes on' peer ping -q -c 3 -i 0.2 -W 5 "$server_ip"
ok 'bytes are intact' echo_here epoll-server 7000 300001 3

ok 'rmmod' rmmod rxpath_e1000
ok 'no page is lost' pools_are_gone
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
