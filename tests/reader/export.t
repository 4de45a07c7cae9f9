#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The exports, read by other programs than ours.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

export_to() { "$rxpath" export --format "$1" -o "$scratch/x.$1" "${@:2}"; }
check() { python3 "$here/export.py" "$@"; }
# frames CAPTURE [FILTER]: the comments, a frame's in a line.
frames() { "$here/frames.py" "$1" "${2-}" frame.comment; }
# Of each comment the packet that it is about.
about() { frames "$@" | sed -n 's/^rxpath \(skb#[0-9]*\):.*/\1/p'; }

for trace in gro-off gro-on merge intree init; do
	tree=$("$rxpath" tree "$traces/$trace.dat")
	packets=$(grep -c '^skb#' <<< "$tree")
	export_to json "$traces/$trace.dat"
	is "$trace: JSON fits its schema, nests, and has every packet" \
		"$(check json "$scratch/x.json" "$here/../../docs/trace-schema.json" 2>&1 | tail -n 1)" "$packets"
	is "$trace: its verdicts are the tree's" \
		"$(python3 -c 'import json, sys
for p in json.load(open(sys.argv[1]))["packets"]: print(p["verdict"])' "$scratch/x.json")" \
		"$(sed -n 's/^skb#.*  \(complete\|INCOMPLETE\): //p' <<< "$tree")"
	export_to perfetto "$traces/$trace.dat"
	is "$trace: Chrome JSON: slices nest, arrows go from slice to slice" \
		"$(check perfetto "$scratch/x.perfetto" 2>&1 | tail -n 1 | grep -cx '[1-9][0-9]*')" 1
	export_to pcapng "$traces/$trace.dat"
	is "$trace: tshark reads a comment for every packet" "$(frames "$scratch/x.pcapng" | grep -c '^rxpath skb#')" "$packets"
	is "$trace: and finds no frame malformed" "$(frames "$scratch/x.pcapng" _ws.malformed | wc -l)" 0
	is "$trace: a made frame says so" "$(frames "$scratch/x.pcapng" | grep -c 'no frame was captured')" "$packets"
	export_to csv "$traces/$trace.dat"
	is "$trace: CSV has as many fields in every line" \
		"$(python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
print(len(rows) - 1, len({len(row) for row in rows}))' "$scratch/x.csv")" "$packets 1"
	export_to folded "$traces/$trace.dat"
	is "$trace: a folded stack is a path and a number" "$(grep -cvE '^[^;]+(;[^;]+)+ [1-9][0-9]*$' "$scratch/x.folded")" 0
	is "$trace: and is there once" "$(sed 's/ [0-9]*$//' "$scratch/x.folded" | sort | uniq -d | wc -l)" 0
	export_to html "$traces/$trace.dat"
	is "$trace: the page needs no other file" "$(grep -cE '(src|href)="[^#]|url\((http|[^#])|@import' "$scratch/x.html")" 0
	is "$trace: the page has every packet" "$(grep -c '^<tr><td ' "$scratch/x.html")" "$packets"
	is "$trace: one scale: the longest bar is the measure of all" \
		"$(sed -n 's/.*--most:\([0-9]*\).*/\1/p' "$scratch/x.html")" "$(grep -o -- '--t:[0-9]*' "$scratch/x.html" | cut -c 5- | sort -n | tail -n 1)"
	"$rxpath" export --format html --short -o "$scratch/short.html" "$traces/$trace.dat"
	is "$trace: the short page has packets with data, and one picture" \
		"$(grep -c '^<tr><td ' "$scratch/short.html") $(grep -c '<details' "$scratch/short.html")" \
		"$("$rxpath" tree "$traces/$trace.dat" | grep '^skb#' | grep -cvE '  complete: no data|ends in|not IPv4|  [A-Z|]+, 0 bytes of data|dropped|answered|echo reply|joined' | grep -v '^0$') 1"
done

# What tshark dissects of a made frame is what the events said.
export_to pcapng --packet 6 "$traces/gro-off.dat"
export_to csv --packet 6 "$traces/gro-off.dat"
is 'addresses, ports and length of a made frame' \
	"$(tshark -r "$scratch/x.pcapng" -T fields -E separator=, -e ip.src -e tcp.srcport -e ip.dst -e tcp.dstport -e tcp.len -e frame.len 2> /dev/null)" \
	"$(awk -F, 'NR == 2 { print $3 "," $4 "," $5 "," $6 "," $8 "," $9 }' "$scratch/x.csv")"
# A capture of the same wire: here made from the trace, and then some others in between.
export_to pcapng "$traces/gro-off.dat"
cp "$scratch/x.pcapng" "$scratch/wire.pcapng"
"$rxpath" export --format pcapng --pcap "$scratch/wire.pcapng" -o "$scratch/y.pcapng" "$traces/gro-off.dat"
is 'with a capture each packet finds its own frame' "$(about "$scratch/y.pcapng")" "$(about "$scratch/wire.pcapng")"
is 'and no comment says that it was made' "$(frames "$scratch/y.pcapng" | grep -c 'no frame was captured')" 0
editcap -F pcapng "$scratch/wire.pcapng" "$scratch/short.pcapng" 3 5
like 'frames that are not there are counted' \
	"$("$rxpath" export --format pcapng --pcap "$scratch/short.pcapng" -o "$scratch/y.pcapng" "$traces/gro-off.dat" 2>&1)" \
	'warning: 2 of the trace.s packets are not in '
is 'and their neighbours are right' "$(about "$scratch/y.pcapng" | tr '\n' ' ')" \
	"$(about "$scratch/wire.pcapng" | sed '3d;5d' | tr '\n' ' ')"
# A comment of two lines, as tshark 4.0 shows it, and 4.4.
mkdir "$scratch/bin"
for shown in '"skb#1\\nskb#2"' '"skb#1\nskb#2"' '"skb#1", "skb#2"' '"skb#1", "skb#1", "skb#2", "skb#1\nskb#2"'; do
	printf '#!/bin/sh\ncat << JSON\n[{ "_source": { "layers": { "frame.comment": [ %s ], "frame.len": [ "60" ] } } }]\nJSON\n' "${shown//\\/\\\\}" > "$scratch/bin/tshark"
	chmod +x "$scratch/bin/tshark"
	is "a comment shown as $shown" "$(PATH=$scratch/bin:$PATH "$here/frames.py" x '' frame.comment frame.len)" $'skb#1 / skb#2\t60'
done

# The choice, in every format.
wanted=$("$rxpath" tree --flow :7001 "$traces/gro-off.dat" | grep -c '^skb#')
export_to csv --flow :7001 "$traces/gro-off.dat"
is '--flow: csv' "$(($(wc -l < "$scratch/x.csv") - 1))" "$wanted"
export_to perfetto --flow :7001 "$traces/gro-off.dat"
is '--flow: perfetto' "$(check perfetto "$scratch/x.perfetto")" "$wanted"
export_to folded --packet 6 "$traces/gro-off.dat"
is '--packet: folded has no other task than those of its way' \
	"$(cut -d';' -f1 "$scratch/x.folded" | sort -u | grep -vcE '^(hard interrupt|softirq|epoll-server|peer-client|recv-server)$')" 0
ok 'one diagram as a page' grep -q '^<svg' <("$rxpath" diagram --format html "$traces/gro-off.dat")

# A table for a report: as many cells in each line, whatever a task is called.
export_to md "$traces/gro-off.dat"
is 'md: a line for each packet, and two for the head' "$(wc -l < "$scratch/x.md")" "$(($("$rxpath" tree "$traces/gro-off.dat" | grep -c '^skb#') + 2))"
is 'md: four cells in each' "$(sed 's/\\|//g' "$scratch/x.md" | tr -cd '|\n' | sort -u)" '|||||'
like 'md: what the tree says of a packet' "$(sed 's/\\//g' "$scratch/x.md")" '\| 4 \| 192.0.2.2:49744 → 192.0.2.1:7000  PSH\|ACK \| [0-9.]+ ms \| 200 bytes read by epoll-server/195 \|'
like 'md: in Chinese' "$("$rxpath" export --lang zh --format md "$traces/gro-off.dat" | head -n 1)" '数据包'

refused 'no format' 2 'give --format json' "$rxpath" export "$traces/gro-off.dat"
refused 'an unknown format' 2 'give one of json, perfetto' "$rxpath" export --format x "$traces/gro-off.dat"
refused 'a capture where none is taken' 2 'goes with --format pcapng' "$rxpath" export --format csv --pcap x "$traces/gro-off.dat"
refused 'a capture that is none' 1 'no capture' "$rxpath" export --format pcapng --pcap "$0" "$traces/gro-off.dat"
refused 'a choice that leaves none' 1 'no packet of this trace' \
	"$rxpath" export --format csv -o "$scratch/n.csv" --packet 999 "$traces/gro-off.dat"
refused 'a trace that is none' 1 'not a trace.dat' "$rxpath" export --format csv "$0"
for format in "${exports[@]}"; do
	refused "$format: a full device" 1 'No space left' "$rxpath" export --format "$format" -o /dev/full "$traces/gro-off.dat"
done
# A reader that goes away, where the signal that would end us is not heeded.
gone() { (trap '' PIPE && "$rxpath" export --format json "$traces/merge.dat") | head -c 10 > /dev/null && return "${PIPESTATUS[0]}"; }
refused 'a reader that goes away' 1 'standard output: Broken pipe' gone
done_testing
