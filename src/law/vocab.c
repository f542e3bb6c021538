#include "law/vocab_p.h"

#include "base/mem.h"
#include "law/pack_read_p.h"

static const char *const type_words = "yesno one set number day instant text";
static const char *const fold_words = "noncontent content key";

static int id_taken(struct ctx *c, const struct yaml *node, struct str id, bool taken)
{
	if (!taken)
		return 0;
	return yaml_err(c, node, "\"%.*s\" is declared twice", STR_ARG(id));
}

static int fact_read(
    struct ctx *c, struct law *law, const struct yaml *node, struct vocab_fact *fact)
{
	int kind, rc = yaml_keys_check(c, node, "id type values plain en de");

	if (rc == 0)
		rc = pack_read_heading(c, node, &fact->id, &fact->en, &fact->de);
	if (rc == 0)
		rc = id_taken(c, node, fact->id, pack_fact(law, fact->id) != NULL);
	if (rc == 0)
		rc = pack_read_word(c, node, "type", type_words, &kind);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "plain", &fact->plain);
	if (rc != 0)
		return rc;
	fact->type = (enum fact_type)kind;
	fact->values = yaml_text(node, "values");
	if (fact->values.n > 0 && fact->type != FACT_ONE && fact->type != FACT_SET)
		return yaml_err(c, node, "only facts of type one and set have values");
	if (fact->plain && fact->type != FACT_TEXT)
		return yaml_err(c, node, "only facts of type text can be plain");
	return 0;
}

static int facts_read(struct ctx *c, struct law *law, const struct yaml *list)
{
	struct vocab_fact *all = mem_array(c, law->n_facts + list->n, sizeof *all);

	if (law->n_facts > 0)
		memcpy(all, law->facts, law->n_facts * sizeof *all);
	law->facts = all;
	for (size_t i = 0; i < list->n; i++) {
		int rc = fact_read(c, law, list->at[i], &all[law->n_facts]);

		if (rc != 0)
			return rc;
		law->n_facts++;
	}
	return 0;
}

static int fields_read(struct ctx *c, struct law *law, const struct yaml *list)
{
	struct vocab_field *all = mem_array(c, law->n_fields + list->n, sizeof *all);

	if (law->n_fields > 0)
		memcpy(all, law->fields, law->n_fields * sizeof *all);
	law->fields = all;
	for (size_t i = 0; i < list->n; i++) {
		struct vocab_field *field = &all[law->n_fields];
		const struct yaml *node = list->at[i];
		int kind, rc = yaml_keys_check(c, node, "id en de fold");

		if (rc == 0)
			rc = pack_read_heading(c, node, &field->id, &field->en, &field->de);
		if (rc == 0)
			rc = id_taken(c, node, field->id, pack_field(law, field->id) != NULL);
		if (rc == 0)
			rc = pack_read_word(c, node, "fold", fold_words, &kind);
		if (rc != 0)
			return rc;
		field->fold = (enum fold)kind;
		law->n_fields++;
	}
	return 0;
}

static int codes_read(struct ctx *c, struct law *law, const struct yaml *list)
{
	struct vocab_code *all = mem_array(c, law->n_codes + list->n, sizeof *all);

	if (law->n_codes > 0)
		memcpy(all, law->codes, law->n_codes * sizeof *all);
	law->codes = all;
	for (size_t i = 0; i < list->n; i++) {
		struct vocab_code *code = &all[law->n_codes];
		const struct yaml *node = list->at[i];
		int rc = yaml_keys_check(c, node, "id en de");

		if (rc == 0)
			rc = pack_read_heading(c, node, &code->id, &code->en, &code->de);
		if (rc == 0)
			rc = id_taken(c, node, code->id, pack_code(law, code->id) != NULL);
		if (rc != 0)
			return rc;
		law->n_codes++;
	}
	return 0;
}

int vocab_read(struct ctx *c, struct law *law, const struct yaml *root)
{
	const struct yaml *facts = NULL, *fields = NULL, *codes = NULL;
	int rc = yaml_keys_check(c, root, "facts fields codes");

	if (rc == 0)
		rc = pack_read_list(c, root, "facts", &facts);
	if (rc == 0)
		rc = pack_read_list(c, root, "fields", &fields);
	if (rc == 0)
		rc = pack_read_list(c, root, "codes", &codes);
	if (rc == 0 && facts != NULL)
		rc = facts_read(c, law, facts);
	if (rc == 0 && fields != NULL)
		rc = fields_read(c, law, fields);
	if (rc == 0 && codes != NULL)
		rc = codes_read(c, law, codes);
	return rc;
}

/* The parsers record an error of their own; here only their answer counts. */
static bool answer_taken(struct ctx *c, int rc)
{
	if (rc != 0)
		err_clear(c);
	return rc == 0;
}

static const char *words_fault(const struct vocab_fact *fact, struct str value)
{
	struct str word;
	size_t n = 0;

	for (; str_word(&value, &word); n++)
		if (fact->values.n > 0 && !str_has_word(fact->values, word))
			return ERR_TEXT("takes only the words of the vocabulary");
	if (n == 1 || (n > 1 && fact->type == FACT_SET))
		return NULL;
	return fact->type == FACT_SET ? ERR_TEXT("takes one or more words")
				      : ERR_TEXT("takes one word");
}

const char *vocab_fault(
    struct ctx *c, const struct law *law, const struct vocab_fact *fact, struct str value)
{
	struct instant instant;
	struct day day;
	int64_t number;

	switch (fact->type) {
	case FACT_YESNO:
		return str_is(value, "yes") || str_is(value, "no") ? NULL
								   : ERR_TEXT("takes yes or no");
	case FACT_ONE:
	case FACT_SET:
		return words_fault(fact, value);
	case FACT_NUMBER:
		return str_i64(value, &number) ? NULL : ERR_TEXT("takes a whole number");
	case FACT_DAY:
		return answer_taken(c, day_parse(c, value, &day))
			   ? NULL
			   : ERR_TEXT("takes a day YYYY-MM-DD");
	case FACT_INSTANT:
		return answer_taken(c, instant_parse(c, value, &instant))
			   ? NULL
			   : "takes an instant YYYY-MM-DDTHH:MM:SS with its zone (RFC 3339)";
	case FACT_TEXT:
		break;
	}
	if (str_is(fact->id, "item.field") && pack_field(law, value) == NULL)
		return ERR_TEXT("takes a field of the vocabulary");
	if (str_trim(value).n == 0)
		return ERR_TEXT("takes a text");
	return str_utf8_bad(value) == value.n ? NULL : ERR_TEXT("takes UTF-8 text");
}
