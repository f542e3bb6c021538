/* Money: what was written is read as the same amount; sums and products are exact or refused. */
#include "fuzz.h"

#include "kind/money.h"

static void compute(struct ctx *c, struct money a, struct money b, int64_t n)
{
	int64_t sum = 0, product = 0;
	bool sum_fits = !__builtin_add_overflow(a.minor, b.minor, &sum);
	bool product_fits = !__builtin_mul_overflow(a.minor, n, &product);
	struct money m;
	int rc = money_add(c, a, b, &m);

	if (strcmp(a.currency, b.currency) != 0)
		fuzz_must(rc == ERR_INVALID, "two currencies do not add up");
	else
		fuzz_must(sum_fits ? rc == 0 && m.minor == sum : rc == ERR_LIMIT, "sums are exact");
	err_clear(c);
	rc = money_times(c, a, n, &m);
	fuzz_must(
	    product_fits ? rc == 0 && m.minor == product : rc == ERR_LIMIT, "products are exact");
	err_clear(c);
}

static bool read_money(struct ctx *c, struct str s, struct money *ret)
{
	struct str amount, whole, part, more;
	struct money again;
	int rc = money_parse(c, s, ret);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return false;
	}
	fuzz_must(money_parse(c, money_str(c, *ret), &again) == 0 && again.minor == ret->minor &&
		      strcmp(again.currency, ret->currency) == 0,
	    "an amount that was written is read as itself");
	(void)str_cut(s, ' ', &amount, &part);
	(void)str_cut(amount, '.', &whole, &part);
	(void)str_cut(money_str(c, *ret), ' ', &amount, &more);
	(void)str_cut(amount, '.', &whole, &more);
	fuzz_must(part.n <= more.n && str_starts(more, str_z(c, part)), "no decimal is dropped");
	return true;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str one = fuzz_part(&in), two = fuzz_part(&in), odd = fuzz_canary(c, one);
	struct money a, b;
	int rc;

	if (read_money(c, one, &a)) {
		if (!read_money(c, two, &b))
			b = a;
		compute(c, a, b, (int64_t)fuzz_u64(&in, 8));
	}
	rc = money_parse(c, odd, &a);
	fuzz_must(rc != 0, "no amount has the canary in it");
	fuzz_no_canary(c);
}
