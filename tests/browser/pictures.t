#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# Every picture as a browser shows it: nothing lies upon something else, all is
# on the paper, and can be read, in the light and in the dark and in each language.
# shellcheck source=tests/browser/lib.sh
. "$(dirname "$0")/lib.sh"

page_begin() { echo "<!DOCTYPE html><meta charset=utf-8><style>svg{display:block}</style><body>"; }
page_end() {
	echo '<pre id="result"></pre><script>'
	cat "$project/tests/browser/pictures.js"
	echo '</script>'
}
# picture NAME OPTION... TRACE: into the page, under that name
picture() {
	local name=$1
	shift
	echo "<div data-name=\"$name\">"
	"$rxpath" diagram --format svg "$@" | sed 1d
	echo '</div>'
}

for how in light/en dark/en light/zh; do
	theme=${how%/*} lang=${how#*/}
	for level in hops layers calls; do
		page=$scratch/$theme-$lang-$level.html
		{
			page_begin
			for trace in gro-off gro-on merge intree; do
				for view in "${packet_views[@]}"; do
					[ "$trace $view" != 'intree tcp-recv' ] || continue
					picture "$trace/$view" --lang "$lang" --theme "$theme" --level "$level" --view "$view" "$traces/$trace.dat"
				done
			done
			for trace in init/init init/epoll-ctl gro-off/epoll-ctl; do
				picture "$trace" --lang "$lang" --theme "$theme" --level "$level" --view "${trace#*/}" "$traces/${trace%/*}.dat"
			done
			page_end
		} > "$page"
		is "$theme, $lang, $level: all of $(grep -c data-name "$page") pictures can be read" "$(asked "$page")" ''
	done
done

# One page with pictures of both sizes: none takes the other's.
{
	page_begin
	picture slide --level hops "$traces/gro-off.dat"
	picture sheet --level calls "$traces/gro-off.dat"
	page_end
} > "$scratch/both.html"
is 'a slide and a sheet on one page' "$(asked "$scratch/both.html")" ''

# What the check itself is worth: what is wrong in a picture is seen.
spoilt() {
	{
		page_begin
		picture spoilt --theme light --level hops "$traces/gro-off.dat" | sed "$1"
		page_end
	} > "$scratch/bad.html"
	asked "$scratch/bad.html"
}
like 'a text that is too faint is seen' "$(spoilt 's/text{fill:#111}/text{fill:#bbb}/')" 'too faint'
like 'a text upon another is seen' "$(spoilt '0,/class="label"/s/class="label" x="[^"]*" y="[^"]*"/class="label" x="20" y="33"/')" 'upon "'
like 'a text upon the head of an arrow is seen' "$(spoilt '0,/h40"/s/h40"/h60"/')" "upon an arrow's head"
like 'a text beside the paper is seen' "$(spoilt '0,/class="label"/s/class="label" x="[^"]*"/class="label" x="1700"/')" 'beside the paper'
like 'a missing tooltip is seen' "$(spoilt '0,/^<title>/s|^<title>|<desc>|; 0,/<.title>/s|</title>|</desc>|')" 'has no tooltip'

{
	page_begin
	picture auto "$traces/gro-off.dat"
	cat <<'HTML'
<pre id="result"></pre><script>
document.getElementById("result").textContent =
	getComputedStyle(document.querySelector("svg .paper")).fill + "\ndone";
</script>
HTML
} > "$scratch/auto.html"
is 'auto is light' "$(asked "$scratch/auto.html")" 'rgb(255, 255, 255)'
is 'and dark for who prefers it' "$(browser_options=--blink-settings=preferredColorScheme=0 asked "$scratch/auto.html")" 'rgb(20, 24, 29)'
done_testing
