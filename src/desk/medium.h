/*
 * A sealed file on a medium that is carried (SPEC.md 9.10): it is copied with what lies beside it,
 * read back and compared; the protocol says what, on which medium, who carried it to whom. Keys and
 * passwords are never on it: it has to be empty before, and nothing else is written.
 */
#ifndef WRIT_MEDIUM_H
#define WRIT_MEDIUM_H

#include "desk/left.h"

struct medium_words {
	struct str serial, bag, carrier, handed_to; /* bag: number of its seal; may be "" */
};

struct medium {
	int64_t id, rev, author;
	struct str kind; /* usb disc drive card tape other */
	struct hash sealed;
	int64_t size;
	struct instant at;
	struct day received;             /* DAY_NONE while no receipt came back */
	const struct json *words, *back; /* NULL once erased, and unless asked for */
};

struct medium_done {
	struct str file, manifest; /* names on the medium; manifest: "" where no law asks for one */
	struct hash sealed;
	int64_t size;
};

/* medium_write(c, in, actor, ref, file, dir, kind, words, ret): asks what stops a delivery, copies
 * the file and REF.json from beside it to the folder dir, which has to be empty, syncs, reads back
 * and compares, and records protocol and delivery in one step. What was written is removed when
 * anything fails. ERR_INVALID for another file, or a folder that is not empty; ERR_FAIL for a
 * medium that gives back other bytes. */
int medium_write(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str file, struct str dir, struct str kind, const struct medium_words *words,
    struct medium_done *ret) MUST_CHECK;
/* medium_back(c, in, actor, ref, day, by): the receipt came back, once. */
int medium_back(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct day day, struct str by) MUST_CHECK;
/* medium_last(c, in, production, words, ret): ERR_NOTFOUND. */
int medium_last(struct ctx *c, struct instance *in, int64_t production, bool words,
    struct medium *ret) MUST_CHECK;

#endif
