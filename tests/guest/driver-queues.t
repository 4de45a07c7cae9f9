#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What the kernel can tell of the interface's queues, its NAPI instance and its pages, from
# 6.16 on.
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
# By default the guest has the installed headers' kernel: that of Debian 12, which is older.
skip_on '|debug|6\.1|6\.12' 'it does not ask a driver for these'
exec qemu/run -- bash tests/guest/inside/driver-queues.sh
