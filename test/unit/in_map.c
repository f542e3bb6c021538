/* Mapping files: what they take and refuse, rows of history, the source's total, open demands. */
#include "in/map.h"

#include "check.h"
#include "in/map_demand.h"
#include "in/map_rows.h"

#define HEAD "kind: closed\nsource:\n  publisher: P\n  title: T\n  date: 2020-05\n"
#define COUNTED                                                                                    \
	HEAD "period: 2020H1\ncountry:\n  column: country\nclass: warrant\nrequests: "             \
	     "n\naccounts: a\n"                                                                    \
	     "counts:\n  content: c\n  rejected: r\n"

static const struct map *parse(struct ctx *c, const char *text)
{
	const struct map *map;

	assert_ok(c, map_parse(c, "m.yaml", str_of(text), &map));
	return map;
}

static struct map_rows *rows_of(struct ctx *c, const struct map *map, const char *csv)
{
	struct str *text = mem_alloc(c, sizeof *text);
	struct map_rows *rows;

	*text = str_of(csv);
	assert_ok(c, map_rows_open(c, map, "f.csv", csv_input_text(text), &rows));
	return rows;
}

static void test_map_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
	    {"", "m.yaml:"},
	    {"- a\n", "keys with values"},
	    {"kind: open\n", "m.yaml:1:7: kind is"},
	    {"kind: closed\n", "key \"source\" is missing"},
	    {"kind: closed\nsource:\n  publisher: P\n  title: T\n  date: May\n",
		"m.yaml:5:9: the date is"},
	    {HEAD "perod: 2020\n", "m.yaml:6:1: unknown key; did you mean \"period\""},
	    {HEAD, "key \"period\" is missing"},
	    {COUNTED "rquests: n\n", "m.yaml:15:1: unknown key; did you mean \"requests\""},
	    {HEAD "period: 2020H3\n", "m.yaml:6:9: a period is"},
	    {HEAD "period:\n  from: a\n", "a period is \"column\""},
	    {HEAD "period:\n  from: a\n  to: b\n  format: DD.MM\n",
		"m.yaml:9:11: this is not a date format"},
	    {HEAD "period:\n  to: b\n  months: 13\n", "months from 1 to 12"},
	    {HEAD "period: 2020\n", "key \"country\" is missing"},
	    {HEAD "period: 2020\ncountry: Germany\n", "m.yaml:7:10: this is not an ISO"},
	    {HEAD "period: 2020\ncountry: DE\n", "key \"class\" is missing"},
	    {HEAD "period: 2020\ncountry: DE\nclass: warant\n", "m.yaml:8:8: this is no class"},
	    {HEAD "period: 2020\ncountry: DE\nclass:\n  column: x\n  values:\n    A: b\n",
		"m.yaml:11:8: this is no class"},
	    {HEAD "period: 2020\ncountry: DE\nclass:\n  colum: x\n", "did you mean \"column\""},
	    {HEAD "period: 2020\ncountry: DE\nclass: other\n", "\"outcome\" is missing"},
	    {HEAD "period: 2020\ncountry: DE\nclass: other\noutcome: lost\n",
		"m.yaml:9:10: no such outcome"},
	    {HEAD
		"period: 2020\ncountry: DE\nclass: other\noutcome:\n  - is: content\n    were: x\n",
		"unknown key"},
	    {HEAD "period: 2020\ncountry: DE\nclass: other\ncounts:\n  content: c\n",
		"\"counts\" needs"},
	    {COUNTED "outcome: content\n", "exclude each other"},
	    {HEAD "period: 2020\ncountry: DE\nclass: other\nrequests: n\ncounts:\n  pending: c\n",
		"no such outcome"},
	    {COUNTED "total:\n  differs: note\n", "\"where\" is missing"},
	    {COUNTED "total:\n  where:\n    country: T\n  differs: never\n", "note or refuse"},
	    {COUNTED "groups:\n  - class: other\n    requests: x\n", "belongs into each group"},
	    {COUNTED "delimiter: xx\n", "delimiter is one of"},
	    {COUNTED "thousands: 5\n", "between thousands"},
	    {COUNTED "skip: x\n", "a list is expected"},
	    {COUNTED "printed:\n  - a\n", "the name of a column"},
	    {COUNTED "period: 2021\n", "m.yaml:"},
	};
	struct ctx *c = test_ctx();
	const struct map *map;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int rc = map_parse(c, "m.yaml", str_of(cases[i].text), &map);

		if (rc != ERR_INVALID || strstr(err_text(c), cases[i].why) == NULL)
			fail_msg("case %zu: %d %s", i, rc, err_text(c));
		err_clear(c);
	}
	ctx_close(&c);
}

static void test_rows_refused(void **state)
{
	static const struct {
		const char *row, *why;
		int code;
	} cases[] = {
	    {"Atlantis,1,1,0,0", "f.csv:2:1: column \"country\": unknown country", ERR_INVALID},
	    {",1,1,0,0", "f.csv:2:1: column \"country\": unknown country", ERR_INVALID},
	    {"DE,-1,1,0,0", "f.csv:2:4: column \"n\": a count is not negative", ERR_INVALID},
	    {"DE,1.0,1,0,0", "f.csv:2:4: column \"n\": not a whole number", ERR_INVALID},
	    {"DE,,1,0,0", "f.csv:2:4: column \"n\": empty", ERR_INVALID},
	    {"DE,1,1e3,0,0", "f.csv:2:6: column \"a\": not a whole number", ERR_INVALID},
	    {"DE,1,\"1,000\",0,0", "f.csv:2:6: column \"a\": not a whole number", ERR_INVALID},
	    {"DE,1,1,1,1", "f.csv:2:4: column \"n\": the outcomes add up to more", ERR_INVALID},
	    {"DE,0,1,0,0", "f.csv:2:6: column \"a\": accounts without requests", ERR_INVALID},
	    {"DE,1000001,1,0,0", "f.csv:2:4: column \"n\": more than 1,000,000", ERR_LIMIT},
	    {"DE,99999999999999999999,1,0,0", "f.csv:2:4: column \"n\": larger than 10^12",
		ERR_LIMIT},
	    {"DE,1,1,0", "f.csv:2:8: 4 fields, but the header has 5", ERR_INVALID},
	    {"D\xff,1,1,0,0", "f.csv:2:2: not UTF-8", ERR_INVALID},
	};
	struct ctx *c = test_ctx();
	const struct map *map = parse(c, COUNTED);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct map_rows *rows = rows_of(
		    c, map, str_fmt(c, "country,n,a,c,r\n%s\nFR,2,3,1,1\n", cases[i].row).p);
		struct map_closed row;
		struct str note;

		assert_err(c, map_rows_closed(c, rows, &row), cases[i].code, cases[i].why);
		assert_int_equal(map_rows_fault(rows).line, 2);
		assert_int_equal(
		    map_rows_closed(c, rows, &row), 1); /* and the next is not touched */
		assert_str(row.country, "FR");
		assert_int_equal(row.line, 3);
		assert_int_equal(map_rows_closed(c, rows, &row), 0);
		assert_ok(c, map_rows_end(c, rows, &note));
		map_rows_close(&rows);
	}
	ctx_close(&c);
}

static void test_header(void **state)
{
	struct ctx *c = test_ctx();
	const struct map *map = parse(c, COUNTED);
	struct str text = STR("country,n,a,c\n");
	struct map_rows *rows;

	(void)state;
	assert_err(c, map_rows_open(c, map, "f.csv", csv_input_text(&text), &rows), ERR_INVALID,
	    "column \"r\" is missing (the mapping file names it in line 14)");
	text = STR("country,n,a,c,r,n\n");
	assert_err(c, map_rows_open(c, map, "f.csv", csv_input_text(&text), &rows), ERR_INVALID,
	    "f.csv:1:17: column \"n\" is there twice");
	text = STR("");
	assert_err(c, map_rows_open(c, map, "f.csv", csv_input_text(&text), &rows), ERR_INVALID,
	    "f.csv:1:1: the file is empty");
	text = STR("\"country");
	assert_err(c, map_rows_open(c, map, "f.csv", csv_input_text(&text), &rows), ERR_INVALID,
	    "never closed");
	ctx_close(&c);
}

/* Seven requests, sixteen accounts: 3 3 2 2 2 2 2, outcomes in the fixed order, the rest not
 * recorded. */
static void test_spread(void **state)
{
	static const int64_t accounts[7] = {3, 3, 2, 2, 2, 2, 2};
	static const enum map_outcome outcomes[7] = {MAP_CONTENT, MAP_CONTENT, MAP_REJECTED,
	    MAP_REJECTED, MAP_REJECTED, MAP_NOT_RECORDED, MAP_NOT_RECORDED};
	struct ctx *c = test_ctx();
	struct map_rows *rows = rows_of(c, parse(c, COUNTED), "r,c,country,a,n\n3,2,Korea,16,7\n");
	struct map_closed row;
	struct str note;

	(void)state;
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(row.country, "KR");
	assert_str(row.class, "warrant");
	assert_int_equal(row.requests, 7);
	for (int64_t i = 0; i < 7; i++) {
		enum map_outcome o;
		int64_t a;

		map_rows_spread(&row, i, &o, &a);
		assert_int_equal(o, outcomes[i]);
		assert_int_equal(a, accounts[i]);
	}
	assert_int_equal(map_rows_closed(c, rows, &row), 0);
	assert_ok(c, map_rows_end(c, rows, &note));
	assert_non_null(strstr(note.p, "not_recorded: 2"));
	map_rows_close(&rows);
	ctx_close(&c);
}

static int read_end(struct ctx *c, const char *map, const char *csv, struct str *note)
{
	struct map_rows *rows = rows_of(c, parse(c, map), csv);
	struct map_closed row;
	int rc;

	while ((rc = map_rows_closed(c, rows, &row)) == 1)
		assert_true(row.requests > 0);
	assert_int_equal(rc, 0);
	rc = map_rows_end(c, rows, note);
	map_rows_close(&rows);
	return rc;
}

static void test_total(void **state)
{
	static const char total[] = COUNTED "total:\n  where:\n    country: ALL\n";
	static const char lenient[] =
	    COUNTED "total:\n  where:\n    country: ALL\n  differs: note\n";
	struct ctx *c = test_ctx();
	struct str note;

	(void)state;
	assert_ok(
	    c, read_end(c, total, "country,n,a,c,r\nDE,2,3,1,1\nFR,1,1,0,1\nALL,3,4,1,2\n", &note));
	assert_null(strstr(note.p, "source's total says"));
	/* outcomes may differ, and it is said */
	assert_ok(c, read_end(c, total, "country,n,a,c,r\nDE,2,3,1,1\nALL,2,3,0,2\n", &note));
	assert_non_null(
	    strstr(note.p, "content: the rows add up to 1, the source's total says 0."));
	assert_err(c, read_end(c, total, "country,n,a,c,r\nDE,2,3,1,1\nALL,3,3,0,2\n", &note),
	    ERR_INVALID, "f.csv:3:5: requests: the rows add up to 2, the source's total says 3");
	assert_err(c, read_end(c, total, "country,n,a,c,r\nDE,2,3,1,1\nALL,2,4,0,2\n", &note),
	    ERR_INVALID, "f.csv:3:7: accounts");
	assert_err(c, read_end(c, total, "country,n,a,c,r\nDE,2,3,1,1\n", &note), ERR_INVALID,
	    "no row has");
	assert_ok(c, read_end(c, lenient, "country,n,a,c,r\nDE,2,3,1,1\nALL,3,4,0,2\n", &note));
	assert_non_null(
	    strstr(note.p, "requests: the rows add up to 2, the source's total says 3."));
	ctx_close(&c);
}

static void test_one_a_row(void **state)
{
	static const char map[] =
	    HEAD "delimiter: ;\nunique: id\nskip:\n  - id: x9\n"
		 "only:\n  - what: user data\n    year: 2020\n"
		 "period:\n  from: von\n  to: bis\n  format: D.M.YYYY\n"
		 "country:\n  columns:\n    - code\n    - land\n  values:\n    Atlantis: GR\n"
		 "class:\n  column: kind\n  values:\n    W: warrant\n  other: other\n"
		 "outcome:\n  - is: rejected\n    where:\n      ok: N\n  - is: noncontent\n"
		 "printed: kind\n";
	static const char head[] = "id;what;year;von;bis;code;land;kind;ok\n";
	struct ctx *c = test_ctx();
	struct map_rows *rows = rows_of(c, parse(c, map),
	    str_fmt(c,
		"%s1;user data;2020;1.1.2020;30.06.2020;;Atlantis;W;N\n"
		"2;take-down;2020;;;;;;\n"
		"x9;user data;2020;;;;;;\n"
		"1;user data;2020;1.1.2020;30.06.2020;;Atlantis;W;N\n"
		"3;user data;2020;1.1.2020;31.6.2020;DE;;W;N\n"
		"4;user data;2020;1.7.2020;30.06.2020;DE;;W;N\n"
		"5;user data;2020;1.1.2020;30.06.2020;DE;Atlantis;\"Letter (1 of 2)\";Y\n",
		head)
		.p);
	struct map_closed row;
	struct str note;

	(void)state;
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(row.country, "GR");
	assert_str(row.class, "warrant");
	assert_int_equal(row.counts[MAP_REJECTED], 1);
	assert_str(row.printed, "W");
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID,
	    "f.csv:5:1: column \"id\": another row has");
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID,
	    "f.csv:6:27: column \"bis\": not a date");
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID,
	    "f.csv:7:27: column \"bis\": the period ends");
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(row.country, "DE");
	assert_str(row.class, "other");
	assert_str(row.printed, "Letter (1 of 2)");
	assert_int_equal(row.counts[MAP_NONCONTENT], 1);
	assert_int_equal(row.accounts, 0);
	assert_int_equal(map_rows_closed(c, rows, &row), 0);
	assert_ok(c, map_rows_end(c, rows, &note));
	assert_non_null(strstr(note.p, "no number of accounts"));
	map_rows_close(&rows);
	ctx_close(&c);
}

static void test_unique_grows(void **state)
{
	struct ctx *c = test_ctx();
	const struct map *map = parse(
	    c, HEAD "period: 2020\ncountry: DE\nclass: other\noutcome: content\nunique: id\n");
	struct buf b = buf_init(c, 1 << 20);
	struct map_rows *rows;
	struct map_closed row;

	(void)state;
	buf_puts(&b, "id\n");
	for (int i = 0; i < 5000; i++)
		buf_fmt(&b, "%d\n", i);
	buf_puts(&b, "17\n");
	rows = rows_of(c, map, buf_str(&b).p);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID, "f.csv:5002:1");
	assert_int_equal(map_rows_closed(c, rows, &row), 0);
	map_rows_close(&rows);
	ctx_close(&c);
}

static void test_groups(void **state)
{
	static const char map[] =
	    HEAD "period: 2022-07-01/2022-12-31\nthousands: \",\"\ncountry:\n  column: c\n"
		 "groups:\n  - class: other\n    requests: l\n    accounts: la\n"
		 "  - class: emergency\n    requests: e\n    accounts: ea\n"
		 "row_total:\n  requests: t\n  accounts: ta\n";
	struct ctx *c = test_ctx();
	struct map_rows *rows = rows_of(c, parse(c, map),
	    "c,t,ta,l,la,e,ea\nDE,\"1,003\",5,\"1,000\",1,3,4\nFR,1,1,0,0,1,1\nUS,0,0,0,0,0,0\n"
	    "GB,2,2,1,1,0,0\nIN,\"1,00\",1,1,1,0,0\nBR,1,1,1,1,0,0\n");
	struct map_closed row;

	(void)state;
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_int_equal(row.requests, 1000);
	assert_str(row.class, "other");
	assert_true(map_rows_more(rows));
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_int_equal(row.requests, 3);
	assert_str(row.class, "emergency");
	assert_int_equal(row.line, 2);
	assert_false(map_rows_more(rows));
	assert_int_equal(map_rows_next_line(rows), 3);
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(row.country, "FR");
	assert_str(row.class, "emergency");
	assert_err(
	    c, map_rows_closed(c, rows, &row), ERR_INVALID, "f.csv:5:4: column \"t\": the groups");
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID,
	    "f.csv:6:4: column \"t\": the thousands");
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(row.country, "BR");
	assert_false(map_rows_more(rows)); /* nothing of the refused rows is left */
	assert_int_equal(map_rows_closed(c, rows, &row), 0);
	map_rows_close(&rows);
	ctx_close(&c);
}

static void test_periods(void **state)
{
	struct ctx *c = test_ctx();
	struct map_rows *rows = rows_of(c,
	    parse(c, HEAD
		"period:\n  to: end\n  months: 6\ncountry: DE\nclass: other\noutcome: content\n"),
	    "end\n2013-06-30\n2013-02-30\n2012-12-31\n");
	struct map_closed row;

	(void)state;
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(day_str(c, row.from), "2013-01-01");
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID,
	    "f.csv:3:1: column \"end\": not a date");
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(day_str(c, row.from), "2012-07-01");
	assert_str(day_str(c, row.to), "2012-12-31");
	map_rows_close(&rows);
	rows = rows_of(c,
	    parse(c, HEAD "period:\n  column: p\ncountry: DE\nclass: other\noutcome: content\n"),
	    "p\n2022-H1\n2013H2\n2013\nspring\n");
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(period_str(c, (struct period){row.from, row.to}), "2022H1");
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_int_equal(map_rows_closed(c, rows, &row), 1);
	assert_str(period_str(c, (struct period){row.from, row.to}), "2013");
	assert_err(c, map_rows_closed(c, rows, &row), ERR_INVALID,
	    "f.csv:5:1: column \"p\": not a period");
	map_rows_close(&rows);
	ctx_close(&c);
}

/* ---- open demands ---- */

static const char demands[] =
    "kind: demands\n"
    "source:\n  publisher: Own mailbox\n  title: Export\n  date: 2026\n"
    "delimiter: ;\n"
    "unique: ref\n"
    "received:\n  day: eingang\n  time: uhr\n  format: DD.MM.YYYY\n"
    "channel: fax\n"
    "language: de\n"
    "verified:\n  column: ok\n  values:\n    x: yes\n    \"\": no\n"
    "authority:\n  country: DE\n  body: police\n  name:\n    column: behoerde\n"
    "  number:\n    column: az\n"
    "order:\n"
    "  instrument:\n    column: art\n    values:\n      Bestand: DE-BDA\n"
    "  facts:\n    order.legal_basis:\n      column: norm\n    order.signed: yes\n"
    "  targets:\n    - kind: email\n      column: mail\n      separator: \",\"\n"
    "    - kind: ipv4\n      column: ip\n      at: ipzeit\n"
    "  asks:\n    - fields: name address\n      service: mail\n"
    "    - fields: session_ip\n      from: von\n      to: bis\n";
static const char demand_head[] =
    "ref;eingang;uhr;ok;behoerde;az;art;norm;mail;ip;ipzeit;von;bis\n";
static const char demand_row[] =
    "1;12.01.2026;09:30;x;Polizei;AZ 1;Bestand;TKG 174;A@x.example, b@x.example;192.0.2.1;"
    "2025-12-01T10:00:00+01:00;2025-01-01;2025-12-31\n";

static void test_demand(void **state)
{
	struct ctx *c = test_ctx();
	struct map_rows *rows;
	struct draft d;
	int64_t line;

	(void)state;
	assert_ok(c, day_zone(c, "Europe/Berlin"));
	assert_int_equal(map_kind(parse(c, demands)), MAP_DEMANDS);
	assert_str(map_source(parse(c, demands)), "Own mailbox: Export (2026)");
	rows = rows_of(c, parse(c, demands),
	    str_fmt(c, "%s%s2;1.2.2026;;;;;;;;;;;\n3;01.02.2026;09:30;;LKA;;Bestand;;;;;;\n",
		demand_head, demand_row)
		.p);
	assert_int_equal(map_demand_next(c, rows, &d, &line), 1);
	assert_int_equal(line, 2);
	assert_str(instant_str(c, d.received), "2026-01-12T08:30:00Z");
	assert_true(d.verified);
	assert_true(d.specific);
	assert_str(d.country, "DE");
	assert_str(d.authority, "Polizei");
	assert_str(d.number, "AZ 1");
	assert_int_equal(d.n_orders, 1);
	assert_str(d.orders[0].instrument, "DE-BDA");
	assert_int_equal(d.orders[0].n_facts, 2);
	assert_int_equal(d.orders[0].n_targets, 3);
	assert_str(d.orders[0].targets[0].value, "A@x.example");
	assert_str(d.orders[0].targets[1].value, "b@x.example");
	assert_str(d.orders[0].targets[2].value, "192.0.2.1");
	assert_str(instant_str(c, d.orders[0].targets[2].at), "2025-12-01T09:00:00Z");
	assert_int_equal(d.orders[0].n_asks, 2);
	assert_str(d.orders[0].asks[0].fields, "name address");
	assert_str(day_str(c, d.orders[0].asks[1].to), "2025-12-31");
	/* the same demand as JSON */
	assert_ok(c, draft_json_parse(c, "d.json", json_str(c, draft_json(c, &d)), &d));
	assert_err(c, map_demand_next(c, rows, &d, &line), ERR_INVALID,
	    "f.csv:3:3: column \"eingang\": not a date");
	assert_int_equal(map_demand_next(c, rows, &d, &line), 1);
	assert_false(d.verified);
	assert_int_equal(d.orders[0].n_facts, 1); /* the empty one states nothing */
	assert_int_equal(d.orders[0].n_targets, 0);
	assert_int_equal(map_demand_next(c, rows, &d, &line), 0);
	map_rows_close(&rows);
	ctx_close(&c);
}

static void test_demand_refused(void **state)
{
	static const struct {
		const char *from, *to, *why;
	} cases[] = {
	    {"12.01.2026", "32.01.2026", "column \"eingang\": not a date"},
	    {"09:30", "24:00", "column \"uhr\": not a time"},
	    {"09:30", "9", "column \"uhr\": not a time"},
	    {";x;", ";q;", "column \"ok\": the mapping file's table"},
	    {"Polizei", "", "column \"behoerde\": empty"},
	    {"Bestand", "Inhalt", "column \"art\": the mapping file's table"},
	    {"A@x.example", "x.example", "f.csv:2:51: column \"mail\": an e-mail address has an @"},
	    {"192.0.2.1", "192.0.2.999", "column \"ip\": an IPv4 address"},
	    {"10:00:00+01:00", "10:00:00", "column \"ipzeit\": not an instant"},
	    {"2025-12-31", "2024-12-31", "column \"bis\": the period ends"},
	    {"AZ 1", "AZ\x01", "column \"az\": this has a control character"},
	};
	struct ctx *c = test_ctx();
	const struct map *map = parse(c, demands);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *at = strstr(demand_row, cases[i].from);
		struct map_rows *rows;
		struct draft d;
		int64_t line;

		assert_non_null(at);
		rows = rows_of(c, map,
		    str_fmt(c, "%s%.*s%s%s", demand_head, (int)(at - demand_row), demand_row,
			cases[i].to, at + strlen(cases[i].from))
			.p);
		assert_err(c, map_demand_next(c, rows, &d, &line), ERR_INVALID, cases[i].why);
		assert_int_equal(map_demand_next(c, rows, &d, &line), 0);
		map_rows_close(&rows);
	}
	{
		struct map_rows *rows =
		    rows_of(c, map, str_fmt(c, "%s%s%s", demand_head, demand_row, demand_row).p);
		struct draft d;
		int64_t line;

		assert_int_equal(map_demand_next(c, rows, &d, &line), 1);
		assert_err(c, map_demand_next(c, rows, &d, &line), ERR_INVALID,
		    "f.csv:3:1: column \"ref\": another row");
		map_rows_close(&rows);
	}
	ctx_close(&c);
}

static void test_demand_map_refused(void **state)
{
	static const struct {
		const char *from, *to, *why;
	} cases[] = {
	    {"channel: fax\n", "", "key \"channel\" is missing"},
	    {"channel: fax\n", "channel: \"\"\n", "empty"},
	    {"language: de\n", "language: german\n", "this is not an ISO 639-1"},
	    {"country: DE", "country: Germany", "this is not an ISO 3166-1"},
	    {"received:\n  day: eingang\n  time: uhr\n  format: DD.MM.YYYY\n",
		"received:\n  time: uhr\n", "either"},
	    {"order.signed: yes", "signed: yes", "begins with order."},
	    {"separator: \",\"", "separator: \"::\"", "one ASCII character"},
	    {"    x: yes\n", "    x: true\n", "this is neither yes nor no"},
	    {"unique: ref\n", "unique: ref\nperiod: 2020\n", "unknown key"},
	};
	struct ctx *c = test_ctx();
	const struct map *map;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *at = strstr(demands, cases[i].from);

		assert_non_null(at);
		assert_err(c,
		    map_parse(c, "m.yaml",
			str_fmt(c, "%.*s%s%s", (int)(at - demands), demands, cases[i].to,
			    at + strlen(cases[i].from)),
			&map),
		    ERR_INVALID, cases[i].why);
	}
	ctx_close(&c);
}

/* ---- the mapping files that come with Writ, on the files that providers published --------- */

static struct str slurp(struct ctx *c, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = mem_alloc(c, 1 << 20);
	size_t n;

	if (f == NULL)
		fail_msg("%s: cannot open", path);
	n = fread(p, 1, 1 << 20, f);
	(void)fclose(f);
	return (struct str){p, n};
}

static void file_check(const char *map_path, const char *csv_path, const int64_t want[3])
{
	struct ctx *c = test_ctx();
	struct str text = slurp(c, csv_path), note;
	int64_t requests = 0, accounts = 0, not_recorded = 0;
	const struct map *map;
	struct map_rows *rows;
	struct map_closed row;
	int rc;

	assert_ok(c, map_parse(c, map_path, slurp(c, map_path), &map));
	assert_ok(c, map_rows_open(c, map, csv_path, csv_input_text(&text), &rows));
	while ((rc = map_rows_closed(c, rows, &row)) == 1) {
		requests += row.requests;
		accounts += row.accounts;
		not_recorded += row.counts[MAP_NOT_RECORDED];
	}
	assert_ok(c, rc);
	assert_ok(c, map_rows_end(c, rows, &note));
	assert_int_equal(requests, want[0]);
	assert_int_equal(accounts, want[1]);
	assert_int_equal(not_recorded, want[2]);
	map_rows_close(&rows);
	ctx_close(&c);
}

static void test_published(void **state)
{
	static const struct {
		const char *map, *csv;
		int64_t want[3];
	} cases[] = {
	    {"examples/maps/microsoft-lerr.map.yaml", "microsoft-2013H1.csv", {37196, 66539, 1}},
	    {"examples/maps/microsoft-2012.map.yaml", "microsoft-2012-by-country.csv",
		{70665, 122015, 70665}},
	    {"examples/maps/cisco-2022h1.map.yaml", "cisco-2022H1-demands.csv", {71, 0, 0}},
	    {"examples/maps/meta-2022h2.map.yaml", "meta-2022H2.csv", {239388, 415642, 239388}},
	};
	const char *shared = getenv("WRIT_SHARED");
	char path[512];
	FILE *probe;

	(void)state;
	file_check("examples/history/2013h1.map.yaml", "examples/history/2013h1.csv",
	    (const int64_t[]){37196, 66539, 1});
	shared = shared == NULL ? "../shared" : shared;
	(void)snprintf(path, sizeof path, "%s/data/README.md", shared);
	probe = fopen(path, "rb");
	if (probe == NULL) {
		puts("skipped: no folder with the published files");
		return;
	}
	(void)fclose(probe);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		(void)snprintf(path, sizeof path, "%s/data/%s", shared, cases[i].csv);
		file_check(cases[i].map, path, cases[i].want);
	}
}

/* ---- any bytes --------------------------------------------------------------------- */

static void read_any(struct ctx *c, const struct map *map, struct str text)
{
	struct map_closed row;
	struct map_rows *rows;
	struct draft d;
	struct str note;
	int64_t line;
	int rc = map_rows_open(c, map, "f", csv_input_text(&text), &rows);

	if (rc == 0) {
		do {
			err_clear(c);
			rc = map_kind(map) == MAP_CLOSED ? map_rows_closed(c, rows, &row)
							 : map_demand_next(c, rows, &d, &line);
		} while (rc != 0);
		rc = map_rows_end(c, rows, &note);
		assert_true(rc == 0 || rc == ERR_INVALID);
		map_rows_close(&rows);
	}
	err_clear(c);
}

static void test_any_bytes(void **state)
{
	static const char csv[] = "country,n,a,c,r\nDE,2,3,1,1\n\"Korea\",1,1,0,1\nALL,3,4,1,2\n";
	static const char map[] = COUNTED "total:\n  where:\n    country: ALL\n";
	static const char bytes[] = "\0\x01\"\n\r,;:- #'0A\xc3\xff";
	struct ctx *c = test_ctx();
	const struct map *closed = parse(c, map), *any;
	const char *texts[2] = {map, demands};
	char copy[2048];

	(void)state;
	for (size_t i = 0; i < sizeof csv - 1; i++) {
		memcpy(copy, csv, sizeof csv);
		read_any(c, closed, (struct str){copy, i});
		for (int byte = 0; byte < 256; byte++) {
			struct mem_mark mark = mem_mark(c);

			copy[i] = (char)byte;
			read_any(c, closed, (struct str){copy, sizeof csv - 1});
			mem_reset(c, mark);
		}
	}
	for (size_t t = 0; t < 2; t++) {
		size_t n = strlen(texts[t]);

		for (size_t i = 0; i < n; i++) {
			memcpy(copy, texts[t], n);
			for (size_t k = 0; k < sizeof bytes; k++) {
				struct mem_mark mark = mem_mark(c);
				struct str text = {copy, k + 1 < sizeof bytes ? n : i};

				copy[i] = k + 1 < sizeof bytes ? bytes[k] : texts[t][i];
				if (map_parse(c, "m", text, &any) == 0)
					read_any(c, any, STR("country,n,a,c,r\nDE,2,3,1,1\n"));
				err_clear(c);
				mem_reset(c, mark);
			}
		}
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_map_refused),
	    cmocka_unit_test(test_rows_refused),
	    cmocka_unit_test(test_header),
	    cmocka_unit_test(test_spread),
	    cmocka_unit_test(test_total),
	    cmocka_unit_test(test_one_a_row),
	    cmocka_unit_test(test_unique_grows),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_periods),
	    cmocka_unit_test(test_demand),
	    cmocka_unit_test(test_demand_refused),
	    cmocka_unit_test(test_demand_map_refused),
	    cmocka_unit_test(test_published),
	    cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
