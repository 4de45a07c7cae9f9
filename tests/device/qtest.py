# SPDX-License-Identifier: GPL-2.0
"""The emulated 82540EM without a guest: registers, rings and frames through QEMU's -qtest.

The machine's CPU does nothing but jump to where it is. The test reads and writes memory and the
card's registers, and puts frames on the wire: a pair of datagram sockets, one datagram a frame.

Time is counted in those jumps (-icount), 512 ns each where nothing else is said, so that a second
is over in a few dozen ms. It stands still while the machine is stopped.
"""
import array
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback

MAC = bytes.fromhex("525400123401")
PEER = bytes.fromhex("525400123402")
PATIENCE = 60  # seconds, for a machine with much else to do
SIOCOUTQ = 0x5411

# Offsets: chapter 13 of the 8254x manual
CTRL, STATUS, EECD, EERD, CTRL_EXT, MDIC = 0x0, 0x8, 0x10, 0x14, 0x18, 0x20
FCAL, FCAH, FCT, VET, FCTTV = 0x28, 0x2c, 0x30, 0x38, 0x170
ICR, ITR, ICS, IMS, IMC = 0xc0, 0xc4, 0xc8, 0xd0, 0xd8
RCTL, TCTL, TIPG, LEDCTL = 0x100, 0x400, 0x410, 0xe00
RDBAL, RDBAH, RDLEN, RDH, RDT, RDTR, RXDCTL, RADV = (
    0x2800, 0x2804, 0x2808, 0x2810, 0x2818, 0x2820, 0x2828, 0x282c)
TDBAL, TDBAH, TDLEN, TDH, TDT, TIDV, TXDCTL, TADV = (
    0x3800, 0x3804, 0x3808, 0x3810, 0x3818, 0x3820, 0x3828, 0x382c)
MPC, GPRC, GORCL, GORCH, RNBC, ROC = 0x4010, 0x4074, 0x4088, 0x408c, 0x40a0, 0x40ac
RXCSUM, MTA, RAL, RAH, VFTA = 0x5000, 0x5200, 0x5400, 0x5404, 0x5600

TXDW, TXQE, LSC, RXDMT0, RXO, RXT0 = 1, 2, 4, 0x10, 0x40, 0x80
RCTL_EN, RCTL_SBP, RCTL_UPE, RCTL_MPE, RCTL_LPE = 2, 4, 8, 0x10, 0x20
RCTL_BAM, RCTL_VFE, RCTL_BSEX, RCTL_SECRC = 1 << 15, 1 << 18, 1 << 25, 1 << 26
DD, EOP, IXSM, VP = 1, 2, 4, 8


class Failure(Exception):
    """The device does not do what its line in docs/nic.md says."""


def equal(got, wanted, what):
    if got != wanted:
        show = lambda v: hex(v) if type(v) is int else v.hex() if type(v) is bytes else repr(v)
        raise Failure(f"{what}: got {show(got)}, wanted {show(wanted)}")


class Machine:
    """One QEMU with the card in it."""

    HPET = 0xfed00000

    def __init__(self, *more, shift=9):
        self.dir = tempfile.mkdtemp(prefix="rxpath-device.")
        path = lambda name: os.path.join(self.dir, name)
        servers = {}
        for name in ("qtest", "qmp"):
            servers[name] = socket.socket(socket.AF_UNIX)
            servers[name].bind(path(name))
            servers[name].listen()
            servers[name].settimeout(PATIENCE)
        self.wire = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.wire.bind(path("wire"))
        self.wire.settimeout(PATIENCE)
        self.log = open(path("log"), "w+")
        # At the reset vector: jmp to itself
        with open(path("firmware"), "wb") as firmware:
            firmware.write(bytes(0xfff0) + b"\xeb\xfe" + bytes(14))
        self.qemu = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64", "-machine", "q35", "-accel", "tcg",
             "-icount", f"shift={shift}", "-bios", path("firmware"), "-m", "64", "-nodefaults", "-no-user-config", "-display", "none",
             "-qtest", f"unix:{path('qtest')}", "-qtest-log", "none",
             "-chardev", f"socket,id=qmp,path={path('qmp')}", "-mon", "chardev=qmp,mode=control",
             "-netdev", f"dgram,id=wire,local.type=unix,local.path={path('nic')},"
                        f"remote.type=unix,remote.path={path('wire')}",
             "-device", f"e1000,id=nic,netdev=wire,mac={MAC.hex(':')},romfile=,addr=4", *more],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        try:
            self.qtest = servers["qtest"].accept()[0].makefile("rw", newline="\n")
            self.monitor = servers["qmp"].accept()[0].makefile("rw")
        except OSError:
            self.log.seek(0)
            sys.exit(f"Bail out! QEMU does not start: {self.log.read().strip()}")
        self.monitor.readline()
        self.qmp("qmp_capabilities")

    def close(self):
        self.qemu.send_signal(signal.SIGKILL)
        self.qemu.wait()
        shutil.rmtree(self.dir)

    def do(self, *words):
        self.qtest.write(" ".join(str(w) for w in words) + "\n")
        self.qtest.flush()
        while True:
            answer = self.qtest.readline().split()
            if not answer:
                self.log.seek(0)
                raise Failure(f"QEMU is gone: {self.log.read().strip()}")
            if answer[0] != "IRQ":
                break
        if answer[0] != "OK":
            raise Failure(f"{words}: {answer}")
        return answer[1] if len(answer) > 1 else None

    def qmp(self, execute, event=None, **arguments):
        self.monitor.write(json.dumps({"execute": execute, "arguments": arguments}) + "\n")
        self.monitor.flush()
        answered, happened = False, event is None
        while not (answered and happened):
            message = json.loads(self.monitor.readline())
            if "error" in message:
                raise Failure(f"{execute}: {message['error']}")
            answered |= "return" in message
            happened |= message.get("event") == event

    def now(self):
        """ns of the machine's clock, as its HPET counts it"""
        return int(self.do("readq", hex(self.HPET + 0xf0)), 16) * 10

    def run(self, condition, what="the time"):
        """Lets time pass until the condition holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise Failure(f"waited in vain for {what}")
            time.sleep(0.001)

    def stop(self):
        self.qmp("stop", event="STOP")

    def go(self):
        self.qmp("cont", event="RESUME")

    def wait(self, ns):
        end = self.now() + ns
        self.run(lambda: self.now() >= end)

    def write(self, address, data):
        if data:
            self.do("write", hex(address), len(data), "0x" + data.hex())

    def read(self, address, size):
        return bytes.fromhex(self.do("read", hex(address), size)[2:])


class Nic:
    """The card: configuration space, registers, a ring each way, the wire."""

    BAR0 = 0xe0000000
    RX_RING, TX_RING, RX_BUFFERS, TX_BUFFERS = 0x100000, 0x110000, 0x200000, 0x800000
    BUFFER = 0x4000  # the distance between buffers; the largest that RCTL.BSIZE can name

    def __init__(self, machine, slot=4):
        self.machine = machine
        self.slot = slot

    def config(self, offset, value=None, size=4):
        """One register of configuration space, through ports cf8 and cfc."""
        letter = {1: "b", 2: "w", 4: "l"}[size]
        self.machine.do("outl", "0xcf8", hex(1 << 31 | self.slot << 11 | offset & ~3))
        port = hex(0xcfc + offset % 4)
        if value is None:
            return int(self.machine.do("in" + letter, port), 16)
        return self.machine.do("out" + letter, port, hex(value))

    def get(self, reg):
        return int(self.machine.do("readl", hex(self.BAR0 + reg)), 16)

    def set(self, reg, value):
        self.machine.do("writel", hex(self.BAR0 + reg), hex(value))

    def line(self):
        """Whether the card pulls its interrupt line: PCI's own status bit says so."""
        return bool(self.config(6, size=2) & 8)

    def power_on(self):
        """As after a machine's reset, with BAR 0 mapped and bus mastering on."""
        self.machine.qmp("system_reset", event="RESET")
        self.machine.do("writeq", hex(self.machine.HPET + 0x10), "0x1")
        self.config(0x10, self.BAR0)
        self.config(4, 6, size=2)
        self.drain()

    def drain(self):
        """Forgets frames that nobody has looked at."""
        self.machine.wire.setblocking(False)
        try:
            while True:
                self.machine.wire.recv(70000)
        except BlockingIOError:
            pass
        self.machine.wire.settimeout(PATIENCE)

    # Receive
    def rx_start(self, rctl=0, count=8, give=None, null=()):
        """A ring of `count` descriptors, `give` of them the device's; waits the second out."""
        self.rx_count = count
        for i in range(count):
            address = 0 if i in null else self.RX_BUFFERS + i * self.BUFFER
            self.machine.write(self.RX_RING + 16 * i, struct.pack("<QQ", address, 0))
            self.machine.write(self.RX_BUFFERS + i * self.BUFFER, b"\xee" * 0x900)
        self.set(RDBAL, self.RX_RING)
        self.set(RDBAH, 0)
        self.set(RDLEN, count * 16)
        self.set(RDH, 0)
        self.set(RDT, count - 1 if give is None else give)
        self.set(RCTL, RCTL_EN | RCTL_BAM | rctl)
        self.machine.wait(1.1e9)
        self.get(ICR)

    def rx_desc(self, index):
        """address, length, checksum, status, errors, special"""
        return struct.unpack("<QHHBBH", self.machine.read(self.RX_RING + 16 * index, 16))

    def rx_data(self, index, size):
        return self.machine.read(self.RX_BUFFERS + index * self.BUFFER, size)

    def offer(self, *frames):
        """Puts frames on the wire, and waits until QEMU has read each of them."""
        for frame in frames:
            self.machine.wire.sendto(frame, os.path.join(self.machine.dir, "nic"))
            self.machine.run(lambda: not self.unread(), "QEMU to read the frame")

    def unread(self):
        pending = array.array("i", [0])
        fcntl.ioctl(self.machine.wire, SIOCOUTQ, pending)
        return pending[0]

    def received(self, *frames):
        """Offers frames and then one that is always taken: the head after the last of them.

        What the device has done with a frame is then known, also if that is nothing.
        """
        before = self.get(RDH)
        self.offer(*frames, frame(b"\xff" * 6, b"marker"))
        self.machine.run(lambda: self.rx_data((self.get(RDH) - 1) % self.rx_count, 20)[14:] == b"marker",
                   "the frame behind")
        return (self.get(RDH) - before - 1) % self.rx_count

    # Transmit
    def tx_start(self, tctl=2, count=32):
        self.tx_count = count
        self.machine.write(self.TX_RING, bytes(16 * count))
        self.set(TDBAL, self.TX_RING)
        self.set(TDBAH, 0)
        self.set(TDLEN, count * 16)
        self.set(TDH, 0)
        self.set(TDT, 0)
        self.set(TCTL, tctl)
        self.get(ICR)
        self.tx_next = 0

    def put(self, desc, data=b""):
        """One descriptor, its buffer behind it; not yet the doorbell."""
        where = self.TX_BUFFERS + self.tx_next * 0x10000
        self.machine.write(where, data)
        if data or desc[:8] == bytes(8):
            desc = struct.pack("<Q", where) + desc[8:]
        self.machine.write(self.TX_RING + 16 * self.tx_next, desc)
        self.tx_next = (self.tx_next + 1) % self.tx_count

    def doorbell(self):
        self.set(TDT, self.tx_next)

    def sent(self, wanted):
        """The next frames on the wire, and none after them."""
        frames = [self.machine.wire.recv(70000) for _ in range(wanted)]
        self.machine.wire.setblocking(False)
        try:
            extra = self.machine.wire.recv(70000)
            raise Failure(f"one frame too many: {extra.hex()}")
        except BlockingIOError:
            self.machine.wire.settimeout(PATIENCE)
        return frames

    def tx_status(self, index):
        return self.machine.read(self.TX_RING + 16 * index + 12, 1)[0]

    # PHY and EEPROM
    def phy(self, reg, value=None, address=1):
        """MDIC as it reads back."""
        op = 2 << 26 if value is None else 1 << 26 | value
        self.set(MDIC, op | address << 21 | reg << 16)
        return self.get(MDIC)

    def eeprom(self, word):
        self.set(EERD, word << 8 | 1)
        return self.get(EERD)


def frame(to=MAC, payload=b"", size=0, ethertype=b"\x88\xb5", sender=PEER):
    return (to + sender + ethertype + payload).ljust(size, b"\x5a")


def tx_data(length, eop=True, rs=True, ifcs=True, tse=False, ide=False, vle=False, popts=0, special=0):
    """3.3.7: a data descriptor."""
    cmd = eop << 24 | ifcs << 25 | tse << 26 | rs << 27 | 1 << 29 | vle << 30 | ide << 31
    return struct.pack("<QIBBH", 0, cmd | 1 << 20 | length, 0, popts, special)


def tx_legacy(length, ic=False, cso=0, css=0, rs=True):
    """3.3.3: a legacy descriptor."""
    cmd = 1 << 24 | 1 << 25 | ic << 26 | rs << 27
    return struct.pack("<QIBBH", 0, cmd | cso << 16 | length, 0, css, 0)


def tx_context(ipcss=0, ipcso=0, ipcse=0, tucss=0, tucso=0, tucse=0, paylen=0, hdr_len=0, mss=0,
               tcp=False, ip=False, tse=False, rs=False):
    """3.3.6: a context descriptor."""
    cmd = tcp << 24 | ip << 25 | tse << 26 | rs << 27 | 1 << 29
    return struct.pack("<BBHBBHIBBH", ipcss, ipcso, ipcse, tucss, tucso, tucse, cmd | paylen, 0, hdr_len, mss)


def checksum(data, start=0):
    """The Internet checksum, before the final complement."""
    total = start + sum(struct.unpack(f">{len(data) // 2}H", data[:len(data) & ~1]))
    total += data[-1] << 8 if len(data) % 2 else 0
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


# The lines of docs/nic.md, in the order in which their tests are written.
lines = {}


def line(name):
    def add(test):
        lines[name] = test
        return test
    return add


class Skip(Exception):
    """A line that this QEMU's device has not."""


def asked(*words):
    """What QEMU itself says of its version, or of a device."""
    return subprocess.run(["qemu-system-x86_64", *words], stdout=subprocess.PIPE, check=True).stdout.decode()


# Measured with 7.2, 10.0 and 11.1: from 10.0 on short frames are not padded where they come from a
# socket, and lengths are held to their limits with the FCS.
PADS = int(re.search(r"version (\d+)", asked("-version")).group(1)) < 10
LIMIT_HAS_FCS = not PADS
PROPERTIES = asked("-device", "e1000,help")
# In 11.1 the counters of octets, kinds, sizes and missing buffers read 0.
COUNTS_ALL = "extra_mac_registers=" in PROPERTIES


def needs_all_counters():
    """For a line that is about them."""
    if not COUNTS_ALL:
        raise Skip("this QEMU's e1000 (11.1) has counters that read 0")


def main(*more, shift=9):
    """Runs each line's test on a card as after power-on; --list names the lines."""
    if "--list" in sys.argv:
        print("\n".join(lines))
        return
    machine = Machine(*more, shift=shift)
    nic = Nic(machine)
    failed = 0
    print(f"1..{len(lines)}")
    for number, (name, test) in enumerate(lines.items(), 1):
        try:
            nic.power_on()
            test(nic)
            print(f"ok {number} - {name}")
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}")
        except (Failure, OSError) as why:
            failed += 1
            print(f"not ok {number} - {name}")
            print(f"#   {why or 'nothing came'}\n#   " + traceback.format_exc().strip().split("\n")[-3].strip())
        sys.stdout.flush()
    machine.close()
    sys.exit(failed > 0)
