/* SPDX-License-Identifier: GPL-2.0 */
/* Select() or poll() asks its descriptors. */

#define RXPATH_select_SUBJECT RXPATH_BY_CALLS
#define RXPATH_select_FIELDS(F)                                                                    \
	F(U32, nfds, kept->nfds)                                                                   \
	F(RET, ret, call->ret, "the number of ready descriptors")
#define RXPATH_select_PRINT "nfds=%u ret=%d", __entry->nfds, __entry->ret

RXPATH_STORE(select, RXPATH_select_FIELDS)
RXPATH_CLASS(select, select, select)

#ifdef RXPATH_KEPT
struct rxpath_select {
	u32 nfds;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_select(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	call->select.nfds = argument(args, arg);
}

#define complete_select complete_nothing
#endif
