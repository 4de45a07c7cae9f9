#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The kernel that looks for races finds one of a module, and only such a one is told.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/debug/bugs/* "$work"
kernel=$(scripts/kernel races) || exit
make -s -C "$kernel/build" M="$work" modules > "$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
run() { qemu/run --kernel races --nic intree --cpus 2 --out "$work" "$@" > "$work/stdout" 2> "$work/stderr"; }

run --bare -- bash -c "insmod $work/bugs.ko bug=race; rmmod bugs; true"
is 'a race, and a command that succeeds: the run fails' $? 123
like 'both accesses are named' "$(cat "$work/stderr")" 'kernel-reports: [^'$'\n'']*BUG: KCSAN: data-race in race .*/ race .*by task .*by task'
run --bare -- bash -c "insmod $work/bugs.ko bug=none; rmmod bugs; dd if=/dev/kmsg iflag=nonblock bs=8192 2> /dev/null | grep -ci kcsan"
is 'without one it does not, whatever the kernel has of its own' "$? $(cat "$work/stderr")" '0 '
like 'and it has looked' "$(cat "$work/stdout")" '^[1-9]'
done_testing
