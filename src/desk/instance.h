/*
 * An opened instance: a directory with writ.yaml, the database, the blob store and the keys.
 *
 * writ.yaml (strict YAML):
 *   provider: Example Mail            public name of the provider
 *   zone: Europe/Berlin               civil days are counted in this zone
 *   database: sqlite:data/writ.db     relative to the directory of writ.yaml; or postgresql://...
 *   blobs: blob
 *   keys: keys                        instance.key, log.key, receipt.key, signer.state
 *   journal: journal/writ.journal     optional: the side journal (store/journal.h), on another disk
 *   origin: example.net/writ          name of the log; never changes
 *   bands: US-1874-A2                 structure for national-security figures (law/bands.yaml)
 *   law: DIR                          optional: packs of your own, added or in place of ours
 *   map: services.yaml                optional: the data map (data_map.h)
 *   second_person_targets: 10         above this number of targets a second person is due
 *   collect_keep: 30                  optional: days that collected files lie at most
 *   notice_wait: 7                    optional: where nothing bars it, users are told first, and
 *                                     nothing is produced before so many days are over (notice.h)
 *   delivery:                         optional: files in the portal (laid.h): pin, days, tries
 *   retention:                        optional, dated: how long details stay (retention.h)
 *   dsa:                              optional: what the EU's template needs to know (dsa_conf.h)
 *   costs:                            optional: what is claimed of whom (claim_conf.h)
 *   listen: 127.0.0.1:8780            optional, and what else `writ serve` asks for: site, user,
 *                                     metrics_token, spool, proxy, limit_requests,
 *                                     limit_connections, tls_certificate, tls_key, tls_clients
 *   url: https://desk.example.net     optional: what browsers call this house's server by; passkeys
 *                                     are made for its host, and answers from elsewhere refused
 *   session_idle: 30                  optional: minutes without a request that end a session
 *   session_end: 10                   optional: hours after which it ends in any case
 *   smtp: smtps://mail.example:465    optional, with others: machines that are reached (net_conf.h)
 *   oidc_issuer: https://login.x.net  optional, with others: who else lets staff in (oidc_conf.h)
 *   letterhead:                       optional, with letter_paper: of letters (letter_conf.h)
 *   profile:                          dated; the newest not after the day of receipt counts
 *     - from: 2010-01-01
 *       establishments: US DE
 *       eu_designated: yes
 *       eu_seat: DE
 *       languages: en de
 *       services:
 *         - id: mail
 *           class: tk_small           tk_large | tk_small | digital
 *           en: Mail
 *           de: Mail
 */
#ifndef WRIT_INSTANCE_H
#define WRIT_INSTANCE_H

#include "desk/claim_conf.h"
#include "desk/dsa_conf.h"
#include "desk/letter_conf.h"
#include "desk/net_conf.h"
#include "desk/oidc_conf.h"
#include "desk/retention.h"
#include "law/fee.h"
#include "store/step.h"

struct service {
	struct str id, class, en, de;
};

struct profile {
	struct day from;
	struct str establishments, eu_seat, languages;
	bool eu_designated;
	struct service *services;
	size_t n_services;
};

/* How what was produced is fetched in the portal (desk/laid.h). */
struct instance_delivery {
	struct str pin; /* told | mail | none */
	int64_t days, tries;
};

enum { DELIVERY_DAYS = 30, DELIVERY_DAYS_MAX = 90, DELIVERY_TRIES = 5, DELIVERY_TRIES_MAX = 10 };

enum { SERVE_REQUESTS = 50, SERVE_CONNECTIONS = 200, SERVE_LIMIT_MAX = 60000 };

/* For `writ serve`; each text "" when it is not given. */
struct instance_serve {
	struct str listen, user;        /* address with port; whom to become when root starts it */
	struct str site, metrics_token; /* paths */
	struct str url;                 /* scheme, host, and a port that is not the scheme's own */
	struct str host;                /* of url */
	int64_t session_idle, session_end; /* seconds */
	struct str spool;                  /* path; "spool" when it is not given */
	struct str proxy; /* address of a server in front, which says who asks; a number */
	struct str tls_certificate, tls_key, tls_clients; /* paths; the first two both or none */
	/* Of one address: requests a second, open connections; 0: no limit. Where they are not
	 * given they are as above, and for this machine's own addresses there is none. */
	int64_t limit_requests, limit_connections;
	bool limits_given;
};

struct instance {
	struct str dir;
	struct str provider, zone, database, blobs, keys, journal, origin, bands;
	struct str map;     /* "map": file of the data map, "" without */
	struct str own_law; /* "law": folder with packs of one's own, "" without */
	int second_person_targets;
	int notice_wait;  /* days; -1: not given */
	int collect_keep; /* days that collected files lie at most after they came */
	struct instance_delivery delivery;
	struct profile *profiles; /* oldest first */
	size_t n_profiles;
	struct retentions retention;
	struct instance_serve serve;
	struct net_conf net;
	struct oidc_conf oidc;
	struct letter_conf letter;
	struct dsa_conf dsa; /* of the EU's template for transparency reports */
	struct claim_conf costs;
	struct store store; /* db and vault; NULL members until opened with rows */
	const struct law *law;
	const struct fee_law *fees; /* of law, and the house's own prices behind them */
	const struct channel_law *channels;
	int64_t epoch; /* of the log (store/epoch.h) */
	bool
	    demo; /* made under a fixed clock: the only instances that take the day from WRIT_NOW */
};

struct instance_new {
	struct str provider, origin, zone;
	struct str database; /* "" for sqlite:data/writ.db */
	struct str owner;    /* who makes and owns PostgreSQL's tables, if it is not the program */
};

/* instance_create(c, dir, n): makes directory, writ.yaml, database and the instance key; the log's
 * keys are made by sign_create. ERR_CONFLICT when writ.yaml exists. Under a fixed clock (demos,
 * tests) the instance is marked as a demo for ever. */
int instance_create(struct ctx *c, struct str dir, const struct instance_new *n) MUST_CHECK;
/* instance_database(c, in): the address for db_open; a path of SQLite's made absolute. */
struct str instance_database(struct ctx *c, const struct instance *in);
/* instance_url(c, in, url): the same for another address. */
struct str instance_url(struct ctx *c, const struct instance *in, struct str url);
/* instance_read(c, dir, ret): writ.yaml alone; nothing is opened. */
int instance_read(struct ctx *c, struct str dir, struct instance **ret) MUST_CHECK;
/* instance_open(c, dir, role, ret): reads writ.yaml, sets the zone, opens database, vault, law.
 * ERR_DENIED when the clock is fixed and the instance is no demo: whoever sets the day would step
 * over every deadline. */
int instance_open(struct ctx *c, struct str dir, unsigned role, struct instance **ret) MUST_CHECK;
void instance_close(struct instance **in);
/* instance_keys(c, in): the folder with the keys of the log's epoch; the instance key lies in
 * in->keys. */
const char *instance_keys(struct ctx *c, const struct instance *in);
/* instance_profile(in, day): the profile in force that day, NULL before the first. */
const struct profile *instance_profile(const struct instance *in, struct day day);
const struct service *instance_service(const struct profile *p, struct str id);
/* instance_path(c, in, rel): a path below the instance's directory; absolute paths stay. */
struct str instance_path(struct ctx *c, const struct instance *in, struct str rel);

#endif
