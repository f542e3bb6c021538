// node notice.mjs MODULES URL DIR REFS: users are told and costs are claimed, on the pages. DIR holds link.NAME, a one-time
// link each; REFS is JSON: cases. One line a thing tried. RUNS="keys-en mouse-de" says by which hand and in which
// language; ONLY=WORD does the flows whose name has it. Pages that are filled are looked at in every dress.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { hands } from "./hand.mjs";
import { check, browser, device, end, ended, enrol, look, overhear, picture, rest, says, test, url, want } from "./stage.mjs";

const [dir, refs] = rest;
const ref = JSON.parse(refs);
const only = process.env.ONLY ?? "";
const said = [];

// Somebody at a browser that has a passkey's device; with the mouse, scripts are off.
class Person {
	constructor(name) { this.name = name; }
	async begin() {
		this.context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		this.page = await this.context.newPage();
		this.page.setDefaultTimeout(5000);
		this.page.on("dialog", (d) => d.accept());
		overhear(this.page, said);
		this.cdp = await this.context.newCDPSession(this.page);
		await device(this.cdp);
		await enrol(this.page, (await readFile(path.join(dir, `link.${this.name}`), "utf8")).trim());
		return this;
	}
	async use(way, lang) {
		Object.assign(this, { way, lang, hand: new hands[way](this.page) });
		await this.scripts(way !== "mouse");
	}
	async scripts(on) { await this.cdp.send("Emulation.setScriptExecutionDisabled", { value: !on }); }
	async looked() {
		want("language", await this.page.getAttribute("html", "lang"), this.lang);
		await this.scripts(true);
		await check(this.page, this.page.url());
		await this.scripts(this.way !== "mouse");
	}
	async goto(at) {
		want(`status of ${at}`, (await this.page.goto(`${url}${at}${at.includes("?") ? "&" : "?"}lang=${this.lang}`)).status(), 200);
		await this.looked();
	}
	async send(css, where) {
		const came = this.page.waitForEvent("framenavigated", { predicate: (f) => f === this.page.mainFrame(), timeout: 10000 });
		came.catch(() => {});
		await this.hand.press(css);
		await came;
		await this.page.waitForLoadState();
		if (!where.test(this.page.url())) {
			const wrong = await this.page.locator(".wrong, .notice.bad, [role=alert]").allTextContents();
			throw new Error(`${css} leads to ${this.page.url()}: ${wrong.join(" ").trim().slice(0, 200)}`);
		}
		await this.looked();
	}
	// A form below a summary is opened first.
	async form(form, steps, where, button = "button.primary, button") {
		const open = `details:not([open]):has(${form}) > summary`;
		if (!(await this.page.locator(form).locator("visible=true").count()) && await this.page.locator(open).count())
			await this.hand.press(open);
		for (const [how, field, value] of steps) await this.hand[how](`${form} ${field}`, value);
		await this.send(`${form} :is(${button})`, where);
	}
	// What a job has made, as a browser takes it.
	async taken() {
		await ended(this.page);
		await this.looked();
		const link = this.page.locator("main a[href*='/desk/job/']").first();
		const answer = await this.context.request.get(new URL(await link.getAttribute("href"), url).href);
		want("status of the file", answer.status(), 200);
		return { type: answer.headers()["content-type"], body: await answer.body() };
	}
}

const people = {};
for (const name of ["rob", "carla", "fred", "nora"])
	await test(`${name} signs in`, async () => { people[name] = await new Person(name).begin(); });
const { rob, carla, fred, nora } = people;
const act = (name) => `form[action$='/${name}']`;

for (const run of (process.env.RUNS ?? "keys-en mouse-de").split(" ")) {
	const [way, lang] = run.split("-");
	const told = ref[`told-${lang}`], due = ref[`due-${lang}`];
	const all = async (name, fn) => {
		if (!name.includes(only)) return;
		await test(`${run}: ${name}`, async () => {
			for (const p of Object.values(people)) await p.use(way, lang);
			await fn();
		});
	};

	await all("a notice is drafted, read and approved by another person", async () => {
		await rob.goto(`/desk/case/${told}`);
		await rob.form(act("notice-draft"), [["choose", "[name=language]", lang]], /notice_draft|case/);
		await says(rob.page, lang === "de" ? "entworfen" : "drafted");
		await rob.form(act("notice-copy"), [["file", "[name=file]",
			{ name: "black.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 names are blacked out\n") }]], /case/, "button");
		await says(rob.page, lang === "de" ? "Mit einer Kopie des Ersuchens" : "With a copy of the demand");
		await carla.goto("/desk/notices");
		await carla.send(`main a[href*='${told}']`, new RegExp(`case/${told}`));
		await carla.hand.press("details:not(.dialog):has(pre) > summary");
		await says(carla.page, lang === "de" ? "Nichts hindert uns" : "Nothing bars us");
		await carla.form(act("notice-approve"), [], /case/);
		await says(carla.page, lang === "de" ? "freigegeben" : "approved");
	});

	await all("it is set as a letter, handed over, objected to and settled", async () => {
		const letter = `${act("letter")}:has(input[value=notice])`;
		await carla.goto(`/desk/case/${told}`);
		await carla.form(letter, [["fill", "[name=to]", "Jane Döe\n1 Main Street"]], /desk\/job/);
		const pdf = await carla.taken();
		want("type", pdf.type, "application/pdf");
		want("a PDF", pdf.body.subarray(0, 5).toString(), "%PDF-");
		await carla.goto(`/desk/case/${told}`);
		await carla.form(act("notice-send"), [], /case/, "button[value=hand]");
		await rob.goto(`/desk/case/${told}`);
		await rob.form(act("notice-object"), [["fill", "[name=reason]", "A motion to quash."]], /case/);
		await says(rob.page, lang === "de" ? "Einwände erhoben" : "the user objects");
		await rob.goto("/desk/notices?state=objected");
		await says(rob.page, told);
		await carla.goto(`/desk/case/${told}`);
		await carla.form(act("notice-settle"), [["fill", "[name=reason]", "Dismissed."]], /case/);
	});

	await all("a bar is shown, and nothing can be drafted against it", async () => {
		await rob.goto("/desk/notices?state=barred");
		await says(rob.page, ref.barred);
		await rob.send(`main a[href*='${ref.barred}']`, new RegExp(`case/${ref.barred}`));
		want("a button to draft", await rob.page.locator(`${act("notice-draft")} button`).count(), 0);
		want("one that is shut", await rob.page.locator("button[disabled]").count() > 0, true);
	});

	await all("letters are made from the page of a case", async () => {
		await rob.goto(`/desk/case/${due}`);
		for (const kind of ["acknowledgement", "cover"]) {
			await rob.form(`${act("letter")}:not(:has(input[value=notice]))`, [["choose", "[name=kind]", kind], ["choose", "[name=language]", lang],
				["fill", "[name=enclosures]", "Ein Verzeichnis"]], /desk\/job/);
			want(kind, (await rob.taken()).type, "application/pdf");
			await rob.goto(`/desk/case/${due}`);
		}
	});

	await all("a claim: made, its line confirmed, letter and invoice fetched, sent and paid", async () => {
		await fred.goto("/desk/claims");
		const make = `form[action*='${due}'][action$='/claim']`;
		await fred.form(make, [], /desk\/claim\//);
		const at = new URL(fred.page.url()).pathname;
		want("papers before it is ready", await fred.page.locator(act("paper")).count(), 0);
		await fred.form(act("line"), [], /claim/, "button.primary, button:not([name=strike])");
		await fred.form(act("cost"), [["fill", "[name=amount]", "20.00"]], /claim/);
		await fred.form(act("to"), [["fill", "[name=name]", "Landeskriminalamt Ödland"], ["fill", "[name=street]", "Am Platz 1"],
			["fill", "[name=post_code]", "12345"], ["fill", "[name=city]", "Musterstadt"], ["fill", "[name=country]", "DE"],
			["fill", "[name=number]", "ST/0412-26"], ["fill", "[name=mail]", "poststelle@lka.example"]], /claim/);
		await fred.form(act("paper"), [], /desk\/job/, "button[value=letter]");
		want("the letter", (await fred.taken()).type, "application/pdf");
		await fred.send(`main a[href*='${at}']`, /claim/);
		await fred.form(act("paper"), [], /desk\/job/, "button[value=invoice]");
		const xml = await fred.taken();
		want("the invoice", xml.type, "application/xml");
		want("what it says", xml.body.toString().includes("20.00"), true);
		await fred.goto(at);
		await picture(fred.page, `claim-ready-${run}`);
		await fred.form(act("send"), [], /claim/);
		await fred.form(act("pay"), [["fill", "[name=amount]", "20.00"]], /claim/);
		await says(fred.page, lang === "de" ? "gezahlt" : "paid");
		fred.last = at;
	});
}

await test("a letter's bar is reviewed, step by step", async () => {
	if (!"bar".includes(only)) return;
	await nora.use("keys", "en");
	await nora.goto(`/desk/case/${ref.letter}`);
	await nora.form(act("secrecy-step"), [["choose", "[name=step]", "notified"], ["fill", "[name=said]", "By courier."]], /case/, "button");
	await says(nora.page, "the Government applies by");
	await nora.goto("/desk/calendar?from=2026-09-01&to=2026-12-31");
	await says(nora.page, "the Government applies to a court, or not");
});

// What is filled, in every dress.
if (!only || "pages".includes(only)) {
	for (const p of Object.values(people)) await p.scripts(true);
	const cases = [[carla, "case-told", `/desk/case/${ref["told-en"]}`], [rob, "case-barred", `/desk/case/${ref.barred}`],
		[rob, "notices", "/desk/notices?state=sent"], [rob, "today", "/desk/today"], [carla, "case-claimed", `/desk/case/${ref["due-de"]}`],
		[fred, "claims", "/desk/claims?state=paid"], [fred, "claim", fred.last], [nora, "case-letter", `/desk/case/${ref.letter}`],
		[nora, "calendar", "/desk/calendar?from=2026-09-01&to=2026-12-31"]];
	for (const [who, name, at] of cases)
		await test(`${name} is well made in every dress`, () => look(who.page, name, at));
}
await test("no page said anything to the console", () => said.filter((x) => !/40[034]|pubKeyCredParams/.test(x)).join("; ").slice(0, 300));
await end();
