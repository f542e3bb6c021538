// node flow.mjs MODULES URL DIR REFS: a demand's ways through the portal and the desk. DIR holds link.NAME, a one-time
// link each, letters.sh, which prints the letters that wait, officer.key of age-keygen and token.rob for the API; REFS
// is JSON: a sealed matter and its demand. One line a thing tried: "ok NAME" or "not ok NAME: why". axe-core looks at
// every kind of page that is come to. ONLY=WORD does the flows whose name has it; RUNS="keys-en mouse-de" says by which
// hand and in which language, and "keys-de mouse-en" is the other half.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { finish, Person } from "./person.mjs";
import { collected, rest, says, test, url, want } from "./stage.mjs";

const [dir, refs] = rest;
const ref = JSON.parse(refs);
const only = process.env.ONLY ?? "";
const key = readFileSync(path.join(dir, "officer.key"), "utf8").match(/public key: (\S+)/)[1];
// ---- people and what they do ----

const staff = {};
for (const name of ["iris", "rob", "rita", "carla", "cole", "nadia"])
	await test(`${name} signs in`, async () => {
		staff[name] = await new Person(name).begin();
		await staff[name].enrol((await readFile(path.join(dir, `link.${name}`), "utf8")).trim());
	});

// The letters that wait for an address.
function letters(address) {
	const all = JSON.parse(execFileSync("sh", [path.join(dir, "letters.sh")], { encoding: "utf8" }));
	return (all.letters ?? all).filter((x) => x.to === address).map((x) => x.text).join("\n");
}

// A small PDF, as a scanner makes it.
const pdf = (text) => {
	const parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		`<</Length ${text.length + 33}>>stream\nBT /F 12 Tf 72 720 Td (${text}) Tj ET\nendstream`,
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"];
	let out = "%PDF-1.4\n";
	const at = parts.map((x, i) => { const n = out.length; out += `${i + 1} 0 obj\n${x}\nendobj\n`; return n; });
	const xref = out.length;
	out += `xref\n0 6\n0000000000 65535 f \n${at.map((n) => String(n).padStart(10, "0") + " 00000 n \n").join("")}`;
	return Buffer.from(out + `trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`);
};

// ---- steps that flows share ----

async function registers(way, lang) {
	const address = `pat.${way}.${lang}@police.example`;
	const officer = await new Person(`officer-${way}-${lang}`, lang).begin();
	const agency = `${{ en: "Police Department of Springfield", de: "Landespolizei Musterland" }[lang]} ${way}`;
	await officer.use(way);
	await officer.goto("/portal");
	await officer.goto("/portal/register");
	await officer.form("/portal/register", [["fill", "[name=address]", address], ["fill", "[name=name]", "Pat Doe"],
		["fill", "[name=phone]", "+1 555 0100"], ["fill", "[name=authority]", agency], ["choose", "[name=country]", "US"],
		["check", `[name=language][value=${lang}]`], ["fill", "[name=recipient]", key]], /\/portal\/confirm\?done=/);
	const code = letters(address).match(/\b[0-9A-Z]{8}\b/)[0];
	await officer.form("/portal/confirm", [["fill", "[name=address]", address], ["fill", "[name=code]", code]], /\/portal\/confirmed/);
	const { iris, carla } = staff;
	await iris.goto("/desk/agencies");
	await iris.form("/desk/agencies", [["fill", "[name=name]", agency], ["choose", "[name=country]", "US"],
		["choose", "[name=body]", "police"], ["choose", "[name=level]", "local"], ["fill", "[name=reason]", "The state's list."]], /\/desk\/agencies/);
	await iris.goto("/desk/officers");
	const at = await iris.page.locator("table a").last().getAttribute("href");
	await iris.goto(at);
	const known = await iris.page.locator("#vet-agency option").evaluateAll((all, name) => all.find((o) => o.label.includes(name))?.value, agency);
	const call = [["fill", "[name=source]", "The state's directory"], ["fill", "[name=reason]", "The front desk knows them."]];
	await iris.form("/vet", [["choose", "[name=agency]", known], ...call], /\/desk\/officers/);
	await carla.goto(at);
	await carla.form("/vet", call, /\/desk\/officers/);
	await officer.enrol(letters(address).match(/http:\S+\/enrol\/\S+/)[0]);
	return officer;
}

// The guided form, from its first step to the receipt; the demand's reference.
async function submits(officer, { fields, instrument, facts, emergency, number }) {
	await officer.goto("/portal/new");
	await officer.form("/portal/new", [], /\/portal\/new\/\w+/);
	return guided(officer, { fields, instrument, facts, emergency, number });
}

async function guided(officer, { fields, instrument, facts, emergency, number }) {
	await officer.form("/what", [["choose", "[name=kind]", "email"], ["fill", "[name=value]", "j.doe@mail.example"]], /\/what/, "[value=add]");
	await officer.form("/what", fields.map((x) => ["check", `[name=field][value=${x}]`]), /\/instrument/, "[value=next]");
	const listed = await officer.page.locator(`[name=instrument][value='${instrument}']`).count();
	await officer.form("/instrument", [listed ? ["check", `[name=instrument][value='${instrument}']`]
		: ["choose", "[name=other]", instrument]], /\/details/);
	const steps = [["fill", "[name=number]", number]];
	if (emergency) steps.unshift(["check", "[name=emergency]"], ["fill", "[name=statement]", emergency]);
	for (const [label, value] of Object.entries(facts ?? {})) steps.push(["choose", `[name=${label}]`, value]);
	await officer.form("/details", steps, /\/send/);
	await officer.form("/send", [["file", "[name=paper]", { name: "order.pdf", mimeType: "application/pdf", buffer: pdf("Order " + number) }]],
		/\/portal\/case\/[^/]+$|\/portal\/case\/.*done=/);
	return officer.at.split("/").pop();
}

// The same demand once more, as it was filled in already, with its paper; only the file number is another.
async function cures(officer, number) {
	await officer.form("/portal/new", [], /\/portal\/new\/\w+/);
	await says(officer.page, "j.doe@mail.example");
	await officer.form("/what", [], /\/instrument/, "[value=next]");
	await officer.form("/instrument", [], /\/details/);
	await officer.form("/details", [["fill", "[name=number]", number]], /\/send/);
	await officer.form("/send", [], /\/portal\/case\/[^/]+$|\/portal\/case\/.*done=/);
	return officer.at.split("/").pop();
}

async function opens(demand) {
	const { iris } = staff;
	await iris.goto("/desk");
	if (!(await iris.page.textContent("main")).includes(demand)) throw new Error("the demand is not in the inbox");
	await iris.goto(`/desk/demand/${demand}`);
	await iris.form("/open", [], /\/desk\/case\/.*done=demand_open/);
	return iris.at;
}

const answers = { "order.issuer": "judge", "order.form": "electronic", "order.us_user_foreign": "no", "order.capability": "no", "order.competent": "yes" };

// Every question of the law is answered, then the basis passes.
async function examines(who, at) {
	await who.goto(at);
	for (let i = 0; i < 20; i++) {
		const fact = who.page.locator("form[action$='/fact'].answer").first();
		const ask = who.page.locator("form[action$='/answer'].answer:has(button[value=accept])").locator("visible=true").first();
		if (await fact.count()) {
			const name = await fact.locator("[name=name]").inputValue();
			const own = `:has([name=name][value='${name}'])`, form = `form.answer[action$='/fact']${own}`;
			const kind = await fact.locator("[name=value]").first().getAttribute("type");
			if (kind === "radio") await who.hand.check(`${form} [name=value][value='${answers[name] ?? "yes"}']`);
			else await who.hand.fill(`${form} [name=value]`, name.endsWith("issued") ? "2026-12-20" : "1");
			await who.send(`${form} button`, /done=order_fact/);
		} else if (await ask.count()) {
			const number = await ask.locator("[name=finding]").inputValue();
			const form = `form.answer:has([name=finding][value='${number}'])`;
			await who.hand.fill(`${form} [name=reason]`, "Read in the paper.");
			await who.send(`${form} [value=accept]`, /done=order_answer/);
		} else break;
	}
	await who.form("/examine", [["check", "[name=verdict][value=pass]"], ["fill", "[name=reason]", "A judge's order, one account."]], /done=order_examine/);
}

async function decides(who, at, items) {
	await who.goto(at);
	await who.form("/decide", [...items.map((n) => ["check", `[name=item][value='${n}']`]), ["check", "[name=verdict][value=produce]"],
		["fill", "[name=reason]", "Within the order."]], /done=item_decide/, ".primary");
}

async function approves(who, at, items) {
	await who.goto(at);
	await who.form("/second", items.map((n) => ["check", `[name=item][value='${n}']`]), /done=item_second/);
}

async function seals(who, at, items) {
	await who.goto(at);
	const to = `${at}/order/1/produce`;
	await who.once_more("release", to);
	await who.goto(to);
	await who.form("/produce", items.map((n) => ["file", `[name=file${n}]`, { name: `${n}.txt`, mimeType: "text/plain", buffer: collected(`item ${n}`) }]), /\/desk\/job\//);
	await who.page.waitForSelector(".notice.good, .notice.bad", { timeout: 20000 });
	await who.look();
	if (await who.page.locator(".notice.bad").count()) throw new Error(await who.page.textContent(".notice.bad"));
	await who.goto(at);
	await who.form("/deliver", [["choose", "[name=channel]", "portal"], ["choose", "[name=more]", "last"]], /\/production\/[^/]+\/deliver$/);
	return (await who.page.textContent(".pin")).trim();
}

// The officer fetches the file; age opens it with their key, and it holds what was collected.
async function fetches(officer, demand, items, pin) {
	await officer.goto(`/portal/case/${demand}`);
	await officer.send("a.button[href*='/production/']", /\/production\/[^/]+$/);
	await officer.form("/pledge", [["check", "[name=agree]"]], /done=office_pledge/);
	await officer.hand.fill("[name=pin]", pin);
	const css = "form[action$='/fetch'] button";
	const [file] = await Promise.all([officer.page.waitForEvent("download"), officer.hand.press(css)]);
	const kept = path.join(dir, "fetched.age");
	await file.saveAs(kept);
	const names = execFileSync("sh", ["-c", 'age -d -i "$1" "$2" | tar -xO', "sh", path.join(dir, "officer.key"), kept], { encoding: "utf8" });
	for (const n of items) if (!names.includes(`item ${n}`)) throw new Error(`the file lacks item ${n}`);
	await officer.goto(`/portal/case/${demand}`);
	await officer.form("/acknowledge", [], /done=office_acknowledge/);
}

async function everybody(way, lang) {
	for (const who of Object.values(staff)) {
		who.lang = lang;
		await who.use(way);
	}
}

// ---- the flows, each by either hand and in either language ----

const hand = { keys: "by the keyboard", mouse: "without scripts" }, tongue = { en: "in English", de: "in German" };
const runs = process.env.RUNS.split(" ").map((x) => x.split("-"))
	.map(([way, lang]) => ({ way, lang, name: `${hand[way]}, ${tongue[lang]}` }));
const warrant = { fields: ["name", "body"], instrument: "US-WARRANT", number: "SW-26-1" };

for (const { way, lang, name } of runs) {
	const flow = async (what, fn) => { if (what.includes(only)) await test(`${what}, ${name}`, fn); };
	let officer;
	await everybody(way, lang);
	await test(`an officer registers and is vetted, ${name}`, async () => { officer = await registers(way, lang); });
	await flow("a warrant is answered", async () => {
		const { rob, rita, cole } = staff;
		const demand = await submits(officer, warrant), at = await opens(demand);
		await examines(rob, at);
		await decides(rob, at, [1, 2]);
		await approves(rita, at, [2]);
		await fetches(officer, demand, [1, 2], await seals(cole, at, [1, 2]));
		await rob.goto(at);
	});
	await flow("a refused demand is cured", async () => {
		const { iris, rob } = staff;
		const demand = await submits(officer, { ...warrant, number: "SW-26-2" }), at = await opens(demand);
		await rob.goto(at);
		await rob.form("/reject", [["choose", "[name=code]", "over_broad"], ["fill", "[name=reason]", "Which months?"]], /done=order_reject/);
		await officer.goto(`/portal/case/${demand}`);
		const cure = await cures(officer, "SW-26-2");
		await iris.goto(`/desk/demand/${cure}`);
		await says(iris.page, "order.pdf");
		await iris.form("/open", [], /\/desk\/case\/.*done=demand_open/);
		const refused = at.split("/").pop();
		if (!(await iris.page.textContent(".order")).includes(refused)) throw new Error("the case does not say what it cures");
	});
	await flow("a withdrawal", async () => {
		const demand = await submits(officer, { ...warrant, number: "SW-26-3" }), at = await opens(demand);
		await officer.goto(`/portal/case/${demand}`);
		await officer.form(`/${demand}/withdraw`, [["check", "[name=because][value=settled]"]], /done=office_withdraw/);
		await staff.rob.goto(at);
		if (await staff.rob.page.locator("form[action$='/decide']").count()) throw new Error("it can still be decided");
	});
	await flow("an emergency: nothing leaves before a call-back and a second person", async () => {
		const { iris, rob, rita, cole } = staff;
		const demand = await submits(officer, { fields: ["name"], instrument: "US-EMERG", number: "E-1", emergency: "A child is held." });
		const at = await opens(demand);
		await rob.goto(at);
		if (await rob.page.locator("[name=verdict][value=pass]:enabled").count()) throw new Error("it passes without a call-back");
		await iris.goto(at);
		await iris.form("/call-back", [["check", "[name=result][value=confirmed]"], ["fill", "[name=source]", "The state's directory"],
			["fill", "[name=said]", "The desk sergeant confirms it."]], /done=order_call_back/);
		await examines(rob, at);
		await decides(rob, at, [1]);
		await cole.goto(at);
		if (await cole.page.locator("a[href$='/order/1/produce']").count()) throw new Error("it leaves without a second person");
		await approves(rita, at, [1]);
		await fetches(officer, demand, [1], await seals(cole, at, [1]));
	});
}

// ---- a sealed matter, for who is not named to it ----

const unknown = "0000-0000-00000";
const hide = (text) => text.replaceAll(ref.sealed, "*").replaceAll(ref.sealed_demand, "*").replaceAll(unknown, "*")
	.replace(/name="proof" value="[^"]*"/g, "").replace(/ style=""/g, ""); // a picture leaves the last one
await test("a sealed matter is answered as an unknown id, in pages and by the API", async () => {
	const token = readFileSync(path.join(dir, "token.rob"), "utf8").trim();
	const ask = async (at, headers) => {
		const a = await staff.rob.context.request.get(url + at, { headers, maxRedirects: 0 });
		return `${a.status()} ${hide(await a.text())}`;
	};
	const { nadia } = staff;
	want("for who is named", (await nadia.context.request.get(`${url}/desk/case/${ref.sealed}`)).status(), 200);
	for (const of of ["/desk/case/*", "/desk/case/*/paper/1", "/desk/case/*/order/1/produce", "/desk/demand/+", "/desk/demand/+/paper/1"])
		for (const [base, headers] of [["", {}], ["/api/v1", { authorization: `Bearer ${token}` }]]) {
			const one = await ask(base + of.replace("*", ref.sealed).replace("+", ref.sealed_demand), headers);
			want(`${base}${of}`, one, await ask(base + of.replace(/[*+]/, unknown), headers));
			if (!/^40[34]/.test(one)) throw new Error(`${base}${of}: ${one.slice(0, 60)}`);
		}
});
await test("nor is it found by a search, in a list or a count", async () => {
	const { rob } = staff;
	rob.lang = "en";
	await rob.use("keys");
	await rob.goto("/desk/search");
	const found = async (text) => {
		await rob.hand.fill("main form [name=any]", text);
		await rob.send("main form button", /\/desk\/search/);
		return hide(await rob.page.content()).replaceAll(text, "*");
	};
	const one = await found("t.specimen@mail.example");
	await rob.goto("/desk/search");
	want("search", one, await found("x.specimen@mail.example"));
	for (const at of ["/desk", "/desk/today", "/desk/queues", "/desk/calendar", "/desk/search?open=open"]) {
		await rob.goto(at);
		const text = await rob.page.content();
		if (text.includes(ref.sealed) || text.includes(ref.sealed_demand)) throw new Error(`${at} shows it`);
	}
});
await finish();
