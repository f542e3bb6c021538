#include "desk/letter_conf.h"

#include "in/wording.h"

static int read_head(struct ctx *c, const struct yaml *list, struct letter_conf *ret)
{
	if (list->kind != YAML_LIST || list->n > LETTER_HEAD_MAX)
		return yaml_err(
		    c, list, "letterhead: want a list of at most %d lines", LETTER_HEAD_MAX);
	for (size_t i = 0; i < list->n; i++) {
		const struct yaml *line = list->at[i];

		if (line->kind != YAML_SCALAR || line->text.n == 0 ||
		    line->text.n > LETTER_HEAD_BYTES || !wording_line_ok(line->text))
			return yaml_err(c, line,
			    "letterhead: want a line of text of at most %d bytes",
			    LETTER_HEAD_BYTES);
		ret->head[ret->n_head++] = line->text;
	}
	return 0;
}

int letter_conf_read(struct ctx *c, const struct yaml *root, struct letter_conf *ret)
{
	const struct yaml *head = yaml_find(root, "letterhead"),
			  *paper = yaml_find(root, "letter_paper");
	int rc = 0;

	*ret = (struct letter_conf){.n_head = 0};
	if (head != NULL)
		rc = read_head(c, head, ret);
	if (rc != 0 || paper == NULL)
		return rc;
	if (paper->kind != YAML_SCALAR ||
	    (!str_is(paper->text, "din") && !str_is(paper->text, "us")))
		return yaml_err(c, paper, "letter_paper: want din or us");
	ret->paper = paper->text;
	return 0;
}
