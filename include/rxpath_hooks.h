/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of hooks: one line per hooked kernel function.
 *
 * The trace module makes an event of each line, the reader learns from it where
 * the function lives and what it means, `rxpath hooks` and docs/hooks.md print
 * it. Adding a hook is adding a line. No include guard: each user defines
 *
 *	RXPATH_HOOK(event, class, arg, symbols, layer, file, why)
 *
 * includes this file, and undefines nothing (the end of this file does). Who
 * defines nothing gets the constants alone.
 *
 *   event    name of the event in the trace system "rxpath", and of the hook
 *   class    which fields the event has, and how they are read: its file in classes/
 *   arg      index of the argument that the class reads first, and what else has
 *            to be known of the function to read it (RXPATH_* flags below)
 *   symbols  functions to try, in order, separated by '|'; "module:function"
 *            is a function of a module, hooked whenever that module is there;
 *            "function@6.12" is tried from that kernel on, as its arguments
 *            were others before
 *   layer    lane of the diagram (enum rxpath_layer)
 *   file     source file in the kernel tree: the diagram's participant
 *   why      what happens here, in one line
 *
 * One event is one whole call: it is written when the function returns and
 * carries the time at which it was entered.
 */

#ifndef RXPATH_ARG_MASK
#define RXPATH_ARG_MASK		0x000f
/* The argument is a struct sk_buff ** and not the skb. */
#define RXPATH_PSKB		0x0010
/* The wait-queue entry's private member is the task that it wakes. */
#define RXPATH_TASK		0x0020
/* The call lasts as long as its caller cares to wait: many are open at once. */
#define RXPATH_SLEEPS		0x0040
/* The argument is a struct socket * and not the sock. */
#define RXPATH_SOCKET		0x0080
/*
 * What the function returns, where that is not an int: a register keeps
 * whatever was in the bits that the return type does not use, and that may be
 * part of an address. A void function's ret is 0, a pointer's is 1 or 0, or the
 * id of the object where the pointer is one that other events name.
 */
#define RXPATH_VOID		0x0100
#define RXPATH_BOOL		0x0200
#define RXPATH_PTR		0x0300
#define RXPATH_ID		0x0400
#define RXPATH_RET_MASK		0x0700
/* The function begins with TCP's header prediction. */
#define RXPATH_PREDICTS		0x0800
/*
 * Index of the argument that the class reads second, where its place varies:
 * the key of a wake-up; the work reported to napi_complete_done(); the skb that
 * a socket is given. 0: the function has none.
 */
#define RXPATH_SECOND(index)	((index) << 12)
#define RXPATH_SECOND_OF(arg)	((arg) >> 12 & 0xf)
/* And third: the child of a listening socket. */
#define RXPATH_THIRD(index)	((index) << 16)
#define RXPATH_THIRD_OF(arg)	((arg) >> 16 & 0xf)
/* Where all of GRO is recorded, the call is told in napi_gro_receive's event. */
#define RXPATH_INNER		0x100000
/* A task's call that serves softirqs: theirs are in it. */
#define RXPATH_SERVES		0x200000

#ifndef __ASSEMBLY__
enum rxpath_layer {
	RXPATH_LAYER_SETUP,
	RXPATH_LAYER_WIRE,
	RXPATH_LAYER_DRIVER,
	RXPATH_LAYER_CORE,
	RXPATH_LAYER_IP,
	RXPATH_LAYER_TCP,
	RXPATH_LAYER_SOCKET,
	RXPATH_LAYER_WAITQ,
	RXPATH_LAYER_EPOLL,
	RXPATH_LAYER_PROGRAM,
};
#endif
#endif

#ifndef RXPATH_HOOK
#define RXPATH_HOOK(...)
#endif

/* Which argument of the function that drops is the skb: the module's Kbuild knows. */
#ifndef RXPATH_DROP_ARG
#define RXPATH_DROP_ARG 0
#endif

/*
 * Set-up: from the module to an interface that is up. Rare, so they cost nothing. The
 * reader's view of it shows these lines, up to napi_enable, and no other.
 */
RXPATH_HOOK(do_init_module, call, 0, "do_init_module", SETUP,
	    "kernel/module/main.c", "runs a loaded module's init function")
RXPATH_HOOK(__pci_register_driver, call, 0, "__pci_register_driver", SETUP,
	    "drivers/pci/pci-driver.c", "a driver offers itself for the devices in its table")
RXPATH_HOOK(local_pci_probe, call, 0, "local_pci_probe|pci_device_probe", SETUP,
	    "drivers/pci/pci-driver.c", "a device of the table is there: calls the driver's probe")
RXPATH_HOOK(pci_enable_device_mem, call, 0, "pci_enable_device_mem", SETUP,
	    "drivers/pci/pci.c", "wakes the device and lets it answer at its memory addresses")
RXPATH_HOOK(pci_set_master, call, RXPATH_VOID, "pci_set_master", SETUP,
	    "drivers/pci/pci.c", "lets the device reach memory by itself: DMA")
RXPATH_HOOK(dma_alloc_attrs, call, RXPATH_PTR, "dma_alloc_attrs", SETUP,
	    "kernel/dma/mapping.c", "memory that device and CPU share: the descriptors of a ring")
RXPATH_HOOK(request_threaded_irq, irq, 0, "request_threaded_irq", SETUP,
	    "kernel/irq/manage.c", "hangs the driver's handler on the interrupt line")
RXPATH_HOOK(rxe_probe, call, 0, "rxpath_e1000:rxe_probe", DRIVER,
	    "driver/main.c", "takes the device: maps its registers, makes the interface")
RXPATH_HOOK(rxe_hw_reset, call, RXPATH_VOID, "rxpath_e1000:rxe_hw_reset", DRIVER,
	    "driver/hw.c", "silences and resets the device")
RXPATH_HOOK(rxe_netdev_init, call, RXPATH_VOID, "rxpath_e1000:rxe_netdev_init", DRIVER,
	    "driver/netdev.c", "tells the interface its operations and its NAPI poll")
RXPATH_HOOK(rxe_open, call, 0, "rxpath_e1000:rxe_open", DRIVER,
	    "driver/netdev.c", "ndo_open: rings, interrupt, start")
RXPATH_HOOK(rxe_tx_alloc, call, RXPATH_PTR, "rxpath_e1000:rxe_tx_alloc", DRIVER,
	    "driver/tx.c", "makes the transmit ring")
RXPATH_HOOK(rxe_rx_alloc, call, RXPATH_PTR, "rxpath_e1000:rxe_rx_alloc", DRIVER,
	    "driver/rx-ring.c", "makes the receive ring")
RXPATH_HOOK(rxe_up, call, RXPATH_VOID, "rxpath_e1000:rxe_up", DRIVER,
	    "driver/netdev.c", "starts the device on its rings")
RXPATH_HOOK(rxe_hw_setup, call, RXPATH_VOID, "rxpath_e1000:rxe_hw_setup", DRIVER,
	    "driver/hw.c", "writes what does not depend on the rings")
RXPATH_HOOK(rxe_tx_start, call, RXPATH_VOID, "rxpath_e1000:rxe_tx_start", DRIVER,
	    "driver/tx.c", "tells the device the transmit ring's place and length")
RXPATH_HOOK(rxe_rx_start, call, RXPATH_VOID, "rxpath_e1000:rxe_rx_start", DRIVER,
	    "driver/rx-ring.c", "tells the device the receive ring, fills it, rings the doorbell")
RXPATH_HOOK(alloc_etherdev_mqs, call, RXPATH_PTR, "alloc_etherdev_mqs", CORE,
	    "net/ethernet/eth.c", "makes an Ethernet interface, with room for the driver's own")
RXPATH_HOOK(netif_napi_add_weight, call, RXPATH_VOID,
	    "netif_napi_add_weight|netif_napi_add_weight_locked", CORE,
	    "net/core/dev.c", "registers the driver's poll: napi->poll = rxe_poll")
RXPATH_HOOK(register_netdevice, call, 0, "register_netdevice", CORE,
	    "net/core/dev.c", "the interface gets its name and can be seen")
RXPATH_HOOK(__dev_open, call, 0, "__dev_open", CORE,
	    "net/core/dev.c", "the interface goes up: calls the driver's ndo_open")
RXPATH_HOOK(napi_enable, napi, RXPATH_VOID, "napi_enable", CORE,
	    "net/core/dev.c", "the poll may be scheduled from now on")

/* The driver, when it is ours. */
RXPATH_HOOK(rxe_intr, irq, 0, "rxpath_e1000:rxe_intr", DRIVER,
	    "driver/poll.c", "hard interrupt handler: reads the cause, masks, schedules NAPI")
RXPATH_HOOK(rxe_poll, napi, 0, "rxpath_e1000:rxe_poll", DRIVER,
	    "driver/poll.c",
	    "NAPI poll: takes received descriptors until none is left or the budget is spent")

/* Net core: interrupt to protocol. */
RXPATH_HOOK(__napi_schedule, napi, RXPATH_VOID, "__napi_schedule", CORE,
	    "net/core/dev.c", "puts the NAPI instance on this CPU's poll list and raises NET_RX")
RXPATH_HOOK(net_rx_action, call, RXPATH_VOID, "net_rx_action", CORE,
	    "net/core/dev.c", "the NET_RX softirq: polls each NAPI instance on this CPU's list")
/* In a kernel with KASAN: the .constprop copy keeps both arguments where they were. */
RXPATH_HOOK(__napi_poll, napi, 0, "__napi_poll|__napi_poll.constprop.0", CORE,
	    "net/core/dev.c", "calls the driver's poll with its budget and judges the work it did")
RXPATH_HOOK(napi_complete_done, napi, RXPATH_SECOND(1) | RXPATH_BOOL, "napi_complete_done", CORE,
	    "net/core/dev.c", "ends polling: flushes GRO and lets the driver enable its interrupt")
RXPATH_HOOK(napi_gro_receive, gro, 1, "napi_gro_receive|gro_receive_skb", CORE,
	    "net/core/gro.c", "hands one frame to GRO")
RXPATH_HOOK(dev_gro_receive, skb, 1 | RXPATH_INNER, "dev_gro_receive", CORE,
	    "net/core/gro.c",
	    "decides whether the frame continues a held flow: merge, hold, or pass on")
RXPATH_HOOK(skb_gro_receive, merge, 0 | RXPATH_INNER, "skb_gro_receive", CORE,
	    "net/core/gro.c", "appends one frame's data to the packet that GRO holds")
RXPATH_HOOK(skb_gro_receive_list, merge, 0, "skb_gro_receive_list", CORE,
	    "net/core/gro.c", "chains one frame whole to the packet that GRO holds")
/* The .constprop copies keep both arguments where they were: 6.1, 6.12, and 7.2's new name. */
RXPATH_HOOK(napi_gro_complete, flush, 1 | RXPATH_VOID,
	    "napi_gro_complete|napi_gro_complete.constprop.0|gro_complete|gro_complete.constprop.0",
	    CORE,
	    "net/core/gro.c", "GRO lets a packet go, with all that was merged into it")
RXPATH_HOOK(netif_receive_skb, skb, 0, "netif_receive_skb", CORE,
	    "net/core/dev.c", "entry to the stack for one frame, where GRO is off")
RXPATH_HOOK(netif_receive_skb_list_internal, list, RXPATH_VOID,
	    "netif_receive_skb_list_internal", CORE,
	    "net/core/dev.c", "entry to the stack for the list of packets that GRO let go")
/* 6.1: the .constprop copy keeps all three arguments where they were. */
RXPATH_HOOK(__netif_receive_skb_core, skb, 0 | RXPATH_PSKB,
	    "__netif_receive_skb_core|__netif_receive_skb_core.constprop.0", CORE,
	    "net/core/dev.c", "taps, VLAN, bridge; then the handler for the frame's protocol")
RXPATH_HOOK(packet_rcv, skb, 0, "packet_rcv", CORE,
	    "net/packet/af_packet.c",
	    "a tap that reads packets: takes a copy if its filter lets it")
RXPATH_HOOK(tpacket_rcv, skb, 0, "tpacket_rcv", CORE,
	    "net/packet/af_packet.c", "a tap with a mapped ring, such as tcpdump's: copies into it")
/* Its callers in softirq.c call the copy by themselves, and so does the function. */
RXPATH_HOOK(do_softirq, call, RXPATH_VOID | RXPATH_SERVES, "do_softirq.part.0|do_softirq", CORE,
	    "kernel/softirq.c", "a task lets softirqs in again and runs those that wait")
RXPATH_HOOK(run_ksoftirqd, call, RXPATH_VOID | RXPATH_SERVES, "run_ksoftirqd", CORE,
	    "kernel/softirq.c",
	    "ksoftirqd's turn: softirqs that were too many for an interrupt's exit")

/* An skb's copies and its end. */
RXPATH_HOOK(skb_clone, clone, 0 | RXPATH_ID, "skb_clone", CORE,
	    "net/core/skbuff.c", "a second skb for the same data")
RXPATH_HOOK(kfree_skb_reason, drop, RXPATH_DROP_ARG | RXPATH_VOID,
	    "kfree_skb_reason|sk_skb_reason_drop", CORE,
	    "net/core/skbuff.c", "drops a packet, and says why")
RXPATH_HOOK(kfree_skbmem, free, 0 | RXPATH_VOID, "kfree_skbmem", CORE,
	    "net/core/skbuff.c", "gives an skb back: dropped or done with")
RXPATH_HOOK(napi_consume_skb, free, 0 | RXPATH_VOID, "napi_consume_skb", CORE,
	    "net/core/skbuff.c", "a driver's poll gives an skb back that is done with")

/* IP: validity, route, local delivery. */
RXPATH_HOOK(ip_rcv, ip, 0, "ip_rcv", IP,
	    "net/ipv4/ip_input.c", "IPv4's packet handler for one packet")
RXPATH_HOOK(ip_list_rcv, list, RXPATH_VOID, "ip_list_rcv", IP,
	    "net/ipv4/ip_input.c", "IPv4's packet handler for a list of packets")
RXPATH_HOOK(ip_rcv_core, ip, RXPATH_PTR, "ip_rcv_core", IP,
	    "net/ipv4/ip_input.c", "checks version, length and header checksum")
RXPATH_HOOK(ip_rcv_finish, ip, 2, "ip_rcv_finish", IP,
	    "net/ipv4/ip_input.c", "after netfilter: finds the route and goes where it leads")
/*
 * The skb is at 1: the compilers of 6.1 and 6.12 dropped the argument before it, the
 * sock, and 7.2 has none. Where the function is whole between them, it is at 2.
 */
RXPATH_HOOK(ip_rcv_finish_core, finish, 1,
	    "ip_rcv_finish_core.constprop.0|ip_rcv_finish_core.isra.0|ip_rcv_finish_core@7.2", IP,
	    "net/ipv4/ip_input.c", "early demux and route, for a packet alone or in a list")
RXPATH_HOOK(ip_route_input_noref, route, 0, "ip_route_input_noref", IP,
	    "net/ipv4/route.c", "route lookup for a received packet: local, forward or drop")
RXPATH_HOOK(fib_table_lookup, call, 0, "fib_table_lookup", IP,
	    "net/ipv4/fib_trie.c", "longest-prefix match in one routing table")
RXPATH_HOOK(ip_local_deliver, ip, 0, "ip_local_deliver", IP,
	    "net/ipv4/ip_input.c", "the packet is for this host: reassembles fragments")
RXPATH_HOOK(ip_local_deliver_finish, ip, 2, "ip_local_deliver_finish", IP,
	    "net/ipv4/ip_input.c", "strips the IP header and picks the transport protocol")
RXPATH_HOOK(ip_forward, ip, 0, "ip_forward", IP,
	    "net/ipv4/ip_forward.c", "the packet is for another host: sends it on")
RXPATH_HOOK(icmp_rcv, icmp, 0, "icmp_rcv", IP,
	    "net/ipv4/icmp.c", "ICMP's handler")
RXPATH_HOOK(udp_rcv, udp, 0, "udp_rcv", IP,
	    "net/ipv4/udp.c", "UDP's handler")

/* IPv6, alongside. */
RXPATH_HOOK(ipv6_rcv, ip6, 0, "ipv6_rcv", IP,
	    "net/ipv6/ip6_input.c", "IPv6's packet handler for one packet")
RXPATH_HOOK(ipv6_list_rcv, list, RXPATH_VOID, "ipv6_list_rcv", IP,
	    "net/ipv6/ip6_input.c", "IPv6's packet handler for a list of packets")
RXPATH_HOOK(ip6_rcv_core, ip6, 0 | RXPATH_PTR, "ip6_rcv_core", IP,
	    "net/ipv6/ip6_input.c", "checks version, length and addresses")
RXPATH_HOOK(ip6_rcv_finish, ip6, 2, "ip6_rcv_finish", IP,
	    "net/ipv6/ip6_input.c", "after netfilter: finds the route and goes where it leads")
RXPATH_HOOK(ip6_route_input, route6, 0 | RXPATH_VOID, "ip6_route_input", IP,
	    "net/ipv6/route.c", "route lookup for a received packet: local, forward or drop")
RXPATH_HOOK(ip6_input, ip6, 0, "ip6_input", IP,
	    "net/ipv6/ip6_input.c", "the packet is for this host")
RXPATH_HOOK(ip6_input_finish, ip6, 2, "ip6_input_finish", IP,
	    "net/ipv6/ip6_input.c", "walks the extension headers to the transport protocol")
RXPATH_HOOK(ip6_mc_input, ip6, 0, "ip6_mc_input", IP,
	    "net/ipv6/ip6_input.c", "the packet is for a group: is anybody here in it?")
RXPATH_HOOK(ip6_forward, ip6, 0, "ip6_forward", IP,
	    "net/ipv6/ip6_output.c", "the packet is for another host: sends it on")
RXPATH_HOOK(icmpv6_rcv, icmp, 0, "icmpv6_rcv", IP,
	    "net/ipv6/icmp.c", "ICMPv6's handler: echo, neighbours, routers")
RXPATH_HOOK(udpv6_rcv, udp, 0, "udpv6_rcv", IP,
	    "net/ipv6/udp.c", "UDP's handler over IPv6")

/* UDP: from the handler to the socket's queue. */
RXPATH_HOOK(udp_queue_rcv_skb, datagram, 0, "udp_queue_rcv_skb", SOCKET,
	    "net/ipv4/udp.c", "the socket is found: filter, checksum")
RXPATH_HOOK(udpv6_queue_rcv_skb, datagram, 0, "udpv6_queue_rcv_skb", SOCKET,
	    "net/ipv6/udp.c", "the socket is found: filter, checksum")
RXPATH_HOOK(__udp_enqueue_schedule_skb, datagram, 0, "__udp_enqueue_schedule_skb", SOCKET,
	    "net/ipv4/udp.c", "appends the datagram to the receive queue if there is room")

/* TCP: socket lookup, state, receive queue. */
RXPATH_HOOK(tcp_v4_rcv, tcp, 0, "tcp_v4_rcv", TCP,
	    "net/ipv4/tcp_ipv4.c", "finds the socket that the segment is for, and locks it")
RXPATH_HOOK(tcp_v6_rcv, tcp6, 0, "tcp_v6_rcv", TCP,
	    "net/ipv6/tcp_ipv6.c", "finds the socket that the segment is for, and locks it")
RXPATH_HOOK(tcp_add_backlog, backlog, 0 | RXPATH_SECOND(1) | RXPATH_BOOL, "tcp_add_backlog", TCP,
	    "net/ipv4/tcp_ipv4.c", "a program holds the socket: the segment waits in the backlog")
RXPATH_HOOK(__release_sock, backlog, 0 | RXPATH_VOID, "__release_sock", SOCKET,
	    "net/core/sock.c", "the program lets go: what waited in the backlog is received now")
RXPATH_HOOK(tcp_v4_do_rcv, segment, 0, "tcp_v4_do_rcv", TCP,
	    "net/ipv4/tcp_ipv4.c",
	    "established, listening or in between: picks the handler by state")
RXPATH_HOOK(tcp_v6_do_rcv, segment, 0, "tcp_v6_do_rcv", TCP,
	    "net/ipv6/tcp_ipv6.c",
	    "established, listening or in between: picks the handler by state")
RXPATH_HOOK(tcp_rcv_established, input, 0 | RXPATH_PREDICTS | RXPATH_VOID,
	    "tcp_rcv_established", TCP,
	    "net/ipv4/tcp_input.c", "header prediction: fast path or slow path")
RXPATH_HOOK(tcp_rcv_state_process, input, 0, "tcp_rcv_state_process", TCP,
	    "net/ipv4/tcp_input.c", "every state but ESTABLISHED: handshake and teardown")
RXPATH_HOOK(tcp_time_wait, timewait, RXPATH_VOID, "tcp_time_wait", TCP,
	    "net/ipv4/tcp_minisocks.c", "closed first: a small socket is left, for stray segments")
RXPATH_HOOK(tcp_timewait_state_process, skb, 1, "tcp_timewait_state_process", TCP,
	    "net/ipv4/tcp_minisocks.c", "what is left of a closed connection takes the segment")
RXPATH_HOOK(tcp_data_queue, input, RXPATH_VOID, "tcp_data_queue", TCP,
	    "net/ipv4/tcp_input.c",
	    "slow path: in order, out of order, duplicate or beyond the window")
RXPATH_HOOK(tcp_queue_rcv, segment, 0, "tcp_queue_rcv", TCP,
	    "net/ipv4/tcp_input.c", "appends the segment to the socket's receive queue")
RXPATH_HOOK(tcp_try_coalesce, coalesce, RXPATH_BOOL, "tcp_try_coalesce", TCP,
	    "net/ipv4/tcp_input.c", "joins the segment's data to the queue's last skb if it can")
RXPATH_HOOK(tcp_data_ready, sock, RXPATH_VOID, "tcp_data_ready", TCP,
	    "net/ipv4/tcp_input.c", "enough is readable: calls sk->sk_data_ready")
RXPATH_HOOK(tcp_delack_timer_handler, sock, RXPATH_VOID, "tcp_delack_timer_handler", TCP,
	    "net/ipv4/tcp_timer.c", "a delayed acknowledgment has waited long enough: sends it")

/* A connection's making: SYN, the queue of half-open ones, the queue for accept. */
RXPATH_HOOK(tcp_conn_request, syn, 2, "tcp_conn_request", TCP,
	    "net/ipv4/tcp_input.c",
	    "a SYN for a listening socket: makes a request, answers SYN-ACK")
RXPATH_HOOK(inet_csk_reqsk_queue_hash_add, listen, 0 | RXPATH_SECOND(1) | RXPATH_BOOL,
	    "inet_csk_reqsk_queue_hash_add", TCP,
	    "net/ipv4/inet_connection_sock.c",
	    "the request waits in the SYN queue for the handshake's end")
RXPATH_HOOK(inet_csk_reqsk_queue_drop, listen, 0 | RXPATH_SECOND(1) | RXPATH_BOOL,
	    "inet_csk_reqsk_queue_drop", TCP,
	    "net/ipv4/inet_connection_sock.c",
	    "the request leaves the SYN queue: done, reset or timed out")
RXPATH_HOOK(inet_csk_complete_hashdance, listen,
	    0 | RXPATH_SECOND(2) | RXPATH_THIRD(1) | RXPATH_ID, "inet_csk_complete_hashdance", TCP,
	    "net/ipv4/inet_connection_sock.c",
	    "the handshake is over: from the SYN queue to the queue that accept takes from")
RXPATH_HOOK(tcp_child_process, child, 0, "tcp_child_process", TCP,
	    "net/ipv4/tcp_minisocks.c", "the new socket receives the segment that made it")
RXPATH_HOOK(inet_sk_state_store, state, 0 | RXPATH_VOID, "inet_sk_state_store", SOCKET,
	    "net/ipv4/af_inet.c", "the socket's state changes")
RXPATH_HOOK(inet_sk_set_state, state, 0 | RXPATH_VOID, "inet_sk_set_state", SOCKET,
	    "net/ipv4/af_inet.c", "the socket's state changes")

/* Socket and wait queue: who is woken. */
RXPATH_HOOK(sock_def_readable, sock, RXPATH_VOID, "sock_def_readable", SOCKET,
	    "net/core/sock.c", "sk_data_ready: wakes whoever waits on the socket")
RXPATH_HOOK(sock_def_wakeup, sock, RXPATH_VOID, "sock_def_wakeup", SOCKET,
	    "net/core/sock.c",
	    "sk_state_change: wakes everyone, as the connection's state has changed")
RXPATH_HOOK(sock_def_error_report, sock, RXPATH_VOID, "sock_def_error_report", SOCKET,
	    "net/core/sock.c", "sk_error_report: wakes whoever waits, as the socket has an error")
RXPATH_HOOK(__wake_up_sync_key, wake, RXPATH_SECOND(2) | RXPATH_VOID, "__wake_up_sync_key", WAITQ,
	    "kernel/sched/wait.c", "walks the wait queue under its lock")
RXPATH_HOOK(__wake_up_common, wake, RXPATH_SECOND(4), "__wake_up_common", WAITQ,
	    "kernel/sched/wait.c", "calls the callback of each wait-queue entry")
RXPATH_HOOK(add_wait_queue, entry, 0 | RXPATH_SECOND(1) | RXPATH_VOID, "add_wait_queue", WAITQ,
	    "kernel/sched/wait.c", "hangs an entry on a wait queue: all of its kind are woken")
RXPATH_HOOK(add_wait_queue_exclusive, entry, 0 | RXPATH_SECOND(1) | RXPATH_VOID,
	    "add_wait_queue_exclusive", WAITQ,
	    "kernel/sched/wait.c", "hangs an entry on a wait queue: one of its kind is woken")
RXPATH_HOOK(prepare_to_wait_exclusive, entry, 0 | RXPATH_SECOND(1) | RXPATH_BOOL,
	    "prepare_to_wait_exclusive", WAITQ,
	    "kernel/sched/wait.c",
	    "a task is about to sleep in accept or for a datagram: one is woken")
RXPATH_HOOK(woken_wake_function, callback, RXPATH_TASK, "woken_wake_function", WAITQ,
	    "kernel/sched/wait.c", "entry's callback: a task blocked in recv")
RXPATH_HOOK(autoremove_wake_function, callback, RXPATH_TASK, "autoremove_wake_function", WAITQ,
	    "kernel/sched/wait.c", "entry's callback: wakes the task and leaves the queue")
RXPATH_HOOK(default_wake_function, callback, RXPATH_TASK, "default_wake_function", WAITQ,
	    "kernel/sched/core.c", "wakes the entry's task")
RXPATH_HOOK(receiver_wake_function, callback, RXPATH_TASK, "receiver_wake_function", WAITQ,
	    "net/core/datagram.c", "entry's callback: a task that waits for a datagram")
RXPATH_HOOK(pollwake, callback, 0, "pollwake", WAITQ,
	    "fs/select.c", "entry's callback: a task blocked in select or poll")
RXPATH_HOOK(ep_poll_callback, epoll_callback, 0, "ep_poll_callback", EPOLL,
	    "fs/eventpoll.c",
	    "entry's callback: puts the item on epoll's ready list and wakes its waiters")
RXPATH_HOOK(ep_autoremove_wake_function, callback, RXPATH_TASK,
	    "ep_autoremove_wake_function", EPOLL,
	    "fs/eventpoll.c", "wakes the task blocked in epoll_wait")

/* The program's side: sockets. */
RXPATH_HOOK(__sock_create, create, 4 | RXPATH_PSKB, "__sock_create", SOCKET,
	    "net/socket.c", "socket(): asks the family for a socket")
RXPATH_HOOK(inet_create, create, 1, "inet_create", SOCKET,
	    "net/ipv4/af_inet.c", "picks the operations and the protocol by type")
RXPATH_HOOK(inet6_create, create, 1, "inet6_create|ipv6:inet6_create", SOCKET,
	    "net/ipv6/af_inet6.c", "picks the operations and the protocol by type")
RXPATH_HOOK(inet_bind, socket, 0 | RXPATH_SOCKET, "inet_bind", SOCKET,
	    "net/ipv4/af_inet.c", "bind(): the local address and port")
RXPATH_HOOK(inet6_bind, socket, 0 | RXPATH_SOCKET, "inet6_bind|ipv6:inet6_bind", SOCKET,
	    "net/ipv6/af_inet6.c", "bind(): the local address and port")
RXPATH_HOOK(inet_listen, socket, 0 | RXPATH_SOCKET | RXPATH_SECOND(1), "inet_listen", SOCKET,
	    "net/ipv4/af_inet.c", "listen(): how many may wait for accept")
RXPATH_HOOK(inet_stream_connect, socket, 0 | RXPATH_SOCKET | RXPATH_SLEEPS,
	    "inet_stream_connect", SOCKET,
	    "net/ipv4/af_inet.c", "connect(): sends the SYN, waits for the handshake")
RXPATH_HOOK(inet_csk_accept, listen, 0 | RXPATH_ID | RXPATH_SLEEPS, "inet_csk_accept", SOCKET,
	    "net/ipv4/inet_connection_sock.c",
	    "accept(): takes a connection off the queue, or waits for one")
RXPATH_HOOK(inet_shutdown, socket, 0 | RXPATH_SOCKET | RXPATH_SECOND(1), "inet_shutdown", SOCKET,
	    "net/ipv4/af_inet.c", "shutdown(): ends one direction or both")
RXPATH_HOOK(inet_release, sock, 0 | RXPATH_SOCKET, "inet_release", SOCKET,
	    "net/ipv4/af_inet.c", "close(): the last descriptor of the socket has gone")
RXPATH_HOOK(tcp_close, sock, RXPATH_VOID, "tcp_close", TCP,
	    "net/ipv4/tcp.c", "sends FIN, or RST if bytes are left unread")

/* The program's side: waiting and reading. */
RXPATH_HOOK(do_epoll_create, epoll_create, 0, "do_epoll_create", EPOLL,
	    "fs/eventpoll.c",
	    "makes an instance of epoll: a ready list, a tree of items, a wait queue")
RXPATH_HOOK(do_epoll_ctl, epoll_ctl, 0, "do_epoll_ctl", EPOLL,
	    "fs/eventpoll.c", "adds, changes or removes a descriptor of interest")
/* The compiler's copy has the item and the table where they were, and no depth. */
RXPATH_HOOK(ep_item_poll, epoll_item, 0, "ep_item_poll|ep_item_poll.isra.0", EPOLL,
	    "fs/eventpoll.c", "asks the watched file what is ready, at ADD and at every wait")
RXPATH_HOOK(ep_ptable_queue_proc, entry, 1 | RXPATH_VOID, "ep_ptable_queue_proc", EPOLL,
	    "fs/eventpoll.c", "hangs the item on the file's wait queue with ep_poll_callback")
RXPATH_HOOK(do_epoll_wait, epoll_wait, RXPATH_SLEEPS, "do_epoll_wait", EPOLL,
	    "fs/eventpoll.c", "waits for the ready list, then copies events to the program")
RXPATH_HOOK(do_select, select, 0 | RXPATH_SLEEPS, "do_select", PROGRAM,
	    "fs/select.c", "select(): asks every descriptor, sleeps, asks again")
RXPATH_HOOK(do_sys_poll, select, 1 | RXPATH_SLEEPS, "do_sys_poll", PROGRAM,
	    "fs/select.c", "poll(): asks every descriptor, sleeps, asks again")
RXPATH_HOOK(__pollwait, entry, 1 | RXPATH_VOID, "__pollwait", PROGRAM,
	    "fs/select.c", "hangs select's or poll's entry on the file's wait queue, with pollwake")
RXPATH_HOOK(sock_poll, poll, 0 | RXPATH_SECOND(1), "sock_poll", SOCKET,
	    "net/socket.c", "poll of a socket file: asks the protocol what is ready")
RXPATH_HOOK(tcp_poll, poll, 0 | RXPATH_SECOND(2), "tcp_poll", TCP,
	    "net/ipv4/tcp.c", "what is ready on a TCP socket, and the wait queue to watch")
RXPATH_HOOK(udp_poll, poll, 0 | RXPATH_SECOND(2), "udp_poll", SOCKET,
	    "net/ipv4/udp.c", "what is ready on a UDP socket, and the wait queue to watch")
RXPATH_HOOK(tcp_recvmsg, recv, RXPATH_SLEEPS, "tcp_recvmsg", TCP,
	    "net/ipv4/tcp.c", "copies bytes from the receive queue to the program, or blocks")
RXPATH_HOOK(sk_wait_data, sock, RXPATH_SLEEPS, "sk_wait_data", SOCKET,
	    "net/core/sock.c", "blocks until the receive queue grows")
RXPATH_HOOK(udp_recvmsg, recv, 0 | RXPATH_SLEEPS, "udp_recvmsg", SOCKET,
	    "net/ipv4/udp.c", "copies one datagram to the program, or blocks")
RXPATH_HOOK(udpv6_recvmsg, recv, 0 | RXPATH_SLEEPS, "udpv6_recvmsg", SOCKET,
	    "net/ipv6/udp.c", "copies one datagram to the program, or blocks")
RXPATH_HOOK(__skb_recv_udp, take, 0 | RXPATH_ID | RXPATH_SLEEPS, "__skb_recv_udp", SOCKET,
	    "net/ipv4/udp.c", "takes the first datagram off the queue, or waits for one")
RXPATH_HOOK(skb_copy_datagram_iter, copy, 0, "skb_copy_datagram_iter", SOCKET,
	    "net/core/datagram.c", "copies one skb's bytes to the program's buffer")

#undef RXPATH_HOOK
