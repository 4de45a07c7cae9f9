#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Memory that device and CPU do not see alike: with every buffer bounced, what is
# not synced is not seen, and what is synced is counted.
set -u
cd "$(dirname "$0")/../.." || exit
exec tests/programs/xdp/guest --append swiotlb=force --timeout 600 -- bash tests/guest/inside/driver-sync.sh
