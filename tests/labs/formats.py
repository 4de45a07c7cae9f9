# SPDX-License-Identifier: GPL-2.0
"""
Holds a result of labs/lab to the format that it is to have, as those who read it
document it. usage: formats.py FORMAT REPORT < RESULT
"""
import base64
import json
import re
import sys
import xml.etree.ElementTree as etree

GRADESCOPE_TOP = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
                  "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"}
GRADESCOPE_TEST = {"score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
                   "tags", "visibility", "extra_data"}
VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def gradescope(text, report):
    result = json.loads(text)
    assert set(result) <= GRADESCOPE_TOP, set(result) - GRADESCOPE_TOP
    assert result["output_format"] in FORMATS
    assert isinstance(result["extra_data"], dict)
    for test in result["tests"]:
        assert set(test) <= GRADESCOPE_TEST, set(test) - GRADESCOPE_TEST
        assert whole(test["score"]) and whole(test["max_score"]) and test["score"] <= test["max_score"]
        assert test["status"] in ("passed", "failed") and test["visibility"] in VISIBLE
        assert test["output_format"] in FORMATS and isinstance(test["number"], str)
    if report["machine"]["ok"]:
        assert sum(test["score"] for test in result["tests"]) == report["score"]
        assert sum(test["max_score"] for test in result["tests"]) == report["max"]
    else:
        # Neither a score nor tests: it is no result, and nobody's zero.
        assert "score" not in result and not result["tests"]


def classroom50(text, report):
    result = json.loads(text)
    assert result["schema"] == "classroom50/result/v1"
    for key in ("classroom", "assignment", "submission", "commit", "release", "review", "datetime"):
        assert isinstance(result[key], str), key
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", result["datetime"])
    assert whole(result["score"]) and whole(result["max-score"]) and result["score"] <= result["max-score"]
    for test in result["tests"]:
        assert test["test-name"] and isinstance(test["passed"], bool)
        assert whole(test["score"]) and whole(test["max-score"]) and test["score"] <= test["max-score"]
    assert sum(test["score"] for test in result["tests"]) == result["score"] == report["score"]
    assert len(result["release_assets"]) <= 50 and "result.json" not in result["release_assets"]


def actions(text, report):
    match = re.fullmatch(r"result=([A-Za-z0-9+/]+=*)\n", text)
    assert match, "not one line for GITHUB_OUTPUT"
    result = json.loads(base64.b64decode(match[1]))
    assert result["version"] == 1 and whole(result["max_score"])
    assert result["status"] in ("pass", "fail", "error")
    for test in result["tests"]:
        assert set(test) == {"name", "status", "score", "message", "test_code", "filename", "line_no", "execution_time"}
        assert test["status"] in ("pass", "fail", "error") and whole(test["score"])
    # The reporter sums the scores, and its table counts what passed: both say the same.
    assert sum(test["score"] for test in result["tests"]) == report["score"]
    passed = [test for test in result["tests"] if test["status"] == "pass"]
    assert sum(test["score"] for test in passed) == report["score"]
    wanted = "error" if not report["machine"]["ok"] else "pass" if report["score"] == report["max"] else "fail"
    assert result["status"] == wanted


def junit(text, report):
    suite = etree.fromstring(text)
    cases = suite.findall("testcase")
    assert suite.tag == "testsuite" and int(suite.get("tests")) == len(cases)
    assert int(suite.get("failures")) == len(suite.findall(".//failure"))
    assert int(suite.get("errors")) == len(suite.findall(".//error"))
    assert int(suite.get("skipped")) == len(suite.findall(".//skipped"))
    for case in cases:
        assert case.get("classname") == "labs." + report["lab"] and case.get("name") and float(case.get("time")) >= 0
    if not report["machine"]["ok"]:
        assert not suite.findall(".//failure") and suite.findall(".//error")


def tap(text, report):
    lines = text.split("\n")
    assert lines[0] == "TAP version 14" and lines[1] == f"1..{len(report['checks'])}"
    number, block = 0, False
    for line in lines[2:-1]:
        if block:
            block = line != "  ..."
            assert not block or re.fullmatch(r'  \w+: ".*"', line), line
        elif line == "  ---":
            block = True
        elif not line.startswith("Bail out! "):
            number += 1
            assert re.match(rf"(not )?ok {number} - ", line), line
            # A number sign that is none of a directive is escaped.
            assert re.search(r"(?<!\\)#", line) is None or " # SKIP " in line, line
    assert number == len(report["checks"]) and not block
    assert report["machine"]["ok"] or lines[-2].startswith("Bail out! ")


def plain(text, report):
    result = json.loads(text)
    assert result["schema"] == "rxpath-lab" and result["version"] == 1
    for key in ("lab", "kernel", "seed", "machine", "checks", "score", "max"):
        assert key in result, key
    for check in result["checks"]:
        assert {"id", "title", "points", "max", "status"} <= set(check)
        assert set(check["title"]) == {"en", "zh"} and check["status"] in ("pass", "fail", "skip", "error")
    assert sum(check["points"] for check in result["checks"]) == result["score"] == report["score"]


if __name__ == "__main__":
    form, name = sys.argv[1:]
    with open(name, encoding="utf-8") as handle:
        of = json.load(handle)
    {"gradescope": gradescope, "classroom50": classroom50, "actions": actions, "junit": junit, "tap": tap,
     "json": plain}[form](sys.stdin.read(), of)
