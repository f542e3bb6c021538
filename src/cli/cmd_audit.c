#include "cli/cmd.h"

#include "audit/doc.h"
#include "audit/plan_tell.h"
#include "base/mem.h"
#include "kind/yaml.h"
#include "os/file.h"
#include "out/audit_page.h"
#include "out/solve.h"

enum { REPORT_MAX = 64 << 20 };
#define ARGS "FILE [--alone] [--language en|de] [--html PAGE] [--plan]"

static int put_text(struct cli *cli, const struct audit *a, enum tell_lang lang)
{
	struct buf b = buf_init(cli->c, REPORT_MAX);
	struct str text;
	int rc;

	tell_text(&b, a, lang);
	rc = buf_end(&b, "the report of the audit", &text);
	if (rc == 0)
		(void)printf("%.*s", STR_ARG(text));
	return rc;
}

/* Rewritten as a whole, or not at all. */
static int put_page(struct cli *cli, const struct audit *a, enum tell_lang lang, struct str path)
{
	struct buf b = buf_init(cli->c, REPORT_MAX);
	int rc = audit_page(cli->c, a, lang == TELL_DE ? REPORT_DE : REPORT_EN, &b);

	return rc == 0 ? file_write_atomic(cli->c, str_z(cli->c, path), 0644, buf_str(&b)) : rc;
}

/* What to change; nothing is changed. */
static int plan(
    struct cli *cli, const struct model *m, const struct advice_source *source, enum tell_lang lang)
{
	struct buf b = buf_init(cli->c, REPORT_MAX);
	struct plan p;
	int rc = plan_make(cli->c, m, source, &p);

	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, plan_json(cli->c, &p));
	} else {
		plan_text(&b, &p, lang);
		(void)printf("%.*s", STR_ARG(buf_str(&b)));
	}
	if (p.needed && !p.found)
		rc = err_set(cli->c, ERR_DENIED, "%s", tell_word(lang, "plan.fault"));
	return rc;
}

static int audit(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--alone", .flag = true}, {.name = "--language"},
	    {.name = "--html"}, {.name = "--plan", .flag = true}};
	struct ctx *c = cli->c;
	const struct advice_source source = {solve_ask, NULL};
	const struct model *m;
	enum tell_lang lang = TELL_EN;
	struct audit a;
	struct str pos[1], text;
	size_t n;
	int rc = cli_parse(cli, o, 4, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "audit " ARGS);
	if (rc == 0 && o[1].given && !tell_word_lang(o[1].value, &lang))
		rc = err_set(c, ERR_INVALID, "--language is en or de");
	if (rc == 0 && o[2].given && o[3].given)
		rc = err_set(c, ERR_INVALID, "--html shows an audit, and --plan is none");
	if (rc == 0)
		rc = file_read(c, str_z(c, pos[0]), YAML_MAX, &text);
	if (rc == 0)
		rc = doc_parse(c, str_z(c, pos[0]), text, &m);
	if (rc == 0 && o[3].given)
		return plan(cli, m, o[0].given ? NULL : &source, lang);
	if (rc == 0)
		rc = audit_run(c, m, audit_limits(), o[0].given ? NULL : &source, &a);
	if (rc == 0 && o[2].given)
		rc = put_page(cli, &a, lang, o[2].value);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, tell_json(c, &a));
	else
		rc = put_text(cli, &a, lang);
	if (rc == 0 && !audit_safe(&a))
		rc = err_set(c, ERR_DENIED, "%s", tell_word(lang, "fault"));
	return rc;
}

const struct cli_command cmd_audit_table[] = {
    {"audit", "", ARGS, "what a reader can infer from published figures", CLI_NOTHING, audit}, {0}};
