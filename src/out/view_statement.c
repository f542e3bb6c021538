#include "out/view_statement.h"

#include "out/view_edition.h"

static struct day today_of(const struct ctx *c)
{
	return instant_day((struct instant){ctx_now(c)});
}

static void set_some(struct ctx *c, struct json *j, const char *key, struct str s)
{
	if (s.n > 0)
		json_set_text(c, j, key, s);
}

static bool shows_until(struct ctx *c, const struct statements *all, const struct statement *s)
{
	return !day_is_none(s->until) &&
	       (s->part != STATEMENT_NEVER ||
		   strcmp(statement_word(all, s, today_of(c)), "no longer stated") != 0);
}

static void set_link(
    struct ctx *c, struct json *j, const char *key, const struct statements *all, int64_t id)
{
	const struct statement *other = id == 0 ? NULL : statement_by_id(all, id);

	if (other != NULL)
		json_set_text(c, j, key, other->ref);
}

struct json *view_statement_piece(
    struct ctx *c, const struct statements *all, const struct statement *s)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "statement", s->ref);
	json_set_text(c, j, "part", str_of(statement_part_id(s->part)));
	json_set_text(c, j, "state", str_of(statement_word(all, s, today_of(c))));
	if (s->number != 0)
		json_set_int(c, j, "number", s->number);
	set_some(c, j, "kind", s->kind);
	json_set_text(c, j, "day", day_str(c, s->day));
	if (shows_until(c, all, s))
		json_set_text(c, j, "until", day_str(c, s->until));
	set_some(c, j, "law", s->law);
	set_some(c, j, "rule", s->law_id);
	set_some(c, j, "editions", s->editions);
	set_link(c, j, "replaces", all, s->replaces);
	set_link(c, j, "follows", all, s->follows);
	if (s->words[WORDING_EN].title.n > 0)
		json_set(c, j, "en", view_wording(c, &s->words[WORDING_EN]));
	if (s->words[WORDING_DE].title.n > 0)
		json_set(c, j, "de", view_wording(c, &s->words[WORDING_DE]));
	return j;
}

int view_statement(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	struct statements all;
	int rc = statement_list(c, in, actor, &all);

	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		struct json *j = view_statement_piece(c, &all, &all.v[i]);

		view_statement_may(c, actor, &all, &all.v[i], j);
		json_add(c, list, j);
	}
	if (rc == 0)
		*ret = list;
	return rc;
}

/* Of a never-statement nothing but who asks and what everybody is told counts: what waits may be
 * withdrawn by the same people as long as it waits, whatever counsel thinks of it. */
void view_statement_may(struct ctx *c, const struct person *actor, const struct statements *all,
    const struct statement *s, struct json *piece)
{
	const char *word = statement_word(all, s, today_of(c));
	bool waiting = strcmp(word, "waiting") == 0, cleared = strcmp(word, "cleared") == 0;
	bool out = strcmp(word, "published") == 0;
	bool guarded = s->part == STATEMENT_NEVER || s->part == STATEMENT_RESTRAINT;
	bool drops = s->writer == actor->id || right_has(actor, RIGHT_STATEMENT_DROP);
	struct json *may = json_map(c);

	json_set_bool(
	    c, may, "clear", guarded && waiting && right_has(actor, RIGHT_STATEMENT_CLEAR));
	json_set_bool(c, may, "publish",
	    (cleared || (waiting && !guarded)) && s->writer != actor->id &&
		right_has(actor, RIGHT_STATEMENT_PUBLISH));
	json_set_bool(c, may, "withdraw",
	    right_has(actor, RIGHT_STATEMENT_WITHDRAW) &&
		((waiting && (!guarded || drops)) || cleared || (out && guarded)));
	json_set_bool(c, may, "renew",
	    s->part == STATEMENT_NEVER && out && right_has(actor, RIGHT_STATEMENT_PROPOSE));
	json_set(c, piece, "may", may);
	if (waiting)
		json_set_text(c, piece, "waits", str_of(statement_waits(s->part)));
}
