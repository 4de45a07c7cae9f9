#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The driver's tour names what there is: functions, files, registers, events.
# shellcheck disable=SC2016 # the backquotes are the document's
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
cd "$(dirname "$0")/../.." || exit
tour=driver/README.md

# The rows of the tour: function, file, registers, events.
rows() {
	perl -ne '@c = split /\|/; print "$1\t$2\t$c[4]\t$c[5]\n"
		if /^\| \d+ \|/ && $c[2] =~ /^ `(\w+)\(\)` in `([a-z.-]+)` $/' $tour
}
words() { grep -oE '\w+'; }

is 'the steps are numbered' "$(sed -nE 's/^\| ([0-9]+) \|.*/\1/p' $tour | paste -sd' ')" "$(seq -s' ' "$(rows | wc -l)")"
ok 'from probe' grep -q '^| 1 | `rxe_probe()`' $tour
missing=''
while IFS=$'\t' read -r function file _; do
	grep -qE "^[a-z].*\b$function\(" "driver/$file" || missing+=" $function in $file"
done < <(rows)
is 'each function is where the tour says' "$missing" ''
missing=''
while read -r register; do
	grep -qE "^#define RXE_$register(\(n\))?[[:space:]]" driver/regs.h || missing+=" $register"
done < <(rows | cut -f 3 | words | sort -u)
is 'each register is in regs.h' "$missing" ''
events() { sed -nE 's/^TRACE_EVENT\((\w+),/\1/p' driver/trace.h | sort; }
is 'each step'\''s event is in trace.h' "$(comm -23 <(rows | cut -f 4 | words | sort -u) <(events))" ''
table() { sed -nE 's/^\| `(\w+)` \| .*/\1/p' $tour | sort; }
is 'the table of events has them all, and no other' "$(table)" "$(events)"
missing=''
for event in $(events); do
	row=$(grep "^| \`$event\` |" $tour)
	while read -r field; do
		[[ $row == *"\`$field\`"* ]] || missing+=" $event.$field"
	done < <(sed -n "/^TRACE_EVENT($event,/,/^);/p" driver/trace.h | grep -oP '__field\(\w+, \K\w+' | grep -v ifindex)
done
is 'and all their fields' "$missing" ''
missing=''
for file in driver/*.[ch]; do
	[[ $file != *.mod.c ]] || continue
	grep -q "\`$(basename "$file")\`" $tour || missing+=" $file"
done
is 'every file of the driver is named' "$missing" ''
hooks() { sed -nE 's/^RXPATH_HOOK\((\w+),.*/\1/p' include/rxpath_hooks.h | sort; }
path() { sed -n '/^    napi_gro_receive/,/recv() returns/p' $tour | grep -oE '\b[a-z_0-9]+_[a-z_0-9]+' | sort -u; }
ok 'the stack'\''s functions are named' [ "$(path | wc -l)" -gt 10 ]
is 'and are hooks' "$(comm -23 <(path) <(hooks))" ''
# The participants of the diagrams are source files.
missing=''
while read -r function file; do
	grep -qE "^[a-z].*\b$function\(" "$file" || missing+=" $function in $file"
done < <(perl -0777 -ne 'print "$1 $2\n" while /RXPATH_HOOK\((rxe_\w+),[^)]*?"(driver\/[\w.-]+)"/gs' include/rxpath_hooks.h)
is 'the hook table has each function of the driver where it is' "$missing" ''
missing=''
while read -r event file; do
	grep -qE "\btrace_$event\(" "$file" || missing+=" $event in $file"
done < <(perl -0777 -ne 'print "$1 $2\n" while /KNOWN\(\w+, OURS, "(\w+)"[^)]*?"(driver\/[\w.-]+)"/gs' userspace/trace/kinds.c)
is 'and the reader each event' "$missing" ''
ok 'the README leads here' grep -q '(driver/README.md)' README.md
done_testing
