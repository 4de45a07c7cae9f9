# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the project's shell scripts share: how they fail, and where things are.

# depmod and modprobe work for every user, but are not on every user's path.
PATH=$PATH:/usr/sbin:/sbin

die_with() {
	local status=$1
	shift
	echo "${0##*/}: $*" >&2
	exit "$status"
}
die() { die_with 1 "$@"; }
# A wrong call: says what is wrong and where the right call is described.
die_usage() { die_with 2 "$1; see '$2'"; }

require_command() {
	local command=$1 package=$2
	command -v "$command" > /dev/null ||
		die "$command is missing: run 'scripts/deps', or install its package ($package in Debian)"
}

# Downloads, kernels and what is made of them; can be deleted at any time.
cache_dir() {
	local dir=${RXPATH_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/rxpath}
	mkdir -p "$dir" 2> /dev/null || die "$dir: cannot be made; name a cache folder in RXPATH_CACHE"
	(cd "$dir" && pwd -P)
}

# need_space FOLDER MIB WHAT: says how much is wanted before the disk is full.
need_space() {
	local folder=$1 wanted=$2 what=$3 free
	free=$(($(df --output=avail -k "$folder" | tail -n 1) / 1024))
	[ "$free" -ge "$wanted" ] ||
		die "$folder: $what takes up to $wanted MiB, and $free MiB are free: make room, or name a folder on another disk in RXPATH_CACHE"
}

# How this user comes by the rights that a root of Debian's needs: as root, by
# sudo, or in a user namespace with a range of ids.
privilege() {
	if [ "$(id -u)" = 0 ]; then
		echo root
	elif sudo -n true 2> /dev/null; then
		echo sudo
	elif unshare --map-root-user --map-auto true 2> /dev/null; then
		echo namespace
	elif command -v sudo > /dev/null; then
		echo sudo
	else
		die "a root of Debian's is made as root, and there is neither sudo nor a range of ids for $(id -un): install sudo, or newuidmap (package uidmap) and a line for $(id -un) in /etc/subuid and /etc/subgid"
	fi
}
# as HOW COMMAND...: with those rights.
as() {
	local how=$1
	shift
	case $how in
	root) "$@" ;;
	sudo) sudo -- "$@" ;;
	namespace) unshare --map-root-user --map-auto -- "$@" ;;
	esac
}

# For a system below a folder $1: whoever this machine trusts between itself and the net (a proxy
# that opens what passes), or npm there reaches nothing. To be sourced where it is entered.
# shellcheck disable=SC2016,SC2034 # expanded there; used by scripts/root and scripts/check-hosts
trust='
trust() {
	local ca there
	for ca in /usr/local/share/ca-certificates/*.crt; do
		there=$1$ca
		[ -e "$ca" ] && ! cmp -s "$ca" "$there" && [ -x "$1/usr/sbin/update-ca-certificates" ] || continue
		mkdir -p "${there%/*}" && cp "$ca" "$there" && chroot "$1" update-ca-certificates > /dev/null || return
	done
}
'
