# SPDX-License-Identifier: GPL-2.0
"""Small receivers: a datagram, a connection over IPv6, one that reads late, a tap."""
import os
import socket
import sys


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
    ready()
    connection = s.accept()[0]
    connection.recv(1000, socket.MSG_PEEK | socket.MSG_WAITALL)
    print("read", len(connection.recv(1000, socket.MSG_WAITALL)))


def tap(length):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    s.bind(("eth0", 3))
    ready()
    while len(s.recv(2000)) < length:
        pass


def ready():
    print("pid", os.getpid(), flush=True)


globals()[sys.argv[1]](int(sys.argv[2]))
