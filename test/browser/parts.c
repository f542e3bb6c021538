/* Writes the pages of parts.tmpl, which show every component, in both languages: parts DATA.json
 * DIR. */
#include "parts_gen.h"

#include <stdio.h>

#include "kind/day.h"
#include "law/pack.h"
#include "os/file.h"
#include "web/asset.h"
#include "web/page.h"

static const struct {
	const char *name;
	void (*fn)(struct page *p, const struct json *v);
} pages[] = {{"parts_inbox", tmpl_parts_inbox}, {"parts_empty", tmpl_parts_empty},
    {"parts_case", tmpl_parts_case}, {"parts_form", tmpl_parts_form}};

static const struct json *nav(struct ctx *c, const char *current)
{
	static const char *const names[][2] = {{"parts_inbox", "Inbox"}, {"parts_case", "Case"},
	    {"parts_form", "Form"}, {"parts_empty", "Calendar"}};
	struct json *all = json_list(c);

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct json *one = json_map(c);

		json_set_text(c, one, "label", str_of(names[i][1]));
		json_set_text(c, one, "url", str_fmt(c, "/%s.html", names[i][0]));
		json_set_bool(c, one, "current", strcmp(names[i][0], current) == 0);
		if (i == 0)
			json_set_int(c, one, "count", 12);
		json_add(c, all, one);
	}
	return all;
}

static int write_page(
    struct ctx *c, const char *dir, size_t i, enum answer_lang lang, const struct json *v)
{
	struct buf b = buf_init(c, 1 << 20);
	struct page p = page_init(c, &b, lang);
	FILE *f = fopen(
	    str_fmt(c, "%s/%s%s.html", dir, pages[i].name, lang == ANSWER_DE ? ".de" : "").p, "wb");
	struct form form = {0};

	p.provider = STR("Example Mail");
	p.who = STR("ruth (reviewer)");
	p.zone = STR("Europe/Berlin");
	p.proof = STR("0123");
	p.path = STR("/parts_inbox.html");
	p.nav = nav(c, pages[i].name);
	if (i == 2)
		p.note = STR("The question was sent to the officer.");
	if (i == 3) { /* as it is shown again after an error */
		p.error = STR("File number: want a text.");
		p.error_field = STR("file");
		p.form = &form;
	}
	pages[i].fn(&p, v);
	if (f == NULL || b.over || fwrite(b.p, 1, b.n, f) != b.n)
		return 1;
	return fclose(f) != 0;
}

int main(int argc, char **argv)
{
	struct str text;
	struct json *v;
	struct ctx *c;
	int bad = argc != 3;

	ctx_open(&c);
	c->fixed_now = 1768478400;
	if (bad || day_zone(c, "Europe/Berlin") != 0 ||
	    file_read(c, argv[1], JSON_MAX, &text) != 0 || json_parse(c, argv[1], text, &v) != 0) {
		(void)fprintf(stderr, "parts: %s\n", err_text(c));
		return 1;
	}
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		for (int lang = ANSWER_EN; lang <= ANSWER_DE; lang++)
			bad |= write_page(c, argv[2], i, (enum answer_lang)lang, v);
	ctx_close(&c);
	return bad;
}
