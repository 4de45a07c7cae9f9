#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Each line of docs/nic.md has its test, and each test its line.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit

# shellcheck disable=SC2016 # the backquotes are the document's
documented() { sed -nE 's/^\| `([a-z0-9]+(-[a-z0-9]+)*)` \|.*\|.*\|$/\1/p' docs/nic.md | sort; }
tested() { grep -l '^from qtest import' tests/device/*.t | while read -r test; do "$test" --list; done | sort; }
ok 'there are tests' [ "$(tested | wc -l)" -gt 50 ]
is 'no line without a test' "$(comm -23 <(documented) <(tested))" ''
is 'no test without a line' "$(comm -13 <(documented) <(tested))" ''
is 'no name twice' "$(tested | uniq -d)$(documented | uniq -d)" ''
done_testing
