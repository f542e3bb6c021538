/* What the parts of tools/embed share. */
#ifndef EMBED_H
#define EMBED_H

#include <stdbool.h>
#include <stdio.h>

/* die(file, what): a fault in the data ends the build. */
__attribute__((noreturn)) void die(const char *file, const char *what);
/* put_literal(out, p, n): n bytes as a C string literal. */
void put_literal(FILE *out, const char *p, size_t n);

/* schema_put(out, file, text): one row of sql_schemas[] from a schema file: for each engine the
 * text that makes the tables, and the text that makes what comes after the rows: indexes, foreign
 * keys (PostgreSQL), guards; and what the migration does to rows. Notes each table's columns for
 * schema_tables. */
void schema_put(FILE *out, const char *file, char *text);

struct schema_table {
	char name[64], columns[32][64], key[128];
	size_t n;
	bool gives_id; /* PostgreSQL: `id` is made by a sequence */
};
extern struct schema_table schema_tables[];
extern size_t n_schema_tables;

#endif
