#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# A public viewer takes in our Chrome JSON and our folded stacks, and an HTML
# export shows itself without a network.
# shellcheck source=tests/browser/lib.sh
. "$(dirname "$0")/lib.sh"

speedscope=$("$project/scripts/npm-package" speedscope@1.25.0) || { echo "Bail out! no speedscope"; exit 1; }

# shown FILE: speedscope's window after it has loaded FILE, as it tells a screen
# what to draw: the page's title and the names in its toolbar.
shown() {
	# It tells a failure in a window that waits for a click.
	printf 'window.alert = () => {}; speedscope.loadFileFromBase64("%s", "%s")' "$(basename "$1")" "$(base64 -w 0 "$1")" > "$scratch/load.js"
	browser_options=--enable-unsafe-swiftshader browse --virtual-time-budget=30000 --dump-dom \
		"file://$speedscope/dist/release/index.html#localProfilePath=$scratch/load.js" | tr '\n' ' '
}
for trace in gro-off merge intree; do
	for format in perfetto:json folded:txt; do
		file=$scratch/$trace.${format#*:}
		"$rxpath" export --format "${format%:*}" -o "$file" "$traces/$trace.dat"
		got=$(shown "$file")
		like "$trace: speedscope loads ${format%:*}" "$(grep -o '<title>[^<]*' <<< "$got")" "<title>.+ - speedscope"
		is "$trace: and draws it" "$(grep -c '<canvas' <<< "$got")" 1
	done
done
echo 'rxe_poll, but no number' > "$scratch/bad.json"
is 'what is no profile it does not load' "$(shown "$scratch/bad.json" | grep -c ' - speedscope')" 0

for trace in gro-off merge; do
	"$rxpath" export --format html -o "$scratch/page.html" "$traces/$trace.dat"
	# A row a packet, a picture, and nothing that the browser could not load.
	cat >> "$scratch/page.html" <<'HTML'
<pre id="result"></pre><script>
// A click on the heading of the times puts the shortest first.
const ordered = () => {
	document.querySelectorAll("th")[2].click();
	const times = [...document.querySelectorAll("tbody tr")].map((row) => +row.cells[2].dataset.n);
	return times.every((time, i) => !i || time >= times[i - 1]) ? ", ordered" : ", in disorder: " + times;
};
const scaled = () => {
	const bars = [...document.querySelectorAll("tbody tr")].map((row) => [+row.cells[3].dataset.n, row.querySelector(".bar").clientWidth]);
	const most = Math.max(...bars.map((bar) => bar[0]));
	return bars.every((bar) => Math.abs(bar[1] - Math.max(2, 360 * bar[0] / most)) <= 1) ? ", one scale" : ", scales: " + bars;
};
window.addEventListener("load", () => {
	const wide = document.documentElement.scrollWidth > window.innerWidth;
	document.getElementById("result").textContent =
		document.querySelectorAll("tr td:first-child").length + " rows, " +
		[...document.querySelectorAll("svg")].filter((s) => s.querySelector("text")).length + " pictures, " +
		performance.getEntriesByType("resource").length + " loads, too wide: " + wide + ordered() + scaled() + "\ndone";
});
</script>
HTML
	packets=$("$rxpath" tree "$traces/$trace.dat" | grep -c '^skb#')
	is "$trace: the page in a browser" "$(asked "$scratch/page.html")" \
		"$packets rows, $((packets < 20 ? packets : 20)) pictures, 0 loads, too wide: false, ordered, one scale"
done
done_testing
