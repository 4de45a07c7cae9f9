# SPDX-License-Identifier: GPL-2.0
"""Small receivers: datagrams, a connection over IPv6, one that reads late, two that
wait for the same one, taps with and without a ring, one that nobody answers."""
import mmap
import os
import select
import socket
import struct
import sys

SOL_PACKET, PACKET_RX_RING, TP_STATUS_USER = 263, 5, 1


def udp(port, family=socket.AF_INET):
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.bind(("", port))
    ready()
    print("read", len(s.recv(2000)))


def udp6(port):
    udp(port, socket.AF_INET6)


def tcp6(port):
    s = socket.create_server(("", port), family=socket.AF_INET6)
    ready()
    connection = s.accept()[0]
    total = 0
    while data := connection.recv(65536):
        total += len(data)
    print("read", total)


def late(port):
    s = socket.create_server(("", port))
    # A connection has it from here: nobody is told of less.
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 250)
    ready()
    connection = s.accept()[0]
    # Not the acknowledgements at once that a connection begins with.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
    connection.recv(1000, socket.MSG_PEEK | socket.MSG_WAITALL)
    print("read", len(connection.recv(1000, socket.MSG_WAITALL)))


def tap(length):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    s.bind(("eth0", 3))
    ready()
    while len(s.recv(2000)) < length:
        pass


# Two programs, each with its own instance: a connection is for one of them. Either
# one's end is the other's, too.
def exclusive(port):
    s = socket.create_server(("", port))
    over, end = os.pipe()
    child = os.fork()
    waits = select.epoll()
    waits.register(s, select.EPOLLIN | select.EPOLLEXCLUSIVE)
    waits.register(over, select.EPOLLIN)
    ready()
    if s.fileno() in [fd for fd, _ in waits.poll()]:
        s.accept()
        os.write(end, b"over")
        print("accepted", os.getpid())
    if child:
        os.waitpid(child, 0)


def polled(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("", port))
    waits = select.poll()
    waits.register(s, select.POLLIN)
    ready()
    lengths = []
    while len(lengths) < 8:
        waits.poll()
        lengths.append(len(s.recv(2000)))
    print("read", *lengths)


# The kernel copies each frame into memory that is ours, too.
def ring(length):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    s.setsockopt(SOL_PACKET, PACKET_RX_RING, struct.pack("IIII", 65536, 4, 2048, 128))
    s.bind(("eth0", 3))
    frames = mmap.mmap(s.fileno(), 4 * 65536)
    waits = select.poll()
    waits.register(s, select.POLLIN)
    ready()
    place, got = 0, 0
    while got < length:
        status, got = struct.unpack_from("@LI", frames, place)
        if status & TP_STATUS_USER:
            struct.pack_into("@L", frames, place, 0)
            place = (place + 2048) % len(frames)
        else:
            got = 0
            waits.poll()
    print("frame", got)


def refused(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.connect(("192.0.2.2", port))
    ready()
    s.send(b"is anybody there?")
    try:
        s.recv(2000)
    except ConnectionRefusedError:
        print("refused")


def ready():
    print("pid", os.getpid(), flush=True)


globals()[sys.argv[1]](int(sys.argv[2]))
