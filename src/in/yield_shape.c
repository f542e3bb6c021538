#include "in/yield_p.h"

#include "base/mem.h"
#include "kind/yaml.h"

/* ---- what is built in ---- */

/* The shape that connectors are asked to write: columns `target`, `at`, `until`, and such as are
 * named by the field they hold: `session_ip`, `session_ip.port`. */
static const struct yield_shape table_csv = {.name = {"", 0},
    .kind = YIELD_SHAPE_CSV,
    .built_in = true,
    .target = {"target", 6},
    .instant = {"at", 2},
    .until = {"until", 5}};
static const struct yield_shape table_jsonl = {.name = {"", 0},
    .kind = YIELD_SHAPE_JSONL,
    .built_in = true,
    .target = {"target", 6},
    .instant = {"at", 2},
    .until = {"until", 5}};
/* The store's own receipt is what no sender can write; a message that the target sent never came
 * in, and has its date alone. */
static const struct yield_shape mail = {.name = {"", 0},
    .kind = YIELD_SHAPE_MAIL,
    .account = {"Delivered-To X-Original-To Envelope-To", 38},
    .sender = true,
    .zone = {YIELD_ZONE_FIXED, 0},
    .by = {YIELD_BY_RECEIVED, YIELD_BY_DATE},
    .n_by = 2};

const struct yield_shape *yield_shape_built_in(enum yield_kind kind)
{
	switch (kind) {
	case YIELD_SHAPE_CSV:
		return &table_csv;
	case YIELD_SHAPE_JSONL:
		return &table_jsonl;
	case YIELD_SHAPE_MAIL:
		break;
	}
	return &mail;
}

/* How things stand, not what happened: a house decision. All that is not named here is an event. */
bool yield_shape_events(struct str fields)
{
	static const char states[] = "name address birth_date contact account_id service_length "
				     "registration_time registration_ip payment device_id contacts "
				     "access_code password key";
	struct str field;

	while (str_word(&fields, &field))
		if (!str_has_word(str_of(states), field))
			return true;
	return false;
}

/* ---- asking a shape ---- */

static struct str field_of(const struct yield_shape *s, struct str column)
{
	struct str head, tail;

	if (s->built_in) {
		(void)str_cut(column, '.', &head, &tail);
		return head;
	}
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->columns[i].name, column))
			return s->columns[i].field;
	return STR("");
}

bool yield_shape_field(const struct yield_shape *s, const struct yield_ask *ask, struct str column)
{
	struct str field = field_of(s, column);

	return field.n > 0 && !str_has(field, ' ') && str_has_word(ask->fields, field);
}

bool yield_shape_granted(
    const struct yield_shape *s, const struct yield_ask *ask, struct str column)
{
	return str_eq(column, s->target) || (s->instant.n > 0 && str_eq(column, s->instant)) ||
	       (s->until.n > 0 && str_eq(column, s->until)) || yield_shape_field(s, ask, column);
}

bool yield_shape_party(const struct yield_shape *s, struct str column)
{
	if (s->built_in)
		return str_ends(column, ".party");
	return !str_has(column, ' ') && str_has_word(s->parties, column);
}

/* ---- reading a declared one ---- */

static int one_of(struct ctx *c, const struct yaml *map, const char *key, const char *const *words,
    size_t n, size_t *ret)
{
	const struct yaml *node = yaml_find(map, key);

	for (size_t i = 0; i < n && node != NULL; i++)
		if (node->kind == YAML_SCALAR && str_is(node->text, words[i])) {
			*ret = i;
			return 0;
		}
	return node == NULL ? yaml_err(c, map, "%s is missing", key)
			    : yaml_err(c, node, "%s is none of those that SPEC.md 9.3 names", key);
}

static int read_zone(struct ctx *c, const struct yaml *root, struct yield_shape *s)
{
	const struct yaml *zone = yaml_find(root, "zone");

	if (zone == NULL || yield_time_zone(zone->text, &s->zone))
		return 0;
	return yaml_err(c, zone, "the zone is utc, house, unknown or an offset such as +01:00");
}

/* fields: FIELD: COLUMN COLUMN... */
static int read_columns(struct ctx *c, const struct yaml *root, struct yield_shape *s)
{
	const struct yaml *fields = yaml_find(root, "fields");

	if (fields == NULL || fields->kind != YAML_MAP || fields->n == 0)
		return yaml_err(c, fields == NULL ? root : fields,
		    "fields says which columns hold which field");
	for (size_t i = 0; i < fields->n; i++) {
		struct str rest = fields->at[i]->text, name;

		if (fields->at[i]->kind != YAML_SCALAR)
			return yaml_err(c, fields->at[i], "columns stand on one line");
		while (str_word(&rest, &name)) {
			if (field_of(s, name).n > 0)
				return yaml_err(
				    c, fields->at[i], "a column is of two fields: it is of one");
			s->columns = mem_grow(c, s->columns, s->n, &s->cap, sizeof *s->columns);
			s->columns[s->n++] = (struct yield_column){name, fields->key[i]};
		}
	}
	return 0;
}

static int read_table(struct ctx *c, const struct yaml *root, struct yield_shape *s)
{
	static const char *const forms[] = {"iso", "epoch", "epoch_ms", "rfc5322", "ctime"};
	size_t form = 0;
	int rc =
	    yaml_keys_check(c, root, "shape format target instant until form zone fields parties");

	if (rc == 0)
		rc = yaml_get_text(c, root, "target", &s->target);
	if (rc != 0)
		return rc;
	s->instant = yaml_text(root, "instant");
	s->until = yaml_text(root, "until");
	s->parties = yaml_text(root, "parties");
	if (s->target.n == 0)
		return yaml_err(c, root, "target names no column");
	if (s->until.n > 0 && s->instant.n == 0)
		return yaml_err(c, root, "until without instant");
	if (yaml_find(root, "form") != NULL)
		rc = one_of(c, root, "form", forms, sizeof forms / sizeof forms[0], &form);
	s->form = (enum yield_form)form;
	if (rc == 0)
		rc = read_zone(c, root, s);
	return rc == 0 ? read_columns(c, root, s) : rc;
}

static int read_instants(struct ctx *c, const struct yaml *root, struct yield_shape *s)
{
	static const char *const ways[] = {"received", "date", "store"};
	struct str rest = yaml_text(root, "instant"), word;

	if (yaml_find(root, "instant") == NULL)
		return 0;
	s->n_by = 0;
	while (str_word(&rest, &word)) {
		size_t i = 0;

		while (i < 3 && !str_is(word, ways[i]))
			i++;
		if (i == 3 || s->n_by == 3)
			return yaml_err(c, yaml_find(root, "instant"),
			    "the instant of a message is one of received, date, store, or some "
			    "of them in order");
		s->by[s->n_by++] = (enum yield_mail_instant)i;
	}
	return s->n_by > 0 ? 0 : yaml_err(c, yaml_find(root, "instant"), "instant says nothing");
}

static int read_mail(struct ctx *c, const struct yaml *root, struct yield_shape *s)
{
	const struct yaml *sender = yaml_find(root, "sender");
	int rc = yaml_keys_check(c, root, "shape format account sender instant zone");

	if (rc != 0)
		return rc;
	s->account = mail.account;
	s->sender = mail.sender;
	s->zone = mail.zone;
	memcpy(s->by, mail.by, sizeof s->by);
	s->n_by = mail.n_by;
	if (yaml_find(root, "account") != NULL)
		s->account = yaml_text(root, "account");
	if (sender != NULL) {
		if (!str_is(sender->text, "yes") && !str_is(sender->text, "no"))
			return yaml_err(c, sender, "sender is yes or no");
		s->sender = str_is(sender->text, "yes");
	}
	rc = read_zone(c, root, s);
	return rc == 0 ? read_instants(c, root, s) : rc;
}

int yield_shape_parse(
    struct ctx *c, const char *file, struct str text, const struct yield_shape **ret)
{
	static const char *const kinds[] = {"csv", "jsonl", "mail"};
	struct yield_shape *s = mem_alloc(c, sizeof *s);
	const struct yaml *root;
	size_t kind = 0;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0 && root->kind != YAML_MAP)
		rc = yaml_err(c, root, "a shape is a map");
	if (rc == 0)
		rc = yaml_get_text(c, root, "shape", &s->name);
	if (rc == 0)
		rc = one_of(c, root, "format", kinds, sizeof kinds / sizeof kinds[0], &kind);
	if (rc != 0)
		return rc;
	s->kind = (enum yield_kind)kind;
	rc = s->kind == YIELD_SHAPE_MAIL ? read_mail(c, root, s) : read_table(c, root, s);
	if (rc == 0)
		*ret = s;
	return rc;
}

void yield_shapes_add(struct ctx *c, struct yield_shapes *all, const struct yield_shape *s)
{
	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n++] = s;
}
