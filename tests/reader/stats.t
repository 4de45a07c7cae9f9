#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The figures of `rxpath stats` against those of the exported packets.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

stats() { "$rxpath" stats "$@"; }
for trace in gro-off gro-on merge intree init ipv6; do
	"$rxpath" export --format json -o "$scratch/x.json" "$traces/$trace.dat"
	stats "$traces/$trace.dat" > "$scratch/stats"
	is "$trace: percentiles, means and reads agree with the packets" \
		"$(python3 "$here/stats.py" "$scratch/x.json" "$scratch/stats" 2>&1)" agree
	is "$trace: every packet is counted" "$(grep -o '^[0-9]* packets' "$scratch/stats")" \
		"$("$rxpath" tree "$traces/$trace.dat" | grep -c '^skb#') packets"
	is "$trace: the polls took every packet" \
		"$(awk '/^packets per poll/ { printf "%.0f", $4 * $5 }' "$scratch/stats")" \
		"$(grep -o '^[0-9]*' <<< "$(grep ' packets, ' "$scratch/stats")")"
	is "$trace: nothing lost" "$(grep -c 'no event lost' "$scratch/stats")" 1
done
# What the client sent: three messages of 20000 bytes to each server, and back.
stats "$traces/merge.dat" > "$scratch/stats"
like 'merged frames are counted' "$(< "$scratch/stats")" ', 148 joined to another, 240000 bytes of data'
like 'GRO is a stage of its own where it is on' "$(< "$scratch/stats")" $'\ngro  .*\ncore  '
is 'and none where it is off' "$(stats --packet 8 "$traces/gro-off.dat" | grep -c "^gro ")" 0
is 'drops are counted by reason' "$(stats "$traces/ipv6.dat" | sed -n 's/^ *\([0-9]* dropped: .*\)/\1/p')" \
	"$("$rxpath" tree "$traces/ipv6.dat" | grep -o 'complete: dropped: .*' | sort | uniq -c | sed 's/^ *\([0-9]*\) complete: /\1 /')"
# Made so that 5 ns lie before the first call in a call and 15 behind the last; its stage "core" has two entries in it.
trace-cmd convert --file-version 6 --compression none -i "$traces/ipv6.dat" -o "$scratch/head.dat" > "$scratch/log" 2>&1
"$here/make-trace" "$scratch/head.dat" "$scratch/made.dat" flat 30
like 'what tracing takes is estimated' "$(stats "$scratch/made.dat")" 'tracing: some 20 ns for each traced call'
stage() { awk -v name="$1" '$1 == name { print $3, $4 }'; }
is 'and can be taken off: 4 of 10 ns here' \
	"$(stats "$scratch/made.dat" | stage core), $(stats --less-tracing 4ns "$scratch/made.dat" | stage core)" '10 ns, 6 ns'
is 'where nothing is traced, nothing' "$(stats --less-tracing 4ns "$scratch/made.dat" | stage driver)" '5 ns'
is 'and never more than there is' "$(stats --less-tracing 1s "$scratch/made.dat" | stage core)" '0 ns'
refused 'a time without its unit' 2 'such as 400ns' "$rxpath" stats --less-tracing 400 "$traces/gro-off.dat"
like 'a flow alone' "$(stats --flow :7001 "$traces/gro-off.dat")" \
	"$("$rxpath" tree --flow :7001 "$traces/gro-off.dat" | grep -c '^skb#') packets,"
like 'a part of the time alone: a packet whose reader is cut off stays complete' \
	"$(stats --to +800ms "$traces/gro-off.dat")" '21 packets, 21 complete'
is 'ASCII only in the C locale' "$(LC_ALL=C stats "$traces/gro-off.dat" | LC_ALL=C tr -d '[:print:]\n' | wc -c)" 0
refused 'a choice that leaves none' 1 'no packet of this trace' "$rxpath" stats --packet 999 "$traces/gro-off.dat"
full() { stats "$traces/gro-off.dat" > /dev/full; }
refused 'a full device' 1 'No space left' full
refused 'no trace' 1 'No such file' "$rxpath" stats "$scratch/nothing.dat"
done_testing
