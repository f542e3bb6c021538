#include "web/lang_num.h"

#include "web/lang_num_p.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static void put_digits(struct buf *b, enum answer_lang lang, uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_puts(b, lang_num_forms[lang].group);
		buf_putc(b, digits[i]);
	}
}

static uint64_t size_of(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

void lang_num(struct buf *b, enum answer_lang lang, int64_t n)
{
	if (n < 0)
		buf_puts(b, lang_num_forms[lang].minus);
	put_digits(b, lang, size_of(n));
}

void lang_num_tenths(struct buf *b, enum answer_lang lang, int64_t n)
{
	if (n < 0)
		buf_puts(b, lang_num_forms[lang].minus);
	put_digits(b, lang, size_of(n) / 10);
	buf_puts(b, lang_num_forms[lang].decimal);
	buf_putc(b, (char)('0' + size_of(n) % 10));
}

/* ---- days and instants ---- */

struct moment {
	struct day day;
	int second; /* of the day */
	int64_t east;
};

/* "GMT", "GMT+1", "GMT-3:30" */
static void put_zone(struct buf *b, int64_t east)
{
	int64_t minutes = (east < 0 ? -east : east) / MINUTE;

	buf_puts(b, "GMT");
	if (minutes == 0)
		return;
	buf_fmt(b, "%c%d", east < 0 ? '-' : '+', (int)(minutes / 60));
	if (minutes % 60 != 0)
		buf_fmt(b, ":%02d", (int)(minutes % 60));
}

/* n times the letter ch of a pattern. */
static void put_field(
    struct buf *b, const struct lang_num_form *form, char ch, int n, const struct moment *t)
{
	int y, m, d;

	day_split(t->day, &y, &m, &d);
	switch (ch) {
	case 'y':
		buf_fmt(b, "%d", y);
		break;
	case 'M':
		if (n > 2)
			buf_puts(b, (n == 3 ? form->short_months : form->months)[m - 1]);
		else
			buf_fmt(b, "%0*d", n, m);
		break;
	case 'd':
		buf_fmt(b, "%0*d", n, d);
		break;
	case 'E':
		buf_puts(b, form->short_weekdays[day_weekday(t->day) % 7]);
		break;
	case 'H':
		buf_fmt(b, "%0*d", n, t->second / HOUR);
		break;
	case 'm':
		buf_fmt(b, "%0*d", n, t->second / MINUTE % 60);
		break;
	case 'O':
		put_zone(b, t->east);
		break;
	default:
		abort(); /* a letter that the patterns do not have */
	}
}

static bool letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* Unicode TR 35, part 4: letters are fields, what stands in single quotes is text. */
static void put_pattern(
    struct buf *b, const struct lang_num_form *form, const char *pattern, const struct moment *t)
{
	bool quoted = false;
	int n;

	for (const char *p = pattern; *p != '\0'; p += n) {
		n = 1;
		if (*p == '\'') {
			quoted = !quoted;
		} else if (quoted || !letter(*p)) {
			buf_putc(b, *p);
		} else {
			while (p[n] == *p)
				n++;
			put_field(b, form, *p, n, t);
		}
	}
}

void lang_num_day(struct buf *b, enum answer_lang lang, enum lang_num_day form, struct day day)
{
	const struct lang_num_form *f = &lang_num_forms[lang];
	const char *const patterns[] = {f->day, f->long_day, f->weekday};
	const struct moment t = {.day = day};

	if (!day_is_none(day))
		put_pattern(b, f, patterns[form], &t);
}

void lang_num_instant(struct buf *b, enum answer_lang lang, struct instant t, bool zoned)
{
	const struct lang_num_form *f = &lang_num_forms[lang];
	struct moment m = {.day = instant_day(t), .east = instant_east(t)};

	if (day_is_none(m.day))
		return;
	m.second = (int)(((t.s + m.east) % DAY + DAY) % DAY);
	put_pattern(b, f, zoned ? f->zoned : f->instant, &m);
}

/* ---- spans ---- */

void lang_num_from(struct buf *b, enum answer_lang lang, int64_t seconds)
{
	static const uint64_t sizes[SPANS] = {MINUTE, HOUR, DAY};
	uint64_t size = size_of(seconds), n;
	int unit = size >= 2 * DAY ? SPAN_DAY : size >= 2 * HOUR ? SPAN_HOUR : SPAN_MINUTE;
	const char *text;

	n = size / sizes[unit];
	if (n == 0) {
		buf_puts(b, lang_num_forms[lang].now);
		return;
	}
	text = lang_num_forms[lang].spans[unit][(seconds > 0 ? 2 : 0) + (n == 1 ? 0 : 1)];
	for (; *text != '\0'; text++)
		if (strncmp(text, "{0}", 3) == 0) {
			put_digits(b, lang, n);
			text += 2;
		} else {
			buf_putc(b, *text);
		}
}
