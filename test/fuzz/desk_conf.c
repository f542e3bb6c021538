/* writ.yaml: any bytes give a configuration that can be worked with, or a refusal at its place; the
 * profile of a day is the newest that is not after it. */
#include "fuzz.h"

#include "desk/instance_conf.h"
#include "kind/land.h"

static void check_profile(const struct instance *in, size_t i)
{
	const struct profile *p = &in->profiles[i];
	struct str rest = p->establishments, word;

	fuzz_must(i == 0 || day_cmp(p[-1].from, p->from) < 0, "profiles go from old to new");
	fuzz_must(instance_profile(in, p->from) == p, "a profile is in force on its first day");
	fuzz_must(instance_profile(in, day_add(p->from, -1)) == (i == 0 ? NULL : p - 1) ||
		      day_is_none(day_add(p->from, -1)),
	    "and not the day before");
	while (str_word(&rest, &word))
		fuzz_must(land_known(word), "establishments are countries");
	fuzz_must(p->eu_seat.n == 0 || land_eu(p->eu_seat), "a seat is in a Member State");
	fuzz_must(!p->eu_designated || p->eu_seat.n > 0, "who is designated has a seat");
	fuzz_must(p->n_services > 0, "there is a service");
	for (size_t k = 0; k < p->n_services; k++)
		fuzz_must(p->services[k].id.n > 0 &&
			      str_has_word(STR("tk_small tk_large digital"), p->services[k].class),
		    "a service has an id and a class");
	for (size_t k = 0; k < p->n_services; k++)
		fuzz_must(instance_service(p, p->services[k].id) == &p->services[k],
		    "a service is found by its id");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct instance inst = {.dir = STR("/x")}, odd = inst;
	int rc = instance_conf_parse(c, "fuzz", in, &inst);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(inst.n_profiles == 0 && inst.provider.n == 0, "nothing is set");
		err_clear(c);
	} else {
		fuzz_must(inst.provider.n > 0 && inst.zone.n > 0 && inst.database.n > 0 &&
			      inst.blobs.n > 0 && inst.keys.n > 0 && inst.origin.n > 0,
		    "nothing that is needed is empty");
		fuzz_must(inst.second_person_targets >= 1, "a second person from 1 target");
		fuzz_must(
		    inst.serve.url.n == 0 || memmem(inst.serve.url.p, inst.serve.url.n,
						 inst.serve.host.p, inst.serve.host.n) != NULL,
		    "the host is the url's");
		fuzz_must((inst.serve.url.n == 0) == (inst.serve.host.n == 0), "both or none");
		fuzz_must(inst.serve.session_idle >= 60 && inst.serve.session_end >= 3600,
		    "sessions end, and not at once");
		for (size_t i = 0; i < inst.n_profiles; i++)
			check_profile(&inst, i);
		fuzz_must(inst.dsa.given || inst.dsa.n_lines == 0, "no template without its block");
		for (size_t i = 0; i < inst.dsa.n_lines; i++)
			fuzz_must(inst.dsa.lines[i].indicator.n > 0, "an indicator has a name");
	}
	rc = instance_conf_parse(c, "fuzz", fuzz_canary(c, in), &odd);
	fuzz_no_canary(c);
}
