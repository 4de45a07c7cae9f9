#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: the bus, and what a reset leaves"""
from qtest import *

@line("pci-ids")
def ids(nic):
    equal(nic.config(0), 0x100e8086, "device and vendor")
    equal(nic.config(8), 0x02000003, "class and revision")
    equal(nic.config(0x2c), 0x11001af4, "subsystem")
    for slot, device in (5, 0x100f), (6, 0x100c):
        equal(Nic(nic.machine, slot).config(0), device << 16 | 0x8086, "a sister")


@line("pci-bars")
def bars(nic):
    for offset, size in (0x10, 128 << 10), (0x14, 64):
        nic.config(offset, 0xffffffff)
        equal(-(nic.config(offset) & ~0xf) & 0xffffffff, size, f"size of BAR {offset // 4 - 4}")
    equal(nic.config(0x14) & 1, 1, "BAR 1 is I/O")
    nic.config(0x14, 0xc000)
    nic.config(4, 7, size=2)
    nic.config(0x10, nic.BAR0)
    for port in 0xc000, 0xc004:
        nic.machine.do("outl", hex(port), hex(IMS))
        equal(int(nic.machine.do("inl", hex(port)), 16), 0, "BAR 1")
    equal(nic.get(IMS), 0, "IMS, written through BAR 1")


@line("pci-no-caps")
def no_capabilities(nic):
    equal(nic.config(6, size=2) & 0x10, 0, "capability list")
    equal(nic.config(0x34, size=1), 0, "capability pointer")
    equal(nic.config(0x3d, size=1), 1, "interrupt pin")


@line("pci-bus-master")
def bus_master(nic):
    nic.rx_start()
    nic.config(4, 2, size=2)
    nic.offer(frame())
    nic.machine.wait(1e8)
    equal(nic.get(RDH), 0, "RDH without bus mastering")
    nic.config(4, 6, size=2)
    nic.machine.run(lambda: nic.get(RDH) == 1, "the frame that waited")


@line("reset-keeps")
def reset_keeps(nic):
    nic.rx_start(give=5)
    nic.tx_start()
    nic.set(IMS, 0xff)
    nic.set(CTRL, nic.get(CTRL) | 1 << 26)
    equal(nic.get(CTRL) >> 26 & 1, 0, "RST, read at once")
    equal(nic.get(IMS), 0xff, "IMS")
    equal(nic.get(RCTL), RCTL_EN | RCTL_BAM, "RCTL")
    equal(nic.get(RDT), 5, "RDT")
    equal(nic.get(TCTL), 2, "TCTL")
    equal(nic.get(RDBAL), nic.RX_RING, "RDBAL")
    equal(nic.received(frame()), 1, "frames received after RST")


@line("reset-phy")
def reset_phy(nic):
    nic.set(CTRL, nic.get(CTRL) | 1 << 31)
    nic.machine.wait(1e8)
    equal(nic.get(CTRL) >> 31, 1, "PHY_RST")


@line("reg-dropped")
def dropped(nic):
    for reg in RXCSUM, TIPG, TIDV, RXDCTL, CTRL_EXT, FCAL, FCAH, FCT, FCTTV:
        nic.set(reg, 0x5a5a)
        equal(nic.get(reg), 0, f"register {reg:#x}")
    nic.set(TXDCTL, 0x5a5a)
    equal(nic.get(TXDCTL), 0x5a5a, "TXDCTL, which is kept")


@line("reg-ring-length")
def ring_length(nic):
    for reg in RDLEN, TDLEN:
        nic.set(reg, 0xffffffff)
        equal(nic.get(reg), 0xfff80, "the length's bits")
        nic.set(reg, 79 * 16)
        equal(nic.get(reg), 72 * 16, "79 descriptors")


@line("reg-vet")
def vet(nic):
    equal(nic.get(VET), 0x8100, "VET after power-on")


@line("reg-ledctl")
def ledctl(nic):
    equal(nic.get(LEDCTL), 0x602, "LEDCTL after power-on")
    nic.set(LEDCTL, 0x60e)
    equal(nic.get(LEDCTL), 0x60e, "LEDCTL")


main("-device", "e1000-82545em,romfile=,addr=5", "-device", "e1000-82544gc,romfile=,addr=6")
