#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
# shellcheck source=tests/guest/inside/failalloc.sh
. "$RXPATH_PROJECT/tests/guest/inside/failalloc.sh"

has() { grep -q "^$1 " $fail; }
# had NOT: what the driver has been given and not given back, but for symbols that
# match NOT. A jump at the end of a function looks like a call by its caller: so
# kvfree() adds a kfree(), and what is done at the end of the driver's own functions
# is not seen. It is the difference that counts, of the same thing done twice.
had() {
	awk -v not="^(${1:--})\$" '{ symbol[NR] = $1; n[$1] = $2 - $3 - $5; undos[$4] = $5 }
		END {
			n["kmalloc_trace"] += undos["kvfree"]
			for (i = 1; i <= NR; i++)
				if (symbol[i] !~ not) print symbol[i], n[symbol[i]]
		}' $fail
}
has_not_changed() {
	[ "$(had "$not")" = "$held" ] || { echo "held: $(diff <(echo "$held") <(had "$not"))"; return 1; }
}
# sweep SYMBOL CALLS DO GOOD [TIMES]: lets the first, second... call of SYMBOL fail
# that DO makes (and as many more as TIMES says), until DO makes no more of them;
# CALLS are the places where it is tried. DO must fail each time, and GOOD be true
# after it; unharmed DO succeeds.
sweep() {
	local symbol=$1 nths=$2 do=$3 good=$4 times=${5:-1} nth failed tried=0
	has "$symbol" || return 0
	for nth in $nths; do
		failed=$(failed "$symbol") held=$(had "$not")
		let_fail "$symbol" "$nth" "$times"
		if "$do" > /tmp/sweep 2>&1; then
			let_all_be
			[ "$(failed "$symbol")" = "$failed" ] || { echo "call $nth of $symbol failed, and nobody cared"; return 1; }
			"$good" > /dev/null 2>&1
			break
		fi
		let_all_be
		[ "$(failed "$symbol")" -gt "$failed" ] || { echo "failed without reason: $(cat /tmp/sweep)"; return 1; }
		tried=$((tried + 1))
		"$good" && has_not_changed || { echo "that was call $nth of $symbol"; return 1; }
	done
	[ $tried -gt 0 ] || { echo "$symbol is not called at all"; return 1; }
	echo "$tried calls of $symbol"
}

# Probing: the device stays without a driver, and nothing of it is held.
load() {
	insmod "$RXPATH_DRIVER" && [ -d /sys/class/net/eth0 ] && rmmod rxpath_e1000
}
unloaded() {
	rmmod rxpath_e1000 2> /dev/null
	[ ! -d /sys/class/net/eth0 ] || { echo 'eth0 is there'; return 1; }
	! grep rxpath /proc/iomem
}
# Freeing the interface ends in kvfree().
not='kmalloc_trace|kvmalloc_node|page_pool_alloc_.*|dma_set_mask|.*skb.*|xdp_rxq_info_reg_mem_model'
for symbol in pci_enable_device_mem dma_set_mask pci_request_selected_regions alloc_etherdev_mqs pci_iomap register_netdev; do
	ok "probe, $symbol fails" sweep "$symbol" '1 2 3' load unloaded
done
ok 'at last it loads' insmod "$RXPATH_DRIVER"
sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
not='page_pool_alloc_.*|dma_set_mask|.*skb.*|xdp_rxq_info_reg_mem_model'
loaded=$(had "$not")

# Opening: the interface stays closed, and holds what it held.
open() { ip link set eth0 up && ip link set eth0 down; }
closed() { ! ip link show eth0 | grep UP; }
rings='kmalloc_trace kvmalloc_node dma_alloc_attrs __xdp_rxq_info_reg xdp_rxq_info_reg_mem_model page_pool_create'
for symbol in $rings request_threaded_irq; do
	ok "open, $symbol fails" sweep "$symbol" '1 2 3 4 5' open closed
done
ok 'open, page_pool_alloc_pages fails' sweep page_pool_alloc_pages '1 2 128 255' open closed

# Other rings, for a change of size or for XDP: the old ones go on.
ok 'at last it goes up' nic-up
ok 'a connection' transfer_start 7000
# Frames are under way all the time.
not+='|dma_map_page_attrs'
resize() { ethtool -G eth0 rx 512 tx 512 && ethtool -G eth0 rx 256 tx 256; }
as_it_was() {
	[ "$(ethtool -g eth0 | tail -n +7 | grep -c -E '^[RT]X:[[:space:]]+256$')" = 2 ] || { echo 'other rings'; return 1; }
	[ "$(cat /sys/class/net/eth0/carrier)" = 1 ] || { echo 'no carrier'; return 1; }
	! ip link show eth0 | grep xdp || return
	ethtool -k eth0 | grep -q '^rx-vlan-offload: on' || { echo 'tags are not stripped'; return 1; }
}
for symbol in $rings; do
	ok "resize under traffic, $symbol fails" sweep "$symbol" '1 2' resize as_it_was
done
# The poll asks for pages meanwhile, too: whoever asks gets none.
ok 'resize under traffic, page_pool_alloc_pages fails' sweep page_pool_alloc_pages '1 400' resize as_it_was 2000
ok 'the connection does not mind' transfer_moves 7000
attach() { ip -force link set dev eth0 xdp obj "$RXPATH_OUT/pass.o" sec xdp && ip link set dev eth0 xdp off; }
for symbol in kmalloc_trace dma_alloc_attrs page_pool_create; do
	ok "XDP attach under traffic, $symbol fails" sweep "$symbol" '1 2' attach as_it_was
done
ok 'the connection has lived' transfer_survived 7000
ok 'bytes are intact' echo_here epoll-server 7000 300001 3

ip link set eth0 down
not=${not%|*}
is 'closed, it holds what it held when it was loaded' "$(had "$not")" "$loaded"
ok 'rmmod' rmmod rxpath_e1000
ok 'no page is lost' pools_are_gone
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
