#include "cli/doctor_rows.h"

#include "desk/hook.h"
#include "desk/outgoing.h"
#include "store/ledger.h"

int doctor_rows_ledger(struct cli *cli, doctor_rows_say *say, void *arg)
{
	struct ctx *c = cli->c;
	struct ledger_tree tree;
	int rc = ledger_tree(c, cli->in->store.db, &tree);

	if (rc == 0)
		say(arg, true, "ledger",
		    instant_is_none(tree.at)
			? STR("no slot has closed yet")
			: str_fmt(c, "last slot closed %s", instant_str(c, tree.at).p));
	return rc;
}

/* What goes to other machines; numbers of letters tell nothing of a case. */
int doctor_rows_post(struct cli *cli, doctor_rows_say *say, void *arg)
{
	struct ctx *c = cli->c;
	struct instance *in = cli->in;
	int64_t due = 0, failed = 0, dead = 0;
	int rc = outgoing_count(c, in, &due, &failed);

	if (rc == 0)
		rc = hook_dead(c, in, &dead);
	if (rc != 0)
		return rc;
	if (in->net.smtp.n == 0)
		say(arg, due == 0, "mails",
		    str_fmt(
			c, "no server for mails in writ.yaml (smtp): %lld wait", (long long)due));
	else
		say(arg, failed == 0, "mails",
		    str_fmt(
			c, "%lld wait, %lld could not be sent", (long long)due, (long long)failed));
	if (in->net.webhook_ports.n > 0 || dead > 0)
		say(arg, dead == 0, "webhooks",
		    str_fmt(c, "%lld messages were given up: writ webhook list", (long long)dead));
	return 0;
}
