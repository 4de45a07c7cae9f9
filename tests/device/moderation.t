#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: how far apart interrupts are"""
from qtest import *


def distance(nic, first, second=None):
    """ns from one interrupt to the next, whose cause comes at once; 0 if it does, too."""
    machine = nic.machine
    machine.wait(1e8)
    nic.get(ICR)
    machine.stop()
    start = machine.now()
    first()
    equal(nic.line(), True, "the first interrupt")
    nic.get(ICR)
    equal(nic.line(), False, "the line after reading ICR")
    (second or first)()
    at_once = nic.line()
    machine.go()
    if at_once:
        return 0
    machine.run(nic.line, "the second interrupt")
    return machine.now() - start


def at_least(nic, ns, *causes):
    equal(distance(nic, *causes) >= ns, True, f"{ns} ns between two interrupts")


def less_than(nic, ns, *causes):
    """Sooner in one try of many: the machine may be late in seeing it, not early."""
    equal(any(distance(nic, *causes) < ns for _ in range(50)), True, f"less than {ns} ns between two interrupts")


def event(nic, cause):
    return lambda: nic.set(ICS, cause)


@line("itr-distance")
def itr(nic):
    nic.set(IMS, RXT0)
    for units in 20000, 65535:
        nic.set(ITR, units)
        at_least(nic, units * 256, event(nic, RXT0))
    nic.set(ITR, 20000)
    less_than(nic, 65535 * 256, event(nic, RXT0))


@line("itr-least")
def itr_least(nic):
    nic.set(IMS, RXT0)
    for units in 0, 100:
        nic.set(ITR, units)
        at_least(nic, 500 * 256, event(nic, RXT0))


@line("radv-needs-rdtr")
def radv(nic):
    nic.set(IMS, RXT0)
    nic.set(RADV, 65535)
    nic.set(RDTR, 1)
    at_least(nic, 65535 * 1024, event(nic, RXT0))
    nic.set(RDTR, 0)
    less_than(nic, 65535 * 1024, event(nic, RXT0))


@line("tadv-needs-ide")
def tadv(nic):
    nic.tx_start()
    nic.set(IMS, TXDW)
    nic.set(TADV, 65535)

    def send(ide):
        nic.put(tx_data(60, ide=ide), frame(PEER, size=60))
        nic.doorbell()
    at_least(nic, 65535 * 1024, lambda: send(True), lambda: send(False))
    less_than(nic, 65535 * 1024, lambda: send(False))


main(shift=3)
