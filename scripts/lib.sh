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
		die "$command is missing: run 'scripts/deps', or 'apt-get install $package'"
}

# Downloads, kernels and what is made of them; can be deleted at any time.
cache_dir() {
	local dir=${RXPATH_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/rxpath}
	mkdir -p "$dir" 2> /dev/null || die "$dir: cannot be made; name a cache folder in RXPATH_CACHE"
	(cd "$dir" && pwd -P)
}

# The module of one kernel: the default kernel's lies beside its source.
module_path() {
	local module=$1 version=$2 root
	root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
	if [ "$version" = "$("$root/scripts/kernel" --default)" ]; then
		echo "$root/$module"
	else
		echo "$root/build/$version/$module"
	fi
}
