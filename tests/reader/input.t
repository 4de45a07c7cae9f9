#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What cannot be read or drawn is answered with one line and a status.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
good=$traces/gro-off.dat
ping=$traces/intree.dat
size=$(stat -c %s "$good")

: > "$scratch/empty.dat"
refused 'an empty file' 1 'empty.dat: empty file: record it again' "$rxpath" tree "$scratch/empty.dat"
refused 'a file that is no trace' 1 'not a trace.dat file' "$rxpath" tree "$0"
refused 'a folder' 1 'not a file' "$rxpath" tree "$scratch"
refused 'no file' 1 'No such file' "$rxpath" tree "$scratch/nothing.dat"
refused 'a trace without our events' 1 'no rxpath events in it' "$rxpath" tree "$traces/foreign.dat"
for part in 5 12 100 3000 $((size / 2)) $((size - 1000)); do
	head -c "$part" "$good" > "$scratch/cut.dat"
	refused "cut short after $part of $size bytes" 1 'cut.dat: (not a trace|cut short or damaged|damaged after)' \
		"$rxpath" tree "$scratch/cut.dat"
done
# Wherever a byte is wrong: read to the end, or told in one line; never a signal.
for seed in {1..40}; do
	cp "$good" "$scratch/bad.dat"
	at=$(((seed * 7919 * 31) % size))
	printf '\xff\x80\x41' | dd of="$scratch/bad.dat" bs=1 seek="$at" conv=notrunc status=none
	status=0
	lines=$("$rxpath" tree "$scratch/bad.dat" 2>&1 > /dev/null) || status=$?
	if [ "$status" -gt 1 ] || { [ "$status" = 1 ] && [ "$(wc -l <<< "$lines")" != 1 ]; }; then
		fail "a wrong byte at $at"
		note "status $status: $lines"
	fi
done
pass 'wrong bytes at 40 places end no run with a signal'

refused 'an unknown view' 2 'give one of init, .*, all' "$rxpath" diagram --view x "$good"
refused 'an unknown format' 2 'give one of mermaid, svg, text, html' "$rxpath" diagram --format x "$good"
refused 'an unknown level' 2 'give one of hops, layers, calls' "$rxpath" diagram --level x "$good"
refused 'a packet that is no number' 2 'as in skb#12' "$rxpath" diagram --packet x "$good"
refused 'a packet that is not there' 1 'the trace has packets 1 to' "$rxpath" diagram --packet 9999 "$good"
refused 'the same for tree' 1 'the trace has packets 1 to' "$rxpath" tree --packet 9999 "$good"
refused 'a view that the packet never came to' 1 'choose another with --packet' \
	"$rxpath" diagram --view tcp-recv --packet "$("$rxpath" tree "$ping" | sed -n 's/^skb#\([0-9]*\) .*icmp_rcv.*/\1/p' | head -n 1)" "$ping"
refused 'an output folder that is not there' 1 'name a file in a folder that you can write to' \
	"$rxpath" diagram -o "$scratch/no/x.svg" "$good"
refused 'a full device' 1 'No space left' "$rxpath" diagram -o /dev/full "$good"
refused 'no command' 2 'no command' "$rxpath"
refused 'an unknown command' 2 'no such command' "$rxpath" dance
refused 'record to a folder that is not there, or without root or module' 1 'record: |name a file' \
	"$rxpath" record -o "$scratch/no/x.dat" -- true
ok 'help' "$rxpath" --help
for command in record tree diagram export stats index hooks assert query; do
	like "help of $command" "$("$rxpath" $command --help)" "Usage: rxpath $command"
done

# No .svg that has text in it: the format is that of the file's name.
for suffix in svg:'<svg' html:'<!DOCTYPE html' mmd:sequenceDiagram txt:skb# x.y/name:skb#; do
	mkdir -p "$scratch/out.x.y"
	"$rxpath" diagram -o "$scratch/out.${suffix%:*}" "$good"
	is "diagram -o out.${suffix%:*}" "$(head -c 400 "$scratch/out.${suffix%:*}" | grep -c "^ *${suffix#*:}")" 1
done
"$rxpath" diagram --format mermaid -o "$scratch/out.svg" "$good"
is 'but --format says more' "$(grep -c '^ *sequenceDiagram' "$scratch/out.svg")" 1
for suffix in json csv pcapng folded html; do
	"$rxpath" export -o "$scratch/out.$suffix" "$good"
	ok "export -o out.$suffix" cmp "$scratch/out.$suffix" <("$rxpath" export --format $suffix "$good")
done

# A clone in which nothing is built yet: prove says so once, and stops.
mkdir -p "$scratch/clone/tests/reader"
cp "$here"/{lib.sh,tree.t,views.t} "$scratch/clone/tests/reader"
cp "$here/../tap.sh" "$scratch/clone/tests"
out=$(prove "$scratch/clone/tests/reader" 2>&1)
why="$scratch/clone/tests/reader/../../userspace/rxpath is not there: run 'make' first, or 'make check-reader', which does"
is 'tests before a build: what to run, first' "$(head -n 1 <<< "$out")" "Bailout called.  Further testing stopped:  $why"
is 'and last' "$(tail -n 1 <<< "$out")" "FAILED--Further testing stopped: $why"
is 'and no other test is tried' "$(grep -c "views\.t" <<< "$out")" 0
done_testing
