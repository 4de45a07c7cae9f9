#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

silence

# -force: in the place of one that may be there.
attach() { ip -force link set dev eth0 xdp obj "$RXPATH_OUT/$1.o" sec xdp; }
# A program that takes frames of several buffers.
attach_frags() { ip -force link set dev eth0 xdp obj "$RXPATH_OUT/$1-frags.o" sec xdp.frags; }
detach() { ip link set dev eth0 xdp off; }
# discard COUNT [SIZE]: UDP to port 9, and how many come back within a moment.
# shellcheck disable=SC2016 # the variables are Perl's
discard() {
	peer perl -MSocket -MIO::Socket::INET -e '
		my ($to, $count, $size) = @ARGV;
		my $socket = IO::Socket::INET->new(Proto => "udp", LocalPort => 9009) or die "socket: $!";
		my ($wanted, $back, $read) = (scalar pack_sockaddr_in(9, inet_aton($to)), 0, "");
		vec($read, fileno($socket), 1) = 1;
		for my $i (1 .. $count) {
			send($socket, pack("A$size", "frame $i"), 0, $wanted) or die "send: $!";
			# A few at a time, so that no queue on the way overflows.
			next if $i % ($size > 2000 ? 8 : 32) && $i < $count;
			while (select(my $ready = $read, undef, undef, 0.3)) {
				my $from = recv($socket, my $got, 10000, 0) or next;
				$back++ if $from eq $wanted;
				last if $back == $i;
			}
		}
		print "$back\n"' "$server_ip" "$1" "${2:-30}"
}
# After the rings have been changed the device holds back what comes for a second.
settle() { peer ping -q -c 1 -W 5 "$server_ip" > /dev/null || echo 'the wire is dead'; }
# raised COUNTER COMMAND...: by how much COMMAND raises COUNTER.
raised() {
	local counter=$1 before
	shift
	settle
	before=$(driver_stat "$counter")
	"$@" > /dev/null
	settle
	echo $(($(driver_stat "$counter") - before))
}

is 'no program: UDP to a closed port is answered by nobody on that port' "$(discard 32)" 0
ok 'attach a program' attach pass
like 'natively: ip link says xdp, not xdpgeneric' "$(ip link show dev eth0)" ' xdp '
is 'PASS: each frame is counted' "$(raised rx_xdp_pass discard 100)" 101
ok 'PASS: bytes are intact here' echo_here epoll-server 7000 1000003 3
ok 'PASS: bytes are intact there' echo_there recv-server 7001 1000003 3
ok 'PASS: short and long frames' eval "peer ping -q -c 3 -i 0.2 -s 0 $server_ip && peer ping -q -c 3 -i 0.2 -s 1472 $server_ip"

attach drop
is 'DROP: 200 frames, 200 dropped' "$(raised rx_xdp_drop discard 200)" 200
no_ports() { nstat -asz UdpNoPorts | awk '/NoPorts/ { print $2 }'; }
before=$(no_ports)
discard 10 > /dev/null
settle
is 'DROP: the stack sees none of them' $(($(no_ports) - before)) 0
detach
discard 10 > /dev/null
settle
is 'as it does without the program' $(($(no_ports) - before)) 10
attach drop
settle
before=$(counter rx_packets) bytes=$(counter rx_bytes)
discard 50 100 > /dev/null
settle
is 'DROP: rx_packets counts them still' $(($(counter rx_packets) - before)) 51
is 'DROP: rx_bytes too' $(($(counter rx_bytes) - bytes)) $((50 * 142 + 98))
ok 'DROP: other traffic is intact' echo_here epoll-server 7000 300003 3

attach trim
settle
bytes=$(counter rx_bytes)
discard 50 100 > /dev/null
settle
is 'PASS of a frame that the program has cut: rx_bytes are those received' $(($(counter rx_bytes) - bytes)) $((50 * 142 + 98))

attach abort
is 'ABORTED: counted as such' "$(raised rx_xdp_aborted discard 20)" 20
attach nonsense
is 'a verdict that is none: counted as aborted' "$(raised rx_xdp_aborted discard 20)" 20
ok 'and the kernel says so once' eval 'dmesg | grep -q "Illegal XDP return value 77"'
dmesg -C

attach reflect
is 'TX: all 500 frames come back' "$(discard 500)" 500
is 'TX: counted where they are sent' "$(raised rx_xdp_tx discard 100)" 100
is 'TX: and where they are done' "$(raised tx_xdp discard 100)" 100
is 'TX: the longest frames, too' "$(discard 200 1472)" 200
attach reflect_short
is 'TX: a frame cut to 42 bytes comes back' "$(discard 100 200)" 100
# shellcheck disable=SC2016 # the variables are Perl's
is 'TX: it is padded to the 60 that a wire needs' "$(perl -e '
	local $/ = undef;
	my $pcap = <>;
	my ($at, $short) = (24, 0);
	while ($at + 16 < length $pcap) {
		my $length = unpack("V", substr($pcap, $at + 8, 4));
		my $from = unpack("H*", substr($pcap, $at + 16 + 6, 6));
		$short++ if $from eq "525400123401" && $length < 60;
		$at += 16 + $length;
	}
	print $short' "$RXPATH_OUT/wire.pcap")" 0
attach reflect
ok 'TX beside the stack'\''s own sending' eval "discard 3000 1000 > $RXPATH_OUT/back & echo_there epoll-server 7000 1000003 3 && wait"
is 'none was lost in that' "$(cat "$RXPATH_OUT/back")" 3000

attach redirect
is 'REDIRECT to itself: all 300 frames come back through ndo_xdp_xmit' "$(discard 300)" 300
is 'REDIRECT: counted' "$(raised rx_xdp_redirect discard 100)" 100

# A pair of virtual interfaces: what enters the one at 101 leaves at 100.
ip link add va index 100 type veth peer name vb index 101
ip link set vb xdp obj "$RXPATH_OUT/pass.o" sec xdp
ip link set va up
ip link set vb up
attach redirect-100
before=$(cat /sys/class/net/vb/statistics/rx_packets)
discard 64 > /dev/null
settle
is 'REDIRECT to another interface: it has all 64' \
	$(($(cat /sys/class/net/vb/statistics/rx_packets) - before)) 64
attach drop
ip link set va xdp obj "$RXPATH_OUT/redirect-$(cat /sys/class/net/eth0/ifindex).o" sec xdp
ip addr add 203.0.113.1/24 dev vb
ip neigh replace 203.0.113.2 lladdr "$(cat /sys/class/net/va/address)" dev vb nud permanent
before=$(driver_stat tx_xdp)
into_veth() {
	# shellcheck disable=SC2016
	perl -MIO::Socket::INET -e '
		my $socket = IO::Socket::INET->new(Proto => "udp", PeerAddr => "203.0.113.2", PeerPort => 9) or die;
		send($socket, "x" x 18, 0) for 1 .. 50'
}
into_veth
settle
is 'ndo_xdp_xmit: 50 frames from another interface' $(($(driver_stat tx_xdp) - before)) 50
# With eth0 down there is no ring to send from.
ip link set eth0 down
into_veth
nic-up 2> /dev/null # IPv6 is off: it has no address to give
settle
is 'ndo_xdp_xmit while down: none, and no harm' $(($(driver_stat tx_xdp) - before)) 50
ip link del va

# A tag is the program's to see: neither stripped nor filtered.
detach
ethtool -K eth0 rx-vlan-filter off
for end in '' peer; do
	$end sysctl -q -w net.ipv4.conf.all.rp_filter=0
done
ip addr add 198.51.100.1/24 dev eth0
peer ip link add link peer0 name peer0.7 type vlan id 7
peer ip addr add 198.51.100.2/24 dev peer0.7
peer ip link set peer0.7 up
peer sysctl -q -w net.ipv4.conf.peer0.rp_filter=0 net.ipv4.conf.peer0/7.rp_filter=0
ip neigh replace 198.51.100.2 lladdr 52:54:00:12:34:02 dev eth0 nud permanent
peer ip neigh replace 198.51.100.1 lladdr 52:54:00:12:34:01 dev peer0.7 nud permanent
refused 'a tagged frame is not for us' 1 '^$' peer ping -q -c 2 -i 0.2 -W 1 198.51.100.1
ethtool -K eth0 rx-fcs on
attach untag
like 'with a program tags are not stripped' "$(ethtool -k eth0)" 'rx-vlan-offload: off'
like 'nor is a frame'\''s FCS kept' "$(ethtool -k eth0)" 'rx-fcs: off \[requested on\]'
settle
ok 'a program that takes the tag out, with adjust_head: now it is' peer ping -q -c 3 -i 0.2 198.51.100.1
attach mark
ok 'a program that puts metadata before the frame' echo_here epoll-server 7000 100003 3
detach
like 'without one they are stripped again' "$(ethtool -k eth0)" 'rx-vlan-offload: on'
like 'and the FCS is kept' "$(ethtool -k eth0)" 'rx-fcs: on'
ethtool -K eth0 rx-fcs off
is 'ip link shows no program any more' "$(ip link show dev eth0 | grep -o xdp)" ''

# What it cannot do, it refuses.
attach_in_one_line() {
	local output status=0
	output=$(attach "$1" 2>&1) || status=$?
	grep -o 'rxpath_e1000: .*' <<< "$output" >&2
	return $status
}
ip link set eth0 mtu 9000
refused 'attach at MTU 9000' 2 'XDP takes frames of one buffer: set an MTU up to 2030' \
	attach_in_one_line pass
ip link set eth0 mtu 2030
ok 'at 2030 it works' attach pass
refused 'MTU 2031 with a program' 2 'Invalid argument' ip link set eth0 mtu 2031
like 'the log says why' "$(dmesg)" 'with an XDP program attached the MTU is at most 2030'
peer ip link set peer0 mtu 9000
settle
ok 'a frame of 2030 bytes' peer ping -q -c 2 -i 0.2 -s 2002 "$server_ip"
before=$(driver_stat rx_dropped)
peer ping -q -c 5 -i 0.1 -W 0.1 -s 4000 -M 'do' "$server_ip" > /dev/null
settle
is 'a frame longer than one buffer is dropped, and counted' $(($(driver_stat rx_dropped) - before)) 5
detach

# Frames of several buffers, for a program that takes them.
ip link set eth0 mtu 9000
ok 'a program for fragments at MTU 9000' attach_frags pass
settle
ok 'fragments, PASS: frames of one buffer and of five' \
	eval "peer ping -q -c 3 -i 0.2 $server_ip && peer ping -q -c 3 -i 0.2 -s 8972 -M do $server_ip"
ok 'fragments, PASS: bytes are intact' echo_here epoll-server 7000 1000003 3
attach_frags drop
is 'fragments, DROP: each frame counts once' "$(raised rx_xdp_drop discard 50 8000)" 50
attach_frags reflect
is 'fragments, TX: frames of four buffers come back' "$(discard 200 8000)" 200
is 'fragments, TX: between others' "$(discard 100 30) $(discard 100 5000) $(discard 100 1472)" '100 100 100'
attach_frags redirect
case $(uname -r) in
6.1.*) is 'fragments, REDIRECT: that kernel knows of none' "$(raised rx_xdp_aborted discard 100 8000)" 100 ;;
*) is 'fragments, REDIRECT to itself: they come back through ndo_xdp_xmit' "$(discard 100 8000)" 100 ;;
esac
attach_frags trim
settle
bytes=$(counter rx_bytes)
discard 50 8000 > /dev/null
settle
is 'fragments, cut and passed: rx_bytes are those received' $(($(counter rx_bytes) - bytes)) $((50 * 8042 + 98))
# So that the last buffer has less than is cut off: it goes back by itself.
ok 'fragments, cut to one buffer less' eval "discard 50 $((2 * 2048 - 42 + 5)) > /dev/null"
ok 'fragments: bytes are intact after that' echo_here epoll-server 7000 300003 3
peer ip link set peer0 mtu 1500
detach
ip link set eth0 mtu 1500

swap_under_traffic() {
	transfer_start 7000 || return
	for _ in {1..3}; do
		attach pass && nap 0.3 && attach drop && attach mark && detach || return
		nap 0.3
	done
	transfer_survived 7000
}
ok 'programs come and go under traffic: the connection lives' swap_under_traffic
# Beside the driver's module, of whatever kernel, and loaded before it.
fail=/sys/kernel/debug/failalloc
ok 'a module that makes allocations fail' insmod "${RXPATH_DRIVER%/driver/*}/tests/modules/failalloc.ko"
attach reflect
# shellcheck disable=SC2016
remove_under_traffic() {
	peer perl -MIO::Socket::INET -e '
		my $socket = IO::Socket::INET->new(Proto => "udp", PeerAddr => "192.0.2.1", PeerPort => 9) or die;
		while (1) { send($socket, "x" x 1000, 0) }' &
	local flood=$!
	sleep 0.5
	rmmod rxpath_e1000 && nic-up || return
	kill $flood
	wait $flood
	return 0
} 2> /dev/null
ok 'rmmod with a program attached, frames being reflected' remove_under_traffic
ok 'bytes are intact after that' echo_here epoll-server 7000 100003 3

# One frame of many that cannot be sent: it alone is lost.
ip link add va index 120 type veth peer name vb index 121
ip link set vb xdp obj "$RXPATH_OUT/pass.o" sec xdp
ip link set va up
ip link set vb up
ip link set va xdp obj "$RXPATH_OUT/redirect-$(cat /sys/class/net/eth0/ifindex).o" sec xdp
ip addr add 203.0.113.1/24 dev vb
ip neigh replace 203.0.113.2 lladdr "$(cat /sys/class/net/va/address)" dev vb nud permanent
settle
# All in one go, so that they come in batches: one datagram, cut by the stack.
# shellcheck disable=SC2016
into_veth_at_once() {
	perl -MIO::Socket::INET -e '
		my $socket = IO::Socket::INET->new(Proto => "udp", PeerAddr => "203.0.113.2", PeerPort => 9) or die;
		setsockopt($socket, 17, 103, pack("l", 18)) or die "UDP_SEGMENT: $!";
		send($socket, "x" x (50 * 18), 0) or die "send: $!"'
}
before=$(driver_stat tx_xdp) refused=$(driver_stat tx_xdp_refused)
echo dma_map_page_attrs 20 1 > $fail
into_veth_at_once
echo off > $fail
settle
is 'ndo_xdp_xmit: of 50 frames one cannot be mapped, 49 are sent' \
	"$(($(driver_stat tx_xdp) - before)) $(($(driver_stat tx_xdp_refused) - refused))" '49 1'
ip link del va
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
