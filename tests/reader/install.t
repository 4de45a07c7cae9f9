#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Comfort: installing, manual pages, completion, colour, a bar on long input.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
top=$(cd "$here/../.." && pwd -P)
commands=(record tree diagram export stats index hooks assert query)

# Installing, into a folder that stands for /.
make() { command make -s -C "$top" "$@" > "$scratch/make.log" 2>&1; }
root=$scratch/root
touch "$scratch/before"
mkdir -p "$root/usr/share/man/man1"
echo theirs > "$root/usr/share/man/man1/other.1"
ok 'make install' make install DESTDIR="$root" prefix=/usr
installed=$root/usr/bin/rxpath
is 'nothing outside DESTDIR' "$(find /usr/bin /usr/share/man /usr/share/locale -name '*rxpath*' -newer "$scratch/before" 2> /dev/null)" ''
ok 'the installed reader runs' "$installed" --help
is 'and draws the same' "$("$installed" diagram --format svg "$traces/gro-off.dat" | md5sum)" \
	"$("$rxpath" diagram --format svg "$traces/gro-off.dat" | md5sum)"
like 'it speaks Chinese from where it lies' "$("$installed" --lang zh --help)" '^用法'
for file in share/man/man1/rxpath.1 share/man/man1/rxpath-assert.1 share/man/man5/rxpath-rules.5 \
	share/bash-completion/completions/rxpath share/locale/zh_CN/LC_MESSAGES/rxpath.mo share/doc/rxpath/README.md \
	share/doc/rxpath/trace-schema.json; do
	ok "installs $file" test -s "$root/usr/$file"
done
ok 'man finds the page' bash -c "MANPATH='$root/usr/share/man' man -w rxpath-assert | grep -q rxpath-assert"
ok 'make uninstall' make uninstall DESTDIR="$root" prefix=/usr
is 'removes all that it installed, and nothing else' "$(find "$root" -type f -printf '%P\n')" usr/share/man/man1/other.1
is 'not even an own folder stays' "$(find "$root" -name '*rxpath*')" ''
refused 'a prefix that cannot be written' 1 'cannot be written: be root' \
	env DESTDIR=/proc/nowhere "$top/scripts/install"
ok 'the modules, for their kernel' make modules_install DESTDIR="$root"
is 'both of them' "$(find "$root/lib/modules" -name 'rxpath*.ko*' -printf '%f\n' | sed 's/\.ko.*//' | sort | tr '\n' ' ')" 'rxpath rxpath_e1000 '

# Manual pages: clean, and they name what --help names.
for page in "$top"/man/*.[0-9]; do
	name=${page##*/}
	is "$name: mandoc has nothing to say" "$(mandoc -T lint -W warning "$page" 2>&1)" ''
	is "$name: nor has groff" "$(groff -mdoc -Tutf8 -ww -z "$page" 2>&1)" ''
done
help_options() { "$rxpath" "$@" --help | sed -nE 's/^ +((-.), )?(--[a-z]+).*/\2 \3/p' | tr ' ' '\n' | grep . | sort; }
page_options() { mandoc -T ascii "$top/man/$1.1" | col -b | sed -nE '/^OPTIONS/,/^[A-Z]/p; /^OPTIONS/,$p' |
	sed -nE 's/^     (-[^ -]), (--[a-z]+).*/\1\n\2/p; s/^     (--[a-z]+).*/\1/p' | sort -u; }
for command in "${commands[@]}"; do
	ok "$command has a page" test -s "$top/man/rxpath-$command.1"
	is "$command: the page says what the exit status means, and gives examples" \
		"$(grep -cE '^\.Sh (EXIT STATUS|EXAMPLES)$' "$top/man/rxpath-$command.1")" 2
	like "$command: so does --help" "$("$rxpath" "$command" --help)" $'\n  rxpath '"$command"
	is "$command: page and --help name the same options" "$(page_options "rxpath-$command")" "$(help_options "$command" | sort -u)"
done
is 'rxpath: page and --help name the same options' "$(page_options rxpath)" "$(help_options | sort -u)"
is 'and the same commands' "$(grep -o '^\.It Xr rxpath-[a-z]*' "$top/man/rxpath.1" | sed 's/.*-//' | sort)" \
	"$("$rxpath" --help | sed -n 's/^  \([a-z]\+\)  .*/\1/p' | sort)"
# What may be chosen is one table in the program: its errors, its help and the pages list the same.
page_has() { grep -qE "^\.(It )?Cm (.*, Cm )?$2( |\$)" "$top/man/$1"; }
for option in 'diagram --view' 'diagram --format' 'diagram --level' 'diagram --theme' 'export --format' 'assert --format'; do
	# shellcheck disable=SC2086 # two words
	names=$(choices $option)
	ok "$option: there is something to choose" test -n "$names"
	for name in $names; do
		ok "rxpath-${option%% *}(1) has $option $name" page_has "rxpath-${option%% *}.1" "$name"
	done
	is "$option: --help has the same names" "$(for name in $names; do "$rxpath" "${option%% *}" --help | grep -cwe "$name" | sed 's/^[1-9].*/there/'; done | sort -u)" there
done
printf 'packets\nnothing-of-that-name\n' > "$scratch/no.rules"
checks=$("$rxpath" assert "$scratch/no.rules" "$traces/gro-off.dat" 2>&1 | sed -n 's/.*give one of //p' | tr -d ,)
like 'checks: there is something to choose' "$checks" '^path '
for word in $checks flow toward with pid packet from to incomplete; do
	ok "rxpath-rules(5) describes $word" grep -qE "^\.It Cm (.*, Cm )?$word( |\$)" "$top/man/rxpath-rules.5"
done

# Completion, as bash drives it.
# shellcheck source=completion/rxpath.bash
. "$top/completion/rxpath.bash"
complete_words() {
	COMP_WORDS=("$rxpath" "$@")
	COMP_CWORD=$#
	_rxpath
	echo "${COMPREPLY[*]}"
}
is 'commands' "$(complete_words '')" 'record tree diagram export stats index hooks assert query'
is 'a command' "$(complete_words d)" diagram
for command in "${commands[@]}"; do
	is "options of $command" "$(complete_words "$command" -- | tr ' ' '\n' | sort)" "$(help_options "$command" | grep '^--' | sort)"
done
is 'an option' "$(complete_words tree --pa)" --packet
is 'views' "$(complete_words diagram --view '')" "${views[*]}"
is 'a view, short' "$(complete_words diagram -v ep)" 'epoll-ctl epoll-wake'
is 'a view behind =' "$(complete_words diagram --view = tc)" tcp-recv
is 'formats of diagram' "$(complete_words diagram --format '')" 'mermaid svg text html'
is 'formats of export' "$(complete_words export -f p)" 'perfetto pcapng'
is 'levels' "$(complete_words diagram --level '')" "$("$rxpath" diagram --level x 2>&1 | sed 's/.*one of //; s/,//g')"
is 'languages' "$(complete_words tree --lang '')" 'en zh'
is 'languages before the command' "$(complete_words --lang z)" zh
is 'files' "$(complete_words stats "$traces/gro")" "$traces/gro-off.dat $traces/gro-on.dat"
like 'what to record' "$(complete_words record -- tru)" '(^| )true( |$)'
is 'nothing to complete' "$(complete_words tree --packet '')" ''

# Colour, where it is wanted alone.
tty() { "$here/terminal.py" "$1"; }
like 'a terminal is coloured' "$(NO_COLOR='' TERM=xterm tty "$rxpath tree --packet 6 $traces/gro-off.dat")" $'\033'
is 'unless NO_COLOR is set' "$(NO_COLOR=1 TERM=xterm tty "$rxpath tree --packet 6 $traces/gro-off.dat" | grep -c $'\033')" 0
is 'or the terminal has none' "$(NO_COLOR='' TERM=dumb tty "$rxpath diagram $traces/gro-off.dat" | grep -c $'\033')" 0

# A bar while a long trace is read, where someone sees it.
trace-cmd convert --file-version 6 --compression none -i "$traces/merge.dat" -o "$scratch/v6.dat" > /dev/null 2>&1
"$here/repeat-trace" "$scratch/v6.dat" "$scratch/long.dat" 300000 > /dev/null
# How long the machine takes is not asked: the bar comes at once.
bar=$(RXPATH_PROGRESS=now tty "$rxpath stats $scratch/long.dat 2>&1 > $scratch/stats")
like 'a bar on the terminal' "$bar" $'\r[^\r]*long.dat █+░+ +[0-9]+ %'
is 'it only grows' "$(grep -oE '[0-9]+ %' <<< "$bar" | sort -nc 2>&1)" ''
like 'and is wiped' "$bar" $'\r\033\\[K[\r\n]*$'
is 'what it hides is the same' "$(md5sum < "$scratch/stats")" "$("$rxpath" stats "$scratch/long.dat" 2> "$scratch/err" | md5sum)"
is 'no bar into a file' "$(cat "$scratch/err")" ''
is 'none for who wants none' "$(RXPATH_PROGRESS=never tty "$rxpath stats $scratch/long.dat 2>&1 > $scratch/stats")" ''
is 'nor between the lines of an output' "$(RXPATH_PROGRESS=now tty "$rxpath export --format csv $scratch/long.dat" | grep -c ' %')" 0
# A busy machine may take half a second for it now and then.
for _ in 1 2 3 4 5; do
	bar=$(tty "$rxpath tree --packet 1 $traces/gro-off.dat 2>&1 > /dev/null")
	[ -n "$bar" ] || break
done
is 'nor for a short trace' "$bar" ''
done_testing
