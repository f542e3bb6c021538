#include "web/reach.h"

#include "base/mem.h"
#include "desk/data_map.h"
#include "kind/json.h"
#include "os/file.h"
#include "os/spawn.h"
#include "out/seal.h"
#include "store/db.h"

enum { OWN_MAX = 256 + DB_FILES_MAX };

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

static const char *const public_keys[] = {"log.vkey", "receipt.vkey", "ticket.vkey"};

/* Where what is handed in comes to lie. */
static int add_collect(struct ctx *c, const struct instance *in, struct own *o)
{
	struct str dir = instance_path(c, in, STR("collect"));
	int rc = file_mkdirs(c, dir.p, 0700);

	own_add(c, o, dir, BOX_READ | BOX_WRITE);
	return rc;
}

int reach_leave(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	struct own o = {.n = 0};
	int rc = add_rows(c, in, &o, ret);

	if (rc == 0 && in->serve.site.n > 0)
		own_add(c, &o, instance_path(c, in, in->serve.site), BOX_READ);
	if (rc == 0 && in->map.n > 0) /* the folder: it is replaced as a whole */
		own_add(c, &o, folder_of(instance_path(c, in, in->map)), BOX_READ);
	if (rc == 0)
		rc = add_collect(c, in, &o);
	/* what is public of the log's keys, for the page of settings and to check tickets */
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

static void add_words(struct ctx *c, struct own *o, struct str words, unsigned may)
{
	struct str word;

	while (str_word(&words, &word) && o->n < OWN_MAX)
		own_add(c, o, word, may);
}

/* What the connectors of the data map reach, as it stands when the process starts: each gets less
 * than this one has. */
static void add_connectors(
    struct ctx *c, const struct instance *in, struct own *o, struct box_leave *leave)
{
	struct data_map map;

	if (in->map.n > 0)
		own_add(c, o, folder_of(instance_path(c, in, in->map)), BOX_READ);
	if (data_map_load(c, in, &map) != 0) {
		err_clear(c); /* it is told when it is read */
		return;
	}
	for (size_t i = 0; i < map.n; i++) {
		if (map.v[i].program.n > 0)
			add_words(c, o, map.v[i].program, BOX_EXEC);
		add_words(c, o, map.v[i].reads, BOX_READ);
		add_words(c, o, map.v[i].runs, BOX_EXEC);
		leave->local = leave->local || map.v[i].socket.n > 0;
	}
}

int reach_work(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	struct own o = {.n = 0};
	struct str helper;
	int rc = add_rows(c, in, &o, ret);

	if (rc != 0)
		return rc;
	own_add(c, &o, in->dir, BOX_READ | BOX_WRITE);
	own_add(c, &o, instance_path(c, in, in->keys), BOX_READ | BOX_WRITE);
	own_add(c, &o, STR("/proc/self/exe"), BOX_EXEC);
	if (spawn_helper(c, "writ-seal", &helper) == 0)
		own_add(c, &o, helper, BOX_EXEC);
	else
		err_clear(c); /* it is missed when something is to be sealed */
	for (size_t i = 0; i < SEAL_TOOLS; i++)
		own_add(c, &o, str_of(seal_tools[i]), BOX_EXEC);
	add_print(c, in, &o);
	add_connectors(c, in, &o, ret);
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
	if (in->net.tsa_ca.n > 0)
		own_add(c, &o, instance_path(c, in, in->net.tsa_ca), BOX_READ);
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
