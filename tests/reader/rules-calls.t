#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Rules about calls and their fields, packets chosen by their way, and how many of what
# is judged one by one have to hold.
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

about='calls do_epoll_ctl by epoll-server'
hold 'count = 2'
fails 'count = 3' '2'
hold 'return 0, 0'
hold 'return 2x 0'
fails 'return 0, EEXIST' 'returned 2x 0'
hold 'op = ADD'
hold 'op = EPOLL_CTL_ADD'
hold 'every op = ADD'
hold 'each op = 1'
hold 'with events has EPOLLIN'
hold 'events has IN'
fails 'events has EPOLLONESHOT' '#[0-9]+  \+[0-9.]+ .s  do_epoll_ctl\(4, ADD, fd 3\)  epoll-server/220.*events IN'
hold 'ret = 0'
fails 'ret = EEXIST' 'ret 0'
hold 'some fd = 3'
hold 'some fd = 5'
fails 'every fd = 3' 'fd 5'
fails 'some fd = 4' 'none of 2 does'
hold 'no fd = 4'
fails 'no fd = 3' 'fd 3.*this one does'
hold 'each time < 1s'
fails 'each time < 1ns' 'took'
hold 'within epoll_ctl'
fails 'within epoll_wait' 'in epoll_ctl'
hold 'context T'
fails 'context S' 'in context T'
hold 'on cpu 0'
fails 'on cpu 1' 'on CPU 0'
hold 'max fd = 5'
hold 'min fd = 3'
hold 'sum fd = 8'
fails 'sum fd < 8' '8'
hold 'lost = 0'
about='calls do_epoll_ctl by 220 toward :7000'
hold 'count = 2'
about='calls do_epoll_ctl toward :7001'
hold 'count = 0'
about='calls do_epoll_ctl with fd = 5 with op = ADD'
hold 'count = 1'
about='calls epoll_ctl by epoll-server'
hold 'count = 2'
about='calls do_epoll_ctl|do_epoll_wait by epoll-server'
hold 'count > 2'
about='calls do_epoll_wait by recv-server'
hold 'count = 0'
fails 'ret = 1' 'there was no such call: nothing was checked'
about='calls tcp_v4_rcv context S on cpu 1 toward :7000 within net_rx_action'
hold 'count = 7'
fails 'count = 8' '7'
about='calls tcp_rcv_established toward :7000'
hold 'some acked = delayed'
hold 'every path = slow'
about='calls inet_sk_set_state|inet_csk_accept|sock_poll'
hold 'some ret has EPOLLIN'
about='calls ep_poll_callback toward :7000'
hold 'count >= 1'
about='calls sched_waking with comm = epoll-server'
hold 'count >= 3'
about='calls ip_rcv with daddr = 192.0.2.1'
hold 'count >= 8'
about='calls tcp_v4_rcv with flags has SYN|PSH'
bad 'a value that is none' "'SYN\|PSH': no field or value of that name: is it SYN, FIN, RST" "$about\\n count = 0"
about='calls tcp_v4_rcv with flags has PSH'
hold 'count = 8'

# Packets by their way, and by their place.
about='packets toward :7000 through ep_poll_callback'
hold 'wakeups = 4'
about='packets toward :7000 with data not through ep_poll_callback'
hold 'packets = 0'
about='packets toward :7000 with data first'
hold 'packets = 1'
hold 'wakes epoll-server'
about='packets toward :7000 with data nth 2'
hold 'wakes epoll-server'
hold 'packets = 1'
about='packets toward :7000 last'
hold 'packets = 1'
fails 'packets = 2' '1.*skb#12 '
about='packets toward :7000 nth 99'
hold 'packets = 0'
about='flows toward :7000 last'
hold 'packets = 1'

# How many have to hold.
about='packets toward :7000 with data'
hold 'every wakes <= 1'
hold 'some wakes epoll-server'
fails 'some wakes recv-server' 'none of 2 does'
hold 'some path ep_poll_callback'
fails 'every path ip_forward' 'never came to'
hold 'no path tcp_conn_request'
fails 'no path ep_poll_callback' 'skb#8.*this one does'
hold 'no read by recv-server'
about='flows toward :7000'
fails 'some wakes recv-server' '192.0.2.2:[0-9]* → 192.0.2.1:7000.*none of 7 does'

# Names that there are not.
bad 'a misspelt function' "input:1: 'do_epoll_clt': no function or event of that name: is it do_epoll_ctl" 'calls do_epoll_clt\n count = 0'
bad 'a misspelt enclosing one' "'epoll_clt': no function or event of that name: is it epoll_ctl" 'calls do_epoll_ctl within epoll_clt\n count = 0'
bad 'a misspelt field' "input:2: 'evnts': no field or value of that name: is it events" 'calls do_epoll_ctl\n evnts has IN'
bad 'a misspelt field in the head' "input:1: 'opp': no field or value of that name: is it op\?" 'calls do_epoll_ctl with opp = ADD\n count = 1'
bad 'a misspelt value' "input:2: 'AD': no field or value of that name: is it ADD, DEL, MOD" 'calls do_epoll_ctl\n op = AD'
bad 'a misspelt way' "input:1: 'ip_forwrad': no function" 'packets through ip_forwrad\n packets = 0'
for rule in 'packets\n wakes epoll-sever <= 1' 'packets\n read by epoll-sever' 'tasks epoll-sever\n tasks = 0' 'calls do_epoll_ctl by epoll-sever\n count = 0'; do
	status=0
	out=$(with "$rule" "$good" 2>&1) || status=$?
	like "a misspelt task: $rule" "$status $out" $'^3 not ok 1 .*\n#   the recording cannot tell:\n#   no task \'epoll-sever\' is in the trace: is it epoll-server\?'
done
like 'a misspelt task beside what fails' "$(with 'packets\n wakes epoll-sever <= 1\n packets = 1' "$good"; echo $?)" $'\n1$'

# Lines that are none.
bad 'a check of packets' "'path': no check: give one of count, return, with" 'calls tcp_v4_rcv\n path ip_rcv'
bad 'a check of calls' "'count': no check: give one of path" 'packets\n count = 1'
bad 'no function' 'give the name of a function' 'calls\n count = 1'
bad 'no field' 'give the name of a field' 'calls tcp_v4_rcv with\n count = 1'
bad 'no value' "a name of the field's values" 'calls tcp_v4_rcv with seq =\n count = 1'
bad 'no context' 'give H .* S .* or T' 'calls tcp_v4_rcv context X\n count = 1'
bad 'no processor' 'give a processor' 'calls tcp_v4_rcv on 1\n count = 1'
bad 'two tasks' 'give the name or the pid of a task' 'calls tcp_v4_rcv by 1 by 2\n count = 1'
bad 'an unknown chooser' 'choose with by, toward' 'calls tcp_v4_rcv flow :1\n count = 1'
bad 'some of a count' 'it belongs to a check of each packet, or of each call' 'packets\n some packets = 1'
bad 'some of nothing' 'no check: give one of' 'packets\n some'
bad 'not what' 'give through and a function' 'packets not :1\n complete'
bad 'two places' 'give one of first, last, nth' 'packets first last\n complete'
bad 'no place' 'give a whole number' 'packets nth x\n complete'
done_testing
