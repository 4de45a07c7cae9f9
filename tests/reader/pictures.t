#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# docs/diagrams.md: its pictures are what the reader draws now.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
root=$here/../..
ok 'the pictures can be drawn' "$root/scripts/pictures" "$scratch/pictures"
for view in nic-ip ip-tcp tcp-recv epoll-ctl epoll-wake; do
	ok "$view: current, else run scripts/pictures" cmp "$scratch/pictures/6.1-$view.svg" "$root/docs/pictures/6.1-$view.svg"
	is "$view: on the page" "$(grep -c "(pictures/6.1-$view.svg)" "$root/docs/diagrams.md")" 1
done
done_testing
