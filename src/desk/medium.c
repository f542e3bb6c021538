#include "desk/medium.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/mailing_p.h"
#include "desk/produce.h"
#include "desk/transfer.h"
#include "os/file.h"

static const char words_label[] = "production_medium.words",
		  back_label[] = "production_medium.back";
static const char kinds[] = "usb disc drive card tape other";
static const char transfer_name[] = "transfer.json";

enum { PART = 1 << 20, COMPANION_MAX = 1 << 20 };

struct writing {
	struct instance *in;
	const struct person *actor;
	struct left left;
	struct left_seal seal;
	struct str file, companion, dir, kind;
	const struct medium_words *words;
	struct str manifest, on_file, on_companion, on_manifest; /* paths on the medium */
	struct produce_way way;
};

/* ---- the medium ---- */

static int any(struct ctx *c, const char *name, void *arg)
{
	(void)c;
	if (strcmp(name, "lost+found") != 0 && strcmp(name, "System Volume Information") != 0)
		*(bool *)arg = false;
	return 0;
}

static int check_empty(struct ctx *c, const struct writing *w)
{
	bool empty = true;
	int rc = file_each(c, str_z(c, w->dir), any, &empty);

	return rc == 0 && !empty
		   ? err_set(c, ERR_INVALID,
			 "the medium is not empty: nothing but the answer goes with it")
		   : rc;
}

static int hash_file(struct ctx *c, const char *path, bool fresh, struct hash *ret, int64_t *ret_n)
{
	struct hash_run run;
	unsigned char *part = mem_alloc(c, PART);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = 0;
	int rc = 0;

	if (fd < 0)
		return err_set(
		    c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: %s", path, strerror(errno));
	/* what the medium has, not what the machine remembers of writing it */
	if (fresh)
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	hash_begin(&run);
	for (*ret_n = 0; (n = file_read_full(fd, part, PART)) > 0; *ret_n += n)
		hash_add(&run, (struct str){(const char *)part, (size_t)n});
	if (n < 0)
		rc = err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
	(void)close(fd);
	if (rc == 0)
		*ret = hash_end(&run);
	return rc;
}

static const char *base_of(struct ctx *c, struct str path)
{
	const char *z = str_z(c, path), *slash = strrchr(z, '/');

	return slash == NULL ? z : slash + 1;
}

/* REF.json beside REF.tar.age, as `produce` leaves them. */
static int find_companion(struct ctx *c, struct writing *w)
{
	struct str path = w->file;
	const char *name = base_of(c, path), *dot = strstr(name, ".tar");

	if (dot == NULL)
		return err_set(
		    c, ERR_INVALID, "the sealed file is named as it was made: REF.tar...");
	path.n -= strlen(dot);
	w->companion = str_fmt(c, "%.*s.json", STR_ARG(path));
	return file_exists(w->companion.p)
		   ? 0
		   : err_set(c, ERR_NOTFOUND, "%s is missing beside the sealed file",
			 base_of(c, w->companion));
}

static int copy_all(struct ctx *c, struct writing *w)
{
	int rc = file_copy_new(c, str_z(c, w->file), w->on_file.p, 0644);

	if (rc == 0)
		rc = file_copy_new(c, w->companion.p, w->on_companion.p, 0644);
	if (rc == 0 && w->manifest.n > 0)
		rc = file_write_atomic(c, w->on_manifest.p, 0644, w->manifest);
	return rc == 0 ? file_sync_dir(c, str_z(c, w->dir)) : rc;
}

static int compare(struct ctx *c, const struct writing *w)
{
	struct str ours, theirs;
	struct hash h;
	int64_t n;
	int rc = hash_file(c, w->on_file.p, true, &h, &n);

	if (rc == 0 && (!hash_eq(h, w->seal.sealed) || n != w->seal.size))
		rc = err_set(c, ERR_FAIL, "the medium gives back other bytes than were written");
	if (rc == 0)
		rc = file_read(c, w->companion.p, COMPANION_MAX, &ours);
	if (rc == 0)
		rc = file_read(c, w->on_companion.p, COMPANION_MAX, &theirs);
	if (rc == 0 && !str_eq(ours, theirs))
		rc = err_set(c, ERR_FAIL, "the medium gives back other bytes than were written");
	if (rc == 0 && w->manifest.n > 0)
		rc = file_read(c, w->on_manifest.p, COMPANION_MAX, &theirs);
	if (rc == 0 && w->manifest.n > 0 && !str_eq(w->manifest, theirs))
		rc = err_set(c, ERR_FAIL, "the medium gives back other bytes than were written");
	return rc;
}

static void wipe(struct ctx *c, const struct writing *w)
{
	(void)unlink(w->on_file.p);
	(void)unlink(w->on_companion.p);
	(void)unlink(w->on_manifest.p);
	if (file_sync_dir(c, str_z(c, w->dir)) != 0)
		return; /* the first error is the one to tell */
}

/* ---- the protocol ---- */

static struct json *words_json(struct ctx *c, const struct medium_words *w)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "serial", w->serial);
	json_set_text(c, j, "bag", w->bag);
	json_set_text(c, j, "carrier", w->carrier);
	json_set_text(c, j, "handed_to", w->handed_to);
	return j;
}

static int record(struct ctx *c, struct step *s, void *arg)
{
	struct writing *w = arg;
	int rc = step_order(c, s, w->left.order);

	if (rc == 0)
		rc = left_again(c, w->in, &w->left);
	if (rc == 0)
		rc = mailing_may_leave(c, w->in, &w->left);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "medium", w->kind);
	return step_insert(c, s, STEP_PRODUCTION_MEDIUM, SQL_PRODUCTION_MEDIUM_PUT,
	    DB_ARGS(db_int(w->left.id), db_int(s->now.s), db_int(w->actor->id), db_text(w->kind),
		db_blob(hash_str(&w->seal.sealed)), db_int(w->seal.size),
		db_blob(left_words(c, w->in, words_label, words_json(c, w->words)))),
	    NULL);
}

/* The protocol and the delivery are one: both or none. */
static int record_both(struct ctx *c, void *arg)
{
	struct writing *w = arg;
	int rc = step_run(c, &w->in->store, "production.medium", w->actor->id, record, w, NULL);

	return rc == 0 ? produce_hand_over(c, w->in, w->actor, w->left.ref, &w->way) : rc;
}

static int check_words(struct ctx *c, const struct writing *w)
{
	int rc = str_has_word(str_of(kinds), w->kind)
		     ? 0
		     : err_set(c, ERR_INVALID, "kind is one of: %s", kinds);

	if (rc == 0)
		rc = left_line_ok(c, w->words->serial, ERR_TEXT("the serial number of the medium"));
	if (rc == 0)
		rc = left_line_ok(c, w->words->carrier, ERR_TEXT("who carries it"));
	if (rc == 0)
		rc = left_line_ok(c, w->words->handed_to, ERR_TEXT("to whom it is handed"));
	if (rc == 0 && w->words->bag.n > 0)
		rc = left_line_ok(c, w->words->bag, ERR_TEXT("the number of the bag's seal"));
	return rc;
}

static int find_seal(struct ctx *c, struct writing *w)
{
	struct hash h;
	int64_t n;
	int rc = hash_file(c, str_z(c, w->file), false, &h, &n);

	return rc == 0 ? left_seal(c, w->in, &w->left, &h, &w->seal) : rc;
}

static int plan(struct ctx *c, struct writing *w)
{
	const char *dir = str_z(c, w->dir);
	struct gate g;
	int rc = mailing_may_leave(c, w->in, &w->left);

	if (rc == 0)
		rc = find_companion(c, w);
	if (rc == 0)
		rc = find_seal(c, w);
	if (rc == 0)
		rc = check_empty(c, w);
	if (rc != 0)
		return rc;
	w->on_file = str_fmt(c, "%s/%s", dir, w->seal.name.p);
	w->on_companion = str_fmt(c, "%s/%s", dir, base_of(c, w->companion));
	w->on_manifest = str_fmt(c, "%s/%s", dir, transfer_name);
	w->way = (struct produce_way){.channel = STR("medium"),
	    .until = INSTANT_NONE,
	    .proof = str_fmt(c, "%.*s, protocol with signatures", STR_ARG(w->kind)),
	    .sealed = &w->seal.sealed};
	rc = gate_load(c, w->in, w->left.order, &g);
	if (rc == 0)
		rc = transfer_text(c, w->in, &g, &w->left, &w->way, &w->manifest);
	w->way.manifest = w->manifest;
	return rc;
}

int medium_write(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str file, struct str dir, struct str kind, const struct medium_words *words,
    struct medium_done *ret)
{
	struct writing w = {
	    .in = in, .actor = actor, .file = file, .dir = dir, .kind = kind, .words = words};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_MEDIUM, ref, &w.left);

	if (rc == 0)
		rc = check_words(c, &w);
	if (rc == 0)
		rc = plan(c, &w);
	if (rc != 0)
		return rc;
	rc = copy_all(c, &w);
	if (rc == 0)
		rc = compare(c, &w);
	if (rc == 0)
		rc = step_together(c, &in->store, record_both, &w);
	if (rc != 0) {
		wipe(c, &w);
		return rc;
	}
	*ret = (struct medium_done){.file = w.seal.name,
	    .manifest = w.manifest.n > 0 ? str_of(transfer_name) : STR(""),
	    .sealed = w.seal.sealed,
	    .size = w.seal.size};
	return 0;
}

/* ---- the receipt ---- */

struct each {
	struct instance *in;
	bool words;
	struct medium *m;
};

static int keep(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct db_val words = row[10], back = row[11];
	struct json *w = NULL, *b = NULL;
	int rc = 0;

	*e->m = (struct medium){.id = row[0].num,
	    .rev = row[1].num,
	    .at = {row[3].num},
	    .author = row[4].num,
	    .kind = str_make(c, row[5].s),
	    .size = row[7].num,
	    .received = db_get_day(row[8])};
	if (row[6].s.n == HASH_SIZE)
		memcpy(e->m->sealed.b, row[6].s.p, HASH_SIZE);
	if (e->words)
		rc = left_unwords(c, e->in, words_label, words, &w);
	if (rc == 0 && e->words)
		rc = left_unwords(c, e->in, back_label, back, &b);
	e->m->words = w;
	e->m->back = b;
	return rc;
}

int medium_last(
    struct ctx *c, struct instance *in, int64_t production, bool words, struct medium *ret)
{
	struct medium m = {.id = 0};
	struct each e = {in, words, &m};
	int rc = db_each(
	    c, in->store.db, SQL_PRODUCTION_MEDIUM_OF, DB_ARGS(db_int(production)), keep, &e);

	if (rc == 0 && m.id == 0)
		rc = err_set(c, ERR_NOTFOUND, "no medium was written with this production");
	if (rc == 0)
		*ret = m;
	return rc;
}

struct receipt {
	struct instance *in;
	const struct person *actor;
	struct left left;
	struct day day;
	struct str by;
};

static int back(struct ctx *c, struct step *s, void *arg)
{
	struct receipt *r = arg;
	struct json *j = json_map(c);
	struct medium m;
	int rc = step_order(c, s, r->left.order);

	if (rc == 0)
		rc = medium_last(c, r->in, r->left.id, false, &m);
	if (rc == 0 && !day_is_none(m.received))
		rc = err_set(c, ERR_CONFLICT, "the receipt is recorded already");
	if (rc == 0 &&
	    (day_cmp(r->day, instant_day(m.at)) < 0 || day_cmp(r->day, instant_day(s->now)) > 0))
		rc = err_set(
		    c, ERR_INVALID, "the day lies before the medium was written, or in the future");
	if (rc != 0)
		return rc;
	json_set_text(c, j, "by", r->by);
	return step_update(c, s, STEP_PRODUCTION_MEDIUM, SQL_PRODUCTION_MEDIUM_BACK, m.id, m.rev,
	    DB_ARGS(db_day(r->day), db_int(r->actor->id),
		db_blob(left_words(c, r->in, back_label, j))));
}

int medium_back(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct day day, struct str by)
{
	struct receipt r = {.in = in, .actor = actor, .day = day, .by = by};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_MEDIUM, ref, &r.left);

	if (rc == 0)
		rc = left_line_ok(c, by, ERR_TEXT("who received it"));
	return rc == 0
		   ? step_run(c, &in->store, "production.medium_back", actor->id, back, &r, NULL)
		   : rc;
}
