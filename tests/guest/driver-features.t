#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The net device: frames too long or with their check sequence, loopback, lengths,
# either way up the stack, and changes of all of it under traffic.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qemu/run --append iomem=relaxed --timeout 600 --out "$work" --pcap "$work/wire.pcap" \
	-- bash tests/guest/inside/driver-features.sh
