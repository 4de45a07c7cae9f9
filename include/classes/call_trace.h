/* SPDX-License-Identifier: GPL-2.0 */
/* A call of which nothing is told but its times and what it returned. */

#define RXPATH_call_SUBJECT RXPATH_BY_CALLS
#define RXPATH_call_FIELDS(F) F(RET64, ret, call->ret)
#define RXPATH_call_PRINT     "ret=%lld", __entry->ret

RXPATH_STORE(nothing, RXPATH_call_FIELDS)
RXPATH_CLASS(call, nothing, nothing)

#ifdef RXPATH_KEPT
struct rxpath_nothing {
};
#endif

#ifdef RXPATH_CAPTURE
/* The class "call" has nothing but times and a return value; most are said at entry. */
static __always_inline void capture_call(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
}

#define complete_call complete_nothing
#endif
