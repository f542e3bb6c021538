#include "law/channel.h"

#include "base/mem.h"
#include "law/pack_read_p.h"

enum { DAY = 86400 };

static int read_number(struct ctx *c, const struct yaml *node, const char *key, int64_t *ret)
{
	if (!str_i64(yaml_text(node, key), ret) || *ret < 1)
		return yaml_err(c, yaml_find(node, key) == NULL ? node : yaml_find(node, key),
		    "%s: want a number from 1", key);
	return 0;
}

static int read_source(struct ctx *c, const struct yaml *node, struct source *ret)
{
	int rc = yaml_get_text(c, node, "cite", &ret->cite);

	ret->text_date = DAY_NONE;

	if (rc == 0)
		rc = yaml_get_text(c, node, "quote", &ret->quote);
	if (rc == 0)
		rc = yaml_get_text(c, node, "lang", &ret->lang);
	if (rc == 0)
		rc = pack_read_day(c, node, "text_date", &ret->text_date);
	ret->mark = yaml_text(node, "mark");
	ret->valid_from = ret->valid_until = DAY_NONE;
	ret->file = node->file;
	ret->line = node->line;
	if (rc == 0)
		rc = pack_read_yesno(c, node, "verified", &ret->verified);
	if (rc != 0)
		return rc;
	if (!str_has_word(STR("V D"), ret->mark) || !ret->verified || day_is_none(ret->text_date))
		return yaml_err(c, node,
		    "what binds was read at the source: mark V or D, its text_date, verified: yes");
	return 0;
}

static int read_one(struct ctx *c, const struct yaml *node, struct channel *ret)
{
	int rc = yaml_keys_check(c, node,
	    "id en de instruments channel bytes link_least link_most cite quote lang mark "
	    "text_date verified");

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = yaml_get_text(c, node, "instruments", &ret->instruments);
	if (rc == 0)
		rc = yaml_get_text(c, node, "channel", &ret->channel);
	if (rc == 0)
		rc = read_number(c, node, "bytes", &ret->bytes);
	if (rc == 0)
		rc = read_number(c, node, "link_least", &ret->link_least);
	if (rc == 0)
		rc = read_number(c, node, "link_most", &ret->link_most);
	if (rc == 0 && ret->link_most < ret->link_least)
		rc = yaml_err(c, yaml_find(node, "link_most"), "link_most: less than link_least");
	return rc == 0 ? read_source(c, node, &ret->src) : rc;
}

int channel_load(struct ctx *c, const char *file, struct str text, struct channel_law *ret)
{
	const struct yaml *root, *list = NULL;
	struct channel_law law;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = yaml_keys_check(c, root, "channels");
	if (rc == 0)
		rc = pack_read_list(c, root, "channels", &list);
	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, root, "channels: at least one is needed");
	if (rc != 0)
		return rc;
	law = (struct channel_law){mem_array(c, list->n, sizeof *law.v), list->n};
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = read_one(c, list->at[i], &law.v[i]);
	if (rc == 0)
		*ret = law;
	return rc;
}

int channel_builtin(struct ctx *c, struct channel_law *ret)
{
	struct law_file file;
	int rc = pack_builtin_file(c, "channels.yaml", &file);

	return rc == 0 ? channel_load(c, file.name, file.text, ret) : rc;
}

const struct channel *channel_of(const struct channel_law *law, struct str instrument)
{
	for (size_t i = 0; i < law->n; i++)
		if (str_has_word(law->v[i].instruments, instrument))
			return &law->v[i];
	return NULL;
}

bool channel_link_ok(const struct channel *ch, struct instant from, struct instant until)
{
	return until.s - from.s >= ch->link_least * DAY && until.s - from.s <= ch->link_most * DAY;
}
