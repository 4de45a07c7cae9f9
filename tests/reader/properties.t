#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What holds of every trace, recorded or made: properties.py says it.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
holds() { like "$1" "$(python3 "$here/properties.py" "$rxpath" "${@:2}" 2>&1)" '^[0-9]+ packets, [0-9]+ arrows$'; }

for trace in gro-off gro-on merge intree init ipv6; do
	holds "$trace: each call has its event, each event its call, each call its arrow" "$traces/$trace.dat"
done
# trace-cmd as of 3.3 prints an event's flags, too.
real=$(command -v trace-cmd)
mkdir bin
cat > bin/trace-cmd << TRACE_CMD
#!/bin/sh
"$real" "\$@" | sed 's/\(\[[0-9]*\]\)[^ ]* /\1-0x9 /'
TRACE_CMD
chmod +x bin/trace-cmd
PATH=$PWD/bin:$PATH holds 'gro-off: with flags in the report' "$traces/gro-off.dat"
trace-cmd convert --file-version 6 --compression none -i "$traces/ipv6.dat" -o head.dat > log 2>&1
for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10}; do
	"$here/random-trace" head.dat made.dat truth.json "$seed" || exit
	holds "made of seed $seed: what went in comes out" made.dat truth.json
	packets=$("$rxpath" tree made.dat | grep -c '^skb#')
	for packet in 1 $((packets / 2)) "$packets"; do
		"$rxpath" diagram --view all --level calls --packet "$packet" --format mermaid -o x.mmd made.dat
		balanced x.mmd || note "packet $packet"
	done > unbalanced
	is "made of seed $seed: bars and blocks end where they should" "$(< unbalanced)" ''
done
"$here/random-trace" head.dat again.dat truth.json "${seed:-10}"
ok 'a seed makes the same trace again' cmp made.dat again.dat
done_testing
