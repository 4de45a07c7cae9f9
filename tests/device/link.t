#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: PHY, link and EEPROM"""
from qtest import *

LU, READY, ERROR = 2, 1 << 28, 1 << 30


@line("mdic-address")
def mdic_address(nic):
    for address in 0, 2, 31:
        equal(nic.phy(2, address=address) & (READY | ERROR), READY | ERROR, f"ready and error at PHY {address}")
    equal(nic.phy(2), 2 << 26 | 1 << 21 | 2 << 16 | READY | 0x141, "MDIC after reading register 2, at once")


@line("phy-registers")
def phy_registers(nic):
    readable = [reg for reg in range(32) if not nic.phy(reg) & ERROR]
    equal(readable, [0, 1, 2, 3, 4, 5, 6, 9, 10, 16, 17, 20, 21], "registers that read without error")
    equal((nic.phy(2) & 0xffff, nic.phy(3) & 0xffff), (0x141, 0xc20), "identifier")


@line("phy-extended")
def phy_extended(nic):
    equal(nic.phy(1) >> 8 & 1, 1, "BMSR announces the extended status")
    equal(nic.phy(15) & ERROR, ERROR, "and register 15 errs")


@line("link-at-start")
def link_at_start(nic):
    equal(nic.get(STATUS) & (LU | 1 | 0xc0), LU | 1 | 0x80, "STATUS: up, full duplex, 1000 Mb/s")
    equal(nic.phy(1) & 0x24, 4, "BMSR: up, negotiation not complete")


@line("link-negotiate")
def link_negotiate(nic):
    nic.machine.stop()
    start = nic.machine.now()
    nic.phy(0, 0x1340)
    equal(nic.get(STATUS) & LU, 0, "LU when negotiation begins")
    equal(nic.get(ICR), 0, "the cause")
    nic.machine.go()
    nic.machine.run(lambda: nic.get(STATUS) & LU, "the link")
    equal(nic.machine.now() - start >= 0.499e9, True, "half a second")
    equal(nic.get(ICR), LSC, "the cause when it is up")
    equal(nic.phy(1) & 0x24, 0x24, "BMSR: up, negotiation complete")


@line("link-lsc")
def link_lsc(nic):
    """Also from down to up, which is what a cable does."""
    try:
        nic.machine.qmp("set_link", name="nic", up=False)
        equal(nic.get(STATUS) & LU, 0, "LU without a cable")
        equal(nic.get(ICR), LSC, "the cause")
        nic.machine.qmp("set_link", name="nic", up=True)
        equal(nic.get(STATUS) & LU, 0, "LU at once")
        nic.machine.run(lambda: nic.get(STATUS) & LU, "the link")
        equal(nic.get(ICR), LSC, "the cause")
    finally:
        nic.machine.qmp("set_link", name="nic", up=True)


@line("link-speed")
def link_speed(nic):
    nic.phy(9, 0)
    nic.phy(4, 0x21)
    nic.phy(0, 0x1200)
    nic.machine.run(lambda: nic.get(STATUS) & LU, "the link")
    equal(nic.get(STATUS) & 0xc1, 0x81, "full duplex at 1000 Mb/s, 10 Mb/s half being all that was offered")


@line("link-down-receive")
def link_down(nic):
    nic.rx_start()
    nic.phy(0, 0x1340)
    nic.offer(frame())
    equal(nic.get(RDH) == 0 or nic.get(STATUS) & LU, True, "nothing is received without a link")
    nic.machine.run(lambda: nic.get(RDH) == 1, "the frame that waited")
    equal(nic.get(STATUS) & LU, LU, "the link")


@line("phy-loopback")
def phy_loopback(nic):
    nic.rx_start(RCTL_UPE)
    nic.tx_start()
    nic.phy(0, 0x5140)
    nic.put(tx_data(60), frame(PEER, b"loop", size=60))
    nic.doorbell()
    equal(nic.get(RDH), 1, "frames received, read right after the doorbell")
    equal(nic.rx_data(0, 18)[14:], b"loop", "the frame")
    nic.sent(0)


@line("eeprom")
def eeprom(nic):
    words = []
    for i in range(64):
        eerd = nic.eeprom(i)
        equal(eerd >> 4 & 1, 1, "DONE, at once")
        words.append(eerd >> 16)
    equal(struct.pack("<3H", *words[:3]), MAC, "words 0 to 2")
    equal(sum(words) & 0xffff, 0xbaba, "the sum")
    equal(nic.eeprom(64) >> 16, 0, "a word that there is not")


main()
