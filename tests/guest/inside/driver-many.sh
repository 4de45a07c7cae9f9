#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

# name_of MAC
name_of() { basename "$(dirname "$(grep -l "$1" /sys/class/net/*/address)")"; }
line_of() { cat "$1/irq"; }
irqs() { in_ns "$1" ethtool -S "$2" | awk -v name="irq_$3:" '$1 == name { print $2 }'; }
in_ns() {
	local ns=$1
	shift
	ip netns exec "$ns" "$@"
}
# Each of the two others answers from a namespace of its own, or the kernel would
# hand frames between them without a wire.
ok 'two more NICs' wait_until 'there are fewer than three' [ -e "/sys/class/net/$(name_of 52:54:00:12:34:04)/device" ]
second=$(name_of 52:54:00:12:34:03) third=$(name_of 52:54:00:12:34:04)
device2=$(readlink -f "/sys/class/net/$second/device") device3=$(readlink -f "/sys/class/net/$third/device")
is 'of three kinds' "$(cat "$(readlink -f /sys/class/net/eth0/device)/device" "$device2/device" "$device3/device")" $'0x100e\n0x100f\n0x100c'
is 'all with our driver' "$(find /sys/bus/pci/drivers/rxpath_e1000/ -name '0000:*' | wc -l)" 3
is 'two on one interrupt line' "$(line_of "$device2")" "$(line_of "$device3")"
place() {
	local name=$1 ns=$2 address=$3
	ip netns add "$ns" 2> /dev/null
	ip link set "$name" netns "$ns" && in_ns "$ns" ip addr add "$address/24" dev "$name" &&
		in_ns "$ns" ip link set "$name" up &&
		wait_until 'no carrier' in_ns "$ns" grep -qx 1 "/sys/class/net/$name/carrier"
}
ok 'the second is up' place "$second" second 192.0.2.3
ok 'the third is up' place "$third" third 192.0.2.4

ok 'a connection to the first' transfer_start 7000
ok 'one to the second' transfer_start 7002 192.0.2.3 ip netns exec second
ok 'one to the third' transfer_start 7003 192.0.2.4 ip netns exec third
before2=$(irqs second "$second" foreign) before3=$(irqs third "$third" foreign)
ok 'all three move at once' eval 'transfer_moves 7000 && transfer_moves 7002 && transfer_moves 7003'
ok 'the second leaves the third'\''s interrupts to it' [ "$(irqs second "$second" foreign)" -gt "$before2" ]
ok 'and the other way round' [ "$(irqs third "$third" foreign)" -gt "$before3" ]
ok 'the third is closed under traffic' in_ns third ip link set "$third" down
claimed2=$(irqs second "$second" claimed)
ok 'the others move' eval 'transfer_moves 7000 && transfer_moves 7002'
# Without, it would limp: the driver looks by itself every 2 s after what it sent.
ok 'the second by its interrupts, on the line that both had' [ "$(irqs second "$second" claimed)" -gt $((claimed2 + 3)) ]
ok 'and opened' in_ns third ip link set "$third" up
ok 'its connection moves again' transfer_moves 7003
expect_unread
ok 'the second is unbound under traffic' eval "echo ${device2##*/} > /sys/bus/pci/drivers/rxpath_e1000/unbind"
ok 'the others move' eval 'transfer_moves 7000 && transfer_moves 7003'
ok 'the second is bound' eval "echo ${device2##*/} > /sys/bus/pci/drivers/rxpath_e1000/bind"
ok 'it is up' place "$(name_of 52:54:00:12:34:03)" second 192.0.2.3
ok 'the first one'\''s connection has lived' transfer_survived 7000
ok 'the second one'\''s' transfer_survived 7002
ok 'the third one'\''s' transfer_survived 7003
ok 'rmmod' rmmod rxpath_e1000
ok 'takes all three' eval '! ip link show eth0 && ! in_ns second ip -o link | grep ether && ! in_ns third ip -o link | grep ether'
ok 'nothing stays mapped without the driver' nothing_stays_mapped
refused 'the monitor is not for every guest' 1 '--pluggable' qmp query-status
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
