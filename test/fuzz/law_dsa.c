/* The EU's template as data: any bytes give a vocabulary or a refusal at its place; what the
 * vocabulary has is found again, and an order takes exactly what is for orders. Input: the file, a
 * line "%%", a category, a sub-category and a text, one a line. */
#include "fuzz.h"

#include "kind/land.h"
#include "law/dsa.h"

static void check(struct ctx *c, const struct dsa_law *law)
{
	fuzz_must(law->n_categories > 0 && law->within > 0, "there are categories and a term");
	for (size_t i = 0; i < law->n_categories; i++) {
		const struct dsa_category *k = &law->categories[i];
		struct str rest = k->keywords, word;
		struct str none = {"", 0};

		fuzz_must(dsa_category_find(law, k->code) == k, "a category is found by its code");
		fuzz_must((dsa_category_check(c, law, k->code, none, none) == 0) == k->orders,
		    "an order takes what is for orders");
		err_clear(c);
		while (k->orders && str_word(&rest, &word))
			fuzz_must(dsa_category_check(c, law, k->code, word, none) == 0,
			    "a category takes its sub-categories");
	}
	for (size_t i = 0; i < law->n_eurostat; i++)
		fuzz_must(land_eu(law->eurostat[i].iso) && !land_eu(law->eurostat[i].code),
		    "a code of its own for a Member State");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in), code, keyword, own;
	struct dsa_law *law = NULL;
	int rc = dsa_load(c, "fuzz", text, &law);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(law == NULL, "nothing is returned with a refusal");
		return;
	}
	check(c, law);
	in = fuzz_part(&in);
	(void)str_cut(in, '\n', &code, &in);
	(void)str_cut(in, '\n', &keyword, &own);
	rc = dsa_category_check(c, law, code, keyword, own);
	if (rc != 0)
		fuzz_refused(c, rc);
	else
		fuzz_must(own.n == 0 || str_is(keyword, "KEYWORD_OTHER"), "only Other has a text");
}
