/* Tiles and bundles: a path is printed as it was read; the entries of a bundle make the same bundle
 * again; the tiles of a tree are those that tile_at names, and each path among them reads as
 * itself. Input: a path, a line "%%", a width, then a bundle. */
#include "fuzz.h"

#include "proof/tile.h"

static void path(struct ctx *c, struct str text)
{
	struct tile t;
	int rc = tile_parse(c, text, &t);

	if (rc != 0) {
		fuzz_refused(c, rc);
	} else {
		fuzz_must(str_eq(tile_path(c, &t), text), "a path is printed as it was read");
		fuzz_must(t.width >= 1 && t.width <= TILE_WIDTH && t.level <= TILE_LEVEL_MAX,
		    "and within its limits");
	}
	err_clear(c);
	rc = tile_parse(c, fuzz_canary(c, text), &t);
	fuzz_must(rc != 0, "no path has the canary in it");
	fuzz_no_canary(c);
	err_clear(c);
}

/* The path of a tile, put together from its right end: as the specification words it. */
static struct str path_of(struct ctx *c, const struct tile *t)
{
	struct str s = str_fmt(c, "%03llu", (unsigned long long)(t->index % 1000));

	for (uint64_t n = t->index / 1000; n > 0; n /= 1000)
		s = str_fmt(c, "x%03llu/%s", (unsigned long long)(n % 1000), s.p);
	if (t->entries)
		s = str_fmt(c, "tile/entries/%s", s.p);
	else
		s = str_fmt(c, "tile/%u/%s", t->level, s.p);
	return t->width == TILE_WIDTH ? s : str_fmt(c, "%s.p/%u", s.p, t->width);
}

static void bundle(struct ctx *c, unsigned width, struct str bytes)
{
	struct str at[TILE_WIDTH], rest = bytes, entry;
	struct buf b = buf_init(c, TILE_BUNDLE_MAX);
	int rc = tile_entries(c, bytes, width, at);
	size_t n = 0;

	while (tile_entry_next(&rest, &entry))
		n++;
	fuzz_must((rc == 0) == (n == width && rest.n == 0), "as many entries as were asked for");
	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	for (unsigned i = 0; i < width; i++)
		fuzz_must(tile_entry_put(c, &b, at[i]) == 0, "an entry is put");
	fuzz_must(str_eq(buf_str(&b), bytes), "the entries make the same bundle");
}

static void hashes(struct ctx *c, struct str bytes)
{
	struct merkle m = {0};
	struct hash h, one;
	int rc = tile_hash(c, bytes, &h);

	fuzz_must((rc == 0) == (bytes.n > 0 && bytes.n % HASH_SIZE == 0 && bytes.n <= TILE_BYTES),
	    "1 to 256 whole hashes have a root");
	err_clear(c);
	if (rc != 0)
		return;
	for (size_t i = 0; i < bytes.n; i += HASH_SIZE) {
		memcpy(one.b, bytes.p + i, HASH_SIZE);
		merkle_add(&m, one);
	}
	fuzz_must(hash_eq(h, merkle_root(&m)), "the tree's root");
}

static void tree(struct ctx *c, uint64_t size)
{
	uint64_t hashes[TILE_LEVELS] = {0}, want = size;
	struct tile t, same;

	for (bool more = tile_first(size, &t); more; more = tile_next(size, &t)) {
		same = tile_at(size, t.level, t.index);
		fuzz_must(same.width == t.width, "the tile that tile_at names");
		fuzz_must(tile_parse(c, tile_path(c, &t), &same) == 0 && same.level == t.level &&
			      same.index == t.index && same.width == t.width,
		    "its path is read as itself");
		hashes[t.level] += t.width;
	}
	for (unsigned level = 0; level < TILE_LEVELS; level++, want /= TILE_WIDTH)
		fuzz_must(hashes[level] == want, "a level has the hashes of whole tiles below");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in);
	unsigned width = 1 + fuzz_byte(&in);
	struct tile t, same;
	uint64_t size = fuzz_u64(&in, 8);

	path(c, text);
	bundle(c, width, in);
	hashes(c, in);
	tree(c, size % (1 << 17));
	t = tile_at(size, width % 70, size >> 16);
	fuzz_must(t.width <= TILE_WIDTH, "no tile is wider than 256");
	t = (struct tile){width % 2 == 0, width % 2 == 0 ? 0 : width % 64, size >> 1, width};
	fuzz_must(str_eq(tile_path(c, &t), path_of(c, &t)), "a tile's path");
	fuzz_must(tile_parse(c, path_of(c, &t), &same) == 0 && same.index == t.index &&
		      same.entries == t.entries && same.width == t.width,
	    "is read as that tile");
}
