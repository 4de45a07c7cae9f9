#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The trace module among others: removed and inserted under traffic, several
# readers, nobody who may not. On one CPU, as code is patched under traffic: see
# docs/tracepoints.md on QEMU. A round costs seconds without KVM: RXPATH_ROUNDS says
# how many there are.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh

in_guest() {
	local name=$1 output status=0
	shift
	output=$(qemu/run --timeout 400 "$@" 2>&1) || status=$?
	if [ $status = 0 ]; then pass "$name"; else fail "$name"; fi
	note "$output"
}
in_guest 'several readers, and those who may not' --cpus 1 -- bash tests/guest/inside/tracer-safety.sh readers
rounds=${RXPATH_ROUNDS:-20}
in_guest 'insert, enable, disable, remove under traffic' --cpus 1 --timeout $((200 + 10 * rounds)) -- \
	bash tests/guest/inside/tracer-safety.sh rounds "$rounds"
done_testing
