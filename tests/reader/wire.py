#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""wire.py JSON PCAP: how long frames were on the wire before their interrupt, reckoned from the exported packets and
tshark's frames: the number of those with an interrupt of their own, of those without, their mean and the longest, in ns."""
import json
import subprocess
import sys

packets = json.load(open(sys.argv[1]))["packets"]
fields = "frame.time_epoch frame.len ip.src tcp.seq_raw".split()
command = ["tshark", "-r", sys.argv[2], "-T", "fields"] + [word for field in fields for word in ("-e", field)]
frames = []
for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
    time, *rest = line.split("\t")
    seconds, fraction = time.split(".")
    frames.append((int(seconds) * 10**9 + int(fraction.ljust(9, "0")), rest))


def calls(packet, name):
    found = []
    todo = list(packet["calls"])
    while todo:
        call = todo.pop()
        todo += call.get("calls", [])
        if call["name"] == name:
            found.append(call)
    return found


waits, bounds, last = [], [], None
for packet in packets:
    # Of a frame that GRO joined to another the trace tells no header: it comes behind that one.
    joined = packet.get("joined", {}).get("how") == "gro"
    head = packets[packet["joined"]["into"] - 1] if joined else packet
    length, source, seq = packet["length"], head["ip"]["saddr"], head["tcp"]["seq"]
    match = next(i for i, (_, rest) in enumerate(frames) if rest[:2] == [str(length), source]
                 and (int(rest[2]) > seq if joined else int(rest[2]) == seq))
    time = frames.pop(match)[0]
    stages = {stage["name"]: stage for stage in packet["stages"]}
    bounds.append(stages["driver"]["start_ns"] + stages["driver"]["duration_ns"] - time)
    irq = stages["interrupt"]["start_ns"]
    causes = calls(packet, "irq")
    if irq != last and (not causes or causes[0]["args"]["icr"] & 0xd0):
        bounds.append(irq - time)
    last = irq
    waits.append(irq - time)
least = min(bounds)
own = [wait - least for wait in waits if wait >= least]
print(len(own), len(waits) - len(own), round(sum(own) / len(own)), max(own))
