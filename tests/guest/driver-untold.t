#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A driver whose refills never reach the card's tail: pictures and figures tell of no tail that it has not got.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
# Where the headers are; modules for kernels of other suites are built with the suite's own compiler.
version=$(basename "$(scripts/kernel "${RXPATH_KERNEL:-}")")
headers=/usr/src/linux-headers-$version
[ -d "$headers" ] || {
	echo "1..0 # SKIP the modules of $version are built elsewhere"
	exit 0
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/out"
cp -r driver include "$work"
find "$work" \( -name '*.o' -o -name '*.ko' -o -name '.*.cmd' -o -name '*.mod*' \) -delete
# As a student may leave it out: the ring's start writes RDT, the doorbell of a refill does not.
sed -i 's/^\trxe_write(&nic->hw, RXE_RDT, .*//; s/^\trxe_rx_doorbell(nic, rxe_ring_distance(rx->ntc.*/\trxe_write(hw, RXE_RDT, rx->ntu);/' "$work/driver/rx-ring.c"
is 'the driver writes RDT once' "$(grep -c 'RXE_RDT, ' "$work/driver/rx-ring.c") $(grep -c 'rxe_read(&nic->hw, RXE_RDT)' "$work/driver/rx-ring.c")" '1 1'
ok 'it builds' make -s -C "$headers" M="$work/driver" modules

cat > "$work/out/guest.sh" << 'GUEST'
set -e
RXPATH_DRIVER=$RXPATH_OUT/rxpath_e1000.ko nic-up
ethtool -G eth0 rx 80
insmod "$RXPATH_PROJECT/tracepoints/rxpath.ko"
cat > /run/talk << 'TALK'
#!/usr/bin/env bash
ip netns exec peer ping -q -c 120 -i 0.01 -W 1 192.0.2.1
sleep 1
exit 0
TALK
chmod +x /run/talk
rxpath record -o "$RXPATH_OUT/trace.dat" -- /run/talk > /dev/null
GUEST
cp "$work/driver/rxpath_e1000.ko" "$work/out"
ok 'the guest recorded' qemu/run --bare --out "$work/out" -- bash "$work/out/guest.sh"
trace=$work/out/trace.dat
export LC_ALL=C.UTF-8
rxpath=userspace/rxpath
events=$(trace-cmd report "$trace" 2> /dev/null)
tail=$(sed -n 's/.* rx_tail: .* tail=\([0-9]*\) .*/\1/p' <<< "$events" | sort -u)
ntus=$(sed -n 's/.* rx_refill: .* ntu=\([0-9]*\).*/\1/p' <<< "$events" | sort -u | wc -l)
ok 'the driver has refilled again and again' [ "$ntus" -ge 3 ]
is 'the card has been left with the tail of its start' "$tail" 79
tree=$($rxpath tree "$trace")
is 'a tree has no other' "$(grep -o 'rx_tail(tail [0-9]*' <<< "$tree" | sort -u)" 'rx_tail(tail 79'
mapfile -t told < <(awk '/^skb#/ { no = $1 } /rx_tail\(/ { sub("skb#", "", no); print no }' <<< "$tree")
for packet in "${told[@]}"; do
	$rxpath diagram --view nic-ip --width 200 --packet "$packet" "$trace"
done > "$work/pictures"
is 'pictures have no other, and no doorbell' "$(grep -oE '  tail [0-9]+|doorbell: tail.*' "$work/pictures" | sort -u)" '  tail 79'
like 'but what it was not told' "$(< "$work/pictures")" "the card's tail is still 79:.*it was not told of ntu "
stats=$($rxpath stats "$trace")
like 'stats: each doorbell was in vain' "$stats" \
	"eth0: doorbells that left the card's tail where it was: $(grep -c ' rx_tail: ' <<< "$events")"$'\n'
like 'and the ring is used up' "$stats" 'eth0 silent from [+][0-9.]+ s to the end; the card owns 0 descriptors, and was not told of [1-9][0-9]* more'
done_testing
