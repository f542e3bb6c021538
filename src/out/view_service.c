#include "out/view_service.h"

#include "desk/hand_in.h"
#include "desk/snapshot.h"
#include "out/gather.h"

/* ---- services ---- */

static void put_instant(struct ctx *c, struct json *j, const char *key, struct instant t)
{
	if (!instant_is_none(t))
		json_set_text(c, j, key, instant_str(c, t));
}

static int one_service(struct ctx *c, struct instance *in, const struct data_map *map,
    const struct service *of, struct json **ret)
{
	const struct map_service *s = data_map_find(map, of->id);
	struct json *j = json_map(c);
	struct service_stand t;
	int rc = service_stand(c, in, map, of->id, &t);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "service", of->id);
	json_set_text(c, j, "en", of->en);
	json_set_text(c, j, "de", of->de);
	json_set_text(c, j, "state", str_of(service_state_word(t.state)));
	json_set_bool(c, j, "well", t.state == SERVICE_GOOD);
	put_instant(c, j, "tested", t.tested);
	put_instant(c, j, "until", t.until);
	if (t.why.n > 0)
		json_set_text(c, j, "why", t.why);
	if (!instant_is_none(t.tested))
		json_set_int(c, j, "files", t.files);
	if (t.listing.n > 0)
		json_set_text(c, j, "sha256", t.listing);
	if (s != NULL)
		json_set(c, j, "entry", map_json(c, s));
	*ret = j;
	return 0;
}

static int all_services(struct ctx *c, struct instance *in, struct json *j, int64_t *ret_red)
{
	const struct profile *p = instance_profile(in, instant_day((struct instant){ctx_now(c)}));
	struct json *list = json_list(c), *one;
	struct data_map map;
	int rc = data_map_load(c, in, &map);

	*ret_red = 0;
	if (rc != 0) { /* the house goes on; the services are red */
		json_set_text(c, j, "fault", str_make(c, str_of(err_text(c))));
		err_clear(c);
		map = (struct data_map){0};
		rc = 0;
	}
	for (size_t i = 0; rc == 0 && p != NULL && i < p->n_services; i++) {
		rc = one_service(c, in, &map, &p->services[i], &one);
		if (rc != 0)
			break;
		*ret_red += !json_find(one, "well")->yes;
		json_add(c, list, one);
	}
	json_set_text(c, j, "map", in->map);
	json_set(c, j, "services", list);
	json_set_int(c, j, "red", *ret_red);
	return rc;
}

int view_services(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *j = json_map(c);
	int64_t red;
	int rc = right_needs(c, actor, RIGHT_SERVICE_READ);

	if (rc == 0)
		rc = all_services(c, in, j, &red);
	if (rc == 0)
		*ret = j;
	return rc;
}

int view_service(struct ctx *c, struct instance *in, const struct person *actor, struct str service,
    struct json **ret)
{
	const struct json *list;
	struct json *j;
	int rc = view_services(c, in, actor, &j);

	if (rc != 0)
		return rc;
	list = json_find(j, "services");
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(json_text(list->at[i], "service"), service)) {
			*ret = list->at[i];
			return 0;
		}
	return err_set(c, ERR_NOTFOUND, "the profile in force has no such service");
}

struct testing {
	struct instance *in;
	struct json *list;
	struct hash now;
	bool has_now;
};

static int add_test(struct ctx *c, const struct db_val *row, void *arg)
{
	struct testing *t = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "at", instant_str(c, (struct instant){row[1].num}));
	json_set_bool(c, j, "well", row[3].num != 0);
	json_set_text(c, j, "why", str_make(c, row[4].s));
	json_set_int(c, j, "files", row[5].num);
	json_set_int(c, j, "person", row[2].num);
	json_set_bool(c, j, "same", t->has_now && str_eq(row[7].s, hash_str(&t->now)));
	json_add(c, t->list, j);
	return 0;
}

int view_service_tests(struct ctx *c, struct instance *in, struct str service, struct json *to)
{
	struct testing t = {.in = in, .list = json_list(c)};
	const struct map_service *s;
	struct data_map map;
	int rc;

	if (data_map_load(c, in, &map) != 0) {
		err_clear(c);
		map = (struct data_map){0};
	}
	s = data_map_find(&map, service);
	t.has_now = s != NULL;
	if (s != NULL)
		t.now = map_hash(c, s);
	rc = db_each(c, in->store.db, SQL_SERVICE_TEST_OF, DB_ARGS(db_text(service)), add_test, &t);
	for (size_t i = 0; rc == 0 && i < t.list->n; i++) {
		struct str by;

		rc = person_name(c, in, json_find(t.list->at[i], "person")->num, &by);
		if (rc == 0)
			json_set_text(c, t.list->at[i], "by", by);
	}
	json_set(c, to, "tests", t.list);
	return rc;
}

int view_services_count(struct ctx *c, struct instance *in, int64_t *ret_n, int64_t *ret_red)
{
	struct json *j = json_map(c);
	int rc = all_services(c, in, j, ret_red);

	if (rc == 0)
		*ret_n = (int64_t)json_find(j, "services")->n;
	return rc;
}

/* ---- tickets ---- */

static struct json *ticket_row(struct ctx *c, const struct collect *t)
{
	struct json *j = json_map(c);
	bool late = str_is(t->state, "open") && ctx_now(c) >= t->expires.s;

	json_set_text(c, j, "ticket", t->ref);
	json_set_text(c, j, "service", t->service);
	json_set_text(c, j, "purpose", t->purpose);
	json_set_text(c, j, "state", late ? STR("expired") : t->state);
	json_set_text(c, j, "made", instant_str(c, t->made));
	json_set_text(c, j, "expires", instant_str(c, t->expires));
	if (t->why.n > 0)
		json_set_text(c, j, "why", t->why);
	if (str_is(t->state, "done"))
		json_set_int(c, j, "files", t->files);
	return j;
}

static int add_ticket(struct ctx *c, const struct collect *t, void *arg)
{
	json_add(c, arg, ticket_row(c, t));
	return 0;
}

int view_tickets(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	int rc = collect_waiting(c, in, actor, add_ticket, list);

	if (rc == 0)
		*ret = list;
	return rc;
}

int view_ticket(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret)
{
	struct collect t;
	struct json *j;
	int rc = collect_get(c, in, actor, RIGHT_TICKET_READ, ref, &t);

	if (rc != 0)
		return rc;
	j = ticket_row(c, &t);
	if (t.body != NULL)
		json_set(c, j, "body", t.body);
	json_set_text(c, j, "note", t.note);
	*ret = j;
	return 0;
}

static int add_came(struct ctx *c, const struct hand_in_file *f, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "name", f->name);
	json_set_int(c, j, "size", f->size);
	json_set_text(c, j, "sha256", hash_hex(c, f->sha256));
	if (f->check != NULL)
		json_set(c, j, "check", f->check);
	json_add(c, arg, j);
	return 0;
}

/* How its service is collected now; nothing where the map does not read. */
static void put_by(struct ctx *c, struct instance *in, struct str service, struct json *j)
{
	const struct map_service *s;
	struct data_map map;

	if (data_map_load(c, in, &map) != 0) {
		err_clear(c);
		return;
	}
	s = data_map_find(&map, service);
	if (s != NULL)
		json_set_text(c, j, "by", s->connector);
}

int view_collect(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret)
{
	struct json *j, *files = json_list(c);
	struct collect t;
	int64_t n = 0;
	struct hash h;
	int rc = hand_in_get(c, in, actor, ref, &t);

	if (rc != 0)
		return rc;
	j = ticket_row(c, &t);
	if (t.body != NULL) {
		json_set(c, j, "body", t.body);
		json_set_text(c, j, "file", ticket_file(c, t.body, t.note));
	}
	if (t.said.n > 0)
		json_set_text(c, j, "how", t.said);
	put_by(c, in, t.service, j);
	rc = hand_in_each(c, in, t.id, add_came, files);
	if (rc == 0)
		rc = hand_in_listing(c, in, &t, &n, &h);
	json_set(c, j, "files", files);
	if (rc == 0 && n > 0)
		json_set_text(c, j, "listing", hash_hex(c, h));
	if (rc == 0)
		*ret = j;
	return rc;
}

struct of_order {
	struct instance *in;
	struct items items;
	struct json *list;
};

/* Where it lies, and what the check said; once it was cleared only that something had come. */
static int put_came(
    struct ctx *c, const struct of_order *o, const struct collect *t, struct json *j)
{
	struct json *came = json_list(c);
	int rc = hand_in_each(c, o->in, t->id, add_came, came);

	json_set_bool(c, j, "cleared", came->n == 0);
	if (came->n == 0)
		return rc;
	json_set_text(c, j, "folder", collect_folder(c, o->in, t->ref));
	json_set(c, j, "came", came);
	return rc;
}

static int add_of_order(struct ctx *c, const struct collect *t, void *arg)
{
	struct of_order *o = arg;
	struct json *j = ticket_row(c, t);
	int rc = 0;

	for (size_t i = 0; i < o->items.n; i++)
		if (o->items.v[i].id == t->item)
			json_set_int(c, j, "item", o->items.v[i].number);
	if (str_is(t->state, "done") && t->files > 0 && str_is(t->purpose, "collect"))
		rc = put_came(c, o, t, j);
	json_add(c, o->list, j);
	return rc;
}

int view_tickets_of(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, const struct legal_order *order, struct json **ret)
{
	struct of_order o = {.in = in, .list = json_list(c)};
	int rc = matter_items(c, in, order->id, &o.items);

	if (rc == 0)
		rc = collect_of_order(c, in, actor, m, order->id, add_of_order, &o);
	if (rc == 0)
		*ret = o.list;
	return rc;
}
