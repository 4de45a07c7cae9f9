#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The counters against the wire, frame by frame; segmentation, byte queue limits
# and doorbells. In counted time: no watchdog bites while a queue is held.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qemu/run --icount --append iomem=relaxed --out "$work" --pcap "$work/wire.pcap" \
	-- bash tests/guest/inside/driver-stats.sh
