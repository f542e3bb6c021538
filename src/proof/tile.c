#include "proof/tile.h"

#include "base/mem.h"

/* The index in groups of three digits, the highest first. */
static void put_index(struct buf *b, uint64_t index)
{
	unsigned group[7]; /* 2^64 has 20 digits */
	size_t n = 0;

	do {
		group[n++] = (unsigned)(index % 1000);
		index /= 1000;
	} while (index > 0);
	while (n-- > 0)
		buf_fmt(b, n > 0 ? "/x%03u" : "/%03u", group[n]);
}

struct str tile_path(struct ctx *c, const struct tile *t)
{
	struct buf b = buf_init(c, 128);

	if (t->entries)
		buf_puts(&b, "tile/entries");
	else
		buf_fmt(&b, "tile/%u", t->level);
	put_index(&b, t->index);
	if (t->width < TILE_WIDTH)
		buf_fmt(&b, ".p/%u", t->width);
	return buf_str(&b);
}

/* Digits only, so that the later comparison with tile_path decides about leading zeros. */
static bool small_number(struct str s, int64_t max, unsigned *ret)
{
	int64_t v;

	if (!str_i64(s, &v) || v < 0 || v > max)
		return false;
	*ret = (unsigned)v;
	return true;
}

static bool index_parse(struct str s, uint64_t *ret)
{
	uint64_t v = 0;
	bool more = true;

	while (more) {
		struct str group;
		unsigned part;

		more = str_cut(s, '/', &group, &s);
		if (more && group.n > 0 && group.p[0] == 'x')
			group = (struct str){group.p + 1, group.n - 1};
		if (group.n != 3 || !small_number(group, 999, &part))
			return false;
		if (__builtin_mul_overflow(v, 1000u, &v) || __builtin_add_overflow(v, part, &v))
			return false;
	}
	*ret = v;
	return true;
}

/* Takes ".p/<W>" off the end of *s. */
static bool width_parse(struct str *s, unsigned *ret)
{
	for (size_t i = 0; i + 3 <= s->n; i++)
		if (memcmp(s->p + i, ".p/", 3) == 0) {
			struct str w = {s->p + i + 3, s->n - i - 3};

			s->n = i;
			return small_number(w, TILE_WIDTH - 1, ret) && *ret > 0;
		}
	*ret = TILE_WIDTH;
	return true;
}

int tile_parse(struct ctx *c, struct str path, struct tile *ret)
{
	struct str head, level, rest;
	struct tile t = {0};

	if (path.n > 64 || !str_cut(path, '/', &head, &rest) || !str_is(head, "tile") ||
	    !str_cut(rest, '/', &level, &rest))
		return err_set(c, ERR_INVALID, "not the path of a tile");
	t.entries = str_is(level, "entries");
	if (!t.entries && !small_number(level, TILE_LEVEL_MAX, &t.level))
		return err_set(c, ERR_INVALID, "tile path: bad level");
	if (!width_parse(&rest, &t.width))
		return err_set(c, ERR_INVALID, "tile path: bad width");
	if (!index_parse(rest, &t.index))
		return err_set(c, ERR_INVALID, "tile path: bad index");
	if (!str_eq(tile_path(c, &t), path)) /* one tile, one name */
		return err_set(c, ERR_INVALID, "tile path: not in its only form");
	*ret = t;
	return 0;
}

struct tile tile_at(uint64_t size, unsigned level, uint64_t index)
{
	struct tile t = {.level = level, .index = index};
	uint64_t n = level < TILE_LEVELS ? size >> (8 * level) : 0, before;

	if (__builtin_mul_overflow(index, (uint64_t)TILE_WIDTH, &before) || n <= before)
		return t;
	t.width = n - before < TILE_WIDTH ? (unsigned)(n - before) : TILE_WIDTH;
	return t;
}

bool tile_first(uint64_t size, struct tile *ret)
{
	*ret = tile_at(size, 0, 0);
	return ret->width > 0;
}

bool tile_next(uint64_t size, struct tile *t)
{
	struct tile next = tile_at(size, t->level, t->index + 1);

	if (next.width == 0)
		next = tile_at(size, t->level + 1, 0);
	if (next.width == 0)
		return false;
	*t = next;
	return true;
}

int tile_load(
    struct ctx *c, tile_get *get, void *arg, const struct tile *t, struct str *ret, bool *ret_full)
{
	struct tile full = *t;
	int rc = get(c, arg, t, ret);

	*ret_full = false;
	if (rc != ERR_NOTFOUND || t->width == TILE_WIDTH)
		return rc;
	err_clear(c);
	full.width = TILE_WIDTH;
	rc = get(c, arg, &full, ret);
	*ret_full = rc == 0;
	return rc;
}

static struct hash hash_at(struct str bytes, size_t i)
{
	struct hash h;

	memcpy(h.b, bytes.p + i * HASH_SIZE, HASH_SIZE);
	return h;
}

int tile_hash(struct ctx *c, struct str bytes, struct hash *ret)
{
	struct merkle m = {0};

	if (bytes.n == 0 || bytes.n > TILE_BYTES || bytes.n % HASH_SIZE != 0)
		return err_set(c, ERR_INVALID, "tile is not 1 to 256 whole hashes");
	for (size_t i = 0; i < bytes.n / HASH_SIZE; i++)
		merkle_add(&m, hash_at(bytes, i));
	*ret = merkle_root(&m);
	return 0;
}

/* The root of `count` hashes of the tile from `first` on. */
static int tile_part(struct ctx *c, const struct tile_reader *r, const struct tile *t,
    unsigned first, unsigned count, struct hash *ret)
{
	struct merkle m = {0};
	struct str bytes;
	bool full;
	int rc = tile_load(c, r->get, r->arg, t, &bytes, &full);

	if (rc < 0)
		return rc;
	if (bytes.n != (full ? TILE_WIDTH : t->width) * (size_t)HASH_SIZE)
		return err_set(c, ERR_INVALID, "%s: wrong length", tile_path(c, t).p);
	for (unsigned i = 0; i < count; i++)
		merkle_add(&m, hash_at(bytes, first + i));
	*ret = merkle_root(&m);
	return 0;
}

int tile_subtree(struct ctx *c, void *reader, unsigned level, uint64_t index, struct hash *ret)
{
	const struct tile_reader *r = reader;
	unsigned low = level % 8, count = 1u << low, first;
	struct mem_mark mark = mem_mark(c);
	struct tile t;
	int rc;

	if (level >= 64 || index >= r->size >> level)
		return err_set(c, ERR_INVALID, "subtree reaches beyond the tree");
	first = (unsigned)(index << low & (TILE_WIDTH - 1));
	t = tile_at(r->size, level / 8, index >> (8 - low));
	rc = tile_part(c, r, &t, first, count, ret);
	mem_reset(c, mark); /* a proof reads many tiles; only the hash is kept */
	return rc;
}

int tile_entry_put(struct ctx *c, struct buf *b, struct str entry)
{
	if (entry.n > TILE_ENTRY_MAX)
		return err_set(c, ERR_LIMIT, "log entry is larger than %d bytes", TILE_ENTRY_MAX);
	buf_putc(b, (char)(entry.n >> 8));
	buf_putc(b, (char)(entry.n & 255));
	buf_put(b, entry);
	return 0;
}

bool tile_entry_next(struct str *rest, struct str *ret)
{
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t n;

	if (rest->n < 2)
		return false;
	n = (size_t)p[0] << 8 | p[1];
	if (n > rest->n - 2)
		return false;
	*ret = (struct str){rest->p + 2, n};
	*rest = (struct str){rest->p + 2 + n, rest->n - 2 - n};
	return true;
}

int tile_entries(struct ctx *c, struct str bundle, unsigned width, struct str *at)
{
	unsigned i = 0;

	while (i < width && i < TILE_WIDTH && tile_entry_next(&bundle, &at[i]))
		i++;
	if (i < width)
		return err_set(c, ERR_INVALID, "bundle: entry %u cannot be read", i);
	if (bundle.n > 0)
		return err_set(c, ERR_INVALID, "bundle: more bytes than %u entries", width);
	return 0;
}
