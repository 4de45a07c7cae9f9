#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# ethtool -t: passes on a device that works, and fails on one that does not. A ROM that
# can be laid over the second NIC's filters answers what its driver has written there,
# and loses what is written from then on.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# From 0x5000 on: the group of all hosts, the station's own address, VLAN 0.
perl -e 'my $registers = "\0" x 0x800;
	substr($registers, 0x200, 4) = pack "V", 1 << 16;
	substr($registers, 0x400, 8) = pack "H12 v", "525400123403", 1 << 15;
	substr($registers, 0x600, 4) = pack "V", 1;
	print $registers' > "$work/filters"
qemu/run --append iomem=relaxed \
	--qemu "-device e1000,romfile=,mac=52:54:00:12:34:03 -device pci-testdev,romfile=$work/filters" \
	-- bash tests/guest/inside/driver-selftest.sh
