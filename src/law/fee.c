#include "law/fee.h"

#include "base/mem.h"
#include "kind/land.h"
#include "law/pack_read_p.h"

static const char table_keys[] =
    "id en de jurisdiction services instruments asks_for asks currency sure_from sure_until "
    "maybe_from maybe_until purpose_fact purposes free_fields free_services claim_months "
    "limitation_years central_percent under cite quote lang mark text_date verified rows proposes";
static const char row_keys[] = "nr en de unit amount per after most up_to most_hours not_beside "
			       "central";
static const char units[] =
    "line order record identifier answer cell query km month datum medium minute file cost";

/* ---- reading ---- */

static int read_number(
    struct ctx *c, const struct yaml *node, const char *key, int64_t most, int64_t *ret)
{
	const struct yaml *at = yaml_find(node, key);

	if (at == NULL)
		return 0;
	if (at->kind != YAML_SCALAR || !str_i64(at->text, ret) || *ret < 1 || *ret > most)
		return yaml_err(c, at, "%s: want a number from 1 to %lld", key, (long long)most);
	return 0;
}

static int read_amount(
    struct ctx *c, const struct yaml *node, const char *key, const char *currency, int64_t *ret)
{
	const struct yaml *at = yaml_find(node, key);
	struct money m;

	if (at == NULL)
		return 0;
	if (at->kind != YAML_SCALAR ||
	    money_parse(c, str_fmt(c, "%.*s %s", STR_ARG(at->text), currency), &m) != 0 ||
	    m.minor < 1 || m.minor > FEE_AMOUNT_MAX) {
		err_clear(c);
		return yaml_err(c, at, "%s: want an amount of the table's currency", key);
	}
	*ret = m.minor;
	return 0;
}

static int read_row_counts(struct ctx *c, const struct yaml *node, struct fee_row *ret)
{
	int rc = read_number(c, node, "per", 1000, &ret->per);

	if (rc == 0)
		rc = read_number(c, node, "after", 1000, &ret->after);
	if (rc == 0)
		rc = read_number(c, node, "most_hours", 24, &ret->most_hours);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "central", &ret->central);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "up_to", &ret->up_to);
	return rc;
}

static int read_row(
    struct ctx *c, const struct yaml *node, const char *currency, struct fee_row *ret)
{
	int rc = yaml_keys_check(c, node, row_keys), unit;
	bool cost, minute;

	*ret = (struct fee_row){.per = 1};
	if (rc == 0)
		rc = pack_read_id(c, node, "nr", &ret->nr);
	if (rc == 0)
		rc = yaml_get_text(c, node, "en", &ret->en);
	if (rc == 0)
		rc = yaml_get_text(c, node, "de", &ret->de);
	if (rc == 0)
		rc = pack_read_word(c, node, "unit", units, &unit);
	if (rc == 0)
		rc = read_amount(c, node, "amount", currency, &ret->amount);
	if (rc == 0)
		rc = read_amount(c, node, "most", currency, &ret->most);
	if (rc == 0)
		rc = read_row_counts(c, node, ret);
	if (rc != 0)
		return rc;
	ret->unit = yaml_text(node, "unit");
	ret->not_beside = yaml_text(node, "not_beside");
	cost = str_is(ret->unit, "cost");
	minute = str_is(ret->unit, "minute");
	if (cost != (ret->amount == 0))
		return yaml_err(c, node, "amount: every row has one, but those of unit cost");
	if ((ret->up_to || ret->most_hours > 0) && !minute)
		return yaml_err(c, node, "up_to and most_hours are of unit minute");
	if (minute && ret->most_hours == 0)
		return yaml_err(c, node, "most_hours: a row in minutes says how many a day count");
	if (minute && (ret->per > 1 || ret->after > 0))
		return yaml_err(c, node, "per and after are of units that are counted");
	return 0;
}

static int read_rows(struct ctx *c, const struct yaml *node, struct fee_table *ret)
{
	const struct yaml *list = NULL;
	int rc = pack_read_list(c, node, "rows", &list);

	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, node, "rows: at least one is needed");
	if (rc != 0)
		return rc;
	ret->rows = mem_array(c, list->n, sizeof *ret->rows);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_row(c, list->at[i], ret->currency, &ret->rows[i]);
		if (rc == 0 && fee_row(ret, ret->rows[i].nr) != NULL)
			rc = yaml_err(c, list->at[i], "the number stands twice in the table");
		if (rc == 0 && ret->rows[i].central && ret->central_percent == 0)
			rc = yaml_err(c, list->at[i], "central: the table has no central_percent");
		ret->n_rows = i + 1;
	}
	for (size_t i = 0; i < ret->n_rows && rc == 0; i++)
		if (ret->rows[i].not_beside.n > 0 && fee_row(ret, ret->rows[i].not_beside) == NULL)
			rc = yaml_err(c, list->at[i], "not_beside: the table has no such row");
	return rc;
}

static int read_propose(
    struct ctx *c, const struct yaml *node, const struct fee_table *t, struct fee_propose *ret)
{
	int rc = yaml_keys_check(c, node, "nr fields targets count"), count;

	if (rc == 0)
		rc = pack_read_id(c, node, "nr", &ret->nr);
	if (rc == 0)
		rc = pack_read_word(c, node, "count", "targets items files ask", &count);
	if (rc != 0)
		return rc;
	ret->count = (enum fee_count)count;
	ret->fields = yaml_text(node, "fields");
	ret->targets = yaml_text(node, "targets");
	if (fee_row(t, ret->nr) == NULL)
		return yaml_err(c, node, "proposes: the table has no such row");
	if ((ret->count == FEE_TARGETS || ret->count == FEE_ITEMS) != (ret->fields.n > 0))
		return yaml_err(c, node, "fields: of what counts targets or items");
	return 0;
}

static int read_proposes(struct ctx *c, const struct yaml *node, struct fee_table *ret)
{
	const struct yaml *list = NULL;
	int rc = pack_read_list(c, node, "proposes", &list);

	if (rc != 0 || list == NULL)
		return rc;
	ret->n_proposes = list->n;
	ret->proposes = mem_array(c, list->n, sizeof *ret->proposes);
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = read_propose(c, list->at[i], ret, &ret->proposes[i]);
	return rc;
}

static int read_source(struct ctx *c, const struct yaml *node, struct fee_table *ret)
{
	struct source *src = &ret->src;
	int rc = yaml_get_text(c, node, "cite", &src->cite);

	src->quote = yaml_text(node, "quote");
	src->lang = yaml_text(node, "lang");
	src->mark = yaml_text(node, "mark");
	src->text_date = src->valid_from = src->valid_until = DAY_NONE;
	src->file = node->file;
	src->line = node->line;
	if (rc == 0)
		rc = pack_read_day(c, node, "text_date", &src->text_date);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "verified", &src->verified);
	if (rc != 0 || ret->under.n > 0)
		return rc;
	if (!str_has_word(STR("V V-R S D M"), src->mark))
		return yaml_err(c, node, "mark is one of: V V-R S D M");
	if (src->verified && !str_is(src->mark, "V"))
		return yaml_err(c, yaml_find(node, "verified"), "verified: yes needs mark V");
	return 0;
}

static int read_days(struct ctx *c, const struct yaml *node, struct fee_table *ret)
{
	int rc = pack_read_day(c, node, "sure_from", &ret->sure_from);

	if (rc == 0)
		rc = pack_read_day(c, node, "sure_until", &ret->sure_until);
	if (rc == 0)
		rc = pack_read_day(c, node, "maybe_from", &ret->maybe_from);
	if (rc == 0)
		rc = pack_read_day(c, node, "maybe_until", &ret->maybe_until);
	if (rc != 0)
		return rc;
	if (day_is_none(ret->sure_from))
		return yaml_err(c, node, "sure_from: the first day for which the text was read");
	if (!day_is_none(ret->sure_until) && day_cmp(ret->sure_until, ret->sure_from) < 0)
		return yaml_err(c, node, "sure_until: lies before sure_from");
	if (!day_is_none(ret->maybe_from) && day_cmp(ret->maybe_from, ret->sure_from) >= 0)
		return yaml_err(c, node, "maybe_from: lies before sure_from");
	if (!day_is_none(ret->maybe_until) &&
	    (day_is_none(ret->sure_until) || day_cmp(ret->maybe_until, ret->sure_until) <= 0))
		return yaml_err(c, node, "maybe_until: lies after sure_until");
	return 0;
}

static void read_words(const struct yaml *node, struct fee_table *ret)
{
	struct {
		const char *key;
		struct str *to;
	} words[] = {{"services", &ret->services}, {"instruments", &ret->instruments},
	    {"asks_for", &ret->asks_for}, {"under", &ret->under},
	    {"purpose_fact", &ret->purpose_fact}, {"purposes", &ret->purposes},
	    {"free_fields", &ret->free_fields}, {"free_services", &ret->free_services}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		*words[i].to = yaml_text(node, words[i].key);
}

static int read_currency(struct ctx *c, const struct yaml *node, struct fee_table *ret)
{
	struct str code;
	struct money m;
	int rc = yaml_get_text(c, node, "currency", &code);

	if (rc != 0)
		return rc;
	if (money_parse(c, str_fmt(c, "1 %.*s", STR_ARG(code)), &m) != 0) {
		err_clear(c);
		return yaml_err(c, yaml_find(node, "currency"), "currency: want an ISO 4217 code");
	}
	memcpy(ret->currency, m.currency, sizeof ret->currency);
	return 0;
}

static int read_table(struct ctx *c, const struct yaml *node, struct fee_table *ret)
{
	int rc = yaml_keys_check(c, node, table_keys);

	*ret = (struct fee_table){.sure_from = DAY_NONE,
	    .sure_until = DAY_NONE,
	    .maybe_from = DAY_NONE,
	    .maybe_until = DAY_NONE};
	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = yaml_get_text(c, node, "jurisdiction", &ret->jurisdiction);
	if (rc == 0 && !str_is(ret->jurisdiction, "EU") && !land_known(ret->jurisdiction))
		rc = yaml_err(c, yaml_find(node, "jurisdiction"),
		    "jurisdiction: two letters (ISO 3166), or EU");
	if (rc == 0)
		rc = read_currency(c, node, ret);
	if (rc == 0)
		rc = read_days(c, node, ret);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "asks", &ret->asks);
	if (rc == 0)
		rc = read_number(c, node, "claim_months", 120, &ret->claim_months);
	if (rc == 0)
		rc = read_number(c, node, "limitation_years", 30, &ret->limitation_years);
	if (rc == 0)
		rc = read_number(c, node, "central_percent", 99, &ret->central_percent);
	if (rc != 0)
		return rc;
	read_words(node, ret);
	rc = read_source(c, node, ret);
	if (rc == 0)
		rc = read_rows(c, node, ret);
	return rc == 0 ? read_proposes(c, node, ret) : rc;
}

int fee_load(struct ctx *c, const char *file, struct str text, struct fee_law *ret)
{
	const struct yaml *root, *list = NULL;
	struct fee_law law;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = yaml_keys_check(c, root, "tables");
	if (rc == 0)
		rc = pack_read_list(c, root, "tables", &list);
	if (rc == 0 && (list == NULL || list->n == 0))
		return yaml_err(c, root, "tables: at least one is needed");
	if (rc != 0)
		return rc;
	law = (struct fee_law){mem_array(c, list->n, sizeof *law.v), 0};
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		rc = read_table(c, list->at[i], &law.v[i]);
		if (rc == 0 && fee_find(&law, law.v[i].id) != NULL)
			rc = yaml_err(c, list->at[i], "the table stands twice");
		law.n = i + 1;
	}
	if (rc == 0)
		*ret = law;
	return rc;
}

int fee_builtin(struct ctx *c, struct fee_law *ret)
{
	struct law_file file;
	int rc = pack_builtin_file(c, "fees.yaml", &file);

	return rc == 0 ? fee_load(c, file.name, file.text, ret) : rc;
}

const struct fee_table *fee_find(const struct fee_law *law, struct str id)
{
	for (size_t i = 0; i < law->n; i++)
		if (str_eq(law->v[i].id, id))
			return &law->v[i];
	return NULL;
}

const struct fee_row *fee_row(const struct fee_table *table, struct str nr)
{
	for (size_t i = 0; i < table->n_rows; i++)
		if (str_eq(table->rows[i].nr, nr))
			return &table->rows[i];
	return NULL;
}

/* ---- which table ---- */

static bool within(struct day day, struct day from, struct day until)
{
	return (day_is_none(from) || day_cmp(day, from) >= 0) &&
	       (day_is_none(until) || day_cmp(day, until) <= 0);
}

static enum fee_fit fits_day(const struct fee_table *t, struct day day)
{
	bool from = !day_is_none(t->maybe_from), until = !day_is_none(t->maybe_until);

	if (day_is_none(day))
		return FEE_NOT;
	if (within(day, t->sure_from, t->sure_until))
		return FEE_SURE;
	return within(
		   day, from ? t->maybe_from : t->sure_from, until ? t->maybe_until : t->sure_until)
		   ? FEE_MAYBE
		   : FEE_NOT;
}

enum fee_fit fee_fits(const struct fee_table *t, const struct fee_case *k)
{
	enum fee_fit fit = fits_day(t, k->called);

	if (!str_is(t->jurisdiction, "EU") && !str_eq(t->jurisdiction, k->country))
		return FEE_NOT;
	if ((t->services.n > 0 && !str_has_word(t->services, k->class)) ||
	    (t->instruments.n > 0 && !str_has_word(t->instruments, k->instrument)) ||
	    (t->purposes.n > 0 && k->purpose.n > 0 && !str_has_word(t->purposes, k->purpose)))
		return FEE_NOT;
	if (fit == FEE_SURE && (t->asks || !(t->src.verified || t->under.n > 0) ||
				   (k->purpose.n == 0 && str_has_word(t->asks_for, k->instrument))))
		return FEE_MAYBE;
	return fit;
}

bool fee_free(const struct fee_table *t, struct str class, struct str field)
{
	return str_has_word(t->free_fields, field) && str_has_word(t->free_services, class);
}

const struct fee_propose *fee_proposal(
    const struct fee_table *t, struct str field, struct str target_kind)
{
	for (size_t i = 0; i < t->n_proposes; i++) {
		const struct fee_propose *p = &t->proposes[i];

		if (str_has_word(p->fields, field) &&
		    (p->targets.n == 0 || str_has_word(p->targets, target_kind)))
			return p;
	}
	return NULL;
}

/* ---- how much ---- */

/* Half hours of one person on one day. */
static int64_t half_hours(const struct fee_row *row, int64_t minutes)
{
	int64_t rest = minutes % 60, halves = minutes / 60 * 2 + (rest > 30 ? 2 : rest > 0 ? 1 : 0);

	return halves > row->most_hours * 2 ? row->most_hours * 2 : halves;
}

static int check_line(
    struct ctx *c, const struct fee_table *t, const struct fee_row *row, const struct fee_line *l)
{
	bool cost = str_is(row->unit, "cost"), rated = cost || row->up_to;
	struct money most = {row->amount, ""};

	memcpy(most.currency, t->currency, sizeof most.currency);
	if (l->quantity < 0 || l->rate < 0)
		return err_set(c, ERR_INVALID, "a quantity and an amount are not below nought");
	if (l->quantity > FEE_QUANTITY_MAX || l->rate > FEE_AMOUNT_MAX)
		return err_set(c, ERR_LIMIT, "the quantity or the amount is too large");
	if (cost && l->quantity > 1)
		return err_set(c, ERR_INVALID, "what was spent is one amount, not several");
	if (str_is(row->unit, "minute") && l->quantity > 24 * 60)
		return err_set(c, ERR_INVALID, "one line is one person on one day");
	if (!rated && l->rate > 0)
		return err_set(c, ERR_INVALID, "the table has the amount of this row");
	if (rated && l->quantity > 0 && l->rate == 0)
		return err_set(c, ERR_INVALID, "what it cost is to be recorded");
	if (row->up_to && l->rate > row->amount)
		return err_set(c, ERR_INVALID, "the hour costs more than %s, which is the most",
		    money_str(c, most).p);
	return 0;
}

static void put_blocks(const struct fee_row *row, const struct fee_line *l, struct fee_sum *s)
{
	int64_t paid = l->quantity > row->after ? l->quantity - row->after : 0;

	if (str_is(row->unit, "minute")) {
		s->blocks = half_hours(row, l->quantity);
		s->parts = 2;
		s->unit = row->up_to ? l->rate : row->amount;
		return;
	}
	s->blocks = (paid + row->per - 1) / row->per;
	s->unit = str_is(row->unit, "cost") ? l->rate : row->amount;
}

int fee_compute(struct ctx *c, const struct fee_table *t, const struct fee_row *row,
    const struct fee_line *l, struct fee_sum *ret)
{
	struct fee_sum s = {.parts = 1, .percent = 100};
	int64_t product;
	int rc = check_line(c, t, row, l);

	if (rc != 0)
		return rc;
	put_blocks(row, l, &s);
	if (l->central && row->central)
		s.percent = 100 - t->central_percent;
	/* 10^6 blocks of 10^8 at 100 percent are 10^16 */
	product = s.blocks * s.unit * s.percent;
	s.total = product / (100 * s.parts);
	if (row->most > 0 && s.total > row->most)
		s.total = row->most;
	if (s.total > FEE_AMOUNT_MAX)
		return err_set(c, ERR_LIMIT, "the amount is too large");
	*ret = s;
	return 0;
}

/* ---- by when ---- */

struct day fee_claim_by(const struct fee_table *t, struct day end)
{
	return t->claim_months == 0 ? DAY_NONE : day_add_months(end, (int)t->claim_months);
}

struct day fee_limit(const struct fee_table *t, struct day end)
{
	struct day last = DAY_NONE;
	int y, m, d;

	day_split(end, &y, &m, &d);
	if (t->limitation_years == 0 || y == 0 ||
	    !day_make(y + (int)t->limitation_years, 12, 31, &last))
		return DAY_NONE;
	return last;
}
