#include "desk/instance_conf.h"

#include "base/mem.h"
#include "kind/land.h"
#include "kind/yaml.h"

static const char conf_keys[] =
    "provider zone database blobs keys journal origin bands law second_person_targets profile "
    "retention dsa listen site user metrics_token url session_idle session_end spool proxy "
    "limit_requests limit_connections tls_certificate tls_key tls_clients smtp smtp_user "
    "smtp_password notice_wait collect_keep "
    "mail_from net_ca webhook_ports tsa_url tsa_ca time_stamp costs oidc_issuer oidc_client "
    "oidc_secret oidc_name letterhead letter_paper map delivery mail_file_most";

/* A text that may be left out; a list in its place would otherwise be passed over in silence. */
static int read_text(struct ctx *c, const struct yaml *map, const char *key, struct str *ret)
{
	const struct yaml *node = yaml_find(map, key);

	if (node != NULL && node->kind != YAML_SCALAR)
		return yaml_err(c, node, "%s: a text is expected", key);
	*ret = yaml_text(map, key);
	return 0;
}

static int read_service(struct ctx *c, const struct yaml *node, struct service *ret)
{
	int rc = yaml_keys_check(c, node, "id class en de");

	if (rc == 0)
		rc = yaml_get_text(c, node, "id", &ret->id);
	if (rc == 0)
		rc = yaml_get_text(c, node, "class", &ret->class);
	if (rc != 0)
		return rc;
	if (ret->id.n == 0)
		return yaml_err(c, node, "id: is empty");
	if (!str_has_word(STR("tk_small tk_large digital"), ret->class))
		return yaml_err(c, node, "class: want tk_small, tk_large or digital");
	rc = read_text(c, node, "en", &ret->en);
	return rc == 0 ? read_text(c, node, "de", &ret->de) : rc;
}

static int read_countries(struct ctx *c, const struct yaml *node, const char *key, struct str words)
{
	struct str w;

	while (str_word(&words, &w))
		if (!land_known(w))
			return yaml_err(c, node,
			    "%s: want codes of countries (ISO 3166-1), such as DE US", key);
	return 0;
}

static int read_yes(struct ctx *c, const struct yaml *node, const char *key, bool *ret)
{
	struct str v;
	int rc = read_text(c, node, key, &v);

	if (rc == 0 && v.n > 0 && !str_is(v, "yes") && !str_is(v, "no"))
		rc = yaml_err(c, node, "%s: want yes or no", key);
	if (rc == 0)
		*ret = str_is(v, "yes");
	return rc;
}

static int read_europe(struct ctx *c, const struct yaml *node, struct profile *ret)
{
	int rc = read_yes(c, node, "eu_designated", &ret->eu_designated);

	if (rc == 0)
		rc = read_text(c, node, "eu_seat", &ret->eu_seat);
	if (rc == 0 && ret->eu_seat.n > 0 && !land_eu(ret->eu_seat))
		rc = yaml_err(
		    c, node, "eu_seat: want the code of a Member State of the European Union");
	if (rc == 0 && ret->eu_designated && ret->eu_seat.n == 0)
		rc = yaml_err(c, node, "eu_designated: a designated establishment has an eu_seat");
	return rc;
}

static int read_profile(struct ctx *c, const struct yaml *node, struct profile *ret)
{
	const struct yaml *services = yaml_find(node, "services");
	struct str from;
	int rc = yaml_keys_check(
	    c, node, "from establishments eu_designated eu_seat languages services");

	if (rc == 0)
		rc = yaml_get_text(c, node, "from", &from);
	if (rc == 0 && day_parse(c, from, &ret->from) != 0)
		return err_while(
		    c, ERR_INVALID, "%s:%d:%d: from", node->file, node->line, node->col);
	if (rc == 0)
		rc = yaml_get_text(c, node, "establishments", &ret->establishments);
	if (rc == 0)
		rc = read_countries(c, node, "establishments", ret->establishments);
	if (rc == 0)
		rc = read_europe(c, node, ret);
	if (rc == 0)
		rc = read_text(c, node, "languages", &ret->languages);
	if (rc != 0)
		return rc;
	if (services == NULL || services->kind != YAML_LIST || services->n == 0)
		return yaml_err(c, node, "services: at least one is needed");
	ret->n_services = services->n;
	ret->services = mem_array(c, services->n, sizeof *ret->services);
	for (size_t i = 0; i < services->n && rc == 0; i++)
		rc = read_service(c, services->at[i], &ret->services[i]);
	return rc;
}

static int read_profiles(struct ctx *c, const struct yaml *root, struct instance *in)
{
	const struct yaml *list = yaml_find(root, "profile");
	int rc = 0;

	if (list == NULL || list->kind != YAML_LIST || list->n == 0)
		return yaml_err(c, root, "profile: at least one dated entry is needed");
	in->n_profiles = list->n;
	in->profiles = mem_array(c, list->n, sizeof *in->profiles);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_profile(c, list->at[i], &in->profiles[i]);
		if (rc == 0 && i > 0 &&
		    day_cmp(in->profiles[i - 1].from, in->profiles[i].from) >= 0)
			rc = yaml_err(c, list->at[i], "profile: entries go from old to new");
	}
	return rc;
}

static bool is_host(struct str s)
{
	bool letter = false, begins = true;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool alpha = ch >= 'a' && ch <= 'z';

		if (!alpha && !(ch >= '0' && ch <= '9') && ((ch != '-' && ch != '.') || begins))
			return false;
		letter = letter || alpha;
		begins = ch == '.';
	}
	/* browsers make no passkeys for addresses of numbers */
	return letter && s.n <= 253 && !begins && s.p[s.n - 1] != '-';
}

/* What a browser says as the origin of our pages (RFC 6454), and the host in it. Without TLS only a
 * browser on this machine has passkeys. */
static int read_url(struct ctx *c, const struct yaml *root, struct instance_serve *ret)
{
	struct str url, rest, port = STR("");
	int64_t number = 0;
	bool tls;
	int rc = read_text(c, root, "url", &url);

	if (rc != 0 || url.n == 0)
		return rc;
	if (str_ends(url, "/"))
		url.n--;
	tls = str_starts(url, "https://");
	rest = tls ? (struct str){url.p + 8, url.n - 8} : url;
	if (!tls && str_starts(url, "http://"))
		rest = (struct str){url.p + 7, url.n - 7};
	if (str_cut(rest, ':', &ret->host, &port) &&
	    (!str_i64(port, &number) || number < 1 || number > 65535 || port.p[0] == '0'))
		return yaml_err(c, root, "url: the port is no port");
	if (!is_host(ret->host) || (!tls && !str_is(ret->host, "localhost")))
		return yaml_err(c, root,
		    "url: want https://HOST or https://HOST:PORT, the host in small letters and "
		    "not as "
		    "numbers; http://localhost:PORT for a try on this machine");
	ret->url = number == (tls ? 443 : 80) ? (struct str){url.p, url.n - port.n - 1} : url;
	return 0;
}

static int read_span(struct ctx *c, const struct yaml *root, const char *key, int64_t most,
    int64_t unit, int64_t usual, int64_t *ret)
{
	struct str text;
	int64_t n = usual;
	int rc = read_text(c, root, key, &text);

	if (rc == 0 && text.n > 0 && (!str_i64(text, &n) || n < 1 || n > most))
		rc = yaml_err(c, root, "%s: want a number from 1 to %lld", key, (long long)most);
	if (rc == 0)
		*ret = n * unit;
	return rc;
}

static int read_login(struct ctx *c, const struct yaml *root, struct instance_serve *ret)
{
	int rc = read_url(c, root, ret);

	if (rc == 0)
		rc = read_span(c, root, "session_idle", 240, 60, 30, &ret->session_idle);
	if (rc == 0)
		rc = read_span(c, root, "session_end", 24, 3600, 10, &ret->session_end);
	return rc;
}

static int read_limit(struct ctx *c, const struct yaml *root, const char *key, int64_t usual,
    struct instance_serve *s, int64_t *ret)
{
	struct str v;
	int rc = read_text(c, root, key, &v);

	*ret = usual;
	if (rc != 0 || v.n == 0)
		return rc;
	s->limits_given = true;
	if (!str_i64(v, ret) || *ret < 0 || *ret > SERVE_LIMIT_MAX)
		return yaml_err(c, yaml_find(root, key), "%s: want a number, 0 for no limit", key);
	return 0;
}

/* Who comes to it, and how. */
static int read_network(struct ctx *c, const struct yaml *root, struct instance_serve *ret)
{
	struct {
		const char *key;
		struct str *to;
	} texts[] = {{"spool", &ret->spool}, {"proxy", &ret->proxy},
	    {"tls_certificate", &ret->tls_certificate}, {"tls_key", &ret->tls_key},
	    {"tls_clients", &ret->tls_clients}};
	int rc = 0;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && rc == 0; i++)
		rc = read_text(c, root, texts[i].key, texts[i].to);
	if (rc == 0 && ((ret->tls_certificate.n > 0) != (ret->tls_key.n > 0) ||
			   (ret->tls_clients.n > 0 && ret->tls_key.n == 0)))
		rc = yaml_err(c, root, "tls_certificate and tls_key: both are needed, or none");
	if (rc == 0)
		rc = read_limit(
		    c, root, "limit_requests", SERVE_REQUESTS, ret, &ret->limit_requests);
	if (rc == 0)
		rc = read_limit(
		    c, root, "limit_connections", SERVE_CONNECTIONS, ret, &ret->limit_connections);
	if (rc == 0 && ret->spool.n == 0)
		ret->spool = STR("spool");
	return rc;
}

static int read_serve(struct ctx *c, const struct yaml *root, struct instance_serve *ret)
{
	int rc = read_text(c, root, "listen", &ret->listen);

	if (rc == 0)
		rc = read_text(c, root, "site", &ret->site);
	if (rc == 0)
		rc = read_text(c, root, "user", &ret->user);
	if (rc == 0)
		rc = read_text(c, root, "metrics_token", &ret->metrics_token);
	if (rc == 0)
		rc = read_login(c, root, ret);
	return rc == 0 ? read_network(c, root, ret) : rc;
}

/* No waiting time of the house: nothing is held, and the case page asks whether there is a notice.
 */
static int read_wait(struct ctx *c, const struct yaml *root, int *ret)
{
	struct str v;
	int64_t n = -1;
	int rc = read_text(c, root, "notice_wait", &v);

	if (rc == 0 && v.n > 0 && (!str_i64(v, &n) || n < 0 || n > 90))
		rc = yaml_err(c, yaml_find(root, "notice_wait"),
		    "notice_wait: want a number of days from 0 to 90");
	*ret = (int)n;
	return rc;
}

static int read_keep(struct ctx *c, const struct yaml *root, int *ret)
{
	struct str v;
	int64_t n = 30;
	int rc = read_text(c, root, "collect_keep", &v);

	if (rc == 0 && v.n > 0 && (!str_i64(v, &n) || n < 1 || n > 366))
		rc = yaml_err(c, yaml_find(root, "collect_keep"),
		    "collect_keep: want a number of days from 1 to 366");
	*ret = (int)n;
	return rc;
}

static int read_delivery(struct ctx *c, const struct yaml *root, struct instance_delivery *ret)
{
	const struct yaml *node = yaml_find(root, "delivery");
	int rc;

	*ret = (struct instance_delivery){STR("told"), DELIVERY_DAYS, DELIVERY_TRIES};
	if (node == NULL)
		return 0;
	rc = yaml_keys_check(c, node, "pin days tries");
	if (rc == 0)
		rc = read_text(c, node, "pin", &ret->pin);
	if (rc == 0 && ret->pin.n == 0)
		ret->pin = STR("told");
	if (rc == 0 && !str_has_word(STR("told mail none"), ret->pin))
		rc = yaml_err(c, node, "pin: want told, mail or none");
	if (rc == 0)
		rc = read_span(c, node, "days", DELIVERY_DAYS_MAX, 1, DELIVERY_DAYS, &ret->days);
	if (rc == 0)
		rc =
		    read_span(c, node, "tries", DELIVERY_TRIES_MAX, 1, DELIVERY_TRIES, &ret->tries);
	return rc;
}

int instance_conf_parse(struct ctx *c, const char *file, struct str text, struct instance *ret)
{
	struct instance in = *ret;
	struct {
		const char *key;
		struct str *to;
	} texts[] = {{"provider", &in.provider}, {"zone", &in.zone}, {"database", &in.database},
	    {"blobs", &in.blobs}, {"keys", &in.keys}, {"origin", &in.origin}, {"bands", &in.bands}};
	const struct yaml *root;
	struct str number;
	int64_t n = 10;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = yaml_keys_check(c, root, conf_keys);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && rc == 0; i++)
		rc = yaml_get_text(c, root, texts[i].key, texts[i].to);
	if (rc == 0)
		rc = read_text(c, root, "second_person_targets", &number);
	if (rc == 0)
		rc = read_text(c, root, "law", &in.own_law);
	if (rc == 0)
		rc = read_text(c, root, "map", &in.map);
	if (rc == 0)
		rc = read_text(c, root, "journal", &in.journal);
	if (rc == 0)
		rc = read_serve(c, root, &in.serve);
	if (rc == 0)
		rc = net_conf_read(c, root, &in.net);
	if (rc == 0)
		rc = oidc_conf_read(c, root, &in.oidc);
	if (rc == 0)
		rc = letter_conf_read(c, root, &in.letter);
	if (rc != 0)
		return rc;
	if (in.journal.n == 0)
		in.journal = STR("journal/writ.journal");
	if (number.n > 0 && (!str_i64(number, &n) || n < 1 || n > 1000000))
		return yaml_err(c, root, "second_person_targets: want a number from 1");
	in.second_person_targets = (int)n;
	rc = read_wait(c, root, &in.notice_wait);
	if (rc == 0)
		rc = read_keep(c, root, &in.collect_keep);
	if (rc == 0)
		rc = read_delivery(c, root, &in.delivery);
	if (rc != 0)
		return rc;
	rc = retention_read(c, root, &in.retention);
	if (rc == 0)
		rc = dsa_conf_read(c, root, &in.dsa);
	if (rc == 0)
		rc = claim_conf_read(c, root, &in.costs);
	if (rc == 0)
		rc = read_profiles(c, root, &in);
	if (rc == 0)
		*ret = in;
	return rc;
}
