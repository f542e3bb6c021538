#include "in/draft.h"

#include "base/mem.h"
#include "kind/land.h"

enum { PATH_MAX_BYTES = 256 };

/* Where in the document we are, for errors: linked from the inside out, on the stack. */
struct path {
	const struct path *up;
	const char *key; /* NULL: an index */
	size_t index;
};

struct reader {
	struct ctx *c;
	const char *file;
};

static void path_put(struct buf *b, const struct path *p)
{
	if (p->up != NULL)
		path_put(b, p->up);
	if (p->key == NULL)
		buf_fmt(b, "[%zu]", p->index);
	else
		buf_fmt(b, "%s%s", b->n > 0 ? "." : "", p->key);
}

static int fault(struct reader *r, const struct path *p, int code, const char *what)
{
	struct buf b = buf_init(r->c, PATH_MAX_BYTES);

	path_put(&b, p);
	return err_set(
	    r->c, code, "%s: field %.*s: %s", r->file, STR_ARG(buf_str(&b)), err_word(r->c, what));
}

/* The same for an error that another function has recorded already. */
static int fault_while(struct reader *r, const struct path *p, int code)
{
	struct buf b = buf_init(r->c, PATH_MAX_BYTES);

	path_put(&b, p);
	return err_while(r->c, code, "%s: field %.*s", r->file, STR_ARG(buf_str(&b)));
}

/* Every key is known; the unknown one itself is not printed, it may be anything. */
static int keys_check(
    struct reader *r, const struct path *up, const struct json *map, const char *known)
{
	if (map->kind != JSON_MAP)
		return up == NULL ? err_set(r->c, ERR_INVALID, "%s: an object is expected", r->file)
				  : fault(r, up, ERR_INVALID, ERR_TEXT("an object is expected"));
	for (size_t i = 0; i < map->n; i++) {
		struct path p = {up, "(an unknown name)", 0};

		if (!str_has_word(str_of(known), map->key[i]))
			return fault(r, &p, ERR_INVALID,
			    str_fmt(r->c, "number %zu in its object; known here: %s", i + 1, known)
				.p);
	}
	return 0;
}

/* ---- single values --------------------------------------------------------------------------- */

enum { NEEDED = 1, LONG = 2 }; /* LONG: free text with line ends */

static int text_get(struct reader *r, const struct path *up, const struct json *map,
    const char *key, unsigned flags, struct str *ret)
{
	const struct json *j = json_find(map, key);
	struct path p = {up, key, 0};
	const char *bad = NULL;

	if (j == NULL || j->kind == JSON_NULL) {
		*ret = STR("");
		return (flags & NEEDED) != 0 ? fault(r, &p, ERR_INVALID, ERR_TEXT("missing")) : 0;
	}
	if (j->kind != JSON_TEXT)
		return fault(r, &p, ERR_INVALID, ERR_TEXT("a text is expected"));
	if (j->text.n > ((flags & LONG) != 0 ? DRAFT_TEXT_MAX : DRAFT_VALUE_MAX))
		return fault(
		    r, &p, ERR_LIMIT, (flags & LONG) != 0 ? "larger than 64 KiB" : "too long");
	if ((flags & LONG) == 0)
		bad = draft_line_fault(j->text);
	if (bad != NULL)
		return fault(r, &p, ERR_INVALID, bad);
	if ((flags & NEEDED) != 0 && str_trim(j->text).n == 0)
		return fault(r, &p, ERR_INVALID, ERR_TEXT("empty"));
	*ret = j->text;
	return 0;
}

/* As text_get, with a shape from draft.h. */
static int shape_get(struct reader *r, const struct path *up, const struct json *map,
    const char *key, unsigned flags, const char *(*bad)(struct str s), struct str *ret)
{
	struct path p = {up, key, 0};
	int rc = text_get(r, up, map, key, flags, ret);

	if (rc == 0 && bad(*ret) != NULL)
		rc = fault(r, &p, ERR_INVALID, bad(*ret));
	return rc;
}

static int bool_get(struct reader *r, const struct path *up, const struct json *map,
    const char *key, bool otherwise, bool *ret)
{
	const struct json *j = json_find(map, key);
	struct path p = {up, key, 0};

	if (j != NULL && j->kind != JSON_BOOL)
		return fault(r, &p, ERR_INVALID, ERR_TEXT("true or false is expected"));
	*ret = j == NULL ? otherwise : j->yes;
	return 0;
}

static int day_get(struct reader *r, const struct path *up, const struct json *map, const char *key,
    struct day *ret)
{
	struct path p = {up, key, 0};
	struct str s;
	int rc = text_get(r, up, map, key, 0, &s);

	*ret = DAY_NONE;
	if (rc != 0 || s.n == 0)
		return rc;
	rc = day_parse(r->c, s, ret);
	return rc == 0 ? 0 : fault_while(r, &p, rc);
}

static int instant_get(struct reader *r, const struct path *up, const struct json *map,
    const char *key, unsigned flags, struct instant *ret)
{
	struct path p = {up, key, 0};
	struct str s;
	int rc = text_get(r, up, map, key, flags, &s);

	*ret = INSTANT_NONE;
	if (rc != 0 || s.n == 0)
		return rc;
	rc = instant_parse(r->c, s, ret);
	return rc == 0 ? 0 : fault_while(r, &p, rc);
}

/* A list of at most max members; absent is empty. */
static int list_get(struct reader *r, const struct path *up, const struct json *map,
    const char *key, size_t max, const struct json **ret)
{
	static const struct json none = {.kind = JSON_LIST};
	const struct json *j = json_find(map, key);
	struct path p = {up, key, 0};

	if (j == NULL)
		j = &none;
	if (j->kind != JSON_LIST)
		return fault(r, &p, ERR_INVALID, ERR_TEXT("a list is expected"));
	if (j->n > max)
		return fault(r, &p, ERR_LIMIT, str_fmt(r->c, "more than %zu members", max).p);
	*ret = j;
	return 0;
}

/* ---- an order -------------------------------------------------------------------------------- */

static int target_read(
    struct reader *r, const struct path *up, const struct json *j, struct draft_target *ret)
{
	struct path p = {up, "value", 0};
	struct str kind, printed;
	struct instant at;
	bool specific;
	int rc = keys_check(r, up, j, "kind value at specific");

	if (rc == 0)
		rc = shape_get(r, up, j, "kind", NEEDED, draft_word_fault, &kind);
	if (rc == 0)
		rc = text_get(r, up, j, "value", NEEDED, &printed);
	if (rc == 0)
		rc = instant_get(r, up, j, "at", 0, &at);
	if (rc == 0)
		rc = bool_get(r, up, j, "specific", true, &specific);
	if (rc != 0)
		return rc;
	rc = draft_target_make(r->c, kind, printed, at, ret);
	if (rc != 0)
		return fault_while(r, &p, rc);
	/* the sender of the file may know more than the form shows, never less */
	ret->specific = ret->specific && specific;
	return 0;
}

static int ask_targets(struct reader *r, const struct path *up, const struct json *j,
    size_t n_targets, struct draft_ask *ret)
{
	struct path list = {up, "targets", 0};
	const struct json *l;
	bool *seen;
	int rc = list_get(r, up, j, "targets", DRAFT_TARGETS_MAX, &l);

	if (rc != 0)
		return rc;
	ret->n_targets = l->n;
	ret->targets = mem_array(r->c, l->n, sizeof *ret->targets);
	seen = mem_array(r->c, n_targets, sizeof *seen);
	for (size_t i = 0; i < l->n; i++) {
		struct path p = {&list, NULL, i};

		if (l->at[i]->kind != JSON_INT || l->at[i]->num < 0 ||
		    (uint64_t)l->at[i]->num >= n_targets)
			return fault(r, &p, ERR_INVALID,
			    ERR_TEXT("no target of this order has this number (from 0)"));
		ret->targets[i] = (size_t)l->at[i]->num;
		if (seen[ret->targets[i]])
			return fault(r, &p, ERR_INVALID, ERR_TEXT("named twice"));
		seen[ret->targets[i]] = true;
	}
	return 0;
}

static int ask_fields(
    struct reader *r, const struct path *up, const struct json *j, struct str *ret)
{
	struct path list = {up, "fields", 0};
	struct buf b = buf_init(r->c, DRAFT_TEXT_MAX);
	const struct json *l;
	int rc = list_get(r, up, j, "fields", DRAFT_ASKS_MAX, &l);

	if (rc == 0 && l->n == 0)
		rc = fault(r, &list, ERR_INVALID, ERR_TEXT("names no field"));
	for (size_t i = 0; rc == 0 && i < l->n; i++) {
		struct path p = {&list, NULL, i};
		struct str s = l->at[i]->text;

		if (l->at[i]->kind != JSON_TEXT || s.n == 0 || draft_word_fault(s) != NULL)
			return fault(r, &p, ERR_INVALID, ERR_TEXT("the id of a field is expected"));
		if (str_has_word(buf_str(&b), s))
			return fault(r, &p, ERR_INVALID, ERR_TEXT("named twice"));
		if (i > 0)
			buf_putc(&b, ' ');
		buf_put(&b, s);
	}
	return rc != 0 ? rc : buf_end(&b, "fields", ret);
}

static int ask_read(struct reader *r, const struct path *up, const struct json *j, size_t n_targets,
    struct draft_ask *ret)
{
	struct path p = {up, "to", 0};
	int rc = keys_check(r, up, j, "fields service from to targets");

	if (rc == 0)
		rc = ask_fields(r, up, j, &ret->fields);
	if (rc == 0)
		rc = shape_get(r, up, j, "service", 0, draft_word_fault, &ret->service);
	if (rc == 0)
		rc = day_get(r, up, j, "from", &ret->from);
	if (rc == 0)
		rc = day_get(r, up, j, "to", &ret->to);
	if (rc == 0 && !day_is_none(ret->from) && !day_is_none(ret->to) &&
	    day_cmp(ret->from, ret->to) > 0)
		rc = fault(r, &p, ERR_INVALID, ERR_TEXT("the period ends before it begins"));
	return rc == 0 ? ask_targets(r, up, j, n_targets, ret) : rc;
}

/* Facts are words for the rule packs; a set is its words with blanks between. */
static int fact_text(struct reader *r, const struct path *p, const struct json *j, struct str *ret)
{
	struct buf b = buf_init(r->c, DRAFT_TEXT_MAX);

	switch (j->kind) {
	case JSON_BOOL:
		*ret = j->yes ? STR("yes") : STR("no");
		return 0;
	case JSON_INT:
		*ret = str_fmt(r->c, "%lld", (long long)j->num);
		return 0;
	case JSON_TEXT:
		if (j->text.n > DRAFT_TEXT_MAX)
			return fault(r, p, ERR_LIMIT, ERR_TEXT("larger than 64 KiB"));
		if (str_trim(j->text).n == 0)
			return fault(r, p, ERR_INVALID,
			    ERR_TEXT("empty; leave out what the paper does not state"));
		*ret = j->text;
		return 0;
	case JSON_LIST:
		for (size_t i = 0; i < j->n; i++) {
			if (j->at[i]->kind != JSON_TEXT || j->at[i]->text.n == 0 ||
			    draft_word_fault(j->at[i]->text) != NULL)
				return fault(
				    r, p, ERR_INVALID, ERR_TEXT("a list of words is expected"));
			if (i > 0)
				buf_putc(&b, ' ');
			buf_put(&b, j->at[i]->text);
		}
		if (j->n > 0)
			return buf_end(&b, "fact", ret);
		break;
	case JSON_NULL:
	case JSON_MAP:
		break;
	}
	return fault(r, p, ERR_INVALID,
	    ERR_TEXT("a text, a number, true, false or a list of words is expected"));
}

static int facts_read(
    struct reader *r, const struct path *up, const struct json *j, struct draft_order *ret)
{
	const struct json *map = json_find(j, "facts");
	struct path p = {up, "facts", 0};

	if (map == NULL)
		return 0;
	if (map->kind != JSON_MAP)
		return fault(r, &p, ERR_INVALID, ERR_TEXT("an object is expected"));
	if (map->n > DRAFT_ASKS_MAX)
		return fault(r, &p, ERR_LIMIT, ERR_TEXT("more than 1000 members"));
	ret->facts = mem_array(r->c, map->n, sizeof *ret->facts);
	for (size_t i = 0; i < map->n; i++) {
		struct path at = {&p, NULL, i};
		int rc;

		if (!str_starts(map->key[i], "order.") || draft_word_fault(map->key[i]) != NULL)
			return fault(
			    r, &at, ERR_INVALID, ERR_TEXT("the name of a fact begins with order."));
		at.key = str_z(r->c, map->key[i]);
		ret->facts[i].name = map->key[i];
		rc = fact_text(r, &at, map->at[i], &ret->facts[i].value);
		if (rc != 0)
			return rc;
	}
	ret->n_facts = map->n;
	return 0;
}

static int targets_read(
    struct reader *r, const struct path *up, const struct json *j, struct draft_order *ret)
{
	struct path list = {up, "targets", 0};
	const struct json *l;
	int rc = list_get(r, up, j, "targets", DRAFT_TARGETS_MAX, &l);

	if (rc != 0)
		return rc;
	ret->targets = mem_array(r->c, l->n, sizeof *ret->targets);
	ret->n_targets = l->n;
	for (size_t i = 0; i < l->n && rc == 0; i++) {
		struct path p = {&list, NULL, i};

		rc = target_read(r, &p, l->at[i], &ret->targets[i]);
	}
	return rc;
}

static int order_read(
    struct reader *r, const struct path *up, const struct json *j, struct draft_order *ret)
{
	struct path list = {up, "asks", 0};
	const struct json *l = NULL;
	int rc = keys_check(r, up, j, "instrument cures facts targets asks");

	if (rc == 0)
		rc = shape_get(r, up, j, "instrument", NEEDED, draft_word_fault, &ret->instrument);
	if (rc == 0)
		rc = shape_get(r, up, j, "cures", 0, draft_word_fault, &ret->cures);
	if (rc == 0)
		rc = facts_read(r, up, j, ret);
	if (rc == 0)
		rc = targets_read(r, up, j, ret);
	if (rc == 0)
		rc = list_get(r, up, j, "asks", DRAFT_ASKS_MAX, &l);
	if (rc != 0)
		return rc;
	ret->asks = mem_array(r->c, l->n, sizeof *ret->asks);
	ret->n_asks = l->n;
	for (size_t i = 0; i < l->n && rc == 0; i++) {
		struct path p = {&list, NULL, i};

		rc = ask_read(r, &p, l->at[i], ret->n_targets, &ret->asks[i]);
	}
	return rc;
}

/* ---- the demand ------------------------------------------------------------------------------ */

static int authority_read(struct reader *r, const struct json *root, struct draft *d)
{
	const struct json *j = json_find(root, "authority");
	struct path p = {NULL, "authority", 0}, country = {&p, "country", 0};
	int rc;

	if (j == NULL)
		return fault(r, &p, ERR_INVALID, ERR_TEXT("missing"));
	rc = keys_check(r, &p, j, "country body level name number officer mail key");
	if (rc == 0)
		rc = text_get(r, &p, j, "country", NEEDED, &d->country);
	if (rc == 0 && !land_known(d->country))
		rc = fault(r, &country, ERR_INVALID,
		    ERR_TEXT("not an ISO 3166-1 alpha-2 code in capital letters"));
	if (rc == 0)
		rc = shape_get(r, &p, j, "body", NEEDED, draft_word_fault, &d->body);
	if (rc == 0)
		rc = shape_get(r, &p, j, "level", 0, draft_word_fault, &d->level);
	if (rc == 0)
		rc = text_get(r, &p, j, "name", NEEDED, &d->authority);
	if (rc == 0)
		rc = text_get(r, &p, j, "number", 0, &d->number);
	if (rc == 0)
		rc = text_get(r, &p, j, "officer", 0, &d->officer);
	if (rc == 0)
		rc = text_get(r, &p, j, "mail", 0, &d->officer_mail);
	return rc == 0 ? shape_get(r, &p, j, "key", LONG, draft_key_fault, &d->officer_key) : rc;
}

static int papers_read(struct reader *r, const struct json *root, struct draft *d)
{
	struct path list = {NULL, "papers", 0};
	const struct json *l;
	int rc = list_get(r, NULL, root, "papers", DRAFT_ASKS_MAX, &l);

	if (rc != 0)
		return rc;
	d->papers = mem_array(r->c, l->n, sizeof *d->papers);
	d->n_papers = l->n;
	for (size_t i = 0; i < l->n; i++) {
		struct path p = {&list, NULL, i};
		struct str s = l->at[i]->text;

		if (l->at[i]->kind != JSON_TEXT || s.n == 0 || s.n > 255 ||
		    draft_line_fault(s) != NULL || str_has(s, '/') || str_is(s, ".") ||
		    str_is(s, ".."))
			return fault(r, &p, ERR_INVALID,
			    ERR_TEXT("the name of a file beside this one is expected"));
		d->papers[i] = s;
	}
	return 0;
}

static int orders_read(struct reader *r, const struct json *root, struct draft *d)
{
	struct path list = {NULL, "orders", 0};
	const struct json *l;
	int rc = list_get(r, NULL, root, "orders", DRAFT_ORDERS_MAX, &l);

	if (rc == 0 && json_find(root, "orders") == NULL)
		rc = fault(r, &list, ERR_INVALID, ERR_TEXT("missing"));
	if (rc != 0)
		return rc;
	d->orders = mem_array(r->c, l->n, sizeof *d->orders);
	d->n_orders = l->n;
	for (size_t i = 0; i < l->n && rc == 0; i++) {
		struct path p = {&list, NULL, i};

		rc = order_read(r, &p, l->at[i], &d->orders[i]);
	}
	return rc;
}

static int head_read(struct reader *r, const struct json *root, struct draft *d)
{
	int rc = instant_get(r, NULL, root, "received", NEEDED, &d->received);

	if (rc == 0)
		rc = shape_get(r, NULL, root, "channel", NEEDED, draft_word_fault, &d->channel);
	if (rc == 0)
		rc = shape_get(
		    r, NULL, root, "language", NEEDED, draft_language_fault, &d->language);
	if (rc == 0)
		rc = bool_get(r, NULL, root, "verified", false, &d->verified);
	if (rc == 0)
		rc = bool_get(r, NULL, root, "specific", true, &d->specific);
	if (rc == 0)
		rc = text_get(r, NULL, root, "subject", LONG, &d->subject);
	return rc == 0 ? text_get(r, NULL, root, "message", LONG, &d->message) : rc;
}

int draft_json_parse(struct ctx *c, const char *file, struct str text, struct draft *ret)
{
	struct reader r = {c, file};
	struct draft d = {.received = INSTANT_NONE};
	struct json *root;
	int rc = json_parse(c, file, text, &root);

	if (rc == 0)
		rc = keys_check(&r, NULL, root,
		    "received channel language verified specific authority subject message orders "
		    "papers");
	if (rc == 0)
		rc = head_read(&r, root, &d);
	if (rc == 0)
		rc = authority_read(&r, root, &d);
	if (rc == 0)
		rc = papers_read(&r, root, &d);
	if (rc == 0)
		rc = orders_read(&r, root, &d);
	if (rc == 0)
		*ret = d;
	return rc;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void put_text(struct ctx *c, struct json *map, const char *key, struct str s)
{
	if (s.n > 0)
		json_set_text(c, map, key, s);
}

static struct json *targets_json(struct ctx *c, const struct draft_order *o)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < o->n_targets; i++) {
		const struct draft_target *t = &o->targets[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "kind", t->kind);
		json_set_text(c, j, "value", t->printed);
		put_text(c, j, "at", instant_str(c, t->at));
		if (!t->specific)
			json_set_bool(c, j, "specific", false);
		json_add(c, list, j);
	}
	return list;
}

static struct json *ask_json(struct ctx *c, const struct draft_ask *a)
{
	struct json *j = json_map(c), *fields = json_list(c), *targets = json_list(c);
	struct str rest = a->fields, word;

	while (str_word(&rest, &word))
		json_add(c, fields, json_of_text(c, word));
	json_set(c, j, "fields", fields);
	put_text(c, j, "service", a->service);
	put_text(c, j, "from", day_str(c, a->from));
	put_text(c, j, "to", day_str(c, a->to));
	for (size_t i = 0; i < a->n_targets; i++)
		json_add(c, targets, json_of_int(c, (int64_t)a->targets[i]));
	if (a->n_targets > 0)
		json_set(c, j, "targets", targets);
	return j;
}

static struct json *order_json(struct ctx *c, const struct draft_order *o)
{
	struct json *j = json_map(c), *facts = json_map(c), *asks = json_list(c);

	json_set_text(c, j, "instrument", o->instrument);
	put_text(c, j, "cures", o->cures);
	for (size_t i = 0; i < o->n_facts; i++)
		json_set_text(c, facts, str_z(c, o->facts[i].name), o->facts[i].value);
	json_set(c, j, "facts", facts);
	json_set(c, j, "targets", targets_json(c, o));
	for (size_t i = 0; i < o->n_asks; i++)
		json_add(c, asks, ask_json(c, &o->asks[i]));
	json_set(c, j, "asks", asks);
	return j;
}

static struct json *authority_json(struct ctx *c, const struct draft *d)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "country", d->country);
	json_set_text(c, j, "body", d->body);
	put_text(c, j, "level", d->level);
	json_set_text(c, j, "name", d->authority);
	put_text(c, j, "number", d->number);
	put_text(c, j, "officer", d->officer);
	put_text(c, j, "mail", d->officer_mail);
	put_text(c, j, "key", d->officer_key);
	return j;
}

struct json *draft_json(struct ctx *c, const struct draft *d)
{
	struct json *j = json_map(c), *orders = json_list(c), *papers = json_list(c);

	json_set_text(c, j, "received", instant_str(c, d->received));
	json_set_text(c, j, "channel", d->channel);
	json_set_text(c, j, "language", d->language);
	json_set_bool(c, j, "verified", d->verified);
	json_set_bool(c, j, "specific", d->specific);
	json_set(c, j, "authority", authority_json(c, d));
	put_text(c, j, "subject", d->subject);
	put_text(c, j, "message", d->message);
	for (size_t i = 0; i < d->n_orders; i++)
		json_add(c, orders, order_json(c, &d->orders[i]));
	json_set(c, j, "orders", orders);
	for (size_t i = 0; i < d->n_papers; i++)
		json_add(c, papers, json_of_text(c, d->papers[i]));
	json_set(c, j, "papers", papers);
	return j;
}
