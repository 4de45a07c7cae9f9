#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# ethtool -t: passes on a device that works, and fails on one that does not. The
# second NIC lacks registers: QEMU drops what is written to its interrupt timers.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --append iomem=relaxed \
	--qemu '-device e1000,romfile=,mac=52:54:00:12:34:03,mitigation=off' \
	-- bash tests/guest/inside/driver-selftest.sh
