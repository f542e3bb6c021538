/* What officers and the call-back left on a case goes with the case: the texts, the sealed file
 * that waits to be fetched, the details of the entries. Who asked stays countable, and the ledger
 * verifies. */
#include "officer_story.h"

#include "desk/deposit.h"
#include "desk/erase.h"
#include "desk/extension.h"
#include "out/view_officer.h"
#include "store/sign.h"
#include "store/verify.h"

static const struct story_ask emergency = {.instrument = "US-EMERG",
    .fields = "'name'",
    .facts = "'order.us_related':true,'order.emergency':true"};

static void rules(struct story *st)
{
	struct retention_rule *r = mem_alloc(st->c, sizeof *r);
	struct retention *list = mem_alloc(st->c, sizeof *list);

	*r = (struct retention_rule){
	    .id = STR("r"), .of = STR("content noncontent rejected withdrawn"), .days = 10};
	*list = (struct retention){.from = instant_day((struct instant){0}),
	    .role = STR("counsel"),
	    .rules = r,
	    .n_rules = 1};
	st->in->retention = (struct retentions){list, 1};
}

static void erase(struct story *st, struct str ref)
{
	struct erase_list list;
	struct erase_unit u;
	struct erase_units one = {&u, 1, 1};
	struct str name;
	int64_t n;

	assert_ok(st->c, erase_look(st->c, st->in, &st->counsel, ref, &u));
	assert_ok(st->c, erase_propose(st->c, st->in, &st->counsel, &one, &name));
	assert_ok(st->c, erase_list_get(st->c, st->in, &st->bob, name, &list));
	assert_ok(st->c, erase_confirm(st->c, st->in, &st->bob, name, list.hash, NULL, &n));
	assert_int_equal(n, 1);
}

static void verified(struct story *st)
{
	struct verify *v = verify_make(st->c);
	struct str keys = instance_path(st->c, st->in, st->in->keys);

	assert_ok(st->c, sign_create(st->c, keys.p, st->in->origin));
	assert_ok(st->c, verify_own(st->c, &st->in->store, keys.p, false, v));
	for (size_t i = 0; i < v->n; i++)
		print_error("%s\n", v->text[i]);
	assert_int_equal(v->n, 0);
}

/* Asked, called back, stopped, confirmed anew, produced, laid down, fetched: a row of each table.
 */
static struct matter whole_way(struct story *st, struct person *pat, struct str *ret_ref)
{
	struct str agency = officer_agency(st, "Police of A", "a.example"), prod, pin;
	const char *sealed = str_fmt(st->c, "%s/sealed", st->dir).p;
	struct produce_file f = story_file(st, 1);
	struct day soon = {(int32_t)(STORY_NOW / STORY_DAY + 3)};
	struct legal_order o;
	struct matter m;
	FILE *out = tmpfile();

	*pat = officer_active(st, "pat@a.example", agency);
	(void)officer_active(st, "kim@a.example", agency);
	*ret_ref = officer_submits(st, pat, emergency, false);
	assert_ok(st->c, exchange_invite(st->c, st->in, pat, *ret_ref, STR("kim@a.example")));
	m = officer_opened(st, *ret_ref, &o);
	assert_ok(st->c, story_fact(st, &o, "order.emergency_shown", "yes"));
	assert_ok(st->c, story_fact(st, &o, "order.capability", "no"));
	assert_ok(st->c, story_call(st, &st->intake, &o, "confirmed"));
	assert_ok(st->c, extension_ask(st->c, st->in, &st->ann, &o, soon, STR("a large mailbox")));
	assert_ok(st->c, standing_officer(st->c, st->in, &st->intake, officer_of(st, pat).ref,
			     STR("suspended"), STR("a call")));
	assert_ok(
	    st->c, standing_confirm(st->c, st->in, &st->intake, &m, STR("the desk"), STR("known")));
	assert_ok(st->c, standing_officer(st->c, st->in, &st->counsel, officer_of(st, pat).ref,
			     STR("active"), STR("a call")));
	story_approve(st, &o);
	assert_ok(st->c, file_write_atomic(st->c, sealed, 0600, STR("sealed")));
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &prod));
	pin = officer_laid(st, prod, str_of(sealed));
	assert_non_null(out);
	assert_ok(st->c, fetch_pledge(st->c, st->in, pat, *ret_ref, prod));
	assert_err(
	    st->c, officer_fetches(st, pat, prod, STR("wrong"), out, "fetched"), ERR_DENIED, "PIN");
	assert_ok(st->c, officer_fetches(st, pat, prod, pin, out, "fetched"));
	assert_int_equal(fclose(out), 0);
	assert_ok(st->c, exchange_acknowledge(st->c, st->in, pat, prod));
	assert_ok(st->c, laid_name(st->c, st->in, &st->ann, prod, officer_of(st, pat).ref,
			     STR("a new chief of the unit")));
	assert_ok(st->c, laid_revoke(st->c, st->in, &st->ann, prod, STR("called by Pat Doe")));
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
	return m;
}

static void erased_with_its_case(void **state)
{
	static const char *const sealed[] = {
	    "SELECT count(*) FROM call_back WHERE text_ct IS NOT NULL OR text_gone IS NULL",
	    "SELECT count(*) FROM extension WHERE reason_ct IS NOT NULL OR reason_gone IS NULL",
	    "SELECT count(*) FROM alert WHERE reason_ct IS NOT NULL OR reason_gone IS NULL",
	    "SELECT count(*) FROM deposit WHERE key_ct IS NOT NULL",
	    "SELECT count(*) FROM laid WHERE reason_ct IS NOT NULL OR reason_gone IS NULL",
	    "SELECT count(*) FROM taker WHERE reason_ct IS NOT NULL OR reason_gone IS NULL",
	    "SELECT count(*) FROM portal_refusal", "SELECT count(*) FROM deposit_pin",
	    "SELECT count(*) FROM entry WHERE (matter IS NOT NULL OR kind = 'demand.submit' OR "
	    "kind = "
	    "'demand.invite') AND kind NOT LIKE 'erase.%' AND detail IS NOT NULL"};
	static const char *const kept[] = {"call_back", "extension", "alert", "download",
	    "submission", "colleague", "deposit", "laid", "pledge", "taker"};
	struct story *st = *state;
	struct erase_left left;
	struct person pat;
	struct str ref, blob;
	struct matter m = whole_way(st, &pat, &ref);
	struct json *view;

	rules(st);
	blob = story_text(st, "SELECT blob FROM deposit");
	blob = str_fmt(
	    st->c, "%s/%.2s/%s", instance_path(st->c, st->in, st->in->blobs).p, blob.p, blob.p);
	assert_true(file_exists(blob.p));
	st->c->fixed_now += (int64_t)30 * STORY_DAY;
	erase(st, m.ref);
	for (size_t i = 0; i < sizeof sealed / sizeof sealed[0]; i++)
		if (story_num(st, sealed[i]) != 0)
			fail_msg("%lld: %s", (long long)story_num(st, sealed[i]), sealed[i]);
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		assert_int_equal(
		    story_num(st, str_fmt(st->c, "SELECT count(*) FROM %s", kept[i]).p), 1);
	assert_ok(st->c, erase_finish(st->c, st->in, (struct str){"", 0}, &left));
	assert_false(file_exists(blob.p));
	verified(st);
	/* the officer still sees how it ended, and of whom no more */
	assert_ok(st->c, view_officer_case(st->c, st->in, &pat, ref, &view));
	assert_str(json_text(view, "state"), "answered");
	assert_null(strstr(json_str(st->c, view).p, "example.net"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {STORY_TEST(erased_with_its_case)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
