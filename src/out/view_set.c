#include "out/view_set.h"

#include "in/seal_key.h"

void view_set_day(struct ctx *c, struct json *j, const char *key, struct day d)
{
	if (!day_is_none(d))
		json_set_text(c, j, key, day_str(c, d));
}

void view_set_instant(struct ctx *c, struct json *j, const char *key, struct instant t)
{
	if (!instant_is_none(t))
		json_set_text(c, j, key, instant_str(c, t));
}

int view_set_person(struct ctx *c, struct instance *in, struct json *j, const char *key, int64_t id)
{
	struct str name;
	int rc = id == 0 ? 0 : person_name(c, in, id, &name);

	if (rc == 0 && id != 0)
		json_set_text(c, j, key, name);
	return rc;
}

void view_set_instrument(struct ctx *c, const struct instance *in, struct json *j, struct str id)
{
	const struct instrument *i = pack_instrument(in->law, id);

	json_set_text(c, j, "instrument", id);
	if (i == NULL)
		return;
	json_set_text(c, j, "title", i->en);
	json_set_text(c, j, "title_de", i->de);
}

void view_set_seal(struct ctx *c, struct json *j, struct str recipient)
{
	struct seal_key key;

	if (!seal_key_name(c, recipient, &key))
		return;
	json_set_text(c, j, "seal", str_of(seal_kind_word(key.kind)));
	json_set_text(
	    c, j, "seal_key", key.kind == SEAL_AGE ? key.print : seal_key_groups(c, key.print));
}
