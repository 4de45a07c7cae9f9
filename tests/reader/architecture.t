#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# docs/architecture.md and the README name what there is: functions, files, rooms.
# shellcheck disable=SC2016 # the backquotes are the document's
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit
page=docs/architecture.md

# Function and file of each "`function()` in `file`".
named() { grep -hoE '`\w+\(\)` in `[a-z0-9/.-]+`' "$@" | tr -d '`()' | sed 's/ in / /'; }
missing=''
while read -r function file; do
	grep -qE "^[a-z_].*\b$function\(|^#define $function\(" "$file" || missing+=" $function in $file"
done < <(named $page README.md)
is 'each function is where the pages say' "$missing" ''
steps() { grep -E '^\| [0-9]+ \|' $page; }
is 'the steps are numbered' "$(steps | sed -E 's/^\| ([0-9]+) .*/\1/' | paste -sd' ')" "$(seq -s' ' "$(steps | wc -l)")"
ok 'from the ring' grep -q '^| 1 | `rxe_rx_clean()` in `driver/rx.c`' $page
is 'to the picture, each with its function' "$(steps | grep -cvE '^\| [0-9]+ \| `\w+\(\)` in `')" 0
rooms() { sed -nE 's/^userspace +//p' scripts/rooms | tr ' +' '\n' | grep -v '^\.$' | sort; }
is 'the picture has every room' "$(for room in $(rooms); do grep -qE "\\b$room(\\[|\\b.*\"$room/)" $page || echo "$room"; done)" ''
walked() { named $page | sed -nE 's,.* userspace/([a-z]+)/.*,\1,p' | sort -u; }
is 'the walk goes through every room' "$(comm -23 <(rooms) <(walked))" ''
for folder in driver tracepoints userspace; do
	ok "$folder/ has its README, and the page leads there" grep -q "(../$folder/README.md)" $page
done
missing=''
for file in tracepoints/*.[chS] tracepoints/classes-doc; do
	[[ $file != *.mod.c ]] || continue
	grep -q "\`$(basename "$file")\`" tracepoints/README.md || missing+=" $file"
done
is 'every file of the trace module is named' "$missing" ''
ok 'the README leads here' grep -q '(docs/architecture.md)' README.md
done_testing
