// SPDX-License-Identifier: GPL-2.0
/*
 * XDP programs for the driver's tests, one per object: built with -DPROGRAM=name.
 * They act on UDP to port 9 (discard) alone, but for those that say otherwise.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

/* 9, as it is on the wire */
#define DISCARD		__builtin_bswap16(9)
#define ETHERTYPE(type) __builtin_bswap16(type)

#ifndef SECTION
#define SECTION "xdp"
#endif

#ifndef IFINDEX
#define IFINDEX 0
#endif

static long (*bpf_redirect)(__u32 ifindex, __u64 flags) = (void *)BPF_FUNC_redirect;
static long (*adjust_head)(struct xdp_md *xdp, int delta) = (void *)BPF_FUNC_xdp_adjust_head;
static long (*adjust_tail)(struct xdp_md *xdp, int delta) = (void *)BPF_FUNC_xdp_adjust_tail;
static long (*adjust_meta)(struct xdp_md *xdp, int delta) = (void *)BPF_FUNC_xdp_adjust_meta;

struct frame {
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
} __attribute__((packed));

static __always_inline struct frame *discard_frame(struct xdp_md *xdp)
{
	struct frame *frame = (void *)(long)xdp->data;

	if ((void *)(frame + 1) > (void *)(long)xdp->data_end)
		return 0;
	if (frame->eth.h_proto != ETHERTYPE(ETH_P_IP) || frame->ip.protocol != IPPROTO_UDP ||
	    frame->udp.dest != DISCARD)
		return 0;
	return frame;
}

/* Back to whoever sent it: the sums stay right, since both ends are exchanged. */
static __always_inline void turn_round(struct frame *frame)
{
	__u8 mac[ETH_ALEN];
	__be32 addr = frame->ip.saddr;
	__be16 port = frame->udp.source;

	__builtin_memcpy(mac, frame->eth.h_source, ETH_ALEN);
	__builtin_memcpy(frame->eth.h_source, frame->eth.h_dest, ETH_ALEN);
	__builtin_memcpy(frame->eth.h_dest, mac, ETH_ALEN);
	frame->ip.saddr = frame->ip.daddr;
	frame->ip.daddr = addr;
	frame->udp.source = frame->udp.dest;
	frame->udp.dest = port;
}

static __always_inline int pass(struct xdp_md *xdp)
{
	return XDP_PASS;
}

static __always_inline int drop(struct xdp_md *xdp)
{
	return discard_frame(xdp) ? XDP_DROP : XDP_PASS;
}

static __always_inline int abort(struct xdp_md *xdp)
{
	return discard_frame(xdp) ? XDP_ABORTED : XDP_PASS;
}

/* No verdict that there is: counts as aborted. */
static __always_inline int nonsense(struct xdp_md *xdp)
{
	return discard_frame(xdp) ? 77 : XDP_PASS;
}

static __always_inline int reflect(struct xdp_md *xdp)
{
	struct frame *frame = discard_frame(xdp);

	if (!frame)
		return XDP_PASS;
	turn_round(frame);
	return XDP_TX;
}

/* Cut to its headers, which the driver must pad again. */
static __always_inline int reflect_short(struct xdp_md *xdp)
{
	struct frame *frame = discard_frame(xdp);
	int surplus;

	if (!frame)
		return XDP_PASS;
	turn_round(frame);
	frame->ip.tot_len = ETHERTYPE(sizeof(frame->ip) + sizeof(frame->udp));
	frame->ip.check = 0;
	frame->udp.len = ETHERTYPE(sizeof(frame->udp));
	frame->udp.check = 0;
	__u32 sum = 0;
	__be16 *word = (void *)&frame->ip;
#pragma unroll
	for (int i = 0; i < (int)sizeof(frame->ip) / 2; i++)
		sum += word[i];
	sum = (sum & 0xffff) + (sum >> 16);
	frame->ip.check = ~((sum & 0xffff) + (sum >> 16));
	surplus = xdp->data_end - xdp->data - sizeof(*frame);
	return adjust_tail(xdp, -surplus) ? XDP_ABORTED : XDP_TX;
}

/* Cut short by ten bytes, and passed on. */
static __always_inline int trim(struct xdp_md *xdp)
{
	if (!discard_frame(xdp))
		return XDP_PASS;
	return adjust_tail(xdp, -10) ? XDP_ABORTED : XDP_PASS;
}

/* To another interface, or to its own as if it were another. */
static __always_inline int redirect(struct xdp_md *xdp)
{
	struct frame *frame = discard_frame(xdp);

	if (!frame)
		return XDP_PASS;
	if (!IFINDEX)
		turn_round(frame);
	return bpf_redirect(IFINDEX ?: xdp->ingress_ifindex, 0);
}

/* Takes the VLAN tag out of every frame that has one: the driver must not have. */
static __always_inline int untag(struct xdp_md *xdp)
{
	struct vlan_frame {
		__u8 mac[2 * ETH_ALEN];
		__be16 tag;
		__be16 tci;
	} *frame = (void *)(long)xdp->data;
	__u8 mac[2 * ETH_ALEN];

	if ((void *)(frame + 1) > (void *)(long)xdp->data_end ||
	    frame->tag != ETHERTYPE(ETH_P_8021Q))
		return XDP_PASS;
	__builtin_memcpy(mac, frame->mac, sizeof(mac));
	if (adjust_head(xdp, 4))
		return XDP_ABORTED;
	frame = (void *)(long)xdp->data;
	if ((void *)(frame + 1) > (void *)(long)xdp->data_end)
		return XDP_ABORTED;
	__builtin_memcpy(frame->mac, mac, sizeof(mac));
	return XDP_PASS;
}

/* Metadata before each frame. */
static __always_inline int mark(struct xdp_md *xdp)
{
	__u32 *meta;

	if (adjust_meta(xdp, -(int)sizeof(*meta)))
		return XDP_ABORTED;
	meta = (void *)(long)xdp->data_meta;
	if ((void *)(meta + 1) > (void *)(long)xdp->data)
		return XDP_ABORTED;
	*meta = 0x72787061;
	return XDP_PASS;
}

/*
 * The loader finds programs, and their licence, by the names of sections. One in
 * "xdp.frags" takes frames of several buffers, of which it sees the first.
 */
__attribute__((section(SECTION), used)) int xdp_program(struct xdp_md *xdp)
{
	return PROGRAM(xdp);
}

char _license[] __attribute__((section("license"), used)) = "GPL";
