/*
 * The whole public site as static files, for any web server: a first page with all editions and
 * their trend, every published edition in all its formats, what each later version changed, a page
 * for each country, the statement, and an Atom feed. English and German, no script. It holds what
 * editions and the statement hold and nothing else: the same ones give the same bytes, on a day on
 * which nothing of the statement ends.
 */
#ifndef WRIT_SITE_H
#define WRIT_SITE_H

#include "desk/statement.h"
#include "out/report.h"
#include "out/report_text.h"

/* A published edition. before: the one published before it for the same period, NULL for the first.
 */
struct site_edition {
	struct edition e;
	struct report r;
	struct str name; /* "2013H1.2" */
	const struct site_edition *before;
	bool newest; /* of its period */
};

struct site {
	struct str provider;
	struct str base; /* where it will be served, "https://.../" ; "" when that is not known */
	struct site_edition *v; /* by period, then version */
	size_t n;
	struct str *land; /* codes of all countries that the newest versions name, each once */
	size_t n_land;
	struct statements statements; /* of every state */
	struct day today;             /* on which the site is built */
};

/* site_load(c, in, base, ret): every published edition with its stored figures; nothing is counted.
 */
int site_load(struct ctx *c, struct instance *in, struct str base, struct site *ret) MUST_CHECK;
/* site_write(c, s, dir): the files, below dir, which is made when it is not there; each is replaced
 * in one step, the first page last. Files of an earlier build that have no edition any more stay.
 */
int site_write(struct ctx *c, const struct site *s, const char *dir) MUST_CHECK;
/* site_file(path): the media type of a file that site_write makes, by its path below dir; NULL for
 * any other path, whatever may lie there. */
const char *site_file(struct str path);

#endif
