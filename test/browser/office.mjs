// node office.mjs MODULES URL DIR: the officers' portal, from the first visit to the receipt. DIR holds link.NAME of
// the staff, order.pdf, list.csv, and `letters`, which prints the letters that wait. Forms are filled in with JavaScript
// off; only passkeys need it. One line a thing tried: "ok NAME" or "not ok NAME: why".
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { end, look, person, rest, staff, test, url, visitor, want } from "./stage.mjs";

const [dir] = rest;
const has = async (page, text) => {
	if (!(await page.content()).includes(text)) throw new Error(`${page.url()} has no "${text}"`);
};

const letters = (to) => JSON.parse(execFileSync(path.join(dir, "letters"), { encoding: "utf8" })).filter((l) => l.to === to);
const watcher = (await visitor()).page;

// ---- before anybody has signed in ----
for (const [name, at] of [["portal", "/portal"], ["register", "/portal/register"], ["confirm", "/portal/confirm"],
	["confirmed", "/portal/confirmed"], ["form", "/portal/form"]])
	await test(`${name}, looked at`, () => look(watcher, `public-${name}`, at));

const address = "pat@police.example";
const anybody = await visitor(false);
await test("an officer registers, and what is wrong is marked with nothing lost", async () => {
	const { page } = anybody;
	await page.goto(url + "/portal/register?lang=en");
	await page.fill("[name=name]", 'Pat "<script>alert(1)</script>');
	await page.fill("[name=address]", address);
	await page.click("main button.primary");
	want("marked", await page.getAttribute("[name=phone]", "aria-invalid"), "true");
	want("kept", await page.inputValue("[name=name]"), 'Pat "<script>alert(1)</script>');
	await page.fill("[name=name]", "Pat Doe");
	await page.fill("[name=phone]", "+1 555 0100");
	await page.fill("[name=authority]", "Police of A");
	await page.selectOption("[name=country]", "US");
	await page.click("main button.primary");
	await has(page, "a code is on its way");
	await page.fill("[name=address]", address);
	await page.fill("[name=code]", "WRONG000");
	await page.click("main button.primary");
	await has(page, "the code does not fit the address");
	await page.fill("[name=code]", letters(address)[0].text.match(/portal: ([0-9A-Z]{8})/)[1]);
	await page.click("main button.primary");
	want("page", page.url(), url + "/portal/confirmed");
});

// ---- vetting ----
const desk = {};
for (const name of ["iris", "carla", "rob", "root"])
	await test(`${name} signs in`, async () => { desk[name] = await staff(dir, name); });
await test("an authority is added, its domain by two people", async () => {
	const { still } = desk.iris;
	await still.goto(url + "/desk/agencies?lang=en");
	await still.fill("[name=name]", "Police of A");
	await still.selectOption("[name=country]", "US");
	await still.selectOption("[name=body]", "police");
	await still.selectOption("[name=level]", "local");
	await still.fill("[name=reason]", "The list of the state.");
	await still.click("main button.primary");
	await still.fill("[name=domain]", "police.example");
	await still.click("text=Name this domain");
	await has(still, "waits for a second person");
	const second = desk.carla.still;
	await second.goto(still.url().split("?")[0]);
	await second.fill("[name=domain]", "police.example");
	await second.click("text=Name this domain");
	await has(second, "badge good");
});
await test("two people vet the officer; the link stands on no page", async () => {
	for (const name of ["iris", "carla"]) {
		const { still } = desk[name];
		await still.goto(url + "/desk/officers?lang=en");
		await still.click("text=Pat Doe");
		await has(still, "do not use it to vet them");
		if (name === "iris") await still.selectOption("[name=agency]", { index: 1 });
		await still.fill("[name=source]", "The switchboard in the state's directory");
		await still.fill("[name=reason] >> nth=0", "The desk sergeant knows them.");
		await still.click("text=I have checked this person");
		await has(still, "Recorded.");
		if ((await still.content()).includes("/enrol/")) return "the link is on the page";
	}
	await has(desk.carla.still, "active");
});
for (const [name, who, at] of [["vetting", "iris", "/desk/officers?state=active"], ["vetting-empty", "iris", "/desk/officers"],
	["agencies", "iris", "/desk/agencies"], ["alerts-empty", "iris", "/desk/alerts"], ["outgoing", "root", "/desk/outgoing"]])
	await test(`${name}, looked at`, () => look(desk[who].page, name, at));
await test("officer and agency, looked at", async () => {
	const { page } = desk.carla;
	await page.goto(url + "/desk/officers?state=active");
	const officer = await page.getAttribute("tbody a", "href");
	await page.goto(url + "/desk/agencies");
	const agency = await page.getAttribute("tbody a", "href");
	await look(page, "officer", officer);
	await look(page, "agency", agency);
});

// ---- the guided form ----
let pat, demand;
await test("the officer signs in by the link of the letter", async () => {
	const link = letters(address).map((l) => l.text.match(/http\S*\/enrol\/\S+/)).find((x) => x)[0];
	pat = await person(link);
	await look(pat.page, "cases-empty", "/portal/cases");
	await look(pat.page, "me", "/portal/me");
	await look(pat.page, "portal-officer", "/portal");
});

async function fill(page, looked) {
	await page.fill("[name=value]", "anna");
	await page.click("text=Add this identifier");
	want("marked", await page.getAttribute("[name=value]", "aria-invalid"), "true");
	await page.fill("[name=value]", "anna@example.net");
	await page.keyboard.press("Enter");
	await page.click("summary:has-text('Many identifiers')");
	await page.setInputFiles("[name=list]", path.join(dir, "list.csv"));
	await page.click("text=Read the file");
	await has(page, "berta@example.net");
	await page.check("[name=field][value=name]");
	await page.check("[name=field][value=address]");
	if (looked) await looked("what");
	await page.check("[name=field][value=name]");
	await page.check("[name=field][value=address]");
	await page.click("text=Next");
	if (looked) await looked("instrument");
	await page.check("[name=instrument] >> nth=0");
	await page.click("text=Next");
	if (looked) await looked("details");
}
await test("the guided form: steps, each looked at, and submitted with a PDF", async () => {
	const { page, still } = pat;
	await still.goto(url + "/portal/new?lang=en");
	await still.click("text=Begin");
	const looked = async (name) => look(page, `new-${name}`, new URL(still.url()).pathname);
	await fill(still, looked);
	await still.fill("[name=number]", "AZ 12/26");
	await still.click("text=Next");
	await looked("send");
	await still.setInputFiles("[name=paper]", path.join(dir, "list.csv"));
	await still.click("text=Submit the demand");
	await has(still, "no PDF file");
	await still.setInputFiles("[name=paper]", path.join(dir, "order.pdf"));
	await still.click("text=Submit the demand");
	await has(still, "Your demand is recorded");
	demand = new URL(still.url()).pathname;
});
await test("the receipt is there within seconds, and tells no size and no index", async () => {
	const { page } = pat;
	for (let i = 0; i < 20; i++) {
		await page.goto(url + demand + "?lang=en");
		if (await page.locator("text=Download the receipt").count()) break;
		await page.waitForTimeout(500);
	}
	const [file] = await Promise.all([page.waitForEvent("download"), page.click("text=Download the receipt")]);
	const text = await readFile(await file.path(), "utf8");
	if (/index|\bsize\b/i.test(text)) return `it says ${text}`;
	return look(page, "case-received", demand);
});

// ---- the form without an account ----
await test("the form without an account, an emergency, to its receipt", async () => {
	const { page } = anybody;
	await page.goto(url + "/portal/form?lang=en");
	await page.click("text=Begin");
	const looked = async (name) => look(watcher, `form-${name}`, new URL(page.url()).pathname);
	await looked("who");
	for (const [name, value] of [["authority", "Sheriff of B"], ["officer", "Kim Roe"], ["mail", "kim@sheriff.example"], ["phone", "+1 555 0199"]])
		await page.fill(`[name=${name}]`, value);
	await page.selectOption("[name=country]", "US");
	await page.selectOption("[name=body]", "police");
	await page.selectOption("[name=level]", "local");
	await page.click("text=Next");
	await fill(page);
	await page.fill("[name=number]", "E 1");
	await page.check("[name=emergency]");
	await page.click("text=Next");
	want("marked", await page.getAttribute("[name=statement]", "aria-invalid"), "true");
	await page.fill("[name=statement]", "A child has been missing since this morning.");
	await page.click("text=Next");
	await page.click("text=Submit the demand");
	await has(page, "Your demand is recorded");
	await looked("receipt");
});

await test("the officer withdraws the demand", async () => {
	const { still } = pat;
	await still.goto(url + demand + "?lang=en");
	await still.click("summary:has-text('Withdraw the whole demand')");
	await still.click("button:has-text('Withdraw the demand')");
	await has(still, "withdrawn");
});
await test("suspended, the officer acts no more", async () => {
	const { still } = desk.iris;
	await still.goto(url + "/desk/officers?state=active&lang=en");
	await still.click("text=Pat Doe");
	await still.click("summary:has-text('Change the standing')");
	await still.selectOption("[name=act]", "suspended");
	await still.fill("[name=reason]", "Their mailbox was broken into.");
	await still.click("button:has-text('Record')");
	await has(still, "suspended");
	const answer = await pat.still.goto(url + "/portal/cases");
	if (answer.status() === 200 && pat.still.url().endsWith("/portal/cases")) return "they still see their demands";
});

await end();
