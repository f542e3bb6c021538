#include "out/gather.h"

#include "base/mem.h"
#include "desk/hand_in.h"
#include "desk/snapshot.h"
#include "os/file.h"
#include "store/sign.h"

enum { TEST_SECONDS = 86400 };

static int entry_of(
    struct ctx *c, const struct instance *in, struct str service, struct map_service *ret)
{
	const struct map_service *s;
	struct data_map map;
	int rc = data_map_load(c, in, &map);

	if (rc != 0)
		return rc;
	s = data_map_find(&map, service);
	if (s == NULL)
		return err_set(c, ERR_NOTFOUND, "the data map has no entry for this service");
	*ret = *s;
	return 0;
}

static int need_program(struct ctx *c, const struct map_service *s)
{
	return str_is(s->connector, "program")
		   ? 0
		   : err_set(c, ERR_DENIED,
			 "only connectors that are programs are run here: this one is \"%.*s\"",
			 STR_ARG(s->connector));
}

static int run(struct ctx *c, struct instance *in, const struct map_service *s, struct str ref,
    struct str ticket, struct service_result *ret)
{
	int rc = file_mkdirs(c, instance_path(c, in, STR("collect")).p, 0700);

	return rc == 0 ? connector_run(c, s, ticket, collect_folder(c, in, ref).p, ret) : rc;
}

/* ---- for a ticket ---- */

/* What a program left, or a snapshot held: names and hashes, as of files that were handed in. */
static int note_files(
    struct ctx *c, struct instance *in, const struct collect *t, struct service_result *r)
{
	struct connector_file *files;
	size_t n = 0;
	int rc = 0;

	if (r->why[0] != '\0' || r->files == 0)
		return 0;
	rc = connector_files(c, collect_folder(c, in, t->ref).p, &files, &n);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = hand_in_note(c, in, t, files[i].name, files[i].size, &files[i].hash);
	return rc;
}

static int finish(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t,
    int rc, struct service_result *r)
{
	int ended;

	if (rc == 0)
		rc = note_files(c, in, t, r);
	if (rc != 0) /* it is told below; that the ticket was used stands in any case */
		*r = (struct service_result){.why = "failed"};
	ended = rc;
	rc = collect_end(c, in, actor, t, r);
	if (rc == 0 && ended == 0 && r->why[0] == '\0')
		rc = gather_settle(c, in, t->ref);
	return rc != 0 ? rc : ended;
}

int gather_run(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct service_result *ret)
{
	struct service_result r = {.why = "failed"};
	struct map_service s;
	struct collect t;
	int rc = collect_get(c, in, actor, RIGHT_TICKET_RUN, ref, &t);

	if (rc == 0)
		rc = entry_of(c, in, t.service, &s);
	if (rc == 0)
		rc = need_program(c, &s);
	if (rc == 0)
		rc = collect_begin(c, in, actor, &t);
	if (rc != 0)
		return rc;
	rc = run(c, in, &s, t.ref, ticket_file(c, t.body, t.note), &r);
	rc = finish(c, in, actor, &t, rc, &r);
	if (rc == 0)
		*ret = r;
	return rc;
}

static int lay(struct ctx *c, struct instance *in, const struct collect *t, int64_t snapshot,
    struct service_result *r)
{
	const char *dir = collect_folder(c, in, t->ref).p;
	int rc = file_mkdirs(c, dir, 0700);

	if (rc == 0)
		rc = snapshot_lay(c, in, snapshot, dir);
	return rc == 0 ? connector_came(c, dir, r) : rc;
}

int gather_from(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str snapshot, struct service_result *ret)
{
	struct service_result r = {.why = ""};
	int64_t id = 0;
	struct collect t;
	struct id from;
	int rc = collect_get(c, in, actor, RIGHT_TICKET_RUN, ref, &t);

	if (rc == 0)
		rc = id_parse(c, snapshot, &from);
	if (rc == 0 && !str_is(t.purpose, "collect"))
		rc = err_set(c, ERR_DENIED, "a snapshot answers what an order was granted");
	if (rc == 0)
		rc = snapshot_for(c, in, &t, str_make(c, id_str(&from)), &id);
	if (rc == 0)
		rc = collect_begin_from(c, in, actor, &t, id);
	if (rc != 0)
		return rc;
	rc = lay(c, in, &t, id, &r);
	rc = finish(c, in, actor, &t, rc, &r);
	if (rc == 0)
		*ret = r;
	return rc;
}

/* ---- tests ---- */

static void canary(struct ctx *c, const struct map_service *s, struct str origin, struct ticket *t)
{
	struct id ref = id_make(c);

	*t = (struct ticket){.ref = str_make(c, id_str(&ref)),
	    .origin = origin,
	    .purpose = STR("test"),
	    .service = s->service,
	    .kind = s->canary_kind,
	    .value = s->canary,
	    .nonce = collect_nonce(c),
	    .fields = map_fields(c, s),
	    .at = INSTANT_NONE,
	    .from = s->canary_from,
	    .to = s->canary_to,
	    .made = {ctx_now(c)},
	    .expires = {ctx_now(c) + TEST_SECONDS}};
	collect_period(t);
}

static void compare(struct ctx *c, const struct map_service *s, struct service_result *r)
{
	if (r->why[0] != '\0')
		return;
	if (r->files != s->expect_files ||
	    (s->expect_sha256.n > 0 &&
		!str_eq(hash_hex(c, r->listing), str_lower(c, s->expect_sha256))))
		r->why = "differs";
}

static int test_program(
    struct ctx *c, struct instance *in, const struct map_service *s, struct service_result *r)
{
	struct note_key key;
	struct json *body;
	struct ticket t;
	struct str note;
	int rc = sign_key(c, instance_keys(c, in), "log", &key);

	if (rc != 0)
		return rc;
	canary(c, s, key.name, &t);
	rc = collect_sign(c, in, &t, &body, &note);
	if (rc == 0)
		rc = run(c, in, s, t.ref, ticket_file(c, body, note), r);
	if (rc == 0)
		compare(c, s, r);
	return rc == 0 ? file_remove_tree(c, collect_folder(c, in, t.ref).p) : rc;
}

int gather_test(struct ctx *c, struct instance *in, const struct person *actor, struct str service,
    struct str dir, struct service_result *ret)
{
	struct service_result r = {.why = dir.n > 0 ? "" : "failed"};
	struct map_service s;
	int rc = right_needs(c, actor, RIGHT_SERVICE_TEST);

	if (rc == 0)
		rc = entry_of(c, in, service, &s);
	if (rc == 0 && dir.n == 0 && !str_is(s.connector, "program"))
		rc = err_set(c, ERR_INVALID,
		    "this service is collected by a person or its own system: say with --came DIR "
		    "where what it brought for the canary lies");
	if (rc == 0 && dir.n > 0 && str_is(s.connector, "program"))
		rc = err_set(c, ERR_INVALID, "this service has a program: it is run");
	if (rc != 0)
		return rc;
	if (dir.n > 0) {
		rc = connector_came(c, str_z(c, dir), &r);
		compare(c, &s, &r);
	} else {
		rc = test_program(c, in, &s, &r);
	}
	if (rc == 0)
		rc = service_tested(c, in, actor, &s, &r);
	if (rc == 0)
		*ret = r;
	return rc;
}
