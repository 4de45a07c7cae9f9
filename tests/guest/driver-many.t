#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Three NICs of three kinds at once, two of them on one interrupt line.
set -u
cd "$(dirname "$0")/../.." || exit
# Slots four apart share a line.
nics=
for nic in 82545em:2:03:10 82544gc:3:04:14; do
	IFS=: read -r kind hub mac slot <<< "$nic"
	nics+=" -netdev hubport,id=server$hub,hubid=0 -device e1000-$kind,netdev=server$hub,addr=0x$slot,mac=52:54:00:12:34:$mac,romfile="
done
exec qemu/run --timeout 600 --qemu "$nics" -- bash tests/guest/inside/driver-many.sh
