/*
 * A schema is written once, in the form SQLite takes, and translated here for PostgreSQL. The form
 * is narrow on purpose, and what is not in it ends the build:
 *
 *   CREATE TABLE name ( column INTEGER|TEXT|BLOB ..., constraint, ... ) STRICT;
 *   CREATE [UNIQUE] INDEX ...;
 *   CREATE TRIGGER name BEFORE INSERT|UPDATE|DELETE ON table [WHEN cond]
 *     BEGIN SELECT RAISE(ABORT, 'text'); END;
 *   DROP TRIGGER name;
 *   ALTER TABLE, UPDATE and INSERT of a later migration
 *
 * PostgreSQL gets INTEGER as BIGINT, BLOB as BYTEA, TEXT in the C collation, an integer key as an
 * identity, foreign keys after the tables (they may point forward), and each trigger as a function.
 * For both engines the indexes, keys and triggers come apart from the tables, so that a copied
 * instance is filled first and guarded then; what a later migration does to rows comes apart too,
 * because copied rows have it behind them.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "embed.h"

struct schema_table schema_tables[256];
size_t n_schema_tables;

struct out {
	char *p;
	size_t n, cap;
};

static void put_n(struct out *o, const char *p, size_t n)
{
	if (o->n + n + 1 > o->cap) {
		o->cap = (o->n + n) * 2 + 256;
		o->p = realloc(o->p, o->cap);
		if (o->p == NULL)
			exit(1);
	}
	memcpy(o->p + o->n, p, n);
	o->n += n;
	o->p[o->n] = '\0';
}

static void put(struct out *o, const char *s)
{
	put_n(o, s, strlen(s));
}

static struct schema_table *table_of(const char *file, const char *name)
{
	for (size_t i = 0; i < n_schema_tables; i++)
		if (strcmp(schema_tables[i].name, name) == 0)
			return &schema_tables[i];
	die(file, name);
}

/* Comments become blanks: texts are cut and joined below, and one would swallow what follows it. */
static void drop_comments(char *s)
{
	bool quoted = false;

	for (; *s != '\0'; s++) {
		if (*s == '\'')
			quoted = !quoted;
		if (quoted || s[0] != '-' || s[1] != '-')
			continue;
		while (*s != '\0' && *s != '\n')
			*s++ = ' ';
		if (*s == '\0')
			return;
	}
}

static char *skip(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* The end of the statement: its ';', or the one after END for a trigger. */
static char *statement_end(const char *file, char *s)
{
	bool quoted = false, trigger = starts(s, "CREATE TRIGGER");

	for (; *s != '\0'; s++) {
		if (*s == '\'')
			quoted = !quoted;
		if (quoted || *s != ';')
			continue;
		if (!trigger)
			return s;
		s = skip(s + 1);
		if (!starts(s, "END;"))
			die(file, "a trigger has one statement");
		return s + 3;
	}
	die(file, "a statement without its end");
}

/* Where the piece of a list ends: at a comma or a closing bracket of its own level. */
static char *piece_end(char *s)
{
	int depth = 0;
	bool quoted = false;

	for (; *s != '\0'; s++) {
		if (*s == '\'')
			quoted = !quoted;
		if (quoted)
			continue;
		if (*s == '(')
			depth++;
		if (depth == 0 && (*s == ',' || *s == ')'))
			return s;
		if (*s == ')')
			depth--;
	}
	return s;
}

static size_t word_of(const char *s, char *ret, size_t size)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	if (n == 0 || n >= size)
		return 0;
	memcpy(ret, s, n);
	ret[n] = '\0';
	return n;
}

static void put_type(const char *file, struct out *pg, const char *type)
{
	if (strcmp(type, "INTEGER") == 0)
		put(pg, "BIGINT");
	else if (strcmp(type, "BLOB") == 0)
		put(pg, "BYTEA");
	else if (strcmp(type, "TEXT") == 0)
		put(pg, "TEXT COLLATE \"C\"");
	else
		die(file, "a column is INTEGER, TEXT or BLOB");
}

static void foreign_key(struct out *after, const char *table, const char *columns, size_t n,
    const char *rest, size_t rest_n)
{
	put(after, "ALTER TABLE ");
	put(after, table);
	put(after, " ADD FOREIGN KEY (");
	put_n(after, columns, n);
	put(after, ") ");
	put_n(after, rest, rest_n);
	put(after, ";\n");
}

/* The REFERENCES clause of a column, with its DEFERRABLE; NULL without one. */
static char *references_of(char *s, char *end, char **ret_end)
{
	char *at = s, *close;

	while (at < end && !starts(at, "REFERENCES"))
		at++;
	if (at >= end)
		return NULL;
	close = strchr(at, ')') + 1;
	if (starts(skip(close), "DEFERRABLE INITIALLY DEFERRED"))
		close = skip(close) + strlen("DEFERRABLE INITIALLY DEFERRED");
	*ret_end = close;
	return at;
}

static void column(
    const char *file, struct schema_table *t, char *s, char *end, struct out *pg, struct out *after)
{
	char name[64], type[16], *ref, *ref_end, *rest;
	size_t n = word_of(s, name, sizeof name);

	if (n == 0 || t->n == 32)
		die(file, "a column without a name, or more than 32");
	rest = skip(s + n);
	n = word_of(rest, type, sizeof type);
	rest += n;
	memcpy(t->columns[t->n++], name, sizeof name);
	put(pg, name);
	put(pg, " ");
	put_type(file, pg, type);
	ref = references_of(rest, end, &ref_end);
	if (ref == NULL) {
		put_n(pg, rest, (size_t)(end - rest));
	} else {
		put_n(pg, rest, (size_t)(ref - rest));
		put_n(pg, ref_end, (size_t)(end - ref_end));
		foreign_key(after, t->name, name, strlen(name), ref, (size_t)(ref_end - ref));
	}
	if (starts(skip(rest), "PRIMARY KEY")) {
		memcpy(t->key, name, sizeof name);
		if (strcmp(name, "id") == 0 && strcmp(type, "INTEGER") == 0 && ref == NULL) {
			put(pg, " GENERATED BY DEFAULT AS IDENTITY");
			t->gives_id = true;
		}
	}
}

static void table_part(const char *file, struct schema_table *t, char *s, char *end, struct out *pg,
    struct out *after, bool first)
{
	char *open, *close;

	if (starts(s, "FOREIGN KEY")) {
		open = strchr(s, '(') + 1;
		close = strchr(open, ')');
		foreign_key(after, t->name, open, (size_t)(close - open), close + 1,
		    (size_t)(end - close - 1));
		return;
	}
	put(pg, first ? "\n  " : ",\n  ");
	if (starts(s, "PRIMARY KEY")) {
		open = strchr(s, '(') + 1;
		memcpy(t->key, open, (size_t)(strchr(open, ')') - open));
	}
	if (starts(s, "UNIQUE") || starts(s, "CHECK") || starts(s, "PRIMARY KEY"))
		put_n(pg, s, (size_t)(end - s));
	else
		column(file, t, s, end, pg, after);
}

static void table(const char *file, char *s, char *end, struct out *pg, struct out *after)
{
	struct schema_table *t = &schema_tables[n_schema_tables++];
	char *at = skip(s + strlen("CREATE TABLE")), *stop;
	size_t n = word_of(at, t->name, sizeof t->name);
	bool first = true;

	if (n == 0 || n_schema_tables == 256)
		die(file, "a table without a name, or more than 255");
	put(pg, "CREATE TABLE ");
	put(pg, t->name);
	put(pg, " (");
	at = skip(at + n) + 1;
	do {
		at = skip(at);
		stop = piece_end(at);
		table_part(file, t, at, stop, pg, after, first);
		first = false;
		at = stop + 1;
	} while (*stop == ',');
	at = skip(at);
	if (!starts(at, "STRICT") || skip(at + strlen("STRICT")) != end)
		die(file, t->name);
	put(pg, "\n);\n");
	if (t->key[0] == '\0')
		die(file, t->name);
}

/* Which table a trigger stands on: PostgreSQL asks for it when it is dropped. */
static struct {
	char name[64], on[64];
} guards[512];
static size_t n_guards;

static void trigger(const char *file, char *s, struct out *pg)
{
	char name[64], verb[16], on[64], *at = skip(s + strlen("CREATE TRIGGER")), *when, *begin;
	char *text, *text_end;

	at = skip(at + word_of(at, name, sizeof name));
	if (!starts(at, "BEFORE "))
		die(file, name);
	at = skip(at + strlen("BEFORE "));
	at = skip(at + word_of(at, verb, sizeof verb));
	if (!starts(at, "ON "))
		die(file, name);
	at = skip(at + strlen("ON "));
	at = skip(at + word_of(at, on, sizeof on));
	if (n_guards == sizeof guards / sizeof guards[0])
		die(file, "too many triggers");
	memcpy(guards[n_guards].name, name, sizeof name);
	memcpy(guards[n_guards++].on, on, sizeof on);
	begin = strstr(at, "BEGIN SELECT RAISE(ABORT, '");
	if (begin == NULL)
		die(file, name);
	when = starts(at, "WHEN ") ? at + strlen("WHEN ") : NULL;
	text = begin + strlen("BEGIN SELECT RAISE(ABORT, ");
	text_end = strchr(text + 1, '\'') + 1;
	put(pg, "CREATE FUNCTION guard_");
	put(pg, name);
	put(pg, "() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ");
	if (when == NULL)
		put(pg, "TRUE");
	else
		put_n(pg, when, (size_t)(begin - when));
	put(pg, " THEN RAISE EXCEPTION USING MESSAGE = ");
	put_n(pg, text, (size_t)(text_end - text));
	put(pg, "; END IF; RETURN ");
	put(pg, strcmp(verb, "DELETE") == 0 ? "OLD" : "NEW");
	put(pg, "; END $guard$;\nCREATE TRIGGER ");
	put(pg, name);
	put(pg, " BEFORE ");
	put(pg, verb);
	put(pg, " ON ");
	put(pg, on);
	put(pg, " FOR EACH ROW EXECUTE FUNCTION guard_");
	put(pg, name);
	put(pg, "();\n");
}

/* UPDATE, INSERT, DELETE: the same text for both engines. */
static bool changes_rows(const char *s)
{
	return starts(s, "UPDATE ") || starts(s, "INSERT ") || starts(s, "DELETE ");
}

static void drop_trigger(const char *file, char *s, struct out *pg)
{
	char name[64];
	size_t i = 0;

	(void)word_of(skip(s + strlen("DROP TRIGGER")), name, sizeof name);
	while (i < n_guards && strcmp(guards[i].name, name) != 0)
		i++;
	if (i == n_guards)
		die(file, name);
	put(pg, "DROP TRIGGER ");
	put(pg, name);
	put(pg, " ON ");
	put(pg, guards[i].on);
	put(pg, ";\nDROP FUNCTION guard_");
	put(pg, name);
	put(pg, "();\n");
}

/* ALTER TABLE t ADD COLUMN name TYPE ...: the one form. Other statements are the same for both. */
static void later(const char *file, char *s, char *end, struct out *pg)
{
	char *at = strstr(s, " ADD COLUMN "), name[64], type[16], on[64];
	struct schema_table *t;

	if (!starts(s, "ALTER TABLE") || at == NULL || at > end)
		die(file, "a statement this translation does not know");
	(void)word_of(skip(s + strlen("ALTER TABLE")), on, sizeof on);
	t = table_of(file, on);
	at += strlen(" ADD COLUMN ");
	put_n(pg, s, (size_t)(at - s));
	at = skip(at);
	at = skip(at + word_of(at, name, sizeof name));
	memcpy(t->columns[t->n++], name, sizeof name);
	put(pg, name);
	put(pg, " ");
	at += word_of(at, type, sizeof type);
	put_type(file, pg, type);
	put_n(pg, at, (size_t)(end - at));
	put(pg, ";\n");
}

static void put_text(FILE *out, const struct out *o)
{
	fputs(", ", out);
	put_literal(out, o->n == 0 ? "" : o->p, o->n);
}

void schema_put(FILE *out, const char *file, char *text)
{
	struct out lite = {0}, lite_after = {0}, pg = {0}, pg_after = {0}, rows = {0};
	struct out *to;

	drop_comments(text);
	for (char *s = skip(text), *end; *s != '\0'; s = skip(end + 1)) {
		bool after = starts(s, "CREATE INDEX") || starts(s, "CREATE UNIQUE INDEX") ||
			     starts(s, "CREATE TRIGGER") || starts(s, "DROP TRIGGER");

		end = statement_end(file, s);
		to = changes_rows(s) ? &rows : after ? &lite_after : &lite;
		put_n(to, s, (size_t)(end - s));
		put(to, ";\n");
		if (to == &rows)
			continue;
		if (starts(s, "CREATE TABLE"))
			table(file, s, end, &pg, &pg_after);
		else if (starts(s, "CREATE TRIGGER"))
			trigger(file, s, &pg_after);
		else if (starts(s, "DROP TRIGGER"))
			drop_trigger(file, s, &pg_after);
		else if (after) {
			put_n(&pg_after, s, (size_t)(end - s));
			put(&pg_after, ";\n");
		} else
			later(file, s, end, &pg);
	}
	fprintf(out, "\t{\"%s\"", strrchr(file, '/') + 1);
	put_text(out, &lite);
	put_text(out, &lite_after);
	put_text(out, &pg);
	put_text(out, &pg_after);
	put_text(out, &rows);
	fputs("},\n", out);
	free(lite.p);
	free(lite_after.p);
	free(pg.p);
	free(pg_after.p);
	free(rows.p);
}
