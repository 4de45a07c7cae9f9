#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
tracing=/sys/kernel/tracing
[ -d $tracing/events ] || mount -t tracefs tracefs $tracing
module=$RXPATH_PROJECT/tracepoints/rxpath.ko
status() { cat /sys/kernel/debug/rxpath/hooks; }
# column HOOK NUMBER: of the status file
column() { status | awk -F'\t' -v hook="$1" -v number="$2" '$1 == hook { print $number }'; }
# lost FOLDER: how many records of a trace a full buffer cost
lost() { awk -F: '/overrun|dropped/ { sum += $2 } END { printf "%d", sum }' "$1"/per_cpu/cpu*/stats; }
# counted [FROM TO]: "HOOK CALLS" of all hooks in the buffer, with those told in the event of the
# call around them; of those that began between the two times
counted() {
	awk -v from="${1-0}" -v to="${2-1e9}" '/^#/ { next }
		match($0, / start=[0-9]+/) {
			start = substr($0, RSTART + 7, RLENGTH - 7) / 1e9
			if (start < from || start > to) next
		}
		{ sub(/:$/, "", $5); calls[$5]++ }
		match($0, / inner=[a-z_|]+ /) {
			n = split(substr($0, RSTART + 7, RLENGTH - 8), inner, "|")
			for (i = 1; i <= n; i++) calls[inner[i]]++
		}
		END { for (hook in calls) print hook, calls[hook] }' $tracing/trace
}
calls_of() { counted | awk -v hook="$1" '$1 == hook { print $2; found = 1 } END { if (!found) print 0 }'; }

# Nobody but the test sends.
quiet() {
	local end
	for end in env peer; do
		$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
	done
	ip neigh replace "$peer_ip" lladdr 52:54:00:12:34:02 dev eth0 nud permanent
	peer ip neigh replace "$server_ip" lladdr 52:54:00:12:34:01 dev peer0 nud permanent
	peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
}

# Three connections at once: one bulk, two of small messages.
load() {
	local one two three
	echo_here recv-server 7011 1000000 1 & one=$!
	echo_here epoll-server 7012 100 120 & two=$!
	echo_here recv-server 7013 1400 120 & three=$!
	wait $one && wait $two && wait $three
}

# mark TEXT: a place in our trace, at a moment when nothing else happens
mark() {
	sleep 0.3
	echo "$1" > $tracing/trace_marker
	sleep 0.3
}
when() { sed -n "s/.* \([0-9.]*\): tracing_mark_write: $1\$/\1/p" $tracing/trace; }

# The function tracer records entries into a buffer of its own, by the same clock.
# Compared are the calls that began between two marks: what everybody does, such as
# wakeups, goes on before and behind them.
test_counts() {
	local others=$tracing/instances/others hook symbol differ='' compared=0 busy=0 from to mine theirs
	quiet
	echo 65536 > $tracing/buffer_size_kb
	insmod "$module"
	status | awk -F'\t' 'NR > 1 && $4 != "missing" { print $1, $2 }' > /run/hooks
	mkdir $others
	echo 65536 > $others/buffer_size_kb
	sed 's/.* //; s/.*://' /run/hooks | paste -sd' ' > $others/set_ftrace_filter
	echo function > $others/current_tracer
	echo 1 > $tracing/events/rxpath/enable
	is 'every hook that the kernel has is armed' \
		"$(status | awk -F'\t' 'NR > 1 && $4 != "armed" && $4 != "missing"')" ''
	mark begin
	ok 'three connections carry their bytes intact' load
	peer ping -q -c 20 -i 0.01 "$server_ip" > /dev/null
	mark end
	echo 0 > $tracing/events/rxpath/enable
	echo 0 > $others/tracing_on
	is 'nothing was lost to a full buffer' "$(lost $tracing) $(lost $others)" '0 0'
	is 'no hook has missed a call' "$(status | awk -F'\t' 'NR > 1 && $5 != 0')" ''
	from=$(when begin) to=$(when end)
	counted "$from" "$to" > /run/mine
	awk -v from="$from" -v to="$to" '!/^#/ && $4 + 0 >= from && $4 + 0 <= to { calls[$5]++ }
		END { for (name in calls) print name, calls[name] }' $others/trace > /run/theirs
	echo nop > $others/current_tracer
	while read -r hook symbol; do
		symbol=${symbol#*:}
		mine=$(awk -v hook="$hook" '$1 == hook { print $2 }' /run/mine)
		theirs=$(awk -v symbol="$symbol" '$1 == symbol { print $2 }' /run/theirs)
		compared=$((compared + 1))
		[ "${mine:-0}" -lt 100 ] || busy=$((busy + 1))
		[ "${mine:-0}" = "${theirs:-0}" ] || differ+="$hook ${mine:-0} and not ${theirs:-0}; "
	done < /run/hooks
	note "$(awk '{ sum += $2 } END { print sum " calls" }' /run/mine), $compared hooks compared, $busy of them busy"
	is 'all hooks are compared' $compared "$(wc -l < /run/hooks)"
	ok 'most hooks were busy' [ $busy -ge 30 ]
	is 'each hook counts what the function tracer counts' "$differ" ''
	rmmod rxpath
}

# One hook's function is taken by a BPF program: that hook alone falls back.
test_sharing() {
	local bpf
	quiet
	insmod "$module"
	is 'functions that wait have return probes, the others direct calls' \
		"$(status | awk -F'\t' 'NR > 1 && $4 != "missing" { print $3 }' | sort -u | paste -sd' ')" 'direct kretprobe'
	bpftrace -e 'kfunc:ip_rcv { @ = count(); }' > /run/bpf 2>&1 &
	bpf=$!
	bpftrace_has $bpf ip_rcv || { cat /run/bpf; exit 1; }
	echo 1 > $tracing/events/rxpath/ip_rcv/enable
	echo 0 > $tracing/events/rxpath/ip_rcv/enable
	ok 'and if no other is enabled, the module can go' rmmod rxpath
	insmod "$module"
	echo 1 > $tracing/events/rxpath/enable
	is 'the function that a BPF program has is hooked by a return probe' \
		"$(column ip_rcv 3) $(column ip_rcv 4)" 'kretprobe armed'
	like 'and the status says why' "$(column ip_rcv 6)" 'another direct caller'
	is 'its neighbours are not touched' "$(column ip_rcv_core 3) $(column ip_list_rcv 3)" 'direct direct'
	ethtool -K eth0 gro off
	peer ping -q -c 20 -i 0.01 "$server_ip" > /dev/null
	sleep 0.2
	is 'each of 20 packets passes ip_rcv' "$(calls_of ip_rcv)" 20
	is 'and, with their answers at the other end, ip_rcv_core' "$(calls_of ip_rcv_core)" 40
	is 'and tells its length' "$(grep -c ' ip_rcv:.* len=84 ' $tracing/trace)" 20
	bpftrace_ends $bpf
	is 'the BPF program saw them too' "$(tr -dc 0-9 <<< "$(grep @ /run/bpf)")" 20
	echo 0 > $tracing/events/rxpath/enable
	echo 1 > $tracing/events/rxpath/enable
	is 'when the program has gone the hook is direct again' "$(column ip_rcv 3) $(column ip_rcv 4)" 'direct armed'
	echo > $tracing/trace
	echo ip_rcv > $tracing/set_ftrace_filter
	echo function_graph > $tracing/current_tracer
	peer ping -q -c 20 -i 0.01 "$server_ip" > /dev/null
	sleep 0.2
	is 'under function_graph the hook counts as before' "$(grep -c ' ip_rcv: start' $tracing/trace)" 20
	echo nop > $tracing/current_tracer
	echo 1 > $tracing/options/stacktrace
	echo > $tracing/trace
	peer ping -q -c 1 "$server_ip" > /dev/null
	like 'a stack walked in a hook shows the way to it' "$(cat $tracing/trace)" 'net_rx_action'
	echo 0 > $tracing/options/stacktrace
	echo 0 > $tracing/events/rxpath/enable
	rmmod rxpath
}

# rounds NUMBER: the module and its events, on and off, while bytes flow
rounds() {
	local round
	for ((round = 0; round < $1; round++)); do
		insmod "$module" || { echo "insmod, round $round"; return 1; }
		echo 1 > $tracing/events/rxpath/enable
		sleep 0.1
		if rmmod rxpath 2> /dev/null; then echo "removed while recording, round $round"; return 1; fi
		echo 0 > $tracing/events/rxpath/enable
		rmmod rxpath || { echo "rmmod, round $round"; return 1; }
	done
}
test_coming() {
	local server clients misplaced failed
	quiet
	"$programs/epoll-server" 7021 1000000 > /dev/null &
	server=$!
	wait_for_port 7021
	while :; do peer "$programs/peer-client" "$server_ip" 7021 30000 20 > /dev/null 2>&1; done &
	clients=$!
	# Many are tests/guest/tracer-safety.t's.
	ok 'inserted, enabled, not removed meanwhile, disabled, removed under traffic' rounds 4
	insmod "$module"
	echo 1 > $tracing/events/rxpath/enable
	expect_unread
	ok 'our driver comes and goes under its hooks' eval 'for _ in 1 2 3; do rmmod rxpath_e1000 && nic-up || exit 1; done'
	quiet
	is 'and is hooked again' "$(column rxe_poll 3) $(column rxe_poll 4)" 'direct armed'
	echo > $tracing/trace
	peer ping -q -c 5 -i 0.01 "$server_ip" > /dev/null
	ok 'and seen' [ "$(calls_of rxe_poll)" -ge 5 ]
	kill $clients $server
	wait $clients $server 2> /dev/null

	# From the module to an interface that is up: which call is in which.
	echo > $tracing/trace
	ok 'our driver is loaded once more' eval 'rmmod rxpath_e1000 && nothing_stays_mapped && nic-up'
	echo 0 > $tracing/events/rxpath/enable
	misplaced=$(not_within <<- 'CALLS'
		do_init_module __pci_register_driver
		__pci_register_driver local_pci_probe rxe_probe
		local_pci_probe rxe_probe
		rxe_probe pci_enable_device_mem alloc_etherdev_mqs rxe_hw_reset pci_set_master rxe_netdev_init register_netdevice
		rxe_netdev_init netif_napi_add_weight
		__dev_open rxe_open
		rxe_open rxe_tx_alloc rxe_rx_alloc request_threaded_irq rxe_up
		rxe_tx_alloc dma_alloc_attrs
		rxe_rx_alloc dma_alloc_attrs
		rxe_up rxe_hw_setup rxe_tx_start rxe_rx_start napi_enable
	CALLS
	)
	is 'set-up: each call is there, within the one that makes it' "$misplaced" ''
	failed=$(not_returned <<- 'RETURNED'
		do_init_module 0
		__pci_register_driver 0
		local_pci_probe 0
		rxe_probe 0
		pci_enable_device_mem 0
		alloc_etherdev_mqs 1
		register_netdevice 0
		__dev_open 0
		rxe_open 0
		rxe_tx_alloc 1
		rxe_rx_alloc 1
	RETURNED
	)
	is 'and says that it went well' "$failed" ''
	is "the interrupt's line is told" "$(sed -n 's/.* request_threaded_irq: .* irq=\([0-9]*\) .*/\1/p' $tracing/trace)" \
		"$(awk -F: '/eth0/ { print $1 + 0 }' /proc/interrupts)"
	rmmod rxpath
}
# hooked_of: lines without the words of what this kernel has not: inlined there, mostly
hooked_of() {
	local missing
	missing=$(status | awk -F'\t' '$4 == "missing" { print $1 }' | paste -sd'|')
	sed -E "s/\b(${missing:-no_such_call})( |\$)//g"
}
# not_returned: of lines "CALL RESULT" those calls that returned anything else, or never did
not_returned() {
	sed -nE '/^#/!s/.* ([a-z_0-9]+): start=.* ret=(-?[0-9a-z]+)$/\1 \2/p' $tracing/trace > /run/returned
	hooked_of | awk 'FNR == NR { if (returned[$1] != $2) returned[$1] = returned[$1] $2; next }
		NF == 2 && returned[$1] != $2 { print $1 " returned " returned[$1] }' /run/returned -
}
# not_within: of lines "CALL INNER..." those inner calls of which none was within such a call
not_within() {
	sed -nE '/^#/!s/.* ([a-z_0-9]+): start=([0-9]+) dur=([0-9]+) .*/\1 \2 \3/p' $tracing/trace > /run/calls
	hooked_of | awk 'FNR == NR { n[$1]++; from[$1, n[$1]] = $2; to[$1, n[$1]] = $2 + $3; next }
		{
			for (field = 2; field <= NF; field++) {
				found = 0
				for (i = 1; i <= n[$1]; i++)
					for (j = 1; j <= n[$field]; j++)
						if (from[$field, j] >= from[$1, i] && to[$field, j] <= to[$1, i]) found = 1
				if (!found) print $field " in " $1
			}
		}' /run/calls -
}

for part; do "test_$part"; done
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
