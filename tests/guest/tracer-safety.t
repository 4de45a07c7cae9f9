#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The trace module among others: several readers on two CPUs, nobody who may not,
# removed and inserted under traffic. A round costs seconds without KVM: RXPATH_ROUNDS
# says how many there are.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh

rounds=${RXPATH_ROUNDS:-20}
name='several readers and those who may not; insert, enable, disable, remove under traffic'
status=0
output=$(qemu/run --cpus 2 --timeout $((400 + 10 * rounds)) -- \
	bash tests/guest/inside/tracer-safety.sh "$rounds" 2>&1) || status=$?
if [ $status = 0 ]; then pass "$name"; else fail "$name"; fi
note "$output"
done_testing
