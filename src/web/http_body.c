#include "web/http_body.h"

/* What a body with files needs beside its texts. */
enum { UPLOAD_BYTES = 24 << 10 };

static bool is_form(struct str type)
{
	struct str kind, rest;

	(void)str_cut(type, ';', &kind, &rest);
	return str_is_nocase(str_trim(kind), "application/x-www-form-urlencoded");
}

static int status_of(const struct http_body *b, int rc)
{
	if (b->upload != NULL && b->upload->full)
		return 507;
	return rc == 0 ? 0 : answer_status(rc);
}

/* The arena keeps what a buffer grew out of, so that each byte counts twice. */
static int charge(struct http_body *b)
{
	size_t now = b->upload != NULL ? UPLOAD_BYTES + 2 * b->upload->texts : 2 * b->plain.cap;

	*b->held = *b->held - b->charged + now;
	b->charged = now;
	return *b->held > HTTP_HELD_MAX ? 503 : 0;
}

int http_body_open(struct http_body *b, struct ctx *c, size_t *held, const char *spool,
    const struct route *r, struct str type, int64_t length)
{
	bool files = r->files != NULL && multipart_is(type);
	int rc;

	*b = (struct http_body){.c = c, .held = held, .plain = buf_init(c, HTTP_BODY_MAX)};
	if (!files)
		return length > HTTP_BODY_MAX ? 413 : length != 0 && !is_form(type) ? 415 : 0;
	if (length > r->files->all + HTTP_BODY_MAX)
		return 413;
	if (spool == NULL || !spool_room(spool, length))
		return 507;
	rc = upload_open(c, type, r->files, spool, &b->upload);
	return rc == 0 ? charge(b) : status_of(b, rc);
}

int64_t http_body_seconds(const struct http_body *b, int64_t length)
{
	int64_t most = HTTP_REQUEST_SECONDS;

	if (b->upload != NULL)
		most += length / HTTP_SLOW_BYTES;
	return most < HTTP_BODY_SECONDS_MAX ? most : HTTP_BODY_SECONDS_MAX;
}

int http_body_put(struct http_body *b, struct str bytes)
{
	int rc;

	if (b->upload != NULL) {
		rc = upload_put(b->upload, bytes);
		return rc == 0 ? charge(b) : status_of(b, rc);
	}
	buf_put(&b->plain, bytes);
	return b->plain.over ? 413 : charge(b);
}

int http_body_form(struct http_body *b, struct route_ask *ask, struct form *ret)
{
	int rc;

	if (b->upload == NULL)
		return status_of(b, form_parse(b->c, buf_str(&b->plain), ret));
	rc = upload_end(b->upload);
	if (rc != 0)
		return status_of(b, rc);
	*ret = b->upload->form;
	ask->files = b->upload->files;
	ask->n_files = b->upload->n;
	return 0;
}

void http_body_close(struct http_body *b)
{
	if (b->held != NULL)
		*b->held -= b->charged;
	upload_close(b->upload);
	*b = (struct http_body){0};
}
