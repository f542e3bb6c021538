/*
 * Verifies a whole log against its checkpoint, and names what is wrong: every entry is hashed,
 * every tile of every level is compared with what the entries give, and so are the root and the
 * roots of older checkpoints. Works on any C2SP tlog-tiles log, through two callbacks; no files
 * here. Pure.
 *
 * How a fault is named. The checkpoint's root is believed (its signature is the caller's matter);
 * so is, from there downwards, every hash that a believed hash confirms. For each tile there are
 * two witnesses: the hashes stored in it and those computed from what lies below. Whichever fits
 * the believed hash above is right, also position by position, so that a damaged tile and an
 * altered entry are told apart, even under one tile. Where neither fits, what is left is a range,
 * cut down by the older checkpoints.
 *
 * Cost: about two hashes an entry, one pass over entries and tiles of level 0; what is suspicious
 * is read a second time. Memory: 34 bytes for 256 entries, one bundle, and small change.
 */
#ifndef WRIT_CHECK_H
#define WRIT_CHECK_H

#include "proof/tile.h"

enum {
	CHECK_SIZE_MAX = 1 << 30, /* entries of a log that can be verified */
	CHECK_FINDINGS_MAX = 100, /* kept; further ones are counted */
	CHECK_TEXT = 240
};

/* Where the log is read from; see tile_get. Both get t as the checkpoint's size has it, and when
 * that is partial and ERR_NOTFOUND, the full one. `entries` is called with t->entries set. */
struct check_source {
	tile_get *tile;
	tile_get *entries;
	void *arg;
};

/* What a checkpoint says. */
struct check_point {
	uint64_t size;
	struct hash root;
};

enum check_kind {
	CHECK_ENTRY,       /* these entries have other bytes than were logged */
	CHECK_REMOVED,     /* the entries logged here are gone, the next stand in their place */
	CHECK_ADDED,       /* here stand entries not logged here; those that were follow */
	CHECK_MOVED,       /* these are the logged entries in another order */
	CHECK_CUT,         /* from here on the bundle cannot be read or has too few entries */
	CHECK_SURPLUS,     /* bytes behind the last entry of a bundle */
	CHECK_ABSENT,      /* a bundle is not there */
	CHECK_TILE,        /* a tile's hashes are wrong; the entries are right or named apart */
	CHECK_TILE_SIZE,   /* a tile has a wrong length */
	CHECK_TILE_ABSENT, /* a tile is not there */
	CHECK_DOUBT,       /* entry and stored hash differ; no surviving hash says which is wrong */
	CHECK_RANGE,       /* something in here is not as logged; no surviving hash says what */
	CHECK_ROOT,        /* the log as a whole is not the one the checkpoint was signed for */
	CHECK_FORK,        /* an older checkpoint (size `to`) was signed for another history */
	CHECK_ROLLBACK     /* a checkpoint of size `to` was signed; this log is shorter */
};

/* One thing that is wrong, in the entries [from, to). */
struct check_finding {
	enum check_kind kind;
	uint64_t from, to;
	struct tile tile;      /* the (first) tile or bundle concerned; width 0: none */
	char text[CHECK_TEXT]; /* one English sentence without names or contents */
};

struct check_report {
	size_t n;    /* findings kept; 0 means that everything was verified */
	size_t more; /* findings beyond CHECK_FINDINGS_MAX */
	struct check_finding at[CHECK_FINDINGS_MAX];
};

/* check_log(c, src, now, old, n_old, ret): verifies the log behind src against the checkpoint `now`
 * and against n_old older checkpoints of the same origin (sorted by size, may be none). 0 when the
 * verification could be done, whatever it found: ask ret->n. ERR_LIMIT above CHECK_SIZE_MAX,
 * ERR_INVALID when `old` is not sorted, and any code of src but ERR_NOTFOUND. Nothing stays
 * allocated in c. struct check_report is large (about 30 KB): put it into the arena. */
int check_log(struct ctx *c, const struct check_source *src, const struct check_point *now,
    const struct check_point *old, size_t n_old, struct check_report *ret) MUST_CHECK;

#endif
