#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

frames() { "$RXPATH_PROJECT/tests/guest/inside/frames" "$@"; }
ip addr replace 2001:db8::1/64 dev eth0 nodad
peer ip addr replace 2001:db8::2/64 dev peer0 nodad
ok 'IPv6 is there' wait_until 'the peer does not answer' ping -6 -q -c 1 -W 1 2001:db8::2

# send_with OPTIONS ADDRESS: 300,000 bytes to the peer, each packet with so many bytes
# of destination options. Whether they were read there, and how many segments were sent
# again.
again() { nstat -asz TcpRetransSegs | awk '/RetransSegs/ { print $2 }'; }
send_with() {
	local before reader again
	before=$(again)
	peer python3 -c '
import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
server = socket.create_server((sys.argv[1], 7100), family=family)
server.settimeout(60)
connection = server.accept()[0]
connection.settimeout(60)
got = 0
while data := connection.recv(65536):
    got += len(data)
print(got)' "$2" > /tmp/got &
	reader=$!
	wait_for_port 7100 peer || return
	python3 -c '
import socket, sys
options, address = int(sys.argv[1]), sys.argv[2]
s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
if options:
    # Next header, length in units of eight bytes after the first, one option to be passed over.
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_DSTOPTS,
                 bytes([0, options // 8 - 1, 0x1e, options - 4]) + bytes(options - 4))
s.settimeout(60)
s.connect((address, 7100))
s.sendall(bytes(300000))
s.close()' "$1" "$2"
	wait $reader
	# A host that is slow makes TCP ask again after the last segment, once or twice.
	again=$(($(again) - before))
	echo "$(cat /tmp/got) read, $([ $again -le 4 ] && echo none || echo $again) again"
}
tso() { driver_stat tx_tso; }
longest() { frames wire "$RXPATH_OUT/wire.pcap" "$1" $our_mac | sed -E 's/.*longest=([0-9]+) long=([0-9]+) .*/\1 \2/'; }
wire_size() { command stat -c %s "$RXPATH_OUT/wire.pcap"; }

before=$(tso)
is 'IPv6 without options: nothing is sent twice' "$(send_with 0 2001:db8::2)" '300000 read, none again'
ok 'and the device cuts' [ "$(tso)" -gt "$before" ]
# What is before the data has to fit a byte: Ethernet, IPv6, options, TCP with time stamps.
before=$(tso)
is '160 bytes of options: headers of 246 bytes, nothing is sent twice' "$(send_with 160 2001:db8::2)" '300000 read, none again'
ok 'and the device cuts' [ "$(tso)" -gt "$before" ]
for options in 168 176 184 248; do
	at=$(wire_size)
	is "$options bytes of options, headers of $((86 + options)): nothing is sent twice" \
		"$(send_with $options 2001:db8::2)" '300000 read, none again'
	is "$options bytes of options: segments as long as the wire allows" "$(longest "$at")" '1514 0'
done

# A frame for TSO is to be cut, whatever is said of its checksum.
ok 'a module that takes the checksum from the driver' insmod "${RXPATH_DRIVER%/driver/*}/tests/modules/gso.ko"
at=$(wire_size) before=$(tso)
is 'no checksum left to the device, IPv4: nothing is sent twice' "$(send_with 0 "$peer_ip")" '300000 read, none again'
is 'no checksum left to the device, IPv6: nothing is sent twice' "$(send_with 0 2001:db8::2)" '300000 read, none again'
changed=$(cat /sys/module/gso/parameters/changed)
ok 'such frames were sent' [ "$changed" -gt 0 ]
ok 'the device has cut them' [ $(($(tso) - before)) -ge "$changed" ]
is 'no segment is longer than the wire allows' "$(longest "$at")" '1514 0'
like 'and each has the right lengths and checksums' "$(frames wire "$RXPATH_OUT/wire.pcap" "$at" $our_mac)" ' wrong=0$'
rmmod gso

ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
