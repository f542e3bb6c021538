// node account.mjs MODULES URL DIR: editions, what may be said, the statement and settings, by their people. DIR holds
// link.NAME, a one-time link each. Forms are filled in with JavaScript off; only passkeys need it. One line a thing
// tried: "ok NAME" or "not ok NAME: why".
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

const [modules, url, dir] = process.argv.slice(2);
const need = createRequire(path.resolve(modules, "x.js"));
const { chromium } = need("playwright-core");
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
let bad = 0;

async function test(name, fn) {
	let why;
	try {
		why = await fn();
	} catch (e) {
		why = String(e.message).split("\n").slice(0, 3).join(" ");
	}
	if (why) bad = 1;
	console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}
const want = (what, got, wanted) => {
	if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
};
const says = async (page, text) => {
	if (!(await page.textContent("main")).includes(text)) throw new Error(`${page.url()} does not say "${text}"`);
};

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
});

// Somebody who registers a passkey by their link and signs in. `still` is a window without scripts, of the same session.
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
	await page.waitForURL(/\/(desk|me|editions|settings)/);
	const still = await browser.newContext({ locale: "en-GB", javaScriptEnabled: false,
		storageState: await context.storageState() });
	return { name, page, still: await still.newPage(), said };
}
async function once_more({ page }, act, back) {
	await page.goto(`${url}/verify/${act}?back=${back}&lang=en`);
	await page.click("button.primary");
	await page.waitForURL((u) => u.pathname === back);
}
async function job(page) {
	if (!/\/editions\/job\//.test(page.url()))
		throw new Error(`${page.url()}: ${(await page.textContent("body")).slice(0, 300)} ${(await page.locator(".notice, .wrong").allTextContents()).join(" ").trim()}`);
	await ended(page);
}
// A job's page, which comes again by itself without a script, until it says how it ended.
async function ended(page) {
	for (let i = 0; i < 60; i++) {
		if (await page.locator(".notice.good, .notice.bad").count()) return;
		await page.waitForTimeout(500);
		await page.reload();
	}
	throw new Error("the job does not end");
}

const dresses = [
	{ name: "light", lang: "en", scheme: "light", width: 1280 }, { name: "dark", lang: "de", scheme: "dark", width: 1280 },
	{ name: "phone", lang: "de", scheme: "light", width: 360 }, { name: "zoom", lang: "en", scheme: "light", width: 640 },
];
const wide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
	? [...document.querySelectorAll("main *")].filter((x) => x.getBoundingClientRect().right > innerWidth + 1 &&
		!x.closest(".scroll, .text")).slice(0, 3).map((x) => x.outerHTML.slice(0, 90)).join(" ") || "the page" : "";

async function check(page, name, dress) {
	const found = await page.evaluate(axe + "; axe.run({ iframes: false })");
	if (shots) {
		await mkdir(shots, { recursive: true });
		await page.screenshot({ path: path.join(shots, `${name}-${dress.name}.png`), fullPage: true });
	}
	const out = await page.evaluate(wide);
	if (found.violations.length)
		throw new Error(`${dress.name}: ` + found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "));
	if (out) throw new Error(`${dress.name}: scrolls sideways: ${out}`);
}
async function look({ page }, name, at) {
	for (const dress of dresses) {
		await page.emulateMedia({ colorScheme: dress.scheme });
		await page.setViewportSize({ width: dress.width, height: 900 });
		const answer = await page.goto(`${url}${at}${at.includes("?") ? "&" : "?"}lang=${dress.lang}`);
		want(`${dress.name}: status`, answer.status(), 200);
		want("language", await page.getAttribute("html", "lang"), dress.lang);
		await check(page, name, dress);
	}
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(`${url}${at}${at.includes("?") ? "&" : "?"}lang=en`);
}
const refused = async (who, at) => want(`${at} for ${who.name}`, (await who.page.goto(url + at)).status(), 403);

const p = {};
for (const who of ["pia", "paul", "nora", "otto", "root", "iris"])
	await test(`${who} signs in`, async () => { p[who] = await person(who); });

await test("who has nothing to do with the public account sees none of it", async () => {
	for (const at of ["/editions", "/permissions", "/known", "/statement", "/settings"]) await refused(p.iris, at);
	for (const at of ["/editions", "/permissions", "/statement"]) await refused(p.root, at);
	for (const at of ["/settings", "/desk"]) await refused(p.pia, at);
});
await test("an empty list says which half-year is due and what to do", async () => {
	await look(p.pia, "editions-empty", "/editions");
	await says(p.pia.page, "2012H2");
	await says(p.pia.page, "No edition was made yet");
});
await test("what was wrong is said at its field, and what was typed stays", async () => {
	const { still } = p.pia;
	await look(p.pia, "edition-new", "/editions/make?period=2012H2");
	await still.goto(`${url}/editions/make?lang=en`);
	await still.fill("[name=period]", "2012H9");
	await still.fill("[name=title_en]", "A cause");
	await still.click("main button.primary");
	want("period", await still.inputValue("[name=period]"), "2012H9");
	want("title", await still.inputValue("[name=title_en]"), "A cause");
	want("the field is marked", await still.getAttribute("[name=period]", "aria-invalid"), "true");
	await still.fill("[name=period]", "2012H2");
	await still.click("main button.primary");
	await says(still, "nothing to correct");
});
await test("a period is counted by a job beside the web, without a script", async () => {
	const { still } = p.pia;
	await still.goto(`${url}/editions/make?period=2012H2&lang=en`);
	await still.click("main button.primary");
	await job(still);
	await says(still, "counted into a draft");
	await says(still, "What the law leaves open rests on counsel's record");
	p.job = new URL(still.url()).pathname;
	await look(p.pia, "job-made", p.job);
});
await test("the draft shows its figures, drawn and as a table, and what stands against it in plain words", async () => {
	await look(p.pia, "draft-refused", "/editions/2012H2");
	const { page } = p.pia;
	await says(page, "may not be published");
	await says(page, "Counsel of the sealed compartment records a permission");
	if ((await page.locator("svg.chart").count()) !== 2) return "there are not two charts";
	want("demands of Germany", await page.locator("tr:has(th:text-is('Germany')) td").first().textContent(), "700");
	await look(p.otto, "draft-auditor", "/editions/2012H2");
	want("an auditor publishes nothing", await p.otto.page.locator("form[action$='/publish']").count(), 0);
});
await test("without a fresh passkey nothing is published", async () => {
	const { page, still } = p.pia;
	await page.goto(`${url}/editions/2012H2?lang=en`);
	want("no button", await page.locator("form[action$='/publish']").count(), 0);
	await says(page, "Publishing needs your passkey once more");
	await still.goto(`${url}/editions/2012H2`);
	const proof = await still.getAttribute("form[action$='/check'] input[name=proof]", "value");
	const answer = await p.pia.page.request.post(`${url}/editions/2012H2/publish`,
		{ form: { proof }, headers: { Origin: url }, maxRedirects: 0 });
	want("status", answer.status(), 403);
	if (!(await answer.text()).includes("passkey once more")) return "the refusal does not say why";
});
await test("with it, a rule refuses: the page says which, what it means and what to do", async () => {
	await once_more(p.pia, "publication", "/editions/2012H2");
	const { still } = p.pia;
	await still.goto(`${url}/editions/2012H2?lang=en`);
	await still.click("form[action$='/publish'] button");
	await job(still);
	await says(still, "It was not published");
	await says(still, "What to do:");
	await look(p.pia, "job-refused", new URL(still.url()).pathname);
});
await test("a publisher records no permission; counsel of the compartment does, and errors keep what was typed", async () => {
	await look(p.pia, "permissions-empty", "/permissions");
	want("no form", await p.pia.page.locator("form[action='/permissions']").count(), 0);
	const { still } = p.nora;
	await p.nora.page.goto(`${url}/editions/2012H2?lang=en`);
	await p.nora.page.click("text=Record what holds");
	await p.nora.page.waitForURL(/\/permissions\?kind=structure/);
	want("its subject", await p.nora.page.inputValue("[name=subject]"), "US-COMB-2013");
	await still.goto(p.nora.page.url());
	await still.fill("[name=given]", "2013-06-15");
	await still.fill("[name=law]", "Letter of 2013-06-14");
	await still.fill("[name=title_en]", "One number for all demands of all United States authorities");
	await still.click("#record button.primary");
	want("the day is marked", await still.getAttribute("[name=given]", "aria-invalid"), "true");
	want("the law stays", await still.inputValue("[name=law]"), "Letter of 2013-06-14");
	await still.fill("[name=given]", "2013-06-14");
	await still.fill("[name=authority_en]", "Government of the United States");
	await still.click("#record button.primary");
	await says(still, "It is recorded");
	await look(p.nora, "permissions", "/permissions");
});
await test("the verdict of before is old; counted again every rule holds", async () => {
	const { still } = p.pia;
	await still.goto(`${url}/editions/2012H2?lang=en`);
	await says(still, "Something that this rests on has changed since");
	await still.click("a:text-is('Count again')");
	await still.click("main button.primary");
	await job(still);
	await look(p.pia, "draft-clean", "/editions/2012H2.2");
	await says(p.pia.page, "every rule holds");
	await says(p.pia.page, "One number for all demands");
});
await test("the preview is the public page, marked as a draft", async () => {
	const { page } = p.pia;
	await page.goto(`${url}/editions/2012H2.2/preview/index.html`);
	await says(page, "6,000");
	const found = await page.evaluate(axe + "; axe.run({ iframes: false })");
	if (found.violations.length) return found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; ");
	if (shots) await page.screenshot({ path: path.join(shots, "preview.png"), fullPage: true });
	want("style", await page.evaluate(() => document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 0), true);
});
await test("published with a passkey; the public page shows it", async () => {
	const { still } = p.pia;
	await once_more(p.pia, "publication", "/editions/2012H2.2");
	await look(p.pia, "draft-ready", "/editions/2012H2.2");
	await still.goto(`${url}/editions/2012H2.2?lang=en`);
	await still.click("form[action$='/publish'] button");
	await job(still);
	await says(still, "It is published");
	const all = await browser.newPage();
	await all.goto(`${url}/edition/2012H2.2/index.html`);
	await says(all, "12,000–13,000");
	want("the PDF is there", (await all.request.get(`${url}/edition/2012H2.2/report.pdf`)).status(), 200);
	await all.goto(`${url}/index.html`);
	await says(all, "2012");
	await all.close();
	await look(p.pia, "published", "/editions/2012H2.2");
	await look(p.pia, "editions", "/editions");
});
await test("a correction says its cause, in the list and on its page", async () => {
	const { still } = p.pia;
	await still.goto(`${url}/editions/make?period=2012H2&lang=en`);
	await still.click("main button.primary");
	await says(still, "say why this one corrects it");
	await still.fill("[name=title_en]", "A demand of another country was added");
	await still.fill("[name=title_de]", "Ein Ersuchen eines anderen Staates kam hinzu");
	await still.click("main button.primary");
	await job(still);
	await look(p.pia, "correction", "/editions/2012H2.3");
	await says(p.pia.page, "A demand of another country was added");
});
await test("a figure known from outside counts in the next look", async () => {
	await look(p.pia, "known-empty", "/known");
	const { still } = p.pia;
	await still.goto(`${url}/known?lang=en`);
	await still.selectOption("[name=unit]", "accounts");
	for (const [name, value] of Object.entries({ country: "US", period: "2012", counts: "others",
		value: "24565-3", published: "2013-03-21", source: "Report of March 2013" }))
		await still.fill(`[name=${name}]`, value);
	await still.click("form[action='/known'] button.primary");
	want("the number is marked", await still.getAttribute("[name=value]", "aria-invalid"), "true");
	want("the source stays", await still.inputValue("[name=source]"), "Report of March 2013");
	await still.fill("[name=value]", "12282");
	await still.fill("[name=period]", "2012H2");
	await still.click("form[action='/known'] button.primary");
	await says(still, "The figure is entered");
	await look(p.pia, "known", "/known");
	await still.goto(`${url}/editions/2012H2.3?lang=en`);
	await says(still, "Something that this rests on has changed since");
	await still.click("form[action$='/check'] button");
	await job(still);
	await says(still, "A reader can infer no more than the law allows");
	await look(p.pia, "disclosure", "/editions/2012H2.3");
	await says(p.pia.page, "a reader can tell that it lies in");
});

// ---- the statement ----

await test("a never-statement is written, cleared, published by another, renewed", async () => {
	await look(p.paul, "statement-empty", "/statement");
	await look(p.paul, "piece-new", "/statement/new?part=never");
	await look(p.paul, "piece-new-proceeding", "/statement/new?part=proceeding");
	const { still } = p.paul;
	await still.goto(`${url}/statement/new?part=never&lang=en`);
	await still.fill("[name=text_en]", "We never built a back door.");
	await still.click("main button.primary");
	want("the title is marked", await still.getAttribute("[name=title_en]", "aria-invalid"), "true");
	want("the text stays", await still.inputValue("[name=text_en]"), "We never built a back door.");
	await still.fill("[name=title_en]", "No back door");
	await still.fill("[name=title_de]", "Keine Hintertür");
	await still.fill("[name=text_de]", "Wir haben nie eine Hintertür gebaut.");
	await still.click("main button.primary");
	await still.waitForURL(/\/statement\/[0-9A-Z-]+\?done/);
	const at = new URL(still.url()).pathname;
	await look(p.pia, "piece-waiting", at);
	want("a publisher cannot yet", await p.pia.page.locator("form[action$='/publish']").count(), 0);
	await p.nora.still.goto(url + at + "?lang=en");
	await p.nora.still.click("form[action$='/clear'] button");
	await says(p.nora.still, "It is cleared");
	await p.pia.page.goto(url + at + "?lang=en");
	await once_more(p.pia, "publication", at);
	await look(p.pia, "piece-cleared", at);
	await p.pia.still.goto(url + at + "?lang=en");
	await p.pia.still.click("form[action$='/publish'] button");
	await ended(p.pia.still);
	const all = await browser.newPage();
	await all.goto(`${url}/statement.html`);
	await says(all, "No back door");
	await all.close();
	await look(p.pia, "piece-published", at);
	await look(p.pia, "statement", "/statement");
	await once_more(p.pia, "publication", at);
	await p.pia.still.goto(url + at + "?lang=en");
	await p.pia.still.click("form[action$='/renew'] button");
	await p.pia.still.waitForURL((u) => /\?done/.test(u.search) && u.pathname !== at);
	await says(p.pia.still, "It waits for counsel");
	await says(p.pia.still, "In place of");
});

// ---- settings ----

await test("settings, for those who keep the house", async () => {
	await look(p.root, "settings", "/settings");
	await says(p.root.page, "Key of the log");
	await says(p.root.page, "Example Mail");
	const text = await p.root.page.textContent("main");
	if (/secrets\/|smtp_password|PRIVATE\+KEY|\/instance\b/.test(text)) return "it tells too much";
	await once_more(p.root, "keys", "/settings");
	await look(p.root, "settings-fresh", "/settings");
	await p.root.still.goto(`${url}/settings?lang=en`);
	await p.root.still.click("form[action^='/settings/token/'] button");
	await says(p.root.still, "The token has ended");
});
await test("no page had an error in its console", async () => {
	const all = Object.values(p).flatMap((x) => x?.said ?? []).filter((x) => !/status of 40[034]|pubKeyCredParams/.test(x));
	return all.slice(0, 3).join(" | ");
});
await browser.close();
process.exit(bad);
