#include "web/work_letter.h"

#include "out/claim_paper.h"
#include "out/letter_pdf.h"

static void put_lines(
    struct ctx *c, struct json *what, const char *key, const struct str *lines, size_t n)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < n; i++)
		json_add(c, list, json_of_text(c, lines[i]));
	json_set(c, what, key, list);
}

struct json *work_letter_what(
    struct ctx *c, struct str matter, int64_t order, const struct letter_ask *ask)
{
	struct json *what = json_map(c);

	json_set_text(c, what, "case", matter);
	json_set_int(c, what, "order", order);
	json_set_text(c, what, "kind", ask->kind);
	json_set_text(c, what, "language", ask->language);
	json_set_int(c, what, "notice", ask->notice);
	json_set_text(c, what, "production", ask->production);
	put_lines(c, what, "to", ask->to, ask->n_to);
	put_lines(c, what, "enclosures", ask->enclosures, ask->n_enclosures);
	return what;
}

static size_t get_lines(
    const struct json *what, const char *key, struct str lines[static LETTER_LINES_MAX])
{
	const struct json *list = json_find(what, key);
	size_t n = 0;

	for (; list != NULL && n < list->n && n < LETTER_LINES_MAX; n++)
		lines[n] = list->at[n]->text;
	return n;
}

int work_letter(struct ctx *c, struct work_for *w)
{
	struct str to[LETTER_LINES_MAX], enclosures[LETTER_LINES_MAX], pdf;
	struct letter_ask ask = {.kind = json_text(w->what, "kind"),
	    .language = json_text(w->what, "language"),
	    .production = json_text(w->what, "production"),
	    .to = to,
	    .enclosures = enclosures,
	    .notice = json_find(w->what, "notice") == NULL ? 0 : json_find(w->what, "notice")->num};
	struct legal_order order;
	struct json *parts;
	struct matter m;
	int rc = matter_get(c, w->in, w->actor, json_text(w->what, "case"), &m);

	ask.n_to = get_lines(w->what, "to", to);
	ask.n_enclosures = get_lines(w->what, "enclosures", enclosures);
	if (rc == 0)
		rc = matter_order(c, w->in, &m, json_find(w->what, "order")->num, &order);
	if (rc == 0)
		rc = letter_parts(c, w->in, w->actor, &order, &ask, &parts);
	if (rc == 0)
		rc = letter_pdf(c, parts, &pdf);
	if (rc != 0)
		return rc;
	json_set_text(c, w->result, "name",
	    str_fmt(
		c, "%.*s-%lld-%.*s.pdf", STR_ARG(m.ref), (long long)order.seq, STR_ARG(ask.kind)));
	json_set_text(c, w->result, "pdf", text_base64(c, pdf.p, pdf.n));
	return 0;
}

int work_claim(struct ctx *c, struct work_for *w)
{
	bool letter = str_is(json_text(w->what, "paper"), "letter");
	struct str language = json_text(w->what, "language"), file;
	struct claim k;
	int rc = claim_get(c, w->in, w->actor, json_text(w->what, "claim"), &k);

	if (rc == 0 && letter)
		rc = claim_letter(c, w->in, &k,
		    language.n > 0 ? str_is(language, "de") : str_is(k.country, "DE"), &file);
	else if (rc == 0)
		rc = claim_invoice(c, w->in, &k, &file);
	if (rc != 0)
		return rc;
	json_set_text(
	    c, w->result, "name", str_fmt(c, "%.*s.%s", STR_ARG(k.ref), letter ? "pdf" : "xml"));
	json_set_text(c, w->result, "pdf", text_base64(c, file.p, file.n));
	return 0;
}

struct json *work_letter_result(struct ctx *c, const struct job *j)
{
	struct json *result = json_map(c);
	struct str name = json_text(j->result, "name");

	if (name.n > 0)
		json_set_text(c, result, "name", name);
	return result;
}

int work_letter_pdf(struct ctx *c, const struct job *j, struct str *ret)
{
	struct str text = json_text(j->result, "pdf");

	if (!str_has_word(STR("letter claim_paper"), j->kind) || text.n == 0 ||
	    !text_unbase64(c, text, ret))
		return err_set(c, ERR_NOTFOUND, "there is no such letter");
	return 0;
}
