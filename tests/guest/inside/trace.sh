#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# Records an epoll server and a blocking server being talked to. What the
# recording must hold is judged outside, by tests/guest/trace.t.
set -e
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
cp /sys/kernel/debug/rxpath/hooks "$RXPATH_OUT/hooks"
ethtool -K eth0 gro "$1"
# IPv6 multicasts to routers, which the NIC rightly filters out: they would be on
# the wire and not in the ring.
for end in env peer; do
	$end sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
done
# Through the second in which the device holds frames back after "up".
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

cat > /run/talk <<TALK
#!/usr/bin/env bash
. $RXPATH_PROJECT/tests/guest/inside/lib.sh
# Pings of two sizes that nothing else has mark where the counting begins and ends.
peer ping -q -c 1 -s 1111 $server_ip > /dev/null
rmmod rxpath 2> $RXPATH_OUT/rmmod.err && echo removed > $RXPATH_OUT/rmmod.err
$programs/epoll-server 7000 1 > $RXPATH_OUT/epoll-server.txt &
$programs/recv-server 7001 1 > $RXPATH_OUT/recv-server.txt &
wait_for_port 7000 && wait_for_port 7001
peer $programs/peer-client $server_ip 7000 200 5 5 > $RXPATH_OUT/epoll-client.txt
peer $programs/peer-client $server_ip 7001 200 5 5 > $RXPATH_OUT/recv-client.txt
wait
peer $programs/peer-client $server_ip 7002 1 1 2> /dev/null || true
$programs/epoll-server 7002 1 > $RXPATH_OUT/bulk-server.txt &
wait_for_port 7002
peer $programs/peer-client $server_ip 7002 100003 2 > $RXPATH_OUT/bulk-client.txt
wait
peer ping -q -c 1 -s 1222 $server_ip > /dev/null
TALK
chmod +x /run/talk
rxpath record -o "$RXPATH_OUT/trace.dat" -- /run/talk > "$RXPATH_OUT/record.txt"
cat /proc/sys/kernel/kptr_restrict > "$RXPATH_OUT/kptr_restrict"
cp /sys/kernel/debug/rxpath/hooks "$RXPATH_OUT/hooks.after"
grep -E ' (init_task|init_net|tcp_prot|jiffies)$' /proc/kallsyms > "$RXPATH_OUT/kallsyms"
rmmod rxpath
kernel_is_content > "$RXPATH_OUT/complaints" || true
