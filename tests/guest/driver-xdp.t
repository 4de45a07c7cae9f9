#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver's native XDP: every verdict, attach and detach under traffic.
set -u
cd "$(dirname "$0")/../.." || exit
exec tests/programs/xdp/guest -- bash tests/guest/inside/driver-xdp.sh
