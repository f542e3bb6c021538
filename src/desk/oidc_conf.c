#include "desk/oidc_conf.h"

#include "kind/host.h"

static int read_text(struct ctx *c, const struct yaml *root, const char *key, struct str *ret)
{
	const struct yaml *node = yaml_find(root, key);

	if (node != NULL && node->kind != YAML_SCALAR)
		return yaml_err(c, node, "%s: a text is expected", key);
	*ret = yaml_text(root, key);
	return 0;
}

static bool plain(struct str s, size_t most)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return s.n > 0 && s.n <= most;
}

/* A query or fragment has no place in an issuer (OpenID Connect Discovery 1.0, 3). */
static int issuer_read(struct ctx *c, const struct yaml *root, struct oidc_conf *o)
{
	const struct yaml *at = yaml_find(root, "oidc_issuer");
	struct host h;

	if (host_parse(c, o->issuer, "https http", &h) != 0 || str_has(o->issuer, '?')) {
		err_clear(c);
		return yaml_err(c, at, "oidc_issuer: want https://HOST, as the provider says it");
	}
	if (str_is(h.scheme, "http") && !h.here)
		return yaml_err(c, at, "oidc_issuer: http:// is for this machine alone");
	if (o->name.n == 0)
		o->name = h.name;
	o->port = h.port;
	return 0;
}

int oidc_conf_read(struct ctx *c, const struct yaml *root, struct oidc_conf *ret)
{
	struct oidc_conf o = {0};
	int rc = read_text(c, root, "oidc_issuer", &o.issuer);

	if (rc == 0)
		rc = read_text(c, root, "oidc_client", &o.client);
	if (rc == 0)
		rc = read_text(c, root, "oidc_secret", &o.secret);
	if (rc == 0)
		rc = read_text(c, root, "oidc_name", &o.name);
	if (rc != 0)
		return rc;
	if (o.issuer.n == 0 && o.client.n + o.secret.n + o.name.n > 0)
		return yaml_err(c, root, "oidc_issuer: is missing");
	if (o.issuer.n == 0) {
		*ret = o;
		return 0;
	}
	if (!plain(o.client, OIDC_CLIENT_MAX))
		return yaml_err(c, root, "oidc_client: want what the provider calls us");
	if (o.secret.n == 0)
		return yaml_err(c, root, "oidc_secret: want the file with the client's secret");
	if (o.name.n > OIDC_NAME_MAX)
		return yaml_err(c, root, "oidc_name: at most %d bytes", OIDC_NAME_MAX);
	rc = issuer_read(c, root, &o);
	if (rc == 0)
		*ret = o;
	return rc;
}
