#include "web/lang_num.h"

#include "out/report_text.h"

void lang_num(struct buf *b, enum answer_lang lang, int64_t n)
{
	report_text_number(b, lang == ANSWER_DE ? REPORT_DE : REPORT_EN, n);
}

void lang_num_day(struct buf *b, enum answer_lang lang, struct day day)
{
	report_text_day(b, lang == ANSWER_DE ? REPORT_DE : REPORT_EN, day);
}

void lang_num_instant(struct buf *b, enum answer_lang lang, struct instant t)
{
	struct day day = instant_day(t);
	int64_t s = day_is_none(day) ? 0 : t.s - instant_at(day, 0).s;

	lang_num_day(b, lang, day);
	if (!day_is_none(day))
		buf_fmt(b, ", %02d:%02d", (int)(s / 3600), (int)(s / 60 % 60));
}

void lang_num_from(struct buf *b, enum answer_lang lang, int64_t seconds)
{
	int64_t size = seconds < 0 ? -seconds : seconds;
	bool days = size >= 48 * 3600;
	int64_t n = days ? size / 86400 : size / 3600;

	if (lang == ANSWER_DE)
		buf_fmt(b, "%s %lld %s", seconds < 0 ? "vor" : "in", (long long)n,
		    days ? "Tagen" : "Stunden");
	else
		buf_fmt(b, "%s%lld %s%s", seconds < 0 ? "" : "in ", (long long)n,
		    days ? "days" : "hours", seconds < 0 ? " ago" : "");
}
