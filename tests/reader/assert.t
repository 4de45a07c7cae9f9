#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# `rxpath assert`: rules that hold, rules that do not, and rules that are none.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
rules=$here/../rules
good=$traces/gro-off.dat
check() { "$rxpath" assert "$@"; }
# with RULES TRACE...: the rules as text.
with() { printf '%b\n' "$1" | check - "${@:2}"; }

for trace in gro-off gro-on; do
	ok "$trace: a message's way to the epoll server" check "$rules/epoll-server.rules" "$traces/$trace.dat"
done
is 'it is TAP: as many results as the plan says, numbered' \
	"$(check "$rules/epoll-server.rules" "$good" | sed -n 's/^ok \([0-9]*\) .*/\1/p; s/^1\.\.\(.*\)/plan \1/p' | tr '\n' ' ')" \
	"$(seq 14 | tr '\n' ' ')plan 14 "
ok 'prove reads it' prove --exec "$rxpath assert $rules/epoll-server.rules" "$good"
out=$(check "$rules/epoll-server.rules" "$traces/intree.dat") || true
like 'another driver: no path through ours' "$out" $'not ok 2 - .*:6: .*\n#   skb#[0-9]+ .*\n#     never came to rxe_intr\n#       irq_handler, '
is 'another driver: all else holds' "$(grep -c '^not ok' <<< "$out")" 1

# Each check, in the green and in the red: a block, a check that holds, one that
# does not, and what is said of it.
about=
hold() {
	local number="^ok 1 - .*"
	like "holds: $about: $1" "$(with "$about\n $1" "$good" | head -n 1)" "$number"
}
fails() {
	local status=0 output
	output=$(with "$about\n $1" "$good" 2>&1) || status=$?
	like "fails: $about: $1" "$status $output" "^1 not ok 1 - .*:2: .*#.*$2"
}
about='packets toward :7000 with data'
hold 'path rxe_intr, tcp_v4_rcv, tcp_recvmsg'
hold 'path irq_handler, net_rx_action, sock_def_readable, do_epoll_wait'
hold 'path ip_list_rcv|ip_rcv, tcp_v4_rcv'
fails 'path tcp_v4_rcv, ip_rcv' 'ip_rcv not after tcp_v4_rcv'
fails 'path ip_rcv, ip_forward' 'never came to ip_forward.*irq_handler, rxe_intr'
hold 'never tcp_rcv_state_process, inet_csk_accept|tcp_rcv_state_process'
fails 'never tcp_rcv_state_process, tcp_queue_rcv' 'came through tcp_queue_rcv'
hold 'complete'
fails 'dropped' '200 bytes read by epoll-server'
hold 'calls tcp_v4_rcv = 1'
fails 'calls tcp_v4_rcv > 1' '1 calls'
hold 'time < 1s'
fails 'time < 400us' 'took [4-9][0-9][0-9] µs'
hold 'time scheduler <= 1ms'
fails 'time scheduler < 100us' 'took [1-9][0-9][0-9] µs'
hold 'time tcp-queue < 1ms'
fails 'time tcp-queue < 1ns' 'took'
hold 'time p50 < 1s'
hold 'time scheduler p100 < 1ms'
hold 'time p50 < 1ms'
fails 'time p100 < 1ms' 'p100 of 3 packets: 8.46 ms'
fails 'time p50 < 1us' 'p50 of 3 packets: '
fails 'time softirq p100 < 1ns' 'p100 of 3 packets: '
hold 'wakes epoll-server <= 1'
fails 'wakes epoll-server' 'wakes nobody'
fails 'wakes nobody' 'wakes epoll-server/195'
fails 'wakes recv-server >= 1' 'wakes '
hold 'wakes recv-server = 0'
hold 'read by epoll-server'
hold 'read by 195'
fails 'read by recv-server' 'read by epoll-server/195'
hold 'read = 200'
hold 'read >= 200'
fails 'read < 200' 'its read returned 200 bytes'
hold 'packets = 3'
fails 'packets != 3' '3.*skb#4 '
hold 'data = 600'
fails 'data > 600' '600'
hold 'wakeups = 2'
fails 'wakeups = 3' '2.*skb#4 .*wakes nobody.*skb#8 .*wakes epoll-server/195'
hold 'reads = 3'
fails 'reads = 2' '3'
hold 'bytes = 600'
fails 'bytes = 601' '600'
hold 'reads return 200, 200, 200'
hold 'reads return 2x 200, 200'
hold 'reads return 200, ...'
fails 'reads return 2x 200' 'returned 3x 200'
fails 'reads return 4x 200' 'returned 3x 200'
fails 'reads return 3x 100' 'returned 3x 200'
fails 'reads return 2x 200, EAGAIN' 'returned 3x 200'
hold 'waits return 3x 1'
fails 'waits return 3x 2' 'returned 3x 1'
hold 'waits = 3'
fails 'waits = 4' '3'
hold 'lost = 0'
fails 'lost > 0' '0'
about='tasks epoll-server'
hold 'tasks = 1'
fails 'tasks = 2' '1'
hold 'waits return 5x 1'
# The connection, two of the messages, and the FIN, by which its state changes.
hold 'wakeups = 4'
fails 'wakeups = 2' 'epoll-server/195.*4.*skb#3 .*wakes epoll-server/195.*skb#12 .*wakes epoll-server/195'
hold 'reads return 3x 200, 0'
fails 'reads return 3x 200' 'epoll-server/195.*returned 3x 200, 0'
about='tasks 195'
hold 'tasks = 1'
about='flows toward :7001'
hold 'flows = 1'
fails 'flows = 2' '1'
hold 'reads return 3x 200, 0'
fails 'reads return 0' '192.0.2.2:[0-9]* → 192.0.2.1:7001.*returned 3x 200, 0'
hold 'packets = 8'
about='connections flow :7000'
hold 'connections = 1'
# It echoes.
hold 'packets = 14'
hold 'data = 1200'
hold 'reads return 3x 200, ...'
fails 'connections = 2' '1'
fails 'packets = 1' '192.0.2.2:[0-9]+ → 192.0.2.1:7000.*14'
about='connections'
hold 'connections = 2'
about='flows'
hold 'flows = 4'
about='packets with SYN'
hold 'wakes epoll-server = 0'
about='packets packet 8'
hold 'packets = 1'
hold 'wakes epoll-server = 1'
about='packets from +0 to +1ns'
hold 'packets = 0'
fails 'complete' 'no packet was chosen: nothing was checked'
about='tasks recv-server with SYN'
fails 'reads = 0' 'no packet was chosen'
about='packets with SYN'
fails 'time scheduler < 1s' 'no packet has this stage'

# What is chosen on the command line narrows the blocks.
like '--packet' "$(with 'packets\n packets = 1' --packet 4 "$good")" '^ok'
like '--pid' "$(with 'tasks\n reads return 3x 200, 0' --pid 195 "$good")" '^ok'
like 'a reason stands in the name, the rule below it' \
	"$(with 'packets\n packets = 1 -- one only # a remark' "$good")" $'^not ok 1 - [^\n]*: one only\n#   packets = 1\n'
is '--quiet says what fails alone' "$(with 'packets\n complete\n packets = 1\n lost = 0' -q "$good" | grep -c ok)" 1

like 'merged frames, once each' "$(with 'packets toward :7000 with data\n data = 60000\n bytes = 60000\n packets = 42\n path skb_gro_receive|tcp_v4_rcv, tcp_recvmsg' "$traces/merge.dat")" $'^ok 1[^\n]*\nok 2[^\n]*\nok 3[^\n]*\nok 4'

# A trace without the reads, as of a kernel on which that hook is missing: each way
# to deal with what cannot be known.
trace-cmd convert --file-version 6 --compression none -i "$good" -o "$scratch/v6.dat" > /dev/null 2>&1
LC_ALL=C sed 's/name: tcp_recvmsg$/name: xxx_recvmsg/' "$scratch/v6.dat" > "$scratch/hole.dat"
block='packets toward :7000 with data'
like 'incomplete packets fail' "$(with "$block\n never tcp_rcv_state_process" "$scratch/hole.dat")" \
	$'^not ok 1[^\n]*\n#   skb#4 [^\n]*\n#     incomplete: 200 bytes queued, not read before the trace ended'
like 'incomplete skip: nothing is left, which is no pass' "$(with "$block\n incomplete skip\n never tcp_rcv_state_process" "$scratch/hole.dat")" \
	$'^not ok 1[^\n]*\n#   no packet was chosen: nothing was checked\n#   3 incomplete packets left out'
like 'incomplete skip: the others are judged' "$(with "packets\n incomplete skip\n complete" "$scratch/hole.dat")" '^ok 1'
like 'incomplete judge' "$(with "$block\n incomplete judge\n never tcp_rcv_state_process\n complete" "$scratch/hole.dat")" $'^ok 1[^\n]*\nnot ok 2'

# Rules that are none: one line with the number of theirs, status 2.
bad() { refused "$1" 2 "$2" with "$3" "$good"; }
bad 'no check' 'no check in it' ''
bad 'a head alone' 'no check in it' 'packets'
bad 'an unknown word' "standard input:2: 'pat': no check: give one of path, never" 'packets\n pat x'
bad 'a check without a head' ":1: 'complete': begin with packets, flows" 'complete'
bad 'a misspelt function' ":3: 'tcp_v4_rvc': no function or event of that name: is it tcp_v4_rcv" 'packets\n\n never tcp_v4_rvc'
bad 'no function' "'end of the line': give the name of a function" 'packets\n path tcp_v4_rcv,'
bad 'no operator' "'3': give one of = != < <= > >= and a number" 'packets\n lost 3'
bad 'no number' "'three': give a whole number" 'packets\n packets = three'
bad 'a number too long' 'give a whole number' 'packets\n packets = 99999999999999999999'
bad 'no unit' "'5': give a time with its unit, such as 5ms" 'packets\n time < 5'
bad 'an unknown stage' "'fly': no stage of 'rxpath stats'" 'packets\n time fly < 1ms'
bad 'moments the wrong way round' 'the first moment is not before the second' 'packets\n time done-irq < 1ms'
bad 'a percentile too high' 'from p1 to p100' 'packets\n time p101 < 1ms'
bad 'a flow that is none' "'x': give an end or two" 'packets flow x\n complete'
bad 'two ends to go to' 'give an end, as in' 'packets toward 1.2.3.4:5-6.7.8.9:1\n complete'
bad 'an unknown choice' 'choose by flow, toward' 'packets by :7000\n complete'
bad 'something behind the end' "'now': nothing may follow here" 'packets\n complete now'
bad 'incomplete too late' "say it before the block's first check" 'packets\n complete\n incomplete skip'
bad 'incomplete what' "'maybe': give one of fail, skip, judge" 'packets\n incomplete maybe'
bad 'tasks in a block of flows' 'counted in a block that is about them' 'flows\n tasks = 1'
bad 'results that are none' "'x': give a number or an error such as EAGAIN" 'tasks\n reads return 1, x'
bad 'results too often' 'give how many times' 'tasks\n reads return 0x 1'
bad 'a line of a thousand words' 'too long a line' "packets\\n path $(seq -s, 1000)"
# A FIN that came when its socket was gone.
purged='packets packet 11\n dropped'
like 'dropped, for any reason' "$(with "$purged" "$traces/6.12-gro-off.dat" | head -n 1)" '^ok 1'
like 'dropped, for this one' "$(with "$purged QUEUE_PURGE" "$traces/6.12-gro-off.dat" | head -n 1)" '^ok 1'
like 'not for another' "$(with "$purged NO_SOCKET" "$traces/6.12-gro-off.dat")" '^not ok 1 .*#     dropped: QUEUE_PURGE'
refused 'dropped for two' 2 "'NO_SOCKET': nothing may follow here" with "$purged QUEUE_PURGE NO_SOCKET" "$good"
refused 'a trace in the rules'\'' place' 2 'is it a trace\? RULES comes before TRACE' "$rxpath" assert "$good" "$rules/epoll-server.rules"
refused 'no rules' 2 'no rule file' "$rxpath" assert
refused 'no such rules' 2 'name a rule file' "$rxpath" assert "$scratch/none" "$good"
refused 'no such trace' 1 'name a trace.dat file' "$rxpath" assert "$rules/epoll-server.rules" "$scratch/none"
is 'and TAP says that nothing was tested' "$(check "$rules/epoll-server.rules" "$scratch/none" 2> /dev/null)" "Bail out! $scratch/none"
done_testing
