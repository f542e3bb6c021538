#include "cli/cmd.h"

#include "cli/pick.h"
#include "desk/call_back.h"
#include "desk/extension.h"
#include "desk/order.h"
#include "desk/redirect.h"
#include "desk/review.h"
#include "out/view.h"

static void say_order(struct cli *cli, const struct pick *p)
{
	struct json *j;
	struct str state;

	if (view_order_state(cli->c, cli->in, &p->matter, p->order.seq, &j) != 0) {
		err_clear(cli->c);
		return; /* the step itself is done; only this line is missing */
	}
	if (cli->json) {
		cli_put(cli, j);
		return;
	}
	state = json_text(j, "order_state");
	(void)printf("Case %.*s, order %lld: %.*s\n", STR_ARG(p->matter.ref),
	    (long long)p->order.seq, STR_ARG(state));
	if (str_is(state, matter_order_word(ORDER_APPROVED)))
		(void)printf("Next, a collector: writ produce %.*s --file ITEM=PATH... --out DIR\n",
		    STR_ARG(p->matter.ref));
}

static int done(struct cli *cli, int rc, const struct pick *p)
{
	if (rc == 0)
		say_order(cli, p);
	return rc;
}

/* ---- facts and findings ---- */

static int fact(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 1, 8, "order fact CASE NAME=VALUE... [--order N]", &p);

	for (size_t i = 0; i < p.n_pos && rc == 0; i++) {
		struct str name, value;

		if (!str_cut(p.pos[i], '=', &name, &value))
			return err_set(
			    cli->c, ERR_INVALID, "a fact is NAME=VALUE; NAME= takes it away");
		rc = order_fact(cli->c, cli->in, &cli->actor, &p.order, name, value);
	}
	return done(cli, rc, &p);
}

static int note(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "order note CASE --reason NOTE [--order N]", &p);

	if (rc == 0)
		rc = order_note(cli->c, cli->in, &cli->actor, &p.order, p.reason);
	return done(cli, rc, &p);
}

static int judge(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "order judge CASE [--order N]", &p);

	if (rc == 0)
		rc = order_judge(cli->c, cli->in, &cli->actor, &p.order);
	return done(cli, rc, &p);
}

static int answer(struct cli *cli)
{
	struct pick p;
	int64_t number;
	int rc = pick_parse(cli, NULL, 0, 2, 2,
	    "order answer CASE FINDING accept|allow|deny --reason TEXT [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "FINDING", &number);
	if (rc == 0)
		rc = review_answer(
		    cli->c, cli->in, &cli->actor, &p.order, number, p.pos[1], p.reason);
	return done(cli, rc, &p);
}

static int examine(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(
	    cli, NULL, 0, 1, 1, "order examine CASE pass|fail --reason TEXT [--order N]", &p);

	if (rc == 0 && !str_is(p.pos[0], "pass") && !str_is(p.pos[0], "fail"))
		rc = err_set(cli->c, ERR_INVALID, "an examination is pass or fail");
	if (rc == 0)
		rc = review_basis(
		    cli->c, cli->in, &cli->actor, &p.order, str_is(p.pos[0], "pass"), p.reason);
	return done(cli, rc, &p);
}

/* ---- items ---- */

/* --item takes one number; several items of one order are decided by repeating it, all or none.
 * There is no way to decide over several orders at once: every demand is examined singly (P3). */
struct for_items {
	struct cli *cli;
	const struct cli_opt *items;
	const struct pick *p;
	int (*fn)(struct cli *cli, const struct pick *p, int64_t item, void *arg);
	void *arg;
};

static int each(struct ctx *c, void *arg)
{
	const struct for_items *f = arg;
	int rc = 0;

	for (size_t i = 0; i < f->items->n && rc == 0; i++) {
		int64_t number;

		rc = pick_number(f->cli, f->items->values[i], "--item", &number);
		if (rc == 0)
			rc = f->fn(f->cli, f->p, number, f->arg);
		if (rc != 0)
			rc = err_while(c, rc, "item %.*s", STR_ARG(f->items->values[i]));
	}
	return rc;
}

static int each_item(struct cli *cli, const struct cli_opt *items, const struct pick *p,
    int (*fn)(struct cli *cli, const struct pick *p, int64_t item, void *arg), void *arg)
{
	struct for_items f = {cli, items, p, fn, arg};

	if (items->n == 0)
		return err_set(cli->c, ERR_INVALID, "say which with --item N");
	return step_together(cli->c, &cli->in->store, each, &f);
}

static int decide_one(struct cli *cli, const struct pick *p, int64_t item, void *arg)
{
	return review_decide(cli->c, cli->in, &cli->actor, &p->order, item, arg);
}

static int decide(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--item", .many = true}, {.name = "--code"},
	    {.name = "--from"}, {.name = "--to"}, {.name = "--mask", .flag = true}};
	struct review_verdict v = {.to = ITEM_PRODUCE, .from = DAY_NONE, .to_day = DAY_NONE};
	struct pick p;
	int rc = pick_parse(cli, o, 5, 1, 1,
	    "item decide CASE produce|narrow|withhold --item N... --reason TEXT [--code CODE] "
	    "[--from DAY] "
	    "[--to DAY] [--mask] [--order N]",
	    &p);

	if (rc == 0)
		rc = review_word(cli->c, p.pos[0], &v.to);
	if (rc != 0)
		return rc;
	v.code = o[1].value;
	v.mask = o[4].given;
	v.reason = p.reason;
	if (o[2].given)
		rc = pick_day(cli, o[2].value, "--from", &v.from);
	if (rc == 0 && o[3].given)
		rc = pick_day(cli, o[3].value, "--to", &v.to_day);
	if (rc == 0)
		rc = each_item(cli, &o[0], &p, decide_one, &v);
	return done(cli, rc, &p);
}

static int second_one(struct cli *cli, const struct pick *p, int64_t item, void *arg)
{
	(void)arg;
	return review_second(cli->c, cli->in, &cli->actor, &p->order, item);
}

static int second(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--item", .many = true}};
	struct pick p;
	int rc = pick_parse(cli, o, 1, 0, 0, "item second CASE --item N... [--order N]", &p);

	if (rc == 0)
		rc = each_item(cli, &o[0], &p, second_one, NULL);
	return done(cli, rc, &p);
}

static int withdraw_one(struct cli *cli, const struct pick *p, int64_t item, void *arg)
{
	(void)arg;
	return order_withdraw_item(cli->c, cli->in, &cli->actor, &p->order, item);
}

static int withdraw_item(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--item", .many = true}};
	struct pick p;
	int rc = pick_parse(cli, o, 1, 0, 0, "item withdraw CASE --item N... [--order N]", &p);

	if (rc == 0)
		rc = each_item(cli, &o[0], &p, withdraw_one, NULL);
	return done(cli, rc, &p);
}

static int correct(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--item"}, {.name = "--kind"}, {.name = "--value"}};
	struct pick p;
	int64_t item;
	int rc = pick_parse(
	    cli, o, 3, 0, 0, "item correct CASE --item N --kind KIND --value TEXT [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, o[0].value, "--item", &item);
	if (rc == 0)
		rc = order_correct(
		    cli->c, cli->in, &cli->actor, &p.order, item, o[1].value, o[2].value);
	return done(cli, rc, &p);
}

/* ---- questions and endings ---- */

static int returned(struct cli *cli)
{
	struct pick p;
	int rc =
	    pick_parse(cli, NULL, 0, 0, 0, "order return CASE --reason QUESTION [--order N]", &p);

	if (rc == 0)
		rc = order_return(cli->c, cli->in, &cli->actor, &p.order, p.reason);
	return done(cli, rc, &p);
}

static int replied(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "order reply CASE --reason ANSWER [--order N]", &p);

	if (rc == 0)
		rc = order_answer(cli->c, cli->in, &cli->actor, &p.order, p.reason);
	return done(cli, rc, &p);
}

static int reject(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--code"}};
	struct pick p;
	int rc = pick_parse(
	    cli, o, 1, 0, 0, "order reject CASE --code CODE --reason TEXT [--order N]", &p);

	if (rc == 0)
		rc = review_reject(cli->c, cli->in, &cli->actor, &p.order, o[0].value, p.reason);
	return done(cli, rc, &p);
}

static int annex3(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--code"}};
	struct pick p;
	int rc = pick_parse(
	    cli, o, 1, 0, 0, "order annex3 CASE --code CODE --reason TEXT [--order N]", &p);

	if (rc == 0)
		rc = review_annex3(cli->c, cli->in, &cli->actor, &p.order, o[0].value, p.reason);
	return done(cli, rc, &p);
}

static int withdraw(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--because"}};
	struct pick p;
	int rc = pick_parse(cli, o, 1, 0, 0, "order withdraw CASE --because WORD [--order N]", &p);

	if (rc == 0)
		rc = order_withdraw(cli->c, cli->in, &cli->actor, &p.order, o[0].value);
	return done(cli, rc, &p);
}

#define REDIRECT                                                                                   \
	"CASE --name NAME (--address TEXT | --address-file FILE) --reason TEXT [--despite-bar] "   \
	"[--order N]"

static int redirect(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--name"}, {.name = "--address"}, {.name = "--address-file"},
	    {.name = "--despite-bar", .flag = true}};
	struct redirect_contact k;
	struct pick p;
	int rc = pick_parse(cli, o, 4, 0, 0, "order redirect " REDIRECT, &p);

	if (rc == 0)
		rc = pick_text(cli, &o[1], &o[2], &k.address);
	k.name = o[0].value;
	if (rc == 0)
		rc = redirect_order(
		    cli->c, cli->in, &cli->actor, &p.order, &k, o[3].given, p.reason);
	return done(cli, rc, &p);
}

static int lapse(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--code"}};
	struct pick p;
	int rc = pick_parse(
	    cli, o, 1, 0, 0, "order lapse CASE --code not_confirmed|expired [--order N]", &p);

	if (rc == 0)
		rc = order_lapse(cli->c, cli->in, &cli->actor, &p.order, o[0].value);
	return done(cli, rc, &p);
}

static int call_back(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--source"}, {.name = "--result"}, {.name = "--at"}};
	struct call_back call = {.result = STR("confirmed"), .when = INSTANT_NONE};
	struct pick p;
	int rc = pick_parse(cli, o, 3, 0, 0,
	    "order call-back CASE --source TEXT --reason TEXT [--result "
	    "confirmed|unreached|denied] "
	    "[--at INSTANT] [--order N]",
	    &p);

	if (rc == 0 && o[1].given)
		call.result = o[1].value;
	if (rc == 0 && o[2].given)
		rc = instant_parse(cli->c, o[2].value, &call.when);
	call.source = o[0].value;
	call.said = p.reason;
	if (rc == 0)
		rc = call_back_record(cli->c, cli->in, &cli->actor, &p.order, &call);
	return done(cli, rc, &p);
}

static int ask_time(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--until"}};
	struct pick p;
	struct day until;
	int rc = pick_parse(
	    cli, o, 1, 0, 0, "order ask-time CASE --until DAY --reason TEXT [--order N]", &p);

	if (rc == 0)
		rc = pick_day(cli, o[0].value, "--until", &until);
	if (rc == 0)
		rc = extension_ask(cli->c, cli->in, &cli->actor, &p.order, until, p.reason);
	return done(cli, rc, &p);
}

static int answer_time(struct cli *cli)
{
	struct pick p;
	int64_t number;
	int rc = pick_parse(
	    cli, NULL, 0, 2, 2, "order answer-time CASE NUMBER grant|refuse [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0 && !str_is(p.pos[1], "grant") && !str_is(p.pos[1], "refuse"))
		rc = err_set(cli->c, ERR_INVALID, "time is granted or refused: grant or refuse");
	if (rc == 0)
		rc = extension_answer(
		    cli->c, cli->in, &cli->actor, &p.order, number, str_is(p.pos[1], "grant"));
	return done(cli, rc, &p);
}

enum { WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_order_table[] = {
    {"order", "fact", "CASE NAME=VALUE... [--order N]", "enter facts; the order is judged again",
	WRITE, fact},
    {"order", "note", "CASE --reason NOTE [--order N]", "write a note beside an order", WRITE,
	note},
    {"order", "judge", "CASE [--order N]", "judge again from the facts as they are", WRITE, judge},
    {"order", "answer", "CASE FINDING accept|allow|deny --reason TEXT [--order N]",
	"answer a finding", WRITE, answer},
    {"order", "examine", "CASE pass|fail --reason TEXT [--order N]",
	"record a person's examination of the basis", WRITE, examine},
    {"order", "return", "CASE --reason QUESTION [--order N]", "ask the authority; the clock pauses",
	WRITE, returned},
    {"order", "reply", "CASE --reason ANSWER [--order N]", "record the authority's answer", WRITE,
	replied},
    {"order", "reject", "CASE --code CODE --reason TEXT [--order N]", "refuse the order", WRITE,
	reject},
    {"order", "annex3", "CASE --code CODE --reason TEXT [--order N]",
	"answer an EPOC by Annex III; data stay preserved", WRITE, annex3},
    {"order", "withdraw", "CASE --because WORD [--order N]", "the authority took it back", WRITE,
	withdraw},
    {"order", "redirect", REDIRECT, "sent on to the enterprise customer", WRITE, redirect},
    {"order", "lapse", "CASE --code not_confirmed|expired [--order N]",
	"never confirmed, or out of time", WRITE, lapse},
    {"order", "call-back",
	"CASE --source TEXT --reason TEXT [--result confirmed|unreached|denied] [--at INSTANT] "
	"[--order N]",
	"the authority was called back, at a number found independently", WRITE, call_back},
    {"order", "ask-time", "CASE --until DAY --reason TEXT [--order N]",
	"ask the authority for more time", WRITE, ask_time},
    {"order", "answer-time", "CASE NUMBER grant|refuse [--order N]",
	"answer what the other side asked", WRITE, answer_time},
    {"item", "decide",
	"CASE produce|narrow|withhold --item N... --reason TEXT [--code CODE] [--from DAY] [--to "
	"DAY] [--mask] [--order N]",
	"decide items of one order", WRITE, decide},
    {"item", "second", "CASE --item N... [--order N]", "the second person approves", WRITE, second},
    {"item", "withdraw", "CASE --item N... [--order N]", "the authority took back an item", WRITE,
	withdraw_item},
    {"item", "correct", "CASE --item N --kind KIND --value TEXT [--order N]",
	"a corrected identifier; examined again", WRITE, correct},
    {0}};
