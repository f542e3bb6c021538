/* Tickets that came: any bytes are refused in words that repeat none of them, or say what is
 * printed as it was read, and nothing is believed that the key did not sign. */
#include "fuzz.h"

#include "proof/ticket.h"

static const char vkey[] =
    "mail.example/writ/ticket+bdc81153+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";

static void check_read(struct ctx *c, const struct ticket *t, struct hash hash)
{
	fuzz_must(hash_eq(ticket_hash(c, ticket_body(c, t)), hash), "it is printed as it was read");
	fuzz_must(t->expires.s > t->made.s, "it ends after it begins");
	fuzz_must(day_is_none(t->from) == day_is_none(t->to) &&
		      day_is_none(t->from) == instant_is_none(t->begins) &&
		      day_is_none(t->from) == instant_is_none(t->ends),
	    "a period is whole or not there");
	fuzz_must(t->nonce.n == TICKET_NONCE && t->fields->n > 0 && t->value.n > 0,
	    "there is a nonce, a field, a target");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct note_key key;
	struct ticket t;
	struct hash hash;
	struct str note;
	int rc = ticket_read(c, "fuzz", in, &t, &hash, &note);

	if (rc != 0)
		fuzz_refused(c, rc);
	else
		check_read(c, &t, hash);
	err_clear(c);
	fuzz_must(note_key_parse(c, str_of(vkey), &key) == 0, "the key reads");
	rc = ticket_open(c, "fuzz", in, &key, (struct instant){1788278460}, &t);
	fuzz_must(rc != 0 || str_is(t.ref, "7K3M-9QXR-4DTWA"), "one ticket was signed by this key");
	err_clear(c);
	rc = ticket_read(c, "fuzz", fuzz_canary(c, in), &t, &hash, &note);
	fuzz_no_canary(c);
}
