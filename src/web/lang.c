#include "web/lang.h"

#include "base/mem.h"
#include "desk/right.h"

const char *lang_code(enum answer_lang lang)
{
	return lang == ANSWER_DE ? "de" : "en";
}

static int entry_cmp(const struct lang_entry *e, const char *context, struct str id)
{
	int d = strcmp(context, e->context);

	return d != 0 ? d : str_cmp(id, str_of(e->id));
}

bool lang_find(enum answer_lang lang, const char *context, struct str id, struct str *ret)
{
	size_t from = 0, to = lang_table_n;

	while (from < to) {
		size_t mid = (from + to) / 2;
		int d = entry_cmp(&lang_table[mid], context, id);

		if (d == 0) {
			*ret = str_of(lang_table[mid].text[lang]);
			return true;
		}
		if (d < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return false;
}

struct str lang_say(enum answer_lang lang, const char *id)
{
	struct str text = str_of(id);

	(void)lang_find(lang, "", text, &text);
	return text;
}

static int right_said(enum right right, const struct right_rule *rule, void *arg)
{
	struct str *title = arg;

	(void)right;
	if (!str_eq(*title, str_of(rule->en)))
		return 0;
	*title = str_of(rule->de);
	return 1;
}

const char *lang_error_de(const char *text)
{
	static const char *const contexts[] = {"error", "word order", "word item", "word matter",
	    "word demand", "word role", "word verdict", "word production", "word hold",
	    "word standing"};
	struct str id = str_of(text), found;

	for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; i++)
		if (lang_find(ANSWER_DE, contexts[i], id, &found))
			return found.p;
	(void)right_each(right_said, &id);
	return id.p;
}

struct str lang_word(enum answer_lang lang, const char *kind, struct str word)
{
	char context[64] = "word ";
	size_t n = strlen(kind);

	if (n > sizeof context - sizeof "word ")
		return word;
	memcpy(context + sizeof "word " - 1, kind, n + 1);
	(void)lang_find(lang, context, word, &word);
	return word;
}

struct str lang_fill(struct ctx *c, struct str text, const struct str *values, size_t n)
{
	size_t size = text.n + 1;
	struct buf b;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '{')
			for (size_t k = 0; k < n; k++)
				size += values[k].n;
	b = buf_init(c, size);
	for (size_t i = 0; i < text.n; i++) {
		size_t k = i + 2 < text.n && text.p[i] == '{' && text.p[i + 2] == '}'
			       ? (size_t)(unsigned char)text.p[i + 1] - '1'
			       : n;

		if (k < n) {
			buf_put(&b, values[k]);
			i += 2;
		} else {
			buf_putc(&b, text.p[i]);
		}
	}
	return buf_str(&b);
}
