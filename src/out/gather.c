#include "out/gather.h"

#include "os/file.h"
#include "store/sign.h"

enum { TEST_SECONDS = 86400 };

struct str gather_folder(struct ctx *c, const struct instance *in, struct str ref)
{
	return instance_path(c, in, str_fmt(c, "collect/%.*s", STR_ARG(ref)));
}

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
	if (!str_is(s->connector, "program"))
		return err_set(c, ERR_DENIED,
		    "only connectors that are programs are run here: this one is \"%.*s\"",
		    STR_ARG(s->connector));
	*ret = *s;
	return 0;
}

static int run(struct ctx *c, struct instance *in, const struct map_service *s, struct str ref,
    struct str ticket, struct service_result *ret)
{
	int rc = file_mkdirs(c, instance_path(c, in, STR("collect")).p, 0700);

	return rc == 0 ? connector_run(c, s, ticket, gather_folder(c, in, ref).p, ret) : rc;
}

int gather_run(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct service_result *ret)
{
	struct service_result r = {.why = "failed"};
	struct map_service s;
	struct collect t;
	int rc = collect_get(c, in, actor, RIGHT_TICKET_RUN, ref, &t), ended;

	if (rc == 0)
		rc = entry_of(c, in, t.service, &s);
	if (rc == 0)
		rc = collect_begin(c, in, actor, &t);
	if (rc != 0)
		return rc;
	rc = run(c, in, &s, t.ref, ticket_file(c, t.body, t.note), &r);
	if (rc != 0) /* it is told below; that the ticket was used stands in any case */
		r = (struct service_result){.why = "failed"};
	ended = rc == 0 ? 0 : rc;
	rc = collect_end(c, in, actor, &t, &r);
	if (rc == 0)
		*ret = r;
	return rc != 0 ? rc : ended;
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

int gather_test(struct ctx *c, struct instance *in, const struct person *actor, struct str service,
    struct service_result *ret)
{
	struct service_result r = {.why = "failed"};
	struct map_service s;
	struct note_key key;
	struct json *body;
	struct ticket t;
	struct str note;
	int rc = right_needs(c, actor, RIGHT_SERVICE_TEST);

	if (rc == 0)
		rc = entry_of(c, in, service, &s);
	if (rc == 0)
		rc = sign_key(c, instance_keys(c, in), "log", &key);
	if (rc != 0)
		return rc;
	canary(c, &s, key.name, &t);
	rc = collect_sign(c, in, &t, &body, &note);
	if (rc == 0)
		rc = run(c, in, &s, t.ref, ticket_file(c, body, note), &r);
	if (rc != 0)
		return rc;
	compare(c, &s, &r);
	rc = file_remove_tree(c, gather_folder(c, in, t.ref).p);
	if (rc == 0)
		rc = service_tested(c, in, actor, &s, &r);
	if (rc == 0)
		*ret = r;
	return rc;
}
