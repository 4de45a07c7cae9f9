#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver: it binds, carries bytes intact both ways, and comes and goes.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --bare --timeout 400 --qemu '-device e1000e,romfile=' -- bash tests/guest/inside/driver.sh
