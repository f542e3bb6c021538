/*
 * People who are signed in, for measurements and load tests: sign_in DIR NAME ROLES N admits NAME1
 * to NAMEN (as the first admin of the instance), gives each a passkey that no device has, and a
 * session. A line for each: the cookie of the session, and the token of the API.
 *
 * Nobody signs in so outside of a test: whoever can run this can read the keys of the instance.
 */
#include <stdio.h>

#include "desk/keyring.h"
#include "desk/session.h"
#include "desk/token.h"

enum { ADMIN = 1, TOKEN = 32, PUBLIC_KEY = 64 };

struct admit {
	struct instance *in;
	struct keyring_key key;
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

static int admit(
    struct ctx *c, struct instance *in, const struct person *by, struct str name, unsigned roles)
{
	struct admit a = {.in = in};
	unsigned char raw[TOKEN];
	struct str cookie, token;
	struct hash h;
	int rc;

	ctx_random(c, raw, sizeof raw);
	h = hash_of(text_hex(c, raw, sizeof raw));
	rc = person_add(c, in, by, name, roles, false, -1, &h, &a.key.person);
	if (rc == 0)
		rc = step_run(c, &in->store, "test.passkey", by->id, put_key, &a, NULL);
	if (rc == 0)
		rc = session_open(c, in,
		    &(struct session_by){.person = a.key.person, .passkey = a.key.id}, &cookie);
	if (rc == 0)
		rc = put_token(c, in, a.key.person, &token);
	if (rc == 0)
		(void)printf("__Host-writ=%.*s %.*s\n", STR_ARG(cookie), STR_ARG(token));
	return rc;
}

static int run(struct ctx *c, char **argv, int64_t n)
{
	struct instance *in = NULL;
	struct person by;
	unsigned roles;
	int rc = person_roles(c, str_of(argv[3]), &roles);

	if (rc == 0)
		rc = instance_open(c, str_of(argv[1]), SQL_ROLE_CLI | SQL_ROLE_SEQ, &in);
	if (rc == 0)
		rc = person_get(c, in, ADMIN, &by);
	for (int64_t i = 1; i <= n && rc == 0; i++)
		rc = admit(c, in, &by, str_fmt(c, "%s%lld", argv[2], (long long)i), roles);
	instance_close(&in);
	return rc;
}

int main(int argc, char **argv)
{
	struct ctx *c;
	int64_t n;
	int rc;

	if (argc != 5 || !str_i64(str_of(argv[4]), &n) || n < 1) {
		(void)fprintf(stderr, "usage: sign_in DIR NAME ROLES N\n");
		return 64;
	}
	ctx_open(&c);
	rc = run(c, argv, n);
	if (rc != 0)
		(void)fprintf(stderr, "sign_in: %s\n", err_text(c));
	ctx_close(&c);
	return err_exit_code(rc);
}
