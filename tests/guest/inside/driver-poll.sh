#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

trace=/sys/kernel/tracing
# polls_by: who ran rxe_poll() while the command ran, and with which budgets.
polls_by() {
	echo > $trace/trace
	echo 1 > $trace/events/rxpath_e1000/poll_begin/enable
	"$@" > /tmp/polls_by 2>&1 || { cat /tmp/polls_by; return 1; }
	echo 0 > $trace/events/rxpath_e1000/poll_begin/enable
	grep -v '^#' $trace/trace
}

# netconsole: the kernel's lines leave from wherever they are printed, with
# interrupts off; the driver sends, and is polled with budget 0.
# shellcheck disable=SC2016 # the variables are Perl's
background listener peer perl -MSocket -MIO::Socket::INET -e '
	my $socket = IO::Socket::INET->new(Proto => "udp", LocalPort => 6666) or die "socket: $!";
	$socket->sockopt(SO_RCVBUF, 4 << 20);
	$SIG{TERM} = sub { exit 0 };
	$| = 1;
	while (defined $socket->recv(my $got, 2000)) { print $got; }'
listens() { peer ss -Hlun 'sport = :6666' | grep -q .; }
ok 'somebody listens at the peer' wait_until 'nobody' listens
ok 'netconsole' modprobe netconsole "netconsole=@$server_ip/eth0,6666@$peer_ip/52:54:00:12:34:02"
# console_says FROM TO: so many lines from the kernel, each with a number.
console_says() {
	local i
	for ((i = $1; i <= $2; i++)); do echo "<3>rxpath line $i of netconsole, whole to the end" > /dev/kmsg; done
}
heard() { grep -o -E 'rxpath line [0-9]+ of netconsole, whole to the end$' /tmp/listener.output | grep -o '[0-9]*'; }
hears() { wait_until 'not all' heard_up_to "$1" || { echo "heard $(heard | wc -l): $(heard | tr '\n' ' ')"; return 1; }; }
heard_up_to() { [ "$(heard)" = "$(seq "$1")" ]; }
# Netpoll keeps a line that it cannot send at once, and the next may overtake it.
in_any_order() { wait_until 'not all' all_heard "$1" || { echo "heard $(heard | wc -l): $(heard | tr '\n' ' ')"; return 1; }; }
all_heard() { [ "$(heard | sort -n)" = "$(seq "$1")" ]; }
console_says 1 50
ok 'the peer has 50 lines, each whole, in order, once' hears 50
background flood peer ping -q -i 0.002 -s 1400 "$server_ip"
background flood_out ping -q -i 0.002 -s 1400 "$peer_ip"
console_says 51 200
ok '150 more while the interface is flooded both ways' in_any_order 200
background_stop flood
background_stop flood_out

# With the poll's thread kept from its CPU nobody cleans the ring but netpoll.
ethtool -G eth0 tx 64
echo 1 > /sys/class/net/eth0/threaded
ok 'the poll'\''s thread' wait_until 'there is none' pgrep napi/eth0
taskset -pc 1 "$(pgrep napi/eth0)" > /dev/null
hogs_allowed
# Lines that netpoll has kept are sent by a worker of the CPU that wrote them:
# none must be waiting for the CPU that has no time.
console_says 201 201
ok 'nothing is kept from before' in_any_order 201
# Looks at no trace meanwhile: opening it waits for all CPUs to have passed through a quiescent state, which the one that
# has no time for its softirqs may not report. The hog ends by itself, too, whatever waits for its CPU.
starved() {
	local before status=0
	before=$(driver_stat tx_packets)
	# shellcheck disable=SC2016 # the variable is the hog's
	background hog taskset -c 1 chrt -f 50 bash -c ': > /tmp/hog.runs; while [ $SECONDS -lt 300 ]; do :; done'
	wait_until 'the CPU is not taken' [ -e /tmp/hog.runs ] || return
	(taskset -pc 0 $BASHPID && console_says 202 300)
	# Of 99 frames the ring holds 63: what is kept meanwhile would be sent when the poll runs again.
	wait_until 'netpoll has not cleaned' at_least tx_packets $((before + 99 - 63)) || status=1
	background_stop hog
	return $status
}
polls=$(polls_by starved)
ok '100 more through a ring of 64 that is not cleaned' in_any_order 300
ok 'netpoll polled, for transmit alone' grep -q budget=0 <<< "$polls"
echo 0 > /sys/class/net/eth0/threaded
ethtool -G eth0 tx 256
ok 'netconsole is taken away' rmmod netconsole
background_stop listener
ok 'bytes are intact' echo_here epoll-server 7000 300001 3

# Busy polling: the waiting program polls itself. Needs frames to name their NAPI.
busy_polled() { awk '/^TcpExt:/ { if (n++) { for (i = 1; i <= NF; i++) if (name[i] == "BusyPollRxPackets") print $i } else split($0, name) }' /proc/net/netstat; }
is 'nobody polls busily so far' "$(busy_polled)" 0
# It polls for a minute before it sleeps: how long the peer takes until its next
# message is for the host to say, and nobody has anything to poll for unless the
# program waits first. So the peer sends when polls are seen while the wire is silent.
sysctl -q -w net.core.busy_read=60000000 net.core.busy_poll=60000000
polls_in_silence() {
	local before
	before=$(driver_stat rx_polls)
	nap 0.02
	[ $(($(driver_stat rx_polls) - before)) -gt 100 ]
}
# echoes SERVER PORT: eight lines to a program that polls, each echoed whole; says
# how many frames the program found by itself.
echoes() {
	local before line got
	before=$(busy_polled)
	background "server-$2" "$programs/$1" "$2" 1
	wait_for_port "$2" || return
	# shellcheck disable=SC2016 # the variables are the coprocess's
	coproc peer bash -c 'exec 3<> "/dev/tcp/$0/$1"; while read -r line; do
		echo "$line" >&3; read -r line <&3; echo "$line"; done' "$server_ip" "$2"
	# The first one tells the socket which NAPI brings its frames.
	for line in 'line 0' 'line '{1..8}; do
		[ "$line" = 'line 0' ] || wait_until "nobody polls for $line" polls_in_silence || return
		echo "$line" >&"${COPROC[1]}"
		read -rt 60 -u "${COPROC[0]}" got && [ "$got" = "$line" ] || { echo "$line came back as '$got'"; return 1; }
	done
	eval "exec ${COPROC[1]}>&- ${COPROC[0]}<&-"
	background_ends "server-$2" && polled=$(($(busy_polled) - before))
}
polled=0
for way in 'a program that reads:recv-server:7001:on' 'through epoll:epoll-server:7000:on' 'without GRO:recv-server:7001:off'; do
	IFS=: read -r name server port gro <<< "$way"
	ethtool -K eth0 gro "$gro"
	polled=0
	if echoes "$server" "$port" > /tmp/echoes; then pass "$name: lines are intact"; else
		fail "$name: lines are intact"
		note "$(cat /tmp/echoes)"
	fi
	ok "$name: it did poll" [ "$polled" -gt 0 ]
done
ethtool -K eth0 gro on
sysctl -q -w net.core.busy_read=0 net.core.busy_poll=0

# Threaded NAPI: the poll is a thread of its own, and no softirq's.
ok 'threaded' eval 'echo 1 > /sys/class/net/eth0/threaded'
ok 'there is a thread' wait_until 'no' pgrep napi/eth0
polls=$(polls_by echo_here epoll-server 7000 1000003 3)
ok 'it polls' grep -q '^ *napi/eth0' <<< "$polls"
is 'and nobody else does' "$(grep -v -c '^ *napi/eth0' <<< "$polls")" 0
ok 'bytes were intact' grep -q client: /tmp/polls_by
ok 'down and up' eval 'ip link set eth0 down && nic-up'
ok 'it polls still' grep -q '^ *napi/eth0' <<< "$(polls_by echo_here epoll-server 7000 100003 3)"
ok 'threaded no more, under traffic' eval 'transfer_start 7002 && echo 0 > /sys/class/net/eth0/threaded && transfer_survived 7002'
is 'the thread rests' "$(grep -c '^ *napi/eth0' <<< "$(polls_by echo_here epoll-server 7000 100003 3)")" 0

# Interrupts go from one CPU to the other and back, under traffic.
irq=$(cat /sys/class/net/eth0/device/irq)
on_cpu() { awk -v irq="$irq:" -v cpu="$1" '$1 == irq { print $(cpu + 2) }' /proc/interrupts; }
wander() {
	local round before
	for round in 0 1 0 1 0 1; do
		echo "$round" > "/proc/irq/$irq/smp_affinity_list" || return
		before=$(on_cpu "$round")
		wait_until "no interrupts on CPU $round" eval "[ \"\$(on_cpu $round)\" -gt $((before + 20)) ]" || return
	done
}
ok 'a connection' transfer_start 7003
ok 'its interrupts wander between two CPUs' wander
ok 'the connection has lived' transfer_survived 7003
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
