#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# docs/diagrams.md: its pictures are what the reader draws now.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
root=$here/../..
ok 'the pictures can be drawn' "$root/scripts/pictures" "$scratch/pictures"
for kernel in 6.1 6.12 7.2; do
	for view in nic-ip ip-tcp tcp-recv epoll-ctl epoll-wake; do
		picture=$kernel-$view.svg
		ok "$picture: current, else run scripts/pictures" cmp "$scratch/pictures/$picture" "$root/docs/pictures/$picture"
		is "$picture: on the page" "$(grep -c "(pictures/$picture)" "$root/docs/diagrams.md")" 1
	done
done
for picture in hops.svg layers.svg; do
	ok "$picture: current, else run scripts/pictures" cmp "$scratch/pictures/$picture" "$root/docs/pictures/$picture"
	is "$picture: on the page" "$(grep -c "(pictures/$picture)" "$root/docs/diagrams.md")" 1
done
# The names of the calls in a picture, up to the program's read.
calls() {
	"$rxpath" diagram --view "$2" --format mermaid --lang en "$traces/$1-$3.dat" |
		sed -nE 's/.*p[0-9]+ (->>|-\)) p[0-9]+: .*<br>([a-z_0-9]+)\(.*/\2/p' | sed '/^read$/q'
}
while read -r view trace; do
	first=$(calls 6.1 "$view" "$trace")
	like "$view: it has calls" "$first" '.*'$'\n''.*'$'\n'
	for kernel in 6.12 7.2; do
		is "$view: on $kernel the calls of 6.1, as the page says" "$(calls $kernel "$view" "$trace")" "$first"
	done
done << 'VIEWS'
nic-ip gro-on
ip-tcp gro-off
tcp-recv gro-off
epoll-ctl gro-off
epoll-wake gro-off
VIEWS
done_testing
