#include "desk/service.h"

enum { DAY_SECONDS = 86400 };

static const char *const words[SERVICE_STATES] = {[SERVICE_GOOD] = "tested",
    [SERVICE_NO_ENTRY] = "no_entry",
    [SERVICE_NEVER] = "never_tested",
    [SERVICE_CHANGED] = "changed",
    [SERVICE_FAILED] = "failed",
    [SERVICE_OLD] = "test_too_old"};

const char *service_state_word(enum service_state s)
{
	return words[s];
}

int service_stand(struct ctx *c, struct instance *in, const struct data_map *map,
    struct str service, struct service_stand *ret)
{
	const struct map_service *s = data_map_find(map, service);
	struct service_stand t = {.state = SERVICE_NO_ENTRY,
	    .tested = INSTANT_NONE,
	    .until = INSTANT_NONE,
	    .why = STR(""),
	    .listing = STR("")};
	const struct db_val *row = NULL;
	struct hash h;
	int rc = 0;

	if (s != NULL) {
		h = map_hash(c, s);
		t.state = SERVICE_NEVER;
		rc = db_find(
		    c, in->store.db, SQL_SERVICE_TEST_LAST, DB_ARGS(db_text(service)), &row);
	}
	if (rc == 0 && row != NULL) {
		t.tested = (struct instant){row[2].num};
		t.why = str_make(c, row[5].s);
		t.files = row[6].num;
		if (row[7].kind == DB_BLOB)
			t.listing = text_hex(c, row[7].s.p, row[7].s.n);
		t.until.s = t.tested.s + s->limit_days * DAY_SECONDS;
		t.state = !str_eq(row[1].s, hash_str(&h)) ? SERVICE_CHANGED
			  : row[4].num == 0               ? SERVICE_FAILED
			  : ctx_now(c) >= t.until.s       ? SERVICE_OLD
							  : SERVICE_GOOD;
		if (t.state != SERVICE_GOOD)
			t.until = INSTANT_NONE;
	}
	if (rc == 0)
		*ret = t;
	return rc;
}

struct testing {
	const struct map_service *s;
	const struct service_result *result;
};

static int put(struct ctx *c, struct step *s, void *arg)
{
	const struct testing *t = arg;
	struct hash h = map_hash(c, t->s);
	bool well = t->result->why[0] == '\0';
	int64_t id;

	json_set_text(c, s->detail, "service", t->s->service);
	json_set_bool(c, s->detail, "well", well);
	return step_insert(c, s, STEP_SERVICE_TEST, SQL_SERVICE_TEST_PUT,
	    DB_ARGS(db_text(t->s->service), db_blob(hash_str(&h)), db_int(s->now.s),
		db_int(s->actor), db_int(well), db_text(str_of(t->result->why)),
		db_int(t->result->files),
		t->result->files > 0 ? db_blob(hash_str(&t->result->listing)) : db_null()),
	    &id);
}

int service_tested(struct ctx *c, struct instance *in, const struct person *actor,
    const struct map_service *s, const struct service_result *result)
{
	struct testing t = {s, result};
	int rc = right_needs(c, actor, RIGHT_SERVICE_TEST);

	return rc == 0 ? step_run(c, &in->store, "service.test", actor->id, put, &t, NULL) : rc;
}
