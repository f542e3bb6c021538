#include "web/work_post.h"

#include "os/file.h"
#include "out/hook_send.h"
#include "out/mail.h"
#include "out/oncall_send.h"

enum { AT_ONCE = 4, CA_MAX = 1 << 20, PASSWORD_MAX = 4096 };

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

int work_post_sweep(struct ctx *c, struct instance *in)
{
	int rc = hook_sweep(c, in);

	return rc == 0 ? outgoing_sweep(c, in) : rc;
}
