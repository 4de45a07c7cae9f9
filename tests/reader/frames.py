#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: frames.py CAPTURE FILTER FIELD...

Prints what tshark reads of each frame that FILTER lets through ("" for all), a line each, a tab between two
fields. A comment of several lines is one value of its field to some versions of tshark, one for each line to
others, or both: here each line stands once, with " / " before the next.
"""
import json
import subprocess
import sys

capture, display, *fields = sys.argv[1:]
command = ["tshark", "-r", capture, "-T", "json"] + (["-Y", display] if display else [])
for field in fields:
    command += ["-e", field]
read = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
for frame in json.loads(read or "[]"):
    layers = frame["_source"]["layers"]
    row = []
    for field in fields:
        lines = (line for value in layers.get(field, []) for line in value.replace("\\n", "\n").split("\n"))
        row.append(" / ".join(dict.fromkeys(lines)))
    print("\t".join(row))
