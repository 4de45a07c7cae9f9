#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# What the driver costs, in instructions and register accesses: counted outside the
# guest, so the same on every host. The bench's figures (scripts/bench-driver), ours
# alone and once, against bounds that leave room for another kernel.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
skip_on debug 'what is counted here is what the other kernels run'

figures=$(scripts/bench-driver --figures --ours 1 2) || exit
figure() { awk -v row="$1" '$2 == row { print $3 }' <<< "$figures"; }
# at_most NAME ROW LIMIT
at_most() {
	local value
	value=$(figure "$2")
	if [ -n "$value" ] && awk -v v="$value" -v limit="$3" 'BEGIN { exit !(v <= limit) }'; then
		pass "$1: $value, at most $3"
	else
		fail "$1"
		note "got    '$value'"
		note "wanted at most $3"
	fi
}
at_most 'register accesses at insmod' insmod 300
at_most 'register accesses while idle' idle 0
at_most 'register accesses a packet, one packet per interrupt' single 4
at_most 'register accesses a packet, in bursts' burst 0.10
at_most 'carrier after ip link set up, ms of the guest' carrier 700
# Of the guest's time, too, that passes as the host's while nothing runs in it: on a busy
# host 24 ms have been seen. A device that is made deaf by a write of RCTL takes a second.
at_most 'the longest ping around a new multicast group, ms of the guest' stall 200
at_most 'instructions a frame of 64 bytes' frame-64 900
at_most 'instructions a frame of 1500 bytes' frame-1500 900
at_most 'instructions a frame that XDP drops, stack and all' drop-xdp 500
done_testing
