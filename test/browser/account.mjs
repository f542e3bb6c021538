// node account.mjs MODULES URL DIR: editions, what may be said, the statement and settings, by their people. DIR holds
// link.NAME, a one-time link each. Forms are filled in with JavaScript off; only passkeys need it. One line a thing
// tried: "ok NAME" or "not ok NAME: why".
import { browser, check, ended, end, look, once_more, rest, says, staff, test, url, want } from "./stage.mjs";

const [dir] = rest;

// A job's page comes after the press; then how it ended.
async function job(page) {
	if (!/\/editions\/job\//.test(page.url()))
		throw new Error(`${page.url()}: ${(await page.textContent("body")).slice(0, 300)} ${(await page.locator(".notice, .wrong").allTextContents()).join(" ").trim()}`);
	await ended(page);
}

const refused = async (who, at) => want(`${at} for ${who.name}`, (await who.page.goto(url + at)).status(), 403);

const p = {};
for (const who of ["pia", "paul", "nora", "otto", "root", "iris"])
	await test(`${who} signs in`, async () => { p[who] = await staff(dir, who); });

await test("who has nothing to do with the public account sees none of it", async () => {
	for (const at of ["/editions", "/permissions", "/known", "/statement", "/settings"]) await refused(p.iris, at);
	for (const at of ["/editions", "/permissions", "/statement"]) await refused(p.root, at);
	for (const at of ["/settings", "/desk"]) await refused(p.pia, at);
});
await test("an empty list says which half-year is due and what to do", async () => {
	await look(p.pia.page, "editions-empty", "/editions");
	await says(p.pia.page, "2012H2");
	await says(p.pia.page, "No edition was made yet");
});
await test("what was wrong is said at its field, and what was typed stays", async () => {
	const { still } = p.pia;
	await look(p.pia.page, "edition-new", "/editions/make?period=2012H2");
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
	await look(p.pia.page, "job-made", p.job);
});
await test("the draft shows its figures, drawn and as a table, and what stands against it in plain words", async () => {
	await look(p.pia.page, "draft-refused", "/editions/2012H2");
	const { page } = p.pia;
	await says(page, "may not be published");
	await says(page, "Counsel of the sealed compartment records a permission");
	if ((await page.locator("svg.chart").count()) !== 2) return "there are not two charts";
	want("demands of Germany", await page.locator("tr:has(th:text-is('Germany')) td").first().textContent(), "700");
	await look(p.otto.page, "draft-auditor", "/editions/2012H2");
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
	await once_more(p.pia.page, "publication", "/editions/2012H2");
	const { still } = p.pia;
	await still.goto(`${url}/editions/2012H2?lang=en`);
	await still.click("form[action$='/publish'] button");
	await job(still);
	await says(still, "It was not published");
	await says(still, "What to do:");
	await look(p.pia.page, "job-refused", new URL(still.url()).pathname);
});
await test("a publisher records no permission; counsel of the compartment does, and errors keep what was typed", async () => {
	await look(p.pia.page, "permissions-empty", "/permissions");
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
	await look(p.nora.page, "permissions", "/permissions");
});
await test("the verdict of before is old; counted again every rule holds", async () => {
	const { still } = p.pia;
	await still.goto(`${url}/editions/2012H2?lang=en`);
	await says(still, "Something that this rests on has changed since");
	await still.click("a:text-is('Count again')");
	await still.click("main button.primary");
	await job(still);
	await look(p.pia.page, "draft-clean", "/editions/2012H2.2");
	await says(p.pia.page, "every rule holds");
	await says(p.pia.page, "One number for all demands");
});
await test("the preview is the public page, marked as a draft", async () => {
	const { page } = p.pia;
	await page.goto(`${url}/editions/2012H2.2/preview/index.html`);
	await says(page, "6,000");
	await check(page, "preview");
	want("style", await page.evaluate(() => document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 0), true);
});
await test("published with a passkey; the public page shows it", async () => {
	const { still } = p.pia;
	await once_more(p.pia.page, "publication", "/editions/2012H2.2");
	await look(p.pia.page, "draft-ready", "/editions/2012H2.2");
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
	await look(p.pia.page, "published", "/editions/2012H2.2");
	await look(p.pia.page, "editions", "/editions");
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
	await look(p.pia.page, "correction", "/editions/2012H2.3");
	await says(p.pia.page, "A demand of another country was added");
});
await test("a figure known from outside counts in the next look", async () => {
	await look(p.pia.page, "known-empty", "/known");
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
	await look(p.pia.page, "known", "/known");
	await still.goto(`${url}/editions/2012H2.3?lang=en`);
	await says(still, "Something that this rests on has changed since");
	await still.click("form[action$='/check'] button");
	await job(still);
	await says(still, "A reader can infer no more than the law allows");
	await look(p.pia.page, "disclosure", "/editions/2012H2.3");
	await says(p.pia.page, "a reader can tell that it lies in");
});

// ---- the statement ----

await test("a never-statement is written, cleared, published by another, renewed", async () => {
	await look(p.paul.page, "statement-empty", "/statement");
	await look(p.paul.page, "piece-new", "/statement/new?part=never");
	await look(p.paul.page, "piece-new-proceeding", "/statement/new?part=proceeding");
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
	await look(p.pia.page, "piece-waiting", at);
	want("a publisher cannot yet", await p.pia.page.locator("form[action$='/publish']").count(), 0);
	await p.nora.still.goto(url + at + "?lang=en");
	await p.nora.still.click("form[action$='/clear'] button");
	await says(p.nora.still, "It is cleared");
	await p.pia.page.goto(url + at + "?lang=en");
	await once_more(p.pia.page, "publication", at);
	await look(p.pia.page, "piece-cleared", at);
	await p.pia.still.goto(url + at + "?lang=en");
	await p.pia.still.click("form[action$='/publish'] button");
	await ended(p.pia.still);
	const all = await browser.newPage();
	await all.goto(`${url}/statement.html`);
	await says(all, "No back door");
	await all.close();
	await look(p.pia.page, "piece-published", at);
	await look(p.pia.page, "statement", "/statement");
	await once_more(p.pia.page, "publication", at);
	await p.pia.still.goto(url + at + "?lang=en");
	await p.pia.still.click("form[action$='/renew'] button");
	await p.pia.still.waitForURL((u) => /\?done/.test(u.search) && u.pathname !== at);
	await says(p.pia.still, "It waits for counsel");
	await says(p.pia.still, "In place of");
});

// ---- settings ----

await test("settings, for those who keep the house", async () => {
	await look(p.root.page, "settings", "/settings");
	await says(p.root.page, "Key of the log");
	await says(p.root.page, "Example Mail");
	const text = await p.root.page.textContent("main");
	if (/secrets\/|smtp_password|PRIVATE\+KEY|\/instance\b/.test(text)) return "it tells too much";
	await once_more(p.root.page, "keys", "/settings");
	await look(p.root.page, "settings-fresh", "/settings");
	await p.root.still.goto(`${url}/settings?lang=en`);
	await p.root.still.click("form[action^='/settings/token/'] button");
	await says(p.root.still, "The token has ended");
});
await test("no page had an error in its console", async () => {
	const all = Object.values(p).flatMap((x) => x?.said ?? []).filter((x) => !/status of 40[034]|pubKeyCredParams/.test(x));
	return all.slice(0, 3).join(" | ");
});
await end();
