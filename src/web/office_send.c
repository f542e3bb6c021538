#include "web/office_send.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/intake.h"
#include "store/blob.h"
#include "web/field.h"
#include "web/office_cure.h"
#include "web/office.h"
#include "web/office_form.h"

const struct route_field office_send_fields[1] = {
    {.name = "keep", .parse = field_number, .many = true}};

enum { PAPERS_MAX = 10, PAPER_BYTES = 50 << 20, PAPERS_BYTES = 100 << 20 };

const struct route_files office_papers = {"paper", PAPERS_MAX, PAPER_BYTES, PAPERS_BYTES};

/* ---- to look over ---- */

static struct str in_words(const struct route_ask *ask, struct str en, struct str de)
{
	return ask->lang == ANSWER_DE && de.n > 0 ? de : en;
}

static struct json *fact_lines(const struct route_ask *ask, const struct json *facts)
{
	struct json *list = json_list(ask->c);

	for (size_t i = 0; facts != NULL && i < facts->n; i++) {
		const struct vocab_fact *f = pack_fact(ask->in->law, facts->key[i]);
		struct str kind, head, value = facts->at[i]->text;
		struct json *j = json_map(ask->c);

		if (f == NULL || !str_cut(f->id, '.', &head, &kind))
			continue;
		if (f->type == FACT_YESNO)
			value = lang_word(ask->lang, "yesno", value);
		else if (f->type == FACT_ONE)
			value = lang_word(ask->lang, str_z(ask->c, kind), value);
		json_set_text(ask->c, j, "label", in_words(ask, f->en, f->de));
		json_set_text(ask->c, j, "value", value);
		json_add(ask->c, list, j);
	}
	return list;
}

int office_send_page(struct route_ask *ask, struct json **ret)
{
	const struct instrument *i;
	const char *lacks;
	struct sketch s;
	int rc = office_sketch(ask, &s);

	if (rc == 0)
		rc = office_step(ask, &s, "send", ret);
	if (rc != 0)
		return rc;
	lacks = office_lacks(ask, &s);
	if (lacks != NULL)
		json_set_text(ask->c, *ret, "first", office_step_path(ask, s.word, lacks));
	i = pack_instrument(ask->in->law, json_text(s.form, "instrument"));
	if (i != NULL)
		json_set_text(ask->c, *ret, "instrument", in_words(ask, i->en, i->de));
	json_set(ask->c, *ret, "facts", fact_lines(ask, json_find(s.form, "facts")));
	json_set_int(ask->c, *ret, "papers_max", PAPERS_MAX);
	return 0;
}

/* ---- the demand ---- */

static void put_fact(struct ctx *c, struct draft_order *o, const char *name, struct str value)
{
	if (value.n > 0)
		o->facts[o->n_facts++] = (struct draft_fact){str_make(c, str_of(name)), value};
}

static int fact_values(struct route_ask *ask, const struct json *form, struct draft_order *o)
{
	const struct json *facts = json_find(form, "facts");
	size_t n = facts == NULL ? 0 : facts->n;
	struct route_value v;
	int rc = 0;

	o->facts = mem_array(ask->c, n + 4, sizeof *o->facts);
	for (size_t i = 0; i < n && rc == 0; i++) {
		const struct vocab_fact *f = pack_fact(ask->in->law, facts->key[i]);
		struct str value = facts->at[i]->text;

		if (f != NULL && f->type == FACT_INSTANT) {
			rc = field_instant(ask->c, value, &v);
			value = instant_str(ask->c, (struct instant){rc == 0 ? v.num : 0});
		}
		put_fact(ask->c, o, facts->key[i].p, value);
	}
	if (json_text(form, "emergency").n > 0) {
		put_fact(ask->c, o, "order.emergency", STR("yes"));
		put_fact(ask->c, o, "order.emergency_statement", json_text(form, "statement"));
	}
	if (json_text(form, "secrecy").n > 0) {
		put_fact(ask->c, o, "order.secrecy", STR("yes"));
		put_fact(ask->c, o, "order.secrecy_until", json_text(form, "secrecy_until"));
	}
	return rc;
}

static int targets_of(struct route_ask *ask, const struct json *form, struct draft_order *o)
{
	const struct json *list = json_find(form, "targets");
	int rc = 0;

	o->targets = mem_array(ask->c, list->n, sizeof *o->targets);
	for (size_t i = 0; i < list->n && rc == 0; i++) {
		struct str at = json_text(list->at[i], "at");
		struct instant when = INSTANT_NONE;

		if (at.n > 0)
			rc = instant_parse(ask->c, at, &when);
		if (rc == 0)
			rc = draft_target_make(ask->c, json_text(list->at[i], "kind"),
			    json_text(list->at[i], "value"), when, &o->targets[i]);
	}
	o->n_targets = list->n;
	return rc;
}

static int order_of(struct route_ask *ask, const struct json *form, struct draft_order *o)
{
	struct str from = json_text(form, "from"), to = json_text(form, "to");
	struct draft_ask *a = mem_array(ask->c, 1, sizeof *a);
	int rc;

	*a = (struct draft_ask){.fields = office_fields(ask->c, form),
	    .service = json_text(form, "service"),
	    .from = DAY_NONE,
	    .to = DAY_NONE};
	*o = (struct draft_order){
	    .instrument = json_text(form, "instrument"), .asks = a, .n_asks = 1};
	rc = fact_values(ask, form, o);
	if (rc == 0)
		rc = targets_of(ask, form, o);
	if (rc == 0 && from.n > 0)
		rc = day_parse(ask->c, from, &a->from);
	if (rc == 0 && to.n > 0)
		rc = day_parse(ask->c, to, &a->to);
	return rc;
}

static int draft_of(struct route_ask *ask, const struct json *form, struct draft *ret)
{
	struct draft_order *o = mem_array(ask->c, 1, sizeof *o);
	struct str phone = json_text(form, "phone"), message = json_text(form, "message");

	*ret = (struct draft){.language = json_text(form, "language"),
	    .country = json_text(form, "country"),
	    .body = json_text(form, "body"),
	    .level = json_text(form, "level"),
	    .authority = json_text(form, "authority"),
	    .officer = json_text(form, "officer"),
	    .officer_mail = json_text(form, "mail"),
	    .number = json_text(form, "number"),
	    .subject = json_text(form, "subject"),
	    .message = message,
	    .specific = true,
	    .orders = o,
	    .n_orders = 1};
	if (office_open(ask) && phone.n > 0)
		ret->message =
		    str_fmt(ask->c, "%.*s%s%s: %.*s", STR_ARG(message), message.n > 0 ? "\n\n" : "",
			lang_say(ask->lang, SAY("Telephone")).p, STR_ARG(phone));
	if (!str_is(ret->language, "de") && !str_is(ret->language, "en"))
		ret->language = str_of(lang_code(ask->lang));
	return order_of(ask, form, o);
}

/* ---- the papers ---- */

static bool is_pdf(const char *path)
{
	char head[5] = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool yes = fd >= 0 && pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
		   memcmp(head, "%PDF-", sizeof head) == 0;

	if (fd >= 0)
		(void)close(fd);
	return yes;
}

static struct str paper_name(struct ctx *c, const struct route_file *f, size_t i)
{
	if (f->name.n == 0)
		return str_fmt(c, "paper-%zu.pdf", i + 1);
	return str_ends(str_lower(c, f->name), ".pdf") ? f->name
						       : str_fmt(c, "%.*s.pdf", STR_ARG(f->name));
}

static int check_papers(struct route_ask *ask, size_t n_old)
{
	if (n_old + ask->n_files > PAPERS_MAX)
		return office_wrong(ask, "paper",
		    SAY("These are more than ten papers, with those that stay. Please choose "
			"again."));
	for (size_t i = 0; i < ask->n_files; i++)
		if (!is_pdf(ask->files[i].path.p))
			return office_wrong(ask, "paper",
			    SAY("One of the papers is no PDF file. Please choose the papers "
				"again."));
	return 0;
}

static int keep_paper(struct route_ask *ask, size_t i, struct demand_paper *ret)
{
	const char *dir = instance_path(ask->c, ask->in, ask->in->blobs).p;
	struct blob_made made;
	int rc = blob_put(ask->c, dir, ask->files[i].path.p, PAPER_BYTES, &made);

	if (rc == 0)
		*ret = (struct demand_paper){.blob = str_make(ask->c, str_of(made.name)),
		    .name = paper_name(ask->c, &ask->files[i], i),
		    .key = {mem_dup(ask->c, made.key, sizeof made.key), sizeof made.key},
		    .size = made.size};
	return rc;
}

/* All are looked at before one is kept: the blobs come before the row that names them. */
static int keep_papers(
    struct route_ask *ask, const struct json *form, struct portal_demand *pd, struct draft *d)
{
	size_t n_old = office_cure_count(form), n = n_old + ask->n_files;
	struct demand_paper *papers = mem_array(ask->c, n + 1, sizeof *papers);
	int rc = check_papers(ask, n_old);

	if (rc == 0)
		rc = office_cure_papers(ask, form, papers);
	for (size_t i = 0; rc == 0 && i < ask->n_files; i++)
		rc = keep_paper(ask, i, &papers[n_old + i]);
	if (rc != 0)
		return rc;
	d->papers = mem_array(ask->c, n + 1, sizeof *d->papers);
	for (size_t i = 0; i < n; i++)
		d->papers[i] = papers[i].name;
	d->n_papers = n;
	pd->papers = papers;
	pd->n_papers = n;
	return 0;
}

/* ---- sending ---- */

struct sending {
	struct route_ask *ask;
	struct sketch sketch;
};

/* Together with the demand, so that one form never makes two. */
static int mark_sent(struct ctx *c, const struct demand_receipt *r, void *arg)
{
	const struct sending *s = arg;

	return sketch_sent(c, s->ask->in, &s->sketch, r->ref);
}

static int submit(struct sending *s, struct str *ret)
{
	struct route_ask *ask = s->ask;
	const struct json *form = s->sketch.form;
	struct demand_receipt r;
	struct draft d;
	struct portal_demand pd = {.draft = &d,
	    .shared = json_text(form, "shared").n > 0,
	    .cures = json_text(form, "cures"),
	    .with = mark_sent,
	    .with_arg = s};
	int rc = draft_of(ask, form, &d);

	if (rc == 0)
		rc = keep_papers(ask, form, &pd, &d);
	if (rc == 0)
		rc = office_open(ask) ? portal_form(ask->c, ask->in, ask->from, &pd, &r)
				      : portal_submit(ask->c, ask->in, ask->who, &pd, &r);
	if (rc == 0)
		*ret = r.ref;
	return rc;
}

/* Pressed again, when the answer to the first time was lost: the demand is the one there is. Who
 * recorded it may have been killed before the journal had it. */
static int sent_before(struct sending *s, struct str *ret)
{
	*ret = sketch_demand(&s->sketch);
	return intake_owed(s->ask->c, s->ask->in, *ret);
}

static int send_once(struct sending *s, struct str *ret)
{
	struct route_ask *ask = s->ask;
	int rc;

	if (sketch_demand(&s->sketch).n > 0)
		return sent_before(s, ret);
	if (office_lacks(ask, &s->sketch) != NULL)
		return office_wrong(ask, "", SAY("A step before this one is not complete yet."));
	if (!office_open(ask))
		office_cure_keep(ask, s->sketch.form, &ask->fields[0]);
	rc = submit(s, ret);
	/* what was ticked stands there when the page comes again; but a form that was sent
	 * meanwhile is not made unsent by it */
	if (rc == ERR_INVALID && sketch_keep(ask->c, ask->in, &s->sketch) != 0)
		return ERR_FAIL;
	if (rc != ERR_CONFLICT)
		return rc;
	/* at the same moment from elsewhere? */
	rc = office_sketch_any(ask, &s->sketch);
	if (rc != 0 || sketch_demand(&s->sketch).n == 0)
		return rc != 0 ? rc : ERR_CONFLICT;
	err_clear(ask->c);
	return sent_before(s, ret);
}

int office_send(struct route_ask *ask, struct json **ret)
{
	struct sending s = {.ask = ask};
	struct str ref;
	int rc = office_sketch_any(ask, &s.sketch);

	*ret = json_map(ask->c);
	if (rc == 0)
		rc = send_once(&s, &ref);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, *ret, "demand", ref);
	ask->go_on = office_open(ask)
			 ? office_step_path(ask, s.sketch.word, "receipt")
			 : str_fmt(ask->c, "/portal/case/%.*s?done=office_send_do", STR_ARG(ref));
	return 0;
}

/* ---- the receipt ---- */

int office_receipt_page(struct route_ask *ask, struct json **ret)
{
	struct sketch s;
	struct str note;
	int rc = office_sketch_any(ask, &s);

	if (rc == 0 && sketch_demand(&s).n == 0)
		rc = err_set(ask->c, ERR_NOTFOUND, "this form has ended: begin a new one");
	if (rc == 0)
		rc = intake_receipt_by(ask->c, ask->in, sketch_demand(&s), &note);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "demand", sketch_demand(&s));
	json_set_bool(ask->c, *ret, "signed", note.n > 0);
	json_set_text(ask->c, *ret, "promise", office_step_path(ask, s.word, "promise"));
	json_set_text(ask->c, *ret, "until", instant_str(ask->c, s.until));
	return 0;
}

static int give(struct route_ask *ask, struct str ref, struct str note, struct answer *a)
{
	if (note.n == 0)
		return err_set(ask->c, ERR_NOTFOUND, "the receipt is not signed yet");
	a->type = "text/plain; charset=utf-8";
	buf_put(&a->body, note);
	answer_field(a, "Content-Disposition",
	    str_fmt(ask->c, "attachment; filename=\"receipt-%.*s.txt\"", STR_ARG(ref)));
	return 0;
}

int office_form_promise(struct route_ask *ask, struct answer *a)
{
	struct sketch s;
	struct str note = STR(""), ref = STR("");
	int rc;

	ask->a = a;
	rc = office_sketch_any(ask, &s);
	if (rc == 0)
		ref = sketch_demand(&s);
	if (rc == 0)
		rc = intake_receipt_by(ask->c, ask->in, ref, &note);
	return rc == 0 ? give(ask, ref, note, a) : rc;
}

int office_case_promise(struct route_ask *ask, struct answer *a)
{
	struct officer o;
	struct demand d;
	struct str note = STR("");
	int rc = portal_seen(ask->c, ask->in, ask->who, ask->parts[0], &d, &o);

	if (rc == 0)
		rc = intake_receipt(ask->c, ask->in, &d, &note);
	return rc == 0 ? give(ask, d.ref, note, a) : rc;
}
