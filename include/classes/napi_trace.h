/* SPDX-License-Identifier: GPL-2.0 */
/* A NAPI instance and what a poll of it did. */

#define RXPATH_napi_SUBJECT RXPATH_BY_DEVICE
#define RXPATH_napi_FIELDS(F)                                                                      \
	F(U32, napi, kept->napi,                                                                   \
	  "the kernel's napi_id (0 where there is none, as for transmit only)")                    \
	F(INT, ifindex, kept->ifindex)                                                             \
	F(INT, weight, kept->weight)                                                               \
	F(INT, work, kept->work,                                                                   \
	  "packets: what a poll returned, what `napi_complete_done` was told")                     \
	F(RET, ret, call->ret)
#define RXPATH_napi_PRINT                                                                          \
	"napi=%u ifindex=%d weight=%d work=%d ret=%d", __entry->napi, __entry->ifindex,            \
		__entry->weight, __entry->work, __entry->ret

RXPATH_STORE(napi, RXPATH_napi_FIELDS)
RXPATH_CLASS(napi, napi, napi)

#ifdef RXPATH_KEPT
struct rxpath_napi {
	u32 napi;
	int ifindex;
	int weight;
	int work;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_napi(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct napi_struct *napi = (void *)argument(args, arg);
	const unsigned int work = RXPATH_SECOND_OF(arg);

	call->napi = (struct rxpath_napi){};
	if (!napi)
		return;
	call->napi.napi = napi->napi_id;
	call->napi.ifindex = napi->dev ? napi->dev->ifindex : 0;
	call->napi.weight = napi->weight;
	if (work)
		call->napi.work = argument(args, work);
}

/* A poll function says its work by returning it. */
static __always_inline void complete_napi(struct rxpath_call *call, unsigned int arg)
{
	if (!RXPATH_SECOND_OF(arg))
		call->napi.work = call->ret;
}
#endif
