#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# docs/glossary.md and its Chinese twin: the same terms, functions that are there, pictures that can be drawn.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$here/../.." || exit
# rows PAGE COLUMN...: of each term
rows() { awk -F' *[|] *' -v from="$2" -v to="${3:-$2}" 'NF == 6 && $2 !~ /^(term|术语|-+)$/ { out = ""; for (i = from; i <= to; i++) out = out $i " "; print out }' "$1"; }
en=docs/glossary.md zh=docs/glossary.zh.md
ok 'terms' [ "$(rows $en 2 | wc -l)" -gt 25 ]
is 'both pages have the same terms, functions and pictures, in the same order' "$(rows $en 2 2; rows $en 4 5)" "$(rows $zh 2 2; rows $zh 4 5)"
is 'no term twice' "$(rows $en 2 | sort | uniq -d)" ''
is 'every term is told in Chinese' "$(rows $zh 3 | LC_ALL=C.UTF-8 grep -cvP '\p{Han}')" 0
for term in ntc ntu tail DD doorbell descriptor NAPI budget softirq GRO backlog 'accept queue' 'receive queue' 'ready list'; do
	is "$term" "$(rows $en 2 | grep -cx "$term ")" 1
done
# Ours is in its file; the kernel's is a hook, and in the file that the hook table says.
missing=''
while read -r function file; do
	case $file in
	driver/* | userspace/* | tracepoints/*) grep -qE "^[a-z_].*\b$function\(" "$file" && continue ;;
	*) grep -A 1 "^RXPATH_HOOK($function," include/rxpath_hooks.h | grep -q "\"$file\"" && continue ;;
	esac
	missing+=" $function in $file"
done < <(rows $en 4 | tr -d '`()' | sed 's/ in / /')
is 'each function is where the page says' "$missing" ''
is 'each is seen in a view or by a command' \
	"$(comm -23 <(rows $en 5 | tr -d '` ' | sort -u) <( (printf '%s\n' "${views[@]}"; "$rxpath" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p') | sort -u))" ''
ok 'the README leads there' grep -q '(docs/glossary.md)' README.md
ok 'and to the Chinese page' grep -q '(docs/glossary.zh.md)' README.md
done_testing
