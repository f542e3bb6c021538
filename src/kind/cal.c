#include "kind/cal.h"

#include <string.h>

#include "base/mem.h"
#include "kind/yaml.h"

enum rule_kind { FIXED, EASTER, NTH, BEFORE };
enum { LAST = 0, YEAR_MIN = 1, YEAR_MAX = 9999, EASTER_MAX = 100 };
enum { SATURDAY = 6, SUNDAY = 7 };

struct rule {
	enum rule_kind kind;
	int month, mday; /* FIXED, BEFORE; NTH: month */
	int weekday;     /* NTH, BEFORE */
	int n;           /* NTH: 1..4 or LAST; EASTER: days from Easter Sunday */
	int from, until; /* years, inclusive */
	/* Observed on the Friday before, or the Monday after. With the rule, not the calendar, so
	 * that joined calendars each keep their own way. */
	bool saturday_back, sunday_on;
	struct str name, name_de;
};

struct cal {
	struct str name, base;
	size_t n;
	struct rule *rule;
};

static const char *const weekdays[] = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
static const char *const months[] = {"january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december"};

/* 1 + place of the word in the list, 0 if it is not there. */
static int place_in(struct str word, const char *const *list, int n)
{
	for (int i = 0; i < n; i++)
		if (str_is(word, list[i]))
			return i + 1;
	return 0;
}

/* A decimal number of 1 to 4 digits, -1 otherwise. */
static int digits(struct str s)
{
	int v = 0;

	if (s.n < 1 || s.n > 4)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/* "MM-DD", a date of a leap year. */
static bool month_day(struct str s, struct rule *r)
{
	struct str m, d;
	struct day day;

	if (!str_cut(s, '-', &m, &d) || m.n != 2 || d.n != 2)
		return false;
	r->month = digits(m);
	r->mday = digits(d);
	return day_make(2000, r->month, r->mday, &day);
}

static int fixed_parse(struct ctx *c, const struct yaml *node, struct rule *r)
{
	r->kind = FIXED;
	if (!month_day(node->text, r))
		return yaml_err(c, node, "fixed must be MM-DD, a date that there is");
	return 0;
}

static int easter_parse(struct ctx *c, const struct yaml *node, struct rule *r)
{
	struct str s = node->text;
	int n = s.n < 2 ? -1 : digits((struct str){s.p + 1, s.n - 1});

	r->kind = EASTER;
	if (n < 0 || n > EASTER_MAX || (s.p[0] != '+' && s.p[0] != '-'))
		return yaml_err(c, node, "easter must be +N or -N days, N at most %d", EASTER_MAX);
	r->n = s.p[0] == '-' ? -n : n;
	return 0;
}

static int nth_parse(struct ctx *c, const struct yaml *node, struct rule *r)
{
	struct str rest = node->text, n, weekday, month, more;

	r->kind = NTH;
	if (!str_word(&rest, &n) || !str_word(&rest, &weekday) || !str_word(&rest, &month) ||
	    str_word(&rest, &more))
		return yaml_err(c, node, "nth must be like \"3 monday january\"");
	r->n = str_is(n, "last") ? LAST : digits(n);
	r->weekday = place_in(weekday, weekdays, 7);
	r->month = place_in(month, months, 12);
	/* No fifth: there is not always one. */
	if (r->n > 4 || r->n < 0 || (r->n == 0 && !str_is(n, "last")))
		return yaml_err(c, node, "nth must begin with 1, 2, 3, 4 or last");
	if (r->weekday == 0)
		return yaml_err(c, node, "nth must have a weekday in English, lower case");
	if (r->month == 0)
		return yaml_err(c, node, "nth must have a month in English, lower case");
	return 0;
}

static int before_parse(struct ctx *c, const struct yaml *node, struct rule *r)
{
	struct str weekday, date;

	r->kind = BEFORE;
	if (!str_cut(node->text, ' ', &weekday, &date) || !month_day(date, r))
		return yaml_err(c, node, "before must be like \"wednesday 11-23\"");
	r->weekday = place_in(weekday, weekdays, 7);
	if (r->weekday == 0)
		return yaml_err(c, node, "before must have a weekday in English, lower case");
	return 0;
}

static int year_parse(struct ctx *c, const struct yaml *map, const char *key, int *ret)
{
	const struct yaml *node = yaml_find(map, key);
	int year;

	if (node == NULL)
		return 0;
	year = node->kind == YAML_SCALAR && node->text.n == 4 ? digits(node->text) : -1;
	if (year < YEAR_MIN)
		return yaml_err(c, node, "%s must be a year of four digits", key);
	*ret = year;
	return 0;
}

/* The one key that says when: exactly one of four. */
static int when_parse(struct ctx *c, const struct yaml *map, struct rule *r)
{
	static const struct {
		const char *key;
		int (*parse)(struct ctx *, const struct yaml *, struct rule *);
	} form[] = {{"fixed", fixed_parse}, {"easter", easter_parse}, {"nth", nth_parse},
	    {"before", before_parse}};
	int found = 0, rc;

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		const struct yaml *node = yaml_find(map, form[i].key);

		if (node == NULL)
			continue;
		if (node->kind != YAML_SCALAR)
			return yaml_err(c, node, "%s must be one text", form[i].key);
		if (++found > 1)
			return yaml_err(c, node, "a rule has one of fixed, easter, nth, before");
		rc = form[i].parse(c, node, r);
		if (rc != 0)
			return rc;
	}
	if (found == 0)
		return yaml_err(c, map, "a rule needs one of fixed, easter, nth, before");
	return 0;
}

static int rule_parse(struct ctx *c, const struct yaml *map, struct rule *r)
{
	struct str name;
	int rc = yaml_keys_check(
	    c, map, "name name_de fixed easter nth before from until citation note");

	if (rc == 0)
		rc = yaml_get_text(c, map, "name", &name);
	if (rc == 0)
		rc = when_parse(c, map, r);
	r->from = YEAR_MIN;
	r->until = YEAR_MAX;
	if (rc == 0)
		rc = year_parse(c, map, "from", &r->from);
	if (rc == 0)
		rc = year_parse(c, map, "until", &r->until);
	if (rc != 0)
		return rc;
	if (name.n == 0)
		return yaml_err(c, map, "a rule needs a name");
	if (r->until < r->from)
		return yaml_err(c, map, "a rule ends (until) before it begins (from)");
	r->name = str_make(c, name);
	r->name_de = str_make(c, yaml_text(map, "name_de"));
	return 0;
}

/* Names go into file names and citations: letters, digits, hyphens. */
static bool name_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (!(ch >= 'a' && ch <= 'z') && !(ch >= 'A' && ch <= 'Z') &&
		    !(ch >= '0' && ch <= '9') && ch != '-')
			return false;
	}
	return s.n > 0 && s.n <= 40;
}

static int head_parse(struct ctx *c, const struct yaml *root, struct cal *cal)
{
	struct str citation, verified, base = yaml_text(root, "base");
	int rc = yaml_keys_check(c, root, "name base citation verified note observed rules");

	if (rc == 0)
		rc = yaml_get_text(c, root, "name", &cal->name);
	if (rc == 0)
		rc = yaml_get_text(c, root, "citation", &citation);
	if (rc == 0)
		rc = yaml_get_text(c, root, "verified", &verified);
	if (rc != 0)
		return rc;
	if (!name_ok(cal->name))
		return yaml_err(c, yaml_find(root, "name"), "not the name of a calendar");
	if (yaml_find(root, "base") != NULL && (!name_ok(base) || str_eq(base, cal->name)))
		return yaml_err(c, yaml_find(root, "base"), "not the name of another calendar");
	if (citation.n == 0)
		return yaml_err(c, yaml_find(root, "citation"), "citation is empty");
	if (!str_is(verified, "yes") && !str_is(verified, "no"))
		return yaml_err(c, yaml_find(root, "verified"), "verified must be yes or no");
	cal->name = str_make(c, cal->name);
	cal->base = str_make(c, base);
	return 0;
}

static int observed_parse(struct ctx *c, const struct yaml *root, struct rule *model)
{
	const struct yaml *node = yaml_find(root, "observed");
	struct str rest, word;

	if (node == NULL)
		return 0;
	rest = node->text;
	if (node->kind != YAML_SCALAR || rest.n == 0)
		return yaml_err(c, node, "observed must be saturday-friday, sunday-monday or both");
	while (str_word(&rest, &word)) {
		if (str_is(word, "saturday-friday"))
			model->saturday_back = true;
		else if (str_is(word, "sunday-monday"))
			model->sunday_on = true;
		else
			return yaml_err(
			    c, node, "observed must be saturday-friday, sunday-monday or both");
	}
	return 0;
}

int cal_parse(struct ctx *c, const char *file, struct str text, struct cal **ret)
{
	struct rule model = {0};
	const struct yaml *root, *rules;
	struct cal *cal = mem_alloc(c, sizeof(*cal));
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = head_parse(c, root, cal);
	if (rc == 0)
		rc = observed_parse(c, root, &model);
	if (rc != 0)
		return rc;
	rules = yaml_find(root, "rules");
	if (rules == NULL || rules->kind != YAML_LIST || rules->n == 0)
		return yaml_err(c, rules == NULL ? root : rules, "rules must be a list of rules");
	cal->n = rules->n;
	cal->rule = mem_array(c, cal->n, sizeof(cal->rule[0]));
	for (size_t i = 0; i < cal->n; i++) {
		cal->rule[i] = model;
		rc = rule_parse(c, rules->at[i], &cal->rule[i]);
		if (rc != 0)
			return rc;
	}
	*ret = cal;
	return 0;
}

int cal_join(struct ctx *c, const struct cal *base, const struct cal *own, struct cal **ret)
{
	struct cal *cal;

	if (own->base.n == 0 || !str_eq(own->base, base->name))
		return err_set(c, ERR_INVALID,
		    "calendar \"%.*s\" has the base \"%.*s\", not \"%.*s\"", STR_ARG(own->name),
		    STR_ARG(own->base), STR_ARG(base->name));
	if (base->base.n > 0)
		return err_set(c, ERR_INVALID,
		    "calendar \"%.*s\" must be joined with \"%.*s\" first", STR_ARG(base->name),
		    STR_ARG(base->base));
	cal = mem_alloc(c, sizeof(*cal));
	cal->name = own->name;
	cal->base = STR("");
	cal->n = base->n + own->n;
	cal->rule = mem_array(c, cal->n, sizeof(cal->rule[0]));
	memcpy(cal->rule, base->rule, base->n * sizeof(cal->rule[0]));
	memcpy(cal->rule + base->n, own->rule, own->n * sizeof(cal->rule[0]));
	*ret = cal;
	return 0;
}

struct str cal_name(const struct cal *cal)
{
	return cal->name;
}

struct str cal_base(const struct cal *cal)
{
	return cal->base;
}

static struct day date(int y, int m, int d)
{
	struct day day = DAY_NONE;

	return day_make(y, m, d, &day) ? day : DAY_NONE;
}

/* The first such weekday on or after the day. */
static struct day weekday_from(struct day day, int weekday)
{
	return day_add(day, (weekday - day_weekday(day) + 7) % 7);
}

static struct day nth_day(const struct rule *r, int year)
{
	struct day first = weekday_from(date(year, r->month, 1), r->weekday);

	if (r->n != LAST)
		return day_add(first, 7 * (r->n - 1));
	/* The last one lies in the month's last seven days. */
	return weekday_from(day_add(day_add_months(date(year, r->month, 1), 1), -7), r->weekday);
}

/* The rule's day in a year, DAY_NONE when it does not apply. */
static struct day rule_day(const struct rule *r, int year)
{
	if (year < r->from || year > r->until)
		return DAY_NONE;
	switch (r->kind) {
	case FIXED:
		return date(year, r->month, r->mday);
	case EASTER:
		return day_add(day_easter(year), r->n);
	case NTH:
		return nth_day(r, year);
	case BEFORE:
		return weekday_from(day_add(date(year, r->month, r->mday), -7), r->weekday);
	}
	return DAY_NONE;
}

static bool rule_hits(const struct rule *r, int year, struct day day)
{
	struct day own = rule_day(r, year);

	if (day_is_none(own))
		return false;
	if (own.n == day.n)
		return true;
	if (r->saturday_back && day_weekday(own) == SATURDAY)
		return own.n - 1 == day.n;
	if (r->sunday_on && day_weekday(own) == SUNDAY)
		return own.n + 1 == day.n;
	return false;
}

static const struct rule *rule_on(const struct cal *cal, struct day day)
{
	int y, m, d;

	day_split(day, &y, &m, &d);
	if (y == 0)
		return NULL;
	/* New Year's Day on a Saturday is observed in the year before. */
	for (size_t i = 0; i < cal->n; i++)
		for (int year = y - 1; year <= y + 1; year++)
			if (rule_hits(&cal->rule[i], year, day))
				return &cal->rule[i];
	return NULL;
}

bool cal_holiday(const struct cal *cal, struct day day)
{
	return rule_on(cal, day) != NULL;
}

struct str cal_reason(const struct cal *cal, struct day day, const char *lang)
{
	const struct rule *r = rule_on(cal, day);

	if (r == NULL)
		return STR("");
	return strcmp(lang, "de") == 0 && r->name_de.n > 0 ? r->name_de : r->name;
}

bool cal_business(const struct cal *cal, struct day day)
{
	int weekday = day_weekday(day);

	return weekday >= 1 && weekday < SATURDAY && (cal == NULL || !cal_holiday(cal, day));
}

struct day cal_add(const struct cal *cal, struct day day, int n)
{
	if (n < 1)
		return DAY_NONE;
	while (n > 0 && !day_is_none(day)) {
		day = day_add(day, 1);
		if (cal_business(cal, day))
			n--;
	}
	return day;
}
