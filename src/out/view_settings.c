#include "out/view_settings.h"

#include "desk/hook.h"
#include "desk/oidc.h"
#include "desk/outgoing.h"
#include "os/box.h"
#include "out/view_people.h"
#include "out/view_service.h"
#include "store/ledger.h"
#include "store/sign.h"

static void put_row(struct ctx *c, struct json *list, bool well, const char *what, struct str text)
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
		put_row(c, list, true, "ledger",
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
		put_row(c, list, due == 0, "mails",
		    str_fmt(c,
			err_word(c, ERR_TEXT("no server for mails in writ.yaml (smtp): %lld wait")),
			(long long)due));
	else
		put_row(c, list, failed == 0, "mails",
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
		put_row(c, list, false, "openid",
		    str_of(err_word(
			c, ERR_TEXT("the provider sends browsers to url, which is missing"))));
	else if (o.fault.n > 0)
		put_row(c, list, false, "openid",
		    str_fmt(c, err_word(c, ERR_TEXT("%.*s: not reached, or not understood: %.*s")),
			STR_ARG(in->oidc.issuer), STR_ARG(o.fault)));
	else if (instant_is_none(o.read))
		put_row(c, list, false, "openid",
		    str_fmt(c, err_word(c, ERR_TEXT("%.*s: not asked yet: writ serve does")),
			STR_ARG(in->oidc.issuer)));
	else
		put_row(c, list, o.known, "openid",
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
		put_row(c, list, red == 0, "services",
		    str_fmt(c,
			err_word(c, ERR_TEXT("%lld of %lld have no test that stands: writ service "
					     "list")),
			(long long)red, (long long)n));
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
		put_row(c, list, dead == 0, "webhooks",
		    str_fmt(c,
			err_word(c, ERR_TEXT("%lld messages were given up: writ webhook list")),
			(long long)dead));
	rc = row_openid(c, in, list);
	return rc == 0 ? row_services(c, in, list) : rc;
}

/* What this process sees of its own walls; the trial of each is `writ doctor`'s, which starts
 * processes. */
static void row_walls(struct ctx *c, const struct instance *in, struct json *list)
{
	int abi = box_landlock();

	put_row(c, list, abi >= 1, "landlock",
	    abi < 1 ? str_of(err_word(c, ERR_TEXT("none on this kernel")))
		    : str_fmt(c, err_word(c, ERR_TEXT("ABI %d")), abi));
	if (in->demo)
		put_row(c, list, false, "clock",
		    str_of(err_word(
			c, ERR_TEXT("a demo instance: it takes the day from WRIT_NOW. Never use it "
				    "for real demands"))));
}

/* ---- writ.yaml ---- */

static struct json *profile_json(struct ctx *c, const struct instance *in)
{
	const struct profile *p = instance_profile(in, instant_day((struct instant){ctx_now(c)}));
	struct json *j = json_map(c), *services = json_list(c);

	if (p == NULL)
		return j;
	json_set_text(c, j, "from", day_str(c, p->from));
	json_set_text(c, j, "establishments", p->establishments);
	json_set_text(c, j, "languages", p->languages);
	json_set_bool(c, j, "eu_designated", p->eu_designated);
	json_set_text(c, j, "eu_seat", p->eu_seat);
	for (size_t i = 0; i < p->n_services; i++) {
		struct json *s = json_map(c);

		json_set_text(c, s, "service", p->services[i].id);
		json_set_text(c, s, "class", p->services[i].class);
		json_set_text(c, s, "en", p->services[i].en);
		json_set_text(c, s, "de", p->services[i].de);
		json_add(c, services, s);
	}
	json_set(c, j, "services", services);
	return j;
}

static struct json *server_json(struct ctx *c, const struct instance *in)
{
	const struct instance_serve *s = &in->serve;
	struct json *j = json_map(c);

	json_set_text(c, j, "listen", s->listen);
	json_set_text(c, j, "url", s->url);
	json_set_text(c, j, "site", s->site);
	json_set_text(c, j, "proxy", s->proxy);
	json_set_bool(c, j, "tls", s->tls_key.n > 0);
	json_set_bool(c, j, "client_certificates", s->tls_clients.n > 0);
	json_set_int(c, j, "session_idle", s->session_idle / 60);
	json_set_int(c, j, "session_end", s->session_end / 3600);
	json_set_int(c, j, "limit_requests", s->limit_requests);
	json_set_int(c, j, "limit_connections", s->limit_connections);
	json_set_text(c, j, "smtp", in->net.smtp);
	json_set_text(c, j, "webhook_ports", in->net.webhook_ports);
	json_set_text(c, j, "oidc_issuer", in->oidc.issuer);
	return j;
}

/* Neither an account at a database server nor a password stands in it. */
static void set_house(struct ctx *c, const struct instance *in, struct json *j)
{
	json_set_text(c, j, "provider", in->provider);
	json_set_text(c, j, "zone", in->zone);
	json_set_text(c, j, "origin", in->origin);
	json_set_text(c, j, "database",
	    str_starts(in->database, "sqlite:") ? STR("sqlite") : STR("postgresql"));
	json_set_text(c, j, "bands", in->bands);
	json_set_bool(c, j, "own_law", in->own_law.n > 0);
	json_set_int(c, j, "second_person_targets", in->second_person_targets);
	json_set_bool(c, j, "retention", in->retention.n > 0);
	json_set(c, j, "profile", profile_json(c, in));
	json_set(c, j, "server", server_json(c, in));
}

/* ---- keys ---- */

/* Verifier keys are for everybody; where this process may not read their folder it says nothing. */
static void put_key(struct ctx *c, struct instance *in, const char *name, struct json *list)
{
	struct note_key key;
	struct json *j;
	struct hash h;

	if (sign_key(c, instance_keys(c, in), name, &key) != 0) {
		err_clear(c);
		return;
	}
	h = hash_of((struct str){(const char *)key.pk, sizeof key.pk});
	j = json_map(c);
	json_set_text(c, j, "key", str_of(name));
	json_set_text(c, j, "name", key.name);
	json_set_text(c, j, "id", str_fmt(c, "%08x", key.id));
	json_set_text(c, j, "fingerprint", hash_hex(c, h));
	json_add(c, list, j);
}

/* ---- webhooks ---- */

static int add_hook(struct ctx *c, const struct hook *h, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "webhook", h->ref);
	json_set_text(c, j, "url", h->url);
	json_set_text(c, j, "events", h->events);
	json_set_text(c, j, "made", instant_str(c, h->made));
	if (!instant_is_none(h->ended))
		json_set_text(c, j, "ended", instant_str(c, h->ended));
	json_set_int(c, j, "waiting", h->waiting);
	json_set_int(c, j, "given_up", h->dead);
	json_add(c, arg, j);
	return 0;
}

int view_webhooks(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	int rc = hook_each(c, in, actor, add_hook, list);

	if (rc == 0)
		*ret = list;
	return rc;
}

/* ---- the whole ---- */

int view_settings(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *j = json_map(c), *rows = json_list(c), *keys = json_list(c), *people, *hooks;
	int rc = right_needs(c, actor, RIGHT_SETTINGS_READ);

	if (rc == 0)
		rc = view_settings_rows(c, in, rows);
	if (rc == 0)
		rc = view_people(c, in, actor, &people);
	if (rc == 0)
		rc = view_webhooks(c, in, actor, &hooks);
	if (rc != 0)
		return rc;
	row_walls(c, in, rows);
	put_key(c, in, "log", keys);
	put_key(c, in, "receipt", keys);
	set_house(c, in, j);
	json_set_int(c, j, "epoch", in->epoch);
	json_set(c, j, "keys", keys);
	json_set(c, j, "rows", rows);
	json_set(c, j, "people", people);
	json_set(c, j, "webhooks", hooks);
	*ret = j;
	return 0;
}
