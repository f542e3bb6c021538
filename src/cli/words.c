#include "cli/words.h"

#include "cli/pick.h"
#include "os/file.h"

int words_read(struct cli *cli, const struct cli_opt *opt, struct wording *ret)
{
	struct str text;
	const char *file;
	int rc;

	if (!opt->given)
		return 0;
	file = str_z(cli->c, opt->value);
	rc = file_read(cli->c, file, WORDING_FILE_MAX, &text);
	return rc == 0 ? wording_parse(cli->c, file, text, ret) : rc;
}

int words_day(struct cli *cli, const struct cli_opt *opt, struct day *ret)
{
	return opt->given ? pick_day(cli, opt->value, opt->name, ret) : 0;
}
