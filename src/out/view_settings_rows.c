/* What the rows of the database tell of the house (declared in view_settings.h). */
#include "out/view_settings.h"

#include "desk/hook.h"
#include "desk/oidc.h"
#include "desk/outgoing.h"
#include "out/view_service.h"
#include "store/ledger.h"

enum { DELIVERY_LATE = 3600 }; /* the work process looks each minute */

void view_settings_row(
    struct ctx *c, struct json *list, bool well, const char *what, struct str text)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "what", str_of(what));
	json_set_bool(c, j, "well", well);
	json_set_text(c, j, "text", text);
	json_add(c, list, j);
}

/* ---- what the rows tell ---- */

static int row_ledger(struct ctx *c, struct instance *in, struct json *list)
{
	struct ledger_tree tree;
	int rc = ledger_tree(c, in->store.db, &tree);

	if (rc == 0)
		view_settings_row(c, list, true, "ledger",
		    instant_is_none(tree.at)
			? str_of(err_word(c, ERR_TEXT("no slot has closed yet")))
			: str_fmt(c, err_word(c, ERR_TEXT("last slot closed %s")),
			      instant_str(c, tree.at).p));
	return rc;
}

/* Numbers of letters tell nothing of a case. */
static void row_mails(
    struct ctx *c, const struct instance *in, struct json *list, int64_t due, int64_t failed)
{
	if (in->net.smtp.n == 0)
		view_settings_row(c, list, due == 0, "mails",
		    str_fmt(c,
			err_word(c, ERR_TEXT("no server for mails in writ.yaml (smtp): %lld wait")),
			(long long)due));
	else
		view_settings_row(c, list, failed == 0, "mails",
		    str_fmt(c, err_word(c, ERR_TEXT("%lld wait, %lld could not be sent")),
			(long long)due, (long long)failed));
}

/* Nothing is asked here: the process of `writ serve` that speaks to other machines does that. */
static int row_openid(struct ctx *c, struct instance *in, struct json *list)
{
	struct oidc_issuer o;
	int rc;

	if (in->oidc.issuer.n == 0)
		return 0;
	rc = oidc_issuer_get(c, in, &o);
	if (rc != 0)
		return rc;
	if (in->serve.url.n == 0)
		view_settings_row(c, list, false, "openid",
		    str_of(err_word(
			c, ERR_TEXT("the provider sends browsers to url, which is missing"))));
	else if (o.fault.n > 0)
		view_settings_row(c, list, false, "openid",
		    str_fmt(c, err_word(c, ERR_TEXT("%.*s: not reached, or not understood: %.*s")),
			STR_ARG(in->oidc.issuer), STR_ARG(o.fault)));
	else if (instant_is_none(o.read))
		view_settings_row(c, list, false, "openid",
		    str_fmt(c, err_word(c, ERR_TEXT("%.*s: not asked yet: writ serve does")),
			STR_ARG(in->oidc.issuer)));
	else
		view_settings_row(c, list, o.known, "openid",
		    str_fmt(c, err_word(c, ERR_TEXT("%.*s, its document read %s")),
			STR_ARG(in->oidc.issuer), instant_str(c, o.read).p));
	return 0;
}

/* P10: a service whose collection was not shown to work is told of before a demand asks for it. */
static int row_services(struct ctx *c, struct instance *in, struct json *list)
{
	int64_t n, red;
	int rc = view_services_count(c, in, &n, &red);

	if (rc == 0)
		view_settings_row(c, list, red == 0, "services",
		    str_fmt(c,
			err_word(c, ERR_TEXT("%lld of %lld have no test that stands: writ service "
					     "list")),
			(long long)red, (long long)n));
	return rc;
}

/* How what was produced is fetched; what is over for long was not swept. */
static int row_delivery(struct ctx *c, struct instance *in, struct json *list)
{
	const struct instance_delivery *d = &in->delivery;
	const struct db_val *n;
	const char *pin = str_is(d->pin, "told")   ? ERR_TEXT("a PIN, told by a person")
			  : str_is(d->pin, "mail") ? ERR_TEXT("a PIN, mailed")
						   : ERR_TEXT("no PIN");
	int64_t now = ctx_now(c);
	int rc = db_one(
	    c, in->store.db, SQL_LAID_COUNT, DB_ARGS(db_int(now), db_int(now - DELIVERY_LATE)), &n);

	if (rc == 0)
		view_settings_row(c, list,
		    n[1].num == 0 && (!str_is(d->pin, "mail") || in->net.smtp.n > 0), "delivery",
		    str_fmt(c,
			err_word(c, ERR_TEXT("%s; %lld days; %lld lie in the portal, %lld are over "
					     "and still there, %lld are locked")),
			err_word(c, pin), (long long)d->days, (long long)n[0].num,
			(long long)n[1].num, (long long)n[2].num));
	return rc;
}

int view_settings_rows(struct ctx *c, struct instance *in, struct json *list)
{
	int64_t due = 0, failed = 0, dead = 0;
	int rc = row_ledger(c, in, list);

	if (rc == 0)
		rc = outgoing_count(c, in, &due, &failed);
	if (rc == 0)
		rc = hook_dead(c, in, &dead);
	if (rc != 0)
		return rc;
	row_mails(c, in, list, due, failed);
	if (in->net.webhook_ports.n > 0 || dead > 0)
		view_settings_row(c, list, dead == 0, "webhooks",
		    str_fmt(c,
			err_word(c, ERR_TEXT("%lld messages were given up: writ webhook list")),
			(long long)dead));
	rc = row_openid(c, in, list);
	if (rc == 0)
		rc = row_delivery(c, in, list);
	return rc == 0 ? row_services(c, in, list) : rc;
}
