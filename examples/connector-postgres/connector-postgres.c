/*
 * connector-postgres SERVICEFILE SERVICE QUERIES: a connector for Writ over the tables of a
 * PostgreSQL server.
 *
 * A ticket comes on standard input. For each field that it asks for there is a file KIND.FIELD.sql
 * in the folder QUERIES (email.session_ip.sql ...): one SELECT, whose parameters are
 *
 *   $1  the identifier, text        $2, $3  begin and end of the period, timestamptz, the end
 * exclusive; NULL without
 *
 * They are bound, never pasted into the text. What it selects becomes FIELD.csv in the working
 * folder, with a header of the names that the query gives its columns: `target`, `at`, `until` and
 * the field's own (SPEC.md 9.3). No row, no file. A field without a query is refused: it is not
 * held here.
 *
 * A program in the box of a connector makes no socket. The data map names the server's (`socket:
 * /run/postgresql/ .s.PGSQL.5432`), Writ connects, and hands the connection over as the descriptor
 * WRIT_SOCKET. libpq is given it in place of the socket that it wants to make: socket() and
 * connect() below are found before those of the C library. Host, user, and database stand in the
 * service file; a password in it, or in the file that it names, is for who may read that.
 *
 * Exit status: 0 done, 65 the ticket asks for something this connector does not do, 75 the server
 * does not answer, 1 all else. In the data map:
 *
 *   program: .../connector-postgres     arguments: /etc/writ-mail/service mail
 * /etc/writ-mail/queries reads: /etc/writ-mail               socket: /run/postgresql/.s.PGSQL.5432
 *
 * Build: cc -O2 -o connector-postgres connector-postgres.c $(pkg-config --cflags --libs libpq
 * jansson)
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	DONE = 0,
	FAILED = 1,
	REFUSED = 65,
	LATER = 75,
	TICKET_MAX = 64 << 10,
	QUERY_MAX = 64 << 10
};

/* ---- the connection that was handed over ---- */

int socket(int domain, int type, int protocol)
{
	const char *handed = getenv("WRIT_SOCKET");
	int fd;

	(void)protocol;
	if (domain != AF_UNIX || handed == NULL) {
		errno = EACCES;
		return -1;
	}
	fd = fcntl(atoi(handed), F_DUPFD_CLOEXEC, 0);
#ifdef SOCK_NONBLOCK
	if (fd >= 0 && (type & SOCK_NONBLOCK) != 0)
		(void)fcntl(fd, F_SETFL, O_NONBLOCK);
#else
	(void)type;
#endif
	return fd;
}

int connect(int fd, const struct sockaddr *to, socklen_t n)
{
	(void)fd;
	(void)to;
	(void)n;
	return 0; /* it was connected before it came here */
}

/* ---- the ticket ---- */

struct ticket {
	json_t *all; /* owns the texts */
	const char *kind, *value, *begins, *ends;
	const json_t *fields;
};

static const char *text(const json_t *of, const char *key)
{
	return json_string_value(json_object_get(of, key));
}

/* Letters, digits and underscores: it becomes a part of a file's name. */
static bool is_word(const char *s)
{
	return s != NULL && *s != '\0' &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

static bool ticket_read(struct ticket *t)
{
	static char bytes[TICKET_MAX + 1];
	size_t n = fread(bytes, 1, sizeof bytes, stdin);
	const json_t *body, *target;

	if (n == 0 || n > TICKET_MAX)
		return false;
	t->all = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
	body = json_object_get(t->all, "ticket");
	target = json_object_get(body, "target");
	if (text(body, "format") == NULL || strcmp(text(body, "format"), "writ-ticket/1") != 0)
		return false;
	t->kind = text(target, "kind");
	t->value = text(target, "value");
	t->begins = text(body, "begins");
	t->ends = text(body, "ends");
	t->fields = json_object_get(body, "fields");
	return is_word(t->kind) && t->value != NULL && *t->value != '\0' &&
	       json_array_size(t->fields) > 0 && (t->begins == NULL) == (t->ends == NULL);
}

/* ---- one field ---- */

static char *query_read(const char *dir, const char *kind, const char *field)
{
	char path[4096];
	char *sql = calloc(1, QUERY_MAX + 1);
	FILE *f = NULL;

	if (sql != NULL &&
	    snprintf(path, sizeof path, "%s/%s.%s.sql", dir, kind, field) < (int)sizeof path)
		f = fopen(path, "re");
	if (f == NULL || fread(sql, 1, QUERY_MAX, f) == 0) {
		free(sql);
		sql = NULL;
	}
	if (f != NULL)
		(void)fclose(f);
	return sql;
}

/* RFC 4180: always in quotes, a quote twice. NULL is nothing at all. */
static void put_value(FILE *out, const char *s, bool null)
{
	if (null)
		return;
	(void)fputc('"', out);
	for (; *s != '\0'; s++) {
		if (*s == '"')
			(void)fputc('"', out);
		(void)fputc(*s, out);
	}
	(void)fputc('"', out);
}

static void put_line(FILE *out, const PGresult *r, int row)
{
	for (int k = 0; k < PQnfields(r); k++) {
		if (k > 0)
			(void)fputc(',', out);
		if (row < 0)
			put_value(out, PQfname(r, k), false);
		else
			put_value(out, PQgetvalue(r, row, k), PQgetisnull(r, row, k) != 0);
	}
	(void)fputs("\r\n", out);
}

/* Row by row, so that memory does not grow with what is found. */
static int write_rows(PGconn *db, const char *field)
{
	FILE *out = NULL;
	PGresult *r;
	char name[160];
	int rc = DONE;

	(void)snprintf(name, sizeof name, "%s.csv", field);
	while ((r = PQgetResult(db)) != NULL) {
		if (PQresultStatus(r) == PGRES_SINGLE_TUPLE && rc == DONE) {
			if (out == NULL && (out = fopen(name, "wxe")) != NULL)
				put_line(out, r, -1);
			if (out != NULL)
				put_line(out, r, 0);
			else
				rc = FAILED;
		} else if (PQresultStatus(r) != PGRES_TUPLES_OK) {
			rc = FAILED;
		}
		PQclear(r);
	}
	if (out != NULL && (ferror(out) != 0 || fclose(out) != 0))
		rc = FAILED;
	return rc;
}

static int collect(PGconn *db, const struct ticket *t, const char *dir, const char *field)
{
	const Oid types[] = {25, 1184, 1184}; /* text, timestamptz, timestamptz */
	const char *values[] = {t->value, t->begins, t->ends};
	char *sql = is_word(field) ? query_read(dir, t->kind, field) : NULL;
	int rc = REFUSED;

	if (sql == NULL)
		return REFUSED;
	rc = PQsendQueryParams(db, sql, 3, types, values, NULL, NULL, 0) == 1 &&
		     PQsetSingleRowMode(db) == 1
		 ? write_rows(db, field)
		 : FAILED;
	free(sql);
	return rc;
}

/* ---- all of it ---- */

/* Nothing is written there, and all fields are of one moment. */
static bool begin(PGconn *db)
{
	static const char *const sql[] = {"SET TimeZone = 'UTC'", "SET DateStyle = 'ISO'",
	    "SET statement_timeout = '10min'",
	    "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"};

	for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
		PGresult *r = PQexec(db, sql[i]);
		bool well = PQresultStatus(r) == PGRES_COMMAND_OK;

		PQclear(r);
		if (!well)
			return false;
	}
	return true;
}

/* All queries are there before the first is asked: a ticket is done as a whole or refused. */
static bool knows(const struct ticket *t, const char *dir)
{
	for (size_t i = 0; i < json_array_size(t->fields); i++) {
		const char *field = json_string_value(json_array_get(t->fields, i));
		char *sql = is_word(field) ? query_read(dir, t->kind, field) : NULL;

		if (sql == NULL)
			return false;
		free(sql);
	}
	return true;
}

int main(int argc, char **argv)
{
	struct ticket t = {0};
	const char *keys[] = {"service", NULL}, *values[] = {NULL, NULL};
	PGconn *db;
	int rc = DONE;

	if (argc != 4)
		return FAILED;
	if (!ticket_read(&t) || !knows(&t, argv[3]))
		return REFUSED;
	values[0] = argv[2];
	if (setenv("PGSERVICEFILE", argv[1], 1) != 0)
		return FAILED;
	db = PQconnectdbParams(keys, values, 0);
	if (PQstatus(db) != CONNECTION_OK || !begin(db))
		rc = LATER;
	for (size_t i = 0; rc == DONE && i < json_array_size(t.fields); i++)
		rc = collect(db, &t, argv[3], json_string_value(json_array_get(t.fields, i)));
	PQfinish(db);
	json_decref(t.all);
	return rc;
}
