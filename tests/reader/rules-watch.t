#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Nothing is said of what was not watched, and nothing of what may have been lost.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
trace-cmd convert --file-version 6 --compression none -i "$traces/marks.dat" -o "$scratch/head.dat" > /dev/null 2>&1
# state RULE [WORD]...: status of a rule about the packet of a trace that says so.
state() {
	"$here/hook-trace" "$scratch/head.dat" "$scratch/trace.dat" "${@:2}"
	printf '%b\n' "$1" | "$rxpath" assert --format json - "$scratch/trace.dat" |
		python3 -c 'import json, sys; print(*[c["status"] for c in json.load(sys.stdin)["checks"]])'
}
is_state() { is "$2: ${*:3}: $1" "$(state "$2" "${@:3}")" "$1"; }
block='packets\nincomplete judge\n'

# A trace that says nothing of its hooks: an event of the function shows that it was watched.
is_state error "$block never ip_forward"
is_state fail "$block never ip_rcv"
is_state pass "calls ip_rcv with skb = 9\n count = 0"
is_state error "calls ip_forward\n count = 0"
is_state error "calls ip_forward\n count <= 3"
is_state fail "calls ip_forward\n count = 1"
is_state fail "$block path ip_forward"
is_state error "$block no path ip_forward"
is_state error "$block calls ip_forward = 0"
is_state error "$block calls ip_forward <= 1"
is_state fail "$block calls ip_forward = 1"
is_state error "packets not through ip_forward\nincomplete judge\n packets = 1"
is_state error "$block wakes nobody"
is_state error "$block wakeups <= 1"
is_state pass "$block path ip_rcv"

# One that does.
both=(ip_forward=armed ip_rcv=armed ip_forward=armed ip_rcv=armed)
is_state pass "$block never ip_forward" "${both[@]}"
is_state fail "$block never ip_rcv" "${both[@]}"
is_state pass "calls ip_forward\n count = 0" "${both[@]}"
is_state fail "$block path ip_rcv, ip_forward" "${both[@]}"
is_state pass "packets not through ip_forward\nincomplete judge\n packets = 1" "${both[@]}"
is_state error "$block never udp_rcv" "${both[@]}"
is_state pass "$block never ip_forward|udp_rcv" "${both[@]}"
for states in 'armed idle' 'idle armed' 'idle idle' 'waiting waiting' 'missing missing'; do
	read -r begin end <<< "$states"
	words=("ip_forward=$begin" "ip_forward=$end")
	is_state error "$block never ip_forward" "${words[@]}"
	is_state error "$block path ip_forward" "${words[@]}"
	is_state fail "$block never ip_rcv" "${words[@]}"
done
is_state pass "$block never ip_forward|udp_rcv" ip_forward=missing udp_rcv=armed ip_forward=missing udp_rcv=armed
is_state error "$block never ip_forward|udp_rcv" ip_forward=idle udp_rcv=armed ip_forward=idle udp_rcv=armed
is_state error "trace\n order ip_rcv, ip_forward" ip_forward=idle ip_forward=idle
is_state fail "trace\n order ip_rcv, ip_forward" "${both[@]}"
is_state error "calls ip_rcv within ip_forward\n count = 0" ip_forward=idle ip_rcv=armed

# Events that were lost.
is_state pass "$block never ip_forward" "${both[@]}"
is_state error "$block never ip_forward" "${both[@]}" --lost
is_state fail "$block never ip_rcv" "${both[@]}" --lost
is_state error "$block path ip_forward" "${both[@]}" --lost
is_state pass "$block path ip_rcv" "${both[@]}" --lost
is_state fail "calls ip_rcv\n count < 1" "${both[@]}" --lost
is_state error "calls ip_rcv\n count = 2" "${both[@]}" --lost
is_state error "calls ip_rcv\n count <= 1" "${both[@]}" --lost
is_state pass "calls ip_rcv\n count >= 1" "${both[@]}" --lost
is_state fail "packets\n lost = 0" "${both[@]}" --lost
"$here/hook-trace" "$scratch/head.dat" "$scratch/trace.dat" ip_forward=idle ip_forward=idle
like 'and it says why' "$(printf '%b never ip_forward\n' "$block" | "$rxpath" assert - "$scratch/trace.dat"; echo $?)" \
	$'#   the recording cannot tell:\n#   ip_forward was not watched: nobody knows whether it was called\n1..1\n3$'
done_testing
