/* From counted demands to figures: whatever was counted, the figures hold every rule of
 * publication, say as many requests as there were, and do not depend on the order in which the
 * demands came; what is written as CSV has one line a figure. Input: records of eight bytes. */
#include "fuzz.h"

#include "stat/invariant.h"
#include "stat/tally.h"

enum { RECORD = 8, RECORDS_MOST = 60 };

static const char *const countries[] = {"DE", "US", "GB", "FR", "", "X"};
static const char *const classes[] = {"warrant", "subpoena", "other", "emergency", "court_order"};
static const char *const channels[] = {"portal", "fax", "plain_mail"};
static const char *const codes[] = {"", "over_broad", "no_basis"};

static const struct tally_source sources[] = {{3, {"abc", 3}, true}, {9, {"xyz", 3}, false}};

struct sums {
	int64_t requests, live, preserved, accounts, barred, rejected, told;
};

/* One record: a demand decided here, or a closed one of an import. */
static void add(struct ctx *c, struct tally *t, struct str r, struct sums *sums)
{
	const unsigned char *b = (const unsigned char *)r.p;
	struct tally_demand d = {.country = str_of(countries[b[1] % 6]),
	    .class = str_of(classes[b[2] % 5]),
	    .channel = str_of(channels[b[3] % 3]),
	    .code = str_of(codes[b[3] / 3 % 3]),
	    .outcome = (enum outcome)(1 + b[4] % (OUTCOME_NOT_RECORDED - 1)),
	    .accounts = b[5],
	    .disclosed = b[5] / 2,
	    .emergency = (b[6] & 1) != 0,
	    .narrowed = (b[6] & 2) != 0,
	    .refused_first = (b[6] & 4) != 0,
	    .withdrawn_notice = (b[6] & 8) != 0,
	    .barred = (b[6] & 16) != 0,
	    .notice = (enum tally_notice)(b[7] % TALLY_NOTICES),
	    .told_late = b[7] % TALLY_NOTICES == TALLY_TOLD && (b[7] & 128) != 0,
	    .preservation = (b[6] & 224) == 224};

	if (b[0] % 2 == 1) {
		tally_closed_add(c, t, sources[b[0] / 2 % 2].number, str_of(countries[b[1] % 4]),
		    d.class, (enum outcome)(1 + b[4] % OUTCOME_NOT_RECORDED), b[5]);
		sums->requests++;
		sums->accounts += b[5];
		sums->rejected += 1 + b[4] % OUTCOME_NOT_RECORDED == OUTCOME_REJECTED;
		return;
	}
	tally_demand_add(c, t, &d);
	sums->preserved += d.preservation;
	if (d.preservation)
		return;
	sums->requests++;
	sums->live++;
	sums->accounts += d.accounts;
	sums->barred += d.barred;
	sums->told += d.notice == TALLY_TOLD;
	sums->rejected += d.outcome == OUTCOME_REJECTED;
}

static struct figures figures_of(struct ctx *c, struct str in, bool backwards, struct sums *sums)
{
	size_t n = in.n / RECORD < RECORDS_MOST ? in.n / RECORD : RECORDS_MOST;
	struct figures f = {0};
	struct tally t;

	*sums = (struct sums){0};
	tally_init(c, &t);
	for (size_t i = 0; i < n; i++) {
		size_t at = (backwards ? n - 1 - i : i) * RECORD;

		add(c, &t, (struct str){in.p + at, RECORD}, sums);
	}
	fuzz_must(tally_live(&t) == sums->live, "what was not imported is counted");
	tally_figures(c, &t, sources, 2, &f);
	figure_sort(&f);
	return f;
}

static void check_numbers(const struct figures *f, const struct sums *sums)
{
	const struct figure *accounts = figure_find(f, "total", STR(""), STR(""), "accounts");
	struct str all = STR("");

	fuzz_must(figure_number(f, "total", all, all, "requests") == sums->requests, "requests");
	fuzz_must(figure_number(f, "total", all, all, "rejected") == sums->rejected, "rejected");
	fuzz_must(accounts != NULL &&
		      (accounts->status == FIGURE_UNKNOWN || accounts->value_min == sums->accounts),
	    "accounts, or that they are not known");
	fuzz_must(
	    figure_number(f, "preservation", all, all, "requests") == sums->preserved, "kept");
	fuzz_must(figure_number(f, "secrecy", all, all, "barred") == sums->barred, "barred");
	fuzz_must(figure_number(f, "notice", all, all, "told") == sums->told, "told");
}

static struct str csv_of(struct ctx *c, const struct figures *f)
{
	struct buf b = buf_init(c, FIGURES_CSV_MAX);

	figure_put_csv(&b, STR("2026H1"), f);
	return buf_str(&b);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct breaches breaches = {0};
	struct sums sums, again;
	struct figures f = figures_of(c, in, false, &sums);
	struct figures back = figures_of(c, in, true, &again);
	struct str csv = csv_of(c, &f);
	size_t lines = 0;

	check_numbers(&f, &sums);
	invariant_check(c, &f, NULL, 0, (struct day){20467}, &breaches);
	for (size_t i = 0; i < breaches.n; i++)
		(void)fprintf(stderr, "%.*s: %s: %.*s\n", STR_ARG(breaches.v[i].figure),
		    breaches.v[i].rule, STR_ARG(breaches.v[i].text));
	fuzz_must(breaches.n == 0, "what was counted may be published");
	fuzz_must(str_eq(csv, csv_of(c, &back)), "the order of the demands does not matter");
	for (size_t i = 0; i < csv.n; i++)
		lines += csv.p[i] == '\n';
	fuzz_must(lines == f.n + 1, "one line a figure, and the header");
}
