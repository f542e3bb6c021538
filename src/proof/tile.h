/*
 * Tiles: how a log is kept as immutable files (C2SP tlog-tiles). A tile of level L holds up to 256
 * hashes, each of a complete subtree of 256^L leaves; a bundle holds the up to 256 entries below a
 * tile of level 0. Paths, relative to the log's prefix:
 *
 *   tile/<L>/<N>[.p/<W>]         W hashes of 32 bytes
 *   tile/entries/<N>[.p/<W>]     W entries, each behind its length as a big-endian 16-bit number
 *
 * <N> is the index in groups of three digits, all but the last behind an x: 1234067 is
 * x001/x234/067. ".p/<W>" is there only for a partial tile (fewer than 256), the last of its level.
 * A partial tile may be gone once the full one exists: readers fall back to that. Pure.
 */
#ifndef WRIT_TILE_H
#define WRIT_TILE_H

#include "proof/merkle.h"

enum {
	TILE_WIDTH = 256,
	TILE_BYTES = TILE_WIDTH * HASH_SIZE,
	TILE_LEVELS = 8,        /* levels 0 to 7 hold every tree of 64-bit size */
	TILE_LEVEL_MAX = 63,    /* what a path may say */
	TILE_ENTRY_MAX = 65535, /* bytes of one entry */
	TILE_BUNDLE_MAX = TILE_WIDTH * (TILE_ENTRY_MAX + 2)
};

/* Names one tile, or the bundle of entries below a tile of level 0. */
struct tile {
	bool entries;   /* a bundle; level is then 0 */
	unsigned level; /* 0 .. TILE_LEVEL_MAX */
	uint64_t index;
	unsigned width; /* 1 .. 256; 256 is a full tile */
};

/* A function that returns a tile's or bundle's bytes: 0; ERR_NOTFOUND when there is none under that
 * name; any other code is passed on. The bytes need to live until the next call only, and what the
 * function allocates in c may be given back after it: its lasting state is made beforehand. */
typedef int tile_get(struct ctx *c, void *arg, const struct tile *t, struct str *ret);

/* tile_path(c, t): the path text, "tile/0/x001/x234/067.p/112". */
struct str tile_path(struct ctx *c, const struct tile *t);
/* tile_parse(c, path, ret): the reverse, exact (what tile_path would not write is ERR_INVALID). */
int tile_parse(struct ctx *c, struct str path, struct tile *ret) MUST_CHECK;

/* tile_at(size, level, index): that tile as a tree of this size has it; width 0 when it has none.
 */
struct tile tile_at(uint64_t size, unsigned level, uint64_t index);
/* tile_first(size, ret) / tile_next(size, t): all tiles of a tree of this size, level by level from
 * 0, each from the left; false after the last (and for an empty tree). The bundles are the tiles of
 * level 0 with `entries` set. A size of 70,000 has 273 full and one partial (112) of level 0, one
 * full and one partial (17) of level 1, and one partial (1) of level 2. */
bool tile_first(uint64_t size, struct tile *ret);
bool tile_next(uint64_t size, struct tile *t);

/* tile_load(c, get, arg, t, ret, ret_full): the bytes of t, or of the full tile in its place when
 * only that is there (*ret_full tells; never for a full t). The length is not checked. Codes of
 * get. */
int tile_load(struct ctx *c, tile_get *get, void *arg, const struct tile *t, struct str *ret,
    bool *ret_full) MUST_CHECK;
/* tile_hash(c, bytes, ret): the root over a tile's hashes; for a full tile this is the hash that
 * stands for it one level up. ERR_INVALID unless 1 to 256 whole hashes. */
int tile_hash(struct ctx *c, struct str bytes, struct hash *ret) MUST_CHECK;

/* Reads complete subtrees from the tiles of a tree of `size`; pass tile_subtree and a pointer to
 * this as get and arg to merkle_inclusion, merkle_consistency and merkle_root_at. */
struct tile_reader {
	uint64_t size;
	tile_get *get;
	void *arg;
};
/* tile_subtree(c, reader, level, index, ret): the hash of the complete subtree (level, index).
 * ERR_INVALID when it reaches beyond the tree, or a tile has a wrong length; codes of get. */
int tile_subtree(
    struct ctx *c, void *reader, unsigned level, uint64_t index, struct hash *ret) MUST_CHECK;

/* tile_entry_put(c, b, entry): appends one entry to a bundle; ERR_LIMIT above TILE_ENTRY_MAX. */
int tile_entry_put(struct ctx *c, struct buf *b, struct str entry) MUST_CHECK;
/* tile_entry_next(rest, ret): takes the next entry off *rest; false at the end, and when what is
 * left is no whole entry (*rest is then not empty). */
bool tile_entry_next(struct str *rest, struct str *ret);
/* tile_entries(c, bundle, width, at): the entries of a bundle that must have exactly `width` (at
 * most 256), as slices of it. ERR_INVALID otherwise, naming the first entry that cannot be read. */
int tile_entries(struct ctx *c, struct str bundle, unsigned width, struct str *at) MUST_CHECK;

#endif
