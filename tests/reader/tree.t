#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The trees of recorded packets: each packet once, nested, with its verdict.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

for trace in gro-off gro-on merge; do
	tree=$("$rxpath" tree "$traces/$trace.dat")
	packets=$(grep -c '^skb#' <<< "$tree")
	is "$trace: packets are numbered from 1 on" \
		"$(sed -n 's/^skb#\([0-9]*\) .*/\1/p' <<< "$tree")" "$(seq "$packets")"
	is "$trace: all are complete" "$(grep '^skb#' <<< "$tree" | grep -c INCOMPLETE)" 0
	is "$trace: a call is at most one deeper than the line before" "$(awk '
		/^skb#/ { last = -1; next }
		/^[HST]/ {
			match($0, /[a-z_0-9]+( in)?\(/)
			rest = substr($0, 1, RSTART - 1)
			match(rest, / *$/)
			depth = RLENGTH
			if (last >= 0 && depth > last + 2) print
			last = depth
		}' <<< "$tree" | wc -l)" 0
	is "$trace: no call of a packet is there twice" "$(awk '
		/^skb#/ { split("", seen) }
		/^[HST]/ && seen[$0]++' <<< "$tree")" ''
	# What was begun before the interrupt slept: it stands where its task has a CPU again.
	is "$trace: trees are in order of time" "$(python3 -c '
import re, sys
units = {"ns": 1, "µs": 1e3, "ms": 1e6, "s": 1e9}
for line in sys.stdin:
    if line.startswith("skb#"):
        last = 0
    # Columns of context, CPU, start and duration; a root is not indented.
    elif re.match(r"[HST]", line) and line[28] != " ":
        value, unit = line[6:16].split()
        at = float(value) * units[unit]
        if 0 <= at < last:
            print(line)
        last = max(last, at)
' <<< "$tree")" ''
	# What the peer sent is what the servers read.
	for server in epoll-server recv-server; do
		sent=600
		[ "$trace" = merge ] && sent=60000
		is "$trace: $server read every byte of its packets" "$(grep '^skb#' <<< "$tree" | grep -v joined |
			sed -n "s/.*complete: \([0-9]*\) bytes read by $server.*/\1/p" | awk '{ sum += $1 } END { print sum }')" $sent
	done
done
tree=$("$rxpath" tree --packet 6 "$traces/gro-off.dat")
is '--packet shows that one alone' "$(grep -c '^skb#' <<< "$tree")" 1
is 'no other packet in it' "$(grep -o 'skb#[0-9]*' <<< "$tree" | sort -u)" 'skb#6'
# It returns NET_RX_DROP although the packet goes on to ip_rcv().
is '__netif_receive_skb_core is not said to drop what it delivers' \
	"$("$rxpath" tree "$traces/gro-off.dat" | grep -c '__netif_receive_skb_core.*dropped')" 0
done_testing
