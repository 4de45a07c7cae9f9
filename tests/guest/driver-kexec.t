#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The driver when one kernel starts the next by itself (kexec): nobody resets the
# device between, so the driver must have silenced it. Under traffic both ways.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The second kernel has no way to tell its status; what it says is on the console.
kernel=$(scripts/kernel "${RXPATH_KERNEL:-}")
qemu/run --cpus 1 --append iomem=relaxed --out "$work" --peer host -- \
	bash tests/guest/inside/driver-kexec.sh "$kernel/boot/vmlinuz-$(basename "$kernel")" > "$work/said" 2>&1
said=$(tr -d '\r' < "$work/console.log" | sed -n 's/.*kexec: //p')
answer() { sed -n "s/^$1 //p" <<< "$said"; }
is 'the first kernel receives and transmits (RCTL.EN, TCTL.EN)' "$(($(answer 'first RCTL') & 2)) $(($(answer 'first TCTL') & 2))" '2 2'
is 'there is a second kernel' "$(answer second)" here
is 'receive is off (RCTL)' "$(answer RCTL)" 0x00000000
is 'transmit is off (TCTL)' "$(answer TCTL)" 0x00000000
is 'no cause interrupts (IMS)' "$(answer IMS)" 0x00000000
is 'nothing waits to be received or sent (RDT, TDT)' "$(answer RDT) $(answer TDT)" '0x00000000 0x00000000'
is 'the driver finds the device, and the wire' "$(answer ping)" 3
is 'no interrupt was left that nobody wants' "$(answer unwanted)" 0
[ "$tap_failed" = 0 ] || note "$said
$(cat "$work/said")"
done_testing
