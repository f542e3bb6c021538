#include "law/limit.h"

#include "base/mem.h"
#include "kind/land.h"
#include "law/pack_read_p.h"

static int read_countries(struct ctx *c, const struct yaml *node, struct str *ret)
{
	struct str rest, word;
	int rc = yaml_get_text(c, node, "countries", &rest);

	if (rc != 0)
		return rc;
	*ret = rest;
	while (str_word(&rest, &word))
		if (!land_known(word))
			return yaml_err(c, yaml_find(node, "countries"),
			    "countries: two letters each (ISO 3166)");
	return 0;
}

static int read_source(struct ctx *c, const struct yaml *node, struct source *ret)
{
	int rc = yaml_get_text(c, node, "cite", &ret->cite);

	ret->mark = yaml_text(node, "mark");
	ret->text_date = ret->valid_from = ret->valid_until = DAY_NONE;
	ret->file = node->file;
	ret->line = node->line;
	if (rc == 0)
		rc = pack_read_yesno(c, node, "verified", &ret->verified);
	if (rc != 0)
		return rc;
	if (!str_has_word(STR("V V-R S D M"), ret->mark))
		return yaml_err(c, node, "mark is one of: V V-R S D M");
	return ret->verified
		   ? yaml_err(c, yaml_find(node, "verified"),
			 "a limit only asks: what was read at the source is a structure or a bar")
		   : 0;
}

static int read_limit(struct ctx *c, const struct yaml *node, struct limit *ret)
{
	int rc = yaml_keys_check(c, node, "id en de countries class flag up_to cite mark verified");
	int flag = 0;

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = read_countries(c, node, &ret->countries);
	if (rc == 0)
		rc = pack_read_word(c, node, "flag", "prohibited not_countable band", &flag);
	if (rc == 0)
		rc = read_source(c, node, &ret->src);
	if (rc != 0)
		return rc;
	ret->class = yaml_text(node, "class");
	ret->flag = (enum limit_flag)flag;
	ret->up_to = INT64_MAX;
	if (ret->flag == LIMIT_BAND &&
	    (!str_i64(yaml_text(node, "up_to"), &ret->up_to) || ret->up_to < 1))
		return yaml_err(c, node, "up_to: want a number from 1");
	return 0;
}

int limit_load(struct ctx *c, const char *file, struct str text, struct limit_law *ret)
{
	const struct yaml *root, *list = NULL;
	struct limit_law law;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = yaml_keys_check(c, root, "limits");
	if (rc == 0)
		rc = pack_read_list(c, root, "limits", &list);
	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, root, "limits: at least one is needed");
	if (rc != 0)
		return rc;
	law = (struct limit_law){mem_array(c, list->n, sizeof *law.v), list->n};
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = read_limit(c, list->at[i], &law.v[i]);
	if (rc == 0)
		*ret = law;
	return rc;
}

int limit_builtin(struct ctx *c, struct limit_law *ret)
{
	struct law_file file;
	int rc = pack_builtin_file(c, "limits.yaml", &file);

	return rc == 0 ? limit_load(c, file.name, file.text, ret) : rc;
}

bool limit_asks(const struct limit *l, struct str country, struct str class, int64_t n)
{
	return str_eq(l->class, class) && str_has_word(l->countries, country) && n <= l->up_to &&
	       (n > 0 || l->flag == LIMIT_BAND);
}
