#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# Three connections, of which the server closes one for writing and waits for the
# peer's end, closes one at once while the peer holds on to it, and leaves one to the
# peer. The kernel's own word for what is left is ss's.
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing
for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
# Not the minute that TIME_WAIT takes.
sysctl -q -w net.ipv4.tcp_fin_timeout=20

cat > /run/server.py << 'SERVER'
import socket, sys
how, port = sys.argv[1], int(sys.argv[2])
s = socket.create_server(("", port))
c = s.accept()[0]
if how == "first":
    c.shutdown(socket.SHUT_WR)
if how != "leaves":
    c.recv(1)
c.close()
SERVER
# connection HOW PORT SECONDS: the peer reads to the end, and holds on for so long
connection() {
	python3 /run/server.py "$1" "$2" &
	wait_for_port "$2"
	if [ "$1" = last ]; then
		peer bash -c "exec 3<> /dev/tcp/$server_ip/$2"
	else
		peer bash -c "exec 3<> /dev/tcp/$server_ip/$2; cat <&3; sleep $3" &
		# shellcheck disable=SC2016 # for wait_until
		[ "$1" != leaves ] || { wait_until 'no FIN_WAIT2' left "$2" FIN-WAIT-2; left "$2" . > /run/ss-half; }
	fi
	wait
}
# left PORT STATE: what ss has of what is left there
left() { ss -Htano "sport = :$1" | grep -v LISTEN | grep -E -- "$2"; }

insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
echo > $tracing/trace
for event in tcp_time_wait tcp_rcv_state_process inet_csk_accept; do
	echo 1 > $tracing/events/rxpath/$event/enable
done
connection first 7051 0
left 7051 . > /run/ss-first
connection leaves 7052 2
connection last 7053 0
left 7053 . > /run/ss-last
echo 0 > $tracing/events/rxpath/enable
sed -n '/^#/!s/^.* \([a-z_0-9]*\): start=/\1 start=/p' $tracing/trace > /run/events

# of EVENT PORT FIELD: what it says
of() { sed -nE "/^$1 .*dport=$2 /s/.* $3=([^ ]*).*/\1/p" /run/events; }
between() { [ "$1" -le "$3" ] && [ "$3" -le "$2" ]; }
port_of() { sed -nE 's/.*:([0-9]+) +[0-9.]+:([0-9]+).*/\2/p' "$1"; }
seconds_of() { sed -nE 's/.*timer:\(timewait,([0-9]+).*/\1/p' "$1"; }

is 'closed first, and the peer ends: one event' "$(of tcp_time_wait 7051 state)" 'FIN_WAIT2->TIME_WAIT'
is 'of the socket that accept gave' "$(of tcp_time_wait 7051 sk)" "$(of inet_csk_accept 7051 child)"
is 'which received the FIN in that state' "$(of tcp_rcv_state_process 7051 state | tail -n 1)" FIN_WAIT2
is 'of that connection' "$(of tcp_time_wait 7051 sport)" "$(port_of /run/ss-first)"
is 'for a minute' "$(of tcp_time_wait 7051 timeout)" 60000
is 'which ss calls TIME-WAIT' "$(cut -d' ' -f1 /run/ss-first)" TIME-WAIT
# Some seconds of it may be over.
ok 'and gives about a minute, too' between 40 60 "$(seconds_of /run/ss-first)"
is 'closed at once, and the peer holds on: what is left waits for its FIN' "$(of tcp_time_wait 7052 state)" 'FIN_WAIT2->FIN_WAIT2'
is 'of the socket that accept gave' "$(of tcp_time_wait 7052 sk)" "$(of inet_csk_accept 7052 child)"
is 'of that connection' "$(of tcp_time_wait 7052 sport)" "$(port_of /run/ss-half)"
is 'for as long as tcp_fin_timeout says' "$(of tcp_time_wait 7052 timeout)" 20000
is 'which ss calls FIN-WAIT-2' "$(cut -d' ' -f1 /run/ss-half)" FIN-WAIT-2
ok 'and gives as long, too' between 10 20 "$(seconds_of /run/ss-half)"
is 'the peer closes first: nothing is left here' "$(of tcp_time_wait 7053 state)$(cat /run/ss-last)" ''
# Their FIN takes a number, too.
is 'the FIN is the last that is acknowledged' "$(of tcp_time_wait 7051 rcv_nxt)" "$(of tcp_rcv_state_process 7051 end_seq | tail -n 1)"
rmmod rxpath
ok 'the kernel has nothing to complain about' kernel_is_content
note "$(grep ^tcp_time_wait /run/events)"
done_testing
