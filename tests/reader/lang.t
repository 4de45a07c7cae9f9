#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The reader's words in Chinese: all of them, in every output, in their place.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
top=$here/../..
zh() { "$rxpath" "$1" --lang zh "${@:2}"; }
# Function and field names of an output, whatever its language.
names() { grep -aoE '[a-z_0-9]+_[a-z_0-9]+' | sort -u; }
chinese() { LC_ALL=C.UTF-8 grep -qaP '\p{Han}'; }

# The catalog.
ok 'the texts can be collected' "$top/po/extract" "$scratch/rxpath.pot"
for catalog in "$top"/po/*.po; do
	ok "$(basename "$catalog"): every text is translated, none is left over" \
		bash -c "msgcmp '$catalog' '$scratch/rxpath.pot' && ! msgmerge --quiet --no-fuzzy-matching '$catalog' '$scratch/rxpath.pot' | grep '^#~'"
	ok "$(basename "$catalog"): formats, headers and line ends fit" \
		msgfmt --check-format --check-domain -o /dev/null "$catalog"
done
# What a translation must keep: options, file names and names with an underscore.
is 'options, names and numbers are as in the original' "$(python3 "$here/po-names.py" "$top/po/zh_CN.po" 2>&1)" ''

# The choice of the language.
first() { "$@" 2>&1 | head -n 1; }
unchosen() { env -u LC_ALL -u LANGUAGE -u LANG -u LC_MESSAGES "$@"; }
like '--lang zh' "$(first "$rxpath" --lang zh --help)" '^用法'
like '--lang after the command' "$(first "$rxpath" tree --help --lang zh)" '^用法'
like '--lang=zh' "$(first "$rxpath" --lang=zh tree --help)" '^用法'
like 'by LANG, whether or not that locale is installed' "$(LANG=zh_CN.UTF-8 first unchosen env LANG=zh_CN.UTF-8 "$rxpath" --help)" '^用法'
like 'LC_ALL before LANG' "$(first unchosen env LC_ALL=C.UTF-8 LANG=zh_CN.UTF-8 "$rxpath" --help)" '^Usage'
like 'LANGUAGE before both' "$(first unchosen env LANGUAGE=fr:zh_CN:en LANG=C.UTF-8 "$rxpath" --help)" '^用法'
like 'but not in the locale C' "$(first unchosen env LANGUAGE=zh_CN LANG=C "$rxpath" --help)" '^Usage'
like '--lang en before all' "$(first unchosen env LANGUAGE=zh_CN LANG=zh_CN.UTF-8 "$rxpath" --lang en --help)" '^Usage'
like 'Chinese in the locale C, if it is asked for' "$(LC_ALL=C zh stats "$traces/gro-off.dat")" '^阶段'
like 'a command that is recorded keeps its own --lang' "$(first "$rxpath" record -- true --lang zh)" '^rxpath: record: [a-z]'
refused 'a language that is none' 2 '--lang fr: give one of en, zh' "$rxpath" tree --lang fr "$traces/gro-off.dat"
: > "$scratch/empty.dat"
refused 'errors, too' 1 '^rxpath: .*：空文件：请用' "$rxpath" tree --lang zh "$scratch/empty.dat"

# Whatever locales there are: where the one that is named is not, and with C.UTF-8 as glibc 2.36 has it, and 2.41.
cc -shared -fPIC -o "$scratch/newer.so" "$here/setlocale.c"
mkdir "$scratch/empty"
for libc in own newer; do
	preload=()
	[ $libc = own ] || preload=(LD_PRELOAD="$scratch/newer.so")
	for setting in TZ=UTC LANG=C LC_ALL=POSIX LANG=C.UTF-8 LC_ALL=C.UTF-8 LC_ALL=en_US.UTF-8 LANG=xx_YY.utf8 LC_ALL=de_DE.ISO-8859-1 \
		LC_CTYPE=UTF-8 LANGUAGE=de:fr LOCPATH="$scratch/empty"; do
		set -- unchosen env "${preload[@]}" "$setting" "$rxpath"
		like "$libc libc, $setting: help" "$("$@" --lang zh tree --help)" $'^用法：[^\n]*\n.*选项'
		ok "$libc libc, $setting: a picture" cmp <("$@" diagram --lang zh --format svg "$traces/gro-off.dat") \
			<("$rxpath" diagram --lang zh --format svg "$traces/gro-off.dat")
		like "$libc libc, $setting: an error" "$("$@" tree --lang zh "$scratch/empty.dat" 2>&1)" '：空文件：请用'
		like "$libc libc, $setting: English again" "$(first "$@" --lang en tree --help)" '^Usage: '
	done
done
text() { unchosen env "$@" "$rxpath" diagram --width 100 "$traces/gro-off.dat"; }
for setting in LC_ALL=en_US.UTF-8 LANG=xx_YY.utf8 LC_CTYPE=UTF-8; do
	is "$setting: UTF-8, whether or not that locale is installed" "$(text "$setting")" "$(text LC_ALL=C.UTF-8)"
done

# Every output.
for command in record tree diagram export stats hooks assert query; do
	help=$(zh $command --help)
	ok "help of $command" chinese <<< "$help"
	is "help of $command has the same options" "$(grep -o -- '--[a-z]*' <<< "$help" | sort -u)" \
		"$("$rxpath" $command --help | grep -o -- '--[a-z]*' | sort -u)"
done
for args in 'tree' 'diagram --view all' 'diagram --view all --level calls --format mermaid' 'diagram --view tcp-recv --format svg' \
	'diagram --view epoll-ctl --level calls' 'diagram --view nic-ip --level calls --format html' 'stats' 'export --format html' \
	'export --format pcapng'; do
	# Words with blanks in them are meant.
	# shellcheck disable=SC2086
	zh $args "$traces/gro-off.dat" > "$scratch/zh"
	# shellcheck disable=SC2086
	"$rxpath" $args "$traces/gro-off.dat" > "$scratch/en"
	ok "$args is in Chinese" chinese < "$scratch/zh"
	is "$args has the same names in both languages" "$(names < "$scratch/zh")" "$(names < "$scratch/en")"
	[[ $args = *pcapng ]] || is "$args speaks no English sentence" \
		"$(grep -oE '\b(wakes|returns|bytes|complete|after|since|softirq done|hard interrupt|packets per|sleeps|hangs|joined|was|with|which)\b' "$scratch/zh" | sort -u)" ''
done
for format in json csv folded perfetto; do
	is "$format is for programs: the same in every language" \
		"$(zh export --format "$format" "$traces/gro-off.dat" | md5sum)" \
		"$("$rxpath" export --format "$format" "$traces/gro-off.dat" | md5sum)"
done

# In its place.
for width in 40 80 133; do
	widest=$(zh diagram --view epoll-wake --level calls --width $width "$traces/gro-off.dat" | wc -L)
	ok "Chinese text at $width columns is no wider" test "$widest" -le $width
done
for view in "${views[@]}"; do
	"$rxpath" diagram --lang zh --view "$view" --format svg -o "$scratch/x.svg" "$traces/init.dat"
	ok "$view in Chinese is drawn by a renderer" rsvg-convert -o "$scratch/x.png" "$scratch/x.svg"
done
is 'columns of stats stand under their heads' "$(zh stats "$traces/gro-off.dat" | head -n 13 | python3 -c '
import sys, unicodedata
ends = set()
for line in sys.stdin.read().splitlines():
    columns = ""
    for c in line: columns += c + ("\0" if unicodedata.east_asian_width(c) in "WF" else "")
    ends.add(len(columns[:69].rstrip(" ")))
print(sorted(ends))')" '[69]'

# A locale whose numbers have a comma.
mkdir "$scratch/locales"
localedef -i de_DE -f UTF-8 "$scratch/locales/de_DE.UTF-8" 2> /dev/null
is 'coordinates are the same where numbers have a comma' \
	"$(LOCPATH=$scratch/locales LC_ALL=de_DE.UTF-8 "$rxpath" diagram --format svg "$traces/gro-off.dat" | md5sum)" \
	"$("$rxpath" diagram --format svg "$traces/gro-off.dat" | md5sum)"
done_testing
