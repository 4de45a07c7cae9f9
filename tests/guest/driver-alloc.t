#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver when memory runs out, at every allocation that a change of its rings makes.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests/programs/xdp/build "$work" || exit
qemu/run --timeout 600 --bare --out "$work" -- bash tests/guest/inside/driver-alloc.sh
