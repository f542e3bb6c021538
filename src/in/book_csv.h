/* A CSV file as a book (book.h): one sheet without a name, whose cells know their line and column.
 */
#ifndef WRIT_BOOK_CSV_H
#define WRIT_BOOK_CSV_H

#include "in/book.h"

/* book_csv_parse(c, file, text, delimiter, ret): what csv.h refuses of a record refuses the file.
 * "FILE:LINE:COL: ...". */
int book_csv_parse(struct ctx *c, const char *file, struct str text, char delimiter,
    const struct book **ret) MUST_CHECK;

#endif
