/* SPDX-License-Identifier: GPL-2.0 */
/* A socket is made. */

#define RXPATH_create_SUBJECT RXPATH_BY_CALLS
#define RXPATH_create_FIELDS(F)                                                                    \
	F(ID, sk, kept->sk)                                                                        \
	F(U16, family, kept->family)                                                               \
	F(U16, type, kept->type)                                                                   \
	F(U16, protocol, kept->protocol)                                                           \
	F(TEXT28, ops, kept->ops, "the name of the operations chosen (`inet_stream_ops`)")         \
	F(TEXT8, prot, kept->prot, "of the protocol (`TCP`); both are empty where it failed")      \
	F(RET, ret, call->ret)
#define RXPATH_create_PRINT                                                                        \
	"sk=%08x family=%u type=%u protocol=%u ops=%s prot=%s ret=%d", __entry->sk,                \
		__entry->family, __entry->type, __entry->protocol, __entry->ops, __entry->prot,    \
		__entry->ret

RXPATH_STORE(create, RXPATH_create_FIELDS)
RXPATH_CLASS(create, create, create)

#ifdef RXPATH_KEPT
/* A socket is made; read when it is there. */
struct rxpath_create {
	const void *socket;
	u32 sk;
	u16 family;
	u16 type;
	u16 protocol;
	char ops[28];
	char prot[8];
};
#endif

#ifdef RXPATH_CAPTURE
/*
 * The name of what @address points to. A symbol that the kernel does not know is
 * printed as a number, which is nobody's business.
 */
static inline void symbol_name(char *to, size_t size, const void *address)
{
	snprintf(to, size, "%ps", address);
	if (to[0] == '0' || to[0] == '(')
		to[0] = '\0';
}

/*
 * The argument is the socket, or where a pointer to it will be: then the three
 * before it are what was asked for.
 */
static __always_inline void capture_create(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	call->create = (struct rxpath_create){ .socket = (void *)argument(args, arg) };
	if (arg & RXPATH_PSKB) {
		call->create.family = argument(args, arg - 3);
		call->create.type = argument(args, arg - 2);
		call->create.protocol = argument(args, arg - 1);
	}
}

/* Nobody but the caller knows of the socket yet. */
static __always_inline void complete_create(struct rxpath_call *call, unsigned int arg)
{
	const struct socket *socket = call->create.socket;

	if (call->ret || !socket)
		return;
	if (arg & RXPATH_PSKB)
		socket = *(struct socket *const *)socket;
	call->create.type = socket->type;
	symbol_name(call->create.ops, sizeof(call->create.ops), socket->ops);
	if (!socket->sk)
		return;
	call->create.sk = object_id(socket->sk);
	call->create.family = socket->sk->sk_family;
	call->create.protocol = socket->sk->sk_protocol;
	strscpy(call->create.prot, socket->sk->sk_prot->name, sizeof(call->create.prot));
}
#endif
