#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What our side leaves behind where it closes first: of which socket, in which state, for how long.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --timeout 300 -- bash tests/guest/inside/tracer-timewait.sh
