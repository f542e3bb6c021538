/*
 * Reading what strangers wrote. Demands, mapping files and tables are parsed by a process of its
 * own (`writ --role=parse`, os/box.h BOX_PARSE) that has no files, no network, no database and no
 * key: it gets the document's bytes over its one connection and can only answer, with a draft, with
 * rows, or with an error that names the place. What it answers is checked as if a stranger had
 * written it (in/wire.h). One process a document; it ends when the reader is closed.
 *
 * This process reads the file and hashes it, so that the hash is of the bytes that were parsed.
 *
 * The handles have the shape of map_rows.h and map_demand.h, which the process on the other side
 * uses. A reader that ends without an answer (it crashed, did what a box forbids, took more memory
 * or processor time than its limits, or said nothing for READER_SECONDS) is ERR_FAIL "NAME: the
 * reader ended ...": the caller stores nothing of the row or the demand.
 */
#ifndef WRIT_READER_H
#define WRIT_READER_H

#include "in/draft.h"
#include "in/map_rows.h"
#include "in/target_list.h"

enum { READER_SECONDS = 60 };

/* reader_draft(c, file, text, ret): one demand in JSON, as draft_json_parse. */
int reader_draft(struct ctx *c, const char *file, struct str text, struct draft *ret) MUST_CHECK;
/* reader_list(c, file, text, ret): a list of identifiers, as target_list_read; errors carry the
 * file's name. */
int reader_list(
    struct ctx *c, const char *file, struct str text, struct target_list *ret) MUST_CHECK;

struct reader_job {
	enum map_kind kind;          /* what the mapping file must be for; else ERR_INVALID */
	const char *map_file, *file; /* names for errors */
	struct str map;              /* the mapping file's text */
	struct str zone;             /* for receipts without one; "" for MAP_CLOSED */
	struct csv_input in;         /* the table */
	int64_t size;                /* its bytes, about: processor time is given by it */
	bool totals;                 /* compare the rows with the source's own total at the end */
};

struct reader;

/* reader_open(c, job, ret): parses the mapping file and the table's header; errors as map_parse and
 * map_rows_open. Texts of the job are borrowed until reader_close; c must outlive the handle. */
int reader_open(struct ctx *c, const struct reader_job *job, struct reader **ret) MUST_CHECK;
void reader_close(struct reader **r);
/* What the mapping file says of its source and as a remark. */
struct str reader_source(const struct reader *r);
struct str reader_remark(const struct reader *r);

/* reader_closed(c, r, ret): as map_rows_closed. reader_demand(c, r, ret, ret_line): as
 * map_demand_next. The arena may be reset between calls. */
int reader_closed(struct ctx *c, struct reader *r, struct map_closed *ret) MUST_CHECK;
int reader_demand(struct ctx *c, struct reader *r, struct draft *ret, int64_t *ret_line) MUST_CHECK;
/* As map_rows_more, map_rows_next_line, map_rows_fault. */
bool reader_more(const struct reader *r);
int64_t reader_next_line(const struct reader *r);
struct csv_place reader_fault(const struct reader *r);
/* reader_end(c, r, ret_note): after the end, as map_rows_end when the job asked for totals, else
 * without a note; and the error, if one ended the table early. */
int reader_end(struct ctx *c, struct reader *r, struct str *ret_note) MUST_CHECK;

#endif
