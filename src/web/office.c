#include "web/office.h"

#include <stdlib.h>

#include "base/mem.h"
#include "kind/land.h"

enum { ANY_MAX = 20000 };

int office_wrong(struct route_ask *ask, const char *field, const char *says)
{
	ask->wrong = str_of(field);
	return err_set(ask->c, ERR_INVALID, "%s", lang_say(ask->lang, says).p);
}

int office_need(struct route_ask *ask, size_t at, const char *label)
{
	struct str of = lang_say(ask->lang, label), says;

	if (ask->fields[at].given)
		return 0;
	says = lang_fill(ask->c, lang_say(ask->lang, SAY("Please fill in: {1}.")), &of, 1);
	ask->wrong = str_of(ask->route->fields[at].name);
	return err_set(ask->c, ERR_INVALID, "%s", str_z(ask->c, says));
}

int office_day(struct route_ask *ask, size_t at, struct day *ret)
{
	*ret = DAY_NONE;
	if (!ask->fields[at].given || day_parse(ask->c, ask->fields[at].text, ret) == 0)
		return 0;
	err_clear(ask->c);
	return office_wrong(ask, ask->route->fields[at].name, SAY("A day, such as 2026-03-01."));
}

int office_mark(struct route_ask *ask, int rc, const char *field)
{
	if (rc != 0)
		ask->wrong = str_of(field);
	return rc;
}

void office_choice(
    struct ctx *c, struct json *list, struct str value, struct str label, struct str chosen)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "value", value);
	json_set_text(c, j, "label", label);
	if (chosen.n > 0 && str_eq(value, chosen))
		json_set_bool(c, j, "chosen", true);
	json_add(c, list, j);
}

/* The letters that German names of countries begin with beside A to Z. */
static struct str by_letter(struct ctx *c, struct str name)
{
	if (str_starts(name, "\xc3\x84"))
		return str_fmt(c, "A%s", name.p + 2);
	if (str_starts(name, "\xc3\x96"))
		return str_fmt(c, "O%s", name.p + 2);
	return name;
}

struct land {
	struct str code, name, order;
};

static int compare(const void *a, const void *b)
{
	const struct land *x = a, *y = b;

	return str_cmp(x->order, y->order);
}

struct json *office_countries(const struct route_ask *ask, struct str chosen)
{
	enum { LETTERS = 26 };
	struct ctx *c = ask->c;
	struct land *all = mem_array(c, (size_t)LETTERS * LETTERS, sizeof *all);
	struct json *list = json_list(c);
	size_t n = 0;

	for (int i = 0; i < LETTERS * LETTERS; i++) {
		struct str code = str_fmt(c, "%c%c", 'A' + i / LETTERS, 'A' + i % LETTERS);

		if (!land_known(code))
			continue;
		all[n].code = code;
		all[n].name = land_name(code, lang_code(ask->lang));
		all[n].order = by_letter(c, all[n].name);
		n++;
	}
	qsort(all, n, sizeof *all, compare);
	office_choice(c, list, STR(""), STR("\xe2\x80\x93"), STR(""));
	for (size_t i = 0; i < n; i++)
		office_choice(c, list, all[i].code, all[i].name, chosen);
	return list;
}

struct json *office_words(
    const struct route_ask *ask, const char *kind, struct str words, struct str chosen)
{
	struct json *list = json_list(ask->c);
	struct str word;

	office_choice(ask->c, list, STR(""), STR("\xe2\x80\x93"), STR(""));
	while (str_word(&words, &word)) {
		word = str_make(ask->c, word);
		office_choice(ask->c, list, word, lang_word(ask->lang, kind, word), chosen);
	}
	return list;
}

void office_page_kept(const struct route_ask *ask)
{
	if (ask->a != NULL)
		answer_field(ask->a, "Referrer-Policy", STR("no-referrer"));
}

/* Browsers send line ends as CR LF. */
int office_any(struct ctx *c, struct str text, struct route_value *ret)
{
	struct str s = str_trim(text);
	char *p = mem_alloc(c, s.n + 1);
	size_t n = 0;

	if (s.n > ANY_MAX)
		return err_set(c, ERR_LIMIT, "has more than %d characters", ANY_MAX);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			p[n++] = s.p[i];
	ret->text = (struct str){p, n};
	ret->given = n > 0;
	return 0;
}
