#include "kind/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	DAY_SECONDS = 86400,
	DAY_FIRST = -719162,  /* 0001-01-01 */
	DAY_LAST = 2932896,   /* 9999-12-31 */
	MARCH_EPOCH = 719468, /* days from 0000-03-01 to 1970-01-01 */
	ERA = 146097          /* days in 400 years */
};

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_days(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

static struct day day_of(int64_t n)
{
	return n < DAY_FIRST || n > DAY_LAST ? DAY_NONE : (struct day){(int32_t)n};
}

/*
 * Both conversions count years from 1 March, so that the leap day is the last of its year and the
 * months' lengths follow (153 * m + 2) / 5 (H. Hinnant, "chrono-compatible low-level date
 * algorithms"). Years 1..9999 only, so nothing is negative after the shift.
 */
bool day_make(int y, int m, int d, struct day *ret)
{
	int32_t year, of_era, of_year;

	if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > month_days(y, m))
		return false;
	year = m <= 2 ? y - 1 : y;
	of_era = year % 400;
	of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	*ret = (struct day){
	    year / 400 * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - MARCH_EPOCH};
	return true;
}

void day_split(struct day day, int *ret_y, int *ret_m, int *ret_d)
{
	int32_t n, of_era, year, of_year, m;

	*ret_y = *ret_m = *ret_d = 0;
	if (day.n < DAY_FIRST || day.n > DAY_LAST)
		return;
	n = day.n + MARCH_EPOCH;
	of_era = n % ERA;
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	m = (5 * of_year + 2) / 153;
	*ret_d = of_year - (153 * m + 2) / 5 + 1;
	*ret_m = m < 10 ? m + 3 : m - 9;
	*ret_y = n / ERA * 400 + year + (*ret_m <= 2 ? 1 : 0);
}

/* Exactly n digits at `at`; -1 otherwise. */
static int number(struct str s, size_t at, size_t n)
{
	int v = 0;

	if (at > s.n || s.n - at < n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

static bool byte_is(struct str s, size_t at, char ch)
{
	return at < s.n && s.p[at] == ch;
}

/* "YYYY-MM-DD" by form: the three numbers, whether or not there is such a day. */
static bool day_form(struct str s, int *ret_y, int *ret_m, int *ret_d)
{
	*ret_y = number(s, 0, 4);
	*ret_m = number(s, 5, 2);
	*ret_d = number(s, 8, 2);
	return s.n == 10 && *ret_y >= 0 && *ret_m >= 0 && *ret_d >= 0 && s.p[4] == '-' &&
	       s.p[7] == '-';
}

int day_parse(struct ctx *c, struct str s, struct day *ret)
{
	int y, m, d;

	if (!day_form(s, &y, &m, &d))
		return err_set(c, ERR_INVALID, "day is not YYYY-MM-DD");
	if (!day_make(y, m, d, ret))
		return err_set(c, ERR_INVALID, "there is no such day");
	return 0;
}

/* The last n digits of v, and what stands behind them. */
static char *put_digits(char *at, int v, int n, char behind)
{
	for (int i = n - 1; i >= 0; i--) {
		at[i] = (char)('0' + v % 10);
		v /= 10;
	}
	at[n] = behind;
	return at + n + 1;
}

struct str day_str(struct ctx *c, struct day day)
{
	char text[sizeof "YYYY-MM-DD"];
	int y, m, d;

	day_split(day, &y, &m, &d);
	if (y == 0)
		return STR("");
	(void)put_digits(put_digits(put_digits(text, y, 4, '-'), m, 2, '-'), d, 2, '\0');
	return str_make(c, (struct str){text, sizeof text - 1});
}

bool day_is_none(struct day day)
{
	return day.n == INT32_MIN;
}

int day_cmp(struct day a, struct day b)
{
	return (a.n > b.n) - (a.n < b.n);
}

int day_weekday(struct day day)
{
	if (day.n < DAY_FIRST || day.n > DAY_LAST)
		return 0;
	/* 0001-01-01 is a Monday. */
	return (day.n - DAY_FIRST) % 7 + 1;
}

struct day day_add(struct day day, int days)
{
	return day_is_none(day) ? DAY_NONE : day_of((int64_t)day.n + days);
}

struct day day_add_months(struct day day, int months)
{
	struct day ret = DAY_NONE;
	int64_t count;
	int y, m, d;

	day_split(day, &y, &m, &d);
	if (y == 0)
		return DAY_NONE;
	count = (int64_t)y * 12 + (m - 1) + months;
	if (count < 12 || count > (int64_t)9999 * 12 + 11)
		return DAY_NONE;
	y = (int)(count / 12);
	m = (int)(count % 12) + 1;
	if (d > month_days(y, m))
		d = month_days(y, m);
	return day_make(y, m, d, &ret) ? ret : DAY_NONE;
}

/* The "anonymous" computus (Nature, 1876; Meeus, Astronomical Algorithms, chapter 8). */
struct day day_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;
	struct day ret = DAY_NONE;

	if (year < 1 || year > 9999)
		return DAY_NONE;
	return day_make(year, n / 31, n % 31 + 1, &ret) ? ret : DAY_NONE;
}

static bool instant_fits(int64_t s)
{
	return s >= (int64_t)DAY_FIRST * DAY_SECONDS && s < ((int64_t)DAY_LAST + 1) * DAY_SECONDS;
}

/* The zone at the end of an RFC 3339 text, as seconds east of UTC. */
static int zone_parse(struct ctx *c, struct str s, int *ret)
{
	int h, m;

	if (s.n == 0)
		return err_set(c, ERR_INVALID, "instant has no zone: end it with Z or +HH:MM");
	if (s.n == 1 && (s.p[0] == 'Z' || s.p[0] == 'z')) {
		*ret = 0;
		return 0;
	}
	h = number(s, 1, 2);
	m = number(s, 4, 2);
	if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || h < 0 || m < 0 || s.p[3] != ':')
		return err_set(c, ERR_INVALID, "instant does not end with a zone: Z or +HH:MM");
	if (h > 23 || m > 59)
		return err_set(c, ERR_INVALID, "instant has a zone that cannot be");
	*ret = (h * 60 + m) * 60 * (s.p[0] == '-' ? -1 : 1);
	return 0;
}

/* A leap second is the last second of June or December in UTC (ITU-R TF.460); POSIX time counts it
 * as the first second after it. */
static bool leap_second_ok(int64_t s)
{
	int y, m, d;

	if (s % DAY_SECONDS != 0)
		return false;
	day_split(day_of(s / DAY_SECONDS), &y, &m, &d);
	return d == 1 && (m == 1 || m == 7);
}

int instant_parse(struct ctx *c, struct str s, struct instant *ret)
{
	int y, mon, d, h, m, sec, east = 0, rc;
	struct day day;
	size_t at = 19;
	int64_t t;

	if (s.n == 10 && day_form(s, &y, &mon, &d))
		return err_set(c, ERR_INVALID, "instant is a day only: it needs a time and a zone");
	if (s.n < 19 || !day_form((struct str){s.p, 10}, &y, &mon, &d) ||
	    (s.p[10] != 'T' && s.p[10] != 't'))
		return err_set(c, ERR_INVALID, "instant is not YYYY-MM-DDTHH:MM:SS with a zone");
	h = number(s, 11, 2);
	m = number(s, 14, 2);
	sec = number(s, 17, 2);
	if (h < 0 || m < 0 || sec < 0 || s.p[13] != ':' || s.p[16] != ':')
		return err_set(c, ERR_INVALID, "instant is not YYYY-MM-DDTHH:MM:SS with a zone");
	if (!day_make(y, mon, d, &day))
		return err_set(c, ERR_INVALID, "there is no such day");
	if (h > 23 || m > 59 || sec > 60)
		return err_set(c, ERR_INVALID, "there is no such time of day");
	if (byte_is(s, at, '.')) {
		do
			at++;
		while (number(s, at, 1) >= 0);
		if (at == 20)
			return err_set(c, ERR_INVALID, "instant has a point without a fraction");
	}
	rc = zone_parse(c, (struct str){s.p + at, s.n - at}, &east);
	if (rc != 0)
		return rc;
	t = (int64_t)day.n * DAY_SECONDS + h * 3600 + m * 60 + sec - east;
	if (sec == 60 && !leap_second_ok(t))
		return err_set(c, ERR_INVALID, "there is no such time of day");
	if (!instant_fits(t))
		return err_set(c, ERR_INVALID, "instant is outside the years 1 to 9999 in UTC");
	*ret = (struct instant){t};
	return 0;
}

/* Division that rounds down: instants before 1970 belong to the day they are in. */
static int64_t day_floor(int64_t s)
{
	return s / DAY_SECONDS - (s % DAY_SECONDS < 0 ? 1 : 0);
}

struct str instant_str(struct ctx *c, struct instant t)
{
	char text[sizeof "YYYY-MM-DDTHH:MM:SSZ" - 1], *at;
	int64_t n, left;
	int y, m, d;

	if (!instant_fits(t.s))
		return STR("");
	n = day_floor(t.s);
	left = t.s - n * DAY_SECONDS;
	day_split(day_of(n), &y, &m, &d);
	at = put_digits(put_digits(put_digits(text, y, 4, '-'), m, 2, '-'), d, 2, 'T');
	at = put_digits(put_digits(at, (int)(left / 3600), 2, ':'), (int)(left / 60 % 60), 2, ':');
	(void)put_digits(at, (int)(left % 60), 2, 'Z');
	return str_make(c, (struct str){text, sizeof text});
}

bool instant_is_none(struct instant t)
{
	return t.s == INT64_MIN;
}

/* A zone's name as tzdata has them: no absolute path, no "..", nothing hidden. */
static bool zone_name_ok(const char *name)
{
	size_t n =
	    strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

	return n > 0 && n < 64 && name[n] == '\0' && name[0] != '/';
}

static bool zone_exists(struct ctx *c, const char *name)
{
	const char *dir = getenv("TZDIR");
	char magic[4] = {0};
	size_t n;
	FILE *f;

	if (dir == NULL || dir[0] == '\0')
		dir = "/usr/share/zoneinfo";
	f = fopen(str_fmt(c, "%s/%s", dir, name).p, "rbe");
	if (f == NULL)
		return false;
	n = fread(magic, 1, sizeof(magic), f);
	(void)fclose(f);
	return n == sizeof(magic) && memcmp(magic, "TZif", sizeof(magic)) == 0;
}

int day_zone(struct ctx *c, const char *name)
{
	/* libc takes an unknown zone for UTC without a word, so we look first. */
	if (!zone_name_ok(name) || !zone_exists(c, name))
		return err_set(c, ERR_INVALID, "unknown time zone (not in tzdata)");
	if (setenv("TZ", name, 1) != 0)
		return err_set(c, ERR_FAIL, "cannot set the time zone");
	tzset();
	return 0;
}

/* Seconds east of UTC at t in the zone set. */
static int64_t zone_east(int64_t t)
{
	time_t when = (time_t)t;
	struct tm tm;

	return localtime_r(&when, &tm) == NULL ? 0 : (int64_t)tm.tm_gmtoff;
}

struct day instant_day(struct instant t)
{
	if (!instant_fits(t.s))
		return DAY_NONE;
	return day_of(day_floor(t.s + zone_east(t.s)));
}

int64_t instant_east(struct instant t)
{
	return instant_fits(t.s) ? zone_east(t.s) : 0;
}

struct instant instant_at(struct day day, int seconds)
{
	int64_t wall, before, after;

	if (day_is_none(day))
		return INSTANT_NONE;
	/* Not mktime: what it does in a gap or a fold is left open by POSIX. */
	wall = (int64_t)day.n * DAY_SECONDS + seconds;
	before = zone_east(wall - DAY_SECONDS);
	after = zone_east(wall + DAY_SECONDS);
	if (zone_east(wall - before) != before && zone_east(wall - after) == after)
		return (struct instant){wall - after};
	return (struct instant){wall - before};
}

static struct day day_in(int y, int m, int d)
{
	struct day ret = DAY_NONE;

	return day_make(y, m, d, &ret) ? ret : DAY_NONE;
}

int period_parse(struct ctx *c, struct str s, struct period *ret)
{
	int year = number(s, 0, 4), rc;
	struct str from, to;
	struct period p;

	if (year > 0 && s.n == 4) {
		*ret = (struct period){day_in(year, 1, 1), day_in(year, 12, 31)};
		return 0;
	}
	if (year > 0 && s.n == 6 && s.p[4] == 'H' && (s.p[5] == '1' || s.p[5] == '2')) {
		*ret = s.p[5] == '1' ? (struct period){day_in(year, 1, 1), day_in(year, 6, 30)}
				     : (struct period){day_in(year, 7, 1), day_in(year, 12, 31)};
		return 0;
	}
	if (!str_cut(s, '/', &from, &to) || from.n != 10 || to.n != 10)
		return err_set(
		    c, ERR_INVALID, "period is not YYYY, YYYYH1, YYYYH2 or YYYY-MM-DD/YYYY-MM-DD");
	rc = day_parse(c, from, &p.from);
	if (rc == 0)
		rc = day_parse(c, to, &p.to);
	if (rc != 0)
		return err_while(c, rc, "period");
	if (day_cmp(p.from, p.to) > 0)
		return err_set(c, ERR_INVALID, "period ends before it begins");
	*ret = p;
	return 0;
}

bool period_eq(struct period a, struct period b)
{
	return a.from.n == b.from.n && a.to.n == b.to.n;
}

bool period_disjoint(struct period a, struct period b)
{
	return day_cmp(a.to, b.from) < 0 || day_cmp(b.to, a.from) < 0;
}

struct str period_str(struct ctx *c, struct period p)
{
	int y, m, d, y2, m2, d2;
	bool first, last;

	day_split(p.from, &y, &m, &d);
	day_split(p.to, &y2, &m2, &d2);
	if (y == 0 || y2 == 0)
		return STR("");
	first = y == y2 && m == 1 && d == 1;
	last = y == y2 && m2 == 12 && d2 == 31;
	if (first && last)
		return str_fmt(c, "%04d", y);
	if (first && m2 == 6 && d2 == 30)
		return str_fmt(c, "%04dH1", y);
	if (last && m == 7 && d == 1)
		return str_fmt(c, "%04dH2", y);
	return str_fmt(c, "%04d-%02d-%02d/%04d-%02d-%02d", y, m, d, y2, m2, d2);
}
