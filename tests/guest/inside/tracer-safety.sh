#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016 # for eval
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing
module=$RXPATH_PROJECT/tracepoints/rxpath.ko
debug=/sys/kernel/debug/rxpath

for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

# count FOLDER HOOK: a hook's events in a trace instance
count() { grep -c " $2: start=" "$1/trace"; }
# told FOLDER HOOK: those that are told in the event of the call around them
told() { grep -c " inner=[a-z_|]*$2" "$1/trace"; }
on() { echo 1 > "$1/events/rxpath/enable"; }
off() { echo 0 > "$1/events/rxpath/enable"; }
# perf_counts EVENT FILE: how often the event comes, on all CPUs, from when FILE is made
# until it is gone. By perf's system call and not by perf, which is one more package,
# another one for each kernel.
perf_counts() {
	# shellcheck disable=SC2016 # the variables are Perl's
	perl -e '
		my ($id, $cpus, $while) = @ARGV;
		my @counters;
		for my $cpu (0 .. $cpus - 1) {
			# PERF_TYPE_TRACEPOINT, in the first edition of the structure: 64 bytes.
			my $event = pack("LLQ x48", 2, 64, $id);
			my $counter = syscall(298, $event, -1, $cpu, -1, 0);	# perf_event_open
			die "perf_event_open: $!\n" if $counter < 0;
			open(my $handle, "<&=", $counter) or die;
			push @counters, $handle;
		}
		open(my $file, ">", $while) or die;
		close $file;
		select undef, undef, undef, 0.1 while -e $while;
		my $sum = 0;
		for my $counter (@counters) {
			sysread($counter, my $count, 8) == 8 or die "a counter cannot be read: $!\n";
			$sum += unpack "Q", $count;
		}
		print "$sum\n";' "$(< "$tracing/events/$1/id")" "$(nproc)" "$2"
}
# One reader has a CPU of its own, where the programs and the card's interrupts are not.
last_cpu=$(($(nproc) - 1))
bulk() { echo_here recv-server "$1" 200000 2; }

test_readers() {
	local second=$tracing/instances/second alone name calls file perf

	insmod "$module"
	for file in "$debug"/*; do
		ok "nobody cannot read ${file##*/}" eval '! setpriv --reuid=65534 --regid=65534 --clear-groups cat "$file" 2> /dev/null'
		ok "nor write" eval '! setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "echo all > $file" 2> /dev/null'
		is 'as its mode says' "$(stat -c %a "$file" | tail -c 3)" 00
	done
	ok 'nor enable an event' eval '! setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "echo 1 > $tracing/events/rxpath/enable" 2> /dev/null'
	ok 'nor read the trace' eval '! setpriv --reuid=65534 --regid=65534 --clear-groups cat $tracing/trace 2> /dev/null'

	# One reader: GRO's inner calls are told in the outer one's event.
	echo 16384 > $tracing/buffer_size_kb
	on $tracing
	bulk 7101 > /dev/null
	off $tracing
	calls=$(count $tracing napi_gro_receive)
	ok 'GRO had frames' [ "$calls" -ge 200 ]
	is 'each dev_gro_receive is told in the event around it' "$(count $tracing dev_gro_receive) $(told $tracing dev_gro_receive)" "0 $calls"
	ok 'and what was merged' [ "$(told $tracing skb_gro_receive)" -ge 50 ]
	cat "$debug/hooks" "$debug/filter" $tracing/trace > /run/all
	is 'no file and no event holds a kernel address' "$(grep -cE 'ffff[89a-f][0-9a-f]{11}|ffffffff[0-9a-f]{8}' /run/all)" 0

	# Two: both get all, and now each call has its own event in both.
	mkdir $second
	echo 16384 > $second/buffer_size_kb
	echo > $tracing/trace
	on $second
	on $tracing
	taskset -c $last_cpu cat $second/trace_pipe > /run/pipe & pipe=$!
	bulk 7102 > /dev/null
	sleep 0.5
	kill $pipe
	off $second
	off $tracing
	for name in napi_gro_receive dev_gro_receive tcp_v4_rcv ip_rcv_core; do
		is "two readers: each sees all of $name" \
			"$(($(count $second $name) + $(grep -c " $name: start=" /run/pipe)))" "$(count $tracing $name)"
	done
	is 'with an event for each inner call' "$(count $tracing dev_gro_receive) $(told $tracing dev_gro_receive)" \
		"$(count $tracing napi_gro_receive) 0"
	rmdir $second

	# Somebody who looks at an inner event alone is served as well.
	echo > $tracing/trace
	on $tracing
	perf_counts rxpath/dev_gro_receive /run/perf-counts > /run/perf & perf=$!
	ok 'perf begins' wait_until 'it does not' [ -e /run/perf-counts ]
	echo > $tracing/trace
	bulk 7103 > /dev/null
	off $tracing
	rm -f /run/perf-counts
	wait $perf
	ok 'perf counts the inner calls' [ "$(< /run/perf)" -ge "$(told $tracing dev_gro_receive)" ]
	ok 'while the trace tells them in the outer event' [ "$(told $tracing dev_gro_receive)" -ge 100 ]
	echo 'len > 100' > $tracing/events/rxpath/dev_gro_receive/filter
	echo > $tracing/trace
	on $tracing
	bulk 7104 > /dev/null
	off $tracing
	alone=$(count $tracing dev_gro_receive)
	ok "an event's own filter holds: it has events of its own" [ "$alone" -ge 100 ]
	is 'only such' "$(grep ' dev_gro_receive: ' $tracing/trace | grep -cE ' len=[0-9]{1,2} ') $(told $tracing dev_gro_receive)" '0 0'
	echo 0 > $tracing/events/rxpath/dev_gro_receive/filter

	# Removed while somebody reads.
	on $tracing
	bulk 7105 > /dev/null
	taskset -c $last_cpu cat $tracing/trace_pipe > /run/pipe & pipe=$!
	(while taskset -c $last_cpu cat "$debug/hooks" "$debug/filter" $tracing/trace > /dev/null 2>&1; do :; done) &
	sleep 0.5
	off $tracing
	ok 'the module goes while its events are being read' rmmod rxpath
	sleep 0.3
	kill $pipe
	ok 'the reader got them' grep -q 'tcp_v4_rcv' /run/pipe
	wait
}

test_rounds() {
	local round server clients
	"$programs/epoll-server" 7111 1000000 > /dev/null & server=$!
	wait_for_port 7111
	while :; do peer "$programs/peer-client" "$server_ip" 7111 3000 50 5 > /dev/null 2>&1; done & clients=$!
	for ((round = 0; round < $1; round++)); do
		insmod "$module" || break
		on $tracing || break
		# The filter, too, is there to be caught in the middle.
		[ $((round % 3)) != 0 ] || echo "port $((7111 + round % 2))" > $debug/filter
		off $tracing || break
		rmmod rxpath || break
	done
	is "$1 rounds of insert, enable, disable, remove under traffic" $round "$1"
	ok 'traffic goes on' bulk 7112
	kill $clients $server
}

# tracer-safety.sh ROUNDS [PART...]
rounds=$1
shift
[ $# -gt 0 ] || set -- readers rounds
for part; do "test_$part" "$rounds"; done
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
