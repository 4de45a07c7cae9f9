#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The programs that a task's scripts call come from what scripts/deps installs for it.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$here/../.." || exit
command -v dpkg-query > /dev/null || {
	echo '1..0 # SKIP no Debian: nothing tells which package a program is of'
	exit 0
}
# What scripts/deps installs for a task where nothing is installed.
mkdir "$scratch/bin"
printf '#!/bin/sh\nexit 1\n' > "$scratch/bin/dpkg-query"
chmod +x "$scratch/bin/dpkg-query"
packages() { PATH=$scratch/bin:$PATH scripts/deps --missing "$@"; }
# shell FOLDER...: the shell scripts in there, but for those of busybox, which has its own programs
shell() {
	find "$@" -type f ! -path '*/build/*' | while read -r file; do
		head -n 1 "$file" | grep -aqE '^#!.*busybox' && continue
		head -n 3 "$file" | grep -aqE '^#!.*/(env )?(ba|da)?sh$|^# shellcheck shell=' && echo "$file"
	done
}
unknown() {
	local task=$1
	shift
	packages "$task" | "$here/deps.py" "$@"
}
# File names of this tree hold no blanks.
# shellcheck disable=SC2046
{
	is 'tests that make check runs' \
		"$(unknown check $(shell tests/reader tests/device tests/guest tests/tap.sh qemu))" 'looked at'
	is 'in the browser' "$(unknown browser $(shell tests/browser tests/reader/lib.sh))" 'looked at'
	is 'the demonstration' "$(unknown demo scripts/demo scripts/demo-page scripts/demo-guest $(shell qemu) scripts/lib.sh scripts/install)" \
		'looked at'
}
# Without them lib.sh lets no test begin.
for task in check browser; do
	is "$task: what lib.sh asks for" "$(packages $task | grep -xc 'trace-cmd\|tshark\|python3')" 3
done
# What it is worth.
printf '#!/bin/sh\nseq 3 | trace-cmd | grep x\nls | sort; cat x | tr a b | cut -c1 | wc | sed s/a/b/ | rm | mv | cp | ln | tail | head | od | dd | df | du | nl | tac | cksum\n' > "$scratch/made"
is 'a program of no package that is named is told' "$(unknown build "$scratch/made" | sed 's/:.*//')" $'trace-cmd of trace-cmd\nlooked at'
done_testing
