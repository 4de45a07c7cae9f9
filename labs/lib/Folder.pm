# SPDX-License-Identifier: GPL-2.0
#
# What lies in the folder of a lab, and in that of a run.
package Folder;
use strict;
use warnings;
use Encode qw(decode);
use Unicode::Normalize qw(NFKC);

# Bytes that need not be UTF-8: a student may have written them.
sub slurp {
	my ($file) = @_;
	return '' if -l $file || !-f $file;
	open my $handle, '<:raw', $file or return '';
	local $/;
	return decode('UTF-8', <$handle> // '', Encode::FB_DEFAULT);
}

# Lines of NAME=VALUE.
sub values_of {
	my ($file) = @_;
	return map { /^(\w+)=(.*)/ ? ($1 => $2) : () } split /\n/, slurp($file);
}

# The lines of lab.conf that call check and answer.
sub conf_of {
	my ($file) = @_;
	my @rows;
	for (split /\n/, slurp($file)) {
		my ($kind, $id, $points, @rest) = split /\t/;
		my $expression = $kind eq 'answer' ? shift @rest : undef;
		push @rows, { kind => $kind, id => $id, points => $points, expression => $expression,
			title => { en => $rest[0], zh => $rest[1] } };
	}
	return @rows;
}

# Every check with an id of a rule file, for when no trace tells them.
sub rules_of {
	my ($file) = @_;
	my @rows;
	my $number = 0;
	for (split /\n/, slurp($file)) {
		$number++;
		next unless /^\s*\[([\w.-]+)((?:\s+\w+)*)\s*\]\s*(.*?)(?:\s+--\s+(.*?))?\s*$/;
		my ($id, $words, $check, $text) = ($1, $2, $3, $4 // '');
		my ($en, $zh) = split /\s*\|\s*/, $text;
		my ($points) = $words =~ /\b(\d+)\b/;
		push @rows, { kind => 'rule', id => $id, points => $points // 1, hidden => scalar($words =~ /\bhidden\b/),
			title => { en => $en || $check, zh => $zh || $en || $check }, file => $file, line => $number };
	}
	return @rows;
}

# What the guest said of each check, the first failure before all else.
sub verdicts_of {
	my ($file) = @_;
	my %verdicts;
	for (split /\n/, slurp($file)) {
		my ($id, $status, $en, $zh) = split /\t/;
		next if $verdicts{$id} && $verdicts{$id}{status} eq 'fail';
		$verdicts{$id} = { status => $status, message => { en => $en, zh => $zh // $en } };
	}
	return \%verdicts;
}

# KEY = VALUE, in whatever width the signs and digits were typed.
sub answers_of {
	my ($file) = @_;
	my %answers;
	for (split /\r?\n/, NFKC(slurp($file))) {
		s/#.*//;
		$answers{ lc $1 } = $2 if /^\s*([\w.-]+)\s*[=:]\s*(.*?)\s*$/ && length $2;
	}
	return \%answers;
}
1;
