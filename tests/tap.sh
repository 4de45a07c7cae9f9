# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# TAP for the tests that are shell scripts, on the host and in the guest.

tap_count=0
tap_failed=0

# pass NAME / fail NAME: one line of TAP.
pass() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1"
}
fail() {
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_count - $1"
}
# What a failure should show, behind "#".
note() {
	local line
	while IFS= read -r line; do echo "#   $line"; done <<< "$*"
}

# ok NAME COMMAND...: passes when COMMAND succeeds; a failure shows its output.
ok() {
	local name=$1 output status=0
	shift
	output=$("$@" 2>&1) || status=$?
	if [ "$status" = 0 ]; then
		pass "$name"
	else
		fail "$name"
		note "status $status of: $*"
		note "$output"
	fi
}
# is NAME GOT WANTED
is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		note "got    '$2'"
		note "wanted '$3'"
	fi
}
# like NAME TEXT REGEX
like() {
	if [[ $2 =~ $3 ]]; then
		pass "$1"
	else
		fail "$1"
		note "'$2'"
		note "does not match $3"
	fi
}
# refused NAME STATUS REGEX COMMAND...: COMMAND ends with STATUS and one line on
# stderr that matches REGEX: how bad input must be answered.
refused() {
	local name=$1 wanted=$2 regex=$3 output status=0
	shift 3
	output=$("$@" 2>&1 > /dev/null) || status=$?
	if [ "$status" = "$wanted" ] && [[ $output =~ $regex ]] && [ "$(wc -l <<< "$output")" = 1 ]; then
		pass "$name"
	else
		fail "$name"
		note "status $status (wanted $wanted) of: $*"
		note "$output"
		note "should be one line that matches $regex"
	fi
}
# skip_on KERNEL REASON: this file's tests say nothing on that kernel (an extended
# regular expression for $RXPATH_KERNEL).
skip_on() {
	[[ ${RXPATH_KERNEL:-} =~ ^($1)$ ]] || return 0
	echo "1..0 # SKIP kernel ${RXPATH_KERNEL:-as installed}: $2"
	exit 0
}
done_testing() {
	echo "1..$tap_count"
	[ "$tap_failed" = 0 ]
}
