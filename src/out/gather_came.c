/* What came: looked at, made ready to leave, kept, cleared (declared in gather.h). */
#include "out/gather.h"

#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"
#include "desk/hand_in.h"
#include "desk/snapshot.h"
#include "os/file.h"
#include "out/collected.h"

enum { DAY_SECONDS = 86400 };

/* ---- held against what the ticket asks ---- */

static struct instant instant_of(struct ctx *c, const struct json *body, const char *key)
{
	struct instant t = INSTANT_NONE;
	struct str text = json_text(body, key);

	if (text.n > 0 && instant_parse(c, text, &t) != 0) {
		err_clear(c);
		t = INSTANT_NONE;
	}
	return t;
}

static struct yield_ask ask_of(struct ctx *c, const struct json *body)
{
	const struct json *target = json_find(body, "target"), *fields = json_find(body, "fields");
	struct buf b = buf_init(c, 16 << 10);

	for (size_t i = 0; fields != NULL && i < fields->n; i++)
		buf_fmt(&b, "%s%.*s", i > 0 ? " " : "", STR_ARG(fields->at[i]->text));
	return (struct yield_ask){.kind = json_text(target, "kind"),
	    .target = json_text(target, "value"),
	    .fields = buf_str(&b),
	    .from = instant_of(c, body, "begins"),
	    .until = instant_of(c, body, "ends")};
}

struct names {
	struct hand_in_file *v;
	size_t n, cap;
};

static int add_name(struct ctx *c, const struct hand_in_file *f, void *arg)
{
	struct names *l = arg;

	l->v = mem_grow(c, l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n++] = *f;
	return 0;
}

/* A file that breaks the rules of its format altogether is told as such; the production refuses it
 * again, with its own words. */
static int look_one(struct ctx *c, struct instance *in, const struct collect *t,
    const struct yield_ask *ask, const struct hand_in_file *f)
{
	const char *path =
	    str_fmt(c, "%s/%.*s", collect_folder(c, in, t->ref).p, STR_ARG(f->name)).p;
	struct collected got;
	struct json *said;
	int rc = collected_check(c, ask, err_word(c, ERR_TEXT("a collected file")), path, -1, &got);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		return 0; /* taken out again meanwhile */
	}
	if (rc == ERR_INVALID || rc == ERR_LIMIT) {
		err_clear(c);
		said = json_map(c);
		json_set_text(c, said, "format", STR("broken"));
	} else if (rc == 0) {
		said = collected_said(c, &got.yield);
	} else {
		return rc;
	}
	return hand_in_checked(c, in, t->id, f->name, said);
}

static int look(struct ctx *c, struct instance *in, const struct collect *t)
{
	struct yield_shapes shapes = {0};
	struct names l = {.n = 0};
	struct yield_ask ask;
	int rc = hand_in_each(c, in, t->id, add_name, &l);

	if (rc != 0 || t->body == NULL)
		return rc;
	rc = collected_shapes(c, instance_path(c, in, STR("shapes")).p, &shapes);
	ask = ask_of(c, t->body);
	ask.shapes = shapes;
	for (size_t i = 0; i < l.n && rc == 0; i++)
		if (l.v[i].check == NULL)
			rc = look_one(c, in, t, &ask, &l.v[i]);
	return rc;
}

/* ---- kept for later ---- */

static int clear(struct ctx *c, struct instance *in, struct str ref)
{
	int rc = file_remove_tree(c, collect_folder(c, in, ref).p);

	return rc == 0 ? db_run(c, in->store.db, SQL_TICKET_FILES_DROP, DB_ARGS(db_text(ref)), NULL)
		       : rc;
}

static int keep(struct ctx *c, struct instance *in, const struct collect *t)
{
	const char *blobs = instance_path(c, in, in->blobs).p;
	struct names l = {.n = 0};
	struct snapshot_file *files;
	int64_t already = 0;
	int rc = snapshot_of(c, in, t->ref, &already);

	if (rc == 0 && already == 0)
		rc = hand_in_each(c, in, t->id, add_name, &l);
	files = mem_array(c, l.n + 1, sizeof *files);
	for (size_t i = 0; i < l.n && rc == 0; i++) {
		files[i].name = l.v[i].name;
		rc = blob_put(c, blobs,
		    str_fmt(c, "%s/%.*s", collect_folder(c, in, t->ref).p, STR_ARG(l.v[i].name)).p,
		    INT64_C(1) << 40, &files[i].made);
		if (rc == 0 && !hash_eq(files[i].made.plain, l.v[i].sha256))
			rc = err_set(c, ERR_DENIED, "a file changed since it was collected");
	}
	if (rc == 0 && l.n > 0)
		rc = snapshot_keep(c, in, t, files, l.n);
	return rc == 0 ? clear(c, in, t->ref) : rc;
}

int gather_settle(struct ctx *c, struct instance *in, struct str ref)
{
	struct collect t;
	int rc = collect_find(c, in, ref, &t);

	if (rc != 0)
		return rc;
	if (!str_is(t.purpose, "preserve"))
		return look(c, in, &t);
	return str_is(t.state, "done") ? keep(c, in, &t) : 0;
}

/* ---- into a production ---- */

struct expanding {
	struct instance *in;
	const struct collect *t;
	int64_t item;
	struct produce_file *v;
	size_t n, cap, came;
	struct buf listing;
};

/* A file of which nothing lies within what was asked stays here, and is shown with its places; it
 * does not hold up those beside it. The production holds each that goes against the decision. */
static bool holds_nothing(const struct json *check)
{
	const struct json *records = check == NULL ? NULL : json_find(check, "records"),
			  *released = check == NULL ? NULL : json_find(check, "released");

	return records != NULL && released != NULL && records->num > 0 && released->num == 0 &&
	       !str_is(json_text(check, "format"), "unknown");
}

static int add_file(struct ctx *c, const struct hand_in_file *f, void *arg)
{
	struct expanding *x = arg;
	struct hash *expect = mem_alloc(c, sizeof *expect);

	buf_fmt(&x->listing, "%s  %.*s\n", hash_hex(c, f->sha256).p, STR_ARG(f->name));
	x->came++;
	if (holds_nothing(f->check))
		return 0;
	*expect = f->sha256;
	x->v = mem_grow(c, x->v, x->n, &x->cap, sizeof *x->v);
	x->v[x->n++] = (struct produce_file){.item = x->item,
	    .path = str_fmt(c, "%s/%.*s", collect_folder(c, x->in, x->t->ref).p, STR_ARG(f->name)),
	    .expect = expect};
	return 0;
}

static int item_of(struct ctx *c, struct instance *in, const struct collect *t, int64_t *ret)
{
	struct items items;
	int rc = matter_items(c, in, t->order, &items);

	for (size_t i = 0; rc == 0 && i < items.n; i++)
		if (items.v[i].id == t->item)
			*ret = items.v[i].number;
	return rc;
}

static int expand(struct ctx *c, struct instance *in, const struct collect *t, struct expanding *x)
{
	size_t before = x->n;
	struct str text;
	int rc = item_of(c, in, t, &x->item);

	if (rc == 0 && t->files == 0) {
		x->v = mem_grow(c, x->v, x->n, &x->cap, sizeof *x->v);
		x->v[x->n++] = (struct produce_file){.item = x->item, .no_data = true};
		return 0;
	}
	x->t = t;
	x->came = 0;
	x->listing = buf_init(c, 4 << 20);
	if (rc == 0)
		rc = hand_in_each(c, in, t->id, add_file, x);
	if (rc == 0 && x->came > 0 && x->n == before)
		rc = err_set(c, ERR_DENIED,
		    "nothing that came for this ticket lies within what was granted");
	if (rc == 0 && x->came == 0)
		rc =
		    err_set(c, ERR_CONFLICT, "what came for this ticket was cleared: make another");
	if (rc == 0)
		rc = buf_end(&x->listing, "the listing of collected files", &text);
	if (rc == 0 && !hash_eq(hash_of(text), t->listing))
		rc = err_set(c, ERR_DENIED, "what lies here is not what was collected");
	return rc;
}

int gather_files(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct str *refs, size_t n, struct produce_file **files,
    size_t *ret_n)
{
	struct expanding x = {.in = in};
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		struct collect t;

		rc = collect_get(c, in, actor, RIGHT_TICKET_READ, refs[i], &t);
		if (rc == 0 && t.order != order->id)
			rc = err_set(c, ERR_NOTFOUND, "the ticket is not of this order");
		if (rc == 0 && !str_is(t.purpose, "collect"))
			rc = err_set(
			    c, ERR_DENIED, "what is kept for a preservation does not leave");
		if (rc == 0 && !str_is(t.state, "done"))
			rc = err_set(c, ERR_CONFLICT,
			    "nothing was collected for this ticket: it is %s",
			    err_word(c, str_z(c, t.state)));
		if (rc == 0)
			rc = expand(c, in, &t, &x);
	}
	if (rc != 0)
		return rc;
	*files = x.v;
	*ret_n = x.n;
	return 0;
}

/* ---- clearing ---- */

struct sweeping {
	struct instance *in;
	const char *dir;
	struct gather_swept swept;
};

/* Of a ticket's folder: whether it goes. order of the columns: SQL_TICKET_OVER. */
static bool is_over(struct ctx *c, const struct instance *in, const struct db_val *r)
{
	int64_t now = ctx_now(c);

	if (str_is(r[0].s, "failed") || str_is(r[0].s, "void"))
		return true;
	if (!str_is(r[0].s, "done")) /* given up by whoever took it */
		return r[2].num + DAY_SECONDS <= now;
	if (str_is(r[8].s, "preserve"))
		return false; /* it becomes a snapshot, below */
	return r[5].kind == DB_NULL || r[4].num != r[5].num || r[9].num != 1 ||
	       str_is(r[7].s, "withdrawn") || str_is(r[7].s, "rejected") || r[10].num > 0 ||
	       r[1].num + (int64_t)in->collect_keep * DAY_SECONDS <= now;
}

/* A folder of no ticket is that of a test, which another process may be running. */
static int sweep_stray(struct ctx *c, struct sweeping *s, const char *path)
{
	struct stat st;
	int rc = 0;

	if (lstat(path, &st) == 0 && st.st_mtime < time(NULL) - DAY_SECONDS) {
		rc = file_remove_tree(c, path);
		s->swept.folders += rc == 0;
	}
	return rc;
}

static int sweep_one(struct ctx *c, const char *name, void *arg)
{
	struct sweeping *s = arg;
	const char *path = str_fmt(c, "%s/%s", s->dir, name).p;
	const struct db_val *row = NULL;
	bool over, kept;
	int rc = db_find(c, s->in->store.db, SQL_TICKET_OVER, DB_ARGS(db_text(str_of(name))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL)
		return sweep_stray(c, s, path);
	kept = str_is(row[0].s, "done") && str_is(row[8].s, "preserve");
	over = is_over(c, s->in, row);
	if (kept)
		rc = gather_settle(c, s->in, str_of(name));
	else if (over)
		rc = clear(c, s->in, str_of(name));
	if (rc == ERR_DENIED && kept) { /* the preservation ended meanwhile: nothing is kept */
		err_clear(c);
		rc = clear(c, s->in, str_of(name));
	}
	s->swept.folders += rc == 0 && (kept || over);
	return rc;
}

int gather_sweep(struct ctx *c, struct instance *in, struct gather_swept *ret)
{
	struct sweeping s = {.in = in, .dir = instance_path(c, in, STR("collect")).p};
	int rc = file_exists(s.dir) ? file_each(c, s.dir, sweep_one, &s) : 0;

	if (rc == 0)
		rc = snapshot_sweep(c, in, &s.swept.snapshots);
	if (rc == 0)
		*ret = s.swept;
	return rc;
}
