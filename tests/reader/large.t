#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Traces as no kernel would write them, with tens of thousands of calls of one packet: what
# is done for a call does not grow with their number. A bound on the CPU time, far above what
# is needed and far below what any step that looks at all of them for each would take.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
size=40000
seconds=20
trace-cmd convert --file-version 6 --compression none -i "$traces/ipv6.dat" -o head.dat > log 2>&1

within() {
	(
		ulimit -t $seconds
		exec "$@"
	)
}
# bounded NAME STATUS COMMAND...: ends by itself, with that status
bounded() {
	local name=$1 wanted=$2 status=0
	shift 2
	within "$@" > /dev/null 2> err || status=$?
	is "$name" "$status" "$wanted" || note "$(head -c 300 err)"
}
for shape in flat equal deep turns tasks back routes; do
	# So many that a step which looks at all of them for each takes several times as long as it may.
	case $shape in
	routes) n=$((size * 2)) ;;
	back) n=$((size * 3 / 2)) ;;
	*) n=$size ;;
	esac
	"$here/make-trace" head.dat $shape.dat $shape $n || exit
	for format in text svg mermaid; do
		bounded "$shape: diagram --format $format" 0 "$rxpath" diagram --level calls --format $format --width 100 $shape.dat
	done
	# Whose time is before that of all the packets before it: no library finds it by its time.
	[ $shape != back ] || bounded 'back: a packet behind the step' 0 "$rxpath" diagram --packet $((n + 3)) --level calls back.dat
	case $shape in
	flat | deep | back) ;;
	*) continue ;;
	esac
	bounded "$shape: tree" 0 "$rxpath" tree $shape.dat
	bounded "$shape: stats" 0 "$rxpath" stats $shape.dat
	for format in json html perfetto folded; do
		bounded "$shape: export --format $format" 0 "$rxpath" export --format $format $shape.dat
	done
	bounded "$shape: assert" 0 "$rxpath" assert - $shape.dat < <(printf 'packets\n incomplete judge\n packets >= 1\n')
done
# What the picture says is still right.
within "$rxpath" diagram --level calls --format mermaid equal.dat > out
is 'equal calls are one loop with their number, and are drawn once' \
	"$(grep -c "loop $size× skb_copy_datagram_iter" out) $(grep -c -e '->>.*skb_copy_datagram_iter' out)" '1 1'
within "$rxpath" diagram --level calls --format svg turns.dat > out
is 'by turns on two CPUs: half are one loop, the others one arrow each' \
	"$(arrows out | sort | uniq -d | wc -l) $(arrows out | wc -l)" "0 $((size / 2 + 4))"
within "$rxpath" tree deep.dat > out 2> err
like 'calls that nest deeper than a stack allows are told' "$(< err)" 'nest over 512 deep'
is 'and every one of them is there' "$(grep -c 'ip_local_deliver(' out)" $size
within "$rxpath" diagram --level calls --format mermaid tasks.dat > out
is 'beyond two dozen tasks they share a lane' "$(grep -c 'participant .* as \(other tasks\|t[0-9]*/\|task/\)' out)" 25
is 'and each arrow says whom it wakes' "$(grep -o 'wakes [^ ]*/[0-9]*' out | sort -u | wc -l)" $size
done_testing
