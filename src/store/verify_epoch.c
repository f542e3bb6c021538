#include "store/verify_p.h"

#include "base/mem.h"
#include "store/ledger.h"
#include "store/sign.h"

/* The columns of epoch_each. */
enum column {
	NUMBER,
	ORIGIN,
	LOG,
	RECEIPT,
	BEGAN,
	OLD_LOG,
	OLD_RECEIPT,
	OLD_SIZE,
	OLD_ROOT,
	OLD_NOTE,
	WHY,
	ENTRY
};

struct epochs {
	struct verify_work *w;
	struct str old_log; /* what the next epoch has to name as the key before it */
	int64_t begins;     /* and where it begins at the earliest */
};

static struct verify_epoch *add(struct ctx *c, struct verify_work *w)
{
	w->epoch = mem_grow(c, w->epoch, w->n_epoch, &w->cap_epoch, sizeof *w->epoch);
	return &w->epoch[w->n_epoch++];
}

static void take_key(
    struct ctx *c, struct verify_work *w, int64_t number, struct str text, struct note_key *ret)
{
	if (note_key_parse(c, text, ret) == 0)
		return;
	verify_add(w->v, "epoch %lld: a verifier key in its record is none", (long long)number);
	err_clear(c);
}

/* The checkpoint that the record keeps of the epoch before it, with that one's key. */
static void check_note(struct ctx *c, struct verify_work *w, const struct db_val *row)
{
	const struct note_key *key = &w->epoch[w->n_epoch - 1].log;
	struct note_checkpoint cp;

	if (row[OLD_NOTE].kind == DB_NULL)
		return;
	if (note_checkpoint_open(c, row[OLD_NOTE].s, key, 1, key->name, &cp) < 0) {
		verify_add(w->v, "epoch %lld: the checkpoint of the epoch before it: %s",
		    (long long)row[NUMBER].num, err_text(c));
		err_clear(c);
	} else if (cp.size != (uint64_t)row[OLD_SIZE].num ||
		   memcmp(cp.root.b, row[OLD_ROOT].s.p, HASH_SIZE) != 0) {
		verify_add(w->v,
		    "epoch %lld: its record and the checkpoint of the epoch before it differ",
		    (long long)row[NUMBER].num);
	}
}

static int check_entry(struct ctx *c, struct verify_work *w, const struct db_val *row)
{
	int64_t place;
	int rc = ledger_place(c, w->db, row[ENTRY].num, &place);

	if (rc == 0 && place >= 0 && place < row[BEGAN].num)
		verify_add(w->v, "epoch %lld: its entry has a place of the epoch before it",
		    (long long)row[NUMBER].num);
	return rc;
}

/* What the old key signed last must be in the tree; unless the record says itself that the database
 * had lost it when the epoch began. */
static void take_last(struct ctx *c, struct verify_work *w, const struct db_val *row)
{
	struct verify_last *last;

	if (row[OLD_SIZE].num > row[BEGAN].num)
		w->v->lost += row[OLD_SIZE].num - row[BEGAN].num;
	if (row[OLD_SIZE].num == 0 || row[OLD_SIZE].num > row[BEGAN].num ||
	    str_is(row[WHY].s, "behind"))
		return;
	w->last = mem_grow(c, w->last, w->n_last, &w->cap_last, sizeof *w->last);
	last = &w->last[w->n_last++];
	last->size = row[OLD_SIZE].num;
	memcpy(last->root.b, row[OLD_ROOT].s.p, HASH_SIZE);
}

static int take_epoch(struct ctx *c, const struct db_val *row, void *arg)
{
	struct epochs *e = arg;
	struct verify_work *w = e->w;
	struct verify_epoch *now;

	if (row[OLD_ROOT].s.n != HASH_SIZE || row[BEGAN].num < e->begins ||
	    (w->n_epoch > 1 && !str_eq(row[OLD_LOG].s, e->old_log)))
		verify_add(w->v, "epoch %lld: its record does not follow the one before it",
		    (long long)row[NUMBER].num);
	if (row[OLD_ROOT].s.n != HASH_SIZE)
		return 0;
	if (w->n_epoch == 1) {
		take_key(c, w, row[NUMBER].num, row[OLD_LOG].s, &w->epoch[0].log);
		take_key(c, w, row[NUMBER].num, row[OLD_RECEIPT].s, &w->epoch[0].receipt);
	}
	check_note(c, w, row);
	take_last(c, w, row);
	now = add(c, w);
	now->began = row[BEGAN].num;
	take_key(c, w, row[NUMBER].num, row[LOG].s, &now->log);
	take_key(c, w, row[NUMBER].num, row[RECEIPT].s, &now->receipt);
	e->old_log = str_make(c, row[LOG].s);
	e->begins = row[BEGAN].num;
	return check_entry(c, w, row);
}

/* The newest key is the one that is trusted: it comes from the folder of the keys, and signs the
 * entries that name the others. */
int verify_epochs(struct ctx *c, struct verify_work *w)
{
	struct epochs e = {.w = w};
	struct verify_epoch *now;
	struct note_key log;
	int rc;

	add(c, w)->began = 0;
	rc = db_each(c, w->db, SQL_EPOCH_EACH, DB_NO_ARGS, take_epoch, &e);
	now = &w->epoch[w->n_epoch - 1];
	if (rc == 0)
		rc = sign_key(c, w->keys_dir, "log", &log);
	if (rc == 0)
		rc = sign_key(c, w->keys_dir, "receipt", &now->receipt);
	if (rc != 0)
		return rc;
	if (w->n_epoch > 1 && !str_eq(note_key_print(c, &log), note_key_print(c, &now->log)))
		verify_add(
		    w->v, "log.vkey is not the key that the record of epoch %zu names", w->n_epoch);
	now->log = log;
	w->v->epochs = (int64_t)w->n_epoch;
	return 0;
}

const struct note_key *verify_log_key(const struct verify_work *w, int64_t size)
{
	size_t i = w->n_epoch - 1;

	while (i > 0 && size <= w->epoch[i].began)
		i--;
	return &w->epoch[i].log;
}
