#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# Allocations that the driver asks for fail one time in so many, from the slab
# allocator and the page allocator alike. What the user asked for then fails in
# good order or succeeds in spite of it; when the failures are over everything
# works, and what guest-init finds after the end (leaks, mappings left behind,
# use after free) fails the run.
#
# shellcheck source=tests/guest/inside/lib.sh
. "$RXPATH_PROJECT/tests/guest/inside/lib.sh"
debug=/sys/kernel/debug
points="$debug/failslab $debug/fail_page_alloc"
many=1000000

set_all() {
	local point
	for point in $points; do echo "$2" > "$point/$1" || return; done
}
# faults_in MODULE PERCENT: from now on, in what has a function of MODULE on its stack
faults_in() {
	local start
	start=$(cat "/sys/module/$1/sections/.text") || return
	set_all require-start "$start"
	set_all require-end "$(printf '0x%x' $((start + $(awk -v name="$1" '$1 == name { print $2 }' /proc/modules))))"
	set_all times $many
	set_all probability "$2"
}
faults_over() { set_all probability 0; }
# faults_spare PATTERN: none in what has, on its stack, one of the kernel's
# functions from the first to the last, by address, that match. (What the compiler
# holds to be cold is elsewhere.)
faults_spare() {
	local addresses
	addresses=$(awk -v pattern="$1" 'tolower($2) == "t" && $3 ~ pattern && NF == 3 { print $1 }' /proc/kallsyms | sort)
	set_all reject-start "0x$(head -n 1 <<< "$addresses")"
	set_all reject-end "0x$(tail -n 1 <<< "$addresses")"
}
# Two of the kernel's parts do not survive a failure. The check of DMA switches
# itself off. ACPI's interpreter, which moves a device between power states,
# uses an object after its end.
spare_dma_check() { faults_spare '^debug_dma_[a-z_]+$'; }
spare_acpi() { faults_spare '^acpi_(ds|ev|ex|ns|ps|ut)_[a-z0-9_]+$'; }
# How many allocations have failed since faults_in.
failed() { echo $((2 * many - $(cat $debug/failslab/times) - $(cat $debug/fail_page_alloc/times))); }
# at_random NAME PERCENT TIMES FUNCTION: FUNCTION, which may fail, TIMES over
at_random() {
	local name=$1 percent=$2 times=$3 round good=0 bad=0 failures
	shift 3
	faults_in rxpath_e1000 "$percent"
	for ((round = 0; round < times; round++)); do
		if "$@" "$round" > /dev/null 2>&1; then good=$((good + 1)); else bad=$((bad + 1)); fi
	done
	failures=$(failed)
	faults_over
	note "$name: $good times it succeeded, $bad times it failed, $failures allocations failed"
	ok "$name: allocations did fail" [ "$failures" -ge "$((times / 4))" ]
}
intact() { ok "$1: bytes are intact after that" echo_here epoll-server 7000 100001 3; }

for setting in 'interval 1' 'stacktrace-depth 32' 'verbose 0' 'task-filter N' 'ignore-gfp-wait N'; do
	# shellcheck disable=SC2086 # two words
	set_all $setting
done
echo N > $debug/fail_page_alloc/ignore-gfp-highmem
echo 0 > $debug/fail_page_alloc/min-order
spare_dma_check

down_up() { ip link set eth0 down; ip link set eth0 up; }
at_random 'down and up' 2 20 down_up
ip link set eth0 down
nic-up
intact 'down and up'

# A connection of before lives on in each of these: what fails leaves the old state.
idle_connection() {
	"$programs/epoll-server" 7030 1000000 > /dev/null &
	server=$!
	wait_for_port 7030
	# shellcheck disable=SC2016 # the variables are Perl's
	peer perl -MIO::Socket::INET -e '
		my $socket = IO::Socket::INET->new(PeerAddr => "192.0.2.1:7030") or die "$!";
		while (<STDIN>) { $socket->syswrite("x") or exit 1; $socket->sysread(my $back, 1) or exit 1; print "$back\n"; STDOUT->flush }' \
		< /run/ask > /run/answer &
}
mkfifo /run/ask /run/answer
idle_connection
exec 7> /run/ask 8< /run/answer
connection_lives() {
	local answer
	echo >&7
	read -rt $((30 * ${RXPATH_TIMEOUT_FACTOR:-1})) answer <&8 && [ "$answer" = x ]
}
ok 'a connection' connection_lives
ring_sizes=(64 128 256 512 1024 2048 4096)
resize() { ethtool -G eth0 rx "${ring_sizes[$1 % 7]}" tx "${ring_sizes[$1 * 3 % 7]}"; }
at_random 'ring resize' 2 21 resize
ok 'ring resize: the connection lives' connection_lives
# The buffers serve every MTU: there is nothing to allocate.
all_mtus() {
	local mtu
	for mtu in 9000 576 4000 16110 2030 1500; do ip link set eth0 mtu $mtu || return; done
}
faults_in rxpath_e1000 100
ok 'MTU: each is taken with no memory at all' all_mtus
faults_over
ok 'MTU: the connection lives' connection_lives

faults_in rxpath_e1000 5
ok 'traffic while 5 % of allocations fail: intact here' echo_here recv-server 7001 1000003 2
ok 'traffic while 5 % of allocations fail: intact there' echo_there epoll-server 7002 1000003 2
peer ping -q -f -c 500 -s 1400 "$server_ip" > /dev/null
failures=$(failed)
faults_over
note "$failures allocations failed"
ok 'in traffic, too, allocations did fail' [ "$failures" -ge 5 ]
ok 'traffic: the connection lives' connection_lives
exec 7>&- 8<&-
kill "$server"

slot=$(basename "$(readlink -f /sys/class/net/eth0/device)")
driver=/sys/bus/pci/drivers/rxpath_e1000
rebind() {
	echo "$slot" > $driver/unbind
	echo "$slot" > $driver/bind
}
spare_acpi
at_random 'unbind and bind' 2 20 rebind
spare_dma_check
[ -e "$driver/$slot" ] || echo "$slot" > $driver/bind
nic-up
intact 'unbind and bind'

# The tracer: what a system call of this task asks for, since the module is not
# there yet; nothing but the call, as libraries that a task loads are files of
# the host, and their file system does not survive every failure.
set_all require-start 0
set_all require-end 0xffffffffffffffff
set_all task-filter Y
# The kernel's word for an event that it has no memory to describe.
expect_report 'WARNING: .*trace_events\.c:.* event_define_fields'
tracing=/sys/kernel/tracing
module=/run/rxpath.ko
cp "$RXPATH_PROJECT/tracepoints/rxpath.ko" $module
insert_and_record() {
	# shellcheck disable=SC2016 # the variables are Perl's
	perl -e '
		my ($module, $enable) = @ARGV;
		sub file { open(my $file, $_[0], $_[1]) or exit 2; $file }
		sub failing {
			my $do = shift;
			my $fail = file("+<", "/proc/self/make-it-fail");
			syswrite($fail, "1");
			my $done = $do->();
			syswrite($fail, "0");
			exit 1 if !defined $done || $done < 0;
		}
		my $code = file("<", $module);
		my ($number, $none) = (fileno($code), "");
		failing(sub { syscall(313, $number, $none, 0) }); # finit_module
		my $on = file(">", $enable);
		failing(sub { syswrite($on, "1") })' $module $tracing/events/rxpath/enable || return
	peer ping -q -c 2 -i 0.05 "$server_ip" > /dev/null
	echo 0 > $tracing/events/rxpath/enable
}
good=0 bad=0 failures=0
# fails TIMES PERCENT INTERVAL: one in so many, of every so-manieth
fails() {
	set_all times "$1"
	set_all interval "$3"
	set_all probability "$2"
	if insert_and_record; then good=$((good + 1)); else bad=$((bad + 1)); fi
	faults_over
	failures=$((failures + 2 * $1 - $(cat $debug/failslab/times) - $(cat $debug/fail_page_alloc/times)))
	[ ! -e $tracing/events/rxpath/enable ] || echo 0 > $tracing/events/rxpath/enable
	[ ! -d /sys/module/rxpath ] || rmmod rxpath
}
for percent in 20 5 1; do fails $many $percent 1; done
# A single one each time, deeper and deeper.
for nth in 10 30 60 120 240 480 960 2000 4000; do fails 1 100 $nth; done
note "the tracer: $good times it recorded, $bad times it failed, $failures allocations failed"
ok 'the tracer: allocations did fail' [ "$failures" -ge 12 ]
ok 'the tracer: it can be inserted after that' insmod $module
echo 1 > $tracing/events/rxpath/enable
peer ping -q -c 2 "$server_ip" > /dev/null
echo 0 > $tracing/events/rxpath/enable
ok 'the tracer: and records' grep -q ip_rcv $tracing/trace
ok 'the tracer: and goes' rmmod rxpath
done_testing
