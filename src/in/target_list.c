#include "in/target_list.h"

#include "base/mem.h"

/* So much of an error is reasons; the numbers of further lines have what is left of it. */
enum { REASONS_MAX = 600, ERROR_MAX = 900 };

struct cell {
	struct str text;
	int64_t col;
};

struct reading {
	struct ctx *c;
	int (*when)(struct ctx *c, struct str text, struct instant *ret);
	struct target_list *list;
	char delimiter; /* 0: not known yet */
	int64_t line;
	const char *at; /* where the line begins */
	int64_t col;    /* of the last fault */
	/* what is not taken */
	struct buf told;
	int64_t faults, run; /* run: the first of the lines in a row that are told by number */
	int64_t last;
};

/* ---- cells ---- */

static bool is_blank(char ch)
{
	return ch == ' ';
}

static int64_t column(const struct reading *r, const char *p)
{
	int64_t n = 1;

	for (const char *q = r->at; q < p; q++)
		n += ((unsigned char)*q & 0xc0) != 0x80;
	return n;
}

static int fault(struct reading *r, const char *p, const char *says)
{
	r->col = column(r, p);
	return err_set(r->c, ERR_INVALID, "%s", err_word(r->c, says));
}

static char delimiter_of(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == ',' || line.p[i] == ';' || line.p[i] == '\t')
			return line.p[i];
	return 0;
}

/* Behind the opening quote, up to and with the closing one. */
static int quoted(struct reading *r, struct str *rest, struct str *ret)
{
	struct buf b = buf_init(r->c, TARGET_LIST_MAX);
	const char *open = rest->p - 1;

	while (rest->n > 0) {
		char ch = rest->p[0];
		bool two = rest->n > 1 && rest->p[1] == '"';

		*rest = (struct str){rest->p + 1, rest->n - 1};
		if (ch == '"' && !two) {
			*ret = buf_str(&b);
			return 0;
		}
		buf_putc(&b, ch);
		if (ch == '"')
			*rest = (struct str){rest->p + 1, rest->n - 1};
	}
	return fault(r, open, ERR_TEXT("a quote is never closed"));
}

/* Takes a cell and the delimiter behind it off *rest. */
static int cell_take(struct reading *r, struct str *rest, struct cell *ret)
{
	size_t n = 0;
	int rc;

	while (rest->n > 0 && is_blank(rest->p[0]))
		*rest = (struct str){rest->p + 1, rest->n - 1};
	ret->col = column(r, rest->p);
	if (rest->n > 0 && rest->p[0] == '"') {
		*rest = (struct str){rest->p + 1, rest->n - 1};
		rc = quoted(r, rest, &ret->text);
		if (rc != 0)
			return rc;
	}
	while (n < rest->n && rest->p[n] != r->delimiter && rest->p[n] != '"')
		n++;
	if (n < rest->n && rest->p[n] == '"')
		return fault(r, rest->p + n, ERR_TEXT("a quote within a field"));
	if (rest->p > r->at && rest->p[-1] == '"') {
		if (str_trim((struct str){rest->p, n}).n > 0)
			return fault(r, rest->p, ERR_TEXT("text after a closing quote"));
	} else {
		ret->text = str_make(r->c, str_trim((struct str){rest->p, n}));
	}
	n += n < rest->n;
	*rest = (struct str){rest->p + n, rest->n - n};
	return 0;
}

/* ---- lines ---- */

static int target_take(struct reading *r, const struct cell cell[static 3])
{
	struct instant at = INSTANT_NONE;
	struct draft_target t;
	int rc;

	r->col = cell[0].col;
	if (!draft_kind_known(cell[0].text))
		return err_set(r->c, ERR_INVALID,
		    "the kind is none of email phone ipv4 ipv6 account domain url device");
	r->col = cell[2].col;
	if (cell[2].text.n > 0) {
		rc = r->when != NULL ? r->when(r->c, cell[2].text, &at)
				     : instant_parse(r->c, cell[2].text, &at);
		if (rc != 0)
			return rc;
	}
	r->col = cell[1].col;
	rc = draft_target_make(r->c, cell[0].text, cell[1].text, at, &t);
	if (rc != 0)
		return rc;
	if (r->list->n == DRAFT_TARGETS_MAX)
		return err_set(r->c, ERR_LIMIT, "more than %d identifiers", DRAFT_TARGETS_MAX);
	r->list->v = mem_grow(r->c, r->list->v, r->list->n, &r->list->cap, sizeof *r->list->v);
	r->list->v[r->list->n++] = t;
	return 0;
}

static int line_take(struct reading *r, struct str line)
{
	struct cell cell[3] = {{STR(""), 1}, {STR(""), 1}, {STR(""), 1}}, more;
	struct str rest = line;
	int rc = 0;

	r->at = line.p;
	if (r->delimiter == 0)
		r->delimiter = delimiter_of(line);
	for (size_t i = 0; i < 3 && rc == 0; i++)
		rc = cell_take(r, &rest, &cell[i]);
	while (rc == 0 && rest.n > 0) {
		rc = cell_take(r, &rest, &more);
		if (rc == 0 && more.text.n > 0) {
			r->col = more.col;
			rc = err_set(r->c, ERR_INVALID, "more than kind, identifier and time");
		}
	}
	if (rc != 0)
		return rc;
	if (r->line == 1 && (str_is(str_lower(r->c, cell[0].text), "kind") ||
				str_is(str_lower(r->c, cell[0].text), "art")))
		return 0;
	return target_take(r, cell);
}

/* ---- what is not taken ---- */

static void run_end(struct reading *r)
{
	if (r->run == 0)
		return;
	if (r->run == r->last)
		buf_fmt(&r->told, "; %lld", (long long)r->run);
	else
		buf_fmt(&r->told, "; %lld-%lld", (long long)r->run, (long long)r->last);
	r->run = 0;
}

static void tell(struct reading *r)
{
	const char *why = err_text(r->c);
	bool reason = r->told.n + strlen(why) < REASONS_MAX;

	if (reason || r->run == 0 || r->last + 1 != r->line)
		run_end(r);
	if (reason)
		buf_fmt(&r->told, "%s%lld:%lld: %s", r->faults > 0 ? "; " : "", (long long)r->line,
		    (long long)r->col, why);
	else if (r->run == 0)
		r->run = r->line;
	r->last = r->line;
	r->faults++;
	err_clear(r->c);
}

static int told(struct reading *r)
{
	struct str all;

	if (r->faults == 0)
		return 0;
	run_end(r);
	all = buf_str(&r->told);
	return err_set(r->c, ERR_INVALID, "not taken (line:column): %.*s%s",
	    all.n > ERROR_MAX ? ERROR_MAX : (int)all.n, all.p, all.n > ERROR_MAX ? " ..." : "");
}

int target_list_read(struct ctx *c, struct str text,
    int (*when)(struct ctx *c, struct str text, struct instant *ret), struct target_list *ret)
{
	struct reading r = {
	    .c = c, .when = when, .list = ret, .told = buf_init(c, 4 * TARGET_LIST_MAX)};

	*ret = (struct target_list){0};
	if (text.n > TARGET_LIST_MAX)
		return err_set(c, ERR_LIMIT, "a list of more than %d bytes", (int)TARGET_LIST_MAX);
	if (str_utf8_bad(text) != text.n)
		return err_set(c, ERR_INVALID, "the file is no text in UTF-8");
	if (str_starts(text, "\xef\xbb\xbf"))
		text = (struct str){text.p + 3, text.n - 3};
	while (text.n > 0) {
		struct str line;
		int rc;

		(void)str_cut(text, '\n', &line, &text);
		r.line++;
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		rc = str_trim(line).n == 0 ? 0 : line_take(&r, line);
		if (rc == ERR_LIMIT)
			return rc;
		if (rc != 0)
			tell(&r);
	}
	return told(&r);
}

int target_list_add(struct ctx *c, const struct target_list *list, struct draft_order *o)
{
	struct draft_target *all;

	if (list->n > DRAFT_TARGETS_MAX - o->n_targets)
		return err_set(c, ERR_LIMIT, "more than %d identifiers", DRAFT_TARGETS_MAX);
	if (list->n == 0)
		return 0;
	all = mem_array(c, o->n_targets + list->n, sizeof *all);
	if (o->n_targets > 0)
		memcpy(all, o->targets, o->n_targets * sizeof *all);
	memcpy(all + o->n_targets, list->v, list->n * sizeof *all);
	o->targets = all;
	o->n_targets += list->n;
	return 0;
}
