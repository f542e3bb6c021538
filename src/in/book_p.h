/* Private to in: XML as libxml2 tells it while it reads, and the parts of an archive. */
#ifndef WRIT_BOOK_P_H
#define WRIT_BOOK_P_H

#include "in/book.h"

/* One attribute, as text. */
struct book_attr {
	struct str name, space, value; /* space: the namespace, "" without one */
};

struct book_xml {
	const char *file;
	struct str part; /* for errors */
	/* Any of them may be NULL. name is local; space is the namespace's URI. A return other than
	 * 0 ends the reading. */
	int (*open)(struct ctx *c, void *arg, struct str space, struct str name,
	    const struct book_attr *attrs, size_t n);
	int (*close)(struct ctx *c, void *arg, struct str space, struct str name);
	int (*text)(struct ctx *c, void *arg, struct str text);
	void *arg;
};

/* book_xml_read(c, xml, bytes): ERR_INVALID "FILE: PART:LINE:COL: ..."; or what a function
 * returned, with the place in front. */
int book_xml_read(struct ctx *c, const struct book_xml *xml, struct str bytes) MUST_CHECK;
/* book_attr_find(attrs, n, name): the value of the attribute without a namespace, "" if none. */
struct str book_attr_find(const struct book_attr *attrs, size_t n, const char *name);

struct book_zip;
/* book_zip_open(c, file, bytes, ret): bytes must stay until it is closed. */
int book_zip_open(
    struct ctx *c, const char *file, struct str bytes, struct book_zip **ret) MUST_CHECK;
void book_zip_close(struct book_zip **zip);
/* book_zip_part(zip, i): name of the i-th part, empty at the end. */
struct str book_zip_part(struct book_zip *zip, size_t i);
/* book_zip_read(c, zip, part, ret): ERR_INVALID when it is not there or damaged, ERR_LIMIT. */
int book_zip_read(struct ctx *c, struct book_zip *zip, struct str part, struct str *ret) MUST_CHECK;

/* book_trace.c: what stands beside the sheets: properties, relations, comments. */
int book_trace_read(
    struct ctx *c, const char *file, struct book_zip *zip, struct book *book) MUST_CHECK;
/* book_trace_add(c, book, trace, where, n). */
void book_trace_add(
    struct ctx *c, struct book *book, enum book_trace trace, struct str where, int64_t n);
/* book_trace_path(text): looks like a path of somebody's computer or storage. */
bool book_trace_path(struct str text);

/* book_cells.c: one worksheet. texts are the shared ones. */
struct book_texts {
	struct str *v;
	size_t n, cap;
};
int book_cells_read(struct ctx *c, const char *file, struct str part, struct str bytes,
    const struct book_texts *texts, struct book *book, struct book_sheet *sheet) MUST_CHECK;
int book_cells_texts(struct ctx *c, const char *file, struct str part, struct str bytes,
    struct book_texts *ret) MUST_CHECK;
/* book_cells_space(space): the namespace of spreadsheets, transitional or strict. */
bool book_cells_space(struct str space);
/* book_cells_clean(c, s): controls and runs of blanks (the no-break one too) become one blank;
 * trimmed. */
struct str book_cells_clean(struct ctx *c, struct str s);

#endif
