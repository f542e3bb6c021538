/*
 * What writ.yaml says of other machines: the one that takes mails, and the ports at which webhooks
 * may lie. Nothing else is reached (os/box.h).
 *
 *   smtp: smtps://mail.example:465     or smtp://..., which is encrypted after its first words
 *   smtp_user: desk@example.net        optional, with a file that has the password in one line
 *   smtp_password: keys/smtp
 *   mail_from: desk@example.net
 *   mail_file_most: 10000000           bytes of a sealed file that is mailed, at most; this without
 * it webhook_ports: 443                 without it there are no webhooks net_ca: ca.pem optional:
 * certificates are checked against these tsa_url: https://tsa.example/      optional: stamps the
 * manifests of productions (RFC 3161) tsa_ca: tsa.pem                    with tsa_url: the
 * certificates that its stamps lead to time_stamp: required               or optional: whether a
 * production waits for its stamp
 */
#ifndef WRIT_NET_CONF_H
#define WRIT_NET_CONF_H

#include "kind/yaml.h"

enum { NET_PORTS_MAX = 8, NET_DNS_PORT = 53, NET_ADDRESS_MAX = 254 };
enum { NET_FILE_USUAL = 10000000, NET_FILE_MAX = 20000000 };

struct net_conf {
	struct str smtp, smtp_user, smtp_password, mail_from, ca; /* "" when not given */
	int ports[NET_PORTS_MAX +
		  3];   /* all that may be connected to: smtp's, webhooks', names, the stamps' */
	size_t n_ports; /* 0: nothing is reached */
	struct str webhook_ports;
	int64_t mail_file_most;
	struct str tsa_url, tsa_ca;
	bool tsa_required;
};

/* net_conf_read(c, root, ret): ERR_INVALID "FILE:LINE:COL: ...". */
int net_conf_read(struct ctx *c, const struct yaml *root, struct net_conf *ret) MUST_CHECK;
/* net_conf_hook_port(conf, port): whether a webhook may lie there. */
bool net_conf_hook_port(const struct net_conf *conf, int port);
/* net_conf_address(s): an address that a mail may go to or come from: LOCAL@DOMAIN of plain
 * letters, digits and . _ - + =, at most NET_ADDRESS_MAX bytes. */
bool net_conf_address(struct str s);

#endif
