# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the tests of the labs share; none of them needs a guest.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
# shellcheck source=tests/tap.sh
. "$top/tests/tap.sh"
export LC_ALL=C.UTF-8
unset LANGUAGE LC_MESSAGES RXPATH_KERNEL
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
lab() { "$top/labs/lab" "$@"; }
