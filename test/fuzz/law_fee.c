/* Fee tables: any bytes give tables or a refusal at its place; what is computed is never more than
 * the blocks times the amount, never above the row's most, and never less for more. Input: the
 * file, a line "%%", then a quantity, a rate and a day in bytes. */
#include "fuzz.h"

#include "law/fee.h"

static void check_days(const struct fee_table *t, struct day end)
{
	struct day by = fee_claim_by(t, end), limit = fee_limit(t, end);

	fuzz_must(day_is_none(by) || day_cmp(by, end) > 0, "a period ends after the measure");
	fuzz_must(day_is_none(limit) || day_cmp(limit, end) > 0, "and so does limitation");
}

static void check_row(
    struct ctx *c, const struct fee_table *t, const struct fee_row *row, struct fee_line l)
{
	struct fee_sum s = {.total = -1}, next = {0};
	int rc = fee_compute(c, t, row, &l, &s);

	if (rc != 0) {
		fuzz_refused(c, rc);
		fuzz_must(s.total == -1, "nothing is returned with a refusal");
		return;
	}
	fuzz_must(s.total >= 0 && s.total <= FEE_AMOUNT_MAX, "an amount within the limits");
	fuzz_must(s.total * 100 * s.parts <= s.blocks * s.unit * s.percent, "never more than that");
	fuzz_must(row->most == 0 || s.total <= row->most, "at most what the row says");
	l.quantity++;
	if (fee_compute(c, t, row, &l, &next) == 0)
		fuzz_must(next.total >= s.total, "more is not less");
	err_clear(c);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in);
	struct fee_law law = {0};
	int rc = fee_load(c, "fuzz", text, &law);
	struct fee_line l;
	struct day end;

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(law.v == NULL, "nothing is returned with a refusal");
		return;
	}
	l = (struct fee_line){.quantity = (int64_t)fuzz_u64(&in, 3),
	    .rate = (int64_t)fuzz_u64(&in, 4),
	    .central = fuzz_u64(&in, 1) % 2 == 1};
	end = (struct day){(int32_t)(fuzz_u64(&in, 3) % 3652059) - 719162};
	for (size_t i = 0; i < law.n; i++) {
		const struct fee_table *t = &law.v[i];

		fuzz_must(fee_find(&law, t->id) == t, "a table is found by its id");
		check_days(t, end);
		for (size_t k = 0; k < t->n_rows; k++) {
			fuzz_must(
			    fee_row(t, t->rows[k].nr) == &t->rows[k], "and a row by its number");
			check_row(c, t, &t->rows[k], l);
		}
	}
}
