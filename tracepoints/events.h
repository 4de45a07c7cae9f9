/* SPDX-License-Identifier: GPL-2.0 */
/* The events' bodies: see events.c. */
#ifndef RXPATH_EVENTS_H
#define RXPATH_EVENTS_H

int rxpath_events_check(void);

#endif /* RXPATH_EVENTS_H */
