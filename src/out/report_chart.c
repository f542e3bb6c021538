#include "out/report_chart.h"

#include "base/plain.h"

/* A row is a label, of one line or more, over its bar. A line of LABEL characters and a number fit
 * on a phone. */
enum { ROW = 36, STACK = 36, LINE = 18, LABEL = 30 };

static const char *entity(char ch)
{
	return ch == '&'    ? "&amp;"
	       : ch == '<'  ? "&lt;"
	       : ch == '>'  ? "&gt;"
	       : ch == '"'  ? "&quot;"
	       : ch == '\'' ? "&#39;"
			    : NULL;
}

void report_chart_escape(struct buf *b, struct str s)
{
	bool bad;
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		n = plain_next(s, i, &bad);
		if (entity(s.p[i]) != NULL)
			buf_puts(b, entity(s.p[i]));
		else if (bad && s.p[i] != '\n' && s.p[i] != '\t')
			buf_puts(b, "\357\277\275");
		else
			buf_put(b, (struct str){s.p + i, n});
	}
}

/* n of `of` in hundredths of a per cent, as text: 12.34%. */
static void put_percent(struct buf *b, int64_t n, int64_t of)
{
	int64_t v = of > 0 ? n * 10000 / of : 0;

	buf_fmt(b, "%lld.%02lld%%", (long long)(v / 100), (long long)(v % 100));
}

static void put_head(
    struct buf *b, const char *id, const char *title, const char *desc, size_t height)
{
	buf_fmt(b,
	    "<svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-t %s-d\" width=\"100%%\" "
	    "height=\"%zu\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"%s-t\">",
	    id, id, height, id);
	report_chart_escape(b, str_of(title));
	buf_fmt(b, "</title>\n<desc id=\"%s-d\">", id);
	report_chart_escape(b, str_of(desc));
	buf_puts(b, "</desc>\n");
}

static void put_rect(
    struct buf *b, struct str class, int64_t x, int64_t width, int64_t of, size_t y, int height)
{
	buf_puts(b, "<rect class=\"");
	report_chart_escape(b, class);
	buf_puts(b, "\" x=\"");
	put_percent(b, x, of);
	buf_fmt(b, "\" y=\"%zu\" width=\"", y);
	put_percent(b, width, of);
	buf_fmt(b, "\" height=\"%d\"", height);
}

void report_chart_stack(struct buf *b, enum report_lang lang, const char *id, const char *title,
    const char *desc, const struct report_bar *bars, size_t n)
{
	int64_t sum = 0, x = 0;

	for (size_t i = 0; i < n; i++)
		sum += bars[i].n;
	put_head(b, id, title, desc, STACK);
	for (size_t i = 0; i < n; i++) {
		if (bars[i].n == 0)
			continue;
		put_rect(b, bars[i].class, x, bars[i].n, sum, 0, STACK);
		buf_puts(b, "><title>");
		report_chart_escape(b, bars[i].label);
		buf_puts(b, ": ");
		report_text_number(b, lang, bars[i].n);
		buf_puts(b, "</title></rect>\n");
		x += bars[i].n;
	}
	buf_puts(b, "</svg>\n");
}

/* Where the line that begins at `from` ends: at the last blank before it is too long, or after a
 * long word. */
static size_t line_end(struct str s, size_t from)
{
	size_t n = 0, end = s.n;

	for (size_t i = from; i < s.n; i++) {
		if (s.p[i] == ' ' && (n <= LABEL || end == s.n))
			end = i;
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
		if (n > LABEL && end < s.n)
			return end;
	}
	return n > LABEL ? end : s.n;
}

static size_t row_height(struct str label)
{
	size_t height = ROW;

	for (size_t end = line_end(label, 0); end < label.n; end = line_end(label, end + 1))
		height += LINE;
	return height;
}

/* What stands above a bar: what it is, and its number at the right. Returns where the bar begins.
 */
static size_t put_label(
    struct buf *b, enum report_lang lang, struct str label, int64_t number, size_t y)
{
	size_t from = 0, end;

	for (;; from = end + 1, y += LINE) {
		end = line_end(label, from);
		buf_fmt(b, "<text x=\"0\" y=\"%zu\">", y + 14);
		report_chart_escape(b, (struct str){label.p + from, end - from});
		buf_puts(b, "</text>");
		if (end == label.n)
			break;
	}
	buf_fmt(b, "<text class=\"n\" x=\"100%%\" y=\"%zu\">", y + 14);
	report_text_number(b, lang, number);
	buf_puts(b, "</text>\n<rect class=\"track\" x=\"0\" ");
	buf_fmt(b, "y=\"%zu\" width=\"100%%\" height=\"8\" rx=\"2\"/>", y + 21);
	return y + 21;
}

static int64_t sum_of(const struct report_series *row)
{
	int64_t sum = 0;

	for (size_t i = 0; i < row->n; i++)
		sum += row->parts[i].n;
	return sum;
}

void report_chart_series(struct buf *b, enum report_lang lang, const char *id, const char *title,
    const char *desc, const struct report_series *rows, size_t n)
{
	size_t height = 0, y = 0;
	int64_t most = 0;

	for (size_t i = 0; i < n; i++) {
		most = sum_of(&rows[i]) > most ? sum_of(&rows[i]) : most;
		height += row_height(rows[i].label);
	}
	put_head(b, id, title, desc, height);
	for (size_t i = 0; i < n; y += row_height(rows[i++].label)) {
		size_t bar = put_label(b, lang, rows[i].label, sum_of(&rows[i]), y);
		int64_t x = 0;

		for (size_t k = 0; k < rows[i].n; k++) {
			const struct report_bar *part = &rows[i].parts[k];

			if (part->n == 0)
				continue;
			put_rect(b, part->class, x, part->n, most, bar, 8);
			buf_puts(b, "><title>");
			report_chart_escape(b, part->label);
			buf_puts(b, ": ");
			report_text_number(b, lang, part->n);
			buf_puts(b, "</title></rect>\n");
			x += part->n;
		}
	}
	buf_puts(b, "</svg>\n");
}

void report_chart_bars(struct buf *b, enum report_lang lang, const char *id, const char *title,
    const char *desc, const struct report_bar *bars, size_t n)
{
	size_t height = 0, y = 0;
	int64_t most = 0;

	for (size_t i = 0; i < n; i++) {
		most = bars[i].n > most ? bars[i].n : most;
		height += row_height(bars[i].label);
	}
	put_head(b, id, title, desc, height);
	for (size_t i = 0; i < n; y += row_height(bars[i++].label)) {
		size_t bar = put_label(b, lang, bars[i].label, bars[i].n, y);

		put_rect(b, bars[i].class, 0, bars[i].n, most, bar, 8);
		buf_puts(b, " rx=\"2\"/>\n");
	}
	buf_puts(b, "</svg>\n");
}
