# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the tests of the reader share. The traces are of a guest with two
# servers, an epoll one on port 7000 and a blocking one on 7001, each sent three
# messages by a peer:
#
#   gro-off.dat  200 bytes each, GRO off: one frame at a time
#   gro-on.dat   the same with GRO on: lists of packets
#   merge.dat    20000 bytes each, GRO on: frames joined
#   intree.dat   200 bytes each to the epoll server alone, and two pings, over the
#                in-tree driver: no events of a driver
#   init.dat     the driver loaded and its interface brought up while recording, then
#                one message to the epoll server; GRO off
#   ipv6.dat     the same over IPv6, and a datagram and two pings (record-ipv6)
#   wire.dat     GRO off: four messages, then twelve at once, to one server that closes last;
#                wire.pcap has the frames of the same wire (record-wire)
#   foreign.dat  a trace without any event of ours

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=tests/tap.sh
. "$here/../tap.sh"
export rxpath=/var/tmp/rd/rxpath.before
export traces=$here/traces
export LC_ALL=C.UTF-8 NO_COLOR=1
unset COLUMNS

# One line for whoever runs prove in a fresh clone; prove itself then stops.
for need in "$rxpath:make" trace-cmd:'scripts/deps check' tshark:'scripts/deps check' python3:'scripts/deps check'; do
	command -v "${need%%:*}" > /dev/null && continue
	echo "Bail out! ${need%%:*} is not there: run '${need#*:}' first, or 'make check-reader', which does"
	exit 1
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What an option takes, by the error that lists it: choices diagram --view.
choices() { "$rxpath" --lang en "$@" nothing-of-that-name 2>&1 | sed -n 's/.*give one of //p' | tr -d ,; }
# shellcheck disable=SC2034 # of the tests
{
	read -ra views < <(choices diagram --view)
	read -ra packet_views < <(choices diagram --view | sed -E 's/\b(init|epoll-ctl)\b ?//g')
	read -ra exports < <(choices export --format)
}

# in_order TEXT WORD...: each word is in the text, after the one before it.
in_order() {
	local text=$1 word
	shift
	for word; do
		case $text in
		*"$word"*) text=${text#*"$word"} ;;
		*)
			echo "no '$word' in what follows: $text"
			return 1
			;;
		esac
	done
}

# balanced FILE: every bar of a Mermaid diagram that ends has begun, and every
# block is closed.
balanced() {
	awk '
	$1 == "activate" { active[$2]++ }
	$1 == "deactivate" && active[$2]-- == 0 { print NR ": " $2 " is not active"; bad = 1 }
	$1 ~ /^(rect|loop|alt|box)$/ { open++ }
	$1 == "end" && open-- == 0 { print NR ": nothing to end"; bad = 1 }
	END {
		for (p in active) if (active[p]) { print p " stays active"; bad = 1 }
		if (open) { print open " blocks stay open"; bad = 1 }
		exit bad
	}' "$1"
}

# arrows FILE: of each arrow of an SVG that begins a call, the event.
arrows() {
	awk '/data-event=/ { split($0, part, "\""); event = part[2] } event && /class="(call|async)" d=/ { print event }' "$1"
}
