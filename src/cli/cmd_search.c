#include "cli/cmd.h"

#include "cli/rows.h"
#include "cli/shown.h"
#include "cli/words.h"
#include "out/view_search.h"

enum {
	LIMIT,
	AFTER,
	REF,
	NUMBER,
	TARGET,
	KIND,
	INSTRUMENT,
	STATE,
	COUNTRY,
	BODY,
	ASSIGNED,
	OPEN,
	DONE,
	FROM,
	TO,
	SAVED,
	SAVE,
	TARGET_FILE,
	OPTS
};

static const struct cli_opt options[OPTS] = {[LIMIT] = {.name = "--limit"},
    [AFTER] = {.name = "--after"},
    [REF] = {.name = "--ref"},
    [NUMBER] = {.name = "--number"},
    [TARGET] = {.name = "--target"},
    [KIND] = {.name = "--kind"},
    [INSTRUMENT] = {.name = "--instrument"},
    [STATE] = {.name = "--state"},
    [COUNTRY] = {.name = "--country"},
    [BODY] = {.name = "--body"},
    [ASSIGNED] = {.name = "--assigned"},
    [OPEN] = {.name = "--open", .flag = true},
    [DONE] = {.name = "--done", .flag = true},
    [FROM] = {.name = "--from"},
    [TO] = {.name = "--to"},
    [SAVED] = {.name = "--saved"},
    [SAVE] = {.name = "--save"},
    [TARGET_FILE] = {.name = "--target-file"}};

static struct str given(const struct cli_opt *o)
{
	return o->given ? o->value : STR("");
}

/* What is searched for is seen by everybody on the machine when it is an argument: a file is not.
 */
static int read_target(struct cli *cli, const struct cli_opt *o, struct str *ret)
{
	int rc;

	*ret = given(&o[TARGET]);
	if (!o[TARGET_FILE].given)
		return 0;
	rc = rows_read_line(cli, o[TARGET_FILE].value, ret);
	return rc == 0 ? 0 : err_while(cli->c, rc, "--target-file");
}

static int read_query(struct cli *cli, const struct cli_opt *o, struct search *q)
{
	int rc;

	*q = (struct search){.ref = given(&o[REF]),
	    .number = given(&o[NUMBER]),
	    .kind = given(&o[KIND]),
	    .instrument = given(&o[INSTRUMENT]),
	    .state = given(&o[STATE]),
	    .country = given(&o[COUNTRY]),
	    .body = given(&o[BODY]),
	    .assigned = given(&o[ASSIGNED]),
	    .open = o[OPEN].given   ? SEARCH_OPEN
		    : o[DONE].given ? SEARCH_DONE
				    : SEARCH_ANY,
	    .from = DAY_NONE,
	    .to = DAY_NONE};
	rc = words_day(cli, &o[FROM], &q->from);
	if (rc == 0)
		rc = words_day(cli, &o[TO], &q->to);
	return rc == 0 ? read_target(cli, o, &q->target) : rc;
}

void shown_search(const struct json *j)
{
	const struct json *demands = json_find(j, "demands");

	rows_put(json_find(j, "orders"));
	for (size_t i = 0; i < demands->n; i++)
		(void)printf("%-16.*s demand, %.*s, received %.*s\n",
		    STR_ARG(json_text(demands->at[i], "demand")),
		    STR_ARG(json_text(demands->at[i], "state")),
		    STR_ARG(json_text(demands->at[i], "received")));
	if (json_find(j, "orders")->n + demands->n == 0)
		(void)printf("Nothing was found.\n");
	if (json_text(j, "after").n > 0)
		(void)fprintf(stderr, "writ: more may follow: --after %.*s\n",
		    STR_ARG(json_text(j, "after")));
}

static int search(struct cli *cli)
{
	struct cli_opt o[OPTS];
	struct search_saved saved;
	struct search q;
	struct json *j = NULL;
	struct str any, ref;
	size_t n;
	int rc;

	memcpy(o, options, sizeof o);
	rc = cli_parse(cli, o, OPTS, &any, 1, &n);
	if (rc == 0)
		rc = read_query(cli, o, &q);
	if (rc == 0 && o[SAVED].given) {
		rc = search_saved_get(cli->c, cli->in, &cli->actor, o[SAVED].value, &saved);
		q = saved.query;
	}
	if (rc != 0)
		return rc;
	if (n == 1)
		q.any = any;
	if (o[SAVE].given) {
		rc = search_save(cli->c, cli->in, &cli->actor, o[SAVE].value, &q, &ref);
		if (rc == 0)
			(void)fprintf(stderr, "writ: kept: --saved %.*s\n", STR_ARG(ref));
	}
	q.after = given(&o[AFTER]);
	if (rc == 0 && o[LIMIT].given)
		rc = rows_number(cli, &o[LIMIT], &q.limit);
	if (rc == 0)
		rc = view_search(cli->c, cli->in, &cli->actor, &q, &j);
	return rows_view(cli, rc, j, shown_search);
}

void shown_saved(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++)
		(void)printf("%.*s  %.*s\n", STR_ARG(json_text(list->at[i], "ref")),
		    STR_ARG(json_text(list->at[i], "name")));
}

static int saved(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_saved(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_saved);
}

static int forget(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "saved drop SEARCH", &ref);

	if (rc == 0)
		rc = search_saved_drop(cli->c, cli->in, &cli->actor, ref);
	if (rc == 0)
		(void)printf("Forgotten.\n");
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR };

const struct cli_command cmd_search_table[] = {
    {"search", "",
	"[TEXT] [--ref REF] [--number NUMBER] [--target VALUE | --target-file FILE] [--kind KIND] "
	"[--instrument ID] [--state STATE] [--country CC] [--body WORD] [--assigned NAME|nobody] "
	"[--open | --done] [--from DAY] [--to DAY] [--limit N] [--after PLACE] [--save NAME] "
	"[--saved SEARCH]",
	"find cases you may read", READ, search},
    {"saved", "list", "", "the searches you keep", READ, saved},
    {"saved", "drop", "SEARCH", "forget a search", READ, forget}, {0}};
