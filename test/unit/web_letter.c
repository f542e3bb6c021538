/* Letters from the page of a case: who may, what is told at once, the job, and the PDF. */
#include "desk_pages.h"

#include "desk/review.h"
#include "web/work_job.h"

static struct str base;

static struct asked set_letter(struct story *st, const struct person *who, const char *fields)
{
	return post_by(st, who, str_fmt(st->c, "%.*s/letter", STR_ARG(base)), fields);
}

static struct matter refused(struct story *st)
{
	struct story_ask ask = {
	    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
	struct legal_order o;
	struct matter m = story_case(st, ask, &o);

	base = str_fmt(st->c, "/desk/case/%.*s/order/1", STR_ARG(m.ref));
	assert_ok(st->c,
	    review_reject(st->c, st->in, &st->ann, &o, STR("not_authentic"), STR("unsigned")));
	return m;
}

static void one_is_set(void **state)
{
	struct story *st = *state;
	struct matter m = refused(st);
	struct str job, pdf;
	struct asked p = page_of(st, &st->ann, str_fmt(st->c, "/desk/case/%.*s", STR_ARG(m.ref)));

	assert_on(p, "Write a letter");
	assert_on(p, "<option value=\"refusal\">Refusal</option>");
	p = set_letter(st, &st->ann, "kind=refusal&language=de&to=Amt%0AWeg+1&enclosures=Kopie");
	assert_int_equal(p.status, 303);
	job = p.location;
	assert_true(str_starts(job, "/desk/job/"));
	pdf = str_fmt(st->c, "%.*s/letter", STR_ARG(job));
	assert_on(page_of(st, &st->ann, job), "The letter is being set");
	assert_int_equal(page_of(st, &st->ann, pdf).status, 404);
	assert_ok(st->c, work_job_next(st->c, st->in));
	p = page_of(st, &st->ann, job);
	assert_on(p, "Take the letter as a PDF");
	p = page_of(st, &st->ann, pdf);
	assert_int_equal(p.status, 200);
	assert_str(p.type, "application/pdf");
	assert_true(str_starts(p.body, "%PDF-"));
	/* it is one's own */
	assert_int_equal(page_of(st, &st->bob, pdf).status, 404);
	assert_int_equal(page_of(st, &st->bob, job).status, 404);
}

static void others_are_refused(void **state)
{
	struct story *st = *state;
	struct asked p;

	(void)refused(st);
	p = set_letter(st, &st->ann, "kind=question");
	assert_int_equal(p.status, 403);
	p = set_letter(st, &st->ann, "kind=farewell");
	assert_int_equal(p.status, 400);
	p = set_letter(
	    st, &st->ann, "kind=refusal&to=1%0A2%0A3%0A4%0A5%0A6%0A7%0A8%0A9%0A10%0A11%0A12%0A13");
	assert_int_equal(p.status, 400);
	p = set_letter(st, &st->ann, "kind=refusal&language=fr");
	assert_int_equal(p.status, 404);
	p = set_letter(st, &st->auditor, "kind=refusal");
	assert_int_equal(p.status, 403);
	assert_err(st->c, work_job_next(st->c, st->in), ERR_NOTFOUND, "");
}

static int begin(void **state)
{
	*state = story_open();
	return 0;
}

static int finish(void **state)
{
	story_close(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(one_is_set, begin, finish),
	    cmocka_unit_test_setup_teardown(others_are_refused, begin, finish)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
