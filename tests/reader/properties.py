#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""properties.py RXPATH TRACE [TRUTH]: what must hold of every trace, whatever is in it.

Every call of the JSON export is an event of the trace, and nests as it ran; every event of a packet is a
call of it, once. Every arrow of a picture is a call of its packet, in order of time, and every call has its
arrow, or is in a loop that says how many there are. What is in the trace says TRUTH (random-trace),
or trace-cmd's own report. Prints what is wrong, and at the end what has been looked at.
"""
import collections
import json
import re
import subprocess
import sys

# Of a poll, and drawn with each of its packets: they are none's own calls.
FRAMES = {"napi_complete_done", "rx_refill", "rx_tail", "fault", "poll_begin", "poll_end", "irq", "softirq_raise"}
LEAVES = {"irq", "rx_desc", "rx_refill", "rx_tail", "fault", "tx_desc", "tx_tail", "tx_clean", "poll_begin", "poll_end", "softirq_raise",
          "sched_waking", "sched_switch", "sched_switch in", "lost"}
# Each of these is of a received packet, whatever else is in the trace.
COUNTED = ("rx_desc", "ip_rcv_core", "ip6_rcv_core", "tcp_v4_rcv", "tcp_v6_rcv", "tcp_queue_rcv", "__netif_receive_skb_core")
wrong = []


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def claim(condition, *text):
    if not condition:
        wrong.append(" ".join(str(word) for word in text))


def walk(calls, around=None):
    before = None
    for call in calls:
        call["around"], call["before"] = around, before
        yield call
        yield from walk(call.get("calls", []), call)
        before = call


def key(call):
    return call["name"], call["cpu"], call["start_ns"]


def own(packet):
    return [c for root in packet["calls"] for c in walk([root]) if c.get("packet") == packet["no"]]


def check_nesting(packet, calls):
    for call in calls:
        around = call["around"]
        if not around:
            continue
        inside = around["start_ns"] <= call["start_ns"] <= call["start_ns"] + call["duration_ns"] <= \
            around["start_ns"] + around["duration_ns"]
        claim(inside, f"skb#{packet['no']}:", call["name"], "is not within", around["name"])
    for call in calls:
        if call["before"]:
            claim(call["before"]["start_ns"] <= call["start_ns"], f"skb#{packet['no']}:", call["name"], "before its sibling")
    claim(len({call["event"] for call in calls}) == len(calls), f"skb#{packet['no']}: a call twice")


def check_truth(doc, truth):
    """Of a made trace all is known."""
    calls = {call["no"]: call for call in truth["calls"]}
    where = {(call["name"], call["cpu"], call["start"]): call for call in calls.values()}
    order = sorted(range(len(truth["packets"])), key=lambda i: truth["packets"][i]["born"])
    number = {index + 1: place + 1 for place, index in enumerate(order)}
    claim(len(doc["packets"]) == len(order), len(doc["packets"]), "packets, should be", len(order))
    has = collections.defaultdict(list)
    for packet in doc["packets"]:
        for call in [c for root in packet["calls"] for c in walk([root])]:
            if call["name"] in LEAVES:
                continue
            known = where.get(key(call))
            claim(known, "no such call:", *key(call))
            if not known:
                continue
            around = calls.get(known["around"])
            got = key(call["around"]) if call["around"] else None
            wanted = (around["name"], around["cpu"], around["start"]) if around else None
            claim(known["dur"] == call["duration_ns"], *key(call), "takes", call["duration_ns"])
            claim(got == wanted, *key(call), "is in", got, "should be in", wanted)
            if call.get("packet") == packet["no"]:
                has[key(call)].append(packet["no"])
        known = truth["packets"][order[packet["no"] - 1]] if packet["no"] <= len(order) else {}
        read = calls.get(known.get("read"))
        got = packet.get("read", {}).get("start_ns")
        claim(got == (read and read["start"]), f"skb#{packet['no']}: read at", got, "should be", read and read["start"])
    for call in calls.values():
        wanted = [number[call["packet"]]] if call["packet"] else []
        claim(has[call["name"], call["cpu"], call["start"]] == wanted, call["name"], call["start"], "is of",
              has[call["name"], call["cpu"], call["start"]], "should be", wanted)


def check_report(doc, trace):
    """What trace-cmd reads of the same file: task-pid, [cpu], flags in some versions, time, event, fields."""
    records = collections.Counter()
    for line in run("trace-cmd", "report", "-R", "-t", trace).splitlines():
        match = re.match(r"\s*.+-\d+\s+\[(\d+)\]\S*\s+(?:\S+\s+)?(\d+)\.(\d{9}):\s+(\w+):\s*(.*)", line)
        if not match:
            continue
        cpu, seconds, ns, name, fields = match.groups()
        start = re.search(r"\bstart=(\d+)", fields)
        records[name, int(cpu), int(start.group(1)) if start else int(seconds + ns)] += 1
        inner = dict(re.findall(r"\b(inner|dev_after|merge_after)=(\w+)", fields))
        # GRO's calls for a frame are told in the outermost.
        if int(inner.get("inner", "0"), 0) & 1:
            records["dev_gro_receive", int(cpu), int(start.group(1)) + int(inner["dev_after"], 0)] += 1
        if int(inner.get("inner", "0"), 0) & 2:
            records["skb_gro_receive", int(cpu), int(start.group(1)) + int(inner["merge_after"], 0)] += 1
    names = {name for name, _, _ in records}
    counts = collections.Counter()
    for packet in doc["packets"]:
        for call in [c for root in packet["calls"] for c in walk([root])]:
            if call["name"] in names:
                claim(records[key(call)] == 1, f"skb#{packet['no']}: the trace has", records[key(call)], "events of", *key(call))
        counts.update(c["name"] for c in own(packet))
    for name in COUNTED:
        events = sum(n for (record, _, _), n in records.items() if record == name)
        claim(counts[name] == events, f"{events} events {name}, {counts[name]} calls of packets")


def arrows(rxpath, trace, number):
    """Of each arrow that begins a call its event, in order."""
    svg = run(rxpath, "diagram", "--view", "all", "--level", "calls", "--format", "svg", "--packet", str(number), trace)
    for group in re.finditer(r'<g data-event="(\d+)">\n(.*?)</g>', svg, re.S):
        kind = re.search(r'class="(call|async|return)" d=', group.group(2))
        title = re.search(r"<title>(\w+)", group.group(2))
        slept = re.search(r"; CPU \d+, task ", group.group(2))
        yield int(group.group(1)), kind and kind.group(1), title and title.group(1), slept


def folded(call, drawn):
    """Is it, or what it is in, one of the equal ones of a loop?"""
    while call:
        before = call["before"]
        while before and before["name"] == call["name"]:
            if before["event"] in drawn:
                return True
            before = before["before"]
        call = call["around"]
    return False


def check_picture(rxpath, trace, packet, also, wakes):
    calls = {c["event"]: c for root in packet["calls"] for c in walk([root])}
    calls_and_into = {**also, **calls}
    drawn = collections.Counter()
    last = 0
    for event, kind, title, slept in arrows(rxpath, trace, packet["no"]):
        if kind not in ("call", "async"):
            continue
        call = calls_and_into.get(event)
        drawn[event] += 1
        # What a task slept in that was woken, and then read nothing.
        claim(call or title in FRAMES or slept and wakes, f"skb#{packet['no']}: an arrow of event {event} ({title})")
        claim(not call or call["name"].split()[0] == title, f"skb#{packet['no']}: event {event} is {call and call['name']}, not", title)
        if call:
            claim(call["start_ns"] >= last, f"skb#{packet['no']}: the arrow of {title} goes back in time")
            last = call["start_ns"]
    for event, call in calls.items():
        if call["name"] in LEAVES or "headless" in call:
            continue
        claim(drawn[event] == 1 or drawn[event] == 0 and folded(call, drawn),
              f"skb#{packet['no']}: {drawn[event]} arrows of {call['name']} (event {event})")
    return len(drawn)


def main():
    rxpath, trace = sys.argv[1:3]
    doc = json.loads(run(rxpath, "export", "--format", "json", trace))
    drawn = 0
    for packet in doc["packets"]:
        check_nesting(packet, [c for root in packet["calls"] for c in walk([root])])
    if len(sys.argv) > 3:
        with open(sys.argv[3]) as file:
            check_truth(doc, json.load(file))
    else:
        check_report(doc, trace)
    packets = {packet["no"]: packet for packet in doc["packets"]}
    # Of a long trace some.
    for packet in doc["packets"][::max(1, len(doc["packets"]) // 24)]:
        into = packets.get(packet.get("joined", {}).get("into")) if packet.get("joined", {}).get("how") == "gro" else None
        also = {c["event"]: c for root in into["calls"] for c in walk([root])} if into else {}
        drawn += check_picture(rxpath, trace, packet, also, packet["wakes"] or into and into["wakes"])
    for line in wrong[:20]:
        print(line)
    if not wrong:
        print(f"{len(packets)} packets, {drawn} arrows" if drawn and packets else "nothing was looked at")


main()
