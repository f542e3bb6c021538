#include "cli/rows.h"

#include "cli/pick.h"
#include "os/file.h"

int64_t rows_int(const struct json *j, const char *key)
{
	const struct json *n = json_find(j, key);

	return n == NULL ? 0 : n->num;
}

bool rows_yes(const struct json *j, const char *key)
{
	const struct json *b = json_find(j, key);

	return b != NULL && b->yes;
}

static void put_due(const struct json *r)
{
	if (json_text(r, "due").n > 0)
		(void)printf("  %.*s by %.*s%s", STR_ARG(json_text(r, "act")),
		    STR_ARG(json_text(r, "due")), rows_yes(r, "overdue") ? " OVERDUE" : "");
	else if (json_find(r, "paused_hours_left") != NULL)
		(void)printf("  %.*s: %lld h left once the question is answered",
		    STR_ARG(json_text(r, "act")), (long long)rows_int(r, "paused_hours_left"));
}

void rows_put(const struct json *list)
{
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		const struct json *r = list->at[i];

		(void)printf("%-16.*s order %lld  %-10.*s %-14.*s %.*s %.*s  received %.*s",
		    STR_ARG(json_text(r, "case")), (long long)rows_int(r, "order"),
		    STR_ARG(json_text(r, "state")), STR_ARG(json_text(r, "instrument")),
		    STR_ARG(json_text(r, "country")), STR_ARG(json_text(r, "body")),
		    STR_ARG(json_text(r, "received")));
		put_due(r);
		if (json_text(r, "assigned").n > 0)
			(void)printf("  %.*s", STR_ARG(json_text(r, "assigned")));
		(void)printf("\n");
	}
}

int rows_view(struct cli *cli, int rc, struct json *j, void (*text)(const struct json *j))
{
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	text(j);
	return 0;
}

void rows_tell(const struct json *j, const char *list)
{
	if (json_text(j, "after").n > 0)
		(void)fprintf(stderr, "writ: %zu shown, more follow: --after %.*s\n",
		    json_find(j, list)->n, STR_ARG(json_text(j, "after")));
}

int rows_list(
    struct cli *cli, int rc, struct json *j, const char *list, void (*text)(const struct json *j))
{
	if (rc != 0 || !cli->json)
		return rows_view(cli, rc, j, text);
	cli_put(cli, json_find(j, list));
	rows_tell(j, list);
	return 0;
}

int rows_none(struct cli *cli)
{
	struct str pos[1];
	size_t n;

	return cli_parse(cli, NULL, 0, pos, 0, &n);
}

int rows_number(struct cli *cli, const struct cli_opt *opt, int64_t *ret)
{
	return opt->given ? pick_number(cli, opt->value, opt->name, ret) : 0;
}

int rows_instant(struct cli *cli, const struct cli_opt *opt, struct instant *ret)
{
	int rc = opt->given ? instant_parse(cli->c, opt->value, ret) : 0;

	return rc == 0 ? 0 : err_while(cli->c, rc, "%s", opt->name);
}

int rows_read_line(struct cli *cli, struct str path, struct str *ret)
{
	struct str text, rest;
	int rc = file_read(cli->c, str_z(cli->c, path), 64 << 10, &text);

	if (rc != 0)
		return rc;
	(void)str_cut(text, '\n', ret, &rest);
	*ret = str_trim(*ret);
	return 0;
}

int rows_read_file(struct cli *cli, struct str path, size_t max, struct str *ret)
{
	struct str text;
	int rc = file_read(cli->c, str_z(cli->c, path), max, &text);

	if (rc == 0)
		*ret = str_trim(text);
	return rc;
}
