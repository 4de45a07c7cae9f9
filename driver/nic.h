/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One network interface: its parts, its counters, and how its two rings are read.
 *
 *       head                                tail
 *         |  the device's: to fill, to send  |
 *     +---+---+---+---+---+---+---+---+---+---+---+---+
 *     | d | d | o | o | o | o | o | o | o |   | . | . |
 *     +---+---+---+---+---+---+---+---+---+---+---+---+
 *       |       |                           |
 *      ntc      the device is here         ntu: one slot is always empty
 *
 * Descriptors run round from next_to_clean (ntc), the oldest that the device has or
 * is done with (d), to next_to_use (ntu), the first that the driver will fill next
 * (.). Head is the device's own place among them, tail what it was told of: the last
 * ntu whose doorbell was rung. Equal head and tail mean to the device that it has
 * nothing, so one slot stays empty and a ring of n descriptors holds n - 1.
 */
#ifndef RXE_NIC_H
#define RXE_NIC_H

#include <linux/bpf.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/timer.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>

#include "fault.h"
#include "hw.h"

#define RXE_NAME "rxpath_e1000"

#define RXE_RING_MIN	 64
#define RXE_RING_MAX	 4096
#define RXE_RING_DEFAULT 256

/* A counter is written by one context, so without a lock; 32-bit readers get it whole. */
struct rxe_irq_stats {
	u64_stats_t claimed;
	u64_stats_t foreign;
	u64_stats_t link;
	struct u64_stats_sync sync;
};

struct rxe_rx_stats {
	u64_stats_t polls;
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t multicast;
	u64_stats_t copied;
	u64_stats_t doorbells;
	u64_stats_t errors;
	u64_stats_t dropped;
	u64_stats_t alloc_failed;
	struct u64_stats_sync sync;
};

/* By verdict: enum xdp_action */
#define RXE_XDP_VERDICTS (XDP_REDIRECT + 1)

struct rxe_xdp_stats {
	u64_stats_t verdict[RXE_XDP_VERDICTS];
	struct u64_stats_sync sync;
};

struct rxe_tx_done_stats {
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t xdp;
	struct u64_stats_sync sync;
};

struct rxe_tx_send_stats {
	u64_stats_t doorbells;
	u64_stats_t contexts;
	u64_stats_t tso;
	u64_stats_t stopped;
	u64_stats_t dropped;
	u64_stats_t xdp_refused;
	struct u64_stats_sync sync;
};

/* While frames are in the transmit ring it is looked at so often: watch.c */
#define RXE_HANG_PERIOD (2 * HZ)

/* Frames that an interrupt brought; of those sent, as many as are on the wire. */
struct rxe_itr_load {
	unsigned int rx;
	unsigned int tx;
};

/**
 * struct rxe_hang - what watch.c knows of transmit
 * @timer: the next look, while frames are in the ring
 * @sent: frames sent at the last one; the timer's own
 * @looks: how many in a row have found that nothing moves; the timer's own
 */
struct rxe_hang {
	struct timer_list timer;
	u64 sent;
	unsigned int looks;
};

/**
 * struct rxe_nic - one network interface
 * @hw: its registers
 * @netdev: the stack's side
 * @pdev: the bus's side
 * @napi: the poll of both rings
 * @rx: the receive ring, while open: rx.h
 * @tx: the transmit ring, while open: tx.h
 * @copy_pool: where pages come from that short frames are copied to
 * @xdp_prog: the XDP program; changes between programs at any time, to and from
 *	      none only while the poll is disabled
 * @xdp_attached: there is one, or will be in a moment
 * @irq_stats: written by rxe_intr()
 * @rx_stats: written by rxe_poll()
 * @xdp_stats: written by rxe_poll()
 * @tx_done: written by rxe_poll()
 * @tx_send: written under the transmit queue's lock, or while nobody can transmit
 * @tx_timeouts: times that transmit hung
 * @link_work: looks at the link, after LSC
 * @reset_work: restarts the device, after a transmit timeout
 * @refill_timer: polls again when memory ran out with too few buffers left
 * @hang: looks whether transmit hangs
 * @rx_count: descriptors in the receive ring, now or at the next open
 * @tx_count: descriptors in the transmit ring, now or at the next open
 * @rx_usecs: the distance between interrupts that was asked for, 0 for none
 * @adaptive_rx: it is chosen by the traffic instead
 * @itr_usecs: the distance that the device has been told; written by the poll
 * @itr_load: what the last interrupt brought; the poll's
 * @itr_load_before: and the one before
 * @ledctl: LEDCTL as it was before ethtool -p
 * @emulated: the device is QEMU's
 * @faults: what is made to go wrong
 * @debugfs: the files that say so, NULL if there are none
 */
struct rxe_nic {
	struct rxe_hw hw;
	struct net_device *netdev;
	struct pci_dev *pdev;
	struct napi_struct napi;
	struct rxe_rx_ring *rx;
	struct rxe_tx_ring *tx;
	struct page_pool *copy_pool;

	struct bpf_prog *xdp_prog;
	bool xdp_attached;

	struct rxe_irq_stats irq_stats;
	struct rxe_rx_stats rx_stats;
	struct rxe_xdp_stats xdp_stats;
	struct rxe_tx_done_stats tx_done;
	struct rxe_tx_send_stats tx_send;
	unsigned long tx_timeouts;

	struct work_struct link_work;
	struct work_struct reset_work;
	struct timer_list refill_timer;
	struct rxe_hang hang;

	u16 rx_count;
	u16 tx_count;
	u16 rx_usecs;
	bool adaptive_rx;
	u16 itr_usecs;
	struct rxe_itr_load itr_load;
	struct rxe_itr_load itr_load_before;
	u32 ledctl;
	bool emulated;

	struct rxe_faults faults;
	struct rxe_debugfs *debugfs;
};

/*
 * Whether the device runs on the rings. An open interface whose device is asleep
 * or being reset has rings, and is stopped already; ethtool and the MTU are then
 * refused by the core, closing and XDP are not.
 */
static inline bool rxe_is_up(const struct rxe_nic *nic)
{
	return netif_running(nic->netdev) && netif_device_present(nic->netdev);
}

/* Descriptors from @from up to, not including, @to, round the ring. */
static inline u16 rxe_ring_distance(u16 from, u16 to, u16 count)
{
	return to >= from ? to - from : to + count - from;
}

static inline u16 rxe_ring_next(u16 index, u16 count)
{
	return ++index == count ? 0 : index;
}

#endif /* RXE_NIC_H */
