// node oidc.mjs MODULES URL LINK: signing in through an OpenID provider, at which everybody is signed in already. Each page
// that is met is checked by axe-core in both languages. One line a thing tried: "ok NAME" or "not ok NAME: why".
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

const [modules, url, link] = process.argv.slice(2);
const need = createRequire(path.resolve(modules, "x.js"));
const { chromium } = need("playwright-core");
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
let bad = 0, shot = 0;

async function test(name, fn) {
	let why;
	try {
		why = await fn();
	} catch (e) {
		why = String(e.message).split("\n")[0];
	}
	if (why) bad = 1;
	console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}
const want = (what, got, wanted) => {
	if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
};

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});

// A browser; what it said of our pages is an error.
async function person(javaScriptEnabled = true) {
	const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 }, javaScriptEnabled });
	const page = await context.newPage();
	const said = [];
	page.on("console", (m) => ["error", "warning"].includes(m.type()) && !m.location().url.endsWith("/favicon.ico") &&
		said.push(m.text()));
	page.on("pageerror", (e) => said.push(e.message));
	return { context, page, said };
}

// No violation of axe's rules, nothing that scrolls sideways on a phone; address: with lang=, the page again.
async function look(page, address, name) {
	for (const [lang, width] of [["en", 1280], ["de", 360]]) {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(`${url}${address}${address.includes("?") ? "&" : "?"}lang=${lang}`);
		want("language", await page.getAttribute("html", "lang"), lang);
		const found = await page.evaluate(axe + "; axe.run()");
		if (found.violations.length)
			throw new Error(`${lang}: ` + found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "));
		if (await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
			throw new Error(`${lang}: scrolls sideways at ${width}`);
		if (shots) {
			await mkdir(shots, { recursive: true });
			await page.screenshot({ path: path.join(shots, `oidc-${++shot}-${name}-${lang}.png`), fullPage: true });
		}
	}
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(`${url}${address}${address.includes("?") ? "&" : "?"}lang=en`);
}

const eve = await person();
const { page } = eve;

await test("a link binds what the browser is at the provider", async () => {
	await look(page, new URL(link).pathname, "link");
	await page.click("a[href$='/oidc']");
	await page.waitForURL(/\/sign-in\?done=oidc_link/, { timeout: 15000 });
	want("it says so", (await page.textContent("main")).includes("Your sign-in is bound."), true);
});

await test("signed in by a click, all pages after it with their cookie", async () => {
	await look(page, "/sign-in", "sign-in");
	await page.click("a[href='/sign-in/oidc']");
	await page.waitForURL(url + "/desk/today", { timeout: 15000 });
	want("who", (await page.textContent(".who")).trim(), "eve");
	const left = (await eve.context.cookies(url)).map((c) => c.name).filter((n) => n.startsWith("__Host-")).join();
	want("cookies", left, "__Host-writ");
});

await test("a check before an act: at the provider, for who has no passkey", async () => {
	await look(page, "/me", "me");
	await look(page, "/verify/keys?back=/me", "once-more");
	await page.click("a[href^='/verify/keys/oidc']");
	await page.waitForURL(url + "/me", { timeout: 15000 });
	want("fresh", await page.locator("a[href='/me/oidc']").count(), 1);
	await look(page, "/me", "me-fresh");
});

await test("what went wrong is said on a page", async () => {
	want("status", (await page.goto(url + "/sign-in/oidc/back?code=x&state=y")).status(), 403);
	want("title", await page.textContent("h1"), "You are not signed in");
	await look(page, "/sign-in/oidc/back?code=x&state=y", "refused");
});

await test("a link from another site brings nobody in as somebody else", async () => {
	const victim = await person();
	const made = await eve.context.request.get(url + "/sign-in/oidc", { maxRedirects: 0 });
	const back = await eve.context.request.get(made.headers().location, { maxRedirects: 0 });
	await victim.page.goto(new URL(made.headers().location).origin + "/nothing");
	await victim.page.evaluate((to) => { location.href = to; }, back.headers().location);
	await victim.page.waitForURL(/\/sign-in\/oidc\/back/);
	want("title", await victim.page.textContent("h1"), "You are not signed in");
	want("sessions", (await victim.context.cookies(url)).filter((c) => c.name === "__Host-writ").length, 0);
});

await test("the same without JavaScript", async () => {
	const plain = await person(false);
	await plain.page.goto(url + "/sign-in");
	await plain.page.click("a[href='/sign-in/oidc']");
	await plain.page.waitForURL(url + "/desk/today", { timeout: 15000 });
	want("who", (await plain.page.textContent(".who")).trim(), "eve");
});

await test("no page was told off by the browser", async () => {
	const said = eve.said.filter((s) => !/status of 403/.test(s));
	want("console", said.join("; "), "");
});

await browser.close();
process.exit(bad);
