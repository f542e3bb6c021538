#include "web/office_fetch.h"

#include "base/mem.h"
#include "desk/fetch.h"
#include "out/view_deliver.h"
#include "out/view_officer.h"
#include "web/field.h"
#include "web/office.h"

/* Between two looks whether it was taken back. */
enum { LOOK_BYTES = 1 << 20, HEAD_BYTES = 16 };

const struct route_field office_pledge_fields[1] = {{.name = "agree", .parse = field_yes}};
const struct route_field office_fetch_fields[1] = {{.name = "pin", .parse = office_any}};

/* ---- the page ---- */

int office_production(struct route_ask *ask, struct json **ret)
{
	int rc = view_deliver_officer(ask->c, ask->in, ask->who, ask->parts[0], ask->parts[1], ret);

	if (rc == 0 && !ask->api)
		json_set_text(ask->c, *ret, "path",
		    str_fmt(ask->c, "/portal/case/%.*s/production/%.*s", STR_ARG(ask->parts[0]),
			STR_ARG(ask->parts[1])));
	return rc;
}

int office_pledge(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	if (!ask->fields[0].given || ask->fields[0].num != 1)
		return err_set(
		    ask->c, ERR_INVALID, "field agree: say that you take it for your authority");
	return fetch_pledge(ask->c, ask->in, ask->who, ask->parts[0], ask->parts[1]);
}

/* ---- the file ---- */

struct sending {
	struct instance *in;
	struct fetch f;
	struct blob_read *blob;
	char head[HEAD_BYTES];
	size_t head_n, head_at;
	int64_t unseen; /* bytes since the last look */
	bool stopped, failed;
};

static bool runs(struct sending *s)
{
	struct ctx *c;
	bool yes = false;
	int rc;

	ctx_open(&c);
	rc = fetch_runs(c, s->in, s->f.laid, &yes);
	ctx_close(&c);
	s->stopped = rc == 0 && !yes;
	return rc == 0 && yes;
}

static ssize_t next(void *arg, char *p, size_t n)
{
	struct sending *s = arg;
	ssize_t got;

	if (s->unseen >= LOOK_BYTES) {
		s->unseen = 0;
		if (!runs(s))
			return -1;
	}
	if (s->head_at < s->head_n) {
		if (n > s->head_n - s->head_at)
			n = s->head_n - s->head_at;
		memcpy(p, s->head + s->head_at, n);
		s->head_at += n;
		got = (ssize_t)n;
	} else {
		got = blob_next(s->blob, p, n);
	}
	s->failed = got < 0;
	s->unseen += got > 0 ? got : 0;
	return got;
}

static void end(void *arg, int64_t sent, bool whole)
{
	struct sending *s = arg;
	struct ctx *c;

	ctx_open(&c);
	if (fetch_end(c, s->in, &s->f, sent,
		whole        ? "fetched"
		: s->stopped ? "stopped"
			     : "cut_off") != 0 ||
	    s->failed)
		(void)fprintf(stderr, "writ: web: a download: %s\n",
		    s->failed ? "the file in the portal is damaged" : err_text(c));
	ctx_close(&c);
	blob_close(&s->blob);
	explicit_bzero(s, sizeof *s);
}

/* The first bytes say what kind of seal it is, and so what the file is called. */
static int open_blob(struct route_ask *ask, struct sending *s)
{
	ssize_t got;
	int rc = blob_open(ask->c, instance_path(ask->c, ask->in, ask->in->blobs).p, s->f.lies.blob,
	    s->f.lies.key, &s->blob);

	explicit_bzero(s->f.lies.key, sizeof s->f.lies.key);
	if (rc != 0)
		return rc;
	got = blob_next(s->blob, s->head, sizeof s->head);
	if (got < 0)
		return err_set(ask->c, ERR_FAIL, "production: cannot be read again");
	s->head_n = (size_t)got;
	return 0;
}

/* Sealed to the officer's key: it goes out as it lies, under no name but its reference. */
int office_fetch(struct route_ask *ask, struct answer *a)
{
	struct sending *s = mem_alloc(ask->c, sizeof *s);
	struct answer_stream *stream = mem_alloc(ask->c, sizeof *stream);
	int rc = fetch_begin(
	    ask->c, ask->in, ask->who, ask->parts[0], ask->parts[1], ask->fields[0].text, &s->f);

	if (rc != 0)
		return rc;
	s->in = ask->in;
	rc = open_blob(ask, s);
	if (rc != 0) {
		end(s, 0, false);
		return rc;
	}
	*stream = (struct answer_stream){s->f.lies.size, next, end, s};
	a->type = "application/octet-stream";
	a->foreign = true;
	a->stream = stream;
	answer_field(a, "Content-Disposition",
	    str_fmt(ask->c, "attachment; filename=\"%s\"",
		view_officer_file(ask->c, ask->parts[1], (struct str){s->head, s->head_n}).p));
	return 0;
}
