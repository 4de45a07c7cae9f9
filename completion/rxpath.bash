# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion for bash: commands, options, their values, files. The program itself
# is asked for all of them, so that there is no second list to keep.

_rxpath_options() {
	"$1" ${2:+"$2"} --help 2> /dev/null | grep -oE '^ +(-., )?--[a-z]+' | grep -oE -- '--[a-z]+'
}

_rxpath_commands() { "$1" --help 2> /dev/null | sed -n 's/^  \([a-z]\+\)  .*/\1/p'; }

# An option refuses an empty value with the list of those that it takes.
_rxpath_values() {
	"$1" ${2:+"$2"} --lang en "$3" '' 2>&1 | sed -n 's/.*give one of //p' | tr -d ,
}

_rxpath() {
	local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local command='' words='' commands i

	COMPREPLY=()
	commands=$(_rxpath_commands "$program" | tr '\n' ' ')
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--)
			# What is recorded is another program.
			[ "$command" = record ] || break
			if [ "$i" = $((COMP_CWORD - 1)) ]; then
				mapfile -t COMPREPLY < <(compgen -c -- "$word")
			else
				mapfile -t COMPREPLY < <(compgen -f -- "$word")
			fi
			return
			;;
		*) [[ " $commands" != *" ${COMP_WORDS[i]} "* ]] || command=${COMP_WORDS[i]} ;;
		esac
	done
	# "--view=x" is three words, "=" being one that parts them.
	if [ "$before" = = ]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	elif [ "$word" = = ]; then
		word=''
	fi
	case $before in
	-v) before=--view ;;
	-f) before=--format ;;
	-l) before=--level ;;
	-t) before=--theme ;;
	-o) before=--output ;;
	-P) before=--pcap ;;
	esac
	case $before in
	--view | --format | --level | --theme | --lang)
		words=$(_rxpath_values "$program" "$command" "$before")
		;;
	--output | --pcap)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--packet | --flow | --pid | --from | --to | --width | --buffer | --set) return ;;
	*)
		if [[ $word = -* ]]; then
			words=$(_rxpath_options "$program" "$command")
		elif [ -z "$command" ]; then
			words=$commands
		elif [ "$command" != record ] && [ "$command" != hooks ]; then
			mapfile -t COMPREPLY < <(compgen -f -- "$word")
			return
		fi
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o filenames -F _rxpath rxpath
