#include "in/map_rows.h"

#include "base/mem.h"
#include "in/draft.h"
#include "in/map_p.h"
#include "kind/hash.h"
#include "kind/land.h"

enum { UNIQUE_FIRST = 1024, NOTE_MAX = 8 << 10 };

static void *zeroed(size_t n, size_t size)
{
	void *p = calloc(n == 0 ? 1 : n, size);

	if (p == NULL)
		abort(); /* out of memory ends the process: see mem.h */
	return p;
}

/* ---- the header ------------------------------------------------------------------------------ */

static int column_resolve(
    struct ctx *c, struct map_rows *rows, const struct csv_record *head, size_t col)
{
	struct str name = rows->map->columns[col].name;
	size_t found = head->n;

	for (size_t i = 0; i < head->n; i++) {
		if (!str_eq(str_trim(head->at[i].text), name))
			continue;
		if (found != head->n)
			return csv_err(c, rows->csv, head->at[i].at, ERR_INVALID,
			    "column \"%.*s\" is there twice", STR_ARG(name));
		found = i;
	}
	if (found == head->n)
		return csv_err(c, rows->csv, head->at[0].at, ERR_INVALID,
		    "column \"%.*s\" is missing (the mapping file names it in line %d)",
		    STR_ARG(name), rows->map->columns[col].at->line);
	rows->index[col] = found;
	return 0;
}

static int header_read(struct ctx *c, struct map_rows *rows)
{
	struct csv_record head;
	int rc = csv_next(c, rows->csv, &head);

	if (rc == 0)
		return csv_err(
		    c, rows->csv, (struct csv_place){1, 1}, ERR_INVALID, "the file is empty");
	if (rc < 0)
		return rc;
	rc = 0;
	for (size_t i = 0; i < rows->map->n_columns && rc == 0; i++)
		rc = column_resolve(c, rows, &head, i);
	return rc;
}

int map_rows_open(struct ctx *c, const struct map *map, const char *file, struct csv_input in,
    struct map_rows **ret)
{
	struct map_rows *rows = zeroed(1, sizeof *rows);
	size_t groups = map->closed.n_groups;
	int rc;

	rows->map = map;
	rows->index = zeroed(map->n_columns, sizeof *rows->index);
	rows->out = zeroed(groups, sizeof *rows->out);
	rows->sums = zeroed(groups, sizeof *rows->sums);
	rows->now = zeroed(groups, sizeof *rows->now);
	rows->total = zeroed(groups, sizeof *rows->total);
	rows->total_at = zeroed(groups * 2, sizeof *rows->total_at);
	rc = csv_open(c, file, in, map->delimiter, &rows->csv);
	if (rc == 0)
		rc = header_read(c, rows);
	if (rc != 0) {
		map_rows_close(&rows);
		return rc;
	}
	*ret = rows;
	return 0;
}

void map_rows_close(struct map_rows **rows)
{
	if (*rows == NULL)
		return;
	csv_close(&(*rows)->csv);
	free((*rows)->index);
	free((*rows)->out);
	free((*rows)->sums);
	free((*rows)->now);
	free((*rows)->total);
	free((*rows)->total_at);
	free((*rows)->unique);
	free(*rows);
	*rows = NULL;
}

bool map_rows_more(const struct map_rows *rows)
{
	return rows->next_out < rows->n_out;
}

int64_t map_rows_next_line(const struct map_rows *rows)
{
	return csv_line(rows->csv);
}

struct csv_place map_rows_fault(const struct map_rows *rows)
{
	return csv_fault(rows->csv);
}

/* ---- fields ---------------------------------------------------------------------------------- */

struct str map_rows_text(const struct map_rows *rows, size_t col)
{
	return str_trim(rows->row.at[rows->index[col]].text);
}

int map_rows_err(struct ctx *c, struct map_rows *rows, size_t col, int code, const char *what)
{
	return csv_err(c, rows->csv, rows->row.at[rows->index[col]].at, code, "column \"%.*s\": %s",
	    STR_ARG(rows->map->columns[col].name), what);
}

static bool holds(const struct map_rows *rows, const struct map_cond *cond)
{
	for (size_t i = 0; i < cond->n; i++)
		if (!str_eq(map_rows_text(rows, cond->tests[i].col), cond->tests[i].text))
			return false;
	return true;
}

static bool any_holds(const struct map_rows *rows, const struct map_conds *conds)
{
	for (size_t i = 0; i < conds->n; i++)
		if (holds(rows, &conds->at[i]))
			return true;
	return false;
}

/* The first of the value's columns that is not empty, else the first. */
static size_t value_col(const struct map_rows *rows, const struct map_value *v)
{
	for (size_t i = 0; i < v->n_cols; i++)
		if (map_rows_text(rows, v->cols[i]).n > 0)
			return v->cols[i];
	return v->cols[0];
}

int map_rows_value(struct ctx *c, struct map_rows *rows, const struct map_value *v, struct str *ret)
{
	struct str s;
	const char *what;
	size_t col;

	if (v->n_cols == 0) {
		*ret = v->fixed;
		return 0;
	}
	col = value_col(rows, v);
	s = map_rows_text(rows, col);
	for (size_t i = 0; i < v->n_pairs; i++)
		if (str_eq(s, v->pairs[i].from)) {
			*ret = v->pairs[i].to;
			return 0;
		}
	if (v->has_other) {
		*ret = v->other;
		return 0;
	}
	if (v->n_pairs > 0)
		return map_rows_err(
		    c, rows, col, ERR_INVALID, "the mapping file's table does not have this text");
	what = v->fault == NULL ? NULL : v->fault(s);
	if (what != NULL)
		return map_rows_err(c, rows, col, ERR_INVALID, str_fmt(c, "this %s", what).p);
	*ret = s;
	return 0;
}

static size_t seen_slot(struct str s)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h % MAP_SEEN;
}

int map_rows_country(
    struct ctx *c, struct map_rows *rows, const struct map_value *v, struct str *ret)
{
	struct map_value table = *v;
	struct str s;
	size_t col, slot;

	if (v->n_cols == 0) {
		*ret = v->fixed;
		return 0;
	}
	/* a table need hold only the names that no list of countries has */
	col = value_col(rows, v);
	s = map_rows_text(rows, col);
	for (size_t i = 0; i < table.n_pairs; i++)
		if (str_eq(s, table.pairs[i].from))
			s = table.pairs[i].to;
	slot = seen_slot(s);
	if (rows->seen[slot].n > 0 &&
	    str_eq(s, (struct str){rows->seen[slot].text, rows->seen[slot].n})) {
		*ret = rows->seen[slot].code;
		return 0;
	}
	if (s.n == 0 || !land_find(s, ret)) {
		if (v->has_other && s.n > 0) {
			*ret = v->other;
			return 0;
		}
		return map_rows_err(c, rows, col, ERR_INVALID, "unknown country");
	}
	if (s.n <= MAP_SEEN_TEXT) {
		memcpy(rows->seen[slot].text, s.p, s.n);
		rows->seen[slot].n = s.n;
		rows->seen[slot].code = *ret;
	}
	return 0;
}

int map_rows_day(struct ctx *c, struct map_rows *rows, const struct map_date *d, struct day *ret)
{
	struct str s = map_rows_text(rows, d->col);

	if (map_value_day(d->format, s, ret))
		return 0;
	return map_rows_err(c, rows, d->col, ERR_INVALID,
	    str_fmt(c, "not a date of the form %.*s, or no such day", STR_ARG(d->format)).p);
}

/* Digits in groups of three where the mapping file says so: "7,038". */
static bool grouped(struct str s, char sign)
{
	size_t run = 0, groups = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != sign) {
			run++;
			continue;
		}
		if (groups == 0 ? run < 1 || run > 3 : run != 3)
			return false;
		groups++;
		run = 0;
	}
	return groups == 0 || run == 3;
}

static int count_get(struct ctx *c, struct map_rows *rows, size_t col, int64_t *ret)
{
	struct str s = map_rows_text(rows, col);
	char sign = rows->map->thousands;
	int64_t v = 0;

	if (s.n == 0)
		return map_rows_err(c, rows, col, ERR_INVALID, "empty; a count is expected");
	if (s.p[0] == '-')
		return map_rows_err(c, rows, col, ERR_INVALID, "a count is not negative");
	if (sign != '\0' && !grouped(s, sign))
		return map_rows_err(
		    c, rows, col, ERR_INVALID, "the thousands are not groups of three");
	for (size_t i = 0; i < s.n; i++) {
		if (sign != '\0' && s.p[i] == sign)
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return map_rows_err(c, rows, col, ERR_INVALID, "not a whole number");
		v = v * 10 + (s.p[i] - '0');
		if (v > 1000000000000)
			return map_rows_err(c, rows, col, ERR_LIMIT, "larger than 10^12");
	}
	*ret = v;
	return 0;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void unique_put(uint64_t *set, size_t cap, uint64_t key)
{
	size_t i = (size_t)key & (cap - 1);

	while (set[i] != 0)
		i = (i + 1) & (cap - 1);
	set[i] = key;
}

static bool unique_has(const struct map_rows *rows, uint64_t key)
{
	size_t i = (size_t)key & (rows->cap_unique - 1);

	while (rows->unique[i] != 0 && rows->unique[i] != key)
		i = (i + 1) & (rows->cap_unique - 1);
	return rows->unique[i] == key;
}

/* 8 bytes of a hash each: two different texts of a million collide once in 37 million files. */
int map_rows_unique(struct ctx *c, struct map_rows *rows)
{
	struct hash h;
	uint64_t key;

	if (rows->map->unique == MAP_NO_COLUMN)
		return 0;
	if (map_rows_text(rows, rows->map->unique).n == 0)
		return map_rows_err(
		    c, rows, rows->map->unique, ERR_INVALID, "empty; it must name the row");
	if ((rows->n_unique + 1) * 2 > rows->cap_unique) {
		size_t cap = rows->cap_unique == 0 ? UNIQUE_FIRST : rows->cap_unique * 2;
		uint64_t *set = zeroed(cap, sizeof *set);

		for (size_t i = 0; i < rows->cap_unique; i++)
			if (rows->unique[i] != 0)
				unique_put(set, cap, rows->unique[i]);
		free(rows->unique);
		rows->unique = set;
		rows->cap_unique = cap;
	}
	h = hash_of(map_rows_text(rows, rows->map->unique));
	memcpy(&key, h.b, sizeof key);
	key += key == 0; /* 0 marks a free place */
	if (unique_has(rows, key))
		return map_rows_err(
		    c, rows, rows->map->unique, ERR_INVALID, "another row has the same text");
	unique_put(rows->unique, rows->cap_unique, key);
	rows->n_unique++;
	return 0;
}

/* The next row that the mapping file keeps. */
int map_rows_read(struct ctx *c, struct map_rows *rows)
{
	const struct map *map = rows->map;
	int rc;

	do {
		rc = csv_next(c, rows->csv, &rows->row);
	} while (rc == 1 && ((map->only.n > 0 && !any_holds(rows, &map->only)) ||
				any_holds(rows, &map->skip)));
	if (rc == ERR_INVALID || rc == ERR_LIMIT)
		rows->refused++;
	return rc;
}

static int period_text(struct ctx *c, struct map_rows *rows, size_t col, struct period *ret)
{
	struct str s = map_rows_text(rows, col);
	char form[8];

	if (s.n == 7 && s.p[4] == '-' && s.p[5] == 'H') { /* "2022-H1" */
		memcpy(form, s.p, 4);
		memcpy(form + 4, s.p + 5, 2);
		s = (struct str){form, 6};
	}
	if (period_parse(c, s, ret) == 0)
		return 0;
	err_clear(c);
	return map_rows_err(c, rows, col, ERR_INVALID, "not a period such as 2013H1 or 2013");
}

static int period_get(struct ctx *c, struct map_rows *rows, struct map_closed *row)
{
	const struct map_period *p = &rows->map->closed.period;
	struct period period = p->fixed;
	int rc = 0;

	if (p->text != MAP_NO_COLUMN) {
		rc = period_text(c, rows, p->text, &period);
	} else if (p->to.col != MAP_NO_COLUMN) {
		rc = map_rows_day(c, rows, &p->to, &period.to);
		if (rc == 0 && p->months > 0)
			period.from = day_add_months(day_add(period.to, 1), -p->months);
		else if (rc == 0)
			rc = map_rows_day(c, rows, &p->from, &period.from);
		if (rc == 0 && (day_is_none(period.from) || day_cmp(period.from, period.to) > 0))
			rc = map_rows_err(
			    c, rows, p->to.col, ERR_INVALID, "the period ends before it begins");
	}
	if (rc == 0) {
		row->from = period.from;
		row->to = period.to;
	}
	return rc;
}

static int outcome_get(
    struct ctx *c, struct map_rows *rows, const struct map_group *g, enum map_outcome *ret)
{
	*ret = MAP_NOT_RECORDED;
	if (g->n_rules == 0)
		return 0;
	for (size_t i = 0; i < g->n_rules; i++)
		if (holds(rows, &g->rules[i].where)) {
			*ret = g->rules[i].is;
			return 0;
		}
	return csv_err(c, rows->csv, (struct csv_place){rows->row.line, 1}, ERR_INVALID,
	    "no outcome of the mapping file fits this row");
}

/* Counts as the row has them; what they leave over is not given back here. */
static int group_numbers(
    struct ctx *c, struct map_rows *rows, const struct map_group *g, struct map_sum *ret)
{
	struct map_sum sum = {.requests = 1};
	int rc = 0;

	if (g->requests != MAP_NO_COLUMN)
		rc = count_get(c, rows, g->requests, &sum.requests);
	if (rc == 0 && g->accounts != MAP_NO_COLUMN)
		rc = count_get(c, rows, g->accounts, &sum.accounts);
	for (size_t i = 0; i < MAP_OUTCOMES && rc == 0; i++)
		if (g->counts[i] != MAP_NO_COLUMN)
			rc = count_get(c, rows, g->counts[i], &sum.counts[i]);
	if (rc == 0)
		*ret = sum;
	return rc;
}

/* Counts so that they add up: by the rule's outcome, or with the rest not recorded. */
static int group_fill(struct ctx *c, struct map_rows *rows, const struct map_group *g,
    const struct map_sum *sum, struct map_closed *row)
{
	int64_t rest = sum->requests;
	enum map_outcome o;
	int rc;

	if (sum->requests > MAP_REQUESTS_MAX)
		return map_rows_err(
		    c, rows, g->requests, ERR_LIMIT, "more than 1,000,000 in one row");
	row->requests = sum->requests;
	row->accounts = sum->accounts;
	memcpy(row->counts, sum->counts, sizeof row->counts);
	for (size_t i = 0; i < MAP_OUTCOMES; i++)
		rest -= sum->counts[i];
	if (rest < 0)
		return map_rows_err(c, rows, g->requests, ERR_INVALID,
		    "the outcomes add up to more than the requests");
	if (sum->requests == 0 && sum->accounts > 0)
		return map_rows_err(c, rows, g->accounts, ERR_INVALID, "accounts without requests");
	rc = outcome_get(c, rows, g, &o);
	if (rc == 0)
		row->counts[o] += rest;
	return rc;
}

static int row_total_check(struct ctx *c, struct map_rows *rows, const struct map_sum *all)
{
	const struct map_closed_spec *s = &rows->map->closed;
	int64_t requests = all->requests, accounts = all->accounts;
	int rc = 0;

	if (s->row_requests != MAP_NO_COLUMN)
		rc = count_get(c, rows, s->row_requests, &requests);
	if (rc == 0 && s->row_accounts != MAP_NO_COLUMN)
		rc = count_get(c, rows, s->row_accounts, &accounts);
	if (rc == 0 && requests != all->requests)
		rc = map_rows_err(c, rows, s->row_requests, ERR_INVALID,
		    "the groups of the row do not add up to it");
	if (rc == 0 && accounts != all->accounts)
		rc = map_rows_err(c, rows, s->row_accounts, ERR_INVALID,
		    "the groups of the row do not add up to it");
	return rc;
}

static void sum_add(struct map_sum *to, const struct map_sum *s)
{
	to->requests += s->requests;
	to->accounts += s->accounts;
	for (size_t i = 0; i < MAP_OUTCOMES; i++)
		to->counts[i] += s->counts[i];
}

/* What all groups share. */
static int head_get(struct ctx *c, struct map_rows *rows, struct map_closed *ret)
{
	const struct map_closed_spec *s = &rows->map->closed;
	int rc;

	*ret = (struct map_closed){.line = rows->row.line};
	rc = period_get(c, rows, ret);
	if (rc == 0)
		rc = map_rows_country(c, rows, &s->country, &ret->country);
	if (rc == 0 && s->printed != MAP_NO_COLUMN) {
		ret->printed = map_rows_text(rows, s->printed);
		ret->has_printed = ret->printed.n > 0;
		if (draft_line_fault(ret->printed) != NULL)
			rc = map_rows_err(c, rows, s->printed, ERR_INVALID,
			    str_fmt(c, "this %s", draft_line_fault(ret->printed)).p);
	}
	return rc;
}

static int group_read(struct ctx *c, struct map_rows *rows, size_t i, const struct map_closed *head)
{
	const struct map_group *g = &rows->map->closed.groups[i];
	struct map_closed row = *head;
	int rc = group_numbers(c, rows, g, &rows->now[i]);

	if (rc == 0)
		rc = group_fill(c, rows, g, &rows->now[i], &row);
	if (rc != 0 || row.requests == 0)
		return rc;
	rc = map_rows_value(c, rows, &g->class, &row.class);
	if (rc == 0)
		rows->out[rows->n_out++] = row;
	return rc;
}

/* A row counts whole or not at all: sums grow only when every group was right. */
static int row_fill(struct ctx *c, struct map_rows *rows)
{
	size_t groups = rows->map->closed.n_groups;
	struct map_closed head;
	struct map_sum all = {0};
	int rc = map_rows_unique(c, rows);

	if (rc == 0)
		rc = head_get(c, rows, &head);
	for (size_t i = 0; i < groups && rc == 0; i++) {
		rc = group_read(c, rows, i, &head);
		if (rc == 0)
			sum_add(&all, &rows->now[i]);
	}
	if (rc == 0)
		rc = row_total_check(c, rows, &all);
	for (size_t i = 0; i < groups && rc == 0; i++)
		sum_add(&rows->sums[i], &rows->now[i]);
	if (rc != 0) {
		rows->n_out = 0;
		rows->refused++;
		return rc;
	}
	for (size_t i = 0; i < rows->n_out; i++)
		rows->not_recorded += rows->out[i].counts[MAP_NOT_RECORDED];
	return 0;
}

static int total_read(struct ctx *c, struct map_rows *rows)
{
	const struct map_closed_spec *s = &rows->map->closed;
	int rc = 0;

	if (rows->total_seen) {
		rows->refused++;
		return csv_err(c, rows->csv, (struct csv_place){rows->row.line, 1}, ERR_INVALID,
		    "a second row with the source's total");
	}
	for (size_t i = 0; i < s->n_groups && rc == 0; i++) {
		const struct map_group *g = &s->groups[i];

		rc = group_numbers(c, rows, g, &rows->total[i]);
		rows->total_at[2 * i] = rows->row.at[rows->index[g->requests]].at;
		if (g->accounts != MAP_NO_COLUMN)
			rows->total_at[2 * i + 1] = rows->row.at[rows->index[g->accounts]].at;
	}
	rows->total_seen = rc == 0;
	rows->refused += rc != 0;
	return rc;
}

int map_rows_closed(struct ctx *c, struct map_rows *rows, struct map_closed *ret)
{
	const struct map_closed_spec *s = &rows->map->closed;

	while (rows->next_out == rows->n_out) {
		int rc;

		rows->n_out = rows->next_out = 0;
		rc = map_rows_read(c, rows);
		if (rc <= 0)
			return rc;
		rc = s->has_total && holds(rows, &s->total) ? total_read(c, rows)
							    : row_fill(c, rows);
		if (rc != 0)
			return rc;
	}
	*ret = rows->out[rows->next_out++];
	return 1;
}

/* ---- the source's own total ------------------------------------------------------------------ */

static void note_put(struct buf *b, const char *what, int64_t rows_say, int64_t total_says)
{
	buf_fmt(b, "%s: the rows add up to %lld, the source's total says %lld. ", what,
	    (long long)rows_say, (long long)total_says);
}

static int total_differs(struct ctx *c, struct map_rows *rows, struct csv_place at,
    const char *what, int64_t rows_say, int64_t total_says, struct buf *note)
{
	if (rows_say == total_says)
		return 0;
	if (rows->map->closed.total_note) {
		note_put(note, what, rows_say, total_says);
		return 0;
	}
	return csv_err(c, rows->csv, at, ERR_INVALID,
	    "%s: the rows add up to %lld, the source's total says %lld", what, (long long)rows_say,
	    (long long)total_says);
}

static int total_check(struct ctx *c, struct map_rows *rows, struct buf *note)
{
	const struct map_closed_spec *s = &rows->map->closed;
	int rc = 0;

	if (!rows->total_seen)
		return csv_err(c, rows->csv, (struct csv_place){map_rows_next_line(rows), 1},
		    ERR_INVALID, "no row has the source's total that the mapping file speaks of");
	for (size_t i = 0; i < s->n_groups && rc == 0; i++) {
		const struct map_sum *sum = &rows->sums[i], *total = &rows->total[i];

		rc = total_differs(c, rows, rows->total_at[2 * i], "requests", sum->requests,
		    total->requests, note);
		if (rc == 0)
			rc = total_differs(c, rows, rows->total_at[2 * i + 1], "accounts",
			    sum->accounts, total->accounts, note);
		for (size_t k = 0; k < MAP_OUTCOMES; k++)
			if (sum->counts[k] != total->counts[k])
				note_put(note, map_outcome_id((enum map_outcome)k), sum->counts[k],
				    total->counts[k]);
	}
	return rc;
}

int map_rows_end(struct ctx *c, struct map_rows *rows, struct str *ret_note)
{
	const struct map_closed_spec *s = &rows->map->closed;
	struct buf note = buf_init(c, NOTE_MAX);
	bool accounts = false, spread = false;
	int rc = 0;

	for (size_t i = 0; i < s->n_groups; i++) {
		accounts = accounts || s->groups[i].accounts != MAP_NO_COLUMN;
		spread = spread || s->groups[i].requests != MAP_NO_COLUMN;
	}
	if (s->has_total && rows->refused == 0)
		rc = total_check(c, rows, &note);
	else if (s->has_total)
		buf_puts(&note, "Rows were refused, so the source's total was not compared. ");
	if (rc != 0)
		return rc;
	if (spread)
		buf_puts(&note,
		    "Each row's requests are spread over single records, outcomes in the order "
		    "content, "
		    "noncontent, no_data, rejected, annex3, withdrawn, redirected, not_recorded; "
		    "each of R records gets floor(A / R) of the row's A accounts, the first A mod "
		    "R one "
		    "more. ");
	if (rows->not_recorded > 0)
		buf_fmt(&note,
		    "Requests whose outcome the source does not give, not_recorded: %lld. ",
		    (long long)rows->not_recorded);
	if (!accounts)
		buf_puts(&note, "The source gives no number of accounts. ");
	rc = buf_end(&note, "note", ret_note);
	*ret_note = str_trim(*ret_note);
	return rc;
}

void map_rows_spread(
    const struct map_closed *row, int64_t i, enum map_outcome *ret_outcome, int64_t *ret_accounts)
{
	int64_t before = 0;
	enum map_outcome o = MAP_CONTENT;

	while (o < MAP_NOT_RECORDED && i >= before + row->counts[o])
		before += row->counts[o++];
	*ret_outcome = o;
	*ret_accounts = row->accounts / row->requests + (i < row->accounts % row->requests);
}
