#include "desk/pin.h"

#include "base/mem.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", label[] = "deposit.pin";

static char letter_of(char ch)
{
	if (ch >= 'a' && ch <= 'z')
		ch = (char)(ch - 'a' + 'A');
	return ch == 'O' ? '0' : ch == 'I' || ch == 'L' ? '1' : ch;
}

static struct hash hash_of_pin(
    struct ctx *c, const struct instance *in, int64_t laid, struct str pin)
{
	struct buf b = buf_init(c, 4 * PIN_LETTERS + 32);

	buf_fmt(&b, "%lld ", (long long)laid);
	for (size_t i = 0; i < pin.n && i < 2 * PIN_LETTERS + 8; i++)
		if (pin.p[i] != ' ' && pin.p[i] != '-')
			buf_putc(&b, letter_of(pin.p[i]));
	return vault_token(in->store.vault, label, buf_str(&b));
}

int pin_make(struct ctx *c, struct instance *in, int64_t laid, struct str *ret)
{
	unsigned char raw[PIN_LETTERS];
	char *text = mem_alloc(c, PIN_LETTERS + 1);
	struct hash h;
	int rc;

	ctx_random(c, raw, sizeof raw);
	for (size_t i = 0; i < PIN_LETTERS; i++)
		text[i] = letters[raw[i] & 31];
	text[PIN_LETTERS] = '\0';
	explicit_bzero(raw, sizeof raw);
	h = hash_of_pin(c, in, laid, str_of(text));
	rc = db_run(c, in->store.db, SQL_PIN_PUT,
	    DB_ARGS(db_int(laid), db_blob(hash_str(&h)), db_int(ctx_now(c)),
		db_int(in->delivery.tries)),
	    NULL);
	if (rc == 0)
		*ret = str_of(text);
	return rc;
}

int pin_try(struct ctx *c, struct instance *in, int64_t laid, struct str pin, enum pin_found *ret,
    struct hash *ret_hash)
{
	const struct db_val *row;
	int64_t changed = 0;
	int rc = db_run(c, in->store.db, SQL_PIN_TRY, DB_ARGS(db_int(laid)), &changed);

	*ret_hash = hash_of_pin(c, in, laid, pin);
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_PIN_FIND, DB_ARGS(db_int(laid)), &row);
	if (rc != 0)
		return rc;
	if (row == NULL)
		*ret = PIN_NONE;
	else if (changed == 0)
		*ret = row[5].kind != DB_NULL ? PIN_USED : PIN_LOCKED;
	else
		*ret = str_eq_secret(row[0].s, hash_str(ret_hash)) ? PIN_RIGHT : PIN_WRONG;
	return 0;
}

int pin_take(struct ctx *c, struct instance *in, int64_t laid, struct hash hash)
{
	int64_t now = ctx_now(c), changed = 0;
	int rc = db_run(c, in->store.db, SQL_PIN_TAKE,
	    DB_ARGS(db_int(now), db_int(laid), db_blob(hash_str(&hash)),
		db_int(now - PIN_RUNS_SECONDS)),
	    &changed);

	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_CONFLICT,
		    "a download with this PIN runs already: wait until it has ended");
	return rc;
}

int pin_end(struct ctx *c, struct instance *in, int64_t laid, struct hash hash, bool whole)
{
	if (whole)
		return db_run(c, in->store.db, SQL_PIN_USE,
		    DB_ARGS(db_int(ctx_now(c)), db_int(laid), db_blob(hash_str(&hash))), NULL);
	return db_run(
	    c, in->store.db, SQL_PIN_BACK, DB_ARGS(db_int(laid), db_blob(hash_str(&hash))), NULL);
}

int pin_state(struct ctx *c, struct instance *in, int64_t laid, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_PIN_FIND, DB_ARGS(db_int(laid)), &row);

	if (rc != 0)
		return rc;
	if (row == NULL)
		*ret = STR("none");
	else if (row[5].kind != DB_NULL)
		*ret = STR("used");
	else if (row[3].num >= row[2].num)
		*ret = STR("locked");
	else if (row[4].kind != DB_NULL && row[4].num >= ctx_now(c) - PIN_RUNS_SECONDS)
		*ret = STR("running");
	else
		*ret = STR("ready");
	return 0;
}

struct str pin_shown(struct ctx *c, struct str pin)
{
	size_t half = pin.n / 2;

	return str_fmt(c, "%.*s-%.*s", (int)half, pin.p, (int)(pin.n - half), pin.p + half);
}
