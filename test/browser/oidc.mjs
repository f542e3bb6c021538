// node oidc.mjs MODULES URL LINK: signing in through an OpenID provider, at which everybody is signed in already. Each page
// that is met is checked by axe-core in both languages. One line a thing tried: "ok NAME" or "not ok NAME: why".
import { end, look, rest, test, url, visitor, want } from "./stage.mjs";

const [link] = rest;

const eve = await visitor();
const { page } = eve;

await test("a link binds what the browser is at the provider", async () => {
	await look(page, "oidc-link", new URL(link).pathname);
	await page.click("a[href$='/oidc']");
	await page.waitForURL(/\/sign-in\?done=oidc_link/, { timeout: 15000 });
	want("it says so", (await page.textContent("main")).includes("Your sign-in is bound."), true);
});

await test("signed in by a click, all pages after it with their cookie", async () => {
	await look(page, "oidc-sign-in", "/sign-in");
	await page.click("a[href='/sign-in/oidc']");
	await page.waitForURL(url + "/desk/today", { timeout: 15000 });
	want("who", (await page.textContent(".who")).trim(), "eve");
	const left = (await eve.context.cookies(url)).map((c) => c.name).filter((n) => n.startsWith("__Host-")).join();
	want("cookies", left, "__Host-writ");
});

await test("a check before an act: at the provider, for who has no passkey", async () => {
	await look(page, "oidc-me", "/me");
	await look(page, "oidc-once-more", "/verify/keys?back=/me");
	await page.click("a[href^='/verify/keys/oidc']");
	await page.waitForURL(url + "/me", { timeout: 15000 });
	want("fresh", await page.locator("a[href='/me/oidc']").count(), 1);
	await look(page, "oidc-me-fresh", "/me");
});

await test("what went wrong is said on a page", async () => {
	want("status", (await page.goto(url + "/sign-in/oidc/back?code=x&state=y")).status(), 403);
	want("title", await page.textContent("h1"), "You are not signed in");
	await look(page, "oidc-refused", "/sign-in/oidc/back?code=x&state=y", 403);
});

await test("a link from another site brings nobody in as somebody else", async () => {
	const victim = await visitor();
	const made = await eve.context.request.get(url + "/sign-in/oidc", { maxRedirects: 0 });
	const back = await eve.context.request.get(made.headers().location, { maxRedirects: 0 });
	await victim.page.goto(new URL(made.headers().location).origin + "/nothing");
	await victim.page.evaluate((to) => { location.href = to; }, back.headers().location);
	await victim.page.waitForURL(/\/sign-in\/oidc\/back/);
	want("title", await victim.page.textContent("h1"), "You are not signed in");
	want("sessions", (await victim.context.cookies(url)).filter((c) => c.name === "__Host-writ").length, 0);
});

await test("the same without JavaScript", async () => {
	const plain = await visitor(false);
	await plain.page.goto(url + "/sign-in");
	await plain.page.click("a[href='/sign-in/oidc']");
	await plain.page.waitForURL(url + "/desk/today", { timeout: 15000 });
	want("who", (await plain.page.textContent(".who")).trim(), "eve");
});

await test("no page was told off by the browser", async () => {
	const said = eve.said.filter((s) => !/status of 403/.test(s));
	want("console", said.join("; "), "");
});

await end();
