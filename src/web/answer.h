/*
 * What is answered: a status, a type, header fields, and bytes, an open file or a stream of bytes.
 * Every answer carries the same protections; a page is not kept by anybody (no-store) unless it
 * says otherwise. An error is a small page in English or German that says nothing but what kind of
 * error it is, so that all of one kind are the same bytes. Pure but for the file, which is only
 * held.
 */
#ifndef WRIT_ANSWER_H
#define WRIT_ANSWER_H

#include <sys/types.h>

#include "base/text.h"

enum answer_lang { ANSWER_EN, ANSWER_DE };

enum { ANSWER_FIELDS_MAX = 12, ANSWER_BODY_MAX = 16 << 20 };

struct answer_field {
	const char *name;
	struct str value; /* NUL-terminated */
};

/* A body that is made while it is sent. Its length is known before. */
struct answer_stream {
	int64_t size;
	/* up to n bytes that follow; below 0: no more, and the connection ends */
	ssize_t (*next)(void *arg, char *p, size_t n);
	/* once, when the answer is over: how many bytes went out, and whether that was all of them
	 */
	void (*end)(void *arg, int64_t sent, bool whole);
	void *arg;
};

struct answer {
	struct ctx *c;
	enum answer_lang lang; /* what who asked would rather read */
	int status;
	const char *type;
	struct buf body;
	int file; /* -1, or the body: closed by who sends it */
	int64_t file_size;
	const struct answer_stream *stream;            /* NULL, or the body */
	struct answer_field fields[ANSWER_FIELDS_MAX]; /* more than every answer has */
	size_t n_fields;
	const char *cache; /* Cache-Control */
	/* A document of somebody else's: it may stand in a frame of our pages, and has none of our
	 * rights there: no script, no form, nothing from anywhere. */
	bool foreign;
};

/* answer_init(c, lang): 200, an empty page. */
struct answer answer_init(struct ctx *c, enum answer_lang lang);
/* answer_field(a, name, value): one more field; said again with the same value it stands once. A
 * value with a control byte is a bug. */
void answer_field(struct answer *a, const char *name, struct str value);
/* answer_error(a, status): in place of all that was said before. */
void answer_error(struct answer *a, int status);
/* answer_code(a, code): the same for an ERR_* code. */
void answer_code(struct answer *a, int code);
/* answer_status(code): of an ERR_* code. */
int answer_status(int code);
/* answer_each(a, fn, arg): every header field but those about the connection and the length. */
void answer_each(
    const struct answer *a, void (*fn)(const char *name, const char *value, void *arg), void *arg);
/* answer_lang(accept): the better one of the two by Accept-Language (RFC 9110 12.5.4); English when
 * it says nothing about either, or both alike. */
enum answer_lang answer_lang(struct str accept);

#endif
