#include "desk/advice.h"

#include "base/mem.h"
#include "desk/gate.h"
#include "kind/land.h"

bool advice_ours(struct str fact)
{
	return str_has_word(STR("order.call_back order.emergency_shown order.competent "
				"order.capability order.confirmed order.us_user_foreign "
				"order.us_foreign_conflict"),
	    fact);
}

struct supposed {
	bool bare; /* the order does not name its provision */
	struct instance *in;
	const struct advice_ask *ask;
	struct facts order; /* without an instrument */
	struct facts item;
	struct day day;
};

/* What the sender has no part in: it is there when the demand comes by the portal, or is for the
 * house to find out. */
static void suppose(struct ctx *c, struct supposed *s, const struct profile *p)
{
	static const char *const given[][2] = {{"demand.channel", "portal"},
	    {"authority.verified", "yes"}, {"demand.specific", "yes"}, {"order.capability", "no"}};
	const struct advice_ask *a = s->ask;
	const struct service *service = instance_service(p, a->service);
	struct instant noon = {(int64_t)s->day.n * 86400 + 43200};

	for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
		fact_set(c, &s->order, str_of(given[i][0]), str_of(given[i][1]));
	fact_set(c, &s->order, STR("authority.country"), a->country);
	fact_set(c, &s->order, STR("authority.body"), a->body);
	fact_set(c, &s->order, STR("authority.level"), a->level);
	fact_set(c, &s->order, STR("demand.received"), instant_str(c, noon));
	gate_profile(c, p, &s->order);
	fact_set(c, &s->item, STR("item.service"), a->service);
	if (service != NULL)
		fact_set(c, &s->item, STR("item.service_class"), service->class);
	fact_set(
	    c, &s->item, STR("target.kind"), a->target_kind.n > 0 ? a->target_kind : STR("email"));
	fact_set(c, &s->item, STR("target.specific"), STR("yes"));
	fact_set(c, &s->item, STR("target.at"), instant_str(c, noon));
}

static struct facts copy(struct ctx *c, const struct facts *from)
{
	struct facts to = {0};

	for (size_t i = 0; i < from->n; i++)
		fact_set(c, &to, from->v[i].name, from->v[i].value);
	return to;
}

static int judge(struct ctx *c, const struct supposed *s, struct str field, struct str instrument,
    struct judgment *ret)
{
	struct facts item = copy(c, &s->item);
	struct judge_input input = {.order = copy(c, &s->order),
	    .items = &item,
	    .n_items = 1,
	    .now = {(int64_t)s->day.n * 86400 + 43200},
	    .received = s->day};

	fact_set(c, &item, STR("item.field"), field);
	fact_set(c, &input.order, STR("order.instrument"), instrument);
	if (!s->bare)
		fact_set(c, &input.order, STR("order.legal_basis"), STR("named"));
	return judge_order(c, s->in->law, &input, ret);
}

/* A rule would grant the item once what it asks for is there. */
static bool may_grant(const struct law *law, const struct judgment *j)
{
	for (size_t i = 0; i < j->n_findings; i++) {
		const struct finding *f = &j->findings[i];
		const struct rule *rule = pack_rule(law, f->rule, NULL);

		if (rule != NULL && rule->grants && f->verified && f->verdict != VERDICT_FAIL &&
		    f->verdict != VERDICT_NA)
			return true;
	}
	return false;
}

/* The worst of what the judgment says; `code` is that of the first fail. That nothing grants the
 * item yet is no fail while a rule only asks. */
static enum verdict worst(const struct law *law, const struct judgment *j, struct str *ret_code)
{
	enum verdict w = VERDICT_PASS;

	for (size_t i = 0; i < j->n_findings; i++) {
		const struct finding *f = &j->findings[i];

		if (str_is(f->rule, "writ.granted") && may_grant(law, j))
			continue;
		if (f->verdict == VERDICT_FAIL && w != VERDICT_FAIL)
			*ret_code = f->code;
		if (f->verdict > w)
			w = f->verdict;
	}
	return w;
}

static void add_fact(struct ctx *c, const struct vocab_fact *f, struct json *list)
{
	struct json *one = json_map(c);

	json_set_text(c, one, "fact", f->id);
	json_set_text(c, one, "en", f->en);
	json_set_text(c, one, "de", f->de);
	json_add(c, list, one);
}

/* basis: such an order fails where it does not name the provision that it rests on. */
static void add_missing(
    struct ctx *c, const struct law *law, const struct judgment *j, bool basis, struct json *to)
{
	const struct vocab_fact *provision = pack_fact(law, STR("order.legal_basis"));
	struct json *list = json_list(c);
	struct buf seen = buf_init(c, 64 << 10);

	if (basis && provision != NULL)
		add_fact(c, provision, list);
	for (size_t i = 0; i < j->n_findings; i++) {
		struct str rest = j->findings[i].missing, name;

		while (str_word(&rest, &name)) {
			const struct vocab_fact *f = pack_fact(law, name);

			if (f == NULL || advice_ours(name) || str_has_word(buf_str(&seen), name))
				continue;
			buf_fmt(&seen, "%.*s ", STR_ARG(name));
			add_fact(c, f, list);
		}
	}
	json_set(c, to, "missing", list);
}

struct choice {
	const struct instrument *instrument;
	struct json *json;
	enum verdict verdict;
	size_t missing;
};

static int better(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	if (x->missing != y->missing)
		return x->missing < y->missing ? -1 : 1;
	return str_cmp(x->instrument->id, y->instrument->id);
}

/* What is sealed is told to nobody, and what a provider may give of its own accord is no way for an
 * authority. */
static bool offered(const struct instrument *i)
{
	return (i->basis == BASIS_ORDER && !str_is(i->class, "national_security")) ||
	       (i->basis == BASIS_PERMITTED &&
		   str_has_word(STR("emergency consent agreement"), i->class));
}

static struct json *choice_json(struct ctx *c, const struct supposed *s, const struct instrument *i,
    const struct judgment *j, bool basis, enum verdict v)
{
	struct json *one = json_map(c);

	json_set_text(c, one, "instrument", i->id);
	json_set_text(c, one, "en", i->en);
	json_set_text(c, one, "de", i->de);
	json_set_text(c, one, "cite", i->src.cite);
	json_set_text(c, one, "verdict", str_of(judge_verdict_name(v)));
	add_missing(c, s->in->law, j, basis, one);
	return one;
}

struct choices {
	struct choice *v;
	size_t n, cap;
	struct str code; /* of a refusal that is about the data and not about the instrument */
};

static int try_instrument(struct ctx *c, const struct supposed *s, struct str field,
    const struct instrument *i, struct choices *to)
{
	bool basis;
	struct supposed silent = *s;
	struct judgment j, bare;
	struct str code = {"", 0}, ignored;
	enum verdict v;
	int rc = judge(c, s, field, i->id, &j);

	if (rc != 0)
		return rc;
	v = worst(s->in->law, &j, &code);
	if (v == VERDICT_FAIL) {
		if (!str_is(code, "wrong_instrument") || to->code.n == 0)
			to->code = code;
		return 0;
	}
	silent.bare = true;
	rc = judge(c, &silent, field, i->id, &bare);
	if (rc != 0)
		return rc;
	basis = worst(s->in->law, &bare, &ignored) == VERDICT_FAIL;
	if (basis && v == VERDICT_PASS)
		v = VERDICT_ASK;
	to->v = mem_grow(c, to->v, to->n, &to->cap, sizeof *to->v);
	to->v[to->n] = (struct choice){i, choice_json(c, s, i, &j, basis, v), v, 0};
	to->v[to->n].missing = json_find(to->v[to->n].json, "missing")->n;
	to->n++;
	return 0;
}

static int try_all(struct ctx *c, const struct supposed *s, struct str field, struct choices *to)
{
	const struct law *law = s->in->law;
	int rc = 0;

	for (size_t p = 0; p < law->n_packs && rc == 0; p++)
		for (size_t i = 0; i < law->packs[p]->n_instruments && rc == 0; i++)
			if (offered(&law->packs[p]->instruments[i]))
				rc =
				    try_instrument(c, s, field, &law->packs[p]->instruments[i], to);
	if (to->n > 1)
		qsort(to->v, to->n, sizeof *to->v, better);
	return rc;
}

static struct str in_hand(const struct supposed *s, const struct choices *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].instrument->id, s->ask->instrument))
			return str_of(judge_verdict_name(all->v[i].verdict));
	return STR("fail");
}

static int advise_field(
    struct ctx *c, const struct supposed *s, struct str field, struct json *list)
{
	const struct vocab_field *f = pack_field(s->in->law, field);
	struct json *j = json_map(c), *instruments = json_list(c);
	struct choices all = {0};
	int rc = try_all(c, s, field, &all);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		json_add(c, instruments, all.v[i].json);
	json_set_text(c, j, "field", field);
	json_set_text(c, j, "en", f->en);
	json_set_text(c, j, "de", f->de);
	json_set(c, j, "instruments", instruments);
	if (s->ask->instrument.n > 0)
		json_set_text(c, j, "have", in_hand(s, &all));
	if (all.n == 0)
		json_set_text(c, j, "code", all.code.n > 0 ? all.code : STR("needs_mla"));
	json_add(c, list, j);
	return 0;
}

static int check(struct ctx *c, const struct supposed *s, const struct profile *p)
{
	const struct advice_ask *a = s->ask;
	struct str rest = a->fields, field;
	size_t n = 0;
	int rc = 0;

	if (!land_known(a->country))
		rc = err_set(c, ERR_INVALID, "the country is an ISO 3166-1 code of two letters");
	if (rc == 0)
		rc = pack_fact_check(c, s->in->law, STR("authority.body"), a->body);
	if (rc == 0 && a->level.n > 0)
		rc = pack_fact_check(c, s->in->law, STR("authority.level"), a->level);
	if (rc == 0 && instance_service(p, a->service) == NULL)
		rc = err_set(c, ERR_INVALID, "there is no such service");
	if (rc == 0 && a->instrument.n > 0 && pack_instrument(s->in->law, a->instrument) == NULL)
		rc = err_set(c, ERR_INVALID, "no rule pack has this instrument");
	while (rc == 0 && str_word(&rest, &field)) {
		if (pack_field(s->in->law, field) == NULL)
			rc = err_set(c, ERR_INVALID, "no such field in the vocabulary");
		if (rc == 0 && ++n > ADVICE_FIELDS_MAX)
			rc = err_set(c, ERR_LIMIT, "at most %d fields at once", ADVICE_FIELDS_MAX);
	}
	if (rc == 0 && n == 0)
		rc = err_set(c, ERR_INVALID, "say which data are wanted");
	return rc;
}

int advice_make(struct ctx *c, struct instance *in, const struct advice_ask *ask, struct json **ret)
{
	struct supposed s = {.in = in, .ask = ask, .day = ask->day};
	struct str rest = ask->fields, field;
	struct json *list = json_list(c);
	const struct profile *p;
	int rc;

	if (day_is_none(s.day))
		s.day = instant_day((struct instant){ctx_now(c)});
	p = instance_profile(in, s.day);
	rc = check(c, &s, p);
	if (rc != 0)
		return rc;
	suppose(c, &s, p);
	while (rc == 0 && str_word(&rest, &field))
		rc = advise_field(c, &s, field, list);
	if (rc == 0)
		*ret = list;
	return rc;
}
