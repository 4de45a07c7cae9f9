#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Allocations fail at random under both modules: nothing breaks, nothing leaks.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --kernel debug --timeout 300 -- bash tests/debug/inside/failslab.sh
