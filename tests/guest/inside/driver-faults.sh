#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

# Stalled transmit is the subject here, and the kernel tells of it.
expect_report 'NETDEV WATCHDOG'
knobs=$(echo /sys/kernel/debug/rxpath_e1000/*/)
trace=/sys/kernel/tracing
# between LOW VALUE HIGH
between() { echo "$2, wanted $1 to $3"; [ "$2" -ge "$1" ] && [ "$2" -le "$3" ]; }
fault() { echo "$2" > "$knobs/$1"; }
# until COMMAND...: waits for what must come, as long as a loaded machine takes.
until_true() { wait_until "never: $*" "$@"; }
reaches() { [ "$(driver_stat "$1")" -ge "$2" ]; }
# Frames are on their way until two looks a moment apart see the same.
settled() {
	local before=-1 now
	for _ in {1..100}; do
		now=$(driver_stat rx_packets)/$(driver_stat rx_polls)/$(driver_stat tx_packets)
		[ "$now" != "$before" ] || return 0
		before=$now
		sleep 0.3
	done
}
record() {
	settled
	echo > $trace/trace
	echo 1 > $trace/events/rxpath_e1000/enable
}
recorded() { echo 0 > $trace/events/rxpath_e1000/enable; }
# events REGEX: how many events of the recording match.
events() { grep -cE " $1" $trace/trace; }
# rtt N: of the Nth answer that ping got, in whole ms.
rtt() { sed -nE 's/.*icmp_seq='"$1"' .* time=([0-9]+).*/\1/p' "$scratch/ping"; }
# More frames than the ring has buffers; ping's own buffer holds but a dozen.
burst() { peer ping -q -S 200000 -i 0.002 -c 400 -W 1 "$server_ip" > "$scratch/ping"; }
scratch=$(mktemp -d)

silence
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null

# Who may, and what may be written.
is 'a knob for each fault' "$(cd "$knobs" && echo *)" \
	'fail_refill lose_interrupt stall_tx withhold_rx_tail withhold_tx_tail'
is 'all are off' "$(cat "$knobs"/* | sort -u)" 0
is 'mode 0600' "$(stat_mode() { command stat -c %a "$knobs"/*; }; stat_mode | sort -u)" 600
nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups bash -c "$1"; }
refused 'nobody may not even look' 1 'Permission denied' nobody "cat $knobs/stall_tx"
mount -o remount,mode=755 /sys/kernel/debug
ok 'with debugfs opened to all, the folder can be seen' nobody "ls $knobs"
refused 'but a knob not be read' 1 'Permission denied' nobody "cat $knobs/stall_tx"
refused 'nor turned' 1 'Permission denied' nobody "echo 1 > $knobs/stall_tx"
mount -o remount,mode=700 /sys/kernel/debug
for word in maybe -1 '' 99999999999 0123456789012345678; do
	refused "'$word' is refused" 1 'Invalid argument' bash -c "echo '$word' > $knobs/stall_tx"
done
like 'and the log says what to write' "$(dmesg | grep stall_tx)" 'stall_tx: write on, off, or how many times'
is 'all are still off' "$(cat "$knobs"/* | sort -u)" 0
fault fail_refill on
is 'on reads back' "$(cat "$knobs/fail_refill")" on
fault fail_refill 0x10
is 'a number reads back' "$(cat "$knobs/fail_refill")" 16
fault fail_refill off
is 'off reads back' "$(cat "$knobs/fail_refill")" 0

# The receive ring starves: what the driver fills, the device does not hear of.
record
before=$(driver_stat rx_packets) doorbells=$(driver_stat rx_doorbells) missed=$(driver_stat rx_missed)
fault withhold_rx_tail on
burst
settled
ok 'withhold_rx_tail: the ring receives what it had room for, and no more' \
	between 180 $(($(driver_stat rx_packets) - before)) 255
is 'no doorbell' $(($(driver_stat rx_doorbells) - doorbells)) 0
is 'none lost: the device lets the sender wait' $(($(driver_stat rx_missed) - missed)) 0
recorded
ok 'the trace has the refills' between 2 "$(events 'rx_refill: .* filled=[1-9]')" 4
is 'each with its fault' "$(events 'fault: .* fault=withhold_rx_tail left=-1')" "$(events 'rx_refill:')"
is 'and no tail' "$(events 'rx_tail:')" 0
record
fault withhold_rx_tail off
ok 'off: all that waited arrive' until_true reaches rx_packets $((before + 400))
recorded
is 'after a tail that brings nothing new' "$(grep -oE 'rx_tail: .*' $trace/trace | grep -oE 'filled=.*' | head -n 1)" filled=0
ok 'and receive works' peer ping -q -c 3 -i 0.2 -W 5 "$server_ip"

# One doorbell less: the frame goes out with the next one.
record
doorbells=$(driver_stat tx_doorbells)
fault withhold_tx_tail 1
ping -c 2 -i 1 -W 5 "$peer_ip" > "$scratch/ping"
recorded
ok 'withhold_tx_tail: the first echo takes as long as the second is away' between 900 "$(rtt 1)" 5000
ok 'the second does not' between 0 "$(rtt 2)" 800
is 'one doorbell for two frames' $(($(driver_stat tx_doorbells) - doorbells)) 1
is 'the trace has two frames, one fault, one tail' \
	"$(events tx_desc:) $(events 'fault: .* fault=withhold_tx_tail left=0') $(events tx_tail:)" '2 1 1'
is 'the knob has run out' "$(cat "$knobs/withhold_tx_tail")" 0
fault withhold_tx_tail on
before=$(driver_stat rx_packets)
refused 'on: no echo' 1 '^$' ping -q -c 1 -W 1 "$peer_ip"
fault withhold_tx_tail off
ok 'off: the frame goes out and is answered' until_true reaches rx_packets $((before + 1))

# One interrupt less: the frame lies in the ring until the next cause.
record
before=$(driver_stat rx_packets) claimed=$(driver_stat irq_claimed)
fault lose_interrupt 1
peer ping -c 2 -i 1 -W 5 "$server_ip" > "$scratch/ping"
settled
recorded
ok 'lose_interrupt: the first frame is answered when the second comes' between 900 "$(rtt 1)" 5000
ok 'the second at once' between 0 "$(rtt 2)" 800
is 'the trace has the fault' "$(events 'fault: .* fault=lose_interrupt left=0')" 1
is 'and one poll for both' "$(events 'poll_end: .* work=2 ')" 1
is 'irq_claimed and the events do not count it' "$(events 'irq: ')" $(($(driver_stat irq_claimed) - claimed))
fault lose_interrupt on
before=$(driver_stat rx_packets)
refused 'on: no answer' 1 '^$' peer ping -q -c 1 -W 1 "$server_ip"
is 'nobody has taken the frame' "$(driver_stat rx_packets)" "$before"
fault lose_interrupt off
ok 'off: it is taken without a further interrupt' until_true reaches rx_packets $((before + 1))

# No memory for new buffers: the ring drains, then a timer tries.
record
before=$(driver_stat rx_packets) failed=$(driver_stat rx_alloc_failed)
fault fail_refill on
burst
settled_but_polling() {
	local now
	now=$(driver_stat rx_packets)
	sleep 0.5
	[ "$now" = "$(driver_stat rx_packets)" ]
}
until_true settled_but_polling
ok 'fail_refill: the ring is used up' between 180 $(($(driver_stat rx_packets) - before)) 255
ok 'rx_alloc_failed counts' between 2 $(($(driver_stat rx_alloc_failed) - failed)) 1000000
polls=$(driver_stat rx_polls)
ok 'polls go on, by the timer' until_true reaches rx_polls $((polls + 10))
recorded
is 'the trace has refills that fail, and no tail' \
	"$(events 'rx_refill: .* filled=[1-9]')$(events rx_tail:)" 00
ok 'and says the ring is empty, ntc equal to ntu' \
	grep -qE ' rx_refill: .* filled=0 want=255 ntc=([0-9]+) ntu=\1$' $trace/trace
fault fail_refill off
ok 'off: all that waited arrive' until_true reaches rx_packets $((before + 400))
ok 'and receive works' peer ping -q -c 3 -i 0.2 -W 5 "$server_ip"

# Transmit hangs. First it is let go again in time ...
fault stall_tx on
before=$(driver_stat rx_packets)
refused 'stall_tx: no echo' 1 '^$' ping -q -c 1 -W 1 "$peer_ip"
fault stall_tx off
ok 'off: the device sends what it held' until_true reaches rx_packets $((before + 1))
is 'no timeout so far' "$(driver_stat tx_timeouts)" 0
# ... then somebody has to notice: the driver itself, when one connection is alone.
# stalled HOW TIMEOUTS COMMAND...: a connection, which is stalled; COMMAND... until
# there have been TIMEOUTS; it goes on.
stalled() {
	local how=$1 timeouts=$2 status=0
	shift 2
	transfer_start 7000 || return
	fault stall_tx "$how"
	"$@" &
	until_true reaches tx_timeouts "$timeouts" || status=1
	kill $! 2> /dev/null
	recorded
	fault stall_tx off
	# Whoever has waited in vain leaves the others a device that sends.
	[ $status = 0 ] || { ip link set eth0 down && ip link set eth0 up; }
	transfer_survived 7000 && return $status
}
ok 'stall_tx 1: a connection that is alone lives on after a timeout' stalled 1 1 true
is 'one timeout' "$(driver_stat tx_timeouts)" 1
# The kernel's watchdog looks at queues that are stopped, and TCP alone keeps less on
# its way than stops one: others send, too.
crowd() {
	while :; do ping -q -S 200000 -l 300 -c 300 -W 1 "$peer_ip"; done > /dev/null 2>&1
}
dropped=$(driver_stat tx_dropped)
record
ok 'stall_tx 1 among others: transmit times out, the connection lives on' stalled 1 2 crowd
is 'one timeout more' "$(driver_stat tx_timeouts)" 2
ok 'tx_dropped counts what the reset threw away' between 1 $(($(driver_stat tx_dropped) - dropped)) 255
like 'the log has ring and device' "$(dmesg | grep hangs)" 'transmit hangs: ntc [0-9]+, ntu [0-9]+, TDH [0-9]+, TDT [0-9]+: resetting'
like 'and the kernel'\''s own line' "$(dmesg | grep WATCHDOG)" 'NETDEV WATCHDOG: .*transmit queue 0 timed out'
is 'the trace has the stall' "$(events 'fault: .* fault=stall_tx left=0')" 1
ok 'on: each reset hangs again; off: the connection lives on' stalled on $(($(driver_stat tx_timeouts) + 2)) crowd

# What the device holds when it is stopped is thrown away, and counted, however it came
# to be stopped.
fault stall_tx on
# held COMMAND...: ten frames, then COMMAND: how many more have been dropped.
held() {
	local dropped
	dropped=$(driver_stat tx_dropped)
	"$RXPATH_PROJECT/tests/guest/inside/frames" send eth0 $peer_mac 10 100
	"$@" > /dev/null
	echo $(($(driver_stat tx_dropped) - dropped))
}
is 'stall_tx, closed: ten frames dropped' "$(held ip link set eth0 down)" 10
ip link set eth0 up
is 'stall_tx, other rings: ten frames dropped' "$(held ethtool -G eth0 tx 128)" 10
ethtool -G eth0 tx 256
fault stall_tx off

# Gone with the driver, whatever is set.
for knob in "$knobs"/*; do echo on > "$knob"; done
ok 'rmmod with all of them on' rmmod rxpath_e1000
is 'the folder is gone' "$(ls -d /sys/kernel/debug/rxpath_e1000 2> /dev/null)" ''
ok 'insmod again' nic-up
is 'all are off' "$(cat "$knobs"/* | sort -u)" 0
ok 'bytes are intact' echo_here epoll-server 7000 100001 3
ok 'the kernel complains of nothing else' kernel_is_content
done_testing
