/* Days, instants, periods and zones: what was read and written again is the same; arithmetic stays
 * within the years 1 to 9999 and comes back. */
#include "fuzz.h"

#include "kind/day.h"

/* So many months on, on the same day of the month or the month's last. */
static void months(struct day d, int delta)
{
	struct day e = day_add_months(d, delta);
	int y, m, n, y2, m2, n2;

	day_split(d, &y, &m, &n);
	day_split(e, &y2, &m2, &n2);
	if (day_is_none(e))
		return;
	fuzz_must((int64_t)(y2 - y) * 12 + m2 - m == delta, "so many months");
	fuzz_must(n2 <= n, "no later in the month");
	if (n2 == n)
		return;
	day_split(day_add(e, 1), &y, &m, &n);
	fuzz_must(n == 1 || day_is_none(day_add(e, 1)), "the month's last day");
}

static void day(struct ctx *c, struct str in, int delta)
{
	struct day d, e;
	int y, m, n, rc = day_parse(c, in, &d);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	fuzz_must(str_eq(day_str(c, d), in), "a day is written as it was read");
	day_split(d, &y, &m, &n);
	fuzz_must(day_make(y, m, n, &e) && day_cmp(d, e) == 0, "split and made again");
	fuzz_must(day_weekday(d) >= 1 && day_weekday(d) <= 7, "a day has a weekday");
	e = day_add(d, delta);
	fuzz_must(day_is_none(e) || day_cmp(day_add(e, -delta), d) == 0, "there and back");
	months(d, delta);
	months(d, delta % 1200);
	e = day_easter(y);
	fuzz_must(day_weekday(e) == 7, "Easter is a Sunday");
}

static void instant(struct ctx *c, struct str in)
{
	struct instant t, again;
	int rc = instant_parse(c, in, &t);
	struct day d;

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	fuzz_must(instant_parse(c, instant_str(c, t), &again) == 0 && again.s == t.s,
	    "an instant that was written is read as itself");
	d = instant_day(t);
	if (!day_is_none(d) && !day_is_none(day_add(d, 1)))
		fuzz_must(
		    instant_at(d, 0).s <= t.s + 86400, "a day begins before its instants end");
}

static void period(struct ctx *c, struct str in)
{
	struct period p, again;
	int rc = period_parse(c, in, &p);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	fuzz_must(day_cmp(p.from, p.to) <= 0, "a period does not end before it begins");
	fuzz_must(period_parse(c, period_str(c, p), &again) == 0 &&
		      day_cmp(p.from, again.from) == 0 && day_cmp(p.to, again.to) == 0,
	    "a period that was written is read as itself");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in), odd = fuzz_canary(c, text);
	int delta = (int)(uint32_t)fuzz_u64(&in, 4), rc;
	struct instant t;
	struct period p;
	struct day d;

	if (delta == INT32_MIN)
		delta++;
	rc = day_zone(c, "Europe/Berlin");
	fuzz_must(rc == 0, "Berlin has a zone");
	day(c, text, delta);
	instant(c, text);
	period(c, text);
	rc = day_zone(c, str_z(c, odd));
	fuzz_must(rc != 0, "no zone has the canary in its name");
	fuzz_no_canary(c);
	err_clear(c);
	rc = day_parse(c, odd, &d);
	fuzz_no_canary(c);
	err_clear(c);
	rc = instant_parse(c, odd, &t);
	fuzz_no_canary(c);
	err_clear(c);
	rc = period_parse(c, odd, &p);
	fuzz_no_canary(c);
}
