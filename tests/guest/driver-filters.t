#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What the device lets through: addresses, groups, VLANs; and what becomes of tags.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qemu/run --cpus 1 --append iomem=relaxed --timeout 600 --out "$work" --pcap "$work/wire.pcap" \
	-- bash tests/guest/inside/driver-filters.sh
