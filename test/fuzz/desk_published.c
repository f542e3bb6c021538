/* A published report checked by a mapping file: any bytes are refused with a place, or give
 * findings that can be shown and add up. Input: the mapping file, a line "%%", the file. */
#include "fuzz.h"

#include "desk/published.h"

static void check_text(struct str s, bool needed)
{
	fuzz_must(!needed || s.n > 0, "a finding says what it is");
	fuzz_must(str_utf8_bad(s) == s.n, "a finding is UTF-8");
	for (size_t i = 0; i < s.n; i++)
		fuzz_must((unsigned char)s.p[i] >= 32 && s.p[i] != 127,
		    "a finding has no control characters");
}

static void check_result(const struct published *p)
{
	int64_t n[2] = {0, 0};
	size_t rows = 0;

	for (size_t i = 0; i < p->n_findings; i++) {
		const struct table_finding *f = &p->findings[i].what;

		check_text(f->text, true);
		check_text(f->right, false);
		check_text(f->where, false);
		fuzz_must(f->rule != NULL, "a finding has a rule");
		n[f->degree]++;
	}
	fuzz_must(n[TABLE_IMPOSSIBLE] <= p->impossible && n[TABLE_SUSPICIOUS] <= p->suspicious,
	    "what is shown is counted");
	fuzz_must(p->n_findings >= TABLE_FINDINGS_MAX || (n[TABLE_IMPOSSIBLE] == p->impossible &&
							     n[TABLE_SUSPICIOUS] == p->suspicious),
	    "what is counted is shown, up to the limit");
	fuzz_must(p->fine >= 0, "no comparison is less than none");
	for (size_t i = 0; i < p->n_tables; i++) {
		const struct table_fit *fit = &p->tables[i].fit;

		rows += p->tables[i].rows;
		fuzz_must(fit->requests + fit->accounts + fit->both + fit->neither <=
			      (int64_t)p->tables[i].rows,
		    "a row votes once");
	}
	for (size_t i = 0; i < p->n_aliases; i++)
		fuzz_must(p->aliases[i].code.n == 2 && rows > 0, "an alias is of a row's country");
}

/* Each printed band is counted once, and what is told of it lies in the band or contradicts it. */
static void check_bands(const struct published_bands *b)
{
	int64_t listed = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct published_band *x = &b->v[i];

		listed++;
		fuzz_must(x->lo >= 0 && x->lo < x->hi, "a band is a range");
		fuzz_must(x->undecided == (x->n_ways == 0), "a band that is listed has a reason");
		for (size_t w = 0; w < x->n_ways; w++) {
			const struct published_way *way = &x->ways[w];

			fuzz_must(way->n_because > 0, "what is inferred rests on figures");
			fuzz_must(way->contradiction || way->lo <= way->hi, "edges in order");
			fuzz_must(way->contradiction || way->lo > x->lo || way->hi < x->hi ||
				      way->has_hole,
			    "what is told narrows the band");
		}
	}
	fuzz_must(b->hold >= 0 && b->contradicted >= 0, "nothing is counted below zero");
	fuzz_must(
	    b->n == PUBLISHED_BANDS_MAX || listed == b->narrowed + b->narrowed_if + b->undecided,
	    "each band once");
}

static int check(struct ctx *c, struct str map, struct str bytes, struct published *ret)
{
	struct published_file file = {STR("file"), bytes};

	return published_check(c, "map", map, &file, 1, ret);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str map = fuzz_part(&in);
	struct published p;
	int rc = check(c, map, in, &p);

	if (rc == 0) {
		check_result(&p);
		check_bands(&p.bands);
	} else {
		fuzz_refused(c, rc);
	}
	fuzz_must(rc == 0 || str_starts(str_of(err_text(c)), "map:") ||
		      str_starts(str_of(err_text(c)), "file:"),
	    "a refusal begins with the place");
	err_clear(c);
	if (memmem(map.p, map.n, FUZZ_CANARY, sizeof FUZZ_CANARY - 1) != NULL)
		return;
	rc = check(c, map, fuzz_canary(c, in), &p);
	if (rc != 0)
		fuzz_no_canary(c);
}
