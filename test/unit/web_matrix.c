/*
 * The matrix: every line of the route table, as a page and as the API, for every role and for who
 * has none, on a case of one's own, of another country, in the sealed compartment, and that there
 * is not. What is expected is computed from the line's gate and from the table of rights alone.
 * Requests are built from the line: parts of its path by their names, fields by their parsers. A
 * line that has a part or a parser without a sample below fails, so a new one comes in here.
 */
#include "officer_story.h"

#include "desk/oidc.h"
#include "web/face.h"
#include "web/field.h"
#include "web/login.h"
#include "web/office.h"
#include "web/public.h"
#include "web/table.h"

enum place { OWN, ELSEWHERE, SEALED, UNKNOWN, PLACES };
enum { PEOPLE = 24 };

struct asker {
	const char *name;
	const struct person *who; /* NULL: nobody */
	bool officer;
	const char *secret; /* signs in by the API's own way; no page knows it */
};

struct world {
	struct story *st;
	struct route_table *table;
	int (*sign_in)(struct route_ask *ask);
	struct public_site site;
	struct str refs[PLACES], demands[PLACES];
	struct person people[PEOPLE];
	struct asker askers[PEOPLE];
	size_t n_people, n_askers;
	struct str secret; /* of who may not sign in any more */
	long asked;
};

/* Of the request that runs: what the table's sign_in finds. */
static const struct asker *asking;

static int sign_in(struct route_ask *ask)
{
	ask->who = asking->who;
	ask->officer = asking->officer;
	ask->proof = STR("a proof");
	return 0;
}

/* ---- samples ---- */

static const struct {
	int (*parse)(struct ctx *c, struct str text, struct route_value *ret);
	const char *text;
} samples[] = {{field_line, "a line"}, {field_text, "A reason."}, {field_word, "other"},
    {field_words, "other words"}, {field_number, "1"}, {field_day, "2026-09-30"},
    {field_instant, "2026-09-30T12:00:00Z"}, {field_yes, "yes"}, {field_country, "US"},
    {field_hash, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"},
    {login_field, "YQ"}, {login_back, "/me"}, {office_any, "a text"}};

static const char *sample_of(struct ctx *c, const struct route *r, const struct route_field *f)
{
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		struct route_value v = {0};

		if (samples[i].parse != f->parse)
			continue;
		assert_ok(c, f->parse(c, str_of(samples[i].text), &v));
		return samples[i].text;
	}
	fail_msg("%s: no sample for the parser of the field %s", r->name, f->name);
	return NULL;
}

/* The least form that the line reads. */
static struct str form_of(struct ctx *c, const struct route *r)
{
	struct buf b = buf_init(c, 1 << 14);

	if (r->method == ROUTE_POST)
		buf_puts(&b, "proof=a+proof");
	for (size_t i = 0; i < r->n_fields; i++) {
		if (!r->fields[i].needed)
			continue;
		buf_fmt(&b, "%s%s=", b.n > 0 ? "&" : "", r->fields[i].name);
		form_put(&b, str_of(sample_of(c, r, &r->fields[i])));
	}
	return buf_str(&b);
}

static struct str part_of(struct world *w, const struct route *r, struct str name, enum place place)
{
	static const struct {
		const char *name, *text;
	} parts[] = {{"n", "1"}, {"act", "keys"}, {"ref", "ABCDEFGHJKMNP"},
	    {"production", "ABCDEFGHJKMNP"}, {"saved", "ABCDEFGHJKMNP"}, {"page", "ABCDEFGHJKMNP"},
	    {"job", "ABCDEFGHJKMNP"}, {"ticket", "ABCDEFGHJKMNP"}, {"service", "mail"},
	    {"name", "a.csv"}, {"claim", "ABCDEFGHJKMNP"}, {"request", "ABCDEFGHJKMNP"},
	    {"edition", "2026H1.1"}, {"agency", "ABCDEFGHJKMNP"}, {"officer", "ABCDEFGHJKMNP"},
	    {"of", "ABCDEFGHJKMNP"}, {"form", "ABCDEFGHJKMNP"}, {"path", "index.html"},
	    {"token", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}};

	if (str_is(name, "case"))
		return w->refs[place];
	if (str_is(name, "demand"))
		return w->demands[place];
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (str_is(name, parts[i].name))
			return str_of(parts[i].text);
	fail_msg("%s: no sample for the part %.*s of its path", r->name, STR_ARG(name));
	return STR("");
}

static bool has_part(const struct route *r, const char *name)
{
	return strstr(r->path, name) != NULL;
}

static bool on_case(const struct route *r)
{
	return has_part(r, "{case:") || has_part(r, "{demand:");
}

static void parts_fill(
    struct world *w, const struct route *r, enum place place, struct str parts[ROUTE_PARTS_MAX])
{
	struct str rest = str_of(r->path), before, part, name, type;
	size_t n = 0;

	while (str_cut(rest, '{', &before, &rest)) {
		(void)str_cut(rest, '}', &part, &rest);
		(void)str_cut(part, ':', &name, &type);
		parts[n++] = part_of(w, r, name, place);
	}
}

/* ---- one request ---- */

struct request {
	struct world *w;
	const struct route *route;
	const struct asker *asker;
	enum place place;
	bool api;
	enum answer_lang lang;
	struct answer a;
};

static int run(struct ctx *c, void *arg)
{
	struct request *q = arg;
	struct world *w = q->w;
	struct route_ask ask = {.c = c,
	    .site = &w->site,
	    .in = w->st->in,
	    .table = w->table,
	    .route = q->route,
	    .lang = q->lang,
	    .from = STR("192.0.2.7"),
	    .own_page = true,
	    .api = q->api};
	struct form form;

	if (q->asker->secret != NULL)
		ask.token = w->secret;
	asking = q->asker;
	w->table->sign_in = q->asker->secret != NULL ? w->sign_in : sign_in;
	parts_fill(w, q->route, q->place, ask.parts);
	assert_ok(c, form_parse(c, form_of(c, q->route), &form));
	q->a = answer_init(c, q->lang);
	face_answer(w->table, &ask, &form, &q->a);
	c->say = NULL;
	err_clear(c);
	w->asked++;
	return ERR_FAIL; /* nothing of it stays */
}

static int ask_once(struct request *q)
{
	struct ctx *c = q->w->st->c;

	if (q->route->alone)
		(void)run(c, q);
	else
		assert_int_equal(step_together(c, &q->w->st->in->store, run, q), ERR_FAIL);
	err_clear(c);
	return q->a.status;
}

static const char *field_of(struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->n_fields; i++)
		if (strcmp(a->fields[i].name, name) == 0)
			return a->fields[i].value.p;
	return "";
}

/* Everything of an answer that goes over the wire. */
static bool same(struct answer *a, struct answer *b)
{
	bool all = a->status == b->status && str_is(str_of(a->type), b->type) &&
		   a->n_fields == b->n_fields && str_eq(buf_str(&a->body), buf_str(&b->body)) &&
		   str_is(str_of(a->cache), b->cache);

	for (size_t i = 0; all && i < a->n_fields; i++)
		all = strcmp(a->fields[i].name, b->fields[i].name) == 0 &&
		      str_eq(a->fields[i].value, b->fields[i].value);
	return all;
}

/* ---- what the gate and the table say ---- */

/* ALIKE: none of the cases is the officer's, so that each is answered as what there is not. */
enum want { SIGN_IN, REFUSED, ABSENT, ALIKE, THERE };

static enum want want_of(const struct route *r, const struct asker *by, bool api, enum place place)
{
	const struct person *who = by->who;
	bool knows = place == OWN || (place == SEALED && who != NULL && who->sealed);

	if (api && who == NULL)
		return SIGN_IN;
	if (r->gate == GATE_METERS)
		return ABSENT;
	if (r->gate != GATE_PUBLIC && who == NULL)
		return SIGN_IN;
	if ((r->gate == GATE_STAFF && by->officer) || (r->gate == GATE_OFFICER && !by->officer))
		return REFUSED;
	if (r->righted && !right_has(who, r->right))
		return REFUSED;
	if (r->gate == GATE_OFFICER && on_case(r))
		return ALIKE;
	return on_case(r) && !knows ? ABSENT : THERE;
}

static void check(struct request *q, enum want want, struct answer *unknown)
{
	const struct route *r = q->route;
	int status = q->a.status;
	const char *at =
	    str_fmt(q->w->st->c, "%s of %s%s, place %d: %d %.*s", r->name, q->asker->name,
		q->api ? " (API)" : "", (int)q->place, status, STR_ARG(buf_str(&q->a.body)))
		.p;
	bool to_sign_in = status == 401 ||
			  (status == 303 && strcmp(field_of(&q->a, "Location"), "/sign-in") == 0);

	switch (want) {
	case SIGN_IN:
		if (!to_sign_in || (q->api && status != 401))
			fail_msg("%s, want a sign-in", at);
		break;
	case REFUSED:
		if (status != 403 || !same(&q->a, unknown))
			fail_msg("%s, want a refusal that is one for all places", at);
		break;
	case ABSENT:
		if (status != 404 || (unknown != NULL && !same(&q->a, unknown)))
			fail_msg("%s, want 404 as for what there is not: %d %.*s", at,
			    unknown->status, STR_ARG(buf_str(&unknown->body)));
		break;
	case ALIKE:
		if ((status != 404 && status != 400) || !same(&q->a, unknown))
			fail_msg("%s, want it as for what there is not", at);
		break;
	case THERE:
		if (r->gate != GATE_PUBLIC && status == 401)
			fail_msg("%s, want it let through", at);
		if (strstr(buf_str(&q->a.body).p, "needs the role") != NULL)
			fail_msg("%s, refused for the role", at);
		if (on_case(r) && q->api && same(&q->a, unknown))
			fail_msg("%s, as if there were no such case", at);
		break;
	}
}

static void one_line(
    struct world *w, const struct route *r, const struct asker *by, bool api, enum answer_lang lang)
{
	struct request q = {w, r, by, UNKNOWN, api, lang, {0}}, unknown;

	(void)ask_once(&q);
	unknown = q;
	for (int p = OWN; p < PLACES; p++) {
		q.place = (enum place)p;
		(void)ask_once(&q);
		check(&q, want_of(r, by, api, q.place), &unknown.a);
		if (!on_case(r))
			return;
	}
}

/* ---- the world ---- */

static void person_put(struct world *w, const char *name, unsigned roles, bool sealed, bool bound)
{
	struct person *p = &w->people[w->n_people++];
	struct story *st = w->st;

	*p = story_person(st, name, roles, sealed, 2000 + (int64_t)w->n_people);
	if (bound) {
		assert_ok(
		    st->c, person_limit(st->c, st->in, &st->admin, str_of(name), STR("US DE")));
		assert_ok(st->c, person_get(st->c, st->in, p->id, p));
	}
	w->askers[w->n_askers++] = (struct asker){name, p, false, NULL};
}

static void people_put(struct world *w)
{
	static const char *const roles[] = {"intake", "reviewer", "counsel", "collector", "finance",
	    "publisher", "auditor", "admin"};
	struct story *st = w->st;

	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
		unsigned bits;

		assert_ok(st->c, person_roles(st->c, str_of(roles[i]), &bits));
		person_put(w, str_fmt(st->c, "%s.x", roles[i]).p, bits, false, bits != ROLE_ADMIN);
		if (bits != ROLE_ADMIN)
			person_put(w, str_fmt(st->c, "%s.named", roles[i]).p, bits, true, true);
	}
	w->askers[w->n_askers++] = (struct asker){"nobody", NULL, false, NULL};
}

/* An officer is a person without roles; and who was sent away comes with the old secret. */
static void others_put(struct world *w)
{
	struct story *st = w->st;
	struct person *officer = &w->people[w->n_people++];
	struct hash secret;
	int64_t id;

	*officer = officer_active(
	    st, "pat.doe@police.example", officer_agency(st, "Police of X", "police.example"));
	w->askers[w->n_askers++] = (struct asker){"officer", officer, true, NULL};
	w->secret = STR("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
	secret = hash_of(w->secret);
	assert_ok(st->c, person_add(st->c, st->in, &st->admin, STR("gone"), ROLE_REVIEWER, false,
			     -1, &secret, &id));
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("gone"), ROLE_REVIEWER, false, false));
	w->askers[w->n_askers++] = (struct asker){"sent away", NULL, false, "its secret"};
}

static void cases_put(struct world *w)
{
	struct story *st = w->st;
	struct story_ask ask = {
	    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
	struct story_ask sealed = {.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"};
	struct legal_order o;
	struct id id = id_make(st->c);

	w->refs[OWN] = story_case(st, ask, &o).ref;
	w->demands[OWN] = story_text(st, "SELECT ref FROM demand ORDER BY id DESC LIMIT 1");
	ask.country = "GB";
	w->refs[ELSEWHERE] = story_case(st, ask, &o).ref;
	w->demands[ELSEWHERE] = story_text(st, "SELECT ref FROM demand ORDER BY id DESC LIMIT 1");
	w->refs[SEALED] = story_case_by(st, &st->named, sealed, &o).ref;
	w->demands[SEALED] = story_text(st, "SELECT ref FROM demand ORDER BY id DESC LIMIT 1");
	assert_int_equal(story_num(st, "SELECT sum(compartment) FROM matter"), 1);
	w->refs[UNKNOWN] = w->demands[UNKNOWN] = str_make(st->c, id_str(&id));
}

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	assert_non_null(w);
	w->st = story_open();
	w->table = table_make(w->st->c);
	w->sign_in = w->table->sign_in;
	w->site = (struct public_site){.in = w->st->in, .files = -1, .token = STR("")};
	/* a provider that has been reached, so that its routes have something to lead to */
	w->st->in->oidc = (struct oidc_conf){.issuer = STR("https://login.example.net"),
	    .client = STR("writ"),
	    .name = STR("login"),
	    .port = 443};
	w->st->in->serve.url = STR("https://desk.example.net");
	w->st->in->serve.host = STR("desk.example.net");
	assert_ok(w->st->c, oidc_issuer_put(w->st->c, w->st->in,
				STR("{\"issuer\":\"https://login.example.net\","
				    "\"authorization_endpoint\":\"https://login.example.net/a\","
				    "\"token_endpoint\":\"https://login.example.net/t\","
				    "\"jwks_uri\":\"https://login.example.net/k\"}"),
				STR("{\"keys\":[]}")));
	people_put(w);
	others_put(w);
	cases_put(w);
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	story_close(w->st);
	free(w);
	return 0;
}

/* ---- the tests ---- */

static void every_route_for_every_role_and_place(void **state)
{
	struct world *w = *state;
	struct story_mark before = story_mark(w->st);

	for (size_t i = 0; i < w->table->n; i++) {
		const struct route *r = &w->table->routes[i];

		if (strcmp(r->name, "metrics") == 0 || r->gate == GATE_METERS)
			assert_true(r->run != NULL);
		for (size_t k = 0; k < w->n_askers; k++) {
			one_line(w, r, &w->askers[k], false, ANSWER_EN);
			if (r->view != NULL)
				one_line(w, r, &w->askers[k], true, ANSWER_EN);
		}
	}
	story_untouched(w->st, before);
	print_message("%ld requests\n", w->asked);
}

/* A line about a case that named no right would be let through by its gate alone. */
static void every_line_about_a_case_has_its_right(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < w->table->n; i++) {
		const struct route *r = &w->table->routes[i];

		if (on_case(r) && r->gate != GATE_OFFICER &&
		    (!r->righted || right_rule(r->right)->on != RIGHT_ON_CASE ||
			r->gate != GATE_STAFF))
			fail_msg("%s is about a case and names no right about one", r->name);
		if (r->righted && (r->gate == GATE_PUBLIC || r->gate == GATE_METERS))
			fail_msg("%s has a right and a gate for anybody", r->name);
		if (r->method == ROUTE_POST && r->view != NULL && r->next == NULL &&
		    r->page == NULL)
			fail_msg("%s: no page comes next", r->name);
	}
}

/* Who asks in German is told in German, and what is written down stays English. */
static void errors_are_said_in_the_language_of_who_asks(void **state)
{
	struct world *w = *state;
	const struct asker collector = {"collector", &w->st->collector, false, NULL};
	const struct asker reviewer = {"reviewer", &w->st->ann, false, NULL};
	struct request q = {
	    w, route_named(w->table, "order_reject"), &collector, OWN, true, ANSWER_DE, {0}};

	assert_int_equal(ask_once(&q), 403);
	assert_non_null(strstr(buf_str(&q.a.body).p, "„ablehnen“ verlangt die Rolle Prüfung"));
	q.asker = &reviewer;
	q.route = route_named(w->table, "order_annex3");
	assert_int_equal(ask_once(&q), 403);
	assert_non_null(strstr(buf_str(&q.a.body).p, "Anhang III beantwortet nur ein EPOC"));
	q.place = UNKNOWN;
	assert_int_equal(ask_once(&q), 404);
	assert_non_null(strstr(buf_str(&q.a.body).p, "unbekanntes Aktenzeichen: Fall"));
	q.lang = ANSWER_EN;
	assert_int_equal(ask_once(&q), 404);
	assert_non_null(strstr(buf_str(&q.a.body).p, "no case has this reference"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_route_for_every_role_and_place),
	    cmocka_unit_test(every_line_about_a_case_has_its_right),
	    cmocka_unit_test(errors_are_said_in_the_language_of_who_asks),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
