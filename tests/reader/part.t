#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Who needs a part of a trace reads that part: the records that are read are counted, as
# what is printed does not tell.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
trace-cmd convert --file-version 6 --compression none -i "$traces/merge.dat" -o once.dat > log 2>&1
"$here/repeat-trace" once.dat many.dat 100000 > events
all=$(trace-cmd report many.dat 2> /dev/null | grep -c '^ .*: ')
packets=$("$rxpath" tree many.dat | grep -c '^skb#')

# records COMMAND...: how many each pass has read
records() { RXPATH_COUNT_RECORDS=1 "$rxpath" "$@" many.dat 2>&1 > out | sed -n 's/^many.dat: \([0-9]*\) records read$/\1/p' | xargs; }
# few NAME NUMBER: a tenth of the trace at most
few() { ok "$1: $2 of $all records" test "${2:-$all}" -lt $((all / 10)); }

is 'stats reads every record' "$(records stats)" "$all"
read -r first second third <<< "$(records diagram --view epoll-wake)"
is 'a picture without an index: one pass over all' "$first$third" "$all"
few 'and one over what it shows' "$second"
read -r first second third <<< "$(records diagram --view epoll-ctl)"
is 'calls without an index: one pass over all' "$first$third" "$all"
few 'and one over those calls' "$second"
"$rxpath" index many.dat > log
for packet in 1 2 $((packets / 3)) $((packets / 2)) $((packets - 20)) "$packets"; do
	few "skb#$packet by the index: tree" "$(records tree --packet "$packet")"
	few "skb#$packet by the index: diagram" "$(records diagram --packet "$packet")"
done
is 'a number that is too high: the index knows' "$(records tree --packet 999999)" ''
for view in "${packet_views[@]}"; do
	few "$view by the index" "$(records diagram --view "$view")"
done
done_testing
