#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# One recording with everything in it that the trace has to tell, for
# tests/guest/trace-chain.t.
set -e
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
inside=$RXPATH_PROJECT/tests/guest/inside

insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
cat /proc/net/ptype > "$RXPATH_OUT/ptype"
cat /sys/class/net/eth0/ifindex > "$RXPATH_OUT/ifindex"
awk -F: '/eth0/ { print $1 + 0 }' /proc/interrupts > "$RXPATH_OUT/irq"
cat /proc/sys/net/core/rmem_default > "$RXPATH_OUT/rmem"
# The address of a TCP that is a script's, and two networks behind us, of each kind:
# one that is routed on, and one that leads nowhere.
ip neigh replace 192.0.2.77 lladdr 52:54:00:12:34:02 dev eth0 nud permanent
sysctl -q -w net.ipv4.ip_forward=1
ip route add 198.51.100.0/24 via "$peer_ip"
ip route add blackhole 203.0.113.0/24
ip -n peer route add 198.51.100.0/24 via "$server_ip"
ip -n peer route add 203.0.113.0/24 via "$server_ip"
sysctl -q -w net.ipv6.conf.all.forwarding=1
ip -6 route add 2001:db8:98::/64 via 2001:db8::2
ip -6 route add unreachable 2001:db8:99::/64
ip -n peer -6 route add 2001:db8:98::/47 via 2001:db8::1
# A program on the interrupt's CPU runs when the softirq that wakes it is over, so that
# what a call of the softirq leaves behind is told before the program takes it away.
echo 0 > "/proc/irq/$(cat /sys/class/net/eth0/device/irq)/smp_affinity_list"
on_irq_cpu=(taskset -c 0)
for address in "$server_ip" 2001:db8::1; do
	peer ping -q -c 1 -W 5 $address > /dev/null
done

# wait_for_text FILE TEXT
wait_for_text() {
	for _ in {1..400}; do
		grep -q "$2" "$1" && return
		sleep 0.05
	done
	echo "$1 never said $2"
	return 1
}
# start NAME COMMAND...: in the background, its output in NAME.txt; back when it is there
start() {
	local name=$1
	shift
	"$@" > "$RXPATH_OUT/$name.txt" 2>&1 &
	wait_for_text "$RXPATH_OUT/$name.txt" pid
}
# message: 200 bytes, and again for each byte that comes back
message() {
	# shellcheck disable=SC2016 # the inner shell's
	peer bash -c 'exec 3<> /dev/tcp/'"$server_ip"'/7040; sleep 0.3; printf %200s >&3
		while read -r -N1 -u3; do printf %200s >&3; done'
}
# polls_apart NS COUNT: NAPI polls by a timer, until COUNT polls have found nothing
polls_apart() {
	echo "$1" > /sys/class/net/eth0/gro_flush_timeout
	echo "$2" > /sys/class/net/eth0/napi_defer_hard_irqs
}
both_wait() {
	local pid pids
	pids=$(sed -n 's/^pid //p' "$RXPATH_OUT/exclusive.txt")
	[ "$(wc -w <<< "$pids")" = 2 ] || return
	# 232 is epoll_wait.
	for pid in $pids; do grep -q '^232 ' "/proc/$pid/syscall" || return; done
}
segments() { peer python3 "$inside/segments.py" "$@"; }

talk() {
	"${on_irq_cpu[@]}" "$programs/waits" 7040 > "$RXPATH_OUT/waits.txt" &
	wait_for_port 7040
	for _ in level edge once select poll; do message; done
	wait

	start order "$programs/recv-server" 7041 1
	segments order 7041
	wait
	start half "$programs/recv-server" 7042 1
	segments half_open 7042
	kill %%
	segments nobody 7999
	start holder "$programs/holder" 7043 /run
	segments held 7043 /run
	wait
	echo_here recv-server 7044 100003 3 > "$RXPATH_OUT/bulk.txt"
	# Short ones that nobody reads yet: the socket has memory left for the next one
	# from the last, without which even what was predicted goes the slow way.
	start late python3 "$inside/servers.py" late 7047
	peer bash -c "exec 3> /dev/tcp/$server_ip/7047; for i in {1..10}; do printf %100s >&3; sleep 0.05; done"
	wait

	for kind in udp udp6; do
		start $kind "${on_irq_cpu[@]}" python3 "$inside/servers.py" $kind 7045
		[ $kind = udp ] && address=$server_ip || address=2001:db8::1
		peer bash -c "printf %333s > /dev/udp/$address/7045"
		wait
	done
	start tcp6 python3 "$inside/servers.py" tcp6 7046
	peer bash -c 'printf %444s > /dev/tcp/2001:db8::1/7046'
	wait
	# Both must be asleep in epoll_wait: who is not is passed over.
	python3 "$inside/servers.py" exclusive 7048 > "$RXPATH_OUT/exclusive.txt" &
	wait_until 'nobody waits with EPOLLEXCLUSIVE' both_wait
	peer bash -c "exec 3<> /dev/tcp/$server_ip/7048; cat <&3"
	wait
	# Eight datagrams, and half a second from one poll to the next: they meet in GRO.
	ethtool -K eth0 rx-gro-list on
	start polled python3 "$inside/servers.py" polled 7049
	polls_apart 500000000 20
	peer bash -c "exec 3> /dev/udp/$server_ip/7049; for i in {1..8}; do printf %200s >&3; done"
	wait
	polls_apart 0 0
	ethtool -K eth0 rx-gro-list off
	start refused python3 "$inside/servers.py" refused 7098
	wait
	start tap python3 "$inside/servers.py" tap 1111
	peer ping -q -c 1 -s 1111 "$server_ip"
	wait
	start ring python3 "$inside/servers.py" ring 1115
	peer ping -q -c 1 -s 1115 "$server_ip"
	wait
	peer ping -q -c 1 -s 1112 2001:db8::1
	ping -q -c 1 127.0.0.1
	peer ping -q -c 1 -W 1 -s 1113 198.51.100.9 || true
	peer ping -q -c 1 -W 1 -s 1114 203.0.113.9 || true
	peer ping -q -c 1 -W 1 -s 1116 2001:db8:98::9 || true
	peer ping -q -c 1 -W 1 -s 1117 2001:db8:99::9 || true
	# To a group that everybody is in, and to one that nobody is.
	ip link set eth0 allmulticast on
	peer ping -q -c 1 -s 1118 ff02::1%peer0
	peer ping -q -c 1 -W 1 -s 1119 ff02::7777%peer0 || true
	ip link set eth0 allmulticast off
	# Without GRO a packet comes by itself and not in a list.
	ethtool -K eth0 gro off
	peer ping -q -c 1 -s 1120 "$server_ip"
	peer ping -q -c 1 -s 1121 2001:db8::1
	# What netfilter hands to a program goes on when that says so.
	if modprobe -q nfnetlink_queue && modprobe -q nft_queue; then
		start queue python3 "$inside/nfqueue.py" 7 2
		nft 'table inet rxpath { chain held { type filter hook prerouting priority 0; meta length { 1150, 1171 } queue num 7; }; }'
		peer ping -q -c 1 -s 1122 "$server_ip"
		peer ping -q -c 1 -s 1123 2001:db8::1
		nft delete table inet rxpath
		wait
	fi
	ethtool -K eth0 gro on
}
cat > /run/talk <<TALK
#!/usr/bin/env bash
set -e
. $RXPATH_PROJECT/tests/guest/inside/lib.sh
inside=$inside
$(declare -f wait_for_text start message polls_apart both_wait segments talk)
talk
TALK
chmod +x /run/talk
rxpath record -o "$RXPATH_OUT/trace.dat" -- /run/talk > "$RXPATH_OUT/record.txt" 2>&1
cp /sys/kernel/debug/rxpath/hooks "$RXPATH_OUT/hooks"
rxpath export --format json -o "$RXPATH_OUT/trace.json" "$RXPATH_OUT/trace.dat"
rmmod rxpath
kernel_is_content > "$RXPATH_OUT/complaints" || true
