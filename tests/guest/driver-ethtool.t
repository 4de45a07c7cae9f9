#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# ethtool's options: what is shown is so, what is set takes effect, and what the
# device cannot do is refused with a reason.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --cpus 1 --append iomem=relaxed -- bash tests/guest/inside/driver-ethtool.sh
