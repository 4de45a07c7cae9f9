#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# How the driver spaces its interrupts: fixed and adapted, in counted time.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
skip_on debug 'interrupts are counted against counted time, which its checks take up'
exec qemu/run --icount -- bash tests/guest/inside/driver-coalesce.sh
