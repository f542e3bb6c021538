#include "web/reach.h"

#include "base/mem.h"
#include "kind/json.h"
#include "os/spawn.h"
#include "store/db.h"

enum { OWN_MAX = 22 + DB_FILES_MAX };

static struct str folder_of(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] != '/')
		path.n--;
	return path;
}

int reach_open(struct ctx *c, struct str told, unsigned role, struct instance **ret)
{
	struct json *j;
	const struct json *now;
	int rc = json_parse(c, "serve", told, &j);

	if (rc != 0)
		return rc;
	now = json_find(j, "now");
	if (now != NULL && now->kind == JSON_INT)
		c->fixed_now = now->num;
	return instance_open(c, json_text(j, "dir"), role, ret);
}

/* Paths as they are gathered. */
struct own {
	struct box_path at[OWN_MAX];
	size_t n;
};

static void own_add(struct ctx *c, struct own *o, struct str path, unsigned may)
{
	o->at[o->n++] = (struct box_path){str_z(c, path), may};
}

/* What every process keeps that works on the instance's rows. */
static int add_rows(struct ctx *c, const struct instance *in, struct own *o, struct box_leave *ret)
{
	struct db_reach *reach = mem_alloc(c, sizeof *reach);
	struct str url = instance_database(c, in);
	int rc = db_reach(c, url, reach);

	if (rc != 0)
		return rc;
	own_add(c, o, instance_path(c, in, in->blobs), BOX_READ | BOX_WRITE);
	own_add(c, o, folder_of(instance_path(c, in, in->journal)), BOX_READ | BOX_WRITE);
	own_add(c, o, instance_path(c, in, in->serve.spool), BOX_READ | BOX_WRITE);
	if (str_starts(url, "sqlite:"))
		own_add(c, o, folder_of((struct str){url.p + 7, url.n - 7}), BOX_READ | BOX_WRITE);
	if (getenv("TZDIR") != NULL)
		own_add(c, o, str_of(getenv("TZDIR")), BOX_READ);
	for (size_t i = 0; i < reach->n_files; i++)
		own_add(c, o, reach->files[i], BOX_READ);
	*ret = (struct box_leave){
	    .local = reach->local, .ports = reach->ports, .n_ports = reach->n_ports};
	return 0;
}

static const char *const public_keys[] = {"log.vkey", "receipt.vkey"};

int reach_leave(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	struct own o = {.n = 0};
	int rc = add_rows(c, in, &o, ret);

	if (rc == 0 && in->serve.site.n > 0)
		own_add(c, &o, instance_path(c, in, in->serve.site), BOX_READ);
	/* what is public of the log's keys, for the page of settings */
	for (size_t i = 0; rc == 0 && i < sizeof public_keys / sizeof public_keys[0]; i++)
		own_add(c, &o, str_fmt(c, "%s/%s", instance_keys(c, in), public_keys[i]), BOX_READ);
	if (rc == 0)
		ret->paths = box_programs(c, o.at, o.n, &ret->n_paths);
	return rc;
}

/* PDFs, of letters and of what is published, are set by a program of its own, which gets less than
 * this one has. An edition that is published from a page is written where the web processes read
 * it. */
static void add_print(struct ctx *c, const struct instance *in, struct own *o)
{
	struct str helper;

	if (in->serve.site.n > 0)
		own_add(c, o, instance_path(c, in, in->serve.site), BOX_READ | BOX_WRITE);
	if (spawn_helper(c, "writ-typeset", &helper) == 0)
		own_add(c, o, helper, BOX_EXEC);
	else
		err_clear(c); /* it is missed when something is to be set */
}

int reach_work(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	static const char *const age[] = {"/usr/local/bin/age", "/usr/bin/age", "/bin/age"};
	struct own o = {.n = 0};
	int rc = add_rows(c, in, &o, ret);

	if (rc != 0)
		return rc;
	own_add(c, &o, in->dir, BOX_READ | BOX_WRITE);
	own_add(c, &o, instance_path(c, in, in->keys), BOX_READ | BOX_WRITE);
	own_add(c, &o, STR("/proc/self/exe"), BOX_EXEC);
	for (size_t i = 0; i < sizeof age / sizeof age[0]; i++)
		own_add(c, &o, str_of(age[i]), BOX_EXEC);
	add_print(c, in, &o);
	ret->paths = box_programs(c, o.at, o.n, &ret->n_paths);
	return 0;
}

/* The helper that speaks to other machines, the certificates it is told, and the ports it connects
 * to: what is started here reaches no more than this process may. */
static void add_net(struct ctx *c, const struct instance *in, const int *more, size_t n,
    struct own *o, struct box_leave *leave)
{
	int *ports = mem_array(c, leave->n_ports + n + 1, sizeof *ports);
	struct str helper;

	if (spawn_helper(c, "writ-net", &helper) == 0)
		own_add(c, o, helper, BOX_EXEC);
	else
		err_clear(c); /* it is missed when something is to be sent */
	if (in->net.ca.n > 0)
		own_add(c, o, instance_path(c, in, in->net.ca), BOX_READ);
	for (size_t i = 0; i < leave->n_ports; i++)
		ports[i] = leave->ports[i];
	for (size_t i = 0; i < n; i++)
		ports[leave->n_ports + i] = more[i];
	leave->ports = ports;
	leave->n_ports += n;
}

int reach_post(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	struct own o = {.n = 0};
	int rc = add_rows(c, in, &o, ret);

	if (rc != 0)
		return rc;
	if (in->net.smtp_password.n > 0)
		own_add(c, &o, instance_path(c, in, in->net.smtp_password), BOX_READ);
	add_net(c, in, in->net.ports, in->net.n_ports, &o, ret);
	ret->paths = box_programs(c, o.at, o.n, &ret->n_paths);
	return 0;
}

int reach_issuer(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	const int ports[] = {in->oidc.port, NET_DNS_PORT};
	struct own o = {.n = 0};
	int rc = add_rows(c, in, &o, ret);

	if (rc != 0)
		return rc;
	own_add(c, &o, instance_path(c, in, in->oidc.secret), BOX_READ);
	add_net(c, in, ports, 2, &o, ret);
	ret->paths = box_programs(c, o.at, o.n, &ret->n_paths);
	return 0;
}
