#include "cli/cmd.h"

#include "out/view_settings.h"

/* A map as lines "key: value"; lists and maps below it are for --json. */
static void put_lines(struct cli *cli, const struct json *j, const char *before)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct json *x = j->at[i];

		if (x->kind == JSON_TEXT && x->text.n > 0)
			(void)printf(
			    "%s%.*s: %.*s\n", before, STR_ARG(j->key[i]), STR_ARG(x->text));
		else if (x->kind == JSON_INT)
			(void)printf(
			    "%s%.*s: %lld\n", before, STR_ARG(j->key[i]), (long long)x->num);
		else if (x->kind == JSON_BOOL)
			(void)printf(
			    "%s%.*s: %s\n", before, STR_ARG(j->key[i]), x->yes ? "yes" : "no");
		else if (x->kind == JSON_MAP)
			put_lines(cli, x, str_fmt(cli->c, "%s%.*s.", before, STR_ARG(j->key[i])).p);
	}
}

static void put_list(struct cli *cli, const struct json *j, const char *key)
{
	const struct json *list = json_find(j, key);

	for (size_t i = 0; i < list->n; i++) {
		(void)printf("\n");
		put_lines(cli, list->at[i], str_fmt(cli->c, "%s.", key).p);
	}
}

static int show(struct cli *cli)
{
	struct json *j;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = view_settings(cli->c, cli->in, &cli->actor, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	put_lines(cli, j, "");
	put_list(cli, j, "keys");
	put_list(cli, j, "people");
	put_list(cli, j, "webhooks");
	return 0;
}

const struct cli_command cmd_settings_table[] = {
    {"settings", "", "", "what writ.yaml says, keys in use, people, webhooks; no secret",
	CLI_INSTANCE | CLI_ACTOR, show},
    {NULL, NULL, NULL, NULL, 0, NULL},
};
