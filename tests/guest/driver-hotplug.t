#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The driver when its device goes and comes: cable pulled, reset, unplugged,
# torn out. The guest asks QEMU's monitor for each.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What a torn out device reads as: a ROM of ones, to be laid over its registers.
head -c 128K /dev/zero | tr '\0' '\377' > "$work/ones"
qemu/run --timeout 600 --pluggable --qemu "-device pci-testdev,romfile=$work/ones" -- bash tests/guest/inside/driver-hotplug.sh
