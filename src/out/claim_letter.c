/* claim_letter: the letter with which a claim goes out (declared in claim_paper.h). */
#include "out/claim_paper.h"

#include "out/typeset.h"

struct letter {
	struct ctx *c;
	struct instance *in;
	const struct claim *k;
	const struct fee_table *table;
	struct claim_buyer to;
	bool german;
	struct buf b;
};

static void word(struct letter *l, struct str s)
{
	buf_putc(&l->b, '\t');
	for (size_t i = 0; i < s.n; i++)
		buf_putc(&l->b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

static void text(struct letter *l, const char *what, struct str s)
{
	buf_puts(&l->b, what);
	word(l, s);
	buf_putc(&l->b, '\n');
}

static struct str say(const struct letter *l, const char *en, const char *de)
{
	return str_of(l->german ? de : en);
}

/* "95.00 EUR", in German "95,00 EUR". */
static struct str amount(const struct letter *l, int64_t minor)
{
	struct money m = {minor, ""};
	struct str s;
	struct buf b = buf_init(l->c, 64);

	memcpy(m.currency, l->k->currency, sizeof m.currency);
	s = money_str(l->c, m);
	for (size_t i = 0; i < s.n; i++)
		buf_putc(&b, l->german && s.p[i] == '.' ? ',' : s.p[i]);
	return buf_str(&b);
}

/* 2026-12-15, in German 15.12.2026. */
static struct str day(const struct letter *l, struct day d)
{
	int y, m, n;

	if (!l->german)
		return day_str(l->c, d);
	day_split(d, &y, &m, &n);
	return str_fmt(l->c, "%02d.%02d.%04d", n, m, y);
}

static const struct fee_row *row_of(const struct letter *l, struct str nr)
{
	const struct fee_row *row = fee_row(l->table, nr);
	const struct fee_table *law = fee_find(l->in->fees, l->table->under);

	return row == NULL && law != NULL ? fee_row(law, nr) : row;
}

static void put_lines(struct letter *l, const struct claim_lines *lines)
{
	buf_puts(&l->b, "table");
	word(l, say(l, "What is claimed", "Geltend gemacht wird"));
	word(l, STR("12"));
	word(l, STR("50"));
	word(l, STR("-12"));
	word(l, STR("-16"));
	buf_puts(&l->b, "\nhead");
	word(l, say(l, "No.", "Nr."));
	word(l, say(l, "For", "Tätigkeit"));
	word(l, say(l, "Quantity", "Menge"));
	word(l, say(l, "Amount", "Betrag"));
	buf_putc(&l->b, '\n');
	for (size_t i = 0; i < lines->n; i++) {
		const struct claim_line *x = &lines->v[i];
		const struct fee_row *row = row_of(l, x->fee);

		if (!str_is(x->state, "confirmed"))
			continue;
		buf_puts(&l->b, "row");
		word(l, x->fee);
		word(l, row == NULL ? STR("") : l->german ? row->de : row->en);
		word(l, str_fmt(l->c, "%lld", (long long)x->quantity));
		word(l, amount(l, x->sum.total));
		buf_putc(&l->b, '\n');
	}
	buf_puts(&l->b, "sum");
	word(l, STR(""));
	word(l, say(l, "Sum", "Summe"));
	word(l, STR(""));
	word(l, amount(l, l->k->total));
	buf_puts(&l->b, "\nend\n");
}

static void put_heads(struct letter *l, struct day today)
{
	const struct claim_seller *s = &l->in->costs.seller;

	text(l, "small",
	    str_fmt(l->c, "%.*s, %.*s, %.*s %.*s", STR_ARG(s->name), STR_ARG(s->street),
		STR_ARG(s->post_code), STR_ARG(s->city)));
	text(l, "p", l->to.name);
	text(l, "p", l->to.street);
	text(l, "p", str_fmt(l->c, "%.*s %.*s", STR_ARG(l->to.post_code), STR_ARG(l->to.city)));
	text(l, "small",
	    str_fmt(l->c, "%s %.*s    %s %.*s    %.*s", say(l, "Your number", "Ihr Zeichen").p,
		STR_ARG(l->to.reference), say(l, "Our number", "Unser Zeichen").p,
		STR_ARG(l->k->ref), STR_ARG(day(l, today))));
	text(l, "h1", say(l, "Claim for the cost of an answer", "Antrag auf Entschädigung"));
}

static void put_body(struct letter *l)
{
	const struct claim *k = l->k;

	text(l, "p",
	    l->german
		? str_fmt(l->c,
		      "Für die Beantwortung Ihres am %.*s eingegangenen Ersuchens (Maßnahme "
		      "beendet am %.*s) machen wir geltend:",
		      STR_ARG(day(l, instant_day(k->received))), STR_ARG(day(l, k->measure_end)))
		: str_fmt(l->c,
		      "For the answer to your demand received on %.*s (measure ended on %.*s) we "
		      "claim:",
		      STR_ARG(day(l, instant_day(k->received))), STR_ARG(day(l, k->measure_end))));
}

static void put_end(struct letter *l)
{
	const struct claim_conf *conf = &l->in->costs;
	const struct claim *k = l->k;

	if (k->asked < k->total)
		text(l, "p",
		    str_fmt(l->c, "%s %.*s.",
			say(l, "We claim no more than what the answer cost us:",
			    "Wir fordern nicht mehr, als die Auskunft uns gekostet hat:")
			    .p,
			STR_ARG(amount(l, k->asked))));
	if (k->central)
		text(l, "p",
		    say(l, "The amounts are those for a central contact point.",
			"Die Beträge sind die für eine zentrale Kontaktstelle ermäßigten."));
	text(l, "p",
	    str_fmt(l->c, "%s %.*s.", say(l, "By law:", "Rechtsgrundlage:").p,
		STR_ARG(l->table->src.cite)));
	text(l, "p",
	    l->german
		? str_fmt(l->c,
		      "Bitte überweisen Sie %.*s binnen %lld Tagen auf das Konto %.*s, "
		      "Verwendungszweck %.*s.",
		      STR_ARG(amount(l, k->asked)), (long long)conf->pay_within,
		      STR_ARG(conf->seller.iban), STR_ARG(k->ref))
		: str_fmt(l->c, "Please pay %.*s within %lld days to account %.*s, reference %.*s.",
		      STR_ARG(amount(l, k->asked)), (long long)conf->pay_within,
		      STR_ARG(conf->seller.iban), STR_ARG(k->ref)));
	text(l, "p",
	    str_fmt(l->c, "%.*s, %.*s, %.*s", STR_ARG(conf->seller.contact),
		STR_ARG(conf->seller.phone), STR_ARG(conf->seller.mail)));
}

int claim_letter_document(
    struct ctx *c, struct instance *in, const struct claim *k, bool german, struct str *ret)
{
	struct letter l = {.c = c,
	    .in = in,
	    .k = k,
	    .table = fee_find(in->fees, k->fees),
	    .german = german,
	    .b = buf_init(c, CLAIM_PAPER_MAX)};
	struct day today =
	    day_is_none(k->sent) ? instant_day((struct instant){ctx_now(c)}) : k->sent;
	struct claim_lines lines;
	int rc = claim_ready(c, in, k);

	if (rc == 0 && !in->costs.has_seller)
		rc = err_set(c, ERR_DENIED, "writ.yaml does not say who claims (costs: seller)");
	if (rc == 0 && l.table == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the table of the claim is not there any more");
	if (rc == 0)
		rc = claim_buyer_read(c, k, &l.to);
	if (rc == 0)
		rc = claim_lines(c, in, k, &lines);
	if (rc != 0)
		return rc;
	buf_puts(&l.b, "writ/doc/1\n");
	text(&l, "lang", say(&l, "en", "de"));
	text(&l, "title",
	    str_fmt(c, "%s %.*s", say(&l, "Claim", "Kostenforderung").p, STR_ARG(k->ref)));
	text(&l, "created", day_str(c, today));
	text(&l, "footer", in->costs.seller.name);
	put_heads(&l, today);
	put_body(&l);
	put_lines(&l, &lines);
	put_end(&l);
	return buf_end(&l.b, "the letter's text", ret);
}

int claim_letter(
    struct ctx *c, struct instance *in, const struct claim *k, bool german, struct str *ret)
{
	struct str text;
	int status = 0, rc = claim_letter_document(c, in, k, german, &text);

	if (rc == 0)
		rc = typeset(
		    c, text, (size_t)CLAIM_PAPER_MAX * 16, ERR_TEXT("the PDF"), ret, &status);
	if (rc == 0 && ret->n == 0)
		rc = err_set(c, ERR_FAIL, "the PDF could not be set (status %d)", status);
	return rc;
}
