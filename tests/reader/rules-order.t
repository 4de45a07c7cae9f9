#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Rules about how calls lie to each other, about kernels and marks; values, and questions.
# What is in single quotes is for the rules to replace.
# shellcheck disable=SC2016
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
good=$traces/6.1-gro-off.dat
with() { printf '%b\n' "$1" | "$rxpath" assert - "${@:2}"; }
about=
hold() { like "holds: $about: $1" "$(with "$about\n $1" "$good" 2>&1 | head -n 1)" '^ok 1 - .*'; }
fails() {
	local status=0 output
	output=$(with "$about\n $1" "$good" 2>&1) || status=$?
	like "fails: $about: $1" "$status $output" "^1 not ok 1 - .*:2: .*#.*$2"
}
bad() { refused "$1" 2 "$2" with "$3" "$good"; }

about=trace
hold 'order do_epoll_ctl by epoll-server, inet_csk_accept by epoll-server, tcp_recvmsg by epoll-server'
fails 'order tcp_recvmsg by epoll-server, do_epoll_ctl by epoll-server with fd = 3' 'tcp_recvmsg #[0-9]+ \+[0-9.]+ m?s: no do_epoll_ctl behind it'
fails 'order icmp_rcv with skb = 1' 'there is no icmp_rcv'
hold 'first tcp_conn_request toward :7000 before first inet_csk_accept by epoll-server with ret = 1'
hold 'first tcp_v4_rcv toward :7000 before last tcp_v4_rcv toward :7000'
fails 'last tcp_v4_rcv toward :7000 before first tcp_v4_rcv toward :7000' 'tcp_v4_rcv #[0-9]+ \+[0-9.]+ s before tcp_v4_rcv #'
hold 'first do_epoll_ctl by epoll-server ends before first tcp_recvmsg by epoll-server'
fails 'first epoll_ctl by epoll-server ends before first do_epoll_ctl by epoll-server' 'do_epoll_ctl #.* began before the end of epoll_ctl #'
hold 'between each two tcp_recvmsg by epoll-server at least one do_epoll_wait by epoll-server'
fails 'between each two tcp_recvmsg by epoll-server at least 5 do_epoll_wait by epoll-server' 'tcp_recvmsg #.* \.\.\. tcp_recvmsg #.*: [0-4] do_epoll_wait between them'
hold 'between each 3 tcp_recvmsg by epoll-server at least two do_epoll_wait by epoll-server'
fails 'between each two icmp_rcv with skb = 1 at least one tcp_v4_rcv' 'there was no such call'
hold 'time from tcp_recvmsg by epoll-server to next epoll_wait|close by epoll-server < 10s'
fails 'time from inet_csk_accept by epoll-server to next tcp_recvmsg by epoll-server < 1ns' 'until the next tcp_recvmsg'
fails 'time from tcp_recvmsg by epoll-server to next inet_csk_accept by epoll-server < 10s' 'no inet_csk_accept behind it'
hold 'lost = 0'
bad 'a misspelt call' "input:2: 'tcp_recvmgs': no function" 'trace\n order tcp_recvmgs, tcp_v4_rcv'
bad 'a misspelt field' "input:2: 'fdd': no field" 'trace\n order do_epoll_ctl with fdd = 1, tcp_v4_rcv'
bad 'before what' 'give before, or ends before' 'trace\n first tcp_v4_rcv'
bad 'between how many' 'give it as in between each two' 'trace\n between two tcp_v4_rcv at least one ip_rcv'
bad 'at least what' 'give at least, how many' 'trace\n between each two tcp_v4_rcv'
bad 'at least how many' 'give a whole number' 'trace\n between each two tcp_v4_rcv at least some ip_rcv'
bad 'time from where' 'give it as in time from' 'trace\n time tcp_v4_rcv < 1ms'
bad 'time to where' 'give to, and a call' 'trace\n time from tcp_v4_rcv < 1ms'
like 'a misspelt task' "$(with 'trace\n order tcp_recvmsg by epol-server' "$good")" "no task 'epol-server' is in the trace"

# Two servers listen at once, each on a port of its own.
servers='from inet_bind with ret = 0 to inet_release'
hold "overlap $servers = 2"
hold "overlap $servers >= 2"
fails "overlap $servers <= 1" '2 at once'
hold "overlap $servers same dport <= 1"
hold 'overlap from inet_csk_accept by epoll-server with ret = 1 to close by epoll-server <= 1'
is 'the calls that are open at once' "$(printf 'trace\noverlap %s <= 1\n' "$servers" | "$rxpath" assert --format json - "$good" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["checks"][0]["calls"]))')" 2
fails 'overlap from icmp_rcv with skb = 1 to close <= 1' 'there was no such call'
bad 'overlap of what' 'give it as in overlap from accept to close' 'trace\n overlap inet_bind to close <= 1'
bad 'overlap until when' 'give it as in overlap from accept to close' 'trace\n overlap from inet_bind <= 1'
bad 'the same what' "'prt': no field or value of that name: is it sport" 'trace\n overlap from inet_bind to inet_release same prt <= 1'

# Gaps and bursts.
about='packets toward :7000 with data'
hold 'gaps 20ms within 100%'
fails 'gaps 1s' '[0-9.]+ ms'
fails 'gaps 20ms, 20ms within 100%' '[0-9.]+ ms'
hold 'bursts 2 parted by 10s'
hold 'bursts 1, 1 parted by 1ns'
fails 'bursts 2 parted by 1ns' '1, 1'
about='packets toward :7000 with SYN'
fails 'gaps 1s' 'no gap'
about='calls tcp_recvmsg by epoll-server'
hold 'bursts 3 parted by 60s'
fails 'gaps 1ms within 100%' 'ms'
bad 'gaps of nothing' 'give a time with its unit' 'packets\n gaps 1'
bad 'within what' 'give percent, as in within 10%' 'packets\n gaps 1s within 10'
bad 'bursts of nothing' 'give a whole number' 'packets\n bursts x parted by 1s'
bad 'bursts without an end' 'give parted by, and a time' 'packets\n bursts 1'

# Kernels.
is 'checks of some kernels' "$(with 'packets\n on 6.1: lost = 0\n since 6.5: lost = 0\n before 6.5: lost = 0\n since 6.1: before 6.5: lost = 0\n before 6.1: every complete' "$good" | sed 's/ - .* # / # /; s/ - .*//')" \
	$'ok 1\nok 2 # SKIP not on this kernel, 6.1.0-56-amd64\nok 3\nok 4\nok 5 # SKIP not on this kernel, 6.1.0-56-amd64\n1..5'
is 'the same of another' "$(with 'packets\n on 6.1: lost = 0\n since 6.5: lost = 0\n on 7.2: lost = 0' "$traces/7.2-gro-off.dat" | grep -c SKIP)" 1
bad 'no kernel' "'six:': give a kernel, as in since 6.5:" 'packets\n on six: lost = 0'
bad 'no check' "'end of the line': no check" 'packets\n on 6.1:'

# Marks.
good=$traces/marks.dat
about='packets toward :7000 before mark "second"'
hold 'packets = 8'
about='packets toward :7000 after mark second'
hold 'packets = 0'
about='packets between mark first and mark "second" with data'
hold 'data = 800'
about='packets with data'
hold 'data = 1600'
about='calls do_epoll_ctl by epoll-server before mark first'
hold 'count = 1'
about='calls do_epoll_ctl by epoll-server between mark "first" and mark "end"'
hold 'count = 3'
about='tasks epoll-server between mark first and mark second'
hold 'reads return 2x 200, 0'
about='flows toward :7001 after mark second'
hold 'reads return 2x 200, 0'
about='trace after mark second'
fails 'order tcp_conn_request toward :7000' 'there is no tcp_conn_request'
about='trace before mark second'
hold 'order tcp_conn_request toward :7000, inet_csk_accept'
for rule in 'packets after mark secnd' 'calls tcp_v4_rcv before mark secnd' 'tasks between mark first and mark secnd'; do
	like "a mark that is not there: $rule" "$(with "$rule\\n lost = 0" "$good"; echo $?)" "the recording cannot tell:.*no mark 'secnd' is in the trace: is it 'second'\?.*3$"
done
like 'marks the wrong way round' "$(with 'packets between mark second and mark first\n lost = 0' "$good")" "mark 'first' is before mark 'second'"
like 'a trace without marks' "$(with 'packets after mark x\n lost = 0' "$traces/gro-off.dat")" "no mark 'x' is in the trace, nor any other"
about='calls print'
hold 'count = 3'
bad 'a mark without its name' 'give a mark, as in' 'packets after mark\n lost = 0'
bad 'after what' 'give a mark, as in' 'packets after 3\n lost = 0'
bad 'between one' 'give two marks' 'packets between mark a\n lost = 0'
bad 'quotes without an end' 'the quotes do not end' 'packets after mark "a\n lost = 0'
good=$traces/6.1-gro-off.dat

# Values and questions.
like 'values stand below' "$(with 'packets toward :7000 with data\n value woken = wakeups\n packets = 2\ncalls do_epoll_ctl\n value most = max fd\nflows toward :7000\n value conns = flows' "$good")" $'^ok 1[^\n]*\n1..1\n# woken=2\n# most=[0-9]+\n# conns=1$'
is 'and in JSON' "$(printf 'packets toward :7000 with data\nvalue woken = wakeups\nvalue bytes = bytes\ncalls do_epoll_ctl by epoll-server with fd = 99\nvalue none = max fd\nvalue zero = count\n' | "$rxpath" assert --format json - "$good" | sed 's/.*"values"://')" '{"woken":2,"bytes":400,"zero":0}}'
bad 'a value of nothing' "'end of the line': no number of the block: give one of packets, data" 'packets\n value x ='
bad 'a value without a name' 'give a name and a number of the block' 'packets\n value'
bad 'a value of a path' "'path': no number of the block" 'packets\n value x = path'
bad 'a name that is none' 'a name is of letters' 'packets\n value x-y = packets'
bad 'a value with a comparison' "'<': nothing may follow here" 'packets\n value x = packets < 3'
ask() { "$rxpath" query "$@"; }
is 'a question' "$(ask 'calls do_epoll_wait by epoll-server count' "$good")" 4
is 'with a field' "$(ask 'calls tcp_v4_rcv toward :7000 max window' "$good")" 64240
is 'of packets' "$(ask 'packets toward :7000 with data wakeups' "$good")" 2
is 'with a name' "$(ask --set port=7000 'packets toward :$port with data data' "$good")" 400
refused 'a question without a number' 2 "':7000': no number of the block: give one of packets" ask 'packets toward :7000' "$good"
refused 'no question' 2 "no question: see" ask
refused 'a question about nothing' 2 'begin with packets, flows' ask 'wakeups' "$good"
refused 'an empty one' 2 'begin with packets, flows' ask '' "$good"
refused 'more than a question' 2 'nothing may follow here' ask 'packets packets = 1' "$good"
refused 'a misspelt function' 2 "is it do_epoll_ctl" ask 'calls do_epol_ctl count' "$good"
refused 'nothing of that kind' 3 'the trace has nothing of that kind' ask 'calls do_epoll_ctl with fd = 99 max fd' "$good"
refused 'a task that is not there' 3 "no task 'x' is in the trace" ask 'calls do_epoll_ctl by x count' "$good"
refused 'no such trace' 1 'name a trace.dat file' ask 'packets packets' "$scratch/none"
done_testing
