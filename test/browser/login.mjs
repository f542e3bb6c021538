// node login.mjs MODULES URL LINK LINK: signing in with passkeys of a virtual authenticator; each page that is met is
// checked by axe-core in both languages. One line a thing tried: "ok NAME" or "not ok NAME: why".
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

const [modules, url, link, second] = process.argv.slice(2);
const need = createRequire(path.resolve(modules, "x.js"));
const { chromium } = need("playwright-core");
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
let bad = 0, shot = 0;

async function test(name, fn) {
	let why;
	try {
		why = await fn();
	} catch (e) {
		why = String(e.message).split("\n")[0];
	}
	if (why) bad = 1;
	console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}
const want = (what, got, wanted) => {
	if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
};

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});

// A browser of a person with one device.
async function person() {
	const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
	const page = await context.newPage();
	const said = [];
	page.on("console", (m) => ["error", "warning"].includes(m.type()) && said.push(m.text()));
	page.on("pageerror", (e) => said.push(e.message));
	const cdp = await context.newCDPSession(page);
	await cdp.send("WebAuthn.enable");
	const device = () => cdp.send("WebAuthn.addVirtualAuthenticator", { options: {
		protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
		hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
	} });
	const { authenticatorId } = await device();
	return { context, page, cdp, device, said, authenticatorId };
}

// The page as it is: no violation of axe's rules, nothing that scrolls sideways on a phone.
async function look(who, name) {
	const { page } = who;
	for (const [lang, width] of [["en", 1280], ["de", 360]]) {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(page.url().split("?")[0] + "?lang=" + lang);
		want("language", await page.getAttribute("html", "lang"), lang);
		const found = await page.evaluate(axe + "; axe.run()");
		if (found.violations.length)
			throw new Error(`${lang}: ` + found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "));
		const wide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
		if (wide) throw new Error(`${lang}: scrolls sideways at ${width}`);
		if (shots) {
			await mkdir(shots, { recursive: true });
			await page.screenshot({ path: path.join(shots, `login-${++shot}-${name}-${lang}.png`), fullPage: true });
		}
	}
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(page.url().split("?")[0] + "?lang=en");
}

const eve = await person();
const { page } = eve;

await test("a link: its page, looked at", async () => {
	want("status", (await page.goto(link)).status(), 200);
	await look(eve, "enrol");
});
await test("a passkey is registered with it", async () => {
	await page.fill("[name=name]", "Laptop");
	await page.click("button.primary");
	await page.waitForURL(/\/sign-in\?done=/);
	if (!(await page.textContent("[role=status]")).includes("registered")) return "the page does not say so";
	want("the link again", (await page.goto(link)).status(), 404);
});
await test("the page of the sign-in, looked at", async () => {
	await page.goto(url + "/sign-in");
	await look(eve, "sign-in");
});
await test("who has no passkey here is told so, on the page", async () => {
	const stranger = await person();
	await stranger.page.goto(url + "/sign-in");
	await stranger.page.click("button.primary");
	await stranger.page.waitForSelector("[data-says]:not([hidden])");
	await stranger.context.close();
});
await test("the passkey signs in, without a name, by the keyboard alone", async () => {
	await page.focus("button.primary");
	await Promise.all([page.waitForResponse((r) => r.request().method() === "POST" && r.url().endsWith("/sign-in")),
		page.keyboard.press("Enter")]);
	await page.waitForURL(/\/desk/);
	const cookie = (await eve.context.cookies()).find((c) => c.name === "__Host-writ");
	if (!cookie) return "no cookie";
	want("cookie", [cookie.secure, cookie.httpOnly, cookie.sameSite, cookie.path, cookie.expires].join(),
		"true,true,Strict,/,-1");
	want("cookies for scripts", await page.evaluate("document.cookie"), "");
});
await test("one's own page, looked at", async () => {
	want("status", (await page.goto(url + "/me")).status(), 200);
	await look(eve, "own");
	want("passkeys", await page.locator("table >> nth=0").locator("tbody tr").count(), 1);
});
await test("the passkey once more, looked at, before another one is registered", async () => {
	await page.click("a.button[href*='/verify/keys']");
	await look(eve, "verify");
	await page.goto(url + "/verify/keys?back=/me");
	await page.click("button.primary");
	await page.waitForURL(url + "/me");
	await page.fill("[name=name]", "Phone");
	// the same device again is refused by the browser itself, and the page says so
	await page.click("form[data-passkey=create] button");
	await page.waitForSelector("form[data-passkey=create] [data-says]:not([hidden])");
	await eve.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: eve.authenticatorId });
	await eve.device();
	await page.click("form[data-passkey=create] button");
	await page.waitForURL(/\/me\?done=/);
	want("passkeys", await page.locator("table >> nth=0").locator("tbody tr").count(), 2);
	await look(eve, "own-two");
});
await test("ending the passkey of this session ends the session", async () => {
	await page.goto(url + "/me");
	await page.click("button[aria-label='End passkey 1']");
	await page.waitForURL(/\/sign-in/);
	await page.click("button.primary");
	await page.waitForURL(/\/desk/);
	await page.goto(url + "/me");
	want("ended", await page.locator("table >> nth=0").locator("tbody tr >> nth=0").locator(".badge").textContent(),
		"ended by you");
});
await test("the language that was chosen stays", async () => {
	await page.check("[name=language][value=de]");
	await page.click("form[action='/me/language'] button");
	await page.waitForURL(/\/me/);
	want("language", await page.getAttribute("html", "lang"), "de");
});
await test("all sessions end", async () => {
	await page.click("form[action='/me/sessions/end'] button");
	await page.waitForURL(/\/sign-in/);
	await page.goto(url + "/me");
	await page.waitForURL(/\/sign-in/);
});
await test("no other site's page comes to a token by the link", async () => {
	const otto = await person();
	let referer;
	await otto.page.route("https://elsewhere.example/**", (route) => {
		referer = route.request().headers().referer;
		return route.fulfill({ body: "" });
	});
	await otto.page.goto(second);
	await otto.page.evaluate("location.href = 'https://elsewhere.example/'");
	await otto.page.waitForURL("https://elsewhere.example/");
	want("Referer", referer, undefined);
	await otto.context.close();
});
await test("no page said anything to the console", async () => {
	// but what is not there, and that RSA keys are not taken
	const odd = eve.said.filter((x) => !/404|403|pubKeyCredParams/.test(x));
	return odd.length ? odd.join("; ") : undefined;
});
await browser.close();
process.exit(bad);
