#include "out/view_people.h"

#include "base/mem.h"
#include "desk/keyring.h"
#include "desk/token.h"

struct people {
	struct person *v;
	size_t n, cap;
};

/* Officers have no role, and are not of the house. */
static int gather(struct ctx *c, const struct person *p, void *arg)
{
	struct people *all = arg;

	if (p->roles == 0)
		return 0;
	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n] = *p;
	all->v[all->n].handle = str_make(c, p->handle);
	all->v[all->n++].lands = str_make(c, p->lands);
	return 0;
}

/* A person's, without those that are over. */
static int set_tokens(struct ctx *c, struct instance *in, const struct person *actor,
    const struct person *p, struct json *j)
{
	struct json *view, *good = json_list(c);
	const struct json *all;
	int rc = token_view(c, in, actor, p->id, &view);

	if (rc != 0)
		return rc;
	all = json_find(view, "tokens");
	for (size_t i = 0; i < all->n; i++) {
		const struct json *is_good = json_find(all->at[i], "good");

		if (is_good != NULL && is_good->yes)
			json_add(c, good, all->at[i]);
	}
	json_set(c, j, "tokens", good);
	return 0;
}

static int set_keys(struct ctx *c, struct instance *in, const struct person *p, struct json *j)
{
	struct keyring ring;
	int rc = keyring_of(c, in, p->id, &ring);

	if (rc == 0)
		json_set_int(c, j, "passkeys", (int64_t)ring.live);
	return rc;
}

static struct json *words_of(struct ctx *c, struct str rest)
{
	struct json *list = json_list(c);
	struct str word;

	while (str_word(&rest, &word))
		json_add(c, list, json_of_text(c, word));
	return list;
}

static int add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct person *p, struct json *list)
{
	struct json *j = json_map(c);
	int rc = 0;

	json_set_text(c, j, "person", p->handle);
	json_set(c, j, "roles", words_of(c, person_roles_str(c, p->roles)));
	json_set_bool(c, j, "active", p->active);
	if (right_has(actor, RIGHT_PERSON_NAMED))
		json_set_bool(c, j, "sealed", p->sealed);
	if (p->lands.n > 0)
		json_set_text(c, j, "countries", p->lands);
	if (right_has(actor, RIGHT_PERSON_PASSKEYS))
		rc = set_keys(c, in, p, j);
	if (rc == 0 && right_has(actor, RIGHT_PERSON_TOKENS))
		rc = set_tokens(c, in, actor, p, j);
	json_add(c, list, j);
	return rc;
}

int view_people(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	struct people all = {0};
	int rc = right_needs(c, actor, RIGHT_PERSON_READ);

	if (rc == 0)
		rc = person_each(c, in, gather, &all);
	for (size_t i = 0; i < all.n && rc == 0; i++)
		rc = add(c, in, actor, &all.v[i], list);
	if (rc == 0)
		*ret = list;
	return rc;
}
