#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Each format that grade speaks is what those who read it document.
# shellcheck source=tests/labs/lib.sh
. "$(dirname "$0")/lib.sh"

export CLASSROOM=c ASSIGNMENT=a SUBMISSION_TAG=submit/1 COMMIT_URL=https://x RELEASE_URL=https://x REVIEW_URL=https://x
convert() { perl "$top/labs/lib/export" "$1" "$2" < "$here/reports/$3.json"; }
# is_sound FORMAT LANGUAGE REPORT
is_sound() { convert "$@" | python3 "$here/formats.py" "$1" "$here/reports/$3.json"; }
for report in full:0 part:1 fault:3; do
	for format in json tap junit gradescope classroom50 actions; do
		for language in en zh; do
			ok "${report%:*}: $format, $language" is_sound $format $language "${report%:*}"
		done
		convert $format en "${report%:*}" > /dev/null
		is "${report%:*}: $format: status" $? "${report#*:}"
	done
done
text=$(convert text en part)
like 'what was expected' "$text" 'expected  reads return 3x 2'
like 'what was found' "$text" 'found  reads return 2'
like 'the packets' "$text" 'packets  skb#7, skb#9, skb#11'
like 'the command that shows it' "$text" 'see  labs/lab show 13 x tree --packet 7'
like 'the command that draws it' "$text" 'draw  labs/lab show 13 x diagram --packet 7'
like 'the hint' "$text" 'hint  Read on\.'
like 'why a check was skipped' "$text" 'skipped 0/2  et.drain.*et.c did not compile'
like 'what is not handed out is named alone' "$text" 'lt.secret .*not handed out'
like 'the points' "$text" 'Points: 1/9'
like 'in Chinese' "$(convert text zh part)" '期望  reads return 3x 2.*提示  继续读。.*得分： 1/9'
like 'a machine at fault' "$(convert text en fault)" 'The machine is at fault, this is no result: the guest did not finish in time'
done_testing
