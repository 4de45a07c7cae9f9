#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Rules about the receive ring: a real one that went round, and rings as a driver with a
# bug would leave them.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
trace-cmd convert --file-version 6 --compression none -i "$traces/marks.dat" -o "$scratch/head.dat" > /dev/null 2>&1
# rule RULE WORD...: what is said of a ring of 8.
rule() {
	"$here/ring-trace" "$scratch/head.dat" "$scratch/ring.dat" "${@:2}"
	printf 'ring\n %s\n' "$1" | "$rxpath" assert - "$scratch/ring.dat" 2>&1 | tr '\n' ' '
}
holds() { like "$2: $1" "$(rule "$1" "${@:3}")" '^ok 1 '; }
fails() { like "$2: $1" "$(rule "$1" "${@:4}")" "^not ok 1 .*ring of interface 3.*$3"; }

# Seven given, three taken and three given again, round and round.
good=(t7+7 d0-2 t2+3 d3-5 t5+3 d6-7 d0 t0+3)
holds 'gives < count' 'a ring in order' "${good[@]}"
holds 'indices in turn' 'a ring in order' "${good[@]}"
holds 'frames = 9' 'a ring in order' "${good[@]}"
holds 'doorbells = 4' 'a ring in order' "${good[@]}"
holds 'doorbells <= frames / 2' 'a ring in order' "${good[@]}"
fails 'doorbells <= frames / 3' 'too many doorbells' '4 doorbells, 9 frames' "${good[@]}"
fails 'doorbells < 4' 'too many doorbells' ' 4 ' "${good[@]}"
fails 'frames = 8' 'another number' ' 9 ' "${good[@]}"
fails 'gives < count' 'all of them are given' 'all 8 descriptors were given: #9' t7+7 d0-6 t7+8
fails 'gives < count' 'more than were taken' 'all 8 descriptors were given: #4' t7+7 d0-1 t2+3
fails 'gives < count' 'an old one is taken again' 'descriptor 1 was taken twice, and not given between: #3, #4' t7+7 d0-1 d1 t1+2
fails 'indices in turn' 'one is left out' 'descriptor 3 \(#4\) after 1 \(#3\)' t7+7 d0-1 d3 t1+2
holds 'indices in turn' 'round the end' t7+7 d6-7 d0
holds 'gives < count' 'a tail that was withheld once' t7+7 d0-2 d3-4 t4+2
like 'no ring' "$(printf 'ring\n frames = 1\n gives < count\n' | "$rxpath" assert - "$traces/intree.dat")" '^not ok 1 .*no ring of our driver was seen: nothing was checked.*not ok 2'
printf 'ring\n gives\n' > "$scratch/gives.rules"
refused 'gives what' 2 'give it as in gives < count' "$rxpath" assert "$scratch/gives.rules" "$traces/gro-off.dat"
printf 'ring\n indices\n' > "$scratch/indices.rules"
refused 'indices how' 2 'give it as in indices in turn' "$rxpath" assert "$scratch/indices.rules" "$traces/gro-off.dat"
printf 'ring\n doorbells <= frames / x\n' > "$scratch/doorbells.rules"
refused 'frames by what' 2 'give a whole number' "$rxpath" assert "$scratch/doorbells.rules" "$traces/gro-off.dat"
printf 'ring eth0\n frames = 16\n' > "$scratch/eth0.rules"
like 'by the name of its interrupt' "$("$rxpath" assert "$scratch/eth0.rules" "$traces/gro-off.dat")" '^ok 1 - .*ring eth0: frames = 16'
printf 'ring eth9\n frames = 1\n' > "$scratch/eth9.rules"
like 'another name' "$("$rxpath" assert "$scratch/eth9.rules" "$traces/gro-off.dat")" 'no ring of our driver was seen'
done_testing
