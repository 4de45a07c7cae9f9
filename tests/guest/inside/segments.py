# SPDX-License-Identifier: GPL-2.0
"""A TCP of its own, so that segments arrive in the order that a test wants.

Runs in the peer's namespace, on an address that no kernel has: its frames are
written to the wire as they are, and nobody answers in its place.
"""
import os
import socket
import struct
import sys
import time

SERVER, US = "192.0.2.1", "192.0.2.77"
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Connection:
    def __init__(self, port, source, seq=1000):
        self.raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
        self.raw.bind(("peer0", 0x0800))
        self.raw.settimeout(10)
        self.port, self.source, self.seq, self.ack = port, source, seq, 0
        self.got = 0

    def send(self, flags, data=b"", seq=None):
        seq = self.seq if seq is None else seq
        tcp = struct.pack("!HHIIBBHHH", self.source, self.port, seq & 0xFFFFFFFF, self.ack,
                          5 << 4, flags, 60000, 0, 0)
        ends = socket.inet_aton(US) + socket.inet_aton(SERVER)
        total = checksum(ends + struct.pack("!BBH", 0, 6, len(tcp) + len(data)) + tcp + data)
        tcp = tcp[:16] + struct.pack("!H", total) + tcp[18:]
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp) + len(data), 7, 0, 64, 6, 0) + ends
        ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
        mac = bytes.fromhex("525400123401" "525400123402")
        self.raw.send(mac + b"\x08\x00" + ip + tcp + data)

    def receive(self):
        """The next segment of this connection: flags, seq, ack."""
        while True:
            frame = self.raw.recv(2000)
            ip = frame[14:]
            tcp = ip[(ip[0] & 15) * 4:]
            if ip[9] != 6 or ip[16:20] != socket.inet_aton(US):
                continue
            source, dest, seq, ack, _, flags = struct.unpack("!HHIIBB", tcp[:14])
            if (source, dest) == (self.port, self.source):
                self.take(seq, struct.unpack("!H", ip[2:4])[0] - (ip[0] & 15) * 4 - (tcp[12] >> 4) * 4)
                return flags, seq, ack

    def take(self, seq, length):
        """What comes in order moves self.got; it may begin with what came before."""
        if 0 < (seq + length - self.got) & 0xFFFFFFFF <= length:
            self.got = (seq + length) & 0xFFFFFFFF

    def acked(self, seq):
        """Waits until the server has acknowledged all bytes before seq."""
        while self.receive()[2] != seq & 0xFFFFFFFF:
            pass

    def echoed(self, count):
        """Acknowledges what the server sends until these are count bytes. It sends again
        what nobody acknowledges, and then nothing new, not its FIN either."""
        end = (self.ack + count) & 0xFFFFFFFF
        while self.ack != end:
            while self.got == self.ack:
                self.receive()
            self.ack = self.got
            self.send(ACK)

    def closed(self, seq):
        """Waits until the server, which has got all before seq, has closed, too."""
        while True:
            flags, _, ack = self.receive()
            if flags & FIN and ack == seq & 0xFFFFFFFF:
                return

    def open(self):
        self.send(SYN)
        flags, seq, _ = self.receive()
        assert flags & (SYN | ACK) == SYN | ACK, flags
        self.seq, self.ack = self.seq + 1, (seq + 1) & 0xFFFFFFFF
        self.got = self.ack
        self.send(ACK)


def order(port):
    """In order, ahead, the gap, old, overlapping, beyond the window."""
    c = Connection(port, 20001)
    c.open()
    base = c.seq
    c.send(ACK | PSH, b"a" * 100)
    c.acked(base + 100)
    c.send(ACK | PSH, b"c" * 100, base + 200)
    c.acked(base + 100)
    c.send(ACK | PSH, b"b" * 100, base + 100)
    c.acked(base + 300)
    c.send(ACK | PSH, b"b" * 100, base + 100)
    c.acked(base + 300)
    c.send(ACK | PSH, b"c" * 50 + b"d" * 50, base + 250)
    c.acked(base + 350)
    c.send(ACK | PSH, b"z" * 100, base + 10000000)
    c.acked(base + 350)
    c.seq = base + 350
    c.echoed(350)
    c.send(ACK | FIN)
    c.closed(base + 351)
    c.send(RST | ACK, seq=base + 351)


def half_open(port):
    """A SYN, no more than that; then the answer is refused."""
    c = Connection(port, 20002)
    c.send(SYN)
    flags, seq, ack = c.receive()
    assert flags & (SYN | ACK) == SYN | ACK, flags
    c.send(RST, seq=ack)


def held(port, folder):
    """One segment for the page that is not there, two for the backlog."""
    c = Connection(port, 20003)
    c.open()
    base = c.seq
    c.send(ACK | PSH, b"a" * 100)
    while not os.path.exists(folder + "/held"):
        time.sleep(0.01)
    c.send(ACK | PSH, b"b" * 100, base + 100)
    # In another poll: GRO would make one of the two.
    time.sleep(0.1)
    c.send(ACK | PSH, b"c" * 100, base + 200)
    time.sleep(0.5)
    open(folder + "/go", "w").close()
    c.acked(base + 300)
    c.send(ACK | FIN, seq=base + 300)
    c.acked(base + 301)
    c.send(RST | ACK, seq=base + 301)


def nobody(port):
    """A segment for a port where nobody listens."""
    c = Connection(port, 20004)
    c.send(SYN)
    flags, _, _ = c.receive()
    assert flags & RST, flags


globals()[sys.argv[1]](int(sys.argv[2]), *sys.argv[3:])
