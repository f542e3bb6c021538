#include "kind/yaml.h"

#include <stdarg.h>
#include <yaml.h>

#include "base/mem.h"

/* One parse: libyaml's state and a cursor that turns its character marks into bytes. */
struct reader {
	struct ctx *c;
	const char *file;
	struct str text;
	yaml_parser_t lib;
	size_t seen_chars, seen_bytes;
};

/* What has been read of one list or map; moved into the node when it ends. */
struct rows {
	size_t n, cap_at, cap_key, cap_line;
	const struct yaml **at;
	struct str *key;
	int *line;
};

struct key_row {
	struct str key;
	size_t i;
};

enum { HINT_MAX = 64 }; /* longer words get no spelling hint */

static int place_err(struct reader *r, int code, size_t line, size_t col, const char *what)
{
	return err_set(r->c, code, "%s:%zu:%zu: %s", r->file, line, col, what);
}

static int mark_err(struct reader *r, yaml_mark_t m, const char *what)
{
	return place_err(r, ERR_INVALID, m.line + 1, m.column + 1, what);
}

/* The fault of the character at p, NULL if it may stand in a file. libyaml would take NEL, LS and
 * PS as line breaks that no editor shows, so that its line numbers were not the reader's. */
static const char *char_fault(const unsigned char *p, size_t n)
{
	if (p[0] == '\t')
		return "a tab; use spaces";
	if (p[0] == '\r')
		return n > 1 && p[1] == '\n' ? NULL : "a carriage return without a line feed";
	if ((p[0] < 0x20 && p[0] != '\n') || p[0] == 0x7f)
		return "a control character";
	if (p[0] == 0xc2 && p[1] <= 0x9f)
		return "a control character";
	if (p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
		return "a Unicode line separator";
	if (p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf)
		return "a byte order mark inside the file";
	if (p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe)
		return "not a Unicode character";
	return NULL;
}

/* Refuses bad bytes before libyaml sees them: its own reader errors carry no line. */
static int bytes_check(struct reader *r)
{
	const unsigned char *p = (const unsigned char *)r->text.p;
	size_t bad = str_utf8_bad(r->text), line = 1, col = 1;

	for (size_t i = 0; i < r->text.n; i++) {
		const char *fault;

		if (i == bad)
			return place_err(r, ERR_INVALID, line, col, "not valid UTF-8");
		if (p[i] >= 0x80 && p[i] <= 0xbf)
			continue; /* not the first byte of a character */
		fault = char_fault(p + i, r->text.n - i);
		if (fault != NULL)
			return place_err(r, ERR_INVALID, line, col, fault);
		if (p[i] == '\n') {
			line++;
			col = 1;
		} else {
			col++;
		}
	}
	return 0;
}

/* The byte of the text at a mark, 0 at its end. Marks count characters and only grow. */
static char byte_at(struct reader *r, yaml_mark_t m)
{
	if (m.index < r->seen_chars)
		r->seen_chars = r->seen_bytes = 0;
	while (r->seen_chars < m.index && r->seen_bytes < r->text.n) {
		do
			r->seen_bytes++;
		while (r->seen_bytes < r->text.n &&
		       ((unsigned char)r->text.p[r->seen_bytes] & 0xc0) == 0x80);
		r->seen_chars++;
	}
	return r->seen_bytes < r->text.n ? r->text.p[r->seen_bytes] : '\0';
}

/* libyaml's texts are constants: they never quote the input. */
static int event_next(struct reader *r, yaml_event_t *ret)
{
	const yaml_parser_t *lib = &r->lib;

	if (yaml_parser_parse(&r->lib, ret))
		return 0;
	if (lib->error == YAML_MEMORY_ERROR)
		abort(); /* as every other lack of memory: see mem.h */
	if (lib->problem == NULL)
		return mark_err(r, lib->mark, "not valid YAML");
	return mark_err(r, lib->problem_mark, lib->problem);
}

/* What of an event lies outside the subset, NULL if nothing does. */
static const char *event_fault(struct reader *r, const yaml_event_t *ev)
{
	const unsigned char *anchor = NULL, *tag = NULL;
	bool flow = false;

	if (ev->type == YAML_ALIAS_EVENT)
		return "an alias (*name) is not accepted";
	if (ev->type == YAML_SCALAR_EVENT) {
		anchor = ev->data.scalar.anchor;
		tag = ev->data.scalar.tag;
	} else if (ev->type == YAML_SEQUENCE_START_EVENT) {
		anchor = ev->data.sequence_start.anchor;
		tag = ev->data.sequence_start.tag;
		flow = ev->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	} else if (ev->type == YAML_MAPPING_START_EVENT) {
		anchor = ev->data.mapping_start.anchor;
		tag = ev->data.mapping_start.tag;
		flow = ev->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	}
	if (anchor != NULL)
		return "an anchor (&name) is not accepted";
	/* The bare tag "!" leaves no trace in the event, only in the text. */
	if (tag != NULL || byte_at(r, ev->start_mark) == '!')
		return "a tag (!name) is not accepted";
	return flow ? "flow style ([...] or {...}) is not accepted; use lines" : NULL;
}

static void rows_add(struct ctx *c, struct rows *rows, const struct yaml *child)
{
	rows->at = mem_grow(c, rows->at, rows->n, &rows->cap_at, sizeof(const struct yaml *));
	rows->at[rows->n++] = child;
}

static int key_row_cmp(const void *a, const void *b)
{
	const struct key_row *x = a, *y = b;
	int d = str_cmp(x->key, y->key);

	return d != 0 ? d : (x->i > y->i) - (x->i < y->i);
}

/* Sorting keeps a file of a million keys from costing a million squared. */
static int keys_unique(struct reader *r, const struct yaml *map)
{
	struct mem_mark mark = mem_mark(r->c);
	struct key_row *row = mem_array(r->c, map->n, sizeof *row);
	size_t twice = SIZE_MAX, first = 0;

	for (size_t i = 0; i < map->n; i++)
		row[i] = (struct key_row){map->key[i], i};
	qsort(row, map->n, sizeof *row, key_row_cmp);
	for (size_t i = 1; i < map->n; i++) {
		if (str_eq(row[i].key, row[i - 1].key) && row[i].i < twice) {
			twice = row[i].i;
			first = row[i - 1].i;
		}
	}
	mem_reset(r->c, mark);
	if (twice == SIZE_MAX)
		return 0;
	return err_set(r->c, ERR_INVALID, "%s:%d:%d: duplicate key; the first is on line %d",
	    r->file, map->key_line[twice], map->col, map->key_line[first]);
}

static int node_read(struct reader *r, const yaml_event_t *ev, int depth, const struct yaml **ret);

static int list_read(struct reader *r, struct yaml *node, int depth)
{
	struct rows rows = {0};

	for (;;) {
		const struct yaml *child = NULL;
		yaml_event_t ev;
		int rc = event_next(r, &ev);

		if (rc < 0)
			return rc;
		if (ev.type == YAML_SEQUENCE_END_EVENT) {
			yaml_event_delete(&ev);
			break;
		}
		rc = node_read(r, &ev, depth + 1, &child);
		yaml_event_delete(&ev);
		if (rc < 0)
			return rc;
		rows_add(r->c, &rows, child);
	}
	node->n = rows.n;
	node->at = rows.at;
	return 0;
}

static int key_read(struct reader *r, const yaml_event_t *ev, struct rows *rows)
{
	const char *fault = event_fault(r, ev);
	struct str key;

	if (fault != NULL)
		return mark_err(r, ev->start_mark, fault);
	if (ev->type != YAML_SCALAR_EVENT)
		return mark_err(r, ev->start_mark, "a key must be plain text");
	key = (struct str){(const char *)ev->data.scalar.value, ev->data.scalar.length};
	if (str_is(key, "<<"))
		return mark_err(r, ev->start_mark, "a merge key (<<) is not accepted");
	if (str_has(key, '\0'))
		return mark_err(r, ev->start_mark, "a zero byte in text");
	rows->key = mem_grow(r->c, rows->key, rows->n, &rows->cap_key, sizeof *rows->key);
	rows->line = mem_grow(r->c, rows->line, rows->n, &rows->cap_line, sizeof *rows->line);
	rows->key[rows->n] = str_make(r->c, key);
	rows->line[rows->n] = (int)ev->start_mark.line + 1;
	return 0;
}

static int map_read(struct reader *r, struct yaml *node, int depth)
{
	struct rows rows = {0};

	for (;;) {
		const struct yaml *child = NULL;
		yaml_event_t ev;
		int rc = event_next(r, &ev);

		if (rc < 0)
			return rc;
		if (ev.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&ev);
			break;
		}
		rc = key_read(r, &ev, &rows);
		yaml_event_delete(&ev);
		if (rc < 0)
			return rc;
		rc = event_next(r, &ev);
		if (rc < 0)
			return rc;
		rc = node_read(r, &ev, depth + 1, &child);
		yaml_event_delete(&ev);
		if (rc < 0)
			return rc;
		rows_add(r->c, &rows, child);
	}
	node->n = rows.n;
	node->at = rows.at;
	node->key = rows.key;
	node->key_line = rows.line;
	return keys_unique(r, node);
}

static struct yaml *node_make(struct reader *r, enum yaml_kind kind, yaml_mark_t m)
{
	struct yaml *node = mem_alloc(r->c, sizeof *node);

	node->kind = kind;
	node->file = r->file;
	node->line = (int)m.line + 1;
	node->col = (int)m.column + 1;
	node->text = (struct str){"", 0};
	return node;
}

/* The node an event begins; reads on to its end. The caller deletes ev. */
static int node_read(struct reader *r, const yaml_event_t *ev, int depth, const struct yaml **ret)
{
	yaml_mark_t at = ev->start_mark;
	const char *fault = event_fault(r, ev);
	struct yaml *node;
	int rc = 0;

	if (fault != NULL)
		return mark_err(r, at, fault);
	if (depth > YAML_DEPTH)
		return place_err(r, ERR_LIMIT, at.line + 1, at.column + 1, "nested too deeply");
	if (ev->type == YAML_SCALAR_EVENT) {
		struct str s = {(const char *)ev->data.scalar.value, ev->data.scalar.length};

		if (str_has(s, '\0'))
			return mark_err(r, at, "a zero byte in text");
		node = node_make(r, YAML_SCALAR, at);
		node->text = str_make(r->c, s);
	} else if (ev->type == YAML_SEQUENCE_START_EVENT) {
		node = node_make(r, YAML_LIST, at);
		rc = list_read(r, node, depth);
	} else if (ev->type == YAML_MAPPING_START_EVENT) {
		node = node_make(r, YAML_MAP, at);
		rc = map_read(r, node, depth);
	} else {
		return mark_err(r, at, "not valid YAML");
	}
	if (rc == 0)
		*ret = node;
	return rc;
}

/* One document, after its start event. "---" with nothing after it is the empty document. */
static int root_read(struct reader *r, const struct yaml **ret)
{
	const struct yaml *root = NULL;
	yaml_event_t ev;
	int rc = event_next(r, &ev);

	if (rc < 0)
		return rc;
	if (ev.type == YAML_SCALAR_EVENT && ev.data.scalar.length == 0 &&
	    ev.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event_fault(r, &ev) == NULL)
		root = node_make(r, YAML_MAP, ev.start_mark);
	else
		rc = node_read(r, &ev, 1, &root);
	yaml_event_delete(&ev);
	if (rc == 0)
		*ret = root;
	return rc;
}

static int stream_event(struct reader *r, const yaml_event_t *ev, const struct yaml **root)
{
	if (ev->type != YAML_DOCUMENT_START_EVENT)
		return 0; /* stream start, document end */
	if (*root != NULL)
		return mark_err(r, ev->start_mark, "a second document is not accepted");
	if (ev->data.document_start.version_directive != NULL ||
	    ev->data.document_start.tag_directives.start !=
		ev->data.document_start.tag_directives.end)
		return mark_err(r, ev->start_mark, "a directive (%) is not accepted");
	return root_read(r, root);
}

static int stream_read(struct reader *r, const struct yaml **ret)
{
	const struct yaml *root = NULL;
	bool more = true;

	while (more) {
		yaml_event_t ev;
		int rc = event_next(r, &ev);

		if (rc < 0)
			return rc;
		more = ev.type != YAML_STREAM_END_EVENT;
		rc = stream_event(r, &ev, &root);
		yaml_event_delete(&ev);
		if (rc < 0)
			return rc;
	}
	*ret = root != NULL ? root : node_make(r, YAML_MAP, (yaml_mark_t){0});
	return 0;
}

int yaml_parse(struct ctx *c, const char *file, struct str text, const struct yaml **ret)
{
	struct reader r = {.c = c, .file = str_z(c, str_of(file)), .text = text};
	int rc;

	if (text.n > YAML_MAX)
		return err_set(c, ERR_LIMIT, "%s:1:1: larger than %d bytes", file, YAML_MAX);
	if (str_starts(text, "\xef\xbb\xbf")) /* some editors put one in front */
		r.text = (struct str){text.p + 3, text.n - 3};
	rc = bytes_check(&r);
	if (rc < 0)
		return rc;
	if (!yaml_parser_initialize(&r.lib))
		abort();
	yaml_parser_set_encoding(&r.lib, YAML_UTF8_ENCODING); /* never guess UTF-16 */
	yaml_parser_set_input_string(&r.lib, (const unsigned char *)r.text.p, r.text.n);
	rc = stream_read(&r, ret);
	yaml_parser_delete(&r.lib);
	return rc;
}

int yaml_err(struct ctx *c, const struct yaml *node, const char *fmt, ...)
{
	char what[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return err_set(c, ERR_INVALID, "%s:%d:%d: %s", node->file, node->line, node->col, what);
}

const struct yaml *yaml_find(const struct yaml *map, const char *key)
{
	if (map == NULL || map->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (str_is(map->key[i], key))
			return map->at[i];
	return NULL;
}

struct str yaml_text(const struct yaml *map, const char *key)
{
	const struct yaml *node = yaml_find(map, key);

	return node != NULL && node->kind == YAML_SCALAR ? node->text : (struct str){"", 0};
}

int yaml_get_text(struct ctx *c, const struct yaml *map, const char *key, struct str *ret)
{
	const struct yaml *node = yaml_find(map, key);

	if (map == NULL)
		return err_set(c, ERR_INVALID, "key \"%s\" is missing", key);
	if (node == NULL)
		return yaml_err(c, map, "key \"%s\" is missing", key);
	if (node->kind != YAML_SCALAR)
		return yaml_err(c, node, "key \"%s\" must have one text", key);
	*ret = node->text;
	return 0;
}

/* Edit distance (Levenshtein), both words at most HINT_MAX bytes. */
static size_t word_distance(struct str a, struct str b)
{
	size_t row[HINT_MAX + 1];

	for (size_t k = 0; k <= b.n; k++)
		row[k] = k;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t k = 1; k <= b.n; k++) {
			size_t best = diagonal + (a.p[i - 1] != b.p[k - 1]);

			if (row[k] + 1 < best)
				best = row[k] + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			diagonal = row[k];
			row[k] = best;
		}
	}
	return row[b.n];
}

/* The word of the list nearest to key, empty if none is near enough to be a slip of the pen. */
static struct str word_near(struct str list, struct str key)
{
	struct str word, best = {"", 0};
	size_t least = key.n / 3 + 2;

	if (key.n > HINT_MAX)
		return best;
	while (str_word(&list, &word)) {
		size_t d = word.n > HINT_MAX ? SIZE_MAX : word_distance(key, word);

		if (d < least) {
			least = d;
			best = word;
		}
	}
	return best;
}

int yaml_keys_check(struct ctx *c, const struct yaml *map, const char *allowed)
{
	if (map == NULL)
		return 0;
	if (map->kind != YAML_MAP)
		return yaml_err(c, map, "keys with values are expected here");
	for (size_t i = 0; i < map->n; i++) {
		struct yaml at = *map;
		struct str near;

		if (str_has_word(str_of(allowed), map->key[i]))
			continue;
		at.line = map->key_line[i]; /* all keys of a block map stand in its column */
		near = word_near(str_of(allowed), map->key[i]);
		if (near.n == 0)
			return yaml_err(c, &at, "unknown key; known here: %s", allowed);
		return yaml_err(c, &at, "unknown key; did you mean \"%.*s\"?", STR_ARG(near));
	}
	return 0;
}
