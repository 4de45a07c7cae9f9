# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sleep takes the guest's root away: the emulated 9p devices forget their queues,
# and Linux's 9p does not set them up again. What runs after that must be in
# memory.

# ram_root SCRIPT PROGRAM...: goes on with SCRIPT, in a root in memory that holds
# the driver, the project's scripts and test programs, and PROGRAMs.
ram_root() {
	local root=/run/ram script=$1 program file dir
	shift
	mkdir "$root" && mount -t tmpfs ram "$root" || return
	mkdir -p "$root"/{tmp,etc,dev,proc,sys,run/netns,usr/{bin,sbin,lib,lib64}} || return
	for dir in bin sbin lib lib64; do ln -s "usr/$dir" "$root/$dir"; done
	for program in bash sh env "$@"; do
		file=$(command -v "$program") || {
			echo "ram_root: there is no $program" >&2
			return 1
		}
		# shellcheck disable=SC2046 # a line of ldd is a path
		cp -L --parents "$file" $(ldd "$file" 2> /dev/null | grep -o '/[^ ]*') "$root" || return
	done
	for file in "$RXPATH_DRIVER" "$RXPATH_PROJECT"/{tests/tap.sh,tests/guest/inside/*.sh,tests/programs/*,qemu/guest/*}; do
		[ -d "$file" ] || cp --parents "$file" "$root" || return
	done
	cp /run/rxpath.conf "$root/run" || return
	for dir in dev proc sys run/netns; do
		mount --rbind "/$dir" "$root/$dir" || return
	done
	RXPATH_IN_RAM=1 exec chroot "$root" bash "$script"
}

# ram_finish STATUS: what qemu/guest-init does at the end, which has lost its
# programs. A guest that has slept is ended by a reset: its ACPI is not all there.
ram_finish() {
	local name port
	for name in /sys/class/virtio-ports/*/name; do
		read -r port < "$name"
		[ "$port" = rxpath.status ] || continue
		name=${name%/name}
		echo "$1" > "/dev/${name##*/}"
	done
	echo b > /proc/sysrq-trigger
}
