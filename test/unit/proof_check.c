/* Whole logs, first clean, then with every kind of damage: each must be found, and named with the
 * right index wherever what is left of the log allows it. */
#include "proof/check.h"

#include "check.h"

enum { MAX_FILES = 800 };

struct file {
	struct tile t;
	char *p;
	size_t n;
	bool gone;
};

/* A log in memory: its files as a directory would have them. */
struct log {
	struct check_point now;
	struct file at[MAX_FILES];
	size_t n;
	int fail; /* non-zero: what the source answers */
	/* The arena as it stands when a full tile of level 0 is asked for. */
	struct mem_mark first;
	unsigned calls, grown;
};

static struct str entry_text(struct ctx *c, uint64_t i)
{
	static const char fill[] = "................";
	struct str s = str_fmt(c, "entry %llu %s", (unsigned long long)i, fill + i % 16);

	return i == 3 ? STR("") : s; /* an empty entry is an entry */
}

/* The entries 0..n-1 as logged. */
static struct str *entries_make(struct ctx *c, size_t n)
{
	struct str *e = mem_array(c, n + 8, sizeof *e);

	for (size_t i = 0; i < n; i++)
		e[i] = entry_text(c, i);
	return e;
}

static struct hash root_of(const struct str *e, uint64_t n)
{
	struct merkle m = {0};

	for (uint64_t i = 0; i < n; i++)
		merkle_add(&m, merkle_leaf(e[i]));
	return merkle_root(&m);
}

static struct file *file_of(struct log *l, struct tile t)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].t.entries == t.entries && l->at[i].t.level == t.level &&
		    l->at[i].t.index == t.index && l->at[i].t.width == t.width)
			return &l->at[i];
	return NULL;
}

static struct file *file_at(struct log *l, bool entries, unsigned level, uint64_t index)
{
	struct tile t = tile_at(l->now.size, level, index);

	t.entries = entries;
	assert_non_null(file_of(l, t));
	return file_of(l, t);
}

static void file_add(struct ctx *c, struct log *l, struct tile t, const void *p, size_t n)
{
	assert_true(l->n < MAX_FILES);
	l->at[l->n++] = (struct file){t, mem_dup(c, p, n), n, false};
}

/* The bundles: `m` entries in the files that `n` entries have (the last takes what is left). */
static void bundles_add(struct ctx *c, struct log *l, const struct str *e, size_t n, size_t m)
{
	for (size_t at = 0; at < n; at += 256) {
		size_t end = at + 256 < n ? at + 256 : m;
		struct buf b = buf_init(c, TILE_BUNDLE_MAX);
		struct tile t = tile_at(n, 0, at / 256);

		for (size_t i = at; i < end && i < m; i++)
			assert_ok(c, tile_entry_put(c, &b, e[i]));
		t.entries = true;
		file_add(c, l, t, buf_str(&b).p, b.n);
	}
}

static void tiles_add(struct ctx *c, struct log *l, const struct str *e, size_t n)
{
	struct hash *h = mem_array(c, n + 1, sizeof *h);
	struct tile t;

	for (size_t i = 0; i < n; i++)
		h[i] = merkle_leaf(e[i]);
	for (unsigned level = 0; n > 0; level++, n /= 256) {
		for (size_t i = 0; i * 256 < n; i++) {
			t = (struct tile){
			    false, level, i, n - i * 256 < 256 ? (unsigned)(n - i * 256) : 256};
			file_add(c, l, t, h + i * 256, t.width * sizeof *h);
		}
		for (size_t i = 0; i < n / 256; i++)
			assert_ok(
			    c, tile_hash(c, (struct str){(const char *)(h + i * 256), TILE_BYTES},
				   &h[i]));
	}
}

static struct log *log_make(struct ctx *c, const struct str *e, size_t n)
{
	struct log *l = mem_alloc(c, sizeof *l);

	l->now = (struct check_point){n, root_of(e, n)};
	tiles_add(c, l, e, n);
	bundles_add(c, l, e, n, n);
	return l;
}

/* Tiles and checkpoint of n entries `e`, but bundles of the m entries `other`. */
static struct log *log_other(
    struct ctx *c, const struct str *e, size_t n, const struct str *other, size_t m)
{
	struct log *l = mem_alloc(c, sizeof *l);

	l->now = (struct check_point){n, root_of(e, n)};
	tiles_add(c, l, e, n);
	bundles_add(c, l, other, n, m);
	return l;
}

static int log_get(struct ctx *c, void *arg, const struct tile *t, struct str *ret)
{
	struct log *l = arg;
	struct file *f = file_of(l, *t);

	if (l->fail != 0)
		return err_set(c, l->fail, "the disk is on fire");
	if (!t->entries && t->level == 0 && t->width == 256) {
		struct mem_mark m = mem_mark(c);

		if (l->calls++ == 0)
			l->first = m;
		l->grown += m.block != l->first.block || m.used != l->first.used;
	}
	(void)mem_alloc(c, 100); /* check must give this back */
	if (f == NULL || f->gone)
		return err_set(c, ERR_NOTFOUND, "no such file");
	*ret = (struct str){f->p, f->n};
	return 0;
}

static struct check_report *look(
    struct ctx *c, struct log *l, const struct check_point *old, size_t n)
{
	struct check_source src = {log_get, log_get, l};
	struct check_report *rep = mem_alloc(c, sizeof *rep);
	struct mem_mark before = mem_mark(c), after;

	assert_ok(c, check_log(c, &src, &l->now, old, n, rep));
	after = mem_mark(c);
	assert_true(before.block == after.block && before.used == after.used);
	assert_string_equal(err_text(c), "");
	return rep;
}

static void dump(const struct check_report *rep)
{
	for (size_t i = 0; i < rep->n; i++)
		print_message("  %d [%llu, %llu) %s\n", (int)rep->at[i].kind,
		    (unsigned long long)rep->at[i].from, (unsigned long long)rep->at[i].to,
		    rep->at[i].text);
}

static bool has(const struct check_report *rep, enum check_kind kind, uint64_t from, uint64_t to)
{
	for (size_t i = 0; i < rep->n; i++)
		if (rep->at[i].kind == kind && rep->at[i].from == from && rep->at[i].to == to)
			return true;
	return false;
}

/* Exactly this one finding. */
static void only(struct check_report *rep, enum check_kind kind, uint64_t from, uint64_t to)
{
	if (rep->n == 1 && rep->more == 0 && has(rep, kind, from, to))
		return;
	dump(rep);
	fail_msg("want only %d [%llu, %llu)", (int)kind, (unsigned long long)from,
	    (unsigned long long)to);
}

static void clean(struct check_report *rep)
{
	if (rep->n > 0)
		dump(rep);
	assert_int_equal(rep->n + rep->more, 0);
}

/* ---- clean logs ---- */

static void test_clean(void **state)
{
	static const size_t sizes[] = {1, 2, 255, 256, 257, 511, 512, 1000, 65536, 70000};
	struct ctx *c = test_ctx();
	struct log *l = log_make(c, NULL, 0);

	(void)state;
	clean(look(c, l, NULL, 0));
	l->now.root.b[0] ^= 1;
	only(look(c, l, NULL, 0), CHECK_ROOT, 0, 0);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct mem_mark mark = mem_mark(c);
		struct str *e = entries_make(c, sizes[i]);

		l = log_make(c, e, sizes[i]);
		clean(look(c, l, NULL, 0));
		assert_int_equal(l->calls, sizes[i] / 256);
		assert_int_equal(l->grown, 0); /* what one bundle took was given back */
		mem_reset(c, mark);
	}
	ctx_close(&c);
}

static void test_clean_old(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 700);
	struct check_point old[702];
	struct merkle m = {0};

	(void)state;
	for (size_t i = 0; i <= 700; i++) {
		old[i] = (struct check_point){i, merkle_root(&m)};
		merkle_add(&m, merkle_leaf(e[i]));
	}
	old[701] = old[700]; /* the same twice is nothing bad */
	clean(look(c, log_make(c, e, 700), old, 702));
	ctx_close(&c);
}

/* A directory that has grown: partial tiles of the checkpoint's size are gone where full ones took
 * their place. */
static void test_fallback(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 600);
	struct log *l = log_make(c, e, 600);
	struct tile up = {false, 1, 0, 1};

	(void)state;
	file_add(c, l, up, file_at(l, false, 1, 0)->p, 32);
	l->now = (struct check_point){500, root_of(e, 500)};
	clean(look(c, l, NULL, 0));
	l->now.size = 600;
	file_at(l, true, 0, 1)->p[2] ^= 1;
	l->now.size = 500;
	only(look(c, l, NULL, 0), CHECK_ENTRY, 256, 257);
	ctx_close(&c);
}

/* ---- every byte ---- */

static void test_every_entry_byte(void **state)
{
	struct ctx *c = test_ctx();
	struct log *l = log_make(c, entries_make(c, 20), 20);
	struct file *f = file_at(l, true, 0, 0);
	struct str rest = {f->p, f->n}, entry;
	unsigned lengths = 0, datas = 0;

	(void)state;
	for (uint64_t i = 0; tile_entry_next(&rest, &entry); i++)
		for (const char *p = entry.p - 2; p < entry.p + entry.n; p++)
			for (unsigned bit = 0; bit < 8; bit++) {
				struct mem_mark mark = mem_mark(c);
				struct check_report *rep;

				f->p[p - f->p] = (char)(*p ^ 1 << bit);
				rep = look(c, l, NULL, 0);
				f->p[p - f->p] = (char)(*p ^ 1 << bit);
				if (p >= entry.p) {
					only(rep, CHECK_ENTRY, i, i + 1);
					datas++;
				} else {
					assert_true(rep->n > 0 && rep->at[0].from == i);
					assert_false(has(rep, CHECK_ROOT, 0, 20));
					lengths++;
				}
				mem_reset(c, mark);
			}
	assert_int_equal(lengths, 20 * 2 * 8);
	assert_int_equal(lengths + datas, f->n * 8);
	ctx_close(&c);
}

static void test_every_tile_byte(void **state)
{
	struct ctx *c = test_ctx();
	struct log *small = log_make(c, entries_make(c, 20), 20);
	struct log *two = log_make(c, entries_make(c, 513), 513);
	struct file *f = file_at(small, false, 0, 0);

	(void)state;
	for (size_t i = 0; i < f->n; i++) {
		f->p[i] ^= 64;
		only(look(c, small, NULL, 0), CHECK_TILE, i / 32, i / 32 + 1);
		f->p[i] ^= 64;
	}
	for (unsigned level = 0; level < 2; level++) {
		f = file_at(two, false, level, 0);
		for (size_t i = 0; i < f->n; i += 37) {
			uint64_t from = (i / 32) << 8 * level;

			f->p[i] ^= 1;
			only(look(c, two, NULL, 0), CHECK_TILE, from,
			    from + (UINT64_C(1) << 8 * level));
			f->p[i] ^= 1;
		}
	}
	ctx_close(&c);
}

/* ---- entries taken, added, moved ---- */

static void test_removed(void **state)
{
	static const size_t sizes[] = {20, 256, 600, 1000};
	struct ctx *c = test_ctx();
	struct str *all = entries_make(c, 600), *many = entries_make(c, 600);

	(void)state;
	for (size_t s = 0; s < 4; s++)
		for (size_t gone = 0; gone < sizes[s]; gone += sizes[s] / 20) {
			struct mem_mark mark = mem_mark(c);
			size_t n = sizes[s];
			struct str *e = entries_make(c, n), *o = entries_make(c, n);

			memmove(o + gone, o + gone + 1, (n - gone - 1) * sizeof *o);
			only(look(c, log_other(c, e, n, o, n - 1), NULL, 0), CHECK_REMOVED, gone,
			    gone + 1);
			mem_reset(c, mark);
		}
	/* several in a row, and the last */
	memmove(many + 100, many + 107, (600 - 107) * sizeof *many);
	only(look(c, log_other(c, all, 600, many, 593), NULL, 0), CHECK_REMOVED, 100, 107);
	only(look(c, log_other(c, all, 600, all, 599), NULL, 0), CHECK_REMOVED, 599, 600);
	ctx_close(&c);
}

static void test_added(void **state)
{
	struct ctx *c = test_ctx();
	struct str *end = entries_make(c, 20);

	(void)state;
	for (size_t at = 0; at < 600; at += 7) {
		struct mem_mark mark = mem_mark(c);
		struct str *e = entries_make(c, 600), *o = entries_make(c, 600);

		memmove(o + at + 1, o + at, (600 - at) * sizeof *o);
		o[at] = STR("new");
		if (at % 256 < 254 && at < 599)
			only(look(c, log_other(c, e, 600, o, 601), NULL, 0), CHECK_ADDED, at,
			    at + 1);
		if (at > 0 && at % 256 < 254 && at < 599) { /* a duplicate shows where it differs */
			o[at] = o[at - 1];
			only(look(c, log_other(c, e, 600, o, 601), NULL, 0), CHECK_ADDED, at,
			    at + 1);
		}
		mem_reset(c, mark);
	}
	end[20] = end[19]; /* behind the end */
	only(look(c, log_other(c, end, 20, end, 21), NULL, 0), CHECK_SURPLUS, 19, 20);
	ctx_close(&c);
}

static void test_moved(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t a = 0; a < 20; a++)
		for (size_t b = a + 1; b < 20; b++) {
			struct mem_mark mark = mem_mark(c);
			struct str *e = entries_make(c, 20), *o = entries_make(c, 20);

			o[a] = e[b];
			o[b] = e[a];
			only(look(c, log_other(c, e, 20, o, 20), NULL, 0), CHECK_MOVED, a, b + 1);
			mem_reset(c, mark);
		}
	{ /* from one bundle to another: both places are named */
		struct str *e = entries_make(c, 600), *o = entries_make(c, 600);
		struct check_report *rep;

		o[30] = e[500];
		o[500] = e[30];
		rep = look(c, log_other(c, e, 600, o, 600), NULL, 0);
		assert_true(rep->n == 2 && has(rep, CHECK_ENTRY, 30, 31) &&
			    has(rep, CHECK_ENTRY, 500, 501));
	}
	ctx_close(&c);
}

/* Altered entries all over a larger log, with a damaged tile above some of them. */
static void test_mixed(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 70000), *o = mem_array(c, 70000, sizeof *o);
	struct check_report *rep;
	struct log *l;

	(void)state;
	memcpy(o, e, 70000 * sizeof *o);
	o[0] = STR("x");
	o[777] = o[778] = STR("y");
	o[65535] = o[65536] = STR("z");
	o[69999] = STR("");
	l = log_other(c, e, 70000, o, 70000);
	rep = look(c, l, NULL, 0);
	assert_true(rep->n == 4 && has(rep, CHECK_ENTRY, 0, 1) && has(rep, CHECK_ENTRY, 777, 779));
	assert_true(has(rep, CHECK_ENTRY, 65535, 65537) && has(rep, CHECK_ENTRY, 69999, 70000));
	/* under one tile an altered entry and damaged hashes of others: told apart */
	file_at(l, false, 0, 3)->p[32 * 20] ^= 1;
	file_at(l, false, 0, 3)->p[32 * 30] ^= 1;
	file_at(l, false, 1, 1)->p[32 * 16] ^= 1; /* right edge */
	file_at(l, false, 1, 0)->p[32 * 100] ^= 1;
	rep = look(c, l, NULL, 0);
	assert_true(rep->n == 8 && has(rep, CHECK_ENTRY, 777, 779) && has(rep, CHECK_ENTRY, 0, 1));
	assert_true(has(rep, CHECK_TILE, 3 * 256 + 20, 3 * 256 + 21));
	assert_true(has(rep, CHECK_TILE, 3 * 256 + 30, 3 * 256 + 31));
	assert_true(has(rep, CHECK_TILE, 65536 + 16 * 256, 65536 + 17 * 256));
	assert_true(has(rep, CHECK_TILE, 100 * 256, 101 * 256));
	assert_string_equal(
	    rep->at[0].text, "damaged tile: wrong hash over entries 25600 to 25855 (tile/1/000)");
	ctx_close(&c);
}

/* ---- absent and cut files ---- */

static void test_absent(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 70000);
	struct log *l = log_make(c, e, 70000);
	struct check_report *rep;

	(void)state;
	for (size_t i = 0; i < l->n; i += i < 270 ? 40 : 1) {
		struct tile t = l->at[i].t;
		uint64_t from = (t.index * 256) << 8 * t.level, to = (t.index * 256 + t.width)
								     << 8 * t.level;

		if (t.entries && i % 50 != 0 && t.width == 256)
			continue;
		l->at[i].gone = true;
		only(look(c, l, NULL, 0), t.entries ? CHECK_ABSENT : CHECK_TILE_ABSENT, from, to);
		l->at[i].gone = false;
		l->at[i].n--;
		rep = look(c, l, NULL, 0);
		if (t.entries)
			only(rep, CHECK_CUT, to - 1, to);
		else
			only(rep, CHECK_TILE_SIZE, from, to);
		l->at[i].n += 1;
	}
	/* bundle and tile of one place: nothing is left to say more */
	file_at(l, false, 0, 7)->gone = file_at(l, true, 0, 7)->gone = true;
	rep = look(c, l, NULL, 0);
	assert_true(rep->n == 2 && has(rep, CHECK_ABSENT, 7 * 256, 8 * 256));
	assert_true(has(rep, CHECK_TILE_ABSENT, 7 * 256, 8 * 256));
	ctx_close(&c);
}

/* The files of a shorter log behind the checkpoint of a longer one. */
static void test_truncated(void **state)
{
	static const size_t sizes[] = {1, 19, 256, 300, 512, 599};
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 600);

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct log *l = log_make(c, e, sizes[i]);
		struct check_point old = {sizes[i], root_of(e, sizes[i])};
		struct check_report *rep;

		l->now = (struct check_point){600, root_of(e, 600)};
		rep = look(c, l, &old, 1);
		assert_true(has(rep, CHECK_ABSENT, sizes[i] / 256 * 256, 600));
		assert_false(has(rep, CHECK_FORK, 0, sizes[i]));
		/* and the other way round: a checkpoint signed for more was seen before */
		old = (struct check_point){600, root_of(e, 600)};
		l->now = (struct check_point){sizes[i], root_of(e, sizes[i])};
		only(look(c, l, &old, 1), CHECK_ROLLBACK, sizes[i], 600);
	}
	ctx_close(&c);
}

/* ---- checkpoints that disagree ---- */

static void test_wrong_root(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 1000), *o = entries_make(c, 1000);
	struct check_point old[4];
	struct check_report *rep;
	struct log *l = log_make(c, e, 1000);

	(void)state;
	l->now.root.b[31] ^= 1;
	only(look(c, l, NULL, 0), CHECK_ROOT, 0, 1000);
	/* entries and tiles rewritten together, so that they agree: older checkpoints bound the
	 * place */
	o[555] = STR("rewritten");
	l = log_make(c, o, 1000);
	l->now.root = root_of(e, 1000);
	only(look(c, l, NULL, 0), CHECK_ROOT, 0, 1000);
	for (size_t i = 0; i < 4; i++)
		old[i] = (struct check_point){200 * (i + 1), root_of(e, 200 * (i + 1))};
	only(look(c, l, old, 4), CHECK_ROOT, 400, 600);
	only(look(c, l, old, 2), CHECK_ROOT, 400, 1000);
	only(look(c, l, old + 2, 2), CHECK_ROOT, 0, 600);
	old[2].size = 555;
	old[2].root = root_of(e, 555);
	old[3].size = 556;
	old[3].root = root_of(e, 556);
	only(look(c, l, old, 4), CHECK_ROOT, 555, 556);
	/* neither root nor stored hash to believe: the disagreement is told, no side taken */
	l = log_other(c, e, 1000, o, 1000);
	l->now.root.b[0] ^= 1;
	rep = look(c, l, NULL, 0);
	assert_true(rep->n == 2 && has(rep, CHECK_DOUBT, 555, 556));
	assert_true(has(rep, CHECK_ROOT, 0, 1000));
	ctx_close(&c);
}

/* A tile of level 0 rewritten with its entry, the levels above left: the hash above is the witness,
 * and no stored hash below can say more than the tile, but older checkpoints can. */
static void test_rewritten_below(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 1000), *o = entries_make(c, 1000);
	struct check_point old[2] = {{400, root_of(e, 400)}, {450, root_of(e, 450)}};
	struct log *l, *r;

	(void)state;
	o[420] = STR("rewritten");
	l = log_other(c, e, 1000, o, 1000);
	r = log_make(c, o, 1000);
	memcpy(file_at(l, false, 0, 1)->p, file_at(r, false, 0, 1)->p, TILE_BYTES);
	only(look(c, l, NULL, 0), CHECK_RANGE, 256, 512);
	only(look(c, l, old, 2), CHECK_RANGE, 400, 450);
	ctx_close(&c);
}

static void test_fork(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 1000), *o = entries_make(c, 1000);
	struct check_point old[5];
	struct check_report *rep;
	struct log *l;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		old[i] = (struct check_point){190 * (i + 1), root_of(e, 190 * (i + 1))};
	old[2].root.b[7] ^= 4;
	rep = look(c, log_make(c, e, 1000), old, 5);
	only(rep, CHECK_FORK, 380, 570);
	assert_non_null(strstr(rep->at[0].text, "size 570"));
	/* with an altered entry before it, and a second root for one size */
	old[2].root.b[7] ^= 4;
	old[4] = old[3];
	old[4].root.b[0] ^= 1;
	o[5] = STR("altered");
	l = log_other(c, e, 1000, o, 1000);
	rep = look(c, l, old, 5);
	assert_true(rep->n == 2 && has(rep, CHECK_ENTRY, 5, 6));
	assert_int_equal(rep->at[1].kind, CHECK_FORK);
	assert_int_equal(rep->at[1].to, 760);
	/* a current checkpoint that is itself the lie does not hide a fork before it */
	l = log_make(c, e, 1000);
	l->now.root.b[0] ^= 1;
	old[4] = (struct check_point){999, root_of(e, 999)};
	old[1].root.b[0] ^= 1;
	rep = look(c, l, old, 5);
	assert_true(
	    rep->n == 2 && has(rep, CHECK_FORK, 190, 380) && has(rep, CHECK_ROOT, 999, 1000));
	/* for an empty tree there is one root only */
	old[0] = (struct check_point){0, root_of(e, 0)};
	clean(look(c, log_make(c, e, 1000), old, 1));
	old[0].root.b[0] ^= 1;
	only(look(c, log_make(c, e, 1000), old, 1), CHECK_FORK, 0, 0);
	ctx_close(&c);
}

/* The older checkpoint was signed for the altered entries: that they agree with each other does not
 * make them what the current checkpoint says. And behind an absent bundle, whose hash is known from
 * above only, older checkpoints are verified all the same. */
static void test_fork_hidden(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 1000), *o = entries_make(c, 1000);
	struct check_point old[2] = {{600, root_of(e, 600)}, {900, root_of(e, 900)}};
	struct check_report *rep;
	struct log *l;

	(void)state;
	o[5] = STR("altered");
	l = log_other(c, e, 1000, o, 1000);
	old[1].root = root_of(o, 900);
	rep = look(c, l, old, 2);
	assert_true(rep->n == 2 && has(rep, CHECK_ENTRY, 5, 6) && has(rep, CHECK_FORK, 600, 900));

	l = log_make(c, e, 1000);
	file_at(l, true, 0, 0)->gone = true;
	rep = look(c, l, old, 2);
	assert_true(
	    rep->n == 2 && has(rep, CHECK_ABSENT, 0, 256) && has(rep, CHECK_FORK, 600, 900));
	old[1].root = root_of(e, 900);
	only(look(c, l, old, 2), CHECK_ABSENT, 0, 256);
	ctx_close(&c);
}

/* Many differences of one witness and a single one of the other, in one tile. */
static void test_many_and_one(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 300), *o = entries_make(c, 300);
	struct check_report *rep;
	struct log *l;

	(void)state;
	for (size_t i = 10; i < 50; i++)
		o[i] = str_fmt(c, "altered %zu", i);
	l = log_other(c, e, 300, o, 300);
	file_at(l, false, 0, 0)->p[32 * 200] ^= 1;
	rep = look(c, l, NULL, 0);
	assert_true(rep->n == 2 && has(rep, CHECK_ENTRY, 10, 50) && has(rep, CHECK_TILE, 200, 201));

	memcpy(o, e, 300 * sizeof *o);
	o[200] = STR("altered");
	l = log_other(c, e, 300, o, 300);
	for (size_t i = 10; i < 50; i++)
		file_at(l, false, 0, 0)->p[32 * i] ^= 1;
	rep = look(c, l, NULL, 0);
	assert_true(rep->n == 2 && has(rep, CHECK_ENTRY, 200, 201) && has(rep, CHECK_TILE, 10, 50));
	ctx_close(&c);
}

static void test_refused(void **state)
{
	struct ctx *c = test_ctx();
	struct str *e = entries_make(c, 300);
	struct log *l = log_make(c, e, 300);
	struct check_source src = {log_get, log_get, l};
	struct check_report *rep = mem_alloc(c, sizeof *rep);
	struct check_point old[2] = {{20, l->now.root}, {10, l->now.root}};

	(void)state;
	rep->n = 77;
	assert_err(c, check_log(c, &src, &l->now, old, 2, rep), ERR_INVALID, "not sorted");
	l->fail = ERR_FAIL;
	assert_err(c, check_log(c, &src, &l->now, old, 1, rep), ERR_FAIL, "on fire");
	l->now.size = CHECK_SIZE_MAX + UINT64_C(1);
	assert_err(c, check_log(c, &src, &l->now, old, 1, rep), ERR_LIMIT, "more than");
	assert_int_equal(rep->n, 77);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_clean),
	    cmocka_unit_test(test_clean_old),
	    cmocka_unit_test(test_fallback),
	    cmocka_unit_test(test_every_entry_byte),
	    cmocka_unit_test(test_every_tile_byte),
	    cmocka_unit_test(test_removed),
	    cmocka_unit_test(test_added),
	    cmocka_unit_test(test_moved),
	    cmocka_unit_test(test_mixed),
	    cmocka_unit_test(test_absent),
	    cmocka_unit_test(test_truncated),
	    cmocka_unit_test(test_wrong_root),
	    cmocka_unit_test(test_rewritten_below),
	    cmocka_unit_test(test_fork),
	    cmocka_unit_test(test_fork_hidden),
	    cmocka_unit_test(test_many_and_one),
	    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
