#include "cli/cmd.h"

#include <unistd.h>

#include "os/file.h"
#include "out/hook_send.h"
#include "out/view_settings.h"

/* ---- add ---- */

static int make_secret(struct cli *cli, struct str path, struct str *ret)
{
	unsigned char raw[HOOK_SECRET / 2];

	ctx_random(cli->c, raw, sizeof raw);
	*ret = text_hex(cli->c, raw, sizeof raw);
	if (file_exists(str_z(cli->c, path)))
		return err_set(cli->c, ERR_CONFLICT, "%.*s exists already", STR_ARG(path));
	return file_write_atomic(
	    cli->c, str_z(cli->c, path), 0400, str_fmt(cli->c, "%s\n", ret->p));
}

static int add(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--events"}, {.name = "--secret-out"}};
	struct str pos[1], secret, ref;
	size_t n;
	bool made = false;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0 && (n != 1 || !o[0].given || !o[1].given))
		rc = cli_need(cli, 0, 1, "webhook add URL --events EVENTS --secret-out FILE");
	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_WEBHOOK);
	if (rc == 0) {
		rc = make_secret(cli, o[1].value, &secret);
		made = rc == 0;
	}
	if (rc == 0)
		rc = hook_add(cli->c, cli->in, &cli->actor, pos[0], o[0].value, secret, &ref);
	if (rc != 0 && made && rc != ERR_FAIL) /* a secret of nothing */
		(void)unlink(str_z(cli->c, o[1].value));
	if (rc == 0 && cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "webhook", ref);
		cli_put(cli, j);
	} else if (rc == 0) {
		(void)printf("Webhook %.*s is told: %.*s\n", STR_ARG(ref), STR_ARG(o[0].value));
	}
	return rc;
}

/* ---- list, end ---- */

static void list_text(const struct json *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct json *h = all->at[i];

		(void)printf("%-16.*s %.*s\n  events: %.*s\n  %s, %lld waiting, %lld given up\n",
		    STR_ARG(json_text(h, "webhook")), STR_ARG(json_text(h, "url")),
		    STR_ARG(json_text(h, "events")),
		    json_find(h, "ended") != NULL ? "ended" : "is told",
		    (long long)json_find(h, "waiting")->num,
		    (long long)json_find(h, "given_up")->num);
	}
	if (all->n == 0)
		(void)printf("No webhook.\n");
}

static int list(struct cli *cli)
{
	struct json *all;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	if (rc == 0)
		rc = view_webhooks(cli->c, cli->in, &cli->actor, &all);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, all);
	} else {
		cli_plain(cli->c, all);
		list_text(all);
	}
	return 0;
}

static int end(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "webhook end WEBHOOK", &ref);

	if (rc == 0)
		rc = hook_end(cli->c, cli->in, &cli->actor, ref);
	if (rc == 0 && !cli->json)
		(void)printf("It is told nothing more.\n");
	return rc;
}

/* ---- verify ---- */

static int verify(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--secret"}, {.name = "--signature"}};
	struct instant now = {ctx_now(cli->c)};
	struct str pos[1], secret, body;
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0 && (n != 1 || !o[0].given || !o[1].given))
		rc = cli_need(cli, 0, 1, "webhook verify FILE --secret FILE --signature TEXT");
	if (rc == 0)
		rc = file_read(cli->c, str_z(cli->c, o[0].value), 4096, &secret);
	if (rc == 0)
		rc = file_read(cli->c, str_z(cli->c, pos[0]), HOOK_BODY_MAX, &body);
	if (rc == 0)
		rc = hook_send_check(cli->c, str_trim(secret), body, o[1].value, now);
	if (rc == 0 && !cli->json)
		(void)printf("The signature is good.\n");
	return rc;
}

const struct cli_command cmd_webhook_table[] = {
    {"webhook", "add", "URL --events EVENTS --secret-out FILE",
	"tell another program when something happens", CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, add},
    {"webhook", "list", "", "what is told where, and what could not be told",
	CLI_INSTANCE | CLI_ACTOR, list},
    {"webhook", "end", "WEBHOOK", "tell it nothing more", CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, end},
    {"webhook", "verify", "FILE --secret FILE --signature TEXT",
	"check a message's signature, as a receiver does", CLI_NOTHING, verify},
    {0}};
