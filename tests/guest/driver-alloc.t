#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver when memory runs out: every allocation fails once.
cd "$(dirname "$0")/../.." && exec qemu/run --timeout 600 --bare --pluggable -- bash tests/guest/inside/driver-alloc.sh
