/* The page of a case: what each role sees and does not see, what is offered in each state, forms
 * that come again, papers as they came; and nothing that came in breaks out of its place. */
#include "desk_pages.h"
#include "officer_story.h"

#define HOSTILE "\\\"><script>alert(1)</script>"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name','body'"};

static struct str path_of(struct story *st, const struct matter *m)
{
	return str_fmt(st->c, "/desk/case/%.*s", STR_ARG(m->ref));
}

static struct str act_of(struct story *st, const struct matter *m, const char *act)
{
	return str_fmt(st->c, "/desk/case/%.*s/order/1/%s", STR_ARG(m->ref), act);
}

static void what_roles_see(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct asked p = page_of(st, &st->ann, path_of(st, &m));

	assert_int_equal(p.status, 200);
	assert_on(p, "someone@example.net");
	assert_on(p, "Record an examination");
	assert_on(p, "Refuse the order");
	assert_on(p, "Somebody has to examine the basis first");
	assert_not_on(p, "File a challenge");
	p = page_of(st, &st->counsel, path_of(st, &m));
	assert_on(p, "File a challenge");
	p = page_of(st, &st->intake, path_of(st, &m));
	assert_not_on(p, "Record an examination");
	assert_not_on(p, "Refuse the order");
	assert_on(p, "Ask the authority");
	/* an auditor reads, changes nothing, and sees no target */
	p = page_of(st, &st->auditor, path_of(st, &m));
	assert_int_equal(p.status, 200);
	assert_not_on(p, "someone@example.net");
	assert_not_on(p, "/order/1/"); /* but may watch it */
	assert_not_on(p, "/assign");
	/* a collector sees what is approved, and that is nothing yet */
	p = page_of(st, &st->collector, path_of(st, &m));
	assert_int_equal(p.status, 200);
	assert_not_on(p, "someone@example.net");
	assert_not_on(p, "An authority");
	assert_int_equal(page_of(st, &st->admin, path_of(st, &m)).status, 403);
	assert_int_equal(page_of(st, &st->publisher, path_of(st, &m)).status, 403);
}

static void sealed_is_as_unknown(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case_by(st, &st->named,
	    (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"}, &o);
	struct str other = story_receive_by(st, &st->intake, warrant); /* a demand's, no case's */
	struct asked sealed = page_of(st, &st->ann, path_of(st, &m)),
		     none =
			 page_of(st, &st->ann, str_fmt(st->c, "/desk/case/%.*s", STR_ARG(other)));

	assert_int_equal(sealed.status, 404);
	assert_int_equal(none.status, 404);
	assert_str(sealed.body, none.body.p);
	assert_int_equal(page_of(st, &st->named, path_of(st, &m)).status, 200);
}

static void way_of_a_case(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct asked p =
	    post_by(st, &st->ann, act_of(st, &m, "examine"), "verdict=pass&reason=read+the+paper");

	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &st->ann, path_of(st, &m)), "Every item needs a decision");
	/* two items of one order at once, the reason once */
	p = post_by(st, &st->ann, act_of(st, &m, "decide"),
	    "item=1&item=2&verdict=produce&reason=in+order");
	assert_int_equal(p.status, 303);
	p = page_of(st, &st->ann, path_of(st, &m));
	assert_on(p, "A second person has to approve");
	assert_on(p, "You decided this. The second person has to be another.");
	assert_not_on(p, "I have looked at these items");
	p = page_of(st, &st->bob, path_of(st, &m));
	assert_on(p, "I have looked at these items");
	p = post_by(st, &st->bob, act_of(st, &m, "second"), "item=2");
	assert_int_equal(p.status, 303);
	p = page_of(st, &st->collector, path_of(st, &m));
	assert_on(p, "Collect and seal");
	assert_on(p, "someone@example.net");
	assert_not_on(p, "in order");
}

/* What was wrong stands at its own form, with what was entered there and nowhere else. */
static void form_again(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct asked p = post_by(st, &st->ann, act_of(st, &m, "reject"),
	    "at=o1-reject&code=no_such&reason=because+of+this");
	const char *first;

	assert_int_equal(p.status, 400);
	assert_on(p, "unknown refusal code");
	first = strstr(p.body.p, "because of this");
	assert_non_null(first);
	assert_null(strstr(first + 1, "because of this"));
}

static void nothing_breaks_out(void **state)
{
	struct story *st = *state;
	struct story_ask ask = warrant;
	struct legal_order o;
	struct matter m;
	struct asked p;

	ask.number = HOSTILE;
	m = story_case(st, ask, &o);
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &o,
			     STR("</div></article></script><script>alert(2)</script>")));
	p = page_of(st, &st->ann, path_of(st, &m));
	assert_int_equal(p.status, 200);
	assert_on(p, "&lt;script&gt;alert(1)");
	assert_not_on(p, "<script>alert");
}

static void papers(void **state)
{
	static const struct {
		const char *name, *bytes, *type;
		size_t n;
	} all[] = {{"order.pdf", "%PDF-1.7 x", "application/pdf", 10},
	    {"note.txt", "plain words", "text/plain; charset=utf-8", 11},
	    {"page.html", "<script>alert(1)</script>", "text/plain; charset=utf-8", 25},
	    {"lie.pdf", "MZ\0\1", "application/octet-stream", 4}};
	struct story *st = *state;
	struct demand_paper given[4];
	struct draft d = story_draft(st, warrant);
	struct demand_opening how = {0};
	struct demand_receipt r;
	struct matter m;

	for (size_t i = 0; i < 4; i++) {
		struct blob_made made;
		const char *at = str_fmt(st->c, "%s/%s", st->dir, all[i].name).p;

		assert_ok(st->c,
		    file_write_atomic(st->c, at, 0600, (struct str){all[i].bytes, all[i].n}));
		assert_ok(st->c, blob_put(st->c, instance_path(st->c, st->in, st->in->blobs).p, at,
				     1000, &made));
		given[i] = (struct demand_paper){.blob = str_make(st->c, str_of(made.name)),
		    .name = str_of(all[i].name),
		    .key = {mem_dup(st->c, made.key, sizeof made.key), sizeof made.key},
		    .size = made.size};
	}
	assert_ok(st->c, demand_receive(st->c, st->in, &st->intake, &d, given, 4, &r));
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, r.ref, &how, &m));
	for (size_t i = 0; i < 4; i++) {
		struct asked p = page_of(st, &st->ann,
		    str_fmt(st->c, "/desk/case/%.*s/paper/%zu", STR_ARG(m.ref), i + 1));
		char bytes[64];

		assert_int_equal(p.status, 200);
		assert_str(p.type, all[i].type);
		assert_int_equal(pread(p.file, bytes, sizeof bytes, 0), all[i].n);
		assert_memory_equal(bytes, all[i].bytes, all[i].n);
		(void)close(p.file);
	}
	assert_int_equal(
	    page_of(st, &st->ann, str_fmt(st->c, "/desk/case/%.*s/paper/5", STR_ARG(m.ref))).status,
	    404);
	assert_int_equal(
	    page_of(st, &st->auditor, str_fmt(st->c, "/desk/case/%.*s/paper/1", STR_ARG(m.ref)))
		.status,
	    403);
	assert_on(page_of(st, &st->ann, path_of(st, &m)), "order.pdf");
	assert_not_on(page_of(st, &st->auditor, path_of(st, &m)), "order.pdf");
}

/* A call-back and more time are offered to who works on the case; others read that there were. */
static void calls_and_time(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct asked p = page_of(st, &st->ann, path_of(st, &m));

	assert_on(p, "Record a call-back");
	assert_on(p, "Ask the authority for more time");
	p = post_by(st, &st->ann, act_of(st, &m, "call-back"),
	    "result=confirmed&source=the+court%27s+list&said=the+clerk+knew+of+it");
	assert_int_equal(p.status, 303);
	p = post_by(
	    st, &st->ann, act_of(st, &m, "time"), "until=2026-10-01&reason=the+backup+is+slow");
	assert_int_equal(p.status, 303);
	p = page_of(st, &st->bob, path_of(st, &m));
	assert_on(p, "the clerk knew of it");
	assert_on(p, "We ask for more time");
	p = page_of(st, &st->auditor, path_of(st, &m));
	assert_on(p, "Call-back of");
	assert_on(p, "We ask for more time");
	assert_not_on(p, "the clerk knew of it");
	assert_not_on(p, "the backup is slow");
	/* another one enters what the authority said */
	assert_int_equal(
	    post_by(st, &st->ann, act_of(st, &m, "time-answer"), "number=1&answer=grant").status,
	    403);
	p = post_by(st, &st->bob, act_of(st, &m, "time-answer"), "number=1&answer=grant");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &st->ann, path_of(st, &m)), "granted");
	p = ask_by(st, &st->ann, "GET", path_of(st, &m), STR(""), ANSWER_DE);
	assert_on(p, "Absender und Zeit");
	assert_on(p, "Fristverlängerung");
}

/* A case closes when no order is open, by who decides; closed it offers nothing but its reopening.
 */
static void closed_and_open(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct str at = path_of(st, &m), close = str_fmt(st->c, "%s/close", at.p),
		   reopen = str_fmt(st->c, "%s/reopen", at.p);

	assert_not_on(page_of(st, &st->ann, at), "Close the case");
	assert_int_equal(post_by(st, &st->ann, close, "").status, 403);
	assert_int_equal(
	    post_by(st, &st->ann, act_of(st, &m, "withdraw"), "because=other").status, 303);
	assert_on(page_of(st, &st->ann, at), "Close the case");
	assert_not_on(page_of(st, &st->intake, at), "Close the case");
	assert_int_equal(post_by(st, &st->intake, close, "").status, 403);
	assert_int_equal(post_by(st, &st->ann, close, "").status, 303);
	assert_int_equal(post_by(st, &st->ann, close, "").status, 409);
	assert_on(page_of(st, &st->ann, at), "Reopen the case");
	assert_not_on(page_of(st, &st->ann, at), "Record a call-back");
	assert_on(ask_by(st, &st->ann, "GET", at, STR(""), ANSWER_DE), "Fall wieder öffnen");
	assert_int_equal(post_by(st, &st->ann, reopen, "").status, 303);
	assert_int_equal(post_by(st, &st->ann, reopen, "").status, 409);
}

/* Who sent it is not trusted any more: said on the case until somebody confirms it anew. */
static void alert_of_a_sender(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Springfield Police", "springfield.example");
	struct person pat = officer_active(st, "pat@springfield.example", agency);
	struct officer of = officer_of(st, &pat);
	struct legal_order o;
	struct matter m = officer_opened(st, officer_submits(st, &pat, warrant, false), &o);
	struct str confirm = str_fmt(st->c, "%s/confirm", path_of(st, &m).p);
	struct asked p = page_of(st, &st->counsel, path_of(st, &m));

	assert_on(p, "Springfield Police");
	assert_not_on(p, "Nothing leaves this case");
	assert_ok(st->c, standing_officer(st->c, st->in, &st->counsel, of.ref, STR("compromised"),
			     STR("the account was stolen")));
	p = page_of(st, &st->counsel, path_of(st, &m));
	assert_on(p, "Nothing leaves this case");
	assert_on(p, "The demand is confirmed by another way");
	p = page_of(st, &st->ann, path_of(st, &m));
	assert_on(p, "Nothing leaves this case");
	assert_not_on(p, "The demand is confirmed by another way");
	p = post_by(st, &st->counsel, confirm, "source=a+list&reason=the+chief+knew+of+it");
	assert_int_equal(p.status, 303);
	p = page_of(st, &st->counsel, path_of(st, &m));
	assert_on(p, "confirmed anew by counsel");
	assert_not_on(p, "Nothing leaves this case");
}

static int setup(void **state)
{
	*state = story_open();
	return 0;
}

static int teardown(void **state)
{
	story_close(*state);
	return 0;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

/* Where a law says by which way an answer goes, the form asks for what that law wants to be said.
 */
static void manifest_of_the_union(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct str at, prod = STR("");
	struct legal_order o;
	struct asked r;
	struct matter m = story_case(st,
	    (struct story_ask){.instrument = "EU-EPOC",
		.facts = STORY_EPOC,
		.fields = "'name'",
		.country = "FR",
		.channel = "decentralised_it"},
	    &o);

	story_approve(st, &o);
	assert_ok(st->c, story_fact(st, &o, "order.eu_enforcing_cleared", "yes"));
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &prod));
	assert_on(page_of(st, &st->collector, str_fmt(st->c, "/desk/case/%.*s", STR_ARG(m.ref))),
	    "name=\"explain\"");
	at = str_fmt(
	    st->c, "/desk/case/%.*s/production/%.*s/deliver", STR_ARG(m.ref), STR_ARG(prod));
	r = post_by(st, &st->collector, at, "at=o1p1&channel=decentralised&remarks=Two+volumes");
	assert_int_equal(r.status, 400);
	assert_on(r, "Two volumes"); /* what was written stays */
	r = post_by(
	    st, &st->collector, at, "channel=decentralised&explain=The+authority+gave+an+age+key");
	assert_int_equal(r.status, 303);
	assert_str(story_text(st, "SELECT channel FROM delivery"), "decentralised");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_roles_see),
	    TEST(sealed_is_as_unknown),
	    TEST(way_of_a_case),
	    TEST(form_again),
	    TEST(nothing_breaks_out),
	    TEST(papers),
	    TEST(calls_and_time),
	    TEST(closed_and_open),
	    TEST(alert_of_a_sender),
	    TEST(manifest_of_the_union),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
