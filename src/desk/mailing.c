#include "desk/mailing.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "desk/officer.h"
#include "desk/mailing_p.h"
#include "desk/produce_p.h"
#include "desk/reply.h"
#include "desk/stamp_due.h"
#include "store/blob.h"

static const char to_label[] = "production_mail.to", reason_label[] = "production_mail.reason";

struct mailing_act {
	struct instance *in;
	const struct person *actor;
	struct left left;
	struct mailing m;
	struct str to, reason, language;
	struct blob_made made;
	struct str name;
	bool shared; /* the blob is the portal's too */
};

/* ---- the rows ---- */

struct each {
	struct instance *in;
	bool words;
	int (*fn)(struct ctx *c, const struct mailing *m, void *arg);
	void *arg;
};

static int opened(
    struct ctx *c, const struct instance *in, const char *label, struct db_val v, struct str *ret)
{
	*ret = STR("");
	return v.kind == DB_BLOB ? vault_unseal(c, in->store.vault, label, str_make(c, v.s), ret)
				 : 0;
}

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct mailing m = {.id = row[0].num,
	    .rev = row[1].num,
	    .at = {row[3].num},
	    .author = row[4].num,
	    .second = row[5].kind == DB_NULL ? 0 : row[5].num,
	    .official = row[6].num != 0,
	    .state = str_make(c, row[7].s),
	    .letter = row[8].kind == DB_TEXT ? str_make(c, row[8].s) : STR(""),
	    .message = row[9].kind == DB_TEXT ? str_make(c, row[9].s) : STR(""),
	    .taken = db_get_instant(row[10]),
	    .size = row[12].num};
	struct db_val to = row[13], reason = row[14];
	int rc = 0;

	if (row[11].s.n == HASH_SIZE)
		memcpy(m.sealed.b, row[11].s.p, HASH_SIZE);
	if (e->words)
		rc = opened(c, e->in, to_label, to, &m.to);
	if (rc == 0 && e->words)
		rc = opened(c, e->in, reason_label, reason, &m.reason);
	return rc == 0 ? e->fn(c, &m, e->arg) : rc;
}

int mailing_of(struct ctx *c, struct instance *in, int64_t production, bool words,
    int (*fn)(struct ctx *c, const struct mailing *m, void *arg), void *arg)
{
	struct each e = {in, words, fn, arg};

	return db_each(
	    c, in->store.db, SQL_PRODUCTION_MAIL_OF, DB_ARGS(db_int(production)), each_row, &e);
}

static int keep(struct ctx *c, const struct mailing *m, void *arg)
{
	(void)c;
	*(struct mailing *)arg = *m;
	return 0;
}

/* The last one, with its words. */
int mailing_last(struct ctx *c, struct instance *in, int64_t production, struct mailing *ret)
{
	struct mailing m = {.id = 0};
	int rc = mailing_of(c, in, production, true, keep, &m);

	if (rc == 0 && m.id == 0)
		rc = err_set(c, ERR_NOTFOUND, "no mail of this production was written");
	if (rc == 0)
		*ret = m;
	return rc;
}

int mailing_set(struct ctx *c, struct step *s, const struct mailing *m)
{
	json_set_text(c, s->detail, "mail", m->state);
	return step_update(c, s, STEP_PRODUCTION_MAIL, SQL_PRODUCTION_MAIL_SET, m->id, m->rev,
	    DB_ARGS(db_ref(m->second), db_text(m->state), db_text_or_null(m->letter),
		db_text_or_null(m->message), db_instant(m->taken)));
}

/* What stops a delivery, asked of this moment. */
int mailing_may_leave(struct ctx *c, struct instance *in, const struct left *l)
{
	struct gate g;
	int rc = gate_load(c, in, l->order, &g);

	if (rc == 0 && !str_is(l->state, "sealed"))
		rc = err_set(
		    c, ERR_CONFLICT, "the production is %s", err_word(c, str_z(c, l->state)));
	if (rc == 0)
		rc = produce_leaving(c, in, &g, l->id);
	return rc == 0 ? stamp_leaving(c, in, l->id) : rc;
}

/* ---- to whom ---- */

static int official_address(struct ctx *c, struct mailing_act *a, struct str *ret)
{
	const struct legal_order *o = &a->left.legal_order;
	const struct db_val *demand, *sub;
	const struct json *draft = NULL;
	struct officer officer;
	int rc = db_one(c, a->in->store.db, SQL_DEMAND_BY_ID,
	    DB_ARGS(db_int(o->demand != 0 ? o->demand : a->left.matter.demand)), &demand);
	int64_t id;

	if (rc != 0)
		return rc;
	id = demand[0].num;
	a->language = str_make(c, demand[5].s);
	rc = demand_as_sent(c, a->in, str_make(c, demand[2].s), &draft);
	if (rc == 0)
		rc = db_find(
		    c, a->in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(id)), &sub);
	if (rc == 0 && sub != NULL) {
		rc = officer_by_id(c, a->in, sub[3].num, &officer);
		*ret = rc == 0 ? officer.address : STR("");
	} else if (rc == 0) {
		*ret = draft == NULL ? STR("") : json_text(json_find(draft, "authority"), "mail");
	}
	return rc;
}

static int find_address(struct ctx *c, struct mailing_act *a)
{
	struct str official = STR("");
	int rc = official_address(c, a, &official);

	if (rc != 0)
		return rc;
	if (a->to.n == 0)
		a->to = official;
	a->m.official = official.n > 0 && str_eq(a->to, official);
	if (a->to.n == 0)
		return err_set(c, ERR_NOTFOUND,
		    "neither the officer nor the demand gives an address: say one, with a reason");
	if (!net_conf_address(a->to))
		return err_set(c, ERR_INVALID, "an address of a mail is none");
	if (!a->m.official && str_trim(a->reason).n == 0)
		return err_set(c, ERR_INVALID,
		    "this address comes neither from the officer nor from the demand: say why");
	return 0;
}

/* ---- the attachment ---- */

/* What lies in the portal is attached from there: the same blob, by a key of this row's own. */
static int take_deposit(struct ctx *c, struct mailing_act *a)
{
	struct blob_made got;
	const struct db_val *row;
	struct str key, blob;
	int fd,
	    rc = db_find(c, a->in->store.db, SQL_DEPOSIT_FIND, DB_ARGS(db_int(a->left.id)), &row);

	if (rc == 0 && (row == NULL || row[2].kind != DB_BLOB || row[0].s.n != BLOB_NAME))
		rc = err_set(c, ERR_NOTFOUND, "the sealed file does not lie here: give it along");
	if (rc != 0)
		return rc;
	blob = str_make(c, row[0].s);
	rc = vault_unseal(c, a->in->store.vault, "deposit.key", str_make(c, row[2].s), &key);
	if (rc == 0 && key.n != BLOB_KEY)
		rc = err_set(c, ERR_FAIL, "the key of a deposit is damaged");
	if (rc != 0)
		return rc;
	memcpy(a->made.key, key.p, BLOB_KEY);
	memcpy(a->made.name, blob.p, BLOB_NAME);
	fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(c, ERR_FAIL, "/dev/null cannot be opened");
	rc = blob_get(c, instance_path(c, a->in, a->in->blobs).p, blob, a->made.key, fd, &got);
	(void)close(fd);
	if (rc == 0) {
		a->made.size = got.size;
		a->made.plain = got.plain;
		a->shared = true;
	}
	return rc;
}

static int take_file(struct ctx *c, struct mailing_act *a, struct str path)
{
	int64_t most = a->in->net.mail_file_most;
	struct left_seal seal;
	int rc = path.n == 0 ? take_deposit(c, a)
			     : blob_put(c, instance_path(c, a->in, a->in->blobs).p, str_z(c, path),
				   NET_FILE_MAX, &a->made);

	if (rc == 0 && a->made.size > most)
		rc = ERR_LIMIT;
	if (rc == ERR_LIMIT)
		return err_set(c, ERR_LIMIT,
		    "a file that is mailed has at most %lld bytes (mail_file_most): use another "
		    "channel",
		    (long long)most);
	if (rc == 0)
		rc = left_seal(c, a->in, &a->left, &a->made.plain, &seal);
	if (rc == 0)
		a->name = seal.name;
	return rc;
}

/* ---- writing ---- */

/* Its reference, and nothing of the case. */
static int put_letter(struct ctx *c, struct mailing_act *a)
{
	struct reply_values values = {
	    .reference = a->left.ref, .provider = a->in->provider, .today = STR("")};
	struct str text, language, subject, rest;
	struct id ref = id_make(c);
	int rc = reply_get(c, a->in, STR("sealed_mail"), a->language, &text, &language);

	values.today = day_str(c, instant_day((struct instant){ctx_now(c)}));
	if (rc == 0)
		rc = reply_fill(c, str_make(c, text), &values, &text);
	if (rc != 0)
		return rc;
	if (!str_cut(text, '\n', &subject, &rest))
		return err_set(c, ERR_INVALID,
		    "the template sealed_mail has no subject in its first line, or no text");
	a->m.letter = str_make(c, id_str(&ref));
	return outgoing_put(c, a->in,
	    &(struct outgoing){.ref = a->m.letter,
		.kind = STR("production.mail"),
		.to = a->to,
		.subject = str_trim(subject),
		.text = str_trim(rest)});
}

static int put(struct ctx *c, struct step *s, void *arg)
{
	struct mailing_act *a = arg;
	struct vault *v = a->in->store.vault;
	struct str key = {(const char *)a->made.key, sizeof a->made.key};
	int64_t id = 0;
	int rc = step_order(c, s, a->left.order);

	if (rc == 0)
		rc = left_again(c, a->in, &a->left);
	if (rc == 0)
		rc = mailing_may_leave(c, a->in, &a->left);
	if (rc == 0)
		rc = find_address(c, a);
	if (rc == 0 && a->m.official)
		rc = put_letter(c, a);
	if (rc != 0)
		return rc;
	a->m.state = a->m.official ? STR("queued") : STR("waiting");
	json_set_text(c, s->detail, "mail", a->m.state);
	rc = step_insert(c, s, STEP_PRODUCTION_MAIL, SQL_PRODUCTION_MAIL_PUT,
	    DB_ARGS(db_int(a->left.id), db_int(s->now.s), db_int(a->actor->id),
		db_int(a->m.official), db_text(a->m.state), db_text_or_null(a->m.letter),
		db_blob(hash_str(&a->made.plain)), db_int(a->made.size),
		db_blob(vault_seal(c, v, to_label, a->to)),
		a->reason.n > 0 ? db_blob(vault_seal(c, v, reason_label, a->reason)) : db_null()),
	    &id);
	if (rc == ERR_CONFLICT) {
		err_clear(c);
		return err_set(c, ERR_CONFLICT, "a mail with this production is on its way");
	}
	return rc != 0 ? rc
		       : db_run(c, a->in->store.db, SQL_PRODUCTION_MAIL_FILE_PUT,
			     DB_ARGS(db_int(id), db_text(str_of(a->made.name)), db_text(a->name),
				 db_int(a->shared), db_blob(vault_seal(c, v, MAILING_KEY, key))),
			     NULL);
}

void mailing_remove(struct ctx *c, const struct instance *in, struct str blob)
{
	if (blob.n == BLOB_NAME)
		(void)unlink(str_fmt(
		    c, "%s/%.2s/%.*s", instance_path(c, in, in->blobs).p, blob.p, STR_ARG(blob))
				 .p);
}

int mailing_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str path, struct str to, struct str reason, struct str *ret_state)
{
	struct mailing_act a = {.in = in, .actor = actor, .to = to, .reason = str_trim(reason)};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_MAIL, ref, &a.left);

	if (rc == 0 && in->net.smtp.n == 0)
		rc = err_set(c, ERR_DENIED, "no server for mails is set up (smtp in writ.yaml)");
	if (rc == 0)
		rc = mailing_may_leave(c, in, &a.left);
	if (rc == 0)
		rc = take_file(c, &a, path);
	if (rc == 0)
		rc = step_run(c, &in->store, "production.mail", actor->id, put, &a, NULL);
	if (rc != 0 && !a.shared)
		mailing_remove(c, in, str_of(a.made.name));
	if (rc == 0)
		*ret_state = a.m.state;
	return rc;
}

/* ---- the second person; taking it back ---- */

static int load(struct ctx *c, struct step *s, struct mailing_act *a)
{
	int rc = step_order(c, s, a->left.order);

	if (rc == 0)
		rc = left_again(c, a->in, &a->left);
	return rc == 0 ? mailing_last(c, a->in, a->left.id, &a->m) : rc;
}

static int confirm(struct ctx *c, struct step *s, void *arg)
{
	struct mailing_act *a = arg;
	struct str official;
	int rc = load(c, s, a);

	if (rc == 0 && !str_is(a->m.state, "waiting"))
		rc = err_set(c, ERR_CONFLICT, "no mail waits for a second person");
	if (rc == 0 && a->m.author == a->actor->id)
		rc = err_set(c, ERR_DENIED, "another person has to look at the address");
	if (rc == 0)
		rc = mailing_may_leave(c, a->in, &a->left);
	if (rc == 0)
		rc = official_address(c, a, &official); /* for the language */
	a->to = a->m.to;
	if (rc == 0 && a->to.n == 0)
		rc = err_set(c, ERR_NOTFOUND, "the address was erased");
	if (rc == 0)
		rc = put_letter(c, a);
	if (rc != 0)
		return rc;
	a->m.second = a->actor->id;
	a->m.state = STR("queued");
	return mailing_set(c, s, &a->m);
}

int mailing_confirm(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	struct mailing_act a = {.in = in, .actor = actor};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_MAIL_CONFIRM, ref, &a.left);

	return rc == 0 ? step_run(
			     c, &in->store, "production.mail_confirm", actor->id, confirm, &a, NULL)
		       : rc;
}

static int stop(struct ctx *c, struct step *s, void *arg)
{
	struct mailing_act *a = arg;
	int64_t dropped = 1;
	int rc = load(c, s, a);

	if (rc == 0 && !str_has_word(STR("waiting queued"), a->m.state))
		rc = err_set(c, ERR_CONFLICT, "the mail is %s", err_word(c, str_z(c, a->m.state)));
	if (rc == 0 && a->m.letter.n > 0)
		rc = db_run(
		    c, a->in->store.db, SQL_OUTGOING_DROP, DB_ARGS(db_text(a->m.letter)), &dropped);
	if (rc == 0 && dropped == 0)
		rc = err_set(
		    c, ERR_CONFLICT, "the mail is on its way: it cannot be stopped any more");
	if (rc != 0)
		return rc;
	a->m.state = STR("stopped");
	return mailing_set(c, s, &a->m);
}

int mailing_stop(struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	struct mailing_act a = {.in = in, .actor = actor};
	int rc = left_find(c, in, actor, RIGHT_PRODUCTION_MAIL, ref, &a.left);

	return rc == 0 ? step_run(c, &in->store, "production.mail_stop", actor->id, stop, &a, NULL)
		       : rc;
}
