#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A long trace, read in one pass: the same results as in one piece, in bounded memory.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

# Round after round of one trace, until it is many times what is held at once.
trace-cmd convert --file-version 6 --compression none -i "$traces/merge.dat" -o "$scratch/v6.dat" > /dev/null 2>&1
"$here/repeat-trace" "$scratch/v6.dat" "$scratch/short.dat" 1 > "$scratch/events"
rounds=20
"$here/repeat-trace" "$scratch/v6.dat" "$scratch/long.dat" $(($(< "$scratch/events") * rounds)) > /dev/null
for file in short long; do
	"$rxpath" stats "$scratch/$file.dat" > "$scratch/$file.stats"
	"$rxpath" export --format csv -o "$scratch/$file.csv" "$scratch/$file.dat"
	"$rxpath" export --format folded -o "$scratch/$file.folded" "$scratch/$file.dat"
done
is 'rewritten, a trace has the same packets' \
	"$("$rxpath" tree "$scratch/short.dat" | grep '^skb#')" "$("$rxpath" tree "$traces/merge.dat" | grep '^skb#')"
# Without the moments: those move from round to round. Stages are their differences.
times() {
	python3 - "$1" << 'PYTHON'
import csv, re, sys
for row in csv.DictReader(open(sys.argv[1], newline="")):
    moments = [int(row[k]) for k in row if k.endswith("_ns") and k != "total_ns" and row[k]]
    print(row["flags"], row["payload"], row["length"], row["complete"], row["total_ns"],
          [b - a for a, b in zip(moments, moments[1:])], re.sub("skb#.* in GRO|by [^/]*/", "", row["verdict"]))
PYTHON
}
is 'each round has the packets of the first, to the nanosecond' \
	"$(times "$scratch/long.csv" | md5sum)" "$(for ((i = 0; i < rounds; i++)); do times "$scratch/short.csv"; done | md5sum)"
is 'packets are numbered on' "$(tail -n +2 "$scratch/long.csv" | cut -d, -f1 | md5sum)" \
	"$(seq $(($(wc -l < "$scratch/long.csv") - 1)) | md5sum)"
# Of tasks the names change from round to round as they did in the first.
stacks() { grep -E '^(hard interrupt|softirq);' "$1" | awk -v n="$2" '{ $NF = sprintf("%.0f", $NF * n); print }'; }
is 'interrupts and softirqs have spent as much as in all the rounds' \
	"$(stacks "$scratch/long.folded" 1 | md5sum)" "$(stacks "$scratch/short.folded" $rounds | md5sum)"
# Without the numbers that go on, and the names of tasks, which are those that they had then.
tree() { "$rxpath" tree "$1" | sed 's/#[0-9]*//g; s/[a-z-]*\/[0-9]*//g'; }
is 'the tree of each round is that of the first' "$(tree "$scratch/long.dat" | md5sum)" \
	"$(for ((i = 0; i < rounds; i++)); do tree "$scratch/short.dat"; done | md5sum)"
# Rules that count all there is, of each kind of block.
cat > "$scratch/rules" << 'RULES'
packets
  incomplete judge
  packets > 0
  time p99 < 1s
flows
  incomplete judge
  reads > 0
tasks
  incomplete judge
  waits >= 0
  wakes nobody
RULES
peak() {
	/usr/bin/time -o "$scratch/peak" -f %M "$rxpath" "$@" > "$scratch/out"
	tail -n 1 "$scratch/peak"
}
"$here/repeat-trace" "$scratch/v6.dat" "$scratch/longer.dat" $(($(< "$scratch/events") * rounds * 4)) > /dev/null
# The file itself is mapped and counts as long as the kernel leaves it in.
mapped=$((($(stat -c %s "$scratch/longer.dat") - $(stat -c %s "$scratch/long.dat")) / 1024))
for command in stats tree 'diagram --view all' 'export --format json' 'export --format perfetto' "assert $scratch/rules"; do
	# shellcheck disable=SC2086 # words
	grown=$(($(peak $command "$scratch/longer.dat") - $(peak $command "$scratch/long.dat")))
	ok "${command%%/*}: four times the events: $grown KB more, $mapped KB of them the file" test "$grown" -le $((mapped + 8192))
done
like 'assert has looked at all of it' "$("$rxpath" assert - "$scratch/longer.dat" <<< $'packets\n packets = 0')" \
	"#   $(($(grep -c '^[0-9]' "$scratch/short.csv") * rounds * 4))"
done_testing
