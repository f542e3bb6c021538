#include "cli/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/pick.h"
#include "desk/look_over.h"
#include "out/collected.h"

#define ARGS                                                                                       \
	"FILE --target ID [--kind KIND] --fields FIELDS [--from WHEN] [--until WHEN] "             \
	"[--zone NAME] [--shape FILE]... [--mask] [--out FILE]"

/* A day is its first moment, and as the end its last: both in the house's zone. */
static int read_when(struct cli *cli, const struct cli_opt *o, bool end, struct instant *ret)
{
	struct day day;

	*ret = INSTANT_NONE;
	if (!o->given)
		return 0;
	if (o->value.n != 10)
		return instant_parse(cli->c, o->value, ret);
	if (day_parse(cli->c, o->value, &day) != 0)
		return ERR_INVALID;
	*ret = instant_at(end ? day_add(day, 1) : day, 0);
	return 0;
}

static void put_text(struct cli *cli, const struct yield_report *r)
{
	if (r->format == YIELD_UNKNOWN) {
		(void)printf("This cannot be checked by machine: no shape fits.\n");
		return;
	}
	(void)printf("%s: %lld of %s may leave, %lld held back\n", yield_format_word(r->format),
	    (long long)r->released, cli_count(cli->c, r->records, "record", "records").p,
	    (long long)yield_held(r));
	for (size_t i = YIELD_IN + 1; i < YIELD_REASONS; i++)
		if (r->held[i] > 0)
			(void)printf("  %lld %s\n", (long long)r->held[i],
			    yield_reason_word((enum yield_reason)i));
	if (r->cut > 0)
		(void)printf("  %lld values of other fields cut out\n", (long long)r->cut);
	if (r->masked > 0)
		(void)printf("  %lld identifiers of others masked\n", (long long)r->masked);
	for (size_t i = 0; i < r->n_at; i++)
		(void)printf("  record %lld, line %lld, byte %lld: %s\n",
		    (long long)r->at[i].record, (long long)r->at[i].line, (long long)r->at[i].byte,
		    yield_reason_word(r->at[i].why));
}

/* A new file; what stands there is not touched. */
static int open_out(struct cli *cli, const struct cli_opt *o, int *ret)
{
	*ret = -1;
	if (!o->given)
		return 0;
	*ret = open(str_z(cli->c, o->value), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (*ret < 0)
		return err_set(cli->c, errno == EEXIST ? ERR_CONFLICT : ERR_FAIL,
		    "the file of --out: %s", strerror(errno));
	return 0;
}

static int run(
    struct cli *cli, const struct yield_ask *ask, struct str file, const struct cli_opt *out)
{
	struct collected got;
	int fd, rc = open_out(cli, out, &fd);

	if (rc != 0)
		return rc;
	rc = collected_check(cli->c, ask, "the file", str_z(cli->c, file), fd, &got);
	if (fd >= 0 && close(fd) != 0 && rc == 0)
		rc = err_set(cli->c, ERR_FAIL, "the file of --out: %s", strerror(errno));
	if (rc != 0 && out->given)
		(void)unlink(str_z(cli->c, out->value));
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, yield_json(cli->c, &got.yield, true));
	else
		put_text(cli, &got.yield);
	if (got.yield.format == YIELD_UNKNOWN || yield_held(&got.yield) > 0)
		return err_set(cli->c, ERR_DENIED, "not all of it may leave");
	return 0;
}

static int check(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--target"}, {.name = "--kind"}, {.name = "--fields"},
	    {.name = "--from"}, {.name = "--until"}, {.name = "--zone"},
	    {.name = "--shape", .many = true}, {.name = "--mask", .flag = true}, {.name = "--out"}};
	struct yield_ask ask = {.kind = STR("email")};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, sizeof o / sizeof o[0], pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "scope check " ARGS);
	if (rc == 0 && (!o[0].given || !o[2].given))
		rc = err_set(cli->c, ERR_INVALID, "say --target and --fields");
	if (rc == 0)
		rc = day_zone(cli->c, o[5].given ? str_z(cli->c, o[5].value) : "UTC");
	if (rc == 0)
		rc = read_when(cli, &o[3], false, &ask.from);
	if (rc == 0)
		rc = read_when(cli, &o[4], true, &ask.until);
	for (size_t i = 0; i < o[6].n && rc == 0; i++)
		rc = collected_shape(cli->c, str_z(cli->c, o[6].values[i]), &ask.shapes);
	if (rc != 0)
		return rc;
	ask.target = o[0].value;
	ask.fields = o[2].value;
	ask.mask = o[7].given;
	if (o[1].given)
		ask.kind = o[1].value;
	return run(cli, &ask, pos[0], &o[8]);
}

static int confirm(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--item"}, {.name = "--file"}};
	struct hash sha256;
	struct pick p;
	int64_t item = 0;
	int rc =
	    pick_parse(cli, o, 2, 0, 0, "scope confirm CASE --item N --file PATH [--order N]", &p);

	if (rc == 0 && (!o[0].given || !o[1].given))
		rc = err_set(cli->c, ERR_INVALID, "say --item and --file");
	if (rc == 0)
		rc = pick_number(cli, o[0].value, "--item", &item);
	if (rc == 0)
		rc = collected_hash(cli->c, str_z(cli->c, o[1].value), &sha256);
	if (rc == 0)
		rc = look_over_record(cli->c, cli->in, &cli->actor, &p.order, item, sha256);
	if (rc == 0)
		(void)printf("Recorded: the file holds only what item %lld grants. Another person "
			     "seals it.\n",
		    (long long)item);
	return rc;
}

const struct cli_command cmd_scope_table[] = {
    {"scope", "check", ARGS, "hold a collected file against what was granted", CLI_NOTHING, check},
    {"scope", "confirm", "CASE --item N --file PATH [--order N]",
	"say of a file that no machine can check that it holds only what was granted",
	CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, confirm},
    {0}};
