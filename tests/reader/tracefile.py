# SPDX-License-Identifier: GPL-2.0
"""Writing a trace.dat: the head of a recorded one, with its descriptions of events, and events of one's own.

The head is a file's of version 6, not compressed, as trace-cmd 3.1 writes and converts to.
"""
import re
import struct

PAGE_HEAD = 16
TYPE_PADDING, TYPE_EXTEND, LENGTH_MAX, DELTA_BITS = 29, 30, 28, 27


class Head:
    """What comes before the CPUs' records."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.at = 0
        self.events = {}
        if self.take(10) != b"\x17\x08\x44tracing":
            raise SystemExit(f"{path}: not a trace.dat")
        if self.text() != b"6" or self.take(1) != b"\0":
            raise SystemExit(f"{path}: not a little-endian file of version 6")
        self.take(1)
        self.page = self.number("I")
        for _ in range(2):
            self.text()
            self.take(self.number("Q"))
        for _ in range(self.number("I")):
            self.take(self.number("Q"))
        for _ in range(self.number("I")):
            system = self.text().decode()
            for _ in range(self.number("I")):
                self.describe(system, self.take(self.number("Q")).decode())
        self.take(self.number("I"))
        self.take(self.number("I"))
        self.take(self.number("Q"))
        self.cpus_at = self.at
        self.cpus = self.number("I")
        if self.take(10) != b"options  \0":
            raise SystemExit(f"{path}: no options: not a file of trace-cmd record")
        while self.number("H"):
            self.take(self.number("I"))
        if self.take(10) != b"flyrecord\0":
            raise SystemExit(f"{path}: no flyrecord: not a file of trace-cmd record")

    def take(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize(form)))[0]

    def text(self):
        end = self.data.index(b"\0", self.at)
        return self.take(end + 1 - self.at)[:-1]

    def describe(self, system, text):
        name = re.search(r"^name: (\S+)", text, re.M).group(1)
        event = Event(int(re.search(r"^ID: (\d+)", text, re.M).group(1)))
        for line in re.finditer(r"field:(.*?);\s*offset:(\d+);\s*size:(\d+);\s*signed:(\d);", text):
            kind, offset, size, signed = line.groups()
            field = kind.split()[-1]
            array = re.match(r"(\w+)\[", field)
            event.add(array.group(1) if array else field, int(offset), int(size), signed == "1",
                      "text" if array else "located" if kind.startswith("__data_loc") else "int")
        # Arrays of bytes are written as they are given.
        self.events[system, name] = event


class Event:
    FORMS = {1: "b", 2: "h", 4: "i", 8: "q"}

    def __init__(self, number):
        self.number = number
        self.fields = {}
        self.size = 0

    def add(self, name, offset, size, signed, how):
        self.fields[name] = (offset, size, signed, how)
        self.size = max(self.size, offset + size)

    def pack(self, task, flags, values):
        body = bytearray(self.size)
        struct.pack_into("<HBBi", body, 0, self.number, flags, 0, task)
        for name, value in values.items():
            offset, size, signed, how = self.fields[name]
            if how == "located":
                text = value.encode() + b"\0"
                struct.pack_into("<I", body, offset, len(text) << 16 | len(body))
                body += text
            elif isinstance(value, (bytes, str)):
                text = value.encode() if isinstance(value, str) else value
                body[offset:offset + size] = text[:size].ljust(size, b"\0")
            else:
                form = self.FORMS[size] if signed else self.FORMS[size].upper()
                struct.pack_into("<" + form, body, offset, value)
        return bytes(body)


class Writer:
    """Events come in order of time on each CPU."""

    def __init__(self, head, path):
        self.head, self.path = head, path
        self.pages = [[] for _ in range(head.cpus)]
        self.now = [None] * head.cpus

    def add(self, cpu, time, event, task, flags, values, lost=False):
        body = self.head.events[event].pack(task, flags, values)
        body += b"\0" * (-len(body) % 4)
        if len(body) > LENGTH_MAX * 4:
            body, kind = struct.pack("<I", len(body) + 4) + body, 0
        else:
            kind = len(body) // 4
        page = self.pages[cpu][-1] if self.pages[cpu] else None
        # A loss is told by the page that comes after it; a clock that steps back needs a page, too.
        if not page or lost or time < self.now[cpu] or len(page[1]) + len(body) + 12 > self.head.page - PAGE_HEAD:
            page = [time, bytearray(), lost]
            self.pages[cpu].append(page)
            self.now[cpu] = time
        delta = time - self.now[cpu]
        if delta >> DELTA_BITS:
            page[1].extend(struct.pack("<II", TYPE_EXTEND | (delta & (1 << DELTA_BITS) - 1) << 5, delta >> DELTA_BITS))
            delta = 0
        page[1].extend(struct.pack("<I", kind | delta << 5) + body)
        self.now[cpu] = time

    def close(self):
        head = self.head
        table = head.at
        at = -(-(table + 16 * head.cpus) // head.page) * head.page
        with open(self.path, "wb") as file:
            file.write(head.data[:table])
            for pages in self.pages:
                file.write(struct.pack("<QQ", at, len(pages) * head.page))
                at += len(pages) * head.page
            for pages in self.pages:
                file.write(b"\0" * (-file.tell() % head.page))
                for time, body, lost in pages:
                    commit = len(body) | (1 << 31 if lost else 0)
                    file.write((struct.pack("<QQ", time, commit) + body).ljust(head.page, b"\0"))
