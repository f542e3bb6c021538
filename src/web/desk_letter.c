#include "web/desk_letter.h"

#include "desk/transfer.h"
#include "web/path_order.h"
#include "web/work_letter.h"

const struct route_field desk_set_letter_fields[6] = {
    {.name = "kind", .needed = true, .parse = field_word},
    {.name = "language", .parse = field_word}, {.name = "to", .parse = field_text},
    {.name = "enclosures", .parse = field_text}, {.name = "notice", .parse = field_number},
    {.name = "production", .parse = field_word}};

/* One more than there may be, so that too many are told and not left out. */
static size_t lines_of(struct str text, struct str lines[static LETTER_LINES_MAX + 1])
{
	struct str line;
	size_t n = 0;

	while (text.n > 0 && n <= LETTER_LINES_MAX) {
		(void)str_cut(text, '\n', &line, &text);
		if (str_trim(line).n > 0)
			lines[n++] = str_trim(line);
	}
	return n;
}

int desk_set_letter(struct route_ask *ask, struct json **ret)
{
	struct str to[LETTER_LINES_MAX + 1], enclosures[LETTER_LINES_MAX + 1], ref;
	struct letter_ask letter = {.kind = ask->fields[0].text,
	    .language = ask->fields[1].text,
	    .production = ask->fields[5].text,
	    .to = to,
	    .enclosures = enclosures,
	    .notice = ask->fields[4].given ? ask->fields[4].num : 0};
	struct legal_order order;
	struct json *parts, *what;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	letter.n_to = lines_of(ask->fields[2].text, to);
	letter.n_enclosures = lines_of(ask->fields[3].text, enclosures);
	if (rc == 0)
		rc = letter_parts(ask->c, ask->in, ask->who, &order, &letter, &parts);
	if (rc != 0)
		return rc;
	what = work_letter_what(ask->c, m.ref, order.seq, &letter);
	json_set_text(ask->c, what, "lang", ask->lang == ANSWER_DE ? STR("de") : STR("en"));
	rc = job_put(ask->c, ask->in, ask->who, "letter", what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}

int desk_letter_file(struct route_ask *ask, struct answer *a)
{
	struct job j;
	struct str pdf;
	int rc = job_get(ask->c, ask->in, ask->who, ask->parts[0], &j);

	if (rc == 0)
		rc = work_letter_pdf(ask->c, &j, &pdf);
	if (rc != 0)
		return rc;
	a->type =
	    str_ends(json_text(j.result, "name"), ".xml") ? "application/xml" : "application/pdf";
	a->foreign = true;
	buf_put(&a->body, pdf);
	answer_field(a, "Content-Disposition",
	    str_fmt(ask->c, "attachment; filename=\"%.*s\"", STR_ARG(json_text(j.result, "name"))));
	return 0;
}

int desk_manifest(struct route_ask *ask, struct answer *a)
{
	struct matter m;
	struct str text;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0)
		rc = produce_of(ask->c, ask->in, &m, ask->parts[1]);
	if (rc == 0)
		rc = transfer_get(ask->c, ask->in, ask->who, ask->parts[1], &text);
	if (rc != 0)
		return rc;
	a->type = "application/json";
	a->foreign = true;
	buf_put(&a->body, text);
	answer_field(a, "Content-Disposition",
	    str_fmt(ask->c, "attachment; filename=\"%.*s.transfer.json\"", STR_ARG(ask->parts[1])));
	return 0;
}

void desk_letter_offer(struct ctx *c, struct json *v)
{
	struct json *list = json_list(c);

	for (size_t i = 0; letter_kind(i) != NULL; i++)
		if (!str_is(str_of(letter_kind(i)), "notice")) /* stands with the notice itself */
			json_add(c, list, json_of_text(c, str_of(letter_kind(i))));
	json_set(c, v, "letters", list);
}
