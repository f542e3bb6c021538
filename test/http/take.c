/* A server that takes files, with routes of its own over the web folder and the crew of os: what an
 * upload meets until it is acknowledged, whatever happens to the process meanwhile.
 *
 *   take ADDRESS SPOOL KEPT N    N processes; an acknowledged file lies in KEPT under its SHA-256
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "os/file.h"
#include "os/listen.h"
#include "os/spool.h"
#include "web/serve.h"

static int run_health(struct route_ask *ask, struct answer *a)
{
	(void)ask;
	a->type = "text/plain; charset=utf-8";
	buf_puts(&a->body, "alive\n");
	return 0;
}

/* More than a socket takes while nobody reads. */
static int run_large(struct route_ask *ask, struct answer *a)
{
	struct str one = {mem_alloc(ask->c, 1 << 20), 1 << 20};

	a->type = "application/octet-stream";
	for (int i = 0; i < 15; i++)
		buf_put(&a->body, one);
	return 0;
}

static int text_field(struct ctx *c, struct str text, struct route_value *ret)
{
	(void)c;
	ret->text = text;
	return 0;
}

static int keep(struct route_ask *ask, const struct route_file *f, struct answer *a)
{
	const char *kept = ask->site;
	struct str name = hash_hex(ask->c, f->hash);
	int rc = file_rename_new(ask->c, f->path.p, str_fmt(ask->c, "%s/%s", kept, name.p).p);

	if (rc == ERR_CONFLICT) { /* the same bytes are there */
		err_clear(ask->c);
		rc = 0;
	}
	buf_fmt(&a->body, "%.*s|%.*s|%.*s|%lld|%s\n", STR_ARG(f->field), STR_ARG(f->name),
	    STR_ARG(f->type), (long long)f->size, name.p);
	return rc;
}

static int run_take(struct route_ask *ask, struct answer *a)
{
	int rc = 0;

	a->type = "text/plain; charset=utf-8";
	buf_fmt(&a->body, "%.*s\n", STR_ARG(ask->fields[0].text));
	for (size_t i = 0; i < ask->n_files && rc == 0; i++)
		rc = keep(ask, &ask->files[i], a);
	return rc;
}

static const struct route_files files = {"file other", 3, INT64_C(600) << 20, INT64_C(700) << 20};
static const struct route_field fields[] = {{.name = "text", .parse = text_field}};

static const struct route routes[] = {
    {"health", ROUTE_GET, "/health", GATE_PUBLIC, .run = run_health},
    {"large", ROUTE_GET, "/large", GATE_PUBLIC, .run = run_large},
    {"form", ROUTE_POST, "/form", GATE_PUBLIC, .run = run_take, ROUTE_TAKES(fields)},
    {"take", ROUTE_POST, "/take", GATE_PUBLIC, .run = run_take, ROUTE_TAKES(fields),
	.files = &files},
    {"barred", ROUTE_POST, "/barred", GATE_STAFF, .run = run_take, .files = &files},
};

static int may(const struct route_ask *ask, const struct route *r)
{
	(void)ask;
	return r->gate == GATE_PUBLIC ? 0 : ERR_DENIED;
}

static const struct route_table table = {
    .routes = routes, .n = sizeof routes / sizeof routes[0], .may = may};

static int member(struct ctx *c)
{
	struct crew_member m;
	struct meter meter;
	struct limit limit;
	struct tls tls = {.on = false};
	struct http_set set = {.table = &table, .log_fd = -1, .fixed_now = -1};
	struct str spool, kept;
	struct http *h = NULL;
	int rc = crew_join(c, &m);

	if (rc != 0)
		return rc;
	meter = (struct meter){m.share, m.slot};
	limit = (struct limit){.share = m.share, .slot = m.slot};
	set.meter = &meter;
	set.limit = &limit;
	set.tls = &tls;
	set.listen_fd = m.listen_fd;
	(void)str_cut(m.config, '\n', &spool, &kept);
	set.spool = str_z(c, spool);
	set.site = (void *)(uintptr_t)str_z(c, kept);
	rc = spool_ready(c, set.spool);
	if (rc == 0)
		rc = http_open(c, &set, &h);
	if (rc == 0)
		rc = crew_ready(c, &m);
	if (rc == 0)
		serve_run(c, &m, h);
	http_close(&h);
	return rc;
}

static int parent(struct ctx *c, char **argv)
{
	struct crew crew = {.parts = {{"web", 0}}, .n_parts = 1};
	int64_t n;
	int rc = listen_open(c, str_of(argv[1]), &crew.listen_fd);

	if (rc != 0)
		return rc;
	if (!str_i64(str_of(argv[4]), &n) || n < 1 || n > 8)
		return err_set(c, ERR_INVALID, "want a number of processes");
	crew.parts[0].n = (size_t)n;
	crew.config = str_fmt(c, "%s\n%s", argv[2], argv[3]);
	return crew_run(c, &crew);
}

int main(int argc, char **argv)
{
	struct ctx *c;
	int rc = 2;

	ctx_open(&c);
	if (argc == 2 && strcmp(argv[1], "--role=web") == 0)
		rc = member(c);
	else if (argc == 5)
		rc = parent(c, argv);
	if (rc != 0)
		(void)fprintf(stderr, "take: %s\n", err_text(c));
	ctx_close(&c);
	return rc == 0 ? 0 : 1;
}
