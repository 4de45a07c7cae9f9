# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What a lab's "run" is written with. It is run while all is recorded, as root; what
# students wrote is started by `student` alone.

# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
factor=${RXPATH_TIMEOUT_FACTOR:-1}
talk=$RXPATH_PROJECT/labs/peer/talk

# read_params FILE: the numbers of this run become variables.
read_params() {
	local name value
	while IFS='=' read -r name value; do printf -v "$name" %s "$value"; done < "$1"
}
# value NAME VALUE: for the rules, as $NAME.
value() {
	printf -v "$1" %s "$2"
	echo "$1=$2" >> "$job/values"
}
# verdict ID pass|fail ENGLISH CHINESE: a check that is not the trace's to judge.
verdict() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "${3-}" "${4-}" >> "$job/verdicts"; }
# mark TEXT: into the trace, which the rules and the pictures know it by.
mark() { ! rxpath mark --help > /dev/null 2>&1 || rxpath mark "$*"; }

is_running() {
	local stat
	read -r stat 2> /dev/null < "/proc/$1/stat" || return
	[[ ${stat##*) } != Z* ]]
}
# listens PID PORT: until somebody listens there, or PID has ended.
listens() {
	local hex tries
	printf -v hex ':%04X 00000000:0000 0A' "$2"
	for ((tries = 0; tries < 100 * factor; tries++)); do
		[[ $(< /proc/net/tcp) != *"$hex"* ]] || return 0
		is_running "$1" || return
		nap 0.05
	done
	return 1
}
# receives PID PORT: the same for datagrams.
receives() {
	local hex tries
	printf -v hex ':%04X 00000000:0000 07' "$2"
	for ((tries = 0; tries < 100 * factor; tries++)); do
		[[ $(< /proc/net/udp) != *"$hex"* ]] || return 0
		is_running "$1" || return
		nap 0.05
	done
	return 1
}
# talk_to: the script on standard input is said by the peer.
talk_to() { peer "$talk" "$server_ip" >> "$job/peer.txt" 2>> "$job/peer.err"; }
peer_said() { grep -qsx -- "$1" "$job/peer.txt"; }
# peer_verdict ID LINE ENGLISH CHINESE: passes when the peer said that line.
peer_verdict() {
	if peer_said "$2"; then verdict "$1" pass; else verdict "$1" fail "$3" "$4"; fi
}
