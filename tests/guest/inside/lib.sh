# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts share that run inside the guest.

# shellcheck source=tests/tap.sh
. "$RXPATH_PROJECT/tests/tap.sh"
programs=$RXPATH_PROJECT/tests/programs
server_ip=192.0.2.1
peer_ip=192.0.2.2
our_mac=52:54:00:12:34:01
peer_mac=52:54:00:12:34:02

# nap SECONDS: without a program, which an emulated CPU takes long to start; nothing
# ever comes out of this pipe.
exec {never}<> <(:)
nap() { read -rt "$1" -u "$never" || :; }

# A server is there when it listens; nobody sleeps and hopes.
wait_for_port() {
	local port=$1 tries
	shift
	for ((tries = 0; tries < 200 * ${RXPATH_TIMEOUT_FACTOR:-1}; tries++)); do
		[ -z "$("$@" ss -Hltn "sport = :$port")" ] || return 0
		nap 0.05
	done
	echo "nothing listens on port $port"
	return 1
}

# wait_until WHY COMMAND...: until COMMAND succeeds; says WHY when it does not.
wait_until() {
	local why=$1 end=$((SECONDS + 40 * ${RXPATH_TIMEOUT_FACTOR:-1}))
	shift
	while [ $SECONDS -lt $end ]; do
		"$@" > /dev/null 2>&1 && return
		nap 0.05
	done
	echo "$why"
	return 1
}

# bpftrace_has PID FUNCTION: when the function calls its program. That is the kernel's to
# say: bpftrace says "Attaching" before it begins to, or "Attached" when it has, and needs
# half a minute for either.
bpftrace_has() {
	local tries
	for ((tries = 0; tries < 240 * ${RXPATH_TIMEOUT_FACTOR:-1}; tries++)); do
		! grep -q "^$2 " /sys/kernel/tracing/enabled_functions || return 0
		kill -0 "$1" 2> /dev/null || return
		sleep 0.5
	done
	return 1
}
# bpftrace_ends PID: it may get the signal between looking for one and sleeping until there
# is an event; then it must be told once more. While it prints, a second one would end it.
bpftrace_ends() {
	local tries
	kill -INT "$1"
	for ((tries = 0; tries < 240 * ${RXPATH_TIMEOUT_FACTOR:-1}; tries++)); do
		kill -0 "$1" 2> /dev/null || break
		sleep 0.5
		if grep -qs epoll "/proc/$1/wchan"; then kill -INT "$1"; fi
	done
	kill -KILL "$1" 2> /dev/null
	wait "$1"
}

# echo_here SERVER PORT SIZE COUNT [PAUSE_MS]: the server here, the client at the
# peer; the server's bytes must be the client's.
echo_here() { echo_between env "$server_ip" peer "$@"; }
# echo_there: the same with the ends exchanged.
echo_there() { echo_between peer "$peer_ip" env "$@"; }
echo_between() {
	local at=$1 address=$2 from=$3 server=$4 port=$5 size=$6 count=$7 pause=${8:-0} log sent status=0
	log=$(mktemp)
	"$at" "$programs/$server" "$port" 1 > "$log" &
	local pid=$!
	wait_for_port "$port" "$at" || return
	sent=$("$from" "$programs/peer-client" "$address" "$port" "$size" "$count" "$pause") || status=$?
	if [ "$status" = 0 ]; then wait "$pid" || status=$?; else kill "$pid"; fi
	echo "client: $sent; server: $(cat "$log")"
	[ "$status" = 0 ] && [ "${sent/#sent/read}" = "$(tail -n 1 "$log")" ]
}

# background NAME COMMAND...: so that another shell can tell what came of it. Its
# pid, output and, at the end, status are in /tmp/NAME.*
background() {
	local name=/tmp/$1
	shift
	rm -f "$name".*
	# shellcheck disable=SC2016 # expanded by the inner shell
	{
		sh -c 'echo $$ > "$0.pid"; exec "$@"' "$name" "$@"
		echo $? > "$name.ended" && mv "$name.ended" "$name.status"
	} > "$name.output" 2>&1 < /dev/null &
	wait_until "$name does not begin" [ -s "$name.pid" ]
}
# background_ends NAME: it has ended, and well.
background_ends() {
	wait_until "$1 does not end" [ -e "/tmp/$1.status" ] && [ "$(cat "/tmp/$1.status")" = 0 ] && return
	cat "/tmp/$1.output"
	return 1
}
background_stop() { kill "$(cat "/tmp/$1.pid")"; }

# transfer_start PORT [ADDRESS [AT...]]: a connection from the peer to a server
# here (or behind AT), which carries bytes both ways until transfer_survived PORT.
transfer_start() {
	local port=$1 address=${2:-$server_ip}
	shift $(($# > 1 ? 2 : 1))
	background "server-$port" "$@" "$programs/epoll-server" "$port" 1
	wait_for_port "$port" "$@" || return
	background "client-$port" peer "$programs/peer-client" "$address" "$port" 20000 0 40
	transfer_moves "$port"
}
# The connection carries bytes now, whatever it did before. A segment lost in a
# long silence is sent again only after a time as long as that.
transfer_moves() {
	local acked end=$((SECONDS + 40 * ${RXPATH_TIMEOUT_FACTOR:-1}))
	acked=$(transfer_acked "$1")
	while [ $SECONDS -lt $end ]; do
		(($(transfer_acked "$1") > acked + 60000)) && return
		nap 0.05
	done
	echo "the connection to port $1 stands still: $(cat "/tmp/client-$1.output")"
	return 1
}
transfer_acked() {
	local acked
	acked=$(peer ss -Htni "dport = :$1")
	[[ $acked =~ bytes_acked:([0-9]+) ]] && echo "${BASH_REMATCH[1]}" || echo 0
}
# It is the same connection still, moves again, and has lost and changed nothing.
transfer_survived() {
	local port=$1 sent got
	transfer_moves "$port" && background_stop "client-$port" && background_ends "client-$port" &&
		background_ends "server-$port" || return
	sent=$(cat "/tmp/client-$port.output") got=$(tail -n 1 "/tmp/server-$port.output")
	echo "client: $sent; server: $got"
	[ "${sent/#sent/read}" = "$got" ]
}

# hogs_allowed: a real-time task keeps its CPU for as long as it runs. From 6.12 on others are
# served now and then by a server of their own.
hogs_allowed() {
	local server
	sysctl -q -w kernel.sched_rt_runtime_us=-1
	for server in /sys/kernel/debug/sched/fair_server/cpu*/runtime; do
		[ ! -e "$server" ] || echo 0 > "$server"
	done
}

# silence: nobody sends but who is told to: no IPv6 chatter, no ARP.
silence() {
	local end
	for end in '' peer; do
		$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
	done
	ip neigh replace "$peer_ip" lladdr $peer_mac dev eth0 nud permanent
	peer ip neigh replace "$server_ip" lladdr $our_mac dev peer0 nud permanent
}

# config DEVICE OFFSET BYTES: writes to the configuration space of a device in sysfs.
config() { printf '%b' "$3" | dd of="$1/config" bs=1 seek="$2" conv=notrunc status=none; }
# rom_at ADDRESS: QEMU's pci-testdev lays its ROM over what is there; rom_away
rom_device() { dirname "$(grep -ls 0x0005 /sys/bus/pci/devices/*/device)"; }
rom_at() {
	local address
	# The lowest bit switches it on.
	address=$(printf '%08x' $(($1 & 0xffffffff | 1)))
	config "$(rom_device)" 48 "\\x${address:6:2}\\x${address:4:2}\\x${address:2:2}\\x${address:0:2}"
	config "$(rom_device)" 4 '\x02\x00'
}
rom_away() {
	config "$(rom_device)" 4 '\x00\x00'
	config "$(rom_device)" 48 '\x00\x00\x00\x00'
}

# What the kernel says when something is wrong, whoever caused it.
complaints() {
	grep -E 'WARNING:|BUG:|Oops|Call Trace|general protection|DMA-API|hung task|unregister_netdevice: waiting|scheduling while atomic|possible circular|refcount_t' |
		grep -vE 'DMA-API: (preallocated|debugging enabled)'
}
kernel_is_content() {
	local messages
	messages=$(dmesg | unexpected)
	complaints <<< "$messages" || return 0
	# The first of them whole: what led there.
	grep -m 1 -A 50 -F "$(complaints <<< "$messages" | head -n 1)" <<< "$messages"
	return 1
}
# expect_report REGEX: what follows makes the kernel report this, and no bug is meant.
expect_report() { echo "$1" >> /run/expected-reports; }
# Leaves out what was expected: the line, and the registers and stacks around it.
unexpected() {
	[ -s /run/expected-reports ] || { cat; return; }
	awk 'FNR == NR { expected = expected (FNR > 1 ? "|" : "") "(" $0 ")"; next }
		/cut here/ { printf "%s", block; block = ""; inside = 1; hit = 0 }
		inside { block = block $0 "\n"; if ($0 ~ expected) hit = 1 }
		inside && /end trace/ { if (!hit) printf "%s", block; block = ""; inside = 0; next }
		!inside && $0 !~ expected
		END { printf "%s", block }' /run/expected-reports -
}

# What a program has not read yet lies in pages of the receive pool, and these stay
# mapped beyond the driver, until they are read: 6.1's pool cannot take the mapping
# back. The check of DMA reports that. Whether they are unmapped in the end
# is asked of it by nothing_stays_mapped.
dma_check=/sys/kernel/debug/dma-api
expect_unread() {
	[ -d $dma_check ] || return 0
	echo 1 > $dma_check/all_errors
	expect_report 'DMA-API: pci .*: device driver has pending DMA allocations while released'
	expect_report 'WARNING: .* dma_debug_device_change'
	expect_report 'DMA-API: Mapped at:'
}
# Where the driver's name would stand, a device without one has its bus's.
nothing_stays_mapped() {
	[ ! -d $dma_check ] || wait_until 'mapped, and no driver' eval "! grep -E '^[^ ]+ pci ' $dma_check/dump"
}
counter() { echo "$(< "/sys/class/net/eth0/statistics/$1")"; }
# driver_stat NAME: one of the driver's own counters, as ethtool -S has it.
driver_stat() {
	local all
	all=$(ethtool -S eth0) && [[ $all$'\n' =~ [[:space:]]"$1: "([0-9]+)$'\n' ]] && echo "${BASH_REMATCH[1]}"
}
# at_least STATISTIC NUMBER: of the driver's
at_least() { [ "$(driver_stat "$1")" -ge "$2" ]; }
# ring_size RX|TX: how many descriptors that ring has now, which ethtool tells last.
ring_size() { ethtool -g eth0 | awk -v ring="$1:" '$1 == ring { n = $2 } END { print n }'; }
