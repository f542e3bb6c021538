#include "desk/notice_copy.h"

#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "store/blob.h"

struct copying {
	struct instance *in;
	const struct person *actor;
	const struct legal_order *order;
	int64_t number;
	const struct notice_copy_new *n;
	struct notice_copy copy;
	int64_t seen; /* papers */
};

/* ---- bytes ---- */

static int bytes_of(struct ctx *c, struct instance *in, struct str blob, struct str key,
    struct str *ret, struct hash *ret_hash)
{
	struct blob_made made;
	char *at;
	int fd, rc = file_memory(c, &fd);

	if (rc != 0)
		return rc;
	rc = blob_get(
	    c, instance_path(c, in, in->blobs).p, blob, (const unsigned char *)key.p, fd, &made);
	if (rc == 0 && made.size > NOTICE_COPY_MAX)
		rc = err_set(c, ERR_LIMIT, "a copy has at most 8 MiB");
	if (rc == 0) {
		at = mem_alloc(c, (size_t)made.size + 1);
		if (pread(fd, at, (size_t)made.size, 0) != made.size)
			rc = err_set(c, ERR_FAIL, "the copy cannot be read again");
		*ret = (struct str){at, (size_t)made.size};
		*ret_hash = made.plain;
	}
	(void)close(fd);
	return rc;
}

/* By the bytes themselves. */
static const char *kind_of(struct str s)
{
	if (str_starts(s, "%PDF-"))
		return "pdf";
	if (str_starts(s, "\x89PNG\r\n\x1a\n"))
		return "png";
	if (str_starts(s, "\xff\xd8\xff"))
		return "jpeg";
	return str_utf8_bad(s) == s.n && memchr(s.p, '\0', s.n) == NULL ? "text" : NULL;
}

/* ---- which ---- */

static int nth_paper(struct ctx *c, const struct db_val *row, void *arg)
{
	struct copying *a = arg;

	if (++a->seen != a->n->paper)
		return 0;
	if (row[4].kind != DB_BLOB)
		return err_set(c, ERR_NOTFOUND, "no paper has this number");
	a->copy.paper = row[0].num;
	a->copy.blob = str_make(c, row[1].s);
	return vault_unseal(c, a->in->store.vault, "paper.key", row[4].s, &a->copy.key);
}

static int papers_of(struct ctx *c, struct copying *a, int64_t demand)
{
	return db_each(
	    c, a->in->store.db, SQL_PAPER_OF_DEMAND, DB_ARGS(db_int(demand)), nth_paper, a);
}

/* Numbered as the case shows them. */
static int find_paper(struct ctx *c, struct copying *a, const struct gate *g)
{
	struct legal_orders orders;
	int64_t last = g->matter.demand;
	int rc = papers_of(c, a, last);

	if (rc == 0)
		rc = matter_orders(c, a->in, g->matter.id, &orders);
	for (size_t i = 0; rc == 0 && i < orders.n; i++) {
		int64_t demand = orders.v[i].demand;

		if (demand == 0 || demand == g->matter.demand || demand == last)
			continue;
		last = demand;
		rc = papers_of(c, a, demand);
	}
	if (rc == 0 && a->copy.paper == 0)
		rc = err_set(c, ERR_NOTFOUND, "no paper has this number");
	return rc;
}

static int take_paper(struct ctx *c, struct copying *a, const struct gate *g)
{
	const char *kind = NULL;
	struct str bytes;
	int rc = find_paper(c, a, g);

	if (rc == 0)
		rc = bytes_of(c, a->in, a->copy.blob, a->copy.key, &bytes, &a->copy.sha256);
	if (rc != 0)
		return rc;
	kind = kind_of(bytes);
	if (kind == NULL)
		return err_set(c, ERR_INVALID,
		    "this paper is no PDF, picture or text: choose a PDF of it instead");
	a->copy.kind = str_of(kind);
	a->copy.size = (int64_t)bytes.n;
	a->copy.blob = STR("");
	a->copy.key = STR("");
	return 0;
}

static int take_file(struct ctx *c, struct copying *a)
{
	const char *path = str_z(c, a->n->path);
	struct blob_made made;
	struct str bytes;
	int rc = file_read(c, path, NOTICE_COPY_MAX, &bytes);

	if (rc == 0 && !str_starts(bytes, "%PDF-"))
		rc =
		    err_set(c, ERR_INVALID, "a copy that is chosen in place of the paper is a PDF");
	if (rc == 0)
		rc = blob_put(
		    c, instance_path(c, a->in, a->in->blobs).p, path, NOTICE_COPY_MAX, &made);
	if (rc != 0)
		return rc;
	a->copy.kind = STR("pdf");
	a->copy.size = made.size;
	a->copy.sha256 = made.plain;
	a->copy.blob = str_make(c, str_of(made.name));
	a->copy.key = (struct str){mem_dup(c, made.key, sizeof made.key), sizeof made.key};
	return 0;
}

/* ---- the step ---- */

static int put_row(struct ctx *c, struct step *s, struct copying *a, int64_t notice)
{
	const struct notice_copy *k = &a->copy;
	struct hash *sha = mem_alloc(c, sizeof *sha);
	struct notice_copy old;
	bool has = false;
	struct db_val key =
	    k->key.n > 0 ? db_blob(vault_seal(c, a->in->store.vault, "notice_copy.key", k->key))
			 : db_null();
	struct day today = instant_day(s->now);
	const struct db_val *row;
	int rc = db_find(c, a->in->store.db, SQL_NOTICE_COPY_OF, DB_ARGS(db_int(notice)), &row);

	*sha = k->sha256;
	has = rc == 0 && row != NULL;
	if (has)
		old = (struct notice_copy){.id = row[0].num, .rev = row[1].num};
	if (rc == 0 && !has && k->dropped)
		rc = err_set(c, ERR_NOTFOUND, "the notice has no copy");
	if (rc != 0)
		return rc;
	json_set_bool(c, s->detail, "dropped", k->dropped);
	if (has)
		return step_update(c, s, STEP_NOTICE_COPY, SQL_NOTICE_COPY_SET, old.id, old.rev,
		    DB_ARGS(db_ref(k->paper), db_text_or_null(k->blob), db_text(k->kind),
			db_blob(hash_str(sha)), db_int(k->size), db_int(k->dropped),
			db_int(a->actor->id), db_int(s->now.s), db_day(today), key));
	return step_insert(c, s, STEP_NOTICE_COPY, SQL_NOTICE_COPY_PUT,
	    DB_ARGS(db_int(a->order->id), db_int(notice), db_ref(k->paper),
		db_text_or_null(k->blob), db_text(k->kind), db_blob(hash_str(sha)), db_int(k->size),
		db_int(k->dropped), db_int(a->actor->id), db_int(s->now.s), db_day(today), key),
	    NULL);
}

static int set(struct ctx *c, struct step *s, void *arg)
{
	struct copying *a = arg;
	struct notices all;
	const struct notice *n;
	struct gate g;
	int rc = step_order(c, s, a->order->id);

	if (rc == 0)
		rc = gate_load(c, a->in, a->order->id, &g);
	if (rc == 0)
		rc = matter_enter(c, a->in, a->actor, RIGHT_NOTICE_COPY, g.matter.id, false);
	if (rc == 0)
		rc = notice_of_order(c, a->in, a->order->id, &all);
	if (rc == 0 && (a->number < 1 || (size_t)a->number > all.n))
		rc = err_set(c, ERR_NOTFOUND, "the order has no such notice");
	if (rc != 0)
		return rc;
	n = &all.v[a->number - 1];
	if (!str_is(n->state, "drafted"))
		return err_set(
		    c, ERR_CONFLICT, "the notice is %s", err_word(c, str_z(c, n->state)));
	rc = notice_may_go(c, a->in, &g, n->target);
	if (rc == 0 && a->n->paper > 0)
		rc = take_paper(c, a, &g);
	else if (rc == 0 && a->n->path.n > 0)
		rc = take_file(c, a);
	else if (rc == 0)
		a->copy = (struct notice_copy){.dropped = true, .kind = STR("pdf")};
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", a->order->seq);
	json_set_int(c, s->detail, "notice", a->number);
	return put_row(c, s, a, n->id);
}

int notice_copy_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, const struct notice_copy_new *n)
{
	struct copying a = {.in = in, .actor = actor, .order = order, .number = number, .n = n};
	int rc = right_needs(c, actor, RIGHT_NOTICE_COPY);

	if (rc == 0 && n->paper > 0 && n->path.n > 0)
		rc = err_set(c, ERR_INVALID, "a copy is a paper of the case, or another file");
	return rc == 0 ? step_run(c, &in->store, "notice.copy", actor->id, set, &a, NULL) : rc;
}

/* ---- reading ---- */

static int from_row(
    struct ctx *c, struct instance *in, const struct db_val *row, struct notice_copy *ret)
{
	struct notice_copy k = {.id = row[0].num,
	    .rev = row[1].num,
	    .paper = row[2].kind == DB_NULL ? 0 : row[2].num,
	    .kind = str_make(c, row[4].s),
	    .size = row[6].num,
	    .dropped = row[7].num != 0};
	/* of a paper: its own blob and key */
	const struct db_val *blob = k.paper != 0 ? &row[9] : &row[3],
			    *key = k.paper != 0 ? &row[10] : &row[8];
	int rc = 0;

	if (row[5].s.n == HASH_SIZE)
		memcpy(k.sha256.b, row[5].s.p, HASH_SIZE);
	k.blob = blob->kind == DB_TEXT ? str_make(c, blob->s) : STR("");
	if (key->kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault,
		    k.paper != 0 ? "paper.key" : "notice_copy.key", key->s, &k.key);
	*ret = k;
	return rc;
}

int notice_copy_find(
    struct ctx *c, struct instance *in, int64_t notice, struct notice_copy *ret, bool *ret_has)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_NOTICE_COPY_OF, DB_ARGS(db_int(notice)), &row);

	*ret_has = rc == 0 && row != NULL && row[7].num == 0;
	return *ret_has ? from_row(c, in, row, ret) : rc;
}

int notice_copy_read(
    struct ctx *c, struct instance *in, const struct notice_copy *copy, struct str *ret)
{
	struct hash h;
	int rc = copy->key.n == BLOB_KEY ? bytes_of(c, in, copy->blob, copy->key, ret, &h)
					 : err_set(c, ERR_NOTFOUND, "the copy was erased");

	if (rc == 0 && !hash_eq(h, copy->sha256))
		rc = err_set(c, ERR_FAIL, "the copy is not the one that was chosen");
	return rc;
}

int notice_copy_take(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, const char *path)
{
	struct notice_copy copy;
	struct notices all;
	struct str bytes;
	bool has = false;
	int rc = right_needs(c, actor, RIGHT_DEMAND_DETAIL);

	if (rc == 0)
		rc = notice_of_order(c, in, order->id, &all);
	if (rc == 0 && (number < 1 || (size_t)number > all.n))
		rc = err_set(c, ERR_NOTFOUND, "the order has no such notice");
	if (rc == 0)
		rc = notice_copy_find(c, in, all.v[number - 1].id, &copy, &has);
	if (rc == 0 && !has)
		rc = err_set(c, ERR_NOTFOUND, "the notice has no copy");
	if (rc == 0)
		rc = notice_copy_read(c, in, &copy, &bytes);
	return rc == 0 ? file_write_atomic(c, path, 0600, bytes) : rc;
}

struct str notice_copy_name(struct ctx *c, const struct notice_copy *copy)
{
	return str_fmt(c, "order.%.*s",
	    STR_ARG(str_is(copy->kind, "text")   ? STR("txt")
		    : str_is(copy->kind, "jpeg") ? STR("jpg")
						 : copy->kind));
}

const char *notice_copy_says(struct str language)
{
	return str_is(language, "de") ? "Anlage: Kopie des Ersuchens."
				      : "Attached: a copy of the order.";
}

int notice_copy_mail(
    struct ctx *c, struct instance *in, struct str letter, struct str *ret_name, struct str *ret)
{
	const struct db_val *row;
	struct notice_copy copy;
	int64_t notice;
	bool has = false, barred = false;
	int rc = db_find(c, in->store.db, SQL_NOTICE_OF_LETTER, DB_ARGS(db_text(letter)), &row);

	*ret_name = *ret = STR("");
	if (rc != 0 || row == NULL)
		return rc;
	notice = row[0].num;
	rc = notice_barred(c, in, row[1].num, &barred);
	if (rc == 0 && barred) {
		rc = db_run(c, in->store.db, SQL_OUTGOING_DROP, DB_ARGS(db_text(letter)), NULL);
		return rc != 0 ? rc
			       : err_set(c, ERR_DENIED,
				     "no notice goes to this account now: a bar holds");
	}
	if (rc == 0)
		rc = notice_copy_find(c, in, notice, &copy, &has);
	if (rc == 0 && has) {
		*ret_name = notice_copy_name(c, &copy);
		rc = notice_copy_read(c, in, &copy, ret);
	}
	return rc;
}
