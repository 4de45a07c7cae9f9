#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
# shellcheck source=tests/guest/inside/failalloc.sh
. "$RXPATH_PROJECT/tests/guest/inside/failalloc.sh"

# Frames are under way while some of it happens: what they hold is not compared.
holds() {
	local symbol
	look
	now=''
	for symbol in "${!held[@]}"; do
		[ "$symbol" = dma_map_page_attrs ] || now+="$symbol ${held[$symbol]}"$'\n'
	done
}
holds_nothing() {
	local symbol
	look
	for symbol in "${!held[@]}"; do
		[ "${held[$symbol]}" -le "${missed[$symbol]}" ] || { echo "$symbol: ${held[$symbol]}, missed ${missed[$symbol]}"; return 1; }
	done
}
# measure DO: how often each symbol is called by it.
measure() {
	local symbol
	look
	declare -gA during=()
	for symbol in "${!calls[@]}"; do during[$symbol]=-${calls[$symbol]}; done
	"$@" || return
	look
	for symbol in "${!calls[@]}"; do during[$symbol]=$((calls[$symbol] + during[$symbol])); done
}
# sweep SYMBOL DO GOOD REST: each of the calls of SYMBOL that DO makes (measured)
# fails once, or of many calls the first, the last and some between. DO must fail
# each time, with ENOMEM's words; GOOD be true after it, and the driver hold what it
# held; and in the end DO succeeds. REST undoes what it did.
sweep() {
	local symbol=$1 do=$2 good=$3 rest=$4 count=${during[$1]} nth nths before said status
	[ "$count" -gt 0 ] || { echo "$symbol is not called at all"; return 1; }
	if [ "$count" -le 4 ]; then nths=$(seq "$count"); else nths="1 2 $((count / 2)) $count"; fi
	holds
	before=$now
	for nth in $nths; do
		let_fail "$symbol" "$nth"
		status=0
		said=$("$do" 2>&1) || status=$?
		let_all_be
		[ $status != 0 ] || { echo "call $nth of $symbol failed, and nobody cared"; return 1; }
		[[ $said =~ (Cannot allocate memory|no memory) ]] || { echo "call $nth of $symbol: it said '$said'"; return 1; }
		holds
		[ "$now" = "$before" ] || { diff <(echo "$before") <(echo "$now"); echo "call $nth of $symbol"; return 1; }
		"$good" || { echo "that was call $nth of $symbol"; return 1; }
	done
	"$do" && "$rest" || { echo "after that it fails still"; return 1; }
}
# sweeps WHAT DO GOOD REST SYMBOL...
sweeps() {
	local what=$1 do=$2 good=$3 rest=$4 symbol
	shift 4
	if ! measure "$do" || ! "$rest"; then
		fail "$what"
		return
	fi
	for symbol; do
		ok "$what, $symbol fails (of ${during[$symbol]})" sweep "$symbol" "$do" "$good" "$rest"
	done
}

# While the card has no driver, nobody takes what the peer sends: later kernels say so.
expect_report 'virtio_net .* peer0: NETDEV WATCHDOG'

# Probing: the device stays without a driver.
insmod "$RXPATH_DRIVER"
device=$(readlink -f /sys/class/net/eth0/device)
bus=/sys/bus/pci/drivers/rxpath_e1000
bind() { echo "${device##*/}" > $bus/bind; }
unbind() { echo "${device##*/}" > $bus/unbind; }
unbound() {
	[ ! -d /sys/class/net/eth0 ] || { echo 'eth0 is there'; return 1; }
	! grep rxpath /proc/iomem
}
unbind
sweeps probe bind unbound unbind pci_enable_device_mem dma_set_mask pci_request_selected_regions alloc_etherdev_mqs \
	pci_iomap page_pool_create register_netdev
ok 'unbound, the driver holds nothing' holds_nothing

# Opening: the interface stays closed. Small rings, so that this is quick.
ok 'bind' bind
ethtool -G eth0 rx 64 tx 64
sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
rings='kmalloc_trace kvmalloc_node dma_alloc_attrs __xdp_rxq_info_reg xdp_rxq_info_reg_mem_model page_pool_create page_pool_alloc_pages'
open() { ip link set eth0 up; }
close() { ip link set eth0 down; }
closed() { ! (($(< /sys/class/net/eth0/flags) & 1)) || { echo 'eth0 is up'; return 1; }; }
# shellcheck disable=SC2086 # several words
sweeps open open closed close $rings request_threaded_irq

# There is time to look for memory: a page cache that fills it all must give some back.
# Of the flags, 0x400 is __GFP_DIRECT_RECLAIM.
gfp_of() {
	echo > $trace/trace
	echo 'p:rxe_gfp page_pool_alloc_pages gfp=%si:x32' > $trace/kprobe_events
	echo 1 > $trace/events/kprobes/rxe_gfp/enable
	"$@"
	echo 0 > $trace/events/kprobes/rxe_gfp/enable
	awk -v comm="$2" '/rxe_gfp:/ && / gfp=/ { sub(/.*gfp=0x/, ""); print }' $trace/trace | sort | uniq -c
	echo > $trace/kprobe_events
}
may_reclaim() {
	local seen
	seen=$(gfp_of "$@")
	echo "$seen"
	awk '{ n += $1 } !/[4-7c-f]..$/ { exit bad = 1 } END { exit bad || n < 63 }' <<< "$seen"
}
ok 'pages for a ring may be had by reclaim' may_reclaim open
close

# Other rings, for a change of size or for XDP: the old ones go on.
ok 'at last it goes up' nic-up
ok 'a connection' transfer_start 7000
wanted=/tmp/wanted
echo 128 > $wanted
resize() { ethtool -G eth0 tx "$(< $wanted)"; }
resized() { echo $((192 - $(< $wanted))) > $wanted; }
as_it_was() {
	local old=$((192 - $(< $wanted)))
	[[ $(ethtool -g eth0) =~ Current.*RX:[[:space:]]+64[^0-9].*TX:[[:space:]]+${old}([^0-9]|$) ]] || { echo 'other rings'; return 1; }
	[ "$(< /sys/class/net/eth0/carrier)" = 1 ] || { echo 'no carrier'; return 1; }
}
# shellcheck disable=SC2086 # several words
sweeps resize resize as_it_was resized $rings
ok 'the connection does not mind' transfer_moves 7000
# A program that passes every frame, pinned: attached in no time.
# shellcheck disable=SC2016 # the variables are Perl's
pin() {
	mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
	perl -e '
		my ($bpf, $path) = (321, "$ARGV[0]\0");
		my $passes = pack("CCsl CCsl", 0xb7, 0, 0, 2, 0x95, 0, 0, 0);	# r0 = XDP_PASS; exit
		my $load = pack("LLPP x96", 6, 2, $passes, "GPL\0");
		my $program = syscall($bpf, 5, $load, length $load);
		die "load: $!" if $program < 0;
		my $pin = pack("PLL", $path, $program, 0);
		die "pin: $!" if syscall($bpf, 6, $pin, length $pin);' "$1"
}
ok 'an XDP program' pin /sys/fs/bpf/pass
attach() { ip -force link set dev eth0 xdp pinned /sys/fs/bpf/pass; }
detach() { ip link set dev eth0 xdp off; }
has_program() { [[ $(ip link show eth0) == *xdp* ]]; }
strips_tags() { [[ $(ethtool -k eth0) == *'rx-vlan-offload: on'* ]]; }
detached() { ! has_program && strips_tags || { echo 'it is not as without a program'; return 1; }; }
attached() { has_program && ! strips_tags || { echo 'it is not as with a program'; return 1; }; }
# shellcheck disable=SC2086 # several words
sweeps 'XDP attach' attach detached detach $rings
attach
sweeps 'XDP detach' detach attached attach kmalloc_trace page_pool_alloc_pages
detach
ok 'the connection has lived' transfer_survived 7000
ok 'bytes are intact' echo_here epoll-server 7000 300001 3
mtu() { ip link set eth0 mtu 9000 && ip link set eth0 mtu 1500; }
asks_for_nothing() {
	local symbol
	measure "$@" || return
	for symbol in $rings; do
		[ "${during[$symbol]}" = 0 ] || { echo "$symbol is called"; return 1; }
	done
}
ok 'a change of MTU asks for no memory' asks_for_nothing mtu

# What a program has not read yet outlives the rings: a short frame lies in a pool that
# does, so nothing waits for it.
# Each pool that is destroyed says how many of its pages are out.
unread() {
	local reader
	perl -MIO::Socket::INET -e '
		my $socket = IO::Socket::INET->new(Proto => "udp", LocalPort => 7200) or die "socket: $!";
		sleep 600' &
	reader=$!
	wait_until 'nobody is there' eval "ss -Hluan 'sport = :7200' | grep -q 7200" || return
	peer bash -c "echo unread > /dev/udp/$server_ip/7200"
	wait_until 'it does not come' eval "ss -Hluan 'sport = :7200' | awk '{ exit !\$2 }'" || return
	echo > $trace/trace
	"$@" || return
	kill $reader
	awk '/page_pool_release/ { pools++; split($0, f, /inflight=| hold=/); if (f[2] + 0) { print; bad = 1 } }
		END { if (!pools) print "no pool has gone"; exit bad || !pools }' $trace/trace
}
ok 'an unread datagram does not keep a pool: other rings' unread ethtool -G eth0 rx 128
ok 'an unread datagram does not keep a pool: closed' unread eval 'close && nic-up'
ok 'an unread datagram does not keep a pool: XDP' unread eval 'attach && detach'
ethtool -G eth0 rx 64

# What the stack sends while the rings are exchanged waits, and leaves after it
# though nothing else is sent. The driver is held while it waits for the device.
ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace "$server_ip" lladdr 52:54:00:12:34:01 dev peer0 nud permanent
peer_has() { [ "$(peer cat /sys/class/net/peer0/statistics/rx_packets)" -gt "$1" ]; }
leaves() {
	local sent
	sent=$(peer cat /sys/class/net/peer0/statistics/rx_packets)
	look
	let_fail usleep_range_state 1
	background resize ethtool -G eth0 tx 256
	wait_until 'it does not wait' failed_is usleep_range_state $((failed[usleep_range_state] + 1)) || return
	echo > "/dev/udp/$peer_ip/9"
	sleep 0.3
	! peer_has "$sent" || { echo 'it has left too early'; return 1; }
	let_all_be
	background_ends resize && wait_until 'the datagram is still here' peer_has "$sent"
}
ok 'a datagram sent in the middle of a resize leaves at its end' leaves

# The cable is pulled when the device runs again and the interface is not yet back: who
# looks at the link then passes it over.
carrier_is() { [ "$(< /sys/class/net/eth0/carrier)" = "$1" ]; }
pulled_in_a_reset() {
	look
	let_fail netif_device_attach 1
	background reset sh -c "echo 1 > $device/reset"
	wait_until 'it does not wait' failed_is netif_device_attach $((failed[netif_device_attach] + 1)) || return
	qmp set_link '{"name":"nic","up":false}'
	sleep 1
	let_all_be
	background_ends reset && wait_until 'there is a carrier still' carrier_is 0
}
ok 'a cable that is pulled before a reset is over is missed afterwards' pulled_in_a_reset
qmp set_link '{"name":"nic","up":true}'
ok 'plugged in, there is a carrier' wait_until 'there is none' carrier_is 1

# Single frames are dropped, and counted.
# counts SYMBOL COUNTER: while five calls of SYMBOL fail, COUNTER goes up by five.
counts() {
	local before
	look
	before=$(($(driver_stat "$2") - ${failed[$1]}))
	let_fail "$1" 3 5
	wait_until "$1 is not called" failed_is "$1" $((${failed[$1]} + 5))
	let_all_be
	look
	[ $(($(driver_stat "$2") - ${failed[$1]})) = "$before" ] || { echo "$2: $(driver_stat "$2"), was $before"; return 1; }
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
	# 63 descriptors, of which none is left.
	let_fail refill 1 1000000
	# Long frames: the page of a short one stays in the ring.
	peer ping -q -c 100 -i 0.002 -W 0.1 -s 1400 "$server_ip" > /dev/null
	# A call that the probe missed has brought a buffer, for one frame.
	wait_until 'frames still arrive' nothing_arrives
}
nothing_arrives() { peer ping -q -c 3 -i 0.1 -W 0.2 -s 1400 "$server_ip" | grep -w '0 received'; }
ok 'no pages: the ring runs dry' dry
ok 'that is counted' [ "$(driver_stat rx_alloc_failed)" -gt 0 ]
let_all_be
ok 'pages again: reception goes on' peer ping -q -c 3 -i 0.2 -W 5 "$server_ip"
ok 'dry once more' dry
ok 'the device is reset meanwhile' eval "echo 1 > $device/reset"
let_all_be
ok 'pages again: reception goes on' peer ping -q -c 3 -i 0.2 -W 5 "$server_ip"
ok 'bytes are intact' echo_here epoll-server 7000 300001 3

# Buffers come back from the stack, and are filled again. Of a ping nothing is kept.
recycles() {
	local frames held
	frames=$(counter rx_packets)
	echo > $trace/trace
	echo 1 > $trace/events/page_pool/page_pool_state_hold/enable
	peer ping -q -f -c 1000 -s 1400 "$server_ip"
	echo 0 > $trace/events/page_pool/page_pool_state_hold/enable
	frames=$(($(counter rx_packets) - frames)) held=$(grep -c page_pool_state_hold $trace/trace)
	echo "$frames frames in $held new pages"
	[ "$frames" -ge 900 ] && [ "$held" -lt 300 ]
}
ok 'pages are recycled: a thousand frames take few new ones' recycles

close
ok 'rmmod' rmmod rxpath_e1000
ok 'the driver holds nothing' holds_nothing
ok 'no page is lost' pools_are_gone
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
