#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A million events in an address space that has room for the file, which is mapped, and for
# a quarter of their calls: the kernel refuses whoever wants to hold them all.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
room=$((40 << 10))
trace-cmd convert --file-version 6 --compression none -i "$traces/merge.dat" -o once.dat > log 2>&1
"$here/repeat-trace" once.dat long.dat 1000000 > events
file=$(($(stat -c %s long.dat) >> 10))
rounds=$(($(< events) / $("$here/repeat-trace" once.dat short.dat 1)))
packets=$((rounds * $("$rxpath" tree once.dat | grep -c '^skb#')))
printf 'packets\n  incomplete judge\n  packets >= %d\n' $packets > rules

# within KB COMMAND...: what it says goes to err, its status to status
within() {
	local kb=$1
	shift
	status=0
	(
		ulimit -v "$kb"
		exec "$@"
	) 2> err || status=$?
}
bounded() {
	within $((file + room)) "$@" > out
	is "${*:2}" "$status$(head -c 300 err)" 0
}
bounded "$rxpath" stats long.dat
is 'of all the packets' "$(grep -c "^$packets packets," out)" 1
bounded "$rxpath" tree long.dat
is 'all of them' "$(grep -c '^skb#' out)" $packets
bounded "$rxpath" assert rules long.dat
for format in "${exports[@]}"; do
	bounded "$rxpath" export --format "$format" long.dat
	[ "$format" != csv ] || is 'each of them' "$(grep -c '^[0-9]' out)" $packets
done
bounded "$rxpath" diagram --view epoll-ctl long.dat
bounded "$rxpath" index long.dat
bounded "$rxpath" diagram --packet $((packets / 2)) long.dat

# One set-up of many: what lies between its first call and its last is held.
trace-cmd convert --file-version 6 --compression none -i "$traces/init.dat" -o once.dat > log 2>&1
"$here/repeat-trace" once.dat setups.dat 1000000 > events
file=$(($(stat -c %s setups.dat) >> 10))
bounded "$rxpath" diagram --view init --to +4 setups.dat
is 'which is the one that it is alone' "$(< out)" "$("$rxpath" diagram --view init --to +4 once.dat)"
rm setups.dat
file=$(($(stat -c %s long.dat) >> 10))

# With too little for the file itself, nobody may take a part of it for the whole.
for command in stats tree 'export --format csv' index; do
	rm -f long.dat.index
	# shellcheck disable=SC2086 # words
	within $((file / 2)) "$rxpath" $command long.dat > out
	is "$command without room for the file" "$status $(< err)" \
		'1 rxpath: long.dat: too little memory to read it to the end: allow for more'
done
ok 'nor is it left as an index' test ! -e long.dat.index
done_testing
