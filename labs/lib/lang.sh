# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What labs/lab says, it says in English or in Chinese: each text stands beside its
# other, so that none can be forgotten.

# The language of --lang or of the locale, by the rules that rxpath has.
lang_choose() {
	local wanted=$1 word
	if [ -n "$wanted" ]; then
		case ${wanted%%[_.@-]*} in
		en | zh) lang=${wanted%%[_.@-]*} ;;
		*) die_usage "--lang $wanted: give en or zh" 'labs/lab --help' ;;
		esac
		return
	fi
	lang=en
	for word in "${LC_ALL-}" "${LC_MESSAGES-}" "${LANG-}"; do
		[ -n "$word" ] || continue
		# In the locale C nothing is translated, whatever LANGUAGE says; C.UTF-8 only
		# tells how letters are written.
		case $word in C | POSIX) return ;; esac
		[ -z "${LANGUAGE-}" ] || word=${LANGUAGE%%:*}
		[[ $word != zh* ]] || lang=zh
		return
	done
}

# t ENGLISH CHINESE [ARGUMENT]...: a format and its arguments, as printf has them.
t() {
	local format=$1
	[ "$lang" != zh ] || format=$2
	shift 2
	# shellcheck disable=SC2059 # the formats are ours
	printf "$format" "$@"
}
say() { t "$@" && echo; }
tell() { say "$@" >&2; }
# fail_with STATUS ENGLISH CHINESE [ARGUMENT]...
fail_with() {
	local status=$1
	shift
	tell "labs/lab: $1" "labs/lab: $2" "${@:3}"
	exit "$status"
}
wrong() { fail_with 2 "$@"; }
machine_fault() { fail_with 3 "$@"; }
