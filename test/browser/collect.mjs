// node collect.mjs MODULES URL DIR: collection, from the case's page and back to it, by its people. DIR holds link.NAME, a
// one-time link each, and the files that are handed in. Forms are filled in with JavaScript off; only passkeys need it. One line a thing
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
	await page.waitForURL(/\/(desk|me|editions|settings|collect|services)/);
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
	if (!/\/desk\/job\//.test(page.url()))
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
for (const who of ["rob", "rita", "cole", "root", "iris"])
	await test(`${who} signs in`, async () => { p[who] = await person(who); });
const file = (name) => path.join(dir, name);
const read = async (name) => (await readFile(file(name), "utf8")).trim();
const CASE = await read("case"), KEEP = await read("keep");
const at_case = `/desk/case/${CASE}`;
// A page that comes again by itself without a script, until what it looks at was looked at.
async function looked(page) {
	for (let i = 0; i < 60; i++) {
		if (!(await page.textContent("main")).includes("It is being held against")) return;
		await page.waitForTimeout(500);
		await page.reload();
	}
	throw new Error("files are not looked at");
}
// Asks for one item from the case's page; the ticket's reference.
async function asked(still, of, items) {
	await still.goto(`${url}/desk/case/${of}?lang=en`);
	for (const box of await still.locator("form[action$='/ticket'] input[type=checkbox]").all())
		await box.setChecked(items.includes(await box.getAttribute("value")));
	await still.click("form[action$='/ticket'] button");
	await job(still);
	return still.locator("main a.ref").allTextContents();
}

await test("who does not collect sees no queue; an empty one says so", async () => {
	for (const who of ["iris", "rob", "root"]) await refused(p[who], "/collect");
	await look(p.cole, "collect-empty", "/collect");
	await says(p.cole.page, "No data is asked for");
});
let one, two;
await test("a reviewer has data asked for, item by item, from the case's page; red services are told there", async () => {
	const { still } = p.rob;
	await look(p.rob, "case-asks", at_case);
	await says(p.rob.page, "Service mail: never tested");
	[one, two] = await asked(still, CASE, ["3", "4"]);
	if (!one || !two) return "there are not two tickets";
	await look(p.rob, "job-tickets", new URL(still.url()).pathname);
	await still.goto(`${url}${at_case}?lang=en`);
	await says(still, two);
	want("boxes that are ticked", await still.locator("form[action$='/ticket'] input:checked").count(), 2);
});
await test("the collector finds them, and sees the ticket and not the case", async () => {
	await look(p.cole, "collect", "/collect");
	await look(p.cole, "collect-open", `/collect/ticket/${two}`);
	await says(p.cole.page, "j.doe@mail.example");
	const text = await p.cole.page.content();
	if (text.includes(CASE) || text.includes("SW-26-4471") || text.includes("US-WARRANT")) return "it says something of the case";
});
await test("taken; files come by a form, several at once, and each is held against what was asked", async () => {
	const { still } = p.cole;
	await still.goto(`${url}/collect/ticket/${two}?lang=en`);
	await still.click("form[action$='/take'] button");
	await says(still, "The ticket is yours");
	await still.setInputFiles("[name=file]", [file("good.eml"), file("foreign.eml")]);
	await still.click("form[action$='/file'] button");
	await looked(still);
	await look(p.cole, "collect-files", `/collect/ticket/${two}`);
	await says(p.cole.page, "1 of 1 records lie within what was asked");
	await says(p.cole.page, "0 of 1 records lie within what was asked");
	await says(p.cole.page, "Record 1, line 1, byte 0");
});
await test("a file is taken out again; a name that is none is said at once", async () => {
	const { still } = p.cole;
	await still.goto(`${url}/collect/ticket/${two}?lang=en`);
	await still.click("button[aria-label='Take out foreign.eml']");
	await says(still, "The file is taken out");
	want("files", await still.locator("form[action$='/drop']").count(), 1);
	await still.setInputFiles("[name=file]", { name: "a b.eml", mimeType: "message/rfc822", buffer: Buffer.from("x") });
	await still.click("form[action$='/file'] button");
	await says(still, "a file's name has letters");
});
await test("done, with how it was collected; the page shows what was handed in", async () => {
	const { still } = p.cole;
	await still.goto(`${url}/collect/ticket/${two}?lang=en`);
	await still.fill("[name=how] >> nth=0", "Exported by hand with mailctl, by cole.");
	await still.click("form[action$='/done'] button");
	await says(still, "It is handed in");
	await looked(still);
	await look(p.cole, "collect-done", `/collect/ticket/${two}`);
	await says(p.cole.page, "Exported by hand");
	want("no form", await p.cole.page.locator("form[action$='/file']").count(), 0);
});
await test("what no machine can check is looked over by another person, who gets the very file", async () => {
	const { still } = p.cole;
	await still.goto(`${url}/collect/ticket/${one}?lang=en`);
	await still.click("form[action$='/take'] button");
	await still.setInputFiles("[name=file]", file("sheet.bin"));
	await still.click("form[action$='/file'] button");
	await looked(still);
	await says(still, "No machine can check it");
	await still.click("form[action$='/done'] button");
	await look(p.rita, "case-collected", at_case);
	const link = p.rita.page.locator("a:has-text('Look at sheet.bin')");
	const got = await p.rita.page.request.get(url + await link.getAttribute("href"));
	want("the file", await got.text(), "something that no machine reads\n");
	want("as a download", got.headers()["content-disposition"], 'attachment; filename="sheet.bin"');
	want("for who may not", (await p.cole.page.request.get(url + await link.getAttribute("href"))).status(), 403);
	await p.rita.still.goto(`${url}${at_case}?lang=en`);
	await p.rita.still.click("form[action$='/look-over-ticket'] button");
	await says(p.rita.still, "passkey once more");
	await once_more(p.rita, "release", at_case);
	await p.rita.still.goto(`${url}${at_case}?lang=en`);
	await p.rita.still.click("form[action$='/look-over-ticket'] button");
	await says(p.rita.still, "It is recorded");
});
await test("what was collected is sealed from the page, and nothing is named again", async () => {
	await once_more(p.cole, "release", `${at_case}/order/1/produce`);
	await look(p.cole, "produce-collected", `${at_case}/order/1/produce`);
	const { still } = p.cole;
	await still.goto(`${url}${at_case}/order/1/produce?lang=en`);
	want("tickets that wait", await still.locator("input[name=ticket]:checked").count(), 2);
	await still.click("text=Seal what was collected");
	await job(still);
	await says(still, "It is done");
	await says(still, "looked over by a second person");
	await look(p.cole, "job-sealed", new URL(still.url()).pathname);
});
await test("what a preservation asks for is collected and kept, and no page shows it", async () => {
	const { still } = p.rob;
	const [kept] = await asked(still, KEEP, ["1"]);
	await p.cole.still.goto(`${url}/collect/ticket/${kept}?lang=en`);
	await says(p.cole.still, "a preservation");
	await p.cole.still.click("form[action$='/take'] button");
	await p.cole.still.setInputFiles("[name=file]", file("kept.eml"));
	await p.cole.still.click("form[action$='/file'] button");
	await p.cole.still.click("form[action$='/done'] button");
	for (let i = 0; i < 40; i++) {
		await still.goto(`${url}/desk/case/${KEEP}?lang=en`);
		if ((await still.textContent("main")).includes("One file is kept")) break;
		await still.waitForTimeout(250);
	}
	await says(still, "One file is kept");
	await look(p.rob, "case-kept", `/desk/case/${KEEP}`);
	await p.cole.still.goto(`${url}/collect/ticket/${kept}?lang=en`);
	await says(p.cole.still, "does not lie here any more");
});
await test("a service has a page with its entry and its tests, and is tested from there", async () => {
	await look(p.cole, "service-red", "/services/tables");
	const { still } = p.cole;
	await still.goto(`${url}/services/tables?lang=en`);
	await still.click("form[action$='/test'] button");
	await job(still);
	await says(still, "It is done");
	await still.click("main a.button.primary");
	await says(still, "tested");
	await look(p.cole, "service", "/services/tables");
	await look(p.cole, "services", "/services");
	await look(p.rob, "service-reviewer", "/services/mail");
	want("a reviewer tests nothing", await p.rob.page.locator("form[action$='/test']").count(), 0);
});
await test("a program is run for a ticket from its page, as a job, and what it brings lies there", async () => {
	const [ref] = await asked(p.rob.still, await read("tables"), ["1"]);
	const { still } = p.cole;
	await still.goto(`${url}/collect/ticket/${ref}?lang=en`);
	want("nothing to hand in", await still.locator("form[action$='/file'], form[action$='/take']").count(), 0);
	await still.click("form[action$='/run'] button.primary");
	await job(still);
	await says(still, "It is done");
	await still.click("main a.button.primary");
	await says(still, "name.csv");
	await says(still, "1 of 1 records lie within what was asked");
	await look(p.cole, "collect-ran", `/collect/ticket/${ref}`);
});
await test("settings name the tokens of services", async () => {
	await look(p.root, "settings", "/settings");
	await says(p.root.page, "Tokens of services");
});
await test("no script and no console complains", async () => {
	const all = Object.values(p).flatMap((x) => x?.said ?? []).filter((x) => !/status of 40[034]|pubKeyCredParams/.test(x));
	return all.slice(0, 3).join(" | ");
});
await browser.close();
process.exit(bad);
