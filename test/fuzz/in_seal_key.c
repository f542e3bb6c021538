/* The key that an officer gives: what is read is read as the same again, has a fingerprint of its
 * kind, and a refusal repeats nothing of the key. */
#include "fuzz.h"

#include "in/seal_key.h"

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct instant now = {1798761600};
	struct seal_key k, again;
	int rc = seal_key_read(c, in, now, &k);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		(void)seal_key_name(c, in, &k);
		return;
	}
	fuzz_must(seal_key_shape(k.text) == NULL, "what is read keeps its shape");
	fuzz_must(seal_key_read(c, k.text, now, &again) == 0, "and is read again");
	fuzz_must(
	    again.kind == k.kind && str_eq(again.text, k.text) && str_eq(again.print, k.print),
	    "as the same");
	fuzz_must(k.kind == SEAL_AGE || k.print.n == (k.kind == SEAL_CMS ? 64 : 40),
	    "with a fingerprint of its kind");
	fuzz_must(seal_key_name(c, in, &again) && str_eq(again.print, k.print), "and a name");
}
