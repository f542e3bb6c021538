#include "web/work_post.h"

#include "desk/mailing.h"
#include "os/file.h"
#include "out/hook_send.h"
#include "out/mail.h"
#include "out/oidc_ask.h"
#include "out/oncall_send.h"
#include "out/stamp_send.h"

enum { AT_ONCE = 4, CA_MAX = 1 << 20, PASSWORD_MAX = 4096, SECRET_MAX = 1024, ROUNDS_AT_ONCE = 20 };

/* A file that may be left out. */
static int read_or_none(
    struct ctx *c, const struct instance *in, struct str path, size_t most, struct str *ret)
{
	*ret = STR("");
	return path.n == 0 ? 0 : file_read(c, instance_path(c, in, path).p, most, ret);
}

int work_post_pages(struct ctx *c, struct instance *in)
{
	return oncall_send(c, in);
}

int work_post_clocks(struct ctx *c, struct instance *in)
{
	return in->net.webhook_ports.n == 0 ? 0 : hook_clocks(c, in);
}

int work_post_hooks(struct ctx *c, struct instance *in)
{
	struct str ca;
	int rc = in->net.webhook_ports.n == 0 ? ERR_NOTFOUND
					      : read_or_none(c, in, in->net.ca, CA_MAX, &ca);

	for (int i = 0; i < AT_ONCE && rc == 0; i++)
		rc = hook_send_next(c, in, ca);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

int work_post_mails(struct ctx *c, struct instance *in)
{
	struct str ca, password;
	int rc = in->net.smtp.n == 0 ? ERR_NOTFOUND : read_or_none(c, in, in->net.ca, CA_MAX, &ca);

	if (rc == 0)
		rc = read_or_none(c, in, in->net.smtp_password, PASSWORD_MAX, &password);
	for (int i = 0; i < AT_ONCE && rc == 0; i++)
		rc = mail_send_next(c, in, ca, str_trim(password));
	return rc == ERR_NOTFOUND ? 0 : rc;
}

int work_post_settle(struct ctx *c, struct instance *in)
{
	return mailing_settle(c, in);
}

int work_post_stamps(struct ctx *c, struct instance *in)
{
	struct str ca, trusted;
	int rc =
	    in->net.tsa_url.n == 0 ? ERR_NOTFOUND : read_or_none(c, in, in->net.ca, CA_MAX, &ca);

	if (rc == 0)
		rc = file_read(c, instance_path(c, in, in->net.tsa_ca).p, CA_MAX, &trusted);
	for (int i = 0; i < AT_ONCE && rc == 0; i++)
		rc = stamp_send_next(c, in, ca, trusted);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

int work_post_sweep(struct ctx *c, struct instance *in)
{
	int rc = hook_sweep(c, in);

	return rc == 0 ? outgoing_sweep(c, in) : rc;
}

/* ---- the OpenID provider: of the process of role issuer ---- */

/* Read each time: the operator may change either while we run. */
static int with_make(struct ctx *c, const struct instance *in, struct oidc_ask *ret)
{
	struct oidc_ask with = {.ca = STR("")};
	int rc = file_read(c, instance_path(c, in, in->oidc.secret).p, SECRET_MAX, &with.secret);

	with.secret = str_trim(with.secret);
	if (rc == 0 && with.secret.n == 0)
		rc = err_set(c, ERR_INVALID, "the client's secret (oidc_secret) is empty");
	if (rc == 0 && in->net.ca.n > 0)
		rc = file_read(c, instance_path(c, in, in->net.ca).p, CA_MAX, &with.ca);
	if (rc == 0)
		*ret = with;
	return rc;
}

int work_post_issuer(struct ctx *c, struct instance *in)
{
	struct oidc_ask with;
	int rc = with_make(c, in, &with);

	return rc == 0 ? oidc_ask_document(c, in, &with) : rc;
}

int work_post_rounds(struct ctx *c, struct instance *in)
{
	struct oidc_ask with;
	int rc = with_make(c, in, &with);

	for (int i = 0; i < ROUNDS_AT_ONCE && rc == 0; i++)
		rc = oidc_ask_next(c, in, &with);
	if (rc != ERR_NOTFOUND)
		return rc;
	err_clear(c);
	return 0;
}

int work_post_rounds_sweep(struct ctx *c, struct instance *in)
{
	return oidc_sweep(c, in);
}
