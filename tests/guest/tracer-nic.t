#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0
#
# Any NIC: from napi upward the chain is the same on our driver, on the kernel's
# own e1000 and on virtio-net.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename;
use File::Temp qw(tempdir);
use Test::More;

chdir dirname(abs_path($0)) . '/../..' or die;

sub slurp {
	my ($file) = @_;
	open my $handle, '<', $file or return '';
	local $/;
	return <$handle> // '';
}

my %chains;
my %drivers = (ours => qr/^rxpath_e1000$/, intree => qr/^e1000$/, virtio => qr/^virtio_net$/);
# The first guest has one card and, one after the other, both drivers for it.
for my $guest (['ours', 'intree'], ['virtio']) {
	my $out = tempdir(CLEANUP => 1);
	my $status = system 'qemu/run', '--nic', $guest->[0], '--cpus', 1, '--out', $out, '--timeout', 300,
		'--', 'bash', 'tests/guest/inside/tracer-nic.sh', @$guest;
	is($status, 0, "@$guest: the guest recorded, and the kernel has nothing to complain about") or
		diag slurp("$out/console.log");
	for my $nic (@$guest) {
		like(slurp("$out/$nic/driver"), $drivers{$nic}, "$nic: its driver has the card");
		$chains{$nic} = slurp("$out/$nic/chain");
	}
}
for my $hop (qw(__napi_poll napi_gro_receive dev_gro_receive __netif_receive_skb_core ip_rcv_core
	tcp_v4_rcv tcp_rcv_established tcp_queue_rcv sock_def_readable ep_poll_callback)) {
	like($chains{ours}, qr/^$hop$/m, "ours: $hop is in the chain of a data segment");
}
is($chains{$_}, $chains{ours}, "$_: the same chain, call by call") for qw(intree virtio);
done_testing;
