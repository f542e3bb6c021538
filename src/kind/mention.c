#include "kind/mention.h"

enum { WORDS_MAX = 64 };

/* A word of the title: what it means. */
enum meaning { WORD_NONE, WORD_YEAR, WORD_MONTH, WORD_HALF, WORD_QUARTER, WORD_ORDINAL };

struct word {
	enum meaning meaning;
	int value;
	int year; /* "2017H2", "H1/2022": the year that stands in the same word; 0 */
};

static const char *const months[12][3] = {{"january", "januar", "jan"},
    {"february", "februar", "feb"}, {"march", "m\xc3\xa4rz", "mar"}, {"april", "april", "apr"},
    {"may", "mai", "may"}, {"june", "juni", "jun"}, {"july", "juli", "jul"},
    {"august", "august", "aug"}, {"september", "september", "sep"}, {"october", "oktober", "oct"},
    {"november", "november", "nov"}, {"december", "dezember", "dec"}};

static bool letter(char ch)
{
	return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (unsigned char)ch >= 0x80;
}

static bool digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* Letters, or digits: "2017H2" is three words. A dash of three bytes is letters to `letter`, and is
 * no word that means anything. */
static bool piece(struct str *rest, struct str *ret)
{
	size_t n = 0;

	while (rest->n > 0 && !letter(rest->p[0]) && !digit(rest->p[0]))
		*rest = (struct str){rest->p + 1, rest->n - 1};
	if (rest->n == 0)
		return false;
	if (str_starts(*rest, "\xe2\x80\x93") || str_starts(*rest, "\xe2\x80\x94")) {
		*rest = (struct str){rest->p + 3, rest->n - 3};
		return piece(rest, ret);
	}
	for (bool digits = digit(rest->p[0]); n < rest->n; n++) {
		struct str here = {rest->p + n, rest->n - n};

		if ((digits ? !digit(here.p[0]) : !letter(here.p[0])) ||
		    str_starts(here, "\xe2\x80"))
			break;
	}
	n = n == 0 ? 1 : n;
	*ret = (struct str){rest->p, n};
	*rest = (struct str){rest->p + n, rest->n - n};
	return true;
}

static int month_of(struct str w)
{
	for (int m = 0; m < 12; m++)
		for (int k = 0; k < 3; k++)
			if (str_is_nocase(w, months[m][k]))
				return m + 1;
	return str_is_nocase(w, "sept") ? 9 : 0;
}

static struct word word_of(struct str w)
{
	static const struct {
		const char *word;
		enum meaning meaning;
		int value;
	} known[] = {{"h", WORD_HALF, 0}, {"half", WORD_HALF, 0}, {"halbjahr", WORD_HALF, 0},
	    {"q", WORD_QUARTER, 0}, {"quarter", WORD_QUARTER, 0}, {"quartal", WORD_QUARTER, 0},
	    {"first", WORD_ORDINAL, 1}, {"second", WORD_ORDINAL, 2}, {"third", WORD_ORDINAL, 3},
	    {"fourth", WORD_ORDINAL, 4}, {"erstes", WORD_ORDINAL, 1}, {"zweites", WORD_ORDINAL, 2}};
	int64_t n;
	int m = w.p[0] >= 'A' && w.p[0] <= 'Z' ? month_of(w) : 0; /* not the verb "may" */

	if (m > 0)
		return (struct word){WORD_MONTH, m, 0};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_is_nocase(w, known[i].word))
			return (struct word){known[i].meaning, known[i].value, 0};
	if (w.n <= 4 && digit(w.p[0]) && str_i64(w, &n)) {
		if (w.n == 4 && n >= 1990 && n <= 2099)
			return (struct word){WORD_YEAR, (int)n, 0};
		if (w.n == 1 && n >= 1 && n <= 4)
			return (struct word){WORD_ORDINAL, (int)n, 0};
	}
	return (struct word){WORD_NONE, 0, 0};
}

static bool span(int year_a, int a, int year_b, int b, struct period *ret)
{
	struct day next;

	if (!day_make(year_a, a, 1, &ret->from) || !day_make(year_b, b, 1, &next))
		return false;
	ret->to = day_add(day_add_months(next, 1), -1);
	return day_cmp(ret->from, ret->to) <= 0;
}

/* "July - December 2017", "January 2017 - June 2017", "March 2020" at w[i]. */
static bool months_at(const struct word *w, size_t n, size_t i, struct period *ret)
{
	int a = w[i].value, b = 0, year_b = 0;
	int year_a = i > 0 && w[i - 1].meaning == WORD_YEAR ? w[i - 1].value : 0;

	for (i++; i < n; i++) {
		if (w[i].meaning == WORD_YEAR && b == 0 && year_a == 0)
			year_a = w[i].value;
		else if (w[i].meaning == WORD_MONTH && b == 0)
			b = w[i].value;
		else if (w[i].meaning == WORD_YEAR && b != 0)
			year_b = w[i].value;
		else if (w[i].meaning != WORD_ORDINAL) /* "June 3, 2017", "to", "through" */
			continue;
		if (year_b != 0)
			break;
	}
	if (b == 0)
		return year_a != 0 && span(year_a, a, year_a, a, ret);
	year_b = year_b != 0 ? year_b : year_a;
	if (year_a == 0) /* "December - January 2020" begins the year before */
		year_a = a > b ? year_b - 1 : year_b;
	if (year_a != 0 && year_a == year_b && a > b)
		return false;
	return year_b != 0 && span(year_a, a, year_b, b, ret);
}

/* A half-year or quarter: its number stands beside the word, the year within two words. */
static bool part_at(const struct word *w, size_t n, size_t i, struct period *ret)
{
	int months_each = w[i].meaning == WORD_HALF ? 6 : 3, k = 0, year = 0;

	if (i + 1 < n && w[i + 1].meaning == WORD_ORDINAL)
		k = w[i + 1].value;
	else if (i > 0 && w[i - 1].meaning == WORD_ORDINAL)
		k = w[i - 1].value;
	for (size_t d = 1; d <= 3 && year == 0; d++) {
		if (i + d < n && w[i + d].meaning == WORD_YEAR)
			year = w[i + d].value;
		else if (i >= d && w[i - d].meaning == WORD_YEAR)
			year = w[i - d].value;
	}
	if (k < 1 || k * months_each > 12 || year == 0)
		return false;
	return span(year, (k - 1) * months_each + 1, year, k * months_each, ret);
}

bool mention_find(struct str text, struct period *ret)
{
	struct word w[WORDS_MAX];
	struct str one;
	size_t n = 0;

	while (n < WORDS_MAX && piece(&text, &one))
		w[n++] = word_of(one);
	for (size_t i = 0; i < n; i++) {
		if (w[i].meaning == WORD_MONTH && months_at(w, n, i, ret))
			return true;
		if ((w[i].meaning == WORD_HALF || w[i].meaning == WORD_QUARTER) &&
		    part_at(w, n, i, ret))
			return true;
	}
	for (size_t i = 0; i < n; i++)
		if (w[i].meaning == WORD_YEAR)
			return span(w[i].value, 1, w[i].value, 12, ret);
	return false;
}
