# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the tests share that show pictures to a browser: headless Chromium, on
# pages in a folder of their own, without a network.

# shellcheck source=tests/reader/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../reader/lib.sh"
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

browse() {
	timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--allow-file-access-from-files --user-data-dir="$scratch/profile" --window-size=1600,1200 \
		${browser_options:+"$browser_options"} "$@" 2> "$scratch/chromium.log"
}

# asked PAGE: what the page's script has written into the element "result", once
# it has said that this is all, with a last line "done".
asked() {
	local dom
	dom=$(browse --virtual-time-budget="${2:-60000}" --dump-dom "file://$1")
	dom=$(perl -0ne 'print $1 if /<pre id="result">(.*?)<\/pre>/s' <<< "$dom")
	[ "$(tail -n 1 <<< "$dom")" = done ] || { echo "the page's script did not come to its end: $dom"; return 1; }
	sed '$d' <<< "$dom"
}
