/*
 * The receiving side of a production (out/production.h): opens a sealed file with the plain tool of
 * its kind, in a box, and checks all that the manifest says before any of it is given out. No
 * instance, no database. What was changed on the way is refused: by the seal, and for the few bits
 * that a seal leaves free (a length that is written in two ways, what follows the end) by the
 * SHA-256 of the whole file, if the caller knows it from the letter or page that came along.
 */
#ifndef WRIT_UNSEAL_H
#define WRIT_UNSEAL_H

#include "kind/hash.h"
#include "kind/json.h"

struct unseal {
	const char *file;   /* sealed with age or CMS; or the archive, as gpg opened it */
	struct str key;     /* path of the secret key; "" for an archive */
	const char *dir;    /* where what is in it goes, and the archive meanwhile, under no name;
			       NULL, for an archive alone: it is checked only */
	struct hash sha256; /* of the file */
	bool has_sha256;
};

/* unseal_open(c, u, ret): {production, case, provider, made, kind, sha256, files: [{file, sha256,
 * size}]}. ERR_DENIED: not for this key, or changed (the tool refused it; a hash differs);
 * ERR_INVALID: not such a file; ERR_CONFLICT: a file of the name is in dir; ERR_NOTFOUND. After an
 * error nothing of it is in dir. */
int unseal_open(struct ctx *c, const struct unseal *u, struct json **ret) MUST_CHECK;

#endif
