/* What a browser answers for a passkey: refusals repeat nothing of it, a registration that is taken
 * has a key of its algorithm, and no answer whatever signs in with a key that nobody here has. */
#include "fuzz.h"

#include "in/passkey.h"

static const struct passkey_house house = {
    {"https://desk.example.net", 24}, {"desk.example.net", 16}};

static struct str b64(struct ctx *c, struct str s)
{
	return text_base64url(c, s.p, s.n);
}

/* A part without the line's end that divides it from the next. */
static struct str part(struct str *in)
{
	struct str p = fuzz_part(in);

	return str_ends(p, "\n") ? (struct str){p.p, p.n - 1} : p;
}

static void refused(struct ctx *c, int rc, enum passkey_fault why)
{
	fuzz_refused(c, rc);
	fuzz_must(rc == ERR_DENIED, "every refusal is the same");
	fuzz_must(
	    strcmp(err_text(c), "the passkey's answer was not accepted") == 0, "and says the same");
	fuzz_must(why != PASSKEY_NO_FAULT && *passkey_fault_word(why) != '\0', "the log is told");
	err_clear(c);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	static const char
	    point[] = /* SEC 2's base point of P-256: nobody signs with it by chance */
	    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
	    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
	struct str id = part(&in), client = part(&in), blob = part(&in), sig = in;
	struct passkey_fields f = {
	    b64(c, id), b64(c, client), b64(c, blob), b64(c, blob), b64(c, sig), b64(c, id)};
	struct passkey_key key = {.id = id, .alg = PASSKEY_ES256}, k;
	enum passkey_fault why = PASSKEY_NO_FAULT;
	struct passkey_answer a;
	char *xy = mem_alloc(c, 64);
	uint32_t count;
	int rc = passkey_read(c, &f, &a, &why);

	fuzz_must(text_unhex((struct str){point, 128}, xy, 64), "a point");
	key.key = (struct str){xy, 64};
	if (rc != 0) {
		refused(c, rc, why);
		return;
	}
	fuzz_must(str_eq(a.id, id) && str_eq(a.client, client) && str_eq(a.attestation, blob),
	    "what was sent is read");
	rc = passkey_new(c, &house, &a, &k, &why);
	if (rc != 0) {
		refused(c, rc, why);
	} else {
		fuzz_must((k.alg == PASSKEY_ES256 && k.key.n == 64) ||
			      (k.alg == PASSKEY_EDDSA && k.key.n == 32),
		    "a key of its algorithm");
		fuzz_must(str_eq(k.id, id), "with the id that it was registered by");
	}
	rc = passkey_check(c, &house, &a, &key, &count, &why);
	fuzz_must(rc != 0, "nobody signs in with a key that nobody has");
	refused(c, rc, why);
}
