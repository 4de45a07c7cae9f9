#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: receive filters and VLAN"""
from qtest import *

OTHER = bytes.fromhex("020000000077")
GROUP = bytes.fromhex("01005e010203")
TAG = b"\x81\x00"


def set_address(nic, entry, address):
    nic.set(RAL + 8 * entry, int.from_bytes(address[:4], "little"))
    nic.set(RAH + 8 * entry, int.from_bytes(address[4:], "little") | 1 << 31)


@line("ra-own")
def own(nic):
    equal((nic.get(RAL), nic.get(RAH)), (0x12005452, 0x80000134), "RAL and RAH 0 after power-on")
    nic.rx_start()
    equal((nic.received(frame()), nic.received(frame(OTHER))), (1, 0), "frames to us, and to another")


@line("ra-sixteen")
def sixteen(nic):
    nic.rx_start(count=64)
    for entry in range(1, 16):
        address = OTHER[:5] + bytes([entry])
        equal(nic.received(frame(address)), 0, f"before entry {entry}")
        set_address(nic, entry, address)
        equal(nic.received(frame(address)), 1, f"entry {entry}")
        nic.set(RAH + 8 * entry, nic.get(RAH + 8 * entry) & ~(1 << 31))
        equal(nic.received(frame(address)), 0, f"entry {entry} without AV")


@line("rctl-promiscuous")
def promiscuous(nic):
    for bits, wanted in (0, (0, 0)), (RCTL_UPE, (1, 0)), (RCTL_MPE, (0, 1)), (RCTL_UPE | RCTL_MPE, (1, 1)):
        nic.set(RCTL, 0)
        nic.rx_start(bits)
        equal((nic.received(frame(OTHER)), nic.received(frame(GROUP))), wanted, f"unicast, multicast with {bits:#x}")


@line("rctl-bam")
def bam(nic):
    nic.rx_start(RCTL_UPE)
    nic.set(RCTL, RCTL_EN | RCTL_UPE)
    nic.machine.wait(1.1e9)
    nic.offer(frame(b"\xff" * 6), frame(OTHER, b"behind"))
    nic.machine.run(lambda: nic.get(RDH), "the frame behind")
    equal((nic.get(RDH), nic.rx_data(0, 20)[14:]), (1, b"behind"), "a broadcast without BAM")


@line("mta-hash")
def mta(nic):
    for mo, shift in enumerate((4, 3, 2, 0)):
        nic.set(RCTL, 0)
        nic.rx_start(mo << 12)
        bits = (GROUP[5] << 8 | GROUP[4]) >> shift & 0xfff
        equal(nic.received(frame(GROUP)), 0, "a group that nobody joined")
        nic.set(MTA + 4 * (bits >> 5), 1 << (bits & 31))
        equal(nic.received(frame(GROUP)), 1, f"joined, with MO {mo}")
        nic.set(MTA + 4 * (bits >> 5), ~(1 << (bits & 31)) & 0xffffffff)
        equal(nic.received(frame(GROUP)), 0, "with every other bit of the word set")
        nic.set(MTA + 4 * (bits >> 5), 0)


@line("mta-unicast")
def mta_unicast(nic):
    nic.rx_start()
    bits = (OTHER[5] << 8 | OTHER[4]) >> 4
    equal(nic.received(frame(OTHER)), 0, "another's frame")
    nic.set(MTA + 4 * (bits >> 5), 1 << (bits & 31))
    equal(nic.received(frame(OTHER)), 1, "with the bit of its address set")


@line("vlan-strip")
def strip(nic):
    nic.rx_start(RCTL_SECRC)
    tagged = frame(payload=b"\x20\x64\x88\xb5" + bytes(60), ethertype=TAG)
    nic.received(tagged)
    equal((nic.rx_desc(0)[1], nic.rx_desc(0)[3]), (len(tagged), DD | EOP | IXSM), "length and status without VME")
    nic.set(CTRL, nic.get(CTRL) | 1 << 30)
    nic.received(tagged)
    address, length, check, status, errors, special = nic.rx_desc(2)
    equal((length, status, special), (len(tagged) - 4, DD | EOP | IXSM | VP, 0x2064), "length, status and special")
    equal(nic.rx_data(2, length), tagged[:12] + tagged[16:], "the frame without its tag")


@line("vlan-filter")
def vlan_filter(nic):
    nic.rx_start(RCTL_VFE, count=32)
    tagged = lambda vid: frame(payload=struct.pack(">H", 0x2000 | vid) + b"\x88\xb5", ethertype=TAG)
    equal((nic.received(tagged(100)), nic.received(frame())), (0, 1), "VLAN 100, and none")
    nic.set(VFTA + 4 * (100 >> 5), 1 << (100 & 31))
    equal((nic.received(tagged(100)), nic.received(tagged(101))), (1, 0), "VLAN 100 and 101, 100 being let in")


@line("vlan-filter-promiscuous")
def vlan_filter_promiscuous(nic):
    nic.rx_start(RCTL_VFE | RCTL_UPE | RCTL_MPE)
    equal(nic.received(frame(payload=b"\x20\x64\x88\xb5", ethertype=TAG)), 0, "VLAN 100")


main()
