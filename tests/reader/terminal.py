#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: terminal.py COMMAND

Runs a line of shell on a terminal of its own, and prints what it writes there. script(1) does so too, but what it
makes of an input that is none, and what it sends of its own, differs from version to version.
"""
import os
import pty
import subprocess
import sys

ours, theirs = pty.openpty()
with subprocess.Popen(["sh", "-c", sys.argv[1]], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs) as child:
    os.close(theirs)
    try:
        while data := os.read(ours, 1 << 16):
            sys.stdout.buffer.write(data)
    except OSError:
        pass  # Nobody has it open any more.
sys.exit(child.returncode)
