#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

# verdict INTERFACE MODE: the names of the tests that failed, and the verdict
verdict() {
	ethtool -t "$1" "$2" | awk '
		/^The test result/ { verdict = $NF }
		/\t/ && $NF != 0 { sub(/ *\t.*/, ""); failed = failed $0 ", " }
		END { print failed verdict }'
}
poke() { "$programs/poke" eth0 "$@"; }
said() { dmesg | sed -n 's/.*eth[01]: self-test: //p' | head -n 1; }

like 'it says which tests there are' "$(ethtool -t eth0 online)" \
	'Link.*Registers.*EEPROM.*Interrupt.*Loopback \(offline\)'
is 'online passes' "$(verdict eth0 online)" PASS
before=$(dmesg | grep -c 'link is')
is 'offline passes' "$(verdict eth0 offline)" PASS
is 'offline restarts the interface' "$(($(dmesg | grep -c 'link is up') - before))" 1
# BMCR, read through MDIC (13.4.7): bit 14 is the loopback.
bmcr() {
	poke 0x0020 0x08200000
	printf '0x%04x\n' $(($(poke 0x0020) & 0xffff))
}
is 'and leaves the PHY as it was: 1000 Mb/s, negotiating, no loopback' "$(bmcr)" 0x1140
ok 'and the wire connected' peer ping -q -c 2 -i 0.2 "$server_ip"
ip link set eth0 down
is 'while down: online' "$(verdict eth0 online)" PASS
is 'while down: offline' "$(verdict eth0 offline)" PASS
nic-up
ok 'up again: bytes are intact' echo_here epoll-server 7000 100003 3

# State that an offline test must bring back, and a test that looks for it.
ip link add link eth0 name eth0.7 type vlan id 7
ip link set eth0.7 up
ethtool -K eth0 rx-all on
ip maddr add 01:00:5e:01:02:03 dev eth0
# ring buffers, receive control, the filters for addresses, groups and VLANs
state() {
	local register
	for register in 0x2800 0x2808 0x3800 0x3808 0x0100 0x5400 0x5404; do poke $register; done
	poke $((0x5200 + 4 * 0x302 / 8))
	poke 0x5600
}
before=$(state)
in_traffic() {
	transfer_start 7000 || return
	peer ping -q -f -s 1400 "$server_ip" > /dev/null 2>&1 &
	local flood=$!
	for _ in 1 2 3; do
		[ "$(verdict eth0 offline)" = PASS ] && [ "$(verdict eth0 online)" = PASS ] || {
			dmesg | tail -n 3
			kill $flood
			return 1
		}
		sleep 0.3
	done
	kill $flood
	transfer_survived 7000
}
ok 'offline and online under traffic: they pass, the connection lives' in_traffic
is 'rings and filters are as they were' "$(state)" "$before"
ethtool -K eth0 rx-all off
ip link del eth0.7

# Broken on purpose, behind the driver's back.
dmesg -C
mask=$(poke 0x5404)
poke 0x5404 $((mask ^ 1))
is 'a filter that lost a bit: online notices' "$(verdict eth0 online)" 'Registers, FAIL'
is 'and says where' "$(said)" \
	"register 0x5404 holds $(printf '0x%08x' $((mask ^ 1))), not $(printf '0x%08x' $((mask)))"
is 'the result is an error number (EIO)' "$(ethtool -t eth0 online | awk '/^Registers/ { print $NF }')" 5
is 'offline tests it anew, and mends it' "$(verdict eth0 offline) $(verdict eth0 online)" 'PASS PASS'
for register in 0x5200:1:groups 0x5600:2:VLANs 0x2808:128:'the length of a ring' 0x0400:0:'transmit enable'; do
	IFS=: read -r offset value name <<< "$register"
	before=$(poke "$offset")
	poke "$offset" "$value"
	is "online notices a change of $name" "$(verdict eth0 online)" 'Registers, FAIL'
	poke "$offset" "$before"
done
is 'all of it as before: passes' "$(verdict eth0 online)" PASS

# Another cause's interrupt would bring this one along.
silence
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
dmesg -C
# A line that is masked raises nothing; the mask is what a lost interrupt looks like.
poke 0x00d8 0x4
is 'an interrupt that does not come: online notices' "$(verdict eth0 online)" 'Registers, Interrupt, FAIL'
like 'and says so' "$(dmesg)" 'self-test: interrupt [0-9]+ does not come'
poke 0x00d0 0x4
is 'enabled again: passes' "$(verdict eth0 online)" PASS

# spoilt REGISTER VALUE: the offline test's verdict while something writes there all
# the time. The host may hold up the writer for as long as the test lasts: then
# the test has seen a device that works, and looks once more.
spoilt() {
	local got poker
	"$programs/poke" eth0 "$@" always &
	poker=$!
	for _ in {1..10}; do
		got=$(verdict eth0 offline)
		[ "$got" = PASS ] || break
	done
	kill $poker
	wait $poker
	echo "$got"
} 2> /dev/null
is 'frames that are not sent: the loopback fails' "$(spoilt 0x0400 0)" 'Loopback (offline), FAIL'
like 'and says so' "$(dmesg)" 'self-test: a frame is not sent'
ip link set eth0 down
nic-up
is 'transmit on: passes' "$(verdict eth0 offline)" PASS

dmesg -C
# The PHY is told, through MDIC, to loop nothing back.
is 'frames that do not come back: the loopback fails' "$(spoilt 0x0020 0x04201140)" 'Loopback (offline), FAIL'
like 'and says so' "$(dmesg)" 'self-test: a frame does not come back'

# The second NIC's filters become such that cannot be written.
ip link set eth1 up
dmesg -C
read -r bar _ < /sys/class/net/eth1/device/resource
rom_at $((bar + 0x5000))
is 'a device that forgets what is written to some registers: online sees none of it' "$(verdict eth1 online)$(said)" PASS
# The frames that it sends to itself are for an address that was to be received.
is 'offline does' "$(verdict eth1 offline)" 'Registers, Loopback (offline), FAIL'
like 'and says where' "$(said)" '^register 0x5[2-6][0-9a-f]{2} holds '
rom_away
is 'the filters themselves: passes' "$(verdict eth1 offline)" PASS
ip link set eth1 down

ok 'bytes are intact after all this' echo_here epoll-server 7000 100003 3
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
