/* Other ways of delivery, and what comes after one (SPEC.md 9.10). */
#include "cli/cmd.h"

#include "cli/pick.h"
#include "desk/mailing.h"
#include "desk/medium.h"
#include "desk/misdelivery.h"
#include "desk/recall.h"

/* PRODUCTION and up to `more` further arguments. */
static int begin(struct cli *cli, struct cli_opt *o, size_t n, size_t more, const char *usage,
    struct str pos[static 4])
{
	size_t got;
	int rc = cli_parse(cli, o, n, pos, 1 + more, &got);

	for (size_t i = got; i < 4; i++)
		pos[i] = STR("");
	return rc == 0 && got == 0 ? err_set(cli->c, ERR_INVALID, "usage: writ %s", usage) : rc;
}

static int said(struct cli *cli, int rc, const char *text)
{
	if (rc == 0 && !cli->json)
		(void)printf("%s\n", text);
	return rc;
}

static int day_or_today(struct cli *cli, const struct cli_opt *o, struct day *ret)
{
	if (o->given)
		return pick_day(cli, o->value, o->name, ret);
	*ret = instant_day((struct instant){ctx_now(cli->c)});
	return 0;
}

/* ---- mails ---- */

#define MAIL "PRODUCTION [FILE] [--to ADDRESS | --to-file FILE] [--reason TEXT]"

static int mail(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--to"}, {.name = "--to-file"}, {.name = "--reason"},
	    {.name = "--reason-file"}};
	struct str pos[4], to, reason, state;
	int rc = begin(cli, o, 4, 1, "production mail " MAIL, pos);

	if (rc == 0)
		rc = pick_text(cli, &o[0], &o[1], &to);
	if (rc == 0)
		rc = pick_text(cli, &o[2], &o[3], &reason);
	if (rc == 0)
		rc = mailing_put(
		    cli->c, cli->in, &cli->actor, pos[0], pos[1], str_trim(to), reason, &state);
	if (rc == 0 && cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "mail", state);
		cli_put(cli, j);
	}
	if (rc != 0)
		return rc;
	return said(cli, 0,
	    str_is(state, "queued")
		? "On its way. It counts as delivered once the mail server has taken it."
		: "It waits for a second person: writ production mail-confirm PRODUCTION");
}

static int mail_confirm(struct cli *cli)
{
	struct str pos[1];
	int rc = cli_one(cli, "production mail-confirm PRODUCTION", pos);

	if (rc == 0)
		rc = mailing_confirm(cli->c, cli->in, &cli->actor, pos[0]);
	return said(cli, rc, "On its way.");
}

static int mail_stop(struct cli *cli)
{
	struct str pos[1];
	int rc = cli_one(cli, "production mail-stop PRODUCTION", pos);

	if (rc == 0)
		rc = mailing_stop(cli->c, cli->in, &cli->actor, pos[0]);
	return said(cli, rc, "The mail is not sent.");
}

/* ---- media ---- */

#define MEDIUM                                                                                     \
	"PRODUCTION FILE DIR --kind KIND --serial TEXT --carrier TEXT --handed-to TEXT [--bag "    \
	"TEXT]"

static int medium(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--kind"}, {.name = "--serial"}, {.name = "--carrier"},
	    {.name = "--handed-to"}, {.name = "--bag"}};
	struct medium_done done;
	struct medium_words w;
	struct str pos[4];
	int rc = begin(cli, o, 5, 2, "production medium " MEDIUM, pos);

	if (rc == 0 && pos[2].n == 0)
		rc = err_set(cli->c, ERR_INVALID, "usage: writ production medium " MEDIUM);
	w = (struct medium_words){.serial = o[1].value,
	    .carrier = o[2].value,
	    .handed_to = o[3].value,
	    .bag = o[4].value};
	if (rc == 0)
		rc = medium_write(
		    cli->c, cli->in, &cli->actor, pos[0], pos[1], pos[2], o[0].value, &w, &done);
	if (rc != 0)
		return rc;
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "file", done.file);
		json_set_text(cli->c, j, "sha256", hash_hex(cli->c, done.sealed));
		json_set_int(cli->c, j, "size", done.size);
		if (done.manifest.n > 0)
			json_set_text(cli->c, j, "manifest", done.manifest);
		cli_put(cli, j);
		return 0;
	}
	(void)printf("Written and read back: %.*s\nSHA-256 %s\n"
		     "The protocol to sign: writ order letter CASE --kind protocol --production "
		     "%.*s --out FILE\n",
	    STR_ARG(done.file), hash_hex(cli->c, done.sealed).p, STR_ARG(pos[0]));
	return 0;
}

static int medium_receipt(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--received"}, {.name = "--by"}};
	struct str pos[4];
	struct day day = DAY_NONE;
	int rc = begin(
	    cli, o, 2, 0, "production medium-back PRODUCTION --by TEXT [--received DAY]", pos);

	if (rc == 0)
		rc = day_or_today(cli, &o[0], &day);
	if (rc == 0)
		rc = medium_back(cli->c, cli->in, &cli->actor, pos[0], day, o[1].value);
	return said(cli, rc, "Recorded: the receipt came back.");
}

/* ---- what comes after ---- */

#define MISDELIVERED "PRODUCTION (--to-whom TEXT | --to-whom-file FILE) --how TEXT [--found DAY]"

static int misdelivered(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--to-whom"}, {.name = "--to-whom-file"}, {.name = "--how"},
	    {.name = "--found"}};
	struct str pos[4], whom;
	struct day day = DAY_NONE;
	int rc = begin(cli, o, 4, 0, "production misdelivered " MISDELIVERED, pos);

	if (rc == 0)
		rc = pick_text(cli, &o[0], &o[1], &whom);
	if (rc == 0)
		rc = day_or_today(cli, &o[3], &day);
	if (rc == 0)
		rc = misdelivery_put(
		    cli->c, cli->in, &cli->actor, pos[0], str_trim(whom), o[2].value, day);
	return said(cli, rc,
	    "Recorded. Counsel decides whom to tell: writ production misdelivered-settle "
	    "PRODUCTION");
}

static int misdelivered_settle(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--reason"}, {.name = "--reason-file"}};
	struct str pos[4], text;
	int rc =
	    begin(cli, o, 2, 0, "production misdelivered-settle PRODUCTION --reason TEXT", pos);

	if (rc == 0)
		rc = pick_text(cli, &o[0], &o[1], &text);
	if (rc == 0)
		rc = misdelivery_settle(cli->c, cli->in, &cli->actor, pos[0], text);
	return said(cli, rc, "Recorded.");
}

static int recall(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--cause"}, {.name = "--reason"}, {.name = "--reason-file"}};
	struct str pos[4], text;
	int rc =
	    begin(cli, o, 3, 0, "production recall PRODUCTION --cause WORD --reason TEXT", pos);

	if (rc == 0)
		rc = pick_text(cli, &o[1], &o[2], &text);
	if (rc == 0)
		rc = recall_put(cli->c, cli->in, &cli->actor, pos[0], o[0].value, text);
	return said(cli, rc,
	    "Recalled. The letter: writ order letter CASE --kind recall --production PRODUCTION");
}

static int answer(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--day"}, {.name = "--reason"}, {.name = "--reason-file"}};
	struct str pos[4], text;
	struct day day = DAY_NONE;
	int rc = begin(cli, o, 3, 1,
	    "production recall-answer PRODUCTION ANSWER [--day DAY] [--reason TEXT]", pos);

	if (rc == 0)
		rc = pick_text(cli, &o[1], &o[2], &text);
	if (rc == 0)
		rc = day_or_today(cli, &o[0], &day);
	if (rc == 0)
		rc = recall_answer(cli->c, cli->in, &cli->actor, pos[0], pos[1], day, text);
	return said(cli, rc, "Recorded.");
}

enum { WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_after_table[] = {
    {"production", "mail", MAIL, "mail the sealed file to the authority", WRITE, mail},
    {"production", "mail-confirm", "PRODUCTION", "a second person has looked at the address", WRITE,
	mail_confirm},
    {"production", "mail-stop", "PRODUCTION", "take back a mail that waits", WRITE, mail_stop},
    {"production", "medium", MEDIUM, "copy it to a medium, read it back, record the protocol",
	WRITE, medium},
    {"production", "medium-back", "PRODUCTION --by TEXT [--received DAY]",
	"the receipt for a medium came back", WRITE, medium_receipt},
    {"production", "misdelivered", MISDELIVERED, "it reached somebody else", WRITE, misdelivered},
    {"production", "misdelivered-settle", "PRODUCTION --reason TEXT",
	"counsel: whom was decided to tell", WRITE, misdelivered_settle},
    {"production", "recall", "PRODUCTION --cause WORD --reason TEXT",
	"counsel: ask the authority to delete it", WRITE, recall},
    {"production", "recall-answer", "PRODUCTION ANSWER [--day DAY] [--reason TEXT]",
	"what the authority answered: deleted, refused, none", WRITE, answer},
    {0}};
