#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: mitigation=off, a property of the device"""
from qtest import *

@line("itr-off")
def off(nic):
    nic.set(IMS, RXT0)
    nic.set(ITR, 0xffff)
    equal(nic.get(ITR), 0, "ITR")
    nic.machine.qmp("stop")
    for _ in range(3):
        nic.set(ICS, RXT0)
        equal(nic.line(), True, "an interrupt at once")
        nic.get(ICR)


# QEMU 10.0 has no such property, and 11.1 has it again.
if "mitigation=" not in PROPERTIES and "--list" not in sys.argv:
    print("1..0 # SKIP this QEMU's e1000 has no property \"mitigation\"")
    sys.exit()
main("-global", "e1000.mitigation=off")
