#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The trace module: it counts what others count, shares functions with them, and
# comes and goes.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh

# in_guest NAME TEST...: the guest's TAP, as one test of ours.
in_guest() {
	local name=$1 output status=0
	shift
	output=$(qemu/run --timeout 400 "$@" 2>&1) || status=$?
	if [ $status = 0 ]; then pass "$name"; else fail "$name"; fi
	note "$output"
}
in_guest 'every call is counted, on two CPUs under load' --cpus 2 -- bash tests/guest/inside/tracer.sh counts
in_guest 'functions are shared with other tracers; the module comes and goes under traffic' \
	--cpus 2 -- bash tests/guest/inside/tracer.sh sharing coming
done_testing
