# SPDX-License-Identifier: GPL-2.0
#
# A part of tests/guest/trace-chain.t, which reads the recording: what each call's
# event says, held to what was sent and to what the events around it say.
use strict;
use warnings;
use Test::More;
use Chain;

our $pid;

my ($server6, $peer6) = map { join '.', 0x20, 1, 0xd, 0xb8, (0) x 11, $_ } 1, 2;
subtest 'from the interrupt to the stack, by its numbers' => sub {
	chomp(my ($irq, $ifindex) = (slurp('irq'), slurp('ifindex')));
	my ($frame) = all('rx_desc', len => 1120 + 42);
	ok($frame, 'the descriptor of a ping') or return;
	my ($poll) = around($frame, 'rxe_poll');
	my $fields = sub { my ($call, @names) = @_; return join ' ', map { $call->{f}{$_} // '-' } @names };
	is($fields->($poll, qw(ifindex weight work)), join(' ', $ifindex, 64, scalar(inside($poll, 'rx_desc'))),
		'rxe_poll: the interface, the budget, as much work as it took descriptors');
	my ($outer) = around($poll, '__napi_poll');
	is($fields->($outer, qw(napi ifindex weight work)), $fields->($poll, qw(napi ifindex weight work)), '__napi_poll: the same');
	is($outer->{f}{ret}, $outer->{f}{work}, 'and returned it');
	my ($complete) = inside($poll, 'napi_complete_done');
	is($fields->($complete, qw(napi work ret)), $fields->($poll, qw(napi work)) . ' 1', 'napi_complete_done is told it, and agrees');
	my ($schedule) = grep { $_->{from} < $poll->{from} } reverse all('__napi_schedule', napi => $poll->{f}{napi});
	my ($intr) = around($schedule // {}, 'rxe_intr');
	is($intr && $fields->($intr, qw(irq ret)), "$irq 1", "the interrupt on that interface's line, handled, had scheduled it");
	my ($up) = inside($poll, 'netif_receive_skb', skb => $frame->{f}{skb});
	ok($up && !inside($poll, 'napi_gro_receive', skb => $frame->{f}{skb}), 'without GRO it goes up by itself') or return;
	my ($core) = inside($up, '__netif_receive_skb_core', skb => $frame->{f}{skb});
	is($fields->($_, qw(ifindex len protocol)), "$ifindex 1148 2048", "$_->{name}: interface, length without the header, protocol") for $up, $core // {};

	my ($offered) = grep { !$_->{f}{merged} } all('napi_gro_receive', ifindex => $ifindex, len => 1111 + 28);
	my ($before) = grep { $_->{ts} < $offered->{from} } reverse all('rx_desc', skb => $offered->{f}{skb});
	is($fields->($offered, 'protocol') . " $before->{f}{len}", '2048 ' . (1111 + 42), 'with GRO: that frame is offered to it');
	my ($list) = grep { $_->{from} > $offered->{from} } all('netif_receive_skb_list_internal', first => $offered->{f}{skb});
	ok($list && inside($list, 'ip_list_rcv', first => $offered->{f}{skb}, count => $list->{f}{count}), 'and goes up in a list');
};

subtest 'IP: every hop of one packet' => sub {
	my $v4 = { saddr => '192.0.2.2', daddr => '192.0.2.1', proto => 1, ttl => 64 };
	my ($rcv) = all('ip_rcv', %$v4, len => 1120 + 28);
	ok($rcv, 'ip_rcv has a packet that came by itself') or return;
	my $skb = $rcv->{f}{skb};
	my ($core) = inside($rcv, 'ip_rcv_core', skb => $skb, %$v4, len => 1120 + 28, ret => 1);
	my ($finish) = inside($rcv, 'ip_rcv_finish_core', skb => $skb, %$v4, len => 1120 + 28, id => $rcv->{f}{id}, type => 2);
	my ($deliver) = inside($rcv, 'ip_local_deliver', skb => $skb, %$v4, len => 1120 + 28, id => $rcv->{f}{id});
	my ($last) = inside($deliver // {}, 'ip_local_deliver_finish', skb => $skb, %$v4, len => 1120 + 28);
	ok($core && $finish && $deliver && $last, 'then ip_rcv_core, ip_rcv_finish_core, ip_local_deliver, ip_local_deliver_finish');
	ok($finish && $core->{to} <= $finish->{from} && $finish->{to} <= $deliver->{from}, 'in this order');
	is(scalar inside($last // {}, 'icmp_rcv', skb => $skb, type => 8), 1, 'to icmp_rcv');
	my ($route) = inside($finish, 'ip_route_input_noref', skb => $skb, type => 2);
	is(field('ret', inside($route, 'fib_table_lookup')), 0, 'fib_table_lookup found the route, in ip_route_input_noref');
	my ($nowhere) = all('ip_route_input_noref', daddr => '203.0.113.9', type => 7);
	is(field('ret', inside($nowhere, 'fib_table_lookup')), -22, 'of a blackhole it says EINVAL');

	my $v6 = { saddr => $peer6, daddr => $server6, proto => 58, hops => 64 };
	my ($rcv6) = all('ipv6_rcv', %$v6, len => 1121 + 48);
	ok($rcv6, 'ipv6_rcv has a packet that came by itself') or return;
	$skb = $rcv6->{f}{skb};
	for my $hop (qw(ip6_rcv_core ip6_input ip6_input_finish)) {
		is(scalar inside($rcv6, $hop, skb => $skb, %$v6, len => 1121 + 48), 1, "then $hop");
	}
	is(scalar inside($rcv6, 'ip6_route_input', skb => $skb, saddr => $peer6, daddr => $server6, type => 2), 1, 'by a route to here');
};

subtest 'IP: what netfilter held goes on' => sub {
	my ($pid) = slurp('queue.txt') =~ /^pid (\d+)/ or plan skip_all => 'this kernel has no queue of netfilter';
	for my $case (['ip_rcv', 'ip_rcv_finish', 1122 + 28, 'ip_rcv_finish_core', 'ip_local_deliver', 'icmp_rcv'],
		['ipv6_rcv', 'ip6_rcv_finish', 1123 + 48, 'ip6_route_input', 'ip6_input', 'icmpv6_rcv']) {
		my ($rcv, $finish, $len, @on) = @$case;
		my ($arrived) = all($rcv, len => $len);
		my ($held) = all($finish, task => $pid, len => $len, skb => $arrived->{f}{skb});
		ok($held, "$finish: in the program that was asked, the same packet") or next;
		cmp_ok($held->{from}, '>', $arrived->{to}, "after $rcv had ended");
		is($held->{f}{$_}, $arrived->{f}{$_}, "with its $_") for qw(saddr daddr proto);
		is(scalar inside($held, $_, skb => $held->{f}{skb}), 1, "and on to $_") for @on;
		is(scalar inside($arrived, $on[-1]), 0, 'where it had not been before');
	}
};

subtest 'IPv6: forward, drop' => sub {
	my ($forward) = all('ip6_forward', len => 1116 + 48);
	is($forward && "$forward->{f}{saddr} $forward->{f}{hops}", "$peer6 64", 'a packet for another network is forwarded') or return;
	my $skb = $forward->{f}{skb};
	my ($routed) = grep { $_->{to} <= $forward->{from} } reverse all('ip6_route_input', skb => $skb);
	is($routed->{f}{type}, 1, 'as the route said: unicast');
	ok(!(grep { $_->{from} > $routed->{from} && $_->{to} < $forward->{to} } all('ip6_input', skb => $skb)), 'and not taken in');
	my ($last) = grep { $_ != $forward } all('ip6_forward', len => 1116 + 48);
	is($last && $last->{f}{hops}, 63, 'at the other end it has a hop less');
	my ($nowhere) = all('ip6_route_input', daddr => join('.', 0x20, 1, 0xd, 0xb8, 0, 0x99, (0) x 9, 9));
	is("$nowhere->{f}{type} $nowhere->{f}{ret}", '7 -113', 'the other route leads nowhere: EHOSTUNREACH');
	ok((all('kfree_skb_reason', skb => $nowhere->{f}{skb}, from => sub { $_[0] > $nowhere->{from} })), 'and the packet is dropped');
};

subtest 'IPv6: to groups' => sub {
	for my $case ([1118, 'everybody', 1], [1119, 'nobody', 0]) {
		my ($size, $who, $taken) = @$case;
		# The sender hears itself, too.
		my ($group) = grep { around($_, 'ipv6_list_rcv') } all('ip6_mc_input', len => $size + 48);
		is($group && join('.', (split /\./, $group->{f}{daddr})[0, 1, 14, 15]), $taken ? '255.2.0.1' : '255.2.119.119',
			"ip6_mc_input: a packet for a group of $who") or next;
		my ($route) = grep { $_->{to} <= $group->{from} } reverse all('ip6_route_input', skb => $group->{f}{skb});
		is($route->{f}{type}, 5, 'by a multicast route');
		is(scalar inside($group, 'ip6_input', skb => $group->{f}{skb}), $taken, $taken ? 'is taken in' : 'is not taken in');
		is(scalar(grep { $_->{f}{type} == 128 } inside($group, 'icmpv6_rcv', skb => $group->{f}{skb})), $taken, 'and icmpv6_rcv has it') if $taken;
		ok((inside($group, 'kfree_skbmem', skb => $group->{f}{skb})), 'but given back') unless $taken;
	}
};

subtest 'TCP: a segment told at each hop' => sub {
	my ($syn, $ack, $next) = all('tcp_v4_rcv', dport => 7041, sport => 20001);
	is(join(' ', @{ $next->{f} }{qw(saddr daddr seq len flags window)}), '192.0.2.77 192.0.2.1 1001 100 24 60000',
		'tcp_v4_rcv: addresses, sequence number, bytes, flags, window as they were sent');
	is("$syn->{f}{seq} $syn->{f}{ack} $syn->{f}{flags}", '1000 0 2', 'and of the SYN');
	is($next->{f}{ack}, $ack->{f}{ack}, 'each acknowledges the SYN-ACK');
	my @named = qw(tcp_v4_do_rcv tcp_rcv_established);
	my ($do, $established) = map { (inside($next, $_, skb => $next->{f}{skb}))[0] } @named;
	my ($queued) = inside($established // {}, 'tcp_queue_rcv', skb => $next->{f}{skb});
	ok($do && within($established, $do) && $queued, 'then tcp_v4_do_rcv, tcp_rcv_established, tcp_queue_rcv') or return;
	for my $hop ($do, $established) {
		is(join(' ', @{ $hop->{f} }{qw(state seq end_seq rcv_nxt rcv_nxt_after queued_after)}), '1 1001 1101 1001 1101 100',
			"$hop->{name}: ESTABLISHED, its sequence range, and what it did to the socket's");
	}
	is("$queued->{f}{sk} $queued->{f}{queued} $queued->{f}{queued_after}", "$do->{f}{sk} 0 100", 'tcp_queue_rcv: 100 bytes more to be read');
	my ($child) = inside($ack, 'tcp_child_process');
	my ($made) = inside($child // {}, 'tcp_rcv_state_process', skb => $ack->{f}{skb});
	is($made && "$made->{f}{sk} $made->{f}{state}", "$do->{f}{sk} 3", 'tcp_rcv_state_process: the handshake ends in SYN_RECV');
	is($child->{f}{skb}, $ack->{f}{skb}, 'by the segment that tcp_child_process was given');
	my ($set) = inside($ack, 'inet_sk_set_state');
	is("$set->{f}{sk} $set->{f}{state} $set->{f}{state_after} $set->{f}{dport}", "$do->{f}{sk} 10 3 7041",
		'inet_sk_set_state: the new socket, made of the listening one, is in SYN_RECV');
	my @ends = map { $_->{f}{state} } all('tcp_rcv_state_process', sk => $do->{f}{sk}, sport => 20001, from => sub { $_[0] > $next->{to} });
	is("@ends", 9, 'and again in LAST_ACK');
	# Who closes first leaves this behind, to which the other's FIN comes.
	my @left = all('tcp_timewait_state_process');
	my @fins = grep { around($_, 'tcp_v4_rcv', skb => $_->{f}{skb}, flags => 17) } @left;
	ok(scalar @fins, 'tcp_timewait_state_process: a FIN for a closed connection');
	is(scalar(grep { $_->{f}{ret} != 2 || $_->{f}{len} != 32 } @fins), 0, 'a header and no byte, to be acknowledged');
	my @rcv = qw(tcp_v4_rcv tcp_v6_rcv);
	is(scalar(grep { my $one = $_; !grep { around($one, $_, skb => $one->{f}{skb}) } @rcv } @left), 0,
		'each comes by tcp_v4_rcv, or tcp_v6_rcv');
};

subtest 'TCP: joined to the last of the queue; told when it is enough' => sub {
	my ($reader) = slurp('late.txt') =~ /^pid (\d+)/;
	my ($peek, $read) = all('tcp_recvmsg', task => $reader, dport => 7047);
	my $sk = $read->{f}{sk};
	is(join(' ', map { "$_->{f}{want} $_->{f}{flags} $_->{f}{ret} " . ($_->{f}{seq_after} - $_->{f}{seq} & 0xffffffff) } $peek, $read),
		'1000 258 1000 0 1000 256 1000 1000', 'one read peeks and leaves the bytes, the other takes them; both wait for all');
	my @queued = grep { $_->{f}{end_seq} != $_->{f}{seq} } all('tcp_queue_rcv', sk => $sk, dport => 7047);
	my ($tail, $joined, $wrong) = ($queued[0], 0, 0);
	for my $next (@queued[1 .. $#queued]) {
		my ($tried) = inside($next, 'tcp_try_coalesce', sk => $sk, skb => $next->{f}{skb});
		$wrong++ unless $tried && $tried->{f}{into} eq $tail->{f}{skb} && $tried->{f}{seq} == $next->{f}{seq} && $tried->{f}{end_seq} == $next->{f}{end_seq};
		$joined += $tried->{f}{ret} if $tried;
		$tail = $next unless $tried && $tried->{f}{ret};
	}
	is($wrong, 0, 'tcp_try_coalesce: each segment is offered to the last skb of the queue');
	cmp_ok($joined, '>=', 5, 'and most are joined to it');
	my @copied = inside($read, 'skb_copy_datagram_iter');
	is("$copied[0]{f}{skb} $copied[0]{f}{offset}", "$queued[0]{f}{skb} 0", 'the read copies from there');
	is(eval { my $sum = 0; $sum += $_->{f}{len} for @copied; $sum }, 1000, 'all bytes');
	my @told = all('tcp_data_ready', sk => $sk, dport => 7047);
	is($told[0]{f}{queued}, 100, 'tcp_data_ready: the first hundred bytes');
	is(scalar(grep { ($_->{f}{queued} >= 250) != !!inside($_, 'sock_def_readable', sk => $sk, queued => $_->{f}{queued}) } @told), 0,
		'sock_def_readable is called for 250 and more, as the socket was told, and for no less');
	is(scalar(grep { !around($_, 'tcp_rcv_established', sk => $sk) } @told), 0, 'by tcp_rcv_established');

	my ($overlap) = all('tcp_rcv_established', dport => 7041, order => 3);
	my ($new) = all('skb_copy_datagram_iter', skb => $overlap->{f}{skb}, from => sub { $_[0] > $overlap->{from} });
	is("$new->{f}{offset} $new->{f}{len}", '50 50', 'of a segment that overlaps the read copies what is new');
	# What came before may have been there still, and the FIN already.
	ok((grep { $_->{f}{seq} <= 1301 && $_->{f}{ret} == 1351 - $_->{f}{seq} && $_->{f}{seq_after} =~ /^135[12]$/ }
			around($new, 'tcp_recvmsg', dport => 7041)),
		'and says so by its range');
};

# The way of a wake-up: through the queue to the entry that the task has hung there.
subtest 'who waits, and who is woken' => sub {
	# Whether a certain read finds bytes or sleeps is a matter of luck; some sleep. The
	# end of a connection wakes in another way.
	my ($slept) = grep {
		my $slept = $_;
		grep { $_->{from} < $slept->{to} && around($_, 'sock_def_readable', sk => $slept->{f}{sk}) }
			map { my $from = $_->{from}; all('woken_wake_function', wait => $_->{f}{wait}, from => sub { $_[0] > $from }) }
			inside($slept, 'add_wait_queue');
	} all('sk_wait_data', dport => sub { $_[0] =~ /^704[147]$/ });
	ok($slept, 'sk_wait_data: a read sleeps until there is something') or return;
	ok((around($slept, 'tcp_recvmsg', task => $slept->{task}, sk => $slept->{f}{sk})), 'in tcp_recvmsg, for the same socket');
	my ($hung) = inside($slept, 'add_wait_queue');
	for my $case (['woken_wake_function', $hung, $slept->{task}, $slept->{comm}, 1],
		['pollwake', (inside((of_way('poll', 'do_sys_poll', task => $pid))[0], 'add_wait_queue'))[0], $pid, 'waits', 0]) {
		my ($callback, $entry, $task, $name, $same) = @$case;
		my ($woken) = all($callback, wait => $entry->{f}{wait}, from => sub { $_[0] > $entry->{from} });
		ok($woken, "$callback: that very entry is called back") or next;
		my ($default) = inside($woken, 'default_wake_function');
		is($default && "$default->{f}{pid} $default->{f}{key}", "$task $woken->{f}{key}", "$callback: default_wake_function names the task");
		is($default->{f}{comm}, $name, "$callback: by its name, too");
		is($default->{f}{wait} eq $woken->{f}{wait}, !!$same, "$callback: for " . ($same ? 'the same entry' : 'an entry of its own'));
		ok((inside($default, 'sched_waking', pid => $task)), "$callback: and wakes it");
		my ($walk) = around($woken, '__wake_up_common', wq => $entry->{f}{wq});
		my ($all) = around($woken, '__wake_up_sync_key', wq => $entry->{f}{wq});
		# IN, PRI, RDNORM, RDBAND: what sk_data_ready says.
		is(join(' ', map { $_ ? $_->{f}{key} : '-' } $all, $walk), '195 195', "$callback: called from a walk of that wait queue, which says what is ready");
		ok(within($all, (around($woken, 'sock_def_readable'))[0]), "$callback: inside sock_def_readable");
	}
	my ($callback) = of_way('level', 'ep_poll_callback', fd => field('fd', of_way('level', 'do_epoll_ctl', task => $pid, op => 1)));
	my ($wakes) = inside($callback, 'ep_autoremove_wake_function');
	is($wakes && "$wakes->{f}{pid} $wakes->{f}{comm}", "$pid waits", 'ep_autoremove_wake_function names the task in epoll_wait');
	is(field('wait', inside($wakes, 'default_wake_function')), field('wait', $wakes // ()), 'which default_wake_function wakes, by the same entry');
	is("$callback->{f}{key}", 195, 'ep_poll_callback is told what is ready');

	my ($connect) = all('inet_stream_connect', sport => 7040);
	my ($entry) = inside($connect, 'add_wait_queue');
	my ($change) = grep { inside($_, 'woken_wake_function', wait => $entry->{f}{wait}, pid => $connect->{task}, key => 0) }
		all('sock_def_wakeup', sk => $connect->{f}{sk}, state => 1);
	ok($change, 'sock_def_wakeup: the one in connect is woken, as the state is ESTABLISHED');
};

subtest "the programs' calls, by their numbers" => sub {
	my ($sk, $from) = way('level');
	my ($made) = all('__sock_create', task => $pid);
	is(join(' ', @{ $made->{f} }{qw(family type protocol ops prot)}), '2 1 6 inet_stream_ops TCP', '__sock_create: AF_INET, SOCK_STREAM, and TCP by default');
	my ($syn) = all('tcp_conn_request', dport => 7040);
	is("$syn->{f}{backlog} $syn->{f}{accept_queue} $syn->{f}{accept_queue_after}", '16 0 0', 'tcp_conn_request: the room for accept, and that none waits there');
	for my $kind (qw(udp6 tcp6)) {
		my ($task) = slurp("$kind.txt") =~ /^pid (\d+)/;
		my ($bind) = all('inet6_bind', task => $task);
		my ($create) = all('inet6_create', task => $task);
		is($bind && "$bind->{f}{sk} $bind->{f}{dport} $bind->{f}{ret}", "$create->{f}{sk} " . ($kind eq 'udp6' ? 7045 : 7046) . ' 0',
			"$kind: inet6_bind gives that socket its port");
	}
	chomp(my $limit = slurp('rmem'));
	my ($datagram) = all('udp_queue_rcv_skb', dport => 7045);
	my ($queued) = inside($datagram, '__udp_enqueue_schedule_skb');
	is("$datagram->{f}{len} $queued->{f}{len} $queued->{f}{limit}", 333 + 8 . " 333 $limit", 'a datagram: with its header, without, and the room that the socket has');
	my ($select) = of_way('select', 'do_select', task => $pid);
	my ($polled) = inside($select, 'sock_poll', sk => (way('select'))[0]);
	my ($tcp) = inside($polled // {}, 'tcp_poll');
	is($tcp && join(' ', @{ $tcp->{f} }{qw(sk wq events ret state)}), join(' ', @{ $polled->{f} }{qw(sk wq events ret)}) . ' 1', 'sock_poll asks tcp_poll, and says what that says');
	ok($polled->{f}{events} & 1 && !($polled->{f}{ret} & 1), 'asked for bytes, there are none yet');
	is(field('nfds', of_way('poll', 'do_sys_poll', task => $pid)), 1, 'poll: one descriptor');
	ok($select->{f}{nfds} > 3, 'select: up to its own');
	my @waits = of_way('level', 'do_epoll_wait', task => $pid);
	my ($add) = of_way('level', 'do_epoll_ctl', task => $pid, op => 1);
	is("$waits[0]{f}{epfd} $waits[0]{f}{maxevents} $waits[0]{f}{ready}", "$add->{f}{epfd} 1 0", 'epoll_wait: the descriptor, the room for one event, an empty ready list');
	is("$waits[1]{f}{ready} $add->{f}{events} $add->{f}{ret}", '1 1 0', 'the second finds one there; IN was asked for');
};
1;
