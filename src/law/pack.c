#include "law/pack.h"

#include "base/mem.h"
#include "kind/cal.h"
#include "law/cond_p.h"
#include "law/pack_read_p.h"
#include "law/vocab_p.h"

/* What tools/embed makes of the folder law/. */
struct embed_file {
	const char *name;
	const char *p;
	size_t n;
};
extern const struct embed_file law_gen[];
extern const size_t law_gen_n;

void pack_builtin(struct ctx *c, const struct law_file **ret, size_t *ret_n)
{
	struct law_file *files = mem_array(c, law_gen_n, sizeof *files);

	for (size_t i = 0; i < law_gen_n; i++) {
		const char *name = law_gen[i].name;

		if (strncmp(name, "law/", 4) == 0)
			name += 4;
		files[i] = (struct law_file){name, {law_gen[i].p, law_gen[i].n}};
	}
	*ret = files;
	*ret_n = law_gen_n;
}

enum file_kind { FILE_VOCABULARY, FILE_CALENDAR, FILE_PACK, FILE_CASES, FILE_OTHER };

/* Law that is no pack and has a reader of its own. Named one by one: a pack in the wrong place must
 * not be passed over in silence. */
static const char other_files[] =
    "bands.yaml limits.yaml fees.yaml dsa-template.yaml channels.yaml";

static enum file_kind file_kind(const char *name)
{
	const char *slash = strrchr(name, '/');

	if (strcmp(slash == NULL ? name : slash + 1, "vocabulary.yaml") == 0)
		return FILE_VOCABULARY;
	if (str_ends(str_of(name), ".case.yaml"))
		return FILE_CASES;
	if (str_has_word(str_of(other_files), str_of(name)))
		return FILE_OTHER;
	return str_starts(str_of(name), "calendar/") ? FILE_CALENDAR : FILE_PACK;
}

static int file_load(
    struct ctx *c, struct law *law, const struct law_file *file, enum file_kind kind)
{
	const struct yaml *root;
	struct pack *pack;
	int rc;

	if (kind == FILE_CALENDAR) {
		rc = cal_parse(c, file->name, file->text, &law->calendars[law->n_calendars]);
		law->n_calendars += rc == 0;
		return rc;
	}
	rc = yaml_parse(c, file->name, file->text, &root);
	if (rc != 0)
		return rc;
	if (kind == FILE_VOCABULARY)
		return vocab_read(c, law, root);
	pack = mem_alloc(c, sizeof *pack);
	rc = pack_read(c, law, root, pack);
	if (rc == 0)
		law->packs[law->n_packs++] = pack;
	return rc;
}

static struct cal **calendar_slot(const struct law *law, struct str name)
{
	for (size_t i = 0; i < law->n_calendars; i++)
		if (str_eq(cal_name(law->calendars[i]), name))
			return &law->calendars[i];
	return NULL;
}

static int calendar_join(struct ctx *c, const struct law *law, struct cal **own)
{
	struct str name = cal_name(*own), base = cal_base(*own);
	struct cal **slot = base.n == 0 ? NULL : calendar_slot(law, base);

	if (calendar_slot(law, name) != own)
		return err_set(c, ERR_INVALID, "calendar %.*s is there twice", STR_ARG(name));
	if (base.n == 0)
		return 0;
	if (slot == NULL || slot == own)
		return err_set(
		    c, ERR_INVALID, "calendar %.*s: its base is no calendar", STR_ARG(name));
	if (cal_base(*slot).n > 0)
		return 0; /* its own turn comes in this round; a circle stays unjoined */
	return cal_join(c, *slot, *own, own);
}

/* A base may have a base. Each round joins at least one level, so n rounds are enough. */
static int calendars_join(struct ctx *c, struct law *law)
{
	int rc = 0;

	for (size_t round = 0; round < law->n_calendars; round++)
		for (size_t i = 0; rc == 0 && i < law->n_calendars; i++)
			rc = calendar_join(c, law, &law->calendars[i]);
	for (size_t i = 0; rc == 0 && i < law->n_calendars; i++)
		if (cal_base(law->calendars[i]).n > 0)
			rc = err_set(c, ERR_INVALID, "calendar %.*s: its bases form a circle",
			    STR_ARG(cal_name(law->calendars[i])));
	return rc;
}

/* Findings carry the id alone, so rules, clocks and bars share one set of names over all packs;
 * instruments, which facts name, have their own. */
struct named {
	struct str id;
	const struct source *src;
};

static int named_cmp(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return str_cmp(x->id, y->id);
}

static int names_unique(struct ctx *c, struct named *all, size_t n)
{
	if (n > 0)
		qsort(all, n, sizeof *all, named_cmp);
	for (size_t i = 1; i < n; i++) {
		const struct source *a = all[i - 1].src, *b = all[i].src;
		bool a_later = strcmp(a->file, b->file) == 0 && a->line > b->line;

		if (str_eq(all[i - 1].id, all[i].id))
			return err_set(c, ERR_INVALID,
			    "%s:%d:1: id \"%.*s\" is taken already at %s:%d",
			    a_later ? a->file : b->file, a_later ? a->line : b->line,
			    STR_ARG(all[i].id), a_later ? b->file : a->file,
			    a_later ? b->line : a->line);
	}
	return 0;
}

static size_t pack_names(const struct pack *pack, struct named *all)
{
	size_t n = 0;

	for (size_t i = 0; i < pack->n_rules; i++)
		all[n++] = (struct named){pack->rules[i].id, &pack->rules[i].src};
	for (size_t i = 0; i < pack->n_clocks; i++)
		all[n++] = (struct named){pack->clocks[i].id, &pack->clocks[i].src};
	for (size_t i = 0; i < pack->n_bars; i++)
		all[n++] = (struct named){pack->bars[i].id, &pack->bars[i].src};
	return n;
}

static int ids_check(struct ctx *c, const struct law *law)
{
	size_t total = 0, n = 0, n_instruments = 0;
	struct named *all, *instruments;
	int rc;

	for (size_t i = 0; i < law->n_packs; i++) {
		const struct pack *p = law->packs[i];

		total += p->n_rules + p->n_clocks + p->n_bars + p->n_instruments;
		for (size_t k = 0; k < i; k++)
			if (str_eq(p->id, law->packs[k]->id))
				return err_set(c, ERR_INVALID,
				    "%s:1:1: pack \"%.*s\" is also in %s", p->file, STR_ARG(p->id),
				    law->packs[k]->file);
	}
	all = mem_array(c, total, sizeof *all);
	instruments = mem_array(c, total, sizeof *instruments);
	for (size_t i = 0; i < law->n_packs; i++) {
		const struct pack *p = law->packs[i];

		n += pack_names(p, all + n);
		for (size_t k = 0; k < p->n_instruments; k++)
			instruments[n_instruments++] =
			    (struct named){p->instruments[k].id, &p->instruments[k].src};
	}
	rc = names_unique(c, all, n);
	return rc == 0 ? names_unique(c, instruments, n_instruments) : rc;
}

static int instruments_check(struct ctx *c, const struct law *law, const struct pack *p)
{
	int rc = cond_check_instruments(c, law, p->applies);

	for (size_t i = 0; rc == 0 && i < p->n_rules; i++) {
		rc = cond_check_instruments(c, law, p->rules[i].when);
		if (rc == 0)
			rc = cond_check_instruments(c, law, p->rules[i].require);
	}
	for (size_t i = 0; rc == 0 && i < p->n_clocks; i++)
		rc = cond_check_instruments(c, law, p->clocks[i].when);
	for (size_t i = 0; rc == 0 && i < p->n_bars; i++)
		rc = cond_check_instruments(c, law, p->bars[i].when);
	return rc;
}

static void names_fill(struct ctx *c, struct law *law)
{
	size_t n = 0;

	for (size_t i = 0; i < law->n_packs; i++)
		n += law->packs[i]->n_rules;
	law->rules = names_make(c, n);
	law->facts_by_id = names_make(c, law->n_facts);
	for (size_t i = 0; i < law->n_packs; i++)
		for (size_t k = 0; k < law->packs[i]->n_rules; k++)
			names_add(&law->rules, law->packs[i]->rules[k].id, &law->packs[i]->rules[k],
			    law->packs[i]);
	for (size_t i = 0; i < law->n_facts; i++)
		names_add(&law->facts_by_id, law->facts[i].id, &law->facts[i], NULL);
}

int pack_load(struct ctx *c, const struct law_file *files, size_t n, const struct law **ret)
{
	struct law *law = mem_alloc(c, sizeof *law);
	int rc = 0;

	law->packs = mem_array(c, n, sizeof(struct pack *));
	law->calendars = mem_array(c, n, sizeof(struct cal *));
	/* Packs name facts and calendars, so these come first, whatever the order of the files. */
	for (int kind = FILE_VOCABULARY; rc == 0 && kind <= FILE_PACK; kind++) {
		for (size_t i = 0; rc == 0 && i < n; i++)
			if (file_kind(files[i].name) == (enum file_kind)kind)
				rc = file_load(c, law, &files[i], (enum file_kind)kind);
		if (rc == 0 && kind == FILE_CALENDAR)
			rc = calendars_join(c, law);
	}
	if (rc == 0)
		names_fill(c, law);
	if (rc == 0)
		rc = ids_check(c, law);
	for (size_t i = 0; rc == 0 && i < law->n_packs; i++)
		rc = instruments_check(c, law, law->packs[i]);
	if (rc == 0)
		*ret = law;
	return rc;
}

struct str pack_cond_text(struct ctx *c, const struct cond *cond)
{
	return cond_text(c, cond);
}

const struct instrument *pack_instrument(const struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_packs; i++)
		for (size_t k = 0; k < law->packs[i]->n_instruments; k++)
			if (str_eq(law->packs[i]->instruments[k].id, id))
				return &law->packs[i]->instruments[k];
	return NULL;
}

const struct bar_rule *pack_bar(const struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_packs; i++)
		for (size_t k = 0; k < law->packs[i]->n_bars; k++)
			if (str_eq(law->packs[i]->bars[k].id, id))
				return &law->packs[i]->bars[k];
	return NULL;
}

const struct rule *pack_rule(const struct law *law, struct str id, const struct pack **ret_pack)
{
	const struct law_names_entry *e = names_find(&law->rules, id);

	if (e != NULL && ret_pack != NULL)
		*ret_pack = e->of;
	return e == NULL ? NULL : e->what;
}

/* Packs are read by the vocabulary before the table is there. */
const struct vocab_fact *pack_fact(const struct law *law, struct str id)
{
	if (law->facts_by_id.at != NULL) {
		const struct law_names_entry *e = names_find(&law->facts_by_id, id);

		return e == NULL ? NULL : e->what;
	}
	for (size_t i = 0; i < law->n_facts; i++)
		if (str_eq(law->facts[i].id, id))
			return &law->facts[i];
	return NULL;
}

const struct vocab_field *pack_field(const struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_fields; i++)
		if (str_eq(law->fields[i].id, id))
			return &law->fields[i];
	return NULL;
}

const struct vocab_code *pack_code(const struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_codes; i++)
		if (str_eq(law->codes[i].id, id))
			return &law->codes[i];
	return NULL;
}

int pack_fact_check(struct ctx *c, const struct law *law, struct str name, struct str value)
{
	const struct vocab_fact *fact = pack_fact(law, name);
	const char *fault;

	if (fact == NULL)
		return err_set(c, ERR_INVALID,
		    "fact %.*s is not in the vocabulary (`writ law facts`)", STR_ARG(name));
	fault = vocab_fault(c, law, fact, value);
	if (fault != NULL)
		return err_set(c, ERR_INVALID, "fact %.*s %s%s%.*s", STR_ARG(name),
		    err_word(c, fault), fact->values.n > 0 ? ": " : "", STR_ARG(fact->values));
	return 0;
}

int pack_builtin_file(struct ctx *c, const char *name, struct law_file *ret)
{
	const struct law_file *files;
	size_t n;

	pack_builtin(c, &files, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].name, name) == 0) {
			*ret = files[i];
			return 0;
		}
	return err_set(c, ERR_NOTFOUND, "law/%s is not built in", name);
}
