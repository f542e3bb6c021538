#include "store/verify_p.h"

#include "base/mem.h"
#include "store/ledger.h"
#include "store/sign.h"

/* Who says that the log had a certain root at a certain size; the later ones carry more weight. */
enum source { FROM_SLOT, FROM_EPOCH, FROM_STATE, FROM_CHECKPOINT };

static const char *const source_names[] = {
    "the slot", "the last tree of an epoch", "signer.state", "the checkpoint"};

struct word {
	struct check_point point;
	enum source from;
};

struct log {
	struct verify_work *w;
	struct word *word; /* sorted by size, one for each */
	size_t n, cap;
	/* one bundle: the leaf bytes of 256 places */
	unsigned char leaf[TILE_WIDTH][LEDGER_LEAF];
	bool has[TILE_WIDTH];
	int64_t first_id; /* of the run being read, and where it starts in the bundle */
	size_t at;
	char bundle[TILE_WIDTH * (LEDGER_LEAF + 2)];
};

/* ---- places ---- */

static int take_run(struct ctx *c, const struct db_val *row, void *arg)
{
	struct verify_work *w = arg;

	w->run = mem_grow(c, w->run, w->n_run, &w->cap_run, sizeof *w->run);
	w->run[w->n_run++] = (struct verify_run){row[0].num, row[1].num, row[2].num};
	return 0;
}

static int take_waiting(struct ctx *c, const struct db_val *row, void *arg)
{
	struct verify_work *w = arg;

	w->range = mem_grow(c, w->range, w->n_range, &w->cap_range, sizeof *w->range);
	w->range[w->n_range++] = (struct verify_run){-1, row[0].num, row[1].num};
	w->v->pending += row[1].num;
	return 0;
}

static int by_entry(const void *a, const void *b)
{
	const struct verify_run *x = a, *y = b;

	return (x->first_entry > y->first_entry) - (x->first_entry < y->first_entry);
}

/* Places without gap, from 0 to the tree's end, and no entry with two of them. */
static void check_places(struct verify_work *w, int64_t size)
{
	int64_t next = 0;

	for (size_t i = 0; i < w->n_run; i++) {
		int64_t first = w->run[i].first_place;

		if (first > next)
			verify_add(w->v, "places %lld to %lld: no entries have them",
			    (long long)next, (long long)first - 1);
		else if (first < next)
			verify_add(w->v, "places %lld to %lld: given twice", (long long)first,
			    (long long)next - 1);
		next = first + w->run[i].n;
	}
	if (next != size)
		verify_add(w->v,
		    "the newest slot has %lld entries, but places are given up to %lld",
		    (long long)size, (long long)next);
	for (size_t i = 1; i < w->n_range; i++) {
		const struct verify_run *a = &w->range[i - 1], *b = &w->range[i];

		if (a->first_entry + a->n > b->first_entry)
			verify_add(w->v, "entry %lld: %s", (long long)b->first_entry,
			    a->first_place >= 0 && b->first_place >= 0
				? "has two places"
				: "has a place and waits for one");
	}
}

static int read_places(struct ctx *c, struct verify_work *w, int64_t size)
{
	int rc = db_each(c, w->db, SQL_RUN_EACH, DB_NO_ARGS, take_run, w);

	if (rc == 0)
		rc = db_each(c, w->db, SQL_PENDING_EACH, DB_NO_ARGS, take_waiting, w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < w->n_run; i++) {
		w->range = mem_grow(c, w->range, w->n_range, &w->cap_range, sizeof *w->range);
		w->range[w->n_range++] = w->run[i];
	}
	if (w->n_range > 0)
		qsort(w->range, w->n_range, sizeof *w->range, by_entry);
	check_places(w, size);
	return 0;
}

/* The run that holds a place; NULL when none does. */
static const struct verify_run *run_of(const struct verify_work *w, int64_t place)
{
	size_t lo = 0, hi = w->n_run;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (w->run[mid].first_place <= place)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || place >= w->run[lo - 1].first_place + w->run[lo - 1].n)
		return NULL;
	return &w->run[lo - 1];
}

/* The entry that has a place; 0 when none has. */
static int64_t entry_at(const struct verify_work *w, int64_t place)
{
	const struct verify_run *r = run_of(w, place);

	return r == NULL ? 0 : r->first_entry + place - r->first_place;
}

/* ---- reading for check_log ---- */

static int get_tile(struct ctx *c, void *arg, const struct tile *t, struct str *ret)
{
	struct log *l = arg;
	const struct db_val *row;
	int rc = db_find(c, l->w->db, SQL_TILE_GET,
	    DB_ARGS(db_int((int64_t)t->level), db_int((int64_t)t->index)), &row);

	if (rc < 0)
		return rc;
	if (row == NULL)
		return err_set(c, ERR_NOTFOUND, "no such tile");
	*ret = row[1].s;
	return 0;
}

static int take_leaf(struct ctx *c, const struct db_val *row, void *arg)
{
	struct log *l = arg;
	size_t i = l->at + (size_t)(row[0].num - l->first_id);

	(void)c;
	if (row[1].s.n != LEDGER_LEAF)
		return 0;
	memcpy(l->leaf[i], row[1].s.p, LEDGER_LEAF);
	l->has[i] = true;
	return 0;
}

/* Each place by the id of its entry: one that is gone leaves an empty one, so that the others stay
 * where they belong and the fault gets its right name. */
static int get_bundle(struct ctx *c, void *arg, const struct tile *t, struct str *ret)
{
	struct log *l = arg;
	int64_t first = (int64_t)t->index * TILE_WIDTH, past = first + t->width;
	char *p = l->bundle;
	int rc = 0;

	memset(l->has, 0, sizeof l->has);
	for (int64_t place = first, n; place < past && rc == 0; place += n) {
		const struct verify_run *r = run_of(l->w, place);

		n = r == NULL ? 1 : r->first_place + r->n - place;
		if (n > past - place)
			n = past - place;
		if (r == NULL)
			continue;
		l->first_id = r->first_entry + place - r->first_place;
		l->at = (size_t)(place - first);
		rc = db_each(c, l->w->db, SQL_ENTRY_EACH,
		    DB_ARGS(db_int(l->first_id), db_int(l->first_id + n)), take_leaf, l);
	}
	for (size_t i = 0; i < t->width; i++) {
		size_t n = l->has[i] ? LEDGER_LEAF : 0;

		*p++ = 0;
		*p++ = (char)n;
		memcpy(p, l->leaf[i], n);
		p += n;
	}
	*ret = (struct str){l->bundle, (size_t)(p - l->bundle)};
	return rc;
}

/* ---- what was said about older trees ---- */

static void add_word(struct ctx *c, struct log *l, int64_t size, const void *root, enum source from)
{
	struct word x = {.point.size = (uint64_t)size, .from = from};

	memcpy(x.point.root.b, root, HASH_SIZE);
	l->word = mem_grow(c, l->word, l->n, &l->cap, sizeof *l->word);
	l->word[l->n++] = x;
}

static int take_slot(struct ctx *c, const struct db_val *row, void *arg)
{
	if (row[1].s.n == HASH_SIZE)
		add_word(c, arg, row[0].num, row[1].s.p, FROM_SLOT);
	return 0;
}

static int take_checkpoint(struct ctx *c, const struct db_val *row, void *arg)
{
	struct log *l = arg;
	struct verify *v = l->w->v;
	struct mem_mark mark = mem_mark(c);
	const struct note_key *key = verify_log_key(l->w, row[0].num);
	struct note_checkpoint cp;
	bool good = false;

	if (note_checkpoint_open(c, row[1].s, key, 1, key->name, &cp) < 0) {
		verify_add(v, "the checkpoint stored for size %lld: %s", (long long)row[0].num,
		    err_text(c));
		err_clear(c);
	} else if (cp.size != (uint64_t)row[0].num) {
		verify_add(v, "the checkpoint stored for size %lld is of size %llu",
		    (long long)row[0].num, (unsigned long long)cp.size);
	} else {
		good = true;
		v->checkpoints++;
		v->signed_size = row[0].num;
	}
	mem_reset(c, mark);
	if (good)
		add_word(c, l, row[0].num, cp.root.b, FROM_CHECKPOINT);
	return 0;
}

static int take_state(struct ctx *c, struct log *l)
{
	const struct sign_tree *before = &l->w->before;
	struct sign_tree now;
	int rc = l->w->no_state ? ERR_NOTFOUND : sign_last(c, l->w->keys_dir, &now);

	if (before->size > 0)
		add_word(c, l, (int64_t)before->size, before->root.b, FROM_STATE);
	if (rc == ERR_NOTFOUND || rc == ERR_DENIED || rc == ERR_FAIL) {
		if (rc == ERR_FAIL)
			verify_add(l->w->v, "%s", err_text(c));
		/* whoever brings back an older database would take it away */
		if (rc == ERR_NOTFOUND && !l->w->no_state)
			verify_add(l->w->v,
			    "signer.state is gone: nothing shows that this database is the newest");
		l->w->v->state_unread = rc == ERR_DENIED;
		err_clear(c);
		return 0;
	}
	if (rc == 0 && now.size < (uint64_t)l->w->v->signed_size)
		verify_add(l->w->v,
		    "signer.state was rolled back: it says %llu entries were signed last, a "
		    "checkpoint is "
		    "of %lld",
		    (unsigned long long)now.size, (long long)l->w->v->signed_size);
	return rc;
}

static int by_size(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->point.size != y->point.size)
		return x->point.size > y->point.size ? 1 : -1;
	return (x->from > y->from) - (x->from < y->from);
}

/* One word for each size: of two that differ the signed one is believed, and the other named. */
static void join_words(struct log *l)
{
	size_t n = 0;

	if (l->n > 0)
		qsort(l->word, l->n, sizeof *l->word, by_size);
	for (size_t i = 0; i < l->n; i++) {
		const struct word *x = &l->word[i], *best = x;

		while (best + 1 < l->word + l->n && best[1].point.size == x->point.size)
			best++;
		for (; &l->word[i] < best; i++)
			if (!hash_eq(l->word[i].point.root, best->point.root))
				verify_add(l->w->v, "%s and %s of size %llu have different roots",
				    source_names[l->word[i].from], source_names[best->from],
				    (unsigned long long)best->point.size);
		l->word[n++] = *best;
	}
	l->n = n;
}

static int read_words(struct ctx *c, struct log *l)
{
	int rc = db_each(c, l->w->db, SQL_SLOT_EACH, DB_NO_ARGS, take_slot, l);

	for (size_t i = 0; i < l->w->n_last; i++)
		add_word(c, l, l->w->last[i].size, l->w->last[i].root.b, FROM_EPOCH);
	if (rc == 0)
		rc = db_each(c, l->w->db, SQL_CHECKPOINT_EACH, DB_NO_ARGS, take_checkpoint, l);
	if (rc == 0)
		rc = take_state(c, l);
	if (rc == 0)
		join_words(l);
	return rc;
}

/* ---- findings ---- */

/* Which entry it was that lost its place, or whether it is gone altogether. */
static int tell_entry(struct ctx *c, struct log *l, int64_t place)
{
	struct mem_mark mark = mem_mark(c);
	int64_t id = entry_at(l->w, place);
	const struct db_val *row;
	int rc = db_find(c, l->w->db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(id)), &row);

	if (rc == 0 && id == 0)
		verify_add(l->w->v, "place %lld: no entry has it", (long long)place);
	else if (rc == 0)
		verify_add(l->w->v, "entry %lld (place %lld): %s", (long long)id, (long long)place,
		    row == NULL ? "is gone" : "its leaf bytes are not what was logged");
	mem_reset(c, mark);
	return rc;
}

static const char *source_at(const struct log *l, uint64_t size)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->word[i].point.size == size)
			return source_names[l->word[i].from];
	return "a checkpoint";
}

static int tell(struct ctx *c, struct log *l, const struct check_finding *f)
{
	long long from = (long long)f->from, last = (long long)f->to - 1;
	struct verify *v = l->w->v;
	int rc = 0;

	if (f->kind == CHECK_ENTRY && f->to - f->from <= VERIFY_FINDINGS_MAX) {
		for (int64_t place = from; place <= last && rc == 0; place++)
			rc = tell_entry(c, l, place);
	} else if (f->kind == CHECK_FORK) {
		verify_add(v,
		    "fork: %s of size %lld was made for another history; the difference is within "
		    "places %lld to %lld (entries %lld to %lld)",
		    source_at(l, f->to), last + 1, from, last, (long long)entry_at(l->w, from),
		    (long long)entry_at(l->w, last));
	} else if (f->kind == CHECK_ROLLBACK) {
		verify_add(v, "rolled back: %s is of size %lld; places %lld to %lld are gone",
		    source_at(l, f->to), last + 1, from, last);
	} else {
		/* the report counts entries by their places */
		verify_add(v, "by place: %s; ids %lld to %lld", f->text,
		    (long long)entry_at(l->w, from), (long long)entry_at(l->w, last));
	}
	return rc;
}

static int run_check(struct ctx *c, struct log *l, const struct ledger_tree *tree)
{
	struct check_source src = {get_tile, get_bundle, l};
	struct check_point now = {(uint64_t)tree->size, tree->root};
	struct check_point *old = mem_array(c, l->n, sizeof *old);
	struct check_report *rep = mem_alloc(c, sizeof *rep);
	int rc;

	for (size_t i = 0; i < l->n; i++) {
		old[i] = l->word[i].point;
		if (old[i].size == now.size)
			now.root = old[i].root;
	}
	rc = check_log(c, &src, &now, old, l->n, rep);
	for (size_t i = 0; i < rep->n && rc == 0; i++)
		rc = tell(c, l, &rep->at[i]);
	l->w->v->more += rc == 0 ? rep->more : 0;
	return rc;
}

/* Tiles and entries that belong to nothing. */
static int check_counts(struct ctx *c, struct verify_work *w, int64_t size)
{
	const struct db_val *row;
	int64_t tiles = 0;
	struct tile t;
	int rc = db_one(c, w->db, SQL_VERIFY_COUNT, DB_NO_ARGS, &row);

	if (rc < 0)
		return rc;
	for (bool more = tile_first((uint64_t)size, &t); more; more = tile_next((uint64_t)size, &t))
		tiles++;
	if (row[0].num > tiles)
		verify_add(w->v, "%lld tiles are stored, the tree has %lld", (long long)row[0].num,
		    (long long)tiles);
	if (row[1].num != size + w->v->pending)
		verify_add(w->v, "%lld entries are stored; %lld have a place and %lld wait for one",
		    (long long)row[1].num, (long long)size, (long long)w->v->pending);
	return 0;
}

int verify_log(struct ctx *c, struct verify_work *w)
{
	struct log *l = mem_alloc(c, sizeof *l);
	struct ledger_tree tree;
	int rc = ledger_tree(c, w->db, &tree);

	l->w = w;
	if (rc == 0)
		rc = read_places(c, w, tree.size);
	if (rc == 0)
		rc = read_words(c, l);
	if (rc == 0)
		rc = check_counts(c, w, tree.size);
	if (rc < 0)
		return rc;
	w->v->placed = tree.size;
	return run_check(c, l, &tree);
}
