/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The driver's own structures: the NIC, its two rings, its counters.
 *
 * Both rings are read in the same words. Descriptors run round from
 * next_to_clean (ntc), the oldest that the device has, to next_to_use (ntu), the
 * first that the driver will fill. One descriptor always stays empty, since
 * equal head and tail mean to the device that it has none.
 */
#ifndef RXE_H
#define RXE_H

#include <linux/bpf.h>
#include <linux/ethtool.h>
#include <linux/if_vlan.h>
#include <linux/jump_label.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/timer.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>
#include <net/xdp.h>

#include "compat.h"
#include "faults.h"
#include "hw.h"

#define RXE_NAME "rxpath_e1000"

#define RXE_RING_MIN	 64
#define RXE_RING_MAX	 4096
#define RXE_RING_DEFAULT 256

/* What the device may write into one receive buffer: RCTL.BSIZE */
#define RXE_RX_BUFFER 2048
/* Before it: room for the headers that the stack, or XDP, may push */
#define RXE_RX_HEADROOM XDP_PACKET_HEADROOM
/* An XDP program gets a frame in one buffer, or not at all */
#define RXE_XDP_MTU_MAX (RXE_RX_BUFFER - VLAN_ETH_HLEN)
/* A frame up to this is copied, and its page goes straight back */
#define RXE_RX_COPYBREAK 256
/* What the copy takes of a page: a sixth */
#define RXE_RX_COPY_SIZE                                                                           \
	(SKB_DATA_ALIGN(NET_SKB_PAD + NET_IP_ALIGN + RXE_RX_COPYBREAK) +                           \
	 SKB_DATA_ALIGN(sizeof(struct skb_shared_info)))
/* This part of the ring, free, is worth a doorbell */
#define RXE_RX_REFILL_PART 4

/* Time between interrupts: 20,000 a second at most, adapting begins there too */
#define RXE_RX_USECS_DEFAULT 50
#define RXE_RX_USECS_MAX     (U16_MAX * RXE_ITR_UNIT_NS / NSEC_PER_USEC)

/* Causes that the poll sees to, and all that are unmasked */
#define RXE_INT_NAPI (RXE_INT_RXT0 | RXE_INT_RXDMT0 | RXE_INT_RXO | RXE_INT_TXDW)
#define RXE_INT_ALL  (RXE_INT_NAPI | RXE_INT_LSC)

static_assert(RXE_RX_HEADROOM + RXE_RX_BUFFER + SKB_DATA_ALIGN(sizeof(struct skb_shared_info)) <=
	      PAGE_SIZE);

/**
 * struct rxe_rx_ring - the receive ring
 * @desc: the descriptors, in memory shared with the device
 * @dma: their address for the device
 * @page: the page behind each descriptor, NULL where the device has none
 * @pool: where the pages come from, mapped, and go back to
 * @copy_pool: where pages come from that short frames are copied to
 * @xdp_rxq: tells an XDP program's frames, and who returns them, of that pool
 * @skb: a frame of which not every descriptor has been seen yet
 * @skip: the rest of the current frame is dropped
 * @xdp_flush: what this poll's XDP verdicts have left to be done at its end
 * @count: number of descriptors
 * @ntc: next to clean
 * @ntu: next to use, that is to refill
 */
struct rxe_rx_ring {
	struct rxe_rx_desc *desc;
	dma_addr_t dma;
	struct page **page;
	struct page_pool *pool;
	struct page_pool *copy_pool;
	struct xdp_rxq_info xdp_rxq;
	struct sk_buff *skb;
	bool skip;
	u8 xdp_flush;
	u16 count;
	u16 ntc;
	u16 ntu;
};

/**
 * struct rxe_tx_buffer - what one transmit descriptor stands for
 * @skb: the frame, in the first descriptor's entry only
 * @xdpf: the same for a frame that XDP sends; then @skb is NULL
 * @dma: the mapping
 * @len: its length, 0 for none (a context descriptor, or a page of the pool)
 * @page: mapped as a page, not as linear memory
 * @last: in the first descriptor's entry, the frame's last descriptor
 * @segs: in the first entry, frames on the wire
 * @bytes: in the first entry, bytes on the wire
 */
struct rxe_tx_buffer {
	struct sk_buff *skb;
	struct xdp_frame *xdpf;
	dma_addr_t dma;
	u32 len;
	bool page;
	u16 last;
	u16 segs;
	u32 bytes;
};

/**
 * struct rxe_tx_ring - the transmit ring
 * @desc: the descriptors, in memory shared with the device
 * @dma: their address for the device
 * @buffer: what each stands for
 * @context: the last context that the device was given
 * @count: number of descriptors
 * @ntu: next to use; written by transmit alone
 * @ntc: next to clean; written by the poll alone
 */
struct rxe_tx_ring {
	union rxe_tx_desc *desc;
	dma_addr_t dma;
	struct rxe_tx_buffer *buffer;
	struct rxe_tx_context context;
	u16 count;
	u16 ntu ____cacheline_aligned_in_smp;
	u16 ntc ____cacheline_aligned_in_smp;
};

/*
 * Counters, one struct per context that writes them: a writer needs no lock, a
 * reader on a 32-bit machine gets whole values.
 */
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

struct rxe_xdp_stats {
	u64_stats_t pass;
	u64_stats_t drop;
	u64_stats_t tx;
	u64_stats_t redirect;
	u64_stats_t aborted;
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

/**
 * struct rxe_itr_load - what an interrupt brought
 * @rx: frames received
 * @tx: frames sent, as they are on the wire: TSO's each count
 */
struct rxe_itr_load {
	unsigned int rx;
	unsigned int tx;
};

/**
 * struct rxe_watch - looks whether transmit hangs
 * @timer: the next look, while frames are in the ring
 * @sent: frames sent at the last one; its own
 * @looks: how many in a row have found that nothing moves; its own
 */
struct rxe_watch {
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
 * @rx: the receive ring, while open
 * @tx: the transmit ring, while open
 * @xdp_prog: the XDP program; changes between programs at any time, to and from
 *	      none only while the poll is disabled
 * @xdp_attached: there is one, or will be in a moment
 * @irq_stats: written by rxe_intr()
 * @rx_stats: written by rxe_poll()
 * @xdp_stats: written by rxe_poll()
 * @tx_done: written by rxe_poll()
 * @tx_send: written under the transmit queue's lock
 * @tx_timeouts: times that transmit hung
 * @link_work: looks at the link, after LSC
 * @reset_work: restarts the device, after a transmit timeout
 * @watch: looks whether transmit hangs
 * @refill_timer: polls again when memory ran out with the ring empty
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
 */
struct rxe_nic {
	struct rxe_hw hw;
	struct net_device *netdev;
	struct pci_dev *pdev;
	struct napi_struct napi;
	struct rxe_rx_ring *rx;
	struct rxe_tx_ring *tx;

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
	struct rxe_watch watch;
	struct timer_list refill_timer;

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
};

/* main.c: these two names are hooked by tracers, so they stay functions. */
irqreturn_t rxe_intr(int irq, void *dev);
int rxe_poll(struct napi_struct *napi, int budget);

/* rx.c */
struct rxe_rx_ring *rxe_rx_alloc(struct rxe_nic *nic, u16 count, enum dma_data_direction dir);
void rxe_rx_free(struct rxe_nic *nic, struct rxe_rx_ring *rx);
void rxe_rx_start(struct rxe_nic *nic);
void rxe_rx_doorbell(struct rxe_nic *nic, u16 filled);
struct sk_buff *rxe_rx_copy(struct rxe_rx_ring *rx, const void *data, unsigned int len);
int rxe_rx_clean(struct rxe_nic *nic, int budget);

/* rx-fcs.c */
void rxe_rx_fcs(struct rxe_nic *nic, struct sk_buff *skb, const struct rxe_rx_desc *desc,
		u8 status);

/* tx.c */
struct rxe_tx_ring *rxe_tx_alloc(struct rxe_nic *nic, u16 count);
void rxe_tx_free(struct rxe_nic *nic, struct rxe_tx_ring *tx);
void rxe_tx_start(struct rxe_nic *nic);
void rxe_tx_enable(struct rxe_nic *nic);
unsigned int rxe_tx_clean(struct rxe_nic *nic, int budget);
netdev_tx_t rxe_start_xmit(struct sk_buff *skb, struct net_device *netdev);
int rxe_tx_xdp(struct rxe_nic *nic, struct xdp_frame *xdpf, struct page *page);
void rxe_tx_doorbell(struct rxe_nic *nic);

/* xdp.c */
DECLARE_STATIC_KEY_FALSE(rxe_xdp_key);
bool rxe_xdp_take(struct rxe_nic *nic, struct page *page, unsigned int len, bool eop);
void rxe_xdp_flush(struct rxe_nic *nic);
int rxe_xdp_xmit(struct net_device *netdev, int count, struct xdp_frame **frames, u32 flags);
int rxe_bpf(struct net_device *netdev, struct netdev_bpf *bpf);

/* watch.c */
void rxe_watch_init(struct rxe_nic *nic);
void rxe_watch_start(struct rxe_nic *nic);
void rxe_watch_stop(struct rxe_nic *nic);

/* netdev.c */
void rxe_tx_hangs(struct rxe_nic *nic);
void rxe_netdev_init(struct rxe_nic *nic);
void rxe_up(struct rxe_nic *nic);
void rxe_down(struct rxe_nic *nic);
void rxe_link_update(struct rxe_nic *nic);
void rxe_stats_update(struct rxe_nic *nic);
int rxe_swap_rings(struct rxe_nic *nic, u16 rx_count, u16 tx_count, struct bpf_prog *prog);

/* coalesce.c */
void rxe_itr_start(struct rxe_nic *nic);
void rxe_itr_adapt(struct rxe_nic *nic);
int rxe_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coal,
		     struct kernel_ethtool_coalesce *kernel_coal, struct netlink_ext_ack *extack);
int rxe_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coal,
		     struct kernel_ethtool_coalesce *kernel_coal, struct netlink_ext_ack *extack);

/* ethtool-link.c */
int rxe_get_link_ksettings(struct net_device *netdev, struct ethtool_link_ksettings *ks);
int rxe_set_link_ksettings(struct net_device *netdev, const struct ethtool_link_ksettings *ks);
int rxe_nway_reset(struct net_device *netdev);
void rxe_get_pauseparam(struct net_device *netdev, struct ethtool_pauseparam *pause);
int rxe_set_pauseparam(struct net_device *netdev, struct ethtool_pauseparam *pause);
int rxe_set_phys_id(struct net_device *netdev, enum ethtool_phys_id_state state);

/* ethtool-stats.c */
void rxe_get_eth_mac_stats(struct net_device *netdev, struct ethtool_eth_mac_stats *mac);
void rxe_get_eth_ctrl_stats(struct net_device *netdev, struct ethtool_eth_ctrl_stats *ctrl);
void rxe_get_rmon_stats(struct net_device *netdev, struct ethtool_rmon_stats *rmon,
			const struct ethtool_rmon_hist_range **ranges);
void rxe_get_pause_stats(struct net_device *netdev, struct ethtool_pause_stats *pause);

/* ethtool-test.c */
int rxe_test_count(void);
void rxe_test_strings(u8 *data);
void rxe_self_test(struct net_device *netdev, struct ethtool_test *test, u64 *data);

/* ethtool.c */
extern const struct ethtool_ops rxe_ethtool_ops;

/*
 * Whether the device runs on the rings. An open interface whose device is asleep
 * or being reset has rings, and is stopped already; ethtool and the MTU are then
 * refused by the core, closing and XDP are not.
 */
static inline bool rxe_is_up(const struct rxe_nic *nic)
{
	return netif_running(nic->netdev) && netif_device_present(nic->netdev);
}

/* Looks after what was put into the ring: by whoever rings the doorbell. */
static inline void rxe_watch(struct rxe_nic *nic)
{
	/* Pairs with rxe_watch_look(): it sees the frames, or this that it is over. */
	smp_mb();
	if (unlikely(!timer_pending(&nic->watch.timer)))
		rxe_watch_start(nic);
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

#endif /* RXE_H */
