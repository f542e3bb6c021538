/* What other countries let a provider publish: any bytes give limits or a refusal at its place, and
 * a limit asks about what it is about. Input: the file, a line "%%", then "COUNTRY CLASS NUMBER".
 */
#include "fuzz.h"

#include "kind/land.h"
#include "law/limit.h"

static void check(const struct limit *l, struct str country, struct str class, int64_t n)
{
	bool asks = limit_asks(l, country, class, n);

	fuzz_must(!l->src.verified, "what was read at the source is no limit");
	fuzz_must(!asks || (land_known(country) && str_has_word(l->countries, country)),
	    "it asks about its own countries");
	fuzz_must(!asks || str_eq(l->class, class), "and about its own class");
	fuzz_must(l->flag != LIMIT_BAND || !asks || n <= l->up_to, "and not beyond its edge");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in), country, class, number;
	struct limit_law law = {0};
	int64_t n = 1;
	int rc = limit_load(c, "fuzz", text, &law);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(law.v == NULL, "nothing is returned with a refusal");
		return;
	}
	in = fuzz_part(&in);
	(void)str_cut(in, ' ', &country, &in);
	(void)str_cut(in, ' ', &class, &number);
	if (!str_i64(str_trim(number), &n))
		n = 1;
	for (size_t i = 0; i < law.n; i++)
		check(&law.v[i], country, class, n);
}
