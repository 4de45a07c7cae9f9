# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts share that count frames which they make themselves.

# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

poke() { "$programs/poke" eth0 "$@"; }
frames() { "$RXPATH_PROJECT/tests/guest/inside/frames" "$@"; }
from_peer() { peer "$RXPATH_PROJECT/tests/guest/inside/frames" send peer0 "$@"; }

silence
sysctl -q -w net.ipv4.conf.all.rp_filter=0
peer sysctl -q -w net.ipv4.conf.all.rp_filter=0

# Frames are counted at the end of a poll: on the poll's own CPU nobody can look at
# the counters between a frame's answer and that.
echo 1 > "/proc/irq/$(cat /sys/class/net/eth0/device/irq)/smp_affinity"
taskset -pc 0 $$ > /dev/null

# After each write of RCTL the device is deaf for a second, and what was sent
# meanwhile waits: a ping through it tells that this is over.
settle() { peer ping -q -c 1 -W 5 "$server_ip" > /dev/null || echo 'the wire is dead'; }
# arrived COUNTER FRAMES...: by how much those frames of the peer's raise COUNTER;
# a ping before and one behind see to it that all have been through.
arrived() {
	local counter=$1 before pings=1
	shift
	settle
	before=$(counter "$counter")
	from_peer "$@"
	settle
	[ "$counter" != rx_bytes ] || pings=98
	echo $(($(counter "$counter") - before - pings))
}
