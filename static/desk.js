/*
 * What a keyboard does on the desk's pages, beside what a browser does by itself; every page works
 * without it. j and k go down and up the rows of a list, Enter opens the row; g and then a letter go
 * to a page of the head; / goes to the search; ? shows all of it. A form or button with data-confirm
 * asks back before it sends what cannot be undone.
 */

const help = document.getElementById("keys");
const rows = () => [...document.querySelectorAll("table[data-rows] tbody tr")];
let last = "";

function step(by) {
	const all = rows(), now = all.findIndex((x) => x.contains(document.activeElement));
	const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by];
	const link = next?.querySelector("a[href]");
	if (link) {
		link.focus();
		next.scrollIntoView({ block: "nearest" });
	}
}

function go(letter) {
	const link = [...document.querySelectorAll(".top nav a[data-key]")].find((x) => x.dataset.key === letter);
	link?.click();
}

function pressed(event) {
	if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]"))
		return;
	const key = event.key, first = last;
	last = key === "g" ? key : "";
	if (first === "g" && key !== "g")
		go(key);
	else if (key === "j")
		step(1);
	else if (key === "k")
		step(-1);
	else if (key === "/") {
		const field = document.querySelector("[role=search] input");
		if (!field)
			return;
		event.preventDefault();
		field.focus();
	} else if (key === "?" && help)
		help.open ? help.close() : help.showModal();
}

/* The button that sends may say it, or the form. */
function asked(event) {
	const say = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
	if (say && !window.confirm(say))
		event.preventDefault();
}

document.addEventListener("keydown", pressed);
document.addEventListener("submit", asked);
help?.querySelector("[data-close]").addEventListener("click", () => help.close());
