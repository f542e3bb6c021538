/* Two steps of the guided form (office_form.h): which instrument, told before anything is sent; and
 * what the order says. */
#include "base/mem.h"
#include "web/field.h"
#include "web/office.h"
#include "web/office_form.h"

/* ---- which instrument ---- */

const struct route_field office_instrument_fields[2] = {
    {.name = "instrument", .parse = office_any}, {.name = "other", .parse = office_any}};

/* What a sender may hand in here; what is sealed goes another way (desk/portal.h). */
static bool open_to_senders(const struct instrument *i)
{
	return !str_is(i->class, "national_security") &&
	       (i->basis == BASIS_ORDER || i->basis == BASIS_PRESERVATION ||
		   (i->basis == BASIS_PERMITTED &&
		       str_has_word(STR("emergency consent agreement"), i->class)));
}

static struct str in_words(const struct route_ask *ask, struct str en, struct str de)
{
	return ask->lang == ANSWER_DE && de.n > 0 ? de : en;
}

static struct json *all_instruments(const struct route_ask *ask, struct str chosen)
{
	const struct law *law = ask->in->law;
	struct json *groups = json_list(ask->c);

	for (size_t p = 0; p < law->n_packs; p++) {
		const struct pack *pack = law->packs[p];
		struct json *g = json_map(ask->c), *list = json_list(ask->c);

		for (size_t i = 0; i < pack->n_instruments; i++)
			if (open_to_senders(&pack->instruments[i]))
				office_choice(ask->c, list, pack->instruments[i].id,
				    in_words(ask, pack->instruments[i].en, pack->instruments[i].de),
				    chosen);
		if (list->n == 0)
			continue;
		json_set_text(ask->c, g, "label", in_words(ask, pack->en, pack->de));
		json_set(ask->c, g, "instruments", list);
		json_add(ask->c, groups, g);
	}
	return groups;
}

static const struct json *named(const struct json *list, struct str id)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(json_text(list->at[i], "instrument"), id))
			return list->at[i];
	return NULL;
}

static bool holds_fact(const struct json *list, struct str fact)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(json_text(list->at[i], "fact"), fact))
			return true;
	return false;
}

/* What is missing for any of the fields, each once. */
static struct json *missing_of(
    const struct route_ask *ask, const struct json *advice, struct str id)
{
	struct json *all = json_list(ask->c);

	for (size_t f = 0; f < advice->n; f++) {
		const struct json *one = named(json_find(advice->at[f], "instruments"), id),
				  *missing = one == NULL ? NULL : json_find(one, "missing");

		for (size_t i = 0; missing != NULL && i < missing->n; i++)
			if (!holds_fact(all, json_text(missing->at[i], "fact")))
				json_add(ask->c, all, missing->at[i]);
	}
	return all;
}

static bool for_all(const struct json *advice, struct str id)
{
	for (size_t f = 0; f < advice->n; f++)
		if (named(json_find(advice->at[f], "instruments"), id) == NULL)
			return false;
	return true;
}

/* Whether an instrument is of the law of a country. */
static bool is_of(const struct law *law, struct str id, struct str country)
{
	for (size_t p = 0; p < law->n_packs; p++)
		for (size_t i = 0; i < law->packs[p]->n_instruments; i++)
			if (str_eq(law->packs[p]->instruments[i].id, id))
				return str_eq(law->packs[p]->jurisdiction, country);
	return false;
}

/* Those that are enough for everything that is wanted: first those of the sender's own law, then
 * those by which another's law reaches them; each as the packs order them. */
static struct json *enough(
    const struct route_ask *ask, const struct json *advice, struct str country)
{
	struct json *list = json_list(ask->c);
	const struct json *first = advice->n == 0 ? NULL : json_find(advice->at[0], "instruments");

	for (int own = 1; first != NULL && own >= 0; own--)
		for (size_t i = 0; i < first->n; i++) {
			struct str id = json_text(first->at[i], "instrument");

			if (!for_all(advice, id) || is_of(ask->in->law, id, country) != own)
				continue;
			json_set(ask->c, first->at[i], "lacks", missing_of(ask, advice, id));
			json_add(ask->c, list, first->at[i]);
		}
	return list;
}

/* Until the first steps are done there is nothing to say about instruments. */
static bool told(struct route_ask *ask, const struct sketch *s, const char *step)
{
	const char *lacks = office_lacks(ask, s);

	return lacks == NULL || strcmp(lacks, step) == 0 || strcmp(lacks, "details") == 0 ||
	       strcmp(lacks, "send") == 0;
}

int office_instrument_page(struct route_ask *ask, struct json **ret)
{
	struct json *advice, *good;
	struct str now, country;
	struct sketch s;
	int rc = office_sketch(ask, &s);

	if (rc == 0)
		rc = office_step(ask, &s, "instrument", ret);
	if (rc != 0)
		return rc;
	now = json_text(s.form, "instrument");
	json_set(ask->c, *ret, "others", all_instruments(ask, now));
	if (!told(ask, &s, "instrument")) {
		json_set_text(
		    ask->c, *ret, "first", office_step_path(ask, s.word, office_lacks(ask, &s)));
		return 0;
	}
	rc = office_advice(ask, &s, &country, &advice);
	if (rc != 0)
		return rc;
	json_set(ask->c, *ret, "advice", advice);
	good = enough(ask, advice, country);
	json_set(ask->c, *ret, "enough", good);
	if (named(good, now) != NULL) /* it is chosen there, and would be twice */
		json_set(ask->c, *ret, "others", all_instruments(ask, STR("")));
	return 0;
}

static bool may_send(const struct route_ask *ask, struct str id)
{
	const struct instrument *i = pack_instrument(ask->in->law, id);

	return i != NULL && open_to_senders(i);
}

int office_instrument(struct route_ask *ask, struct json **ret)
{
	struct str id = ask->fields[1].given ? ask->fields[1].text : ask->fields[0].text;
	struct sketch s;
	int rc = office_sketch(ask, &s);

	*ret = json_map(ask->c);
	if (rc == 0 && !may_send(ask, id))
		rc = office_wrong(ask, "instrument", SAY("Please choose an instrument."));
	if (rc != 0)
		return rc;
	json_set_text(ask->c, s.form, "instrument", id);
	rc = office_sketch_save(ask, &s);
	ask->go_on = office_step_path(ask, s.word, "details");
	return rc;
}

/* ---- what the order says ---- */

enum { NUMBER, LANGUAGE, EMERGENCY, STATEMENT, SECRECY, UNTIL, SUBJECT, MESSAGE, SHARED, ASKED };

#define FACT(n)                                                                                    \
	{                                                                                          \
		.name = "f" #n, .parse = office_any                                                \
	}
const struct route_field office_details_fields[ASKED + OFFICE_ASKED_MAX] = {
    {.name = "number", .parse = office_any}, {.name = "language", .parse = office_any},
    {.name = "emergency", .parse = office_any}, {.name = "statement", .parse = office_any},
    {.name = "secrecy", .parse = office_any}, {.name = "secrecy_until", .parse = office_any},
    {.name = "subject", .parse = office_any}, {.name = "message", .parse = office_any},
    {.name = "shared", .parse = office_any}, FACT(0), FACT(1), FACT(2), FACT(3), FACT(4), FACT(5),
    FACT(6), FACT(7), FACT(8), FACT(9), FACT(10), FACT(11), FACT(12), FACT(13), FACT(14), FACT(15),
    FACT(16), FACT(17), FACT(18), FACT(19), FACT(20), FACT(21)};

/* Asked of every order; then what this one needs. The emergency and the secrecy have their own
 * places on the page. */
static const char always[] = "order.issuer order.form order.signed order.issued order.expires "
			     "order.legal_basis order.offence";
static const char apart[] = "order.emergency order.emergency_statement order.secrecy "
			    "order.secrecy_until order.instrument order.class order.basis";

struct asked {
	const struct vocab_fact *v[OFFICE_ASKED_MAX];
	size_t n;
};

static void ask_for(const struct route_ask *ask, struct asked *a, struct str name)
{
	const struct vocab_fact *f = pack_fact(ask->in->law, name);

	if (f == NULL || !str_starts(f->id, "order.") || str_has_word(str_of(apart), f->id) ||
	    advice_ours(f->id) || a->n == OFFICE_ASKED_MAX)
		return;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i] == f)
			return;
	a->v[a->n++] = f;
}

/* The same list for the page and for what comes back: it hangs on the form alone. */
static int facts_of(struct route_ask *ask, const struct sketch *s, struct asked *ret)
{
	struct str rest = str_of(always), word, country;
	struct json *advice, *missing;
	int rc;

	*ret = (struct asked){.n = 0};
	while (str_word(&rest, &word))
		ask_for(ask, ret, word);
	if (!told(ask, s, "instrument"))
		return 0;
	rc = office_advice(ask, s, &country, &advice);
	if (rc != 0)
		return rc;
	missing = missing_of(ask, advice, json_text(s->form, "instrument"));
	for (size_t i = 0; i < missing->n; i++)
		ask_for(ask, ret, json_text(missing->at[i], "fact"));
	return 0;
}

static const char *type_of(const struct vocab_fact *f)
{
	static const char *const types[] = {[FACT_YESNO] = "yesno",
	    [FACT_ONE] = "one",
	    [FACT_SET] = "text",
	    [FACT_NUMBER] = "number",
	    [FACT_DAY] = "date",
	    [FACT_INSTANT] = "datetime-local",
	    [FACT_TEXT] = "text"};

	return types[f->type];
}

static struct json *fact_json(
    const struct route_ask *ask, const struct vocab_fact *f, size_t i, const struct json *facts)
{
	struct json *j = json_map(ask->c);
	struct str now = json_text(facts, f->id.p), kind = f->id, head;

	(void)str_cut(f->id, '.', &head, &kind);
	json_set_text(ask->c, j, "name", str_fmt(ask->c, "f%zu", i));
	json_set_text(ask->c, j, "label", in_words(ask, f->en, f->de));
	json_set_text(ask->c, j, "type", str_of(type_of(f)));
	json_set_text(ask->c, j, "value", now);
	if (f->type == FACT_YESNO)
		json_set(ask->c, j, "choices", office_words(ask, "yesno", STR("yes no"), now));
	else if (f->type == FACT_ONE)
		json_set(
		    ask->c, j, "choices", office_words(ask, str_z(ask->c, kind), f->values, now));
	return j;
}

int office_details_page(struct route_ask *ask, struct json **ret)
{
	struct json *list = json_list(ask->c);
	const struct instrument *i;
	struct asked a;
	struct sketch s;
	int rc = office_sketch(ask, &s);

	if (rc == 0)
		rc = office_step(ask, &s, "details", ret);
	if (rc == 0)
		rc = facts_of(ask, &s, &a);
	if (rc != 0)
		return rc;
	for (size_t k = 0; k < a.n; k++)
		json_add(ask->c, list, fact_json(ask, a.v[k], k, json_find(s.form, "facts")));
	json_set(ask->c, *ret, "facts", list);
	i = pack_instrument(ask->in->law, json_text(s.form, "instrument"));
	if (i != NULL)
		json_set_text(ask->c, *ret, "instrument", in_words(ask, i->en, i->de));
	if (i != NULL && str_is(i->class, "emergency"))
		json_set_bool(ask->c, *ret, "urgent", true);
	return 0;
}

static int keep_facts(struct route_ask *ask, struct sketch *s, const struct asked *a)
{
	struct json *facts = json_map(ask->c);

	for (size_t i = 0; i < a->n; i++)
		if (ask->fields[ASKED + i].given)
			json_set_text(ask->c, facts, a->v[i]->id.p, ask->fields[ASKED + i].text);
	for (size_t i = 0; i < ASKED; i++)
		json_set_text(ask->c, s->form, office_details_fields[i].name, ask->fields[i].text);
	json_set(ask->c, s->form, "facts", facts);
	return office_sketch_save(ask, s);
}

static int fact_check(struct route_ask *ask, const struct vocab_fact *f, size_t at)
{
	struct route_value v;
	int rc = 0;

	if (!ask->fields[at].given)
		return 0;
	if (f->type == FACT_INSTANT)
		rc = field_instant(ask->c, ask->fields[at].text, &v);
	else
		rc = pack_fact_check(ask->c, ask->in->law, f->id, ask->fields[at].text);
	if (rc != ERR_INVALID)
		return rc;
	err_clear(ask->c);
	return office_wrong(ask, office_details_fields[at].name,
	    f->type == FACT_DAY      ? SAY("A day, such as 2026-03-01.")
	    : f->type == FACT_NUMBER ? SAY("A number, please.")
	    : f->type == FACT_INSTANT
		? SAY("A time is a day and an hour, such as 2026-03-01 14:30.")
		: SAY("This answer is none of those that are possible."));
}

static int details_check(struct route_ask *ask, const struct asked *a)
{
	struct day until;
	int rc = office_need(ask, NUMBER, SAY("File number"));

	for (size_t i = 0; i < a->n && rc == 0; i++)
		rc = fact_check(ask, a->v[i], ASKED + i);
	if (rc == 0 && ask->fields[EMERGENCY].given && !ask->fields[STATEMENT].given)
		rc = office_wrong(ask, "statement",
		    SAY("Please say what the emergency is, and whom it threatens."));
	return rc == 0 ? office_day(ask, UNTIL, &until) : rc;
}

int office_details(struct route_ask *ask, struct json **ret)
{
	struct asked a;
	struct sketch s;
	int rc = office_sketch(ask, &s);

	*ret = json_map(ask->c);
	if (rc == 0)
		rc = facts_of(ask, &s, &a);
	if (rc == 0)
		rc = keep_facts(ask, &s, &a);
	if (rc == 0)
		rc = details_check(ask, &a);
	if (rc == 0)
		ask->go_on = office_step_path(ask, s.word, "send");
	return rc;
}
