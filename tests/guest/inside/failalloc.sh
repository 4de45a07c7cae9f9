# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts share that make the driver's allocations fail.

fail=/sys/kernel/debug/failalloc
# Beside the driver's module, of whatever kernel: tests/modules/failalloc.c.
ok 'the module that makes allocations fail' insmod "${RXPATH_DRIVER%/driver/*}/tests/modules/failalloc.ko"
let_fail() { echo "$1 $2 ${3:-1}" > $fail; }
let_all_be() { echo off > $fail; }
# look: of each symbol, by its name, how often the driver has called it, how often
# that failed, how many things the driver holds that it gave, and how many calls
# were missed. Read at once: a line that has become longer would shift the next.
declare -A calls failed held missed
look() {
	local symbol n bad has not
	while read -r symbol n bad has not; do
		# shellcheck disable=SC2034 # for the scripts
		calls[$symbol]=$n failed[$symbol]=$bad held[$symbol]=$has missed[$symbol]=$not
	done <<< "$(< $fail)"
}
failed_is() { look && [ "${failed[$1]}" = "$2" ]; }

# A pool's last word is how many of its pages are still in use.
trace=/sys/kernel/tracing
echo 1 > $trace/events/page_pool/page_pool_release/enable
pages_lost() { awk '/page_pool_release/ { split($0, f, /page_pool=| inflight=| hold=/); left[f[2]] = f[3] } END { for (p in left) lost += left[p]; print lost + 0 }' $trace/trace; }
none_lost() { [ "$(pages_lost)" = 0 ]; }
# pools_are_gone: when the driver is unloaded.
pools_are_gone() {
	grep -q page_pool_release $trace/trace || { echo 'no pool said anything'; return 1; }
	wait_until 'pages are lost' none_lost
}
