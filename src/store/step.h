/*
 * A step: whatever a person (or the program) changes, in one transaction with its ledger entry.
 *
 * step_run() opens the transaction, reserves the entry's id, and calls the step's function; rows
 * are written only through step_insert and step_update, which note what was touched. At the end the
 * image of every touched row is hashed into the entry's detail, the entry is written with its
 * salted commitment, and all of it commits or none. The format is SPEC.md 2.
 */
#ifndef WRIT_STEP_H
#define WRIT_STEP_H

#include "kind/json.h"
#include "store/db.h"
#include "store/vault.h"

/* An opened instance, as far as rows go. */
struct step;
struct store {
	struct db *db;
	struct vault *vault;
	int64_t recorded; /* steps committed since it was opened: what a failure afterwards must not
			     hide */
	/* Called at the end of every step of a case, in its transaction, for tables that are
	 * computed from the case (desk/due.h); NULL: nothing is. It writes no row of a step_table.
	 */
	int (*after)(struct ctx *c, struct step *s, void *arg);
	void *after_arg;
};

/* The tables whose rows the ledger commits to; order is part of no format. */
enum step_table {
	STEP_PERSON,
	STEP_DEMAND,
	STEP_PAPER,
	STEP_MATTER,
	STEP_LEGAL_ORDER,
	STEP_ORDER_OUTCOME,
	STEP_ORDER_FACT,
	STEP_TARGET,
	STEP_ITEM,
	STEP_FINDING,
	STEP_REVIEW,
	STEP_DECISION,
	STEP_PRODUCTION,
	STEP_PRODUCTION_FILE,
	STEP_DELIVERY,
	STEP_PRESERVATION,
	STEP_SECRECY,
	STEP_CHALLENGE,
	STEP_PAUSE,
	STEP_MESSAGE,
	STEP_SEALED_RECORD,
	STEP_IMPORT,
	STEP_EDITION,
	STEP_EPOCH,
	STEP_ERASURE,
	STEP_ERASURE_HOLD,
	STEP_STATEMENT,
	STEP_PERMISSION,
	STEP_KNOWN_FIGURE,
	STEP_USER_BASE,
	STEP_EDITION_CAUSE,
	STEP_ORDER_DSA,
	STEP_DSA_GIVEN,
	STEP_PERSON_LAND,
	STEP_PASSKEY,
	STEP_ENROLMENT,
	STEP_AGENCY,
	STEP_AGENCY_DOMAIN,
	STEP_OFFICER,
	STEP_STANDING,
	STEP_SUBMISSION,
	STEP_COLLEAGUE,
	STEP_CALL_BACK,
	STEP_EXTENSION,
	STEP_ALERT,
	STEP_DOWNLOAD,
	STEP_DEMAND_SORTED,
	STEP_HANDOVER,
	STEP_PAGING,
	STEP_QUALITY_CHECK,
	STEP_API_TOKEN,
	STEP_WEBHOOK,
	STEP_CLAIM_BAR,
	STEP_CLAIM,
	STEP_CLAIM_LINE,
	STEP_OIDC_SUBJECT,
	STEP_SERVICE_TEST,
	STEP_TICKET,
	STEP_SECRECY_SOURCE,
	STEP_NOTICE,
	STEP_LOOK_OVER,
	STEP_FILE_CHECK,
	STEP_DECISION_MASK,
	STEP_PRODUCTION_SEAL,
	STEP_CONTEST,
	STEP_HEARING,
	STEP_CONTEST_BOUND,
	STEP_HOLD_REVIEW,
	STEP_ACCESS_REQUEST,
	STEP_BAR_STEP,
	STEP_SERVICE_TOKEN,
	STEP_SNAPSHOT,
	STEP_LAID,
	STEP_PLEDGE,
	STEP_TAKER,
	STEP_PRODUCTION_MAIL,
	STEP_PRODUCTION_MEDIUM,
	STEP_TRANSFER,
	STEP_MISDELIVERY,
	STEP_RECALL,
	STEP_REDIRECT,
	STEP_NOTICE_COPY,
	STEP_TABLES
};

struct step {
	struct store *store;
	const char *kind; /* "demand.receive", "item.decide", ...: the domain's words */
	int64_t entry;    /* id of the entry this step writes; 0 until step_begin */
	int64_t actor;    /* person; 0 for the program */
	int64_t matter;   /* 0 until step_matter or step_order */
	struct instant now;
	struct json *detail; /* codes, states, ids; never personal data */
	struct step_touch *touched;
	size_t n_touched, cap_touched;
	struct hash leaf; /* RFC 6962 leaf hash of the entry, once step_run returned */
};

/* step_run(c, store, kind, actor, fn, arg, ret): ret (may be NULL) gets the finished step. Inside
 * step_together it is a part of that transaction. */
int step_run(struct ctx *c, struct store *store, const char *kind, int64_t actor,
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret) MUST_CHECK;
/* step_part(c, store, kind, actor, fn, arg, ret): as step_run, inside a transaction that the caller
 * opened with db_tx: many steps commit together, each with its own entry. After an error the caller
 * returns it to db_tx. */
int step_part(struct ctx *c, struct store *store, const char *kind, int64_t actor,
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret) MUST_CHECK;
/* step_together(c, store, fn, arg): the steps that fn runs by step_run commit together, each with
 * its own entry, or none of them when fn does not return 0. Inside another one it is a part of
 * that. */
int step_together(
    struct ctx *c, struct store *store, int (*fn)(struct ctx *c, void *arg), void *arg) MUST_CHECK;
/* step_run_still: as step_run, and all that fn reads is of one moment: for counting. */
int step_run_still(struct ctx *c, struct store *store, const char *kind, int64_t actor,
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret) MUST_CHECK;
/* step_matter(c, s, matter): the step is of this case. Called before fn reads what it decides by:
 * it waits for another's step on the case to end, and the steps of a case have one order. A case
 * that fn itself has made is told likewise. ERR_NOTFOUND; ERR_DENIED for a case that was erased;
 * ERR_CONFLICT when the step had begun to
 * write and another came between. step_order: the case of this order. */
int step_matter(struct ctx *c, struct step *s, int64_t matter) MUST_CHECK;
int step_order(struct ctx *c, struct step *s, int64_t order) MUST_CHECK;
/* step_begin(c, s): gives the step its id, s->entry. step_insert and step_update do it themselves.
 */
int step_begin(struct ctx *c, struct step *s) MUST_CHECK;
/* step_insert(c, s, table, stmt, v, n, ret_id): stmt is an INSERT ... RETURNING id whose last two
 * parameters are rev and entry; they are supplied here. */
int step_insert(struct ctx *c, struct step *s, enum step_table table, enum sql stmt,
    const struct db_val *v, size_t n, int64_t *ret_id) MUST_CHECK;
/* step_update(c, s, table, stmt, id, rev, v, n): stmt is an UPDATE ... SET ..., rev = rev + 1,
 * entry = :entry WHERE id = :id AND rev = :rev: these three come last and are supplied here; rev is
 * the one the caller read. ERR_CONFLICT when the row has another rev by now. */
int step_update(struct ctx *c, struct step *s, enum step_table table, enum sql stmt, int64_t id,
    int64_t rev, const struct db_val *v, size_t n) MUST_CHECK;

/* step_touched(s, table): the step has written a row of this table. */
bool step_touched(const struct step *s, enum step_table table);

/* step_image(c, table, row, n): the digest of one row as the image statement returns it. */
struct hash step_image(struct ctx *c, enum step_table table, const struct db_val *row);
const char *step_table_name(enum step_table table);
/* step_table_find(name): STEP_TABLES when there is none. */
enum step_table step_table_find(struct str name);
enum sql step_image_stmt(enum step_table table);
enum sql step_image_each_stmt(enum step_table table);
/* step_image_entry_col(table): position of the columns rev and entry in the image. */
size_t step_image_rev_col(enum step_table table);
size_t step_image_entry_col(enum step_table table);
/* step_image_pairs(table, ret_first): how many sealed columns it has; each is two columns of the
 * image, the hash of an erased one and the ciphertext, the first pair at *ret_first. */
size_t step_image_pairs(enum step_table table, size_t *ret_first);

#endif
