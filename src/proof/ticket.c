#include "proof/ticket.h"

enum { AHEAD = 300 }; /* seconds that two clocks may differ */

static void set_instant(struct ctx *c, struct json *j, const char *key, struct instant t)
{
	if (!instant_is_none(t))
		json_set_text(c, j, key, instant_str(c, t));
}

struct json *ticket_body(struct ctx *c, const struct ticket *t)
{
	struct json *j = json_map(c), *target = json_map(c);

	json_set_text(c, j, "format", STR("writ-ticket/1"));
	json_set_text(c, j, "ticket", t->ref);
	json_set_text(c, j, "origin", t->origin);
	json_set_text(c, j, "purpose", t->purpose);
	json_set_text(c, j, "service", t->service);
	json_set(c, j, "fields", t->fields);
	json_set_text(c, target, "kind", t->kind);
	json_set_text(c, target, "value", t->value);
	set_instant(c, target, "at", t->at);
	json_set(c, j, "target", target);
	if (!day_is_none(t->from)) {
		json_set_text(c, j, "from", day_str(c, t->from));
		json_set_text(c, j, "to", day_str(c, t->to));
		set_instant(c, j, "begins", t->begins);
		set_instant(c, j, "ends", t->ends);
	}
	set_instant(c, j, "made", t->made);
	set_instant(c, j, "expires", t->expires);
	json_set_text(c, j, "nonce", t->nonce);
	return j;
}

struct hash ticket_hash(struct ctx *c, const struct json *body)
{
	return hash_of(json_str(c, body));
}

struct str ticket_file(struct ctx *c, const struct json *body, struct str note)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "note", note);
	json_set(c, j, "ticket", (struct json *)body);
	return str_fmt(c, "%s\n", json_str(c, j).p);
}

/* ---- reading ---- */

static int keys_check(struct ctx *c, const struct json *j, const char *what, const char *allowed)
{
	if (j == NULL || j->kind != JSON_MAP)
		return err_set(c, ERR_INVALID, "%s: an object is expected", what);
	for (size_t i = 0; i < j->n; i++)
		if (!str_has_word(str_of(allowed), j->key[i]))
			return err_set(c, ERR_INVALID, "%s: has a member that is not known", what);
	return 0;
}

static int get_text(struct ctx *c, const struct json *j, const char *key, struct str *ret)
{
	*ret = json_text(j, key);
	return ret->n > 0 ? 0 : err_set(c, ERR_INVALID, "%s: a text is expected", key);
}

static int get_instant(
    struct ctx *c, const struct json *j, const char *key, bool needed, struct instant *ret)
{
	struct str text = json_text(j, key);

	*ret = INSTANT_NONE;
	if (json_find(j, key) == NULL && !needed)
		return 0;
	if (instant_parse(c, text, ret) != 0)
		return err_while(c, ERR_INVALID, "%s", key);
	if (!str_eq(instant_str(c, *ret), text))
		return err_set(c, ERR_INVALID, "%s: want the form 2026-01-31T09:00:00Z", key);
	return 0;
}

static int get_day(struct ctx *c, const struct json *j, const char *key, struct day *ret)
{
	*ret = DAY_NONE;
	if (json_find(j, key) == NULL)
		return 0;
	return day_parse(c, json_text(j, key), ret) == 0 ? 0 : err_while(c, ERR_INVALID, "%s", key);
}

static int get_fields(struct ctx *c, const struct json *j, struct json **ret)
{
	const struct json *list = json_find(j, "fields");
	bool good =
	    list != NULL && list->kind == JSON_LIST && list->n > 0 && list->n <= TICKET_FIELDS_MAX;

	for (size_t i = 0; good && i < list->n; i++)
		good = list->at[i]->kind == JSON_TEXT && list->at[i]->text.n > 0;
	if (!good)
		return err_set(c, ERR_INVALID, "fields: a list of texts is expected");
	*ret = (struct json *)list;
	return 0;
}

static int get_target(struct ctx *c, const struct json *j, struct ticket *t)
{
	const struct json *target = json_find(j, "target");
	int rc = keys_check(c, target, "target", "kind value at");

	if (rc == 0)
		rc = get_text(c, target, "kind", &t->kind);
	if (rc == 0)
		rc = get_text(c, target, "value", &t->value);
	return rc == 0 ? get_instant(c, target, "at", false, &t->at) : rc;
}

static int get_period(struct ctx *c, const struct json *j, struct ticket *t)
{
	bool none;
	int rc = get_day(c, j, "from", &t->from);

	if (rc == 0)
		rc = get_day(c, j, "to", &t->to);
	if (rc == 0)
		rc = get_instant(c, j, "begins", false, &t->begins);
	if (rc == 0)
		rc = get_instant(c, j, "ends", false, &t->ends);
	if (rc != 0)
		return rc;
	none = day_is_none(t->from);
	if (none != day_is_none(t->to) || none != instant_is_none(t->begins) ||
	    none != instant_is_none(t->ends))
		return err_set(
		    c, ERR_INVALID, "from, to, begins, ends: all four are needed, or none");
	if (!none && (day_cmp(t->from, t->to) > 0 || t->begins.s >= t->ends.s))
		return err_set(c, ERR_INVALID, "the period ends before it begins");
	return 0;
}

static int get_body(struct ctx *c, const struct json *j, struct ticket *t)
{
	struct {
		const char *key;
		struct str *to;
	} texts[] = {{"ticket", &t->ref}, {"origin", &t->origin}, {"purpose", &t->purpose},
	    {"service", &t->service}, {"nonce", &t->nonce}};
	unsigned char raw[TICKET_NONCE / 2];
	int rc = keys_check(c, j, "ticket",
	    "format ticket origin purpose service fields target from to begins ends made expires "
	    "nonce");

	if (rc == 0 && !str_is(json_text(j, "format"), "writ-ticket/1"))
		rc = err_set(c, ERR_INVALID, "format: want writ-ticket/1");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && rc == 0; i++)
		rc = get_text(c, j, texts[i].key, texts[i].to);
	if (rc == 0 && !str_has_word(STR("collect preserve test"), t->purpose))
		rc = err_set(c, ERR_INVALID, "purpose: want collect, preserve or test");
	if (rc == 0 && !text_unhex(t->nonce, raw, sizeof raw))
		rc = err_set(c, ERR_INVALID, "nonce: want %d hexadecimal digits", TICKET_NONCE);
	if (rc == 0)
		rc = get_fields(c, j, &t->fields);
	if (rc == 0)
		rc = get_target(c, j, t);
	if (rc == 0)
		rc = get_period(c, j, t);
	if (rc == 0)
		rc = get_instant(c, j, "made", true, &t->made);
	if (rc == 0)
		rc = get_instant(c, j, "expires", true, &t->expires);
	if (rc == 0 && t->expires.s <= t->made.s)
		rc = err_set(c, ERR_INVALID, "expires: is not after made");
	return rc;
}

int ticket_read(struct ctx *c, const char *file, struct str text, struct ticket *ret,
    struct hash *ret_hash, struct str *ret_note)
{
	struct ticket t = {0};
	const struct json *body;
	struct json *j;
	int rc;

	if (text.n > TICKET_MAX)
		return err_set(c, ERR_LIMIT, "%s: a ticket has at most %d bytes", file, TICKET_MAX);
	rc = json_parse(c, file, text, &j);
	if (rc != 0)
		return rc;
	body = json_find(j, "ticket");
	rc = keys_check(c, j, "a ticket's file", "note ticket");
	if (rc == 0)
		rc = get_text(c, j, "note", ret_note);
	if (rc == 0)
		rc = get_body(c, body, &t);
	if (rc != 0)
		return err_while(c, rc, "%s", file);
	*ret_hash = ticket_hash(c, body);
	*ret = t;
	return 0;
}

/* ---- verifying ---- */

/* The note's text is "writ/ticket/1", the log, the hash: each a line. */
static int check_signed(struct ctx *c, struct str note, const struct note_key *key,
    const struct ticket *t, struct hash hash)
{
	struct str want = str_fmt(c, "writ/ticket/1\n%.*s\n%s\n", STR_ARG(t->origin),
	    text_base64(c, hash.b, HASH_SIZE).p);
	struct str name = str_fmt(c, "%.*s/ticket", STR_ARG(t->origin));
	struct note n;
	int rc = note_open(c, note, key, 1, &n);

	if (rc != 0)
		return err_while(c, ERR_DENIED, "the signature is not of this key");
	if (!str_eq(n.text, want))
		return err_set(c, ERR_DENIED, "it says something else than what was signed");
	return str_eq(key->name, name)
		   ? 0
		   : err_set(c, ERR_DENIED, "the key is of another log, or not for tickets");
}

int ticket_open(struct ctx *c, const char *file, struct str text, const struct note_key *key,
    struct instant now, struct ticket *ret)
{
	struct ticket t;
	struct hash hash;
	struct str note;
	int rc = ticket_read(c, file, text, &t, &hash, &note);

	if (rc != 0)
		return rc;
	rc = check_signed(c, note, key, &t, hash);
	if (rc == 0 && t.made.s > now.s + AHEAD)
		rc = err_set(c, ERR_DENIED, "made later than now: is the clock right?");
	if (rc == 0 && now.s >= t.expires.s)
		rc = err_set(c, ERR_DENIED, "expired %s", instant_str(c, t.expires).p);
	if (rc != 0)
		return err_while(c, rc, "%s", file);
	*ret = t;
	return 0;
}
