/*
 * A form with files, as it arrives: its texts become the same struct form that a plain form does,
 * under the same limits; its files go into the spool piece by piece, so that memory does not grow
 * with them. A field for which no file was chosen (a browser sends it empty and without a name)
 * brings none. Called by: web (http_body).
 */
#ifndef WRIT_UPLOAD_H
#define WRIT_UPLOAD_H

#include "os/spool.h"
#include "web/multipart.h"
#include "web/route.h"

struct upload {
	struct ctx *c;
	const struct route_files *rule;
	const char *spool; /* folder */
	struct multipart *parts;
	struct part_head head; /* of the part that is coming */
	struct buf text;       /* its bytes, if it is a text */
	size_t texts;          /* bytes of texts and names so far */
	struct form form;
	size_t cap_form;
	struct hash_run hash;
	struct spool_file spooled[ROUTE_FILES_MAX + 1]; /* and the one that is refused */
	struct route_file files[ROUTE_FILES_MAX];
	size_t n;  /* files that are whole */
	bool full; /* the disk has no room */
};

/* upload_open(c, type, rule, spool, ret): type is the request's Content-Type. ERR_INVALID. */
int upload_open(struct ctx *c, struct str type, const struct route_files *rule, const char *spool,
    struct upload **ret) MUST_CHECK;
/* upload_put(u, bytes), upload_end(u): ERR_INVALID: no such form, or a file where none belongs;
 * ERR_LIMIT: too many or too large; ERR_FAIL: it could not be kept, with u->full: no room. */
int upload_put(struct upload *u, struct str bytes) MUST_CHECK;
int upload_end(struct upload *u) MUST_CHECK;
/* upload_close(u): what is still in the spool is gone. Accepts NULL. */
void upload_close(struct upload *u);

#endif
