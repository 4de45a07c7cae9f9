#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Segmentation by the device where it is less plain: long extension headers, and frames
# whose checksum was not left to it.
set -u
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
qemu/run --out "$work" --pcap "$work/wire.pcap" -- bash tests/guest/inside/driver-offload.sh
