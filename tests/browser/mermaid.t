#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
# The real mermaid package draws what we write: each participant, each message
# and each note once.
# shellcheck source=tests/browser/lib.sh
. "$(dirname "$0")/lib.sh"

mermaid=$("$project/scripts/npm-package" mermaid@11.17.2) || { echo "Bail out! no mermaid"; exit 1; }

cat > "$scratch/page.html" <<HTML
<!DOCTYPE html><meta charset=utf-8><body>
<script src="file://$mermaid/dist/mermaid.min.js"></script>
HTML
count() { grep -cE "$1" "$scratch/x.mmd"; }
: > "$scratch/wanted"
add() {
	local name=$1
	shift
	"$rxpath" diagram --format mermaid -o "$scratch/x.mmd" "$@"
	printf '<script type="text/plain" data-name="%s">\n%s\n</script>\n' "$name" "$(< "$scratch/x.mmd")" >> "$scratch/page.html"
	echo "$name: $(count '^ *participant ') participants, $(count ' (->>|-->>|-\)) ') messages, $(count '^ *Note ') notes, $(count '^ *(alt|loop) ') blocks" >> "$scratch/wanted"
}
for level in hops layers calls; do
	for trace in gro-off gro-on merge intree; do
		for view in "${packet_views[@]}"; do
			[ "$trace $view" != 'intree tcp-recv' ] || continue
			add "$trace/$view/$level" --level $level --view "$view" "$traces/$trace.dat"
		done
	done
	for view in init epoll-ctl; do
		add "init/$view/$level" --level $level --view "$view" "$traces/init.dat"
	done
done
cat >> "$scratch/page.html" <<'HTML'
<pre id="result"></pre>
<script>
(async () => {
	const lines = [];
	mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 1e4 });
	for (const script of document.querySelectorAll("script[data-name]")) {
		const name = script.dataset.name;
		try {
			const { svg } = await mermaid.render("d" + lines.length, script.textContent);
			const d = new DOMParser().parseFromString(svg, "text/html");
			const n = (selector) => d.querySelectorAll(selector).length;
			lines.push(`${name}: ${n(".actor-top:is(rect)")} participants, ` +
				`${n(".messageLine0, .messageLine1")} messages, ${n("rect.note")} notes, ${n(".labelText")} blocks`);
		} catch (error) {
			lines.push(`${name}: ${error.message}`);
		}
	}
	document.getElementById("result").textContent = lines.join("\n") + "\ndone";
})();
</script>
HTML
asked "$scratch/page.html" 600000 > "$scratch/got"
while read -r line; do
	is "${line%%:*}" "$(grep -F "${line%%:*}:" "$scratch/got")" "$line"
done < "$scratch/wanted"
done_testing
