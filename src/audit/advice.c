#include "audit/advice.h"

#include "audit/num_p.h"
#include "base/mem.h"

static const char question_mark[] = "WSOLVE1\n", answer_mark[] = "WANSWR1\n";

static void put(struct buf *b, int64_t v)
{
	for (unsigned i = 0; i < 8; i++)
		buf_putc(b, (char)(unsigned char)((uint64_t)v >> 8 * i & 255));
}

static bool get(struct str *in, int64_t *ret)
{
	uint64_t v = 0;

	if (in->n < 8)
		return false;
	for (unsigned i = 0; i < 8; i++)
		v |= (uint64_t)(unsigned char)in->p[i] << 8 * i;
	in->p += 8;
	in->n -= 8;
	*ret = (int64_t)v;
	return true;
}

/* ---- what is asked about: what is not known yet ---- */

static bool asks_unknown(const struct part *p, const int64_t *lo, const int64_t *hi, size_t u)
{
	return u == p->value || lo[u] < hi[u];
}

static bool asks_row(
    const struct part *p, const int64_t *lo, const int64_t *hi, const struct part_row *row)
{
	for (size_t i = 0; i < row->sum.n && !row->off; i++)
		if (asks_unknown(p, lo, hi, row->sum.v[i].unknown))
			return true;
	return false;
}

static void count(
    const struct part *p, const int64_t *lo, const int64_t *hi, size_t *vars, size_t *rows)
{
	*vars = *rows = 0;
	for (size_t i = 0; i < p->n_vars; i++)
		*vars += asks_unknown(p, lo, hi, p->vars[i]);
	for (size_t r = 0; r < p->n_rows; r++)
		*rows += asks_row(p, lo, hi, &p->rows[r]);
}

static void put_row(struct buf *b, const struct part *p, const int64_t *lo, const int64_t *hi,
    const struct part_row *row, const size_t *place)
{
	int64_t n = 0, known = 0;

	for (size_t i = 0; i < row->sum.n; i++) {
		const struct model_term *t = &row->sum.v[i];

		if (asks_unknown(p, lo, hi, t->unknown))
			n++;
		else
			known = num_add(known, num_mul(t->times, lo[t->unknown]));
	}
	put(b, row->lo == -MODEL_OPEN ? row->lo : num_sub(row->lo, known));
	put(b, row->hi == MODEL_OPEN ? row->hi : num_sub(row->hi, known));
	put(b, n);
	for (size_t i = 0; i < row->sum.n; i++)
		if (asks_unknown(p, lo, hi, row->sum.v[i].unknown)) {
			put(b, (int64_t)place[row->sum.v[i].unknown]);
			put(b, row->sum.v[i].times);
		}
}

struct str advice_question(
    struct ctx *c, const struct part *part, const int64_t *lo, const int64_t *hi, unsigned aim)
{
	struct buf b = buf_init(c, ADVICE_MAX);
	size_t *place = mem_array(c, part->m->n_unknowns + 1, sizeof *place), vars, rows, n = 0;

	count(part, lo, hi, &vars, &rows);
	buf_puts(&b, question_mark);
	put(&b, (int64_t)vars);
	put(&b, (int64_t)rows);
	put(&b, (int64_t)aim);
	/* the target's value stands last of the unknowns */
	for (size_t i = 0; i < part->n_vars; i++) {
		size_t u = part->vars[i];

		if (!asks_unknown(part, lo, hi, u))
			continue;
		place[u] = n++;
		put(&b, lo[u]);
		put(&b, hi[u]);
	}
	for (size_t r = 0; r < part->n_rows; r++)
		if (asks_row(part, lo, hi, &part->rows[r]))
			put_row(&b, part, lo, hi, &part->rows[r], place);
	return buf_str(&b);
}

int advice_parse(struct ctx *c, const struct part *part, const int64_t *lo, const int64_t *hi,
    struct str answer, struct advice *ret)
{
	struct advice a = {ADVICE_NOTHING, mem_array(c, part->n_vars, sizeof *a.x),
	    mem_array(c, part->n_rows, sizeof *a.y)};
	int64_t status = 0;
	size_t vars, rows;

	count(part, lo, hi, &vars, &rows);
	if (answer.n != 8 * (2 + vars + rows) || !str_starts(answer, answer_mark))
		return err_set(c, ERR_INVALID, "the solver's answer has another size or form");
	answer.p += 8;
	answer.n -= 8;
	(void)get(&answer, &status);
	if (status < ADVICE_OPTIMAL || status > ADVICE_POINT)
		return err_set(c, ERR_INVALID, "the solver's answer has no known status");
	a.status = (enum advice_status)status;
	for (size_t i = 0; i < part->n_vars; i++)
		if (asks_unknown(part, lo, hi, part->vars[i]))
			(void)get(&answer, &a.x[i]);
		else
			a.x[i] = lo[part->vars[i]];
	for (size_t r = 0; r < part->n_rows; r++) {
		if (!asks_row(part, lo, hi, &part->rows[r]))
			continue;
		(void)get(&answer, &a.y[r]);
		if (a.y[r] > ADVICE_FACTOR || a.y[r] < -ADVICE_FACTOR)
			return err_set(
			    c, ERR_INVALID, "the solver's answer has too large a factor");
	}
	*ret = a;
	return 0;
}
