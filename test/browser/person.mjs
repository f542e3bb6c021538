// Somebody who goes a way through the pages by one hand and in one language, for flow.mjs and deliver.mjs: what every page
// that they come to is asked is its language, and once a kind axe-core.
import path from "node:path";
import { hands } from "./hand.mjs";
import { browser, check, device, end, enrol, overhear, picture, test, url, want } from "./stage.mjs";

const said = [], checked = new Set(), story = path.basename(process.argv[1], ".mjs");
let pages = 0;

// Somebody at a browser that has a passkey's device.
export class Person {
	constructor(name, lang) { Object.assign(this, { name, lang, seen: new Set() }); }
	async begin() {
		this.context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
		this.page = await this.context.newPage();
		overhear(this.page, said);
		this.page.on("dialog", (d) => d.accept());
		const cdp = this.cdp = await this.context.newCDPSession(this.page);
		this.page.setDefaultTimeout(5000);
		await device(cdp);
		await this.use("keys");
		return this;
	}
	// With which hand, from now on; a mouse goes with scripts off.
	async use(way) {
		this.way = way;
		this.hand = new hands[way](this.page);
		await this.scripts(way !== "mouse");
		return this;
	}
	async scripts(on) { await this.cdp.send("Emulation.setScriptExecutionDisabled", { value: !on }); }
	// A passkey needs scripts.
	async enrol(link) {
		await this.scripts(true);
		await enrol(this.page, link);
		await this.use(this.way);
	}
	async once_more(act, back) {
		await this.scripts(true);
		await this.page.goto(`${url}/verify/${act}?back=${back}`);
		await this.page.click("button.primary");
		await this.page.waitForURL((u) => u.pathname === back);
		await this.use(this.way);
	}
	async look() {
		const at = this.page.url().replace(url, "").replace(/\b[0-9A-Z]{4}(-[0-9A-Z]{4})+|\b[0-9A-HJKMNP-TV-Z]{10,}/g, "*");
		want("language", await this.page.getAttribute("html", "lang"), this.lang);
		++pages;
		await this.check(at);
		if (!this.seen.has(at)) await picture(this.page, `${story}-${this.lang}-${pages}-${this.name}`);
		this.seen.add(at);
	}
	// What axe-core has to say of a page, once for each kind and language: desk.mjs and office.mjs look at all states.
	async check(at) {
		const kind = `${this.lang} ${at.replace(/\?.*/, "").replace(/\d+/g, "*")}`;
		if (checked.has(kind)) return;
		checked.add(kind);
		await this.scripts(true);
		await check(this.page, at);
		await this.scripts(this.way !== "mouse");
	}
	async goto(at, status = 200) {
		const answer = await this.page.goto(`${url}${at}${at.includes("?") ? "&" : "?"}lang=${this.lang}`);
		want(`status of ${at}`, answer.status(), status);
		await this.look();
	}
	// Presses what sends a form; the page that comes is where it should be.
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
		await this.look();
	}
	// A form below a summary is opened first.
	async form(action, steps, where, button = "button.primary, button") {
		const form = `form[action$='${action}']`, open = `details:not([open]):has(${form}) > summary`;
		if (!(await this.page.locator(form).locator("visible=true").count()) && await this.page.locator(open).count())
			await this.hand.press(open);
		for (const [how, field, value] of steps) await this.hand[how](`${form} ${field}`, value);
		await this.send(`${form} :is(${button})`, where);
	}
	get at() { return new URL(this.page.url()).pathname; }
}

// The last thing that a story tries, and its end.
export async function finish() {
	await test("no page said anything to the console", async () => {
		const odd = said.filter((x) => !/40[0349]|413|pubKeyCredParams/.test(x));
		return odd.length ? odd.join("; ") : undefined;
	});
	console.log(`# ${pages} pages looked at, ${checked.size} kinds of them by axe-core`);
	await end();
}
