/* Rights: the table by itself, and jurisdiction: what lies in another country is not there. */
#include "desk_story.h"

/* ---- the table ---- */

struct names {
	struct str list;
	struct story *st;
};

static int complete(enum right right, const struct right_rule *r, void *arg)
{
	struct names *n = arg;

	assert_true(r->name[0] != '\0' && r->en[0] != '\0' && r->de[0] != '\0');
	assert_false(str_has_word(n->list, str_of(r->name)));
	n->list = str_fmt(n->st->c, "%.*s %s", STR_ARG(n->list), r->name);
	assert_int_equal(right_of_name(str_of(r->name)), right);
	/* an admin reads no case (product.md 2) */
	assert_false(r->on == RIGHT_ON_CASE && (r->roles & ROLE_ADMIN) != 0);
	assert_true(r->roles != 0 || r->also == RIGHT_ALSO_OR_RULED);
	return 0;
}

static void every_line_is_whole(void **state)
{
	struct names n = {STR(""), *state};

	assert_int_equal(right_each(complete, &n), 0);
	assert_int_equal(right_of_name(STR("matter.erase_all")), RIGHTS);
	assert_int_equal(right_of_name(STR("")), RIGHTS);
}

static void roles_and_naming(void **state)
{
	struct story *st = *state;
	struct person p = {.id = 99, .active = true};

	assert_ok(st->c, right_needs(st->c, &st->ann, RIGHT_ITEM_DECIDE));
	assert_err(st->c, right_needs(st->c, &st->ann, RIGHT_SECRECY_LIFT), ERR_DENIED,
	    "lifting a bar of secrecy needs the role counsel");
	for (int r = 0; r < RIGHTS; r++)
		assert_false(right_has(&p, (enum right)r));
	/* named alone is enough for the log's size, not for what needs counsel too */
	p.sealed = true;
	assert_true(right_has(&p, RIGHT_LOG_COUNT));
	assert_err(st->c, right_needs(st->c, &p, RIGHT_STATEMENT_CLEAR), ERR_DENIED, "counsel");
	assert_err(st->c, right_needs(st->c, &st->counsel, RIGHT_STATEMENT_CLEAR), ERR_DENIED,
	    "named to the sealed compartment");
	assert_ok(st->c, right_needs(st->c, &st->named, RIGHT_STATEMENT_CLEAR));
	/* what is hidden is refused to all with one sentence */
	assert_err(st->c, right_needs(st->c, &st->counsel, RIGHT_SEALED_READ), ERR_DENIED,
	    "only for persons named to the compartment");
	assert_err(st->c, right_needs(st->c, &p, RIGHT_SEALED_READ), ERR_DENIED,
	    "only for persons named to the compartment");
	/* the role of the rules of retention is one more */
	assert_false(right_has(&st->collector, RIGHT_ERASE_PROPOSE));
	assert_true(right_has_ruled(&st->collector, RIGHT_ERASE_PROPOSE, ROLE_COLLECTOR));
	assert_false(right_has_ruled(&st->collector, RIGHT_ITEM_DECIDE, ROLE_COLLECTOR));
}

/* ---- jurisdiction ---- */

static void countries_are_given_and_taken(void **state)
{
	struct story *st = *state;
	struct story_mark m = story_mark(st);
	struct person p;

	assert_ok(st->c, person_limit(st->c, st->in, &st->admin, STR("ann"), STR("DE FR")));
	story_wrote(st, m, "person.limit");
	assert_ok(st->c, person_get(st->c, st->in, st->ann.id, &p));
	assert_str(p.lands, "DE FR");
	assert_ok(st->c, person_limit(st->c, st->in, &st->admin, STR("ann"), STR("FR GB")));
	assert_ok(st->c, person_by_uid(st->c, st->in, 1002, &p));
	assert_str(p.lands, "FR GB");
	assert_int_equal(story_num(st, "SELECT count(*) FROM person_land"), 3);
	assert_ok(st->c, person_limit(st->c, st->in, &st->admin, STR("ann"), STR("")));
	assert_ok(st->c, person_find(st->c, st->in, STR("ann"), &p));
	assert_str(p.lands, "");
	m = story_mark(st);
	assert_err(st->c, person_limit(st->c, st->in, &st->admin, STR("ann"), STR("DE Fr")),
	    ERR_INVALID, "\"Fr\" is no country");
	assert_err(st->c, person_limit(st->c, st->in, &st->admin, STR("ann"), STR("DE DE")),
	    ERR_INVALID, "twice");
	assert_err(st->c, person_limit(st->c, st->in, &st->ann, STR("ann"), STR("DE")), ERR_DENIED,
	    "needs the role admin");
	assert_err(st->c, person_limit(st->c, st->in, &st->admin, STR("admin"), STR("DE")),
	    ERR_INVALID, "reads no case");
	assert_err(st->c, person_limit(st->c, st->in, &st->admin, STR("nobody"), STR("DE")),
	    ERR_NOTFOUND, "");
	story_untouched(st, m);
}

static const struct story_ask american = {.instrument = "US-WARRANT",
				  .facts = STORY_WARRANT,
				  .fields = "'name'"},
			      british = {.instrument = "US-WARRANT",
				  .facts = STORY_WARRANT,
				  .fields = "'name'",
				  .country = "GB",
				  .number = "GB-1"};

static struct person bound(struct story *st, const char *name, const char *lands)
{
	struct person p;

	assert_ok(st->c, person_limit(st->c, st->in, &st->admin, str_of(name), str_of(lands)));
	assert_ok(st->c, person_find(st->c, st->in, str_of(name), &p));
	return p;
}

struct seen {
	struct str refs;
	int n;
};

static int see_matter(struct ctx *c, const struct matter *m, void *arg)
{
	struct seen *s = arg;

	s->refs = str_fmt(c, "%.*s %.*s", STR_ARG(s->refs), STR_ARG(m->ref));
	s->n++;
	return 0;
}

static int see_demand(struct ctx *c, const struct demand *d, void *arg)
{
	struct seen *s = arg;

	s->refs = str_fmt(c, "%.*s %.*s", STR_ARG(s->refs), STR_ARG(d->ref));
	s->n++;
	return 0;
}

static struct seen matters(struct story *st, const struct person *p, int64_t limit)
{
	struct matter_page page = {.limit = limit};
	struct seen s = {.refs = STR("")};

	assert_ok(st->c, matter_page(st->c, st->in, p, false, &page, see_matter, &s));
	return s;
}

static struct seen demands(struct story *st, const struct person *p, const char *state)
{
	struct matter_page page = {.limit = 2};
	struct seen s = {.refs = STR("")};

	assert_ok(st->c, demand_page(st->c, st->in, p, str_of(state), &page, see_demand, &s));
	return s;
}

/* What the error says of a reference, in one word to compare. */
static const char *said(struct story *st, int rc)
{
	const char *text = str_fmt(st->c, "%d %s", rc, err_text(st->c)).p;

	err_clear(st->c);
	return text;
}

static void another_country_is_not_there(void **state)
{
	struct story *st = *state;
	struct legal_order o, gb;
	struct matter us = story_case(st, american, &o), m = story_case(st, british, &gb), got;
	struct person ann, iris;
	struct demand d;
	struct str unknown, ref = story_text(st, "SELECT ref FROM demand WHERE country = 'GB'");
	struct id id = id_make(st->c);
	struct story_mark before;

	unknown = str_make(st->c, id_str(&id));
	ann = bound(st, "ann", "US DE");
	iris = bound(st, "intake", "US DE");
	assert_ok(st->c, matter_get(st->c, st->in, &ann, us.ref, &got));
	assert_str(got.country, "US");
	assert_string_equal(said(st, matter_get(st->c, st->in, &ann, m.ref, &got)),
	    said(st, matter_get(st->c, st->in, &ann, unknown, &got)));
	assert_string_equal(said(st, demand_get(st->c, st->in, &ann, ref, &d)),
	    said(st, demand_get(st->c, st->in, &ann, unknown, &d)));
	assert_ok(st->c, matter_get(st->c, st->in, &st->bob, m.ref, &got));
	/* a step on an order whose number somebody knows */
	before = story_mark(st);
	assert_err(st->c, story_examine(st, &ann, &gb), ERR_NOTFOUND, "no case");
	assert_err(st->c, order_fact(st->c, st->in, &iris, &gb, STR("order.signed"), STR("yes")),
	    ERR_NOTFOUND, "no case");
	assert_err(st->c, matter_close(st->c, st->in, &ann, &m, true), ERR_NOTFOUND, "no case");
	assert_err(st->c, demand_verify(st->c, st->in, &iris, ref), ERR_NOTFOUND, "no demand");
	story_untouched(st, before);
	assert_ok(st->c, story_examine(st, &ann, &o));
}

static void lists_leave_it_out_and_stay_full(void **state)
{
	struct story *st = *state;
	struct str gb[3], us;
	struct legal_order o;
	struct person ann = bound(st, "ann", "GB");
	struct targets t;
	struct json *in = json_list(st->c), *all = json_list(st->c);
	struct matter m;

	for (int i = 0; i < 3; i++) {
		us = story_case(st, american, &o).ref;
		st->c->fixed_now += 60;
		m = story_case(st, british, &o);
		gb[i] = m.ref;
		st->c->fixed_now += 60;
	}
	assert_int_equal(matters(st, &st->bob, INT64_MAX).n, 6);
	assert_int_equal(matters(st, &ann, INT64_MAX).n, 3);
	assert_int_equal(matters(st, &ann, 2).n, 2);
	assert_str(matters(st, &ann, 2).refs,
	    str_fmt(st->c, " %.*s %.*s", STR_ARG(gb[0]), STR_ARG(gb[1])).p);
	/* a page after a case that is not there for one does not tell where it stands */
	assert_err(st->c,
	    matter_page(st->c, st->in, &ann, false, &(struct matter_page){.after = us, .limit = 2},
		see_matter, &(struct seen){0}),
	    ERR_NOTFOUND, "no case");
	assert_int_equal(demands(st, &ann, "opened").n, 2);
	assert_false(str_has_word(demands(st, &ann, "opened").refs,
	    story_text(st, "SELECT ref FROM demand WHERE country = 'US'")));
	/* the same account is named in all six */
	assert_ok(st->c, matter_targets(st->c, st->in, m.id, &t));
	assert_ok(st->c, matter_seen(st->c, st->in, &ann, t.v[0].key, in));
	assert_ok(st->c, matter_seen(st->c, st->in, &st->bob, t.v[0].key, all));
	assert_int_equal(in->n, 3);
	assert_int_equal(all->n, 6);
}

static void nobody_enters_what_is_elsewhere(void **state)
{
	struct story *st = *state;
	struct person iris = bound(st, "intake", "US");
	struct draft d = story_draft(st, british);
	struct demand_receipt r;
	struct story_mark before = story_mark(st);

	assert_err(st->c, demand_receive(st->c, st->in, &iris, &d, NULL, 0, &r), ERR_DENIED,
	    "country is not among those you work on");
	story_untouched(st, before);
	/* a duplicate that one may not know of is not told */
	assert_ok(st->c, demand_receive(st->c, st->in, &st->named, &d, NULL, 0, &r));
	d = story_draft(st, (struct story_ask){.instrument = "US-WARRANT",
				.facts = STORY_WARRANT,
				.fields = "'name'",
				.number = "GB-1"});
	assert_ok(st->c, demand_receive(st->c, st->in, &iris, &d, NULL, 0, &r));
	assert_int_equal(r.duplicates->n, 0);
	assert_ok(st->c, demand_receive(st->c, st->in, &st->named, &d, NULL, 0, &r));
	assert_true(r.duplicates->n > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(every_line_is_whole),
	    STORY_TEST(roles_and_naming),
	    STORY_TEST(countries_are_given_and_taken),
	    STORY_TEST(another_country_is_not_there),
	    STORY_TEST(lists_leave_it_out_and_stay_full),
	    STORY_TEST(nobody_enters_what_is_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
