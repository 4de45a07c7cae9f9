#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Who polls: netpoll, a program that is busy waiting, a thread, another CPU.
set -u
cd "$(dirname "$0")/../.." || exit
exec qemu/run --timeout 600 -- bash tests/guest/inside/driver-poll.sh
