#include "proof/check.h"

#include "base/mem.h"
#include "proof/check_find_p.h"

enum { W = TILE_WIDTH };

/* A hash of a tile above level 0 as the entries give it, or as proved by the hash above it. */
struct cell {
	struct hash h;
	bool known; /* h is filled in */
	bool look;  /* level 1 only: bundle or tile below is not in order */
};

/* What the entries say about an older checkpoint. */
enum view { VIEW_NONE, VIEW_SAME, VIEW_OTHER };

/* The work: one run of check_log. */
struct work {
	struct ctx *c;
	const struct check_source *src;
	uint64_t size;
	struct hash root;
	struct cell *up[TILE_LEVELS]; /* [1..]: size >> 8 * level cells each */
	const struct check_point *old;
	enum view *view;
	size_t n_old, next_old;
	uint64_t good; /* the largest older size the entries agree with */
	uint64_t bad;  /* the smallest one above it with which they do not, or the log's size */
	int shift;     /* after removed (> 0) or added (< 0) entries the rest is out of step, */
	uint64_t at;   /* so far up to this index */
	struct check_report *rep;
	size_t told; /* findings, before neighbours are joined */
};

/* One tile and its two witnesses: e from below, s as stored; t is the truth once found. */
struct row {
	struct tile tile;
	struct hash e[W], s[W], t[W];
	bool has_e[W];
	unsigned n_s;               /* stored hashes that can be read */
	unsigned n_e;               /* level 0: entries that can be read */
	bool absent, bad_size;      /* the tile */
	bool gone, broken, surplus; /* the bundle (level 0) */
};

static void add(struct work *w, enum check_kind kind, uint64_t from, uint64_t to,
    const struct tile *tile, bool bundle)
{
	w->told++;
	check_find_add(w->rep, kind, from, to, tile, bundle);
}

/* ---- reading ---- */

/* Index of the first entry below the i-th hash of a tile. */
static uint64_t entry_at(const struct tile *t, unsigned i)
{
	return (t->index * W + i) << 8 * t->level;
}

static uint64_t tile_end(const struct tile *t)
{
	return entry_at(t, t->width);
}

static int read_stored(struct work *w, struct row *r)
{
	struct str bytes;
	bool full;
	int rc = tile_load(w->c, w->src->tile, w->src->arg, &r->tile, &bytes, &full);

	if (rc == ERR_NOTFOUND) {
		err_clear(w->c);
		r->absent = true;
		return 0;
	}
	if (rc < 0)
		return rc;
	r->bad_size = bytes.n != (size_t)HASH_SIZE * (full ? W : r->tile.width);
	r->n_s =
	    bytes.n / HASH_SIZE < r->tile.width ? (unsigned)(bytes.n / HASH_SIZE) : r->tile.width;
	if (r->n_s > 0)
		memcpy(r->s, bytes.p, (size_t)r->n_s * HASH_SIZE);
	return 0;
}

static int read_entries(struct work *w, struct row *r)
{
	struct tile bundle = r->tile;
	struct str rest, entry;
	bool full;
	int rc;

	bundle.entries = true;
	rc = tile_load(w->c, w->src->entries, w->src->arg, &bundle, &rest, &full);
	if (rc == ERR_NOTFOUND) {
		err_clear(w->c);
		r->gone = true;
		return 0;
	}
	if (rc < 0)
		return rc;
	while (r->n_e < r->tile.width && tile_entry_next(&rest, &entry)) {
		r->e[r->n_e] = merkle_leaf(entry);
		r->has_e[r->n_e++] = true;
	}
	r->broken = r->n_e < r->tile.width && rest.n > 0;
	r->surplus = r->n_e == r->tile.width && rest.n > 0 && !full;
	return 0;
}

/* Both witnesses of one tile. What the callbacks allocate is given back. */
static int row_read(struct work *w, unsigned level, uint64_t index, struct row *r)
{
	struct mem_mark mark = mem_mark(w->c);
	int rc;

	memset(r, 0, offsetof(struct row, e));
	memset(r->has_e, 0, sizeof *r - offsetof(struct row, has_e));
	r->tile = tile_at(w->size, level, index);
	rc = read_stored(w, r);
	if (rc == 0 && level == 0)
		rc = read_entries(w, r);
	for (unsigned i = 0; level > 0 && i < r->tile.width; i++) {
		const struct cell *below = &w->up[level][index * W + i];

		r->e[i] = below->h;
		r->has_e[i] = below->known;
	}
	mem_reset(w->c, mark);
	return rc;
}

static bool differs(const struct row *r, unsigned i)
{
	return i < r->n_s && r->has_e[i] && memcmp(r->e[i].b, r->s[i].b, HASH_SIZE) != 0;
}

/* Bundle and tile are there, whole and of one opinion. */
static bool row_clean(const struct row *r)
{
	return !r->absent && !r->bad_size && !r->surplus && r->n_e == r->tile.width &&
	       memcmp(r->e, r->s, (size_t)r->tile.width * HASH_SIZE) == 0;
}

/* ---- first pass: what the entries say ---- */

/* The root of `whole` tiles of entries and the begun one behind them. */
static struct hash root_with(const struct merkle *whole, const struct merkle *begun)
{
	struct merkle m = *whole;
	unsigned n = (unsigned)__builtin_popcountll(m.size);

	memcpy(
	    m.edge + n, begun->edge, sizeof m.edge[0] * (size_t)__builtin_popcountll(begun->size));
	m.size += begun->size;
	return merkle_root(&m);
}

static void view_old(
    struct work *w, uint64_t size, const struct merkle *whole, const struct merkle *begun)
{
	for (; w->next_old < w->n_old && w->old[w->next_old].size == size; w->next_old++) {
		bool same = hash_eq(root_with(whole, begun), w->old[w->next_old].root);

		w->view[w->next_old] = same ? VIEW_SAME : VIEW_OTHER;
		if (same)
			w->good = size;
	}
}

/* One bundle: its leaves into the tree, the older roots within it. `sound`: every entry before
 * could be read. */
static void take(struct work *w, const struct row *r, struct merkle *whole, bool sound)
{
	struct merkle begun = {0};

	for (unsigned i = 0; i < r->n_e; i++) {
		merkle_add(&begun, r->e[i]);
		if (sound && i + 1 < W)
			view_old(w, r->tile.index * W + i + 1, whole, &begun);
	}
	if (r->n_e < W)
		return;
	w->up[1][r->tile.index] = (struct cell){begun.edge[0], true, !row_clean(r)};
	if (sound) {
		merkle_add_subtree(whole, 8, begun.edge[0]);
		view_old(w, whole->size, whole, &(struct merkle){0});
	}
}

static int first_pass(struct work *w)
{
	struct row *r = mem_alloc(w->c, sizeof *r);
	struct merkle whole = {0};
	bool sound = true;

	view_old(w, 0, &whole, &whole);
	for (uint64_t b = 0; b * W < w->size; b++) {
		int rc = row_read(w, 0, b, r);

		if (rc < 0)
			return rc;
		if (b < w->size / W)
			w->up[1][b].look = !row_clean(r);
		take(w, r, &whole, sound);
		sound = sound && r->n_e == r->tile.width;
	}
	for (unsigned level = 2; level < TILE_LEVELS; level++)
		for (uint64_t i = 0; i < w->size >> 8 * level; i++) {
			struct cell *cell = &w->up[level][i];
			struct merkle m = {0};

			cell->known = true;
			for (unsigned k = 0; k < W; k++) {
				cell->known = cell->known && w->up[level - 1][i * W + k].known;
				merkle_add(&m, w->up[level - 1][i * W + k].h);
			}
			cell->h = merkle_root(&m);
		}
	return 0;
}

/* ---- which witness is right ---- */

/* The tiles under one believed hash: one full tile, or the partial tiles at the tree's right edge,
 * highest level first. `base` is the level their lowest hashes count as. */
struct group {
	struct row *row;
	size_t n;
	unsigned base;
	struct hash want;
	size_t n_spot; /* where the witnesses differ */
	struct spot {
		unsigned short row, i;
	} * spot;
};

static bool fits(const struct group *g)
{
	struct merkle m = {0};

	for (size_t k = 0; k < g->n; k++)
		for (unsigned i = 0; i < g->row[k].tile.width; i++)
			merkle_add_subtree(
			    &m, 8 * (g->row[k].tile.level - g->base), g->row[k].t[i]);
	return hash_eq(merkle_root(&m), g->want);
}

/* Takes one witness everywhere, the other only where it is silent; false where both are. */
static bool believe(struct group *g, bool stored)
{
	bool all = true;

	for (size_t k = 0; k < g->n; k++) {
		struct row *r = &g->row[k];

		for (unsigned i = 0; i < r->tile.width; i++) {
			bool has_s = i < r->n_s;

			r->t[i] = has_s && (stored || !r->has_e[i]) ? r->s[i] : r->e[i];
			all = all && (has_s || r->has_e[i]);
		}
	}
	return all;
}

static void choose(struct group *g, size_t k, bool stored)
{
	struct row *r = &g->row[g->spot[k].row];
	unsigned i = g->spot[k].i;

	r->t[i] = stored ? r->s[i] : r->e[i];
}

/* Few differences: every choice. Many: one witness with a single exception. */
static bool try_mixed(struct group *g)
{
	enum { FEW = 10 };

	for (unsigned mask = 1; g->n_spot <= FEW && mask + 1 < 1u << g->n_spot; mask++) {
		for (size_t k = 0; k < g->n_spot; k++)
			choose(g, k, (mask >> k & 1) != 0);
		if (fits(g))
			return true;
	}
	for (int stored = 0; g->n_spot > FEW && stored < 2; stored++) {
		(void)believe(g, stored != 0);
		for (size_t k = 0; k < g->n_spot; k++) {
			choose(g, k, stored == 0);
			if (fits(g))
				return true;
			choose(g, k, stored != 0);
		}
	}
	return false;
}

/* Finds the truth (t of every row); *ret_hole: a hash is missing in both witnesses. */
static bool settle(struct work *w, struct group *g, bool *ret_hole)
{
	struct mem_mark mark = mem_mark(w->c);
	bool found;

	*ret_hole = !believe(g, false);
	if (*ret_hole)
		return false;
	if (fits(g))
		return true;
	(void)believe(g, true);
	if (fits(g))
		return true;
	g->n_spot = 0;
	g->spot = mem_array(w->c, g->n * W, sizeof *g->spot);
	for (size_t k = 0; k < g->n; k++)
		for (unsigned i = 0; i < g->row[k].tile.width; i++)
			if (differs(&g->row[k], i))
				g->spot[g->n_spot++] =
				    (struct spot){(unsigned short)k, (unsigned short)i};
	found = try_mixed(g);
	mem_reset(w->c, mark);
	return found;
}

/* ---- naming what is wrong ---- */

static void judge_tile_file(struct work *w, const struct row *r)
{
	if (r->absent)
		add(w, CHECK_TILE_ABSENT, entry_at(&r->tile, 0), tile_end(&r->tile), &r->tile,
		    false);
	else if (r->bad_size)
		add(w, CHECK_TILE_SIZE, entry_at(&r->tile, 0), tile_end(&r->tile), &r->tile, false);
}

static void add_entries(
    struct work *w, enum check_kind kind, const struct row *r, unsigned from, unsigned to)
{
	check_find_add(
	    w->rep, kind, entry_at(&r->tile, from), entry_at(&r->tile, to), &r->tile, true);
}

/* From entry `first` on the bundle has the logged entries, but `gone` further on (or, negative,
 * that many further back). The other end may lie in the next bundle. */
static bool out_of_step(const struct row *r, unsigned first, int gone)
{
	unsigned d = (unsigned)(gone > 0 ? gone : -gone), n = r->tile.width;

	if (gone > 0 ? r->n_e + d < n : r->n_e < n)
		return false;
	for (unsigned k = first; k + d < n && (gone < 0 || k < r->n_e); k++)
		if (memcmp(r->e[gone > 0 ? k : k + d].b, r->t[gone > 0 ? k + d : k].b, HASH_SIZE) !=
		    0)
			return false;
	return true;
}

/* Entries taken out or put in: finds how many, so that what follows is as logged again. */
static bool judge_step(struct work *w, const struct row *r, unsigned first)
{
	for (int d = 1; (unsigned)d + first < r->tile.width; d++)
		for (int sign = 1; sign >= -1; sign -= 2) {
			if (!out_of_step(r, first, sign * d))
				continue;
			add_entries(w, sign > 0 ? CHECK_REMOVED : CHECK_ADDED, r, first,
			    first + (unsigned)d);
			w->shift = sign * d;
			w->at = tile_end(&r->tile);
			return true;
		}
	return false;
}

/* The entries from first to last are the logged ones, in another order. */
static bool permuted(const struct row *r, unsigned first, unsigned last)
{
	bool used[W] = {false};

	for (unsigned i = first; i <= last; i++) {
		unsigned k = first;

		while (k <= last && (used[k] || memcmp(r->e[i].b, r->t[k].b, HASH_SIZE) != 0))
			k++;
		if (k > last)
			return false;
		used[k] = true;
	}
	return true;
}

static bool entry_is_wrong(const struct row *r, unsigned i)
{
	return memcmp(r->e[i].b, r->t[i].b, HASH_SIZE) != 0;
}

/* The entries of one bundle against the believed leaf hashes. */
static void judge_entries(struct work *w, const struct row *r)
{
	unsigned n = r->tile.width, first = 0, last = r->n_e;

	if (w->shift != 0 && w->at == entry_at(&r->tile, 0) && out_of_step(r, 0, w->shift)) {
		w->at = tile_end(&r->tile); /* told already */
		return;
	}
	w->shift = 0;
	while (first < r->n_e && !entry_is_wrong(r, first))
		first++;
	while (last > first && !entry_is_wrong(r, last - 1))
		last--;
	if (r->gone)
		add_entries(w, CHECK_ABSENT, r, 0, n);
	else if (first == r->n_e && r->n_e < n)
		add_entries(w, r->broken ? CHECK_CUT : CHECK_REMOVED, r, first, n);
	else if (first == r->n_e && r->surplus)
		add_entries(w, CHECK_SURPLUS, r, n - 1, n);
	else if (first == r->n_e)
		return;
	else if (r->n_e == n && !r->surplus && permuted(r, first, last - 1))
		add_entries(w, CHECK_MOVED, r, first, last);
	else if (judge_step(w, r, first))
		return;
	else if (r->n_e < n || r->surplus)
		add_entries(w, CHECK_CUT, r, first, n);
	else
		for (unsigned i = first; i < last; i++)
			if (entry_is_wrong(r, i))
				add_entries(w, CHECK_ENTRY, r, i, i + 1);
}

static int descend(struct work *w, unsigned level, uint64_t index, struct hash want);

/* A row whose truth is known. */
static int judge(struct work *w, const struct row *r)
{
	int rc = 0;

	judge_tile_file(w, r);
	for (unsigned i = 0; i < r->n_s; i++)
		if (memcmp(r->s[i].b, r->t[i].b, HASH_SIZE) != 0)
			add(w, CHECK_TILE, entry_at(&r->tile, i), entry_at(&r->tile, i + 1),
			    &r->tile, false);
	if (r->tile.level == 0)
		judge_entries(w, r);
	for (unsigned i = 0; rc == 0 && r->tile.level > 0 && i < r->tile.width; i++)
		rc = descend(w, r->tile.level - 1, r->tile.index * W + i, r->t[i]);
	return rc;
}

/* A row whose truth is not known: what can be seen is told, without saying which witness is wrong.
 */
static int suspect(struct work *w, const struct row *r)
{
	struct mem_mark mark = mem_mark(w->c);
	struct row *below = NULL;
	int rc = 0;

	judge_tile_file(w, r);
	if (r->tile.level == 0 && r->gone)
		add_entries(w, CHECK_ABSENT, r, 0, r->tile.width);
	else if (r->tile.level == 0 && r->n_e < r->tile.width)
		add_entries(w, CHECK_CUT, r, r->n_e, r->tile.width);
	else if (r->tile.level > 0)
		below = mem_alloc(w->c, sizeof *below);
	for (unsigned i = 0; rc == 0 && i < r->tile.width; i++) {
		uint64_t child = r->tile.index * W + i;
		size_t before = w->told;

		if (below != NULL && (r->tile.level > 1 || w->up[1][child].look)) {
			rc = row_read(w, r->tile.level - 1, child, below);
			if (rc == 0)
				rc = suspect(w, below);
		}
		if (rc == 0 && differs(r, i) && w->told == before)
			add(w, CHECK_DOUBT, entry_at(&r->tile, i), entry_at(&r->tile, i + 1),
			    &r->tile, false);
	}
	mem_reset(w->c, mark);
	return rc;
}

/* Below a believed hash nothing fits: its blocks are not known, and one range is told, as far as
 * the older checkpoints cut it down, unless absent or doubtful places were told already. */
static int unsettled(struct work *w, const struct row *r, bool hole)
{
	uint64_t from = entry_at(&r->tile, 0), to = tile_end(&r->tile);
	size_t before = w->told;
	int rc = suspect(w, r);

	for (uint64_t b = from / W; r->tile.level > 0 && b < to / W; b++)
		w->up[1][b].known = false;
	if (rc < 0 || hole || w->told > before)
		return rc;
	if (w->good > from && w->good < to)
		from = w->good;
	if (w->bad > from && w->bad < to)
		to = w->bad;
	add(w, CHECK_RANGE, from, to, NULL, false);
	return 0;
}

/* The tile below a believed hash. */
static int descend(struct work *w, unsigned level, uint64_t index, struct hash want)
{
	struct cell *cell = &w->up[level + 1][index];
	struct mem_mark mark = mem_mark(w->c);
	struct group g = {.n = 1, .base = level, .want = want};
	bool hole;
	int rc;

	if (level == 0 && !cell->look && cell->known && hash_eq(cell->h, want))
		return 0;
	g.row = mem_alloc(w->c, sizeof *g.row);
	rc = row_read(w, level, index, g.row);
	if (rc == 0 && settle(w, &g, &hole))
		rc = judge(w, g.row);
	else if (rc == 0)
		rc = unsettled(w, g.row, hole);
	cell->h = want;
	cell->known = true;
	mem_reset(w->c, mark);
	return rc;
}

/* ---- older checkpoints ---- */

/* The believed leaf hashes of block b; false when they are not known. */
static bool leaves_of(
    struct work *w, const struct group *top, uint64_t b, struct row *r, int *ret_rc)
{
	struct group g = {.row = r, .n = 1};
	bool hole;

	*ret_rc = 0;
	if (b == w->size / W) { /* the begun block: the last row of the right edge */
		*r = top->row[top->n - 1];
		return true;
	}
	*ret_rc = row_read(w, 0, b, r);
	g.want = w->up[1][b].h;
	return *ret_rc == 0 && settle(w, &g, &hole);
}

/* The log is known to belong to its checkpoint: every older one must be a beginning of it. */
static int check_old(struct work *w, const struct group *top, bool intact)
{
	struct row *r = mem_alloc(w->c, sizeof *r);
	struct merkle whole = {0};
	uint64_t agreed = 0, have = UINT64_MAX;
	int rc = 0;

	for (size_t k = 0; k < w->n_old && w->old[k].size <= w->size; k++) {
		uint64_t b = w->old[k].size / W;
		struct merkle begun = {0};

		if (intact && w->view[k] == VIEW_SAME) {
			agreed = w->old[k].size;
			continue;
		}
		while (whole.size < b * W && w->up[1][whole.size / W].known)
			merkle_add_subtree(&whole, 8, w->up[1][whole.size / W].h);
		if (whole.size < b * W)
			return 0; /* a range told before hides the rest */
		if (w->old[k].size % W != 0 && have != b) {
			if (!leaves_of(w, top, b, r, &rc) && rc == 0)
				continue;
			if (rc < 0)
				return rc;
			have = b;
		}
		for (unsigned i = 0; i < w->old[k].size % W; i++)
			merkle_add(&begun, r->t[i]);
		if (hash_eq(root_with(&whole, &begun), w->old[k].root))
			agreed = w->old[k].size;
		else
			add(w, CHECK_FORK, agreed < w->old[k].size ? agreed : 0, w->old[k].size,
			    NULL, false);
	}
	return 0;
}

/* The log does not fit its checkpoint. What the entries share with an older checkpoint is believed
 * instead; smaller ones that disagree are forks. */
static void check_old_alone(struct work *w, bool hole)
{
	uint64_t agreed = 0;

	for (size_t k = 0; k < w->n_old && w->old[k].size <= w->good; k++)
		if (w->view[k] == VIEW_SAME)
			agreed = w->old[k].size;
		else
			add(w, CHECK_FORK, agreed < w->old[k].size ? agreed : 0, w->old[k].size,
			    NULL, false);
	if (!hole)
		check_find_add(
		    w->rep, CHECK_ROOT, w->good < w->bad ? w->good : 0, w->bad, NULL, false);
}

/* The last checkpoint the entries agree with, and the first behind it with which they do not. */
static void bounds(struct work *w)
{
	w->bad = w->size;
	for (size_t k = w->n_old; k-- > 0;)
		if (w->old[k].size > w->size)
			check_find_add(
			    w->rep, CHECK_ROLLBACK, w->size, w->old[k].size, NULL, false);
		else if (w->old[k].size > w->good && w->view[k] != VIEW_SAME)
			w->bad = w->old[k].size;
}

/* ---- the whole ---- */

/* The partial tiles at the right edge, highest level first: their hashes make up the root. */
static int edge_read(struct work *w, struct group *ret)
{
	struct group g = {.base = 0, .want = w->root};
	int rc = 0;

	g.row = mem_array(w->c, TILE_LEVELS, sizeof *g.row);
	for (unsigned k = 1; rc == 0 && k <= TILE_LEVELS; k++) {
		unsigned level = TILE_LEVELS - k;
		uint64_t n = w->size >> 8 * level;

		if (n % W > 0)
			rc = row_read(w, level, n / W, &g.row[g.n++]);
	}
	*ret = g;
	return rc;
}

/* No entry is wrong: what was found, if anything, is in tiles. */
static bool edge_intact(const struct group *g)
{
	for (size_t k = 0; k < g->n; k++)
		for (unsigned i = 0; i < g->row[k].tile.width; i++)
			if (!g->row[k].has_e[i] || entry_is_wrong(&g->row[k], i))
				return false;
	return true;
}

static int second_pass(struct work *w)
{
	struct group top;
	bool hole;
	int rc = edge_read(w, &top);

	if (rc < 0)
		return rc;
	bounds(w);
	if (settle(w, &top, &hole)) {
		for (size_t k = 0; rc == 0 && k < top.n; k++)
			rc = judge(w, &top.row[k]);
		return rc < 0 ? rc : check_old(w, &top, edge_intact(&top));
	}
	for (size_t k = 0; rc == 0 && k < top.n; k++)
		rc = suspect(w, &top.row[k]);
	if (rc == 0)
		check_old_alone(w, hole);
	return rc;
}

static int run(struct work *w, struct check_report *ret)
{
	int rc;

	w->rep = mem_alloc(w->c, sizeof *w->rep);
	w->view = mem_array(w->c, w->n_old, sizeof *w->view);
	for (unsigned level = 1; level < TILE_LEVELS; level++)
		w->up[level] = mem_array(w->c, (size_t)(w->size >> 8 * level), sizeof(struct cell));
	rc = first_pass(w);
	if (rc == 0)
		rc = second_pass(w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < w->rep->n; i++)
		check_find_tell(w->c, &w->rep->at[i]);
	*ret = *w->rep;
	return 0;
}

int check_log(struct ctx *c, const struct check_source *src, const struct check_point *now,
    const struct check_point *old, size_t n_old, struct check_report *ret)
{
	struct mem_mark mark = mem_mark(c);
	struct work w = {
	    .c = c, .src = src, .size = now->size, .root = now->root, .old = old, .n_old = n_old};
	int rc;

	if (now->size > CHECK_SIZE_MAX)
		return err_set(c, ERR_LIMIT, "log has more than %d entries", CHECK_SIZE_MAX);
	for (size_t i = 1; i < n_old; i++)
		if (old[i].size < old[i - 1].size)
			return err_set(c, ERR_INVALID, "older checkpoints are not sorted by size");
	rc = run(&w, ret);
	mem_reset(c, mark);
	return rc;
}
