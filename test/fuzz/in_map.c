/* Mapping files, and a CSV read by one: a piece of history adds up and is spread without loss; a
 * row is taken, passed over or refused at its place; an open demand is one that the JSON reader
 * takes, too. Input: the mapping file, a line "%%", the CSV. */
#include "fuzz.h"

#include "in/map_demand.h"
#include "kind/land.h"

static void check_spread(const struct map_closed *row)
{
	int64_t counts[MAP_OUTCOMES] = {0}, sum = 0, accounts = 0, one;
	enum map_outcome outcome;

	fuzz_must(row->requests >= 1 && row->requests <= MAP_REQUESTS_MAX, "1 to 1,000,000");
	fuzz_must(row->accounts >= 0, "accounts from 0");
	for (size_t i = 0; i < MAP_OUTCOMES; i++)
		sum += row->counts[i];
	fuzz_must(sum == row->requests, "the outcomes add up to the requests");
	if (row->requests > 5000)
		return;
	for (int64_t i = 0; i < row->requests; i++) {
		map_rows_spread(row, i, &outcome, &one);
		fuzz_must(outcome < MAP_OUTCOMES && one >= 0, "each record has an outcome");
		counts[outcome]++;
		accounts += one;
	}
	fuzz_must(accounts == row->accounts, "no account is lost by spreading");
	fuzz_must(memcmp(counts, row->counts, sizeof counts) == 0, "and no outcome");
}

static void check_closed(const struct map_closed *row, int64_t line)
{
	fuzz_must(row->line >= line, "lines in the file's order");
	fuzz_must(
	    !day_is_none(row->from) && !day_is_none(row->to) && day_cmp(row->from, row->to) <= 0,
	    "a period with both ends");
	fuzz_must(land_known(row->country), "a country");
	fuzz_must(str_has_word(STR(MAP_CLASSES), row->class), "a class");
	check_spread(row);
}

static void check_demand(struct ctx *c, const struct draft *d)
{
	struct str text = json_str(c, draft_json(c, d));
	struct draft again;
	int rc = draft_json_parse(c, "again", text, &again);

	if (rc != 0)
		(void)fprintf(stderr, "%s\n", err_text(c));
	fuzz_must(rc == 0, "the JSON reader takes what a mapping file made");
	fuzz_must(str_eq(json_str(c, draft_json(c, &again)), text), "as the same demand");
}

/* Reads to the end; refused rows are told at their place. */
static void read_rows(struct ctx *c, const struct map *map, struct map_rows *rows, bool canary)
{
	struct map_closed row;
	struct draft draft;
	int64_t line = 1;
	struct str note;
	int rc;

	for (size_t i = 0;; i++) {
		struct mem_mark mark = mem_mark(c);
		int64_t at = line;

		rc = map_kind(map) == MAP_CLOSED ? map_rows_closed(c, rows, &row)
						 : map_demand_next(c, rows, &draft, &at);
		if (rc == 0)
			break;
		if (rc < 0) {
			fuzz_refused_at(c, rc, "csv");
			fuzz_must(!canary || strstr(err_text(c), FUZZ_CANARY) == NULL,
			    "a refused row is not repeated");
			err_clear(c);
		} else if (map_kind(map) == MAP_CLOSED) {
			check_closed(&row, line);
			line = row.line;
		} else {
			fuzz_must(at >= line, "lines in the file's order");
			line = at;
			check_demand(c, &draft);
		}
		mem_reset(c, mark);
	}
	if (map_kind(map) != MAP_CLOSED)
		return;
	rc = map_rows_end(c, rows, &note);
	if (rc != 0)
		fuzz_refused_at(c, rc, "csv");
	else
		fuzz_must(!canary || strstr(str_z(c, note), FUZZ_CANARY) == NULL,
		    "a note does not repeat the file");
	err_clear(c);
}

static void read_csv(struct ctx *c, const struct map *map, struct str csv, bool canary)
{
	struct map_rows *rows = NULL;
	int rc = map_rows_open(c, map, "csv", csv_input_text(&csv), &rows);

	if (rc == 0)
		read_rows(c, map, rows, canary);
	else
		fuzz_refused(c, rc);
	err_clear(c);
	map_rows_close(&rows);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in);
	const struct map *map = NULL;
	int rc = day_zone(c, "Europe/Berlin");

	fuzz_must(rc == 0, "Berlin has a zone");
	rc = map_parse(c, "map", text, &map);
	if (rc != 0) {
		fuzz_refused_at(c, rc, "map");
		fuzz_must(map == NULL, "nothing is returned with a refusal");
		return;
	}
	read_csv(c, map, in, false);
	if (memmem(text.p, text.n, FUZZ_CANARY, sizeof FUZZ_CANARY - 1) == NULL)
		read_csv(c, map, fuzz_canary(c, in), true);
}
