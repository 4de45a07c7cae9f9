# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# labs/lab grade: a run, and what it is worth.

# value_of NAME FILE: a number out of a file of values, which a student may have handed in.
value_of() { sed -n "s/^$1=\([0-9]\{1,9\}\)\$/\1/p" "$2" | head -n 1; }
# judge_job OUT RAN FAULT: writes OUT/result.json.
judge_job() {
	local out=$1 ran=$2 fault=$3 conf
	conf=$(mktemp)
	load_lab "$conf"
	if [ -z "$fault" ] && [ ! -e "$out/done" ] && [ "$ran" = 1 ]; then
		fault=$(t 'the recording failed: %s' '记录失败：%s' "$(tail -n 1 "$out/record.txt" 2> /dev/null)")
	fi
	local show=''
	[ -z "$ran" ] || [ "$out" != "${dir:-}/out" ] || show="$me show $id $dir"
	SHOW=$show FAULT=$fault RAN=$ran LAB_ID=$id TITLE_EN=$title_en TITLE_ZH=$title_zh ANSWERS=$answers NAMES=$answer_names \
		perl "$lib/judge" "$lab" "$out" "$conf" "$lang" "$hints" "$(reader_words)" "${trace:-$out/trace.dat}" > "$out/result.json" ||
		machine_fault 'the verdict could not be made: see above' '无法得出结果：见上'
	rm -f "$conf"
}

# Whose recording a file is, is said beside it by the run that made it.
lab_of_trace() {
	local folder
	folder=$(dirname "$1")
	[ ! -e "$folder/values" ] || sed -n 's/^lab=//p' "$folder/values"
}

# take_values FOLDER: what belongs to a recording. What the rules expect is drawn again from
# the seed, and not taken from a file that may have been written by hand.
take_values() {
	local name number
	cp -r "$1"/{verdicts,kernel,submission} "$out" 2> /dev/null || :
	seed=$(value_of seed "$1/values")
	draw_params "${seed:-0}" "$out/params"
	cp "$out/params" "$out/values"
	echo "programs=$programs" >> "$out/values"
	for name in $programs; do
		for name in "$name" "${name}_cpu"; do
			number=$(value_of "$name" "$1/values")
			echo "$name=${number:-0}" >> "$out/values"
		done
	done
}

lab_grade() {
	local of status=0 ran=1
	[ $# -gt 0 ] || wrong "grade which lab? See 'labs/lab list'" '要给哪个实验评分？见 labs/lab list'
	find_lab "$1"
	load_lab /dev/null
	take_options grade "${@:2}"
	if [ -n "$trace" ]; then
		[ -r "$trace" ] || wrong '%s: no such recording' '%s：没有这份记录' "$trace"
		[ -z "$dir" ] || wrong '--trace %s: it is judged alone, without the folder %s' '--trace %s：只评判记录，不需要文件夹 %s' "$trace" "$dir"
		of=$(lab_of_trace "$trace")
		[ -n "$of" ] || wrong "%s: beside it there is no file 'values', as 'labs/lab run' leaves it: name the trace.dat in an out/ folder" \
			'%s：旁边没有 labs/lab run 留下的 values 文件：请给出 out/ 文件夹里的 trace.dat' "$trace"
		[ "$of" = "$id" ] || wrong '%s is a recording of lab %s, not of %s' '%s 是实验 %s 的记录，不是实验 %s 的' "$trace" "$of" "$id"
		trace=$(cd "$(dirname "$trace")" && pwd -P)/$(basename "$trace")
		# What is left there is a run's: this verdict lies elsewhere.
		out=$(mktemp -d "${TMPDIR:-/tmp}/rxpath-lab.XXXXXX")
		take_values "$(dirname "$trace")"
		dir=$(dirname "$(dirname "$trace")")
		ran='' fault=''
		machine_ready reader
	else
		find_work "$dir"
		choose_out
		machine_ready
		kernel_ready "$kernel"
		make_job "$out" "$dir" "$seed"
		guest_run "$out" .
	fi
	judge_job "$out" "$ran" "$fault"
	perl "$lib/export" "$format" "$lang" < "$out/result.json" || status=$?
	[ -z "$trace" ] || rm -rf "$out"
	exit $status
}
