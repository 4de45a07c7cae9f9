#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: po-names.py CATALOG

Prints each translation that lost or gained a name: an option, a file, a
function or field, a number.
"""
import ast
import re
import sys

NAMES = re.compile(r"--[a-z]+|[a-z]+[a-z0-9]*(?:_[a-z0-9]+)+|[a-z-]+\.(?:dat|svg|json|ko|pcap|pcapng)\b|(?<![%\w$])\d+(?:\.\d+)*\b")


def strings(block, key):
    found = re.search(r"^%s ((?:\"(?:[^\"\\]|\\.)*\"\n?)+)" % key, block, re.M)
    return "".join(ast.literal_eval(line) for line in found.group(1).split("\n") if line) if found else ""


for entry in open(sys.argv[1], encoding="utf-8").read().split("\n\n"):
    original, translated = strings(entry, "msgid"), strings(entry, "msgstr")
    if original and sorted(set(NAMES.findall(original))) != sorted(set(NAMES.findall(translated))):
        print(repr(original), set(NAMES.findall(original)) ^ set(NAMES.findall(translated)))
