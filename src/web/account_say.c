#include "web/account_say.h"

#include "desk/base.h"
#include "out/view_edition.h"
#include "web/account.h"
#include "web/field.h"
#include "web/page.h"

const struct route_field account_permission_fields[2] = {
    {.name = "kind", .parse = field_word}, {.name = "subject", .parse = field_line}};
const struct route_field account_record_fields[14] = {
    {.name = "kind", .needed = true, .parse = field_word},
    {.name = "subject", .needed = true, .parse = field_line},
    {.name = "given", .needed = true, .parse = field_day},
    {.name = "law", .needed = true, .parse = field_line}, {.name = "until", .parse = field_day},
    {.name = "class", .parse = field_word}, {.name = "lo", .parse = field_number},
    {.name = "hi", .parse = field_number}, {.name = "title_en", .parse = field_line},
    {.name = "authority_en", .parse = field_line}, {.name = "title_de", .parse = field_line},
    {.name = "authority_de", .parse = field_line}, {.name = "text_en", .parse = field_text},
    {.name = "text_de", .parse = field_text}};
const struct route_field account_known_fields[8] = {
    {.name = "country", .needed = true, .parse = field_country},
    {.name = "period", .needed = true, .parse = field_line},
    {.name = "unit", .needed = true, .parse = field_word},
    {.name = "counts", .needed = true, .parse = field_line},
    {.name = "value", .needed = true, .parse = field_line},
    {.name = "published", .needed = true, .parse = field_day},
    {.name = "source", .needed = true, .parse = field_line},
    {.name = "assumes", .parse = field_line}};
const struct route_field account_users_fields[3] = {
    {.name = "users_period", .needed = true, .parse = field_line},
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "users_source", .needed = true, .parse = field_line}};

/* ---- choices of forms ---- */

static void choice(
    struct ctx *c, struct json *list, struct str value, struct str label, bool chosen)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "value", value);
	json_set_text(c, j, "label", label);
	json_set_bool(c, j, "chosen", chosen);
	json_add(c, list, j);
}

static struct json *kinds_of(struct route_ask *ask, struct str chosen)
{
	struct json *list = json_list(ask->c);
	struct buf b = buf_init(ask->c, 16);
	struct page p = page_init(ask->c, &b, ask->lang);

	for (int k = 0; k < PERMISSION_KINDS; k++) {
		struct str id = str_of(permission_kind_id((enum permission_kind)k));

		choice(ask->c, list, id, page_word(&p, "permission", id), str_eq(id, chosen));
	}
	return list;
}

static struct json *units_of(struct route_ask *ask)
{
	struct json *list = json_list(ask->c);
	struct buf b = buf_init(ask->c, 16);
	struct page p = page_init(ask->c, &b, ask->lang);

	choice(ask->c, list, STR("orders"), page_word(&p, "unit", STR("orders")), true);
	choice(ask->c, list, STR("accounts"), page_word(&p, "unit", STR("accounts")), false);
	return list;
}

/* The structures of which counsel may be asked. */
static int set_structures(struct route_ask *ask, struct json *v)
{
	struct json *list = json_list(ask->c);
	struct band_law *law;
	int rc = band_builtin(ask->c, &law);

	for (size_t i = 0; rc == 0 && i < law->n; i++) {
		struct json *j;

		if (!band_needs_permission(&law->v[i]))
			continue;
		j = json_map(ask->c);
		json_set_text(ask->c, j, "id", law->v[i].id);
		json_set_text(ask->c, j, "title", law->v[i].en);
		json_set_text(ask->c, j, "title_de", law->v[i].de);
		json_add(ask->c, list, j);
	}
	json_set(ask->c, v, "structures", list);
	return rc;
}

/* ---- permissions ---- */

int account_permissions(struct route_ask *ask, struct json **ret)
{
	struct json *all;
	int rc = view_permissions(ask->c, ask->in, ask->who, &all);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "permissions", all);
	if (ask->api)
		return 0;
	for (size_t i = 0; i < all->n; i++)
		json_set_text(ask->c, all->at[i], "path",
		    str_fmt(
			ask->c, "/permissions/%.*s", STR_ARG(json_text(all->at[i], "permission"))));
	json_set_bool(ask->c, *ret, "may_record", right_has(ask->who, RIGHT_PERMISSION_RECORD));
	json_set_text(ask->c, *ret, "subject", account_field(ask, "subject")->text);
	json_set(ask->c, *ret, "kinds", kinds_of(ask, account_field(ask, "kind")->text));
	return set_structures(ask, *ret);
}

static int record(struct route_ask *ask, struct permission *ret)
{
	const struct route_value *hi = account_field(ask, "hi");
	struct permission_new n = {.kind = permission_kind_find(account_field(ask, "kind")->text),
	    .subject = account_field(ask, "subject")->text,
	    .class = account_field(ask, "class")->text,
	    .law = account_field(ask, "law")->text,
	    .lo = account_field(ask, "lo")->num,
	    .hi = hi->num,
	    .given = account_day(ask, "given"),
	    .until = account_day(ask, "until")};
	int rc = account_words(ask, "en", &n.words[WORDING_EN]);

	if (rc == 0)
		rc = account_words(ask, "de", &n.words[WORDING_DE]);
	if (rc == 0 && n.kind == PERMISSION_KINDS) {
		ask->wrong = STR("kind");
		return err_set(ask->c, ERR_INVALID, "choose what it permits or bars");
	}
	return rc == 0 ? account_point(ask, permission_record(ask->c, ask->in, ask->who, &n, ret))
		       : rc;
}

static int told(struct route_ask *ask, int rc, const struct permission *p, struct json **ret)
{
	if (rc == 0)
		*ret = view_permission(ask->c, p, (struct instant){ctx_now(ask->c)});
	return rc;
}

int account_record(struct route_ask *ask, struct json **ret)
{
	struct permission p;
	int rc = record(ask, &p);

	return told(ask, rc, &p, ret);
}

int account_permission_end(struct route_ask *ask, struct json **ret)
{
	struct permission p;
	int rc = permission_end(ask->c, ask->in, ask->who, ask->parts[0], &p);

	return told(ask, rc, &p, ret);
}

/* ---- figures known from outside ---- */

int account_known(struct route_ask *ask, struct json **ret)
{
	struct json *all;
	int rc = view_knowns(ask->c, ask->in, ask->who, &all);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "known", all);
	if (ask->api)
		return 0;
	for (size_t i = 0; i < all->n; i++)
		json_set_text(ask->c, all->at[i], "path",
		    str_fmt(ask->c, "/known/%.*s", STR_ARG(json_text(all->at[i], "known_figure"))));
	json_set_bool(ask->c, *ret, "may_record", right_has(ask->who, RIGHT_KNOWN_RECORD));
	json_set_bool(ask->c, *ret, "may_users", right_has(ask->who, RIGHT_USERS_RECORD));
	json_set(ask->c, *ret, "units", units_of(ask));
	return 0;
}

int account_known_add(struct route_ask *ask, struct json **ret)
{
	struct ctx *c = ask->c;
	struct known k = {.country = account_field(ask, "country")->text,
	    .unit = account_field(ask, "unit")->text,
	    .source = account_field(ask, "source")->text,
	    .assumes = account_field(ask, "assumes")->text,
	    .published = account_day(ask, "published")};
	struct known out;
	int rc = period_parse(c, account_field(ask, "period")->text, &k.period);

	if (rc != 0)
		ask->wrong = STR("period");
	if (rc == 0)
		rc = known_what(c, account_field(ask, "counts")->text, &k);
	if (rc == 0)
		rc = known_value(c, account_field(ask, "value")->text, &k);
	if (rc == 0)
		rc = known_record(c, ask->in, ask->who, &k, &out);
	if (rc == 0)
		*ret = view_known(c, &out);
	return account_point(ask, rc);
}

int account_known_end(struct route_ask *ask, struct json **ret)
{
	struct known k;
	int rc = known_end(ask->c, ask->in, ask->who, ask->parts[0], &k);

	if (rc == 0)
		*ret = view_known(ask->c, &k);
	return rc;
}

int account_users(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct period p;
	int rc = period_parse(ask->c, f[0].text, &p);

	if (rc != 0)
		ask->wrong = STR("users_period");
	if (rc == 0)
		rc = base_record(ask->c, ask->in, ask->who, p, f[1].num, f[2].text);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}
