#include "out/letter_pdf.h"

#include "desk/letter_conf.h"
#include "out/letter_word.h"
#include "out/typeset.h"

enum { DOCUMENT_MAX = 1 << 20, PDF_MAX = 32 << 20 };

/* ---- lines of the document ---- */

/* What divides words has no place in one; a line break within a paragraph is U+2028. */
static void word(struct buf *b, struct str s)
{
	buf_putc(b, '\t');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_puts(b, "\xE2\x80\xA8");
		else
			buf_putc(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
	}
}

static void text(struct buf *b, const char *what, struct str s)
{
	buf_puts(b, what);
	word(b, s);
	buf_putc(b, '\n');
}

static void pair(struct buf *b, const char *what, struct str first, struct str second)
{
	buf_puts(b, what);
	word(b, first);
	word(b, second);
	buf_putc(b, '\n');
}

static void each(struct buf *b, const char *what, const struct json *list, size_t most)
{
	for (size_t i = 0; list != NULL && i < list->n && i < most; i++)
		text(b, what, list->at[i]->text);
}

static struct str joined(struct ctx *c, const struct json *list, size_t most)
{
	struct buf b = buf_init(c, 4096);

	for (size_t i = 0; i < list->n && i < most; i++) {
		buf_puts(&b, i == 0 ? "" : " · ");
		buf_put(&b, list->at[i]->text);
	}
	return buf_str(&b);
}

static struct str label(struct str language, enum letter_word w)
{
	return str_of(letter_word(language, w));
}

static void put_head(struct ctx *c, const struct json *parts, struct buf *b)
{
	const struct json *from = json_find(parts, "from"), *info = json_find(parts, "info");
	struct str language = json_text(parts, "language");
	struct buf running = buf_init(c, 4096);

	text(b, "paper", json_text(parts, "paper"));
	text(b, "lang", language);
	text(b, "title", json_text(parts, "subject"));
	text(b, "created", json_text(parts, "day"));
	each(b, "head", from, from->n);
	text(b, "return", joined(c, from, 1 + LETTER_HEAD_ADDRESS));
	each(b, "to", json_find(parts, "to"), SIZE_MAX);
	buf_put(&running, from->at[0]->text);
	for (size_t i = 0; i < info->n; i++) {
		pair(b, "info", json_text(info->at[i], "label"), json_text(info->at[i], "text"));
		buf_puts(&running, " · ");
		buf_put(&running, json_text(info->at[i], "text"));
	}
	text(b, "running", buf_str(&running));
	pair(b, "pages", label(language, LETTER_PAGE), label(language, LETTER_OF));
	text(b, "subject", json_text(parts, "subject"));
}

/* The law's own words in quotation marks of its language; where the pack has none, what it asks. */
static void put_law(struct ctx *c, const struct json *parts, const struct json *law, struct buf *b)
{
	struct str language = json_text(parts, "language"), quote = json_text(law, "quote"),
		   day = json_text(law, "text_date"), cite = json_text(law, "cite"),
		   says = json_text(law, "says");
	bool de = str_is(json_text(law, "quote_lang"), "de");
	struct day of;

	if (day.n > 0 && day_parse(c, day, &of) == 0) {
		day = letter_day(c, language, STR(""), of);
		cite = str_fmt(c, "%.*s (%s %.*s)", STR_ARG(cite),
		    letter_word(language, LETTER_TEXT_OF), STR_ARG(day));
	}
	if (quote.n > 0)
		quote = str_fmt(c, "%s%.*s%s", de ? "„" : "“", STR_ARG(quote), de ? "“" : "”");
	else
		quote =
		    str_fmt(c, "%s %.*s", letter_word(language, LETTER_REQUIRED), STR_ARG(says));
	pair(b, "law", cite, quote);
}

void letter_document(struct ctx *c, const struct json *parts, struct buf *b)
{
	const struct json *body = json_find(parts, "body"),
			  *enclosures = json_find(parts, "enclosures");

	buf_puts(b, "writ/letter/1\n");
	put_head(c, parts, b);
	for (size_t i = 0; i < body->n; i++) {
		if (json_find(body->at[i], "cite") != NULL)
			put_law(c, parts, body->at[i], b);
		else
			text(b, "p", json_text(body->at[i], "text"));
	}
	text(b, "close", json_text(parts, "end"));
	if (enclosures->n > 0)
		text(b, "list", label(json_text(parts, "language"), LETTER_ENCLOSURES));
	each(b, "item", enclosures, SIZE_MAX);
}

int letter_pdf(struct ctx *c, const struct json *parts, struct str *ret)
{
	struct buf b = buf_init(c, DOCUMENT_MAX);
	struct str text;
	int status = 0, rc;

	letter_document(c, parts, &b);
	rc = buf_end(&b, "the letter", &text);
	if (rc == 0)
		rc = typeset(c, text, PDF_MAX, ERR_TEXT("the letter's PDF"), ret, &status);
	if (rc == 0 && ret->n == 0)
		rc = err_set(c, ERR_FAIL, "the letter could not be set (status %d)", status);
	return rc;
}
