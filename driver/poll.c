// SPDX-License-Identifier: GPL-2.0
/*
 * The interrupt and the poll; and how far apart interrupts are: ITR (13.4.18), fixed or
 * adapted to the traffic.
 *
 * The kernel's net_dim decides once in 64 interrupts, after which a burst of a
 * thousand frames is over. Here each interrupt decides: many frames double the
 * distance, few set it back at once, since then a frame waited for nobody's good.
 */

#include "compat.h"
#include "poll.h"
#include "rx.h"
#include "rx-ring.h"
#include "trace.h"
#include "tx.h"

/*
 * Frames of two interrupts, received and sent: one alone tells little, since it
 * often finds just what came while the one before was dealt with. Up to so many,
 * somebody waits for each; from so many on, it is a stream.
 */
#define RXE_ITR_FRAMES_FEW  8
#define RXE_ITR_FRAMES_MANY 16
/* Adapted distances, in us: 20,000 interrupts a second down to 2,000 */
#define RXE_ITR_USECS_NEAR RXE_RX_USECS_DEFAULT
#define RXE_ITR_USECS_FAR  500

static void rxe_itr_write(struct rxe_nic *nic, u16 usecs)
{
	WRITE_ONCE(nic->itr_usecs, usecs);
	rxe_write(&nic->hw, RXE_ITR, usecs * NSEC_PER_USEC / RXE_ITR_UNIT_NS);
}

/**
 * rxe_itr_start - set the distance after a reset, or after a change of mind
 * @nic: the interface, its poll not running
 */
void rxe_itr_start(struct rxe_nic *nic)
{
	nic->itr_load = (struct rxe_itr_load){};
	nic->itr_load_before = (struct rxe_itr_load){};
	rxe_itr_write(nic, nic->adaptive_rx ? RXE_ITR_USECS_NEAR : nic->rx_usecs);
}

/*
 * Chooses the distance to the next interrupt, when the poll ends; itr_load is what the
 * last one brought. Writes only what differs.
 */
static void rxe_itr_adapt(struct rxe_nic *nic)
{
	unsigned int rx = nic->itr_load.rx + nic->itr_load_before.rx;
	unsigned int tx = nic->itr_load.tx + nic->itr_load_before.tx;
	u16 usecs = nic->itr_usecs;

	nic->itr_load_before = nic->itr_load;
	nic->itr_load = (struct rxe_itr_load){};
	if (rx + tx <= RXE_ITR_FRAMES_FEW)
		usecs = RXE_ITR_USECS_NEAR;
	/* What twice the distance brings must still find room in half of the ring. */
	else if (rx + tx >= RXE_ITR_FRAMES_MANY && rx <= nic->rx->count / 2)
		usecs = min(2 * usecs, RXE_ITR_USECS_FAR);
	if (usecs != nic->itr_usecs)
		rxe_itr_write(nic, usecs);
}

/**
 * rxe_intr - the hard interrupt handler
 * @irq: the line, which other devices may share
 * @dev: the interface
 *
 * Reading ICR tells the cause, clears it and releases the line. The mask is
 * written only by whoever wins the NAPI instance, so that a poll that is running
 * costs no further register access.
 *
 * Return: IRQ_NONE if the device did not raise the interrupt.
 */
irqreturn_t rxe_intr(int irq, void *dev)
{
	struct rxe_nic *nic = dev;
	struct rxe_irq_stats *stats = &nic->irq_stats;
	u32 icr = rxe_read(&nic->hw, RXE_ICR);
	bool scheduled = false;

	/* All ones is a device that is no longer there. */
	if (!icr || icr == ~0U) {
		u64_stats_update_begin(&stats->sync);
		u64_stats_inc(&stats->foreign);
		u64_stats_update_end(&stats->sync);
		trace_irq(nic->netdev, icr, false);
		return IRQ_NONE;
	}

	if (rxe_fault(&nic->faults, RXE_FAULT_INTERRUPT))
		return IRQ_HANDLED;

	if (icr & RXE_INT_LSC)
		schedule_work(&nic->link_work);

	/*
	 * If the poll runs already, napi_schedule_prep() makes it run again: the
	 * cause that was just cleared is not lost.
	 */
	if (icr & RXE_INT_NAPI && napi_schedule_prep(&nic->napi)) {
		/*
		 * Posted: should the device interrupt once more before it sees
		 * this, the handler finds the poll scheduled.
		 */
		rxe_write(&nic->hw, RXE_IMC, RXE_INT_NAPI);
		scheduled = true;
	}

	u64_stats_update_begin(&stats->sync);
	u64_stats_inc(&stats->claimed);
	u64_stats_add(&stats->link, !!(icr & RXE_INT_LSC));
	u64_stats_update_end(&stats->sync);
	trace_irq(nic->netdev, icr, scheduled);

	if (scheduled)
		__napi_schedule(&nic->napi);
	return IRQ_HANDLED;
}

/**
 * rxe_poll - NAPI's poll: clean both rings
 * @napi: the instance
 * @budget: received frames at most; 0 from netpoll, which wants transmit only
 *
 * Return: received frames; @budget means that there may be more.
 */
int rxe_poll(struct napi_struct *napi, int budget)
{
	struct rxe_nic *nic = container_of(napi, struct rxe_nic, napi);
	unsigned int cleaned;
	bool done = false;
	int work = 0;

	trace_poll_begin(nic->netdev, budget, nic->rx->ntc, nic->rx->ntu);

	if (budget)
		work = rxe_rx_clean(nic, budget);
	/* After receive, whose frames may have been answered from within it. */
	cleaned = rxe_tx_clean(nic, budget);

	nic->itr_load.rx += work;
	if (budget && work < budget) {
		if (nic->adaptive_rx)
			rxe_itr_adapt(nic);
		done = napi_complete_done(napi, work);
	}

	/* Before the interrupt is back: it may come within that write. */
	trace_poll_end(nic->netdev, budget, work, cleaned, done);
	/* What came since is still held in ICR: see rxe_irq_enable(). */
	if (done)
		rxe_irq_enable(&nic->hw, RXE_INT_NAPI);
	return work;
}

/* Memory ran out: the poll tries again, since no interrupt may come. */
static void rxe_refill_timer(struct timer_list *timer)
{
	struct rxe_nic *nic = container_of(timer, struct rxe_nic, refill_timer);

	napi_schedule(&nic->napi);
}

/**
 * rxe_poll_init - before the interface is registered
 * @nic: the interface
 */
void rxe_poll_init(struct rxe_nic *nic)
{
	nic->rx_usecs = RXE_RX_USECS_DEFAULT;
	nic->adaptive_rx = true;
	timer_setup(&nic->refill_timer, rxe_refill_timer, 0);
	rxe_napi_add(nic->netdev, &nic->napi, rxe_poll);
}
