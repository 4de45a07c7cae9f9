#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Checks one exported file: export.py json|perfetto FILE [SCHEMA]. Says what is wrong."""
import collections
import json
import sys


def wrong(text):
    sys.exit(text)


def nested(calls, outer=None):
    """Calls lie within their caller, in order of entry."""
    last = 0
    for call in calls:
        start, end = call["start_ns"], call["start_ns"] + call["duration_ns"]
        if start < last:
            wrong(f"event {call['event']}: before its sibling")
        if outer and not outer[0] <= start <= end <= outer[1]:
            wrong(f"event {call['event']}: {call['name']} is outside its caller")
        last = start
        nested(call.get("calls", []), (start, end))


def within(call):
    """A call and all below it."""
    yield call
    for child in call.get("calls", []):
        yield from within(child)


def check_json(path, schema):
    import jsonschema
    with open(path) as file, open(schema) as rules:
        doc = json.load(file)
        jsonschema.validate(doc, json.load(rules))
    for packet in doc["packets"]:
        for root in packet["calls"]:
            nested([root])
        calls = [call for root in packet["calls"] for call in within(root)]
        events = [call["event"] for call in calls]
        if len(set(events)) != len(events):
            wrong(f"skb#{packet['no']}: a call is there twice")
        if not any(call.get("packet") == packet["no"] for call in calls):
            wrong(f"skb#{packet['no']}: none of its calls is there")
        if packet.get("read") and packet["read"]["event"] not in events:
            wrong(f"skb#{packet['no']}: its read is not among its calls")
        for a, b in zip(packet["stages"], packet["stages"][1:]):
            if a["start_ns"] + a["duration_ns"] != b["start_ns"]:
                wrong(f"skb#{packet['no']}: {b['name']} does not begin where {a['name']} ends")
        if packet.get("read") and packet["stages"][-1]["name"] != "copy":
            wrong(f"skb#{packet['no']}: read, and its last stage is {packet['stages'][-1]['name']}")
    print(len(doc["packets"]))


def check_perfetto(path):
    with open(path) as file:
        events = json.load(file)["traceEvents"]
    tracks = collections.defaultdict(list)
    flows = collections.defaultdict(list)
    open_slices = collections.defaultdict(list)
    named = set()
    for event in events:
        track = (event["pid"], event["tid"])
        if event["ph"] == "M":
            named.add(track)
        elif event["ph"] == "X":
            start = round(event["ts"] * 1000)
            tracks[track].append((start, start + round(event["dur"] * 1000), event["name"]))
        elif event["ph"] in "stf":
            flows[event["id"]].append((event["ph"], round(event["ts"] * 1000), track))
        elif event["ph"] == "b":
            open_slices[event["id"]].append(event["name"])
        elif event["ph"] == "e" and open_slices[event["id"]].pop() != event["name"]:
            wrong(f"packet {event['id']}: {event['name']} ends out of turn")
    for track, slices in tracks.items():
        if track not in named:
            wrong(f"track {track} has no name")
        around = []
        for start, end, name in sorted(slices, key=lambda s: (s[0], -s[1])):
            while around and around[-1] <= start:
                around.pop()
            if around and end > around[-1]:
                wrong(f"{name} at {start} on {track} overlaps the slice around it")
            around.append(end)
    for packet, steps in flows.items():
        phases = "".join(step[0] for step in steps)
        if phases[0] != "s" or phases[-1] != "f" or phases.count("s") != 1 or phases.count("f") != 1:
            wrong(f"packet {packet}: arrows {phases}")
        if steps != sorted(steps, key=lambda s: s[1]):
            wrong(f"packet {packet}: an arrow goes back in time")
        for _, time, track in steps:
            if not any(start <= time <= end for start, end, _ in tracks[track]):
                wrong(f"packet {packet}: an arrow at {time} on {track} meets no slice")
    for packet, names in open_slices.items():
        if names:
            wrong(f"packet {packet}: {names} never end")
    print(len(flows))


if sys.argv[1] == "json":
    check_json(*sys.argv[2:])
else:
    check_perfetto(*sys.argv[2:])
