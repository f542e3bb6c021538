#include "web/account_statement.h"

#include "out/view_statement.h"
#include "web/account.h"
#include "web/field.h"
#include "web/page.h"

const struct route_field account_part_fields[1] = {{.name = "part", .parse = field_word}};
const struct route_field account_propose_fields[17] = {
    {.name = "part", .needed = true, .parse = field_word}, {.name = "day", .parse = field_day},
    {.name = "until", .parse = field_day}, {.name = "kind", .parse = field_word},
    {.name = "rule", .parse = field_word}, {.name = "citation", .parse = field_line},
    {.name = "edition", .parse = field_line}, {.name = "replaces", .parse = field_word},
    {.name = "follows", .parse = field_word}, {.name = "title_en", .parse = field_line},
    {.name = "text_en", .parse = field_text}, {.name = "authority_en", .parse = field_line},
    {.name = "outcome_en", .parse = field_line}, {.name = "title_de", .parse = field_line},
    {.name = "text_de", .parse = field_text}, {.name = "authority_de", .parse = field_line},
    {.name = "outcome_de", .parse = field_line}};
const struct route_field account_renew_fields[2] = {
    {.name = "day", .parse = field_day}, {.name = "until", .parse = field_day}};

/* ---- lists and one ---- */

static void set_path(struct ctx *c, struct json *piece)
{
	json_set_text(c, piece, "path",
	    str_fmt(c, "/statement/%.*s", STR_ARG(json_text(piece, "statement"))));
}

static void part_add(
    struct ctx *c, struct json *parts, enum statement_part part, const struct json *all)
{
	struct json *j = json_map(c), *list = json_list(c);

	json_set_text(c, j, "part", str_of(statement_part_id(part)));
	for (size_t i = 0; i < all->n; i++)
		if (str_is(json_text(all->at[i], "part"), statement_part_id(part)))
			json_add(c, list, all->at[i]);
	json_set(c, j, "pieces", list);
	json_add(c, parts, j);
}

int account_statement(struct route_ask *ask, struct json **ret)
{
	static const enum statement_part order[] = {
	    STATEMENT_NEVER, STATEMENT_RESTRAINT, STATEMENT_UPDATE, STATEMENT_PROCEEDING};
	struct json *all, *parts = json_list(ask->c);
	int rc = view_statement(ask->c, ask->in, ask->who, &all);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	if (ask->api) {
		json_set(ask->c, *ret, "pieces", all);
		return 0;
	}
	for (size_t i = 0; i < all->n; i++)
		set_path(ask->c, all->at[i]);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		part_add(ask->c, parts, order[i], all);
	json_set(ask->c, *ret, "parts", parts);
	json_set_bool(ask->c, *ret, "may_write", right_has(ask->who, RIGHT_STATEMENT_PROPOSE));
	json_set_bool(ask->c, *ret, "has_site", ask->in->serve.site.n > 0);
	return 0;
}

static int piece(struct route_ask *ask, const struct statement *s, struct json **ret)
{
	struct statements all;
	int rc = statement_all(ask->c, ask->in, &all);

	if (rc != 0)
		return rc;
	*ret = view_statement_piece(ask->c, &all, s);
	view_statement_may(ask->c, ask->who, &all, s, *ret);
	return 0;
}

int account_piece(struct route_ask *ask, struct json **ret)
{
	struct statement s;
	int rc = statement_find(ask->c, ask->in, ask->who, ask->parts[0], &s);

	if (rc == 0)
		rc = piece(ask, &s, ret);
	if (rc != 0 || ask->api)
		return rc;
	set_path(ask->c, *ret);
	rc = account_fresh(ask);
	json_set_bool(ask->c, *ret, "fresh", rc == 0);
	if (rc != ERR_DENIED)
		return rc;
	err_clear(ask->c);
	return 0;
}

/* ---- writing ---- */

static struct json *kinds_of(struct route_ask *ask)
{
	struct json *list = json_list(ask->c);
	struct buf b = buf_init(ask->c, 16);
	struct page p = page_init(ask->c, &b, ask->lang);
	struct str rest = STR(STATEMENT_KINDS), one;

	while (str_word(&rest, &one)) {
		struct json *j = json_map(ask->c);

		json_set_text(ask->c, j, "value", one);
		json_set_text(ask->c, j, "label", page_word(&p, "proceeding", one));
		json_add(ask->c, list, j);
	}
	return list;
}

/* The form has the fields of its part alone; shown again after an error, of the part that it was
 * for. */
int account_piece_new(struct route_ask *ask, struct json **ret)
{
	struct str part = account_field(ask, "part")->text;
	enum statement_part p = statement_part_find(part);

	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "part", p == STATEMENT_PARTS ? STR("") : part);
	json_set(ask->c, *ret, "kinds", kinds_of(ask));
	return 0;
}

static int proposed(struct route_ask *ask, const struct statement_new *n, struct json **ret)
{
	struct statement s;
	int rc = statement_propose(ask->c, ask->in, ask->who, n, &s);

	if (rc == 0)
		rc = piece(ask, &s, ret);
	if (rc == 0)
		ask->go_on =
		    str_fmt(ask->c, "/statement/%.*s?done=statement_propose", STR_ARG(s.ref));
	return account_point(ask, rc);
}

int account_propose(struct route_ask *ask, struct json **ret)
{
	struct str edition = account_field(ask, "edition")->text;
	struct statement_new n = {.part = statement_part_find(account_field(ask, "part")->text),
	    .kind = account_field(ask, "kind")->text,
	    .day = account_day(ask, "day"),
	    .until = account_day(ask, "until"),
	    .rule = account_field(ask, "rule")->text,
	    .citation = account_field(ask, "citation")->text,
	    .editions = &edition,
	    .n_editions = edition.n > 0,
	    .replaces = account_field(ask, "replaces")->text,
	    .follows = account_field(ask, "follows")->text};
	int rc = account_words(ask, "en", &n.words[WORDING_EN]);

	if (rc == 0)
		rc = account_words(ask, "de", &n.words[WORDING_DE]);
	if (rc == 0 && n.part == STATEMENT_PARTS) {
		ask->wrong = STR("part");
		return err_set(ask->c, ERR_INVALID, "choose what it is");
	}
	return rc == 0 ? proposed(ask, &n, ret) : rc;
}

/* The same words, accurate as of a later day: a new piece in the place of the old one, which
 * counsel clears and another person publishes, like any. */
int account_renew(struct route_ask *ask, struct json **ret)
{
	struct statement s;
	struct statement_new n = {.part = STATEMENT_NEVER,
	    .kind = STR(""),
	    .rule = STR(""),
	    .citation = STR(""),
	    .follows = STR(""),
	    .day = account_day(ask, "day"),
	    .until = account_day(ask, "until")};
	int rc = statement_find(ask->c, ask->in, ask->who, ask->parts[0], &s);

	if (rc == 0 && s.part != STATEMENT_NEVER)
		rc = err_set(ask->c, ERR_CONFLICT, "only a never-statement is renewed");
	if (rc == 0)
		rc = account_fresh(ask);
	if (rc != 0)
		return rc;
	for (int i = 0; i < WORDING_LANGS; i++)
		n.words[i] = s.words[i];
	n.replaces = s.ref;
	return proposed(ask, &n, ret);
}

/* ---- clearing, publishing, withdrawing ---- */

static int moved(struct route_ask *ask, int rc, const struct statement *s, struct json **ret)
{
	return rc == 0 ? piece(ask, s, ret) : rc;
}

int account_clear(struct route_ask *ask, struct json **ret)
{
	struct statement s;
	int rc = statement_clear(ask->c, ask->in, ask->who, ask->parts[0], &s);

	return moved(ask, rc, &s, ret);
}

/* What changes the public page has it written anew, where this server has one. */
static int write_page(struct route_ask *ask, struct json **ret)
{
	if (ask->api || ask->in->serve.site.n == 0 || !right_has(ask->who, RIGHT_SITE_BUILD))
		return 0;
	return account_job(ask, "site_build", json_map(ask->c), ret);
}

int account_piece_publish(struct route_ask *ask, struct json **ret)
{
	struct statement s;
	int rc = account_fresh(ask);

	if (rc == 0)
		rc = statement_publish(ask->c, ask->in, ask->who, ask->parts[0], &s);
	rc = moved(ask, rc, &s, ret);
	return rc == 0 ? write_page(ask, ret) : rc;
}

int account_withdraw(struct route_ask *ask, struct json **ret)
{
	struct statement s;
	int rc = statement_withdraw(ask->c, ask->in, ask->who, ask->parts[0], &s);

	rc = moved(ask, rc, &s, ret);
	return rc == 0 && !instant_is_none(s.published) ? write_page(ask, ret) : rc;
}
