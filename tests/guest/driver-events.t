#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver's events against its counters, one for one, and their ring indices.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run -- bash tests/guest/inside/driver-events.sh
