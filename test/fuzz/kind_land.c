/* Countries: what a name finds is a country, and each spelling of it finds the same; case, outer
 * blanks and a footnote mark do not matter. */
#include "fuzz.h"

#include "kind/land.h"

static bool finds(struct str name, struct str want)
{
	struct str code;

	return land_find(name, &code) && str_eq(code, want);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str code, name;

	if (!land_find(in, &code)) {
		fuzz_must(!land_known(in), "a known code is found");
		return;
	}
	fuzz_must(land_known(code), "what is found is a country");
	fuzz_must(str_utf8_bad(in) == in.n, "what is no UTF-8 is no name");
	name = land_name(code, "en");
	fuzz_must(name.n > 0 && finds(name, code), "its English name finds it");
	name = land_name(code, "de");
	fuzz_must(name.n > 0 && finds(name, code), "its German name finds it");
	fuzz_must(finds(code, code), "its code finds it");
	fuzz_must(finds(str_lower(c, in), code), "case does not matter");
	name = str_fmt(c, "  %.*s * ", STR_ARG(in));
	fuzz_must(finds(name, code), "blanks and a footnote mark do not matter");
	fuzz_must(!land_eu(code) || !finds(STR("US"), code), "the US is no Member State");
}
