#include "kind/json.h"

#include <assert.h>

/* jansson has an enumerator of the same name as ours; it is not needed under its own. */
#define JSON_NULL JANSSON_NULL
#include <jansson.h>
#undef JSON_NULL

#include "base/mem.h"

struct place {
	size_t line, col;
};

struct pair {
	struct str key;
	const struct json *value;
};

static int place_err(struct ctx *c, const char *file, struct place at, int code, const char *what)
{
	return err_set(c, code, "%s:%zu:%zu: %s", file, at.line, at.col, what);
}

/* ---- reading ---- */

/* Where the lexical pass over the text stands. */
struct scan {
	struct place at;
	int depth;
	bool in_text, escaped, in_number;
	bool loose; /* fractions pass */
};

/* The fault of the next byte outside of quoted text, NULL if there is none. */
static const char *scan_bare(struct scan *s, char ch)
{
	if (!s->loose && s->in_number && (ch == '.' || ch == 'e' || ch == 'E'))
		return "a number with a fraction or an exponent; only whole numbers are accepted";
	s->in_number = (ch >= '0' && ch <= '9') || ch == '-';
	if (ch == '"')
		s->in_text = true;
	else if (ch == '[' || ch == '{')
		s->depth++;
	else if (ch == ']' || ch == '}')
		s->depth--;
	return NULL;
}

/* The same inside of quotes. */
static const char *scan_text(struct scan *s, char ch)
{
	if (s->escaped)
		s->escaped = false;
	else if (ch == '\\')
		s->escaped = true;
	else if (ch == '"')
		s->in_text = false;
	if (ch == '\n')
		return "a line break inside quotes";
	return (unsigned char)ch < 0x20 ? "a control character inside quotes" : NULL;
}

/* Refuses, with its place, what jansson accepts, or reports without one: depth, fractions, bad
 * bytes. It only refuses; whether the text is JSON is jansson's to say. */
static int bytes_check(struct ctx *c, const char *file, struct str text, bool loose)
{
	struct scan s = {.at = {1, 1}, .loose = loose};
	size_t bad = str_utf8_bad(text);

	for (size_t i = 0; i < text.n; i++) {
		char ch = text.p[i];
		const char *fault;

		if (i == bad)
			return place_err(c, file, s.at, ERR_INVALID, "not valid UTF-8");
		if (ch == '\0')
			return place_err(c, file, s.at, ERR_INVALID, "a zero byte");
		fault = s.in_text ? scan_text(&s, ch) : scan_bare(&s, ch);
		if (fault != NULL)
			return place_err(c, file, s.at, ERR_INVALID, fault);
		if (s.depth > JSON_DEPTH)
			return place_err(c, file, s.at, ERR_LIMIT, "nested too deeply");
		if (ch == '\n')
			s.at = (struct place){s.at.line + 1, 1};
		else if (((unsigned char)ch & 0xc0) != 0x80)
			s.at.col++;
	}
	return 0;
}

/* jansson quotes the input in its texts ("... near 'Erika'"), and that may be personal data: only
 * the constants of this table get out. */
static int parse_err(struct ctx *c, const char *file, const json_error_t *e)
{
	static const char *const known[][2] = {
	    {"'[' or '{' expected", "an object or a list is expected"},
	    {"string or '}' expected", "a quoted key or '}' is expected"},
	    {"':' expected", "':' is expected"},
	    {"'}' expected", "',' or '}' is expected"},
	    {"']' expected", "',' or ']' is expected"},
	    {"end of file expected", "text after the end"},
	    {"duplicate object key", "duplicate key"},
	    {"too big", "a number outside the range of 64 bits"},
	    {"premature end of input", "the text ends too early"},
	    {"invalid escape", "an unknown escape"},
	    {"invalid Unicode", "an escape that is no Unicode character"},
	    {"\\u0000", "a zero byte in an escape"},
	    {"NUL byte", "a zero byte in an escape"},
	    {"unexpected token", "a value is expected"},
	};
	struct place at = {
	    e->line > 0 ? (size_t)e->line : 1, e->column > 0 ? (size_t)e->column : 1};
	const char *what = "not valid JSON";

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (str_starts(str_of(e->text), known[i][0])) {
			what = known[i][1];
			break;
		}
	}
	return place_err(c, file, at, ERR_INVALID, what);
}

static struct json *node_make(struct ctx *c, enum json_kind kind)
{
	struct json *j = mem_alloc(c, sizeof *j);

	j->kind = kind;
	j->text = (struct str){"", 0};
	return j;
}

static void child_add(struct ctx *c, struct json *j, struct str key, struct json *value)
{
	j->at = mem_grow(c, j->at, j->n, &j->cap_at, sizeof(struct json *));
	if (j->kind == JSON_MAP) {
		j->key = mem_grow(c, j->key, j->n, &j->cap_key, sizeof *j->key);
		j->key[j->n] = key;
	}
	j->at[j->n++] = value;
}

/* Depth is at most JSON_DEPTH: bytes_check has seen to it. */
static struct json *node_copy(struct ctx *c, json_t *from)
{
	struct json *j = NULL;

	if (json_is_object(from)) {
		j = node_make(c, JSON_MAP);
		for (void *it = json_object_iter(from); it != NULL;
		     it = json_object_iter_next(from, it)) {
			struct str key = str_make(c, str_of(json_object_iter_key(it)));

			child_add(c, j, key, node_copy(c, json_object_iter_value(it)));
		}
	} else if (json_is_array(from)) {
		j = node_make(c, JSON_LIST);
		for (size_t i = 0; i < json_array_size(from); i++)
			child_add(c, j, STR(""), node_copy(c, json_array_get(from, i)));
	} else if (json_is_string(from)) {
		struct str s = {json_string_value(from), json_string_length(from)};

		j = json_of_text(c, s);
	} else if (json_is_integer(from)) {
		j = json_of_int(c, json_integer_value(from));
	} else if (json_is_boolean(from)) {
		j = node_make(c, JSON_BOOL);
		j->yes = json_is_true(from);
	} else {
		j = node_make(c, JSON_NULL);
	}
	return j;
}

static int parse(struct ctx *c, const char *file, struct str text, bool loose, struct json **ret)
{
	json_error_t e;
	json_t *root;
	int rc;

	if (text.n > JSON_MAX)
		return err_set(c, ERR_LIMIT, "%s:1:1: larger than %d bytes", file, JSON_MAX);
	rc = bytes_check(c, file, text, loose);
	if (rc < 0)
		return rc;
	root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &e);
	if (root == NULL)
		return parse_err(c, file, &e);
	*ret = node_copy(c, root);
	json_decref(root);
	return 0;
}

int json_parse(struct ctx *c, const char *file, struct str text, struct json **ret)
{
	return parse(c, file, text, false, ret);
}

int json_parse_loose(struct ctx *c, const char *file, struct str text, struct json **ret)
{
	return parse(c, file, text, true, ret);
}

/* Where a key stands; n where it does not. */
static size_t key_at(const struct json *map, struct str key)
{
	size_t i = 0;

	while (i < map->n && (map->key[i].n != key.n || memcmp(map->key[i].p, key.p, key.n) != 0))
		i++;
	return i;
}

const struct json *json_find_str(const struct json *map, struct str key)
{
	size_t i;

	if (map == NULL || map->kind != JSON_MAP)
		return NULL;
	i = key_at(map, key);
	return i < map->n ? map->at[i] : NULL;
}

struct str json_text(const struct json *map, const char *key)
{
	const struct json *j = json_find(map, key);

	return j != NULL && j->kind == JSON_TEXT ? j->text : (struct str){"", 0};
}

void json_seed(void)
{
	json_object_seed(0);
}

/* ---- building ---- */

struct json *json_map(struct ctx *c)
{
	return node_make(c, JSON_MAP);
}

struct json *json_list(struct ctx *c)
{
	return node_make(c, JSON_LIST);
}

struct json *json_of_text(struct ctx *c, struct str value)
{
	struct json *j = node_make(c, JSON_TEXT);

	j->text = str_make(c, value);
	return j;
}

struct json *json_of_int(struct ctx *c, int64_t value)
{
	struct json *j = node_make(c, JSON_INT);

	j->num = value;
	return j;
}

void json_set(struct ctx *c, struct json *map, const char *key, struct json *value)
{
	struct str name = str_of(key);
	size_t i = key_at(map, name);

	assert(map->kind == JSON_MAP);
	if (i < map->n)
		map->at[i] = value;
	else
		child_add(c, map, str_make(c, name), value);
}

void json_set_text(struct ctx *c, struct json *map, const char *key, struct str value)
{
	json_set(c, map, key, json_of_text(c, value));
}

void json_set_int(struct ctx *c, struct json *map, const char *key, int64_t value)
{
	json_set(c, map, key, json_of_int(c, value));
}

void json_set_bool(struct ctx *c, struct json *map, const char *key, bool value)
{
	struct json *j = node_make(c, JSON_BOOL);

	j->yes = value;
	json_set(c, map, key, j);
}

void json_add(struct ctx *c, struct json *list, struct json *value)
{
	assert(list->kind == JSON_LIST);
	child_add(c, list, STR(""), value);
}

/* ---- writing ---- */

static void put_escape(struct buf *b, char ch)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *at = ch == '\0' ? NULL : strchr(from, ch);

	if (at != NULL)
		buf_fmt(b, "\\%c", to[at - from]);
	else
		buf_fmt(b, "\\u%04x", (unsigned)(unsigned char)ch);
}

void json_put_text(struct buf *b, struct str s)
{
	size_t from = 0;

	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if (ch >= 0x20 && ch != '"' && ch != '\\')
			continue;
		buf_put(b, (struct str){s.p + from, i - from});
		put_escape(b, s.p[i]);
		from = i + 1;
	}
	buf_put(b, (struct str){s.p + from, s.n - from});
	buf_putc(b, '"');
}

static int pair_cmp(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return str_cmp(x->key, y->key);
}

static const struct pair *pairs_sorted(struct ctx *c, const struct json *map)
{
	struct pair *pair = mem_array(c, map->n, sizeof *pair);

	for (size_t i = 0; i < map->n; i++)
		pair[i] = (struct pair){map->key[i], map->at[i]};
	qsort(pair, map->n, sizeof *pair, pair_cmp);
	return pair;
}

/* Only for kinds without children. */
static void put_leaf(struct buf *b, const struct json *j)
{
	if (j->kind == JSON_TEXT)
		json_put_text(b, j->text);
	else if (j->kind == JSON_INT)
		buf_i64(b, j->num);
	else if (j->kind == JSON_BOOL)
		buf_puts(b, j->yes ? "true" : "false");
	else
		buf_puts(b, "null");
}

static void put_map(struct buf *b, const struct json *map)
{
	const struct pair *pair = pairs_sorted(b->c, map);

	buf_putc(b, '{');
	for (size_t i = 0; i < map->n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		json_put_text(b, pair[i].key);
		buf_putc(b, ':');
		json_put(b, pair[i].value);
	}
	buf_putc(b, '}');
}

void json_put(struct buf *b, const struct json *j)
{
	if (j->kind == JSON_MAP) {
		put_map(b, j);
	} else if (j->kind == JSON_LIST) {
		buf_putc(b, '[');
		for (size_t i = 0; i < j->n; i++) {
			if (i > 0)
				buf_putc(b, ',');
			json_put(b, j->at[i]);
		}
		buf_putc(b, ']');
	} else {
		put_leaf(b, j);
	}
}

static void put_line(struct buf *b, int depth)
{
	buf_putc(b, '\n');
	for (int i = 0; i < depth; i++)
		buf_puts(b, "  ");
}

static void put_pretty(struct buf *b, const struct json *j, int depth)
{
	bool map = j->kind == JSON_MAP;

	if (j->n == 0) { /* a leaf, or brackets that need no lines */
		json_put(b, j);
		return;
	}
	buf_putc(b, map ? '{' : '[');
	for (size_t i = 0; i < j->n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		put_line(b, depth + 1);
		if (map) {
			json_put_text(b, j->key[i]);
			buf_puts(b, ": ");
		}
		put_pretty(b, j->at[i], depth + 1);
	}
	put_line(b, depth);
	buf_putc(b, map ? '}' : ']');
}

void json_put_pretty(struct buf *b, const struct json *j)
{
	put_pretty(b, j, 0);
}

struct str json_str(struct ctx *c, const struct json *j)
{
	struct buf b = buf_init(c, SIZE_MAX / 4);

	json_put(&b, j);
	return buf_str(&b);
}
