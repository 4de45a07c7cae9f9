#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""docs/nic.md: transmit"""
from qtest import *

ETH, IPV4, IPV6, TCP = 14, 20, 40, 20
PSH_FIN_ACK = 0x19


def tcp(sum_):
    return struct.pack(">HHIIBBHHH", 1111, 2222, 1000, 1, 5 << 4, PSH_FIN_ACK, 8192, sum_, 0)


def ipv4(length):
    return struct.pack(">BBHHHBBH", 0x45, 0, length, 7, 0x4000, 64, 6, 0) + bytes([192, 0, 2, 1, 192, 0, 2, 2])


def ipv6(length):
    return struct.pack(">IHBB", 6 << 28, length, 6, 64) + bytes(15) + b"\1" + bytes(15) + b"\2"


def pseudo(segment, v6):
    """The sum over the pseudo header of an IP packet without its Ethernet header."""
    addresses = segment[8:40] if v6 else segment[12:20]
    return checksum(addresses + struct.pack(">II", len(segment) - (IPV6 if v6 else IPV4), 6))


def tso(nic, payload, mss, v6=False, ipcss=ETH, tail=False):
    """A TSO frame: its headers are returned. With `tail`, as the driver ends one of whole segments."""
    network = ipv6(0) if v6 else ipv4(0)
    # The pseudo header's sum without the length, which the device adds
    seed = checksum((network[8:40] if v6 else network[12:20]) + struct.pack(">I", 6))
    headers = frame(PEER, network + tcp(seed), ethertype=b"\x86\xdd" if v6 else b"\x08\x00", sender=MAC)
    start = ETH + (IPV6 if v6 else IPV4)
    context = dict(ipcss=ipcss, ipcso=0 if v6 else ETH + 10, ipcse=0 if v6 else start - 1, tucss=start,
                   tucso=start + 16, paylen=payload, hdr_len=len(headers), mss=mss, tcp=True, ip=not v6, tse=True)
    nic.put(tx_context(**context))
    nic.put(tx_data(len(headers) + payload, tse=True, popts=2 if v6 else 3, eop=not tail, rs=not tail),
            headers + bytes(i & 0xff for i in range(payload)))
    if tail:
        context["hdr_len"] += 1
        nic.put(tx_context(**context))
        nic.put(tx_data(0, tse=True, popts=2 if v6 else 3))
    nic.doorbell()
    return headers


def is_correct(segment, v6):
    """Checksums of a frame with TCP in it."""
    packet = segment[ETH:]
    head = IPV6 if v6 else IPV4
    if not v6:
        equal(checksum(packet[:IPV4]), 0xffff, "IPv4's checksum")
    equal(checksum(packet[head:], pseudo(packet, v6)), 0xffff, "TCP's checksum")


@line("tx-at-once")
def at_once(nic):
    nic.tx_start()
    sent = frame(PEER, size=60, sender=MAC)
    nic.machine.stop()
    nic.put(tx_data(60), sent)
    nic.doorbell()
    equal((nic.tx_status(0) & DD, nic.get(TDH)), (DD, 1), "DD and TDH, before any time has passed")
    nic.machine.go()
    equal(nic.sent(1), [sent], "the frame")


@line("tx-rs")
def rs(nic):
    nic.tx_start()
    nic.put(tx_data(60, rs=False), frame(PEER, size=60))
    nic.put(tx_data(60), frame(PEER, size=60))
    nic.doorbell()
    equal([nic.tx_status(i) & DD for i in range(2)], [0, DD], "DD without and with RS")
    nic.sent(2)


@line("tx-context-dd")
def context_dd(nic):
    nic.tx_start()
    nic.put(tx_context(rs=True))
    nic.put(tx_context())
    nic.doorbell()
    equal([nic.tx_status(i) & DD for i in range(2)], [DD, 0], "DD of contexts with and without RS")
    nic.sent(0)


@line("tx-enable")
def enable(nic):
    nic.tx_start(tctl=0)
    nic.put(tx_data(60), frame(PEER, size=60))
    nic.doorbell()
    equal((nic.tx_status(0), nic.get(TDH), nic.get(ICR)), (0, 0, 0), "DD, TDH and ICR with TCTL.EN 0")
    nic.set(TCTL, 2)
    equal((nic.tx_status(0) & DD, nic.get(TDH)), (DD, 1), "DD and TDH after EN was set")
    nic.sent(1)


@line("tx-pieces")
def pieces(nic):
    nic.tx_start()
    nic.put(tx_data(14, eop=False, rs=False), frame(PEER))
    nic.put(tx_data(46), bytes(range(46)))
    nic.doorbell()
    equal(nic.sent(1), [frame(PEER) + bytes(range(46))], "the frame of two descriptors")


@line("tx-psp")
def psp(nic):
    nic.tx_start(tctl=2 | 8)
    nic.put(tx_data(20), frame(PEER, size=20))
    nic.doorbell()
    equal(len(nic.sent(1)[0]), 20, "a frame of 20 bytes with PSP")


@line("tx-legacy-ic")
def legacy_ic(nic):
    nic.tx_start()
    sent = frame(PEER, ipv4(40) + tcp(0x1234), ethertype=b"\x08\x00")
    nic.put(tx_legacy(len(sent), ic=True, cso=ETH + IPV4 + 16, css=ETH + IPV4), sent)
    nic.doorbell()
    equal(nic.sent(1), [sent], "the frame, its checksum field as it was")


@line("tx-checksum")
def tx_checksum(nic):
    nic.tx_start()
    data = bytes(range(101))
    packet = ipv4(IPV4 + TCP + len(data)) + tcp(0) + data
    packet = packet[:36] + struct.pack(">H", pseudo(packet, False)) + packet[38:]
    sent = frame(PEER, packet, ethertype=b"\x08\x00")
    nic.put(tx_context(ipcss=ETH, ipcso=ETH + 10, ipcse=ETH + IPV4 - 1, tucss=ETH + IPV4, tucso=ETH + IPV4 + 16))
    for popts in 3, 2, 0:
        nic.put(tx_data(len(sent), popts=popts), sent)
    nic.doorbell()
    both, tcps, none = nic.sent(3)
    is_correct(both, False)
    equal(tcps[:24] + both[24:26] + tcps[26:], both, "with TXSM alone only TCP's is")
    equal(none, sent, "with neither none is")


@line("tx-two-contexts")
def two_contexts(nic):
    nic.tx_start()
    data = bytes(100)
    packet = ipv4(IPV4 + TCP + len(data)) + tcp(0) + data
    packet = packet[:36] + struct.pack(">H", pseudo(packet, False)) + packet[38:]
    sent = frame(PEER, packet, ethertype=b"\x08\x00")
    nic.put(tx_context(ipcss=ETH, ipcso=ETH + 10, ipcse=ETH + IPV4 - 1, tucss=ETH + IPV4, tucso=ETH + IPV4 + 16))
    nic.put(tx_context(tucss=0, tucso=0, tse=True, hdr_len=54, mss=1))
    nic.put(tx_data(len(sent), popts=3), sent)
    nic.doorbell()
    is_correct(nic.sent(1)[0], False)


@line("tx-tso4")
def tso4(nic):
    nic.tx_start()
    tso(nic, 2500, 1000)
    segments = nic.sent(3)
    equal([len(s) - 54 for s in segments], [1000, 1000, 500], "payloads")
    for i, segment in enumerate(segments):
        is_correct(segment, False)
        equal(struct.unpack(">HH", segment[16:20]), (len(segment) - ETH, 7 + i), "total length and id")
        equal(struct.unpack(">I", segment[38:42])[0], 1000 + 1000 * i, "sequence number")
        equal(segment[47], PSH_FIN_ACK if i == 2 else 0x10, "flags")
    equal(b"".join(s[54:] for s in segments), bytes(i & 0xff for i in range(2500)), "the bytes")


@line("tx-tso6-length")
def tso6(nic):
    nic.tx_start()
    tso(nic, 1500, 1000, v6=True)
    segments = nic.sent(2)
    for segment, payload in zip(segments, (1000, 500)):
        equal(len(segment) - 74, payload, "payload")
        equal(struct.unpack(">H", segment[18:20])[0], TCP + payload + IPV6, "IPv6's length, 40 too long")


@line("tx-tso6-urgent")
def tso6_urgent(nic):
    nic.tx_start()
    tso(nic, 1500, 1000, v6=True, ipcss=ETH + IPV6 + 18 - 4)
    for segment, payload in zip(nic.sent(2), (1000, 500)):
        equal(struct.unpack(">H", segment[18:20])[0], 0, "IPv6's length, as the driver left it")
        equal(struct.unpack(">H", segment[72:74])[0], TCP + payload - 14, "the urgent pointer")
        fixed = segment[:18] + struct.pack(">H", TCP + payload) + segment[20:]
        is_correct(fixed, True)


@line("tx-tso-whole")
def tso_whole(nic):
    for v6 in False, True:
        nic.tx_start()
        headers = tso(nic, 2000, 1000, v6=v6)
        equal([len(s) - len(headers) for s in nic.sent(3)], [1000, 1000, 0], "payloads")


@line("tx-tso-whole-end")
def tso_whole_end(nic):
    for v6 in False, True:
        nic.tx_start()
        headers = tso(nic, 2000, 1000, v6=v6, tail=True)
        equal([len(s) - len(headers) for s in nic.sent(2)], [1000, 1000], "payloads")
        nic.put(tx_data(60), frame(PEER, size=60))
        nic.doorbell()
        equal(nic.sent(1), [frame(PEER, size=60)], "the frame behind")


@line("tx-vlan")
def vlan(nic):
    nic.tx_start()
    sent = frame(PEER, size=60)
    nic.put(tx_data(60, vle=True, special=0x2064), sent)
    nic.doorbell()
    equal(nic.sent(1), [sent], "with VLE, without CTRL.VME")
    nic.set(CTRL, nic.get(CTRL) | 1 << 30)
    nic.put(tx_data(60, vle=True, special=0x2064), sent)
    nic.put(tx_data(60), sent)
    nic.doorbell()
    equal(nic.sent(2), [sent[:12] + b"\x81\x00\x20\x64" + sent[12:], sent], "with CTRL.VME, with and without VLE")


@line("tx-wrap")
def wrap(nic):
    nic.tx_start(count=8)
    for i in range(20):
        nic.put(tx_data(60), frame(PEER, bytes([i]), size=60))
        nic.doorbell()
        equal(nic.sent(1)[0][14], i, "the frame's number")
    equal(nic.get(TDH), 20 % 8, "TDH")


main()
