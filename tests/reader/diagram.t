#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The diagrams of recorded packets: order, nesting, and nothing made up.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

draw() { "$rxpath" diagram "$@"; }

for trace in gro-off gro-on; do
	case $trace in
	gro-off) entry=netif_receive_skb ip=ip_rcv upward=(ip_rcv 'alt work' napi_complete_done) ;;
	gro-on) entry=netif_receive_skb_list_internal ip=ip_list_rcv upward=('alt work' napi_complete_done ip_list_rcv) ;;
	esac
	for level in hops layers calls; do
		for format in text mermaid svg; do
			out=$(draw --view epoll-wake --level $level --format "$format" --width 160 "$traces/$trace.dat")
			# A picture's labels may be broken into lines.
			[ $format = svg ] && out=$(sed -n 's/.*<text[^>]*>\(.*\)<\/text>.*/\1/p' <<< "$out" | tr '\n' ' ')
			ok "$trace: epoll-wake ($level, $format) has its hops in order" in_order "$out" \
				rxe_intr net_rx_action rxe_poll 'descriptor' "$entry" "$ip" tcp_v4_rcv sock_def_readable \
				ep_poll_callback 'wakes epoll-server/' 'runs on CPU' 'do_epoll_wait returns 1 ready' \
				tcp_recvmsg 'tcp_recvmsg returns 200 bytes'
		done
	done
	out=$(draw --view nic-ip --format mermaid "$traces/$trace.dat")
	ok "$trace: nic-ip" in_order "$out" irq_handler rxe_intr 'ICR' __napi_schedule 'raises NET_RX' \
		'softirq(NET_RX)' net_rx_action __napi_poll rxe_poll 'descriptor' "${upward[@]}" \
		'interrupt enabled again'
	like "$trace: nic-ip stops at IP" "$(grep -c -e tcp_v4_rcv -e ip_local_deliver <<< "$out")" '^0$'
	ok "$trace: ip-tcp" in_order "$(draw --view ip-tcp --format mermaid "$traces/$trace.dat")" \
		"$ip" 'alt ' ip_local_deliver 'IPPROTO_TCP' tcp_v4_rcv
	out=$(draw --view tcp-recv --format mermaid "$traces/$trace.dat")
	ok "$trace: tcp-recv" in_order "$out" tcp_recvmsg sk_wait_data sleeps tcp_v4_rcv \
		'sk-#62;sk_state == TCP_ESTABLISHED' tcp_rcv_established tcp_queue_rcv 'receive queue: 0 → 200 bytes' \
		sock_def_readable __wake_up_common woken_wake_function 'wakes recv-server/' 'runs on CPU' \
		skb_copy_datagram_iter 'tcp_recvmsg returns 200 bytes'
done

for trace in gro-off gro-on merge; do
	for view in "${packet_views[@]}"; do
		for level in hops layers calls; do
			draw --view "$view" --level $level --format mermaid -o "$scratch/x.mmd" "$traces/$trace.dat"
			ok "$trace: $view ($level) is balanced" balanced "$scratch/x.mmd"
		done
	done
	# Each function on an arrow is in the packet's tree, and the other way round.
	draw --view all --level calls --format mermaid -o "$scratch/x.mmd" "$traces/$trace.dat"
	packet=$(sed -n 's/.*%% packet //p' "$scratch/x.mmd")
	sed -n 's/.*->>.*<br>\([a-z_0-9]*\)(.*/\1/p; s/.* -) .*<br>\([a-z_0-9]*\)(.*/\1/p' "$scratch/x.mmd" | sort -u > "$scratch/drawn"
	# Instants are notes. The end of a poll is in the picture, but it is not this packet's call.
	"$rxpath" tree --packet "$packet" "$traces/$trace.dat" | awk '$1 ~ /^[HST]$/' |
		grep -v ' - ' | sed 's/.*[mµn]*s  *\([a-z_0-9]*\)(.*/\1/' | sort -u > "$scratch/seen"
	is "$trace: no arrow without its call" "$(comm -23 "$scratch/drawn" "$scratch/seen" | grep -v napi_complete_done)" ''
	is "$trace: no call without its arrow" "$(comm -13 "$scratch/drawn" "$scratch/seen")" ''
	ok "$trace: every row of the SVG names its event" \
		eval "! draw --view all --level calls --format svg '$traces/$trace.dat' | grep -A1 'data-event=\"0\"' | grep -q 'class=\"\\(call\\|async\\|return\\)'"
done

# Between the hops of a slide and every call: how each layer is entered. A level has all that the one below it has.
for trace in gro-off gro-on merge intree ipv6 7.2-gro-off; do
	for view in epoll-wake all; do
		for level in hops layers calls; do
			draw --view "$view" --level $level --format mermaid "$traces/$trace.dat" > "$scratch/$level.mmd"
			# On a slide the handler of an interrupt without our driver's is "interrupt 23, eth0".
			sed -nE 's/.* (->>|-\)) p[0-9]+: .*<br>([a-z_0-9]+)([ (].*|$)/\2/p' "$scratch/$level.mmd" |
				sed 's/^interrupt$/irq_handler/' | sort > "$scratch/$level"
		done
		is "$trace: $view: the layers have every hop" "$(comm -23 "$scratch/hops" "$scratch/layers")" ''
		is "$trace: $view: and no call more than once or made up" "$(comm -23 "$scratch/layers" "$scratch/calls")" ''
		hops=$(wc -l < "$scratch/hops") layers=$(wc -l < "$scratch/layers") calls=$(wc -l < "$scratch/calls")
		ok "$trace: $view: they lie between ($hops, $layers, $calls)" test "$hops" -lt "$layers" -a "$layers" -lt "$calls"
	done
done
draw --view all --level layers --format mermaid "$traces/gro-off.dat" > "$scratch/x.mmd"
ok 'each layer is entered where the path comes to it, with what it changes' in_order "$(< "$scratch/x.mmd")" \
	'rxe_intr(' 'ICR 0x80' '__napi_schedule(' 'softirq(NET_RX)' 'rxe_poll(' 'descriptor' 'netif_receive_skb(' 'ip_rcv(' \
	'alt skb_valid_dst' 'tcp_v4_rcv(' 'receive queue: 0 → 200 bytes' 'sock_def_readable(' '__wake_up_sync_key(' \
	'ep_poll_callback(' 'wakes epoll-server/' 'softirq done' 'do_epoll_wait returns 1 ready' 'tcp_recvmsg returns 200 bytes'
is 'what a layer does by itself is left out' \
	"$(grep -cE '(->>|-\)) .*(ip_rcv_core|ip_local_deliver_finish|ip_rcv_finish_core|tcp_try_coalesce|__napi_poll|__wake_up_common)\(' "$scratch/x.mmd")" 0

# Another NIC: no descriptor, the packet begins at the first hook.
ok 'in-tree e1000: epoll-wake has its hops in order' in_order "$(draw --view epoll-wake --format mermaid "$traces/intree.dat")" \
	irq_handler net_rx_action __napi_poll netif_receive_skb_list_internal ip_list_rcv tcp_v4_rcv sock_def_readable \
	ep_poll_callback 'wakes epoll-server/' 'do_epoll_wait returns 1 ready' 'tcp_recvmsg returns 200 bytes'

# Merged frames: the loop over descriptors says how many, the merge where the bytes went.
member=$("$rxpath" tree "$traces/merge.dat" | sed -n 's/^skb#\([0-9]*\) .*joined skb.*epoll-server.*/\1/p' | head -n 1)
out=$(draw --view all --level calls --packet "$member" --format mermaid "$traces/merge.dat")
ok 'a merged frame: its own way, then that of the packet it joined' in_order "$out" \
	'descriptors of this poll' skb_gro_receive 'continues as' tcp_v4_rcv do_epoll_wait tcp_recvmsg

# Text fits its width, whatever that is; without colour and without UTF-8 too.
for width in 40 80 133; do
	widest=$(draw --view epoll-wake --level calls --width $width "$traces/gro-off.dat" | wc -L)
	ok "text at $width columns is no wider" test "$widest" -le $width
done
# Names that no stretch of a row holds go on in the next.
for view in "${packet_views[@]}"; do
	is "$view: no name is cut at 100 columns" "$(draw --view "$view" --level calls --width 100 "$traces/gro-off.dat" | grep -c …)" 0
done
like 'a long name in its parts' "$(draw --view epoll-wake --level calls --width 100 "$traces/gro-off.dat")" \
	$'┃ ep_autoremove_wake_ +█ [^\n]*\n[^\n]*┃ function'
is 'ASCII only in the C locale' "$(LC_ALL=C draw "$traces/gro-off.dat" | LC_ALL=C tr -d '[:print:]\n' | wc -c)" 0
is 'no colour into a pipe' "$(NO_COLOR='' draw "$traces/gro-off.dat" | grep -c $'\033')" 0
ok "the SVG is well-formed, and a renderer draws it" rsvg-convert -o "$scratch/all.png" \
	<(draw --view all --level calls --format svg "$traces/merge.dat")
is 'a slide is 16:9' "$(draw --view epoll-wake --level hops --format svg "$traces/gro-off.dat" |
	sed -n 's/.*<svg.* viewBox="0 0 \([0-9]*\) \([0-9]*\)".*/\1 \2/p' | awk '{ printf "%.2f", $1 / $2 }')" 1.78
for format in text mermaid svg html; do
	out=$(draw --title 'One message & its way' --format $format "$traces/gro-off.dat")
	like "$format: a title of one's own" "$out" 'One message (&|&amp;|#38;) its way'
done
like 'a slide says what its ring is about' "$(draw --level hops --format svg "$traces/gro-off.dat")" '>ntc next to clean, ntu next to use, tail: '
is 'where there is one' "$(draw --level hops --format svg "$traces/intree.dat" | grep -c 'next to clean')" 0
like 'after what a task runs' "$(draw --view tcp-recv "$traces/gro-off.dat")" 'runs on CPU [01], [0-9.]+ [µm]s after its'
done_testing
