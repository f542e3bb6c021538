#include "out/letter_word.h"

#include "out/report_text.h"

const char *letter_word(struct str language, enum letter_word w)
{
	static const char *const words[LETTER_WORDS][2] = {{"Your reference", "Ihr Zeichen"},
	    {"Our reference", "Unser Zeichen"}, {"Date", "Datum"}, {"Page", "Seite"}, {"of", "von"},
	    {"Enclosures", "Anlagen"}, {"text of", "Fassung vom"},
	    {"What is required:", "Verlangt wird:"}};

	return words[w][str_is(language, "de") ? 1 : 0];
}

struct str letter_day(struct ctx *c, struct str language, struct str country, struct day day)
{
	bool de = str_is(language, "de");
	struct buf b = buf_init(c, 64);
	struct str number, rest, month, year;

	if (day_is_none(day))
		return STR("");
	report_text_day(&b, de ? REPORT_DE : REPORT_EN, day);
	if (de || !str_is(country, "US"))
		return buf_str(&b);
	(void)str_cut(buf_str(&b), ' ', &number, &rest);
	(void)str_cut(rest, ' ', &month, &year);
	return str_fmt(c, "%.*s %.*s, %.*s", STR_ARG(month), STR_ARG(number), STR_ARG(year));
}

const char *letter_paper(struct str country)
{
	return str_has_word(STR("BZ CA CL CO CR GT MX NI PA PH PR SV US VE"), country) ? "us"
										       : "din";
}

/* Hebrew to Arabic Extended-A, and the forms of presentation of both. */
static bool right_to_left(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		unsigned char a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1];

		if ((a == 0xD6 && b >= 0x90) || (a >= 0xD7 && a <= 0xDF) ||
		    (a == 0xE0 && b <= 0xA3 && b >= 0xA0) || (a == 0xEF && b >= 0xAC && b <= 0xBB))
			return true;
	}
	return false;
}

struct str letter_isolated(struct ctx *c, struct str s)
{
	return right_to_left(s) ? str_fmt(c, "\xE2\x81\xA8%.*s\xE2\x81\xA9", STR_ARG(s)) : s;
}
