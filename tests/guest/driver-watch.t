#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A poll that does not run is no device that hangs.
cd "$(dirname "$0")/../.." && exec qemu/run --cpus 2 --timeout 600 -- bash tests/guest/inside/driver-watch.sh
