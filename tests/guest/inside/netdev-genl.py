#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
#
# netdev-genl.py OBJECT INTERFACE: what the kernel's netlink family "netdev" knows of an
# interface's queues, NAPI instances or page pools ("queue", "napi", "page-pool"), a line
# for each: ATTRIBUTE=VALUE ... Status 3: this kernel has no such family or object.
import socket
import struct
import sys

REQUEST, DUMP, ERROR, DONE = 1, 0x300, 2, 3
# The command that dumps it, and of its attributes those that are numbers.
OBJECTS = {
    "queue": (10, {1: "id", 2: "ifindex", 3: "type", 4: "napi-id"}),
    "napi": (11, {1: "ifindex", 2: "id", 3: "irq"}),
    "page-pool": (5, {1: "id", 2: "ifindex", 3: "napi-id", 4: "inflight", 6: "detach-time"}),
}


def attributes(data):
    while len(data) >= 4:
        length, kind = struct.unpack_from("HH", data)
        yield kind & 0x3FFF, data[4:length]
        data = data[(length + 3) & ~3 :]


def number(value):
    return int.from_bytes(value, sys.byteorder)


def ask(sock, family, flags, command, payload=b""):
    body = struct.pack("BBH", command, 1, 0) + payload
    sock.send(struct.pack("IHHII", 16 + len(body), family, REQUEST | flags, 1, 0) + body)
    while True:
        data = sock.recv(65536)
        while data:
            length, kind = struct.unpack_from("IH", data)
            if kind == DONE:
                return
            if kind == ERROR:
                error = -struct.unpack_from("i", data, 16)[0]
                if error:
                    sys.exit(3 if error in (2, 95) else f"netlink: error {error}")
                return
            yield dict(attributes(data[20:length]))
            if not flags & DUMP:
                return
            data = data[(length + 3) & ~3 :]


command, names = OBJECTS[sys.argv[1]]
ifindex = socket.if_nametoindex(sys.argv[2])
sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
# CTRL_CMD_GETFAMILY by CTRL_ATTR_FAMILY_NAME; CTRL_ATTR_FAMILY_ID
name = struct.pack("HH", 4 + 7, 2) + b"netdev\0\0"
family = number(next(ask(sock, 16, 0, 3, name))[1])
for found in ask(sock, family, DUMP, command):
    values = {names[kind]: number(value) for kind, value in found.items() if kind in names}
    if values.pop("ifindex", 0) == ifindex:
        print(*(f"{key}={value}" for key, value in values.items()))
