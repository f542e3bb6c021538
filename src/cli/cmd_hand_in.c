/* What a person collected for a ticket, and what lies here of it. */
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/rows.h"
#include "desk/hand_in.h"
#include "os/file.h"
#include "out/collected.h"
#include "out/gather.h"
#include "out/view_service.h"

/* ---- a person hands in ---- */

/* A copy beside the ticket's folder, whole, then its name: the collector's own file stays. */
static int upload_one(struct cli *cli, const struct collect *t, struct str path)
{
	const char *z = str_z(cli->c, path), *slash = strrchr(z, '/');
	struct id word = id_make(cli->c);
	const char *copy =
	    str_fmt(cli->c, "%s/new-%s", instance_path(cli->c, cli->in, STR("collect")).p, word.z)
		.p;
	struct hash hash;
	struct stat st;
	int rc = file_copy_new(cli->c, z, copy, 0600);

	if (rc == 0)
		rc = collected_hash(cli->c, copy, &hash);
	if (rc == 0 && stat(copy, &st) != 0)
		rc = err_set(cli->c, ERR_FAIL, "%s: cannot be looked at", z);
	if (rc == 0)
		rc = hand_in_file(cli->c, cli->in, &cli->actor, t,
		    str_of(slash == NULL ? z : slash + 1), str_of(copy), st.st_size, &hash);
	(void)unlink(copy);
	return rc;
}

static int upload_all(struct cli *cli, struct collect *t, const struct str *paths, size_t n)
{
	int rc = 0;

	if (str_is(t->state, "open"))
		rc = hand_in_take(cli->c, cli->in, &cli->actor, t);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = upload_one(cli, t, paths[i]);
	return rc == 0 && n > 0 ? gather_settle(cli->c, cli->in, t->ref) : rc;
}

/* Files, and with --done (or --none, --failed WORD) the end. */
static int upload_end(struct cli *cli, struct collect *t, const struct cli_opt *done,
    const struct cli_opt *none, const struct cli_opt *failed, struct str said)
{
	int rc = 0;

	if (failed->given)
		return hand_in_failed(cli->c, cli->in, &cli->actor, t, failed->value, said);
	if (done->given || none->given)
		rc = hand_in_done(cli->c, cli->in, &cli->actor, t, NULL, none->given, said);
	return rc == 0 && (done->given || none->given) ? gather_settle(cli->c, cli->in, t->ref)
						       : rc;
}

static void checks_text(const struct json *j)
{
	const struct json *files = json_find(j, "files");

	(void)printf("Ticket %.*s is %.*s\n", STR_ARG(json_text(j, "ticket")),
	    STR_ARG(json_text(j, "state")));
	for (size_t i = 0; files != NULL && i < files->n; i++) {
		const struct json *f = files->at[i], *k = json_find(f, "check");
		const struct json *why = k == NULL ? NULL : json_find(k, "reasons");

		(void)printf("%.*s: ", STR_ARG(json_text(f, "name")));
		if (k == NULL)
			(void)printf("not looked at yet\n");
		else if (json_find(k, "records") == NULL)
			(void)printf("it breaks the rules of its format\n");
		else if (str_is(json_text(k, "format"), "unknown"))
			(void)printf("no machine can check it: another person looks it over\n");
		else
			(void)printf("%lld of %lld records lie within what was asked\n",
			    (long long)rows_int(k, "released"), (long long)rows_int(k, "records"));
		for (size_t w = 0; why != NULL && w < why->n; w++)
			(void)printf("  %.*s: %lld\n", STR_ARG(json_text(why->at[w], "why")),
			    (long long)rows_int(why->at[w], "n"));
	}
}

static int upload(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--done", .flag = true}, {.name = "--none", .flag = true},
	    {.name = "--failed"}, {.name = "--how"}};
	struct str pos[HAND_IN_AT_ONCE + 1];
	struct json *j = NULL;
	struct collect t;
	size_t n;
	int rc = cli_parse(cli, o, 4, pos, HAND_IN_AT_ONCE + 1, &n);

	if (rc == 0 && n == 0)
		rc = cli_need(cli, 0, 1,
		    "ticket upload TICKET [FILE]... [--done | --none | --failed WORD] [--how "
		    "TEXT]");
	if (rc == 0 && (int)o[0].given + (int)o[1].given + (int)o[2].given > 1)
		rc = err_set(cli->c, ERR_INVALID, "one of --done, --none and --failed");
	if (rc == 0)
		rc = hand_in_get(cli->c, cli->in, &cli->actor, pos[0], &t);
	if (rc == 0)
		rc = upload_all(cli, &t, pos + 1, n - 1);
	if (rc == 0)
		rc = upload_end(cli, &t, &o[0], &o[1], &o[2], o[3].given ? o[3].value : STR(""));
	if (rc == 0)
		rc = view_collect(cli->c, cli->in, &cli->actor, pos[0], &j);
	return rows_view(cli, rc, j, checks_text);
}

/* ---- what lies here ---- */

static int sweep(struct cli *cli)
{
	struct gather_swept s;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_TICKET_SWEEP);
	if (rc == 0)
		rc = gather_sweep(cli->c, cli->in, &s);
	if (rc == 0 && cli->json) {
		struct json *j = json_map(cli->c);

		json_set_int(cli->c, j, "folders", s.folders);
		json_set_int(cli->c, j, "snapshots", s.snapshots);
		cli_put(cli, j);
	} else if (rc == 0) {
		(void)printf("Cleared: %s, %s\n",
		    cli_count(cli->c, s.folders, "folder", "folders").p,
		    cli_count(cli->c, s.snapshots, "snapshot", "snapshots").p);
	}
	return rc;
}

enum { WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_hand_in_table[] = {
    {"ticket", "upload", "TICKET [FILE]... [--done | --none | --failed WORD] [--how TEXT]",
	"hand in what a person collected", WRITE, upload},
    {"ticket", "sweep", "", "clear collected files that nobody needs any more", WRITE, sweep}, {0}};
