#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Rule files for graders: ids, points, texts and hints; names and included files; each
# format of the report.
# What is in single quotes is for the rules to replace.
# shellcheck disable=SC2016
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
good=$traces/gro-off.dat
cd "$scratch" || exit
check() { "$rxpath" assert "$@"; }
with() { printf '%b\n' "$1" | check "${@:3}" - "$2"; }
# json FILTER [ARGUMENT...]: what a report says, by a Python expression of r.
json() { check --format json "${@:2}" "$good" | python3 -c "import json, sys; r = json.load(sys.stdin); print($1)"; }

cat > common.rules <<'RULES'
let port = 7000   -- of the epoll server
let three = 3x 200
RULES
cat > grade.rules <<'RULES'
include common.rules
packets toward :$port with data
  [et.loop 2] reads return $three -- every byte was read on port $port | 端口 $port 的字节都读了
    hint "Read \"until\" EAGAIN, # of $reads" | "读到 EAGAIN 为止"
  [et.start] packets = ${count} -- all came | 都来了
    hint "both"
  [et.child 5 hidden] never tcp_v4_rcv -- not here
    parent et.start
  [et.orphan] complete
    parent et.child
RULES

status=0
out=$(check --set count=3 grade.rules "$good") || status=$?
is 'one fails: status 1' "$status" 1
like 'an id and its title are the name' "$out" $'^ok 1 - et.loop: every byte was read on port 7000\n'
like 'without a title the check itself' "$out" $'\nok 2 - et.start: all came\nnot ok 3 - et.child: not here\n#   grade.rules:7: packets toward :7000 with data: never tcp_v4_rcv\n#   skb#4 '
like 'the command that draws it' "$out" $'\n#   rxpath tree --packet 4 [^\n]*gro-off.dat\n'
like 'a child of what failed is skipped' "$out" $'\nok 4 - et.orphan: complete # SKIP et.child did not pass\n1..4'
is 'no hint is shown unasked' "$(check --set count=4 grade.rules "$good" | grep -c both)" 0
like 'with --hints it is' "$(check --hints --set count=4 grade.rules "$good")" $'\n#   both\n'
like 'a skipped child of a skipped one' "$(check --set count=4 grade.rules "$good")" $'ok 3 [^\n]*SKIP et.start did not pass\nok 4 [^\n]*SKIP et.child did not pass'
like 'in Chinese' "$(check --lang zh --set count=3 grade.rules "$good")" $'^ok 1 - et.loop: 端口 7000 的字节都读了\n'
is 'all pass: status 0' "$(with '[a] complete\n' "$good" > /dev/null 2>&1; with 'packets toward :7000 with data\n[a] complete' "$good")" $'ok 1 - a: complete\n1..1'
is 'points are 1 by default' "$(printf 'packets toward :7000\n[a] lost = 0\n' | json "r['checks'][0]['points']" -)" 1

# Names.
like '--set wins over let' "$(with 'let n = 3\npackets toward :7000 with data\npackets = $n' "$good" --set n=4)" '^not ok'
like 'a let of a let' "$(with 'let a = 3\nlet b = $a\npackets toward :7000 with data\npackets = $b' "$good")" '^ok'
like 'a later let counts' "$(with 'let n = 4\nlet n = 3\npackets toward :7000 with data\npackets = $n' "$good")" '^ok'
like 'part of a word' "$(with 'let n = 20\npackets toward :7000 with data\nread = ${n}0' "$good")" '^ok'
bad() { refused "$1" 2 "$2" with "$3" "$good"; }
bad 'an unknown name' "input:2: '\\\$n': no such name: say it with 'let', or give it with --set" 'packets\n packets = $n'
bad 'let without a value' "give a name and a value, as in let port = 7000" 'let a =\npackets\ncomplete'
bad 'let without a name' "give a name and a value" 'let = 3\npackets\ncomplete'
bad 'a name that doubles itself' 'too long a line' "let a = 0123456789012345$(printf '\\nlet a = $a$a%.0s' {1..40})"
refused '--set without a value' 2 "--set n: give a name and a value, as in --set port=7000" check --set n grade.rules "$good"
refused '--set of no name' 2 '--set 1=2: give a name' check --set 1=2 grade.rules "$good"

# Files.
mkdir sub
printf 'packets toward :7000\n[inner] packets = 8\n' > sub/inner.rules
printf 'include inner.rules\n' > sub/outer.rules
like 'a file is looked for beside the one that includes it' "$(check sub/outer.rules "$good")" '^ok 1 - inner: '
printf 'include self.rules\n' > self.rules
refused 'a file that includes itself' 2 "self.rules:1: 'self.rules': too many files in each other" check self.rules "$good"
bad 'a file that is not there' "input:1: 'none.rules': No such file" 'include none.rules'
bad 'a folder' "'sub': " 'include sub'
bad 'include of nothing' 'give the file to include' 'include'
printf 'let a = 1\n' > lets.rules
refused 'a file without a check' 2 'lets.rules: no check in it' check lets.rules "$good"
is 'several files are one report' "$(check -q sub/inner.rules sub/outer.rules "$good" 2>&1 | head -n 1)" "rxpath: sub/inner.rules:2: 'inner': the id of sub/inner.rules:2, too: an id stands for one check"
printf 'packets\n[other] lost = 0\n' > other.rules
is 'in the order of the files' "$(check sub/inner.rules other.rules "$good" | sed 's/:.*//')" $'ok 1 - inner\nok 2 - other\n1..2'

# Ids and what belongs to them.
bad 'an id twice' "input:3: 'a': the id of standard input:2, too" 'packets\n[a] lost = 0\n[a] lost = 0'
bad 'an id without an end' "an id ends with ']'" 'packets\n[a lost = 0'
bad 'an id of other characters' 'an id is of letters' 'packets\n[a,b] lost = 0'
bad 'no id' 'an id is of letters' 'packets\n[ ] lost = 0'
bad 'points that are none' "'many': behind the id may stand its points, and hidden" 'packets\n[a many] lost = 0'
bad 'an id of nothing' "'a': an id stands before a check" 'packets\n[a]'
bad 'an id at a head' "'packets': begin with packets, flows" '[a] packets\ncomplete'
bad 'a hint without a check' 'say it behind a check that has an id' 'packets\nhint "x"'
bad 'a hint of a check without an id' 'say it behind a check that has an id' 'packets\ncomplete\nhint "x"'
bad 'two hints' 'this check has one already' 'packets\n[a] complete\nhint "x"\nhint "y"'
bad 'a hint without quotes' 'give it in quotes' 'packets\n[a] complete\nhint x'
bad 'half a hint' 'give it in quotes' 'packets\n[a] complete\nhint "x" | y'
bad 'a parent that is not there' "'b': give the id of a check that stands before it" 'packets\n[a] complete\nparent b'
bad 'a check as its own parent' 'give the id of a check that stands before it' 'packets\n[a] complete\nparent a'
bad 'a parent of what has no id' 'say it behind a check that has an id' 'packets\ncomplete\nparent a'

# The manual page: each example is one of this trace, or of what its comment says, and holds.
man=$here/../../man/rxpath-rules.5
mkdir man
awk '/^\.\\" example/ { how = $0; sub(/.*example */, "", how) }
	/^\.Ed/ && on { on = 0; close(file) }
	on { gsub(/\\\(aq/, "\x27"); gsub(/\\&/, ""); gsub(/\\e/, "\\"); print > file }
	/^\.Bd -literal/ { on = 1; file = sprintf("man/%02d.rules", ++n); print how > (file ".how"); close(file ".how"); how = "" }' "$man"
printf 'let port = 7000\n' > man/common.rules
for example in man/[0-9]*.rules; do
	read -ra how < "$example.how" || true
	trace=$good
	[ ${#how[@]} = 0 ] || { trace=$traces/${how[0]} && unset 'how[0]'; }
	ok "the manual page's example: $(sed -n '/^ *[^ #]/{p;q}' "$example")" check "${how[@]}" "$example" "$trace"
done
ok 'there are examples' [ -e man/02.rules ]

# Formats.
is 'JSON: schema, version, kernel, values' "$(json "r['schema'], r['version'], r['kernel'], r['values']" --set count=3 grade.rules)" \
	"rxpath-assert 1 6.1.0-56-amd64 {}"
is 'JSON: status of each' "$(json "[(c['id'], c['points'], c['hidden'], c['status']) for c in r['checks']]" --set count=3 grade.rules)" \
	"[('et.loop', 2, False, 'pass'), ('et.start', 1, False, 'pass'), ('et.child', 5, True, 'fail'), ('et.orphan', 1, False, 'skip')]"
is 'JSON: the title in both languages' "$(json "r['checks'][0]['title']" --set count=3 grade.rules)" \
	"{'en': 'every byte was read on port 7000', 'zh': '端口 7000 的字节都读了'}"
is 'JSON: what, and where it stands' "$(json "[r['checks'][0][k] for k in ('check', 'file', 'line')]" --set count=3 grade.rules)" \
	"['reads return 3x 200', 'grade.rules', 3]"
is 'JSON: what was found' "$(json "[r['checks'][2][k] for k in ('expected', 'found', 'packets', 'calls', 'command')]" --set count=3 grade.rules)" \
	"['never tcp_v4_rcv', 'came through tcp_v4_rcv', [4, 8, 10], [], 'rxpath tree --packet 4']"
like 'JSON: in one line' "$(json "r['checks'][2]['message']" --set count=3 grade.rules)" '^skb#4 .*: came through tcp_v4_rcv; and 2 more$'
is 'JSON: why it was skipped' "$(json "r['checks'][3]['reason']" --set count=3 grade.rules)" 'et.child did not pass'
is 'JSON: hints on request' "$(json "[c.get('hint') for c in r['checks'][:2]]" --hints --set count=4 grade.rules)" "[None, {'en': 'both', 'zh': 'both'}]"
is 'JSON: not unasked' "$(json "[c.get('hint') for c in r['checks'][:2]]" --set count=4 grade.rules)" "[None, None]"
printf 'packets toward :7000 with data\n[a] never tcp_v4_rcv\n hint "a \\"b\\" # $c" | "读"\n' > hint.rules
is 'JSON: a hint is as it stands in the file' "$(json "r['checks'][0]['hint']" --hints hint.rules)" "{'en': 'a \"b\" # \$c', 'zh': '读'}"
is 'JSON: a rule without an id has none' "$(printf 'packets\nlost = 0 -- none\n' | json "'id' in r['checks'][0], r['checks'][0]['title']['en']" -)" 'False none'
is 'JSON: the message is in the language' "$(json "r['checks'][3]['reason']" --lang zh --set count=3 grade.rules)" 'et.child 未通过'
is 'tap: its version' "$(check --format tap --set count=3 grade.rules "$good" | head -n 2)" $'TAP version 13\nok 1 - et.loop: every byte was read on port 7000'
check --format tap14 --hints --set count=4 grade.rules "$good" > out.tap || true
is 'tap14: version and plan' "$(head -n 2 out.tap)" $'TAP version 14\n1..4'
ok 'tap14: what was found is YAML' python3 - << 'PYTHON'
import re, json
text = open("out.tap", encoding="utf-8").read()
block = re.search(r"^not ok 2.*\n  ---\n((?:  .*\n)*?)  \.\.\.$", text, re.M).group(1)
# Its strings are those of JSON, too.
found = {key: json.loads(value) for key, value in re.findall(r"^  (\w+): (.*)$", block, re.M)}
assert found["id"] == "et.start" and found["points"] == 1 and found["line"] == 5, found
assert found["packets"] == [4, 8, 10] and found["hint"] == "both" and found["status"] == "fail", found
assert found["message"] == "packets = 4 does not hold: 3", found
PYTHON
ok 'prove reads tap' prove --exec "$rxpath assert --format tap sub/inner.rules" "$good"
check --format junit --set count=4 grade.rules "$good" > junit.xml || true
is 'junit: counts and cases' "$(python3 -c "
import xml.etree.ElementTree as e
s = e.parse('junit.xml').getroot()[0]
print(s.get('tests'), s.get('failures'), s.get('errors'), s.get('skipped'), [(c.get('classname'), [o.tag for o in c]) for c in s])")" \
	"4 1 0 2 [('grade.rules', []), ('grade.rules', ['failure']), ('grade.rules', ['skipped']), ('grade.rules', ['skipped'])]"
refused 'a format that is none' 2 '--format xml: give one of text, tap, tap14, json, junit' check --format xml grade.rules "$good"
is 'a trace that cannot be read: no TAP in JSON' "$(check --format json other.rules none.dat 2> /dev/null)" ''
done_testing
