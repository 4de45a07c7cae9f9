#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# How the driver spaces its interrupts: fixed and adapted, in counted time.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --icount -- bash tests/guest/inside/driver-coalesce.sh
