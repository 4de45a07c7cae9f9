#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"

trace=/sys/kernel/tracing
scratch=$(mktemp -d)
silence
# A frame is a segment: what is counted is what has a descriptor.
ethtool -K eth0 tso off gso off
ethtool -C eth0 adaptive-rx off rx-usecs 200
peer ping -q -c 1 -W 5 "$server_ip" > /dev/null
sleep 1

echo 30000 > $trace/buffer_size_kb
ethtool -S eth0 > "$scratch/before"
echo 1 > $trace/events/rxpath_e1000/enable
traffic() {
	peer ping -q -c 200 -i 0.002 -s 1000 "$server_ip" &&
		echo_here epoll-server 7000 100001 3 && echo_there epoll-server 7000 100001 3
}
ok 'traffic both ways' traffic
# An interrupt without a frame: the link goes, and comes back.
negotiated() { [ "$(< /sys/class/net/eth0/carrier_up_count)" -gt "$ups" ] && [ "$(< /sys/class/net/eth0/carrier)" = 1 ]; }
ups=$(< /sys/class/net/eth0/carrier_up_count)
ok 'the link is negotiated anew' eval "ethtool -r eth0 && wait_until 'no link' negotiated"
# Until the last acknowledgement's completion is in.
sleep 2
echo 0 > $trace/events/rxpath_e1000/enable
ethtool -S eth0 > "$scratch/after"
grep -v '^#' $trace/trace > "$scratch/trace"
is 'no event is lost' "$(cat $trace/per_cpu/cpu*/stats | awk '/overrun|dropped/ { n += $NF } END { print n }')" 0

count=$(ring_size RX)
# Sums of the trace, and what is wrong with its indices, in lines of NAME VALUE.
awk -v count="$count" '
	{
		name = $5
		sub(":", "", name)
		delete f
		for (i = 6; i <= NF; i++) {
			split($i, pair, "=")
			f[pair[1]] = pair[2]
		}
		n[name]++
	}
	name == "irq" && f["scheduled"] { scheduled++ }
	# LSC and nothing else.
	name == "irq" && f["icr"] == "0x00000004" { link++; if (f["scheduled"]) bad = bad " link" NR }
	name == "irq" && f["icr"] !~ /^0x000000[0-9a-f][0-9a-f]$/ { bad = bad " icr" f["icr"] }
	name == "poll_begin" { if (f["budget"] != 64) bad = bad " budget"; if (ntc != "" && f["ntc"] != ntc) bad = bad " begin" NR }
	name == "poll_end" { work += f["work"]; cleaned += f["tx_cleaned"]; done += f["done"] }
	name == "rx_desc" {
		bytes += f["len"]
		if (ntc != "" && f["index"] != ntc) bad = bad " index" NR
		ntc = f["ntc"]
		if (ntc != (f["index"] + 1) % count) bad = bad " ntc" NR
		if (ntu != "" && f["ntu"] != ntu) bad = bad " ntu" NR
		if (f["status"] != "0x07") bad = bad " status" f["status"]
		if (f["skb"] == "00000000") bad = bad " skb" NR
	}
	name == "rx_refill" {
		filled += f["filled"]
		if (ntc != "" && f["ntc"] != ntc) bad = bad " refill" NR
		if (ntu != "" && f["ntu"] != (ntu + f["filled"]) % count) bad = bad " filled" NR
		ntu = f["ntu"]
	}
	name == "rx_tail" { told += f["filled"]; if (f["tail"] != ntu) bad = bad " tail" NR }
	name == "tx_desc" {
		sent += f["len"]
		if (tx != "" && f["index"] != tx) bad = bad " tx" NR
		tx = (f["index"] + f["descs"]) % count
	}
	name == "tx_tail" { if (f["tail"] != tx) bad = bad " txtail" NR }
	name == "tx_clean" { freed += f["packets"]; freed_bytes += f["bytes"]; clean = f["ntc"] }
	END {
		for (name in n) print name, n[name]
		print "link", link + 0; print "scheduled", scheduled + 0; print "work", work; print "cleaned", cleaned; print "finished", done
		print "bytes", bytes; print "filled", filled; print "told", told
		print "sent", sent; print "freed", freed; print "freed_bytes", freed_bytes
		print "tx_left", tx == clean ? 0 : tx "/" clean
		print "bad", bad == "" ? "nothing" : bad
	}' "$scratch/trace" > "$scratch/sums"
sum() { awk -v name="$1" '$1 == name { print $2 }' "$scratch/sums"; }
counted() {
	awk -v name="$1:" '$1 == name { if (NR == FNR) before = $2; else print $2 - before }' \
		"$scratch/before" "$scratch/after"
}
is 'ring indices go on where they left off, budget 64, status DD, EOP, IXSM' "$(sum bad)" nothing
ok 'enough to go by' [ "$(counted rx_packets)" -gt 500 ]
is 'irq: one for each interrupt' "$(sum irq)" "$(counted irq_claimed)"
ok 'among them are some of the link alone, which schedule no poll' [ "$(sum link)" -gt 0 ]
is 'poll_begin: one for each poll' "$(sum poll_begin)" "$(counted rx_polls)"
is 'poll_end: likewise' "$(sum poll_end)" "$(counted rx_polls)"
is 'an interrupt that scheduled had a poll that was done' "$(sum scheduled)" "$(sum finished)"
is 'work: the frames received' "$(sum work)" "$(counted rx_packets)"
is 'rx_desc: one for each of them' "$(sum rx_desc)" "$(counted rx_packets)"
is 'len: their bytes' "$(sum bytes)" "$(counted rx_bytes)"
is 'rx_tail: one for each doorbell' "$(sum rx_tail)" "$(counted rx_doorbells)"
is 'rx_refill: what it filled, rx_tail told' "$(sum filled)" "$(sum told)"
is 'tx_desc: one for each frame sent' "$(sum tx_desc)" "$(counted tx_packets)"
is 'len: their bytes' "$(sum sent)" "$(counted tx_bytes)"
is 'tx_tail: one for each doorbell' "$(sum tx_tail)" "$(counted tx_doorbells)"
is 'tx_clean: each frame sent is freed' "$(sum freed) $(sum freed_bytes)" "$(counted tx_packets) $(counted tx_bytes)"
is 'poll_end says the same' "$(sum cleaned)" "$(sum freed)"
is 'none is left in the ring' "$(sum tx_left)" 0
is 'no fault' "$(sum fault)" ''
ok 'no address in any of them' bash -c "! grep -qE 'f{4}[0-9a-f]{12}' '$scratch/trace'"
ok 'the kernel has nothing to complain about' kernel_is_content
done_testing
