/* What data subjects ask of their accounts, and what they are told. */
#include "cli/cmd.h"

#include "base/mem.h"
#include "cli/rows.h"
#include "os/file.h"
#include "out/access_letter.h"
#include "out/letter_pdf.h"

enum { FILE_MAX = 16 << 10 };

static int said(struct cli *cli, int rc, const char *text)
{
	if (rc == 0 && !cli->json)
		(void)printf("%s\n", text);
	return rc;
}

static int read_lines(struct cli *cli, struct str path, struct access_ask *a)
{
	struct str *lines = mem_array(cli->c, ACCESS_LINES_MAX, sizeof *lines), text, line;
	int rc = file_read(cli->c, str_z(cli->c, path), FILE_MAX, &text);

	a->to = lines;
	while (rc == 0 && text.n > 0) {
		(void)str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (a->n_to == ACCESS_LINES_MAX)
			return err_set(
			    cli->c, ERR_INVALID, "--to-file: at most %d lines", ACCESS_LINES_MAX);
		lines[a->n_to++] = line;
	}
	return rc;
}

/* An account on the command line is seen by others on the machine: a file is not. */
static int read_target(
    struct cli *cli, const struct cli_opt *text, const struct cli_opt *file, struct str *ret)
{
	int rc = 0;

	if (text->given == file->given)
		return err_set(
		    cli->c, ERR_INVALID, "one of: --target KIND:VALUE, --target-file FILE");
	*ret = text->value;
	if (file->given)
		rc = file_read(cli->c, str_z(cli->c, file->value), FILE_MAX, ret);
	*ret = rc == 0 ? str_trim(*ret) : *ret;
	return rc;
}

static void say_made(struct cli *cli, struct str ref)
{
	struct json *j = json_map(cli->c);

	json_set_text(cli->c, j, "request", ref);
	if (cli->json)
		cli_put(cli, j);
	else
		(void)printf("Recorded: %.*s. A reviewer drafts the answer: writ access draft "
			     "%.*s\n",
		    STR_ARG(ref), STR_ARG(ref));
}

static int ask(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--target"}, {.name = "--target-file"},
	    {.name = "--identified"}, {.name = "--to-file"}, {.name = "--language"}};
	struct access_ask a = {0};
	struct str pos[1], ref;
	size_t n;
	int rc = cli_parse(cli, o, 5, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "access ask DEMAND --target KIND:VALUE | --target-file FILE "
		    "--identified "
		    "TEXT [--to-file FILE] [--language en|de]");
	if (rc == 0)
		rc = read_target(cli, &o[0], &o[1], &a.target);
	if (rc == 0 && o[3].given)
		rc = read_lines(cli, o[3].value, &a);
	a.demand = n > 0 ? pos[0] : STR("");
	a.identified = o[2].given ? o[2].value : STR("");
	a.language = o[4].given ? o[4].value : STR("en");
	if (rc == 0)
		rc = access_ask(cli->c, cli->in, &cli->actor, &a, &ref);
	if (rc == 0)
		say_made(cli, ref);
	return rc;
}

static int again(struct cli *cli)
{
	struct str ref, made;
	int rc = cli_one(cli, "access again REQUEST", &ref);

	if (rc == 0)
		rc = access_again(cli->c, cli->in, &cli->actor, ref, &made);
	if (rc == 0)
		say_made(cli, made);
	return rc;
}

static void put_row(const struct json *j)
{
	(void)printf("%-16.*s demand %-16.*s %-9.*s %.*s %.*s\n", STR_ARG(json_text(j, "request")),
	    STR_ARG(json_text(j, "demand")), STR_ARG(json_text(j, "state")),
	    STR_ARG(json_text(j, "at")), STR_ARG(json_text(j, "by")));
}

static void put_one(const struct json *j)
{
	static const char *const fields[] = {
	    "target", "identified", "language", "by", "reviewer", "second", "answered"};
	const struct json *to = json_find(j, "to");

	put_row(j);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (json_text(j, fields[i]).n > 0)
			(void)printf("  %-11s %.*s\n", fields[i], STR_ARG(json_text(j, fields[i])));
	for (size_t i = 0; to != NULL && i < to->n; i++)
		(void)printf("  to          %.*s\n", STR_ARG(to->at[i]->text));
	if (json_text(j, "text").n > 0)
		(void)printf("\n%.*s\n", STR_ARG(json_text(j, "text")));
}

/* Prints the request as it is now. */
static int shown(struct cli *cli, int rc, struct str ref)
{
	struct access_request r;
	struct json *j;

	if (rc == 0)
		rc = access_get(cli->c, cli->in, &cli->actor, ref, &r);
	if (rc == 0)
		rc = access_json(cli->c, cli->in, &r, true, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	put_one(j);
	return 0;
}

static int show(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "access show REQUEST", &ref);

	return shown(cli, rc, ref);
}

static int act(struct cli *cli, const char *usage,
    int (*fn)(struct ctx *c, struct instance *in, const struct person *actor, struct str ref))
{
	struct str ref;
	int rc = cli_one(cli, usage, &ref);

	if (rc == 0)
		rc = fn(cli->c, cli->in, &cli->actor, ref);
	return shown(cli, rc, ref);
}

static int draft(struct cli *cli)
{
	return act(cli, "access draft REQUEST", access_draft);
}

static int approve(struct cli *cli)
{
	return act(cli, "access approve REQUEST", access_approve);
}

static int answer(struct cli *cli)
{
	return act(cli, "access answer REQUEST", access_answer);
}

static int drop(struct cli *cli)
{
	return act(cli, "access drop REQUEST", access_drop);
}

static int letter(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}};
	struct access_request r;
	struct str pos[1], pdf;
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0 && (n != 1 || !o[0].given))
		rc = err_set(cli->c, ERR_INVALID, "usage: writ access letter REQUEST --out FILE");
	if (rc == 0)
		rc = access_get(cli->c, cli->in, &cli->actor, pos[0], &r);
	if (rc == 0)
		rc = access_letter(cli->c, cli->in, &r, &j);
	if (rc == 0)
		rc = letter_pdf(cli->c, j, &pdf);
	if (rc == 0)
		rc = file_write_atomic(cli->c, str_z(cli->c, o[0].value), 0600, pdf);
	if (rc == 0 && cli->json)
		cli_put(cli, j);
	return said(cli, rc, "Written.");
}

static int put_list(struct cli *cli, const struct json *list, const char *none)
{
	cli_plain(cli->c, (struct json *)list);
	for (size_t i = 0; i < list->n; i++)
		put_row(list->at[i]);
	if (list->n == 0)
		(void)printf("%s\n", none);
	return 0;
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--state"}, {.name = "--after"}};
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, o, 2, NULL, 0, &n);

	if (rc == 0)
		rc = access_list(cli->c, cli->in, &cli->actor,
		    o[0].given ? o[0].value : STR("asked"), o[1].given ? o[1].value : STR(""), &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	if (json_text(j, "after").n > 0)
		(void)fprintf(stderr, "writ: more may follow: --after %.*s\n",
		    STR_ARG(json_text(j, "after")));
	return put_list(cli, json_find(j, "requests"), "No request is in this state.");
}

static int due(struct cli *cli)
{
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = access_due(cli->c, cli->in, &cli->actor, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	return put_list(cli, j, "Nothing more may be told than was answered.");
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_access_table[] = {
    {"access", "ask",
	"DEMAND --target KIND:VALUE | --target-file FILE --identified TEXT [--to-file FILE] "
	"[--language en|de]",
	"record what a data subject asks", WRITE, ask},
    {"access", "list", "[--state STATE] [--after MARK]", "requests of a state", READ, list},
    {"access", "show", "REQUEST", "one request, with its answer", READ, show},
    {"access", "draft", "REQUEST", "draft the answer: what may be told now", WRITE, draft},
    {"access", "approve", "REQUEST", "approve a draft of another person", WRITE, approve},
    {"access", "answer", "REQUEST", "record that the answer was given as approved", WRITE, answer},
    {"access", "drop", "REQUEST", "end a request without an answer", WRITE, drop},
    {"access", "letter", "REQUEST --out FILE", "the answer as a PDF", READ, letter},
    {"access", "due", "", "answers of nothing, where something may be told now", READ, due},
    {"access", "again", "REQUEST", "take up one that was answered", WRITE, again}, {0}};
