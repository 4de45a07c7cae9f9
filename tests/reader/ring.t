#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What the driver did to its ring, and what went wrong on purpose: in the tree, the picture and stats.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

trace=$traces/ring.dat
tree=$("$rxpath" tree "$trace")
# packet WORD: the first packet whose tree has it
packet() { awk -v word="$1" '/^skb#/ { no = $1 } index($0, word) { sub("skb#", "", no); print no; exit }' <<< "$tree"; }
events() { trace-cmd report "$trace" 2> /dev/null | grep -cE " $1"; }

told=$(packet 'rx_tail(')
ok 'tree: a poll from its beginning to its end, with what it gave the card' in_order "$("$rxpath" tree --packet "$told" "$trace")" \
	'rxe_poll(' 'poll_begin(budget 64, ntc 39, ntu 19)' 'rx_desc(' 'rx_refill(20 of 20 filled, ntc 40, ntu 39)' \
	'rx_tail(tail 39, 20 filled)' 'poll_end(work 1 of 64)'
failed=$(packet 'fault(fail_refill)')
ok 'tree: a refill that failed' in_order "$("$rxpath" tree --packet "$failed" "$trace")" \
	'poll_begin(' 'fault(fail_refill)' 'rx_refill(0 of 20 filled' 'poll_end('
withheld=$(packet 'fault(withhold_rx_tail)')
out=$("$rxpath" tree --packet "$withheld" "$trace")
ok 'tree: a doorbell that was withheld' in_order "$out" 'rx_refill(20 of 20 filled' 'fault(withhold_rx_tail)' 'poll_end('
is 'and none that was rung' "$(grep -c 'rx_tail(' <<< "$out")" 0

for format in text mermaid svg; do
	draw() {
		"$rxpath" diagram --view "$1" --format $format --width 200 --packet "$2" "${@:3}" "$trace" |
			if [ $format = svg ]; then sed -n 's/.*<text[^>]*>\(.*\)<\/text>.*/\1/p' | tr '\n' ' '; else cat; fi
	}
	ok "$format: a refill, and its doorbell" in_order "$(draw nic-ip "$told")" \
		descriptor 'refill: 20 of 20' 'ntc 40' 'ntu 39' 'doorbell: tail = 39, 20 filled' 'work 1 of 64'
	out=$(draw nic-ip "$withheld")
	ok "$format: no doorbell, and why" in_order "$out" 'refill: 20 of 20' 'no doorbell in this poll' \
		'fault: withhold_rx_tail' 'until it is switched off'
	is "$format: none is drawn" "$(grep -c 'doorbell: tail' <<< "$out")" 0
	ok "$format: a slide shows the fault, too" in_order "$(draw nic-ip "$withheld" --level hops)" descriptor 'fault: withhold_rx_tail'
done

# A ring of 80 has descriptors 0 to 79.
mapfile -t packets < <(sed -n 's/^skb#\([0-9]*\) .*/\1/p' <<< "$tree")
for packet in "${packets[@]}"; do
	"$rxpath" diagram --packet "$packet" --format mermaid "$trace"
done | grep -o 'ring ··.*' > "$scratch/rings"
is 'each packet has its ring' "$(wc -l < "$scratch/rings")" "${#packets[@]}"
is 'the ring goes round' "$(grep -o '\[7[789]\].*··' "$scratch/rings" | sort -u | head -n 3)" $'[77] 78 79 0··\n[78] 79 0 1··\n[79] 0 1 2··'
is 'there is no descriptor 80' "$(grep -oE '\b(8[0-9]|9[0-9]|[0-9]{3,})\b' "$scratch/rings")" ''
round=$("$rxpath" tree "$trace" | awk '/^skb#/ { no = $1 } /ntc 79, ntu/ { sub("skb#", "", no); print no; exit }')
cells=$("$rxpath" diagram --packet "$round" --view nic-ip --format svg "$trace" | sed -n 's/.*class="mid"[^>]*>\([0-9]*\)<.*/\1/p' | tr '\n' ' ')
like 'the strip goes round, too' "$cells" '^78 79 0 1 '
is 'the tail is what the card had' "$(grep -o 'tail.*' "$scratch/rings" | sort -u | tr '\n' ' ')" 'tail 19 tail 39 '

stats=$("$rxpath" stats "$trace")
like 'stats: what the ring was given' "$stats" \
	"eth0: ring of 80, $(events rx_desc:) descriptors taken; refills: $(events rx_refill:), which filled 100 of 120; doorbells: $(events rx_tail:)"
for fault in withhold_rx_tail lose_interrupt fail_refill; do
	like "stats: $fault" "$stats" "eth0: fault $fault happened: $(events "fault: .*fault=$fault")"$'\n'
done
# From the last descriptor's time on.
silent=$(trace-cmd report -t "$trace" 2> /dev/null | awk '
	!/^ *[^ ]+-[0-9]+ / { next }
	{ for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+\.[0-9]+:$/) { at = $i + 0; break } }
	!first { first = at }
	/ rx_desc: / { last = at }
	END { printf "[+]%.1f s", last - first }')
like 'stats: when it fell silent, and why' "$stats" \
	"eth0 silent from $silent to the end; the card owns 0 descriptors, and was not told of 60 more"
is 'a ring that is busy to the end is not silent' "$("$rxpath" stats "$traces/merge.dat" | grep -c silent)" 0
like 'an older trace, whose driver did not tell of refills' "$("$rxpath" stats "$traces/merge.dat")" \
	'eth0: 104 descriptors taken; doorbells: 6'
# A driver that rings without telling, as the event has it that reads the tail back.
trace-cmd convert --file-version 6 --compression none -i "$trace" -o "$scratch/six.dat" > "$scratch/log" 2>&1
"$here/make-trace" "$scratch/six.dat" "$scratch/untold.dat" untold 1
out=$("$rxpath" diagram --view nic-ip --width 200 "$scratch/untold.dat")
ok 'a doorbell that changed nothing is none' in_order "$out" 'refill: 64 of 64' "the card's tail is still 135:" 'it was not told of ntu 199'
is 'and not drawn as one' "$(grep -cE 'doorbell: tail|tail 199' <<< "$out")" 0
like 'stats counts it' "$("$rxpath" stats "$scratch/untold.dat")" "interface 2: doorbells that left the card's tail where it was: 1"
# Without the ring's size those descriptors alone are told of that must be there.
is 'an older trace: no descriptor is made up' "$(sed 's/.*/&/' <(for packet in 1 5 9 13; do
	"$rxpath" diagram --packet $packet --format mermaid "$traces/wire.dat"; done | grep -oE 'ring ··[^·]*··  ntc [0-9]+  ntu [0-9]+') |
	awk '{ gsub(/[^0-9 ]/, ""); most = 0; for (i = 1; i <= NF; i++) if (i > NF - 2 || i == 1) most = $i > most ? $i : most
		for (i = 1; i <= NF - 2; i++) if ($i > most && int($i / 8) != int(most / 8)) print }')" ''
done_testing
