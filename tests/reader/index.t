#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# With an index a packet is found without reading all, and looks the same.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

trace-cmd convert --file-version 6 --compression none -i "$traces/merge.dat" -o "$scratch/once.dat" > "$scratch/log" 2>&1
events=$("$here/repeat-trace" "$scratch/once.dat" "$scratch/many.dat" 100000)
packets=$("$rxpath" tree "$scratch/many.dat" | grep -c '^skb#')

# plain COMMAND...: the output without an index; quick: the same with it
plain() { mv "$scratch/many.dat.index" "$scratch/away"; "$rxpath" "$@" "$scratch/many.dat" 2>&1; mv "$scratch/away" "$scratch/many.dat.index"; }
quick() { "$rxpath" "$@" "$scratch/many.dat" 2>&1; }

is 'an index is made' "$("$rxpath" index "$scratch/many.dat")" "$scratch/many.dat.index: $packets packets"
for packet in 1 2 $((packets / 3)) $((packets / 2)) $((packets / 2 + 1)) $((packets - 20)) "$packets"; do
	is "skb#$packet: the same tree" "$(quick tree --packet "$packet")" "$(plain tree --packet "$packet")"
	is "skb#$packet: the same picture, events by their numbers in the trace" \
		"$(quick diagram --packet "$packet" --level calls --format svg)" \
		"$(plain diagram --packet "$packet" --level calls --format svg)"
done
for view in "${packet_views[@]}"; do
	is "$view: the same packet is chosen" "$(quick diagram --view "$view")" "$(plain diagram --view "$view")"
done
is 'a choice by other means' "$(quick diagram --flow :7000 --from +0.01)" "$(plain diagram --flow :7000 --from +0.01)"
refused 'a packet that is not there' 1 "the trace has packets 1 to $packets" "$rxpath" tree --packet 999999 "$scratch/many.dat"

# The decoding process hands over a part of the events only.
handed_over() {
	strace -qq -f -e trace=write -o "$scratch/strace" "$rxpath" tree --packet $((packets / 2)) "$scratch/many.dat" > "$scratch/log"
	awk -F'= ' '/write\(/ { sum += $NF } END { print sum }' "$scratch/strace"
}
part=$(handed_over)
mv "$scratch/many.dat.index" "$scratch/away"
whole=$(handed_over)
mv "$scratch/away" "$scratch/many.dat.index"
ok "a tenth of $events events is decoded at most ($part of $whole bytes)" test $((part * 10)) -lt "$whole"

# Every small trace, every packet.
for trace in gro-off gro-on merge intree init; do
	cp "$traces/$trace.dat" "$scratch/x.dat"
	rm -f "$scratch/x.dat.index"
	whole=$(for packet in $(seq "$("$rxpath" tree "$scratch/x.dat" | grep -c '^skb#')"); do "$rxpath" tree --packet "$packet" "$scratch/x.dat"; done)
	"$rxpath" index "$scratch/x.dat" > "$scratch/log"
	is "$trace: every packet's tree" \
		"$(for packet in $(seq "$(sed 's/.*: //; s/ .*//' "$scratch/log")"); do "$rxpath" tree --packet "$packet" "$scratch/x.dat"; done)" "$whole"
done

# An index that is not this trace's, or no index at all, is not believed.
touch "$scratch/x.dat"
like 'of an older state: a warning' "$("$rxpath" tree --packet 1 "$scratch/x.dat" 2>&1 > "$scratch/out")" "its index is of another state: 'rxpath index' makes it anew"
is 'and the trace itself is read' "$(< "$scratch/out")" "$("$rxpath" tree --packet 1 "$traces/init.dat")"
"$rxpath" index "$scratch/x.dat" > "$scratch/log"
head -c 100 "$scratch/x.dat.index" > "$scratch/short"
cp "$scratch/short" "$scratch/x.dat.index"
like 'cut short: a warning' "$("$rxpath" tree --packet 1 "$scratch/x.dat" 2>&1 > "$scratch/out")" 'its index is of another state'
is 'and the trace itself is read, too' "$(< "$scratch/out")" "$("$rxpath" tree --packet 1 "$traces/init.dat")"

# A reader of another build has its own idea of what stands where, and other pictures.
id=$(readelf -n "$rxpath" | sed -n 's/.*Build ID: //p')
id=$id perl -0pe '$id = pack "H*", $ENV{id}; s/\Q$id/~$id/e' "$rxpath" > "$scratch/other-build"
perl -0pe 's/epoll-wake\0/epoll-woke\0/' "$rxpath" > "$scratch/other-views"
chmod +x "$scratch/other-build" "$scratch/other-views"
for other in other-build other-views; do
	cp "$traces/merge.dat" "$scratch/x.dat"
	"$scratch/$other" index "$scratch/x.dat" > "$scratch/log"
	like "an index of $other: a warning" "$("$rxpath" diagram "$scratch/x.dat" 2>&1 > "$scratch/out")" 'its index is of another state'
	is 'and the trace itself is read' "$(< "$scratch/out")" "$("$rxpath" diagram "$traces/merge.dat")"
done
refused 'no trace' 1 'not a trace.dat file' "$rxpath" index "$0"
done_testing
