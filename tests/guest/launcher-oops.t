#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# After an oops the launcher says what happened first, and where the whole console is.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
skip_on debug 'tests/debug/reports.t tries more bugs with this kernel'
# Where the headers are; modules for kernels of other suites are built with the suite's own compiler.
version=$(basename "$(scripts/kernel "${RXPATH_KERNEL:-}")")
headers=/usr/src/linux-headers-$version
[ -d "$headers" ] || {
	echo "1..0 # SKIP the modules of $version are built elsewhere"
	exit 0
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/debug/bugs/* "$work"
ok 'the bugs build' make -s -C "$headers" M="$work" modules
# oops BUG [OPTION]...: stderr of a guest whose module commits it
oops() {
	local bug=$1
	shift
	status=0
	qemu/run --bare --nic intree "$@" -- bash -c "insmod '$RXPATH_BUGS/bugs.ko' bug=$bug; sleep 1000" > /dev/null 2> "$work/stderr" || status=$?
}
mkdir "$work/out"
cp "$work/bugs.ko" "$work/out"
RXPATH_BUGS=$work/out oops list --out "$work/out"
stderr=$(< "$work/stderr")
is 'a broken list: status 125' "$status" 125
like 'its report comes first' "$stderr" "^the guest's first report, at line [0-9]+ of console.log:"$'\n  [^\n]*list_del corruption'
like 'then where' "$stderr" 'kernel BUG at lib/list_debug.c.*bad_list'
is 'registers and code do not stand between' "$(grep -cE ' (R[A-Z0-9]{2}|Code|CR[0-9]): ' <<< "$(grep -v 'RIP: 0010' <<< "$stderr")")" 0
like 'and the console is named' "$stderr" "run: .*all of it is in $work/out/console.log"$
line=$(sed -n 's/.*at line \([0-9]*\) of.*/\1/p' <<< "$stderr")
like 'the report is at that line' "$(sed -n "${line}p" "$work/out/console.log")" 'list_del corruption'
done_testing
