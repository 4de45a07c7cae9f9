#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016 # for eval
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing
filter=/sys/kernel/debug/rxpath/filter

set_filter() { echo "$*" > $filter; }
# refused_with LINE REGEX: the filter file refuses it, says why, and stays as it was
refused_with() {
	local line=$1 regex=$2 before after log
	before=$(< $filter)
	dmesg -C
	if echo "$line" 2> /run/err > $filter; then echo 'accepted' > /run/err; fi
	after=$(< $filter) log=$(dmesg)
	if [[ $(< /run/err) == *'Invalid argument' && ${after%%$'\n'*} == "${before%%$'\n'*}" &&
		${after#*$'\n'} =~ ^'# refused: '$regex && $log != *$'\n'* && $log =~ 'filter refused: '$regex ]]; then
		pass "'$line' is refused, and why, once"
	else
		fail "'$line' is refused, and why, once"
		note "$(< /run/err); before: $before; after: $after; log: $log"
	fi
}

# Two servers on two ports, one of each kind, and a ping.
talk() {
	echo_here epoll-server 7031 200 5 && echo_here recv-server 7032 200 5 &&
		peer ping -q -c 3 -i 0.01 "$server_ip"
}
# during LINE COMMAND...: what the filter lets through of it, in /run/events; "event
# fields..." a line. The events stay enabled, as arming all hooks takes longer than the rest.
during() {
	set_filter "$1" || exit
	shift
	echo > $tracing/trace
	echo 1 > $tracing/tracing_on
	"$@" > /run/talk 2>&1
	echo 0 > $tracing/tracing_on
	set_filter all
	sed -n '/^#/!s/^.* \([a-z_0-9]*\): start=/\1 start=/p' $tracing/trace > /run/events
}
record() { during "$1" talk; }
# of HOOK [REGEX]: how many of its calls match
of() { grep -E "^$1 " /run/events | grep -cE -- "${2-.}"; }
# ports: those that the events name, but for the peer's own
ports() { sed -nE 's/.* ([0-9.]+):([0-9]+) -> ([0-9.]+):([0-9]+) .*/\2\n\4/p; s/.* sport=([0-9]+) dport=([0-9]+) .*/\1\n\2/p' /run/events |
	grep -E '^70[0-9][0-9]$' | sort -un | paste -sd' '; }
addresses() { sed -nE 's/.* ([0-9.]+)(:[0-9]+)? -> ([0-9.]+)(:[0-9]+)? .*/\1\n\3/p' /run/events | sort -u | paste -sd' '; }

for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
ethtool -K eth0 gro off
echo 16384 > $tracing/buffer_size_kb

test_grammar() {
	is 'no filter reads as "all"' "$(cat $filter)" all
	is 'only root reads and writes it' "$(stat -c '%a %U' $filter)" '600 root'
	for line in 'dev eth0' 'addr 192.0.2.0/24' 'addr 2001:db8::1/128' 'port 7000' 'proto tcp' 'proto 132' "pid $$" 'sample 1/8'; do
		set_filter "$line"
		is "'$line' reads as it was written" "$(cat $filter)" "$line"
	done
	set_filter "  proto   udp port 53	dev eth0 addr 192.0.2.2"
	is 'several conditions, in an order of their own' "$(cat $filter)" 'dev eth0 addr 192.0.2.2/32 port 53 proto udp'
	set_filter 'sample 8'
	is 'one in eight, for short' "$(cat $filter)" 'sample 0/8'
	refused_with 'port 70000' 'port 70000: not a number from 1 to 65535'
	refused_with 'port' 'port: a value is missing'
	refused_with 'prot tcp' 'prot: not one of dev, addr'
	refused_with 'proto tcq' 'proto tcq: not tcp'
	refused_with 'dev eth9' 'dev eth9: no such device'
	refused_with 'addr 192.0.2' 'addr 192.0.2: not an IPv4 or IPv6 address'
	refused_with 'addr 192.0.2.1/33' 'addr 192.0.2.1/33: give 0 to 32 bits'
	refused_with 'sample 8/8' 'sample 8/8: give K/N, K from 0 to N-1'
	refused_with 'sample 0' 'sample 0: give \[K/\]N'
	refused_with 'pid 4194303' 'pid 4194303: no such process'
	refused_with 'port 1 port 2' 'port: given twice'
	refused_with 'all port 2' 'all: not one of dev'
	set_filter
	is 'an empty line takes the filter away' "$(cat $filter)" all
}

test_choice() {
	record all
	is 'without a filter all ports are seen' "$(ports)" '7031 7032'
	ok 'and ICMP, setting the scale' [ "$(of icmp_rcv)" -ge 3 ]
	of __wake_up_common > /run/wakes.all

	record 'port 7031'
	is 'port: no other port is seen' "$(ports)" 7031
	is 'no other packet' "$(of icmp_rcv)" 0
	cp /run/events "$RXPATH_OUT/port-events"
	ok 'each hop of its packets is, both ways' [ "$(of tcp_v4_rcv)" -ge 14 ]
	is 'one ip_rcv_core for each' "$(of ip_rcv_core)" "$(of tcp_v4_rcv)"
	is 'one __netif_receive_skb_core' "$(of __netif_receive_skb_core)" "$(of tcp_v4_rcv)"
	ok 'the polls and softirqs they came in' [ "$(of rxe_poll)" -ge 5 -a "$(of net_rx_action)" -ge 5 ]
	ok 'and the ends of those polls' [ "$(of napi_complete_done)" -ge 5 ]
	ok 'the interrupts before' [ "$(of rxe_intr)" -ge 5 ]
	ok 'the wake-ups inside' [ "$(of ep_poll_callback)" -ge 5 -a "$(of ep_autoremove_wake_function)" -ge 5 ]
	ok 'but not the wake-ups of others' [ "$(of __wake_up_common)" -lt "$(cat /run/wakes.all)" ]
	ok "the program's epoll_wait that returned them" [ "$(of do_epoll_wait 'ret=1$')" -ge 5 ]
	ok 'its epoll_ctl for that socket' [ "$(of do_epoll_ctl)" -ge 1 ]
	ok 'with the entry that it hangs on the wait queue' [ "$(of ep_ptable_queue_proc)" -ge 1 -a "$(of add_wait_queue)" -ge 1 ]
	ok 'its reads' [ "$(of tcp_recvmsg 'dport=7031 .*ret=200$')" -ge 5 ]
	ok 'with the copies in them' [ "$(of skb_copy_datagram_iter 'len=200 ')" -ge 5 ]

	record 'port 7999'
	is 'a port that nobody uses leaves nothing but interrupts' \
		"$(cut -d' ' -f1 /run/events | sort -u | paste -sd' ')" '__napi_schedule rxe_intr'

	record 'port 7032'
	ok 'a blocking read, and the entry that it hangs on the wait queue' \
		[ "$(of tcp_recvmsg 'dport=7032 .*ret=200$')" -ge 5 -a "$(of add_wait_queue)" -ge 1 ]

	record 'proto icmp'
	is 'proto: pings alone' "$(ports) $(of icmp_rcv)" ' 6'
	is 'are seen' "$(of ip_rcv_core)" 6

	record 'dev eth0'
	is 'dev: of the ports, all' "$(ports)" '7031 7032'
	is 'but only what comes in there: half of the pings' "$(of icmp_rcv)" 3
	is "and no packet of the peer's device" "$(of ip_rcv "192.0.2.1 -> 192.0.2.2")" 0
	ok 'reads of its sockets too' [ "$(of tcp_recvmsg 'ret=200$')" -ge 10 ]
	record 'dev eth0 port 7032'
	is 'both conditions must hold' "$(ports) $(of icmp_rcv) $(of ip_rcv "192.0.2.1 -> 192.0.2.2")" '7032 0 0'
	ok 'and do for the reader' [ "$(of tcp_recvmsg 'dport=7032 .*ret=200$')" -ge 5 ]

	record 'addr 192.0.2.0/24'
	is 'addr: a net that holds both ends' "$(ports)" '7031 7032'
	record 'addr 192.0.2.77'
	is 'an address of nobody' "$(addresses)$(ports)" ''
}

# Many packets of others around the one that is chosen, brought up in lists. A fifth of
# a second from one poll to the next lets them meet in one.
datagrams() {
	peer bash -c "for port in {8001..8024}; do echo > /dev/udp/$server_ip/\$port; done"
	# The last ones may still be on their way.
	sleep 0.3
}
test_lists() {
	local queue=/sys/class/net/eth0 before
	before=$(counter rx_packets)
	ethtool -K eth0 gro on
	echo 200000000 > $queue/gro_flush_timeout && echo 20 > $queue/napi_defer_hard_irqs
	during 'port 8012' datagrams
	is 'a packet among others: it alone is seen' "$(of udp_rcv) $(of udp_rcv ':8012 ')" '1 1'
	is 'in the lists that it came in' "$(of ip_list_rcv) $(of netif_receive_skb_list_internal)" '1 1'
	is 'with the others' "$(of ip_list_rcv 'count=[2-9]')" 1
	is 'in one poll' "$(of rxe_poll) $(of __napi_poll)" '1 1'
	during 'port 7999' datagrams
	is 'nobody among them: no list and no poll' "$(grep -vE '^(__napi_schedule|rxe_intr) ' /run/events)" ''
	ok 'though all of them came' [ $(($(counter rx_packets) - before)) -ge 48 ]
	echo 0 > $queue/napi_defer_hard_irqs && echo 0 > $queue/gro_flush_timeout
	ethtool -K eth0 gro off
}

# What a program sends to its own host it receives itself, as it lets softirqs in again:
# their calls are not in one of the program's scope, and yet in that call.
test_softirqs() {
	during 'port 7035' echo_between env 127.0.0.1 env recv-server 7035 200 5
	ok 'softirqs that had chosen packets' [ "$(of net_rx_action)" -ge 10 ]
	ok 'and the calls in which tasks served them' [ "$(($(of do_softirq) + $(of run_ksoftirqd)))" -ge 10 ]
	during 'port 7999' echo_between env 127.0.0.1 env recv-server 7035 200 5
	is 'none of these where no packet was chosen' "$(of net_rx_action) $(of do_softirq) $(of run_ksoftirqd)" '0 0 0'
}

# Flows fall into one of N, and each into one only.
connections() {
	"$programs/epoll-server" 7041 12 > /dev/null &
	wait_for_port 7041
	peer bash -c "for one in {1..12}; do exec 3<> /dev/tcp/$server_ip/7041; echo >&3; read -r -u 3 _; exec 3>&-; done"
	wait
}
test_sample() {
	local part one
	for part in 0 1 2; do
		during "sample $part/3" datagrams
		one=$(of udp_rcv)
		ok "some flows are in part $part of 3, and not all" [ "$one" -gt 0 -a "$one" -lt 24 ]
	done
	during 'sample 0/2 port 7041' connections
	# A connection's packets are all in or all out: the sampled begin with a SYN and end with a FIN.
	local syns fins answers
	syns=$(of tcp_v4_rcv ':7041 flags=SYN seq')
	fins=$(of tcp_v4_rcv ':7041 flags=FIN([|]PSH)?[|]ACK seq')
	answers=$(of tcp_v4_rcv '192.0.2.1:7041 -> .* flags=SYN[|]ACK seq')
	note "$syns of 12 connections"
	ok 'about half of the connections are sampled' [ "$syns" -ge 1 -a "$syns" -le 11 ]
	is 'each to its end' "$fins" "$syns"
	is 'and in both directions' "$answers" "$syns"
}

clients() {
	peer "$programs/peer-client" "$server_ip" 7051 100 3
	peer "$programs/peer-client" "$server_ip" 7052 100 3
	wait
}
test_pid() {
	local pid
	"$programs/recv-server" 7051 1 > /dev/null & pid=$!
	"$programs/recv-server" 7052 1 > /dev/null &
	wait_for_port 7051 && wait_for_port 7052
	during "pid $pid" clients
	is "pid: only its sockets' packets are seen" "$(ports)" 7051
	ok 'from the first SYN on' [ "$(of tcp_v4_rcv ':7051 flags=SYN seq')" = 1 ]
	ok 'through to its reads' [ "$(of tcp_recvmsg 'ret=100$')" -ge 1 ]
	ok 'only those that come to it' [ "$(of tcp_v4_rcv '192.0.2.1:7051 ->')" = 0 ]
}

test_record() {
	refused 'record: a bad condition' 2 'filter: port 70000: not a number' rxpath record --port 70000 -o /run/record.dat -- true
	set_filter 'proto icmp'
	"$programs/recv-server" 7057 2 > /dev/null &
	wait_for_port 7057
	ok 'record with conditions' rxpath record --port 7057 --proto tcp -o /run/record.dat -- \
		peer "$programs/peer-client" "$server_ip" 7057 100 3
	is 'afterwards the filter is what it was' "$(cat $filter)" 'proto icmp'
	trace-cmd report /run/record.dat 2> /dev/null | sed -n 's/^.* \([a-z_0-9]*\): *start=/\1 start=/p' > /run/events
	is 'what is recorded fulfils them' "$(ports)" 7057
	ok 'it is there' [ "$(of tcp_v4_rcv)" -ge 6 ]
	set_filter all
	kill %%
	wait 2> /dev/null
}

# While events are on and packets come, the filter changes and nothing breaks.
test_changes() {
	local i client
	"$programs/epoll-server" 7061 1000000 > /dev/null &
	local server=$!
	wait_for_port 7061
	while :; do peer "$programs/peer-client" "$server_ip" 7061 3000 20 > /dev/null 2>&1; done &
	client=$!
	for ((i = 0; i < 12; i++)); do
		set_filter "port $((7061 + i % 2)) sample $((i % 2))/2" && set_filter "dev eth0 pid $server" && set_filter all || break
	done
	is 'the filter changes 36 times while packets come' $i 12
	set_filter 'port 7061'
	echo > $tracing/trace
	echo 1 > $tracing/tracing_on
	sleep 0.5
	ok 'and chooses afterwards' [ "$(grep -c ' tcp_recvmsg: .*dport=7061 ' $tracing/trace)" -ge 1 ]
	ok 'epoll_wait as well' [ "$(grep -c ' do_epoll_wait: ' $tracing/trace)" -ge 1 ]
	echo 0 > $tracing/tracing_on
	ok 'no call was judged without those around it' eval "! grep -q judged $filter"
	kill $client $server
	wait 2> /dev/null
}

[ $# -gt 0 ] || set -- grammar choice lists softirqs sample pid changes record
for part; do
	# `rxpath record` enables what it needs by itself.
	[[ $part =~ ^(grammar|record)$ ]] && on=0 || on=1
	echo "$on" > $tracing/events/rxpath/enable
	echo "# $part, at $(cut -d' ' -f1 /proc/uptime) s"
	"test_$part"
done
echo 0 > $tracing/events/rxpath/enable
rmmod rxpath
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
