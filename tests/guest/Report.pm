# SPDX-License-Identifier: GPL-2.0
#
# A recording's events in trace-cmd's words, for the tests that ask somebody else than
# the reader.
package Report;
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(reported);

# Every event of the trace, in its order: a hash of what stands before the name, and in f
# of the fields. Up to trace-cmd 3.1 the CPU is followed by the time, later by what the
# CPU was at (d.h2., or a number behind a dash), which is not looked at.
sub reported {
	my ($file) = @_;
	my @events;
	open my $report, '-|', "trace-cmd report -R -t $file 2>/dev/null" or die;
	while (<$report>) {
		next unless /^\s*(.+)-(\d+)\s+\[(\d+)\](?:\s*\S+)?\s+(\d+)\.(\d{9}):\s+(\w+):\s+(.*)$/;
		my %event = (comm => $1, task => $2, cpu => $3, ts => $4 * 1e9 + $5, name => $6, no => $. + 0);
		my $fields = $7;
		$fields =~ s/ARRAY\[([^\]]*)\]/join('.', map { hex } split(m{, }, $1))/ge;
		while ($fields =~ /(\w+)=(\S*)/g) {
			$event{f}{$1} = $2;
		}
		push @events, \%event;
	}
	close $report;
	return @events;
}
1;
