#include "desk/oidc.h"

#include "desk/challenge.h"
#include "kind/host.h"

enum { TOKEN = 32, COOKIE_MAX = 3000, URL_MAX = 4096, ROW_MORE = 60 };

static const char *const aim_words[OIDC_AIMS] = {"sign_in", "again", "link", "own"};

/* ---- the issuer, as it was read ---- */

int oidc_issuer_get(struct ctx *c, struct instance *in, struct oidc_issuer *ret)
{
	struct oidc_issuer o = {.read = INSTANT_NONE, .tried = INSTANT_NONE, .fault = STR("")};
	const struct db_val *row;
	int rc =
	    db_find(c, in->store.db, SQL_OIDC_ISSUER_FIND, DB_ARGS(db_text(in->oidc.issuer)), &row);

	if (rc == 0 && row != NULL) {
		o.read = row[0].num == 0 ? INSTANT_NONE : (struct instant){row[0].num};
		o.tried = (struct instant){row[1].num};
		o.fault = row[2].s;
		o.keys = row[4].s;
		o.known = row[0].num > 0 && ctx_now(c) < row[0].num + OIDC_FRESH_SECONDS;
		if (o.known && issuer_read(c, row[3].s, in->oidc.issuer, &o.at) != 0) {
			err_clear(c); /* read by a program with other rules */
			o.known = false;
		}
	}
	if (rc == 0)
		*ret = o;
	return rc;
}

int oidc_issuer_put(struct ctx *c, struct instance *in, struct str document, struct str keys)
{
	return db_run(c, in->store.db, SQL_OIDC_ISSUER_PUT,
	    DB_ARGS(db_text(in->oidc.issuer), db_int(ctx_now(c)), db_text(document), db_text(keys)),
	    NULL);
}

int oidc_issuer_fault(struct ctx *c, struct instance *in, const char *word)
{
	return db_run(c, in->store.db, SQL_OIDC_ISSUER_FAULT,
	    DB_ARGS(db_text(in->oidc.issuer), db_int(ctx_now(c)), db_text(str_of(word))), NULL);
}

/* ---- what is made of a state ---- */

/* 43 characters: 256 bits that only we can compute (RFC 7636, 4.1). */
static struct str verifier_of(struct ctx *c, const struct instance *in, struct str state)
{
	struct hash h = vault_token(in->store.vault, "oidc.verifier", state);

	return text_base64url(c, h.b, HASH_SIZE);
}

static struct str nonce_of(struct ctx *c, const struct instance *in, struct str state)
{
	struct hash h = vault_token(in->store.vault, "oidc.nonce", state);

	return text_base64url(c, h.b, HASH_SIZE);
}

struct str oidc_redirect(struct ctx *c, const struct instance *in)
{
	return str_fmt(c, "%.*s/sign-in/oidc/back", STR_ARG(in->serve.url));
}

/* ---- the cookie: a random word, and what the round is for; the state is bound to all of it ----
 */

static struct str cookie_make(struct ctx *c, const struct oidc_trip *trip)
{
	struct json *j = json_map(c);
	unsigned char raw[TOKEN];
	struct str text;

	ctx_random(c, raw, sizeof raw);
	json_set_text(c, j, "aim", str_of(aim_words[trip->aim]));
	json_set_int(c, j, "session", trip->session);
	json_set_text(c, j, "what", trip->what);
	json_set_text(c, j, "back", trip->back);
	text = json_str(c, j);
	return str_fmt(
	    c, "%s.%s", text_hex(c, raw, sizeof raw).p, text_base64url(c, text.p, text.n).p);
}

bool oidc_trip_read(struct ctx *c, struct str cookie, struct oidc_trip *ret)
{
	struct oidc_trip t = {0};
	const struct json *session;
	unsigned char raw[TOKEN];
	struct str word, rest, text;
	struct json *j;

	if (cookie.n > COOKIE_MAX || !str_cut(cookie, '.', &word, &rest) ||
	    !text_unhex(word, raw, sizeof raw) || !text_unbase64url(c, rest, &text))
		return false;
	if (json_parse(c, "a cookie", text, &j) != 0) {
		err_clear(c);
		return false;
	}
	while (t.aim < OIDC_AIMS && !str_is(json_text(j, "aim"), aim_words[t.aim]))
		t.aim++;
	session = json_find(j, "session");
	if (t.aim == OIDC_AIMS || session == NULL || session->kind != JSON_INT)
		return false;
	t.session = session->num;
	t.what = json_text(j, "what");
	t.back = json_text(j, "back");
	*ret = t;
	return true;
}

/* ---- going ---- */

static void add(struct buf *b, char sep, const char *name, struct str value)
{
	buf_fmt(b, "%c%s=", sep, name);
	host_escape(b, value);
}

static int url_make(struct ctx *c, const struct instance *in, struct str authorize,
    struct str state, bool fresh, struct str *ret)
{
	struct hash challenge = hash_of(verifier_of(c, in, state));
	struct buf b = buf_init(c, URL_MAX);

	buf_put(&b, authorize);
	add(&b, str_has(authorize, '?') ? '&' : '?', "response_type", STR("code"));
	add(&b, '&', "client_id", in->oidc.client);
	add(&b, '&', "redirect_uri", oidc_redirect(c, in));
	add(&b, '&', "scope", STR("openid"));
	add(&b, '&', "state", text_base64url(c, state.p, state.n));
	add(&b, '&', "nonce", nonce_of(c, in, state));
	add(&b, '&', "code_challenge", text_base64url(c, challenge.b, HASH_SIZE));
	add(&b, '&', "code_challenge_method", STR("S256"));
	if (fresh) {
		add(&b, '&', "prompt", STR("login"));
		add(&b, '&', "max_age", STR("0"));
	}
	return buf_end(&b, "an address at the issuer", ret);
}

int oidc_start(struct ctx *c, struct instance *in, const struct oidc_trip *trip,
    struct str *ret_url, struct str *ret_cookie)
{
	struct oidc_issuer o;
	struct str cookie, state;
	int rc;

	if (in->oidc.issuer.n == 0)
		return err_set(c, ERR_NOTFOUND, "this house has no OpenID provider");
	if (in->serve.url.n == 0)
		return err_set(c, ERR_INVALID,
		    "writ.yaml: url is missing: the provider sends browsers back there");
	rc = oidc_issuer_get(c, in, &o);
	if (rc == 0 && !o.known)
		rc = err_set(c, ERR_CONFLICT,
		    "the sign-in service cannot be reached at present: use a passkey, or try "
		    "later");
	if (rc != 0)
		return rc;
	cookie = cookie_make(c, trip);
	state = challenge_make(c, in, "oidc", cookie);
	rc = url_make(c, in, o.at.authorize, state, trip->aim != OIDC_SIGN_IN, ret_url);
	if (rc == 0)
		*ret_cookie = cookie;
	return rc;
}

/* ---- coming back ---- */

static int refused(struct ctx *c, const char **why, const char *word)
{
	*why = word;
	return err_set(c, ERR_DENIED, "this sign-in was not accepted: begin anew");
}

/* Whose answer it is: another issuer that a browser was led to would name itself, or be silent
 * where ours is not (RFC 9207, 2.4). */
static int issuer_check(
    struct ctx *c, struct instance *in, const struct oidc_back *back, const char **why)
{
	struct oidc_issuer o;
	int rc;

	if (back->iss.n > 0)
		return str_eq_secret(in->oidc.issuer, back->iss) ? 0
								 : refused(c, why, "round_issuer");
	rc = oidc_issuer_get(c, in, &o);
	if (rc == 0 && o.known && o.at.says_self)
		rc = refused(c, why, "round_issuer");
	return rc;
}

static int room_check(struct ctx *c, struct instance *in, const struct oidc_back *back)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_OIDC_ROUND_WAITING,
	    DB_ARGS(db_blob(hash_str(&back->source))), &row);

	if (rc == 0 && (row[0].num >= OIDC_WAITING || row[1].num >= OIDC_WAITING_SOURCE))
		rc =
		    err_set(c, ERR_LIMIT, "too many sign in at this moment: try again in a minute");
	return rc;
}

static int row_put(struct ctx *c, struct instance *in, const struct oidc_back *back,
    struct str state, struct instant began, const struct oidc_trip *trip, const char **why)
{
	struct hash browser = hash_of(back->cookie);
	int64_t changed;
	int rc = db_run(c, in->store.db, SQL_OIDC_ROUND_PUT,
	    DB_ARGS(db_blob(state), db_blob(hash_str(&browser)), db_blob(hash_str(&back->source)),
		db_int(trip->aim != OIDC_SIGN_IN), db_int(began.s),
		db_int(began.s + CHALLENGE_SECONDS + ROW_MORE),
		db_blob(vault_seal(c, in->store.vault, "oidc_round.code", back->code))),
	    &changed);

	return rc == 0 && changed == 0 ? refused(c, why, "round_replay") : rc;
}

int oidc_arrive(
    struct ctx *c, struct instance *in, const struct oidc_back *back, const char **ret_why)
{
	struct oidc_trip trip;
	struct instant began;
	struct str state;
	int rc;

	if (in->oidc.issuer.n == 0)
		return err_set(c, ERR_NOTFOUND, "this house has no OpenID provider");
	if (back->cookie.n == 0 || !oidc_trip_read(c, back->cookie, &trip))
		return refused(c, ret_why, "round_browser");
	if (!text_unbase64url(c, back->state, &state) ||
	    !challenge_good(c, in, "oidc", back->cookie, state, &began))
		return refused(c, ret_why, "round_state");
	rc = issuer_check(c, in, back, ret_why);
	if (rc != 0)
		return rc;
	if (back->error.n > 0)
		return refused(c, ret_why, "round_declined");
	if (back->code.n == 0)
		return refused(c, ret_why, "round_code");
	rc = room_check(c, in, back);
	return rc == 0 ? row_put(c, in, back, state, began, &trip, ret_why) : rc;
}

/* ---- the process that asks ---- */

int oidc_next(struct ctx *c, struct instance *in, struct oidc_round *ret)
{
	const struct db_val *row;
	struct oidc_round r;
	struct str state;
	int64_t changed;
	int rc = db_find(c, in->store.db, SQL_OIDC_ROUND_NEXT, DB_NO_ARGS, &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no round waits");
	if (rc != 0)
		return rc;
	state = row[1].s;
	r = (struct oidc_round){.id = row[0].num,
	    .fresh = row[2].num == 1,
	    .began = db_get_instant(row[3]),
	    .verifier = verifier_of(c, in, state),
	    .nonce = nonce_of(c, in, state)};
	rc = vault_unseal(c, in->store.vault, "oidc_round.code", row[4].s, &r.code);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_OIDC_ROUND_TAKE, DB_ARGS(db_int(r.id)), &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_NOTFOUND, "another took it");
	if (rc == 0)
		*ret = r;
	return rc;
}

int oidc_end(struct ctx *c, struct instance *in, int64_t id, struct str sub, const char *fault)
{
	struct db_val ct = sub.n == 0
			       ? db_null()
			       : db_blob(vault_seal(c, in->store.vault, "oidc_round.subject", sub));

	return db_run(c, in->store.db, SQL_OIDC_ROUND_END,
	    DB_ARGS(db_text(sub.n == 0 ? STR("bad") : STR("good")), db_text(str_of(fault)), ct,
		db_int(id)),
	    NULL);
}

int oidc_sweep(struct ctx *c, struct instance *in)
{
	return db_run(c, in->store.db, SQL_OIDC_ROUND_SWEEP, DB_ARGS(db_int(ctx_now(c))), NULL);
}

/* ---- what came of it ---- */

/* A row lives from the answer of the issuer to the browser; the wait of a browser is shorter. */
static int result_read(
    struct ctx *c, struct instance *in, const struct db_val *row, struct oidc_result *ret)
{
	struct oidc_result r = {.id = row[0].num, .sub = STR(""), .fault = row[2].s};
	struct str stage = row[1].s;

	if (str_is(stage, "over"))
		return err_set(c, ERR_NOTFOUND, "this sign-in is over");
	r.stage = str_is(stage, "good") ? OIDC_GOOD : str_is(stage, "bad") ? OIDC_BAD : OIDC_WAITS;
	*ret = r;
	return r.stage == OIDC_GOOD
		   ? vault_unseal(c, in->store.vault, "oidc_round.subject", row[3].s, &ret->sub)
		   : 0;
}

int oidc_result(struct ctx *c, struct instance *in, struct str cookie, struct oidc_result *ret)
{
	struct hash browser = hash_of(cookie);
	const struct db_val *row;
	int rc = db_find(
	    c, in->store.db, SQL_OIDC_ROUND_OF_BROWSER, DB_ARGS(db_blob(hash_str(&browser))), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no sign-in waits for this browser");
	return rc == 0 ? result_read(c, in, row, ret) : rc;
}

int oidc_over(struct ctx *c, struct instance *in, int64_t id)
{
	int64_t changed;
	int rc = db_run(c, in->store.db, SQL_OIDC_ROUND_OVER, DB_ARGS(db_int(id)), &changed);

	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_CONFLICT, "this sign-in is over");
	return rc;
}
