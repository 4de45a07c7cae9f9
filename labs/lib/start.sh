# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# labs/lab start: a student's folder.

# steps_of LAB: how many steps its solution has.
steps_of() {
	local file steps most=0
	for file in "$1"/solution/*; do
		[ -f "$file" ] || continue
		steps=$(awk -f "$lib/skeleton" STEPS=1 "$file") || return
		[ "$steps" -le "$most" ] || most=$steps
	done
	echo "$most"
}

# make_skeleton LAB FROM FOLDER
make_skeleton() {
	local file
	for file in "$1"/solution/*; do
		[ -f "$file" ] || continue
		awk -f "$lib/skeleton" FROM="$2" LANG="$lang" "$file" > "$3/${file##*/}" || return
		[ ! -x "$file" ] || chmod +x "$3/${file##*/}"
	done
}

lab_start() {
	local from=1 dir='' steps readme
	[ $# -gt 0 ] || wrong "start which lab? See 'labs/lab list'" "要开始哪个实验？见 labs/lab list"
	find_lab "$1"
	shift
	while [ $# -gt 0 ]; do
		case $1 in
		--from)
			[ $# -ge 2 ] || wrong '--from needs the number of a step' '--from 需要一个步骤号'
			from=$2
			shift
			;;
		--from=*) from=${1#*=} ;;
		-*) wrong "start: no option '%s': see 'labs/lab --help'" "start 没有选项“%s”：见 labs/lab --help" "$1" ;;
		*)
			[ -z "$dir" ] || wrong "start: one folder, not '%s' too" "start：只能有一个文件夹，“%s”是多余的" "$1"
			dir=$1
			;;
		esac
		shift
	done
	load_lab /dev/null
	dir=${dir:-$(basename "$lab")}
	steps=$(steps_of "$lab") || exit 3
	if [[ ! $from =~ ^[0-9]{1,3}$ ]] || ((10#$from < 1 || 10#$from > steps)); then
		wrong '--from %s: lab %s has the steps 1 to %s' '--from %s：实验 %s 的步骤是 1 到 %s' "$from" "$id" "$steps"
	fi
	from=$((10#$from))
	if [ -e "$dir" ] || [ -L "$dir" ]; then
		wrong "%s is there already, and nothing of it is overwritten: name another folder" \
			"%s 已经存在，不会覆盖其中任何内容：请换一个文件夹" "$dir"
	fi
	# All of it or nothing: a folder half made could not be started again.
	work=$(mktemp -d "$(dirname "$dir")/.lab.XXXXXX" 2> /dev/null) ||
		wrong "%s cannot be made: name a folder where you may write" "无法创建 %s：请选择你可以写入的位置" "$dir"
	trap 'rm -rf "${work:-}"' EXIT
	make_skeleton "$lab" "$from" "$work" || exit 3
	readme=$lab/README.md
	[ "$lang" != zh ] || readme=$lab/README.zh.md
	# Its links lead into the project, wherever the folder is.
	sed "s|](\.\./\.\./|]($project/|g" "$readme" > "$work/${readme##*/}"
	printf 'lab=%s\nfrom=%s\n' "$id" "$from" > "$work/.lab"
	chmod 755 "$work"
	mv -T "$work" "$dir" 2> /dev/null || wrong '%s cannot be made' '无法创建 %s' "$dir"
	say 'Lab %s, %s: in %s' '实验 %s，%s：在 %s' "$id" "$(title)" "$dir"
	say '  read   %s' '  请读   %s' "$dir/${readme##*/}"
	say '  write  %s' '  要写   %s' "$(submitted | paste -sd' ')"
	say '  then   %s grade %s %s' '  然后   %s grade %s %s' "$me" "$id" "$dir"
}

# find_work DIR: sets dir, a student's folder of this lab.
find_work() {
	dir=$1
	if [ -z "$dir" ]; then
		dir=.
		grep -qsx "lab=$id" ./.lab || dir=$(basename "$lab")
	fi
	[ -d "$dir" ] || wrong "%s: no such folder: 'labs/lab start %s %s' makes it" \
		"%s：没有这个文件夹：labs/lab start %s %s 会创建它" "$dir" "$id" "$dir"
	dir=$(cd "$dir" && pwd -P)
}
