#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Skeletons from solutions.
# shellcheck source=tests/labs/lib.sh
. "$(dirname "$0")/lib.sh"

skeleton() { awk -f "$top/labs/lib/skeleton" "$@"; }
cat > "$scratch/c" <<'C'
int f(void)
{
	/* LAB-BEGIN 1 "Count" "数" */
	return count();
	/* LAB-ELSE return 0; */
	/* LAB-END */
}
// LAB-BEGIN 2 "Two lines" "两行"
int g;
// LAB-ELSE int
// LAB-ELSE 	g;
// LAB-END
C
is 'C: all is to do' "$(skeleton "$scratch/c")" 'int f(void)
{
	/* TODO 1: Count */
	return 0;
}
// TODO 2: Two lines
int
	g;'
is 'in Chinese' "$(skeleton LANG=zh "$scratch/c" | grep TODO)" '	/* TODO 1: 数 */
// TODO 2: 两行'
is 'step 1 is solved' "$(skeleton FROM=2 "$scratch/c" | head -n 6)" 'int f(void)
{
	return count();
}
// TODO 2: Two lines
int'
is 'all is solved' "$(skeleton FROM=3 "$scratch/c" | tail -n 1)" 'int g;'
is 'how many steps' "$(skeleton STEPS=1 "$scratch/c")" 2
printf '%s\n' '# LAB-BEGIN 1 "Route" "路由"' 'ip route add x' '# LAB-ELSE' '# LAB-ELSE true' '# LAB-END' > "$scratch/sh"
is 'shell, with an empty line' "$(skeleton "$scratch/sh")" '# TODO 1: Route

true'
printf '%s\n' '<!-- LAB-BEGIN 1 "a" "b" -->' text '<!-- LAB-ELSE <p> -->' '<!-- LAB-END -->' > "$scratch/html"
is 'markup' "$(skeleton "$scratch/html")" '<!-- TODO 1: a -->
<p>'

bad() {
	printf '%s\n' "${@:3}" > "$scratch/bad"
	refused "$1" 1 "$2" skeleton "$scratch/bad"
}
bad 'no end' 'bad:1: no LAB-END of step 1' '# LAB-BEGIN 1 "a" "b"'
bad 'no begin' 'bad:2: LAB-END without' x '# LAB-END'
bad 'else outside' 'bad:1: LAB-ELSE without' '# LAB-ELSE x'
bad 'one in another' 'bad:2: LAB-BEGIN before the LAB-END of step 1' '# LAB-BEGIN 1 "a" "b"' '# LAB-BEGIN 2 "a" "b"'
bad 'no number' 'write LAB-BEGIN STEP' '# LAB-BEGIN one "a" "b"'
bad 'one language' 'write LAB-BEGIN STEP' '# LAB-BEGIN 1 "a"'
done_testing
