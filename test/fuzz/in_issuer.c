/* What an OpenID provider says of itself: no refusal repeats it, and every address that is taken is
 * one that can be asked: https, at the issuer's port where we ask ourselves, without a line's end.
 */
#include "fuzz.h"

#include "in/issuer.h"
#include "kind/host.h"

static void address(struct ctx *c, struct str text, bool ours)
{
	struct host h;

	fuzz_must(host_parse(c, text, "https", &h) == 0, "an address is https");
	fuzz_must(!ours || h.port == 443, "at the issuer's port");
	for (size_t i = 0; i < text.n; i++)
		fuzz_must(text.p[i] > ' ' && text.p[i] <= '~', "an address has plain characters");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str token;
	struct issuer i;
	int rc = issuer_read(c, in, STR("https://login.example.net"), &i);

	if (rc == 0) {
		address(c, i.authorize, false);
		address(c, i.token, true);
		address(c, i.keys, true);
		rc = issuer_read(c, in, STR("https://login.example.org"), &i);
		fuzz_must(rc == ERR_INVALID, "it is one issuer's");
	} else {
		fuzz_refused(c, rc);
	}
	err_clear(c);
	rc = issuer_read(c, fuzz_canary(c, in), STR("https://login.example.net"), &i);
	if (rc != 0)
		fuzz_no_canary(c);
	err_clear(c);
	rc = issuer_token(c, in, &token);
	if (rc == 0)
		fuzz_must(token.n > 0 && token.n <= in.n, "a token of the answer");
	else
		fuzz_refused(c, rc);
	err_clear(c);
}
