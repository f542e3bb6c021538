/*
 * Makes C out of data at build time.
 *
 *   embed sql OUT.h OUT.c FILE.sql...    named statements: an enum, the texts, the role bits
 *   embed files NAME OUT.c FILE...       a table of files: struct embed_file NAME[], NAME_n
 *
 * Statement files hold blocks "-- name : shape : roles" followed by SQL up to the next block; where
 * PostgreSQL must have another text, a block "-- name/pg" with the same parameters follows.
 * Schema files (schema-NNNN.sql) are migrations, in the order of their numbers, for both engines
 * (embed_schema.c). For each table there are also dump_TABLE and load_TABLE, with all its columns,
 * and rows_TABLE. :parameters are numbered in the order of their first appearance; the enum's
 * comment lists them.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "embed.h"

static char *slurp(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "rb");
	char *p = NULL;
	size_t n = 0, cap = 0;

	if (f == NULL) {
		fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	for (;;) {
		size_t got;

		if (n + 65536 > cap) {
			cap = cap * 2 + 65537;
			p = realloc(p, cap);
			if (p == NULL)
				exit(1);
		}
		got = fread(p + n, 1, 65536, f);
		if (got == 0)
			break;
		n += got;
	}
	fclose(f);
	p[n] = '\0';
	*ret_n = n;
	return p;
}

static FILE *create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL) {
		fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return f;
}

/* A C string literal; cut into lines, because compilers need only take 4095 bytes per literal in
 * theory and readers want lines in practice. */
void put_literal(FILE *out, const char *p, size_t n)
{
	fputs("\"", out);
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)p[i];

		if (ch == '\n' && i + 1 < n)
			fputs("\\n\"\n\t\"", out);
		else if (ch == '\n')
			fputs("\\n", out);
		else if (ch == '"' || ch == '\\')
			fprintf(out, "\\%c", ch);
		else if (ch < 32 || ch > 126 || ch == '?')
			fprintf(out, "\\%03o", ch);
		else
			fputc(ch, out);
	}
	fputs("\"", out);
}

struct stmt {
	char name[64], shape[8], roles[64], params[512];
	char *text, *pg; /* pg: NULL where it is the same but for the parameters' sign */
	bool scan_ok;
};

static struct stmt stmts[2048];
static size_t n_stmts;

void die(const char *file, const char *what)
{
	fprintf(stderr, "embed: %s: %s\n", file, what);
	exit(1);
}

static char *grow(size_t n)
{
	char *p = malloc(n);

	if (p == NULL)
		exit(1);
	return p;
}

/* The parameters met so far, by first appearance. */
struct params {
	char names[32][64];
	size_t n;
};

static size_t param(const char *file, struct params *all, const char *name, size_t n)
{
	size_t k = 0;

	if (n >= sizeof all->names[0])
		die(file, "parameter name too long");
	while (k < all->n && (strncmp(all->names[k], name, n) != 0 || all->names[k][n] != '\0'))
		k++;
	if (k == all->n) {
		if (k == 32)
			die(file, "more than 32 parameters");
		memcpy(all->names[k], name, n);
		all->names[k][n] = '\0';
		all->n++;
	}
	return k;
}

/* Rewrites :name to SIGNk (?k for SQLite, $k for PostgreSQL), k by first appearance; trims. */
static char *number_params(
    const char *file, const char *sql, size_t n, char sign, struct params *all)
{
	char *text = grow(n * 2 + 64);
	size_t o = 0;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		size_t j = i + 1;

		if (sql[i] == '\'')
			quoted = !quoted;
		if (quoted || sql[i] != ':' || !(isalpha((unsigned char)sql[j]) || sql[j] == '_')) {
			text[o++] = sql[i];
			continue;
		}
		while (isalnum((unsigned char)sql[j]) || sql[j] == '_')
			j++;
		o += (size_t)snprintf(
		    text + o, 8, "%c%zu", sign, param(file, all, sql + i + 1, j - i - 1) + 1);
		i = j - 1;
	}
	text[o] = '\0';
	return text;
}

static void list_params(const struct params *all, char *ret, size_t size)
{
	size_t o = 0;

	for (size_t k = 0; k < all->n; k++)
		o += (size_t)snprintf(ret + o, size - o, "%s%s", k == 0 ? "" : ", ", all->names[k]);
}

static void take_text(const char *file, struct stmt *s, const char *sql, size_t n)
{
	struct params all = {0}, again = {0};

	s->text = number_params(file, sql, n, '?', &all);
	s->pg = number_params(file, sql, n, '$', &again);
	list_params(&all, s->params, sizeof s->params);
}

/* The other text must take the same parameters; their order is the first text's. */
static void take_pg_text(const char *file, struct stmt *s, const char *sql, size_t n)
{
	struct params all = {0};
	size_t before;

	for (const char *p = s->params; *p != '\0';) {
		size_t len = strcspn(p, ",");

		(void)param(file, &all, p, len);
		p += len;
		p += strspn(p, ", ");
	}
	before = all.n;
	free(s->pg);
	s->pg = number_params(file, sql, n, '$', &all);
	if (all.n != before)
		die(file, s->name);
}

static size_t count_params(const struct stmt *s)
{
	size_t k = s->params[0] != '\0';

	for (const char *p = s->params; *p != '\0'; p++)
		k += *p == ',';
	return k;
}

static struct stmt *statement_find(const char *name)
{
	for (size_t i = 0; i < n_stmts; i++)
		if (strcmp(stmts[i].name, name) == 0)
			return &stmts[i];
	return NULL;
}

static struct stmt *statement_add(const char *file, const struct stmt *head)
{
	if (n_stmts == sizeof stmts / sizeof stmts[0])
		die(file, "too many statements");
	if (statement_find(head->name) != NULL)
		die(file, head->name);
	stmts[n_stmts] = *head;
	return &stmts[n_stmts++];
}

static void read_statements(const char *file)
{
	size_t n;
	char *text = slurp(file, &n), *line = text, *body = NULL;
	struct stmt *now = NULL;
	bool for_pg = false;

	for (;;) {
		char *end = strchr(line, '\n');
		struct stmt head = {0};
		bool is_head = sscanf(line, "-- %63[a-z0-9_] : %7[a-z] : %63[a-z ]", head.name,
				   head.shape, head.roles) == 3;
		bool is_pg =
		    !is_head && sscanf(line, "-- %63[a-z0-9_]/p%1[g]", head.name, head.shape) == 2;

		if (is_head || is_pg || *line == '\0') {
			if (now != NULL)
				(for_pg ? take_pg_text : take_text)(
				    file, now, body, (size_t)(line - body));
			if (*line == '\0')
				break;
			now = is_pg ? statement_find(head.name) : statement_add(file, &head);
			if (now == NULL)
				die(file, head.name);
			for_pg = is_pg;
			body = end == NULL ? line + strlen(line) : end + 1;
		} else if (strncmp(line, "-- scan ok", 10) == 0 && now != NULL) {
			now->scan_ok = true;
		}
		line = end == NULL ? line + strlen(line) : end + 1;
	}
	free(text);
}

/* dump_TABLE reads all rows in the order of the key, load_TABLE writes one, rows_TABLE counts them.
 */
static void copy_statements(const struct schema_table *t)
{
	struct stmt dump = {.shape = "large", .roles = "copy", .scan_ok = true};
	struct stmt load = {.shape = "run", .roles = "copy"};
	struct stmt count = {.shape = "one", .roles = "copy", .scan_ok = true};
	char *sql = grow(16384);
	int n;

	(void)snprintf(dump.name, sizeof dump.name, "dump_%.58s", t->name);
	(void)snprintf(load.name, sizeof load.name, "load_%.58s", t->name);
	(void)snprintf(count.name, sizeof count.name, "rows_%.58s", t->name);
	n = snprintf(sql, 16384, "SELECT ");
	for (size_t i = 0; i < t->n; i++)
		n += sprintf(sql + n, "%s%s", i == 0 ? "" : ", ", t->columns[i]);
	n += sprintf(sql + n, " FROM %s ORDER BY %s", t->name, t->key);
	take_text(t->name, statement_add(t->name, &dump), sql, (size_t)n);
	n = sprintf(sql, "INSERT INTO %s (", t->name);
	for (size_t i = 0; i < t->n; i++)
		n += sprintf(sql + n, "%s%s", i == 0 ? "" : ", ", t->columns[i]);
	n += sprintf(sql + n, ") VALUES (");
	for (size_t i = 0; i < t->n; i++)
		n += sprintf(sql + n, "%s:%s", i == 0 ? "" : ", ", t->columns[i]);
	n += sprintf(sql + n, ")");
	take_text(t->name, statement_add(t->name, &load), sql, (size_t)n);
	n = sprintf(sql, "SELECT count(*) FROM %s", t->name);
	take_text(t->name, statement_add(t->name, &count), sql, (size_t)n);
	free(sql);
}

static bool is_schema(const char *path)
{
	const char *base = strrchr(path, '/');

	return strncmp(base == NULL ? path : base + 1, "schema-", 7) == 0;
}

static void put_roles(FILE *out, const char *roles)
{
	char word[64];
	int used;

	fputs("0", out);
	while (sscanf(roles, "%63s%n", word, &used) == 1) {
		fputs(" | SQL_ROLE_", out);
		for (char *p = word; *p != '\0'; p++)
			fputc(toupper((unsigned char)*p), out);
		roles += used;
	}
}

static void put_header(FILE *h)
{
	fputs("/* Made by tools/embed from sql/. Do not edit. */\n"
	      "#ifndef WRIT_SQL_GEN_H\n#define WRIT_SQL_GEN_H\n#include <stddef.h>\n#include "
	      "<stdbool.h>\n"
	      "enum { SQL_ROLE_CLI = 1, SQL_ROLE_WEB = 2, SQL_ROLE_WORK = 4, SQL_ROLE_SEQ = 8,\n"
	      "       SQL_ROLE_ADMIN = 16, SQL_ROLE_ALL = 31, SQL_ROLE_COPY = 32 };\n"
	      "enum sql_shape { SQL_RUN, SQL_ONE, SQL_MANY, SQL_LARGE };\n"
	      "struct sql_stmt {\n\tconst char *name, *text, *pg;\n\tenum sql_shape shape;\n"
	      "\tunsigned roles, n_params;\n\tbool scan_ok;\n};\n"
	      "struct sql_schema {\n\tconst char *name, *lite, *lite_after, *pg, *pg_after, "
	      "*rows;\n};\n"
	      "struct sql_table {\n\tconst char *name, *rights, *columns;\n\tbool gives_id;\n"
	      "\tunsigned n_columns, dump, load, count; /* enum sql */\n};\n"
	      "extern const struct sql_table sql_tables[];\nextern const size_t sql_tables_n;\n"
	      "extern const struct sql_stmt sql_stmts[];\nextern const struct sql_schema "
	      "sql_schemas[];\n"
	      "extern const size_t sql_schemas_n;\n",
	    h);
	fprintf(h, "enum { SQL_TABLES = %zu };\nenum sql {\n", n_schema_tables);
	for (size_t i = 0; i < n_stmts; i++) {
		fputs("\tSQL_", h);
		for (const char *p = stmts[i].name; *p != '\0'; p++)
			fputc(toupper((unsigned char)*p), h);
		fprintf(h, ", /* (%s) %s */\n", stmts[i].params, stmts[i].shape);
	}
	fputs("\tSQL_COUNT\n};\n#endif\n", h);
}

/* ---- what the program's statements need of each table, for GRANT ---- */

/* The columns that "SET a = ..., b = ..." changes, appended to list without repeating any. */
static void note_set(const char *set, char *list, size_t size)
{
	int depth = 0;
	bool at_name = true;

	for (const char *p = set; *p != '\0' && strncmp(p, "WHERE", 5) != 0; p++) {
		char name[66];
		size_t n = strcspn(p, " =\n");

		depth += *p == '(';
		depth -= *p == ')';
		if (*p == ',' && depth == 0)
			at_name = true;
		if (!at_name || !isalpha((unsigned char)*p) || n > 60)
			continue;
		(void)snprintf(name, sizeof name, " %.*s,", (int)n, p);
		if (strstr(list, name) == NULL && strlen(list) + n + 3 < size)
			strcat(list, name);
		at_name = false;
		p += n - 1;
	}
}

static bool names(const char *at, const char *table)
{
	size_t n = strlen(table);

	return strncmp(at, table, n) == 0 && !isalnum((unsigned char)at[n]) && at[n] != '_';
}

static void put_rights(FILE *out, const char *table)
{
	char set[1024] = " ";
	bool insert = false, drop = false;

	for (size_t i = 0; i < n_stmts; i++) {
		const char *p = stmts[i].text, *on = strstr(p, "DO UPDATE SET ");

		if (strcmp(stmts[i].roles, "copy") == 0)
			continue;
		p += strspn(p, " \n");
		while (strncmp(p, "--", 2) == 0)
			p += strcspn(p, "\n") + 1;
		if (strncmp(p, "INSERT INTO ", 12) == 0 && names(p + 12, table)) {
			insert = true;
			if (on != NULL)
				note_set(on + 14, set, sizeof set);
		}
		if (strncmp(p, "DELETE FROM ", 12) == 0 && names(p + 12, table))
			drop = true;
		if (strncmp(p, "UPDATE ", 7) == 0 && names(p + 7, table))
			note_set(strstr(p, "SET ") + 4, set, sizeof set);
	}
	fprintf(out, "SELECT%s%s", insert ? ", INSERT" : "", drop ? ", DELETE" : "");
	if (set[1] != '\0')
		fprintf(out, ", UPDATE (%.*s)", (int)strlen(set) - 3, set + 2);
}

static void put_tables(FILE *out)
{
	fputs("const struct sql_table sql_tables[] = {\n", out);
	for (size_t i = 0; i < n_schema_tables; i++) {
		const struct schema_table *t = &schema_tables[i];
		char name[80];
		size_t dump;

		(void)snprintf(name, sizeof name, "dump_%s", t->name);
		fprintf(out, "\t{\"%s\", \"", t->name);
		put_rights(out, t->name);
		fputs("\",\n\t\"", out);
		for (size_t k = 0; k < t->n; k++)
			fprintf(out, "%s%s", k == 0 ? "" : ", ", t->columns[k]);
		dump = (size_t)(statement_find(name) - stmts);
		fprintf(out, "\", %s, %zu, %zu, %zu, %zu},\n", t->gives_id ? "true" : "false", t->n,
		    dump, dump + 1, dump + 2);
	}
	fprintf(out, "};\nconst size_t sql_tables_n = %zu;\n", n_schema_tables);
}

static int embed_sql(int argc, char **argv)
{
	FILE *h = create(argv[2]), *out = create(argv[3]);
	size_t schemas = 0;

	fputs("/* Made by tools/embed from sql/. Do not edit. */\n#include \"sql_gen.h\"\n"
	      "const struct sql_schema sql_schemas[] = {\n",
	    out);
	for (int i = 4; i < argc; i++) {
		size_t n;
		char *text;

		if (!is_schema(argv[i])) {
			read_statements(argv[i]);
			continue;
		}
		text = slurp(argv[i], &n);
		schema_put(out, argv[i], text);
		schemas++;
		free(text);
	}
	for (size_t i = 0; i < n_schema_tables; i++)
		copy_statements(&schema_tables[i]);
	fprintf(out,
	    "};\nconst size_t sql_schemas_n = %zu;\nconst struct sql_stmt sql_stmts[] = {\n",
	    schemas);
	for (size_t i = 0; i < n_stmts; i++) {
		struct stmt *s = &stmts[i];
		const char *shape = strcmp(s->shape, "run") == 0     ? "SQL_RUN"
				    : strcmp(s->shape, "one") == 0   ? "SQL_ONE"
				    : strcmp(s->shape, "many") == 0  ? "SQL_MANY"
				    : strcmp(s->shape, "large") == 0 ? "SQL_LARGE"
								     : NULL;

		if (shape == NULL)
			die(s->name, "shape is run, one, many or large");
		fprintf(out, "\t{\"%s\",\n\t", s->name);
		put_literal(out, s->text, strlen(s->text));
		fputs(",\n\t", out);
		put_literal(out, s->pg, strlen(s->pg));
		fprintf(out, ",\n\t%s, ", shape);
		put_roles(out, s->roles);
		fprintf(out, ", %zu, %s},\n", count_params(s), s->scan_ok ? "true" : "false");
	}
	fputs("\t{NULL, NULL, NULL, SQL_RUN, 0, 0, false},\n};\n", out);
	put_tables(out);
	put_header(h);
	return fclose(h) != 0 || fclose(out) != 0;
}

static int embed_files(int argc, char **argv)
{
	FILE *out = create(argv[3]);

	fprintf(out,
	    "/* Made by tools/embed. Do not edit. */\n#include <stddef.h>\n"
	    "struct embed_file {\n\tconst char *name;\n\tconst char *p;\n\tsize_t n;\n};\n"
	    "extern const struct embed_file %s[];\nextern const size_t %s_n;\n"
	    "const struct embed_file %s[] = {\n",
	    argv[2], argv[2], argv[2]);
	for (int i = 4; i < argc; i++) {
		size_t n;
		char *text = slurp(argv[i], &n);

		fprintf(out, "\t{\"%s\",\n\t", argv[i]);
		put_literal(out, text, n);
		fprintf(out, ", %zu},\n", n);
		free(text);
	}
	fprintf(out, "\t{NULL, NULL, 0},\n};\nconst size_t %s_n = %d;\n", argv[2], argc - 4);
	return fclose(out) != 0;
}

int main(int argc, char **argv)
{
	if (argc >= 4 && strcmp(argv[1], "sql") == 0)
		return embed_sql(argc, argv);
	if (argc >= 4 && strcmp(argv[1], "files") == 0)
		return embed_files(argc, argv);
	fputs("usage: embed sql OUT.h OUT.c FILE... | embed files NAME OUT.c FILE...\n", stderr);
	return 2;
}
