#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The bpftrace programs in scripts/, each against traffic that is known.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --cpus 1 --timeout 400 -- bash tests/guest/inside/bpftrace.sh
