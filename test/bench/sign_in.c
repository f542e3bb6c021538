/*
 * People who are signed in, for measurements and load tests: sign_in DIR NAME ROLES N admits NAME1
 * to NAMEN (as the first admin of the instance), gives each a passkey that no device has, and a
 * session. A line for each: the cookie of the session, and the token of the API.
 *
 * With "officer" for ROLES they are officers: registered with NAMEi@NAME-K.example, confirmed by
 * the code in their letter, vetted by two people, AGENCY of them in one authority. A line for each:
 * the cookie, and the officer's reference.
 *
 * Nobody signs in so outside of a test: whoever can run this can read the keys of the instance.
 */
#include <stdio.h>

#include "desk/agency.h"
#include "desk/keyring.h"
#include "desk/outgoing.h"
#include "desk/session.h"
#include "desk/token.h"
#include "desk/vetting.h"

enum { ADMIN = 1, TOKEN = 32, PUBLIC_KEY = 64, AGENCY = 20 };

static const char key_of_age[] = "age10n7lt730qxa55gq9q55m05n7fc5cr8a7kn2n534t5yhc5c07r5xqea3mqp";

struct admit {
	struct instance *in;
	struct person by, vetter, second; /* an admin; who vets */
	const char *name;
	struct keyring_key key;
	struct str agency; /* of officers */
};

static int put_key(struct ctx *c, struct step *s, void *arg)
{
	struct admit *a = arg;
	unsigned char raw[TOKEN + PUBLIC_KEY];
	struct passkey_key k = {.alg = PASSKEY_ES256};

	ctx_random(c, raw, sizeof raw);
	k.id = (struct str){(const char *)raw, TOKEN};
	k.key = (struct str){(const char *)raw + TOKEN, PUBLIC_KEY};
	return keyring_put(c, a->in, s, a->key.person, &k, STR("none"), &a->key.id);
}

/* A session of a->key.person. */
static int sign_in(struct ctx *c, struct admit *a, struct str *ret_cookie)
{
	int rc = step_run(c, &a->in->store, "test.passkey", a->by.id, put_key, a, NULL);

	if (rc == 0)
		rc = session_open(c, a->in,
		    &(struct session_by){.person = a->key.person, .passkey = a->key.id},
		    ret_cookie);
	return rc;
}

/* ---- staff ---- */

static int add_person(struct ctx *c, struct admit *a, struct str name, unsigned roles)
{
	unsigned char raw[TOKEN];
	struct hash h;

	ctx_random(c, raw, sizeof raw);
	h = hash_of(text_hex(c, raw, sizeof raw));
	return person_add(c, a->in, &a->by, name, roles, false, -1, &h, &a->key.person);
}

/* The token of the API, with all roles of its person. */
static int put_token(struct ctx *c, struct instance *in, int64_t person, struct str *ret)
{
	struct token_new n = {.name = STR("test"), .days = 1};
	struct token_made made;
	struct hash hash;
	struct person who;
	int rc = person_get(c, in, person, &who);

	n.roles = who.roles;
	*ret = token_text(c, &hash);
	return rc == 0 ? token_make(c, in, &who, &n, &hash, &made) : rc;
}

static int admit(struct ctx *c, struct admit *a, int64_t i, unsigned roles)
{
	struct str cookie, token;
	int rc = add_person(c, a, str_fmt(c, "%s%lld", a->name, (long long)i), roles);

	if (rc == 0)
		rc = sign_in(c, a, &cookie);
	if (rc == 0)
		rc = put_token(c, a->in, a->key.person, &token);
	if (rc == 0)
		(void)printf("__Host-writ=%.*s %.*s\n", STR_ARG(cookie), STR_ARG(token));
	return rc;
}

/* ---- officers ---- */

static int vetters(struct ctx *c, struct admit *a)
{
	int rc = add_person(c, a, str_fmt(c, "%s-vetter", a->name), ROLE_INTAKE);

	if (rc == 0)
		rc = person_get(c, a->in, a->key.person, &a->vetter);
	if (rc == 0)
		rc = add_person(c, a, str_fmt(c, "%s-second", a->name), ROLE_COUNSEL);
	return rc == 0 ? person_get(c, a->in, a->key.person, &a->second) : rc;
}

static int new_agency(struct ctx *c, struct admit *a, struct str domain)
{
	struct agency_new n = {.country = STR("US"),
	    .body = STR("police"),
	    .level = STR("local"),
	    .name = str_fmt(c, "Police of %.*s", STR_ARG(domain)),
	    .reason = STR("a list")};
	bool known;
	int rc = agency_add(c, a->in, &a->vetter, &n, &a->agency);

	if (rc == 0)
		rc = agency_domain(c, a->in, &a->vetter, a->agency, domain, &known);
	return rc == 0 ? agency_domain(c, a->in, &a->second, a->agency, domain, &known) : rc;
}

struct letter {
	struct str to, code;
};

static int look_at_letter(struct ctx *c, const struct outgoing *o, void *arg)
{
	struct letter *l = arg;
	struct str head, tail;

	if (str_eq(o->to, l->to) && str_cut(o->text, ':', &head, &tail) &&
	    str_cut(tail, '\n', &head, &tail))
		l->code = str_make(c, str_trim(head));
	return 0;
}

static int registered(struct ctx *c, struct admit *a, struct str address, struct officer *ret)
{
	struct officer_form f = {.name = STR("Pat Doe"),
	    .address = address,
	    .phone = STR("+1 555 0100"),
	    .rank = STR("Detective"),
	    .authority = STR("a police department"),
	    .country = STR("US"),
	    .language = STR("en"),
	    .recipient = str_of(key_of_age)};
	struct letter l = {address, STR("")};
	bool found = false;
	int rc = officer_register(c, a->in, STR(""), &f);

	if (rc == 0)
		rc = outgoing_each(c, a->in, 10000, look_at_letter, &l);
	if (rc == 0)
		rc = officer_confirm(c, a->in, address, l.code);
	if (rc == 0)
		rc = officer_find_address(c, a->in, address, ret, &found);
	return rc == 0 && !found ? err_set(c, ERR_FAIL, "an officer is not there") : rc;
}

static int admit_officer(struct ctx *c, struct admit *a, int64_t i)
{
	struct str domain = str_fmt(c, "%s-%lld.example", a->name, (long long)((i - 1) / AGENCY));
	struct vetting v = {.source = STR("the switchboard"), .reason = STR("the sergeant")};
	struct str cookie;
	struct officer o;
	bool active = false;
	int rc = (i - 1) % AGENCY == 0 ? new_agency(c, a, domain) : 0;

	if (rc == 0)
		rc = registered(
		    c, a, str_fmt(c, "%s%lld@%.*s", a->name, (long long)i, STR_ARG(domain)), &o);
	v.agency = a->agency;
	if (rc == 0)
		rc = vetting_approve(c, a->in, &a->vetter, o.ref, &v, &active);
	if (rc == 0 && !active)
		rc = vetting_approve(c, a->in, &a->second, o.ref, &v, &active);
	a->key.person = o.person;
	if (rc == 0)
		rc = sign_in(c, a, &cookie);
	if (rc == 0)
		(void)printf("__Host-writ=%.*s %.*s\n", STR_ARG(cookie), STR_ARG(o.ref));
	return rc;
}

static int run(struct ctx *c, char **argv, int64_t n)
{
	struct admit a = {.name = argv[2]};
	bool officers = str_is(str_of(argv[3]), "officer");
	unsigned roles = 0;
	int rc = officers ? 0 : person_roles(c, str_of(argv[3]), &roles);

	if (rc == 0)
		rc = instance_open(
		    c, str_of(argv[1]), SQL_ROLE_CLI | SQL_ROLE_WEB | SQL_ROLE_SEQ, &a.in);
	if (rc == 0)
		rc = person_get(c, a.in, ADMIN, &a.by);
	if (rc == 0 && officers)
		rc = vetters(c, &a);
	for (int64_t i = 1; i <= n && rc == 0; i++)
		rc = officers ? admit_officer(c, &a, i) : admit(c, &a, i, roles);
	instance_close(&a.in);
	return rc;
}

int main(int argc, char **argv)
{
	struct ctx *c;
	int64_t n;
	int rc;

	if (argc != 5 || !str_i64(str_of(argv[4]), &n) || n < 1) {
		(void)fprintf(stderr, "usage: sign_in DIR NAME ROLES|officer N\n");
		return 64;
	}
	ctx_open(&c);
	rc = run(c, argv, n);
	if (rc != 0)
		(void)fprintf(stderr, "sign_in: %s\n", err_text(c));
	ctx_close(&c);
	return err_exit_code(rc);
}
