#include "in/yield_p.h"

enum { DAY = 86400, HOUR = 3600, EAST_MAX = 14 * HOUR, WEST_MAX = 12 * HOUR };

/* ---- small readings, each takes what it read off the front ---- */

static bool number(struct str *s, size_t least, size_t most, int64_t *ret)
{
	int64_t v = 0;
	size_t n = 0;

	while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		v = v * 10 + (s->p[n++] - '0');
	if (n < least)
		return false;
	*s = (struct str){s->p + n, s->n - n};
	*ret = v;
	return true;
}

static bool mark(struct str *s, char ch)
{
	if (s->n == 0 || s->p[0] != ch)
		return false;
	*s = (struct str){s->p + 1, s->n - 1};
	return true;
}

/* One of the words of three letters that stand in a row. */
static bool word_of(struct str *s, const char *words, int64_t *ret)
{
	if (s->n < 3)
		return false;
	for (int64_t i = 0; words[i * 3] != '\0'; i++) {
		char w[4] = {words[i * 3], words[i * 3 + 1], words[i * 3 + 2], '\0'};

		if (!str_is_nocase((struct str){s->p, 3}, w))
			continue;
		*s = (struct str){s->p + 3, s->n - 3};
		*ret = i;
		return true;
	}
	return false;
}

/* "12:00", "12:00:00", "12:00:00.25"; the fraction is cut off, and 23:59:60 is the next day. */
static bool clock_read(struct str *s, bool fraction, int64_t *ret)
{
	int64_t h, m, sec = 0, rest;

	if (!number(s, 2, 2, &h) || !mark(s, ':') || !number(s, 2, 2, &m))
		return false;
	if (mark(s, ':') && !number(s, 2, 2, &sec))
		return false;
	if (fraction && (mark(s, '.') || mark(s, ',')))
		while (number(s, 1, 1, &rest))
			;
	*ret = h * HOUR + m * 60 + sec;
	return h < 24 && m < 60 && sec <= 60;
}

/* "+01:00", "+0100", "+01" */
static bool offset_read(struct str *s, int64_t *ret)
{
	bool west = s->n > 0 && s->p[0] == '-';
	int64_t h, m = 0;

	if (!mark(s, '+') && !mark(s, '-'))
		return false;
	if (!number(s, 2, 2, &h))
		return false;
	if (s->n > 0 && ((mark(s, ':') && !number(s, 2, 2, &m)) ||
			    (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9' && !number(s, 2, 2, &m))))
		return false;
	*ret = (west ? -1 : 1) * (h * HOUR + m * 60);
	return h < 24 && m < 60;
}

/* ---- from the wall clock to instants ---- */

/* In the house's zone an hour that comes twice is both, and one that never came is none. */
static bool house(struct day day, int64_t secs, bool exact, struct yield_time *ret)
{
	int64_t wall = (int64_t)day.n * DAY + secs;
	int64_t first = instant_at(day, (int)secs).s;

	*ret = (struct yield_time){first, first};
	if (first + instant_east((struct instant){first}) != wall)
		return !exact;
	for (int64_t d = 900; d <= 3 * HOUR; d += 900)
		if (first + d + instant_east((struct instant){first + d}) == wall)
			ret->last = first + d;
	return true;
}

static bool resolve(
    struct day day, int64_t secs, bool exact, struct yield_zone zone, struct yield_time *ret)
{
	int64_t wall = (int64_t)day.n * DAY + secs;

	switch (zone.kind) {
	case YIELD_ZONE_FIXED:
		*ret = (struct yield_time){wall - zone.east, wall - zone.east};
		return true;
	case YIELD_ZONE_HOUSE:
		return house(day, secs, exact, ret);
	case YIELD_ZONE_UNKNOWN:
		break;
	}
	*ret = (struct yield_time){wall - EAST_MAX, wall + WEST_MAX};
	return true;
}

static bool whole_day(struct day day, struct yield_zone zone, struct yield_time *ret)
{
	struct yield_time end;

	if (!resolve(day, 0, false, zone, ret) || !resolve(day, DAY - 1, false, zone, &end))
		return false;
	ret->last = end.last;
	return true;
}

/* ---- the forms ---- */

static bool iso_read(struct yield_zone zone, struct str s, struct yield_time *ret)
{
	int64_t y, m, d, secs, east;
	struct day day;

	if (!number(&s, 4, 4, &y) || !mark(&s, '-') || !number(&s, 2, 2, &m) || !mark(&s, '-') ||
	    !number(&s, 2, 2, &d) || !day_make((int)y, (int)m, (int)d, &day))
		return false;
	if (s.n == 0)
		return whole_day(day, zone, ret);
	if (!mark(&s, 'T') && !mark(&s, 't') && !mark(&s, ' '))
		return false;
	if (!clock_read(&s, true, &secs))
		return false;
	if (s.n == 0)
		return resolve(day, secs, true, zone, ret);
	(void)mark(&s, ' ');
	if (mark(&s, 'Z') || mark(&s, 'z'))
		east = 0;
	else if (!offset_read(&s, &east))
		return false;
	return s.n == 0 &&
	       resolve(day, secs, true, (struct yield_zone){YIELD_ZONE_FIXED, east}, ret);
}

static bool epoch_read(struct str s, int64_t unit, struct yield_time *ret)
{
	struct str whole, rest;
	bool fraction = str_cut(s, '.', &whole, &rest);
	int64_t v, digit;

	if (whole.n > 15 || !str_i64(whole, &v))
		return false;
	if (fraction && rest.n == 0)
		return false;
	while (rest.n > 0)
		if (!number(&rest, 1, 1, &digit))
			return false;
	if (whole.p[0] == '-' && fraction)
		return false; /* before 1970 and cut to the wrong side */
	v = v >= 0 ? v / unit : -((-v + unit - 1) / unit);
	*ret = (struct yield_time){v, v};
	return true;
}

/* Blanks, line ends and comments (RFC 5322 3.2.2), which nest. */
static bool gap(struct str *s)
{
	int depth = 0;

	while (s->n > 0) {
		char ch = s->p[0];

		if (ch == '(')
			depth++;
		else if (ch == ')' && depth > 0)
			depth--;
		else if (depth == 0 && ch != ' ' && ch != '\t' && ch != '\r' && ch != '\n')
			return true;
		if (ch == '\\' && depth > 0 && s->n > 1)
			*s = (struct str){s->p + 1, s->n - 1};
		*s = (struct str){s->p + 1, s->n - 1};
	}
	return depth == 0;
}

/* Section 4.3: names of zones in the United States mean what they say, all others nothing. */
static struct yield_zone zone_word(struct str *s)
{
	static const struct {
		const char *name;
		int hours;
	} known[] = {{"UT", 0}, {"GMT", 0}, {"UTC", 0}, {"Z", 0}, {"EST", -5}, {"EDT", -4},
	    {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
	struct str w = {s->p, 0};

	while (w.n < s->n &&
	       ((s->p[w.n] >= 'A' && s->p[w.n] <= 'Z') || (s->p[w.n] >= 'a' && s->p[w.n] <= 'z')))
		w.n++;
	*s = (struct str){s->p + w.n, s->n - w.n};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_is_nocase(w, known[i].name))
			return (struct yield_zone){YIELD_ZONE_FIXED, known[i].hours * HOUR};
	return (struct yield_zone){YIELD_ZONE_UNKNOWN, 0};
}

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char weekdays[] = "MonTueWedThuFriSatSun";

static bool year_read(struct str *s, int64_t *ret)
{
	size_t n = s->n;

	if (!number(s, 2, 4, ret))
		return false;
	n -= s->n;
	if (n == 2)
		*ret += *ret < 50 ? 2000 : 1900;
	else if (n == 3)
		*ret += 1900;
	return true;
}

static bool rfc5322_read(struct str s, struct yield_time *ret)
{
	struct yield_zone zone = {YIELD_ZONE_FIXED, 0};
	int64_t w, d, m, y, secs;
	struct day day;

	if (!gap(&s))
		return false;
	if (word_of(&s, weekdays, &w) && (!gap(&s) || !mark(&s, ',') || !gap(&s)))
		return false;
	if (!number(&s, 1, 2, &d) || !gap(&s) || !word_of(&s, months, &m) || !gap(&s) ||
	    !year_read(&s, &y) || !gap(&s) || !clock_read(&s, false, &secs) || !gap(&s))
		return false;
	if (!day_make((int)y, (int)m + 1, (int)d, &day))
		return false;
	if (s.n == 0)
		zone.kind = YIELD_ZONE_UNKNOWN;
	else if (s.p[0] == '+' || s.p[0] == '-') {
		if (!offset_read(&s, &zone.east))
			return false;
	} else {
		zone = zone_word(&s);
	}
	return gap(&s) && s.n == 0 && resolve(day, secs, true, zone, ret);
}

/* RFC 4155 appendix A: UTC, where the shape says nothing else. */
static bool ctime_read(struct yield_zone zone, struct str s, struct yield_time *ret)
{
	int64_t w, m, d, secs, y;
	struct day day;

	if (!word_of(&s, weekdays, &w) || !mark(&s, ' ') || !word_of(&s, months, &m) ||
	    !mark(&s, ' '))
		return false;
	(void)mark(&s, ' ');
	return number(&s, 1, 2, &d) && mark(&s, ' ') && clock_read(&s, false, &secs) &&
	       mark(&s, ' ') && number(&s, 4, 4, &y) && s.n == 0 &&
	       day_make((int)y, (int)m + 1, (int)d, &day) && resolve(day, secs, true, zone, ret);
}

bool yield_time_read(
    enum yield_form form, struct yield_zone zone, struct str s, struct yield_time *ret)
{
	s = str_trim(s);
	switch (form) {
	case YIELD_ISO:
		return iso_read(zone, s, ret);
	case YIELD_EPOCH:
		return epoch_read(s, 1, ret);
	case YIELD_EPOCH_MS:
		return epoch_read(s, 1000, ret);
	case YIELD_RFC5322:
		return rfc5322_read(s, ret);
	case YIELD_CTIME:
		return ctime_read(zone, s, ret);
	}
	return false;
}

bool yield_time_zone(struct str s, struct yield_zone *ret)
{
	struct yield_zone z = {YIELD_ZONE_FIXED, 0};

	if (str_is(s, "unknown"))
		z.kind = YIELD_ZONE_UNKNOWN;
	else if (str_is(s, "house"))
		z.kind = YIELD_ZONE_HOUSE;
	else if (!str_is(s, "utc") && (!offset_read(&s, &z.east) || s.n > 0))
		return false;
	*ret = z;
	return true;
}
