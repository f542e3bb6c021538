#include "in/yield_p.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NOWHERE = -1 };

struct column {
	bool keep, party, field;
};

/* What the reader in csv.h has consumed lies in raw, from the start of the record it is at: the
 * record as it was written. */
struct table {
	struct yield_run *y;
	struct csv *csv;
	struct yield_bytes raw;
	int64_t raw_at;          /* offset in the input of raw.p[used] */
	size_t used;             /* of raw: records that are done with */
	struct yield_bytes line; /* a record as it goes out, when something of it does not */
	char delimiter;
	const struct yield_shape *shape;
	struct column *columns;
	size_t n;
	long target, instant, until; /* columns; NOWHERE */
	bool all;                    /* every column may leave, none is of another person */
	bool any;                    /* one holds a granted field */
};

static int tee(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct table *t = arg;
	struct str s;
	int rc = yield_fill(c, &t->y->src, 1);

	if (rc != 0)
		return rc;
	s = yield_ready(&t->y->src);
	s.n = s.n < cap ? s.n : cap;
	if (t->used > 0) {
		memmove(t->raw.p, t->raw.p + t->used, t->raw.n - t->used);
		t->raw.n -= t->used;
		t->used = 0;
	}
	yield_bytes_put(&t->raw, s);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	yield_skip(t->y, s.n);
	*ret_n = s.n;
	return 0;
}

/* The record that was just read, as it stands in the file; it is done with. */
static struct str take_raw(struct table *t)
{
	int64_t end = csv_offset(t->csv);
	struct str s = {t->raw.p + t->used, (size_t)(end - t->raw_at)};

	t->used += s.n;
	t->raw_at = end;
	return s;
}

/* The one that stands most often in the first line. */
static char delimiter_of(struct str s)
{
	static const char each[] = ",;\t|";
	size_t best = 0, count[4] = {0};
	bool quoted = false;

	for (size_t i = 0; i < s.n && (quoted || s.p[i] != '\n'); i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		for (size_t d = 0; d < 4 && !quoted; d++)
			count[d] += s.p[i] == each[d];
	}
	for (size_t d = 1; d < 4; d++)
		if (count[d] > count[best])
			best = d;
	return each[best];
}

/* ---- the header ---- */

/* The column of this name; NOWHERE when there is none, or more than one: nobody knows which. */
static long column_of(const struct csv_record *head, struct str name)
{
	long at = NOWHERE;

	for (size_t i = 0; i < head->n && name.n > 0; i++) {
		if (!str_eq(head->at[i].text, name))
			continue;
		if (at != NOWHERE)
			return NOWHERE;
		at = (long)i;
	}
	return at;
}

static bool is_there(const struct csv_record *head, struct str name)
{
	for (size_t i = 0; i < head->n; i++)
		if (str_eq(head->at[i].text, name))
			return true;
	return false;
}

/* A declared shape fits when all it takes the scope from is there; of the built-in one only the
 * target has to be, and what is named twice is no instant. */
static bool fits(const struct yield_shape *s, const struct csv_record *head)
{
	if (s->kind != YIELD_SHAPE_CSV || column_of(head, s->target) == NOWHERE)
		return false;
	if (s->instant.n > 0 && column_of(head, s->instant) == NOWHERE)
		return s->built_in && !is_there(head, s->instant);
	if (s->until.n > 0 && column_of(head, s->until) == NOWHERE)
		return s->built_in && !is_there(head, s->until);
	return true;
}

static void choose(struct table *t, const struct csv_record *head)
{
	const struct yield_shapes *all = &t->y->ask->shapes;
	const struct yield_shape *own = yield_shape_built_in(YIELD_SHAPE_CSV);

	for (size_t i = 0; i < all->n && t->shape == NULL; i++)
		if (fits(all->v[i], head))
			t->shape = all->v[i];
	if (t->shape == NULL && fits(own, head))
		t->shape = own;
}

static void read_head(struct ctx *c, struct table *t, const struct csv_record *head)
{
	const struct yield_shape *s = t->shape;

	t->target = column_of(head, s->target);
	t->instant = column_of(head, s->instant);
	t->until = column_of(head, s->until);
	t->columns = mem_array(c, head->n, sizeof *t->columns);
	t->n = head->n;
	t->all = true;
	for (size_t i = 0; i < head->n; i++) {
		struct str name = head->at[i].text;
		struct column *col = &t->columns[i];

		col->field = yield_shape_field(s, t->y->ask, name);
		col->keep = yield_shape_granted(s, t->y->ask, name);
		col->party = t->y->ask->mask && (long)i != t->target && yield_shape_party(s, name);
		t->all = t->all && col->keep && !col->party;
		t->any = t->any || col->field;
	}
}

/* ---- a record ---- */

/* Takes the next field off raw, quotes included; what ended it stays in front. */
static struct str field_raw(struct str *raw, char delimiter)
{
	struct str f = {raw->p, 0};
	bool quoted = false;

	while (f.n < raw->n) {
		char ch = raw->p[f.n];

		if (ch == '"')
			quoted = !quoted;
		else if (!quoted && (ch == delimiter || ch == '\r' || ch == '\n'))
			break;
		f.n++;
	}
	*raw = (struct str){raw->p + f.n, raw->n - f.n};
	return f;
}

/* Only the columns that may leave, each as it was written, and the record's own line end. */
static struct str cut(struct ctx *c, struct table *t, struct str raw, const struct csv_record *rec)
{
	bool first = true, head = rec == NULL;

	t->line.n = 0;
	if (head && str_starts(raw, "\xef\xbb\xbf")) {
		yield_bytes_put(&t->line, STR("\xef\xbb\xbf"));
		raw = (struct str){raw.p + 3, raw.n - 3};
	}
	for (size_t i = 0; i < t->n; i++) {
		struct str f = field_raw(&raw, t->delimiter);
		bool last = raw.n == 0 || raw.p[0] != t->delimiter;

		if (!last)
			raw = (struct str){raw.p + 1, raw.n - 1};
		if (!t->columns[i].keep) {
			t->y->r->cut += !head && rec->at[i].text.n > 0;
			continue;
		}
		if (!first)
			yield_bytes_put(&t->line, (struct str){&t->delimiter, 1});
		first = false;
		if (!head && t->columns[i].party && rec->at[i].text.n > 0 &&
		    !yield_same(c, t->y, rec->at[i].text)) {
			f = STR(YIELD_MARK);
			t->y->r->masked++;
		}
		yield_bytes_put(&t->line, f);
	}
	yield_bytes_put(&t->line, raw);
	return (struct str){t->line.p, t->line.n};
}

static struct str text_at(const struct csv_record *rec, long column)
{
	return column == NOWHERE ? (struct str){NULL, 0} : rec->at[column].text;
}

static enum yield_reason judge(struct ctx *c, const struct table *t, const struct csv_record *rec)
{
	struct str target = text_at(rec, t->target);

	if (str_trim(target).n == 0)
		return YIELD_NO_TARGET;
	if (!yield_same(c, t->y, target))
		return YIELD_TARGET;
	if (!t->any)
		return YIELD_FIELD;
	return yield_between(t->y, t->shape, text_at(rec, t->instant), text_at(rec, t->until));
}

static int one(struct ctx *c, struct table *t, int rc, const struct csv_record *rec)
{
	int64_t line = rc > 0 ? rec->line : csv_fault(t->csv).line, at = t->raw_at;
	struct str raw = take_raw(t);
	enum yield_reason why = YIELD_UNREAD;

	if (rc > 0)
		why = judge(c, t, rec);
	else
		err_clear(c);
	yield_note(t->y, line, at, why);
	if (why != YIELD_IN)
		return 0;
	return yield_put(c, t->y, t->all ? raw : cut(c, t, raw, rec));
}

/* Whether an error of csv_next is the record's, or the input's and final. */
static bool of_record(int rc)
{
	return rc == ERR_INVALID || rc == ERR_LIMIT;
}

static int rows(struct ctx *c, struct table *t)
{
	struct csv_record rec;
	int rc;

	while ((rc = csv_next(c, t->csv, &rec)) > 0 || of_record(rc)) {
		rc = one(c, t, rc, &rec);
		if (rc != 0)
			return rc;
	}
	return rc;
}

static int whole(struct ctx *c, struct table *t)
{
	struct csv_record head;
	struct str raw;
	int rc = csv_next(c, t->csv, &head);

	if (of_record(rc)) {
		err_clear(c);
		return 0;
	}
	if (rc <= 0)
		return rc;
	choose(t, &head);
	if (t->shape == NULL)
		return 0;
	read_head(c, t, &head);
	t->y->r->format = YIELD_CSV;
	t->y->r->shape = t->shape->name;
	raw = take_raw(t);
	rc = yield_put(c, t->y, t->all ? raw : cut(c, t, raw, NULL));
	return rc == 0 ? rows(c, t) : rc;
}

int yield_csv(struct ctx *c, struct yield_run *y)
{
	struct str ready = yield_ready(&y->src);
	struct table t = {.y = y, .delimiter = delimiter_of(ready)};
	int rc = csv_open(c, "collected", (struct csv_input){tee, &t}, t.delimiter, &t.csv);

	if (rc != 0)
		return rc;
	rc = whole(c, &t);
	csv_close(&t.csv);
	free(t.raw.p);
	free(t.line.p);
	return rc;
}
