#include "out/view_settings.h"

#include "desk/hook.h"
#include "desk/service_token.h"
#include "os/box.h"
#include "out/view_people.h"
#include "store/sign.h"

/* What this process sees of its own walls; the trial of each is `writ doctor`'s, which starts
 * processes. */
static void row_walls(struct ctx *c, const struct instance *in, struct json *list)
{
	int abi = box_landlock();

	view_settings_row(c, list, abi >= 1, "landlock",
	    abi < 1 ? str_of(err_word(c, ERR_TEXT("none on this kernel")))
		    : str_fmt(c, err_word(c, ERR_TEXT("ABI %d")), abi));
	if (in->demo)
		view_settings_row(c, list, false, "clock",
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
	struct json *j = json_map(c), *rows = json_list(c), *keys = json_list(c), *people, *hooks,
		    *tokens;
	int rc = right_needs(c, actor, RIGHT_SETTINGS_READ);

	if (rc == 0)
		rc = view_settings_rows(c, in, rows);
	if (rc == 0)
		rc = view_people(c, in, actor, &people);
	if (rc == 0)
		rc = view_webhooks(c, in, actor, &hooks);
	if (rc == 0)
		rc = service_token_view(c, in, actor, &tokens);
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
	json_set(c, j, "service_tokens", tokens);
	*ret = j;
	return 0;
}
