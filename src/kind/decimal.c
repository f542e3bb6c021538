#include "kind/decimal.h"

static bool digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* The number while it is read: so many significant digits, and what the rest would round to. */
struct reading {
	int64_t units;
	int digits, scale; /* scale may be negative: digits before the point that were dropped */
	bool up;           /* the first digit dropped is 5 or more */
};

static void take(struct reading *r, char ch, bool behind)
{
	if (r->digits == 0 && ch == '0') { /* not significant */
		r->scale += behind;
		return;
	}
	if (r->digits < DECIMAL_DIGITS) {
		r->units = r->units * 10 + (ch - '0');
		r->scale += behind;
	} else {
		if (r->digits == DECIMAL_DIGITS)
			r->up = ch >= '5';
		r->scale -= !behind;
	}
	r->digits++;
}

/* The digits before the point, perhaps in groups of three. */
static bool whole_part(struct str *s, char thousands, struct reading *r)
{
	size_t group = 0;
	bool grouped = false, any = false;

	while (s->n > 0) {
		char ch = s->p[0];

		if (thousands != 0 && ch == thousands) {
			if (!any || (grouped ? group != 3 : group > 3))
				return false;
			grouped = true;
			group = 0;
		} else if (digit(ch)) {
			take(r, ch, false);
			group++;
			any = true;
		} else {
			break;
		}
		*s = (struct str){s->p + 1, s->n - 1};
	}
	return any && (!grouped || group == 3);
}

static bool exponent(struct str s, int *ret)
{
	bool minus = str_starts(s, "-");
	int64_t n;

	if (minus || str_starts(s, "+"))
		s = (struct str){s.p + 1, s.n - 1};
	if (s.n == 0 || s.n > 3 || !digit(s.p[0]) || !str_i64(s, &n))
		return false;
	*ret = (int)(minus ? -n : n);
	return true;
}

/* To a scale from 0, without trailing zeros. */
static bool settle(struct reading *r, bool minus, struct decimal *ret)
{
	if (r->up)
		r->units++;
	while (r->scale > 0 && (r->units % 10 == 0 || r->scale > DECIMAL_SCALE_MAX)) {
		r->units /= 10; /* what lies behind the 30th digit is nothing here */
		r->scale--;
	}
	for (; r->scale < 0 && r->units != 0; r->scale++)
		if (__builtin_mul_overflow(r->units, 10, &r->units))
			return false;
	ret->units = minus ? -r->units : r->units;
	ret->scale = r->scale < 0 ? 0 : r->scale;
	return true;
}

bool decimal_parse(struct str s, char thousands, struct decimal *ret)
{
	char point = thousands == '.' ? ',' : '.';
	struct reading r = {0};
	bool minus = str_starts(s, "-");
	int e = 0;

	if (minus)
		s = (struct str){s.p + 1, s.n - 1};
	if (!whole_part(&s, thousands, &r))
		return false;
	if (s.n > 0 && s.p[0] == point) {
		s = (struct str){s.p + 1, s.n - 1};
		if (s.n == 0 || !digit(s.p[0]))
			return false;
		for (; s.n > 0 && digit(s.p[0]); s = (struct str){s.p + 1, s.n - 1})
			take(&r, s.p[0], true);
	}
	if (s.n > 0 && (s.p[0] == 'E' || s.p[0] == 'e')) {
		if (!exponent((struct str){s.p + 1, s.n - 1}, &e))
			return false;
		r.scale -= e;
		s.n = 0;
	}
	return s.n == 0 && settle(&r, minus, ret);
}

/* ---- as printed ---- */

static struct str less(struct str s, size_t n)
{
	return str_trim((struct str){s.p, s.n - n});
}

static bool drop_end(struct str *s, const char *mark)
{
	if (!str_ends(*s, mark))
		return false;
	*s = less(*s, strlen(mark));
	return true;
}

/* "35*", "35 [2]", "35 (1)", and the daggers. */
struct str decimal_unmarked(struct str s)
{
	for (;;) {
		size_t n = s.n;

		if (drop_end(&s, "*") || drop_end(&s, "\xe2\x80\xa0") ||
		    drop_end(&s, "\xe2\x80\xa1"))
			continue;
		if (n < 3 || (s.p[n - 1] != ']' && s.p[n - 1] != ')'))
			return s;
		for (n--; n > 0 && digit(s.p[n - 1]);)
			n--;
		if (n < 2 || n == s.n - 1 || (s.p[n - 1] != '[' && s.p[n - 1] != '('))
			return s;
		s = less(s, s.n - n + 1);
	}
}

static bool whole(struct str s, char thousands, int64_t *ret)
{
	struct decimal d;

	if (s.n == 0 || !digit(s.p[0]) || !decimal_parse(s, thousands, &d) || d.scale > 0)
		return false;
	*ret = d.units;
	return true;
}

/* "< 10", "<10", "fewer than 10", "less than 10", "under 10"; "≤ 9". */
static bool below(struct str s, char thousands, struct decimal_printed *ret)
{
	static const struct {
		const char *word;
		bool included;
	} words[] = {{"<=", true}, {"\xe2\x89\xa4", true}, {"<", false}, {"fewer than ", false},
	    {"less than ", false}, {"under ", false}, {"Fewer than ", false}, {"Less than ", false},
	    {"Under ", false}, {"weniger als ", false}, {"unter ", false}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t n = strlen(words[i].word);
		int64_t v;

		if (!str_starts(s, words[i].word))
			continue;
		if (!whole(str_trim((struct str){s.p + n, s.n - n}), thousands, &v) || v < 1)
			return false;
		ret->form = DECIMAL_BAND;
		ret->lo = 0;
		ret->hi = words[i].included ? v : v - 1;
		return true;
	}
	return false;
}

/* "0-249", "0 – 249", "0 to 249". Edges in the wrong order are a band still; callers judge. */
static bool band(struct str s, char thousands, struct decimal_printed *ret)
{
	static const char *const signs[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94", " to ", " bis "};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t n = strlen(signs[i]);
		const char *at = s.n == 0 ? NULL : memmem(s.p, s.n, signs[i], n);
		struct str head, tail;

		if (at == NULL)
			continue;
		head = str_trim((struct str){s.p, (size_t)(at - s.p)});
		tail = str_trim((struct str){at + n, (size_t)(s.p + s.n - at) - n});
		if (!whole(head, thousands, &ret->lo) || !whole(tail, thousands, &ret->hi))
			continue;
		ret->form = DECIMAL_BAND;
		return true;
	}
	return false;
}

void decimal_printed(
    struct str s, char thousands, const struct str *none, size_t n, struct decimal_printed *ret)
{
	struct decimal_printed p = {.form = DECIMAL_OTHER};

	s = str_trim(s);
	for (size_t i = 0; i < n && s.n > 0; i++)
		if (s.n == none[i].n && str_is_nocase(s, none[i].p))
			s.n = 0;
	s = decimal_unmarked(s);
	if (s.n == 0)
		p.form = DECIMAL_NONE;
	else if (!below(s, thousands, &p) && !band(s, thousands, &p)) {
		struct str number = s;

		p.percent = drop_end(&number, "%");
		if (decimal_parse(number, thousands, &p.number))
			p.form = DECIMAL_NUMBER;
	}
	*ret = p;
}

/* ---- shares ---- */

bool decimal_share_fits(struct decimal p, int64_t num, int64_t den, int decimals, bool *ret_cut)
{
	int64_t one = 1, left, right, off;
	bool rounded = false;

	if (p.units < 0 || den <= 0 || num < 0)
		return false;
	decimals = decimals > 6 ? 6 : decimals < 0 ? 0 : decimals;
	for (; p.scale > decimals; p.scale--) {
		p.units = p.units / 10 + (p.units % 10 >= 5);
		rounded =
		    true; /* here, by at most about half a unit: not by those who printed it */
	}
	for (int i = 0; i < decimals; i++)
		one *= 10;
	for (; p.scale < decimals; p.scale++)
		if (__builtin_mul_overflow(p.units, 10, &p.units))
			return false;
	/* |units / one - num / den| against half of 1 / one, or all of it: times one * den */
	if (__builtin_mul_overflow(p.units, den, &left) ||
	    __builtin_mul_overflow(num, one, &right) || __builtin_sub_overflow(left, right, &off))
		return false;
	off = off < 0 ? -off : off;
	if (off >= den)
		return false;
	*ret_cut = !rounded && off > den / 2;
	return true;
}

bool decimal_above_one(struct decimal d)
{
	for (; d.scale > 0; d.scale--) {
		bool rest = d.units % 10 != 0;

		d.units = d.units / 10 + (rest && d.units > 0); /* up: 1.01 is above, 0.99 is not */
	}
	return d.units > 1;
}
