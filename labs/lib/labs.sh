# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Which labs there are, what each says of itself in its lab.conf, and the numbers
# that a run draws from its seed.

all_labs() {
	local conf
	for conf in "$labs"/*/lab.conf; do
		[ ! -e "$conf" ] || basename "${conf%/lab.conf}"
	done
}
# Its id is the folder's name up to the first '-': 13, B30.
lab_id() { echo "${1%%-*}"; }

# Whatever a student may call a lab, in one spelling: l13, L13 and 13 are the same.
plain_name() {
	local name=${1,,}
	name=${name%/}
	name=${name##*/}
	[[ ! $name =~ ^l([0-9].*)$ ]] || name=${BASH_REMATCH[1]}
	[[ ! $name =~ ^[0-9]$ ]] || name=0$name
	echo "$name"
}
# find_lab NAME: sets lab, its folder; a wrong name gets the nearest.
find_lab() {
	local wanted name
	wanted=$(plain_name "$1")
	while read -r name; do
		case $wanted in
		"${name,,}" | "$(plain_name "$(lab_id "$name")")" | "${name#*-}")
			lab=$labs/$name
			return
			;;
		esac
	done < <(all_labs)
	wrong "no lab '%s'; the nearest is %s (see 'labs/lab list')" "没有实验“%s”；最接近的是 %s（见 labs/lab list）" \
		"$1" "$(nearest_lab "$wanted")"
}
nearest_lab() {
	while read -r name; do
		echo "$name ${name,,} $(plain_name "$(lab_id "$name")") ${name#*-}"
	done < <(all_labs) | awk -v wanted="$1" '
		function min(a, b) { return a < b ? a : b }
		function distance(a, b,    i, j, d) {
			for (j = 0; j <= length(b); j++) d[0, j] = j
			for (i = 1; i <= length(a); i++) {
				d[i, 0] = i
				for (j = 1; j <= length(b); j++)
					d[i, j] = min(min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (substr(a, i, 1) != substr(b, j, 1)))
			}
			return d[length(a), length(b)]
		}
		{
			for (i = 2; i <= NF; i++) {
				d = distance(wanted, $i) / length($i)
				if (best == "" || d < least) { least = d; best = $1 }
			}
		}
		END { print best }'
}

# A lab.conf is a script that calls these.
#
# check ID POINTS ENGLISH CHINESE: one that the run judges, not the trace
# answer KEY POINTS EXPRESSION ENGLISH CHINESE: of the file of answers; EXPRESSION is
#   the right value, of what the run draws and of the values of the rules
check() { printf 'check\t%s\t%s\t%s\t%s\n' "$@" >> "$conf_out"; }
answer() { printf 'answer\t%s\t%s\t%s\t%s\t%s\n' "$@" >> "$conf_out"; }
# In params(): draw NAME LOW HIGH, derive NAME VALUE.
draw() {
	random_state=$(((random_state * 1103515245 + 12345) & 0x7fffffff))
	derive "$1" $(($2 + (random_state >> 8) % ($3 - $2 + 1)))
}
derive() {
	printf -v "$1" %s "$2"
	printf '%s=%s\n' "$1" "$2" >> "$params_out"
}
# draw_port NAME: one that no other of this run has.
draw_port() {
	draw "$1" 0 399
	next_port=$((${next_port:-20000} + 400))
	sed -i '$d' "$params_out"
	derive "$1" $((next_port + ${!1}))
}
# repeat TIMES WORDS: "3x 2, 1" becomes itself, so many times, with commas between.
repeat() {
	local i all=''
	for ((i = 0; i < $1; i++)); do all+="${all:+, }$2"; done
	echo "$all"
}

# load_lab: what lab.conf says, into variables; its checks into the file $1.
load_lab() {
	conf_out=$1
	title_en='' title_zh='' level=1 minutes=1 needs='' kernels='' programs='' answers='' answer_names='' extra=''
	params() { :; }
	: > "$conf_out"
	# shellcheck source=/dev/null
	. "$lab/lab.conf"
	id=$(lab_id "$(basename "$lab")")
}
# draw_params SEED FILE
draw_params() {
	random_state=$1 params_out=$2 next_port=''
	printf 'lab=%s\nseed=%s\n' "$id" "$1" > "$params_out"
	# Neighbouring seeds would begin alike.
	random_state=$(((random_state * 2654435761 + 97) & 0x7fffffff))
	params
}
submitted() {
	local program
	for program in $programs; do echo "$program.c"; done
	[ -z "$answers" ] || echo "$answers"
}
title() { if [ "$lang" = zh ]; then echo "$title_zh"; else echo "$title_en"; fi; }

list_labs() {
	local name stars
	for name in $(all_labs); do
		lab=$labs/$name
		load_lab /dev/null
		stars=$(printf '*%.0s' $(seq "$level"))
		printf '%-5s %-4s %s  %s\n' "$id" "$stars" "$(t '%s min' '%s 分钟' "$minutes")" "$(title)"
	done
}
