#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""stats.py JSON STATS: the percentiles of `rxpath stats` against the packets of the JSON export."""
import collections
import json
import math
import re
import sys

UNITS = {"ns": 1, "µs": 1e3, "ms": 1e6, "s": 1e9}
packets = json.load(open(sys.argv[1]))["packets"]
times = collections.defaultdict(list)
for packet in packets:
    for stage in packet["stages"]:
        times[stage["name"]].append(stage["duration_ns"])
seen = set()
for line in open(sys.argv[2]):
    words = line.split()
    if not words or words[0] not in times or len(words) < 12:
        continue
    values = sorted(times[words[0]])
    seen.add(words[0])
    if int(words[1]) != len(values):
        sys.exit(f"{words[0]}: {words[1]} packets, should be {len(values)}")
    got = [float(words[i]) * UNITS[words[i + 1]] for i in range(2, 12, 2)]
    wanted = [sum(values) / len(values)]
    wanted += [values[max(math.ceil(len(values) * p / 100), 1) - 1] for p in (50, 90, 99)]
    wanted.append(values[-1])
    for g, w in zip(got, wanted):
        if abs(g - w) > w * 0.02 + 1:
            sys.exit(f"{words[0]}: {g} ns, should be {w}: {line}")
if seen != set(times):
    sys.exit(f"stages that are missing: {set(times) - seen}")
reads = {}
for packet in packets:
    if packet.get("read"):
        reads[packet["read"]["event"]] = packet["read"]["ret"]
for line in open(sys.argv[2]):
    if line.startswith("bytes per read"):
        n, mean = line.split()[3:5]
        if int(n) != len(reads) or abs(float(mean) - sum(reads.values()) / len(reads)) > 0.01:
            sys.exit(f"{len(reads)} reads of {sum(reads.values())} bytes: {line}")
# The histogram of the whole way: rows that double, a bar as long as its share of the longest.
totals = [packet["stages"][-1]["start_ns"] + packet["stages"][-1]["duration_ns"] - packet["stages"][0]["start_ns"]
          for packet in packets if {"interrupt", "copy"} <= {stage["name"] for stage in packet["stages"]}]
rows = []
for line in open(sys.argv[2]):
    row = re.match(r" *([0-9.]+) (ns|µs|ms|s)\.\. +([0-9]+) (\S*)$", line)
    if row:
        rows.append((float(row[1]) * UNITS[row[2]], int(row[3]), row[4]))
if bool(rows) != bool(totals) or sum(row[1] for row in rows) != len(totals):
    sys.exit(f"the histogram has {sum(row[1] for row in rows)} packets, should be {len(totals)}")
for begin, count, bar in rows:
    begin = 1024 * 2 ** round(math.log2(begin / 1024)) if begin else 0
    wanted = sum(begin <= total < (begin * 2 or 1024) for total in totals)
    if count != wanted:
        sys.exit(f"the histogram has {count} packets from {begin} ns on, should be {wanted}")
    eighths = sum(8 if c == "█" else "▏▎▍▌▋▊▉".index(c) + 1 for c in bar)
    if eighths != max(count * 320 // max(row[1] for row in rows), 1 if count else 0):
        sys.exit(f"a bar of {eighths} eighths for {count} packets")
print("agree")
