#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The README's commands for the guest's shell do what the README says.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck disable=SC2016 # backticks of Markdown, not of the shell
block=$(sed -n '/^```guest$/,/^```$/p' README.md | sed '1d; $d')
like 'the README has a block of commands' "$block" 'insmod driver/rxpath_e1000.ko'
# The same shell as a reader's, but it stops at the first command that fails. On one
# CPU, which is cheaper by half where functions are hooked.
output=$(printf 'set -eo pipefail\n%s\n' "$block" | qemu/run --cpus 1 --bare 2>&1)
is 'each command succeeds' $? 0
like 'the peer answers' "$output" '3 received'
like 'the hooks are counted' "$output" '[0-9]+ of [0-9]+ hooks attached: [0-9]+ directly'
like 'a packet'\''s calls are printed' "$output" 'rxe_poll.*netif_receive_skb|rxe_poll.*napi_gro_receive'
like 'the diagram is drawn' "$output" 'ip_input.c'
like 'trace-cmd knows the driver'\''s event' "$output" 'rx_desc:.*index=[0-9]+'
[ "$tap_failed" = 0 ] || note "$output"

# What the README and the questions tell to run on the host, with a folder that is kept.
for page in README.md docs/questions.md; do
	block=$(sed -n '/^<!-- tests\/guest\/readme.t runs this, too -->$/,/^```$/p' $page | sed '1,2d; $d')
	like "$page has commands that keep a trace" "$block" 'RXPATH_OUT'
	out=$(mktemp -d)
	output=$(echo "${block// out\/mine/ $out}" | LC_ALL=C.UTF-8 PATH=$PWD/userspace:$PATH bash -e 2>&1)
	is "$page: each of them succeeds" $? 0
	like "$page: and the trace is there" "$(ls "$out")" '\.dat'
	[ $page = README.md ] || like 'a message that woke nobody, by force' "$output" 'sock_def_readable\(sock#[0-9]+\)'
	[ $page = README.md ] || is 'no wake-up in it' "$(grep -c __wake_up <<< "$output")" 0
	[ "$tap_failed" = 0 ] || note "$output"
	rm -r "$out"
done

make_help=$(make help)
while read -r target; do
	like "make help lists $target" "$make_help" "(^|"$'\n'")$target "
done < <(sed -n 's/^\([a-z][a-z-]*\):.*/\1/p' Makefile)
done_testing
