// Public pages in a real browser: node pages.mjs MODULES FOLDER-OR-FILE...
//
// Every HTML file found is visited, with JavaScript off, from a server on loopback that serves these files and nothing
// else; in light and in dark, as wide as a phone and as a desk, and as print. For each page one line, "ok NAME" or "not
// ok NAME: the first things that are wrong". MODULES is the folder with playwright-core and axe-core; CHROMIUM the
// browser (default: Debian's). SHOTS=DIR keeps a picture of each page in each dress, at 200 % zoom and as print too.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { mkdir, readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";

const [modules, ...given] = process.argv.slice(2);
if (!given.length) {
	console.error("usage: pages.mjs MODULES FOLDER-OR-FILE...");
	process.exit(64);
}
const need = createRequire(path.resolve(modules, "x.js"));
const { chromium } = need("playwright-core");
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const WORKERS = 3;
const PHONE = 360, DESK = 1280, HEIGHT = 800, PAPER = 718; // A4 within margins of 10 mm, in CSS pixels
// Every rule of axe in both themes and both widths; in the other two dresses those that see colours and sizes.
const SEEN = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];
const DRESSES = [["light", DESK], ["dark", DESK, SEEN], ["dark", PHONE], ["light", PHONE, SEEN]];
const NARROWER = [320, 640]; // 400 % and 200 % zoom at the desk: WCAG 1.4.10, 1.4.4

// ---- the files -----------------------------------------------------------------------------------
const TYPE = {
	".html": "text/html; charset=utf-8", ".css": "text/css", ".atom": "application/atom+xml",
	".csv": "text/csv", ".json": "application/json",
};

// serve FOLDER: the server and its address.
async function serve(folder) {
	const server = createServer(async (ask, answer) => {
		const name = path.normalize(decodeURIComponent(new URL(ask.url, "http://x").pathname));
		if (name === "/favicon.ico") return answer.writeHead(204).end(); // asked for by the browser, not by the page
		try {
			const bytes = await readFile(path.join(folder, name));
			answer.writeHead(200, { "content-type": TYPE[path.extname(name)] ?? "application/octet-stream" });
			answer.end(bytes);
		} catch {
			answer.writeHead(404).end();
		}
	});
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	return [server, `http://127.0.0.1:${server.address().port}/`];
}

async function found(folder, under = "") {
	const names = [];
	for (const x of await readdir(path.join(folder, under), { withFileTypes: true })) {
		const name = path.join(under, x.name);
		if (x.isDirectory()) names.push(...(await found(folder, name)));
		else if (name.endsWith(".html")) names.push(name);
	}
	return names.sort();
}

// ---- what is asked of a page: functions that run in it ---------------------------------------------
function axeRun(runOnly) {
	return axe.run(document, { resultTypes: ["violations", "incomplete"], rules: { "target-size": { enabled: true } }, runOnly })
		.then((r) => {
			const told = (x) => {
				const node = x.nodes[0];
				const why = [...node.any, ...node.all, ...node.none].map((y) => y.message)[0];
				return `axe ${x.id} (${x.nodes.length}): ${node.target.join(" ")}: ${why}`;
			};
			// it cannot tell the colours of charts: contrast() does
			const open = r.incomplete.filter((x) => x.id !== "color-contrast" || !x.nodes.every((y) => y.html.startsWith("<text")));
			return [...r.violations, ...open].map(told);
		});
}

// What is wider than the window, but for what scrolls in its own frame.
function wide() {
	const root = document.scrollingElement, wrong = [];
	if (root.scrollWidth > root.clientWidth) {
		const out = [...document.querySelectorAll("body *")].find((x) => !x.closest(".scroll, .skip") &&
			x.getBoundingClientRect().right > root.clientWidth + 1);
		wrong.push(`the page scrolls sideways, ${root.scrollWidth} in ${root.clientWidth}: ${out?.outerHTML.slice(0, 80)}`);
	}
	return wrong;
}

// Text that a chart cuts off, or lays over other text of it.
function charts() {
	const wrong = [];
	for (const chart of document.querySelectorAll("svg")) {
		const frame = chart.getBoundingClientRect(), texts = [...chart.querySelectorAll("text")];
		const box = texts.map((x) => x.getBoundingClientRect());
		box.forEach((a, i) => {
			if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1)
				wrong.push(`chart: cut off: ${texts[i].textContent}`);
			const over = box.findIndex((b, k) => k > i && a.left < b.right - 1 && b.left < a.right - 1 &&
				a.top < b.bottom - 4 && b.top < a.bottom - 4);
			if (over >= 0) wrong.push(`chart: "${texts[i].textContent}" over "${texts[over].textContent}"`);
			if (parseFloat(getComputedStyle(texts[i]).fontSize) * (a.height / texts[i].getBBox().height) < 9)
				wrong.push(`chart: too small to read: ${texts[i].textContent}`);
		});
	}
	return wrong;
}

// Text of charts against the page or the bar that it stands on: 4.5 to 1 (WCAG 1.4.3);
function contrast() {
	const wrong = [], page = getComputedStyle(document.body).backgroundColor;
	const light = (colour) => {
		const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((x) => x / 255)
			.map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
	for (const chart of document.querySelectorAll("svg")) {
		const bars = [...chart.querySelectorAll("rect")].map((x) => [x.getBoundingClientRect(), getComputedStyle(x).fill]);
		for (const text of chart.querySelectorAll("text")) {
			const box = text.getBoundingClientRect(), ink = getComputedStyle(text).fill;
			const on = bars.findLast(([b]) => b.top < box.bottom - 4 && box.top < b.bottom - 4 && b.left < box.right && box.left < b.right);
			if (ratio(ink, on ? on[1] : page) < 4.5) wrong.push(`contrast: ${text.textContent}: ${ratio(ink, on ? on[1] : page).toFixed(1)}`);
		}
	}
	return wrong;
}

// Styles have come, and words do not stick out of what should hold them.
function dressed() {
	const wrong = document.styleSheets.length === 1 ? [] : ["no style sheet"];
	for (const x of document.querySelectorAll("dd, dt, .box, li, p, h1, h2, h3, td.text, tbody th")) {
		if (x.scrollWidth > x.clientWidth + 1 && x.clientWidth > 0 && getComputedStyle(x).display !== "inline")
			wrong.push(`sticks out: ${x.outerHTML.slice(0, 80)}`);
	}
	for (const x of document.querySelectorAll("caption span")) {
		if (x.getBoundingClientRect().right > x.closest(".scroll").getBoundingClientRect().right)
			wrong.push(`caption cut off: ${x.textContent.slice(0, 60)}`);
	}
	return wrong;
}

// What a keyboard must reach: all links, frames and controls, marked with a number; of radio buttons those chosen.
function reachable() {
	const all = [...document.querySelectorAll("a[href], [tabindex='0'], button, input, select, textarea, summary")]
		.filter((x) => x.checkVisibility() && !x.disabled && (x.type !== "radio" || x.checked));
	all.forEach((x, i) => x.setAttribute("data-key", String(i)));
	return all.length;
}

function focused() {
	const x = document.activeElement, shape = getComputedStyle(x), box = x.getBoundingClientRect();
	return {
		key: x.getAttribute("data-key"), name: x.outerHTML.slice(0, 80),
		shown: (shape.outlineStyle !== "none" && parseFloat(shape.outlineWidth) >= 1) || x.className === "skip",
		seen: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && box.height > 0,
	};
}

// ---- one page ------------------------------------------------------------------------------------
// By the Tab key from the top: every link, frame and control, each seen and marked; one of a date has several stops.
async function keyboard(page) {
	const wrong = [], n = await page.evaluate(reachable), met = new Set();
	const stops = n + 4 * (await page.locator("input[type=date], input[type=datetime-local]").count());
	for (let i = 0; i < stops && met.size < n; i++) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(focused);
		if (at.key === null) break;
		met.add(at.key);
		if (!at.seen) wrong.push(`keyboard: not to be seen: ${at.name}`);
		if (!at.shown) wrong.push(`keyboard: no mark of focus: ${at.name}`);
		if (i === 0 && !at.name.includes('class="skip"')) wrong.push("keyboard: the first stop does not skip the head");
	}
	if (met.size !== n) wrong.push(`keyboard: reaches ${met.size} of ${n} links, frames and controls`);
	return wrong;
}

// A frame wider than the phone moves by the arrow keys.
async function arrows(page) {
	const frame = page.locator(".scroll").filter({ visible: true });
	const wider = await frame.evaluateAll((all) => all.findIndex((x) => x.scrollWidth > x.clientWidth));
	if (wider < 0) return [];
	// where others keep the processors busy a key may come before the frame can move
	let moved = 0;
	for (let press = 0; press < 5 && !moved; press++) {
		await frame.nth(wider).focus();
		await page.keyboard.press("ArrowRight");
		moved = await frame.nth(wider).evaluate(
			(x) => new Promise((tell) => {
				let tries = 0;
				const look = () => (x.scrollLeft > 0 || ++tries > 60 ? tell(x.scrollLeft) : requestAnimationFrame(look));
				look();
			}));
	}
	return moved > 0 ? [] : ["keyboard: a frame does not scroll by the arrow keys"];
}

async function shoot(page, name, dress) {
	if (!shots) return;
	await mkdir(shots, { recursive: true });
	await page.screenshot({ path: path.join(shots, `${name.replaceAll("/", "_")}.${dress}.png`), fullPage: true });
}

async function inDress(page, name, [scheme, width, rules]) {
	await page.emulateMedia({ colorScheme: scheme, media: "screen" });
	await page.setViewportSize({ width, height: HEIGHT });
	const wrong = [...(await page.evaluate(wide)), ...(await page.evaluate(dressed)), ...(await page.evaluate(charts)),
		...(await page.evaluate(contrast)), ...(await page.evaluate(axeRun, rules))];
	await shoot(page, name, `${scheme}.${width}`);
	return wrong.map((x) => `${scheme} ${width}: ${x}`);
}

async function asPrint(page, name) {
	await page.emulateMedia({ media: "print", colorScheme: "light" });
	await page.setViewportSize({ width: PAPER, height: HEIGHT });
	const wrong = [...(await page.evaluate(wide)), ...(await page.evaluate(charts))];
	await shoot(page, name, "print");
	if (shots) await page.pdf({ path: path.join(shots, `${name.replaceAll("/", "_")}.pdf`), format: "A4" });
	return wrong.map((x) => `print: ${x}`);
}

async function scripts(page, allowed) {
	page.devtools ??= await page.context().newCDPSession(page);
	await page.devtools.send("Emulation.setScriptExecutionDisabled", { value: !allowed });
}

async function visit(page, base, name) {
	const wrong = [], asked = (x) => x.url().startsWith(base) || wrong.push(`asks elsewhere: ${x.url()}`);
	const said = (x) => wrong.push(`console: ${x.text()}`), failed = (x) => wrong.push(`does not load: ${x.url()}`);
	const answered = (x) => x.ok() || failed(x);
	const hear = { request: asked, console: said, requestfailed: failed, response: answered };
	for (const [what, then] of Object.entries(hear)) page.on(what, then);
	await page.emulateMedia({ colorScheme: "light", media: "screen" });
	await page.setViewportSize({ width: DESK, height: HEIGHT });
	await scripts(page, false);
	await page.goto(base + name);
	if (await page.locator(`script:not([src^="/static/"])`).count()) wrong.push("a script");
	wrong.push(...(await keyboard(page)));
	await scripts(page, true); // axe needs timers; the page has been loaded and walked through without
	await page.evaluate(axe);
	for (const dress of DRESSES) wrong.push(...(await inDress(page, name, dress)));
	wrong.push(...(await arrows(page)));
	for (const width of NARROWER) {
		await page.setViewportSize({ width, height: HEIGHT });
		wrong.push(...(await page.evaluate(wide)).map((x) => `${width}: ${x}`));
		await shoot(page, name, `light.${width}`);
	}
	wrong.push(...(await asPrint(page, name)));
	for (const [what, then] of Object.entries(hear)) page.off(what, then);
	return wrong;
}

// ---- all of them ---------------------------------------------------------------------------------
let bad = 0;
function verdict(name, wrong) {
	bad += wrong.length > 0;
	const more = wrong.length > 6 ? `; and ${wrong.length - 6} more` : "";
	console.log(wrong.length ? `not ok ${name}: ${wrong.slice(0, 6).join("; ").replaceAll("\n", " ")}${more}` : `ok ${name}`);
}

// fromDisk: the first page opened as a file, as after `./dev demo`, has its style and its links.
async function fromDisk(page, file) {
	await page.goto(`file://${file}`);
	const style = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	return style === "rgb(251, 250, 247)" ? [] : [`opened as a file it has no style (${style})`];
}

async function all(browser, folder, names) {
	const [server, base] = await serve(folder);
	const label = path.basename(folder), queue = [...names];
	const worker = async () => {
		const context = await browser.newContext({ locale: "en-GB" });
		const page = await context.newPage();
		for (let name; (name = queue.shift()) !== undefined; ) {
			const wrong = await visit(page, base, name).catch((x) => [`broke off: ${x.message}`]);
			verdict(`${label}/${name}`, wrong);
		}
		await context.close();
	};
	await Promise.all(Array.from({ length: WORKERS }, worker));
	if (label !== "parts") { // these are pages of the server
		const page = await browser.newPage();
		verdict(`${label}: opened from the disk`, await fromDisk(page, path.join(folder, names[0])));
		await page.close();
	}
	server.close();
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: [...(process.getuid() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--font-render-hinting=none"],
});
for (const one of given) {
	const full = path.resolve(one), folder = (await stat(full)).isDirectory();
	const names = folder ? await found(full) : [path.basename(full)];
	if (!names.length) verdict(one, ["no page"]);
	else await all(browser, folder ? full : path.dirname(full), names);
}
await browser.close();
process.exit(bad ? 1 : 0);
