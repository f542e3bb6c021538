#include "in/wire.h"

#include "kind/land.h"

enum { INT_SIZE = 8 };

static const struct str none = {"", 0};

static void fault(struct wire *w, const char *what)
{
	if (w->fault == NULL)
		w->fault = what;
	w->rest = none;
}

void wire_put_int(struct buf *b, int64_t v)
{
	char bytes[INT_SIZE];

	for (size_t i = 0; i < INT_SIZE; i++)
		bytes[i] = (char)(((uint64_t)v >> (8 * (INT_SIZE - 1 - i))) & 0xff);
	buf_put(b, (struct str){bytes, sizeof bytes});
}

void wire_put_text(struct buf *b, struct str s)
{
	wire_put_int(b, (int64_t)s.n);
	buf_put(b, s);
}

int64_t wire_int(struct wire *w, int64_t least, int64_t most)
{
	uint64_t v = 0;

	if (w->rest.n < INT_SIZE) {
		fault(w, "ends too early");
		return 0;
	}
	for (size_t i = 0; i < INT_SIZE; i++)
		v = v << 8 | (unsigned char)w->rest.p[i];
	w->rest.p += INT_SIZE;
	w->rest.n -= INT_SIZE;
	if ((int64_t)v < least || (int64_t)v > most) {
		fault(w, "a number out of its bounds");
		return 0;
	}
	return (int64_t)v;
}

bool wire_bool(struct wire *w)
{
	return wire_int(w, 0, 1) == 1;
}

static struct str bytes_take(struct wire *w, size_t max)
{
	size_t n = (size_t)wire_int(w, 0, (int64_t)max);
	struct str s = {w->rest.p, n};

	if (n > w->rest.n) {
		fault(w, "ends too early");
		return none;
	}
	w->rest.p += n;
	w->rest.n -= n;
	return s;
}

struct str wire_text(struct wire *w, size_t max)
{
	struct str s = bytes_take(w, max);

	if (str_utf8_bad(s) == s.n && !str_has(s, '\0'))
		return s;
	fault(w, "a text that is none");
	return none;
}

struct str wire_line(struct wire *w, size_t max)
{
	struct str s = wire_text(w, max);

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 32 || s.p[i] == 127) {
			fault(w, "a control character in a line");
			return none;
		}
	return s;
}

int wire_end(struct ctx *c, const struct wire *w)
{
	if (w->fault != NULL)
		return err_set(c, ERR_INVALID, "%s", w->fault);
	if (w->rest.n > 0)
		return err_set(c, ERR_INVALID, "goes on where it should end");
	return 0;
}

/* ---- history --------------------------------------------------------------------------------- */

enum { CLASS_MAX = 64, COUNTRY_MAX = 2 };
#define ACCOUNTS_MAX INT64_C(1000000000000) /* as a mapping file's counts */
enum { DAY_FIRST = -719162, DAY_LAST = 2932896 };

void wire_put_closed(struct buf *b, const struct map_closed *row)
{
	wire_put_int(b, row->line);
	wire_put_int(b, row->from.n);
	wire_put_int(b, row->to.n);
	wire_put_text(b, row->country);
	wire_put_text(b, row->class);
	wire_put_int(b, row->has_printed);
	wire_put_text(b, row->has_printed ? row->printed : none);
	wire_put_int(b, row->requests);
	wire_put_int(b, row->accounts);
	for (size_t i = 0; i < MAP_OUTCOMES; i++)
		wire_put_int(b, row->counts[i]);
}

void wire_closed(struct wire *w, struct map_closed *ret)
{
	struct map_closed row = {.line = wire_int(w, 1, INT64_MAX - 1)};
	int64_t sum = 0;

	row.from.n = (int32_t)wire_int(w, DAY_FIRST, DAY_LAST);
	row.to.n = (int32_t)wire_int(w, row.from.n, DAY_LAST);
	row.country = wire_line(w, COUNTRY_MAX);
	row.class = wire_line(w, CLASS_MAX);
	row.has_printed = wire_bool(w);
	row.printed = wire_line(w, DRAFT_VALUE_MAX);
	row.requests = wire_int(w, 1, MAP_REQUESTS_MAX);
	row.accounts = wire_int(w, 0, ACCOUNTS_MAX);
	for (size_t i = 0; i < MAP_OUTCOMES; i++) {
		row.counts[i] = wire_int(w, 0, MAP_REQUESTS_MAX);
		sum += row.counts[i];
	}
	if (w->fault == NULL && sum != row.requests)
		fault(w, "outcomes that are not the requests");
	if (w->fault == NULL && !str_has_word(STR(MAP_CLASSES), row.class))
		fault(w, "a class that is none");
	if (w->fault == NULL && !land_known(row.country))
		fault(w, "a country that is none");
	*ret = row;
}
