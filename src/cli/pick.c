#include "cli/pick.h"

#include "base/mem.h"
#include "os/file.h"

enum { MAX_OPTS = 16, REASON_MAX = 64 << 10 };

int pick_text(
    struct cli *cli, const struct cli_opt *text, const struct cli_opt *file, struct str *ret)
{
	int rc = 0;

	if (text->given && file->given)
		return err_set(
		    cli->c, ERR_INVALID, "give %s or %s, not both", text->name, file->name);
	*ret = text->value;
	if (file->given)
		rc = file_read(cli->c, str_z(cli->c, file->value), REASON_MAX, ret);
	if (rc == 0 && str_utf8_bad(*ret) != ret->n)
		rc = err_set(cli->c, ERR_INVALID, "%s: the text is not UTF-8", text->name);
	return rc;
}

int pick_number(struct cli *cli, struct str s, const char *what, int64_t *ret)
{
	if (!str_i64(s, ret) || *ret < 1)
		return err_set(cli->c, ERR_INVALID, "%s is a number from 1", what);
	return 0;
}

int pick_day(struct cli *cli, struct str s, const char *what, struct day *ret)
{
	int rc = day_parse(cli->c, s, ret);

	return rc == 0 ? 0 : err_while(cli->c, rc, "%s", what);
}

int pick_parse(struct cli *cli, struct cli_opt *opts, size_t n, size_t least, size_t max,
    const char *usage, struct pick *ret)
{
	struct cli_opt all[MAX_OPTS] = {
	    {.name = "--order"}, {.name = "--reason"}, {.name = "--reason-file"}};
	struct str pos[9];
	int64_t number = 0;
	size_t n_pos;
	int rc;

	if (n + 3 > MAX_OPTS || max > 8)
		return err_set(cli->c, ERR_FAIL, "too many options");
	if (n > 0)
		memcpy(all + 3, opts, n * sizeof *opts);
	rc = cli_parse(cli, all, n + 3, pos, max + 1, &n_pos);
	if (n > 0)
		memcpy(opts, all + 3, n * sizeof *opts);
	if (rc == 0 && n_pos < least + 1)
		rc = err_set(cli->c, ERR_INVALID, "usage: writ %s", usage);
	if (rc == 0 && all[0].given)
		rc = pick_number(cli, all[0].value, "--order", &number);
	if (rc == 0)
		rc = pick_text(cli, &all[1], &all[2], &ret->reason);
	if (rc == 0)
		rc = matter_get(cli->c, cli->in, &cli->actor, pos[0], &ret->matter);
	if (rc == 0)
		rc = matter_order(cli->c, cli->in, &ret->matter, number, &ret->order);
	if (rc != 0)
		return rc;
	ret->n_pos = n_pos - 1;
	memcpy(ret->pos, pos + 1, ret->n_pos * sizeof *pos);
	return 0;
}

int pick_page(struct cli *cli, const struct cli_opt *opts, struct matter_page *ret)
{
	*ret = (struct matter_page){.after = opts[1].value, .limit = PICK_PAGE};
	return opts[0].given ? pick_number(cli, opts[0].value, "--limit", &ret->limit) : 0;
}
