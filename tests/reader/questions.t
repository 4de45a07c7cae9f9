#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The answers of docs/questions.md: what they show is what their commands print.
# shellcheck source=tests/reader/lib.sh
. "$(dirname "$0")/lib.sh"
document=$here/../../docs/questions.md
PATH=$(cd "$here/../../userspace" && pwd -P):$PATH
commands=$(grep -c '^\$ ' "$document")
is 'every answer is what its command prints' "$(python3 "$here/console.py" "$document" "$traces" 2>&1)" "$commands commands"
is 'ten questions' "$(grep -cE '^## [0-9]+\. .*\?$' "$document")" 10
is 'each has its command' "$(awk '/^## /{ q++ } /^\$ rxpath|^\$ for|^\$ printf/{ has[q] = 1 } END { print length(has) }' "$document")" 10
is 'docs/nic.md shows what its commands print' "$(python3 "$here/console.py" "$here/../../docs/nic.md" "$traces" 2>&1)" '1 commands'
done_testing
