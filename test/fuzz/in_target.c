/* Identifiers: a normal form is its own normal form and as specific as what was printed; case,
 * blanks and separators that the kind passes over do not matter; no refusal repeats the value. */
#include "fuzz.h"

#include "in/draft.h"
#include "in/target.h"

static void same(struct ctx *c, struct str kind, struct str printed, struct str want)
{
	struct str got;
	int rc = target_normalise(c, kind, printed, &got);

	fuzz_must(rc == 0 && str_eq(got, want), "another way to print it has the same normal form");
}

static void normal(struct ctx *c, struct str kind, struct str printed, struct str value)
{
	struct draft_target t;
	int rc;

	fuzz_must(value.n > 0 && value.n <= DRAFT_VALUE_MAX, "a normal form within its limit");
	fuzz_must(str_utf8_bad(value) == value.n, "a normal form is UTF-8");
	same(c, kind, value, value);
	same(c, kind, str_fmt(c, "  %.*s ", STR_ARG(printed)), value);
	if (str_has_word(STR("domain device ipv6"), kind))
		same(c, kind, str_lower(c, printed), value);
	rc = draft_target_make(c, kind, value, INSTANT_NONE, &t);
	fuzz_must(rc == 0, "a normal form makes a target");
	fuzz_must(!target_specific(kind, value) || str_eq(t.value, value),
	    "a specific target's value is its normal form");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	static const char *const kinds[] = {
	    "email", "phone", "ipv4", "ipv6", "account", "domain", "url", "device"};
	struct str value, odd;
	struct draft_target t;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct str kind = str_of(kinds[i]);
		int rc = target_normalise(c, kind, in, &value);

		if (rc == 0) {
			normal(c, kind, in, value);
		} else {
			fuzz_refused(c, rc);
			err_clear(c);
		}
		rc = draft_target_make(c, kind, in, INSTANT_NONE, &t);
		fuzz_must(rc != 0 || !t.specific || str_eq(t.value, value),
		    "a draft's target has the normal form");
		fuzz_must(rc != 0 || t.specific == target_specific(kind, in),
		    "and is as specific as what was printed");
		err_clear(c);
		odd = fuzz_canary(c, in);
		rc = target_normalise(c, kind, odd, &value);
		fuzz_no_canary(c);
		err_clear(c);
		rc = draft_target_make(c, kind, odd, INSTANT_NONE, &t);
		fuzz_no_canary(c);
		err_clear(c);
	}
}
