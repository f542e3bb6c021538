/* References: the canonical form is read as itself, small letters and missing hyphens do not
 * matter, and one wrong character or two swapped neighbours are always found. */
#include "fuzz.h"

#include "kind/id.h"

static bool reads_as(struct ctx *c, struct str s, const struct id *want)
{
	struct id id;
	int rc = id_parse(c, s, &id);

	err_clear(c);
	return rc == 0 && str_eq(id_str(&id), id_str(want));
}

/* One wrong character, and two neighbours swapped, at every place. */
static void mutate(struct ctx *c, const struct id *id, char ch)
{
	struct id other;

	for (size_t i = 0; id->z[i] != '\0'; i++) {
		other = *id;
		if (id->z[i] == '-' || id->z[i] == ch)
			continue;
		other.z[i] = ch;
		fuzz_must(!reads_as(c, id_str(&other), &other), "one wrong character is found");
	}
	for (size_t i = 0; id->z[i + 1] != '\0'; i++) {
		other = *id;
		if (id->z[i] == '-' || id->z[i + 1] == '-' || id->z[i] == id->z[i + 1])
			continue;
		other.z[i] = id->z[i + 1];
		other.z[i + 1] = id->z[i];
		fuzz_must(!reads_as(c, id_str(&other), &other), "two swapped neighbours are found");
	}
}

static void fuzz_one(struct ctx *c, struct str in)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct str rest = in;
	char ch = alphabet[fuzz_byte(&rest) % 32];
	struct id id;
	int rc = id_parse(c, in, &id);

	if (rc == 0) {
		fuzz_must(reads_as(c, id_str(&id), &id), "the canonical form is read as itself");
		fuzz_must(
		    reads_as(c, str_lower(c, id_str(&id)), &id), "small letters do not matter");
		mutate(c, &id, ch);
	} else {
		fuzz_refused(c, rc);
		err_clear(c);
	}
	c->fixed_seed = 1 + fuzz_u64(&rest, 8) % (UINT64_MAX - 1);
	id = id_make(c);
	fuzz_must(reads_as(c, id_str(&id), &id), "a fresh reference is one");
	mutate(c, &id, ch);
	rc = id_parse(c, fuzz_canary(c, in), &id);
	fuzz_no_canary(c);
}
