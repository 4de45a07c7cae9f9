# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Where a student's program lives: a root of its own, in which there is the C library
# and the compiler, and nothing of the project, the trace, or the share; a user of its
# own, who can be nobody else; and so many processes, so much memory and disk.

root=/run/student
group=/sys/fs/cgroup/student
student_id=61000
processes=64 memory=256M disk=16m
cpu_seconds=$((10 * factor)) file_kib=4096

student_limits() {
	echo '+pids +memory +cpu' > /sys/fs/cgroup/cgroup.subtree_control || return
	mkdir -p $group && echo $processes > $group/pids.max && echo $memory > $group/memory.max || return
	# A name space of users would be a way to be root, somewhere.
	echo 0 > /proc/sys/user/max_user_namespaces
}

# A new root for each submission: nothing of the one before is left.
student_root() {
	local dir
	student_end
	umount -R $root 2> /dev/null
	mkdir -p $root && mount -t tmpfs -o size=1m,mode=755 student $root || return
	mkdir $root/{usr,proc,dev,work,tmp}
	for dir in bin sbin lib lib32 lib64 libx32; do
		[ ! -e /$dir ] || if [ -L /$dir ]; then cp -P /$dir $root/; else mkdir $root/$dir && mount --bind /$dir $root/$dir; fi
	done
	mount --bind /usr $root/usr && mount -o remount,bind,ro,nosuid,nodev $root/usr &&
		mount -t proc -o nosuid,noexec,hidepid=invisible proc $root/proc || return
	for dir in work tmp; do
		mount -t tmpfs -o nosuid,nodev,size=$disk,nr_inodes=1000,mode=755,uid=$student_id,gid=$student_id student $root/$dir || return
	done
	mknod -m 666 $root/dev/null c 1 3
	mknod -m 666 $root/dev/zero c 1 5
	mknod -m 666 $root/dev/urandom c 1 9
	# The answers are data for the grader; only what is compiled goes in.
	cp "$job"/submission/*.[ch] "$lab_dir"/given/*.h $root/work/ 2> /dev/null
	chown -R $student_id:$student_id $root/work
}
# A program that calls without end would fill the recording faster than it is written: it gets
# a quarter of a CPU, of which others need a hundredth.
student_slowly() { echo '25000 100000' > $group/cpu.max; }
student_fast() { echo max > $group/cpu.max; }
# Whatever it has started, and however much of it.
student_end() {
	[ ! -e $group/cgroup.kill ] || echo 1 > $group/cgroup.kill
	for _ in {1..200}; do
		grep -q 'populated 0' $group/cgroup.events && return
		nap 0.02
	done
}
# become_student COMMAND...: this shell becomes the student's process, its pid stays.
become_student() {
	echo $BASHPID > $group/cgroup.procs
	# SIGXCPU first, which says what it is about.
	ulimit -c 0 -f $file_kib
	ulimit -S -t "$cpu"
	ulimit -H -t $((cpu + 5))
	exec -c chroot $root /usr/bin/setpriv --reuid $student_id --regid $student_id --clear-groups \
		--no-new-privs --inh-caps=-all --bounding-set=-all "$@"
}

build() {
	local name=$1 log=$job/build-$1.log status=0 cpu=$((60 * factor))
	if [ ! -s "$job/submission/$name.c" ]; then
		verdict "$name.build" fail "$name.c is not there, or empty" "缺少 $name.c，或者它是空的"
		return
	fi
	(
		become_student /usr/bin/env PATH=/usr/bin:/bin TMPDIR=/tmp LANG=C.UTF-8 timeout -k 1 $((60 * factor)) sh -c \
			'cd /work && exec gcc -std=gnu11 -O1 -g -Wall -Wextra -pthread -pipe -o "$1" "$1.c"' build "$name"
	) > "$log" 2>&1 < /dev/null || status=$?
	head -c 65536 "$log" > "$log.short" && mv "$log.short" "$log"
	if [ $status = 0 ] && [ -f $root/work/"$name" ]; then
		verdict "$name.build" pass
	elif [ $status = 124 ] || [ $status = 137 ]; then
		verdict "$name.build" fail "gcc did not finish with $name.c" "gcc 未能完成对 $name.c 的编译"
	else
		verdict "$name.build" fail "$(first_error "$log" "$name")" "$(first_error "$log" "$name")"
	fi
	student_end
}
first_error() { grep -m 1 -E 'error|undefined reference' "$1" | tr '\t' ' ' | head -c 300 || echo "gcc: $2.c"; }
# shellcheck disable=SC2154 # of the job
build_all() {
	local name
	student_fast
	for name in $programs; do build "$name"; done
	student_slowly
	# None of them may spoil the others: there is /tmp to write to.
	chown -R root:root $root/work
}

# In us; whatever has been a student's.
cpu_used() { sed -n 's/^usage_usec //p' $group/cpu.stat; }
# student NAME [ARGUMENT]...: starts that program; its pid is in $NAME, and in the
# values for the rules. Fails when there is none.
student() {
	local name=$1 cpu=$cpu_seconds
	shift
	if [ ! -x $root/work/"$name" ]; then
		value "$name" 0
		return 1
	fi
	cpu_before=$(cpu_used)
	(become_student /work/"$name" "$@") > "$job/$name.txt" 2>&1 < /dev/null &
	value "$name" $!
}
# ended NAME: it ends by itself within 5 s, and well; a verdict, NAME.ends.
ended() {
	local pid=${!1} tries status=0 en='' zh=''
	[ "$pid" != 0 ] || return 0
	for ((tries = 0; tries < 100 * factor; tries++)); do
		is_running "$pid" || break
		nap 0.05
	done
	if is_running "$pid"; then
		en="$1 did not end: $(sleeps_where "$pid")" zh="$1 没有结束：$(sleeps_where "$pid")"
		kill -KILL "$pid"
	fi
	wait "$pid" 2> /dev/null || status=$?
	value "$1_cpu" $((($(cpu_used) - cpu_before) / 1000))
	if [ -z "$en" ]; then
		case $status in
		0) ;;
		152) en="$1 computed for $cpu_seconds s without an end" zh="$1 连续运算了 $cpu_seconds 秒而没有结束" ;;
		153) en="$1 wrote more than $file_kib KiB" zh="$1 写出了超过 $file_kib KiB 的内容" ;;
		137) en="$1 was killed: it may have used more than $memory of memory" zh="$1 被杀死：可能用了超过 $memory 的内存" ;;
		139) en="$1 used memory that is not its own (SIGSEGV)" zh="$1 访问了不属于自己的内存（SIGSEGV）" ;;
		141) en="$1 wrote to a connection that was gone, and died of SIGPIPE" zh="$1 向已断开的连接写数据，死于 SIGPIPE" ;;
		129 | 13[0-9] | 14[0-9] | 15[0-9]) en="$1 was ended by signal $((status - 128))" zh="$1 被信号 $((status - 128)) 终止" ;;
		*) en="$1 ended with status $status: $(last_words "$1")" zh="$1 以状态 $status 结束：$(last_words "$1")" ;;
		esac
	fi
	if [ -z "$en" ]; then verdict "$1.ends" pass; else verdict "$1.ends" fail "$en" "$zh"; fi
	student_end
	[ -z "$(ls -A $root/tmp)" ] || find $root/tmp -mindepth 1 -delete
}
# What it was doing, for one that hangs.
sleeps_where() {
	local call names
	read -r call _ 2> /dev/null < "/proc/$1/syscall"
	declare -A names=([0]=read [45]=recvfrom [47]=recvmsg [43]=accept [288]=accept4 [232]=epoll_wait [281]=epoll_pwait
		[7]=poll [23]=select [35]=nanosleep [230]=clock_nanosleep [202]=futex [61]=wait4 [1]=write [44]=sendto)
	case $call in
	running) echo running ;;
	*) echo "${names[$call]-system call $call}()" ;;
	esac
}
last_words() { tail -n 1 "$job/$1.txt" | tr -cd '\40-\176' | head -c 200; }
