#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver when the machine sleeps.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --s3 --timeout 600 -- bash tests/guest/inside/driver-power.sh
