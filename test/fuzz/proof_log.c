/* A foreign log as a directory would have it, in memory, damaged at will: an undamaged one
 * verifies, any damage is found and told in a sentence, nothing stays allocated, and older
 * checkpoints are confirmed or named. Input: the size, an older size, then damages of eight bytes
 * each. */
#include "fuzz.h"

#include "proof/check.h"

enum { ENTRIES_MOST = 530, FILES_MOST = 32, DAMAGES_MOST = 8 };

struct file {
	struct tile t;
	struct str bytes, now; /* as logged, and as they are; NULL when gone */
};

struct log {
	struct check_point point;
	struct file at[FILES_MOST];
	size_t n;
};

static struct str entry_text(struct ctx *c, size_t i)
{
	return str_fmt(c, "%.*s", (int)(i * 7 % 23), &"entry entry entry entry"[i % 5]);
}

static void add_file(struct ctx *c, struct log *l, struct tile t, struct str bytes)
{
	fuzz_must(l->n < FILES_MOST, "room for the files");
	bytes = (struct str){mem_dup(c, bytes.p, bytes.n), bytes.n};
	l->at[l->n++] = (struct file){t, bytes, bytes};
}

static void add_bundle(struct ctx *c, struct log *l, struct tile t)
{
	struct buf b = buf_init(c, TILE_BUNDLE_MAX);

	t.entries = true;
	for (size_t i = 0; i < t.width; i++)
		fuzz_must(tile_entry_put(c, &b, entry_text(c, t.index * TILE_WIDTH + i)) == 0,
		    "an entry is put");
	add_file(c, l, t, buf_str(&b));
}

/* The same for all inputs: leaf hashes, and the root after each of them. */
struct known {
	bool made;
	struct hash leaf[ENTRIES_MOST], root[ENTRIES_MOST + 1];
};

static const struct known *known(struct ctx *c)
{
	static struct known k;
	struct merkle m = {0};

	for (size_t i = 0; i <= ENTRIES_MOST && !k.made; i++) {
		k.root[i] = merkle_root(&m);
		if (i == ENTRIES_MOST)
			break;
		k.leaf[i] = merkle_leaf(entry_text(c, i));
		merkle_add(&m, k.leaf[i]);
	}
	k.made = true;
	return &k;
}

static struct log *make(struct ctx *c, size_t size)
{
	struct hash *h = mem_array(c, size + 1, sizeof *h);
	struct log *l = mem_alloc(c, sizeof *l);
	struct tile t;

	memcpy(h, known(c)->leaf, size * sizeof *h);
	l->point = (struct check_point){size, known(c)->root[size]};
	for (bool more = tile_first(size, &t); more && t.level == 0; more = tile_next(size, &t)) {
		struct str bytes = {(char *)(h + t.index * TILE_WIDTH), t.width * sizeof *h};

		add_file(c, l, t, bytes);
		add_bundle(c, l, t);
	}
	for (size_t i = 0; i < size / TILE_WIDTH; i++)
		fuzz_must(tile_hash(c, (struct str){(char *)(h + i * TILE_WIDTH), TILE_BYTES},
			      &h[i]) == 0,
		    "a full tile has a hash");
	t = tile_at(size, 1, 0);
	if (t.width > 0)
		add_file(c, l, t, (struct str){(char *)h, t.width * sizeof *h});
	return l;
}

static int get(struct ctx *c, void *arg, const struct tile *t, struct str *ret)
{
	struct log *l = arg;

	(void)mem_alloc(c, 64); /* what is allocated here is given back */
	for (size_t i = 0; i < l->n; i++) {
		struct file *f = &l->at[i];

		if (f->now.p != NULL && f->t.entries == t->entries && f->t.level == t->level &&
		    f->t.index == t->index && f->t.width == t->width) {
			*ret = f->now;
			return 0;
		}
	}
	return err_set(c, ERR_NOTFOUND, "there is no such file");
}

/* One damage: a byte changed, the file cut, lengthened, gone, or in another's place. */
static void damage(struct ctx *c, struct log *l, struct str *in)
{
	unsigned kind = fuzz_byte(in) % 5, value, other;
	struct file *f = &l->at[fuzz_byte(in) % l->n];
	size_t at = (size_t)fuzz_u64(in, 4);
	char *p;

	value = fuzz_byte(in);
	other = fuzz_byte(in);
	if (f->now.p == NULL)
		return;
	p = mem_alloc(c, f->now.n + 1 + value);
	memcpy(p, f->now.p, f->now.n);
	if (kind == 0 && f->now.n > 0)
		p[at % f->now.n] = (char)value;
	else if (kind == 1 && f->now.n > 0)
		f->now.n = at % f->now.n;
	else if (kind == 2)
		f->now.n += value;
	else if (kind == 4)
		f->now = l->at[other % l->n].now;
	f->now.p = kind == 3 ? NULL : kind == 4 ? f->now.p : p;
}

static bool whole(const struct log *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].now.p == NULL || !str_eq(l->at[i].now, l->at[i].bytes))
			return false;
	return true;
}

static void verify(
    struct ctx *c, struct log *l, const struct check_point *old, size_t n_old, bool good)
{
	struct check_source src = {get, get, l};
	struct check_report *rep = mem_alloc(c, sizeof *rep);
	struct mem_mark before = mem_mark(c), after;
	int rc = check_log(c, &src, &l->point, old, n_old, rep);

	after = mem_mark(c);
	fuzz_must(rc == 0, "the verification can be done");
	fuzz_must(
	    before.block == after.block && before.used == after.used, "nothing stays allocated");
	fuzz_must((rep->n + rep->more == 0) == good, "damage is found, and nothing else");
	for (size_t i = 0; i < rep->n; i++) {
		fuzz_must(rep->at[i].from <= rep->at[i].to, "a range of entries");
		fuzz_must(rep->at[i].text[0] != '\0', "told in a sentence");
		fuzz_must(memchr(rep->at[i].text, '\0', CHECK_TEXT) != NULL, "that fits");
	}
}

static void fuzz_one(struct ctx *c, struct str in)
{
	size_t size = (size_t)fuzz_u64(&in, 2) % (ENTRIES_MOST + 1);
	size_t older = size == 0 ? 0 : (size_t)fuzz_u64(&in, 2) % (size + 1);
	struct log *l = make(c, size);
	struct check_point old = {older, known(c)->root[older]}, fork = old;

	if (in.n == 0) {
		verify(c, l, &old, older > 0, true);
		fork.root.b[0] ^= 1;
		if (older > 0 && older < size)
			verify(c, l, &fork, 1, false);
	}
	for (int i = 0; i < DAMAGES_MOST && in.n > 0 && l->n > 0; i++)
		damage(c, l, &in);
	verify(c, l, &old, older > 0 && size % 2 == 0, whole(l));
}
