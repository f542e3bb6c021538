#include "out/access_letter.h"

#include "out/letter_word.h"

static void add_text(struct ctx *c, struct json *list, struct str text)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "text", text);
	json_add(c, list, j);
}

static void add_info(struct ctx *c, struct json *list, const char *label, struct str text)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "label", str_of(label));
	json_set_text(c, j, "text", text);
	json_add(c, list, j);
}

/* Up to an empty line. */
static bool paragraph(struct str *rest, struct str *ret)
{
	struct str text = *rest;

	while (text.n > 0 && text.p[0] == '\n')
		text = (struct str){text.p + 1, text.n - 1};
	for (size_t i = 0; i < text.n; i++) {
		if (i + 1 < text.n && (text.p[i] != '\n' || text.p[i + 1] != '\n'))
			continue;
		*ret = str_trim((struct str){text.p, i + 1});
		*rest = (struct str){text.p + i + 1, text.n - i - 1};
		return true;
	}
	*rest = (struct str){"", 0};
	return false;
}

static void put_head(struct ctx *c, const struct instance *in, const struct access_request *r,
    const struct json *who, struct json *j)
{
	const struct letter_conf *conf = &in->letter;
	struct json *from = json_list(c), *info = json_list(c);
	struct day day =
	    instant_day(instant_is_none(r->answered) ? (struct instant){ctx_now(c)} : r->answered);
	struct str country = str_is(r->language, "de") ? STR("DE") : STR("GB");

	json_set_text(c, j, "kind", STR("access"));
	json_set_text(c, j, "language", r->language);
	json_set_text(
	    c, j, "paper", conf->paper.n > 0 ? conf->paper : str_of(letter_paper(country)));
	json_set_text(c, j, "day", day_str(c, day));
	json_add(c, from, json_of_text(c, in->provider));
	for (size_t i = 0; i < conf->n_head; i++)
		json_add(c, from, json_of_text(c, conf->head[i]));
	json_set(c, j, "from", from);
	json_set(c, j, "to", (struct json *)json_find(who, "to"));
	add_info(c, info, letter_word(r->language, LETTER_OURS), r->ref);
	add_info(c, info, letter_word(r->language, LETTER_DATE),
	    letter_day(c, r->language, country, day));
	json_set(c, j, "info", info);
}

static void put_body(struct ctx *c, struct str text, struct json *j)
{
	struct json *body = json_list(c);
	struct str one = STR(""), next;

	if (paragraph(&text, &one))
		json_set_text(c, j, "subject", one);
	if (!paragraph(&text, &one))
		one = STR("");
	while (paragraph(&text, &next)) {
		add_text(c, body, one);
		one = next;
	}
	json_set(c, j, "body", body);
	json_set_text(c, j, "end", one);
	json_set(c, j, "enclosures", json_list(c));
}

int access_letter(
    struct ctx *c, struct instance *in, const struct access_request *r, struct json **ret)
{
	struct json *j = json_map(c), *all;
	int rc = access_json(c, in, r, true, &all);

	if (rc == 0 && !str_is(r->state, "approved") && !str_is(r->state, "answered"))
		rc = err_set(c, ERR_DENIED, "no second person has approved the answer");
	if (rc == 0 && json_text(all, "text").n == 0)
		rc = err_set(c, ERR_NOTFOUND, "the request was erased");
	if (rc != 0)
		return rc;
	put_head(c, in, r, all, j);
	put_body(c, json_text(all, "text"), j);
	*ret = j;
	return 0;
}
