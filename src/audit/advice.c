#include "audit/advice.h"

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

struct str advice_question(struct ctx *c, const struct part *part, const int64_t *lo,
    const int64_t *hi, enum advice_aim aim)
{
	struct buf b = buf_init(c, ADVICE_MAX);
	size_t *place = mem_array(c, part->m->n_unknowns + 1, sizeof *place);

	buf_puts(&b, question_mark);
	put(&b, (int64_t)part->n_vars);
	put(&b, (int64_t)part->n_rows);
	put(&b, (int64_t)aim);
	/* the target's value stands last of the unknowns */
	for (size_t i = 0; i < part->n_vars; i++) {
		place[part->vars[i]] = i;
		put(&b, lo[part->vars[i]]);
		put(&b, hi[part->vars[i]]);
	}
	for (size_t r = 0; r < part->n_rows; r++) {
		const struct part_row *row = &part->rows[r];

		put(&b, row->off ? -MODEL_OPEN : row->lo);
		put(&b, row->off ? MODEL_OPEN : row->hi);
		put(&b, (int64_t)row->sum.n);
		for (size_t i = 0; i < row->sum.n; i++) {
			put(&b, (int64_t)place[row->sum.v[i].unknown]);
			put(&b, row->sum.v[i].times);
		}
	}
	return buf_str(&b);
}

int advice_parse(struct ctx *c, const struct part *part, struct str answer, struct advice *ret)
{
	struct advice a = {ADVICE_NOTHING, mem_array(c, part->n_vars, sizeof *a.x),
	    mem_array(c, part->n_rows, sizeof *a.y)};
	int64_t status = 0;

	if (answer.n != 8 * (2 + part->n_vars + part->n_rows) || !str_starts(answer, answer_mark))
		return err_set(c, ERR_INVALID, "the solver's answer has another size or form");
	answer.p += 8;
	answer.n -= 8;
	(void)get(&answer, &status);
	if (status < ADVICE_OPTIMAL || status > ADVICE_NOTHING)
		return err_set(c, ERR_INVALID, "the solver's answer has no known status");
	a.status = (enum advice_status)status;
	for (size_t i = 0; i < part->n_vars; i++)
		(void)get(&answer, &a.x[i]);
	for (size_t r = 0; r < part->n_rows; r++) {
		(void)get(&answer, &a.y[r]);
		if (a.y[r] > ADVICE_FACTOR || a.y[r] < -ADVICE_FACTOR)
			return err_set(
			    c, ERR_INVALID, "the solver's answer has too large a factor");
	}
	*ret = a;
	return 0;
}
