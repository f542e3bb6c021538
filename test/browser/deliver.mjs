// node deliver.mjs MODULES URL DIR: what lies in the portal (deliver.sh). DIR holds cases (JSON: run, demand, case, three
// productions, the PIN of the first), link.pat-RUN, link.kim-RUN, link.rita, officer.key and collected-FIRST.txt.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { finish, Person } from "./person.mjs";
import { look, rest, says, test, want } from "./stage.mjs";

const [dir] = rest;
const link = async (name) => (await readFile(path.join(dir, `link.${name}`), "utf8")).trim();
const cases = JSON.parse(await readFile(path.join(dir, "cases"), "utf8")).filter(Boolean);
const hand = { keys: "by the keyboard", mouse: "without scripts" }, tongue = { en: "in English", de: "in German" };
const text = {
	en: { wrong: "this is not the PIN", first: "say that you take it", used: "this PIN was used", back: "We have taken this production back",
		over: "Its time here is over", more: "More will come.", last: "This is the last.", far: "want a day of the next 45", why: "say why it is taken back" },
	de: { wrong: "das ist nicht die PIN", first: "erklären Sie", used: "diese PIN ist verbraucht", back: "Wir haben diese Auskunft zurückgenommen",
		over: "Ihre Zeit hier ist um", more: "Es folgt noch etwas.", last: "Das ist die letzte.", far: "einer der nächsten 45", why: "sagen Sie, warum" },
};

const rita = await new Person("rita", "en").begin();
await test("rita signs in", async () => rita.enrol(await link("rita")));

// A day as it is typed, or as the field has it.
async function day(who, css, iso) {
	if (who.way !== "keys") return who.hand.fill(css, iso);
	const one = await who.hand.to(css), [y, m, d] = iso.split("-");
	await who.page.keyboard.type(m + d + y); // its fields, as this browser has them
	if ((await one.inputValue()) !== iso) throw new Error(`typed ${iso}, the field has ${await one.inputValue()}`);
}

// What comes is a file that their key opens.
async function fetched(who, pin, holds) {
	await who.hand.fill("[name=pin]", pin);
	const [file] = await Promise.all([who.page.waitForEvent("download"), who.hand.press("form[action$='/fetch'] button")]);
	const kept = path.join(dir, "fetched.age");
	await file.saveAs(kept);
	const got = execFileSync("sh", ["-c", 'age -d -i "$1" "$2" | tar -xO', "sh", path.join(dir, "officer.key"), kept], { encoding: "utf8" });
	if (!got.includes(holds)) throw new Error(`the file lacks ${holds}`);
}

for (const k of cases) {
	const [way, lang] = k.run.split("-"), t = text[lang], name = `${hand[way]}, ${tongue[lang]}`;
	const at = (ref) => `/portal/case/${k.demand}/production/${ref}`, desk = (ref) => `/desk/case/${k.case}/production/${ref}`;
	const pat = await new Person(`pat-${k.run}`, lang).begin(), kim = await new Person(`kim-${k.run}`, lang).begin();
	let pin;
	await rita.use(way);
	rita.lang = lang;
	await pat.use(way);
	await kim.use(way);
	await test(`officers sign in, ${name}`, async () => {
		await pat.enrol(await link(`pat-${k.run}`));
		await kim.enrol(await link(`kim-${k.run}`));
	});
	await test(`the demand lists its productions, ${name}`, async () => {
		await pat.goto(`/portal/case/${k.demand}`);
		for (const x of [k.first, k.second, k.over, t.more, t.last]) await says(pat.page, x);
		want("those that can be taken", await pat.page.locator("a.button.primary[href*='/production/']").count(), 2);
	});
	await test(`a wrong PIN, the right one, and that it arrived, ${name}`, async () => {
		await pat.send(`a.button[href$='${k.first}']`, /\/production\/[^/]+$/);
		want("PIN asked before anything is said", await pat.page.locator("[name=pin]").count(), 0);
		await pat.form("/pledge", [], /\/pledge$/);
		await says(pat.page, t.first);
		await pat.form("/pledge", [["check", "[name=agree]"]], /done=office_pledge/);
		await pat.form("/fetch", [["fill", "[name=pin]", "12345-ABCDE"]], /\/fetch$/);
		await says(pat.page, t.wrong);
		want("the PIN is shown again", await pat.page.inputValue("[name=pin]"), "");
		await fetched(pat, k.pin, "item 1");
		await pat.goto(at(k.first));
		await pat.form("/fetch", [["fill", "[name=pin]", k.pin]], /\/fetch$/);
		await says(pat.page, t.used);
		await pat.goto(at(k.first));
		await pat.form("/acknowledge", [], /done=office_acknowledge/);
	});
	await test(`what is over says so, ${name}`, async () => {
		await pat.goto(at(k.over));
		await says(pat.page, t.over);
		want("forms", await pat.page.locator("main form").count(), 0);
	});
	await test(`the house sees who came, extends and takes back, ${name}`, async () => {
		await rita.goto(`/desk/case/${k.case}`);
		await rita.send(`a[href$='${desk(k.first)}']`, /\/production\//);
		want("rows of who came", await rita.page.locator("#access ~ .scroll tbody tr").count() > 2, true);
		await rita.goto(desk(k.second));
		const extend = "form[action$='/extend']";
		await rita.hand.press(`details:has(${extend}) > summary`);
		await day(rita, `${extend} [name=until]`, "2027-06-01");
		await rita.form("/extend", [], /\/extend$/);
		await says(rita.page, t.far);
		await day(rita, `${extend} [name=until]`, "2027-02-05");
		await rita.form("/extend", [], /done=production_extend/);
		await rita.form("/revoke", [], /\/revoke$/);
		await says(rita.page, t.why);
		await rita.form("/revoke", [["fill", "[name=reason]", "The wrong file."]], /done=production_revoke/);
		await pat.goto(at(k.second));
		await says(pat.page, t.back);
	});
	await test(`laid down anew, with a PIN that is shown once, ${name}`, async () => {
		await rita.once_more("release", desk(k.second));
		await rita.goto(desk(k.second));
		await rita.form("/lay", [["fill", "[name=days]", "20"]], /\/desk\/job\//);
		await rita.page.waitForSelector(".notice.good, .notice.bad", { timeout: 20000 });
		await rita.look();
		await rita.send("main a[href*='/production/']", /\/production\//);
		await rita.form("/pin", [], /\/pin$/);
		pin = (await rita.page.textContent(".pin")).trim();
		await rita.goto(desk(k.second));
		if ((await rita.page.content()).includes(pin)) throw new Error("the PIN is shown again");
		await pat.goto(at(k.second));
		await pat.form("/pledge", [["check", "[name=agree]"]], /done=office_pledge/);
		await fetched(pat, pin, "item 2");
	});
	await test(`sealed anew for a colleague, ${name}`, async () => {
		await rita.goto(desk(k.first));
		await rita.form("/name", [["choose", "[name=officer]", k.kim], ["fill", "[name=reason]", "Pat is on leave."]], /done=production_name/);
		await rita.goto(`${desk(k.first)}/reseal`);
		await rita.form("/reseal", [["file", "[name=file1]", { name: "1.txt", mimeType: "text/plain",
			buffer: await readFile(path.join(dir, `collected-${k.first}.txt`)) }], ["fill", "[name=reason]", "Another officer."]], /\/desk\/job\//);
		await rita.page.waitForSelector(".notice.good, .notice.bad", { timeout: 20000 });
		if (await rita.page.locator(".notice.bad").count()) throw new Error(await rita.page.textContent(".notice.bad"));
		await rita.goto(desk(k.first));
		await rita.form("/pin", [], /\/pin$/);
		pin = (await rita.page.textContent(".pin")).trim();
		await kim.goto("/portal/cases");
		await kim.goto(at(k.first));
		await kim.form("/pledge", [["check", "[name=agree]"]], /done=office_pledge/);
		await fetched(kim, pin, "item 1");
		await rita.goto(desk(k.first));
	});
	if (way === "keys")
		await test("in every dress: on a phone, in the dark, at 200 %", async () => {
			await look(rita.page, "house", desk(k.first));
			await look(rita.page, "reseal", `${desk(k.first)}/reseal`);
			await look(pat.page, "demand", `/portal/case/${k.demand}`);
			await look(pat.page, "over", at(k.over));
			await look(kim.page, "fetched", at(k.first));
		});
	await pat.context.close();
	await kim.context.close();
}
await finish();
