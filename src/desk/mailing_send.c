/* Mails with a sealed file, for whoever sends them (mailing.h). */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "desk/mailing_p.h"
#include "desk/transfer.h"
#include "os/file.h"
#include "store/blob.h"

enum { BATCH = 32 };

struct moving {
	struct instance *in;
	struct left left;
	struct mailing m;
	struct str manifest;
	bool trying; /* the end of the last try is not known */
};

/* ---- before it is sent ---- */

static struct str proof_of(struct ctx *c, const struct instance *in, struct str letter)
{
	struct str local, domain;

	(void)str_cut(in->net.mail_from, '@', &local, &domain);
	return str_fmt(c, "<%.*s@%.*s>", STR_ARG(letter), STR_ARG(domain));
}

/* A try whose end nobody knows, as the program died in it, may have left: it counts as taken. */
static int stop(struct ctx *c, struct step *s, void *arg)
{
	struct moving *mv = arg;
	int rc = step_order(c, s, mv->left.order);

	if (rc == 0)
		rc = mailing_last(c, mv->in, mv->left.id, &mv->m);
	if (rc == 0 && !str_is(mv->m.state, "queued"))
		rc = err_set(c, ERR_CONFLICT, "the mail was taken back");
	if (rc == 0)
		rc = db_run(
		    c, mv->in->store.db, SQL_OUTGOING_DROP, DB_ARGS(db_text(mv->m.letter)), NULL);
	if (rc != 0)
		return rc;
	mv->m.state = mv->trying ? STR("taken") : STR("stopped");
	if (mv->trying) {
		mv->m.taken = s->now;
		mv->m.message = proof_of(c, mv->in, mv->m.letter);
	}
	return mailing_set(c, s, &mv->m);
}

/* Its reason is the case's, and stands there: here it is enough that something stops it. */
static int refuse(struct ctx *c, struct moving *mv)
{
	int rc;

	err_clear(c);
	rc = step_run(c, &mv->in->store, "production.mail_stop", 0, stop, mv, NULL);
	if (rc == ERR_CONFLICT)
		err_clear(c);
	if (rc != 0 && rc != ERR_CONFLICT)
		return rc;
	return err_set(c, ERR_DENIED, "the production is stopped: the mail is not sent");
}

static struct produce_way way_of(struct ctx *c, const struct moving *mv)
{
	return (struct produce_way){.channel = STR("encrypted_mail"),
	    .until = INSTANT_NONE,
	    .proof = str_fmt(c, "Message-ID %s", proof_of(c, mv->in, mv->m.letter).p),
	    .sealed = &mv->m.sealed,
	    .manifest = mv->manifest};
}

static int make_manifest(struct ctx *c, struct moving *mv, struct str *ret)
{
	struct produce_way way = way_of(c, mv);
	struct gate g;
	int rc = gate_load(c, mv->in, mv->left.order, &g);

	if (rc == 0)
		rc = transfer_text(c, mv->in, &g, &mv->left, &way, ret);
	if (rc != 0)
		return rc;
	return db_run(c, mv->in->store.db, SQL_PRODUCTION_MAIL_FILE_TRY,
	    DB_ARGS(ret->n > 0 ? db_blob(vault_seal(c, mv->in->store.vault, MAILING_MANIFEST, *ret))
			       : db_null(),
		db_int(mv->m.id)),
	    NULL);
}

/* The bytes of an open file that lies in memory. */
static int read_back(struct ctx *c, int fd, int64_t size, struct str *ret)
{
	struct buf b = buf_init(c, NET_FILE_MAX + 1);
	char part[64 << 10];
	ssize_t n;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return err_set(c, ERR_FAIL, "a file in memory: %s", strerror(errno));
	while ((n = read(fd, part, sizeof part)) > 0)
		buf_put(&b, (struct str){part, (size_t)n});
	if (n < 0 || (int64_t)b.n != size)
		return err_set(c, ERR_FAIL, "the attachment cannot be read whole");
	return buf_end(&b, "an attachment", ret);
}

static int read_file(struct ctx *c, struct moving *mv, struct mailing_file *f)
{
	unsigned char key[BLOB_KEY];
	const struct db_val *row;
	struct blob_made got;
	struct str plain, blob;
	int fd, rc = db_find(c, mv->in->store.db, SQL_PRODUCTION_MAIL_FILE_OF,
		    DB_ARGS(db_int(mv->m.id)), &row);

	if (rc == 0 && (row == NULL || row[2].kind != DB_BLOB))
		rc = err_set(c, ERR_DENIED, "the attachment was erased");
	if (rc != 0)
		return rc;
	blob = str_make(c, row[0].s);
	f->name = str_make(c, row[1].s);
	rc = vault_unseal(c, mv->in->store.vault, MAILING_KEY, str_make(c, row[2].s), &plain);
	if (rc == 0 && plain.n != sizeof key)
		rc = err_set(c, ERR_FAIL, "the key of an attachment is damaged");
	if (rc == 0)
		rc = file_memory(c, &fd);
	if (rc != 0)
		return rc;
	memcpy(key, plain.p, sizeof key);
	rc = blob_get(c, instance_path(c, mv->in, mv->in->blobs).p, blob, key, fd, &got);
	if (rc == 0 && !hash_eq(got.plain, mv->m.sealed))
		rc = err_set(c, ERR_FAIL, "the attachment is not the file that was sealed");
	if (rc == 0)
		rc = read_back(c, fd, got.size, &f->bytes);
	(void)close(fd);
	return rc;
}

static int was_trying(struct ctx *c, struct moving *mv)
{
	const struct db_val *row;
	int rc = db_find(
	    c, mv->in->store.db, SQL_PRODUCTION_MAIL_FILE_OF, DB_ARGS(db_int(mv->m.id)), &row);

	mv->trying = rc == 0 && row != NULL && row[4].num != 0;
	return rc;
}

int mailing_tried(struct ctx *c, struct instance *in, struct str letter)
{
	return db_run(
	    c, in->store.db, SQL_PRODUCTION_MAIL_FILE_TRIED, DB_ARGS(db_text(letter)), NULL);
}

int mailing_open(struct ctx *c, struct instance *in, struct str letter, struct mailing_file *ret)
{
	struct mailing_file f = {.manifest = STR("")};
	struct moving mv = {.in = in, .manifest = STR("")};
	const struct db_val *row;
	int rc =
	    db_find(c, in->store.db, SQL_PRODUCTION_MAIL_BY_LETTER, DB_ARGS(db_text(letter)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the letter has no attachment");
	if (rc == 0)
		rc = left_by_id(c, in, row[1].num, &mv.left);
	if (rc == 0)
		rc = mailing_last(c, in, mv.left.id, &mv.m);
	if (rc == 0)
		rc = was_trying(c, &mv);
	if (rc != 0)
		return rc;
	rc = mailing_may_leave(c, in, &mv.left);
	if (rc == 0)
		rc = read_file(c, &mv, &f);
	if (rc == 0)
		rc = make_manifest(c, &mv, &f.manifest);
	if (rc == ERR_DENIED || rc == ERR_CONFLICT)
		return refuse(c, &mv);
	if (rc == 0)
		*ret = f;
	return rc;
}

/* ---- what became of it ---- */

static int move(struct ctx *c, struct step *s, void *arg)
{
	struct moving *mv = arg;
	struct str to = mv->m.state;
	int rc = step_order(c, s, mv->left.order);

	if (rc == 0)
		rc = mailing_last(c, mv->in, mv->left.id, &mv->m);
	if (rc == 0 && !str_is(mv->m.state, "queued"))
		rc = err_set(c, ERR_CONFLICT, "somebody else recorded it");
	if (rc != 0)
		return rc;
	mv->m.state = to;
	if (str_is(to, "taken")) {
		mv->m.taken = s->now;
		mv->m.message = proof_of(c, mv->in, mv->m.letter);
	}
	return mailing_set(c, s, &mv->m);
}

/* Still on its way: *ret is not set. */
static int fate(struct ctx *c, struct moving *mv, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(
	    c, mv->in->store.db, SQL_NOTICE_LETTER_STATE, DB_ARGS(db_text(mv->m.letter)), &row);

	if (rc != 0 || (row != NULL && str_is(row[0].s, "due")))
		return rc;
	*ret = row == NULL                ? STR("stopped")
	       : str_is(row[0].s, "sent") ? STR("taken")
					  : STR("failed");
	return 0;
}

static int kept_manifest(struct ctx *c, struct moving *mv)
{
	const struct db_val *row;
	int rc = db_find(
	    c, mv->in->store.db, SQL_PRODUCTION_MAIL_FILE_OF, DB_ARGS(db_int(mv->m.id)), &row);

	if (rc != 0 || row == NULL || row[3].kind != DB_BLOB)
		return rc;
	return vault_unseal(
	    c, mv->in->store.vault, MAILING_MANIFEST, str_make(c, row[3].s), &mv->manifest);
}

/* It has left: the delivery is recorded, unless something stopped it in that very moment. */
static int deliver(struct ctx *c, struct moving *mv)
{
	struct produce_way way;
	struct person author;
	int rc = kept_manifest(c, mv);

	if (rc == 0)
		rc = person_get(c, mv->in, mv->m.author, &author);
	if (rc != 0)
		return rc;
	way = way_of(c, mv);
	rc = produce_mailed(c, mv->in, &author, mv->left.ref, &way);
	if (rc != ERR_DENIED && rc != ERR_CONFLICT)
		return rc;
	err_clear(c);
	return 0;
}

static int forget(struct ctx *c, struct moving *mv, struct str blob, bool shared)
{
	int rc = db_run(
	    c, mv->in->store.db, SQL_PRODUCTION_MAIL_FILE_DROP, DB_ARGS(db_int(mv->m.id)), NULL);

	if (rc == 0 && !shared)
		mailing_remove(c, mv->in, blob);
	return rc;
}

struct batch {
	struct {
		int64_t id, production;
		struct str blob;
		bool shared;
	} v[BATCH];
	size_t n;
};

static int take(struct ctx *c, const struct db_val *row, void *arg)
{
	struct batch *b = arg;

	b->v[b->n].id = row[0].num;
	b->v[b->n].production = row[1].num;
	b->v[b->n].blob = str_make(c, row[2].s);
	b->v[b->n++].shared = row[3].num != 0;
	return 0;
}

static int settle_one(struct ctx *c, struct moving *mv, struct str blob, bool shared)
{
	struct str to = STR("");
	int rc = str_is(mv->m.state, "queued") ? fate(c, mv, &to) : 0;

	if (rc != 0 || (str_is(mv->m.state, "queued") && to.n == 0))
		return rc;
	if (to.n > 0) {
		mv->m.state = to;
		rc = step_run(c, &mv->in->store, "production.mail_fate", 0, move, mv, NULL);
	}
	if (rc == 0 && str_is(mv->m.state, "taken"))
		rc = deliver(c, mv);
	return rc == 0 ? forget(c, mv, blob, shared) : rc;
}

int mailing_settle(struct ctx *c, struct instance *in)
{
	struct batch b = {.n = 0};
	int rc =
	    db_each(c, in->store.db, SQL_PRODUCTION_MAIL_MOVING, DB_ARGS(db_int(BATCH)), take, &b);

	for (size_t i = 0; i < b.n && rc == 0; i++) {
		struct moving mv = {.in = in, .manifest = STR("")};

		rc = left_by_id(c, in, b.v[i].production, &mv.left);
		if (rc == 0)
			rc = mailing_last(c, in, mv.left.id, &mv.m);
		if (rc == 0 && mv.m.id != b.v[i].id) { /* an older one: nothing is to come of it */
			mv.m.id = b.v[i].id;
			rc = forget(c, &mv, b.v[i].blob, b.v[i].shared);
		} else if (rc == 0)
			rc = settle_one(c, &mv, b.v[i].blob, b.v[i].shared);
		if (rc == ERR_CONFLICT) {
			err_clear(c);
			rc = 0;
		}
	}
	return rc;
}
