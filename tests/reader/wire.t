#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A trace and a capture of the same wire: how long frames waited for their interrupt.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
trace=$traces/wire.dat
pcap=$traces/wire.pcap
cd "$scratch" || exit

stats() { "$rxpath" stats "$@" 2>&1; }
"$rxpath" export --format json -o x.json "$trace"
# ns TEXT: a time with its unit, in ns
ns() { awk '{ print $1 * ($2 == "s" ? 1e9 : $2 == "ms" ? 1e6 : $2 == "ns" ? 1 : 1e3) }' <<< "$1"; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b * 0.99 - 1 && a < b * 1.01 + 1) }'; }
# With a frame that is said to be on the wire 40 ms late, other frames have waited longer.
python3 - "$pcap" late.pcap 39 << 'PYTHON'
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
at = 24
for _ in range(int(sys.argv[3]) - 1):
    at += 16 + struct.unpack_from("<I", data, at + 8)[0]
seconds, fraction = struct.unpack_from("<II", data, at)
fraction += 40000
struct.pack_into("<II", data, at, seconds + fraction // 1000000, fraction % 1000000)
open(sys.argv[2], "wb").write(data)
PYTHON
for capture in late.pcap "$pcap"; do
	name=$(basename "$capture")
	with=$(stats --pcap "$capture" "$trace")
	read -r own during mean longest < <(python3 "$here/wire.py" x.json "$capture")
	row=$(grep '^wire ' <<< "$with")
	is "$name: as many frames with an interrupt of their own as by another reckoning" "$(awk '{ print $2 }' <<< "$row")" "$own"
	is "$name: and as many without" \
		"$(sed -n 's/^ *\([0-9]*\) came from the wire after their interrupt.*/\1/p' <<< "$with" | grep . || echo 0)" "$during"
	ok "$name: the mean wait, too" near "$(ns "$(awk '{ print $3, $4 }' <<< "$row")")" "$mean"
	ok "$name: and the longest" near "$(ns "$(awk '{ print $11, $12 }' <<< "$row")")" "$longest"
done
is 'it is every packet' $((own + during)) "$("$rxpath" tree "$trace" | grep -c '^skb#')"
is 'all else is as without a capture' "$(grep -v -e '^wire ' -e 'came from the wire' <<< "$with")" "$(stats "$trace")"
# The capture's clock begins where it likes, and may be of a coarser kind.
# At the last of these both clocks show the same.
for shift in 12345.678901 -1000000000 -1795903728.983; do
	editcap -t $shift "$pcap" shifted.pcap
	is "a capture whose clock is $shift s off" "$(stats --pcap shifted.pcap "$trace")" "$with"
done
is 'a flow alone' "$(stats --pcap "$pcap" --flow 192.0.2.1-192.0.2.2 "$trace")" "$with"
ok 'one packet alone, by the same fastest frame' near \
	"$(ns "$(stats --pcap "$pcap" --packet 19 "$trace" | awk '$1 == "wire" && $2 == 1 { print $3, $4 }')")" "$longest"
like 'one that an interrupt for sent frames came before' "$(stats --pcap "$pcap" --packet 3 "$trace")" \
	' 1 came from the wire after their interrupt, during a poll'
editcap "$pcap" less.pcap 30 50
like 'frames that are not in the capture are counted' "$(stats --pcap less.pcap "$trace")" \
	"warning: 2 of the trace's packets are not in less.pcap: is it of the same wire\?"
like 'another wire: a warning' "$(stats --pcap "$pcap" "$traces/ipv6.dat")" "of the trace's packets are not in .*wire.pcap"
is 'without a capture no row' "$(stats "$trace" | grep -c '^wire ')" 0
like 'in Chinese' "$("$rxpath" stats --lang zh --pcap "$pcap" "$trace")" $'\n线路 +'"$own "
refused 'a capture that is none' 1 'no capture' "$rxpath" stats --pcap "$0" "$trace"
refused 'no such capture' 1 'nothing.pcap: ' "$rxpath" stats --pcap nothing.pcap "$trace"

# A FIN that meets what is left of a closed connection is at its end there.
tree=$("$rxpath" tree "$trace")
is 'every packet is complete' "$(grep -c '^skb#.*INCOMPLETE' <<< "$tree")" 0
like 'the last FIN of the server says who took it' "$tree" \
	$'\nskb#[0-9]+  192.0.2.1:7000 → [^\n]*  FIN\|ACK, 0 bytes of data  complete: taken by what is left of a closed connection: FIN\|ACK\n'
like 'and what came of it' "$tree" 'tcp_timewait_state_process\(skb#42\) = TCP_TW_ACK'
done_testing
