#include "web/desk_dress.h"
#include "web/desk_letter.h"

#include "desk/produce.h"
#include "law/channel.h"
#include "out/view_paper.h"
#include "web/desk_grid.h"
#include "web/page.h"

struct dressing {
	const struct route_ask *ask;
	struct ctx *c;
	struct page words; /* names words in the reader's language */
	struct buf none;
	struct str path; /* of the case */
};

static struct dressing dressing(const struct route_ask *ask)
{
	struct dressing d = {.ask = ask, .c = ask->c, .none = buf_init(ask->c, 16)};

	d.words = page_init(ask->c, &d.none, ask->lang);
	d.words.law = ask->in->law;
	return d;
}

static void choice(struct ctx *c, struct json *list, struct str value, struct str label)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "value", value);
	json_set_text(c, j, "label", label);
	json_add(c, list, j);
}

static struct json *choices(const struct dressing *d, const char *kind, struct str rest)
{
	struct json *list = json_list(d->c);
	struct str one;

	while (str_word(&rest, &one))
		choice(d->c, list, one, page_word(&d->words, kind, one));
	return list;
}

/* A list in a map, NULL without; what a view made may be dressed. */
static struct json *part(struct json *v, const char *key)
{
	return (struct json *)json_find(v, key);
}

static size_t count(const struct json *list)
{
	return list == NULL ? 0 : list->n;
}

static int64_t number(const struct json *v, const char *key)
{
	const struct json *n = json_find(v, key);

	return n == NULL ? 0 : n->num;
}

static bool is_set(const struct json *v, const char *key)
{
	const struct json *x = json_find(v, key);

	return x != NULL && x->kind == JSON_BOOL && x->yes;
}

/* ---- what there is to choose from ---- */

static void set_codes(const struct dressing *d, struct json *v)
{
	const struct law *law = d->ask->in->law;
	struct json *codes = json_list(d->c);
	bool de = d->ask->lang == ANSWER_DE;

	for (size_t i = 0; i < law->n_codes; i++)
		choice(d->c, codes, law->codes[i].id, de ? law->codes[i].de : law->codes[i].en);
	json_set(d->c, v, "codes", codes);
}

static void set_fact_names(const struct dressing *d, struct json *v)
{
	const struct law *law = d->ask->in->law;
	struct json *facts = json_list(d->c);
	bool de = d->ask->lang == ANSWER_DE;

	for (size_t i = 0; i < law->n_facts; i++)
		if (str_starts(law->facts[i].id, "order."))
			choice(d->c, facts, law->facts[i].id,
			    de ? law->facts[i].de : law->facts[i].en);
	json_set(d->c, v, "facts", facts);
}

static void set_because(const struct dressing *d, struct json *v)
{
	static const char *const because[][2] = {{"authority", SAY("the authority says so")},
	    {"notice", SAY("the user was to be told")}, {"settled", SAY("the matter is settled")},
	    {"other", SAY("another reason")}};
	struct json *list = json_list(d->c);

	for (size_t i = 0; i < sizeof because / sizeof because[0]; i++)
		choice(d->c, list, str_of(because[i][0]), lang_say(d->ask->lang, because[i][1]));
	json_set(d->c, v, "because", list);
}

static void set_lapses(const struct dressing *d, struct json *v)
{
	json_set(d->c, v, "lapses", choices(d, "code", STR("not_confirmed expired")));
}

static void set_kinds(const struct dressing *d, struct json *v)
{
	json_set(d->c, v, "kinds",
	    choices(d, "target", STR("email account phone ipv4 ipv6 domain url device")));
}

static void set_against(const struct dressing *d, struct json *v)
{
	json_set(d->c, v, "against", choices(d, "against", STR("order secrecy publication")));
}

static void set_bar_steps(const struct dressing *d, struct json *v)
{
	json_set(d->c, v, "bar_steps",
	    choices(d, "bar_step",
		STR("notified applied petitioned ordered refused asked kept ended")));
}

static void set_channels(const struct dressing *d, struct json *v)
{
	json_set(d->c, v, "channels", choices(d, "way", str_of(produce_channels)));
}

static void set_causes(const struct dressing *d, struct json *v)
{
	json_set(d->c, v, "causes",
	    choices(
		d, "recall", STR("validation confirmation objection challenge misdelivery other")));
}

static void set_answers(const struct dressing *d, struct json *v)
{
	json_set(
	    d->c, v, "recall_answers", choices(d, "recall_answer", STR("deleted refused none")));
}

/* An order of the case offers one of these acts. */
static bool offers(const struct json *v, struct str acts)
{
	const struct json *orders = json_find(v, "orders");

	for (size_t i = 0; orders != NULL && i < orders->n; i++) {
		const struct json *may = json_find(orders->at[i], "may");

		for (size_t k = 0; may != NULL && k < may->n; k++)
			if (str_has_word(acts, may->key[k]))
				return true;
	}
	return false;
}

/* Each list for the forms that show it, and only where there is one: most cases that are looked at
 * are over. */
static void set_choices(const struct dressing *d, struct json *v)
{
	static const struct {
		const char *acts;
		void (*set)(const struct dressing *d, struct json *v);
	} lists[] = {{"decide reject annex3", set_codes}, {"fact", set_fact_names},
	    {"withdraw", set_because}, {"lapse", set_lapses}, {"correct", set_kinds},
	    {"challenge", set_against}, {"deliver", set_channels}, {"secrecy_step", set_bar_steps},
	    {"recall", set_causes}, {"recall_answer", set_answers}};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (offers(v, str_of(lists[i].acts)))
			lists[i].set(d, v);
}

/* ---- findings ---- */

static const char *input_type(enum fact_type type)
{
	return type == FACT_DAY ? "date" : type == FACT_NUMBER ? "number" : "text";
}

static struct str tail_of(struct str name)
{
	struct str before, after;

	return str_cut(name, '.', &before, &after) ? after : name;
}

/* One fact that the law asks for, as a field: its question and the values that it can have. */
static void add_ask(const struct dressing *d, struct json *asks, struct str name)
{
	const struct vocab_fact *f = pack_fact(d->ask->in->law, name);
	struct json *j = json_map(d->c), *values = json_list(d->c);

	if (f == NULL || !str_starts(name, "order."))
		return;
	json_set_text(d->c, j, "name", f->id);
	json_set_text(d->c, j, "says", f->en);
	json_set_text(d->c, j, "says_de", f->de);
	json_set_text(d->c, j, "type", str_of(input_type(f->type)));
	if (f->type == FACT_YESNO) {
		choice(d->c, values, STR("yes"), lang_say(d->ask->lang, SAY("Yes")));
		choice(d->c, values, STR("no"), lang_say(d->ask->lang, SAY("No")));
	} else if (f->type == FACT_ONE && f->values.n > 0) {
		values = choices(d, str_z(d->c, tail_of(name)), f->values);
	}
	json_set(d->c, j, "values", values);
	json_add(d->c, asks, j);
}

static bool asks_something(const struct json *f)
{
	struct str verdict = json_text(f, "verdict");

	return str_is(verdict, "fail") || ((str_is(verdict, "ask") || str_is(verdict, "counsel")) &&
					      json_text(f, "answer").n == 0);
}

static void dress_findings(const struct dressing *d, struct json *order, struct str key)
{
	struct json *findings = part(order, "findings"), *open = json_list(d->c),
		    *settled = json_list(d->c);

	for (size_t i = 0; i < count(findings); i++) {
		struct json *f = findings->at[i], *asks = json_list(d->c);
		struct str rest = json_text(f, "missing"), one;

		json_set_text(d->c, f, "key",
		    str_fmt(d->c, "%.*sf%lld", STR_ARG(key), (long long)number(f, "number")));
		while (str_word(&rest, &one))
			add_ask(d, asks, one);
		json_set(d->c, f, "asks", asks);
		json_add(d->c, asks_something(f) ? open : settled, f);
	}
	json_set(d->c, order, "open", open);
	json_set(d->c, order, "settled", settled);
}

static struct str shown_fact(const struct dressing *d, const struct json *fact)
{
	struct str value = json_text(fact, "value");

	if (str_is(value, "yes"))
		return lang_say(d->ask->lang, SAY("Yes"));
	if (str_is(value, "no"))
		return lang_say(d->ask->lang, SAY("No"));
	return page_word(&d->words, str_z(d->c, tail_of(json_text(fact, "name"))), value);
}

/* ---- items ---- */

static const char *look_of(struct str state)
{
	if (str_is(state, "produce") || str_is(state, "produced"))
		return "good";
	if (str_is(state, "narrow"))
		return "warn";
	return str_is(state, "withhold") ? "bad" : "";
}

static bool is_open(struct str state)
{
	return str_has_word(STR("asked produce narrow withhold"), state);
}

static void dress_items(const struct dressing *d, struct json *order)
{
	struct json *items = part(order, "items");
	bool waits = false;

	for (size_t i = 0; i < count(items); i++) {
		struct json *it = items->at[i];
		struct str state = json_text(it, "state");

		json_set_text(d->c, it, "look", str_of(look_of(state)));
		json_set_bool(d->c, it, "open", is_open(state) || str_is(state, "produced"));
		json_set_bool(d->c, it, "own",
		    str_eq(json_text(json_find(it, "decision"), "by"), d->ask->who->handle));
		waits = waits || str_is(json_text(it, "second_person"), "due");
	}
	json_set_bool(d->c, order, "second_waits", waits);
	if (items != NULL)
		json_set(d->c, order, "grid", desk_grid(d->c, items));
}

/* ---- clocks ---- */

enum { SOON = 48 * 3600 };

static void dress_clocks(const struct dressing *d, struct json *order)
{
	struct json *clocks = part(order, "clocks");
	int64_t now = ctx_now(d->c);

	for (size_t i = 0; i < count(clocks); i++) {
		struct json *k = clocks->at[i];
		struct str latest = json_text(k, "latest");
		struct instant t;

		if (is_set(k, "stopped")) {
			json_set_text(d->c, k, "look", STR("stopped"));
		} else if (latest.n > 0 && instant_parse(d->c, latest, &t) == 0) {
			if (t.s < now)
				json_set_text(d->c, k, "look", STR("late"));
			else if (t.s - now < SOON)
				json_set_text(d->c, k, "look", STR("soon"));
		}
	}
}

/* ---- the order, and the case ---- */

static void dress_rows(const struct dressing *d, struct json *order, const char *key,
    const char *letter, struct str order_key)
{
	struct json *rows = part(order, key);

	for (size_t i = 0; i < count(rows); i++)
		json_set_text(d->c, rows->at[i], "key",
		    str_fmt(d->c, "%.*s%s%zu", STR_ARG(order_key), letter, i + 1));
}

static void dress_order(const struct dressing *d, struct json *order)
{
	long long n = (long long)number(order, "order");
	struct str key = str_fmt(d->c, "o%lld", n);
	struct json *made = part(order, "productions"), *facts = part(order, "facts");

	json_set_text(d->c, order, "key", key);
	json_set_bool(d->c, order, "manifest",
	    channel_of(d->ask->in->channels, json_text(order, "instrument")) != NULL);
	json_set_text(d->c, order, "path", str_fmt(d->c, "%.*s/order/%lld", STR_ARG(d->path), n));
	dress_findings(d, order, key);
	dress_items(d, order);
	dress_clocks(d, order);
	dress_rows(d, order, "challenges", "c", key);
	dress_rows(d, order, "productions", "p", key);
	for (size_t i = 0; i < count(made); i++)
		json_set_text(d->c, made->at[i], "path",
		    str_fmt(d->c, "%.*s/production/%.*s", STR_ARG(d->path),
			STR_ARG(json_text(made->at[i], "production"))));
	for (size_t i = 0; i < count(facts); i++)
		json_set_text(d->c, facts->at[i], "shown", shown_fact(d, facts->at[i]));
}

/* The papers' addresses, and which one is shown: the one asked for, else the first. */
static void dress_papers(const struct dressing *d, struct json *v)
{
	struct json *papers = part(v, "papers");
	int64_t asked = d->ask->route->n_fields > 0 ? d->ask->fields[0].num : 0;

	for (size_t i = 0; i < count(papers); i++) {
		long long n = (long long)number(papers->at[i], "number");

		json_set_text(d->c, papers->at[i], "id", str_fmt(d->c, "%lld", n));
		json_set_text(d->c, papers->at[i], "kind",
		    str_of(view_paper_kind(json_text(papers->at[i], "name"))));
		json_set_text(d->c, papers->at[i], "url",
		    str_fmt(d->c, "%.*s/paper/%lld", STR_ARG(d->path), n));
	}
	if (count(papers) > 0 && right_has(d->ask->who, RIGHT_DEMAND_DETAIL))
		json_set_int(
		    d->c, v, "shown", asked >= 1 && (size_t)asked <= papers->n ? asked : 1);
}

/* Closing is for a case of which no order is open (matter_close asks again). */
static bool may_close(const struct dressing *d, const struct json *v)
{
	const struct json *orders = json_find(v, "orders");

	if (!right_has(d->ask->who, RIGHT_MATTER_CLOSE) || json_find(v, "erased") != NULL)
		return false;
	for (size_t i = 0; orders != NULL && i < orders->n; i++)
		for (int s = 0; s < ORDER_REJECTED; s++)
			if (str_is(json_text(orders->at[i], "state"),
				matter_order_word((enum order_state)s)) ||
			    str_is(json_text(orders->at[i], "hold"), "challenged"))
				return false;
	return true;
}

/* The sender is not trusted, and nobody has confirmed the demand anew. */
static bool alerted(const struct json *v)
{
	const struct json *alerts = json_find(v, "alerts");

	for (size_t i = 0; alerts != NULL && i < alerts->n; i++)
		if (json_find(alerts->at[i], "cleared") == NULL)
			return true;
	return false;
}

void desk_dress_case(const struct route_ask *ask, struct json *v)
{
	struct dressing d = dressing(ask);
	struct json *orders = part(v, "orders");

	d.path = str_fmt(ask->c, "/desk/case/%.*s", STR_ARG(json_text(v, "case")));
	json_set_text(ask->c, v, "path", d.path);
	set_choices(&d, v);
	json_set_bool(ask->c, v, "may_assign",
	    right_has(ask->who, RIGHT_MATTER_ASSIGN) && json_find(v, "erased") == NULL);
	json_set_bool(ask->c, v, "may_note", right_has(ask->who, RIGHT_ORDER_NOTE));
	if (right_has(ask->who, RIGHT_ORDER_TEXT))
		desk_letter_offer(ask->c, v);
	json_set_bool(ask->c, v, "closed", str_is(json_text(v, "state"), "closed"));
	json_set_bool(ask->c, v, "may_close", may_close(&d, v));
	json_set_bool(ask->c, v, "alerted", alerted(v));
	json_set_bool(ask->c, v, "may_clear", right_has(ask->who, RIGHT_ALERT_CLEAR));
	for (size_t i = 0; i < count(orders); i++)
		dress_order(&d, orders->at[i]);
	dress_papers(&d, v);
}

/* ---- a demand before it is a case ---- */

static void dress_targets(const struct dressing *d, struct json *v)
{
	const struct json *seen = json_find(v, "seen"),
			  *orders = json_find(json_find(v, "draft"), "orders");

	for (size_t i = 0; seen != NULL && i < seen->n; i++) {
		const struct json *order, *targets;
		size_t o = (size_t)number(seen->at[i], "order") - 1,
		       t = (size_t)number(seen->at[i], "target") - 1;

		order = orders != NULL && o < orders->n ? orders->at[o] : NULL;
		targets = json_find(order, "targets");
		if (targets != NULL && targets->kind == JSON_LIST && t < targets->n)
			json_set(d->c, targets->at[t], "cases", part(seen->at[i], "cases"));
	}
}

void desk_dress_demand(const struct route_ask *ask, struct json *v)
{
	struct dressing d = dressing(ask);
	const struct person *who = ask->who;

	d.path = str_fmt(ask->c, "/desk/demand/%.*s", STR_ARG(json_text(v, "demand")));
	json_set_text(ask->c, v, "path", d.path);
	dress_papers(&d, v);
	dress_targets(&d, v);
	json_set(ask->c, v, "sorts",
	    choices(&d, "sorted", STR("take_down civil_party testimony data_subject press other")));
	json_set_bool(ask->c, v, "may_open", right_has(who, RIGHT_DEMAND_OPEN));
	json_set_bool(ask->c, v, "may_merge", right_has(who, RIGHT_DEMAND_MERGE));
	json_set_bool(ask->c, v, "may_sort", right_has(who, RIGHT_DEMAND_SORT_OUT));
	json_set_bool(ask->c, v, "may_verify", right_has(who, RIGHT_DEMAND_VERIFY));
	json_set_bool(ask->c, v, "may_letter", right_has(who, RIGHT_DEMAND_LETTER));
}

/* ---- lists ---- */

struct add_people {
	const struct dressing *d;
	struct json *list;
};

static int add_person(struct ctx *c, const struct person *p, void *arg)
{
	struct add_people *a = arg;

	if (p->active && (p->roles & RIGHT_WORK) != 0)
		choice(c, a->list, p->handle, p->handle);
	return 0;
}

int desk_dress_takers(const struct route_ask *ask, struct json *v)
{
	struct dressing d = dressing(ask);
	struct add_people a = {&d, json_list(ask->c)};
	int rc = person_each(ask->c, ask->in, add_person, &a);

	json_set(ask->c, v, "people", a.list);
	return rc;
}

int desk_dress_people(const struct route_ask *ask, struct json *v)
{
	struct dressing d = dressing(ask);
	int rc = desk_dress_takers(ask, v);

	json_set(ask->c, v, "states",
	    choices(&d, "order",
		STR("in_review returned approved produced delivered rejected annex3 preserved "
		    "withdrawn redirected lapsed amended closed")));
	json_set(ask->c, v, "dates_of", choices(&d, "date", STR("deadline bar preservation")));
	return rc;
}
