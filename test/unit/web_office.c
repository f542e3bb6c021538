/* The officers' portal in pages: registering tells nothing, the guided form loses nothing, a demand
 * is seen by its own side alone, and nothing that is typed breaks out of its place. */
#include "desk_pages.h"
#include "officer_story.h"

#include "desk/intake.h"
#include "desk/order.h"
#include "desk/sketch.h"
#include "desk/review.h"

#define HOSTILE "%22%3E%3C%2Fscript%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E"

static int promise_one(struct ctx *c, const struct db_val *row, void *arg)
{
	struct story *st = arg;

	assert_ok(c, db_run(c, st->in->store.db, SQL_PROMISE_PUT,
			 DB_ARGS(db_int(row[0].num), db_text(STR("a signed note"))), NULL));
	return 0;
}

/* As the process of role work does, which has the signer. */
static void promise(struct story *st)
{
	assert_ok(st->c,
	    db_each(st->c, st->in->store.db, SQL_RECEIPT_WAITING, DB_NO_ARGS, promise_one, st));
}

static struct asked post_open(struct story *st, struct str path, const char *fields)
{
	return ask_by(st, NULL, "POST", path, str_of(fields), ANSWER_EN);
}

static struct str registration(struct story *st, const char *address)
{
	return str_fmt(st->c,
	    "address=%s&name=Pat+Doe&phone=%%2B1+555+0100&rank=&authority=Police&country=US&"
	    "language="
	    "en&recipient=",
	    address);
}

static void assert_same(struct asked a, struct asked b)
{
	assert_int_equal(a.status, b.status);
	assert_str(a.body, b.body.p);
	assert_str(a.location, b.location.p);
}

/* ---- who is known is told by no answer ---- */

static void registering_tells_nothing(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"),
		   register_at = STR("/portal/register"), confirm_at = STR("/portal/confirm");
	struct asked fresh, known;

	(void)officer_active(st, "pat@police.example", agency);
	fresh = post_open(st, register_at, registration(st, "new@police.example").p);
	known = post_open(st, register_at, registration(st, "pat@police.example").p);
	assert_int_equal(fresh.status, 303);
	assert_str(fresh.location, "/portal/confirm?done=office_register_do");
	assert_same(fresh, known);
	/* a wrong code, for an address that waits, one that is an officer's, and one never heard
	 * of: only what was typed differs, and here that has the same length */
	fresh = post_open(st, confirm_at, "address=new%40police.example&code=AAAAAAAA");
	known = post_open(st, confirm_at, "address=pat%40police.example&code=AAAAAAAA");
	assert_int_equal(fresh.status, 403);
	assert_int_equal(known.status, 403);
	assert_int_equal(fresh.body.n, known.body.n);
	known = post_open(st, confirm_at, "address=who%40police.example&code=AAAAAAAA");
	assert_int_equal(known.status, 403);
	assert_int_equal(fresh.body.n, known.body.n);
	assert_on(known, "the code does not fit the address");
}

static void registering(void **state)
{
	struct story *st = *state;
	struct asked p = post_open(st, STR("/portal/register"), "address=&name=" HOSTILE);

	assert_int_equal(p.status, 400);
	assert_on(p, "Please fill in: Official e-mail address.");
	assert_on(p, "aria-invalid=\"true\"");
	assert_on(p, "&lt;script&gt;alert(1)");
	assert_not_on(p, "<script>alert");
	p = ask_by(st, NULL, "POST", STR("/portal/register"),
	    STR("address=nothing&name=a&phone=1&authority=b&country=DE"), ANSWER_DE);
	assert_int_equal(p.status, 400);
	assert_on(p, "eine E-Mail-Adresse hat ein @");
	p = post_open(st, STR("/portal/register"), registration(st, "new@police.example").p);
	assert_int_equal(p.status, 303);
	p = post_open(st, STR("/portal/confirm"),
	    str_fmt(st->c, "address=new%%40police.example&code=%s",
		str_z(st->c, officer_code(st, "new@police.example")))
		.p);
	assert_int_equal(p.status, 303);
	assert_str(p.location, "/portal/confirmed");
	p = page_of(st, &st->intake, STR("/desk/officers"));
	assert_on(p, "Pat Doe");
	assert_on(p, "police.example");
	assert_int_equal(page_of(st, &st->admin, STR("/desk/officers")).status, 403);
}

/* ---- the guided form ---- */

static struct str begun(struct story *st, const struct person *who, const char *at)
{
	struct asked p =
	    who == NULL ? post_open(st, str_of(at), "") : post_by(st, who, str_of(at), "");
	struct str path = p.location;

	assert_int_equal(p.status, 303);
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	path.n--;
	return str_make(st->c, path);
}

static struct str step(struct story *st, struct str base, const char *name)
{
	return str_fmt(st->c, "%.*s/%s", STR_ARG(base), name);
}

static void step_through(struct story *st, const struct person *who, struct str base)
{
	struct asked p = post_by(st, who, step(st, base, "what"),
	    "kind=email&value=anna%40example.net&field=name&field=address&service=mail&go=next");

	assert_int_equal(p.status, 303);
	assert_str(p.location, step(st, base, "instrument").p);
	p = page_of(st, who, step(st, base, "instrument"));
	assert_int_equal(p.status, 200);
	assert_on(p, "value=\"US-SUBP-GJ\"");
	p = post_by(st, who, step(st, base, "instrument"), "instrument=US-SUBP-GJ");
	assert_int_equal(p.status, 303);
	p = post_by(st, who, step(st, base, "details"), "number=AZ+12%2F26&f0=judge&f2=yes");
	assert_int_equal(p.status, 303);
	assert_str(p.location, step(st, base, "send").p);
}

static struct str sent(struct story *st, const struct person *who, struct str base)
{
	struct asked p = post_by(st, who, step(st, base, "send"), "");
	struct str ref, tail;

	assert_int_equal(p.status, 303);
	assert_true(str_starts(p.location, "/portal/case/"));
	ref = (struct str){p.location.p + 13, p.location.n - 13};
	assert_true(str_cut(ref, '?', &ref, &tail));
	return str_make(st->c, ref);
}

static void an_officer_submits(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), base, ref;
	struct person pat = officer_active(st, "pat@police.example", agency),
		      kim = officer_active(st, "kim@police.example", agency);
	struct asked p = page_of(st, &pat, STR("/portal/cases"));

	assert_on(p, "No demands yet.");
	base = begun(st, &pat, "/portal/new");
	step_through(st, &pat, base);
	p = page_of(st, &pat, step(st, base, "send"));
	assert_on(p, "anna@example.net");
	assert_on(p, "AZ 12/26");
	ref = sent(st, &pat, base);
	p = page_of(st, &pat, str_fmt(st->c, "/portal/case/%s", ref.p));
	assert_int_equal(p.status, 200);
	assert_on(p, "being signed");
	assert_int_equal(
	    page_of(st, &pat, str_fmt(st->c, "/portal/case/%s/receipt", ref.p)).status, 404);
	promise(st);
	p = page_of(st, &pat, str_fmt(st->c, "/portal/case/%s/receipt", ref.p));
	assert_int_equal(p.status, 200);
	assert_not_on(p, "index");
	assert_on(page_of(st, &pat, STR("/portal/cases")), ref.p);
	/* what was sent is no form any more; a colleague who was not invited sees nothing */
	assert_int_equal(page_of(st, &pat, step(st, base, "what")).status, 404);
	assert_same(page_of(st, &kim, str_fmt(st->c, "/portal/case/%s", ref.p)),
	    page_of(st, &kim, STR("/portal/case/7K3M-9QXR-4DTWA")));
	assert_int_equal(page_of(st, &st->intake, STR("/portal/cases")).status, 403);
	/* shared, they do */
	p = post_by(st, &pat, str_fmt(st->c, "/portal/case/%s/share", ref.p), "shared=yes");
	assert_int_equal(p.status, 303);
	p = page_of(st, &kim, str_fmt(st->c, "/portal/case/%s", ref.p));
	assert_int_equal(p.status, 200);
	assert_on(p, "A colleague submitted it.");
	assert_not_on(p, "Withdraw the whole demand");
}

static int demand_count(struct ctx *c, struct str ref, void *arg)
{
	(void)c;
	(void)ref;
	++*(int *)arg;
	return 0;
}

/* The answer to the first time was lost, so it is sent again: one demand, and the way to it. */
static void sent_twice(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), base, ref;
	struct person pat = officer_active(st, "pat@police.example", agency),
		      kim = officer_active(st, "kim@police.example", agency);
	struct sketch stale;
	int n = 0;

	base = begun(st, &pat, "/portal/new");
	step_through(st, &pat, base);
	assert_ok(st->c,
	    sketch_find(st->c, st->in, &pat, (struct str){base.p + base.n - 32, 32}, &stale));
	assert_int_equal(sketch_demand(&stale).n, 0);
	ref = sent(st, &pat, base);
	assert_str(sent(st, &pat, base), ref.p);
	assert_ok(st->c, portal_each(st->c, st->in, &pat, 10, demand_count, &n));
	assert_int_equal(n, 1);
	/* who had read the form before it was sent makes no second demand of it */
	assert_err(st->c, sketch_sent(st->c, st->in, &stale, STR("7K3M-9QXR-4DTWA")), ERR_CONFLICT,
	    "meanwhile");
	/* nor does what they had ticked make it a form again */
	assert_ok(st->c, sketch_keep(st->c, st->in, &stale));
	assert_str(sent(st, &pat, base), ref.p);
	/* nobody else sends it, and it is no form any more */
	assert_int_equal(post_by(st, &kim, step(st, base, "send"), "").status, 404);
	assert_int_equal(page_of(st, &pat, step(st, base, "details")).status, 404);
	assert_int_equal(post_by(st, &pat, step(st, base, "details"), "number=1").status, 404);
	assert_not_on(page_of(st, &pat, STR("/portal/new")), "Begun and not sent");
}

/* What is entered stays, also what is wrong, also when somebody goes away and comes back. */
static void nothing_is_lost(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), base;
	struct person pat = officer_active(st, "pat@police.example", agency),
		      kim = officer_active(st, "kim@police.example", agency);
	struct asked p;

	base = begun(st, &pat, "/portal/new");
	p = post_by(st, &pat, step(st, base, "what"),
	    "kind=ipv4&value=300.1.1.1&field=body&service=mail&from=never" HOSTILE "&go=next");
	assert_int_equal(p.status, 400);
	assert_on(p, "an IPv4 address is four numbers");
	assert_on(p, "value=\"300.1.1.1\"");
	assert_not_on(p, "<script>alert");
	assert_on(p, "value=\"never&quot;");
	assert_on(p, "name=\"field\" value=\"body\" checked");
	p = page_of(st, &pat, step(st, base, "what"));
	assert_int_equal(p.status, 200);
	assert_on(p, "value=\"never&quot;");
	assert_on(p, "name=\"field\" value=\"body\" checked");
	assert_int_equal(page_of(st, &kim, step(st, base, "what")).status, 404);
	/* two identifiers, one taken out again */
	p = post_by(st, &pat, step(st, base, "what"), "kind=email&value=a%40example.net&go=add");
	assert_int_equal(p.status, 303);
	p = post_by(st, &pat, step(st, base, "what"), "kind=email&value=b%40example.net&go=add");
	assert_int_equal(p.status, 303);
	p = post_by(st, &pat, step(st, base, "what"), "drop=1");
	assert_int_equal(p.status, 303);
	p = page_of(st, &pat, step(st, base, "what"));
	assert_not_on(p, "a@example.net");
	assert_on(p, "b@example.net");
	/* the same again, at the same time, is the same one */
	p = post_by(st, &pat, step(st, base, "what"), "kind=email&value=b%40example.net&go=add");
	assert_int_equal(p.status, 303);
	assert_not_on(page_of(st, &pat, step(st, base, "what")), "value=\"2\"");
	p = post_by(st, &pat, step(st, base, "what"),
	    "kind=ipv4&value=192.0.2.1&at=2026-03-01+14:30&go=add");
	assert_int_equal(p.status, 303);
	p = post_by(st, &pat, step(st, base, "what"),
	    "kind=ipv4&value=192.0.2.1&at=2026-03-01+14:30&go=add");
	assert_int_equal(p.status, 303);
	p = page_of(st, &pat, step(st, base, "what"));
	assert_on(p, "value=\"2\"");
	assert_not_on(p, "value=\"3\"");
	/* a step that was passed over is told */
	assert_on(page_of(st, &pat, step(st, base, "instrument")), "First say which data you need");
	p = post_by(st, &pat, step(st, base, "send"), "");
	assert_int_equal(p.status, 400);
	assert_on(page_of(st, &pat, STR("/portal/new")), "Begun and not sent");
	p = post_by(st, &pat, step(st, base, "drop"), "");
	assert_int_equal(p.status, 303);
	assert_int_equal(page_of(st, &pat, step(st, base, "what")).status, 404);
}

static struct route_file file_of(
    struct story *st, const char *field, const char *name, const char *bytes)
{
	struct str at = str_fmt(st->c, "%s/%s", st->dir, "upload"), all = str_of(bytes);

	(void)remove(at.p);
	assert_ok(st->c, file_write_atomic(st->c, at.p, 0600, all));
	return (struct route_file){.field = str_of(field),
	    .name = str_of(name),
	    .path = at,
	    .size = (int64_t)all.n,
	    .hash = hash_of(all)};
}

static void lists_and_papers(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), base;
	struct person pat = officer_active(st, "pat@police.example", agency);
	struct str proof = STR("proof=proof-of-the-session&service=mail&field=name&go=list");
	struct route_file f = file_of(
	    st, "list", "list.csv", "kind,value\r\nemail,a@example.net\r\nemail,nothing\r\n");
	struct asked p;

	base = begun(st, &pat, "/portal/new");
	p = ask_with(st, &pat, "POST", step(st, base, "what"), proof, ANSWER_DE, &f, 1);
	assert_int_equal(p.status, 400);
	assert_on(p, "(Zeile:Spalte): 3:7: eine E-Mail-Adresse hat ein @");
	assert_not_on(p, "a@example.net");
	f = file_of(
	    st, "list", "list.csv", "email,a@example.net\nipv4,192.0.2.1,2026-03-01T14:30:00Z\n");
	p = ask_with(st, &pat, "POST", step(st, base, "what"), proof, ANSWER_EN, &f, 1);
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &pat, step(st, base, "what")), "192.0.2.1");
	step_through(st, &pat, base);
	f = file_of(st, "paper", "order.exe", "MZ");
	p = ask_with(st, &pat, "POST", step(st, base, "send"), proof, ANSWER_EN, &f, 1);
	assert_int_equal(p.status, 400);
	assert_on(p, "no PDF file");
	f = file_of(st, "paper", "order", "%PDF-1.7 the order");
	p = ask_with(st, &pat, "POST", step(st, base, "send"), proof, ANSWER_EN, &f, 1);
	assert_int_equal(p.status, 303);
}

/* ---- a refusal that is cured ---- */

static int note_blob(struct ctx *c, const struct db_val *row, void *arg)
{
	struct buf *b = arg;

	(void)c;
	buf_fmt(b, "%.*s ", STR_ARG(row[1].s));
	return 0;
}

/* The blobs of a demand's papers, a blank behind each. */
static struct str blobs_of(struct story *st, struct str demand)
{
	struct buf b = buf_init(st->c, 4096);
	const struct db_val *row;

	assert_ok(st->c,
	    db_one(st->c, st->in->store.db, SQL_DEMAND_BY_REF, DB_ARGS(db_text(demand)), &row));
	assert_ok(st->c, db_each(st->c, st->in->store.db, SQL_PAPER_OF_DEMAND,
			     DB_ARGS(db_int(row[0].num)), note_blob, &b));
	return buf_str(&b);
}

/* With a paper, shared, and refused for its breadth: its reference, and the case's. */
static struct str refused(struct story *st, const struct person *who, struct str *ret_case)
{
	struct route_file f = file_of(st, "paper", "order.pdf", "%PDF-1.7 the order");
	struct str base = begun(st, who, "/portal/new"), ref, tail;
	struct legal_order o;
	struct asked p;
	struct matter m;

	step_through(st, who, base);
	p = post_by(st, who, step(st, base, "details"),
	    "number=AZ+12%2F26&f0=judge&f2=yes&emergency=yes&statement=a+child+is+held&message=by+"
	    "Friday&shared=yes");
	assert_int_equal(p.status, 303);
	p = ask_with(st, who, "POST", step(st, base, "send"), STR("proof=proof-of-the-session"),
	    ANSWER_EN, &f, 1);
	assert_int_equal(p.status, 303);
	assert_true(str_cut((struct str){p.location.p + 13, p.location.n - 13}, '?', &ref, &tail));
	ref = str_make(st->c, ref);
	m = officer_opened(st, ref, &o);
	*ret_case = m.ref;
	p = post_by(st, who, STR("/portal/new"), str_fmt(st->c, "cures=%s", ref.p).p);
	assert_int_equal(p.status, 400);
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("over_broad"), STR("months?")));
	return ref;
}

static struct str cured(struct story *st, const struct person *who, struct str ref)
{
	struct asked p = post_by(st, who, STR("/portal/new"), str_fmt(st->c, "cures=%s", ref.p).p);

	assert_int_equal(p.status, 303);
	assert_true(str_ends(p.location, "/what"));
	return str_make(st->c, (struct str){p.location.p, p.location.n - 5});
}

static void a_refusal_is_cured(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), ref, base, of, again;
	struct person pat = officer_active(st, "pat@police.example", agency);
	struct asked p;

	ref = refused(st, &pat, &of);
	base = cured(st, &pat, ref);
	p = page_of(st, &pat, step(st, base, "what"));
	assert_on(p, "anna@example.net");
	assert_on(p, "name=\"field\" value=\"address\" checked");
	assert_on(p, ref.p);
	p = page_of(st, &pat, step(st, base, "details"));
	assert_on(p, "value=\"AZ 12/26\"");
	assert_on(p, "a child is held");
	p = page_of(st, &pat, step(st, base, "send"));
	assert_on(p, "by Friday");
	assert_on(p, "name=\"keep\" value=\"1\" checked");
	assert_on(p, "order.pdf");
	/* a number that is no paper's keeps nothing; what was ticked last stands after an error */
	p = post_by(st, &pat, step(st, base, "send"), "keep=one");
	assert_int_equal(p.status, 400);
	/* a server that runs has it */
	assert_ok(
	    st->c, file_mkdirs(st->c, instance_path(st->c, st->in, st->in->serve.spool).p, 0700));
	p = post_by(st, &pat, step(st, base, "send"), "keep=1");
	assert_int_equal(p.status, 303);
	assert_true(str_cut((struct str){p.location.p + 13, p.location.n - 13}, '?', &again, &ref));
	again = str_make(st->c, again);
	assert_int_equal(blobs_of(st, again).n, 65);
	assert_on(page_of(st, &st->intake, str_fmt(st->c, "/desk/demand/%s", again.p)), of.p);
	assert_on(
	    page_of(st, &st->intake, str_fmt(st->c, "/desk/demand/%s", again.p)), "order.pdf");
}

static void old_papers_are_left_out(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), ref, base, of, rest,
		   again;
	struct person pat = officer_active(st, "pat@police.example", agency);
	struct route_file f;
	struct asked p;

	ref = refused(st, &pat, &of);
	base = cured(st, &pat, ref);
	f = file_of(st, "paper", "order.exe", "MZ");
	p = ask_with(st, &pat, "POST", step(st, base, "send"), STR("proof=proof-of-the-session"),
	    ANSWER_EN, &f, 1);
	assert_int_equal(p.status, 400);
	assert_on(p, "name=\"keep\" value=\"1\"><span>");
	f = file_of(st, "paper", "new.pdf", "%PDF-1.7 the new order");
	p = ask_with(st, &pat, "POST", step(st, base, "send"),
	    STR("proof=proof-of-the-session&keep=7"), ANSWER_EN, &f, 1);
	assert_int_equal(p.status, 303);
	assert_true(
	    str_cut((struct str){p.location.p + 13, p.location.n - 13}, '?', &again, &rest));
	again = str_make(st->c, again);
	assert_int_equal(blobs_of(st, again).n, 65);
	/* a copy has a key of its own: the two are erased at different times */
	assert_false(str_eq(blobs_of(st, again), blobs_of(st, ref)));
	p = page_of(st, &st->intake, str_fmt(st->c, "/desk/demand/%s", again.p));
	assert_on(p, "new.pdf");
	assert_not_on(p, "order.pdf");
}

/* A colleague sees the items of a shared demand; its texts and papers stay with who wrote them. */
static void nothing_is_carried_to_others(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"),
		   other = officer_agency(st, "Sheriff", "sheriff.example"), ref, base, of;
	struct person pat = officer_active(st, "pat@police.example", agency),
		      kim = officer_active(st, "kim@police.example", agency),
		      lee = officer_active(st, "lee@sheriff.example", other);
	struct asked p;

	ref = refused(st, &pat, &of);
	base = cured(st, &kim, ref);
	p = page_of(st, &kim, step(st, base, "what"));
	assert_not_on(p, "anna@example.net");
	assert_not_on(page_of(st, &kim, step(st, base, "details")), "AZ 12/26");
	assert_not_on(page_of(st, &kim, step(st, base, "send")), "order.pdf");
	p = post_by(st, &lee, STR("/portal/new"), str_fmt(st->c, "cures=%s", ref.p).p);
	assert_same(p, post_by(st, &lee, STR("/portal/new"), "cures=7K3M-9QXR-4DTWA"));
	assert_int_equal(p.status, 404);
	assert_not_on(page_of(st, &lee, STR("/portal/new")), "Begun and not sent");
}

static void the_open_form(void **state)
{
	struct story *st = *state;
	struct str base = begun(st, NULL, "/portal/form");
	struct asked p = post_open(st, step(st, base, "who"),
	    "country=US&body=police&authority=P" HOSTILE
	    "&officer=Pat&mail=pat%40p.example&phone=%2B1");

	assert_int_equal(p.status, 303);
	p = post_open(st, step(st, base, "what"),
	    "kind=email&value=anna%40example.net&field=name&service=mail&go=next");
	assert_int_equal(p.status, 303);
	p = post_open(st, step(st, base, "instrument"), "other=US-WARRANT");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, NULL, step(st, base, "instrument")), "value=\"US-WARRANT\" checked");
	assert_not_on(
	    page_of(st, NULL, step(st, base, "instrument")), "value=\"US-WARRANT\" selected");
	p = post_open(st, step(st, base, "instrument"), "other=DE-BDA");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, NULL, step(st, base, "instrument")), "value=\"DE-BDA\" selected");
	p = post_open(st, step(st, base, "instrument"), "other=US-WARRANT");
	assert_int_equal(p.status, 303);
	p = post_open(st, step(st, base, "details"), "number=1&emergency=yes");
	assert_int_equal(p.status, 400);
	assert_on(p, "Please say what the emergency is");
	p = post_open(st, step(st, base, "details"), "number=1&emergency=yes&statement=a+child");
	assert_int_equal(p.status, 303);
	p = page_of(st, NULL, step(st, base, "send"));
	assert_on(p, "&lt;script&gt;");
	assert_not_on(p, "<script>alert");
	p = post_open(st, step(st, base, "send"), "");
	assert_int_equal(p.status, 303);
	assert_str(p.location, step(st, base, "receipt").p);
	assert_on(page_of(st, NULL, step(st, base, "receipt")), "being signed");
	/* pressed twice: one demand */
	assert_str(post_open(st, step(st, base, "send"), "").location, step(st, base, "receipt").p);
	promise(st);
	assert_int_equal(page_of(st, NULL, step(st, base, "promise")).status, 200);
	assert_int_equal(
	    page_of(st, NULL, STR("/portal/form/0123456789abcdef0123456789abcdef/who")).status,
	    404);
}

/* Who is compromised acts no more, and the case has its alert until it is confirmed anew. */
static void suspicion(struct story *st, const struct person *pat, struct str at, struct str ref)
{
	struct asked p;

	p = post_by(st, &st->intake,
	    str_fmt(st->c, "/desk/officers/%s/standing", officer_of(st, pat).ref.p),
	    "act=compromised&reason=a+stolen+mailbox");
	assert_int_equal(p.status, 303);
	assert_int_equal(page_of(st, pat, at).status, 403);
	assert_on(page_of(st, &st->intake, STR("/desk/alerts")), ref.p);
	p = post_by(st, &st->intake, str_fmt(st->c, "/desk/case/%s/confirm", ref.p),
	    "source=the+directory&reason=the+chief+confirms");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &st->intake, STR("/desk/alerts")), "No case has an alert.");
}

/* A question, its answer, time, a call-back, a withdrawal: each by its page, told to its own side.
 */
static void a_demand_goes_on(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example"), ref, at, desk;
	struct person pat = officer_active(st, "pat@police.example", agency);
	struct legal_order o;
	struct matter m;
	struct asked p;

	ref = officer_submits(st, &pat,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name','body'"},
	    false);
	m = officer_opened(st, ref, &o);
	at = str_fmt(st->c, "/portal/case/%s", ref.p);
	desk = str_fmt(st->c, "/desk/case/%s/order/1", m.ref.p);
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &o,
			     STR("Which zone? <script>alert(2)</script>")));
	p = page_of(st, &pat, at);
	assert_on(p, "a question for you");
	assert_on(p, "&lt;script&gt;alert(2)");
	assert_not_on(p, "<script>alert");
	p = post_by(st, &pat, str_fmt(st->c, "%s/order/1/answer", at.p), "at=o1-answer&text=");
	assert_int_equal(p.status, 400);
	p = post_by(st, &pat, str_fmt(st->c, "%s/order/1/answer", at.p), "text=UTC");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &pat, at), "You answered");
	p = post_by(st, &pat, str_fmt(st->c, "%s/order/1/time", at.p), "until=soon&text=holidays");
	assert_int_equal(p.status, 400);
	assert_on(p, "A day, such as 2026-03-01.");
	p = post_by(
	    st, &st->ann, str_fmt(st->c, "%s/time", desk.p), "until=2030-01-01&reason=staff");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &pat, at), "We ask for more time");
	p = post_by(
	    st, &pat, str_fmt(st->c, "%s/order/1/time-answer", at.p), "number=1&answer=grant");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &pat, at), "granted");
	p = post_by(st, &st->ann, str_fmt(st->c, "%s/call-back", desk.p),
	    "result=confirmed&source=&said=x");
	assert_int_equal(p.status, 400);
	p = post_by(st, &st->ann, str_fmt(st->c, "%s/call-back", desk.p),
	    "result=confirmed&source=the+directory&said=the+sergeant+knows+it");
	assert_int_equal(p.status, 303);
	assert_int_equal(post_by(st, &st->publisher, str_fmt(st->c, "%s/call-back", desk.p),
			     "result=confirmed&source=a&said=b")
			     .status,
	    403);
	/* nothing of the call reaches the officer's side */
	assert_not_on(page_of(st, &pat, at), "sergeant");
	p = post_by(st, &pat, str_fmt(st->c, "%s/order/1/withdraw-items", at.p), "item=2");
	assert_int_equal(p.status, 303);
	suspicion(st, &pat, at, m.ref);
}

/* Every page in both languages is whole: no text without its German, no error. */
static void pages_in_both_languages(void **state)
{
	static const char *const open[] = {
	    "/portal", "/portal/register", "/portal/confirm", "/portal/confirmed", "/portal/form"};
	static const char *const own[] = {"/portal/cases", "/portal/new", "/portal/me", "/portal"};
	static const char *const house[] = {"/desk/officers", "/desk/agencies", "/desk/alerts"};
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police", "police.example");
	struct person pat = officer_active(st, "pat@police.example", agency);

	for (int de = 0; de < 2; de++) {
		enum answer_lang lang = de ? ANSWER_DE : ANSWER_EN;

		for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
			assert_int_equal(
			    ask_by(st, NULL, "GET", str_of(open[i]), STR(""), lang).status, 200);
		for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
			assert_int_equal(
			    ask_by(st, &pat, "GET", str_of(own[i]), STR(""), lang).status, 200);
		for (size_t i = 0; i < sizeof house / sizeof house[0]; i++)
			assert_int_equal(
			    ask_by(st, &st->intake, "GET", str_of(house[i]), STR(""), lang).status,
			    200);
		assert_int_equal(
		    ask_by(st, &st->admin, "GET", STR("/desk/outgoing"), STR(""), lang).status,
		    200);
	}
}

static int setup(void **state)
{
	*state = story_open();
	return 0;
}

static int teardown(void **state)
{
	story_close(*state);
	return 0;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(registering_tells_nothing),
	    TEST(registering),
	    TEST(an_officer_submits),
	    TEST(sent_twice),
	    TEST(nothing_is_lost),
	    TEST(lists_and_papers),
	    TEST(a_refusal_is_cured),
	    TEST(old_papers_are_left_out),
	    TEST(nothing_is_carried_to_others),
	    TEST(the_open_form),
	    TEST(a_demand_goes_on),
	    TEST(pages_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
