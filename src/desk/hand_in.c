#include "desk/hand_in.h"

#include <unistd.h>

#include "base/mem.h"
#include "desk/data_map.h"
#include "os/file.h"

static const char check_label[] = "ticket_file.check";

bool hand_in_name_ok(struct str name)
{
	if (name.n == 0 || name.n > HAND_IN_NAME_MAX || name.p[0] == '.' || name.p[0] == '-')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char ch = name.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') || ch == '.' || ch == '_' || ch == '-'))
			return false;
	}
	return true;
}

/* ---- the ticket ---- */

int hand_in_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct collect *ret)
{
	return collect_get(c, in, actor, RIGHT_TICKET_HAND_IN, ref, ret);
}

/* The entry of its service, which is one for this kind of hand. */
static int entry_of(struct ctx *c, struct instance *in, const struct person *actor,
    const struct collect *t, struct map_service *ret)
{
	const char *kind = actor->token != 0 ? "push" : "person";
	const struct map_service *s;
	struct data_map map;
	int rc = data_map_load(c, in, &map);

	if (rc != 0)
		return rc;
	s = data_map_find(&map, t->service);
	if (s == NULL)
		return err_set(c, ERR_NOTFOUND, "the data map has no entry for this service");
	if (!str_is(s->connector, kind))
		return err_set(
		    c, ERR_DENIED, "by the data map this service is collected in another way");
	*ret = *s;
	return 0;
}

int hand_in_take(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t)
{
	struct map_service s;
	int rc = entry_of(c, in, actor, t, &s);

	if (rc == 0)
		rc = collect_begin(c, in, actor, t);
	if (rc == 0)
		rc = file_mkdirs(c, collect_folder(c, in, t->ref).p, 0700);
	return rc;
}

/* Still being collected, by the same hand, and in time. */
static int check_open(struct ctx *c, const struct person *actor, const struct collect *t)
{
	if (!str_is(t->state, "running"))
		return err_set(c, ERR_CONFLICT, "the ticket is not being collected: it is %s",
		    err_word(c, str_z(c, t->state)));
	if (t->token != actor->token)
		return err_set(c, ERR_DENIED, "another one collects for this ticket");
	if (ctx_now(c) >= t->expires.s)
		return err_set(c, ERR_DENIED, "the ticket has expired: another one is needed");
	return 0;
}

/* ---- files ---- */

struct walk {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct hand_in_file *f, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct walk *w = arg;
	struct hand_in_file f = {.name = str_make(c, row[0].s), .size = row[1].num};
	struct str text = STR("");
	int rc = 0;

	if (row[2].s.n == HASH_SIZE)
		memcpy(f.sha256.b, row[2].s.p, HASH_SIZE);
	if (row[3].kind == DB_BLOB)
		rc = vault_unseal(c, w->in->store.vault, check_label, row[3].s, &text);
	if (rc == 0 && row[3].kind == DB_BLOB)
		rc = json_parse(c, "stored check", text, &f.check);
	return rc == 0 ? w->fn(c, &f, w->arg) : rc;
}

int hand_in_each(struct ctx *c, struct instance *in, int64_t ticket,
    int (*fn)(struct ctx *c, const struct hand_in_file *f, void *arg), void *arg)
{
	struct walk w = {in, fn, arg};

	return db_each(c, in->store.db, SQL_TICKET_FILE_OF, DB_ARGS(db_int(ticket)), each_row, &w);
}

int hand_in_checked(
    struct ctx *c, struct instance *in, int64_t ticket, struct str name, const struct json *check)
{
	return db_run(c, in->store.db, SQL_TICKET_FILE_CHECK,
	    DB_ARGS(db_blob(vault_seal(c, in->store.vault, check_label, json_str(c, check))),
		db_int(ticket), db_text(name)),
	    NULL);
}

int hand_in_note(struct ctx *c, struct instance *in, const struct collect *t, struct str name,
    int64_t size, const struct hash *hash)
{
	return db_run(c, in->store.db, SQL_TICKET_FILE_PUT,
	    DB_ARGS(db_int(t->id), db_text(name), db_int(size), db_blob(hash_str(hash)),
		db_int(ctx_now(c))),
	    NULL);
}

struct sum {
	struct str name;
	const struct hash *hash;
	int64_t n, bytes;
	bool same, other;
	struct buf listing;
};

static int add(struct ctx *c, const struct hand_in_file *f, void *arg)
{
	struct sum *s = arg;

	s->n++;
	s->bytes += f->size;
	if (s->name.n > 0 && str_eq(f->name, s->name)) {
		s->same = hash_eq(f->sha256, *s->hash);
		s->other = !s->same;
	}
	buf_fmt(&s->listing, "%s  %.*s\n", hash_hex(c, f->sha256).p, STR_ARG(f->name));
	return 0;
}

static int sum_up(struct ctx *c, struct instance *in, const struct collect *t, struct sum *s)
{
	s->listing = buf_init(c, 4 << 20);
	return hand_in_each(c, in, t->id, add, s);
}

int hand_in_listing(
    struct ctx *c, struct instance *in, const struct collect *t, int64_t *ret_n, struct hash *ret)
{
	struct sum s = {.n = 0};
	struct str text;
	int rc = sum_up(c, in, t, &s);

	if (rc == 0)
		rc = buf_end(&s.listing, "the listing of collected files", &text);
	if (rc == 0) {
		*ret_n = s.n;
		*ret = hash_of(text);
	}
	return rc;
}

/* The spool may lie on another disk: then by a copy beside the folder, which gets the name. */
static int move(struct ctx *c, struct instance *in, const char *from, const char *to)
{
	struct id word = id_make(c);
	const char *copy = instance_path(c, in, str_fmt(c, "collect/new-%s", word.z)).p;
	int rc = file_rename_new(c, from, to);

	if (rc != ERR_FAIL)
		return rc;
	err_clear(c);
	rc = file_copy_new(c, from, copy, 0600);
	if (rc == 0)
		rc = file_rename_new(c, copy, to);
	(void)unlink(copy);
	(void)unlink(from);
	return rc;
}

/* Its row first: a name is one file's. When the file does not get to its place the row goes again.
 */
static int place(struct ctx *c, struct instance *in, const struct collect *t, struct str name,
    struct str path, int64_t size, const struct hash *hash)
{
	const char *to = str_fmt(c, "%s/%.*s", collect_folder(c, in, t->ref).p, STR_ARG(name)).p;
	int rc = hand_in_note(c, in, t, name, size, hash);

	if (rc != 0)
		return rc;
	(void)unlink(to); /* of one that was cut off between here and its row */
	rc = move(c, in, str_z(c, path), to);
	if (rc != 0) {
		struct err before = c->err;

		(void)!db_run(c, in->store.db, SQL_TICKET_FILE_DROP,
		    DB_ARGS(db_int(t->id), db_text(name)), NULL);
		c->err = before;
	}
	return rc;
}

int hand_in_file(struct ctx *c, struct instance *in, const struct person *actor,
    const struct collect *t, struct str name, struct str path, int64_t size,
    const struct hash *hash)
{
	struct sum s = {.name = name, .hash = hash};
	struct map_service entry;
	int rc = check_open(c, actor, t);

	if (rc == 0)
		rc = entry_of(c, in, actor, t, &entry);
	if (rc == 0 && !hand_in_name_ok(name))
		rc = err_set(c, ERR_INVALID,
		    "a file's name has letters, digits, dots, hyphens and underscores, begins with "
		    "a letter or digit, and is at most %d long",
		    HAND_IN_NAME_MAX);
	if (rc == 0)
		rc = sum_up(c, in, t, &s);
	if (rc != 0 || s.same)
		return rc;
	if (s.other)
		return err_set(c, ERR_CONFLICT, "another file of this name is there already");
	if (s.n >= HAND_IN_FILES_MAX)
		return err_set(c, ERR_LIMIT, "more than %d files", HAND_IN_FILES_MAX);
	if (size > (entry.megabytes << 20) - s.bytes)
		return err_set(c, ERR_LIMIT, "the files have more than %lld megabytes together",
		    (long long)entry.megabytes);
	return place(c, in, t, name, path, size, hash);
}

int hand_in_drop(struct ctx *c, struct instance *in, const struct person *actor,
    const struct collect *t, struct str name)
{
	int64_t n = 0;
	int rc = check_open(c, actor, t);

	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_TICKET_FILE_DROP,
		    DB_ARGS(db_int(t->id), db_text(name)), &n);
	if (rc == 0 && n == 0)
		rc = err_set(c, ERR_NOTFOUND, "the ticket has no file of this name");
	if (rc == 0)
		(void)unlink(
		    str_fmt(c, "%s/%.*s", collect_folder(c, in, t->ref).p, STR_ARG(name)).p);
	return rc;
}

/* ---- its end ---- */

static int check_said(struct ctx *c, struct str said)
{
	return said.n <= HAND_IN_SAID_MAX
		   ? 0
		   : err_set(
			 c, ERR_LIMIT, "how it was collected: at most %d bytes", HAND_IN_SAID_MAX);
}

int hand_in_done(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t,
    const struct hash *listing, bool none, struct str said)
{
	struct service_result r = {.why = "", .said = said};
	int rc = check_open(c, actor, t);

	if (rc == 0)
		rc = check_said(c, said);
	if (rc == 0)
		rc = hand_in_listing(c, in, t, &r.files, &r.listing);
	if (rc == 0 && none != (r.files == 0))
		rc = err_set(c, ERR_INVALID,
		    none ? "files are there: it is not true that nothing was found"
			 : "no file is there: say that nothing was found");
	if (rc == 0 && r.files > 0 && listing != NULL && !hash_eq(*listing, r.listing))
		rc = err_set(
		    c, ERR_CONFLICT, "the listing is another one: what came is not what was sent");
	return rc == 0 ? collect_end(c, in, actor, t, &r) : rc;
}

int hand_in_failed(struct ctx *c, struct instance *in, const struct person *actor,
    struct collect *t, struct str why, struct str said)
{
	struct service_result r = {.why = str_z(c, why), .said = said};
	int rc = check_open(c, actor, t);

	if (rc == 0)
		rc = check_said(c, said);
	if (rc == 0 && !str_has_word(STR("refused later failed"), why))
		rc = err_set(c, ERR_INVALID, "why: want refused, later or failed");
	if (rc == 0)
		rc = collect_end(c, in, actor, t, &r);
	return rc == 0 ? file_remove_tree(c, collect_folder(c, in, t->ref).p) : rc;
}
