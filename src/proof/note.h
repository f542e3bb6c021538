/*
 * Signed notes (C2SP signed-note v1.0.0) and checkpoints (C2SP tlog-checkpoint v1.0.0).
 *
 * A note is a text ending in a newline, a blank line, and signature lines
 *
 *   — NAME BASE64(4-byte key id || signature)
 *
 * with an em dash (U+2014). Of the signature types only Ed25519 (type byte 0x01) is made and
 * verified here, through libsodium; lines of other keys and types are passed over, as the
 * specification demands. The key id is the start of SHA-256(NAME || "\n" || 0x01 || public key).
 *
 * Keys as text: verifier NAME+ID+BASE64(0x01 || public key), signer
 * PRIVATE+KEY+NAME+ID+BASE64(0x01 || seed), ID in 8 hex digits.
 *
 * The text of a note that was not verified must not be used or shown. Every function that touches a
 * key starts libsodium, which may ask the kernel for entropy once: a confined process calls one of
 * them before it locks itself in.
 */
#ifndef WRIT_NOTE_H
#define WRIT_NOTE_H

#include "base/mem.h"
#include "kind/hash.h"

enum {
	NOTE_MAX = 1000000,        /* bytes of a note */
	NOTE_SIGNATURES_MAX = 100, /* lines; the specification asks for at least 16 */
	NOTE_KEYS_MAX = 64,        /* known keys given to note_open */
	NOTE_NAME_MAX = 255        /* bytes of a key name that we accept as known key */
};

/* A verifier key: name and public key; public. The name lives as long as the ctx it was made in. */
struct note_key {
	struct str name;
	uint32_t id;
	unsigned char pk[32];
};

/* A signer key. Must be closed. */
struct note_signer {
	struct note_key key;
	struct secret sk; /* seed || public key, 64 bytes */
};

/* A note taken apart. */
struct note {
	struct str text;    /* with its last newline */
	struct str lines;   /* the signature lines */
	uint64_t signed_by; /* bit i: keys[i] of note_open signed it; 0 before it is verified */
};

/* ---- keys ---- */

/* note_signer_make(c, name, ret): a new key pair with entropy from c. ERR_INVALID for a name that
 * is empty, longer than NOTE_NAME_MAX, not UTF-8, or has a plus, a control character or a Unicode
 * space. */
int note_signer_make(struct ctx *c, struct str name, struct note_signer *ret) MUST_CHECK;
/* note_signer_parse(c, text, ret): reads a signer key. ERR_INVALID names the field; the text is
 * never part of the error. */
int note_signer_parse(struct ctx *c, struct str text, struct note_signer *ret) MUST_CHECK;
/* note_signer_print(s): the signer key as text without newline, in a secret the caller closes. */
struct secret note_signer_print(const struct note_signer *s);
/* note_signer_close(s): wipes the key. */
void note_signer_close(struct note_signer *s);

/* note_key_parse(c, text, ret): reads a verifier key; ERR_INVALID also when the id does not belong
 * to name and key, or the type is not Ed25519. */
int note_key_parse(struct ctx *c, struct str text, struct note_key *ret) MUST_CHECK;
/* note_key_print(c, k): the verifier key as text. */
struct str note_key_print(struct ctx *c, const struct note_key *k);

/* ---- notes ---- */

/* note_make(c, text, ret): an unsigned note around a text. ERR_INVALID unless it ends in a newline
 * and is UTF-8 without other control characters; ERR_LIMIT above NOTE_MAX. */
int note_make(struct ctx *c, struct str text, struct note *ret) MUST_CHECK;
/* note_sign(c, s, n): adds this signer's line to the note. ERR_CONFLICT when it has one already;
 * ERR_LIMIT above NOTE_MAX. */
int note_sign(struct ctx *c, const struct note_signer *s, struct note *n) MUST_CHECK;
/* note_print(c, n): the note's bytes. */
struct str note_print(struct ctx *c, const struct note *n);
/* note_open(c, bytes, keys, n, ret): takes a note apart and verifies it. 0 when at least one of the
 * n known keys signed it and no known key's line is bad; ret->signed_by says which. Lines of other
 * keys are passed over. ERR_INVALID for bytes that are no note (any malformed line, also of an
 * unknown key; a second line of a known key) or a bad signature of a known key; ERR_DENIED when no
 * known key signed; ERR_LIMIT above NOTE_MAX or NOTE_SIGNATURES_MAX. */
int note_open(struct ctx *c, struct str bytes, const struct note_key *keys, size_t n,
    struct note *ret) MUST_CHECK;

/* ---- checkpoints ---- */

/* A log's signed head: the text of a note. */
struct note_checkpoint {
	struct str origin; /* not empty, one line */
	uint64_t size;     /* at most 2^63 - 1 */
	struct hash root;
	struct str extra; /* extension lines, each with its newline; mostly none */
};

/* note_checkpoint_print(c, cp, ret): the note text "ORIGIN\nSIZE\nBASE64(root)\n" and the extension
 * lines. ERR_INVALID for an origin or an extension the format cannot hold. */
int note_checkpoint_print(
    struct ctx *c, const struct note_checkpoint *cp, struct str *ret) MUST_CHECK;
/* note_checkpoint_parse(c, text, ret): reads a note text; ERR_INVALID naming the line. */
int note_checkpoint_parse(struct ctx *c, struct str text, struct note_checkpoint *ret) MUST_CHECK;
/* note_checkpoint_open(c, bytes, keys, n, origin, ret): note_open and note_checkpoint_parse, and
 * ERR_DENIED when the origin is another one; an empty origin accepts any. */
int note_checkpoint_open(struct ctx *c, struct str bytes, const struct note_key *keys, size_t n,
    struct str origin, struct note_checkpoint *ret) MUST_CHECK;

#endif
