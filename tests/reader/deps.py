#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: deps.py SCRIPT... < PACKAGES

Prints each program that one of the shell scripts calls and that comes, on this machine, from a package that is
neither among PACKAGES, nor needed by one of those, nor part of every Debian.
"""
import os
import re
import subprocess
import sys

BEFORE = r"(?:^|[|;&({`!]|\$\(|\b(?:then|do|else|if|elif|while|until|exec|command|env|nice|xargs|quiet|setsid|sudo)\b)"
CALL = re.compile(BEFORE + r"\s*((?:[A-Za-z_]+=\S*\s+)*)([a-z][a-z0-9_.+-]*)(?=[\s;)|&]|$)", re.M)


def packages():
    """Of each installed package: is it part of every Debian, and what it needs."""
    form = "${Package}\t${Essential}\t${Priority}\t${Depends}, ${Pre-Depends}\t${Provides}\n"
    known, provided = {}, {}
    for line in subprocess.run(["dpkg-query", "-W", "-f", form], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
        name, essential, priority, needs, provides = line.split("\t")
        known[name] = (essential == "yes" or priority == "required", re.findall(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]*)", needs))
        for other in re.findall(r"(?:^|,)\s*([a-z0-9][a-z0-9+.-]*)", provides):
            provided.setdefault(other, []).append(name)
    return known, provided


def closure(names):
    known, provided = packages()
    todo = list(names) + [name for name, (always, _) in known.items() if always]
    found = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += known.get(name, (False, []))[1] + provided.get(name, [])
    return found


def programs(text):
    text = re.sub(r"(?<!\S)#.*", "", text)
    text = re.sub(r"\$?\(\(.*?\)\)", "", text)
    text = re.sub(r"^\s*[\w.*-]+( \| [\w.*-]+)*\)(?=\s)", "", text, flags=re.M)
    # Another language's, or a pattern; not what a shell is given.
    text = re.sub(r"\b(perl|awk|python3)\b[^'\n]*'.*?'", r"\1 ''", text, flags=re.S)
    text = re.sub(r"(?<!-c )'[^'\n]*'", "''", text)
    return {match.group(2) for match in CALL.finditer(text)}


def packages_of(names):
    """Of each program that is there the package: whichever of its paths dpkg knows."""
    paths = {}
    for name in names:
        for folder in "/usr/bin", "/bin", "/usr/sbin", "/sbin":
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK):
                paths.setdefault(path, name)
                paths.setdefault(os.path.realpath(path), name)
    found = {}
    done = subprocess.run(["dpkg-query", "-S", *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    for line in done.stdout.splitlines():
        owners, _, path = line.rpartition(": ")
        diverted = re.match(r"diversion by (\S+) from$", owners)
        if path in paths and diverted:
            found[paths[path]] = diverted.group(1)
        elif path in paths and not owners.startswith("diversion"):
            found.setdefault(paths[path], owners.split(",")[0].split(":")[0])
    return found


if len(sys.argv) < 2:
    sys.exit(__doc__)
declared = closure(sys.stdin.read().split())
texts = {script: open(script, encoding="utf-8").read() for script in sys.argv[1:]}
# A script that looks whether it is there does without it, or says so.
optional = {name for text in texts.values() for name in re.findall(r"command -v ([a-z0-9.-]+)", text)}
builtin = subprocess.run(["bash", "-c", "compgen -bk"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
functions = {name for text in texts.values() for name in re.findall(r"^\s*([\w-]+)\(\)", text, re.M)}
calls = {}
for script, text in texts.items():
    for program in programs(text) - functions - optional - set(builtin):
        calls.setdefault(program, []).append(script)
found = packages_of(calls)
for program, package in sorted(found.items()):
    if package not in declared:
        print(f"{program} of {package}: {' '.join(calls[program])}")
print("looked at" if len(found) > 5 else "found no calls")
