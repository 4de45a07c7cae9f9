#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver when memory runs out, for single frames and for the receive ring.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --timeout 600 --bare --pluggable -- bash tests/guest/inside/driver-alloc-frames.sh
