#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Rules about the states that TCP sockets come into.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
good=$traces/marks.dat
with() { printf '%b\n' "$1" | "$rxpath" assert - "${@:2}"; }
about=
hold() { like "holds: $about: $1" "$(with "$about\n $1" "$good" 2>&1 | head -n 1)" '^ok 1 - .*'; }
fails() {
	local status=0 output
	output=$(with "$about\n $1" "$good" 2>&1) || status=$?
	like "fails: $about: $1" "$status $output" "^1 not ok 1 - .*:2: .*#.*$2"
}
bad() { refused "$1" 2 "$2" with "$3" "$good"; }

# The peer closes first, so the server's sockets are closed passively.
about='sockets toward :7000'
hold 'sockets = 1'
fails 'sockets = 2' '1'
hold 'states ESTABLISHED, CLOSE_WAIT, LAST_ACK, CLOSE'
hold 'states SYN_RECV, ESTABLISHED, ...'
hold 'states TCP_ESTABLISHED, TCP_CLOSE_WAIT, ...'
fails 'states ESTABLISHED, CLOSE_WAIT' 'socket :7000, peer :[0-9]+.*SYN_RECV, ESTABLISHED, CLOSE_WAIT, LAST_ACK, CLOSE'
fails 'states ESTABLISHED, LAST_ACK, CLOSE' 'SYN_RECV, ESTABLISHED, CLOSE_WAIT'
fails 'states FIN_WAIT1, ...' 'SYN_RECV'
hold 'ends in CLOSE'
fails 'ends in LAST_ACK' 'LAST_ACK, CLOSE'
hold 'never in FIN_WAIT1'
fails 'never in CLOSE_WAIT' 'CLOSE_WAIT for [0-9.]+ ms'
hold 'never in CLOSE_WAIT longer than 1s'
fails 'never in ESTABLISHED longer than 1ms' 'ESTABLISHED for [0-9]+ ms'
hold 'at the end none in CLOSE_WAIT'
fails 'at the end none in CLOSE' 'CLOSE'
# Its socket is closed, and what is left of it waits.
about='sockets peer :7000'
hold 'sockets = 1'
hold 'states SYN_SENT, ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT'
hold 'ends in TIME_WAIT'
about='sockets peer :7001 after mark second'
hold 'ends in TIME_WAIT'
about='sockets'
hold 'sockets = 4'
hold 'at the end none in CLOSE_WAIT'
about='sockets toward :9'
hold 'sockets = 0'
fails 'ends in CLOSE' 'no socket was chosen'
is 'their number as a value' "$("$rxpath" query 'sockets toward :7001 sockets' "$good")" 1
bad 'no state' "'CLOSED': give a state of TCP" 'sockets\n ends in CLOSED'
bad 'no in' 'give in, and a state' 'sockets\n ends CLOSE'
bad 'longer than what' 'give a time with its unit' 'sockets\n never in CLOSE longer than 3'
bad 'longer what' 'give than, and a time' 'sockets\n never in CLOSE longer 3s'
bad 'at what' 'give it as in at the end none in CLOSE_WAIT' 'sockets\n at end none in CLOSE'
bad 'an address' 'give a port, as in :7000' 'sockets toward 192.0.2.1:7000\n sockets = 1'
bad 'an unknown chooser' 'choose with toward or peer' 'sockets by x\n sockets = 1'
bad 'a check of packets' "'path': no check: give one of states, ends" 'sockets\n path ip_rcv'
done_testing
