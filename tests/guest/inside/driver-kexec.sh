#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The first kernel's part of driver-kexec.t, and the second's: its first program.
# usage: driver-kexec.sh KERNEL
set -e
root=$(mktemp -d) initrd=$(mktemp)
mkdir "$root"/{bin,dev,proc,sys}
cp "$(command -v busybox)" "$RXPATH_PROJECT/tests/programs/poke" "$root/bin"
# shellcheck disable=SC2046 # a line of ldd is a path
cp -L --parents $(ldd "$root/bin/poke" | grep -o '/[^ ]*') "$root"
cp "$RXPATH_DRIVER" "$root/driver.ko"
cat > "$root/registers" << 'END'
# What registers hold, by their offsets: nothing but the driver has put it there.
device=$(dirname "$(grep -l '^0x100e' /sys/bus/pci/devices/*/device)")
register() { echo "kexec: $1 $(poke "$device" "$2")" > /dev/console; }
END
cat > "$root/init" << 'END'
#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
say() { echo "kexec: $*" > /dev/console; }
. /registers
say second here
register RCTL 0x100
register TCTL 0x400
register IMS 0xd0
register RDT 0x2818
register TDT 0x3818
insmod /driver.ko
ip addr add 10.0.2.15/24 dev eth0
ip link set eth0 up
for i in $(seq 100); do [ "$(cat /sys/class/net/eth0/carrier)" = 1 ] && break; sleep 0.1; done
say ping "$(ping -c 3 -W 5 10.0.2.2 | sed -n 's/.* \([0-9]*\) packets received.*/\1/p')"
say unwanted "$(dmesg | grep -c 'nobody cared')"
echo o > /proc/sysrq-trigger
sleep 60
END
chmod +x "$root/init"
(cd "$root" && find . | cpio --quiet -o -H newc) > "$initrd"
PATH=$root/bin:$PATH
# shellcheck source=/dev/null
. "$root/registers"
register 'first RCTL' 0x100
register 'first TCTL' 0x400
ping -q -f -s 1400 10.0.2.2 > /dev/null 2>&1 &
# kexec_file_load() and reboot(LINUX_REBOOT_CMD_KEXEC): no program is needed.
# shellcheck disable=SC2016 # the variables are Perl's
perl -MFcntl -e '
	my ($kernel, $initrd, $words) = @ARGV;
	sysopen my $k, $kernel, O_RDONLY or die "$kernel: $!";
	sysopen my $i, $initrd, O_RDONLY or die "$initrd: $!";
	my $line = "$words\0";
	syscall(320, fileno $k, fileno $i, length $line, $line, 0) == 0 or die "kexec_file_load: $!";
	syscall(169, 0xfee1dead, 672274793, 0x45584543, 0);
	die "kexec: $!"' "$1" "$initrd" "$(cat /proc/cmdline)"
