#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Views that are not about a packet, and the choice of packets and calls.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"

draw() { "$rxpath" diagram "$@"; }

for format in text mermaid svg; do
	out=$(draw --view init --format "$format" --width 200 "$traces/init.dat")
	[ $format = svg ] && out=$(sed -n 's/.*<text[^>]*>\(.*\)<\/text>.*/\1/p' <<< "$out" | tr '\n' ' ')
	ok "init ($format): from the module to an interface that is up, in order" in_order "$out" \
		do_init_module __pci_register_driver local_pci_probe rxe_probe pci_enable_device_mem alloc_etherdev_mqs \
		rxe_hw_reset pci_set_master rxe_netdev_init netif_napi_add_weight register_netdevice __dev_open rxe_open \
		rxe_tx_alloc dma_alloc_attrs rxe_rx_alloc dma_alloc_attrs request_threaded_irq rxe_up rxe_hw_setup \
		rxe_tx_start rxe_rx_start napi_enable
	out=$(draw --view epoll-ctl --format "$format" --width 200 "$traces/init.dat")
	[ $format = svg ] && out=$(sed -n 's/.*<text[^>]*>\(.*\)<\/text>.*/\1/p' <<< "$out" | tr '\n' ' ')
	ok "epoll-ctl ($format): from the call to the wait queue, in order" in_order "$out" \
		'do_epoll_ctl(4, ADD, fd 3)' 'op == EPOLL_CTL_ADD' ep_item_poll sock_poll tcp_poll ep_ptable_queue_proc \
		'queue with ep_poll_callback' 'do_epoll_ctl returns 0'
done
out=$(draw --view softirq --format mermaid "$traces/gro-off.dat")
ok 'softirq: from the interrupt to the queue, in order' in_order "$out" \
	irq_handler rxe_intr net_rx_action rxe_poll ip_rcv tcp_v4_rcv tcp_queue_rcv sock_def_readable
is 'softirq: nothing of the program' "$(grep -cE 'tcp_recvmsg|do_epoll_wait returns|runs on CPU' <<< "$out")" 0
# Recorded before ep_item_poll was in the table.
ok 'epoll-ctl of an older trace' in_order "$(draw --view epoll-ctl "$traces/gro-off.dat")" \
	do_epoll_ctl 'op == EPOLL_CTL_ADD' sock_poll tcp_poll ep_ptable_queue_proc
for view in init epoll-ctl; do
	for level in hops layers calls; do
		draw --view "$view" --level $level --format mermaid -o "$scratch/x.mmd" "$traces/init.dat"
		ok "$view ($level) is balanced" balanced "$scratch/x.mmd"
	done
	draw --view "$view" --format svg -o "$scratch/x.svg" "$traces/init.dat"
	is "$view: every arrow of the SVG names its event" \
		"$(grep -A1 'data-event="0"' "$scratch/x.svg" | grep -c 'class="\(call\|async\|return\)')" 0
done
is 'nobody else is woken in the set-up' "$(draw --view init --format mermaid "$traces/init.dat" | grep -c 'wakes [^ ]*/[0-9]')" 0
# As on a kernel that frees the skb of a notification within the set-up, runs a softirq or asks for a route: one of its
# calls goes by another function's name.
trace-cmd convert --file-version 6 --compression none -i "$traces/init.dat" -o "$scratch/six.dat" > "$scratch/log" 2>&1
for name in rxe_hw_reset kfree_skbmem skb_clone do_softirq __napi_poll ip_rcv_core sock_poll tcp_poll xxx_function; do
	wanted=0
	[ $name != rxe_hw_reset ] || wanted=2
	# As long as the one before: a number of bytes stands before it.
	LC_ALL=C sed "s/name: rxe_hw_setup$/name: $(printf %-12s $name)/" "$scratch/six.dat" > "$scratch/other.dat"
	out=$(draw --view init --format mermaid "$scratch/other.dat")
	is "$name: part of the set-up or not" "$(grep -c "br>$name(" <<< "$out") $(grep -c 'br>rxe_hw_setup(' <<< "$out")" "$wanted 0"
done
refused 'a trace that began after the set-up' 1 'no set-up in it: load the driver, and bring it up, while you record' \
	"$rxpath" diagram --view init "$traces/gro-off.dat"
refused 'a time without an epoll_ctl' 1 'no epoll_ctl in it' \
	"$rxpath" diagram --view epoll-ctl --to +1us "$traces/gro-off.dat"
refused 'a packet for a view that has none' 2 'choose with --pid, --from and --to' \
	"$rxpath" diagram --view init --packet 3 "$traces/init.dat"

# The choice of packets.
tree() { "$rxpath" tree "$@" "$traces/gro-off.dat"; }
all=$(tree)
count() { grep -c '^skb#' <<< "$1"; }
epoll=$(tree --flow :7000)
recv=$(tree --flow 7001)
is 'two flows make up the TCP packets' "$(($(count "$epoll") + $(count "$recv")))" "$(count "$(grep '^skb#.*:700[01] ' <<< "$all")")"
is 'a flow holds no other' "$(grep '^skb#' <<< "$epoll" | grep -vc ':7000 ')" 0
both=$(grep -m1 -o '192.0.2.2:[0-9]* → 192.0.2.1:7000' <<< "$epoll" | sed 's/ → /-/')
is 'by both ends' "$(tree --flow "$both")" "$epoll"
is 'by both ends, the other way round' "$(tree --flow "${both#*-}-${both%-*}")" "$epoll"
pid=$(sed -n 's/.*read by epoll-server\/\([0-9]*\).*/\1/p' <<< "$epoll" | head -n 1)
is 'every packet that the server read is chosen by its pid' \
	"$(tree --pid "$pid" | grep -c "read by epoll-server/$pid")" "$(grep -c "read by epoll-server/$pid" <<< "$all")"
is 'no packet of the other server is' "$(tree --pid "$pid" | grep -c ':7001 ')" 0
# Cut in two, nothing is lost and nothing is there twice.
is 'before and after a moment' "$( (tree --to +800ms; tree --from +800.000001ms) | grep '^skb#')" "$(grep '^skb#' <<< "$all")"
like 'the view chooses among the chosen' \
	"$(draw --view all --flow :7001 --format mermaid "$traces/gro-off.dat" | grep -m1 '%% packet')" \
	"packet ($(sed -n 's/^skb#\([0-9]*\) .*/\1/p' <<< "$recv" | paste -sd'|'))$"
refused 'a flow that is none' 2 'an end or two' "$rxpath" tree --flow x "$traces/gro-off.dat"
refused 'a time that is none' 2 'seconds as in' "$rxpath" tree --from yesterday "$traces/gro-off.dat"
refused 'a pid that is none' 2 'the number of a task' "$rxpath" tree --pid x "$traces/gro-off.dat"
refused 'a choice that leaves none' 1 "--flow: no packet of this trace" "$rxpath" tree --flow :1 "$traces/gro-off.dat"
refused 'the same for diagram' 1 "--flow --to: no packet of this trace" \
	"$rxpath" diagram --flow :7000 --to +1ns "$traces/gro-off.dat"
done_testing
