#include "cli/cmd.h"

#include "audit/doc.h"
#include "audit/tell.h"
#include "base/mem.h"
#include "kind/yaml.h"
#include "os/file.h"
#include "out/solve.h"

enum { REPORT_MAX = 64 << 20 };

static int put_text(struct cli *cli, const struct audit *a)
{
	struct buf b = buf_init(cli->c, REPORT_MAX);
	struct str text;
	int rc;

	tell_text(&b, a);
	rc = buf_end(&b, "the report of the audit", &text);
	if (rc == 0)
		(void)printf("%.*s", STR_ARG(text));
	return rc;
}

static int audit(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--alone", .flag = true}};
	struct ctx *c = cli->c;
	const struct advice_source source = {solve_ask, NULL};
	const struct model *m;
	struct audit a;
	struct str pos[1], text;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "audit FILE [--alone]");
	if (rc == 0)
		rc = file_read(c, str_z(c, pos[0]), YAML_MAX, &text);
	if (rc == 0)
		rc = doc_parse(c, str_z(c, pos[0]), text, &m);
	if (rc == 0)
		rc = audit_run(c, m, audit_limits(), o[0].given ? NULL : &source, &a);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, tell_json(c, &a));
	else
		rc = put_text(cli, &a);
	if (rc == 0 && !audit_safe(&a))
		rc = err_set(c, ERR_DENIED,
		    "not every protected number is safe: what is published gives more away than is "
		    "permitted, contradicts itself, or could not be decided");
	return rc;
}

const struct cli_command cmd_audit_table[] = {
    {"audit", "", "FILE [--alone]", "what a reader can infer from published figures", CLI_NOTHING,
	audit},
    {0}};
