#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# docs/hooks.md says what the table of hooks says.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.sh
. tests/tap.sh
made=$(scripts/hooks-doc)
is 'the page can be made' $? 0
ok 'docs/hooks.md is what scripts/hooks-doc makes: else run scripts/hooks-doc > docs/hooks.md' \
	diff docs/hooks.md - <<< "$made"
for series in 6.1 6.12 7.2; do
	is "each event of $series is in the table" "$(sed 1d "docs/hooks/$series.tsv" | cut -f 1 | while read -r event; do
		grep -q "^| .$event. " docs/hooks.md || echo "$event"
	done)" ''
done
done_testing
