/* SPDX-License-Identifier: GPL-2.0 */
/* An interrupt line's handler. */

#define RXPATH_irq_SUBJECT RXPATH_BY_DEVICE
#define RXPATH_irq_FIELDS(F)                                                                       \
	F(INT, irq, kept->irq, "the line")                                                         \
	F(RET, ret, call->ret)
#define RXPATH_irq_PRINT                                                                           \
	"irq=%d ret=%s", __entry->irq,                                                             \
		__print_symbolic(__entry->ret, { 0, "none" }, { 1, "handled" },                    \
				 { 2, "wake-thread" })

RXPATH_STORE(irq, RXPATH_irq_FIELDS)
RXPATH_CLASS(irq, irq, irq)

#ifdef RXPATH_KEPT
struct rxpath_irq {
	int irq;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_irq(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	call->irq.irq = argument(args, arg);
}

#define complete_irq complete_nothing
#endif
