// What the stories in a browser stand on: node STORY MODULES URL ..., Chromium, people with a passkey's device, and how a
// page is looked at. SHOTS=DIR keeps pictures.
import { execFileSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, address, ...others] = process.argv.slice(2);
const need = createRequire(path.resolve(modules, "x.js"));
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
let bad = 0;

// The server's address, and what else the story was given.
export const url = address, rest = others;
export const browser = await need("playwright-core").chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
});

// ---- what is tried ----

// One line: "ok NAME" or "not ok NAME: why"; fn returns or throws why.
export async function test(name, fn) {
	let why;
	try {
		why = await fn();
	} catch (e) {
		why = String(e.message).split("\n").slice(0, 3).join(" ");
	}
	if (why) bad = 1;
	console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}
export function want(what, got, wanted) {
	if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
}
export async function says(page, text) {
	if (!(await page.textContent("main")).includes(text)) throw new Error(`${page.url()} does not say "${text}"`);
}
export async function end() {
	await browser.close();
	process.exit(bad);
}
// As a connector gives it out, of more than was granted: what is sealed is the item's part.
export const collected = (text) => execFileSync("sh", [new URL("../collected", import.meta.url).pathname, text]);

// ---- people ----

// A passkey's device for this page.
export async function device(cdp) {
	await cdp.send("WebAuthn.enable");
	return cdp.send("WebAuthn.addVirtualAuthenticator", { options: {
		protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
		hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
	} });
}
// What a page says to the console goes to `said`.
export function overhear(page, said) {
	page.on("console", (m) => ["error", "warning"].includes(m.type()) && !m.location().url.endsWith("/favicon.ico") &&
		said.push(`${page.url()}: ${m.text()}`));
	// of our own scripts: what axe-core throws when its page goes away has no address
	page.on("pageerror", (e) => (e.stack ?? url).includes(url) && said.push(e.message));
}
// Somebody at a browser, with a device; with scripts off there is none.
export async function visitor(scripts = true) {
	const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 },
		javaScriptEnabled: scripts });
	const page = await context.newPage(), said = [];
	overhear(page, said);
	if (!scripts) return { context, page, said };
	const cdp = await context.newCDPSession(page);
	return { context, page, said, cdp, device: await device(cdp) };
}
// A passkey is registered by a link, and signs in.
export async function enrol(page, link) {
	await page.goto(link);
	await page.fill("[name=name]", "Laptop");
	await page.click("button.primary");
	await page.waitForURL(/\/sign-in\?done=/);
	await page.click("button.primary");
	await page.waitForURL(/\/(desk|me|portal|editions|settings|collect)/);
}
// A visitor who did that; `still` is a window without scripts, of the same session.
export async function person(link, name = "") {
	const who = await visitor();
	await enrol(who.page, link);
	const context = await browser.newContext({ locale: "en-GB", javaScriptEnabled: false,
		storageState: await who.context.storageState() });
	return { name, ...who, still: await context.newPage() };
}
// One of the staff: DIR/link.NAME has the link.
export const staff = async (dir, name) => person((await readFile(path.join(dir, `link.${name}`), "utf8")).trim(), name);
// The passkey once more, for an act; then the page `back`.
export async function once_more(page, act, back) {
	await page.goto(`${url}/verify/${act}?back=${back}&lang=en`);
	await page.click("button.primary");
	await page.waitForURL((u) => u.pathname === back);
}
// A job's page, which comes again by itself without a script, until it says how it ended.
export async function ended(page) {
	for (let i = 0; i < 60; i++) {
		if (await page.locator(".notice.good, .notice.bad").count()) return;
		await page.waitForTimeout(500);
		await page.reload();
	}
	throw new Error("the job does not end");
}

// ---- looking ----

const dresses = [
	{ name: "light", lang: "en", scheme: "light", width: 1280 },
	{ name: "dark", lang: "de", scheme: "dark", width: 1280 },
	{ name: "phone", lang: "de", scheme: "light", width: 360 },
	{ name: "zoom", lang: "en", scheme: "light", width: 640 }, // 1280 at 200 %
];
// What a page must not have: an element that reaches out to the right of it.
const wide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
	? [...document.querySelectorAll("main *")].filter((x) => x.getBoundingClientRect().right > innerWidth + 1 &&
		!x.closest(".scroll, .text")).slice(0, 3).map((x) => x.outerHTML.slice(0, 90)).join(" ") || "the page" : "";

export async function picture(page, name) {
	if (!shots) return;
	await mkdir(shots, { recursive: true });
	await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
}
// The page as it is: no violation of axe's rules, nothing that scrolls sideways.
export async function check(page, name) {
	const found = await page.evaluate(axe + "; axe.run({ iframes: false })");
	if (found.violations.length)
		throw new Error(`${name}: ` + found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "));
	const out = await page.evaluate(wide);
	if (out) throw new Error(`${name}: scrolls sideways: ${out}`);
}
// A page in every dress, at an address below the server's; left in English, light, 1280 wide.
export async function look(page, name, at, status = 200) {
	const go = (lang) => page.goto(`${url}${at}${at.includes("?") ? "&" : "?"}lang=${lang}`);
	for (const dress of dresses) {
		await page.emulateMedia({ colorScheme: dress.scheme });
		await page.setViewportSize({ width: dress.width, height: 900 });
		want(`${dress.name}: status`, (await go(dress.lang)).status(), status);
		want("language", await page.getAttribute("html", "lang"), dress.lang);
		await picture(page, `${name}-${dress.name}`);
		await check(page, `${name}-${dress.name}`);
	}
	await page.emulateMedia({ media: "print", colorScheme: "light" });
	await page.setViewportSize({ width: 1280, height: 900 });
	await picture(page, `${name}-print`);
	await page.emulateMedia({ media: "screen" });
	await go("en");
}
