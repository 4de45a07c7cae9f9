#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: svg-texts.py PICTURE

Prints each text of a diagram that lies over another, leaves its note, or leaves
the page. A column of the monospaced font is 0.602 of its size wide (DejaVu Sans
Mono's advance), a Chinese character as wide as the font is high.
"""
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
root = ET.parse(sys.argv[1]).getroot()
style = "".join(root.find(SVG + "style").itertext())
sizes = {}
for names, body in re.findall(r"([.\w,]+)\{([^}]*)\}", style):
    size = re.search(r"font-size:([\d.]+)px", body)
    for name in names.split(",") if size else ():
        sizes[name.lstrip(".")] = (float(size.group(1)), "middle" in body, "text-anchor:end" in body)


def width(text, size):
    return sum(size if unicodedata.east_asian_width(c) in "WF" else 0.602 * size for c in text)


texts = []
for at in root.iter(SVG + "text"):
    text = "".join(at.itertext())
    if not text.strip():
        continue
    size, middle, end = sizes[at.get("class").split()[0]]
    w = width(text, size)
    x = float(at.get("x")) - (w / 2 if middle else w if end else 0)
    y = float(at.get("y"))
    texts.append((x, y - 0.72 * size, x + w, y + 0.18 * size, text))
page = [float(n) for n in root.get("viewBox").split()]
for i, (x0, y0, x1, y1, text) in enumerate(texts):
    if x0 < 0 or y0 < 0 or x1 > page[2] or y1 > page[3]:
        print("beyond the page:", text)
    for a0, b0, a1, b1, other in texts[:i]:
        if min(x1, a1) - max(x0, a0) > 1 and min(y1, b1) - max(y0, b0) > 1:
            print("one over another:", text, "|", other)
for group in root.iter(SVG + "g"):
    note = next((r for r in group.iter(SVG + "rect") if r.get("class") == "note"), None)
    if note is None:
        continue
    left, right = float(note.get("x")), float(note.get("x")) + float(note.get("width"))
    for at in group.iter(SVG + "text"):
        if at.get("class") != "small" or float(at.get("x")) < left:
            continue
        if float(at.get("x")) + width("".join(at.itertext()), sizes["small"][0]) > right:
            print("beyond its note:", "".join(at.itertext()))
