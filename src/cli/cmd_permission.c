#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/words.h"
#include "desk/base.h"
#include "desk/known.h"
#include "desk/permission.h"
#include "out/view_edition.h"

/* ---- permissions ---- */

static const char *standing(struct cli *cli, const struct permission *p)
{
	if (p->ender != 0)
		return "ended";
	return permission_holds(p, (struct instant){ctx_now(cli->c)}) ? "holds" : "ran out";
}

static struct str title_of(const struct wording words[WORDING_LANGS])
{
	return words[WORDING_EN].title.n > 0 ? words[WORDING_EN].title : words[WORDING_DE].title;
}

static void put_permission(struct cli *cli, const struct permission *p)
{
	if (cli->json) {
		cli_put(cli, view_permission(cli->c, p, (struct instant){ctx_now(cli->c)}));
		return;
	}
	(void)printf("%-16.*s %-13s %-7s %.*s  %.*s", STR_ARG(p->ref), permission_kind_id(p->kind),
	    standing(cli, p), STR_ARG(day_str(cli->c, p->given)), STR_ARG(p->subject));
	if (p->class.n > 0)
		(void)printf(" %.*s", STR_ARG(p->class));
	if (p->kind == PERMISSION_NARROWING)
		(void)printf(" [%lld, %lld]", (long long)p->lo, (long long)p->hi);
	if (p->kind == PERMISSION_RELEASED)
		(void)printf(" %lld", (long long)p->lo);
	(void)printf(": %.*s (%.*s)\n", STR_ARG(title_of(p->words)), STR_ARG(p->law));
}

#define RECORD                                                                                     \
	"KIND SUBJECT --given DAY --law TEXT [--en FILE] [--de FILE] [--until DAY] [--class "      \
	"CLASS] [--lo N] [--hi N]"

enum { GIVEN, LAW, EN, DE, UNTIL, CLASS, LO, HI, OPTIONS };

static int read_edge(struct cli *cli, const struct cli_opt *opt, int64_t *ret)
{
	if (!opt->given || str_i64(opt->value, ret))
		return 0;
	return err_set(cli->c, ERR_INVALID, "%s: want a whole number", opt->name);
}

static int read_new(struct cli *cli, const struct cli_opt *o, struct permission_new *n)
{
	int rc = words_day(cli, &o[GIVEN], &n->given);

	n->law = o[LAW].value;
	n->class = o[CLASS].value;
	if (rc == 0)
		rc = words_day(cli, &o[UNTIL], &n->until);
	if (rc == 0)
		rc = words_read(cli, &o[EN], &n->words[WORDING_EN]);
	if (rc == 0)
		rc = words_read(cli, &o[DE], &n->words[WORDING_DE]);
	if (rc == 0)
		rc = read_edge(cli, &o[LO], &n->lo);
	return rc == 0 ? read_edge(cli, &o[HI], &n->hi) : rc;
}

static int record(struct cli *cli)
{
	struct cli_opt o[OPTIONS] = {{.name = "--given"}, {.name = "--law"}, {.name = "--en"},
	    {.name = "--de"}, {.name = "--until"}, {.name = "--class"}, {.name = "--lo"},
	    {.name = "--hi"}};
	struct permission_new n = {.given = DAY_NONE, .until = DAY_NONE};
	struct permission p;
	struct str pos[2];
	size_t n_pos = 0;
	int rc = cli_parse(cli, o, OPTIONS, pos, 2, &n_pos);

	if (rc == 0)
		rc = cli_need(cli, n_pos, 2, "permission record " RECORD);
	if (rc != 0)
		return rc;
	n.kind = permission_kind_find(pos[0]);
	n.subject = pos[1];
	if (n.kind == PERMISSION_KINDS)
		return err_set(cli->c, ERR_INVALID,
		    "KIND is one of structure, narrowing, released, prohibited, not_countable");
	rc = read_new(cli, o, &n);
	if (rc == 0)
		rc = permission_record(cli->c, cli->in, &cli->actor, &n, &p);
	if (rc == 0)
		put_permission(cli, &p);
	return rc;
}

static int end(struct cli *cli)
{
	struct permission p;
	struct str ref;
	int rc = cli_one(cli, "permission end REF", &ref);

	if (rc == 0)
		rc = permission_end(cli->c, cli->in, &cli->actor, ref, &p);
	if (rc == 0)
		put_permission(cli, &p);
	return rc;
}

static int list(struct cli *cli)
{
	struct permissions all;
	struct json *all_json;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0 && cli->json)
		rc = view_permissions(cli->c, cli->in, &cli->actor, &all_json);
	if (rc == 0 && cli->json)
		cli_put(cli, all_json);
	if (rc != 0 || cli->json)
		return rc;
	rc = permission_list(cli->c, cli->in, &cli->actor, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		put_permission(cli, &all.v[i]);
	if (rc == 0 && all.n == 0)
		(void)printf("Nothing is recorded. `writ help permission` says what can be.\n");
	return rc;
}

/* ---- figures known from outside ---- */

static void put_known(struct cli *cli, struct json *into, const struct known *k)
{
	struct ctx *c = cli->c;
	struct json *j = view_known(c, k);

	if (into != NULL)
		json_add(c, into, j);
	else if (cli->json)
		cli_put(cli, j);
	else
		(void)printf("%-16.*s %-5s %.*s %-8s %-8.*s %.*s  %lld-%lld  (%.*s)%s%.*s\n",
		    STR_ARG(k->ref), k->ender != 0 ? "ended" : "holds", STR_ARG(k->country),
		    known_counts_id(k->counts), STR_ARG(k->unit), STR_ARG(period_str(c, k->period)),
		    (long long)k->lo, (long long)k->hi, STR_ARG(k->source),
		    k->assumes.n > 0 ? " assumes: " : "", STR_ARG(k->assumes));
}

#define KNOWN                                                                                      \
	"--country CC --period PERIOD --unit UNIT --counts WHAT --value N --published DAY "        \
	"--source TEXT [--assumes TEXT]"

enum { COUNTRY, PERIOD, UNIT, COUNTS, VALUE, PUBLISHED, SOURCE, ASSUMES, KNOWN_OPTIONS };

static int known_add(struct cli *cli)
{
	struct cli_opt o[KNOWN_OPTIONS] = {{.name = "--country"}, {.name = "--period"},
	    {.name = "--unit"}, {.name = "--counts"}, {.name = "--value"}, {.name = "--published"},
	    {.name = "--source"}, {.name = "--assumes"}};
	struct known k = {.published = DAY_NONE}, out;
	size_t n = 0;
	int rc = cli_parse(cli, o, KNOWN_OPTIONS, NULL, 0, &n);

	for (size_t i = 0; i < ASSUMES && rc == 0; i++)
		if (!o[i].given)
			rc = err_set(cli->c, ERR_INVALID, "usage: writ known add " KNOWN);
	k.country = o[COUNTRY].value;
	k.unit = o[UNIT].value;
	k.source = o[SOURCE].value;
	k.assumes = o[ASSUMES].value;
	if (rc == 0)
		rc = period_parse(cli->c, o[PERIOD].value, &k.period);
	if (rc == 0)
		rc = known_what(cli->c, o[COUNTS].value, &k);
	if (rc == 0)
		rc = known_value(cli->c, o[VALUE].value, &k);
	if (rc == 0)
		rc = words_day(cli, &o[PUBLISHED], &k.published);
	if (rc == 0)
		rc = known_record(cli->c, cli->in, &cli->actor, &k, &out);
	if (rc == 0)
		put_known(cli, NULL, &out);
	return rc;
}

static int known_take_back(struct cli *cli)
{
	struct known k;
	struct str ref;
	int rc = cli_one(cli, "known end REF", &ref);

	if (rc == 0)
		rc = known_end(cli->c, cli->in, &cli->actor, ref, &k);
	if (rc == 0)
		put_known(cli, NULL, &k);
	return rc;
}

static int list_known(struct cli *cli)
{
	struct json *all_json = json_list(cli->c);
	struct knowns all;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = known_list(cli->c, cli->in, &cli->actor, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		put_known(cli, cli->json ? all_json : NULL, &all.v[i]);
	if (rc == 0 && cli->json)
		cli_put(cli, all_json);
	else if (rc == 0 && all.n == 0)
		(void)printf("No figure known from outside is entered.\n");
	return rc;
}

/* ---- users ---- */

static int users(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--source"}};
	struct period p;
	struct str pos[2];
	int64_t number;
	size_t n = 0;
	int rc = cli_parse(cli, o, 1, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(
		    cli, o[0].given ? n : 0, 2, "edition users PERIOD NUMBER --source TEXT");
	if (rc == 0)
		rc = period_parse(cli->c, pos[0], &p);
	if (rc == 0)
		rc = pick_number(cli, pos[1], "NUMBER", &number);
	if (rc == 0)
		rc = base_record(cli->c, cli->in, &cli->actor, p, number, o[0].value);
	if (rc == 0 && !cli->json)
		(void)printf("%lld active users in %.*s: the next edition made says which share of "
			     "them demands named.\n",
		    (long long)number, STR_ARG(period_str(cli->c, p)));
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_permission_table[] = {
    {"permission", "record", RECORD,
	"counsel records what may be said: KIND is structure, narrowing, released, prohibited "
	"or not_countable",
	WRITE, record},
    {"permission", "end", "REF", "counsel ends it; editions that are out keep naming it", WRITE,
	end},
    {"permission", "list", "", "all that was recorded, and what holds", READ, list},
    {"known", "add", KNOWN,
	"enter a figure that is known from outside, for the disclosure check of editions", WRITE,
	known_add},
    {"known", "end", "REF", "take back one that somebody else entered wrongly", WRITE,
	known_take_back},
    {"known", "list", "", "all of them", READ, list_known},
    {"edition", "users", "PERIOD NUMBER --source TEXT",
	"enter how many active users there were in a period", WRITE, users},
    {NULL, NULL, NULL, NULL, 0, NULL},
};
