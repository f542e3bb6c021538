#include "desk/count_p.h"

#include "base/mem.h"
#include "kind/json.h"

/* ---- the national-security side ---- */

static void secret_add(struct ctx *c, struct secret_count **v, size_t *n, size_t *cap,
    struct str word, struct str of, int64_t accounts)
{
	for (size_t i = 0; i < *n; i++) {
		if (str_eq((*v)[i].word, word) && str_eq((*v)[i].of, of)) {
			(*v)[i].orders++;
			(*v)[i].accounts += accounts;
			return;
		}
	}
	*v = mem_grow(c, *v, *n, cap, sizeof **v);
	(*v)[(*n)++] = (struct secret_count){str_make(c, word), 1, accounts, str_make(c, of)};
}

static void first_add(struct ctx *c, struct counting *k, struct str service, struct day day)
{
	if (service.n == 0)
		return;
	for (size_t i = 0; i < k->n_firsts; i++) {
		if (!str_eq(k->firsts[i].service, service))
			continue;
		if (day_cmp(day, k->firsts[i].day) < 0)
			k->firsts[i].day = day;
		return;
	}
	k->firsts = mem_grow(c, k->firsts, k->n_firsts, &k->cap_firsts, sizeof *k->firsts);
	k->firsts[k->n_firsts++] = (struct first_order){str_make(c, service), day};
}

/* Nothing may be told of orders on a new service until so long after the first one (50 USC
 * 1874(b)(1)(B)): they are not in the number yet, which is banded all the same. */
static bool too_new(const struct counting *k, const struct band_structure *s,
    const struct band_category *cat, struct str service)
{
	for (size_t i = 0; i < k->n_firsts && service.n > 0; i++) {
		struct day from = band_new_service(s, cat, k->firsts[i].day);

		if (str_eq(k->firsts[i].service, service))
			return !day_is_none(from) && day_cmp(k->q->today, from) < 0;
	}
	return false;
}

static int each_sealed(struct ctx *c, const struct db_val *row, void *arg)
{
	struct counting *k = arg;
	const struct json *selectors;
	struct str text;
	struct json *j;
	struct day day;
	int rc;

	if (row[0].kind != DB_BLOB)
		return 0; /* erased */
	rc = vault_unseal(c, k->in->store.vault, "sealed_record.record", row[0].s, &text);
	if (rc == 0)
		rc = json_parse(c, "sealed record", text, &j);
	if (rc == 0)
		rc = day_parse(c, json_text(j, "day"), &day);
	if (rc != 0)
		return rc;
	first_add(c, k, json_text(j, "new_service"), day);
	if (day_cmp(day, k->q->period.from) < 0 || day_cmp(day, k->q->period.to) > 0)
		return 0;
	selectors = json_find(j, "selectors");
	secret_add(c, &k->sealed, &k->n_sealed, &k->cap_sealed, json_text(j, "kind"),
	    json_text(j, "new_service"), selectors == NULL ? 0 : selectors->num);
	return 0;
}

static int64_t category_sum(
    const struct counting *k, const struct band_structure *s, const struct band_category *cat)
{
	bool orders = str_is(cat->unit, "orders");
	int64_t n = 0;

	for (size_t i = 0; i < k->n_secrets; i++)
		if (str_has_word(cat->instruments, k->secrets[i].word) ||
		    (s->combined && str_eq(s->jurisdiction, k->secrets[i].of)))
			n += orders ? k->secrets[i].orders : k->secrets[i].accounts;
	for (size_t i = 0; i < k->n_sealed; i++)
		if (str_has_word(cat->sealed, k->sealed[i].word) &&
		    !too_new(k, s, cat, k->sealed[i].of))
			n += orders ? k->sealed[i].orders : k->sealed[i].accounts;
	for (size_t i = 0; i < k->n_combined && s->combined; i++)
		if (str_eq(s->jurisdiction, k->combined[i].word))
			n += orders ? k->combined[i].orders : k->combined[i].accounts;
	return n;
}

static bool structure_due(const struct band_structure *s, const struct count_question *q)
{
	return band_fits(s, q->period) &&
	       (day_is_none(s->src.valid_from) || day_cmp(q->today, s->src.valid_from) >= 0) &&
	       (day_is_none(s->src.valid_until) || day_cmp(q->today, s->src.valid_until) <= 0);
}

/* The chosen structures, and what their jurisdictions forbid outright. */
static bool structure_shown(const struct count_question *q, const struct band_structure *s)
{
	for (size_t i = 0; i < q->n_structures; i++)
		if (q->structures[i] == s ||
		    (s->prohibited && str_eq(q->structures[i]->jurisdiction, s->jurisdiction)))
			return true;
	return false;
}

void count_bands(
    struct ctx *c, const struct count_question *q, struct invariant_band **ret, size_t *ret_n)
{
	struct invariant_band *v;
	size_t n = 0;

	for (size_t i = 0; i < q->law->n; i++)
		n += q->law->v[i].n_categories;
	v = mem_array(c, n, sizeof *v);
	n = 0;
	for (size_t i = 0; i < q->law->n; i++) {
		const struct band_structure *s = &q->law->v[i];
		bool due = structure_due(s, q);

		for (size_t k = 0; k < s->n_categories && structure_shown(q, s); k++) {
			const struct band_category *cat = &s->categories[k];

			v[n++] = (struct invariant_band){s->id, cat->id, cat->unit, s->src.cite,
			    s->width, s->shared_edges, s->combined ? s->jurisdiction : STR(""), due,
			    due ? band_earliest(s, cat, q->period.to) : DAY_NONE};
		}
	}
	*ret = v;
	*ret_n = n;
}

/* Letters of this number that were made public. */
static int64_t released(struct ctx *c, const struct count_question *q,
    const struct band_structure *s, const struct band_category *cat)
{
	const struct permission *p = q->said == NULL
					 ? NULL
					 : permission_number(c, q->said, PERMISSION_RELEASED,
					       q->period, s->id, cat->id, q->at);

	return p == NULL ? 0 : p->lo;
}

/* More letters released than counted is a slip of whoever recorded it, and no number goes out. */
static int band_number(struct ctx *c, struct counting *k, const struct band_structure *s,
    const struct band_category *cat, struct band *ret)
{
	int64_t n = category_sum(k, s, cat), letters = released(c, k->q, s, cat);

	if (letters > n) {
		invariant_add(c, &k->ret->breaches, cat->id, "released", s->src.cite,
		    "more letters are recorded as made public than belong to the period");
		letters = 0;
	}
	return band_of(c, s, n, letters, ret);
}

static int put_category(struct ctx *c, struct counting *k, const struct band_structure *s,
    const struct band_category *cat, bool history_only)
{
	struct figures *f = &k->ret->figures;
	struct band band;
	int rc;

	if (s->prohibited) {
		figure_add_word(c, f, "national_security", STR(""), s->id, str_z(c, cat->id),
		    str_z(c, cat->unit), FIGURE_PROHIBITED);
		return 0;
	}
	if (!structure_due(s, k->q) ||
	    day_cmp(k->q->today, band_earliest(s, cat, k->q->period.to)) < 0)
		return 0;
	if (history_only ||
	    (s->combined && k->combined_accounts_unknown && str_is(cat->unit, "accounts"))) {
		figure_add_word(c, f, "national_security", STR(""), s->id, str_z(c, cat->id),
		    str_z(c, cat->unit), FIGURE_NOT_COUNTABLE);
		return 0;
	}
	rc = band_number(c, k, s, cat, &band);
	if (rc == 0)
		figure_add(c, f,
		    (struct figure){STR("national_security"), STR(""), s->id, cat->id, band.lo,
			band.hi, cat->unit, FIGURE_BAND});
	return rc;
}

/* The rows depend on the chosen structure, the period and the day alone, never on whether there was
 * anything to count. Where the whole period was brought along, this system knows nothing of the
 * time. */
static int put_secret(struct ctx *c, struct counting *k)
{
	bool imported = figure_has_section(&k->ret->figures, "imported");
	bool history_only = imported && tally_live(&k->tally) == 0 && k->n_combined == 0;
	int rc = 0;

	if (k->q->n_structures == 0)
		figure_add_word(c, &k->ret->figures, "national_security", STR(""), STR(""),
		    "process", "orders", FIGURE_PROHIBITED);
	for (size_t i = 0; rc == 0 && i < k->q->law->n; i++) {
		const struct band_structure *s = &k->q->law->v[i];

		for (size_t j = 0; rc == 0 && j < s->n_categories && structure_shown(k->q, s); j++)
			rc = put_category(c, k, s, &s->categories[j], history_only);
	}
	return rc;
}

/* ---- orders ---- */

/* What counts in one number with all of its country is not told apart from it: orders of every
 * class and basis but preservation, which is no demand for data. */
static void combined_add(
    struct ctx *c, struct counting *k, struct str country, int64_t orders, int64_t accounts)
{
	size_t i = 0;

	while (i < k->n_combined && !str_eq(k->combined[i].word, country))
		i++;
	if (i == k->n_combined) {
		k->combined =
		    mem_grow(c, k->combined, k->n_combined, &k->cap_combined, sizeof *k->combined);
		k->combined[k->n_combined++] =
		    (struct secret_count){str_make(c, country), 0, 0, STR("")};
	}
	k->combined[i].orders += orders;
	k->combined[i].accounts += accounts;
}

/* From the receipt of a chain's first order to the outcome of its last. */
static int64_t seconds_of(const struct order_row *o)
{
	if (o->outcome == OUTCOME_PENDING || o->settled == INSTANT_NONE.s)
		return -1;
	return o->settled > o->received ? o->settled - o->received : 0;
}

/* Of the bars of the chain's own orders alone: what another case bars is no figure of this one. */
static enum tally_notice notice_of(const struct order_row *o)
{
	if (o->told != INSTANT_NONE.s)
		return TALLY_TOLD;
	return o->bar_holds ? TALLY_BARRED : TALLY_NEITHER;
}

static void order_count(struct ctx *c, struct counting *k, const struct order_row *o)
{
	struct tally_demand d = {.country = o->country,
	    .class = o->class,
	    .channel = o->channel,
	    .code = o->code,
	    .outcome = o->outcome,
	    .accounts = o->accounts,
	    .disclosed = o->disclosed,
	    .seconds = seconds_of(o),
	    .emergency = o->emergency,
	    .narrowed = o->narrowed && outcome_discloses(o->outcome),
	    .refused_first = o->refused && o->outcome != OUTCOME_REJECTED,
	    .withdrawn_notice = o->outcome == OUTCOME_WITHDRAWN && str_is(o->because, "notice"),
	    .barred = o->barred,
	    .notice = notice_of(o),
	    .told_late = o->told != INSTANT_NONE.s && o->bar_since != INSTANT_NONE.s &&
			 o->bar_since < o->told,
	    .preservation = str_is(o->basis, "preservation")};

	tally_demand_add(c, &k->tally, &d);
}

/* Nothing protected is told of. */
static int order_tell(struct ctx *c, const struct counting *k, const struct order_row *o)
{
	size_t first = count_chain_at(k, o->id), past = first;
	struct count_order t = {.country = o->country,
	    .instrument = o->instrument,
	    .outcome = o->outcome,
	    .preservation = str_is(o->basis, "preservation")};
	int64_t *ids;

	while (past < k->n_links && k->links[past].root == o->id)
		past++;
	ids = mem_array(c, past - first + 1, sizeof *ids);
	ids[t.n++] = o->id;
	for (size_t i = first; i < past; i++)
		ids[t.n++] = k->links[i].id;
	t.ids = ids;
	return k->q->tell->fn(c, &t, k->q->tell->arg);
}

/* What is secret is banded by its instrument. A sealed case under one that no category counts
 * stands in a number for its whole country all the same. */
static void secret_order(
    struct ctx *c, struct counting *k, const struct order_row *o, enum scope_place place)
{
	bool beside = place == SCOPE_COMBINED && !band_protected(k->q->law, o->instrument) &&
		      !str_is(o->basis, "preservation");

	secret_add(c, &k->secrets, &k->n_secrets, &k->cap_secrets, o->instrument,
	    beside ? o->country : STR(""), o->accounts);
}

static int each_order(struct ctx *c, const struct db_val *row, void *arg)
{
	struct counting *k = arg;
	struct order_row o;
	int rc;

	if (count_chain_member(k, row[0].num))
		return 0; /* counted with the first of its chain, on the day of the first */
	rc = count_chain_read(c, k, row, &o);
	if (rc != 0)
		return rc;
	if (o.secret)
		secret_order(c, k, &o, o.place);
	else if (o.place == SCOPE_EXACT)
		order_count(c, k, &o);
	else if (o.place == SCOPE_COMBINED && !str_is(o.basis, "preservation"))
		combined_add(c, k, o.country, 1, o.accounts);
	return o.secret || o.place != SCOPE_EXACT || k->q->tell == NULL ? 0 : order_tell(c, k, &o);
}

static int count_orders(struct ctx *c, struct counting *k)
{
	struct db *db = k->in->store.db;
	int64_t from = instant_at(k->q->period.from, 0).s;
	int64_t until = instant_at(day_add(k->q->period.to, 1), 0).s;
	const struct db_val *row;
	int rc = count_chain_load(c, k);

	if (rc == 0)
		rc = db_each(c, db, SQL_COUNT_ORDERS,
		    DB_ARGS(db_int(k->past), db_int(k->q->as_of.n), db_int(from), db_int(until)),
		    each_order, k);
	if (rc == 0)
		rc = db_each(c, db, SQL_COUNT_SEALED, DB_NO_ARGS, each_sealed, k);
	if (rc == 0)
		rc = db_one(c, db, SQL_COUNT_UNTRIAGED, DB_ARGS(db_int(from), db_int(until)), &row);
	if (rc == 0 && row[0].num > 0)
		invariant_add(c, &k->ret->breaches, STR("channel"), "channels", STR("SPEC.md 5.3"),
		    "%lld %s of the period in triage", (long long)row[0].num,
		    err_word(c, row[0].num == 1 ? ERR_TEXT("demand still waits")
						: ERR_TEXT("demands still wait")));
	return rc;
}

/* ---- history brought along ---- */

static int each_import(struct ctx *c, const struct db_val *row, void *arg)
{
	struct count_imports *v = arg;
	struct str parts[] = {row[1].s, row[7].s}, hex;
	struct hash h = hash_parts(parts, 2); /* the same file may come through two maps */

	hex = text_hex(c, h.b, 6);
	v->v = mem_grow(c, v->v, v->n, &v->cap, sizeof *v->v);
	v->v[v->n++] = (struct count_import){.id = row[0].num,
	    .key = hex,
	    .source = str_make(c, row[2].s),
	    .done = str_is(row[3].s, "done"),
	    .records = row[4].num,
	    .accounts = row[5].num,
	    .note = str_make(c, row[6].s)};
	return 0;
}

int count_import_each(struct ctx *c, struct instance *in, struct count_imports *ret)
{
	*ret = (struct count_imports){0};
	return db_each(c, in->store.db, SQL_COUNT_IMPORTS, DB_NO_ARGS, each_import, ret);
}

static bool gives_accounts(const struct counting *k, int64_t import)
{
	for (size_t i = 0; i < k->ret->imports.n; i++)
		if (k->ret->imports.v[i].id == import)
			return k->ret->imports.v[i].accounts > 0;
	return false;
}

static void closed_count(struct ctx *c, struct counting *k, const struct db_val *row)
{
	enum scope_place place =
	    k->q->scope.n == 0 ? SCOPE_EXACT : scope_place(&k->q->scope, row[1].s, row[2].s);

	if (place == SCOPE_EXACT) {
		tally_closed_add(c, &k->tally, row[0].num, row[1].s, row[2].s,
		    (enum outcome)row[3].num, row[4].num);
	} else if (place == SCOPE_COMBINED) {
		combined_add(c, k, row[1].s, 1, row[4].num);
		if (!gives_accounts(k, row[0].num))
			k->combined_accounts_unknown = true;
	}
}

static int each_closed(struct ctx *c, const struct db_val *row, void *arg)
{
	struct counting *k = arg;

	if (row[5].num == 0)
		k->straddles = true;
	else if (str_is(row[2].s, "national_security"))
		k->secret_history = true;
	else
		closed_count(c, k, row);
	return 0;
}

static void closed_breaches(struct ctx *c, struct counting *k)
{
	struct breaches *b = &k->ret->breaches;

	if (k->straddles)
		invariant_add(c, b, STR("imported"), "period", STR("SPEC.md 5.3"),
		    "imported records of a longer period reach into this one");
	if (k->secret_history)
		invariant_add(c, b, STR("imported"), "secret", STR("SPEC.md 5.3"),
		    "imported national-security records cannot be counted");
	for (size_t i = 0; i < k->ret->imports.n; i++)
		if (!k->ret->imports.v[i].done)
			invariant_add(c, b, STR("imported"), "import", STR("SPEC.md 5.3"),
			    "an import is not finished");
}

static int count_closed(struct ctx *c, struct counting *k)
{
	int rc = count_import_each(c, k->in, &k->ret->imports);

	if (rc == 0)
		rc = db_each(c, k->in->store.db, SQL_COUNT_CLOSED,
		    DB_ARGS(db_int(k->q->period.from.n), db_int(k->q->period.to.n)), each_closed,
		    k);
	if (rc == 0)
		closed_breaches(c, k);
	return rc;
}

int count_period(
    struct ctx *c, struct instance *in, const struct count_question *q, struct count *ret)
{
	struct counting k = {.in = in, .q = q, .ret = ret};
	struct tally_source *sources;
	int rc;

	*ret = (struct count){0};
	k.past = instant_at(day_add(q->as_of, 1), 0).s;
	tally_init(c, &k.tally);
	rc = count_orders(c, &k);
	if (rc == 0)
		rc = count_closed(c, &k);
	if (rc != 0)
		return rc;
	sources = mem_array(c, ret->imports.n, sizeof *sources);
	for (size_t i = 0; i < ret->imports.n; i++) {
		const struct count_import *m = &ret->imports.v[i];

		/* a source that gives accounts gives at least one over all its records */
		sources[i] = (struct tally_source){m->id, m->key, m->accounts > 0};
	}
	tally_figures(c, &k.tally, sources, ret->imports.n, &ret->figures);
	scope_figures(c, &q->scope, &ret->figures);
	rc = count_beside(c, &k, &ret->figures);
	if (rc == 0)
		rc = put_secret(c, &k);
	if (rc != 0)
		return rc;
	figure_sort(&ret->figures);
	if (q->users > 0) {
		tally_users(c, &ret->figures, q->users);
		figure_sort(&ret->figures);
	}
	count_bands(c, q, &ret->bands, &ret->n_bands);
	return 0;
}
