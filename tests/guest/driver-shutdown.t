#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The driver when the kernel hands the machine over: what the device still does,
# seen from outside in a guest that is held in the moment of its reset.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# monitor COMMAND...: QEMU's answers to its own, human, commands.
monitor() {
	# shellcheck disable=SC2016 # the variables are Perl's
	perl -MIO::Socket::UNIX -e '
		alarm 5; # an answer that does not come is asked for again
		my $qmp = IO::Socket::UNIX->new(Peer => shift) or die "no monitor: $!";
		print $qmp qq({"execute":"qmp_capabilities"}\n);
		for my $command (@ARGV) {
			print $qmp qq({"execute":"human-monitor-command","arguments":{"command-line":"$command"},"id":1}\n);
			while (<$qmp>) { last if /"id": 1/ }
			my ($answer) = /"return": "(.*?)"/ or next;
			print $answer =~ s/\\r\\n/\n/gr;
		}' "$work/monitor" "$@"
}
held() { monitor 'info status' 2> /dev/null | grep -q shutdown; }
# register OFFSET: as the guest would read it.
register() { monitor "xp /1xw $((bar + $1))" | sed 's/.*: //'; }

# The wire's third end: frames for our interface, whoever in the guest is at its end.
# Not by the peer: it is shut down too, and 6.1's virtio_net then polls for ever a queue
# that is broken before all it sent was collected (free_old_xmit_skbs() finds nothing,
# virtqueue_enable_cb_delayed() finds there is something).
crowd() {
	# shellcheck disable=SC2016 # the variables are Perl's
	exec perl -MIO::Socket::UNIX -MTime::HiRes=usleep -e '
		my ($here, $there) = @ARGV;
		my $wire = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $here) or die "$here: $!";
		$wire->blocking(0);
		my $frame = pack("H12 H12 n", "525400123401", "525400123499", 0x88b5) . "x" x 1400;
		my $to = Socket::pack_sockaddr_un($there);
		for (;;) {
			1 while defined $wire->recv(my $unread, 2048);
			send $wire, $frame, 0, $to;
			usleep 500;
		}' "$work/crowd" "$work/wire"
}
crowd 2> "$work/crowd.log" &
crowd=$!
trap 'kill $crowd; rm -rf "$work"' EXIT

# shellcheck disable=SC2016 # expanded in the guest
qemu/run --cpus 1 --out "$work" --qemu "-qmp unix:$work/monitor,server=on,wait=off -no-shutdown
	-netdev dgram,id=crowd,local.type=unix,local.path=$work/wire,remote.type=unix,remote.path=$work/crowd
	-netdev hubport,id=crowded,hubid=0,netdev=crowd" -- bash -c '
	device=$(readlink -f /sys/class/net/eth0/device)
	echo "$(head -n 1 "$device/resource") ${device##*:}"
	until [ "$(cat /sys/class/net/eth0/statistics/rx_packets)" -gt 1000 ]; do :; done
	# In order, but without asking a service.
	exec busybox reboot -f' > "$work/stdout" 2> "$work/stderr" &
run=$!
for _ in {1..2400}; do
	held && break
	kill -0 $run 2> /dev/null || break
	sleep 0.1
done
ok 'the guest is at its reset' held
held || note "$(monitor 'info status' 2>&1; tail -n 60 "$work/console.log"; cat "$work/stderr" "$work/crowd.log")"
read -r bar _ _ slot < "$work/stdout"
like 'the device was found' "$bar $slot" '^0x[0-9a-f]+ [0-9a-f]+\.0$'
is 'receive is off (RCTL)' "$(register 0x100)" 0x00000000
is 'transmit is off (TCTL)' "$(register 0x400)" 0x00000000
is 'no cause interrupts (IMS)' "$(register 0xd0)" 0x00000000
# The command register, in the configuration space that q35 has at 0xb0000000.
command=$(monitor "xp /1xh $((0xb0000000 + (0x${slot%.*} << 15) + 4))" | sed 's/.*: //')
like 'the command register is read' "$command" '^0x'
is 'it may not write to memory (PCI bus master)' $((command & 4)) 0
is 'but answers still (PCI memory space)' $((command & 2)) 2
monitor quit 2> /dev/null
wait $run
done_testing
