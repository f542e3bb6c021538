#include "cli/doctor_rows.h"

#include <sys/stat.h>

#include "desk/hook.h"
#include "desk/oidc.h"
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

/* What is wrong with the file of the client's secret; NULL: nothing. */
static const char *secret_fault(struct ctx *c, const struct instance *in)
{
	struct stat st;

	if (stat(instance_path(c, in, in->oidc.secret).p, &st) != 0)
		return "the client's secret cannot be found (oidc_secret)";
	return (st.st_mode & 077) != 0 ? "others may read the client's secret (oidc_secret)" : NULL;
}

int doctor_rows_oidc(struct cli *cli, doctor_rows_say *say, void *arg)
{
	struct ctx *c = cli->c;
	struct instance *in = cli->in;
	struct oidc_issuer o;
	const char *fault;
	int rc;

	if (in->oidc.issuer.n == 0)
		return 0;
	rc = oidc_issuer_get(c, in, &o);
	if (rc != 0)
		return rc;
	fault = in->serve.url.n == 0 ? "the provider sends browsers to url, which is missing"
				     : secret_fault(c, in);
	if (fault != NULL)
		say(arg, false, "openid", str_of(fault));
	else if (instant_is_none(o.read) || o.fault.n > 0)
		say(arg, false, "openid",
		    str_fmt(c, "%.*s: %s%.*s", STR_ARG(in->oidc.issuer),
			o.fault.n > 0 ? "not reached, or not understood: "
				      : "not asked yet: writ serve does",
			STR_ARG(o.fault)));
	else
		say(arg, o.known, "openid",
		    str_fmt(c, "%.*s, its document read %s", STR_ARG(in->oidc.issuer),
			instant_str(c, o.read).p));
	return 0;
}
