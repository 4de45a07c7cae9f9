#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The debug kernel finds a bug of each kind, and the launcher's status says so.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/debug/bugs/* "$work"
kernel=$(scripts/kernel debug) || exit
make -s -C "$kernel/build" M="$work" modules > "$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
run() { qemu/run --kernel debug --nic intree --out "$work" "$@" > "$work/stdout" 2> "$work/stderr"; }

run -- true
is 'nothing is reported where nothing is wrong' "$? $(cat "$work/stderr")" '0 '
run -- false
is 'the command'\''s own failure goes before' $? 1
# Lockdep is silent once anything else has been reported: its bug is the first.
run --bare -- bash -c "for bug in deadlock use-after-free beyond-the-end leak shift list dma-leak dma-twice sleep-in-atomic; do
	insmod $work/bugs.ko bug=\$bug; rmmod bugs; done; true"
is 'bugs, and a command that succeeds: the run fails' $? 123
stderr=$(cat "$work/stderr")
# found BUG REPORT
found() { like "$1 is reported" "$stderr" "kernel-reports: [^"$'\n'"]*($2)"; }
found 'memory used after its end' 'KASAN: .*use-after-free'
found 'memory used beyond its end' 'KASAN: .*out-of-bounds'
found 'memory that nobody points to' 'kmemleak: [0-9]+ leaks'
found 'a shift that C leaves undefined' 'UBSAN: shift-out-of-bounds'
found 'a broken list' 'list_del corruption'
found 'a DMA mapping left behind' 'DMA-API: .*pending DMA allocations'
found 'one undone twice' 'DMA-API: .*free DMA memory it has not allocated'
found 'sleep where there must be none' 'scheduling while atomic|sleeping function called'
found 'locks in the wrong order' 'possible circular locking'
run --bare -- bash -c "insmod $work/bugs.ko bug=oops; sleep 1000"
is 'after an oops nobody waits for a command that may not end' $? 125
# shellcheck disable=SC2016 # expanded in the guest
run --bare -- bash -c '. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
	expect_report "UBSAN: shift-out-of-bounds"
	insmod "$RXPATH_OUT/bugs.ko" bug=shift; dmesg -C; rmmod bugs'
is 'a report that the test expects is none' $? 0
run --bare -- bash -c "insmod $work/bugs.ko bug=shift; dmesg -C; rmmod bugs"
is 'one that dmesg -C has hidden is found' $? 123
done_testing
