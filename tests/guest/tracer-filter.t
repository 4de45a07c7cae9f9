#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The filter: its words, what it lets through, and that it may change at any time.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --cpus 2 --timeout 400 -- bash tests/guest/inside/tracer-filter.sh
