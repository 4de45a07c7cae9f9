#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver's native XDP: every verdict, attach and detach under traffic.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
require_command clang clang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests/programs/xdp/build "$work" || exit
qemu/run --out "$work" --pcap "$work/wire.pcap" -- bash tests/guest/inside/driver-xdp.sh
