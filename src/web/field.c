#include "web/field.h"

#include "base/mem.h"
#include "kind/day.h"
#include "kind/hash.h"
#include "kind/land.h"

static const int64_t number_max = (int64_t)1 << 53;

static int one_line(struct ctx *c, struct str text, size_t most, struct str *ret)
{
	struct str s = str_trim(text);

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			return err_set(c, ERR_INVALID, "want one line");
	if (s.n == 0)
		return err_set(c, ERR_INVALID, "is empty");
	if (s.n > most)
		return err_set(c, ERR_LIMIT, "has more than %zu characters", most);
	*ret = s;
	return 0;
}

int field_line(struct ctx *c, struct str text, struct route_value *ret)
{
	return one_line(c, text, FIELD_LINE_MAX, &ret->text);
}

/* Browsers send line ends as CR LF. */
int field_text(struct ctx *c, struct str text, struct route_value *ret)
{
	struct str s = str_trim(text);
	char *p = mem_alloc(c, s.n + 1);
	size_t n = 0;

	if (s.n == 0)
		return err_set(c, ERR_INVALID, "is empty");
	if (s.n > FIELD_TEXT_MAX)
		return err_set(c, ERR_LIMIT, "has more than %d characters", FIELD_TEXT_MAX);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			p[n++] = s.p[i];
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			p[n++] = '\n';
	ret->text = (struct str){p, n};
	return 0;
}

static bool is_word_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       ch == '_' || ch == '-' || ch == '.';
}

int field_words(struct ctx *c, struct str text, struct route_value *ret)
{
	int rc = one_line(c, text, FIELD_LINE_MAX, &ret->text);

	for (size_t i = 0; rc == 0 && i < ret->text.n; i++)
		if (!is_word_char(ret->text.p[i]) && ret->text.p[i] != ' ')
			rc = err_set(c, ERR_INVALID, "want letters, digits, _ and -");
	return rc;
}

int field_word(struct ctx *c, struct str text, struct route_value *ret)
{
	int rc = one_line(c, text, FIELD_WORD_MAX, &ret->text);

	for (size_t i = 0; rc == 0 && i < ret->text.n; i++)
		if (!is_word_char(ret->text.p[i]))
			rc = err_set(c, ERR_INVALID, "want letters, digits, _ and -");
	return rc;
}

int field_number(struct ctx *c, struct str text, struct route_value *ret)
{
	if (!str_i64(str_trim(text), &ret->num) || ret->num < 0 || ret->num > number_max)
		return err_set(c, ERR_INVALID, "want a number");
	return 0;
}

int field_day(struct ctx *c, struct str text, struct route_value *ret)
{
	struct day day;
	int rc = day_parse(c, str_trim(text), &day);

	if (rc == 0)
		ret->num = day.n;
	ret->text = str_trim(text);
	return rc;
}

/* "2013-01-31T09:00" as browsers send it, "2013-01-31 09:00" as people write it, "...T09:00:30":
 * the clock on the provider's wall. */
static bool wall_clock(struct ctx *c, struct str s, struct instant *ret)
{
	struct day day;
	int64_t h, m, sec = 0;

	if ((s.n != 16 && s.n != 19) || (s.p[10] != 'T' && s.p[10] != ' ') || s.p[13] != ':' ||
	    (s.n == 19 && s.p[16] != ':') || day_parse(c, (struct str){s.p, 10}, &day) != 0)
		return false;
	if (!str_i64((struct str){s.p + 11, 2}, &h) || !str_i64((struct str){s.p + 14, 2}, &m) ||
	    (s.n == 19 && !str_i64((struct str){s.p + 17, 2}, &sec)) || h < 0 || h > 23 || m < 0 ||
	    m > 59 || sec < 0 || sec > 59)
		return false;
	*ret = instant_at(day, (int)(h * 3600 + m * 60 + sec));
	return true;
}

int field_instant(struct ctx *c, struct str text, struct route_value *ret)
{
	struct str s = str_trim(text);
	struct instant t;

	if (!wall_clock(c, s, &t)) {
		int rc;

		err_clear(c);
		rc = instant_parse(c, s, &t);
		if (rc != 0)
			return rc;
	}
	ret->num = t.s;
	ret->text = s;
	return 0;
}

int field_yes(struct ctx *c, struct str text, struct route_value *ret)
{
	struct str s = str_trim(text);

	ret->num = str_is(s, "yes") || str_is(s, "on") || str_is(s, "1");
	if (ret->num == 0 && !str_is(s, "no") && !str_is(s, "0"))
		return err_set(c, ERR_INVALID, "want yes or no");
	return 0;
}

int field_country(struct ctx *c, struct str text, struct route_value *ret)
{
	ret->text = str_trim(text);
	return land_known(ret->text) ? 0 : err_set(c, ERR_INVALID, "want a country (ISO 3166)");
}

int field_hash(struct ctx *c, struct str text, struct route_value *ret)
{
	struct hash h;

	ret->text = str_trim(text);
	return hash_parse(ret->text, &h) ? 0 : err_set(c, ERR_INVALID, "want 64 hex digits");
}
