/* Two steps of the guided form (office_form.h): who asks, and which data of whom. */
#include "desk/demand.h"
#include "kind/land.h"
#include "os/file.h"
#include "in/target.h"
#include "in/target_list.h"
#include "web/field.h"
#include "web/office.h"
#include "web/office_form.h"

static const char kinds[] = "email phone account ipv4 ipv6 domain url device";

/* ---- who asks ---- */

static const char *const who_keys[] = {
    "country", "body", "level", "authority", "officer", "mail", "phone", "language"};
enum { WHO_KEYS = sizeof who_keys / sizeof who_keys[0] };

const struct route_field office_who_fields[WHO_KEYS] = {{.name = "country", .parse = office_any},
    {.name = "body", .parse = office_any}, {.name = "level", .parse = office_any},
    {.name = "authority", .parse = office_any}, {.name = "officer", .parse = office_any},
    {.name = "mail", .parse = office_any}, {.name = "phone", .parse = office_any},
    {.name = "language", .parse = office_any}};

int office_who_page(struct route_ask *ask, struct json **ret)
{
	const struct vocab_fact *body = pack_fact(ask->in->law, STR("authority.body")),
				*level = pack_fact(ask->in->law, STR("authority.level"));
	struct sketch s;
	int rc = office_sketch(ask, &s);

	if (rc == 0)
		rc = office_step(ask, &s, "who", ret);
	if (rc != 0)
		return rc;
	json_set(ask->c, *ret, "countries", office_countries(ask, json_text(s.form, "country")));
	json_set(ask->c, *ret, "bodies",
	    office_words(
		ask, "body", body == NULL ? STR("") : body->values, json_text(s.form, "body")));
	json_set(ask->c, *ret, "levels",
	    office_words(
		ask, "level", level == NULL ? STR("") : level->values, json_text(s.form, "level")));
	return 0;
}

static int who_check(struct route_ask *ask)
{
	static const struct {
		size_t at;
		const char *label;
	} needed[] = {{0, SAY("Country")}, {1, SAY("Kind of authority")}, {3, SAY("Authority")},
	    {4, SAY("Your name")}, {5, SAY("Official e-mail address")},
	    {6, SAY("Telephone at your authority")}};
	struct str normal;
	int rc = 0;

	for (size_t i = 0; i < sizeof needed / sizeof needed[0] && rc == 0; i++)
		rc = office_need(ask, needed[i].at, needed[i].label);
	for (size_t i = 0; i < WHO_KEYS && rc == 0; i++)
		if (draft_line_fault(ask->fields[i].text) != NULL)
			rc = office_wrong(ask, who_keys[i], SAY("One line, please."));
	if (rc == 0 && !land_known(ask->fields[0].text))
		rc = office_wrong(ask, "country", SAY("Please choose a country."));
	return rc == 0 ? office_mark(ask,
			     target_normalise(ask->c, STR("email"), ask->fields[5].text, &normal),
			     "mail")
		       : rc;
}

int office_who(struct route_ask *ask, struct json **ret)
{
	struct sketch s;
	int rc = office_sketch(ask, &s);

	for (size_t i = 0; i < WHO_KEYS && rc == 0; i++)
		json_set_text(ask->c, s.form, who_keys[i], ask->fields[i].text);
	if (rc == 0)
		rc = office_sketch_save(ask, &s);
	if (rc == 0)
		rc = who_check(ask);
	if (rc == 0)
		ask->go_on = office_step_path(ask, s.word, "what");
	*ret = json_map(ask->c);
	return rc;
}

/* ---- which data, and of whom ---- */

enum { KIND, VALUE, AT, FIELD, SERVICE, FROM, TO, GO, DROP };

const struct route_field office_what_fields[9] = {{.name = "kind", .parse = office_any},
    {.name = "value", .parse = office_any}, {.name = "at", .parse = office_any},
    {.name = "field", .parse = office_any, .many = true}, {.name = "service", .parse = office_any},
    {.name = "from", .parse = office_any}, {.name = "to", .parse = office_any},
    {.name = "go", .parse = field_word}, {.name = "drop", .parse = field_number}};
const struct route_files office_list_files = {"list", 1, TARGET_LIST_MAX, TARGET_LIST_MAX};

static bool in_list(const struct json *list, struct str text)
{
	for (size_t i = 0; list != NULL && i < list->n; i++)
		if (str_eq(list->at[i]->text, text))
			return true;
	return false;
}

static struct json *field_choices(const struct route_ask *ask, const struct json *form)
{
	static const char *const folds[] = {"noncontent", "content", "key"};
	const struct json *chosen = json_find(form, "fields");
	const struct law *law = ask->in->law;
	struct json *groups = json_list(ask->c);

	for (int fold = FOLD_NONCONTENT; fold <= FOLD_KEY; fold++) {
		struct json *g = json_map(ask->c), *list = json_list(ask->c);

		for (size_t i = 0; i < law->n_fields; i++) {
			const struct vocab_field *f = &law->fields[i];
			struct json *j = json_map(ask->c);

			if ((int)f->fold != fold)
				continue;
			json_set_text(ask->c, j, "value", f->id);
			json_set_text(ask->c, j, "label", ask->lang == ANSWER_DE ? f->de : f->en);
			json_set_bool(ask->c, j, "chosen", in_list(chosen, f->id));
			json_add(ask->c, list, j);
		}
		json_set_text(ask->c, g, "fold", str_of(folds[fold]));
		json_set(ask->c, g, "fields", list);
		json_add(ask->c, groups, g);
	}
	return groups;
}

static struct json *service_choices(const struct route_ask *ask, struct str chosen)
{
	const struct profile *p =
	    instance_profile(ask->in, instant_day((struct instant){ctx_now(ask->c)}));
	struct json *list = json_list(ask->c);

	for (size_t i = 0; p != NULL && i < p->n_services; i++)
		office_choice(ask->c, list, p->services[i].id,
		    ask->lang == ANSWER_DE ? p->services[i].de : p->services[i].en, chosen);
	return list;
}

int office_what_page(struct route_ask *ask, struct json **ret)
{
	struct sketch s;
	int rc = office_sketch(ask, &s);

	if (rc == 0)
		rc = office_step(ask, &s, "what", ret);
	if (rc != 0)
		return rc;
	json_set(ask->c, *ret, "kinds", office_words(ask, "target", str_of(kinds), STR("email")));
	json_set(ask->c, *ret, "groups", field_choices(ask, s.form));
	json_set(ask->c, *ret, "services", service_choices(ask, json_text(s.form, "service")));
	return 0;
}

/* ---- identifiers ---- */

struct gathering {
	struct route_ask *ask;
	struct json *list;
};

static bool is_there(struct ctx *c, const struct json *list, const struct draft_target *t)
{
	struct str at = instant_is_none(t->at) ? STR("") : instant_str(c, t->at);

	for (size_t i = 0; i < list->n; i++)
		if (str_eq(json_text(list->at[i], "kind"), t->kind) &&
		    str_eq(json_text(list->at[i], "value"), t->printed) &&
		    str_eq(json_text(list->at[i], "at"), at))
			return true;
	return false;
}

static void put_target(struct gathering *g, const struct draft_target *t)
{
	struct ctx *c = g->ask->c;
	struct json *j = json_map(c);

	json_set_text(c, j, "kind", t->kind);
	json_set_text(c, j, "value", t->printed);
	if (!instant_is_none(t->at))
		json_set_text(c, j, "at", instant_str(c, t->at));
	if (!t->specific)
		json_set_bool(c, j, "broad", true);
	json_add(c, g->list, j);
}

static int add_target(struct gathering *g, struct str kind, struct str value, struct str at)
{
	struct ctx *c = g->ask->c;
	struct draft_target t;
	struct route_value when = {0};
	int rc = 0;

	if (g->list->n >= DRAFT_TARGETS_MAX)
		return err_set(c, ERR_LIMIT, "this is too much for one demand");
	if (!str_has_word(str_of(kinds), kind))
		return office_wrong(
		    g->ask, "kind", SAY("Please say what kind of identifier it is."));
	if (at.n > 0 && field_instant(c, at, &when) != 0) {
		err_clear(c);
		return office_wrong(
		    g->ask, "at", SAY("A time is a day and an hour, such as 2026-03-01 14:30."));
	}
	rc = draft_target_make(
	    c, kind, value, when.given || at.n > 0 ? (struct instant){when.num} : INSTANT_NONE, &t);
	if (rc != 0)
		return office_mark(g->ask, rc, "value");
	if (is_there(g->ask->c, g->list, &t))
		return 0; /* sent again, when no answer came */
	put_target(g, &t);
	return 0;
}

static int when(struct ctx *c, struct str text, struct instant *ret)
{
	struct route_value v = {0};
	int rc = field_instant(c, text, &v);

	if (rc != 0)
		err_clear(c);
	*ret = (struct instant){v.num};
	return rc == 0 ? 0
		       : err_set(c, ERR_INVALID,
			     "a time is a day and an hour, such as 2026-03-01T14:30:00Z");
}

/* All of it or nothing. */
static int add_list(struct gathering *g, const struct route_file *f)
{
	struct ctx *c = g->ask->c;
	struct target_list list;
	struct str text;
	int rc = file_read(c, f->path.p, TARGET_LIST_MAX, &text);

	if (rc == 0)
		rc = target_list_read(c, text, when, &list);
	if (rc == 0 && list.n > DRAFT_TARGETS_MAX - g->list->n)
		rc = err_set(c, ERR_LIMIT, "this is too much for one demand");
	for (size_t i = 0; rc == 0 && i < list.n; i++)
		put_target(g, &list.v[i]);
	return office_mark(g->ask, rc, "list");
}

/* Those there are, without the one that is dropped. */
static struct json *kept(const struct route_ask *ask, const struct json *form)
{
	const struct json *old = json_find(form, "targets");
	struct json *list = json_list(ask->c);
	int64_t drop = ask->fields[DROP].given ? ask->fields[DROP].num : 0;

	for (size_t i = 0; old != NULL && i < old->n; i++)
		if ((int64_t)i + 1 != drop)
			json_add(ask->c, list, old->at[i]);
	return list;
}

static void keep_what(struct route_ask *ask, struct sketch *s)
{
	struct json *fields = json_list(ask->c);

	for (size_t i = 0; i < ask->fields[FIELD].n; i++)
		if (pack_field(ask->in->law, ask->fields[FIELD].all[i].text) != NULL)
			json_add(
			    ask->c, fields, json_of_text(ask->c, ask->fields[FIELD].all[i].text));
	json_set(ask->c, s->form, "fields", fields);
	json_set_text(ask->c, s->form, "service", ask->fields[SERVICE].text);
	json_set_text(ask->c, s->form, "from", ask->fields[FROM].text);
	json_set_text(ask->c, s->form, "to", ask->fields[TO].text);
	json_set(ask->c, s->form, "targets", kept(ask, s->form));
}

static int keep_targets(struct route_ask *ask, struct sketch *s)
{
	struct gathering g = {ask, NULL};
	int rc = 0;

	ask->fields[DROP].given = false; /* that one is gone by now */
	g.list = kept(ask, s->form);
	if (ask->fields[VALUE].given)
		rc = add_target(
		    &g, ask->fields[KIND].text, ask->fields[VALUE].text, ask->fields[AT].text);
	if (rc == 0 && ask->n_files > 0)
		rc = add_list(&g, &ask->files[0]);
	if (rc != 0)
		return rc;
	json_set(ask->c, s->form, "targets", g.list);
	return office_sketch_save(ask, s);
}

static int what_check(struct route_ask *ask, const struct sketch *s)
{
	struct day from = DAY_NONE, to = DAY_NONE;
	int rc = 0;

	if (json_find(s->form, "targets")->n == 0)
		return office_wrong(ask, "value", SAY("Please name at least one identifier."));
	if (json_find(s->form, "fields")->n == 0)
		return office_wrong(ask, "field", SAY("Please say which data you need."));
	if (ask->fields[SERVICE].text.n == 0)
		return office_wrong(ask, "service", SAY("Please choose the service."));
	rc = office_day(ask, FROM, &from);
	if (rc == 0)
		rc = office_day(ask, TO, &to);
	if (rc == 0 && !day_is_none(from) && !day_is_none(to) && to.n < from.n)
		rc = office_wrong(ask, "to", SAY("The period ends before it begins."));
	return rc;
}

int office_what(struct route_ask *ask, struct json **ret)
{
	struct sketch s;
	bool on = str_is(ask->fields[GO].text, "next");
	int rc = office_sketch(ask, &s);

	*ret = json_map(ask->c);
	if (rc != 0)
		return rc;
	keep_what(ask, &s);
	rc = office_sketch_save(ask, &s);
	if (rc == 0)
		rc = keep_targets(ask, &s);
	if (rc == 0 && on)
		rc = what_check(ask, &s);
	if (rc == 0)
		ask->go_on = office_step_path(ask, s.word, on ? "instrument" : "what");
	return rc;
}
