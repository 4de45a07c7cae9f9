#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The demonstration's page in the windows of usual screens: it opens with the whole way in one picture, and all
# is read without zooming.
# shellcheck source=tests/browser/lib.sh
. "$(dirname "$0")/lib.sh"
out=$scratch/demo
mkdir "$out"

# The views in the order that scripts/demo gives them.
read -ra views < <(sed -n 's/^views=(\(.*\))$/\1/p' "$project/scripts/demo")
is 'every view is on the page' "$(printf '%s\n' "${views[@]}" | sort)" \
	"$("$rxpath" diagram --view x "$traces/init.dat" 2>&1 | sed 's/.*one of //; s/, /\n/g' | sort)"
for lang in en zh; do
	for trace in gro-off ipv6; do
		for view in "${views[@]}"; do
			of=$trace
			[ "$view" != init ] || of=init
			"$rxpath" diagram --lang $lang --view "$view" --format svg -o "$out/$view.svg" "$traces/$of.dat"
		done
		"$project/scripts/demo-page" "$out" "${views[@]}" > "$scratch/index.html"
		{
			sed '/<\/body>/,$d' "$scratch/index.html"
			cat << 'HTML'
<pre id="result"></pre><script>
const found = [];
const page = document.documentElement;
const figures = [...document.querySelectorAll("figure")];
const first = figures[0].querySelector("svg").getBoundingClientRect();
found.push(`first ${figures[0].id}, last ${figures.at(-1).id}`);
if (innerWidth < 1200 || page.clientWidth === 0)
	found.push(`a window of ${innerWidth}`);
if (page.scrollWidth > page.clientWidth)
	found.push(`the page is ${page.scrollWidth} wide in ${page.clientWidth}`);
if (figures[0].scrollWidth > figures[0].clientWidth || first.right > page.clientWidth)
	found.push(`the first picture is ${first.right} wide in ${page.clientWidth}`);
if (first.top > 250)
	found.push(`the first picture begins at ${first.top}`);
for (const figure of figures) {
	const scale = figure.querySelector("svg").getScreenCTM().a;
	const sizes = [...figure.querySelectorAll("text")].map((t) => parseFloat(getComputedStyle(t).fontSize) * scale);
	const least = Math.min(...sizes);

	if (sizes.length < 10 || least < 10.9)
		found.push(`${figure.id}: ${sizes.length} texts, the smallest of ${least.toFixed(1)} px`);
}
document.getElementById("result").textContent = found.join("\n") + "\ndone";
</script>
HTML
		} > "$scratch/page.html"
		for window in 1280,720 1440,900; do
			is "$lang, $trace, $window: the whole way first, the set-up last, all of it can be read" \
				"$(browser_options=--window-size=$window asked "$scratch/page.html")" 'first all, last init'
		done
	done
done
is 'the page needs no other file' "$(grep -cE '(src|href)="[^#]|url\((http|[^#])|@import' "$scratch/index.html")" 0
done_testing
