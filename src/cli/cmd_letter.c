#include "cli/cmd.h"

#include "cli/pick.h"
#include "desk/transfer.h"
#include "os/file.h"
#include "out/letter.h"
#include "out/letter_pdf.h"

/* Address lines of a file: whom a letter goes to is nothing for a command line that others see. */
static int read_to(struct cli *cli, struct str path, struct str *lines, size_t *ret_n)
{
	struct str text, line;
	int rc = file_read(cli->c, str_z(cli->c, path), 4096, &text);

	*ret_n = 0;
	while (rc == 0 && text.n > 0) {
		(void)str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (*ret_n == LETTER_LINES_MAX)
			return err_set(
			    cli->c, ERR_INVALID, "--to-file: at most %d lines", LETTER_LINES_MAX);
		lines[(*ret_n)++] = line;
	}
	if (rc == 0 && *ret_n == 0)
		rc = err_set(cli->c, ERR_INVALID, "--to-file: the file is empty");
	return rc;
}

static void shown(const struct json *j)
{
	const struct json *body = json_find(j, "body"), *to = json_find(j, "to");

	for (size_t i = 0; i < to->n; i++)
		(void)printf("%.*s\n", STR_ARG(to->at[i]->text));
	(void)printf("\n%.*s\n\n", STR_ARG(json_text(j, "subject")));
	for (size_t i = 0; i < body->n; i++) {
		const struct json *one = body->at[i];
		bool law = json_find(one, "cite") != NULL;
		struct str quote = json_text(one, "quote");

		if (law)
			(void)printf("  %.*s:\n  %.*s\n\n", STR_ARG(json_text(one, "cite")),
			    STR_ARG(quote.n > 0 ? quote : json_text(one, "says")));
		else
			(void)printf("%.*s\n\n", STR_ARG(json_text(one, "text")));
	}
	(void)printf("%.*s\n", STR_ARG(json_text(j, "end")));
}

static int put(struct cli *cli, struct json *parts, struct str out)
{
	struct str pdf;
	int rc = 0;

	if (out.n > 0) {
		rc = letter_pdf(cli->c, parts, &pdf);
		if (rc == 0)
			rc = file_write_atomic(cli->c, str_z(cli->c, out), 0600, pdf);
	}
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, parts);
	} else if (out.n > 0) {
		(void)printf("Written: %.*s\n", STR_ARG(out));
	} else {
		cli_plain(cli->c, parts);
		shown(parts);
	}
	return 0;
}

static int letter(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--kind"}, {.name = "--language"}, {.name = "--to-file"},
	    {.name = "--enclosure", .many = true}, {.name = "--out"}, {.name = "--notice"},
	    {.name = "--production"}};
	struct str lines[LETTER_LINES_MAX];
	struct letter_ask ask = {.to = lines};
	struct json *parts;
	struct pick p;
	int rc = pick_parse(cli, o, 7, 0, 0,
	    "order letter CASE --kind KIND [--language LANGUAGE] [--to-file FILE] [--enclosure "
	    "TEXT]... [--notice NUMBER] [--production PRODUCTION] [--out FILE] [--order N]",
	    &p);

	if (rc == 0 && o[2].given)
		rc = read_to(cli, o[2].value, lines, &ask.n_to);
	ask.kind = o[0].value;
	ask.language = o[1].value;
	ask.production = o[6].value;
	ask.enclosures = o[3].values;
	ask.n_enclosures = o[3].n;
	if (rc == 0 && o[5].given)
		rc = pick_number(cli, o[5].value, "--notice", &ask.notice);
	if (rc == 0)
		rc = letter_parts(cli->c, cli->in, &cli->actor, &p.order, &ask, &parts);
	return rc == 0 ? put(cli, parts, o[4].value) : rc;
}

/* What went with a production where a law asks for it (desk/transfer.h). */
static int manifest(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}};
	struct str pos[1], text;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "production manifest PRODUCTION [--out FILE]");
	if (rc == 0)
		rc = transfer_get(cli->c, cli->in, &cli->actor, pos[0], &text);
	if (rc == 0 && o[0].given)
		rc = file_write_atomic(cli->c, str_z(cli->c, o[0].value), 0600, text);
	if (rc == 0 && o[0].given)
		(void)printf("Written.\n");
	else if (rc == 0)
		(void)printf("%.*s\n", STR_ARG(text));
	return rc;
}

const struct cli_command cmd_letter_table[] = {
    {"order", "letter",
	"CASE --kind KIND [--language LANGUAGE] [--to-file FILE] [--enclosure TEXT]... [--notice "
	"NUMBER] [--production PRODUCTION] [--out FILE] [--order N]",
	"a letter on an order, as a PDF", CLI_INSTANCE | CLI_ACTOR, letter},
    {"production", "manifest", "PRODUCTION [--out FILE]",
	"the manifest that went with it (Regulation (EU) 2025/1550)", CLI_INSTANCE | CLI_ACTOR,
	manifest},
    {0}};
