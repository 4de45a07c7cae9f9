/* SPDX-License-Identifier: GPL-2.0 */
/* The ways to see a function's calls, from the best to the one that always works. */
#ifndef RXPATH_ATTACH_H
#define RXPATH_ATTACH_H

#include <linux/string.h>

#include "hooks.h"

/**
 * struct rxpath_mechanism - one way to hook a function
 * @name: for the status file
 * @returns: each call that was seen to begin is seen to return, whatever becomes of
 *	the hook
 * @attach: finds hook->symbol and makes ready to hook it; the function stays as
 *	it is. -ENOENT if there is no such function; any other error leaves it to
 *	the next mechanism, with the reason in hook->fallback.
 * @detach: gives hooks up; when it returns none of their handlers runs any more,
 *	and those of calls still open will not, or hold the module
 * @arm: from now on each call that begins is seen
 * @disarm: the function becomes what it was
 * @settle: called after some hooks have been attached, to finish them together
 *
 * All are called under rxpath_hooks_lock.
 */
struct rxpath_mechanism {
	const char *name;
	bool returns;
	int (*attach)(struct rxpath_hook *hook);
	void (*detach)(struct rxpath_hook **hooks, unsigned int nr);
	int (*arm)(struct rxpath_hook *hook);
	int (*disarm)(struct rxpath_hook *hook);
	void (*settle)(void);
};

extern const struct rxpath_mechanism rxpath_kretprobe;
#ifdef RXPATH_DIRECT
extern const struct rxpath_mechanism rxpath_direct;
void rxpath_direct_exit(void);
#else
static inline void rxpath_direct_exit(void)
{
}
#endif

int rxpath_attach_init(const struct rxpath_mechanism *const *mechanisms, unsigned int nr);
void rxpath_attach_exit(void);
int rxpath_hook_get(struct rxpath_hook *hook);
void rxpath_hook_put(struct rxpath_hook *hook);

/* Length of the module's name in "module:function", 0 for the kernel's own. */
static inline size_t rxpath_symbol_module_len(const char *symbol)
{
	const size_t len = strcspn(symbol, ":|");

	return symbol[len] == ':' ? len : 0;
}

#endif /* RXPATH_ATTACH_H */
