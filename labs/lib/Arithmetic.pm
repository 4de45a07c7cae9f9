# SPDX-License-Identifier: GPL-2.0
#
# Whole numbers, names, + - * / % and parentheses: what an answer may be made of.
# Nothing of it is ever a program.
package Arithmetic;
use strict;
use warnings;

# evaluate(TEXT, NAMES): the value, and undef; or undef, and what is wrong, as a word
# and what it is about.
sub evaluate {
	my ($text, $names) = @_;
	my @tokens = $text =~ m{\s*(\d+|[A-Za-z_]\w*|[-+*/%()]|\S)}g;
	return (undef, 'long', '') if @tokens > 200;
	my $self = { tokens => \@tokens, names => $names, depth => 0 };
	my $value = eval { sum($self) };
	return (undef, @{$@}) if ref $@;
	die $@ if $@;
	return (undef, 'rest', $tokens[0]) if @tokens;
	return ($value, undef, undef);
}

sub sum {
	my ($self) = @_;
	my $value = product($self);
	while (@{ $self->{tokens} } && $self->{tokens}[0] =~ /^[-+]$/) {
		my $sign = shift @{ $self->{tokens} };
		my $right = product($self);
		$value = bounded($sign eq '+' ? $value + $right : $value - $right);
	}
	return $value;
}

sub product {
	my ($self) = @_;
	my $value = factor($self);
	while (@{ $self->{tokens} } && $self->{tokens}[0] =~ m{^[*/%]$}) {
		my $sign = shift @{ $self->{tokens} };
		my $right = factor($self);
		die ['zero', $sign] if $sign ne '*' && !$right;
		use integer;
		$value = bounded($sign eq '*' ? $value * $right : $sign eq '/' ? $value / $right : $value % $right);
	}
	return $value;
}

sub factor {
	my ($self) = @_;
	my $token = shift @{ $self->{tokens} };
	die ['end', ''] unless defined $token;
	return bounded($token) if $token =~ /^\d+$/;
	return -factor($self) if $token eq '-' && $self->{depth}++ < 50;
	if ($token eq '(' && $self->{depth}++ < 50) {
		my $value = sum($self);
		my $end = shift @{ $self->{tokens} };
		die ['end', ''] unless defined $end;
		die ['rest', $end] unless $end eq ')';
		return $value;
	}
	die ['rest', $token] unless $token =~ /^[A-Za-z_]/;
	die ['name', $token] unless defined $self->{names}{$token} && $self->{names}{$token} =~ /^-?\d+$/;
	return $self->{names}{$token};
}

sub bounded {
	my ($value) = @_;
	die ['large', ''] if length $value > 15 || abs $value > 1e15;
	return $value;
}
1;
