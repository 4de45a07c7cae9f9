#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0
#
# The whole causal chain: one recording with a connection's making, every way to
# wait and to read, segments in and out of order, what is dropped and why. Each
# link from one object to the next is followed from event to event.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename;
use File::Temp qw(tempdir);
use Test::More;
use lib dirname(abs_path($0));
use Chain;

chdir dirname(abs_path($0)) . '/../..' or die;
my $out = $ENV{RXPATH_CHAIN} || tempdir(CLEANUP => 1);

sub slurp {
	my ($file) = @_;
	open my $handle, '<', "$out/$file" or return '';
	local $/;
	return <$handle> // '';
}

unless ($ENV{RXPATH_CHAIN}) {
	my $status = system 'qemu/run', '--cpus', 2, '--out', $out, '--timeout', 300,
		'--', 'bash', 'tests/guest/inside/trace-chain.sh';
	is($status, 0, 'the guest recorded') or do {
		diag slurp('record.txt'), slurp('console.log');
		done_testing;
		exit 1;
	};
}

read_events("$out/trace.dat");
# Bits of EPOLL*: what the item asks for.
my ($EXCLUSIVE, $ONESHOT, $ET) = (0x10000000, 0x40000000, 0x80000000);

is(slurp('complaints'), '', 'the kernel has nothing to complain about');
%missing = map { ((split /\t/)[0] => 1) } grep { (split /\t/)[3] eq 'missing' } split /\n/, slurp('hooks');

part 'set-up: who is registered for what' => sub {
	my %handler = map { ("$_->{f}{where} $_->{f}{number}" => $_->{f}{handler}) } @{ $named{registered} };
	my %known = ('softirq 3' => 'net_rx_action', 'softirq 2' => 'net_tx_action', 'packet 2048' => 'ip_rcv',
		'packet 34525' => 'ipv6_rcv', 'packet 2054' => 'arp_rcv', 'ipv4 6' => 'tcp_v4_rcv',
		'ipv4 17' => 'udp_rcv', 'ipv4 1' => 'icmp_rcv', 'ipv6 6' => 'tcp_v6_rcv', 'ipv6 17' => 'udpv6_rcv',
		'ipv6 58' => 'icmpv6_rcv');
	is($handler{$_}, $known{$_}, "$_ is $known{$_}") for sort keys %known;
	is($named{registered}[0]{f}{what} && one('registered', where => 'softirq', number => 3)->{f}{what},
		'NET_RX', 'by name, too');
	for my $line (grep { /^[0-9a-f]{4}\s/ } split /\n/, slurp('ptype')) {
		my ($type, $function) = $line =~ /^(\w+)\s+(\w+)/;
		ok(scalar all('registered', where => 'packet', number => hex $type, handler => $function),
			"/proc/net/ptype has $function for $type, and so has the trace");
	}
	is(scalar(all('registered', where => 'softirq', number => 3)), 1, 'told once');
	is(scalar(grep { $_->{f}{handler} =~ /^(0x|\?)/ } @{ $named{registered} }), 0, 'no address among them');
};

our ($pid) = slurp('waits.txt') =~ /^pid (\d+)/;
ok($pid, 'the program with many ways to wait ran') or BAIL_OUT('no pid');

part 'a socket is made, bound, listens; a connection passes its queues' => sub {
	my $made = first_of('inet_create', task => $pid);
	is($made->{f}{ops}, 'inet_stream_ops', 'inet_create picks inet_stream_ops');
	is($made->{f}{prot}, 'TCP', 'and TCP');
	my ($outer) = around($made, '__sock_create');
	is($outer && $outer->{f}{sk}, $made->{f}{sk}, 'inside __sock_create, the same socket');
	is(one('inet_create', ops => 'inet_dgram_ops')->{f}{prot}, 'UDP', 'a datagram socket has inet_dgram_ops');
	ok(first_of('inet6_create', ops => 'inet6_stream_ops'), 'one of IPv6 has inet6_stream_ops');

	my $sk = $made->{f}{sk};
	is(one('inet_bind', sk => $sk, task => $pid)->{f}{dport}, 7040, 'bind gives the port');
	my $listen = first_of('inet_listen', sk => $sk, task => $pid);
	is("$listen->{f}{state} $listen->{f}{state_after} $listen->{f}{value}", '7 10 16', 'listen: CLOSE to LISTEN, backlog 16');
	ok(scalar inside($listen, 'inet_sk_state_store', sk => $sk, state => 7, state_after => 10), 'and the state change is in it');

	my $syn = first_of('tcp_conn_request', sk => $sk);
	is("$syn->{f}{syn_queue} $syn->{f}{syn_queue_after}", '0 1', 'a SYN: the SYN queue grows');
	ok(first_of('tcp_v4_rcv', skb => $syn->{f}{skb}, flags => 2, dport => 7040), 'the skb is that of the SYN');
	my ($queued) = inside($syn, 'inet_csk_reqsk_queue_hash_add', sk => $sk);
	my $done = first_of('inet_csk_complete_hashdance', req => $queued->{f}{req}, sk => $sk);
	ok($done, 'the request ends in the accept queue') or return;
	is("$done->{f}{syn_queue} $done->{f}{syn_queue_after}", '1 0', 'the SYN queue shrinks');
	is("$done->{f}{accept_queue} $done->{f}{accept_queue_after}", '0 1', 'the accept queue grows');
	my $accept = first_of('inet_csk_accept', sk => $sk, child => $done->{f}{child}, task => $pid);
	ok($accept, 'accept returns the child that was made of it');
	is($accept->{f}{accept_queue_after}, 0, 'and leaves the queue empty');
	my $child = first_of('tcp_child_process', sk => $done->{f}{child}, parent => $sk);
	ok($child && $child->{f}{sport}, 'the child receives the segment that made it');
	ok(first_of('inet_sk_state_store', sk => $done->{f}{child}, state => 3, state_after => 1), 'and is ESTABLISHED');
	my ($hung) = inside($accept, 'prepare_to_wait_exclusive');
	ok($hung && scalar all('autoremove_wake_function', wait => $hung->{f}{wait}, exclusive => 1, pid => $pid),
		'the entry that accept hung is the one that wakes it, exclusively');
	my $connect = first_of('inet_stream_connect', sport => 7040);
	is("$connect->{f}{state} $connect->{f}{state_after}", '7 1', 'connect: CLOSE to ESTABLISHED');
	ok(scalar inside($connect, 'inet_sk_state_store', state => 7, state_after => 2), 'by SYN_SENT');
	is(one('inet_shutdown', task => $pid)->{f}{value}, 2, 'shutdown says how');
	for my $call (qw(socket bind listen accept shutdown close epoll_create1 epoll_ctl epoll_wait pselect6 poll recvfrom)) {
		ok((all("sys_enter_$call", task => $pid)), "the program's $call is there");
	}
	ok(scalar inside(first_of('inet_release', task => $pid, sk => $done->{f}{child}) // {}, 'tcp_close', sk => $done->{f}{child}),
		'close of the last descriptor closes the connection');

	my $half = first_of('tcp_conn_request', dport => 7042);
	is("$half->{f}{syn_queue} $half->{f}{syn_queue_after}", '0 1', 'half open: in the SYN queue');
	my $reset = first_of('inet_csk_reqsk_queue_drop', dport => 7042);
	is("$reset->{f}{syn_queue} $reset->{f}{syn_queue_after} $reset->{f}{accept_queue_after}", '1 0 0', 'a RST takes it out');
};

# The connections of the program, in their order.
my @accepts = all('inet_csk_accept', task => $pid);
my @ways = qw(level edge once select poll);
is(scalar @accepts, 5, 'five connections');
sub way { my ($name) = @_; my ($i) = grep { $ways[$_] eq $name } 0 .. 4; return ($accepts[$i]{f}{child}, $accepts[$i]{to}, $i < 4 ? $accepts[$i + 1]{from} : 9e18) }
sub of_way { my ($name, @args) = @_; my (undef, $from, $to) = way($name); return grep { $_->{from} >= $from && $_->{from} < $to } all(@args) }

# epoll: from the item to the entry, from the entry to the wake-up.
for my $way (qw(level edge once)) {
	subtest "epoll, $way" => sub {
		my ($sk) = way($way);
		my ($printed) = slurp('waits.txt') =~ /^$way (.*)/m;
		my ($create) = of_way($way, 'do_epoll_create', task => $pid);
		my ($add) = of_way($way, 'do_epoll_ctl', task => $pid, op => 1);
		is($add->{f}{ep}, $create->{f}{ep}, 'epoll_ctl names the instance that epoll_create made');
		is($add->{f}{epfd}, $create->{f}{ret}, 'by the descriptor that it returned');
		my ($poll) = inside($add, 'tcp_poll', sk => $sk);
		my ($hang) = inside($add, 'ep_ptable_queue_proc');
		my ($entry) = inside($hang, 'add_wait_queue');
		ok($poll && $hang && $entry, 'ADD polls the socket and hangs an entry') or return;
		is($hang->{f}{wq}, $poll->{f}{wq}, 'on the socket\'s wait queue');
		is($entry->{f}{wq}, $poll->{f}{wq}, 'the same to the last');

		my ($callback) = of_way($way, 'ep_poll_callback', wait => $entry->{f}{wait});
		ok($callback, 'that very entry is called back') or return;
		is($callback->{f}{fd}, $add->{f}{fd}, 'it stands for the descriptor that was added');
		is("$callback->{f}{ready} $callback->{f}{ready_after}", '0 1', 'the ready list grows by it');
		my ($readable) = around($callback, 'sock_def_readable', sk => $sk);
		ok($readable, 'called by the socket\'s sk_data_ready');
		ok((grep { within($_, $readable) } around($callback, '__wake_up_sync_key', wq => $poll->{f}{wq})), 'through the wait queue');
		my ($woken) = inside($callback, 'sched_waking', pid => $pid);
		ok($woken, 'which wakes the program');
		my ($runs) = grep { $_->{ts} > $woken->{ts} } all('sched_switch', next_pid => $pid);
		ok($runs, "it runs on CPU $runs->{cpu} then");

		my @waits = of_way($way, 'do_epoll_wait', task => $pid);
		is(join(' ', map { $_->{f}{ret} } @waits), $printed, "epoll_wait returned $printed to the program, and in the trace");
		is($waits[0]{f}{ep}, $create->{f}{ep}, 'on the same instance');
		ok($woken && $waits[0]{from} < $woken->{ts} && $waits[0]{to} > $woken->{ts}, 'the first slept until it was woken');
		my ($item) = inside($waits[0], 'ep_item_poll', fd => $add->{f}{fd});
		ok($item && $item->{f}{ret} & 1, 'and found the item readable');
		my %after = (level => '1 1 0', edge => '0 0 0', once => '0 0 0');
		is(join(' ', map { $_->{f}{ready_after} } @waits), $after{$way}, 'the ready list that each left behind');
		if ($way eq 'level') {
			my ($asked) = inside($waits[2], 'ep_item_poll', fd => $add->{f}{fd});
			ok($asked && !($asked->{f}{ret} & 1), 'level: put back, asked again, and let go as nothing is left');
		}
		is(!!($callback->{f}{events} & $ET), $way eq 'edge', 'edge-triggered or not is told');
		is(!!($callback->{f}{events} & $ONESHOT), $way eq 'once', 'one-shot or not is told');
		if ($way eq 'once') {
			my (undef, $disarmed) = of_way($way, 'ep_poll_callback', wait => $entry->{f}{wait});
			is($disarmed->{f}{events} & 0xffff, 0, 'one-shot: told once, the item asks for nothing any more');
			is("$disarmed->{f}{ready} $disarmed->{f}{ready_after}", '0 0', 'so it does not become ready');
			ok(of_way($way, 'do_epoll_ctl', op => 3, task => $pid, events => sub { $_[0] & 1 }), 'until it is armed again');
		}
	};
}

part 'select and poll' => sub {
	for my $case (['select', 'do_select'], ['poll', 'do_sys_poll']) {
		my ($way, $function) = @$case;
		my ($sk) = way($way);
		my ($call) = of_way($way, $function, task => $pid);
		is($call->{f}{ret}, 1, "$function returns 1");
		my ($hang) = inside($call, '__pollwait');
		my ($poll) = inside($call, 'tcp_poll', sk => $sk);
		is($hang->{f}{wq}, $poll->{f}{wq}, 'it hangs itself on the socket\'s wait queue');
		my ($entry) = inside($hang, 'add_wait_queue');
		my ($wake) = all('pollwake', wait => $entry->{f}{wait}, from => sub { $_[0] > $call->{from} });
		ok($wake && scalar around($wake, 'sock_def_readable', sk => $sk), 'pollwake is called for that entry, by that socket');
		ok($wake && scalar inside($wake, 'sched_waking', pid => $pid), 'and wakes the program');
	}
};

part 'TCP: in order and not' => sub {
	my @segments = all('tcp_rcv_established', dport => 7041, sport => 20001);
	my @data = grep { $_->{f}{order} } @segments;
	is(join(' ', map { $_->{f}{order} } @data), '1 4 1 2 3 5 1', 'next, ahead, next, old, overlap, beyond, and the FIN')
		or diag join "\n", map { "$_->{f}{order} $_->{f}{seq} $_->{f}{rcv_nxt}" } @data;
	my ($next, $ahead, $gap, $old, $overlap, $beyond) = @data;
	my $grew = sub { ($_[0]{f}{rcv_nxt_after} - $_[0]{f}{rcv_nxt}) & 0xffffffff };
	is($grew->($next), 100, 'in order: rcv_nxt moves by its bytes');
	is($grew->($ahead), 0, 'ahead: it does not move');
	is($grew->($gap), 200, 'the gap is filled: by both');
	is($grew->($old), 0, 'old: it does not');
	is($grew->($overlap), 50, 'overlap: by what is new');
	is($overlap->{f}{queued_after} - $overlap->{f}{queued}, 50, 'and so do the bytes to be read');
	# From 6.7 on one that waited in the backlog is acknowledged when that is empty.
	is($_->{f}{acked}, around($_, '__release_sock') && $_->{f}{acked} == 0 ? 0 : 1,
		"order $_->{f}{order}: acknowledged at once") for $ahead, $gap, $old;
	ok($next->{f}{window} > 1000, 'the window is told');
	my $dropped = first_of('kfree_skb_reason', skb => $old->{f}{skb}, from => sub { $_[0] > $old->{from} });
	ok($dropped && within($dropped, $old) && $dropped->{f}{reason} =~ /^TCP_(INVALID|OLD)_SEQUENCE$/, 'the old one is dropped in it, with the reason');
	ok((grep { within($_, $dropped) } all('kfree_skbmem', skb => $old->{f}{skb})), 'and given back');
	ok((grep { within($_, $beyond) } all('kfree_skb_reason', skb => $beyond->{f}{skb}, reason => 'TCP_INVALID_SEQUENCE')),
		'and so is the one beyond');
};

part 'TCP: fast path and slow, coalesced, acknowledged later' => sub {
	my @data = all('tcp_rcv_established', dport => sub { $_[0] == 7044 || $_[0] == 7047 }, order => 1);
	my @fast = grep { $_->{f}{path} == 1 } @data;
	my @slow = grep { $_->{f}{path} == 2 } @data;
	ok(@fast && @slow, scalar(@fast) . ' on the fast path, ' . @slow . ' on the slow');
	is(scalar(grep { inside($_, 'tcp_data_queue', skb => $_->{f}{skb}) } @fast), 0, 'the fast path has no tcp_data_queue');
	is(scalar(grep { !inside($_, 'tcp_data_queue', skb => $_->{f}{skb}) } @slow), 0, 'the slow path has');
	is(scalar(grep { !inside($_, 'tcp_queue_rcv', skb => $_->{f}{skb}) } @fast), 0, 'the fast path queues by itself');
	my @established = all('tcp_rcv_established', order => 1);
	ok((grep { $_->{f}{acked} == 2 } @established), 'some are acknowledged later');
	# Whoever sends an ACK puts a frame on the ring meanwhile; ours does.
	my @sent = grep { $_->{f}{acked} == 1 } all('tcp_rcv_established', dport => 7041);
	is(scalar(grep { !inside($_, 'tx_desc') } @sent), 0, 'who says "sent" has sent a frame') if @sent;
	my @late = grep { $_->{f}{acked} == 2 } all('tcp_rcv_established', dport => 7044);
	is(scalar(grep { inside($_, 'tx_desc') } @late), 0, 'who says "delayed" has sent none');
	my @merged = all('skb_gro_receive', ret => 0);
	ok(scalar @merged, 'GRO merges');
	my $flush = first_of('napi_gro_complete', skb => $merged[-1]{f}{into}, count => sub { $_[0] > 1 });
	ok($flush, 'and lets the packet go that it merged into');
	ok((grep { $_->{f}{first} eq $flush->{f}{skb} || $_->{f}{count} > 1 } inside_or_after($flush)), 'up the stack, in a list');
};
sub inside_or_after { my ($flush) = @_; return grep { $_->{to} >= $flush->{from} } all('netif_receive_skb_list_internal') }

part 'TCP: the backlog' => sub {
	my ($holder) = slurp('holder.txt') =~ /^pid (\d+)/;
	my @added = all('tcp_add_backlog', dport => 7043, sport => 20003);
	is(scalar @added, 2, 'two segments find the socket held');
	my ($first, $second) = @added;
	is($first->{f}{backlog}, 0, 'the first finds nothing there');
	ok($first->{f}{backlog_after} > 0, 'and waits');
	is($second->{f}{into}, $first->{f}{skb}, 'the second joins the first');
	my $release = first_of('__release_sock', dport => 7043, task => $holder, from => sub { $_[0] > $second->{to} });
	ok($release, 'the holder lets go') or return;
	is($release->{f}{backlog}, $second->{f}{backlog_after}, 'of all that waits');
	is($release->{f}{backlog_after}, 0, 'and nothing is left');
	my ($received) = inside($release, 'tcp_v4_do_rcv', skb => $first->{f}{skb});
	ok($received && $received->{task} == $holder, 'the segment is received by the program itself');
	is($received && ($received->{f}{rcv_nxt_after} - $received->{f}{rcv_nxt}) & 0xffffffff, 200, 'with the bytes of both');
	my @reads = all('tcp_recvmsg', task => $holder, ret => sub { $_[0] > 0 });
	is(join(' ', map { $_->{f}{ret} } @reads), '300', 'one read took the bytes that it was held by and the backlog');
	is($reads[0]{f}{seq} + 100, $first->{f}{seq}, 'from before the backlog');
	is($reads[0]{f}{seq_after}, $second->{f}{end_seq}, 'to its end');
	ok(within($release, $reads[0]), 'as it let go while it read');
};

part 'UDP and IPv6' => sub {
	for my $case (['udp', 'udp_rcv', 'udp_queue_rcv_skb', 'udp_recvmsg'], ['udp6', 'udpv6_rcv', 'udpv6_queue_rcv_skb', 'udpv6_recvmsg']) {
		my ($kind, $rcv, $queue, $recvmsg) = @$case;
		my ($reader) = slurp("$kind.txt") =~ /^pid (\d+)/;
		my $arrived = first_of($rcv, dport => 7045, len => 333);
		ok($arrived, "$kind: $rcv") or next;
		my ($queued) = inside($arrived, $queue, skb => $arrived->{f}{skb});
		my ($enqueued) = inside($queued, '__udp_enqueue_schedule_skb', skb => $arrived->{f}{skb}, sk => $queued->{f}{sk});
		my $read = first_of($recvmsg, task => $reader, ret => 333);
		is($read && $read->{f}{sk}, $queued->{f}{sk}, "$kind: the read is of that socket");
		my ($taken) = inside($read, '__skb_recv_udp', skb => $arrived->{f}{skb});
		ok($enqueued && $enqueued->{f}{memory} == 0 && $enqueued->{f}{memory_after} > 333, "$kind: the receive queue grows")
			or $enqueued && diag "from $enqueued->{f}{memory} to $enqueued->{f}{memory_after}";
		ok($enqueued && scalar inside($enqueued, 'sock_def_readable', sk => $queued->{f}{sk}), "$kind: and tells it");
		ok($taken, "$kind: and took that skb");
		my ($hung) = inside($read, 'prepare_to_wait_exclusive');
		ok($hung && scalar all('receiver_wake_function', wait => $hung->{f}{wait}, pid => $reader), "$kind: it had slept in the queue and was woken");
	}
	my $segment = first_of('tcp_v6_rcv', dport => 7046, len => 444);
	ok($segment, 'TCP over IPv6: tcp_v6_rcv') or return;
	my $skb = $segment->{f}{skb};
	is($segment->{f}{saddr}, join('.', 0x20, 1, 0xd, 0xb8, (0) x 11, 2), 'from its address');
	for my $name (qw(ip6_input ip6_input_finish)) {
		ok((around($segment, $name, skb => $skb)), "inside $name");
	}
	ok((all('ip6_rcv_core', skb => $skb)), 'behind ip6_rcv_core');
	ok((inside($segment, 'tcp_v6_do_rcv', skb => $skb)), 'to tcp_v6_do_rcv');
	my ($route) = all('ip6_route_input', type => 2);
	ok($route, 'IPv6 routes: local');
	ok((all('ipv6_list_rcv', count => 1)), 'IPv6 comes in lists, too');
	my ($reader) = slurp('tcp6.txt') =~ /^pid (\d+)/;
	ok((all('tcp_recvmsg', task => $reader, ret => 444)), 'and the program reads it');
	ok((all('icmpv6_rcv', type => 128)), 'an echo of ICMPv6');
};

part 'IP: early demux, routes, forward, drop, ICMP, taps' => sub {
	my ($sk) = way('level');
	my ($demuxed) = all('ip_rcv_finish_core', sk => $sk, type => 2);
	ok($demuxed, 'early demux finds the connection\'s socket');
	ok((all('tcp_v4_do_rcv', skb => $demuxed->{f}{skb}, sk => $sk)), 'which then receives that packet');
	ok((all('ip_rcv_finish_core', type => 2, sk => '00000000', proto => 1)), 'none for a ping');
	my ($forward) = all('ip_forward', daddr => '198.51.100.9');
	ok($forward, 'a packet for another network is forwarded');
	ok((all('ip_route_input_noref', skb => $forward->{f}{skb}, type => 1)), 'as the route said: unicast');
	my ($drop) = all('ip_route_input_noref', daddr => '203.0.113.9', type => 7);
	ok($drop, 'the route to a blackhole leads nowhere');
	ok((all('kfree_skb_reason', skb => $drop->{f}{skb}, from => sub { $_[0] > $drop->{from} })), 'and the packet is dropped');
	my ($ping) = all('icmp_rcv', type => 8);
	ok($ping && $ping->{f}{saddr} eq '192.0.2.2', 'icmp_rcv tells type and address');
	my ($tap) = all('packet_rcv', len => sub { $_[0] >= 1111 });
	ok($tap, 'a tap gets the packet');
	my ($clone) = $tap ? inside($tap, 'skb_clone', skb => $tap->{f}{skb}) : ();
	ok($clone && $clone->{f}{clone} ne $clone->{f}{skb}, 'a copy of it, by its own id');
	ok((all('kfree_skbmem', skb => $clone->{f}{clone}, from => sub { $_[0] > $clone->{from} })), 'by which it is given back');
	my ($nobody) = all('kfree_skb_reason', reason => 'NO_SOCKET');
	ok($nobody && scalar all('tcp_v4_rcv', skb => $nobody->{f}{skb}, dport => 7999), 'a SYN for nobody is dropped: NO_SOCKET');
};

# What else is told of each call: its numbers.
require './tests/guest/chain-values.pl';

part 'softirqs: where they run, and in which budget' => sub {
	my @rx = all('net_rx_action');
	my %where;
	for my $rx (@rx) {
		$where{ (around($rx, 'run_ksoftirqd')) ? 'ksoftirqd' : (around($rx, 'do_softirq')) ? 'task' : 'interrupt' }++;
	}
	ok($where{interrupt} && $where{task}, join ', ', map { "$_ $where{$_}" } sort keys %where);
	is(scalar(grep { $_->{comm} !~ m{^ksoftirqd/} } all('run_ksoftirqd')), 0, 'run_ksoftirqd is ksoftirqd\'s');
	is(scalar(grep { $_->{f}{work} > $_->{f}{weight} } all('__napi_poll')), 0, 'no poll exceeds its budget');
};

part 'a delayed acknowledgement is sent when its timer says so' => sub {
	my @timers = all('tcp_delack_timer_handler', dport => 7047);
	my ($timer) = grep { inside($_, 'tx_desc') } @timers;
	ok($timer, 'it puts a frame on the ring') or return;
	my ($delayed) = grep { $_->{to} < $timer->{from} } reverse all('tcp_rcv_established', sk => $timer->{f}{sk}, acked => 2);
	ok($delayed, 'after a segment whose acknowledgement was delayed');
	cmp_ok($timer->{from} - $delayed->{from}, '>', 1e6, 'and not at once');
};

part 'epoll, exclusive: one of two is woken' => sub {
	my @pids = slurp('exclusive.txt') =~ /^pid (\d+)/mg;
	my ($accepted) = slurp('exclusive.txt') =~ /^accepted (\d+)/m;
	my @adds = grep { $_->{f}{events} & $EXCLUSIVE } map { all('do_epoll_ctl', task => $_, op => 1) } @pids;
	is(scalar @adds, 2, 'both add the socket with EPOLLEXCLUSIVE') or return;
	my @entries = map { inside($_, 'add_wait_queue_exclusive') } @adds;
	is(scalar @entries, 2, 'each hangs an exclusive entry');
	is($entries[0]{f}{wq}, $entries[1]{f}{wq}, 'on the same wait queue');
	my %owner = map { ($entries[$_]{f}{wait} => $pids[$_]) } 0, 1;
	my @called = grep { $_->{from} > $entries[0]{to} } map { all('ep_poll_callback', wait => $_) } keys %owner;
	is(scalar @called, 1, 'one entry of the two is called back') or return;
	is("$called[0]{f}{exclusive} $called[0]{f}{ret}", '1 1', 'it is exclusive and has woken somebody');
	is($owner{ $called[0]{f}{wait} }, $accepted, 'the one that took the connection');
	ok($called[0]{f}{events} & $EXCLUSIVE, 'the item says so, too');
	ok((inside($called[0], 'sched_waking', pid => $accepted)), 'and is woken there');
};

part 'GRO chains datagrams; a program polls for them' => sub {
	is((slurp('polled.txt') =~ /^read (.*)/m)[0], join(' ', (200) x 8), 'the program has eight datagrams');
	my ($reader) = slurp('polled.txt') =~ /^pid (\d+)/;
	my @chained = all('skb_gro_receive_list', ret => 0, len => 200);
	cmp_ok(scalar @chained, '>=', 4, 'most of them were chained to the first of their poll') or return;
	my ($first) = map { $_->{f}{into} } @chained;
	ok(!(grep { $_->{f}{skb} eq $first } @chained), 'which is another');
	ok((around($chained[0], 'dev_gro_receive', skb => $chained[0]{f}{skb}, len => 200 + 28, protocol => 2048)), 'inside dev_gro_receive');
	my @received = all('udp_rcv', dport => 7049);
	ok((grep { $_->{f}{skb} eq $first } @received), 'the first brings them to UDP');
	my @queued = all('__udp_enqueue_schedule_skb', dport => 7049);
	is(scalar @queued, 8, 'each is queued by itself');
	my ($slept) = grep { $_->{f}{ret} == 1 && inside($_, '__pollwait') } all('do_sys_poll', task => $reader);
	my @asked = inside($slept // {}, 'udp_poll', sk => $queued[0]{f}{sk});
	ok(@asked >= 2, 'poll asks the socket, and again when it was woken') or return;
	is($asked[0]{f}{events}, 1 | 8 | 16, 'for IN, and for what is always told: ERR and HUP');
	is($asked[0]{f}{ret} & 1, 0, 'first there is nothing to read');
	is($asked[-1]{f}{ret} & 1, 1, 'then there is');
	my ($entry) = inside($slept, 'add_wait_queue', wq => $asked[0]{f}{wq});
	ok($entry && scalar all('pollwake', wait => $entry->{f}{wait}), 'the entry on its wait queue was called back');
	# The same memory may have been another skb before.
	my @with_first = grep { $_->{f}{into} eq $first } @chained;
	my ($flush) = grep { $_->{from} > $with_first[-1]{from} } all('napi_gro_complete', skb => $first);
	is($flush && $flush->{f}{count}, 1 + @with_first, 'what GRO chained is let go together');
};

part 'an error wakes, too' => sub {
	ok(slurp('refused.txt') =~ /^refused/m, 'the program was told that its datagram was refused');
	my ($told) = all('sock_def_error_report', sport => 7098);
	ok($told, 'the socket reports an error') or return;
	ok((around($told, 'icmp_rcv', type => 3, code => 3)), 'inside icmp_rcv: port unreachable');
	my ($pid) = slurp('refused.txt') =~ /^pid (\d+)/;
	ok((all('udp_recvmsg', task => $pid, sk => $told->{f}{sk}, ret => -111)), 'and recv returns it: ECONNREFUSED');
};

part 'a tap with a ring' => sub {
	my ($got) = slurp('ring.txt') =~ /^frame (\d+)/m;
	is($got, 1115 + 42, 'the program found the frame in its memory');
	my ($tap) = all('tpacket_rcv', len => 1115 + 28);
	ok($tap, 'tpacket_rcv had it') or return;
	ok((around($tap, '__netif_receive_skb_core', skb => $tap->{f}{skb})), 'before its protocol');
	ok(!(inside($tap, 'skb_clone')), 'copied into the ring, not cloned');
	ok((inside($tap, 'sched_waking')), 'and woke the program');
};

part 'what is freed' => sub {
	my %freed = map { ($_->{f}{skb} => 1) } all('kfree_skbmem'), all('napi_consume_skb');
	my @read = map { $_->{f}{skb} } all('tcp_queue_rcv', dport => 7040);
	is(scalar(grep { !$freed{$_} } @read), 0, 'every queued skb of the program\'s connections is given back');
	is(scalar(grep { $_->{f}{users} > 1 && inside($_, 'kfree_skbmem', skb => $_->{f}{skb}) } all('kfree_skb_reason')), 0,
		'an skb that others use, too, is not');
	# The first ones may have been sent before anybody recorded.
	my @sent = grep { around($_, 'rxe_poll') } all('napi_consume_skb', users => 1);
	splice @sent, 0, @sent / 2;
	cmp_ok(scalar @sent, '>', 20, 'our poll gives back what was sent');
	my %ring = map { ($_->{f}{skb} => $_->{ts}) } reverse all('tx_desc');
	is(scalar(grep { !$ring{ $_->{f}{skb} } || $ring{ $_->{f}{skb} } > $_->{from} } @sent), 0, 'each is an skb that was on the transmit ring');
};

# What is in the register then is whatever was left there, perhaps an address.
part 'a function that returns nothing' => sub {
	open my $table, '<', 'include/rxpath_hooks.h' or die;
	# The error of its route is told in its place.
	my @void = grep { $_ ne 'ip6_route_input' } do { local $/; <$table> } =~ /^RXPATH_HOOK\((\w+),[^"]*\bRXPATH_VOID\b/mg;
	cmp_ok(scalar(grep { all($_) } @void), '>', 20, 'has been called, more than twenty of that kind');
	is(scalar(grep { $_->{f}{ret} ne '0' } map { all($_) } @void), 0, 'has returned 0');
};
done_testing;
