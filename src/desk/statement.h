/*
 * The statement: the public page beside the figures. It is made of pieces, of four sorts:
 *
 *   update      numbered 1, 2, ... at its publication and dated
 *   never       a never-statement: accurate as of a day, stated for a year at most
 *   restraint   what the provider may not say: since, until, and on what law
 *   proceeding  of the record of litigation and negotiation; a principle is one, too
 *
 * Each is written by one person (publisher or counsel) and published by another, a publisher. A
 * never-statement and a restraint wait in between for counsel of the sealed compartment, whoever
 * wrote them and whatever the cases say: the program never looks. Counsel who does not clear does
 * nothing, so that a refusal looks like waiting.
 *
 * What is written is not changed. Published updates and proceedings stand; a later one may replace
 * an earlier one of its sort. A never-statement that ran out, was withdrawn or was replaced is "no
 * longer stated", in one word, and gone from the page. Personal data have no place in the texts:
 * they are neither sealed nor ever erased. Format: SPEC.md 5.8.
 */
#ifndef WRIT_STATEMENT_H
#define WRIT_STATEMENT_H

#include "desk/right.h"
#include "in/wording.h"

enum statement_part {
	STATEMENT_UPDATE,
	STATEMENT_NEVER,
	STATEMENT_RESTRAINT,
	STATEMENT_PROCEEDING,
	STATEMENT_PARTS
};

enum statement_state {
	STATEMENT_PROPOSED,
	STATEMENT_CLEARED,
	STATEMENT_PUBLISHED,
	STATEMENT_WITHDRAWN,
	STATEMENT_STATES
};

struct statement {
	int64_t id, rev;
	struct str ref; /* what commands call it; an update's number does as well */
	enum statement_part part;
	enum statement_state state;
	struct str kind;       /* of a proceeding (STATEMENT_KINDS); "" */
	int64_t number;        /* of a published update; 0 */
	struct day day, until; /* until: DAY_NONE where there is none */
	struct wording words[WORDING_LANGS];
	struct str law, law_id;             /* law_id "": the citation as somebody entered it */
	bool law_verified;                  /* the citation was read at the source */
	struct str editions;                /* names, with blanks between */
	int64_t replaces, follows;          /* ids; 0: none */
	int64_t writer, clearer, publisher; /* persons; 0: none yet */
	struct instant published;           /* INSTANT_NONE: never */
};

#define STATEMENT_KINDS "asked granted request talks suit decision principle"

/* What is proposed. */
struct statement_new {
	enum statement_part part;
	struct str kind;
	struct day day, until; /* DAY_NONE: today; a year on (never), open (restraint) */
	struct wording words[WORDING_LANGS];
	struct str rule,
	    citation; /* restraint: an id of a pack or a band structure, or free text */
	const struct str *editions; /* "2013H1.2"; "2013H1" is its latest version */
	size_t n_editions;
	struct str replaces, follows; /* reference or number; "" */
};

/* statement_part_find("never"), statement_part_id: the words. STATEMENT_PARTS: none. */
enum statement_part statement_part_find(struct str word);
const char *statement_part_id(enum statement_part part);

/* statement_propose: ERR_DENIED without the role publisher or counsel; ERR_INVALID for what does
 * not fit its sort, naming the option; ERR_NOTFOUND for an edition, piece or rule that is not
 * there. */
int statement_propose(struct ctx *c, struct instance *in, const struct person *actor,
    const struct statement_new *n, struct statement *ret) MUST_CHECK;
/* statement_clear: by counsel of the compartment. ERR_CONFLICT when it does not wait. */
int statement_clear(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct statement *ret) MUST_CHECK;
/* statement_publish: by a publisher who did not write it. ERR_DENIED while it waits for counsel;
 * ERR_CONFLICT when it ran out or was withdrawn, or names what is not published yet. Once more
 * changes nothing and is 0. */
int statement_publish(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct statement *ret) MUST_CHECK;
/* statement_withdraw: of what waits, and of published never-statements and restraints. What waits
 * for counsel is not withdrawn by counsel: it would tell. */
int statement_withdraw(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct statement *ret) MUST_CHECK;

/* statement_find(c, in, actor, name, ret): by reference or number. ERR_DENIED but for publisher,
 * counsel and auditor; ERR_NOTFOUND. */
int statement_find(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    struct statement *ret) MUST_CHECK;
struct statements {
	struct statement *v; /* by day, then as they were written */
	size_t n, cap;
};
/* statement_all(c, in, ret): of every state; for statement_list's readers and the site. */
int statement_all(struct ctx *c, struct instance *in, struct statements *ret) MUST_CHECK;
/* statement_list: the same for a person; ERR_DENIED as statement_find. */
int statement_list(struct ctx *c, struct instance *in, const struct person *actor,
    struct statements *ret) MUST_CHECK;
const struct statement *statement_by_id(const struct statements *all, int64_t id);

/* statement_replaced(all, s): the published piece that replaces s; NULL. */
const struct statement *statement_replaced(const struct statements *all, const struct statement *s);
/* statement_stands(all, s, today): it belongs on the page of that day. */
bool statement_stands(const struct statements *all, const struct statement *s, struct day today);
/* statement_word(all, s, today): "waiting", "cleared", "published"; "no longer stated" for a
 * never-statement however it ended, "ended" or "withdrawn" else. */
const char *statement_word(
    const struct statements *all, const struct statement *s, struct day today);
/* statement_waits(part): what is said of a piece that is not published yet; the same for all. */
const char *statement_waits(enum statement_part part);

#endif
