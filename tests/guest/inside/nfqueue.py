# SPDX-License-Identifier: GPL-2.0
"""nfqueue.py QUEUE PACKETS: lets that many packets of a netfilter queue go on."""
import os
import socket
import struct
import sys

NETLINK_NETFILTER, SUBSYSTEM_QUEUE = 12, 3
PACKET, VERDICT, CONFIG = 0, 1, 2
REQUEST, ACK, ERROR = 1, 4, 2
CFG_CMD, CFG_PARAMS = 1, 2
CMD_BIND, COPY_META = 1, 1
PACKET_HDR, VERDICT_HDR, ACCEPT = 1, 2, 1


def attribute(kind, data):
    return struct.pack("=HH", 4 + len(data), kind) + data + b"\0" * (-len(data) % 4)


class Queue:
    def __init__(self, number):
        self.number = number
        self.netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.netlink.bind((0, 0))
        self.send(CONFIG, ACK, attribute(CFG_CMD, struct.pack("!BBH", CMD_BIND, 0, 0)))
        self.answer()
        self.send(CONFIG, ACK, attribute(CFG_PARAMS, struct.pack("!IB", 0, COPY_META)))
        self.answer()

    def send(self, kind, flags, attributes):
        body = struct.pack("!BBH", 0, 0, self.number) + attributes
        self.netlink.send(struct.pack("=IHHII", 16 + len(body), SUBSYSTEM_QUEUE << 8 | kind,
                                      REQUEST | flags, 0, 0) + body)

    def answer(self):
        message = self.netlink.recv(65536)
        kind, = struct.unpack_from("=H", message, 4)
        error, = struct.unpack_from("=i", message, 16)
        assert (kind, error) == (ERROR, 0), (kind, error)

    def packet(self):
        """The id of the next packet: its header is the first attribute."""
        message = self.netlink.recv(65536)
        kind, = struct.unpack_from("=H", message, 4)
        first, = struct.unpack_from("=H", message, 22)
        assert (kind, first) == (SUBSYSTEM_QUEUE << 8 | PACKET, PACKET_HDR), message
        packet, = struct.unpack_from("!I", message, 24)
        return packet

    def accept(self, packet):
        self.send(VERDICT, 0, attribute(VERDICT_HDR, struct.pack("!II", ACCEPT, packet)))


queue = Queue(int(sys.argv[1]))
print("pid", os.getpid(), flush=True)
for _ in range(int(sys.argv[2])):
    queue.accept(queue.packet())
