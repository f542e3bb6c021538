#include "desk/instance.h"

#include "base/mem.h"
#include "desk/due.h"
#include "desk/instance_conf.h"
#include "desk/shelf.h"
#include "os/file.h"
#include "store/epoch.h"
#include "store/vault.h"

enum { CONF_MAX = 1 << 20 };

static const char template_yaml[] =
    "# Writ's configuration. Every line is explained in writ.yaml(5).\n"
    "provider: %s\n"
    "zone: %s\n"
    "origin: %s\n"
    "database: %s\n"
    "blobs: blob\n"
    "keys: keys\n"
    "# What senders were told we have, and what was erased: put it on another disk than the rest.\n"
    "journal: journal/writ.journal\n"
    "# How national-security figures are published (law/bands.yaml); one structure for each "
    "period.\n"
    "bands: US-1874-A2\n"
    "# Above this number of targets a second person is due.\n"
    "second_person_targets: 10\n"
    "# Where the provider is established, and what it offers. A rule pack applies only where "
    "authority\n"
    "# and establishment meet. Add a dated entry when something changes; keep the old ones.\n"
    "# What stands here is an example: every demand is judged by it, so make it true first.\n"
    "profile:\n"
    "  - from: 2000-01-01\n"
    "    establishments: DE\n"
    "    eu_designated: yes\n"
    "    eu_seat: DE\n"
    "    languages: de en\n"
    "    services:\n"
    "      - id: mail\n"
    "        class: tk_small\n"
    "        en: Mail\n"
    "        de: Mail\n";

struct str instance_path(struct ctx *c, const struct instance *in, struct str rel)
{
	if (str_starts(rel, "/"))
		return str_make(c, rel);
	return str_fmt(c, "%.*s/%.*s", STR_ARG(in->dir), STR_ARG(rel));
}

static int read_conf(struct ctx *c, struct instance *in)
{
	struct str path = str_fmt(c, "%.*s/writ.yaml", STR_ARG(in->dir)), text;
	int rc = file_read(c, path.p, CONF_MAX, &text);

	if (rc == ERR_NOTFOUND)
		return err_while(c, rc, "no instance here (make one with `writ init`)");
	return rc == 0 ? instance_conf_parse(c, path.p, text, in) : rc;
}

const char *instance_keys(struct ctx *c, const struct instance *in)
{
	return epoch_keys(c, instance_path(c, in, in->keys).p, in->epoch);
}

/* ---- opening ---- */

struct str instance_url(struct ctx *c, const struct instance *in, struct str url)
{
	if (!str_starts(url, "sqlite:"))
		return url;
	return str_fmt(c, "sqlite:%s", instance_path(c, in, (struct str){url.p + 7, url.n - 7}).p);
}

struct str instance_database(struct ctx *c, const struct instance *in)
{
	return instance_url(c, in, in->database);
}

int instance_read(struct ctx *c, struct str dir, struct instance **ret)
{
	struct instance *in = mem_alloc(c, sizeof *in);
	int rc;

	in->dir = str_make(c, dir);
	rc = read_conf(c, in);
	if (rc == 0)
		*ret = in;
	return rc;
}

static int check_state(struct ctx *c, struct instance *in)
{
	const struct db_val *row;
	struct epoch epoch;
	int rc = db_find(c, in->store.db, SQL_META_GET, DB_ARGS(db_text(STR("demo"))), &row);

	if (rc == 0)
		rc = epoch_last(c, in->store.db, &epoch);
	if (rc != 0)
		return rc;
	in->epoch = epoch.number;
	in->demo = row != NULL;
	if (c->fixed_now >= 0 && !in->demo)
		return err_set(c, ERR_DENIED,
		    "the clock is set by hand (WRIT_NOW), and this instance is no demo");
	return 0;
}

static int mark_demo(struct ctx *c, struct str url)
{
	struct db *db;
	int rc;

	if (c->fixed_now < 0)
		return 0;
	rc = db_open(c, url, SQL_ROLE_CLI, &db);
	if (rc != 0)
		return rc;
	rc = db_run(c, db, SQL_META_PUT, DB_ARGS(db_text(STR("demo")), db_text(STR("yes"))), NULL);
	db_close(&db);
	return rc;
}

int instance_open(struct ctx *c, struct str dir, unsigned role, struct instance **ret)
{
	struct instance *in = mem_alloc(c, sizeof *in);
	struct str url, key;
	struct shelf shelf;
	int rc;

	in->dir = str_make(c, dir);
	rc = read_conf(c, in);
	if (rc == 0) {
		rc = day_zone(c, str_z(c, in->zone));
		if (rc != 0)
			rc = err_while(c, rc, "%s/writ.yaml: zone", in->dir.p);
	}
	if (rc == 0)
		rc = shelf_load(c,
		    in->own_law.n > 0 ? instance_path(c, in, in->own_law) : in->own_law, NULL, 0,
		    &shelf);
	if (rc == 0)
		rc = shelf_fees(c, &shelf,
		    in->costs.prices.n > 0 ? instance_path(c, in, in->costs.prices)
					   : in->costs.prices,
		    &in->fees);
	if (rc == 0)
		rc = shelf_channels(c, &shelf, &in->channels);
	if (rc != 0)
		return rc;
	url = instance_database(c, in);
	key = str_fmt(c, "%s/instance.key", instance_path(c, in, in->keys).p);
	rc = vault_open(c, key.p, &in->store.vault);
	if (rc == 0)
		rc = db_open(c, url, role, &in->store.db);
	if (rc != 0) {
		vault_close(&in->store.vault);
		return rc;
	}
	in->law = shelf.law;
	in->store.after = due_after;
	in->store.after_arg = in;
	rc = check_state(c, in);
	if (rc != 0) {
		instance_close(&in);
		return rc;
	}
	*ret = in;
	return 0;
}

void instance_close(struct instance **in)
{
	if (*in == NULL)
		return;
	db_close(&(*in)->store.db);
	vault_close(&(*in)->store.vault);
	*in = NULL; /* the rest lives in the context's arena */
}

static int check_new(struct ctx *c, const struct instance_new *n)
{
	if (str_has(n->provider, '\n') || str_has(n->origin, '\n') || str_has(n->zone, '\n') ||
	    n->provider.n == 0 || n->origin.n == 0 || str_has(n->origin, ' ') ||
	    str_has(n->origin, '+'))
		return err_set(c, ERR_INVALID,
		    "provider, origin and zone are single lines; an origin has no "
		    "blank and no '+'");
	if (str_has(n->database, '\n') || str_has(n->database, ' ') ||
	    (n->owner.n > 0 && !str_starts(n->database, "postgresql:")))
		return err_set(c, ERR_INVALID,
		    "a database is sqlite:PATH or postgresql://... without a blank; only the "
		    "latter "
		    "has an owner");
	return day_zone(c, str_z(c, n->zone));
}

/* The tables belong to the owner, and the program's user gets what its statements need. */
static int create_database(struct ctx *c, struct instance *in, struct str owner)
{
	struct str url = instance_database(c, in);
	int rc = db_create(c, owner.n > 0 ? owner : url);

	if (rc == 0 && owner.n > 0)
		rc = db_grant(c, owner, url);
	return rc == 0 ? mark_demo(c, url) : rc;
}

int instance_create(struct ctx *c, struct str dir, const struct instance_new *n)
{
	struct str base = str_make(c, dir), conf = str_fmt(c, "%s/writ.yaml", base.p), text;
	struct instance in = {
	    .dir = base, .database = n->database.n > 0 ? n->database : STR("sqlite:data/writ.db")};
	int rc;

	if (file_exists(conf.p))
		return err_set(c, ERR_CONFLICT, "%s: there is an instance already", conf.p);
	rc = check_new(c, n);
	if (rc == 0)
		rc = file_mkdirs(c, str_fmt(c, "%s/data", base.p).p, 0700);
	if (rc == 0)
		rc = file_mkdirs(c, str_fmt(c, "%s/blob", base.p).p, 0700);
	if (rc == 0)
		rc = file_mkdirs(c, str_fmt(c, "%s/keys", base.p).p, 0700);
	if (rc == 0)
		rc = vault_create(c, str_fmt(c, "%s/keys/instance.key", base.p).p);
	if (rc == 0)
		rc = create_database(c, &in, n->owner);
	if (rc != 0)
		return rc;
	text = str_fmt(c, template_yaml, str_z(c, n->provider), str_z(c, n->zone),
	    str_z(c, n->origin), str_z(c, in.database));
	return file_write_atomic(c, conf.p, 0600, text);
}

const struct profile *instance_profile(const struct instance *in, struct day day)
{
	const struct profile *found = NULL;

	for (size_t i = 0; i < in->n_profiles; i++)
		if (day_cmp(in->profiles[i].from, day) <= 0)
			found = &in->profiles[i];
	return found;
}

const struct service *instance_service(const struct profile *p, struct str id)
{
	for (size_t i = 0; p != NULL && i < p->n_services; i++)
		if (str_eq(p->services[i].id, id))
			return &p->services[i];
	return NULL;
}
