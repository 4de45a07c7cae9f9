#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A recording over IPv6: the same views, choices and exports as over IPv4.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
trace=$traces/ipv6.dat
cd "$scratch" || exit

draw() { "$rxpath" diagram --width 200 "$@" "$trace"; }
tree=$("$rxpath" tree "$trace")
packets=$(grep -c '^skb#' <<< "$tree")
# What a socket in TIME_WAIT takes goes no further than tcp_v6_rcv().
is 'every other packet is complete' "$(grep '^skb#.*INCOMPLETE' <<< "$tree" | grep -vc 'FIN|ACK, 0 .*no socket took it: tcp_v6_rcv')" 0
for server in epoll recv; do
	is "the $server server read every byte" "$(sed -n "s/^skb.*complete: \([0-9]*\) bytes read by $server-server.*/\1/p" <<< "$tree" |
		awk '{ sum += $1 } END { print sum + 0 }')" 600
done
is 'the datagram was read' "$(grep -c '^skb.*complete: 333 bytes read by udp-server' <<< "$tree")" 1
is 'the ping is answered by the kernel, over both' "$(sed -n 's/^skb#[0-9]*  \(2001:db8::2\|192.0.2.2\) .*  complete: \(answered.*\)/\1 \2/p' <<< "$tree")" \
	$'2001:db8::2 answered by the kernel: echo reply 1 sent by icmpv6_rcv\n192.0.2.2 answered by the kernel: echo reply 1 sent by icmp_rcv'
is 'the answer is the raw socket'\''s, not dropped' "$(sed -n 's/^skb#[0-9]*  \(2001:db8::1\|192.0.2.1\) .*  complete: /\1 /p' <<< "$tree" | grep -v read)" \
	$'2001:db8::1 echo reply: a raw socket has taken its clone\n192.0.2.1 echo reply: a raw socket has taken its clone'
is 'which stats says, too' "$("$rxpath" stats "$traces/ipv6.dat" | grep -c NO_SOCKET)" 0
# No descriptor of its driver tells what an in-tree e1000 sends: no answer was seen.
is 'no answer is told that the trace does not have' \
	"$("$rxpath" tree "$traces/intree.dat" | grep -c 'answered')" 0

# The views.
for level in hops layers calls; do
	for format in text mermaid svg; do
		out=$(draw --view epoll-wake --level $level --format $format)
		[ $format = svg ] && out=$(sed -n 's/.*<text[^>]*>\(.*\)<\/text>.*/\1/p' <<< "$out" | tr '\n' ' ')
		ok "epoll-wake ($level, $format) has its hops in order" in_order "$out" \
			rxe_intr net_rx_action rxe_poll 'descriptor' netif_receive_skb ipv6_rcv tcp_v6_rcv sock_def_readable \
			ep_poll_callback 'wakes epoll-server/' 'runs on CPU' 'do_epoll_wait returns 1 ready' tcp_recvmsg \
			'tcp_recvmsg returns 200 bytes'
	done
done
ok 'nic-ip' in_order "$(draw --view nic-ip --format mermaid)" rxe_intr rxe_poll netif_receive_skb ipv6_rcv
is 'nic-ip stops at IP' "$(draw --view nic-ip --format mermaid | grep -c -e tcp_v6_rcv -e "ip6_input(")" 0
out=$(draw --view ip-tcp --format mermaid --packet "$(sed -n 's/^skb#\([0-9]*\) .*7000  SYN, .*/\1/p' <<< "$tree" | head -n 1)")
ok 'ip-tcp: the conditions are those of IPv6' in_order "$out" ipv6_rcv ip6_rcv_core ip6_route_input \
	'alt res-#62;fib6_type == RTN_LOCAL' ip6_input ip6_input_finish 'alt nexthdr == IPPROTO_TCP' tcp_v6_rcv
ok 'tcp-recv: its segment and its queue' in_order "$(draw --view tcp-recv --format mermaid)" \
	tcp_recvmsg sk_wait_data tcp_v6_rcv 'PSH|ACK seq 0, 200 bytes' tcp_queue_rcv 'receive queue: 0 → 200 bytes' \
	'wakes recv-server/' 'tcp_recvmsg returns 200 bytes'

# The choice.
epoll=$("$rxpath" tree --flow :7000 "$trace")
for flow in '[2001:db8::1]:7000' '2001:db8::2-:7000' '[2001:db8::1]:7000-2001:db8::2'; do
	is "--flow $flow" "$("$rxpath" tree --flow "$flow" "$trace")" "$epoll"
done
both=$(grep -m1 -o '\[2001:db8::2\]:[0-9]* → \[2001:db8::1\]:7000' <<< "$epoll" | sed 's/ → /-/')
is 'by both ends, as a title has them' "$("$rxpath" tree --flow "$both" "$trace")" "$epoll"
is 'an address of IPv4 chooses none of IPv6' "$("$rxpath" tree --flow 192.0.2.1 "$trace" | grep -c '^skb#[0-9]*  192')" \
	"$("$rxpath" tree --flow 192.0.2.1 "$trace" | grep -c '^skb#')"
refused 'an address that is none' 2 '\[2001:db8::1\]:7000' "$rxpath" tree --flow '[2001:db8::x]:7000' "$trace"
cat > rules << 'RULES'
packets toward [2001:db8::1]:7000 with data
  packets = 3
  path rxe_intr, rxe_poll, ipv6_rcv, tcp_v6_rcv, tcp_recvmsg
  read by epoll-server

flows flow 2001:db8::2-:7001 with data
  flows = 2
  data = 600
RULES
ok 'rules take it, too' "$rxpath" assert rules "$trace"
like 'a flow is named by its ends' "$("$rxpath" assert - "$trace" <<< $'flows flow :7001\n data = 1')" \
	'\[2001:db8::1\]:7001 → \[2001:db8::2\]:'
like 'stats has the stages of IP and of the net core' "$("$rxpath" stats --flow '[2001:db8::1]:7000' "$trace")" \
	$'core +[0-9]+ .*\nip +[0-9]+ '

# The exports.
for format in csv json pcapng; do
	"$rxpath" export --format $format -o x.$format "$trace"
done
python3 - << 'PYTHON' > titles
import csv, json
titles = {}
for p in json.load(open("x.json"))["packets"]:
    ports = p.get("tcp") or p.get("udp") or {"sport": 0, "dport": 0}
    titles[p["no"]] = (p["ip"]["saddr"], ports["sport"], p["ip"]["daddr"], ports["dport"])
for row in csv.DictReader(open("x.csv", newline="")):
    ends = (row["saddr"], int(row["sport"]), row["daddr"], int(row["dport"]))
    assert titles[int(row["packet"])] == ends, (titles[int(row["packet"])], ends)
    print("skb#" + row["packet"], *ends)
PYTHON
is 'CSV and JSON have the ends that the tree has' \
	"$(awk '{ a = $2; b = $4; if ($3) { six = a ~ /:/; a = (six ? "[" a "]" : a) ":" $3; b = (six ? "[" b "]" : b) ":" $5 } print $1 "  " a " → " b }' titles)" \
	"$(sed -n 's/^\(skb#[0-9]*  [^ ]* → [^ ]*\)  .*/\1/p' <<< "$tree")"
is 'JSON fits its schema' "$(python3 "$here/export.py" json x.json "$here/../../docs/trace-schema.json" 2>&1 | tail -n 1)" "$packets"
shark() { tshark -r "$@" 2> /dev/null; }
frames() { "$here/frames.py" "$@"; }
# about CAPTURE [FILTER]: of each comment the packet that it is about, and whose frame it is at.
about() { frames "$1" "${2-}" frame.comment ipv6.src ip.src | sed -n 's/^rxpath \(skb#[0-9]*\):[^\t]*/\1/p'; }
is 'tshark reads the same ends from the made frames' \
	"$(frames x.pcapng '' frame.comment ipv6.src ip.src tcp.srcport udp.srcport ipv6.dst ip.dst tcp.dstport udp.dstport |
		awk -F '\t' '{ split($1, about, /[ :]/); print about[2], $2 $3, $4 + $5, $6 $7, $8 + $9 }')" "$(< titles)"
is 'and the flows of IPv6' "$(shark x.pcapng -Y 'ipv6 && tcp.dstport == 7000' -T fields -E separator=, -e ipv6.src -e tcp.srcport -e ipv6.dst -e tcp.len -e ipv6.hlim -e ipv6.plen -e frame.len)" \
	"$(python3 -c 'import json
for p in json.load(open("x.json"))["packets"]:
    if p.get("tcp", {}).get("dport") == 7000:
        print(p["ip"]["saddr"], p["tcp"]["sport"], p["ip"]["daddr"], p["tcp"]["payload"], 64, p["length"] - 54, p["length"], sep=",")')"
is 'and the datagram' "$(shark x.pcapng -Y udp -T fields -E separator=, -e ipv6.src -e udp.dstport -e udp.length)" '2001:db8::2,7002,341'
is 'and finds none malformed' "$(shark x.pcapng -Y _ws.malformed | wc -l)" 0
# Of a capture each packet finds its own frame again, if there is the same before it of another host, too.
python3 - << 'PYTHON'
import struct
data = open("x.pcapng", "rb").read()
out, at = bytearray(), 0
while at < len(data):
    kind, size = struct.unpack_from("<II", data, at)
    block = bytearray(data[at:at + size])
    # The last byte of the source address of IPv6.
    if kind == 6 and block[40:42] == b"\x86\xdd":
        other = bytearray(block)
        other[28 + 14 + 23] ^= 0xff
        out += other
    out += block
    at += size
open("twice.pcapng", "wb").write(out)
PYTHON
"$rxpath" export --format pcapng --pcap twice.pcapng -o z.pcapng "$trace"
is 'with frames of another host between, each packet finds its own' \
	"$(about z.pcapng 'frame.comment contains "rxpath skb" && ipv6')" "$(about x.pcapng ipv6)"
"$rxpath" export --format pcapng --pcap x.pcapng -o y.pcapng "$trace"
is 'with a capture each packet finds its own frame' "$(about y.pcapng)" "$(about x.pcapng)"
done_testing
