# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the scripts share that run inside the guest.

# shellcheck source=tests/tap.sh
. "$RXPATH_PROJECT/tests/tap.sh"
programs=$RXPATH_PROJECT/tests/programs
server_ip=192.0.2.1
peer_ip=192.0.2.2

# A server is there when it listens; nobody sleeps and hopes.
wait_for_port() {
	local port=$1
	shift
	for _ in {1..200}; do
		"$@" ss -Hltn "sport = :$port" | grep -q . && return
		sleep 0.05
	done
	echo "nothing listens on port $port"
	return 1
}

# echo_here SERVER PORT SIZE COUNT: the server here, the client at the peer; the
# server's bytes must be the client's.
echo_here() { echo_between env "$server_ip" peer "$@"; }
# echo_there: the same with the ends exchanged.
echo_there() { echo_between peer "$peer_ip" env "$@"; }
echo_between() {
	local at=$1 address=$2 from=$3 server=$4 port=$5 size=$6 count=$7 log sent status=0
	log=$(mktemp)
	"$at" "$programs/$server" "$port" 1 > "$log" &
	local pid=$!
	wait_for_port "$port" "$at" || return
	sent=$("$from" "$programs/peer-client" "$address" "$port" "$size" "$count") || status=$?
	if [ "$status" = 0 ]; then wait "$pid" || status=$?; else kill "$pid"; fi
	echo "client: $sent; server: $(cat "$log")"
	[ "$status" = 0 ] && [ "${sent/#sent/read}" = "$(tail -n 1 "$log")" ]
}

# What the kernel says when something is wrong, whoever caused it.
kernel_is_content() {
	! dmesg | grep -E 'WARNING:|BUG:|Oops|Call Trace|general protection|DMA-API|hung task|unregister_netdevice: waiting|scheduling while atomic|possible circular|refcount_t'
}
counter() { cat "/sys/class/net/eth0/statistics/$1"; }
