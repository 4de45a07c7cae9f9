#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# docs/hooks.md says what the table of hooks says, docs/tracepoints.md what the classes do.
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
fields=$(tracepoints/classes-doc)
is "the classes' fields can be told" $? 0
ok 'docs/tracepoints.md has the table that tracepoints/classes-doc makes: else run tracepoints/classes-doc --update' \
	diff <(sed -n '/^| class | fields/,/^$/{ /^| `/p }' docs/tracepoints.md) - <<< "$fields"
is 'include/rxpath_class_list.h has every class: else run make' \
	"$(sed -n 's/^#include "\(.*\)"$/\1/p' include/rxpath_class_list.h)" \
	"$(cd include && LC_ALL=C ls classes/*.h)"
# What one class tells is in its text, too: a field that is not printed is none for trace-cmd and KernelShark.
is 'every field of a class is in its text' "$(for file in include/classes/*.h; do
	gcc -E -P -xc - <<< "#define RXPATH_CLASS(class, ...) @class RXPATH_##class##_PRINT RXPATH_##class##_FIELDS(FIELD)
#define RXPATH_CLASS_AS RXPATH_CLASS
#include \"$file\"" | tr '\n' ' ' | sed 's/@/\n/g' | awk '
		NF {
			class = $1
			text = $0
			sub(/FIELD\(.*/, "", text)
			while (match($0, /FIELD\([A-Z0-9_]+, *[a-z0-9_]+/)) {
				name = substr($0, RSTART, RLENGTH)
				$0 = substr($0, RSTART + RLENGTH)
				if (name ~ /ID_GONE/)
					continue
				sub(/.*, */, "", name)
				if (text !~ "__entry->" name "[^a-z0-9_]")
					print class "." name
			}
		}'
done)" ''
done_testing
