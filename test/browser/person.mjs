// People at a browser, each with a passkey of a virtual authenticator, and what every page that they come to is asked:
// its language, and once a kind axe-core. Shared by flow.mjs and deliver.mjs.
//   const { Person, test, want, says, browser, done } = await people({ modules, url, shot });
// test(NAME, FN) prints "ok NAME" or "not ok NAME: why" (FN throws, or returns why); done() ends the browser and is the
// exit status. SHOTS=DIR keeps a picture of each page, named SHOT-LANGUAGE-NUMBER-PERSON.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { hands } from "./hand.mjs";

export async function people({ modules, url, shot }) {
	const need = createRequire(path.resolve(modules, "x.js"));
	const { chromium } = need("playwright-core");
	const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
	const shots = process.env.SHOTS;
	const said = [], checked = new Set();
	let bad = 0, pages = 0;

	async function test(name, fn) {
		let why;
		try {
			why = await fn();
		} catch (e) {
			why = String(e.message).split("\n").slice(0, 2).join(" ");
		}
		if (why) bad = 1;
		console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
	}
	const want = (what, got, wanted) => {
		if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
	};
	const says = async (page, text) => {
		if (!(await page.textContent("main")).includes(text)) throw new Error(`${page.url()} does not say ${text}`);
	};

	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
	});

	// ---- people and what they do ----

	// Somebody at a browser that has a passkey's device.
	class Person {
		constructor(name, lang) { Object.assign(this, { name, lang, seen: new Set() }); }
		async begin() {
			this.context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
			this.page = await this.context.newPage();
			this.page.on("console", (m) => ["error", "warning"].includes(m.type()) && said.push(`${this.page.url()}: ${m.text()}`));
			// of our own scripts: what axe-core throws when its page goes away has no address
			this.page.on("pageerror", (e) => (e.stack ?? url).includes(url) && said.push(e.message));
			this.page.on("dialog", (d) => d.accept());
			const cdp = this.cdp = await this.context.newCDPSession(this.page);
			this.page.setDefaultTimeout(5000);
			await cdp.send("WebAuthn.enable");
			await cdp.send("WebAuthn.addVirtualAuthenticator", { options: {
				protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
				hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
			} });
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
			await this.page.goto(link);
			await this.page.fill("[name=name]", "Laptop");
			await this.page.click("button.primary");
			await this.page.waitForURL(/\/sign-in\?done=/);
			await this.page.click("button.primary");
			await this.page.waitForURL(/\/(desk|me|portal|editions|settings)/);
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
			if (shots && !this.seen.has(at)) {
				await mkdir(shots, { recursive: true });
				this.seen.add(at);
				await this.page.screenshot({ path: path.join(shots, `${shot}-${this.lang}-${pages}-${this.name}.png`), fullPage: true });
			}
		}
		// What axe-core has to say of a page, once for each kind and language: desk.mjs and office.mjs look at all states.
		async check(at) {
			const kind = `${this.lang} ${at.replace(/\?.*/, "").replace(/\d+/g, "*")}`;
			if (checked.has(kind)) return;
			checked.add(kind);
			await this.scripts(true);
			const found = await this.page.evaluate(axe + "; axe.run({ iframes: false })");
			await this.scripts(this.way !== "mouse");
			if (found.violations.length)
				throw new Error(`${at}: ` + found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "));
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

	async function done() {
		await test("no page said anything to the console", async () => {
			const odd = said.filter((x) => !/40[0349]|pubKeyCredParams/.test(x));
			return odd.length ? odd.join("; ") : undefined;
		});
		console.log(`# ${pages} pages looked at, ${checked.size} kinds of them by axe-core`);
		await browser.close();
		return bad;
	}
	return { Person, test, want, says, browser, done };
}
