#include "web/public.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kind/hash.h"
#include "os/file.h"
#include "out/report_style.h"
#include "out/site.h"
#include "store/db.h"

enum { TOKEN_LEAST = 16, TOKEN_MOST = 1024, METERS_MAX = 1 << 20 };

static const char plain[] = "text/plain; charset=utf-8";

/* ---- the service ---- */

static int say(struct answer *a, const char *text)
{
	a->type = plain;
	buf_puts(&a->body, text);
	return 0;
}

int public_health(struct route_ask *ask, struct answer *a)
{
	(void)ask;
	return say(a, "alive\n");
}

/* The database answers a statement of the ledger's, and the instance key is there. */
int public_ready(struct route_ask *ask, struct answer *a)
{
	const struct public_site *s = ask->site;
	const struct db_val *row;
	int rc = s->in->store.vault == NULL
		     ? ERR_NOTFOUND
		     : db_find(ask->c, s->in->store.db, SQL_EPOCH_LAST, DB_NO_ARGS, &row);

	if (rc == 0)
		return say(a, "ready\n");
	err_clear(ask->c);
	a->status = 503;
	return say(a, "not ready\n");
}

int public_style(struct route_ask *ask, struct answer *a)
{
	(void)ask;
	a->type = "text/css; charset=utf-8";
	a->cache = "public, max-age=300";
	report_style(&a->body);
	return 0;
}

int public_metrics(struct route_ask *ask, struct answer *a)
{
	const struct public_site *s = ask->site;
	const struct route_table *t = ask->table;
	const char *names[METER_ROUTES_MAX];

	for (size_t i = 0; i < t->n; i++)
		names[i] = t->routes[i].name;
	a->type = "text/plain; version=0.0.4; charset=utf-8";
	meter_put(s->meter, names, t->n, &a->body);
	return 0;
}

/* ---- the public site ---- */

/* Below the folder, through no link, and a file: its descriptor. ERR_NOTFOUND: nothing there. */
static int file_open(int folder, const char *path, struct stat *ret)
{
	struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
	int fd = (int)syscall(SYS_openat2, folder, path, &how, sizeof how);

	if (fd < 0) /* a process that can open no more does not know */
		return errno == EMFILE || errno == ENFILE ? ERR_FAIL : ERR_NOTFOUND;
	if (fstat(fd, ret) == 0 && S_ISREG(ret->st_mode))
		return fd;
	(void)close(fd);
	return ERR_NOTFOUND;
}

/* `site build` replaces a file in one step, so that another content has another time or number. */
static struct str tag_of(struct ctx *c, const struct stat *st)
{
	struct hash h = hash_of(str_fmt(c, "%lld.%09ld %lld %llu", (long long)st->st_mtim.tv_sec,
	    st->st_mtim.tv_nsec, (long long)st->st_size, (unsigned long long)st->st_ino));

	return str_fmt(c, "\"%s\"", text_hex(c, &h, 16).p);
}

/* RFC 9110 13.1.2: weak comparison; "*" is any. */
static bool tag_named(struct str list, struct str tag)
{
	struct str one;
	bool more = list.n > 0;

	while (more) {
		more = str_cut(list, ',', &one, &list);
		one = str_trim(one);
		if (str_starts(one, "W/"))
			one = (struct str){one.p + 2, one.n - 2};
		if (str_is(one, "*") || str_eq(one, tag))
			return true;
	}
	return false;
}

static int file_answer(struct route_ask *ask, struct str path, struct answer *a)
{
	const struct public_site *s = ask->site;
	const char *type = site_file(path);
	struct stat st;
	struct str tag;
	int fd = ERR_NOTFOUND;

	if (s->files >= 0 && type != NULL)
		fd = file_open(s->files, str_z(ask->c, path), &st);
	if (fd < 0)
		return fd;
	tag = tag_of(ask->c, &st);
	a->type = type;
	a->cache = "public, max-age=0, must-revalidate";
	answer_field(a, "ETag", tag);
	if (tag_named(ask->if_none_match, tag)) {
		a->status = 304;
		(void)close(fd);
		return 0;
	}
	a->file = fd;
	a->file_size = st.st_size;
	return 0;
}

int public_first_page(struct route_ask *ask, struct answer *a)
{
	return file_answer(
	    ask, ask->lang == ANSWER_DE ? STR("index.de.html") : STR("index.html"), a);
}

int public_file(struct route_ask *ask, struct answer *a)
{
	return file_answer(ask, ask->parts[0], a);
}

bool public_operator(const struct route_ask *ask)
{
	const struct public_site *s = ask->site;

	return ask->local || str_eq_secret(s->token, ask->token);
}

/* ---- opening ---- */

int public_open(struct ctx *c, struct public_site *s)
{
	const struct instance_serve *how = &s->in->serve;
	struct str path = instance_path(c, s->in, how->site);
	int rc = 0;

	s->files = -1;
	if (how->metrics_token.n > 0)
		rc = file_read(
		    c, instance_path(c, s->in, how->metrics_token).p, TOKEN_MOST, &s->token);
	s->token = str_trim(s->token);
	if (rc == 0 && how->metrics_token.n > 0 && s->token.n < TOKEN_LEAST)
		rc = err_set(c, ERR_INVALID, "metrics_token: the token has less than %d characters",
		    TOKEN_LEAST);
	if (rc != 0 || how->site.n == 0)
		return rc;
	s->files = open(path.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->files < 0)
		return err_set(c, ERR_NOTFOUND, "site: %s: %s", path.p, strerror(errno));
	return 0;
}

void public_close(struct public_site *s)
{
	if (s->files >= 0)
		(void)close(s->files);
	s->files = -1;
	instance_close(&s->in);
}
