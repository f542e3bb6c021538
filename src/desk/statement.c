#include "desk/statement.h"

#include "base/mem.h"
#include "desk/edition.h"
#include "desk/statement_p.h"
#include "kind/id.h"
#include "law/band.h"

static const char *const part_ids[STATEMENT_PARTS] = {"update", "never", "restraint", "proceeding"};

enum statement_part statement_part_find(struct str word)
{
	enum statement_part p = 0;

	while (p < STATEMENT_PARTS && !str_is(word, part_ids[p]))
		p++;
	return p;
}

const char *statement_part_id(enum statement_part part)
{
	return part_ids[part];
}

static bool guarded(enum statement_part part)
{
	return part == STATEMENT_NEVER || part == STATEMENT_RESTRAINT;
}

const char *statement_waits(enum statement_part part)
{
	if (guarded(part))
		return ERR_TEXT("it waits for cleared counsel, as every one does, whoever wrote it "
				"and whatever the cases say");
	return ERR_TEXT("it waits for a publisher who did not write it");
}

static struct day today_of(struct ctx *c)
{
	return instant_day((struct instant){ctx_now(c)});
}

/* ---- writing ---- */

struct writing {
	struct instance *in;
	const struct person *actor;
	const struct statement_new *n;
	struct statement s;
};

static void detail(struct ctx *c, struct step *st, const struct statement *s)
{
	json_set_text(c, st->detail, "statement", s->ref);
	json_set_text(c, st->detail, "part", str_of(part_ids[s->part]));
	if (s->number != 0)
		json_set_int(c, st->detail, "number", s->number);
}

static int put(struct ctx *c, struct step *st, void *arg)
{
	struct writing *w = arg;
	const struct statement *s = &w->s;
	const struct wording *en = &s->words[WORDING_EN], *de = &s->words[WORDING_DE];

	detail(c, st, s);
	return step_insert(c, st, STEP_STATEMENT, SQL_STATEMENT_PUT,
	    DB_ARGS(db_text(s->ref), db_text(str_of(part_ids[s->part])), db_text(s->kind),
		db_day(s->day), db_day(s->until), db_text_or_null(en->title),
		db_text_or_null(de->title), db_text_or_null(en->text), db_text_or_null(de->text),
		db_text_or_null(en->authority), db_text_or_null(de->authority),
		db_text_or_null(en->outcome), db_text_or_null(de->outcome), db_text(s->law),
		db_text(s->law_id), db_int(s->law_verified), db_text(s->editions),
		db_ref(s->replaces), db_ref(s->follows), db_int(s->writer)),
	    &w->s.id);
}

static int wrong(struct ctx *c, const char *option, const char *why)
{
	return err_set(c, ERR_INVALID, "%s: %s", option, err_word(c, why));
}

/* What each sort takes, and what it must have. */
static int check_sort(struct ctx *c, const struct statement_new *n)
{
	bool proceeding = n->part == STATEMENT_PROCEEDING;
	bool restraint = n->part == STATEMENT_RESTRAINT;

	if (proceeding && !str_has_word(STR(STATEMENT_KINDS), n->kind))
		return wrong(c, "--kind", "a proceeding is one of " STATEMENT_KINDS);
	if (!proceeding && n->kind.n > 0)
		return wrong(c, "--kind", ERR_TEXT("only a proceeding has a kind"));
	if (!proceeding && n->follows.n > 0)
		return wrong(c, "--follows", ERR_TEXT("only a proceeding follows another"));
	if (!guarded(n->part) && !day_is_none(n->until))
		return wrong(
		    c, "--until", ERR_TEXT("only a never-statement and a restraint end by a day"));
	if (restraint && (n->rule.n > 0) == (n->citation.n > 0))
		return wrong(c, "--rule",
		    ERR_TEXT("a restraint names its law: --rule ID, or --citation TEXT"));
	if (!restraint && n->rule.n + n->citation.n > 0)
		return wrong(c, "--rule", ERR_TEXT("only a restraint names a law"));
	if (!wording_line_ok(n->citation))
		return wrong(c, "--citation",
		    ERR_TEXT("too long, not UTF-8, or with a character in it that nobody sees"));
	if (n->n_editions > 0 && n->part != STATEMENT_UPDATE && !proceeding)
		return wrong(
		    c, "--edition", ERR_TEXT("only an update and a proceeding concern editions"));
	return 0;
}

static int check_words(struct ctx *c, const struct statement_new *n)
{
	static const char *const options[WORDING_LANGS] = {"--en", "--de"};

	if (n->words[WORDING_EN].title.n + n->words[WORDING_DE].title.n == 0)
		return wrong(
		    c, "--en", ERR_TEXT("say it in one language at least: --en FILE, --de FILE"));
	for (int i = 0; i < WORDING_LANGS; i++) {
		const struct wording *w = &n->words[i];

		if (n->part == STATEMENT_UPDATE && w->title.n > 0 && w->text.n == 0)
			return wrong(c, options[i], ERR_TEXT("an update has a text"));
		if (n->part != STATEMENT_PROCEEDING && w->authority.n + w->outcome.n > 0)
			return wrong(c, options[i],
			    ERR_TEXT("only a proceeding has an authority and an outcome"));
	}
	return 0;
}

static int set_days(struct ctx *c, const struct statement_new *n, struct statement *s)
{
	struct day today = today_of(c), last;

	s->day = day_is_none(n->day) ? today : n->day;
	s->until = n->until;
	if (day_cmp(s->day, today) > 0)
		return wrong(c, "--day", ERR_TEXT("a day to come"));
	last = day_add_months(s->day, 12);
	if (s->part == STATEMENT_NEVER && day_is_none(s->until))
		s->until = last;
	if (s->part == STATEMENT_NEVER &&
	    (day_cmp(s->until, s->day) <= 0 || day_cmp(s->until, last) > 0))
		return wrong(
		    c, "--until", ERR_TEXT("a never-statement is stated for a year at most"));
	if (s->part == STATEMENT_NEVER && day_cmp(s->until, today) < 0)
		return wrong(c, "--until", ERR_TEXT("a day that is over"));
	if (!day_is_none(s->until) && day_cmp(s->until, s->day) < 0)
		return wrong(c, "--until", ERR_TEXT("before it began"));
	return 0;
}

static const struct source *source_of(struct ctx *c, const struct law *law, struct str id)
{
	const struct rule *rule = pack_rule(law, id, NULL);
	const struct band_structure *band = NULL;
	struct band_law *bands;

	if (rule != NULL)
		return &rule->src;
	if (band_builtin(c, &bands) == 0)
		band = band_find(bands, id);
	else
		err_clear(c);
	if (band != NULL)
		return &band->src;
	for (size_t i = 0; i < law->n_packs; i++)
		for (size_t k = 0; k < law->packs[i]->n_bars; k++)
			if (str_eq(law->packs[i]->bars[k].id, id))
				return &law->packs[i]->bars[k].src;
	return NULL;
}

static int set_law(
    struct ctx *c, struct instance *in, const struct statement_new *n, struct statement *s)
{
	const struct source *src;

	s->law = n->citation;
	if (n->rule.n == 0)
		return 0;
	src = source_of(c, in->law, n->rule);
	if (src == NULL || src->cite.n == 0)
		return err_set(c, ERR_NOTFOUND,
		    "--rule: no rule, bar or band structure has this id (--citation TEXT enters a "
		    "citation as it is)");
	s->law = src->cite;
	s->law_id = n->rule;
	s->law_verified = src->verified;
	return 0;
}

static int set_editions(
    struct ctx *c, struct instance *in, const struct statement_new *n, struct statement *s)
{
	struct buf b = buf_init(c, 4096);
	struct edition e;
	int rc = 0;

	for (size_t i = 0; i < n->n_editions && rc == 0; i++) {
		rc = edition_find(c, in, n->editions[i], &e);
		if (rc == 0)
			buf_fmt(&b, "%s%.*s", i > 0 ? " " : "", STR_ARG(edition_name(c, &e)));
	}
	return rc == 0 ? buf_end(&b, "--edition", &s->editions) : rc;
}

static int set_link(struct ctx *c, struct instance *in, const struct statement *s,
    const char *option, struct str name, int64_t *ret)
{
	struct statement other;
	int rc;

	if (name.n == 0)
		return 0;
	rc = statement_row_get(c, in, name, &other);
	if (rc != 0)
		return err_while(c, rc, "%s", option);
	if (other.part != s->part)
		return wrong(c, option, ERR_TEXT("it names a piece of another sort"));
	*ret = other.id;
	return 0;
}

static struct statement drafted(
    struct ctx *c, const struct statement_new *n, const struct person *by)
{
	struct id id = id_make(c);
	struct statement s = {.part = n->part,
	    .kind = n->kind,
	    .ref = str_make(c, id_str(&id)),
	    .law = STR(""),
	    .law_id = STR(""),
	    .editions = STR(""),
	    .writer = by->id,
	    .published = INSTANT_NONE,
	    .rev = 1};

	for (int i = 0; i < WORDING_LANGS; i++)
		s.words[i] = n->words[i];
	if (s.kind.n == 0)
		s.kind = STR("");
	return s;
}

int statement_propose(struct ctx *c, struct instance *in, const struct person *actor,
    const struct statement_new *n, struct statement *ret)
{
	struct writing w = {.in = in, .actor = actor, .n = n};
	int rc = right_needs(c, actor, RIGHT_STATEMENT_PROPOSE);

	if (rc == 0)
		rc = check_sort(c, n);
	if (rc == 0)
		rc = check_words(c, n);
	if (rc != 0)
		return rc;
	w.s = drafted(c, n, actor);
	rc = set_days(c, n, &w.s);
	if (rc == 0)
		rc = set_law(c, in, n, &w.s);
	if (rc == 0)
		rc = set_editions(c, in, n, &w.s);
	if (rc == 0)
		rc = set_link(c, in, &w.s, "--replaces", n->replaces, &w.s.replaces);
	if (rc == 0)
		rc = set_link(c, in, &w.s, "--follows", n->follows, &w.s.follows);
	if (rc == 0)
		rc = step_run(c, &in->store, "statement.propose", actor->id, put, &w, NULL);
	if (rc == 0)
		*ret = w.s;
	return rc;
}

/* ---- clearing, publishing, withdrawing ---- */

struct moving {
	struct instance *in;
	const struct person *actor;
	int64_t id;
	enum statement_state to;
	struct statement s;
	bool done;  /* it was so already */
	bool tried; /* the row was to be written: what fails then is another's step */
};

static bool over(const struct statement *s, struct day today)
{
	return !day_is_none(s->until) && day_cmp(s->until, today) < 0;
}

static const char not_any_more[] = ERR_TEXT("it is not waiting any more");

static int may_clear(struct ctx *c, const struct statement *s)
{
	if (!guarded(s->part))
		return err_set(c, ERR_CONFLICT, "only never-statements and restraints are cleared");
	if (s->state != STATEMENT_PROPOSED || over(s, today_of(c)))
		return err_set(c, ERR_CONFLICT, "%s", err_word(c, not_any_more));
	return 0;
}

static int links_out(struct ctx *c, struct instance *in, const struct statement *s)
{
	struct str rest = s->editions, name;
	const int64_t ids[] = {s->replaces, s->follows};
	struct statement other;
	struct edition e;
	int rc = 0;

	while (rc == 0 && str_word(&rest, &name)) {
		rc = edition_find(c, in, name, &e);
		if (rc == 0 && !e.is_published)
			rc = err_set(
			    c, ERR_CONFLICT, "edition %.*s is not published yet", STR_ARG(name));
	}
	for (size_t i = 0; i < 2 && rc == 0; i++) {
		if (ids[i] == 0)
			continue;
		rc = statement_row_by_id(c, in, ids[i], &other);
		if (rc == 0 && instant_is_none(other.published))
			rc = err_set(c, ERR_CONFLICT, "%s, which it %s, is not published yet",
			    other.ref.p,
			    err_word(c, i == 0 ? ERR_TEXT("replaces") : ERR_TEXT("follows")));
	}
	return rc;
}

static int may_publish(struct ctx *c, const struct moving *m)
{
	const struct statement *s = &m->s;

	if (s->writer == m->actor->id)
		return err_set(
		    c, ERR_DENIED, "who wrote it does not publish it: another person does");
	if (s->state == STATEMENT_WITHDRAWN)
		return err_set(c, ERR_CONFLICT, "%s", err_word(c, not_any_more));
	/* asked first, so that a term that ran out is told of nothing that still waits */
	if (guarded(s->part) && s->state == STATEMENT_PROPOSED)
		return err_set(c, ERR_DENIED, "%s", err_word(c, statement_waits(s->part)));
	if (over(s, today_of(c)))
		return err_set(c, ERR_CONFLICT, "%s", err_word(c, not_any_more));
	return links_out(c, m->in, s);
}

static int may_withdraw(struct ctx *c, const struct moving *m)
{
	const struct statement *s = &m->s;
	bool out = s->state == STATEMENT_PUBLISHED;

	/* what ran out is told as what was taken back is */
	if (s->state == STATEMENT_WITHDRAWN || (s->part == STATEMENT_NEVER && over(s, today_of(c))))
		return err_set(c, ERR_CONFLICT, "%s", err_word(c, not_any_more));
	if (out && !guarded(s->part))
		return err_set(c, ERR_CONFLICT,
		    "what was published stands: a later one may say that it replaces it");
	if (s->state == STATEMENT_PROPOSED && guarded(s->part) && s->writer != m->actor->id &&
	    !right_has(m->actor, RIGHT_STATEMENT_DROP))
		return err_set(c, ERR_DENIED,
		    "what is not cleared stays waiting: taking it back would tell why");
	return 0;
}

static int may(struct ctx *c, struct moving *m)
{
	if (m->s.state == m->to && m->to == STATEMENT_PUBLISHED &&
	    !(m->s.part == STATEMENT_NEVER && over(&m->s, today_of(c)))) {
		m->done = true;
		return 0;
	}
	if (m->to == STATEMENT_CLEARED)
		return may_clear(c, &m->s);
	return m->to == STATEMENT_PUBLISHED ? may_publish(c, m) : may_withdraw(c, m);
}

static int next_number(struct ctx *c, struct step *st, struct statement *s)
{
	const struct db_val *row;
	int rc = db_one(c, st->store->db, SQL_STATEMENT_LAST, DB_NO_ARGS, &row);

	if (rc == 0)
		s->number = row[0].num + 1;
	return rc;
}

static int move(struct ctx *c, struct step *st, void *arg)
{
	static const char *const states[STATEMENT_STATES] = {
	    "proposed", "cleared", "published", "withdrawn"};
	struct moving *m = arg;
	struct statement *s = &m->s;
	int rc = statement_row_by_id(c, m->in, m->id, s);

	if (rc == 0)
		rc = may(c, m);
	if (rc == 0 && m->to == STATEMENT_PUBLISHED && s->part == STATEMENT_UPDATE)
		rc = next_number(c, st, s);
	if (rc != 0)
		return rc;
	s->state = m->to;
	if (m->to == STATEMENT_CLEARED)
		s->clearer = m->actor->id;
	if (m->to == STATEMENT_PUBLISHED) {
		s->publisher = m->actor->id;
		s->published = st->now;
	}
	detail(c, st, s);
	m->tried = true;
	rc = step_update(c, st, STEP_STATEMENT, SQL_STATEMENT_SET, s->id, s->rev,
	    DB_ARGS(db_text(str_of(states[s->state])), db_ref(s->number), db_ref(s->clearer),
		db_ref(s->publisher), db_instant(s->published)));
	s->rev++;
	return rc;
}

static int go(
    struct ctx *c, const char *kind, struct moving *m, struct str name, struct statement *ret)
{
	int rc = statement_row_get(c, m->in, name, &m->s);

	if (rc == 0)
		rc = may(c, m);
	m->id = m->s.id;
	if (rc == 0 && !m->done)
		rc = step_run(c, &m->in->store, kind, m->actor->id, move, m, NULL);
	if (rc == ERR_CONFLICT && m->tried) {
		err_clear(c);
		return err_set(
		    c, ERR_CONFLICT, "somebody changed the statement meanwhile: try again");
	}
	if (rc == 0)
		*ret = m->s;
	return rc;
}

int statement_clear(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct statement *ret)
{
	struct moving m = {.in = in, .actor = actor, .to = STATEMENT_CLEARED};
	int rc = right_needs(c, actor, RIGHT_STATEMENT_CLEAR);

	return rc == 0 ? go(c, "statement.clear", &m, ref, ret) : rc;
}

int statement_publish(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct statement *ret)
{
	struct moving m = {.in = in, .actor = actor, .to = STATEMENT_PUBLISHED};
	int rc = right_needs(c, actor, RIGHT_STATEMENT_PUBLISH);

	return rc == 0 ? go(c, "statement.publish", &m, ref, ret) : rc;
}

int statement_withdraw(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct statement *ret)
{
	struct moving m = {.in = in, .actor = actor, .to = STATEMENT_WITHDRAWN};
	int rc = right_needs(c, actor, RIGHT_STATEMENT_WITHDRAW);

	return rc == 0 ? go(c, "statement.withdraw", &m, ref, ret) : rc;
}
