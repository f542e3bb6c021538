/* By which channel evidence goes: any bytes give channels or a refusal at its place; what binds was
 * read at the source, and a link that may live lives within its bounds. Input: the file, a line
 * "%%", then seconds in bytes. */
#include "fuzz.h"

#include "law/channel.h"

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in);
	struct channel_law law = {0};
	int rc = channel_load(c, "fuzz", text, &law);
	struct instant from = {0}, until;

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(law.v == NULL, "nothing is returned with a refusal");
		return;
	}
	until.s = (int64_t)fuzz_u64(&in, 4);
	for (size_t i = 0; i < law.n; i++) {
		const struct channel *ch = &law.v[i];
		bool ok = channel_link_ok(ch, from, until);

		fuzz_must(ch->src.verified && ch->bytes > 0, "what binds was read at the source");
		fuzz_must(
		    ch->link_least > 0 && ch->link_least <= ch->link_most, "bounds are in order");
		fuzz_must(
		    !ok || (until.s / 86400 >= ch->link_least && until.s <= ch->link_most * 86400),
		    "a link lives within its bounds");
		fuzz_must(!str_has_word(ch->instruments, STR("EU-EPOC")) ||
			      channel_of(&law, STR("EU-EPOC")) != NULL,
		    "a channel is found by its instrument");
	}
}
