# SPDX-License-Identifier: GPL-2.0
#
# A recording's events, and how to ask for them: tests/guest/trace-chain.t's.
package Chain;
use strict;
use warnings;
use Exporter 'import';
use Test::More;
use Report;

our @EXPORT = qw(read_events %named %missing hooked part all first_of one within inside around field);

# Hooks of which the module says that this kernel lacks them; trace.t holds it to that.
our %missing;
sub hooked { return !grep { $missing{$_} } @_ }

# part NAME => sub { ... }: a subtest. Where it asks for events of a hook that this kernel
# lacks, the rest of it is skipped, and that hook is named.
sub part {
	my ($name, $checks) = @_;
	return subtest $name => sub {
		return if eval { $checks->(); 1 };
		die $@ unless ref $@ eq 'Chain::Lacking';
		SKIP: { skip "this kernel has no $@->{hook} to trace", 1 }
	};
}

# GRO's calls for a frame, told in the event of the outermost.
sub inner_calls {
	my ($outer) = @_;
	my $f = $outer->{f};
	my @calls;
	push @calls, { %$outer, name => 'skb_gro_receive', from => $f->{start} + $f->{merge_after},
		to => $f->{start} + $f->{merge_after} + $f->{merge_dur},
		f => { skb => $f->{skb}, into => $f->{into}, len => $f->{merged}, ret => $f->{merge_ret} } }
		if ($f->{inner} // 0) & 2;
	push @calls, { %$outer, name => 'dev_gro_receive', from => $f->{start} + $f->{dev_after},
		to => $f->{start} + $f->{dev_after} + $f->{dev_dur}, f => { %$f } }
		if ($f->{inner} // 0) & 1;
	return @calls;
}

# Every event of the trace, by its name, and the calls that are told in it.
our %named;
sub read_events {
	my ($file) = @_;
	for my $event (reported($file)) {
		$event->{from} = $event->{f}{start} // $event->{ts};
		$event->{to} = $event->{f}{start} ? $event->{f}{start} + $event->{f}{dur} : $event->{ts};
		for my $call (inner_calls($event), $event) {
			push @{ $named{ $call->{name} } }, $call;
		}
	}
	return;
}

# all NAME, FIELD => VALUE...: the events of that name with those values; a value
# that is a code is asked.
sub all {
	my ($name, %wanted) = @_;
	die bless { hook => $name }, 'Chain::Lacking' unless hooked($name);
	return grep {
		my $event = $_;
		!grep {
			my $got = $event->{f}{$_} // $event->{$_};
			!defined $got || !defined $wanted{$_} || (ref $wanted{$_} ? !$wanted{$_}->($got) : $got ne $wanted{$_});
		} keys %wanted;
	} @{ $named{$name} // [] };
}
sub first_of { return (all(@_))[0] }
# The same, with no field in it where there is none.
sub one { return first_of(@_) // { f => {} } }
# Within a call on the same CPU, or of the same task for one that sleeps; 0 is every CPU's
# idle task.
sub within {
	my ($inner, $outer) = @_;
	return $outer && $outer->{f} && $inner != $outer && ($inner->{cpu} == $outer->{cpu} || $inner->{task} && $inner->{task} == $outer->{task}) &&
		$inner->{from} >= $outer->{from} && $inner->{to} <= $outer->{to};
}
sub inside { my ($outer, @args) = @_; return grep { within($_, $outer) } all(@args) }
sub around { my ($inner, @args) = @_; return grep { within($inner, $_) } all(@args) }
# That field of the first of the calls, undef where there is none.
sub field { my ($name, $call) = @_; return $call && $call->{f}{$name} }
1;
