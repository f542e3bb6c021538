#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "os/file.h"
#include "out/gather.h"
#include "out/view_service.h"
#include "store/sign.h"

/* ---- the key ---- */

static int key(struct cli *cli)
{
	const char *dir = instance_keys(cli->c, cli->in);
	struct note_key log, k;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_TICKET_KEY);
	if (rc == 0)
		rc = sign_key(cli->c, dir, "log", &log);
	if (rc == 0)
		rc = sign_create_ticket(cli->c, dir, log.name);
	if (rc == ERR_CONFLICT) { /* said again */
		err_clear(cli->c);
		rc = 0;
	}
	if (rc == 0)
		rc = sign_key(cli->c, dir, "ticket", &k);
	if (rc == 0 && cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "key", note_key_print(cli->c, &k));
		cli_put(cli, j);
	} else if (rc == 0) {
		(void)printf("%s\n", note_key_print(cli->c, &k).p);
	}
	return rc;
}

/* ---- making, looking, using ---- */

static int make(struct cli *cli)
{
	struct cli_opt o[] = {
	    {.name = "--item"}, {.name = "--hours"}, {.name = "--preserve", .flag = true}};
	int64_t item = 0, hours = COLLECT_HOURS;
	struct str ref;
	struct pick p;
	int rc = pick_parse(
	    cli, o, 3, 0, 0, "ticket make CASE --item N [--preserve] [--hours N] [--order N]", &p);

	if (rc == 0 && !o[0].given)
		rc = err_set(cli->c, ERR_INVALID, "say with --item N which item it is for");
	if (rc == 0)
		rc = rows_number(cli, &o[0], &item);
	if (rc == 0)
		rc = rows_number(cli, &o[1], &hours);
	if (rc == 0)
		rc = (o[2].given ? collect_make_preserve : collect_make)(
		    cli->c, cli->in, &cli->actor, &p.order, item, hours, &ref);
	if (rc == 0 && cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "ticket", ref);
		cli_put(cli, j);
	} else if (rc == 0) {
		(void)printf(
		    "Ticket %.*s is good for %lld hours, once.\n", STR_ARG(ref), (long long)hours);
	}
	return rc;
}

static void tickets_text(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *t = list->at[i];
		struct str folder = json_text(t, "folder"), why = json_text(t, "why");

		(void)printf("%.*s  %-8.*s %-12.*s until %.*s", STR_ARG(json_text(t, "ticket")),
		    STR_ARG(json_text(t, "state")), STR_ARG(json_text(t, "service")),
		    STR_ARG(json_text(t, "expires")));
		if (json_find(t, "item") != NULL)
			(void)printf(", item %lld", (long long)rows_int(t, "item"));
		if (why.n > 0)
			(void)printf(": %.*s", STR_ARG(why));
		if (folder.n > 0)
			(void)printf(": %lld files in %.*s", (long long)rows_int(t, "files"),
			    STR_ARG(folder));
		(void)printf("\n");
	}
}

static int list(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_tickets(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, tickets_text);
}

static int of(struct cli *cli)
{
	struct json *j = NULL;
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "ticket of CASE [--order N]", &p);

	if (rc == 0)
		rc = view_tickets_of(cli->c, cli->in, &cli->actor, &p.matter, &p.order, &j);
	return rows_view(cli, rc, j, tickets_text);
}

/* The very file that a connector gets. */
static int show(struct cli *cli)
{
	const struct json *body;
	struct json *j = NULL;
	struct str pos[1];
	int rc = cli_one(cli, "ticket show TICKET", pos);

	if (rc == 0)
		rc = view_ticket(cli->c, cli->in, &cli->actor, pos[0], &j);
	if (rc != 0)
		return rc;
	body = json_find(j, "body");
	if (body == NULL)
		return err_set(cli->c, ERR_NOTFOUND, "what the ticket says was erased");
	(void)printf("%s", ticket_file(cli->c, body, json_text(j, "note")).p);
	return 0;
}

static int run(struct cli *cli)
{
	struct service_result r;
	struct str pos[1];
	struct cli_opt o[] = {{.name = "--snapshot"}};
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "ticket run TICKET [--snapshot TICKET]");
	if (rc == 0)
		rc = o[0].given ? gather_from(cli->c, cli->in, &cli->actor, pos[0], o[0].value, &r)
				: gather_run(cli->c, cli->in, &cli->actor, pos[0], &r);
	if (rc != 0)
		return rc;
	if (r.why[0] != '\0')
		return err_set(
		    cli->c, ERR_FAIL, "nothing was collected: %s; the ticket is used up", r.why);
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "ticket", pos[0]);
		json_set_int(cli->c, j, "files", r.files);
		cli_put(cli, j);
	} else {
		(void)printf("Collected: %s\n", cli_count(cli->c, r.files, "file", "files").p);
	}
	return 0;
}

/* ---- for those who write connectors ---- */

/* A line for each nonce that was taken. */
static int check_seen(struct cli *cli, struct str path, struct str nonce)
{
	struct str text = {"", 0}, line, rest;
	int rc = file_exists(str_z(cli->c, path))
		     ? file_read(cli->c, str_z(cli->c, path), 64 << 20, &text)
		     : 0;

	for (rest = text; rc == 0 && rest.n > 0;) {
		(void)str_cut(rest, '\n', &line, &rest);
		if (str_eq(line, nonce))
			return err_set(cli->c, ERR_DENIED, "this ticket was used before");
	}
	return rc == 0 ? file_append_sync(cli->c, str_z(cli->c, path), 0600,
			     str_fmt(cli->c, "%.*s\n", STR_ARG(nonce)))
		       : rc;
}

static int verify(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--key"}, {.name = "--seen"}};
	struct str pos[1], text, line;
	struct note_key k;
	struct ticket t;
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0 && (n != 1 || !o[0].given))
		rc = cli_need(cli, 0, 1, "ticket verify FILE --key FILE [--seen FILE]");
	if (rc == 0)
		rc = rows_read_line(cli, o[0].value, &line);
	if (rc == 0)
		rc = note_key_parse(cli->c, line, &k);
	if (rc == 0)
		rc = file_read(cli->c, str_z(cli->c, pos[0]), TICKET_MAX, &text);
	if (rc == 0)
		rc = ticket_open(
		    cli->c, str_z(cli->c, pos[0]), text, &k, (struct instant){ctx_now(cli->c)}, &t);
	if (rc == 0 && o[1].given)
		rc = check_seen(cli, o[1].value, t.nonce);
	if (rc == 0 && cli->json)
		cli_put(cli, ticket_body(cli->c, &t));
	else if (rc == 0)
		(void)printf("Good until %s\n", instant_str(cli->c, t.expires).p);
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = READ | CLI_SLOT };

const struct cli_command cmd_ticket_table[] = {
    {"ticket", "key", "", "make the key that signs tickets, once; print its verifier key", READ,
	key},
    {"ticket", "make", "CASE --item N [--preserve] [--hours N] [--order N]",
	"have data asked for: a signed ticket of an approved item", WRITE, make},
    {"ticket", "list", "", "the tickets that wait; nothing of their cases", READ, list},
    {"ticket", "of", "CASE [--order N]", "the tickets of an order, and where their files lie", READ,
	of},
    {"ticket", "show", "TICKET", "print the ticket as a connector gets it", READ, show},
    {"ticket", "run", "TICKET [--snapshot TICKET]",
	"run the service's connector for it, once, or take what a preservation kept", WRITE, run},
    {"ticket", "verify", "FILE --key FILE [--seen FILE]",
	"check a ticket that came: signature, time, and that it is new", CLI_NOTHING, verify},
    {0}};
