// node keep.mjs MODULES URL DIR REFS: challenges, retention and requests of data subjects, by their people. DIR holds
// link.NAME, a one-time link each; REFS is JSON: references of cases. Forms are filled in with JavaScript off. One line a
// thing tried: "ok NAME" or "not ok NAME: why".
import { end, look, rest, says, staff, test, url, want } from "./stage.mjs";

const [dir, refs] = rest;
const ref = JSON.parse(refs);
const p = {};
for (const who of ["iris", "rob", "rita", "carla", "otto"])
	await test(`${who} signs in`, async () => { p[who] = await staff(dir, who); });
const at = `/desk/case/${ref.fought}`;

await test("counsel files a challenge with its court and days, and the case stands still", async () => {
	const { still } = p.carla;
	await still.goto(`${url}${at}?lang=en`);
	await still.click("summary:has-text('File a challenge')");
	await still.selectOption("#o1-challenge-against", "order");
	await still.fill("#o1-challenge-reason", "Six months of one user's mail.");
	await still.fill("#o1-challenge-court", "District Court");
	await still.fill("#o1-challenge-file", "2:26-cv-117");
	await still.fill("#o1-challenge-answer_by", "2027-01-15");
	await still.click("details[open] button:has-text('File a challenge')");
	await says(still, "say on what the day rests");
	want("what was typed stays", await still.inputValue("#o1-challenge-court"), "District Court");
	await still.fill("#o1-challenge-basis", "Order of the court");
	await still.check("input[name=public]");
	await still.click("details[open] button:has-text('File a challenge')");
	await says(still, "The challenge is filed.");
	await says(still, "2:26-cv-117");
});
await test("a reviewer enters a date, and both days stand in the list and in the calendar", async () => {
	const { still } = p.rob;
	await still.goto(`${url}${at}?lang=en`);
	await still.click("summary:has-text('Dates')");
	await still.fill("#o1c1-hearing-day", "2027-01-10");
	await still.click("button:has-text('Add the date')");
	await says(still, "The date is recorded.");
	await look(p.rob.page, "case-challenged-rob", at);
	await look(p.rob.page, "challenges", "/desk/challenges");
	await says(p.rob.page, ref.fought);
	await look(p.rob.page, "calendar-challenge", "/desk/calendar?from=2027-01-01&to=2027-07-01");
	await look(p.otto.page, "challenges-decided", "/desk/challenges?state=decided");
});
await test("what the statement could say is a draft", async () => {
	await look(p.carla.page, "case-challenged-carla", at);
	await look(p.carla.page, "challenge-draft", `${at}/order/1/challenge-draft?number=1`);
	want("a reviewer", (await p.rob.page.goto(`${url}${at}/order/1/challenge-draft?number=1`)).status(), 403);
});
await test("a court narrows it: what was decided falls", async () => {
	const { still } = p.carla;
	await still.goto(`${url}${at}?lang=en`);
	await still.click("summary:has-text('Record how it ended')");
	await still.selectOption("#o1c1-how", "narrowed");
	await still.fill("#o1c1-end-item", "1 2:2026-01-01:2026-01-31");
	await still.fill("#o1c1-end-reason", "A month, no content.");
	await still.click("details[open] button:has-text('Record')");
	await says(still, "The end of the challenge is recorded.");
	await says(still, "narrowed");
	await look(p.rob.page, "case-narrowed", at);
});
await test("what is due and what is held, and why", async () => {
	await look(p.carla.page, "retention", "/desk/retention");
	await says(p.carla.page, ref.due);
	await says(p.carla.page, ref.held);
	await look(p.otto.page, "retention-otto", "/desk/retention");
	want("intake", (await p.iris.page.goto(`${url}/desk/retention`)).status(), 403);
	const { still } = p.carla;
	await still.goto(`${url}/desk/retention?lang=en`);
	await still.check("input[type=checkbox][name=of]");
	await still.click("button:has-text('Propose what is marked')");
	await says(still, "It stands on a list");
	await says(still, "writ erase show");
	await still.click("section:has(#held) button:has-text('Release')");
	await says(still, "Nobody holds it any more.");
	await look(p.carla.page, "retention-listed", "/desk/retention");
});
let request;
await test("a request is recorded by intake, who says how the person was identified", async () => {
	const { still } = p.iris;
	await look(p.iris.page, "requests-empty", "/desk/access");
	await still.goto(`${url}/desk/access?lang=en`);
	await still.fill("#ask-of", ref.subject);
	await still.fill("#ask-target", "email:somebody@mail.example");
	await still.fill("#ask-identified", " ");
	await still.click("button:has-text('Record the request')");
	want("what was typed stays", await still.inputValue("#ask-target"), "email:somebody@mail.example");
	await still.fill("#ask-identified", "Signed in to the account");
	await still.fill("#ask-to", "Somebody\nA street 1");
	await still.selectOption("#ask-language", "de");
	await still.click("button:has-text('Record the request')");
	await says(still, "The request is recorded.");
	request = new URL(still.url()).pathname;
	if (request.includes("somebody")) return "the account stands in an address";
});
await test("one drafts, another approves, and the answer is given", async () => {
	await p.rob.still.goto(`${url}${request}?lang=en`);
	await p.rob.still.click("button:has-text('Draft the answer')");
	await says(p.rob.still, "weder, dass es eines gab");
	want("approving one's own", await p.rob.still.locator("button:has-text('Approve')").count(), 0);
	await look(p.rita.page, "request-drafted", request);
	await p.rita.still.goto(`${url}${request}?lang=en`);
	await p.rita.still.click("button:has-text('Approve the answer')");
	await look(p.iris.page, "request-approved", request);
	await p.iris.still.goto(`${url}${request}?lang=en`);
	await p.iris.still.click("button:has-text('The answer was given')");
	await says(p.iris.still, "It is recorded that the answer was given.");
	await look(p.iris.page, "requests-answered", "/desk/access?state=answered");
});
await test("no page said anything to the console", async () => {
	const odd = Object.values(p).flatMap((x) => x.said).filter((x) => !/40[034]|pubKeyCredParams/.test(x));
	return odd.length ? odd.join("; ") : undefined;
});
await end();
