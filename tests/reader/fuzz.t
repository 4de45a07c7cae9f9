#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The inputs that the fuzzers have kept, on the reader built with ASan and UBSan:
# read to the end or told in one line, and no report of the sanitizers.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
fuzz=$here/../fuzz
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:log_path=$scratch/report
export UBSAN_OPTIONS=log_path=$scratch/report:print_stacktrace=1
make -C "$fuzz" all > "$scratch/make.log" 2>&1
is 'the reader is built with sanitizers' "$(tail -n 1 "$scratch/make.log" | grep -c 'Error')" 0
sane=$fuzz/build/rxpath
export FUZZ_TRACE=$fuzz/build/base.dat
export FUZZ_RULES=$here/../rules/epoll-server.rules

# Of the decoding process, which may end in the library: those whose first frame with
# a source file is ours.
ours() {
	local file
	for file in "$scratch"/report*; do
		[ -f "$file" ] || continue
		awk '/runtime error:/ { found = 1; exit } /^ *#[0-9]+ .*\.so/ { exit } /^ *#[0-9]+ .*\/userspace\// { found = 1; exit } END { exit !found }' "$file" &&
			cat "$file"
	done
	rm -f "$scratch"/report*
}

quiet() { "$@" > /dev/null; }
for target in rules trace index events; do
	ok "$target: each input alone" quiet timeout 300 "$fuzz/build/replay-$target" "$fuzz/corpus/$target"/*
	is "$target: no report" "$(ours)" ''
done

# The changes of an input, as trace.c and index.c make them.
# shellcheck disable=SC2016
damage() {
	perl -e '
		my ($from, $changes, $to, $keep) = @ARGV;
		local $/;
		open my $f, "<:raw", $from or die; my $data = <$f>;
		open my $c, "<:raw", $changes or die; my $list = substr <$c>, 1;
		while ($list =~ /(.{4})(.)/gs) {
			substr($data, $keep + unpack("V", $1) % (length($data) - $keep), 1) = $2;
		}
		open my $t, ">:raw", $to or die; print $t $data;
	' "$@"
}
# told NAME COMMAND...: ends with 0, 1 or 2; one line at most where it fails.
told() {
	local name=$1 status=0 lines
	shift
	timeout 100 "$@" > "$scratch/out" 2> "$scratch/err" || status=$?
	lines=$(wc -l < "$scratch/err")
	# A rule that fails is told on standard output.
	[ "$status" -le 2 ] && [ "$lines" -le 1 ] && { [ "$status" = 0 ] || [ "$lines" = 1 ] || grep -q '^not ok' "$scratch/out"; } ||
		echo "$name: status $status: $(head -c 300 "$scratch/err")"
}
is 'damaged traces, by the commands themselves' "$(
	for input in "$fuzz"/corpus/trace/damaged-*; do
		damage "$FUZZ_TRACE" "$input" "$scratch/bad.dat" 0
		told "tree ${input##*/}" "$sane" tree "$scratch/bad.dat"
		told "stats ${input##*/}" "$sane" stats "$scratch/bad.dat"
		told "assert ${input##*/}" "$sane" assert "$FUZZ_RULES" "$scratch/bad.dat"
		told "export ${input##*/}" "$sane" export --format json "$scratch/bad.dat"
	done
)" ''
cp "$FUZZ_TRACE" "$scratch/good.dat"
"$sane" index "$scratch/good.dat" > "$scratch/log"
mv "$scratch/good.dat.index" "$scratch/index"
for input in "$fuzz"/corpus/index/damaged-*; do
	damage "$scratch/index" "$input" "$scratch/good.dat.index" 48
	like "a damaged index is told: ${input##*/}" "$("$sane" tree --packet 4 "$scratch/good.dat" 2>&1 > "$scratch/out")" \
		"its index is of another state: 'rxpath index' makes it anew"
	is 'and the trace itself is read' "$(< "$scratch/out")" "$("$rxpath" tree --packet 4 "$FUZZ_TRACE")"
done
is 'no report from them' "$(ours)" ''
done_testing
