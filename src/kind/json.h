/*
 * JSON through jansson, strict (duplicate keys, bad UTF-8, NaN, big integers refused), copied into
 * the arena at once so that no library object outlives the call; and a writer for canonical output.
 * Canonical form: keys sorted by bytes, no white space, integers only, UTF-8 as is. No floats.
 */
#ifndef WRIT_JSON_H
#define WRIT_JSON_H

#include "base/text.h"

enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT, JSON_TEXT, JSON_LIST, JSON_MAP };

struct json {
	enum json_kind kind;
	bool yes;               /* JSON_BOOL */
	int64_t num;            /* JSON_INT */
	struct str text;        /* JSON_TEXT */
	size_t n;               /* JSON_LIST, JSON_MAP */
	struct json **at;       /* children */
	struct str *key;        /* JSON_MAP */
	size_t cap_at, cap_key; /* private to json.c: room in at and key */
};

enum { JSON_MAX = 8 << 20, JSON_DEPTH = 64 };

/* json_parse(c, file, text, ret): an object or a list, nothing else at the top (RFC 8259 allows
 * more). ERR_INVALID "FILE:LINE:COL: ..."; fractions, exponents and zero bytes are refused.
 * ERR_LIMIT above JSON_MAX bytes or JSON_DEPTH levels. No error text quotes the input. */
int json_parse(struct ctx *c, const char *file, struct str text, struct json **ret) MUST_CHECK;
/* json_parse_loose(c, file, text, ret): the same for a text of another program that may say more
 * than we ask for: a fraction or an exponent stands as null. */
int json_parse_loose(
    struct ctx *c, const char *file, struct str text, struct json **ret) MUST_CHECK;
/* json_find(map, key), json_find_str: NULL when absent, or map is NULL or no map. */
const struct json *json_find_str(const struct json *map, struct str key);
static inline const struct json *json_find(const struct json *map, const char *key)
{
	return json_find_str(map, str_of(key)); /* a literal's length is known here */
}
/* json_text(map, key): "" when absent or not text. */
struct str json_text(const struct json *map, const char *key);

/* json_seed(): lets jansson take its hash seed from the kernel now. It opens a file for that, so
 * this comes before a process gives up its right to open files. */
void json_seed(void);

/* Builders, in the arena. Setting a key twice replaces. */
struct json *json_map(struct ctx *c);
struct json *json_list(struct ctx *c);
void json_set(struct ctx *c, struct json *map, const char *key, struct json *value);
void json_set_text(struct ctx *c, struct json *map, const char *key, struct str value);
void json_set_int(struct ctx *c, struct json *map, const char *key, int64_t value);
void json_set_bool(struct ctx *c, struct json *map, const char *key, bool value);
void json_add(struct ctx *c, struct json *list, struct json *value);
struct json *json_of_text(struct ctx *c, struct str value);
struct json *json_of_int(struct ctx *c, int64_t value);

/* json_put(b, j): canonical, compact. */
void json_put(struct buf *b, const struct json *j);
/* json_put_pretty(b, j): two-space indent, keys in the order they were set, for people. */
void json_put_pretty(struct buf *b, const struct json *j);
/* json_str(c, j): canonical text in the arena. */
struct str json_str(struct ctx *c, const struct json *j);
/* json_put_text(b, s): one quoted, escaped string. */
void json_put_text(struct buf *b, struct str s);

#endif
