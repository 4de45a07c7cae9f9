#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Traces of other versions, sizes and kernels, with losses and odd clocks: all that
# can be read is read.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
trace-cmd convert --file-version 6 --compression none -i "$traces/gro-off.dat" -o six.dat > log 2>&1
trace-cmd convert --file-version 7 --compression none -i "$traces/gro-off.dat" -o seven.dat >> log 2>&1
wanted=$("$rxpath" tree "$traces/gro-off.dat")
packets=$(grep -c '^skb#' <<< "$wanted")

is 'version 6 is read' "$("$rxpath" tree six.dat)" "$wanted"
is 'version 7, not compressed, is read' "$("$rxpath" tree seven.dat)" "$wanted"
cp six.dat nine.dat
printf 9 | dd of=nine.dat bs=1 seek=10 conv=notrunc status=none
refused 'an unknown version' 1 'nine.dat: version 9 of trace.dat, known are 6 and 7' "$rxpath" tree nine.dat
# Its first flag says so, the rest does not.
cp six.dat foreign.dat
printf '\1' | dd of=foreign.dat bs=1 seek=12 conv=notrunc status=none
refused 'the other byte order, but not throughout' 1 'foreign.dat: cut short or damaged' "$rxpath" tree foreign.dat
truncate -s 2G hole.dat
refused 'two gigabytes of nothing' 1 'not a trace.dat file' "$rxpath" tree hole.dat
cp six.dat big.dat
truncate -s 2G big.dat
is 'a trace with two gigabytes behind it' "$("$rxpath" tree big.dat)" "$wanted"

"$here/alter-trace" six.dat lost.dat lost
is 'a loss: every packet is there' "$("$rxpath" tree lost.dat | grep -c '^skb#')" "$packets"
like 'a loss is told' "$("$rxpath" stats lost.dat)" 'LOST: at least 1 events'
"$here/alter-trace" six.dat back.dat back
status=0
"$rxpath" tree back.dat > out 2> err || status=$?
is 'a clock that steps back: read to the end' "$status $(wc -l < err)" '0 0'
is 'a clock that steps back: every packet is there' "$(grep -c '^skb#' out)" "$packets"

# A kernel never seen: a hook and fields that the reader has no line for.
perl -pe 's/\bname: tcp_v4_do_rcv\b/name: tcp_v4_xx_rcv/; s/\brcv_nxt_after\b/rcv_xxx_after/' six.dat > new.dat
is 'an unknown hook: every packet is there' "$("$rxpath" tree new.dat | grep -c '^skb#')" "$packets"
like 'an unknown hook is shown under its name' "$("$rxpath" tree new.dat)" 'tcp_v4_xx_rcv\('
done_testing
