#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver's fault knobs: what each shows, that nobody but root may turn them,
# and that traffic recovers. Transmit's timeout is tested with one of them.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --timeout 400 -- bash tests/guest/inside/driver-faults.sh
