#include "web/desk_claim.h"

#include "desk/claim_bar.h"
#include "desk/job.h"
#include "out/view_claim.h"
#include "web/path_order.h"

const struct route_field desk_claims_fields[3] = {{.name = "state", .parse = field_word},
    {.name = "period", .parse = field_line}, {.name = "after", .parse = field_word}};
const struct route_field desk_claim_make_fields[4] = {{.name = "fees", .parse = field_word},
    {.name = "reason", .parse = field_text}, {.name = "end", .parse = field_day},
    {.name = "central", .parse = field_yes}};
const struct route_field desk_claim_line_fields[6] = {{.name = "number", .parse = field_number},
    {.name = "row", .parse = field_word}, {.name = "quantity", .parse = field_number},
    {.name = "rate", .parse = field_line}, {.name = "strike", .parse = field_yes},
    {.name = "reason", .parse = field_text}};
const struct route_field desk_claim_amount_fields[1] = {
    {.name = "amount", .needed = true, .parse = field_line}};
const struct route_field desk_claim_to_fields[7] = {
    {.name = "name", .needed = true, .parse = field_line},
    {.name = "street", .needed = true, .parse = field_line},
    {.name = "post_code", .needed = true, .parse = field_line},
    {.name = "city", .needed = true, .parse = field_line},
    {.name = "country", .needed = true, .parse = field_country},
    {.name = "number", .needed = true, .parse = field_line}, {.name = "mail", .parse = field_line}};
const struct route_field desk_claim_send_fields[1] = {{.name = "late", .parse = field_text}};
const struct route_field desk_claim_end_fields[2] = {
    {.name = "state", .needed = true, .parse = field_word},
    {.name = "reason", .needed = true, .parse = field_text}};
const struct route_field desk_claim_paper_fields[2] = {
    {.name = "paper", .needed = true, .parse = field_word},
    {.name = "language", .parse = field_word}};
const struct route_field desk_claim_totals_fields[2] = {
    {.name = "period", .needed = true, .parse = field_line}, {.name = "as_of", .parse = field_day}};
const struct route_field desk_claim_bar_fields[1] = {
    {.name = "kind", .needed = true, .parse = field_word}};

/* The claim as it is now. */
static int done(struct route_ask *ask, struct json **ret)
{
	struct claim k;
	int rc = claim_get(ask->c, ask->in, ask->who, ask->parts[0], &k);

	return rc == 0 ? view_claim(ask->c, ask->in, &k, ret) : rc;
}

/* ---- looking ---- */

static int add_due(struct route_ask *ask, struct json *j)
{
	struct day today = instant_day((struct instant){ctx_now(ask->c)});
	struct period p = {day_add(today, -DESK_CLAIM_DAYS), today};
	struct json *due, *list;
	int rc = ask->fields[1].given ? period_parse(ask->c, ask->fields[1].text, &p) : 0;

	if (rc == 0)
		rc = view_claim_due(ask->c, ask->in, ask->who, p, &due);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, j, "period", period_str(ask->c, p));
	for (size_t i = 0; !ask->api && i < json_find(due, "orders")->n; i++) {
		struct json *o = json_find(due, "orders")->at[i];

		json_set_text(ask->c, o, "key", str_fmt(ask->c, "d%zu", i + 1));
		json_set_text(ask->c, o, "path",
		    str_fmt(ask->c, "/desk/case/%.*s/order/%lld", STR_ARG(json_text(o, "case")),
			(long long)json_find(o, "order")->num));
	}
	list = json_list(ask->c);
	for (size_t i = 0; i < json_find(due, "orders")->n; i++)
		json_add(ask->c, list, json_find(due, "orders")->at[i]);
	json_set(ask->c, j, "due", list);
	return 0;
}

int desk_claims(struct route_ask *ask, struct json **ret)
{
	struct claim_page page = {.state = STR("open"), .after = ask->fields[2].text};
	int rc;

	if (ask->fields[0].given)
		page.state = ask->fields[0].text;
	rc = view_claims(ask->c, ask->in, ask->who, &page, ret);
	if (rc == 0)
		rc = add_due(ask, *ret);
	if (rc == 0 && !ask->api)
		json_set_bool(ask->c, *ret, "may", right_has(ask->who, RIGHT_CLAIM_MAKE));
	return rc;
}

static int get(struct route_ask *ask, struct claim *ret)
{
	return claim_get(ask->c, ask->in, ask->who, ask->parts[0], ret);
}

int desk_claim(struct route_ask *ask, struct json **ret)
{
	struct claim k;
	int rc = get(ask, &k);

	if (rc == 0)
		rc = view_claim(ask->c, ask->in, &k, ret);
	if (rc != 0 || ask->api)
		return rc;
	json_set_bool(ask->c, *ret, "may", right_has(ask->who, RIGHT_CLAIM_LINE));
	json_set_text(ask->c, *ret, "path", str_fmt(ask->c, "/desk/claim/%.*s", STR_ARG(k.ref)));
	json_set_text(ask->c, *ret, "key", STR("k"));
	for (size_t i = 0; i < json_find(*ret, "lines")->n; i++)
		json_set_text(
		    ask->c, json_find(*ret, "lines")->at[i], "key", str_fmt(ask->c, "l%zu", i + 1));
	return 0;
}

/* ---- acting ---- */

int desk_claim_make(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct claim_start start = {.fees = f[0].text,
	    .reason = f[1].text,
	    .end = f[2].given ? (struct day){(int32_t)f[2].num} : DAY_NONE,
	    .central = f[3].num != 0};
	struct claim k;
	int64_t n = 0; /* 0: the case's only one, for who does not read cases */
	int rc = str_i64(ask->parts[1], &n)
		     ? 0
		     : err_set(ask->c, ERR_NOTFOUND, "no order has this number");

	if (rc == 0)
		rc = claim_make(ask->c, ask->in, ask->who, ask->parts[0], n, &start, &k);
	if (rc != 0)
		return rc;
	ask->go_on = str_fmt(ask->c, "/desk/claim/%.*s?done=claim_make", STR_ARG(k.ref));
	return view_claim(ask->c, ask->in, &k, ret);
}

static int amount_of(struct route_ask *ask, const struct claim *k, struct str text, int64_t *ret)
{
	struct money m;
	int rc = money_parse(ask->c, str_fmt(ask->c, "%.*s %s", STR_ARG(text), k->currency), &m);

	if (rc == 0)
		*ret = m.minor;
	return rc;
}

int desk_claim_line(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct claim_change ch = {.number = f[0].num,
	    .fee = f[1].text,
	    .quantity = f[2].given ? f[2].num : -1,
	    .rate = -1,
	    .strike = f[4].num != 0,
	    .reason = f[5].text};
	struct claim k;
	int rc = get(ask, &k);

	if (rc == 0 && f[3].given)
		rc = amount_of(ask, &k, f[3].text, &ch.rate);
	if (rc == 0)
		rc = claim_line_set(ask->c, ask->in, ask->who, &k, &ch);
	return rc == 0 ? done(ask, ret) : rc;
}

static int with_amount(struct route_ask *ask,
    int (*fn)(struct ctx *c, struct instance *in, const struct person *actor, const struct claim *k,
	int64_t minor),
    struct json **ret)
{
	struct claim k;
	int64_t minor = 0;
	int rc = get(ask, &k);

	if (rc == 0)
		rc = amount_of(ask, &k, ask->fields[0].text, &minor);
	if (rc == 0)
		rc = fn(ask->c, ask->in, ask->who, &k, minor);
	return rc == 0 ? done(ask, ret) : rc;
}

int desk_claim_cost(struct route_ask *ask, struct json **ret)
{
	return with_amount(ask, claim_cost, ret);
}

int desk_claim_pay(struct route_ask *ask, struct json **ret)
{
	return with_amount(ask, claim_pay, ret);
}

int desk_claim_to(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct claim_buyer b = {f[0].text, f[1].text, f[2].text, f[3].text, f[4].text, f[5].text,
	    f[6].given ? f[6].text : STR("")};
	struct claim k;
	int rc = get(ask, &k);

	if (rc == 0)
		rc = claim_buyer_set(ask->c, ask->in, ask->who, &k, &b);
	return rc == 0 ? done(ask, ret) : rc;
}

int desk_claim_send(struct route_ask *ask, struct json **ret)
{
	struct claim k;
	int rc = get(ask, &k);

	if (rc == 0)
		rc = claim_send(ask->c, ask->in, ask->who, &k, ask->fields[0].text);
	return rc == 0 ? done(ask, ret) : rc;
}

int desk_claim_end(struct route_ask *ask, struct json **ret)
{
	struct claim k;
	int rc = get(ask, &k);

	if (rc == 0)
		rc = claim_end(
		    ask->c, ask->in, ask->who, &k, ask->fields[0].text, ask->fields[1].text);
	return rc == 0 ? done(ask, ret) : rc;
}

int desk_claim_bar(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0)
		rc = claim_bar_set(ask->c, ask->in, ask->who, &m, ask->fields[0].text);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}

/* ---- papers, totals ---- */

int desk_claim_paper(struct route_ask *ask, struct json **ret)
{
	struct str paper = ask->fields[0].text, language = ask->fields[1].text, ref;
	struct json *what = json_map(ask->c);
	struct claim k;
	int rc = get(ask, &k);

	if (rc == 0 && !str_has_word(STR("letter invoice"), paper))
		rc = err_set(ask->c, ERR_INVALID, "a claim has a letter and an invoice");
	if (rc == 0 && language.n > 0 && !str_has_word(STR("en de"), language))
		rc = err_set(ask->c, ERR_INVALID, "the letter is in en or de");
	if (rc == 0)
		rc = claim_ready(ask->c, ask->in, &k);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, what, "claim", k.ref);
	json_set_text(ask->c, what, "paper", paper);
	json_set_text(ask->c, what, "language", language);
	json_set_text(ask->c, what, "lang", ask->lang == ANSWER_DE ? STR("de") : STR("en"));
	rc = job_put(ask->c, ask->in, ask->who, "claim_paper", what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}

int desk_claim_totals(struct route_ask *ask, struct json **ret)
{
	struct day as_of = ask->fields[1].given ? (struct day){(int32_t)ask->fields[1].num}
						: instant_day((struct instant){ctx_now(ask->c)});
	struct period p;
	int rc = period_parse(ask->c, ask->fields[0].text, &p);

	return rc == 0 ? view_claim_totals(ask->c, ask->in, ask->who, p, as_of, ret) : rc;
}
