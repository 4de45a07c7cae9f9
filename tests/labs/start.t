#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# labs/lab: list, start, and wrong calls.
# shellcheck source=tests/labs/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit

list=$(lab list)
for conf in "$top"/labs/*/lab.conf; do
	name=$(basename "${conf%/lab.conf}")
	id=${name%%-*}
	like "$id is listed" "$list" "(^|"$'\n'")$id "
	for readme in README.md README.zh.md; do
		like "$id is in the table of labs/$readme" "$(cat "$top/labs/$readme")" "\[$id\]\($name/$readme\)"
	done
	for language in en zh; do
		ok "$id: start, in $language" lab start "$id" "$id-$language" --lang $language
		is "$id: no marker is left" "$(grep -rl 'LAB-' "$id-$language")" ''
		like "$id: something is to do" "$(cat "$id-$language"/*)" 'TODO 1'
		for source in "$id-$language"/*.c; do
			ok "$id: ${source##*/} compiles from the first minute" gcc -std=gnu11 -Wall -Wextra -Werror -pthread -o "$scratch/a.out" "$source"
		done
	done
	ok "$id: the texts of a lab" "$top/labs/lib/check" --static "$id"
	# Each step by itself is a program.
	steps=$(cat "$id-en"/* | grep -oE 'TODO [0-9]+' | sort -u | wc -l)
	for ((step = 2; step <= steps; step++)); do
		ok "$id: start --from $step" lab start "$id" "$id-$step" --from $step
		is "$id: the steps before $step are solved" "$(cat "$id-$step"/* | grep -oE 'TODO [0-9]+' | sort -u | head -n 1)" "TODO $step"
		for source in "$id-$step"/*.c; do
			ok "$id: ${source##*/} compiles" gcc -std=gnu11 -Wall -Wextra -Werror -pthread -o "$scratch/a.out" "$source"
		done
	done
done

for name in 13 L13 l13 13-level-and-edge level-and-edge 13-Level-And-Edge/; do
	ok "a lab goes by the name $name" lab start "$name" "name-${name%/}"
done
ok 'the default folder is named like the lab' lab start 13
ok 'which is there' [ -s 13-level-and-edge/lt.c ]
is 'the README speaks the language' "$(ls 13-zh/README*)" 13-zh/README.zh.md
is 'its links lead into the project' "$(grep -o '](../../[^)]*)' 13-en/README.md)" ''
like 'and there they are' "$(grep -o "]($top/docs/questions.md" 13-en/README.md)" questions
echo 'mine' > 13-en/lt.c
refused 'nothing is overwritten' 2 '13-en is there already' lab start 13 13-en
is 'not a byte' "$(cat 13-en/lt.c)" mine
touch a-file
refused 'not a file either' 2 'a-file is there already' lab start 13 a-file
ln -s nowhere a-link
refused 'nor a link' 2 'a-link is there already' lab start 13 a-link
refused 'a folder that cannot be made' 2 'cannot be made' lab start 13 no/such/folder

refused 'a lab that is none' 2 "no lab '12'; the nearest is 10-blocked-in-recv" lab start 12 x
refused 'a name with a slip' 2 'the nearest is 10-blocked-in-recv' lab start blocked-in-rcv x
refused 'B with another number' 2 'the nearest is B30-whose-fd' lab start B31 x
refused 'in Chinese' 2 '没有实验“12”；最接近的是 10-blocked-in-recv' lab --lang zh start 12 x
refused 'no lab' 2 'start which lab' lab start
refused 'no command' 2 'a command is missing' lab
refused 'a command that is none' 2 "no command 'strat'" lab strat 13
refused 'an option that is none' 2 "no option '--form'" lab start 13 x --form 2
refused 'a step that is none' 2 'lab 13 has the steps 1 to 4' lab start 13 x --from 5
refused 'a step that is no number' 2 'lab 13 has the steps 1 to 4' lab start 13 x --from two
refused 'step 0' 2 'lab 13 has the steps 1 to 4' lab start 13 x --from 0
refused 'two folders' 2 "one folder, not 'y' too" lab start 13 x y
refused 'a language that is none' 2 'give en or zh' lab --lang de list
refused 'grade: no folder' 2 'no such folder' lab grade 13 nowhere
refused 'grade: a format that is none' 2 'give text, tap' lab grade 13 13-en --format yaml
refused 'grade: a seed that is none' 2 'not a number' lab grade 13 13-en --seed x
refused 'show: nothing recorded' 2 'no recording yet' lab show 13 13-en
ok 'nothing of that is left' [ ! -e x ]

is 'the locale chooses the language' "$(LC_ALL=zh_CN.UTF-8 lab list 2> /dev/null)" "$(lab --lang zh list)"
is 'and LANGUAGE before it' "$(LANGUAGE=zh lab list)" "$(lab --lang zh list)"
is 'not in the locale C' "$(LC_ALL=C LANGUAGE=zh lab list)" "$list"
like 'help' "$(lab --help)" 'Usage: labs/lab list'
like 'help in Chinese' "$(lab --lang zh --help)" '用法'
is 'both helps have the same lines' "$(lab --help | grep -oE -- '--[a-z]+' | sort)" "$(lab --lang zh --help | grep -oE -- '--[a-z]+' | sort)"
done_testing
