#include "out/oncall_send.h"

#include "base/mem.h"
#include "desk/hook.h"
#include "desk/outgoing.h"

static const char address_label[] = "person.mail";

struct calls {
	struct oncall_call *at;
	size_t n, cap;
};

static int keep(struct ctx *c, const struct oncall_call *call, void *arg)
{
	struct calls *l = arg;

	l->at = mem_grow(c, l->at, l->n, &l->cap, sizeof *l->at);
	l->at[l->n++] = *call;
	return 0;
}

struct calling {
	struct instance *in;
	const struct oncall_call *call;
};

static struct str text_of(
    struct ctx *c, const struct instance *in, const struct oncall_call *call, bool german)
{
	return str_fmt(c,
	    german
		? "Ein Notfall-Ersuchen wartet: %.*s, seit %s.\n\nWer es übernimmt, bestätigt den "
		  "Ruf:\n\n  writ oncall ack %.*s\n%s%.*s\n\nBestätigt niemand, wird in %d Minuten "
		  "die nächste Person gerufen.\n"
		: "An emergency demand waits: %.*s, since %s.\n\nWhoever takes it acknowledges "
		  "the call:\n\n  writ oncall ack %.*s\n%s%.*s\n\nIf nobody does, the next person "
		  "is called in %d minutes.\n",
	    STR_ARG(call->demand), instant_str(c, call->since).p, STR_ARG(call->page),
	    in->serve.url.n > 0 ? "  " : "", STR_ARG(in->serve.url), ONCALL_ESCALATE / 60);
}

/* Whom there is no address for is called by the webhooks alone. */
static int put_mail(struct ctx *c, const struct calling *k)
{
	const struct db_val *row;
	struct outgoing o = {.kind = STR("paging")};
	bool german;
	int rc =
	    db_find(c, k->in->store.db, SQL_PERSON_MAIL, DB_ARGS(db_int(k->call->person)), &row);

	if (rc != 0 || row == NULL)
		return rc;
	german = row[1].kind == DB_TEXT && str_is(row[1].s, "de");
	rc = vault_unseal(c, k->in->store.vault, address_label, row[0].s, &o.to);
	if (rc != 0)
		return rc;
	o.subject = str_fmt(c, german ? "Notfall-Ersuchen %.*s" : "Emergency demand %.*s",
	    STR_ARG(k->call->demand));
	o.text = text_of(c, k->in, k->call, german);
	return outgoing_put(c, k->in, &o);
}

static int put_event(struct ctx *c, const struct calling *k)
{
	struct str mark = str_fmt(c, "%.*s-%lld", STR_ARG(k->call->page), (long long)k->call->turn);
	const struct db_val *row;
	int rc =
	    db_one(c, k->in->store.db, SQL_PAGING_DEMAND, DB_ARGS(db_int(k->call->paging)), &row);

	return rc == 0 ? hook_event_once(c, k->in->store.db, "paging", 0, row[0].num, mark,
			     (struct instant){ctx_now(c)})
		       : rc;
}

static int call_one(struct ctx *c, struct db *db, void *arg)
{
	const struct calling *k = arg;
	bool mine = false;
	int rc = oncall_called(c, k->in, k->call, (struct instant){ctx_now(c)}, &mine);

	(void)db;
	if (rc == 0 && mine)
		rc = put_mail(c, k);
	return rc == 0 && mine ? put_event(c, k) : rc;
}

int oncall_send(struct ctx *c, struct instance *in)
{
	struct calls l = {0};
	int rc = oncall_due(c, in, (struct instant){ctx_now(c)}, keep, &l);

	for (size_t i = 0; i < l.n && rc == 0; i++)
		rc = db_tx(c, in->store.db, call_one, &(struct calling){in, &l.at[i]});
	return rc;
}

int oncall_send_address(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, struct str address)
{
	struct person who;
	int rc = right_needs(c, actor, RIGHT_PERSON_SET);

	if (rc == 0 && address.n > 0 && !net_conf_address(address))
		rc = err_set(c, ERR_INVALID, "this is not an address that mails go to");
	if (rc == 0)
		rc = person_find(c, in, name, &who);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_PERSON_MAIL_DROP, DB_ARGS(db_int(who.id)), NULL);
	if (rc == 0 && address.n > 0)
		rc = db_run(c, in->store.db, SQL_PERSON_MAIL_PUT,
		    DB_ARGS(db_int(who.id),
			db_blob(vault_seal(c, in->store.vault, address_label, address))),
		    NULL);
	return rc;
}
