#include "web/office_form.h"

#include "desk/agency.h"
#include "desk/officer.h"
#include "web/office.h"
#include "web/office_cure.h"

const struct route_field office_begin_fields[1] = {{.name = "cures", .parse = office_any}};

bool office_open(const struct route_ask *ask)
{
	return ask->route->gate == GATE_PUBLIC;
}

/* ---- one that is half done ---- */

int office_sketch_any(struct route_ask *ask, struct sketch *ret)
{
	struct officer o;
	int rc = office_open(ask) ? 0 : officer_acts(ask->c, ask->in, ask->who, &o);

	office_page_kept(ask);
	return rc == 0 ? sketch_find(ask->c, ask->in, office_open(ask) ? NULL : ask->who,
			     ask->parts[0], ret)
		       : rc;
}

int office_sketch(struct route_ask *ask, struct sketch *ret)
{
	int rc = office_sketch_any(ask, ret);

	if (rc == 0 && sketch_demand(ret).n > 0)
		rc = err_set(ask->c, ERR_NOTFOUND, "this form has ended: begin a new one");
	return rc;
}

int office_sketch_save(struct route_ask *ask, const struct sketch *s)
{
	return sketch_save(ask->c, ask->in, s);
}

struct str office_step_path(const struct route_ask *ask, struct str word, const char *step)
{
	return str_fmt(
	    ask->c, "/portal/%s/%.*s/%s", office_open(ask) ? "form" : "new", STR_ARG(word), step);
}

/* ---- the steps ---- */

static bool has(const struct json *form, const char *key)
{
	const struct json *x = json_find(form, key);

	return x != NULL && (x->kind == JSON_LIST ? x->n > 0 : x->text.n > 0);
}

static bool who_done(const struct json *f)
{
	return has(f, "country") && has(f, "body") && has(f, "authority") && has(f, "officer") &&
	       has(f, "mail") && has(f, "phone");
}

static bool what_done(const struct json *f)
{
	return has(f, "targets") && has(f, "fields") && has(f, "service");
}

static bool instrument_done(const struct json *f)
{
	return has(f, "instrument");
}

static bool details_done(const struct json *f)
{
	return has(f, "number");
}

static const struct step_of {
	const char *name, *label;
	bool (*done)(const struct json *form);
	bool open; /* in the public form alone */
} steps[] = {{"who", SAY("Who asks"), who_done, true},
    {"what", SAY("Which data, and of whom"), what_done, false},
    {"instrument", SAY("Legal instrument"), instrument_done, false},
    {"details", SAY("What the order says"), details_done, false},
    {"send", SAY("Look over and submit"), NULL, false}};
enum { STEPS = sizeof steps / sizeof steps[0] };

const char *office_lacks(const struct route_ask *ask, const struct sketch *s)
{
	for (size_t i = 0; i < STEPS; i++)
		if ((office_open(ask) || !steps[i].open) && steps[i].done != NULL &&
		    !steps[i].done(s->form))
			return steps[i].name;
	return NULL;
}

int office_step(struct route_ask *ask, const struct sketch *s, const char *step, struct json **ret)
{
	struct ctx *c = ask->c;
	struct json *list = json_list(c);
	int64_t n = 0;

	for (size_t i = 0; i < STEPS; i++) {
		struct json *j = json_map(c);

		if (steps[i].open && !office_open(ask))
			continue;
		json_set_int(c, j, "number", ++n);
		json_set_text(c, j, "label", lang_say(ask->lang, steps[i].label));
		json_set_text(c, j, "url", office_step_path(ask, s->word, steps[i].name));
		json_set_bool(c, j, "current", strcmp(steps[i].name, step) == 0);
		json_set_bool(c, j, "done", steps[i].done != NULL && steps[i].done(s->form));
		json_add(c, list, j);
	}
	*ret = json_map(c);
	json_set_bool(c, *ret, "open", office_open(ask));
	json_set_text(c, *ret, "path", office_step_path(ask, s->word, step));
	json_set_text(c, *ret, "drop", office_step_path(ask, s->word, "drop"));
	json_set_text(c, *ret, "until", instant_str(c, s->until));
	json_set(c, *ret, "steps", list);
	json_set(c, *ret, "form", s->form);
	return 0;
}

/* ---- beginning and dropping ---- */

int office_begin_page(struct route_ask *ask, struct json **ret)
{
	struct ctx *c = ask->c;
	struct json *half = json_list(c);
	struct officer o;
	int rc = office_open(ask) ? 0 : officer_acts(c, ask->in, ask->who, &o);

	if (rc == 0 && !office_open(ask))
		rc = sketch_list(c, ask->in, ask->who, &half);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < half->n; i++)
		json_set_text(c, half->at[i], "url",
		    office_step_path(ask, json_text(half->at[i], "word"), "what"));
	*ret = json_map(c);
	json_set_text(c, *ret, "provider", ask->in->provider);
	json_set(c, *ret, "half", half);
	return 0;
}

int office_begin(struct route_ask *ask, struct json **ret)
{
	struct ctx *c = ask->c;
	struct officer o;
	struct sketch s;
	int rc = office_open(ask) ? 0 : officer_acts(c, ask->in, ask->who, &o);

	if (rc == 0)
		rc = sketch_open(c, ask->in, office_open(ask) ? NULL : ask->who, ask->from, &s);
	if (rc == 0)
		rc = sketch_find(c, ask->in, office_open(ask) ? NULL : ask->who, s.word, &s);
	if (rc != 0)
		return rc;
	json_set_text(c, s.form, "language", str_of(lang_code(ask->lang)));
	if (!office_open(ask) && ask->fields[0].given)
		rc = office_cure(ask, ask->fields[0].text, s.form);
	if (rc != 0) /* nothing is left half begun */
		return sketch_drop(c, ask->in, &s) == 0 ? rc : ERR_FAIL;
	rc = office_sketch_save(ask, &s);
	ask->go_on = office_step_path(ask, s.word, office_open(ask) ? "who" : "what");
	*ret = json_map(c);
	json_set_text(c, *ret, "form", s.word);
	return rc;
}

int office_drop(struct route_ask *ask, struct json **ret)
{
	struct sketch s;
	int rc = office_sketch(ask, &s);

	if (rc == 0)
		rc = sketch_drop(ask->c, ask->in, &s);
	*ret = json_map(ask->c);
	return rc;
}

/* ---- what the law says of it ---- */

struct str office_fields(struct ctx *c, const struct json *form)
{
	const struct json *list = json_find(form, "fields");
	struct buf b = buf_init(c, 64 << 10);

	for (size_t i = 0; list != NULL && i < list->n; i++)
		buf_fmt(&b, "%s%.*s", i == 0 ? "" : " ", STR_ARG(list->at[i]->text));
	return buf_str(&b);
}

int office_advice(
    struct route_ask *ask, const struct sketch *s, struct str *ret_country, struct json **ret)
{
	const struct json *targets = json_find(s->form, "targets");
	struct advice_ask a = {.country = json_text(s->form, "country"),
	    .body = json_text(s->form, "body"),
	    .level = json_text(s->form, "level"),
	    .fields = office_fields(ask->c, s->form),
	    .service = json_text(s->form, "service"),
	    .day = DAY_NONE,
	    .instrument = json_text(s->form, "instrument")};
	struct officer o;
	struct agency g;
	int rc = 0;

	if (targets != NULL && targets->n > 0)
		a.target_kind = json_text(targets->at[0], "kind");
	if (!office_open(ask)) {
		rc = officer_acts(ask->c, ask->in, ask->who, &o);
		if (rc == 0)
			rc = agency_by_id(ask->c, ask->in, o.agency, &g);
		if (rc != 0)
			return rc;
		a.country = g.country;
		a.body = g.body;
		a.level = g.level;
	}
	*ret_country = a.country;
	return advice_make(ask->c, ask->in, &a, ret);
}
