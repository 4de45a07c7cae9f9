#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A trace of a machine of the other byte order: every command says the same of it.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
mkdir same other
printf 'packets\n complete\n packets > 0\n path rxe_intr, tcp_recvmsg\n time < 1ms\ntasks\n reads return 1\n' > rules

# both NAME COMMAND...: the same output and status in both folders
both() {
	local name=$1 of status=0
	shift
	for of in same other; do
		status=0
		(cd $of && "$@") > $of.out 2>&1 || status=$?
		echo "status $status" >> $of.out
	done
	ok "$name" cmp same.out other.out
}
for trace in gro-off merge init ipv6 wire; do
	trace-cmd convert --file-version 6 --compression none -i "$traces/$trace.dat" -o same/x.dat > log 2>&1
	ok "$trace: can be swapped" "$here/swap-trace" same/x.dat other/x.dat
	is "$trace: it is of the other order" "$(od -An -tu1 -j12 -N1 same/x.dat)$(od -An -tu1 -j12 -N1 other/x.dat)" '   0   1'
	# A program that is none of ours takes it for the same, too.
	both "$trace: trace-cmd report" trace-cmd report x.dat
	is "$trace: which is long" "$(($(wc -l < same.out) > 5000))" 1
	both "$trace: tree" "$rxpath" tree x.dat
	is "$trace: which has packets" "$(grep -c '^skb#' other.out)" "$("$rxpath" tree "$traces/$trace.dat" | grep -c '^skb#')"
	both "$trace: stats" "$rxpath" stats x.dat
	for format in "${exports[@]}"; do
		both "$trace: export --format $format" "$rxpath" export --format "$format" x.dat
	done
	for view in "${views[@]}"; do
		both "$trace: diagram --view $view" "$rxpath" diagram --view "$view" x.dat
	done
	both "$trace: assert" "$rxpath" assert ../rules x.dat
	both "$trace: index" "$rxpath" index x.dat
	both "$trace: a packet by its index" "$rxpath" tree --packet 7 x.dat
	rm -f same/x.dat.index other/x.dat.index
done
both 'stats with a capture' "$rxpath" stats --pcap "$traces/wire.pcap" x.dat
done_testing
