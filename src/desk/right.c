#include "desk/right.h"

#define RIGHT(id, name, on, also, roles, en, de)                                                   \
	[RIGHT_##id] = {name, RIGHT_ON_##on, RIGHT_ALSO_##also, roles, en, de},
static const struct right_rule rules[RIGHTS] = {
#include "desk/right_list.h"
};
#undef RIGHT

const struct right_rule *right_rule(enum right right)
{
	return &rules[right];
}

enum right right_of_name(struct str name)
{
	int r = 0;

	while (r < RIGHTS && !str_is(name, rules[r].name))
		r++;
	return (enum right)r;
}

int right_each(int (*fn)(enum right right, const struct right_rule *rule, void *arg), void *arg)
{
	int rc = 0;

	for (int r = 0; r < RIGHTS && rc == 0; r++)
		rc = fn((enum right)r, &rules[r], arg);
	return rc;
}

/* ---- the roles ---- */

bool right_has_ruled(const struct person *actor, enum right right, unsigned ruled)
{
	const struct right_rule *r = &rules[right];
	bool role = (actor->roles & r->roles) != 0;

	switch (r->also) {
	case RIGHT_ALSO_NAMED:
	case RIGHT_ALSO_HIDDEN:
		return role && actor->sealed;
	case RIGHT_ALSO_OR_NAMED:
		return role || actor->sealed;
	case RIGHT_ALSO_OR_RULED:
		return role || (actor->roles & ruled) != 0;
	case RIGHT_ALSO_ALONE:
		break;
	}
	return role;
}

bool right_has(const struct person *actor, enum right right)
{
	return right_has_ruled(actor, right, 0);
}

/* "reviewer counsel", in the language of the errors. */
static const char *roles_said(struct ctx *c, unsigned roles)
{
	struct str rest = person_roles_str(c, roles), word;
	struct buf b = buf_init(c, 512);

	while (str_word(&rest, &word))
		buf_fmt(&b, "%s%s", b.n > 0 ? " " : "", err_word(c, str_z(c, word)));
	return buf_str(&b).p;
}

int right_needs_ruled(struct ctx *c, const struct person *actor, enum right right, unsigned ruled)
{
	const struct right_rule *r = &rules[right];

	if (right_has_ruled(actor, right, ruled))
		return 0;
	if (r->also == RIGHT_ALSO_HIDDEN)
		return err_set(c, ERR_DENIED, "only for persons named to the compartment");
	return err_set(c, ERR_DENIED, "%s needs the role %s%s", err_word(c, r->en),
	    roles_said(c, r->roles | ruled),
	    r->also == RIGHT_ALSO_NAMED ? err_word(c, ERR_TEXT(", named to the sealed compartment"))
					: "");
}

int right_needs(struct ctx *c, const struct person *actor, enum right right)
{
	return right_needs_ruled(c, actor, right, 0);
}

/* ---- the place ---- */

static bool country_in(const struct person *actor, struct str country)
{
	return actor->lands.n == 0 || str_has_word(actor->lands, country);
}

bool right_knows(const struct person *actor, const struct right_place *place)
{
	return (place->compartment == 0 || actor->sealed) && country_in(actor, place->country);
}

int right_found(
    struct ctx *c, const struct person *actor, const struct right_place *place, const char *what)
{
	if (place == NULL || !right_knows(actor, place))
		return err_set(c, ERR_NOTFOUND, "no %s has this reference", err_word(c, what));
	return 0;
}

int right_case(struct ctx *c, const struct person *actor, enum right right,
    const struct right_place *place, const char *what)
{
	int rc = right_needs(c, actor, right);

	return rc == 0 ? right_found(c, actor, place, what) : rc;
}

int right_begin(struct ctx *c, const struct person *actor, const struct right_place *place)
{
	if (place->compartment != 0 && !actor->sealed)
		return err_set(c, ERR_DENIED,
		    "this demand belongs to a sealed compartment: a person named to it enters it");
	if (!country_in(actor, place->country))
		return err_set(c, ERR_DENIED,
		    "this demand's country is not among those you work on: somebody else enters "
		    "it");
	return 0;
}

int64_t right_within(const struct person *actor)
{
	return actor->lands.n == 0 ? 0 : actor->id;
}
