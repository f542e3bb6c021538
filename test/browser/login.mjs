// node login.mjs MODULES URL LINK LINK: signing in with passkeys of a virtual authenticator; each page that is met is
// checked by axe-core in both languages. One line a thing tried: "ok NAME" or "not ok NAME: why".
import { device, end, look as look_at, rest, test, url, visitor, want } from "./stage.mjs";

const [link, second] = rest;
// The page that one is at.
const look = ({ page }, name) => look_at(page, `login-${name}`, page.url().replace(url, "").split("?")[0]);

const eve = await visitor();
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
	const stranger = await visitor();
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
	await eve.cdp.send("WebAuthn.removeVirtualAuthenticator", eve.device);
	await device(eve.cdp);
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
	const otto = await visitor();
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
await end();
