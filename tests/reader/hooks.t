#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# rxpath hooks on what the module says: a summary, and all of it.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
tab() { printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >> "$scratch/hooks"; }
tab event symbol mechanism state missed reason nested exhausted
tab ip_rcv ip_rcv direct idle 0 - 0 0
tab ip_list_rcv ip_list_rcv kretprobe armed 3 'not direct: held by a livepatch' 3 0
tab tcp_queue_rcv - - missing 0 'no such function in this kernel: renamed, inlined or not built in' 0 0
tab sk_wait_data sk_wait_data.constprop.0 direct idle 0 'no sk_wait_data in this kernel' 0 0
is 'a summary' "$("$rxpath" hooks "$scratch/hooks")" "3 of 4 hooks attached: 2 directly, 1 by return probes
armed: 1; idle: 2, which cost nothing until a recording asks for them
instead  ip_list_rcv: ip_list_rcv (not direct: held by a livepatch)
missing  tcp_queue_rcv: no such function in this kernel: renamed, inlined or not built in
instead  sk_wait_data: sk_wait_data.constprop.0 (no sk_wait_data in this kernel)
calls that left no event: 3
'rxpath hooks --all' has a line for each"
all=$("$rxpath" hooks --all "$scratch/hooks")
is '--all: a line for each, between a head and a sum' "$(wc -l <<< "$all") $(tail -n 1 <<< "$all")" '6 3 of 4 hooks attached'
like 'with what it is attached to' "$all" $'\n''sk_wait_data +sk_wait_data.constprop.0 +direct +idle +0  no sk_wait_data in this kernel'$'\n'
refused 'a file that is none' 1 'No such file' "$rxpath" hooks "$scratch/nothing"
refused 'one with nothing in it' 1 'nothing in it' "$rxpath" hooks /dev/null
refused 'two files' 2 'Usage|--help' bash -c "'$rxpath' hooks /dev/null /dev/null 2>&1 | head -n 1 >&2; exit \${PIPESTATUS[0]}"
done_testing
