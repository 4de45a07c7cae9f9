#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# What students may hand in that is no answer: each ends in a clear verdict, and the
# other program of the same submission is judged as ever. The programs are those of
# tests/labs/hostile, in the place of lab 13's lt.c; the first lines of each say what it
# must be told.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=labs/lib/load.sh
. labs/lib/load.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

find_lab 13
load_lab /dev/null
on_root
kernel=${RXPATH_KERNEL-}
# check_of FILE ID FIELD: of a report.
check_of() {
	perl -CO -MJSON::PP -e 'local $/; my ($check) = grep { $_->{id} eq $ARGV[0] } @{ decode_json(<STDIN>)->{checks} };
		print $check->{$ARGV[1]} // ""' "$2" "$3" < "$1"
}
statuses() {
	perl -MJSON::PP -e 'local $/; print join " ", map { "$_->{id}=$_->{status}" } grep { $_->{id} =~ /^$ARGV[0]/ } @{ decode_json(<STDIN>)->{checks} }' "$2" < "$1"
}
names=() number=1
for program in tests/labs/hostile/*.c; do
	name=$(basename "$program" .c)
	mkdir -p "$scratch/from/$name"
	cp labs/13-*/solution/* "$scratch/from/$name"
	cp "$program" "$scratch/from/$name/lt.c"
	make_job "$scratch/$name" "$scratch/from/$name" $((1000 + number++))
	names+=("$name")
done
# What is not handed in at all; a link to what is none of the student's; a giant.
mkdir -p "$scratch/from/nothing"
make_job "$scratch/nothing" "$scratch/from/nothing" 1100
mkdir -p "$scratch/from/strange"
cp labs/13-*/solution/* "$scratch/from/strange"
ln -sf /etc/shadow "$scratch/from/strange/lt.c"
truncate -s 2M "$scratch/from/strange/et.c"
make_job "$scratch/strange" "$scratch/from/strange" 1101 2> /dev/null
is 'no link is followed, and nothing large is taken' "$(ls "$scratch/strange/submission")" prediction
names+=(nothing strange)

guest_timeout=$((120 + 90 * ${#names[@]}))
guest_run "$scratch" "${names[@]}"
is 'the guest outlives all of them' "$fault" ''
for program in tests/labs/hostile/*.c; do
	name=$(basename "$program" .c)
	out=$scratch/$name
	judge_job "$out" 1 ''
	IFS=':' read -r _ id regex < <(sed -n 's|^// says:|:|p' "$program")
	id=${id// /} regex=${regex# }
	is "$name: $id fails" "$(check_of "$out/result.json" "$id" status)" fail
	like "$name: it is said why" "$(check_of "$out/result.json" "$id" message)" "$regex"
	is "$name: the other program is judged as ever" "$(statuses "$out/result.json" et)" \
		'et.build=pass et.edge=pass et.closes=pass et.ends=pass et.all=pass et.drain=pass et.waits=pass et.eof=pass'
	is "$name: full marks for nobody" "$(statuses "$out/result.json" lt.reads)" \
		"lt.reads=$([ "$id" = lt.build ] && echo skip || echo fail)"
	[ "$tap_failed" = 0 ] || note "$(cat "$out/lt.txt" "$out/build-lt.log" 2> /dev/null | head -n 20 | cat -v)"
done
is 'a spy sees nothing' "$(cat "$scratch/spies/lt.txt")" 'it saw nothing'
for name in nothing strange; do
	out=$scratch/$name
	judge_job "$out" 1 ''
	like "$name: each program is missed" "$(check_of "$out/result.json" lt.build message) $(check_of "$out/result.json" et.build message)" \
		'lt.c is not there, or empty et.c is not there, or empty'
	is "$name: what was to be done is skipped" "$(statuses "$out/result.json" et.drain)" et.drain=skip
done
done_testing
