#include "desk/reply.h"

#include "desk/reply_p.h"
#include "in/wording.h"

/* ---- blanks ---- */

enum { NAME_MAX_BYTES = 40 };

static const struct {
	const char *name;
	size_t at; /* in struct reply_values */
} holders[] = {{"reference", offsetof(struct reply_values, reference)},
    {"number", offsetof(struct reply_values, number)},
    {"authority", offsetof(struct reply_values, authority)},
    {"officer", offsetof(struct reply_values, officer)},
    {"received", offsetof(struct reply_values, received)},
    {"today", offsetof(struct reply_values, today)},
    {"provider", offsetof(struct reply_values, provider)},
    {"case", offsetof(struct reply_values, matter)},
    {"instrument", offsetof(struct reply_values, instrument)},
    {"reason", offsetof(struct reply_values, reason)},
    {"question", offsetof(struct reply_values, question)},
    {"law", offsetof(struct reply_values, law)}, {"facts", offsetof(struct reply_values, facts)}};

enum { HOLDERS = sizeof holders / sizeof holders[0] };

static size_t holder_find(struct str name)
{
	size_t i = 0;

	while (i < HOLDERS && !str_is(name, holders[i].name))
		i++;
	return i;
}

/* The name of the blank whose brace stands at `at`; false when it is none. */
static bool holder_at(struct str text, size_t at, struct str *ret)
{
	size_t end = at + 1;

	while (end < text.n && text.p[end] != '}' && text.p[end] != '\n')
		end++;
	*ret = (struct str){text.p + at + 1, end - at - 1};
	return end < text.n && text.p[end] == '}' && holder_find(*ret) < HOLDERS;
}

static bool shows(struct str text)
{
	struct str line;
	bool more = true;

	while (more) {
		more = str_cut(text, '\n', &line, &text);
		while (line.n > 0) { /* as one line at a time, and no longer than these may be */
			struct str part = {line.p, line.n};

			while (part.n > WORDING_LINE_MAX) {
				part.n = WORDING_LINE_MAX;
				while (part.n > 1 && ((unsigned char)line.p[part.n] & 0xC0) == 0x80)
					part.n--;
			}
			if (!wording_line_ok(part))
				return false;
			line = (struct str){line.p + part.n, line.n - part.n};
		}
	}
	return true;
}

int reply_check(struct ctx *c, struct str text)
{
	struct str name;
	int line = 1, col = 1;

	if (text.n > REPLY_TEXT_MAX)
		return err_set(c, ERR_LIMIT, "a template has at most %d bytes", REPLY_TEXT_MAX);
	if (str_trim(text).n == 0)
		return err_set(c, ERR_INVALID, "the template is empty");
	if (!shows(text))
		return err_set(c, ERR_INVALID,
		    "the template has characters that nobody sees, or is not UTF-8");
	for (size_t i = 0; i < text.n; i++, col++) {
		if (text.p[i] == '\n') {
			line++;
			col = 0;
		}
		if (text.p[i] == '}' || (text.p[i] == '{' && !holder_at(text, i, &name)))
			return err_set(c, ERR_INVALID,
			    "line %d, column %d: a brace that is no blank; these are: "
			    "{reference} {number} {authority} {officer} {received} {today} "
			    "{provider} {case} {instrument} {reason} {question} {law} {facts}",
			    line, col);
		if (text.p[i] == '{') {
			i += name.n + 1;
			col += (int)name.n + 1;
		}
	}
	return 0;
}

int reply_fill(struct ctx *c, struct str text, const struct reply_values *values, struct str *ret)
{
	struct buf b = buf_init(c, (size_t)4 * REPLY_TEXT_MAX);
	struct str name;

	for (size_t i = 0; i < text.n; i++) {
		struct str v;

		if (text.p[i] != '{' || !holder_at(text, i, &name)) {
			buf_putc(&b, text.p[i]);
			continue;
		}
		memcpy(&v, (const char *)values + holders[holder_find(name)].at, sizeof v);
		if (v.p == NULL)
			return err_set(c, ERR_INVALID, "this letter has no {%.*s}", STR_ARG(name));
		buf_put(&b, v);
		i += name.n + 1;
	}
	return buf_end(&b, "the letter", ret);
}

/* ---- templates ---- */

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
			s.p[i] == '_'))
			return false;
	return s.n > 0 && s.n <= NAME_MAX_BYTES;
}

int reply_set(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    struct str language, struct str text)
{
	int rc = right_needs(c, actor, RIGHT_TEMPLATE_KEEP);

	if (rc == 0 && !is_name(name))
		rc = err_set(c, ERR_INVALID,
		    "a template's name has up to %d lower-case letters, digits and \"_\"",
		    NAME_MAX_BYTES);
	if (rc == 0 && (language.n == 0 || draft_language_fault(language) != NULL))
		rc = err_set(c, ERR_INVALID, "a language is two letters, as ISO 639-1 has it");
	if (rc == 0 && text.n == 0)
		return db_run(c, in->store.db, SQL_TEMPLATE_DROP,
		    DB_ARGS(db_text(name), db_text(language)), NULL);
	if (rc == 0)
		rc = reply_check(c, text);
	return rc != 0 ? rc
		       : db_run(c, in->store.db, SQL_TEMPLATE_PUT,
			     DB_ARGS(db_text(name), db_text(language), db_text(text),
				 db_int(actor->id), db_int(ctx_now(c))),
			     NULL);
}

/* In this very language: the house's, else the built-in one; p NULL when there is neither. */
static int template_in(
    struct ctx *c, struct instance *in, struct str name, struct str language, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(
	    c, in->store.db, SQL_TEMPLATE_FIND, DB_ARGS(db_text(name), db_text(language)), &row);

	if (rc == 0)
		*ret = row != NULL ? row[0].s : reply_builtin(name, language);
	return rc;
}

int reply_get(struct ctx *c, struct instance *in, struct str name, struct str language,
    struct str *ret, struct str *ret_language)
{
	struct str text = {NULL, 0};
	int rc = template_in(c, in, name, language, &text);

	*ret_language = language;
	if (rc == 0 && text.p == NULL) {
		*ret_language = STR("en");
		rc = template_in(c, in, name, STR("en"), &text);
	}
	if (rc == 0 && text.p == NULL)
		rc = err_set(c, ERR_NOTFOUND, "there is no template of this name");
	if (rc == 0)
		*ret = text;
	return rc;
}

struct each {
	int (*fn)(struct ctx *c, const struct reply_template *t, void *arg);
	void *arg;
	uint64_t replaced; /* built-in ones that the house has its own of, by their place */
};

static int each_own(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct reply_template t = {str_make(c, row[0].s), str_make(c, row[1].s),
	    str_make(c, row[2].s), true, row[3].num, {row[4].num}};
	struct str name, language, text;

	for (size_t i = 0; reply_builtin_at(i, &name, &language, &text); i++)
		if (str_eq(name, t.name) && str_eq(language, t.language))
			e->replaced |= UINT64_C(1) << i;
	return e->fn(c, &t, e->arg);
}

int reply_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct reply_template *t, void *arg), void *arg)
{
	struct each e = {fn, arg, 0};
	struct reply_template t = {.at = INSTANT_NONE};
	int rc = right_needs(c, actor, RIGHT_TEMPLATE_READ);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_TEMPLATE_EACH, DB_NO_ARGS, each_own, &e);
	for (size_t i = 0; rc == 0 && reply_builtin_at(i, &t.name, &t.language, &t.text); i++)
		if ((e.replaced >> i & 1) == 0)
			rc = fn(c, &t, arg);
	return rc;
}

/* ---- letters ---- */

static struct str letter_day(struct ctx *c, struct day day, struct str language)
{
	int y, m, d;

	day_split(day, &y, &m, &d);
	return str_is(language, "de") ? str_fmt(c, "%02d.%02d.%04d", d, m, y) : day_str(c, day);
}

static struct reply_values values_of(struct ctx *c, const struct instance *in,
    const struct demand *d, const struct json *draft, struct str language)
{
	const struct json *authority = json_find(draft, "authority");

	return (struct reply_values){.reference = d->ref,
	    .number = json_text(authority, "number"),
	    .authority = json_text(authority, "name"),
	    .officer = json_text(authority, "officer"),
	    .received = letter_day(c, instant_day(d->received), language),
	    .today = letter_day(c, instant_day((struct instant){ctx_now(c)}), language),
	    .provider = in->provider};
}

int reply_sorted(struct ctx *c, struct instance *in, const struct demand *d,
    struct reply_sorted *ret, bool *ret_has)
{
	struct reply_sorted s = {0};
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_SORTED_OF_DEMAND, DB_ARGS(db_int(d->id)), &row);

	*ret_has = rc == 0 && row != NULL;
	if (rc != 0 || row == NULL)
		return rc;
	s = (struct reply_sorted){row[0].num, row[1].num, row[4].num, row[2].s, row[5].s, {"", 0},
	    {row[3].num}, db_get_instant(row[6])};
	if (row[7].kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, "demand_sorted.text", row[7].s, &s.letter);
	if (rc == 0)
		*ret = s;
	return rc;
}

struct writing {
	struct reply_sorted sorted;
	struct str language, ct;
};

static int write_letter(struct ctx *c, struct step *s, void *arg)
{
	const struct writing *w = arg;

	json_set_text(c, s->detail, "language", w->language);
	return step_update(c, s, STEP_DEMAND_SORTED, SQL_SORTED_LETTER, w->sorted.id, w->sorted.rev,
	    DB_ARGS(db_text(w->language), db_int(s->now.s), db_blob(w->ct)));
}

int reply_letter(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str name, struct str *ret)
{
	struct reply_values values;
	struct writing w = {0};
	struct demand d;
	struct str text;
	bool has = false;
	int rc = right_needs(c, actor, RIGHT_DEMAND_LETTER);

	if (rc == 0)
		rc = demand_get(c, in, actor, ref, &d);
	if (rc == 0)
		rc = reply_sorted(c, in, &d, &w.sorted, &has);
	if (rc == 0 && !has)
		rc = err_set(c, ERR_DENIED,
		    "a letter goes to the sender of what was sorted out as no data demand");
	if (rc == 0 && !instant_is_none(w.sorted.letter_at))
		rc = err_set(c, ERR_CONFLICT, "the letter was written already");
	if (rc == 0 && d.draft == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the demand's text was erased");
	if (rc == 0)
		rc = reply_get(
		    c, in, name.n > 0 ? name : w.sorted.kind, d.language, &text, &w.language);
	if (rc != 0)
		return rc;
	values = values_of(c, in, &d, d.draft, w.language);
	rc = reply_fill(c, text, &values, &text);
	if (rc != 0)
		return rc;
	w.ct = vault_seal(c, in->store.vault, "demand_sorted.text", text);
	rc = step_run(c, &in->store, "demand.letter", actor->id, write_letter, &w, NULL);
	if (rc == 0)
		*ret = text;
	return rc;
}

int reply_preview(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str name, struct str *ret)
{
	struct reply_values values;
	struct str text, language;
	struct demand d;
	int rc = right_needs(c, actor, RIGHT_DEMAND_LETTER);

	if (rc == 0)
		rc = demand_get(c, in, actor, ref, &d);
	if (rc == 0 && d.draft == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the demand's text was erased");
	if (rc == 0)
		rc = reply_get(c, in, name, d.language, &text, &language);
	if (rc != 0)
		return rc;
	values = values_of(c, in, &d, d.draft, language);
	return reply_fill(c, text, &values, ret);
}

int reply_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str name, struct str language, struct reply_order *ret)
{
	const struct instrument *i = pack_instrument(in->law, order->instrument);
	struct demand *d = &ret->demand;
	int rc = right_needs(c, actor, RIGHT_ORDER_TEXT);

	if (rc == 0)
		rc = matter_by_id(c, in, order->matter, &ret->matter);
	if (rc == 0)
		rc = demand_by_id(
		    c, in, actor, order->demand != 0 ? order->demand : ret->matter.demand, d);
	if (rc == 0)
		rc = reply_get(c, in, name, language.n > 0 ? language : d->language, &ret->text,
		    &ret->language);
	if (rc != 0)
		return rc;
	ret->values = values_of(c, in, d, d->draft, ret->language);
	ret->values.matter = ret->matter.ref;
	ret->values.instrument = i == NULL                     ? order->instrument
				 : str_is(ret->language, "de") ? i->de
							       : i->en;
	return 0;
}

int reply_text(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str name, struct str *ret)
{
	struct reply_order o;
	int rc = reply_order(c, in, actor, order, name, STR(""), &o);

	return rc == 0 ? reply_fill(c, o.text, &o.values, ret) : rc;
}

bool reply_paragraph(struct str *rest, struct str *ret)
{
	struct str text = *rest, line;
	const char *from = NULL;

	while (text.n > 0) {
		(void)str_cut(text, '\n', &line, &text);
		if (str_trim(line).n == 0 && from != NULL)
			break;
		if (str_trim(line).n == 0)
			continue;
		if (from == NULL)
			from = line.p;
		*ret = (struct str){from, (size_t)(line.p + line.n - from)};
	}
	*rest = text;
	return from != NULL;
}

int reply_for_user(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *order, struct str language, struct reply_user *ret)
{
	const struct instrument *i = pack_instrument(in->law, order->instrument);
	const struct profile *p = instance_profile(in, instant_day(order->received));
	struct demand d = {.received = order->received};
	struct str rest, text, lang, house = p == NULL ? STR("en") : p->languages;
	const struct db_val *row;
	const struct json *draft;
	struct reply_values v;
	int rc = db_one(c, in->store.db, SQL_DEMAND_BY_ID,
	    DB_ARGS(db_int(order->demand != 0 ? order->demand : m->demand)), &row);

	(void)str_cut(house, ' ', &house, &rest);
	if (rc == 0) {
		d.ref = str_make(c, row[2].s);
		rc = demand_as_sent(c, in, d.ref, &draft);
	}
	if (rc == 0 && draft == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the demand's text was erased");
	if (rc == 0)
		rc = reply_get(
		    c, in, STR("notice"), language.n > 0 ? language : house, &text, &lang);
	if (rc != 0)
		return rc;
	v = values_of(c, in, &d, draft, lang);
	v.officer = (struct str){NULL, 0};
	v.matter = m->ref;
	v.instrument = i == NULL ? order->instrument : str_is(lang, "de") ? i->de : i->en;
	rc = reply_fill(c, text, &v, &text);
	if (rc == 0 && (!reply_paragraph(&text, &ret->subject) || str_trim(text).n == 0))
		rc = err_set(c, ERR_INVALID,
		    "the letter's template has no subject and text: paragraphs are divided by "
		    "empty lines");
	if (rc != 0)
		return rc;
	ret->subject = str_trim(ret->subject);
	ret->text = str_fmt(c, "%.*s\n", STR_ARG(str_trim(text)));
	ret->language = lang;
	return 0;
}
