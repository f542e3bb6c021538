// node desk.mjs MODULES URL DIR REFS: the pages of the desk, looked at by their people. DIR holds link.NAME, a one-time
// link each; REFS is JSON: references of cases by what is to be seen there. One line a thing tried: "ok NAME" or "not ok
// NAME: why". ONLY=WORD visits the pages whose name has it.
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

const [modules, url, dir, refs] = process.argv.slice(2);
const ref = JSON.parse(refs);
const need = createRequire(path.resolve(modules, "x.js"));
const { chromium } = need("playwright-core");
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS, only = process.env.ONLY ?? "";
let bad = 0;

async function test(name, fn) {
	let why;
	try {
		why = await fn();
	} catch (e) {
		why = String(e.message).split("\n").slice(0, 2).join(" ");
	}
	if (why) bad = 1;
	console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}
const want = (what, got, wanted) => {
	if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
};

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
});

// Somebody who has registered a passkey by their link and signed in.
async function person(name) {
	const link = (await readFile(path.join(dir, `link.${name}`), "utf8")).trim();
	const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
	const page = await context.newPage(), said = [];
	page.on("console", (m) => ["error", "warning"].includes(m.type()) && said.push(m.text()));
	page.on("pageerror", (e) => said.push(e.message));
	const cdp = await context.newCDPSession(page);
	await cdp.send("WebAuthn.enable");
	await cdp.send("WebAuthn.addVirtualAuthenticator", { options: {
		protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
		hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
	} });
	await page.goto(link);
	await page.fill("[name=name]", "Laptop");
	await page.click("button.primary");
	await page.waitForURL(/\/sign-in\?done=/);
	await page.click("button.primary");
	await page.waitForURL(/\/(desk|me)/);
	return { name, context, page, cdp, said };
}

// What a page must not have: an element that reaches out to the right of it.
const wide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
	? [...document.querySelectorAll("main *")].filter((x) => x.getBoundingClientRect().right > innerWidth + 1 &&
		!x.closest(".scroll, .text")).slice(0, 3).map((x) => x.outerHTML.slice(0, 90)).join(" ") || "the page" : "";

const dresses = [
	{ name: "light", lang: "en", scheme: "light", width: 1280 },
	{ name: "dark", lang: "de", scheme: "dark", width: 1280 },
	{ name: "phone", lang: "de", scheme: "light", width: 360 },
	{ name: "zoom", lang: "en", scheme: "light", width: 640 }, // 1280 at 200 %
];

async function look({ page, name: who }, name, at) {
	for (const dress of dresses) {
		await page.emulateMedia({ colorScheme: dress.scheme, media: "screen" });
		await page.setViewportSize({ width: dress.width, height: 900 });
		const answer = await page.goto(`${url}${at}${at.includes("?") ? "&" : "?"}lang=${dress.lang}`);
		want(`${dress.name}: status`, answer.status(), 200);
		want("language", await page.getAttribute("html", "lang"), dress.lang);
		const found = await page.evaluate(axe + "; axe.run({ iframes: false })");
		if (shots) {
			await mkdir(shots, { recursive: true });
			await page.screenshot({ path: path.join(shots, `${name}-${who}-${dress.name}.png`), fullPage: true });
		}
		if (found.violations.length)
			throw new Error(`${dress.name}: ` + found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "));
		const out = await page.evaluate(wide);
		if (out) throw new Error(`${dress.name}: scrolls sideways: ${out}`);
	}
	await page.emulateMedia({ media: "print" });
	if (shots) await page.screenshot({ path: path.join(shots, `${name}-${who}-print.png`), fullPage: true });
	await page.emulateMedia({ media: "screen", colorScheme: "light" });
	await page.setViewportSize({ width: 1280, height: 900 });
}

const people = {};
for (const who of ["iris", "rob", "rita", "carla", "otto"])
	await test(`${who} signs in`, async () => { people[who] = await person(who); });

const pages = [
	["case-second", "rob", `/desk/case/${ref.second}`], ["case-second", "rita", `/desk/case/${ref.second}`],
	["case-review", "rob", `/desk/case/${ref.review}`], ["case-review", "otto", `/desk/case/${ref.review}`],
	["case-epoc", "carla", `/desk/case/${ref.epoc}`], ["case-returned", "iris", `/desk/case/${ref.returned}`],
	["case-preserve", "rob", `/desk/case/${ref.preserve}`], ["case-refused", "carla", `/desk/case/${ref.refused}`],
];
pages.push(["today", "rob", "/desk/today"], ["today", "rita", "/desk/today"], ["inbox", "iris", "/desk"],
	["inbox", "otto", "/desk"], ["demand", "iris", `/desk/demand/${ref.demand}`],
	["demand-keys", "iris", `/desk/demand/${ref.waiting}`], ["demand-read", "otto", `/desk/demand/${ref.waiting}`],
	["queues", "rob", "/desk/queues"], ["calendar", "rob", "/desk/calendar?from=2026-01-01&to=2027-12-31"],
	["calendar-empty", "rob", "/desk/calendar?from=2020-01-01&to=2020-01-02"], ["search", "rob", "/desk/search?open=open"],
	["search-none", "carla", "/desk/search?country=FJ"]);
for (const [name, who, at] of pages)
	if (`${name} ${who}`.includes(only)) await test(`${name}, seen by ${who}`, () => look(people[who], name, at));

await test("no page said anything to the console", async () => {
	const odd = Object.values(people).flatMap((x) => x.said).filter((x) => !/40[034]|pubKeyCredParams/.test(x));
	return odd.length ? odd.join("; ") : undefined;
});
await browser.close();
process.exit(bad);
