/* Bands: any bytes give structures or a refusal at its place; a band holds its number, is as wide
 * as its structure says, and begins at a multiple of the width; no report may precede its period's
 * end. Input: the file, a line "%%", numbers. */
#include "fuzz.h"

#include "law/band.h"

static void check_category(
    const struct band_structure *s, const struct band_category *k, struct day end)
{
	struct day first = band_earliest(s, k, end), service = band_new_service(s, k, end);

	fuzz_must(day_is_none(first) || day_cmp(first, end) > 0, "not before the period is over");
	fuzz_must(
	    day_is_none(service) || day_cmp(service, end) > 0, "not before the service began");
}

static void check(struct ctx *c, const struct band_structure *s, struct str in)
{
	int64_t n = (int64_t)(fuzz_u64(&in, 4)), released = (int64_t)(fuzz_u64(&in, 4));
	struct day end = {(int32_t)(fuzz_u64(&in, 3) % 3652059) - 719162};
	struct period p = {day_add_months(end, -6), end};
	struct band b;
	int rc = band_of(c, s, n, released, &b);

	fuzz_must((rc == 0) == (released <= n && s->width > 0), "a width and no more than all");
	err_clear(c);
	if (rc == 0) {
		fuzz_must(b.lo <= n && n <= b.hi, "the number is within");
		fuzz_must(
		    b.lo % s->width == 0 || b.lo == released || b.lo == b.hi - 1, "the lower edge");
		fuzz_must((b.hi + 1) % s->width == 0, "the upper edge");
		fuzz_must(b.hi - b.lo < s->width || released > 0, "no wider than the structure");
	}
	for (size_t i = 0; i < s->n_categories; i++)
		check_category(s, &s->categories[i], end);
	(void)band_fits(s, p);
	fuzz_must(day_is_none(p.from) || band_conflict(s, p, s, p) == NULL || s->never_again,
	    "the same report again is no conflict");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in), words = fuzz_part(&in);
	const struct band_structure **chosen;
	struct band_law *law = NULL;
	size_t n;
	int rc = band_load(c, "fuzz", text, &law);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(law == NULL, "nothing is returned with a refusal");
		return;
	}
	for (size_t i = 0; i < law->n; i++) {
		fuzz_must(band_find(law, law->v[i].id) != NULL, "a structure is found by its id");
		check(c, &law->v[i], in);
	}
	/* a line of writ.yaml is text */
	if (str_utf8_bad(words) < words.n)
		return;
	for (size_t i = 0; i < words.n; i++)
		if ((unsigned char)words.p[i] < ' ' || words.p[i] == 127)
			return;
	rc = band_choose(c, law, words, &chosen, &n);
	if (rc != 0)
		fuzz_refused(c, rc);
	for (size_t i = 0; rc == 0 && i < n; i++)
		fuzz_must(chosen[i]->width > 0 && chosen[i]->src.verified,
		    "only verified structures with a width are chosen");
}
