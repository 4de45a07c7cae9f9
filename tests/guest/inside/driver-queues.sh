#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

knows() { python3 "$RXPATH_PROJECT/tests/guest/inside/netdev-genl.py" "$1" eth0; }
irq=$(cat /sys/class/net/eth0/device/irq)
napi=$(knows napi)
like 'a NAPI instance, with the interrupt that it serves' "$napi" "^id=[0-9]+ irq=$irq$"
id=$(sed -E 's/^id=([0-9]+) .*/\1/' <<< "$napi")
queues="id=0 type=0 napi-id=$id id=0 type=1 napi-id=$id"
is 'it serves the receive queue and the transmit queue' "$(knows queue | sort | paste -sd' ')" "$queues"
pools() { knows page-pool | grep -v detach-time; }
is 'two pools, which recycle in it' "$(pools | grep -c " napi-id=$id\b")" 2

# Through whatever changes rings, or stops the device for a moment.
recycles() {
	local held trace=/sys/kernel/tracing
	echo > $trace/trace
	echo 1 > $trace/events/page_pool/page_pool_state_hold/enable
	peer ping -q -f -c 500 -s 1400 "$server_ip"
	echo 0 > $trace/events/page_pool/page_pool_state_hold/enable
	held=$(grep -c page_pool_state_hold $trace/trace)
	echo "$held new pages"
	[ "$held" -lt 300 ]
}
same() {
	is "$1: the queues are served" "$(knows queue | sort | paste -sd' ')" "$queues"
	is "$1: two pools recycle there, the old ones are gone" \
		"$(pools | grep -c .) $(pools | grep -c " napi-id=$id\b")" '2 2'
	ok "$1: bytes are intact" echo_here epoll-server 7000 100003 3
	ok "$1: pages come back" recycles
}
same 'at first'
ethtool -G eth0 rx 512
same 'other rings'
echo 1 > /sys/class/net/eth0/device/reset
wait_until 'no carrier' grep -q 1 /sys/class/net/eth0/carrier
same 'after a reset'
ethtool -t eth0 offline > /dev/null
wait_until 'no carrier' grep -q 1 /sys/class/net/eth0/carrier
same 'after a self-test'
ip link set eth0 down
is 'closed: no queue' "$(knows queue)" ''
is 'closed: one pool, the interface'\''s own, without a NAPI instance' "$(pools | grep -c .) $(pools | grep -c ' napi-id=')" '1 0'
nic-up
irq_of() { knows napi | grep -o 'irq=.*'; }
is 'open again: the interrupt' "$(irq_of)" "irq=$irq"

# Its rings and pools come and go while bytes flow.
under_traffic() {
	transfer_start 7001 || return
	for size in 256 512 256; do ethtool -G eth0 rx $size || return; done
	transfer_survived 7001
}
ok 'rings exchanged under traffic: the connection lives' under_traffic
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
