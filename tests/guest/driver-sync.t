#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Memory that device and CPU do not see alike: with every buffer bounced, what is
# not synced is not seen, and what is synced is counted.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
require_command clang clang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests/programs/xdp/build "$work" || exit
qemu/run --append swiotlb=force --timeout 600 --out "$work" -- bash tests/guest/inside/driver-sync.sh
