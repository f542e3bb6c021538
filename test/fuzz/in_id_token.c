/* ID tokens, beside the keys they name: head, claims, signature and the set of keys. Refusals all
 * say the same and repeat nothing; no token whatever is good by a key that nobody has; one that is
 * good by a key of its own set is good for its round, its client and its time alone. */
#include "fuzz.h"

#include "in/id_token.h"

static struct str part(struct str *in)
{
	struct str p = fuzz_part(in);

	return str_ends(p, "\n") ? (struct str){p.p, p.n - 1} : p;
}

static void refused(struct ctx *c, int rc, enum id_token_fault why)
{
	fuzz_refused(c, rc);
	fuzz_must(rc == ERR_DENIED, "every refusal is the same");
	fuzz_must(strcmp(err_text(c), "the ID token was not accepted") == 0, "and says the same");
	fuzz_must(why != ID_TOKEN_NO_FAULT && *id_token_fault_word(why) != '\0', "the log is told");
	err_clear(c);
}

static void never(struct ctx *c, struct str token, const struct json *keys,
    struct id_token_want want, const char *property)
{
	enum id_token_fault why = ID_TOKEN_NO_FAULT;
	struct str sub;
	int rc = id_token_check(c, token, keys, &want, &sub, &why);

	fuzz_must(rc != 0, property);
	refused(c, rc, why);
}

static void good(struct ctx *c, struct str token, const struct json *keys,
    struct id_token_want want, struct str sub)
{
	struct id_token_want w = want;

	fuzz_must(id_token_subject_ok(sub), "a subject is plain");
	w.nonce = STR("another");
	never(c, token, keys, w, "it is of one round");
	w = want;
	w.client = STR("another");
	never(c, token, keys, w, "it is for one client");
	w = want;
	w.issuer = STR("https://another.example");
	never(c, token, keys, w, "it is of one issuer");
	w = want;
	w.now.s += (int64_t)ID_TOKEN_AGE + 2 * ID_TOKEN_SKEW + 1;
	never(c, token, keys, w, "it is good for some minutes");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	/* SEC 2's base point of P-256, whose private half is 1: nobody signs with it by chance */
	static const char nobody[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"one\","
				     "\"x\":\"axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY\","
				     "\"y\":\"T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU\"}]}";
	struct str head = part(&in), claims = part(&in), sig = part(&in);
	struct str token = str_fmt(c, "%s.%s.%s", text_base64url(c, head.p, head.n).p,
	    text_base64url(c, claims.p, claims.n).p, text_base64url(c, sig.p, sig.n).p);
	struct id_token_want want = {.issuer = STR("https://login.example.net"),
	    .client = STR("writ"),
	    .nonce = STR("nonce"),
	    .now = {c->fixed_now},
	    .since = INSTANT_NONE};
	enum id_token_fault why = ID_TOKEN_NO_FAULT;
	struct json *keys;
	struct str sub;
	int rc = jwk_set_read(c, str_of(nobody), &keys);

	fuzz_must(rc == 0, "a set");
	never(c, token, keys, want, "nobody signs with a key that nobody has");
	never(c, in, keys, want, "nor with anything else");
	rc = jwk_set_read(c, in, &keys);
	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		rc = jwk_set_read(c, fuzz_canary(c, in), &keys);
		fuzz_no_canary(c);
		err_clear(c);
		return;
	}
	rc = id_token_check(c, token, keys, &want, &sub, &why);
	if (rc != 0)
		refused(c, rc, why);
	else
		good(c, token, keys, want, sub);
}
