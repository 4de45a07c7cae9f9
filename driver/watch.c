// SPDX-License-Identifier: GPL-2.0
/*
 * Transmit that hangs while its queue is open.
 *
 * The kernel's watchdog looks at queues that are stopped. One connection alone
 * keeps less on its way than stops one, and waits for ever: TCP does not send
 * again what still lies in a ring. So while frames are in the ring a timer looks
 * whether they are being sent. It reads memory alone, and an idle interface has
 * no timer: the doorbell starts it.
 */

#include <linux/netdevice.h>
#include <linux/timer.h>

#include "nic.h"
#include "tx.h"
#include "watch.h"

/* So many looks in a row that find the same frame not sent are a hang: 6 to 9 s */
#define RXE_WATCH_LOOKS 3

static void rxe_watch_again(struct rxe_nic *nic)
{
	mod_timer(&nic->hang.timer, round_jiffies(jiffies + RXE_HANG_PERIOD));
}

static u64 rxe_watch_sent(struct rxe_nic *nic)
{
	struct rxe_tx_done_stats *stats = &nic->tx_done;
	unsigned int start;
	u64 sent;

	do {
		start = u64_stats_fetch_begin(&stats->sync);
		sent = u64_stats_read(&stats->packets);
	} while (u64_stats_fetch_retry(&stats->sync, start));
	return sent;
}

/**
 * rxe_tx_hangs - reset the device, since it does not send what is in the ring
 * @nic: the interface
 *
 * From a timer: the kernel's watchdog for a queue that is stopped, or ours. Of a device
 * that has sent, the fault is not: its interrupt was lost, or something keeps the poll
 * from running (threaded NAPI, say, beside real-time tasks). Then the poll is asked once
 * more, and no frame is thrown away.
 */
void rxe_tx_hangs(struct rxe_nic *nic)
{
	struct net_device *netdev = nic->netdev;

	if (rxe_tx_is_sent(nic->tx)) {
		napi_schedule(&nic->napi);
		return;
	}
	WRITE_ONCE(nic->tx_timeouts, nic->tx_timeouts + 1);
	/* Whose fault: TDH behind TDT is a device that does not send. */
	netdev_err(netdev, "transmit hangs: ntc %u, ntu %u, TDH %u, TDT %u: resetting\n",
		   READ_ONCE(nic->tx->ntc), READ_ONCE(nic->tx->ntu), rxe_read(&nic->hw, RXE_TDH),
		   rxe_read(&nic->hw, RXE_TDT));
	schedule_work(&nic->reset_work);
}

static void rxe_watch_look(struct timer_list *timer)
{
	struct rxe_nic *nic = container_of(timer, struct rxe_nic, hang.timer);
	struct rxe_hang *hang = &nic->hang;
	const struct rxe_tx_ring *tx = nic->tx;
	u64 sent = rxe_watch_sent(nic);
	bool moves = sent != hang->sent;

	hang->sent = sent;
	/* Pairs with rxe_tx_be_watched(): not pending any more before the ring is read. */
	smp_mb();
	if (READ_ONCE(tx->ntc) == READ_ONCE(tx->ntu)) {
		hang->looks = 0;
		return;
	}

	rxe_watch_again(nic);
	/* A queue that is stopped is the kernel's to watch. */
	if (moves || netif_xmit_stopped(netdev_get_tx_queue(nic->netdev, 0)) ||
	    !netif_carrier_ok(nic->netdev)) {
		hang->looks = 0;
	} else if (rxe_tx_is_sent(tx)) {
		/* And nobody has looked: the interrupt was lost, or the poll waits. */
		hang->looks = 0;
		napi_schedule(&nic->napi);
	} else if (++hang->looks == RXE_WATCH_LOOKS) {
		hang->looks = 0;
		rxe_tx_hangs(nic);
	}
}

/**
 * rxe_watch_init - before the first doorbell
 * @nic: the interface
 */
void rxe_watch_init(struct rxe_nic *nic)
{
	timer_setup(&nic->hang.timer, rxe_watch_look, 0);
}

/**
 * rxe_watch_stop - look no more
 * @nic: the interface, its queue stopped and its poll disabled: no more doorbells
 *
 * When this returns the timer does not run and will not. May sleep.
 */
void rxe_watch_stop(struct rxe_nic *nic)
{
	timer_delete_sync(&nic->hang.timer);
	nic->hang.looks = 0;
}
