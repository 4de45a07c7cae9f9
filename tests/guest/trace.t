#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0
#
# The trace: records two servers in a guest and compares the recording with what
# others say of the same seconds: the wire's pcap, the programs, trace-cmd's own
# report. What can be judged without the reader is; the packets' ways are held to
# rules by 'rxpath assert', as a teacher would.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename;
use File::Temp qw(tempdir);
use Test::More;
use lib dirname(abs_path($0));
use Report;

my $PEER_MAC = '52:54:00:12:34:02';
my $SHORTEST_FRAME = 60;	# what QEMU up to 10 pads a frame to, without the FCS

chdir dirname(abs_path($0)) . '/../..' or die;

sub slurp {
	my ($file) = @_;
	open my $handle, '<', $file or return '';
	local $/;
	return <$handle> // '';
}

# One guest records without GRO, and then with it.
my $all = tempdir(CLEANUP => 1);
my $status = system 'qemu/run', '--out', $all, '--pcap', "$all/wire.pcap", '--timeout', 400,
	'--', 'bash', 'tests/guest/inside/trace.sh';
is($status, 0, 'the guest recorded') or do {
	diag slurp("$all/console.log");
	done_testing;
	exit 1;
};

# GRO's calls for a frame, told in the event of the outermost.
sub inner_calls {
	my ($outer) = @_;
	my $f = $outer->{f};
	my @calls;
	push @calls, { %$outer, name => 'skb_gro_receive', f => { skb => $f->{skb}, into => $f->{into},
		start => $f->{start} + $f->{merge_after}, dur => $f->{merge_dur}, ret => $f->{merge_ret} } }
		if ($f->{inner} // 0) & 2;
	push @calls, { %$outer, name => 'dev_gro_receive',
		f => { %$f, start => $f->{start} + $f->{dev_after}, dur => $f->{dev_dur} } }
		if ($f->{inner} // 0) & 1;
	return @calls;
}

# Every event of the trace, and the calls that are told in it.
sub events {
	my ($file) = @_;
	return map { (inner_calls($_), $_) } reported($file);
}

sub padded { my ($len) = @_; return $len < $SHORTEST_FRAME ? $SHORTEST_FRAME : $len }

# Frames that the peer put on the wire between the two marks of a recording, the first
# being number 1, by length.
sub frames_on_wire {
	my ($pcap, $recording) = @_;
	my @frames = map { chomp; [split /\t/] } `tshark -r $pcap -Y 'eth.src == $PEER_MAC' -T fields -e frame.len -e icmp.type 2>/dev/null`;
	my @between;
	my $inside = 0;
	for my $frame (@frames) {
		my ($len, $icmp) = @$frame;
		$inside = 1 if $len == 1111 + 42 && defined $icmp && !--$recording;
		push @between, padded($len) if $inside;
		last if $inside && $len == 1222 + 42;
	}
	return @between;
}

sub frames_in_ring {
	my (@events) = @_;
	my @between;
	my $inside = 0;
	for my $event (grep { $_->{name} eq 'rx_desc' } @events) {
		my $len = $event->{f}{len};
		$inside = 1 if $len == 1111 + 42;
		push @between, padded($len) if $inside;
		last if $len == 1222 + 42;
	}
	return @between;
}

sub within {
	my ($inner, $outer) = @_;
	my $start = $inner->{f}{start} // $inner->{ts};
	return $inner->{cpu} == $outer->{cpu} && $start >= $outer->{f}{start} &&
		$start <= $outer->{f}{start} + $outer->{f}{dur};
}

# The TAP of 'rxpath assert' becomes ours.
sub hold_to_rules {
	my ($name, $rules, $trace) = @_;
	my $results = 0;
	open my $tap, '-|', 'userspace/rxpath', 'assert', $rules, $trace or die;
	while (<$tap>) {
		chomp;
		if (/^(not )?ok \d+ - (.*)/) {
			ok(!$1, "$name: $2");
			$results++;
		} elsif (/^#\s?(.*)/) {
			diag $1;
		} elsif (/^1\.\.(\d+)/) {
			is($results, $1, "$name: every rule of $rules was judged");
			$results = -1;
		}
	}
	close $tap;
	is($results, -1, "$name: to the end") if $results != -1;
}

# Records with a hole between two fields: what lay in the trace buffer before would be
# in it. One that ends within a word has its last bytes cleared.
sub uncovered {
	my ($formats) = @_;
	my ($name, $end, @holes);

	for (split /\n/, $formats) {
		($name, $end) = ($1, 0) if /^name: (\w+)/;
		next unless my ($offset, $size) = /\boffset:(\d+);\s+size:(\d+);/;
		push @holes, "$name:$end" if $offset > $end;
		$end = $offset + $size;
	}
	return defined $name ? @holes : 'no formats';
}

# The bytes behind the last field in each record of the pages in the files: a record is
# a word with its length in words, and the time since the one before, and its data.
sub tails {
	my ($format, @files) = @_;
	my ($id) = slurp($format) =~ /^ID: (\d+)/m;
	my ($end) = reverse map { $_->[0] + $_->[1] } map { [/offset:(\d+);\s+size:(\d+)/] } grep { /offset:/ } split /\n/, slurp($format);
	my @tails;

	for my $page (map { unpack '(a4096)*', slurp($_) } @files) {
		my ($time, $commit) = unpack 'Q< Q<', $page;
		my $records = substr $page, 16, $commit & 0xfffff;
		while (length $records >= 4) {
			my $words = unpack('V', $records) & 31;
			# Longer records, padding, and times by themselves are not ours.
			last if !$words || $words == 29;
			my $len = $words > 29 ? 4 : 4 * $words;
			push @tails, unpack 'H*', substr $records, 4 + $end, $len - $end
				if $words < 29 && unpack('v', substr $records, 4) == $id;
			substr $records, 0, 4 + $len, '';
		}
	}
	return @tails;
}

sub check_common {
	my ($gro, $out, @events) = @_;

	my @wire = frames_on_wire("$all/wire.pcap", $gro eq 'off' ? 1 : 2);
	my @ring = frames_in_ring(@events);
	cmp_ok(scalar @wire, '>', 30, "gro $gro: the wire's pcap holds the traffic");
	is_deeply(\@ring, \@wire, "gro $gro: every frame on the wire has its descriptor event, in order, with its length");

	like(slurp("$out/rmmod.err"), qr/in use/, "gro $gro: the trace module cannot be removed while it records");
	is(slurp("$out/complaints"), '', "gro $gro: the kernel has nothing to complain about");

	for my $server (qw(epoll recv bulk)) {
		my ($pid) = slurp("$out/$server-server.txt") =~ /^pid (\d+)/;
		my ($read, $read_sum) = slurp("$out/$server-server.txt") =~ /read (\d+) bytes, sum (\w+)/;
		my ($sent, $sent_sum) = slurp("$out/$server-client.txt") =~ /sent (\d+) bytes, sum (\w+)/;
		is("$read $read_sum", "$sent $sent_sum", "gro $gro: the $server server's bytes are the peer's bytes");

		my @reads = grep { $_->{name} eq 'tcp_recvmsg' && $_->{task} == $pid } @events;
		my ($bytes, $next, $gaps) = (0, undef, 0);
		for my $read (grep { $_->{f}{ret} > 0 } @reads) {
			$gaps++ if defined $next && $read->{f}{seq} != $next;
			$gaps++ if (($read->{f}{seq} + $read->{f}{ret}) & 0xffffffff) != $read->{f}{seq_after};
			$next = $read->{f}{seq_after};
			$bytes += $read->{f}{ret};
		}
		is($bytes, $read, "gro $gro: the $server server's reads in the trace add up to its bytes");
		is($gaps, 0, "gro $gro: and follow each other without a gap in sequence numbers");
	}

	# Which hops in which order, who was woken, what each read returned.
	hold_to_rules("gro $gro", 'tests/rules/trace.rules', "$out/trace.dat");

	# Of the two servers' wake-ups each is where the socket says that it is readable.
	my ($pid) = slurp("$out/recv-server.txt") =~ /^pid (\d+)/;
	my @wakes = grep { $_->{name} eq 'woken_wake_function' && $_->{f}{pid} == $pid } @events;
	my @unnested = grep {
		my $wake = $_;
		!grep { $_->{name} =~ /^sock_def_(readable|wakeup)$/ && within($wake, $_) } @events
	} @wakes;
	is(scalar @unnested, 0, "gro $gro: each time inside sock_def_readable, or sock_def_wakeup for the FIN");

	# Memory of the kernel begins with ffff, in binary as in text.
	# trace-cmd compresses its file: what is in it shows only without that.
	system "trace-cmd convert -i $out/trace.dat -o $out/plain.dat --compression none > /dev/null 2>&1";
	my $trace = slurp("$out/plain.dat");
	like($trace, qr/sys_enter_read/, "gro $gro: the trace's text can be searched");
	my @text = $trace =~ /\bffff[89a-f][0-9a-f]{11}\b/g;
	is(scalar @text, 0, "gro $gro: no kernel address in the trace's text") or diag join ' ', @text[0 .. ($#text > 4 ? 4 : $#text)];
	# A leaked object shows at each of its hops; two neighbouring ids that look like
	# an address by chance do not.
	# A program's stack, at 0x7fff_ffff_xxxx in each, is none of the kernel's. Nor is a
	# system call's number: the kernel's own event has four bytes behind it that it does
	# not write, where a kernel that gives out memory uncleared shows what lay there.
	# Nor are the bytes up to the next word behind an interrupt's name, 16 bytes into
	# the record of irq_handler_entry.
	while ($trace =~ /\x10\0(.)\0([\w.:-]+)\0/gs) {
		my $end = pos $trace;
		next unless ord $1 == 1 + length $2;
		substr $trace, $end, -$end & 3, "\0" x (-$end & 3);
		pos $trace = $end;
	}
	my %pointers;
	my @half = (unpack('L<*', $trace . "\0" x 3), 0);
	for my $i (0 .. $#half - 2) {
		my ($low, $high, $next) = @half[$i .. $i + 2];
		next unless $high >= 0xffff8000 && $high < 0xfffff000 && $next != 0x7fff ||
			$high == 0xffffffff && $low >= 0x80000000 && $low < 0xff000000;
		next if $low < 1024;
		$pointers{$high << 32 | $low}++;
	}
	my @leaked = map { sprintf '%016x x %d', $_, $pointers{$_} } grep { $pointers{$_} > 3 } keys %pointers;
	is(scalar @leaked, 0, "gro $gro: no kernel address in the trace's records") or diag join "\n", @leaked;
	is(join(' ', uncovered(slurp("$out/formats"))), '', "gro $gro: every byte of a record of ours is a field's");
	# Objects are aligned; ids made of addresses would be.
	my %ids = map { hex($_->{f}{skb} // 0) => 1 } @events;
	delete $ids{0};
	my $aligned = grep { $_ % 16 == 0 } keys %ids;
	cmp_ok($aligned, '<', 0.3 * keys %ids, "gro $gro: no id is a part of an address");

	is(slurp("$out/kptr_restrict"), "0\n", "gro $gro: kptr_restrict is back to what it was");

	is(scalar(grep { /FAILED TO PARSE|unknown event/i } `trace-cmd report $out/trace.dat 2>&1`), 0,
		"gro $gro: trace-cmd report reads every event");
}

my @tails = tails("$all/ones.format", map { "$all/ones.$_" } 0, 1);
cmp_ok(scalar @tails, '>=', 20, 'a buffer that was full of ones has records');
is(join(' ', grep { $_ ne '0000' } @tails), '', 'behind the last field of each are zeroes');

my $out = "$all/off";
my @events = events("$out/trace.dat");
check_common('off', $out, @events);

# One data segment to the epoll server, from its descriptor on.
my ($segment) = grep { $_->{name} eq 'tcp_v4_rcv' && $_->{f}{dport} == 7000 && $_->{f}{len} == 200 } @events;
ok($segment, 'a data segment for the epoll server is in the trace') or BAIL_OUT('no such segment');
my ($desc) = grep { $_->{name} eq 'rx_desc' && $_->{f}{skb} eq $segment->{f}{skb} && $_->{ts} < $segment->{f}{start} } reverse @events;
ok($desc, 'its skb has a descriptor event with the same id');
is($desc->{f}{len}, 200 + 14 + 20 + 32, 'of the frame\'s length');
for my $outer (qw(ip_rcv netif_receive_skb rxe_poll __napi_poll net_rx_action)) {
	ok((grep { $_->{name} eq $outer && within($segment, $_) } @events), "tcp_v4_rcv runs inside $outer");
}
my ($poll) = grep { $_->{name} eq 'rxe_poll' && within($segment, $_) } @events;
my ($intr) = grep { $_->{name} eq 'rxe_intr' && $_->{f}{start} < $poll->{f}{start} } reverse @events;
ok($intr, 'the poll was scheduled by an interrupt before it');
ok((grep { $_->{name} eq '__napi_schedule' && within($_, $intr) } @events), 'from within its handler');
my ($readable) = grep { $_->{name} eq 'sock_def_readable' && within($_, $segment) } @events;
ok($readable && $readable->{f}{dport} == 7000, 'sock_def_readable runs inside tcp_v4_rcv');

my @rows = map { [split /\t/] } split /\n/, slurp("$out/hooks");
is($rows[0][0], 'event', 'debugfs rxpath/hooks has a heading');
# The kernel is the guest's own word: which one is the default is the host's.
chomp(my $kernel = slurp("$all/kernel"));
my ($series) = $kernel =~ /^(\d+[.]\d+)[.]/;
# A hook may be missing where the kernel has none of its functions, and only there: what is
# inlined changes within a series, too.
my %functions = map { /^\S+ [tTwW] (\S+)/ ? ($1 => 1) : () } split /\n/, slurp("$out/functions");
cmp_ok(scalar keys %functions, '>', 10_000, 'the guest told which functions it has');
my %candidates = slurp('include/rxpath_hooks.h') =~ /^RXPATH_HOOK\((\w+),[^"]*"([^"]+)"/mg;
is(scalar keys %candidates, $#rows, 'every hook is in the table');
sub is_absent {
	my ($hook) = @_;
	for my $candidate (split /[|]/, $candidates{$hook}) {
		my ($name, $since) = $candidate =~ /^(?:\w+:)?([^@]+)@?(.*)/;
		return 0 if $functions{$name} && !($since && version->parse("v$since") > version->parse("v$series"));
	}
	return 1;
}
is_deeply([map { $_->[0] } grep { $_->[3] ne 'idle' } @rows[1 .. $#rows]],
	[grep { is_absent($_) } map { $_->[0] } @rows[1 .. $#rows]],
	'every hook is attached whose function this kernel has');
# What the debug kernel's configuration leaves whole or inlines is not a matter of the series.
my $docs = $kernel !~ /-debug-/ && -e "docs/hooks/$series.tsv" ? slurp("docs/hooks/$series.tsv") : "# none\n";
# Of the very kernel that they were written on, the docs are what the module says: the
# function that it took, how, and why not another or otherwise.
SKIP: {
	my ($written, @docs) = split /\n/, $docs;
	skip "docs/hooks has nothing of this very kernel", 1 unless $written eq "# $kernel";
	is_deeply([map { join "\t", @$_[0, 1, 2, 5] } @rows[1 .. $#rows]], \@docs,
		"each hook's function, mechanism and reason are those of docs/hooks/$series.tsv");
}

$out = "$all/on";
@events = events("$out/trace.dat");
check_common('on', $out, @events);
my @merges = grep { $_->{name} eq 'skb_gro_receive' && $_->{f}{ret} == 0 } @events;
cmp_ok(scalar @merges, '>', 0, 'gro on: segments of the large message were merged');
is(scalar(grep { $_->{f}{into} eq $_->{f}{skb} } @merges), 0, 'gro on: each into another skb');
ok((grep { $_->{name} eq 'ip_list_rcv' } @events), 'gro on: packets go up as a list');
done_testing;
