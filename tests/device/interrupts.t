#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: the interrupt and its causes"""
from qtest import *

def inject(nic):
    """A frame, and wait until the device has it."""
    head = nic.get(RDH)
    nic.offer(frame())
    nic.machine.run(lambda: nic.get(RDH) != head, "the frame")


@line("icr-read")
def icr_read(nic):
    nic.set(IMS, LSC | RXT0)
    nic.set(ICS, LSC | RXT0 | TXDW)
    equal(nic.line(), True, "the line")
    equal(nic.get(ICR), LSC | RXT0 | TXDW, "ICR, masked causes too")
    equal(nic.line(), False, "the line after reading")
    equal(nic.get(ICR), 0, "ICR after reading")


@line("icr-write")
def icr_write(nic):
    nic.set(ICS, LSC | RXT0)
    nic.set(ICR, LSC)
    equal(nic.get(ICR), RXT0, "ICR after writing a 1 to LSC")


@line("icr-masked")
def icr_masked(nic):
    nic.rx_start()
    inject(nic)
    equal(nic.line(), False, "the line while masked")
    nic.set(IMS, RXT0)
    equal(nic.line(), True, "the line when unmasked")
    nic.set(IMC, RXT0)
    equal(nic.line(), False, "the line when masked again")
    equal(nic.get(ICR) & RXT0, RXT0, "the cause, all the while")


@line("ics-read")
def ics_read(nic):
    nic.set(ICS, RXO)
    equal(nic.get(ICS), RXO, "ICS")
    equal(nic.get(ICR), RXO, "ICR, not cleared by that")


@line("icr-rxt0")
def rxt0(nic):
    nic.rx_start()
    for _ in range(2):
        inject(nic)
        equal(nic.get(ICR), RXT0, "the cause of one frame")


@line("icr-rxdmt0")
def rxdmt0(nic):
    for rdmts, free in (0, 16), (1, 8), (2, 4):
        nic.set(RCTL, 0)
        nic.rx_start(rdmts << 8, count=32)
        left = 31
        while left > free + 1:
            inject(nic)
            left -= 1
        equal(nic.get(ICR), RXT0, f"RDMTS {rdmts}, {left} left")
        inject(nic)
        equal(nic.get(ICR), RXT0 | RXDMT0, f"RDMTS {rdmts}, {free} left")


@line("icr-txqe")
def txqe(nic):
    nic.tx_start()
    nic.set(TDT, 0)
    equal(nic.get(ICR), TXQE, "the cause of a TDT write with nothing to send")
    nic.put(tx_data(60, rs=False), frame(PEER, size=60))
    nic.doorbell()
    equal(nic.get(ICR), TXQE, "of a frame without RS")
    nic.put(tx_data(60), frame(PEER, size=60))
    nic.doorbell()
    equal(nic.get(ICR), TXQE | TXDW, "of a frame with RS")


main()
