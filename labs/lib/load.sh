# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# All parts of labs/lab, for it and for what tests it.

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
labs=$(dirname "$lib")
project=$(dirname "$labs")
# Overwritten by what the caller says.
me=labs/lab lang=en hints='' trace='' kernel=''
# shellcheck source=scripts/lib.sh
. "$project/scripts/lib.sh"
# shellcheck source=labs/lib/lang.sh
. "$lib/lang.sh"
# shellcheck source=labs/lib/labs.sh
. "$lib/labs.sh"
# shellcheck source=labs/lib/start.sh
. "$lib/start.sh"
# shellcheck source=labs/lib/run.sh
. "$lib/run.sh"
# shellcheck source=labs/lib/grade.sh
. "$lib/grade.sh"
# shellcheck source=labs/lib/pack.sh
. "$lib/pack.sh"
