#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The net device: filters, VLAN, frame check sequences, loopback, lengths, and
# changes of each under traffic.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qemu/run --append iomem=relaxed --timeout 400 --out "$work" --pcap "$work/wire.pcap" \
	-- bash tests/guest/inside/driver-features.sh
