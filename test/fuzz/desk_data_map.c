/* The data map: any bytes are a map that can be worked with, or a refusal at its place. */
#include "fuzz.h"

#include "desk/data_map.h"

static void check_service(struct ctx *c, const struct map_service *s)
{
	fuzz_must(str_has_word(STR("program push person"), s->connector), "a kind of connector");
	fuzz_must(str_is(s->connector, "program") == str_starts(s->program, "/"),
	    "a program has a whole path, and nothing else has one");
	fuzz_must(s->n_holds > 0 && s->limit_days >= 1 && s->expect_files >= 1 && s->seconds >= 1 &&
		      s->megabytes >= 1,
	    "nothing that is needed is missing");
	for (size_t i = 0; i < s->n_holds; i++) {
		struct str rest = s->holds[i].fields, word;

		while (str_word(&rest, &word))
			fuzz_must(map_holds(s, word) == &s->holds[i], "a field is held once");
	}
	fuzz_must(hash_eq(map_hash(c, s), map_hash(c, s)), "one entry has one hash");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct service services[] = {{.id = STR("mail")}, {.id = STR("chat")}};
	struct profile profile = {.services = services, .n_services = 2};
	struct instance inst = {.profiles = &profile, .n_profiles = 1};
	struct data_map m = {0}, odd;
	int rc = data_map_parse(c, "fuzz", in, &inst, &m);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(m.n == 0, "nothing is set");
		err_clear(c);
	}
	for (size_t i = 0; i < m.n; i++) {
		check_service(c, &m.v[i]);
		fuzz_must(data_map_find(&m, m.v[i].service) == &m.v[i], "a service stands once");
	}
	rc = data_map_parse(c, "fuzz", fuzz_canary(c, in), &inst, &odd);
	fuzz_no_canary(c);
}
