#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

poke() { "$programs/poke" eth0 "$@"; }
# bits REGISTER MASK: those bits of a register
bits() { printf '0x%x\n' $(($(poke "$1") & $2)); }
# ethtool says a reason of the kernel's in two lines, or says it to stdout.
one_line() {
	local output status=0
	output=$("$@" 2>&1) || status=$?
	tr '\n' ' ' <<< "$output" >&2
	return $status
}
# not_possible NAME STATUS REASON OPTION...: ethtool refuses. If the kernel hands the
# driver's reason on to ethtool that is where it stands, else in the log.
not_possible() {
	local name=$1 status=$2 reason=$3
	shift 3
	dmesg -C
	refused "$name" "$status" 'not supported|unsupported|exceeds|Invalid|Could not change|a ring has' one_line ethtool "$@"
	case $reason in
	'') ;;
	log:*) like "$name: the log says why" "$(dmesg)" "eth0: ${reason#log:}" ;;
	esac
}

info=$(ethtool -i eth0)
like '-i: driver and slot' "$info" 'driver: rxpath_e1000.*bus-info: 0000:00:'
like '-i: what else ethtool can ask' "$info" \
	'supports-statistics: yes.*supports-test: yes.*supports-eeprom-access: yes.*supports-register-dump: yes'

# -d: pairs of offset and value; RDLEN and RAL(0) against the device's own word.
dump() {
	# shellcheck disable=SC2016 # the variables are Perl's
	ethtool -d eth0 raw on | perl -e 'local $/; my %r = unpack("(VV)*", <STDIN>);
		print join(" ", map { sprintf "0x%08x", $r{hex $_} // die "no register $_\n" } @ARGV), "\n"' "$@"
}
is '-d: control, receive control, the ring'\''s length, our address' "$(dump 0000 0100 2808 5400)" \
	"$(poke 0x0000) $(poke 0x0100) $(poke 0x2808) $(poke 0x5400)"

is '-e: the EEPROM begins with the address' \
	"$(ethtool -e eth0 raw on offset 0 length 6 | od -An -tx1 | tr ' ' : | cut -c 2-)" 52:54:00:12:34:01
is '-e: from an odd byte on' "$(ethtool -e eth0 raw on offset 3 length 2 | od -An -tx1)" ' 12 34'
# shellcheck disable=SC2016
is '-e: all words sum to 0xbaba (5.6)' \
	"$(ethtool -e eth0 raw on | perl -e 'local $/; printf "%x", unpack("%16v*", <STDIN>)')" baba
not_possible '-E: the EEPROM is not written' 87 '' -E eth0 magic 0x100e8086 offset 0 value 1

like '-g: both rings' "$(ethtool -g eth0)" \
	'maximums:.*RX:[[:space:]]+4096.*TX:[[:space:]]+4096.*Current.*RX:[[:space:]]+256.*TX:[[:space:]]+256'
ok '-G' ethtool -G eth0 rx 512 tx 128
is '-G: the device has them' "$(poke 0x2808) $(poke 0x3808)" '0x00002000 0x00000800'
not_possible '-G rx 79' 81 '' -G eth0 rx 79
like '-G rx 79: says why' "$(one_line ethtool -G eth0 rx 79 2>&1)" 'rxpath_e1000: a ring has a multiple of 8 descriptors'
like '-G tx 56: says why' "$(one_line ethtool -G eth0 tx 56 2>&1)" 'rxpath_e1000: a ring has at least 64 descriptors'
not_possible '-G rx 8192' 81 '' -G eth0 rx 8192
not_possible '-G rx-jumbo' 81 '' -G eth0 rx-jumbo 64
not_possible '-G rx-buf-len' 81 '' -G eth0 rx-buf-len 4096
not_possible '-G tx-push' 81 '' -G eth0 tx-push on
is 'refused, the rings stay as they were' "$(poke 0x2808) $(poke 0x3808)" '0x00002000 0x00000800'

# -c and -C have driver-coalesce.t.
not_possible '-C tx-usecs' 1 '' -C eth0 tx-usecs 5
not_possible '-C adaptive-tx' 1 '' -C eth0 adaptive-tx on

like '-a: no flow control' "$(ethtool -I -a eth0)" \
	'Autonegotiate:[[:space:]]+off.*RX:[[:space:]]+off.*TX:[[:space:]]+off.*tx_pause_frames: 0.*rx_pause_frames: 0'
not_possible '-A rx on' 76 'log:the device has no flow control' -A eth0 rx on
not_possible '-A tx on' 76 'log:the device has no flow control' -A eth0 tx on
not_possible '-A autoneg on' 76 'log:the device has no flow control' -A eth0 autoneg on

like '-l: one channel' "$(ethtool -l eth0)" 'maximums:.*Combined:[[:space:]]+1.*Current.*Combined:[[:space:]]+1'
not_possible '-L' 1 '' -L eth0 combined 2

# -k and -K: a bit of a register is behind each.
takes_effect() {
	local feature=$1 register=$2 mask=$3 on=$4
	ethtool -K eth0 "$feature" on
	is "-K $feature on" "$(bits "$register" "$mask")" "$(printf '0x%x' $((on ? mask : 0)))"
	ethtool -K eth0 "$feature" off
	is "-K $feature off" "$(bits "$register" "$mask")" "$(printf '0x%x' $((on ? 0 : mask)))"
}
takes_effect rx-all 0x0100 0x4 1
takes_effect rx-fcs 0x0100 0x4000000 0
# Without the filter the table has all VLANs: here those from 32 to 63.
takes_effect rx-vlan-filter 0x5604 0xffffffff 0
takes_effect rxvlan 0x0000 0x40000000 1
like '-K rxvlan off takes txvlan along, and says so' "$(ethtool -k eth0)" 'tx-vlan-offload: off \[requested on\]'
ethtool -K eth0 rxvlan on rx-vlan-filter on > /dev/null
like '-k: and back' "$(ethtool -k eth0)" 'rx-vlan-offload: on.*tx-vlan-offload: on'
for feature in rx lro rxhash ntuple; do
	not_possible "-K $feature on" 1 '' -K eth0 $feature on
done

# -s: what the PHY does, and nothing else.
before=$(ethtool eth0)
like '-s: the link as it is' "$before" 'Speed: 1000Mb/s.*Duplex: Full.*Auto-negotiation: on.*Port: Twisted Pair.*PHYAD: 1'
downs=$(cat /sys/class/net/eth0/carrier_down_count)
only='log:only auto-negotiation that offers 1000 Mb/s full duplex'
fixed='log:one port, twisted pair, PHY 1, no choice of MDI: all fixed'
not_possible '-s speed 100' 75 "$only" -s eth0 speed 100
not_possible '-s speed 100 autoneg off' 75 "$only" -s eth0 speed 100 duplex full autoneg off
not_possible '-s duplex half' 75 "$only" -s eth0 duplex half
not_possible '-s autoneg off' 75 "$only" -s eth0 autoneg off
not_possible '-s advertise 10000' 75 'log:to advertise are 10, 100 and 1000 Mb/s' -s eth0 advertise 0x1020
not_possible '-s port fibre' 75 "$fixed" -s eth0 port fibre
not_possible '-s phyad 3' 75 "$fixed" -s eth0 phyad 3
not_possible '-s mdix on' 75 "$fixed" -s eth0 mdix on
not_possible '-s wol g' 75 '' -s eth0 wol g
not_possible '-s msglvl 1' 75 '' -s eth0 msglvl 1
is 'refused, nothing has changed' "$(ethtool eth0)" "$before"
is 'and the link has not been touched' "$(cat /sys/class/net/eth0/carrier_down_count)" "$downs"
[[ $before != *Wake-on* ]] && pass 'wake-up is not offered' || fail 'wake-up is not offered'

# The link goes and comes back: each with a line in the log.
again() {
	local downs
	downs=$(cat /sys/class/net/eth0/carrier_down_count)
	"$@" || return
	for _ in {1..100}; do
		[ "$(cat /sys/class/net/eth0/carrier_down_count)" -gt "$downs" ] &&
			[ "$(cat /sys/class/net/eth0/carrier)" = 1 ] && return
		sleep 0.1
	done
	echo 'the link has not gone and come back'
	return 1
}
ok '-s advertise: some modes less, negotiated anew' again ethtool -s eth0 advertise 0x023
like '-s advertise: they are gone' "$(ethtool eth0)" \
	'Advertised link modes:[[:space:]]+10baseT/Half 10baseT/Full[[:space:]]+1000baseT/Full[[:space:]]+Advertised pause'
ok '-s autoneg on: all modes again' again ethtool -s eth0 autoneg on advertise 0x02f
ok '-r: negotiates again' again ethtool -r eth0
ok 'and the wire is alive' peer ping -q -c 2 -i 0.2 "$server_ip"

# -p: the first LED goes on and off, and is then the link's again.
led() { bits 0x0e00 0xf; }
before=$(led)
ethtool -p eth0 3 &
blinker=$!
seen=''
for _ in {1..200}; do
	now=$(led)
	[[ $seen == *"$now"* ]] || seen+=" $now"
	[[ $seen == *0xe* && $seen == *0xf* ]] && break
done
wait $blinker
[[ $seen == *0xe* && $seen == *0xf* ]] && pass '-p: on and off' || fail "-p: on and off, not just$seen"
is '-p: and then as before' "$(led)" "$before"

like '-T: software, both ways' "$(ethtool -T eth0)" 'software-transmit.*software-receive.*PTP Hardware Clock: none'
# SO_TIMESTAMPING is 37, as is the control message with the stamps.
is '-T: a sent and a received datagram have their stamps' "$(python3 - "$peer_ip" << 'PYTHON'
import os, select, socket, struct, subprocess, sys

TX_SOFTWARE, RX_SOFTWARE, SOFTWARE, TSONLY = 1 << 1, 1 << 3, 1 << 4, 1 << 11

def stamp(sock, flags, events):
    poll = select.poll()
    poll.register(sock, events)
    poll.poll(5000)
    for level, kind, data in sock.recvmsg(2000, 512, flags)[1]:
        if (level, kind) == (socket.SOL_SOCKET, 37):
            return struct.unpack("qqqqqq", data)[0] > 0
    return False

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", 7777))
sock.setsockopt(socket.SOL_SOCKET, 37, TX_SOFTWARE | RX_SOFTWARE | SOFTWARE | TSONLY)
sock.sendto(b"out", (sys.argv[1], 9))
sent = stamp(sock, socket.MSG_ERRQUEUE | socket.MSG_DONTWAIT, 0)
# Port 9 of the peer is closed: what else is in the error queue is its answer.
sock.close()
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", 7778))
sock.setsockopt(socket.SOL_SOCKET, 37, RX_SOFTWARE | SOFTWARE)
subprocess.run(["peer", "bash", "-c", "echo in > /dev/udp/192.0.2.1/7778"], check=True)
print(sent, stamp(sock, socket.MSG_DONTWAIT, select.POLLIN))
PYTHON
)" 'True True'

# The MII ioctls, as mii-tool uses them: SIOCGMIIPHY, SIOCGMIIREG, SIOCSMIIREG.
# shellcheck disable=SC2016
mii() {
	perl -MSocket -e 'socket(my $socket, AF_INET, SOCK_DGRAM, 0) or die;
		my ($what, $phy, $reg, $value) = map { oct } @ARGV;
		my $request = pack("a16 S4 x16", "eth0", $phy // 1, $reg // 0, $value // 0, 0);
		ioctl($socket, $what, $request) or print("$!\n"), exit;
		my ($id, undef, undef, $out) = unpack("x16 S4", $request);
		printf $what == 0x8947 ? "%d\n" : "0x%04x\n", $what == 0x8947 ? $id : $out' "$@"
}
is 'MII: which PHY' "$(mii 0x8947)" 1
is 'MII: its identifier' "$(mii 0x8948 1 2) $(mii 0x8948 1 3)" '0x0141 0x0c20'
is 'MII: the link is up (BMSR)' $(($(mii 0x8948 1 1) >> 2 & 1)) 1
before=$(mii 0x8948 1 4)
mii 0x8949 1 4 0x0001 > /dev/null
is 'MII: a register is written' "$(mii 0x8948 1 4)" 0x0001
mii 0x8949 1 4 "$before" > /dev/null
is 'MII: another PHY' "$(mii 0x8948 2 1)" 'Invalid argument'
is 'MII: a register above 31' "$(mii 0x8948 1 0x20)" 'Invalid argument'
is 'MII: one that this PHY has not' "$(mii 0x8948 1 15)" 'Input/output error'

ip link set eth0 down
refused '-r while down' 255 'Resource temporarily unavailable' one_line ethtool -r eth0
ok '-s while down' ethtool -s eth0 advertise 0x02b
nic-up
like '-s while down: in force afterwards' "$(ethtool eth0)" 'Speed: 1000Mb/s'
ok 'bytes are intact after all this' echo_here epoll-server 7000 100003 3
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
