#include "cli/doctor_rows.h"

#include <sys/stat.h>

#include "desk/oidc.h"
#include "out/view_settings.h"

int doctor_rows_house(struct cli *cli, doctor_rows_say *say, void *arg)
{
	struct ctx *c = cli->c;
	struct json *rows = json_list(c);
	int rc = view_settings_rows(c, cli->in, rows);

	for (size_t i = 0; rc == 0 && i < rows->n; i++)
		say(arg, json_find(rows->at[i], "well")->yes,
		    str_z(c, json_text(rows->at[i], "what")), json_text(rows->at[i], "text"));
	return rc;
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
