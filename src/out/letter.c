#include "out/letter.h"

#include "desk/claim_bar.h"
#include "desk/notice_copy.h"
#include "desk/reply.h"
#include "in/wording.h"
#include "out/letter_facts.h"
#include "out/letter_law.h"
#include "out/letter_word.h"

enum { BODY_MAX = 4 * REPLY_TEXT_MAX };

static const char *const kinds[] = {"acknowledgement", "question", "refusal", "cover",
    "certification", "notice", "withdrawal", "claim", "recall", "misdelivery", "redirect",
    "protocol", "transfer"};

const char *letter_kind(size_t i)
{
	return i < sizeof kinds / sizeof kinds[0] ? kinds[i] : NULL;
}

struct writing {
	struct instance *in;
	const struct person *actor;
	const struct letter_ask *ask;
	struct gate gate;
	struct letter_codes codes;
	struct reply_order reply;
	struct str country;        /* of whom it goes to */
	struct letter_facts facts; /* of a letter that lists some */
	const struct notice *notice;
	struct notice_words said; /* of the notice */
	struct json *j;
};

static bool is_kind(const struct writing *w, const char *kind)
{
	return str_is(w->ask->kind, kind);
}

/* ---- whether it can be written ---- */

static int check_lines(struct ctx *c, const struct str *lines, size_t n)
{
	bool well = n <= LETTER_LINES_MAX;

	for (size_t i = 0; i < n && well; i++)
		well =
		    lines[i].n > 0 && lines[i].n <= LETTER_LINE_BYTES && wording_line_ok(lines[i]);
	return well ? 0
		    : err_set(c, ERR_INVALID,
			  "address and enclosures: at most %d lines of text of at most %d bytes",
			  LETTER_LINES_MAX, LETTER_LINE_BYTES);
}

static int check_ask(struct ctx *c, const struct letter_ask *ask)
{
	size_t i = 0;
	int rc;

	while (letter_kind(i) != NULL && !str_is(ask->kind, letter_kind(i)))
		i++;
	if (letter_kind(i) == NULL)
		return err_set(c, ERR_INVALID,
		    "a letter is an acknowledgement, question, refusal, cover, certification, "
		    "notice, withdrawal, claim, recall, misdelivery, redirect, protocol or "
		    "transfer");
	rc = check_lines(c, ask->to, ask->n_to);
	return rc == 0 ? check_lines(c, ask->enclosures, ask->n_enclosures) : rc;
}

/* A notice on paper is one that a person approved, and it goes where a mail may go: one gate for
 * both (desk/notice.h). */
static int check_notice(struct ctx *c, struct writing *w)
{
	struct notices all;
	int64_t number = w->ask->notice;
	int rc = notice_of_order(c, w->in, w->gate.order.id, &all);

	if (rc != 0)
		return rc;
	if (number == 0 && all.n > 1)
		return err_set(c, ERR_INVALID, "the order has %zu notices: say which one", all.n);
	number = number == 0 ? 1 : number;
	if (number < 1 || (size_t)number > all.n)
		return err_set(c, ERR_NOTFOUND,
		    "the order has no such notice: draft and approve it first (`writ notice`)");
	w->notice = all.v + (number - 1);
	if (!str_has_word(STR("approved sent objected"), w->notice->state))
		return err_set(c, ERR_DENIED, "the notice is %s: a person approves it first",
		    err_word(c, str_z(c, w->notice->state)));
	rc = notice_may_go(c, w->in, &w->gate, w->notice->target);
	return rc == 0 ? notice_words(c, w->in, w->notice, &w->said) : rc;
}

static int check_claim(struct ctx *c, const struct writing *w)
{
	struct str bar;
	int rc = claim_bar_find(c, w->in, w->gate.order.matter, &bar);

	return rc == 0 && (bar.n > 0 || gate_emergency(&w->gate))
		   ? err_set(c, ERR_DENIED,
			 "costs are not claimed in an emergency or a case about child abuse")
		   : rc;
}

static bool produced(const struct writing *w)
{
	for (size_t i = 0; i < w->gate.items.n; i++)
		if (w->gate.items.v[i].state == ITEM_PRODUCED)
			return true;
	return false;
}

static int check_state(struct ctx *c, struct writing *w)
{
	if (is_kind(w, "refusal") && w->codes.n == 0)
		return err_set(c, ERR_DENIED, "nothing of this order was refused");
	if ((is_kind(w, "cover") || is_kind(w, "certification")) && !produced(w))
		return err_set(c, ERR_DENIED, "nothing was produced on this order");
	if (is_kind(w, "withdrawal") && w->gate.order.state != ORDER_WITHDRAWN)
		return err_set(c, ERR_DENIED, "the authority did not withdraw this order");
	if (is_kind(w, "claim"))
		return check_claim(c, w);
	return is_kind(w, "notice") ? check_notice(c, w) : 0;
}

/* ---- what its blanks stand for ---- */

static int last_question(struct ctx *c, const struct db_val *row, void *arg)
{
	struct writing *w = arg;

	if (!str_is(row[1].s, "question") || row[4].kind != DB_BLOB)
		return 0;
	return vault_unseal(
	    c, w->in->store.vault, "message.text", row[4].s, &w->reply.values.question);
}

static int put_values(struct ctx *c, struct writing *w)
{
	struct reply_values *v = &w->reply.values;
	struct str lang = w->reply.language;
	int rc = 0;

	v->received = letter_day(c, lang, w->country, instant_day(w->gate.order.received));
	v->today = letter_day(c, lang, w->country, instant_day((struct instant){ctx_now(c)}));
	v->authority = letter_isolated(c, v->authority);
	v->officer = letter_isolated(c, v->officer);
	v->number = letter_isolated(c, v->number);
	if (is_kind(w, "refusal"))
		v->reason = letter_reason(c, w->in, &w->codes, lang);
	if (is_kind(w, "question") && right_has(w->actor, RIGHT_DEMAND_DETAIL))
		rc = db_each(c, w->in->store.db, SQL_MESSAGE_OF_ORDER,
		    DB_ARGS(db_int(w->gate.order.id)), last_question, w);
	if (rc == 0 && is_kind(w, "question") && v->question.n == 0)
		rc = err_set(c, ERR_DENIED, "no question was asked on this order");
	return rc;
}

/* ---- its parts ---- */

static struct json *lines_json(struct ctx *c, const struct str *lines, size_t n)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < n; i++)
		if (lines[i].n > 0)
			json_add(c, list, json_of_text(c, lines[i]));
	return list;
}

/* To the authority, or to the holder of the account, of whom no more is known here than what the
 * authority wrote. */
static struct json *to_json(struct ctx *c, const struct writing *w)
{
	const struct json *a = json_find(w->reply.demand.draft, "authority");
	struct str lines[2] = {json_text(a, "name"), json_text(a, "officer")};

	if (w->ask->n_to > 0)
		return lines_json(c, w->ask->to, w->ask->n_to);
	if (is_kind(w, "misdelivery"))
		return lines_json(c, &w->facts.to, 1);
	if (!is_kind(w, "notice"))
		return lines_json(c, lines, 2);
	return lines_json(c, &w->said.to, 1);
}

static void add_info(struct ctx *c, const struct writing *w, struct json *list,
    enum letter_word word, struct str text)
{
	struct json *j = json_map(c);

	if (text.n == 0)
		return;
	json_set_text(c, j, "label", str_of(letter_word(w->reply.language, word)));
	json_set_text(c, j, "text", text);
	json_add(c, list, j);
}

static void put_head(struct ctx *c, struct writing *w)
{
	const struct letter_conf *conf = &w->in->letter;
	struct json *from = json_list(c), *info = json_list(c);

	json_set_text(c, w->j, "kind", w->ask->kind);
	json_set_text(c, w->j, "language", w->reply.language);
	json_set_text(
	    c, w->j, "paper", conf->paper.n > 0 ? conf->paper : str_of(letter_paper(w->country)));
	json_set_text(c, w->j, "day", day_str(c, instant_day((struct instant){ctx_now(c)})));
	json_add(c, from, json_of_text(c, w->in->provider));
	for (size_t i = 0; i < conf->n_head; i++)
		json_add(c, from, json_of_text(c, conf->head[i]));
	json_set(c, w->j, "from", from);
	json_set(c, w->j, "to", to_json(c, w));
	if (!is_kind(w, "notice") && !is_kind(w, "misdelivery"))
		add_info(c, w, info, LETTER_YOURS,
		    json_text(json_find(w->reply.demand.draft, "authority"), "number"));
	add_info(c, w, info, LETTER_OURS,
	    is_kind(w, "misdelivery") ? w->facts.ref : w->reply.matter.ref);
	add_info(c, w, info, LETTER_DATE, w->reply.values.today);
	json_set(c, w->j, "info", info);
}

static void add_text(struct ctx *c, struct str text, struct json *body)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "text", text);
	json_add(c, body, j);
}

/* A blank that has nothing to stand for leaves no blank at the end. */
static int fill(struct ctx *c, const struct writing *w, struct str text, struct str *ret)
{
	int rc = reply_fill(c, text, &w->reply.values, ret);

	*ret = rc == 0 ? str_trim(*ret) : *ret;
	return rc;
}

static int add_filled(struct ctx *c, const struct writing *w, struct str text, struct json *body)
{
	struct str rest, one;
	int rc = fill(c, w, text, &rest);

	while (rc == 0 && reply_paragraph(&rest, &one))
		add_text(c, one, body);
	return rc;
}

/* As it was approved; the last paragraph is the end. */
static int put_notice(struct ctx *c, struct writing *w)
{
	struct json *body = json_list(c), *enclosures;
	struct str rest = w->said.text, one, end = STR("");
	struct notice_copy copy;
	bool has = false;
	int rc;

	while (reply_paragraph(&rest, &one)) {
		if (end.n > 0)
			add_text(c, end, body);
		end = str_trim(one);
	}
	enclosures = lines_json(c, w->ask->enclosures, w->ask->n_enclosures);
	rc = notice_copy_find(c, w->in, w->notice->id, &copy, &has);
	if (rc == 0 && has)
		json_add(c, enclosures,
		    json_of_text(c, str_is(w->reply.language, "de") ? STR("Kopie des Ersuchens")
								    : STR("Copy of the order")));
	json_set_text(c, w->j, "subject", w->said.subject);
	json_set(c, w->j, "body", body);
	json_set_text(c, w->j, "end", end);
	json_set(c, w->j, "enclosures", enclosures);
	return rc;
}

static int put_body(struct ctx *c, struct writing *w)
{
	struct json *body = json_list(c);
	struct str rest = w->reply.text, one, next, subject, end;
	bool more = reply_paragraph(&rest, &one);
	int rc = fill(c, w, one, &subject);

	more = more && reply_paragraph(&rest, &one);
	if (rc == 0 && !more)
		return err_set(c, ERR_INVALID,
		    "the letter's template has no subject and text: paragraphs are divided by "
		    "empty lines");
	while (rc == 0 && reply_paragraph(&rest, &next)) {
		if (str_is(str_trim(one), "{law}")) {
			struct json *law =
			    is_kind(w, "recall")
				? letter_law_fallen(c, w->in, &w->gate, w->reply.language)
				: letter_law(c, w->in, &w->gate, &w->codes, w->reply.language);

			for (size_t i = 0; i < law->n; i++)
				json_add(c, body, (struct json *)law->at[i]);
		} else if (str_is(str_trim(one), "{facts}")) {
			for (size_t i = 0; i < w->facts.list->n; i++)
				json_add(c, body, w->facts.list->at[i]);
		} else {
			rc = add_filled(c, w, one, body);
		}
		one = next;
	}
	if (rc == 0)
		rc = fill(c, w, one, &end);
	if (rc != 0)
		return rc;
	json_set_text(c, w->j, "subject", subject);
	json_set(c, w->j, "body", body);
	json_set_text(c, w->j, "end", end);
	json_set(c, w->j, "enclosures", lines_json(c, w->ask->enclosures, w->ask->n_enclosures));
	return 0;
}

/* Where a user lives nobody asks: a notice looks as letters of the house's first seat do. */
static struct str seat_of(struct ctx *c, const struct instance *in)
{
	const struct profile *p = instance_profile(in, instant_day((struct instant){ctx_now(c)}));
	struct str first = STR(""), rest;

	if (p != NULL)
		(void)str_cut(p->establishments, ' ', &first, &rest);
	return first;
}

int letter_parts(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct letter_ask *ask, struct json **ret)
{
	struct writing w = {.in = in, .actor = actor, .ask = ask, .j = json_map(c)};
	int rc = check_ask(c, ask);

	if (rc == 0)
		rc = reply_order(c, in, actor, order, ask->kind, ask->language, &w.reply);
	if (rc == 0 && ask->language.n > 0 && !str_is(ask->kind, "notice") &&
	    !str_eq(ask->language, w.reply.language))
		rc = err_set(c, ERR_NOTFOUND, "there is no such letter in this language");
	if (rc == 0 && w.reply.demand.draft == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the demand's text was erased");
	if (rc == 0)
		rc = gate_load(c, in, order->id, &w.gate);
	if (rc == 0)
		rc = letter_codes(c, in, &w.gate, &w.codes);
	if (rc == 0)
		rc = check_state(c, &w);
	if (rc == 0 && w.notice != NULL)
		w.reply.language = w.said.language;
	w.country = w.notice != NULL ? seat_of(c, in) : w.reply.demand.country;
	if (rc == 0)
		rc = letter_facts(c, in, actor, &w.gate, ask, w.reply.language, &w.facts);
	if (rc == 0)
		rc = put_values(c, &w);
	if (rc != 0)
		return rc;
	put_head(c, &w);
	rc = w.notice != NULL ? put_notice(c, &w) : put_body(c, &w);
	*ret = w.j;
	return rc;
}
