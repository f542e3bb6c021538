#include "out/view_edition.h"

#include "base/mem.h"
#include "out/report_json.h"

enum { NEXT_MAX = 8, NEXT_FIRST = 1 };

static struct instant now_of(const struct ctx *c)
{
	return (struct instant){ctx_now(c)};
}

/* ---- one line ---- */

struct json *view_edition_line(struct ctx *c, const struct edition *e)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "edition", edition_name(c, e));
	json_set_text(c, j, "period", period_str(c, e->period));
	json_set_int(c, j, "version", e->version);
	json_set_text(c, j, "state", e->is_published ? STR("published") : STR("draft"));
	json_set_text(c, j, "as_of", day_str(c, e->as_of));
	if (e->is_published)
		json_set_text(c, j, "published", day_str(c, e->published));
	json_set_text(c, j, "structure", e->structure);
	json_set_text(c, j, "figures_hash", hash_hex(c, e->figures_hash));
	return j;
}

struct listing {
	const struct person *actor;
	struct json *list;
};

static int list_one(struct ctx *c, const struct edition *e, void *arg)
{
	struct listing *l = arg;

	if (e->is_published || right_has(l->actor, RIGHT_EDITION_READ))
		json_add(c, l->list, view_edition_line(c, e));
	return 0;
}

int view_editions(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct listing l = {actor, json_list(c)};
	int rc = edition_each(c, in, list_one, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}

/* ---- what comes next ---- */

struct half {
	struct period p;
	int64_t draft, out; /* versions, 0: none */
};

struct halves {
	struct half v[NEXT_MAX];
	size_t n;
};

static struct period half_of(struct day day)
{
	struct period p = {DAY_NONE, DAY_NONE};
	int y, m, d;

	day_split(day, &y, &m, &d);
	if (!day_make(y, m <= 6 ? 1 : 7, 1, &p.from))
		return p;
	p.to = day_add(day_add_months(p.from, 6), -1);
	return p;
}

static int note_half(struct ctx *c, const struct edition *e, void *arg)
{
	struct halves *h = arg;

	(void)c;
	for (size_t i = 0; i < h->n; i++) {
		int64_t *at = e->is_published ? &h->v[i].out : &h->v[i].draft;

		if (period_eq(h->v[i].p, e->period) && e->version > *at)
			*at = e->version;
	}
	return 0;
}

static const char *half_state(const struct half *h, struct day today)
{
	if (day_cmp(h->p.to, today) >= 0)
		return "runs";
	if (h->out > 0 && h->out >= h->draft)
		return "published";
	return h->draft > 0 ? "draft" : "due";
}

/* From the last one that is published on; where none is, the one before that which runs. */
static size_t half_first(const struct halves *h)
{
	size_t i = 0;

	while (i + 1 < h->n && h->v[i].out == 0)
		i++;
	return i + 1 < h->n ? i : NEXT_FIRST;
}

int view_edition_next(struct ctx *c, struct instance *in, struct json **ret)
{
	struct day today = instant_day(now_of(c));
	struct json *list = json_list(c);
	struct halves h = {.n = 0};
	struct period p = half_of(today);
	int rc;

	for (; h.n < NEXT_MAX && !day_is_none(p.from); h.n++) {
		h.v[h.n].p = p;
		p = half_of(day_add(p.from, -1));
	}
	rc = edition_each(c, in, note_half, &h);
	for (size_t i = rc == 0 ? half_first(&h) + 1 : 0; i > 0; i--) {
		const struct half *one = &h.v[i - 1];
		struct json *j = json_map(c);

		json_set_text(c, j, "period", period_str(c, one->p));
		json_set_text(c, j, "from", day_str(c, one->p.from));
		json_set_text(c, j, "to", day_str(c, one->p.to));
		json_set_text(c, j, "state", str_of(half_state(one, today)));
		if (one->draft + one->out > 0)
			json_set_int(
			    c, j, "version", one->draft > one->out ? one->draft : one->out);
		json_add(c, list, j);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}

/* ---- figures, what stands against them ---- */

struct json *view_edition_figures(struct ctx *c, const struct figures *f, struct str country)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < f->n; i++)
		if (country.n == 0 || str_eq(f->v[i].country, country))
			json_add(c, list, report_json_figure(c, &f->v[i]));
	return list;
}

struct json *view_breaches(struct ctx *c, const struct breaches *b, const struct breaches *de)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < b->n; i++) {
		struct json *j = json_map(c);

		json_set_text(c, j, "rule", str_of(b->v[i].rule));
		json_set_text(c, j, "figure", b->v[i].figure);
		json_set_text(c, j, "text", b->v[i].text);
		if (de != NULL && de->n == b->n && strcmp(de->v[i].rule, b->v[i].rule) == 0)
			json_set_text(c, j, "text_de", de->v[i].text);
		json_set_text(c, j, "cite", b->v[i].cite);
		json_set_bool(c, j, "asks", b->v[i].asks);
		json_add(c, list, j);
	}
	return list;
}

static int64_t stand(const struct json *breaches)
{
	int64_t n = 0;

	for (size_t i = 0; i < breaches->n; i++) {
		const struct json *asks = json_find(breaches->at[i], "asks");

		n += asks == NULL || !asks->yes;
	}
	return n;
}

static int set_verdict(struct ctx *c, struct instance *in, const struct edition *e, struct json *to)
{
	struct json *j = json_map(c);
	struct verdict_kept v;
	int rc = verdict_get(c, in, e, &v);

	if (rc != 0 || !v.found)
		return rc;
	json_set_text(c, j, "at", instant_str(c, v.at));
	json_set_bool(c, j, "current", v.current);
	json_set_int(c, j, "stand", stand(v.breaches));
	json_set(c, j, "breaches", v.breaches);
	json_set(c, to, "checked", j);
	return 0;
}

/* ---- what is not shown, and why ---- */

static struct json *absent_json(struct ctx *c, const struct report *r)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < r->n_absent; i++) {
		const struct edition_absence *a = &r->absent[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "structure", a->structure->id);
		json_set_text(c, j, "category", a->category->id);
		json_set_text(c, j, "title", a->category->en);
		json_set_text(c, j, "title_de", a->category->de);
		if (!day_is_none(a->not_before))
			json_set_text(c, j, "not_before", day_str(c, a->not_before));
		json_set_text(c, j, "cite", a->structure->src.cite);
		json_add(c, list, j);
	}
	return list;
}

/* Countries, or classes of their demands, that have a word in place of a number. */
static struct json *withheld_json(struct ctx *c, const struct figures *f)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < f->n; i++) {
		const struct figure *x = &f->v[i];
		struct json *j;

		if (!figure_withheld(x) || !str_is(x->metric, "requests") || x->country.n == 0)
			continue;
		j = json_map(c);
		json_set_text(c, j, "country", x->country);
		if (x->instrument.n > 0)
			json_set_text(c, j, "class", x->instrument);
		json_set_text(c, j, "status", str_of(figure_status_id(x->status)));
		json_add(c, list, j);
	}
	return list;
}

/* ---- the whole ---- */

static bool rests_on_own(const struct report *r, const struct person *actor)
{
	for (size_t i = 0; i < r->rests.n; i++)
		if (r->rests.v[i].counsel == actor->id)
			return true;
	return false;
}

static void set_may(struct ctx *c, const struct edition *e, const struct report *r,
    const struct person *actor, struct json *to)
{
	struct json *may = json_map(c);
	bool own = rests_on_own(r, actor), out = e->is_published;

	json_set_bool(c, may, "publish", !out && !own && right_has(actor, RIGHT_EDITION_PUBLISH));
	json_set_bool(c, may, "make", right_has(actor, RIGHT_EDITION_MAKE));
	json_set_bool(c, may, "check", right_has(actor, RIGHT_EDITION_READ));
	json_set_bool(c, may, "permit", right_has(actor, RIGHT_PERMISSION_RECORD));
	json_set(c, to, "may", may);
	/* two persons, not two roles */
	json_set_bool(c, to, "rests_on_own", own);
}

int view_edition(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition *e, struct json **ret)
{
	struct json *j = view_edition_line(c, e), *rests = json_list(c), *cause;
	struct report r;
	int rc = report_look(c, in, e, &r);

	if (rc == 0 && right_has(actor, RIGHT_EDITION_READ))
		rc = set_verdict(c, in, e, j);
	if (rc != 0)
		return rc;
	cause = report_json_cause(c, &r);
	if (cause != NULL)
		json_set(c, j, "cause", cause);
	for (size_t i = 0; i < r.rests.n; i++)
		json_add(c, rests,
		    view_permission(
			c, &r.rests.v[i], e->is_published ? e->published_at : now_of(c)));
	json_set(c, j, "rests_on", rests);
	json_set(c, j, "absent", absent_json(c, &r));
	json_set(c, j, "withheld", withheld_json(c, r.figures));
	json_set(c, j, "figures", view_edition_figures(c, r.figures, STR("")));
	set_may(c, e, &r, actor, j);
	*ret = j;
	return 0;
}

/* ---- what counsel recorded ---- */

static void set_some(struct ctx *c, struct json *j, const char *key, struct str s)
{
	if (s.n > 0)
		json_set_text(c, j, key, s);
}

struct json *view_wording(struct ctx *c, const struct wording *w)
{
	struct json *j = json_map(c);

	set_some(c, j, "title", w->title);
	set_some(c, j, "text", w->text);
	set_some(c, j, "authority", w->authority);
	set_some(c, j, "outcome", w->outcome);
	return j;
}

static const char *standing(const struct permission *p, struct instant at)
{
	if (p->ender != 0)
		return "ended";
	return permission_holds(p, at) ? "holds" : "ran out";
}

struct json *view_permission(struct ctx *c, const struct permission *p, struct instant at)
{
	struct json *j = json_map(c);
	const struct wording *en = &p->words[WORDING_EN], *de = &p->words[WORDING_DE];

	json_set_text(c, j, "permission", p->ref);
	json_set_text(c, j, "kind", str_of(permission_kind_id(p->kind)));
	json_set_text(c, j, "subject", p->subject);
	set_some(c, j, "class", p->class);
	if (p->kind == PERMISSION_NARROWING || p->kind == PERMISSION_RELEASED)
		json_set_int(c, j, "value_min", p->lo);
	if (p->kind == PERMISSION_NARROWING)
		json_set_int(c, j, "value_max", p->hi);
	json_set_text(c, j, "given", day_str(c, p->given));
	if (!day_is_none(p->until))
		json_set_text(c, j, "until", day_str(c, p->until));
	json_set_text(c, j, "law", p->law);
	json_set_text(c, j, "title", en->title.n > 0 ? en->title : de->title);
	json_set_text(c, j, "state", str_of(standing(p, at)));
	if (en->title.n > 0)
		json_set(c, j, "en", view_wording(c, en));
	if (de->title.n > 0)
		json_set(c, j, "de", view_wording(c, de));
	return j;
}

int view_permissions(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	struct permissions all;
	int rc = permission_list(c, in, actor, &all);

	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		struct json *j = view_permission(c, &all.v[i], now_of(c)), *may = json_map(c);

		json_set_bool(
		    c, may, "end", all.v[i].ender == 0 && right_has(actor, RIGHT_PERMISSION_END));
		json_set(c, j, "may", may);
		json_add(c, list, j);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}

/* ---- what is known from outside ---- */

struct json *view_known(struct ctx *c, const struct known *k)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "known_figure", k->ref);
	json_set_text(c, j, "country", k->country);
	json_set_text(c, j, "counts", str_of(known_counts_id(k->counts)));
	if (k->structure.n > 0)
		json_set_text(c, j, "category",
		    str_fmt(c, "%.*s/%.*s", STR_ARG(k->structure), STR_ARG(k->category)));
	json_set_text(c, j, "unit", k->unit);
	json_set_text(c, j, "period", period_str(c, k->period));
	json_set_int(c, j, "value_min", k->lo);
	json_set_int(c, j, "value_max", k->hi);
	json_set_text(c, j, "published", day_str(c, k->published));
	json_set_text(c, j, "source", k->source);
	json_set_text(c, j, "assumes", k->assumes);
	json_set_text(c, j, "state", k->ender != 0 ? STR("ended") : STR("holds"));
	return j;
}

int view_knowns(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	struct knowns all;
	int rc = known_list(c, in, actor, &all);

	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		struct json *j = view_known(c, &all.v[i]);
		struct json *may = json_map(c);

		/* another person takes it back */
		json_set_bool(c, may, "end",
		    all.v[i].ender == 0 && all.v[i].writer != actor->id &&
			right_has(actor, RIGHT_KNOWN_END));
		json_set(c, j, "may", may);
		json_add(c, list, j);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}
