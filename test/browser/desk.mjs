// node desk.mjs MODULES URL DIR REFS: the pages of the desk, looked at by their people. DIR holds link.NAME, a one-time
// link each; REFS is JSON: references of cases by what is to be seen there. One line a thing tried: "ok NAME" or "not ok
// NAME: why". ONLY=WORD visits the pages whose name has it.
import path from "node:path";
import { check, collected, end, look, rest, staff, test, url, want } from "./stage.mjs";

const [dir, refs] = rest;
const ref = JSON.parse(refs);
const only = process.env.ONLY ?? "";

const people = {};
for (const who of ["iris", "rob", "rita", "carla", "otto"])
	await test(`${who} signs in`, async () => { people[who] = await staff(dir, who); });

const pages = [
	["case-second", "rob", `/desk/case/${ref.second}`], ["case-second", "rita", `/desk/case/${ref.second}`],
	["case-review", "rob", `/desk/case/${ref.review}`], ["case-review", "otto", `/desk/case/${ref.review}`],
	["case-epoc", "carla", `/desk/case/${ref.epoc}`], ["case-returned", "iris", `/desk/case/${ref.returned}`],
	["case-preserve", "rob", `/desk/case/${ref.preserve}`], ["case-refused", "carla", `/desk/case/${ref.refused}`],
];
pages.push(["today", "rob", "/desk/today"], ["today", "rita", "/desk/today"], ["inbox", "iris", "/desk"],
	["inbox", "otto", "/desk"], ["demand", "iris", `/desk/demand/${ref.demand}`],
	["demand-keys", "iris", `/desk/demand/${ref.waiting}`], ["demand-read", "otto", `/desk/demand/${ref.waiting}`],
	["queues", "rob", "/desk/queues"], ["claims-empty", "rob", "/desk/claims"], ["services-empty", "rob", "/services"],
	["calendar", "rob", "/desk/calendar?from=2026-01-01&to=2027-12-31"],
	["case-after", "carla", `/desk/case/${ref.after}`], ["case-after", "rob", `/desk/case/${ref.after}`],
	["case-mail", "rob", `/desk/case/${ref.mail}`], ["case-redirected", "carla", `/desk/case/${ref.redirected}`],
	["after", "rob", "/desk/after"],
	["calendar-empty", "rob", "/desk/calendar?from=2020-01-01&to=2020-01-02"], ["search", "rob", "/desk/search?open=open"],
	["search-none", "carla", "/desk/search?country=FJ"]);
for (const [name, who, at] of pages)
	if (`${name} ${who}`.includes(only)) await test(`${name}, seen by ${who}`, () => look(people[who].page, `${name}-${who}`, at));

// The way of a case: from a list by j and Enter, decided by one, approved by another, sealed by a third.
const keys = async (page, ...all) => { for (const key of all) await page.keyboard.press(key); };
await test("j and Enter open a case, g i goes to the inbox, ? lists the keys", async () => {
	const { page } = people.rob;
	await page.goto(url + "/desk/search?open=open&lang=en");
	await keys(page, "j", "j", "k", "Enter");
	await page.waitForURL(/\/desk\/case\//);
	await keys(page, "?");
	want("dialog", await page.locator("dialog#keys").evaluate((x) => x.open), true);
	await check(page, "keys");
	await keys(page, "Escape", "g", "i");
	await page.waitForURL(url + "/desk");
});
await test("what cannot be undone is asked back, and not done when the answer is no", async () => {
	const { page } = people.rob;
	await page.goto(`${url}/desk/case/${ref.review}`);
	await page.click("summary:has-text('Refuse the order')");
	await page.fill("#o1-reject-reason", "No.");
	await page.selectOption("#o1-reject-code", { index: 1 });
	let asked;
	page.once("dialog", (d) => { asked = d.message(); return d.dismiss(); });
	await page.click("button:has-text('Refuse the order')");
	if (!asked) return "nothing was asked";
	want("page", page.url(), `${url}/desk/case/${ref.review}`);
});
await test("what was wrong is shown at its form, with what was entered", async () => {
	const { page } = people.rob;
	page.once("dialog", (d) => d.accept());
	await page.selectOption("#o1-reject-code", "");
	await page.click("button:has-text('Refuse the order')");
	await page.waitForSelector(".notice.bad");
	want("reason", await page.inputValue("#o1-reject-reason"), "No.");
});
await test("a second person approves, without JavaScript, by the keyboard", async () => {
	const { page, cdp } = people.rita;
	await cdp.send("Emulation.setScriptExecutionDisabled", { value: true });
	await page.goto(`${url}/desk/case/${ref.second}`);
	await page.focus("fieldset input[type=checkbox][name=item][value='4']:not(.cell *)");
	await keys(page, "Space", "Tab", "Enter");
	await page.waitForURL(/done=item_second/);
	if (!(await page.textContent("main")).includes("can be collected and sealed")) return "it is not approved";
	await cdp.send("Emulation.setScriptExecutionDisabled", { value: false });
});
await test("the case is taken, watched and gets a note", async () => {
	const { page } = people.rita;
	await page.goto(`${url}/desk/case/${ref.second}`);
	await page.click("button:has-text('Watch')");
	await page.waitForURL(/done=case_watch/);
	await page.click("summary:has-text('Take it')");
	await page.selectOption("#assign-taker", "rita");
	await page.click("form[action$='/assign'] button");
	await page.waitForURL(/done=case_assign/);
	await page.click("summary:has-text('Keep a note')");
	await page.fill("#o1-note-reason", "Ask again on Monday.");
	await page.click("form[action$='/note'] button");
	await page.waitForURL(/done=order_note/);
	if (!(await page.textContent("main")).includes("Ask again on Monday.")) return "no note";
});
await test("the collected files are sealed by a job, after the passkey once more", async () => {
	const { page } = people.rita;
	await page.click("a:has-text('Collect and seal')");
	await page.waitForURL(/\/produce/);
	await page.click("a:has-text('Use the passkey')");
	await page.click("button.primary");
	await page.waitForURL(/\/produce/);
	await look(people.rita.page, "produce-rita", `/desk/case/${ref.second}/order/1/produce`);
	for (const n of [1, 2, 4])
		await page.setInputFiles(`input[name=file${n}]`, { name: `${n}.txt`, mimeType: "text/plain", buffer: collected(`item ${n}`) });
	await page.check("input[name=no_data][value='3']");
	page.once("dialog", (d) => d.accept());
	await page.click("button:has-text('Seal')");
	await page.waitForURL(/\/desk\/job\//);
	const job = page.url();
	await page.waitForSelector(".notice.good, .notice.bad", { timeout: 20000 });
	if (await page.locator(".notice.bad").count()) return await page.textContent(".notice.bad");
	await look(people.rita.page, "job-rita", new URL(job).pathname);
	await page.click("a:has-text('Back to the case')");
	if (!(await page.textContent("main")).includes("waits to be handed over")) return "the case does not say so";
});
await test("a demand becomes a case, another is sorted out and gets its letter", async () => {
	const { page } = people.iris;
	await page.goto(`${url}/desk/demand/${ref.demand}?lang=en`);
	await page.click("button:has-text('Open a case') >> nth=0");
	await page.waitForURL(/\/desk\/case\/.*done=demand_open/);
	await page.goto(`${url}/desk/demand/${ref.waiting}`);
	await page.click("summary:has-text('It is no demand')");
	await page.check("input[name=as][value=press]");
	page.once("dialog", (d) => d.accept());
	await page.click("button:has-text('Sort it out')");
	await page.waitForURL(/done=demand_sort_out/);
	await page.click("button:has-text('Write the letter')");
	await page.waitForURL(/done=demand_letter/);
	await look(people.iris.page, "letter-iris", `/desk/demand/${ref.waiting}`);
});
await test("an identifier is found, stands in no address, and the search is kept", async () => {
	const { page } = people.rob;
	await page.goto(url + "/desk/search");
	await page.fill("[name=any] >> nth=0", "j.doe@mail.example");
	await keys(page, "Enter");
	await page.waitForSelector("td");
	want("address", page.url(), url + "/desk/search");
	if (!(await page.textContent("table")).includes(ref.second)) return "the case is not found";
	await page.click("summary:has-text('Keep this search')");
	await page.fill("#f-name", "Doe");
	await page.click("form[action$='/save'] button");
	await page.waitForURL(/\/desk\/search\?saved=/);
	await look(people.rob.page, "saved-rob", new URL(page.url()).pathname + new URL(page.url()).search);
});

await test("no page said anything to the console", async () => {
	const odd = Object.values(people).flatMap((x) => x.said).filter((x) => !/40[034]|pubKeyCredParams/.test(x));
	return odd.length ? odd.join("; ") : undefined;
});
await end();
