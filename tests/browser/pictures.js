// SPDX-License-Identifier: GPL-2.0
// Looks at every SVG in the page as a reader would, and writes what is wrong
// with it into the element "result": text upon text or upon an arrow's head, text
// beside the paper, text wider than its note, text too faint to read.
"use strict";
(() => {
	const found = [];
	const slack = 1.5;

	function box(element) {
		const r = element.getBoundingClientRect();
		return { l: r.left + slack, r: r.right - slack, t: r.top + r.height * 0.2, b: r.bottom - r.height * 0.2 };
	}

	function meet(a, b) {
		return a.l < b.r && b.l < a.r && a.t < b.b && b.t < a.b;
	}

	function luminance(colour) {
		const parts = colour.match(/[\d.]+/g).slice(0, 3).map((v) => {
			v /= 255;
			return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
	}

	function contrast(a, b) {
		const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
		return (x + 0.05) / (y + 0.05);
	}

	/* What the head of an arrow takes up: it may come from either side. */
	function head(path) {
		const length = path.getTotalLength();
		const to = path.getScreenCTM();
		const tip = path.getPointAtLength(length).matrixTransform(to);
		const marker = path.ownerSVGElement.querySelector(path.getAttribute("marker-end").slice(4, -1));
		const size = marker.markerWidth.baseVal.value;
		const before = path.getPointAtLength(length - size).matrixTransform(to);
		const half = size * to.d / 2 - slack;

		return { l: Math.min(tip.x, before.x), r: Math.max(tip.x, before.x), t: tip.y - half, b: tip.y + half };
	}

	for (const svg of document.querySelectorAll("svg")) {
		const name = svg.closest("[data-name]").dataset.name;
		const paper = svg.getBoundingClientRect();
		const ground = getComputedStyle(svg.querySelector(".paper")).fill;
		const texts = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim());
		const boxes = texts.map(box);
		const heads = [...svg.querySelectorAll("path[marker-end]")].map(head);
		const say = (what, t) => found.push(`${name}: ${what}: ${t.textContent}`);

		if (texts.length < 10)
			found.push(`${name}: only ${texts.length} texts`);
		texts.forEach((t, i) => {
			if (boxes[i].l < paper.left || boxes[i].r > paper.right || boxes[i].b > paper.bottom)
				say("beside the paper", t);
			for (let j = 0; j < i; j++)
				if (meet(boxes[i], boxes[j]))
					say(`upon "${texts[j].textContent}"`, t);
			if (heads.some((h) => meet(boxes[i], h)))
				say("upon an arrow's head", t);
			if (!t.classList.contains("badge") && contrast(getComputedStyle(t).fill, ground) < 4.5)
				say("too faint", t);
		});
		for (const note of svg.querySelectorAll(".note")) {
			const frame = note.getBoundingClientRect();

			for (const t of note.parentElement.querySelectorAll("text.small, text.mid")) {
				const r = t.getBoundingClientRect();

				/* The gutter's text stands in the same row, not in the note. */
				if (r.left > frame.left && r.right > frame.right + slack)
					say("wider than its note", t);
			}
		}
		for (const g of svg.querySelectorAll("g[data-event]"))
			if (g.dataset.event !== "0" && !g.querySelector("title"))
				found.push(`${name}: event ${g.dataset.event} has no tooltip`);
	}
	document.getElementById("result").textContent = `${[...found, ""].join("\n")}done`;
})();
