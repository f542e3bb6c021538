#include "desk/net_conf.h"

#include "kind/host.h"

static int read_text(struct ctx *c, const struct yaml *root, const char *key, struct str *ret)
{
	const struct yaml *node = yaml_find(root, key);

	if (node != NULL && node->kind != YAML_SCALAR)
		return yaml_err(c, node, "%s: a text is expected", key);
	*ret = yaml_text(root, key);
	return 0;
}

bool net_conf_address(struct str s)
{
	struct str local, domain;

	if (s.n > NET_ADDRESS_MAX || !str_cut(s, '@', &local, &domain) || local.n == 0 ||
	    local.n > 64 || domain.n == 0 || domain.p[0] == '.' || domain.p[0] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			     (ch >= '0' && ch <= '9') || ch == '.' || ch == '-';

		if (!plain && i != local.n && (i > local.n || !str_has(STR("_+="), ch)))
			return false;
	}
	return true;
}

static void port_add(struct net_conf *n, int port)
{
	for (size_t i = 0; i < n->n_ports; i++)
		if (n->ports[i] == port)
			return;
	n->ports[n->n_ports++] = port;
}

static int read_smtp(struct ctx *c, const struct yaml *root, struct net_conf *n)
{
	const struct yaml *at = yaml_find(root, "smtp");
	struct host h;

	if (at == NULL)
		return n->smtp_user.n + n->smtp_password.n > 0
			   ? yaml_err(c, root, "smtp: is missing")
			   : 0;
	if (host_parse(c, n->smtp, "smtps smtp", &h) != 0 || h.path.n > 0) {
		err_clear(c);
		return yaml_err(c, at, "smtp: want smtps://HOST:PORT or smtp://HOST:PORT");
	}
	if (!net_conf_address(n->mail_from))
		return yaml_err(c, at, "mail_from: want the address that mails come from");
	if ((n->smtp_user.n > 0) != (n->smtp_password.n > 0))
		return yaml_err(c, at, "smtp_user and smtp_password go together");
	port_add(n, h.port);
	return 0;
}

static int read_file_most(struct ctx *c, const struct yaml *root, struct net_conf *n)
{
	const struct yaml *at = yaml_find(root, "mail_file_most");

	n->mail_file_most = NET_FILE_USUAL;
	if (at != NULL && (!str_i64(yaml_text(root, "mail_file_most"), &n->mail_file_most) ||
			      n->mail_file_most < 1 || n->mail_file_most > NET_FILE_MAX))
		return yaml_err(
		    c, at, "mail_file_most: want a number of bytes from 1 to %d", NET_FILE_MAX);
	return 0;
}

static int read_ports(struct ctx *c, const struct yaml *root, struct net_conf *n)
{
	struct str rest = n->webhook_ports, w;
	size_t count = 0;
	int64_t port;

	while (str_word(&rest, &w)) {
		if (!str_i64(w, &port) || port < 1 || port > 65535 || ++count > NET_PORTS_MAX)
			return yaml_err(c, yaml_find(root, "webhook_ports"),
			    "webhook_ports: want up to %d numbers of ports", NET_PORTS_MAX);
		port_add(n, (int)port);
	}
	return 0;
}

static int read_stamps(
    struct ctx *c, const struct yaml *root, struct str policy, struct net_conf *n)
{
	struct host h;

	if (policy.n > 0 && !str_has_word(STR("required optional"), policy))
		return yaml_err(
		    c, yaml_find(root, "time_stamp"), "time_stamp: want required or optional");
	n->tsa_required = str_is(policy, "required");
	if (n->tsa_url.n == 0)
		return policy.n > 0 || n->tsa_ca.n > 0 ? yaml_err(c, root, "tsa_url: is missing")
						       : 0;
	if (n->tsa_ca.n == 0)
		return yaml_err(c, root, "tsa_ca: is missing");
	if (host_parse(c, n->tsa_url, "https http", &h) != 0 ||
	    (str_is(h.scheme, "http") && !h.here)) {
		err_clear(c);
		return yaml_err(c, yaml_find(root, "tsa_url"),
		    "tsa_url: want https://HOST/PATH (http:// for 127.0.0.1 alone)");
	}
	port_add(n, h.port);
	return 0;
}

int net_conf_read(struct ctx *c, const struct yaml *root, struct net_conf *ret)
{
	struct net_conf n = {0};
	struct str policy = {"", 0};
	struct {
		const char *key;
		struct str *to;
	} texts[] = {{"smtp", &n.smtp}, {"smtp_user", &n.smtp_user},
	    {"smtp_password", &n.smtp_password}, {"mail_from", &n.mail_from}, {"net_ca", &n.ca},
	    {"webhook_ports", &n.webhook_ports}, {"tsa_url", &n.tsa_url}, {"tsa_ca", &n.tsa_ca},
	    {"time_stamp", &policy}};
	int rc = 0;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && rc == 0; i++)
		rc = read_text(c, root, texts[i].key, texts[i].to);
	if (rc == 0)
		rc = read_smtp(c, root, &n);
	if (rc == 0)
		rc = read_file_most(c, root, &n);
	if (rc == 0)
		rc = read_ports(c, root, &n);
	if (rc == 0)
		rc = read_stamps(c, root, policy, &n);
	if (rc != 0)
		return rc;
	if (n.n_ports > 0) /* a long answer of the name service comes by TCP */
		port_add(&n, NET_DNS_PORT);
	*ret = n;
	return 0;
}

bool net_conf_hook_port(const struct net_conf *conf, int port)
{
	struct str rest = conf->webhook_ports, w;
	int64_t n;

	while (str_word(&rest, &w))
		if (str_i64(w, &n) && n == port)
			return true;
	return false;
}
