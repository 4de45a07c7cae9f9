# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# How the kernel begins to say that something is wrong; what follows (registers, stacks)
# belongs to it. For the guest's command kernel-reports, and for the launcher.

# shellcheck disable=SC2034 # of those who source this
{
	report_begins='WARNING:|BUG:|Oops|general protection fault|UBSAN:|DMA-API:|ODEBUG:|INFO: (task|inconsistent|possible|trying)'
	report_begins+='|possible (circular|recursive)|suspicious RCU|inconsistent lock|refcount_t:|list_(add|del) (corruption|double)'
	report_begins+='|kmemleak: .*(disabled|disable|exhausted|empty)|unregister_netdevice: waiting|scheduling while atomic'
	report_begins+='|nobody cared|Bad page|bad: scheduling|rcu: INFO|page_pool.*stalled|sleeping function|NETDEV WATCHDOG'
	# What ends a kernel; a kernel that goes on has not said it.
	fatal_begins='kernel BUG at|invalid opcode|stack segment|double fault|sysrq: Trigger a crash|Kernel panic'
	# What the check of DMA says when all is well.
	report_well='DMA-API: (preallocated|debugging enabled)'
}

# first_report FILE: the first report on a console, without what means nothing to a reader
# (registers, code bytes, addresses that the unwinder only guesses), up to its end. With the number
# of its line in the file. Fails if there is none.
first_report() {
	tr -d '\r' < "$1" | awk -v begins="$report_begins|$fatal_begins" -v well="$report_well" '
		!begun && $0 ~ begins && $0 !~ well { begun = NR; print NR }
		!begun || ended { next }
		/\] RIP: 0010:/ { if (!rip++) print "  " $0; next }
		/\] +\? |\] (R[A-Z0-9][A-Z0-9]|ORIG_RAX|[CDEF]S|CR[0-9]|DR[0-9]|PKRU): |\] Code: |\] Hardware name: |\] Modules linked in: |cut here/ { next }
		++lines <= 40 { print "  " $0 }
		/end trace|<\/TASK>/ { ended = 1 }
		END { exit !begun }'
}
