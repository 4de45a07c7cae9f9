#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# labs/lab grade --trace: a recording is judged, and what the student is told.
# The runs are of lab 13: its solution, and et.c that stops at a short read.
# shellcheck source=tests/labs/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit
cp -r "$here/runs" runs
solution=runs/13-solution/trace.dat
short=runs/13-short-read/trace.dat

grade() { lab grade 13 --trace "$@"; }
ok 'the solution has full marks' grade $solution
text=$(grade $solution)
like 'all points' "$text" 'Points: 24/24'
like 'it is said that nothing was run' "$text" 'Not run here'
is 'nothing failed' "$(grep -cE '^(FAILED|skipped|unknown)' <<< "$text")" 0
like 'in Chinese' "$(grade $solution --lang zh)" '得分： 24/24'

text=$(grade $short)
is 'a wrong answer: status 1' "$(grade $short > /dev/null; echo $?)" 1
is 'it fails in what it must' "$(sed -n 's/^FAILED [^ ]* *\([^ ]*\) .*/\1/p' <<< "$text" | sort | paste -sd' ')" \
	'et.closes et.drain et.ends et.eof et.waits'
like 'what was expected' "$text" 'et.drain .*expected  reads return'
like 'what was found' "$text" 'et.drain .*found  '
like 'the command that shows it' "$text" "et.drain .*see  rxpath tree --flow [0-9.:-]+ .*/13-short-read/trace.dat"
like 'where the program was' "$text" 'et.ends .*because  et did not end: epoll_wait'
is 'no hint unasked' "$(grep -c '^ *hint ' <<< "$text")" 0
like 'how to ask for it' "$text" 'the same command with --hints'
like 'the hint' "$(grade $short --hints)" 'hint  Only EAGAIN says'
like 'the hint in Chinese' "$(grade $short --hints --lang zh)" '提示  只有 EAGAIN'
like 'a check that is not handed out is named' "$text" 'et.eof .*not handed out'
is 'and no more of it' "$(grade $short --format json | perl -MJSON::PP -e 'local $/; print map { join " ", sort keys %$_ } grep { $_->{id} eq "et.eof" } @{ decode_json(<STDIN>)->{checks} }')" \
	'hidden id max points status title'
for format in json tap junit gradescope classroom50 actions; do
	grade $short --format json > report.json
	ok "$format of a real run" eval "grade $short --format $format | python3 $here/formats.py $format report.json"
done

# answers TEXT...: the lines of the file of answers.
answers() {
	rm -f runs/13-solution/submission/prediction
	printf '%s\n' "$@" > runs/13-solution/submission/prediction
	text=$(grade $solution)
}
answers '' ''
like 'an empty file of answers' "$text" "lt_waits .*prediction has no line 'lt_waits = \.\.\.'"
like 'the rest is judged' "$text" 'Points: 20/24'
rm runs/13-solution/submission/prediction
like 'none at all' "$(grade $solution)" "prediction has no line.*Points: 20/24"
answers 'ＬＴ＿ＷＡＩＴＳ　＝　（ｓｉｚｅ＋ｃｈｕｎｋ－１）／ｃｈｕｎｋ' 'loop_reads：（size + chunk - 1）/ chunk + 1' 'once_waits = ３' 'once_left = count * (size - chunk) # 剩下的'
like 'signs and digits of any width' "$text" 'Points: 24/24'
answers 'lt_waits = 三' 'loop_reads = four' 'once_waits = count +' 'once_left = size / 0'
like 'a word in Chinese is no number, and it is said' "$text" "lt_waits = 三: cannot be read from '三' on"
like 'a word in English' "$text" "loop_reads = four: uses 'four', which is no name here: they are chunk, count, size"
like 'half a formula' "$text" 'once_waits = count \+: ends too early'
like 'a division by zero' "$text" 'once_left = size / 0: divides by zero'
answers 'lt_waits = 99' 'loop_reads = system("true")' "once_waits = $(printf '(%.0s' {1..300})" 'once_left = 9999999999999999999'
like 'a number that is not right: both are said' "$text" 'lt_waits .*expected  3.*found  99'
like 'nothing of it is a program' "$text" "loop_reads = system.*: uses 'system'"
like 'what a run has drawn besides is no name' "$(answers 'lt_waits = lt_waits - et_sent'; echo "$text")" "uses 'lt_waits', which is no name here"
like 'a formula without end' "$text" 'once_waits = .*is too long'
like 'a number without end' "$text" 'once_left = .*is too large a number'
head -c 20000 /dev/urandom > runs/13-solution/submission/prediction
like 'garbage' "$(grade $solution 2>&1)" 'Points: 20/24'

# What is handed in must not lead the grader to other files.
mkdir -p strange target && ln -s ../target strange/out
# shellcheck disable=SC2034,SC2154 # of choose_out
out_of() { (. "$top/labs/lib/load.sh" && dir=$1 && choose_out && ls -ld "$out" && find "$out" ! -type f ! -type d); }
like 'a link in the place of out/ is none of ours' "$(out_of strange)" '^d.* strange/out$'
ln -s ../../target/x strange/out/jobs && mkfifo strange/out/result.json
like 'nor what leads out of it' "$(out_of strange)" '^d.* strange/out$'
is 'the target is untouched' "$(ls target)" ''
echo 'lt_waits = 3' > target/prediction
rm -f runs/13-solution/submission/prediction && ln -s "$PWD/target/prediction" runs/13-solution/submission/prediction
like 'a link in the place of the answers is no file of answers' "$(grade $solution)" "prediction has no line 'lt_waits"

mkdir x && cp -r runs/13-solution x/out
like 'show draws a packet' "$(lab show 13 x --view tcp-recv --format text)" 'tcp_recvmsg|tcp_v4_rcv'
like 'or prints its calls' "$(lab show 13 x tree --packet 7)" '^skb#7 '
like 'in Chinese' "$(lab show 13 x tree --packet 7 --lang zh)" '字节|完整'
is 'an option of none of them' "$(lab show 13 x tree --nothing > /dev/null 2>&1; echo $?)" 2
# Numbers that were written by hand make nothing right.
sed -i 's/^lt_waits=.*/lt_waits=1/; s/^chunk=.*/chunk=1/' runs/13-solution/values
answers 'lt_waits = (size + chunk - 1) / chunk' 'loop_reads = (size + chunk - 1) / chunk + 1' 'once_waits = count' 'once_left = count * (size - chunk)'
like 'what is expected follows from the seed' "$text" 'Points: 24/24'
sed -i 's/^seed=.*/seed=6/' runs/13-solution/values
like 'the seed of another run makes it another run' "$(grade $solution)" 'FAILED 0/2  lt.reads'
refused 'a recording of another lab' 2 'is a recording of lab 13, not of 10' lab grade 10 --trace $solution
refused 'no recording' 2 'no such recording' lab grade 13 --trace nowhere.dat
cp $solution alone.dat
refused 'a recording without what belongs to it' 2 "there is no file 'values'" lab grade 13 --trace alone.dat
head -c 3000 $solution > half && mv half $short
text=$(grade $short 2> /dev/null)
is 'half a recording: the machine is at fault' "$(grade $short > /dev/null 2>&1; echo $?)" 3
like 'which is no result' "$text" 'this is no result'
like 'what needs no trace is still judged' "$text" 'ok 1/1  lt.build'
is 'nobody has points for it in Gradescope' "$(grade $short --format gradescope 2> /dev/null | grep -c '"score"')" 0
done_testing
