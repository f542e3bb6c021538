/*
 * A strict subset of YAML through libyaml's events: block style only; no anchors, aliases, tags,
 * flow collections, duplicate keys, or more than one document; every scalar is a string (country
 * `NO`, dates and numbers keep their letters). Every node knows its line and column, so that each
 * error names the place.
 */
#ifndef WRIT_YAML_H
#define WRIT_YAML_H

#include "base/text.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	const char *file;       /* as given to yaml_parse */
	int line, col;          /* 1-based start of the node */
	struct str text;        /* YAML_SCALAR */
	size_t n;               /* YAML_LIST, YAML_MAP: number of children */
	const struct yaml **at; /* the children; for a map the values */
	const struct str *key;  /* YAML_MAP: the keys, in file order */
	const int *key_line;    /* YAML_MAP: line of each key */
};

enum { YAML_MAX = 8 << 20, YAML_DEPTH = 32 };

/* yaml_parse(c, file, text, ret): the root node (in the arena). ERR_INVALID "FILE:LINE:COL: ..."
 * for bad UTF-8, anything outside the subset, or a syntax error; ERR_LIMIT above YAML_MAX bytes or
 * YAML_DEPTH levels. An empty document is an empty map. Columns count characters. No error text
 * quotes the input. */
int yaml_parse(
    struct ctx *c, const char *file, struct str text, const struct yaml **ret) MUST_CHECK;
/* yaml_err(c, node, fmt, ...): ERR_INVALID with "FILE:LINE:COL: " in front. */
int yaml_err(struct ctx *c, const struct yaml *node, const char *fmt, ...)
    PRINTF_LIKE(3, 4) MUST_CHECK;
/* yaml_find(map, key): the value, NULL when absent or when map is NULL or not a map. */
const struct yaml *yaml_find(const struct yaml *map, const char *key);
/* yaml_text(map, key): the scalar text, "" when absent or not a scalar. */
struct str yaml_text(const struct yaml *map, const char *key);
/* yaml_get_text(c, map, key, ret): as yaml_text, but ERR_INVALID naming map's place when absent. */
int yaml_get_text(
    struct ctx *c, const struct yaml *map, const char *key, struct str *ret) MUST_CHECK;
/* yaml_keys_check(c, map, allowed): ERR_INVALID at the first key that is not one of the
 * blank-separated words of allowed, with the nearest allowed word as a hint. */
int yaml_keys_check(struct ctx *c, const struct yaml *map, const char *allowed) MUST_CHECK;

#endif
