/* Calendars: a file gives a calendar that answers for every day, or a refusal with its place. A
 * business day is no holiday, and counting them lands on one. */
#include "fuzz.h"

#include "kind/cal.h"

static void ask(const struct cal *cal, struct day day, int n)
{
	bool holiday = cal_holiday(cal, day), named = cal_reason(cal, day, "en").n > 0;
	struct day then = cal_add(cal, day, n);
	int count = 0;

	fuzz_must(holiday == named, "a holiday has a name, and no other day");
	fuzz_must((cal_reason(cal, day, "de").n > 0) == holiday, "in German too");
	fuzz_must(cal_business(cal, day) == (!holiday && day_weekday(day) <= 5),
	    "a business day is neither weekend nor holiday");
	fuzz_must(!day_is_none(then) || day_is_none(day_add(day, 366)), "there is an n-th");
	if (day_is_none(then))
		return;
	fuzz_must(cal_business(cal, then), "the n-th business day is one");
	for (struct day d = day_add(day, 1); day_cmp(d, then) <= 0; d = day_add(d, 1))
		count += cal_business(cal, d);
	fuzz_must(count == n, "and it is the n-th");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str one = fuzz_part(&in), two = fuzz_part(&in);
	struct cal *cal = NULL, *base, *both;
	struct day from;
	int rc = cal_parse(c, "fuzz", one, &cal);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(cal == NULL, "nothing is returned with a refusal");
		return;
	}
	fuzz_must(cal_name(cal).n > 0, "a calendar has a name");
	rc = cal_parse(c, "base", two, &base);
	if (rc == 0 && (rc = cal_join(c, base, cal, &both)) == 0) {
		fuzz_must(str_eq(cal_name(both), cal_name(cal)) && cal_base(both).n == 0,
		    "joined under its own name");
		cal = both;
	}
	err_clear(c);
	from = (struct day){(int32_t)(fuzz_u64(&in, 3) % 3652059) - 719162};
	for (int i = 0; i < 40 && !day_is_none(day_add(from, i)); i++)
		ask(cal, day_add(from, i), 1 + i % 7);
	fuzz_must(!cal_business(NULL, day_add(from, 0)) == (day_weekday(from) > 5),
	    "without a calendar only weekends count");
}
