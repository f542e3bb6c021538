#include "desk/challenge.h"

#include "base/mem.h"

enum { RANDOM = 16, END = 8, MARK = 16 };

static struct str mark(struct ctx *c, const struct instance *in, const char *purpose,
    struct str bound, const char *front)
{
	struct hash inner = hash_of(bound);
	struct buf b = buf_init(c, 256);
	struct hash h;

	buf_put(&b, (struct str){front, RANDOM + END});
	buf_put(&b, hash_str(&inner));
	buf_puts(&b, purpose);
	h = vault_token(in->store.vault, "challenge", buf_str(&b));
	return (struct str){mem_dup(c, h.b, MARK), MARK};
}

struct str challenge_make(
    struct ctx *c, const struct instance *in, const char *purpose, struct str bound)
{
	char *z = mem_alloc(c, CHALLENGE_SIZE);
	uint64_t until = (uint64_t)(ctx_now(c) + CHALLENGE_SECONDS);

	ctx_random(c, z, RANDOM);
	for (int i = 0; i < END; i++)
		z[RANDOM + i] = (char)(until >> (56 - 8 * i) & 255);
	memcpy(z + RANDOM + END, mark(c, in, purpose, bound, z).p, MARK);
	return (struct str){z, CHALLENGE_SIZE};
}

static int64_t until_of(struct str challenge)
{
	uint64_t v = 0;

	for (int i = 0; i < END; i++)
		v = v << 8 | (unsigned char)challenge.p[RANDOM + i];
	return v > INT64_MAX ? 0 : (int64_t)v;
}

bool challenge_good(struct ctx *c, const struct instance *in, const char *purpose, struct str bound,
    struct str challenge, struct instant *ret_made)
{
	int64_t now = ctx_now(c), until;

	if (challenge.n != CHALLENGE_SIZE ||
	    !str_eq_secret(mark(c, in, purpose, bound, challenge.p),
		(struct str){challenge.p + RANDOM + END, MARK}))
		return false;
	until = until_of(challenge);
	*ret_made = (struct instant){until - CHALLENGE_SECONDS};
	return now < until && until <= now + CHALLENGE_SECONDS;
}

int challenge_use(struct ctx *c, struct instance *in, struct str challenge)
{
	struct hash h = hash_of(challenge);
	int64_t changed;
	int rc = db_run(c, in->store.db, SQL_CHALLENGE_SWEEP, DB_ARGS(db_int(ctx_now(c))), NULL);

	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_CHALLENGE_USE,
		    DB_ARGS(db_blob(hash_str(&h)), db_int(until_of(challenge))), &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_CONFLICT, "the challenge was answered before");
	return rc;
}
