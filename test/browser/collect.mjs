// node collect.mjs MODULES URL DIR: collection, from the case's page and back to it, by its people. DIR holds link.NAME, a
// one-time link each, and the files that are handed in. Forms are filled in with JavaScript off; only passkeys need it. One line a thing
// tried: "ok NAME" or "not ok NAME: why".
import { readFile } from "node:fs/promises";
import path from "node:path";
import { end, ended, look, once_more, rest, says, staff, test, url, want } from "./stage.mjs";

const [dir] = rest;

// A job's page comes after the press; then how it ended.
async function job(page) {
	if (!/\/desk\/job\//.test(page.url()))
		throw new Error(`${page.url()}: ${(await page.textContent("body")).slice(0, 300)} ${(await page.locator(".notice, .wrong").allTextContents()).join(" ").trim()}`);
	await ended(page);
}
const refused = async (who, at) => want(`${at} for ${who.name}`, (await who.page.goto(url + at)).status(), 403);

const p = {};
for (const who of ["rob", "rita", "cole", "root", "iris"])
	await test(`${who} signs in`, async () => { p[who] = await staff(dir, who); });
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
	await look(p.cole.page, "collect-empty", "/collect");
	await says(p.cole.page, "No data is asked for");
});
let one, two;
await test("a reviewer has data asked for, item by item, from the case's page; red services are told there", async () => {
	const { still } = p.rob;
	await look(p.rob.page, "case-asks", at_case);
	await says(p.rob.page, "Service mail: never tested");
	[one, two] = await asked(still, CASE, ["3", "4"]);
	if (!one || !two) return "there are not two tickets";
	await look(p.rob.page, "job-tickets", new URL(still.url()).pathname);
	await still.goto(`${url}${at_case}?lang=en`);
	await says(still, two);
	want("boxes that are ticked", await still.locator("form[action$='/ticket'] input:checked").count(), 2);
});
await test("the collector finds them, and sees the ticket and not the case", async () => {
	await look(p.cole.page, "collect", "/collect");
	await look(p.cole.page, "collect-open", `/collect/ticket/${two}`);
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
	await look(p.cole.page, "collect-files", `/collect/ticket/${two}`);
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
	await look(p.cole.page, "collect-done", `/collect/ticket/${two}`);
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
	await look(p.rita.page, "case-collected", at_case);
	const link = p.rita.page.locator("a:has-text('Look at sheet.bin')");
	const got = await p.rita.page.request.get(url + await link.getAttribute("href"));
	want("the file", await got.text(), "something that no machine reads\n");
	want("as a download", got.headers()["content-disposition"], 'attachment; filename="sheet.bin"');
	want("for who may not", (await p.cole.page.request.get(url + await link.getAttribute("href"))).status(), 403);
	await p.rita.still.goto(`${url}${at_case}?lang=en`);
	await p.rita.still.click("form[action$='/look-over-ticket'] button");
	await says(p.rita.still, "passkey once more");
	await once_more(p.rita.page, "release", at_case);
	await p.rita.still.goto(`${url}${at_case}?lang=en`);
	await p.rita.still.click("form[action$='/look-over-ticket'] button");
	await says(p.rita.still, "It is recorded");
});
await test("what was collected is sealed from the page, and nothing is named again", async () => {
	await once_more(p.cole.page, "release", `${at_case}/order/1/produce`);
	await look(p.cole.page, "produce-collected", `${at_case}/order/1/produce`);
	const { still } = p.cole;
	await still.goto(`${url}${at_case}/order/1/produce?lang=en`);
	want("tickets that wait", await still.locator("input[name=ticket]:checked").count(), 2);
	await still.click("text=Seal what was collected");
	await job(still);
	await says(still, "It is done");
	await says(still, "looked over by a second person");
	await look(p.cole.page, "job-sealed", new URL(still.url()).pathname);
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
	await look(p.rob.page, "case-kept", `/desk/case/${KEEP}`);
	await p.cole.still.goto(`${url}/collect/ticket/${kept}?lang=en`);
	await says(p.cole.still, "does not lie here any more");
});
await test("a service has a page with its entry and its tests, and is tested from there", async () => {
	await look(p.cole.page, "service-red", "/services/tables");
	const { still } = p.cole;
	await still.goto(`${url}/services/tables?lang=en`);
	await still.click("form[action$='/test'] button");
	await job(still);
	await says(still, "It is done");
	await still.click("main a.button.primary");
	await says(still, "tested");
	await look(p.cole.page, "service", "/services/tables");
	await look(p.cole.page, "services", "/services");
	await look(p.rob.page, "service-reviewer", "/services/mail");
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
	await look(p.cole.page, "collect-ran", `/collect/ticket/${ref}`);
});
await test("settings name the tokens of services", async () => {
	await look(p.root.page, "settings", "/settings");
	await says(p.root.page, "Tokens of services");
});
await test("no script and no console complains", async () => {
	const all = Object.values(p).flatMap((x) => x?.said ?? []).filter((x) => !/status of 40[034]|pubKeyCredParams/.test(x));
	return all.slice(0, 3).join(" | ");
});
await end();
