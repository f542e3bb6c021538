#include "desk/contest.h"

#include "base/mem.h"

/* ---- reading ---- */

static struct str text_of(struct ctx *c, struct db_val v)
{
	return v.kind == DB_TEXT || v.kind == DB_BLOB ? str_make(c, v.s) : STR("");
}

static int64_t ref_of(struct db_val v)
{
	return v.kind == DB_INT ? v.num : 0;
}

static int take(struct ctx *c, const struct db_val *r, void *arg)
{
	struct contests *all = arg;

	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n] = (struct contest){.challenge = r[0].num,
	    .challenge_rev = r[1].num,
	    .number = (int64_t)all->n + 1,
	    .against = text_of(c, r[3]),
	    .state = text_of(c, r[4]),
	    .at = {r[5].num},
	    .id = ref_of(r[6]),
	    .rev = ref_of(r[7]),
	    .kind = text_of(c, r[8]),
	    .party = text_of(c, r[9]),
	    .filed =
		r[10].kind == DB_INT ? db_get_day(r[10]) : instant_day((struct instant){r[5].num}),
	    .answer_by = db_get_day(r[11]),
	    .follows = ref_of(r[12]),
	    .secrecy = ref_of(r[13]),
	    .permission = ref_of(r[14]),
	    .in_public = ref_of(r[15]) != 0,
	    .outcome = text_of(c, r[16]),
	    .decided = db_get_day(r[17]),
	    .court_ct = text_of(c, r[18]),
	    .ruling_ct = text_of(c, r[19]),
	    .ground_ct = text_of(c, r[20])};
	all->n++;
	return 0;
}

int contest_of_order(struct ctx *c, struct instance *in, int64_t order, struct contests *ret)
{
	*ret = (struct contests){0};
	return db_each(c, in->store.db, SQL_CHALLENGE_OF_ORDER, DB_ARGS(db_int(order)), take, ret);
}

static int take_hearing(struct ctx *c, const struct db_val *r, void *arg)
{
	struct hearings *all = arg;

	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n++] = (struct hearing){.id = r[0].num,
	    .rev = r[1].num,
	    .challenge = r[2].num,
	    .number = r[3].num,
	    .day = db_get_day(r[4]),
	    .state = text_of(c, r[5]),
	    .note_ct = text_of(c, r[6])};
	return 0;
}

int contest_hearings(struct ctx *c, struct instance *in, int64_t order, struct hearings *ret)
{
	*ret = (struct hearings){0};
	return db_each(
	    c, in->store.db, SQL_HEARING_OF_ORDER, DB_ARGS(db_int(order)), take_hearing, ret);
}

int contest_recall_due(struct ctx *c, struct instance *in, int64_t order, bool *ret)
{
	const struct db_val *row;
	int64_t aside;
	int rc = db_one(c, in->store.db, SQL_CONTEST_SET_ASIDE, DB_ARGS(db_int(order)), &row);

	if (rc != 0)
		return rc;
	aside = row[0].num;
	rc = db_one(c, in->store.db, SQL_CONTEST_LEFT, DB_ARGS(db_int(order)), &row);
	if (rc == 0)
		*ret = aside > 0 && row[0].num > 0;
	return rc;
}

/* ---- as JSON ---- */

int contest_court(struct ctx *c, struct instance *in, const struct contest *k, struct json **ret)
{
	struct str text;
	int rc;

	*ret = json_map(c);
	if (k->court_ct.n == 0)
		return 0;
	rc = vault_unseal(c, in->store.vault, "contest.court", k->court_ct, &text);
	return rc == 0 ? json_parse(c, "stored challenge", text, ret) : rc;
}

static int set_unsealed(struct ctx *c, struct instance *in, struct json *j, const char *name,
    const char *label, struct str ct)
{
	struct str text;
	int rc;

	if (ct.n == 0)
		return 0;
	rc = vault_unseal(c, in->store.vault, label, ct, &text);
	if (rc == 0)
		json_set_text(c, j, name, text);
	return rc;
}

static int set_texts(struct ctx *c, struct instance *in, const struct contest *k, struct json *j)
{
	static const char *const parts[] = {"court", "file", "basis"};
	struct json *court;
	int rc = contest_court(c, in, k, &court);

	for (size_t i = 0; rc == 0 && i < sizeof parts / sizeof parts[0]; i++)
		if (json_text(court, parts[i]).n > 0)
			json_set_text(c, j, parts[i], json_text(court, parts[i]));
	if (rc == 0)
		rc = set_unsealed(c, in, j, "ground", "challenge.text", k->ground_ct);
	return rc == 0 ? set_unsealed(c, in, j, "ruling", "contest.ruling", k->ruling_ct) : rc;
}

static int set_hearings(struct ctx *c, struct instance *in, const struct hearings *all,
    const struct contest *k, bool texts, struct json *j)
{
	struct json *list = json_list(c);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < all->n; i++) {
		const struct hearing *h = &all->v[i];
		struct json *one = json_map(c);

		if (h->challenge != k->challenge)
			continue;
		json_set_int(c, one, "number", h->number);
		json_set_text(c, one, "day", day_str(c, h->day));
		json_set_text(c, one, "state", h->state);
		if (texts)
			rc = set_unsealed(c, in, one, "note", "hearing.note", h->note_ct);
		json_add(c, list, one);
	}
	json_set(c, j, "hearings", list);
	return rc;
}

static int64_t number_of(const struct contests *all, int64_t challenge)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].challenge == challenge)
			return all->v[i].number;
	return 0;
}

struct bar_at {
	int64_t id, at, number;
};

static int count_bar(struct ctx *c, const struct db_val *row, void *arg)
{
	struct bar_at *b = arg;

	(void)c;
	b->at++;
	if (row[0].num == b->id)
		b->number = b->at;
	return 0;
}

static int set_ties(struct ctx *c, struct instance *in, int64_t order, const struct contests *all,
    const struct contest *k, struct json *j)
{
	struct bar_at bar = {.id = k->secrecy};
	const struct db_val *row;
	int rc = 0;

	if (k->follows != 0)
		json_set_int(c, j, "follows", number_of(all, k->follows));
	if (k->secrecy != 0)
		rc = db_each(
		    c, in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(order)), count_bar, &bar);
	if (rc == 0 && bar.number > 0)
		json_set_int(c, j, "bar", bar.number);
	if (rc == 0 && k->permission != 0) {
		rc = db_one(
		    c, in->store.db, SQL_CONTEST_PERMISSION, DB_ARGS(db_int(k->permission)), &row);
		if (rc == 0)
			json_set_text(c, j, "permission", str_make(c, row[0].s));
	}
	return rc;
}

static void set_days(struct ctx *c, const struct contest *k, struct json *j)
{
	json_set_text(c, j, "filed", day_str(c, k->filed));
	if (!day_is_none(k->answer_by))
		json_set_text(c, j, "answer_by", day_str(c, k->answer_by));
	if (k->outcome.n > 0)
		json_set_text(c, j, "outcome", k->outcome);
	if (!day_is_none(k->decided))
		json_set_text(c, j, "decided", day_str(c, k->decided));
}

int contest_list(struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret)
{
	struct json *list = json_list(c);
	struct hearings hearings;
	struct contests all;
	int rc = contest_of_order(c, in, order, &all);

	if (rc == 0)
		rc = contest_hearings(c, in, order, &hearings);
	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		const struct contest *k = &all.v[i];
		struct json *j = json_map(c);

		json_set_int(c, j, "number", k->number);
		json_set_text(c, j, "against", k->against);
		json_set_text(c, j, "state", k->state);
		json_set_text(c, j, "at", instant_str(c, k->at));
		if (k->id != 0) {
			json_set_text(c, j, "kind", k->kind);
			json_set_text(c, j, "party", k->party);
			json_set_bool(c, j, "public", k->in_public);
		}
		set_days(c, k, j);
		rc = set_ties(c, in, order, &all, k, j);
		if (rc == 0)
			rc = set_hearings(c, in, &hearings, k, texts, j);
		if (rc == 0 && texts)
			rc = set_texts(c, in, k, j);
		json_add(c, list, j);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}
