#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/frames.sh
. "$RXPATH_PROJECT/tests/guest/inside/frames.sh"

tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing
ours=$(basename "$(readlink -f /sys/class/net/eth0/device)")

# From 6.9 on the function has a pool as its last argument, and underscores.
bounce_function() { awk -v name="swiotlb_sync_single_for_$1" '$3 == name || $3 == "__" name { print $3; exit }' /proc/kallsyms; }
# A device's name is the first member of its first member.
for side in cpu device; do
	echo "p:synced_$side $(bounce_function $side) device=+0(+0(\$arg1)):string size=\$arg3:u32 dir=\$arg4:u32"
done > $tracing/kprobe_events
echo 1 > $tracing/events/kprobes/enable

# sizes SIDE: what has been synced of what our NIC receives (DMA_FROM_DEVICE,
# or DMA_BIDIRECTIONAL with a program), in its order; OTHER is left out.
sizes() { sed -n "s/.* synced_$1: .*device=\"$ours\" size=\([0-9]*\) dir=[02]\$/\1/p" $tracing/trace; }
# synced SIDE LENGTH,... [BUFFERS]: the same for one frame of each length.
synced() {
	settle
	echo > $tracing/trace
	from_peer $our_mac 1 "$2"
	# The last one is taken when its bytes are counted.
	wait_until 'not synced' eval "[ \$(sizes cpu | wc -l) = ${3:-$(tr , '\n' <<< "$2" | wc -l)} ]" || return
	nap 0.1
	sizes "$1" | paste -sd ,
}

ok 'every buffer is bounced' [ "$(cat /sys/kernel/debug/swiotlb/io_tlb_used)" -gt 100 ]
ok 'bytes are intact here' echo_here epoll-server 7000 1000003 3
ok 'bytes are intact there' echo_there recv-server 7001 1000003 3
is 'for the CPU: the bytes of the frame, no more' "$(synced cpu 60,61,256,257,1000,1514)" 60,61,256,257,1000,1514
is 'for the device, again: of a frame that was copied no more than that' "$(synced device 60,256)" 60,256

ip link set eth0 mtu 9000
peer ip link set peer0 mtu 9000
is 'a jumbo frame: of each buffer what is in it' "$(synced cpu 9014 5)" 2048,2048,2048,2048,822
ok 'jumbo frames: bytes are intact' eval 'echo_here epoll-server 7000 1000003 3 && echo_there recv-server 7001 1000003 3'
ip link set eth0 mtu 1500
peer ip link set peer0 mtu 1500

attach() { ip -force link set dev eth0 xdp obj "$RXPATH_OUT/$1.o" sec xdp; }
attach pass
is 'XDP: the bytes of the frame' "$(synced cpu 60,1514)" 60,1514
ok 'XDP: bytes are intact' eval 'echo_here epoll-server 7000 1000003 3 && echo_there recv-server 7001 1000003 3'
ip link set dev eth0 xdp off

echo 0 > $tracing/events/kprobes/enable
echo > $tracing/kprobe_events
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
