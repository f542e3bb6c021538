/* What a time stamp authority answers: nothing is taken that nobody trusted signed, and a refusal
 * repeats nothing. */
#include "fuzz.h"

#include "proof/stamp.h"

static void fuzz_one(struct ctx *c, struct str in)
{
	struct hash h = hash_of(STR("the manifest"));
	struct instant at;
	int rc = stamp_check(c, in, h, 0, STR(""), &at);

	fuzz_must(rc != 0, "no trust, no stamp");
	fuzz_refused(c, rc);
	err_clear(c);
}
