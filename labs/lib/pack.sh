# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# labs/lab pack: what the places that collect submissions need to grade a lab.

gradescope_files() {
	cat > "$1/setup.sh" <<- 'SETUP'
		#!/usr/bin/env bash
		# Set the assignment to a container of 2 CPUs and 2 GB, and a time-out of 30 minutes:
		# the guest alone takes 1 GB. The base image must be Debian 12 or 13 (an own image on
		# gradescope/autograder-base), or one where debootstrap may make a root.
		set -e
		apt-get update
		apt-get install -y make git perl
		cd /autograder/source/rxpath
		make labs
	SETUP
	cat > "$1/run_autograder" <<- RUN
		#!/usr/bin/env bash
		# A machine at fault gives neither points nor tests: that is no result, and nobody's zero.
		cd /autograder/source/rxpath
		results=/autograder/results
		mkdir -p \$results
		labs/lab grade $id /autograder/submission --format gradescope > \$results/new.json
		[ -s \$results/new.json ] && mv \$results/new.json \$results/results.json
	RUN
	chmod +x "$1/setup.sh" "$1/run_autograder"
}

workflow() {
	cat <<- WORKFLOW
		# Into .github/workflows/ of the assignment's template. RXPATH is where this project is.
		name: Autograding Tests
		on: [push, workflow_dispatch]
		permissions:
		  checks: write
		  actions: read
		  contents: read
		env:
		  RXPATH: https://github.com/OWNER/rxpath
		jobs:
		  run-autograding-tests:
		    runs-on: ubuntu-latest
		    container: debian:12
		    if: github.actor != 'github-classroom[bot]'
		    timeout-minutes: 45
		    steps:
		      - run: apt-get update && apt-get install -y git make sudo perl ca-certificates
		      - uses: actions/checkout@v4
		      - run: git clone --depth 1 "\$RXPATH" /rxpath && make -C /rxpath labs
		      - id: lab-$slug_id
		        # Full marks or not is the reporter's to say; a machine at fault ends the job.
		        run: |
		          status=0
		          /rxpath/labs/lab grade $id . --format actions >> "\$GITHUB_OUTPUT" || status=\$?
		          [ \$status -le 1 ]
		      - uses: classroom-resources/autograding-grading-reporter@v1
		        if: always()
		        env:
		          LAB-${slug_id^^}_RESULTS: \${{ steps.lab-$slug_id.outputs.result }}
		        with:
		          runners: lab-$slug_id
	WORKFLOW
}

autograder() {
	cat <<- AUTOGRADER
		#!/usr/bin/env python3
		"""Classroom 50: CLASSROOM/autograders/ASSIGNMENT/autograder.py for lab $id.

		Its runtime: {"runs-on": "ubuntu-latest", "container": {"image": "debian:12", "user": "root"}}
		"""
		import os
		import subprocess
		import sys

		RXPATH = os.environ.get("RXPATH", "/rxpath")
		URL = os.environ.get("RXPATH_URL", "https://github.com/OWNER/rxpath")


		def main():
		    if not os.path.isdir(RXPATH):
		        subprocess.run(["apt-get", "update"], check=True)
		        subprocess.run(["apt-get", "install", "-y", "git", "make", "sudo", "perl", "ca-certificates"], check=True)
		        subprocess.run(["git", "clone", "--depth", "1", URL, RXPATH], check=True)
		        subprocess.run(["make", "-C", RXPATH, "labs"], check=True)
		    graded = subprocess.run([RXPATH + "/labs/lab", "grade", "$id", ".", "--format", "classroom50"],
		                            stdout=subprocess.PIPE, check=False)
		    # 0 and 1 are verdicts; what else there is, is the machine's fault.
		    if graded.returncode > 1:
		        return graded.returncode
		    with open("result.json", "wb") as result:
		        result.write(graded.stdout)
		    return 0


		if __name__ == "__main__":
		    sys.exit(main())
	AUTOGRADER
}

lab_pack() {
	local into slug_id
	[ $# -gt 0 ] || wrong "pack which lab? See 'labs/lab list'" '要打包哪个实验？见 labs/lab list'
	[ $# -le 2 ] || wrong "pack: one folder, not '%s' too" 'pack：只能有一个文件夹，“%s”是多余的' "$3"
	[[ ${2-} != -* ]] || wrong "pack: no option '%s': see 'labs/lab --help'" 'pack 没有选项“%s”：见 labs/lab --help' "$2"
	find_lab "$1"
	load_lab /dev/null
	slug_id=${id,,}
	into=${2:-pack-$id}
	[ ! -e "$into" ] || wrong '%s is there already: name another folder' '%s 已经存在：请换一个文件夹' "$into"
	git -C "$project" rev-parse --verify -q HEAD > /dev/null ||
		wrong 'the project is no git repository: what is to be packed is what is committed' '项目不是 git 仓库：打包的是已提交的内容'
	require_command python3 python3
	work=$(mktemp -d)
	trap 'rm -rf "${work:-}"' EXIT
	mkdir -p "$into/github" "$into/classroom50" "$into/starter" "$work/zip/rxpath" 2> /dev/null ||
		wrong '%s cannot be made' '无法创建 %s' "$into"
	# All of it: the grader's rules are not the students' to have, but Gradescope's.
	git -C "$project" archive HEAD | tar -x -C "$work/zip/rxpath"
	gradescope_files "$work/zip"
	(cd "$work/zip" && python3 -c 'import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for folder, _, files in sorted(os.walk(".")):
        for name in sorted(files):
            archive.write(os.path.join(folder, name))' ../gradescope.zip)
	mv "$work/gradescope.zip" "$into/gradescope.zip"
	workflow > "$into/github/autograding.yml"
	autograder > "$into/classroom50/autograder.py"
	make_skeleton "$lab" 1 "$into/starter"
	say 'Packed lab %s:' '实验 %s 已打包：' "$id"
	say '  %s  for Gradescope: 2 CPUs, 2 GB, 30 minutes' '  %s  用于 Gradescope：2 CPU、2 GB、30 分钟' "$into/gradescope.zip"
	say '  %s  for GitHub Actions' '  %s  用于 GitHub Actions' "$into/github/autograding.yml"
	say '  %s  for Classroom 50' '  %s  用于 Classroom 50' "$into/classroom50/autograder.py"
	say '  %s  what students begin with' '  %s  学生的起始文件' "$into/starter"
}
