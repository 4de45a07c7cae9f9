#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: console.py [--update] DOCUMENT FOLDER

Runs the commands of a document's console blocks ("$ ...") in FOLDER and prints each
whose output is not what the document shows, or writes it there.
"""
import re
import subprocess
import sys

update = "--update" in sys.argv
document, folder = sys.argv[-2:]
text = open(document, encoding="utf-8").read()
commands = 0


def run(match):
    global commands
    out = []
    for command in re.findall(r"^\$ (.*)$", match.group(2), re.M):
        commands += 1
        done = subprocess.run(["bash", "-c", command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        out.append("$ %s\n%s" % (command, done.stdout.decode()))
    new = "".join(out)
    if new.rstrip("\n") != match.group(2).rstrip("\n") and not update:
        print("the document shows\n%sthe commands print\n%s" % (match.group(2), new))
    return match.group(1) + new.rstrip("\n") + "\n" + match.group(3)


text = re.sub(r"(^```console\n)(.*?)(^```$)", run, text, flags=re.M | re.S)
if update:
    open(document, "w", encoding="utf-8").write(text)
print(commands, "commands")
