#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# Debian roots, and what is said on machines that are no Debian: by what little is
# needed for an answer. scripts/check-hosts runs the demonstration on such machines.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export RXPATH_CACHE=$work/cache
mkdir "$RXPATH_CACHE" "$work/empty"
# Nothing listens at the port "discard" of this machine.
unreachable=http://127.0.0.1:9/debian

# This machine with other programs in the place of some.
mkdir "$work/bin"
other_machine() { rm -f "$work/bin"/*; }
instead() {
	printf '#!/bin/sh\n%s\n' "$2" > "$work/bin/$1"
	chmod +x "$work/bin/$1"
}
there() { env PATH="$work/bin:$PATH" "$@"; }
# without PROGRAM COMMAND...
without() {
	local program
	program=$(PATH=$PATH:/usr/sbin command -v "$1")
	shift
	rm -rf "$work/layer" && mkdir -p "$work/layer/upper" "$work/layer/work"
	# shellcheck disable=SC2016 # expanded there
	unshare --map-root-user --mount bash -c '
		dir=${1%/*}
		mount -t overlay -o "lowerdir=$dir,upperdir=$2/upper,workdir=$2/work,userxattr" overlay "$dir" && rm "$1" || exit 99
		shift 2 && exec "$@"' without "$program" "$work/layer" "$@"
}

refused 'an unknown release' 2 'buster: .*bookworm trixie sid' scripts/root buster
refused 'an unknown release for a guest' 2 'bookworm trixie sid' qemu/run --root buster -- true
refused 'a folder that is not there' 1 'no such folder' scripts/root "$work/nothing"
refused 'a folder that is no root' 1 'no Debian root' scripts/root "$work/empty"
refused 'no root named' 2 'no root named' scripts/root
refused 'an unknown option' 2 'no such option' scripts/root --frobnicate
refused 'nothing to run' 2 'nothing to run' scripts/root --run trixie
refused 'a root without a network' 1 'trixie root cannot be made \(.*(127.0.0.1|Release).*\)' \
	bash -c "RXPATH_MIRROR=$unreachable scripts/root trixie 2>&1 > /dev/null | grep -v fetching >&2; exit \${PIPESTATUS[0]}"
ok 'leaves none' [ ! -e "$RXPATH_CACHE/roots/trixie" ]

mkdir -p "$RXPATH_CACHE/roots/trixie/usr/lib"
echo VERSION_CODENAME=bookworm > "$RXPATH_CACHE/roots/trixie/usr/lib/os-release"
refused 'a root of another release in the cache' 1 'holds bookworm, not trixie: delete it' scripts/root trixie
touch "$RXPATH_CACHE/roots/trixie/.rxpath-busy"
like 'a half-made root is made anew' "$(RXPATH_MIRROR=$unreachable scripts/root trixie 2>&1)" 'left half-made; making it anew.*cannot be made'
ok 'what was half-made is gone' [ ! -e "$RXPATH_CACHE/roots/trixie" ]

if unshare --map-root-user --mount true 2> /dev/null; then
	# shellcheck disable=SC2016 # expanded there
	refused 'too little disk: how much is needed, and how much there is' 1 'takes up to [0-9]+ MiB, and [0-9]+ MiB are free: .*RXPATH_CACHE' \
		unshare --map-root-user --mount bash -c 'mount -t tmpfs -o size=64m small "$RXPATH_CACHE" && exec scripts/root trixie'
else
	pass 'too little disk # SKIP no namespaces here'
fi

is 'this machine builds by itself' "$(scripts/root --default)" ''
instead uname 'echo aarch64'
is 'a machine with another processor takes a root' "$(there scripts/root --default)" trixie
refused 'and says what it needs to run programs there' 1 'aarch64.*qemu-user' there scripts/root trixie
other_machine
instead apt-get 'exit 100'
instead dpkg-query 'exit 1'
is 'a Debian whose apt-get fails, and that lacks packages, takes a root' "$(there scripts/root --default)" trixie
refused 'packages without apt-get: one line, with the way out' 1 'make ROOT=13' there scripts/deps build

# Lists that were never fetched, of an archive that does not answer, on a machine with nothing.
mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
: > "$work/apt/status"
echo "deb [trusted=yes] $unreachable trixie main" > "$work/apt/sources"
cat > "$work/apt/conf" << CONF
Dir::Etc::sourcelist "$work/apt/sources";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$work/apt/lists";
Dir::State::status "$work/apt/status";
Dir::Cache "$work/apt/cache";
CONF
other_machine
instead dpkg-query 'exit 1'
instead sudo 'exec "$@"'
# shellcheck disable=SC2016 # expanded there
refused 'packages without a network: one line' 1 '^deps: apt-get install failed \(E: .*\): is the network there' \
	bash -c 'env PATH="$1:$PATH" APT_CONFIG="$2" scripts/deps modules 2>&1 > /dev/null | grep -v ^installing: >&2; exit ${PIPESTATUS[0]}' \
	deps "$work/bin" "$work/apt/conf"

# Headers of Debian 13 bring the kernel that they are of, which the machine would boot next time.
other_machine
instead sudo 'exec "$@"'
# shellcheck disable=SC2016 # expanded there
instead dpkg-query 'case "$*" in *linux-image*) echo "installed linux-image-6.12.1-amd64" ;; *) exit 1 ;; esac'
# shellcheck disable=SC2016 # expanded there
instead apt-cache '[ "$2" = linux-headers-6.12.1-amd64 ]'
instead apt-get "echo \"\$@\" >> '$work/asked'"
there scripts/deps modules 2> /dev/null
is 'headers are those of the kernel that is installed' "$(grep -o 'linux-headers[^ ]*' "$work/asked")" linux-headers-6.12.1-amd64
instead apt-cache 'exit 1'
: > "$work/asked"
there scripts/deps modules 2> /dev/null
is 'or of the newest, where the archive has none of that' "$(grep -o 'linux-headers[^ ]*' "$work/asked")" linux-headers-amd64

# The debug kernel's source: more versions of it than a reader of the first line waits for.
instead apt-cache 'echo linux-source-6.1: && seq 100000'
: > "$work/asked"
there scripts/deps debug 2> /dev/null
is "the debug kernel's source, of several versions" "$(grep -o 'linux-source-6[^ ]*' "$work/asked")" linux-source-6.1
instead apt-cache 'exit 0'
refused 'a release without it' 1 'linux-source-6.1, which this release does not have: run it on Debian 12' \
	bash -c "PATH=$work/bin:\$PATH scripts/deps debug 2>&1 | grep -v ^installing: >&2; exit \${PIPESTATUS[0]}"

# What to install, in the words of each package manager.
for manager in apt-get dnf pacman zypper; do
	other_machine
	instead apt-get 'exit 100'
	instead $manager 'exit 0'
	refused "$manager: what a host lacks, and what to install" 1 "^deps: missing: debootstrap: as root run '$manager .*debootstrap.* make " \
		without debootstrap env PATH="$work/bin:$PATH" scripts/deps host
done
other_machine
instead apt-get 'exit 100'
refused 'no package manager that is known' 1 '^deps: missing: debootstrap: install what holds them' \
	without debootstrap env PATH="$work/bin:$PATH" scripts/deps host
other_machine
is '--missing: names, and nothing else' "$(without debootstrap scripts/deps --missing host)" debootstrap
refused 'a root without debootstrap' 1 'debootstrap is missing' without debootstrap scripts/root trixie
refused 'a guest on a root, without QEMU' 1 'qemu-system-x86_64' without qemu-system-x86_64 qemu/run --root trixie -- true
refused 'an unknown host' 2 'not one of 12 13 sid' scripts/check-hosts 11
done_testing
