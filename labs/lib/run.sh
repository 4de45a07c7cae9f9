# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# From a student's folder to a recording: what the machine needs, what goes into the
# guest, and what may have gone wrong on the way. Nothing of a student's is run here.

# The root that the guest stands on, and where what is built for it lies.
on_root() {
	guest_root=${RXPATH_ROOT-unset}
	[ "$guest_root" != unset ] || guest_root=$("$project/scripts/root" --default)
	build=$project
	[ -z "$guest_root" ] || build=$("$project/scripts/root" --build-folder "$guest_root") ||
		machine_fault 'no root: see above' '没有可用的根文件系统：见上'
}
rxpath() {
	if [ -n "$guest_root" ]; then
		"$project/scripts/root" --run --bind "$out" "$guest_root" "$build/userspace/rxpath" "$@"
	else
		"$build/userspace/rxpath" "$@"
	fi
}
# The words of the command that judges, a line each; in a root it is run there.
reader_words() {
	[ -z "$guest_root" ] || printf '%s\n' "$project/scripts/root" --run --bind "$out" "$guest_root"
	echo "$build/userspace/rxpath"
}

# machine_ready [reader]: built and installed, by the project's own means; said only
# when something is to be done, which takes minutes.
machine_ready() {
	local log need targets=(labs)
	on_root
	log=$(mktemp)
	local needed=("$build/userspace/rxpath")
	[ "${1-}" = reader ] || needed+=("$build"/{driver/rxpath_e1000.ko,tracepoints/rxpath.ko,labs/peer/talk})
	[ "${1-}" = reader ] && targets=(userspace)
	for need in "${needed[@]}" ${1:+"$(command -v perl)"}; do
		[ ! -e "$need" ] || continue
		tell 'Building what the labs need; the first time takes some minutes.' '正在构建实验所需的程序；第一次需要几分钟。'
		make -C "$project" ROOT="$guest_root" "${targets[@]}" > "$log" 2>&1 || {
			tail -n 20 "$log" >&2
			rm -f "$log"
			machine_fault "'make %s' failed: see above" 'make %s 失败：见上' "${targets[*]}"
		}
		break
	done
	rm -f "$log"
	command -v qemu-system-x86_64 > /dev/null || [ "${1-}" = reader ] || [ -n "$guest_root" ] ||
		"$project/scripts/deps" demo >&2 || machine_fault 'no QEMU: see above' '没有 QEMU：见上'
}
kernel_ready() {
	local series=$1 version
	[ -n "$series" ] || return 0
	"$project/scripts/kernel" "$series" > /dev/null 2>&1 || "$project/scripts/kernel-root" "$series" >&2 ||
		wrong 'no kernel %s: see above' '没有内核 %s：见上' "$series"
	version=$(basename "$("$project/scripts/kernel" "$series")")
	[ "$version" = "$("$project/scripts/kernel" --default)" ] || [ -e "$project/build/$version/tracepoints/rxpath.ko" ] ||
		"$project/scripts/modules" "$series" >&2 || machine_fault 'no modules for kernel %s: see above' '无法为内核 %s 构建模块：见上' "$series"
}

# take_submission FROM INTO: the files that are asked for, and no others; not what a
# link leads to, and not a gigabyte.
take_submission() {
	local from=$1 into=$2 name
	rm -rf "$into"
	mkdir -p "$into" || machine_fault '%s cannot be written' '无法写入 %s' "$into"
	for name in $(submitted) $extra; do
		[ -f "$from/$name" ] && [ ! -L "$from/$name" ] || continue
		[ "$(stat -c %s "$from/$name")" -le 1048576 ] || {
			tell '%s is larger than 1 MiB: it is left out' '%s 超过 1 MiB，已忽略' "$name"
			continue
		}
		cp --no-preserve=all "$from/$name" "$into/$name"
	done
}

# make_job JOB FROM SEED: a folder as the guest wants it.
make_job() {
	mkdir -p "$1"
	rm -rf "$1"/{done,trace.dat,verdicts,values,peer.txt,peer.err,record.txt,result.json,params,kernel,jobs,guest.log,console.log}
	take_submission "$2" "$1/submission"
	draw_params "$3" "$1/params"
	echo "programs=$programs" >> "$1/params"
}

# guest_run OUT JOB...: the jobs, folders below OUT, in one guest. Sets fault, when it
# is the machine's.
guest_run() {
	local out=$1 status=0 arguments
	shift
	printf '%s\n' "$@" > "$out/jobs"
	# shellcheck disable=SC2206 # words of the lab's own
	arguments=(${guest_options-})
	[ -z "${kernel:-}" ] || arguments+=(--kernel "$kernel")
	"$project/qemu/run" --out "$out" --timeout "${guest_timeout:-300}" "${arguments[@]}" -- \
		bash "$lib/guest/inside" > "$out/guest.log" 2>&1 || status=$?
	fault=''
	case $status in
	0) ;;
	124) fault=$(t 'the guest did not finish in time' '虚拟机未能按时完成') ;;
	125) fault=$(t 'the guest ended early: %s' '虚拟机提前结束：%s' "$(crash_line "$out")") ;;
	*) fault=$(t 'the guest failed: %s' '虚拟机出错：%s' "$(tail -n 1 "$out/guest.log")") ;;
	esac
}
crash_line() { grep -aom 1 -E '(BUG|Oops|Kernel panic|general protection fault|Out of memory)[^\r]*' "$1/console.log" || tail -n 1 "$1/guest.log"; }

# Where a run of the folder $dir is put: its out/, or elsewhere where that is read-only.
choose_out() {
	out=$dir/out
	# What was handed in may lead elsewhere, or wait for ever: a link, a pipe.
	[ ! -L "$out" ] || rm -f "$out"
	[ ! -d "$out" ] || find "$out" ! -type f ! -type d -delete
	if ! mkdir -p "$out" 2> /dev/null || [ ! -w "$out" ]; then
		out=$(mktemp -d "${TMPDIR:-/tmp}/rxpath-lab.XXXXXX")
		tell '%s cannot be written: what comes of it is in %s' '无法写入 %s：结果放在 %s' "$dir" "$out"
	fi
}

# The options that run, grade and show share. Sets dir and what was given.
take_options() {
	local command=$1
	shift
	dir='' kernel='' seed='' format=text trace='' hints='' rest=()
	while [ $# -gt 0 ]; do
		case $1 in
		--kernel | --seed | --format | --trace)
			[ $# -ge 2 ] || wrong '%s needs a value' '%s 需要一个值' "$1"
			printf -v "${1#--}" %s "$2"
			shift
			;;
		--kernel=* | --seed=* | --format=* | --trace=*)
			printf -v "$(expr "$1" : '--\([a-z]*\)=')" %s "${1#*=}"
			;;
		--hints) hints=1 ;;
		-*) wrong "%s: no option '%s': see 'labs/lab --help'" "%s 没有选项“%s”：见 labs/lab --help" "$command" "$1" ;;
		*)
			[ -z "$dir" ] || wrong "%s: one folder, not '%s' too" "%s：只能有一个文件夹，“%s”是多余的" "$command" "$1"
			dir=$1
			;;
		esac
		shift
	done
	[[ $seed =~ ^[0-9]{0,9}$ ]] || wrong '--seed %s: not a number of up to nine digits' '--seed %s：应为至多九位的数字' "$seed"
	case $format in
	text | tap | json | junit | gradescope | classroom50 | actions) ;;
	*) wrong '--format %s: give text, tap, json, junit, gradescope, classroom50 or actions' \
		'--format %s：应为 text、tap、json、junit、gradescope、classroom50 或 actions' "$format" ;;
	esac
	seed=${seed:-$((SRANDOM % 1000000))}
	seed=$((10#$seed))
}

lab_run() {
	[ $# -gt 0 ] || wrong "run which lab? See 'labs/lab list'" '要运行哪个实验？见 labs/lab list'
	find_lab "$1"
	load_lab /dev/null
	take_options run "${@:2}"
	find_work "$dir"
	choose_out
	machine_ready
	kernel_ready "$kernel"
	make_job "$out" "$dir" "$seed"
	guest_run "$out" .
	[ -z "$fault" ] || machine_fault '%s (see %s)' '%s（见 %s）' "$fault" "$out/guest.log"
	say 'Recorded: %s' '已记录：%s' "$out/trace.dat"
	say '  programs said  %s' '  程序的输出  %s' "$out/*.txt"
	say '  calls          %s show %s %s tree' '  调用        %s show %s %s tree' "$me" "$id" "$dir"
	say '  a picture      %s show %s %s' '  图          %s show %s %s' "$me" "$id" "$dir"
}

lab_show() {
	local command=diagram
	[ $# -gt 0 ] || wrong "show which lab? See 'labs/lab list'" '要看哪个实验？见 labs/lab list'
	find_lab "$1"
	load_lab /dev/null
	shift
	dir=''
	case ${1-} in
	'' | -*) ;;
	*)
		# The folder may be left out.
		if [ -d "$1" ] || [[ ! $1 =~ ^(tree|diagram|stats|export)$ ]]; then
			dir=$1
			shift
		fi
		;;
	esac
	case ${1-} in
	tree | diagram | stats | export)
		command=$1
		shift
		;;
	esac
	find_work "$dir"
	out=$dir/out
	[ -s "$out/trace.dat" ] || wrong "there is no recording yet: run '%s run %s %s'" "还没有记录：请运行 %s run %s %s" "$me" "$id" "$dir"
	machine_ready reader
	rxpath --lang "$lang" "$command" "$@" "$out/trace.dat"
}
