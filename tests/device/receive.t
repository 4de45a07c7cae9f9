#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: receive"""
from qtest import *


SECOND = 0.999e9  # The device's timer counts whole ms


def big(size, to=MAC):
    """A frame whose bytes tell their places, as far as a byte can."""
    return frame(to, bytes(i * 7 & 0xff for i in range(size - 14)))


@line("rctl-stop")
def rctl_stop(nic):
    nic.rx_start()
    rctl = nic.get(RCTL)
    nic.machine.stop()
    start = nic.machine.now()
    nic.set(RCTL, rctl)
    nic.machine.go()
    nic.offer(frame(payload=b"held"))
    nic.machine.run(lambda: nic.get(RDH) == 1, "the frame")
    equal(nic.machine.now() - start >= SECOND, True, "a second without reception")
    equal(nic.rx_data(0, 18)[14:], b"held", "the frame after it")


@line("rctl-stop-again")
def rctl_stop_again(nic):
    nic.rx_start()
    nic.set(RCTL, nic.get(RCTL))
    nic.machine.wait(6e8)
    nic.machine.stop()
    start = nic.machine.now()
    nic.set(RCTL, nic.get(RCTL))
    nic.machine.go()
    nic.offer(frame())
    nic.machine.run(lambda: nic.get(RDH) == 1, "the frame")
    equal(nic.machine.now() - start >= SECOND, True, "a second from the last write on")


@line("filter-no-stop")
def filter_no_stop(nic):
    nic.rx_start()
    nic.set(MTA, 1)
    nic.set(RAL + 8, 1)
    nic.set(RAH + 8, 0)
    nic.set(VFTA, 1)
    # Were reception stopped, this would end a second later: as fast in one try of many
    for _ in range(50):
        start = nic.machine.now()
        nic.set(MTA, 1)
        head = nic.get(RDH)
        nic.offer(frame())
        nic.machine.run(lambda: nic.get(RDH) != head, "the frame")
        nic.set(RDT, (nic.get(RDH) - 1) % nic.rx_count)
        if nic.machine.now() - start < 1e9:
            return
    raise Failure("no frame within a second of a filter write")


@line("rx-status")
def rx_status(nic):
    nic.rx_start()
    nic.received(frame(payload=b"\x45" + bytes(60)))
    address, length, check, status, errors, special = nic.rx_desc(0)
    equal(status, DD | EOP | IXSM, "status")
    equal((check, errors, special), (0, 0, 0), "checksum, errors, special")
    # An IPv4 header and a TCP segment whose checksums are both wrong
    wrong = bytes.fromhex("45000028000040004006ffffc0000202c0000201") + bytes(16) + b"\xff\xff\x00\x00"
    equal(nic.received(frame(payload=wrong, ethertype=b"\x08\x00")), 1, "received")
    equal(nic.rx_desc(2)[3:5], (DD | EOP | IXSM, 0), "status and errors of bad checksums")


@line("rx-stale")
def rx_stale(nic):
    nic.rx_start()
    nic.machine.write(nic.RX_RING + 8, struct.pack("<HHBBH", 0xffff, 0xaaaa, 0xf8, 0xff, 0xffff))
    nic.received(frame())
    address, length, check, status, errors, special = nic.rx_desc(0)
    equal(status, 0xf8 | DD | EOP | IXSM, "status")
    equal((check, errors), (0xaaaa, 0xff), "checksum and errors")
    equal((length, special), (64 if PADS else 18, 0), "length and special, which are written")


@line("rx-fcs")
def rx_fcs(nic):
    nic.rx_start()
    nic.received(big(100))
    equal(nic.rx_desc(0)[1], 104, "length")
    equal(nic.rx_data(0, 104), big(100) + b"\xee" * 4, "the FCS's place")
    nic.set(RCTL, 0)
    nic.rx_start(RCTL_SECRC)
    nic.received(big(100))
    equal(nic.rx_desc(0)[1], 100, "length with SECRC")


@line("rx-pad")
def rx_pad(nic):
    nic.rx_start()
    nic.received(frame(payload=b"tiny"))
    length = 60 if PADS else 18
    equal(nic.rx_desc(0)[1], length + 4, "length")
    equal(nic.rx_data(0, length + 1), frame(payload=b"tiny").ljust(length, b"\0") + b"\xee", "the frame and its padding")


@line("rx-empty")
def rx_empty(nic):
    nic.rx_start(give=0)
    nic.offer(frame())
    nic.machine.wait(1e8)
    equal(nic.get(RDH), 0, "RDH, being equal to RDT")


@line("rx-full")
def rx_full(nic):
    nic.rx_start(give=3)
    nic.offer(*(frame(payload=bytes([i]) * 50) for i in range(3)))
    nic.machine.run(lambda: nic.get(RDH) == 3, "three frames")
    nic.get(ICR)
    nic.offer(frame(payload=b"\3" * 50))
    nic.machine.wait(1e8)
    equal((nic.get(MPC), nic.get(RNBC)), (0, 0), "MPC and RNBC")
    equal(nic.get(ICR), 0, "the cause")
    nic.set(RDT, 6)
    equal(nic.get(RDH), 4, "RDH, read right after RDT was written")
    equal(nic.rx_data(3, 64)[14:], b"\3" * 50, "the frame that waited")


@line("rx-crowd")
def rx_crowd(nic):
    needs_all_counters()
    """A second card, on a wire that is a stream: QEMU reads many frames of it at once, and keeps them."""
    crowded = Nic(nic.machine, slot=5)
    crowded.BAR0 = nic.BAR0 + 0x40000
    crowded.config(0x10, crowded.BAR0)
    crowded.config(4, 6, size=2)
    crowded.rx_start(RCTL_UPE, give=0)
    sent = [frame(payload=bytes([i]) * 50) for i in range(6)]
    stream, _ = server.accept()
    stream.sendall(b"".join(struct.pack(">I", len(f)) + f for f in sent))
    crowded.machine.wait(1e8)
    equal((crowded.get(RDH), crowded.get(MPC), crowded.get(RNBC)), (0, 0, 0), "RDH, MPC and RNBC while they wait")
    crowded.set(RDT, 4)
    equal((crowded.get(RDH), crowded.get(MPC), crowded.get(RNBC)), (4, 2, 2), "RDH, MPC and RNBC after RDT was written")
    crowded.set(RDT, 6)
    crowded.machine.wait(1e8)
    equal((crowded.get(RDH), crowded.get(MPC)), (4, 2), "RDH and MPC when there is room for those two")


@line("rx-overrun")
def rx_overrun(nic):
    needs_all_counters()
    nic.rx_start(RCTL_LPE, give=2)
    nic.offer(big(5000))
    nic.machine.run(lambda: nic.get(MPC), "MPC")
    equal((nic.get(MPC), nic.get(RNBC), nic.get(RDH)), (1, 1, 0), "MPC, RNBC and RDH")
    equal(nic.get(ICR), RXO, "the cause")
    nic.set(RDT, 7)
    equal(nic.received(), 0, "frames that come after all")


@line("stat-kinds")
def stat_kinds(nic):
    needs_all_counters()
    nic.rx_start(RCTL_LPE, give=2)
    nic.offer(big(5000))
    nic.machine.run(lambda: nic.get(MPC), "MPC")
    equal([nic.get(MPC), nic.get(MPC), nic.get(RNBC), nic.get(RNBC)], [1, 1, 1, 1], "MPC and RNBC, twice each")
    nic.received()
    equal([nic.get(GPRC), nic.get(GPRC)], [1, 0], "GPRC, twice")


@line("stat-octets")
def stat_octets(nic):
    needs_all_counters()
    nic.rx_start()
    nic.received(big(100))
    marker = 64 if PADS else 24
    equal([nic.get(GORCL), nic.get(GORCL)], [104 + marker, 104 + marker], "GORCL, twice")
    equal([nic.get(GORCH), nic.get(GORCL)], [0, 0], "GORCH, and GORCL after it")


@line("rx-longest")
def rx_longest(nic):
    nic.rx_start(count=32)
    fcs = 4 if LIMIT_HAS_FCS else 0
    equal(nic.received(big(1522 - fcs)), 1, "1522 bytes without LPE")
    equal(nic.received(big(1523 - fcs)), 0, "1523 bytes without LPE")
    equal(nic.get(ROC), 1 if COUNTS_ALL else 0, "ROC")
    nic.set(RCTL, 0)
    nic.rx_start(RCTL_LPE, count=32)
    equal(nic.received(big(16384 - fcs)), 8 if LIMIT_HAS_FCS else 9, "descriptors of 16384 bytes with LPE")
    equal(nic.received(big(16385 - fcs)), 0, "16385 bytes with LPE")


@line("rx-sbp")
def rx_sbp(nic):
    nic.rx_start(RCTL_SBP)
    equal(nic.received(big(1523)), 1, "1523 bytes with SBP")


@line("rx-bsize")
def rx_bsize(nic):
    sizes = {2048: 0, 1024: 1 << 16, 512: 2 << 16, 256: 3 << 16,
             16384: RCTL_BSEX | 1 << 16, 8192: RCTL_BSEX | 2 << 16, 4096: RCTL_BSEX | 3 << 16}
    for size, bits in sizes.items():
        nic.set(RCTL, 0)
        nic.rx_start(RCTL_LPE | bits, count=32)
        sent = big(min(size + 60, 16380))
        nic.received(sent)
        equal(nic.rx_desc(0)[1], min(size, len(sent) + 4), f"bytes in the first buffer of {size}")


@line("rx-several")
def rx_several(nic):
    nic.rx_start(RCTL_LPE | RCTL_SECRC)
    equal(nic.received(big(5000)), 3, "descriptors")
    equal([nic.rx_desc(i)[1] for i in range(3)], [2048, 2048, 904], "lengths")
    equal([nic.rx_desc(i)[3] for i in range(3)], [DD, DD, DD | EOP | IXSM], "status")
    equal(nic.rx_data(0, 2048) + nic.rx_data(1, 2048) + nic.rx_data(2, 904), big(5000), "the bytes")


@line("rx-fcs-alone")
def rx_fcs_alone(nic):
    nic.rx_start(RCTL_LPE)
    equal(nic.received(big(2048)), 2, "descriptors")
    equal([nic.rx_desc(i)[1] for i in range(2)], [2048, 4], "lengths")


@line("rx-null")
def rx_null(nic):
    nic.rx_start(null=(0,))
    equal(nic.received(frame()), 2, "descriptors")
    equal((nic.rx_desc(0)[1], nic.rx_desc(0)[3]), (0, DD), "length and status of the one without a buffer")
    equal(nic.rx_desc(1)[3], DD | EOP | IXSM, "status of the next")


with tempfile.TemporaryDirectory(prefix="rxpath-device.") as folder:
    server = socket.socket(socket.AF_UNIX)
    server.bind(folder + "/stream")
    server.listen()
    server.settimeout(PATIENCE)
    main("-netdev", f"stream,id=stream,server=off,addr.type=unix,addr.path={folder}/stream",
         "-device", "e1000,netdev=stream,romfile=,addr=5")
