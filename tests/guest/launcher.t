#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# The launcher: what goes in and out of a guest, and how one ends.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
skip_on debug 'it is about the launcher, which tests/debug/reports.t tries with this kernel'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { qemu/run --nic intree --bare "$@"; }
# Guests are told apart by a word on their kernel's command line, this run's by
# this process: the same test may run elsewhere.
guests_with() { pgrep -fc "qemu-system-x86_64 .*rxpath[.]test=$$-$1 " || true; }

# One guest for all that its command can find out: a boot takes longer than the rest.
# What the kernel reported is found whatever has been done to its log.
# shellcheck disable=SC2016 # expanded in the guest
qemu/run --nic virtio --accel tcg --pluggable --out "$work/out" -- bash -c '
	echo to stdout
	echo to stderr >&2
	pwd
	echo kept > "$RXPATH_OUT/kept"
	echo gone > /usr/rxpath-test-file && cat /usr/rxpath-test-file
	{ peer ping -q -c 1 -W 5 192.0.2.1 | grep -c "1 received"; cat /sys/class/net/eth0/address
	basename "$(readlink /sys/class/net/eth0/device/driver)"; } > "$RXPATH_OUT/virtio"
	echo "$(grep -o "tsc_early_khz=[0-9]*" /proc/cmdline) $(dmesg | sed -n "s/.*tsc: Detected \([0-9]*\)[.]\([0-9]*\) MHz.*/\1\2/p" | tail -n 1)" > "$RXPATH_OUT/clock"
	cat /proc/sys/kernel/panic_on_oops > "$RXPATH_OUT/oops"
	qmp query-cpus-fast > "$RXPATH_OUT/cpus"
	{ kernel-reports && echo clean
	echo "BUG: made up" > /dev/kmsg; echo "BUG: expected" > /dev/kmsg; dmesg -C
	echo "BUG: exp" > /run/expected-reports; kernel-reports || echo found; } > "$RXPATH_OUT/reports" 2>&1
	# The same of what the tests ask, whose reports come with registers and stacks.
	bash -c ". $RXPATH_PROJECT/tests/guest/inside/lib.sh; dmesg -C
		printf \"%s\n\" \"-[ cut here ]-\" \"WARNING: made up\" \"BUG: expected\" \"-[ end trace ]-\" |
			while read -r line; do echo \"\$line\" > /dev/kmsg; done
		kernel_is_content && echo content
		echo BUG: made up, too > /dev/kmsg; kernel_is_content > /dev/null || echo not" > "$RXPATH_OUT/content" 2>&1
	# Where the launcher itself looks at the end, it has been said.
	echo "made up" >> /run/expected-reports
	exit 7' > "$work/stdout" 2> "$work/stderr"
is 'the status of the command is the launcher'\''s' $? 7
is 'stdout, and the command starts in the caller'\''s folder' "$(cat "$work/stdout")" $'to stdout\n'"$(pwd -P)"$'\ngone'
is 'stderr' "$(cat "$work/stderr")" 'to stderr'
is 'what the guest wrote to --out is there' "$(cat "$work/out/kept")" kept
ok 'what it wrote elsewhere is not' [ ! -e /usr/rxpath-test-file ]
ok 'the console is kept in --out' [ -s "$work/out/console.log" ]

is '--nic virtio: both ends are virtio, the server'\''s NIC is eth0' "$(cat "$work/out/virtio")" $'1\n52:54:00:12:34:01\nvirtio_net'
is 'kernel-reports: nothing, then something; and tells what, but not what was expected' \
	"$(grep -v '^  ' "$work/out/reports")" $'clean\nkernel-reports: BUG: made up\nfound'

is 'kernel_is_content: what was expected is left out with the report around it; and nothing else' \
	"$(cat "$work/out/content")" $'content\nnot'

is 'an oops ends a guest that runs a command: the command may never end after it' "$(cat "$work/out/oops")" 1

# A guest that measures its clock against the host's timers is wrong when the host is busy.
read -r told taken < "$work/out/clock"
is 'TCG: the guest is told how fast its clock runs, and takes it' "$taken" "${told#*=}"
like 'that is a speed' "$taken" '^[1-9][0-9]{5,}$'

# With a thread for each, QEMU 7.2 hangs guests whose kernel patches its code: docs/tracepoints.md.
# Where a CPU is on its board has members of that name, too.
threads=$(perl -MJSON::PP -e 'local $/; print $_->{"thread-id"} . "\n" for @{ decode_json(<>)->{return} }' "$work/out/cpus")
is 'TCG: two CPUs' "$(wc -l <<< "$threads")" 2
is 'on one thread' "$(sort -u <<< "$threads" | wc -l)" 1

run --timeout 3 --append "rxpath.test=$$-timeout" -- sleep 1000 > "$work/stdout" 2> "$work/stderr"
is 'a guest that takes too long is ended: status 124' $? 124
like 'with its last console lines and a word what to do' "$(cat "$work/stderr")" 'last console lines.*--timeout'
is 'and no guest is left' "$(guests_with timeout)" 0

run -- bash -c 'echo c > /proc/sysrq-trigger; sleep 100' > "$work/stdout" 2> "$work/stderr"
is 'a guest that panics: status 125' $? 125
like 'with its last console lines' "$(cat "$work/stderr")" 'sysrq: Trigger a crash'

for signal in INT TERM; do
	env --default-signal=INT qemu/run --nic intree --bare --append "rxpath.test=$$-$signal" -- sleep 1000 2> /dev/null &
	pid=$!
	for _ in {1..100}; do
		[ "$(guests_with "$signal")" -gt 0 ] && break
		sleep 0.1
	done
	is "SIG$signal: the guest runs" "$(guests_with "$signal")" 1
	kill -"$signal" $pid
	wait $pid
	is "SIG$signal: the launcher ends with the signal's status" $? $((128 + $(kill -l "$signal")))
	for _ in {1..50}; do
		[ "$(guests_with "$signal")" = 0 ] && break
		sleep 0.1
	done
	is "SIG$signal: no guest is left" "$(guests_with "$signal")" 0
done

qemu/run --nic intree --peer host -- tests/programs/epoll-server 7000 1 > "$work/stdout" 2> "$work/stderr" &
pid=$!
for _ in {1..600}; do
	grep -q '^pid' "$work/stdout" && break
	sleep 0.1
done
port=$(sed -n 's/^forward: 127.0.0.1:\([0-9]*\) -> guest port 7000$/\1/p' "$work/stderr")
is 'host layout: the forwarded port listens on 127.0.0.1 alone' \
	"$(ss -Hltn "sport = :$port" | awk '{ print $4 }')" "127.0.0.1:$port"
sent=$(tests/programs/peer-client 127.0.0.1 "$port" 100003 3)
wait $pid
is 'host layout: the server in the guest echoes to a client on the host' "${sent/#sent/read}" "$(tail -n 1 "$work/stdout")"

is 'what boots is the kernel itself, unpacked once' "$(head -c 4 "$(qemu/vmlinux "$(scripts/kernel)")")" $'\177ELF'
mkdir -p "$work/1.2.3/boot"
echo CONFIG_PVH=y > "$work/1.2.3/boot/config-1.2.3"
head -c 4096 /dev/zero > "$work/1.2.3/boot/vmlinuz-1.2.3"
is 'one that is packed in a way of its own, as it came' "$(qemu/vmlinux "$work/1.2.3")" "$work/1.2.3/boot/vmlinuz-1.2.3"

refused 'an unknown NIC' 2 'one of ours intree virtio' qemu/run --nic rtl8139 -- true
refused 'an unknown option' 2 'no such option' qemu/run --frobnicate -- true
refused 'an option without its value' 2 'needs a value' qemu/run --out
refused 'a timeout that is no number' 2 'not a number' qemu/run --timeout soon -- true
refused '--icount with two CPUs' 2 'one CPU' qemu/run --icount --cpus 2 -- true
refused 'a forward without the host layout' 2 '--peer host' qemu/run --forward 1:2 -- true
refused 'an --out that cannot be made' 1 'cannot be made' run --out /proc/none/out -- true
refused 'a --pcap that cannot be written' 1 'cannot be written' run --pcap /proc/none/wire.pcap -- true
refused 'a kernel that is not installed' 1 "deps" qemu/run --kernel 5.4 -- true
# The first that is not this host's own.
for other in 7.2 6.1; do [[ $(scripts/kernel --default) == "$other".* ]] || break; done
refused 'a kernel of another suite that is not fetched' 1 "scripts/kernel-root $other" \
	env RXPATH_CACHE="$work/cache" RXPATH_KERNEL="$other" qemu/run -- true
refused 'modules for a kernel that no suite has' 1 'deps' scripts/modules 5.4
refused 'a series that no suite has' 1 'known are 6.1 6.12 7.2' scripts/kernel-root 5.4
refused 'no kernel in the archive' 1 'apt-get update' env RXPATH_CACHE="$work/cache" qemu/run --kernel 6.1.0-0-amd64 -- true
mkdir "$work/bin"
ln -s /usr/bin/* /usr/sbin/* "$work/bin" 2> /dev/null
rm "$work/bin/qemu-system-x86_64"
refused 'no QEMU' 1 'qemu-system-x86 in Debian' env PATH="$work/bin" qemu/run -- true
# shellcheck disable=SC2016 # expanded by the inner shell
ok 'depmod is found on the path of a user who is not root' \
	env PATH=/usr/local/bin:/usr/bin:/bin bash -c '. scripts/lib.sh; require_command depmod kmod'
mkdir "$work/kernel"
sed 's/^CONFIG_KPROBES=y/# CONFIG_KPROBES is not set/; s/^CONFIG_KRETPROBES=y//' \
	"/usr/src/linux-headers-$(scripts/kernel --default)/.config" > "$work/kernel/.config"
refused 'a kernel without kprobes' 1 'without CONFIG_KPROBES CONFIG_KRETPROBES: take' scripts/check-config "$work/kernel"
refused 'a kernel build folder that is none' 1 'make KDIR=' scripts/check-config "$work"
refused 'a demo folder that cannot be written' 1 'OUT=FOLDER' scripts/demo /proc/none
if [ "$(qemu/run --accel kvm --nic intree --bare -- true 2>&1 > /dev/null; echo $?)" != 0 ]; then
	refused 'KVM asked for where it does not work' 1 'KVM does not work here.*--accel tcg' run --accel kvm -- true
fi
done_testing
