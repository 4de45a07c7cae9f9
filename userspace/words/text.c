// SPDX-License-Identifier: GPL-2.0
/*
 * Words for what a call says. Every output uses these, so that a hop has the
 * same name everywhere.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "words/text.h"

struct bit_name {
	u32 bit;
	const char *name;
};

static size_t append(char *buf, size_t size, size_t at, const char *text)
{
	size_t len = strnlen(text, size - 1 - at);

	memcpy(buf + at, text, len);
	return at + len;
}

static const char *bits_text(char *buf, size_t size, u32 value, const struct bit_name *names,
			     size_t n, const char *none)
{
	size_t len = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!(value & names[i].bit))
			continue;
		if (len)
			len = append(buf, size, len, "|");
		len = append(buf, size, len, names[i].name);
	}
	if (!len)
		len = append(buf, size, 0, none);
	buf[len] = '\0';
	return buf;
}

/**
 * tcp_flags_text - the flags of a TCP header
 * @buf: where to write
 * @size: its size
 * @flags: the header's flag byte
 *
 * Return: @buf.
 */
const char *tcp_flags_text(char *buf, size_t size, u16 flags)
{
	static const struct bit_name names[] = {
		{ 0x02, "SYN" }, { 0x01, "FIN" }, { 0x04, "RST" }, { 0x08, "PSH" },
		{ 0x10, "ACK" }, { 0x20, "URG" }, { 0x40, "ECE" }, { 0x80, "CWR" },
	};

	return bits_text(buf, size, flags, names, ARRAY_SIZE(names), _("no flags"));
}

/**
 * poll_mask_text - the events of a poll mask that a socket uses
 * @buf: where to write
 * @size: its size
 * @mask: EPOLL* bits
 *
 * Return: @buf.
 */
const char *poll_mask_text(char *buf, size_t size, u32 mask)
{
	static const struct bit_name names[] = {
		{ 0x001, "EPOLLIN" },  { 0x002, "EPOLLPRI" }, { 0x004, "EPOLLOUT" },
		{ 0x008, "EPOLLERR" }, { 0x010, "EPOLLHUP" }, { 0x2000, "EPOLLRDHUP" },
	};

	return bits_text(buf, size, mask, names, ARRAY_SIZE(names),
			 mask ? _("other") : _("no key"));
}

/**
 * irq_cause_text - the causes in the NIC's ICR
 * @buf: where to write
 * @size: its size
 * @icr: register value
 *
 * Return: @buf. Names as in the 8254x manual, section 13.4.17.
 */
const char *irq_cause_text(char *buf, size_t size, u32 icr)
{
	static const struct bit_name names[] = {
		{ 0x80, "RXT0" }, { 0x40, "RXO" },  { 0x10, "RXDMT0" },
		{ 0x04, "LSC" },  { 0x02, "TXQE" }, { 0x01, "TXDW" },
	};

	return bits_text(buf, size, icr, names, ARRAY_SIZE(names), _("no cause"));
}

/**
 * text_pick - a name by its number
 * @names: names, NULL where a number has none
 * @n: how many
 * @i: number
 *
 * Return: the name, "?" where there is none.
 */
const char *text_pick(const char *const *names, size_t n, u32 i)
{
	return i < n && names[i] ? names[i] : "?";
}

/**
 * tcp_state_text - the state of a TCP socket
 * @state: sk_state
 *
 * Return: the name that the kernel uses.
 */
const char *tcp_state_text(u8 state)
{
	static const char *const names[] = {
		"?",
		"TCP_ESTABLISHED",
		"TCP_SYN_SENT",
		"TCP_SYN_RECV",
		"TCP_FIN_WAIT1",
		"TCP_FIN_WAIT2",
		"TCP_TIME_WAIT",
		"TCP_CLOSE",
		"TCP_CLOSE_WAIT",
		"TCP_LAST_ACK",
		"TCP_LISTEN",
		"TCP_CLOSING",
		"TCP_NEW_SYN_RECV",
	};

	return text_pick(names, ARRAY_SIZE(names), state);
}

/**
 * softirq_text - the name of a softirq
 * @vec: its number
 *
 * Return: the name.
 */
const char *softirq_text(u32 vec)
{
	static const char *const names[] = {
		"HI",	    "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
		"IRQ_POLL", "TASKLET", "SCHED",	 "HRTIMER", "RCU",
	};

	return text_pick(names, ARRAY_SIZE(names), vec);
}

/**
 * fault_text - a fault that the driver can be told to have
 * @fault: enum rxe_fault of the driver
 *
 * Return: the name of its knob.
 */
const char *fault_text(u32 fault)
{
	static const char *const names[] = { "withhold_rx_tail", "withhold_tx_tail",
					     "lose_interrupt", "fail_refill", "stall_tx" };

	return text_pick(names, ARRAY_SIZE(names), fault);
}

/**
 * epoll_op_text - what an epoll_ctl does
 * @op: EPOLL_CTL_*
 *
 * Return: the name without its prefix.
 */
const char *epoll_op_text(u32 op)
{
	static const char *const names[] = { "?", "ADD", "DEL", "MOD" };

	return text_pick(names, ARRAY_SIZE(names), op);
}

/**
 * errno_text - the name of an error
 * @ret: negative error number
 *
 * Return: such as EAGAIN.
 */
const char *errno_text(s64 ret)
{
	const char *name = NULL;

	/* The two that the kernel keeps to itself. */
	if (ret == -512)
		return "ERESTARTSYS";
	if (ret == -514)
		return "ERESTARTNOHAND";
	if (ret < 0 && ret > -4096)
		name = strerrorname_np(-ret);
	return name ? name : _("error");
}

/**
 * layer_text - the heading of a group of lanes
 * @layer: enum rxpath_layer
 *
 * Return: the heading.
 */
const char *layer_text(u8 layer)
{
	static const char *const names[] = {
		N_("module, PCI"),
		N_("wire"),
		N_("driver"),
		N_("net core"),
		"IP",
		"TCP",
		N_("socket"),
		N_("wait queue, scheduler"),
		"epoll",
		N_("program"),
	};

	return _(text_pick(names, ARRAY_SIZE(names), layer));
}

/**
 * context_text - the name of a context
 * @ctx: enum context
 *
 * Return: the name.
 */
const char *context_text(u8 ctx)
{
	static const char *const names[] = { N_("hard interrupt"), N_("softirq"), N_("task") };

	return _(text_pick(names, ARRAY_SIZE(names), ctx));
}

/**
 * context_letter - the second cue beside a context's colour
 * @ctx: enum context
 *
 * Return: H, S or T.
 */
char context_letter(u8 ctx)
{
	return ctx < CTX_NR ? "HST"[ctx] : '?';
}

/**
 * task_text - a task, as name/pid
 * @sb: where to append
 * @m: model
 * @pid: the task
 */
void task_text(struct strbuf *sb, const struct model *m, u32 pid)
{
	const struct task *task = model_task(m, pid);

	/* Each CPU's idle task has pid 0 and a name of its own: none is meant. */
	if (!pid) {
		strbuf_puts(sb, _("idle"));
		return;
	}
	strbuf_puts(sb, task && task->comm[0] ? task->comm : _("task"));
	strbuf_add(sb, "/", 1);
	strbuf_number(sb, pid);
}
