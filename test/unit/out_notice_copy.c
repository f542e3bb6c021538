/*
 * The copy that goes with a notice: chosen for a draft, never while a bar holds, recorded by its
 * hash, attached to the mail as it was chosen, and gone with its case.
 */
#include "desk_story.h"

#include "desk/notice_act.h"
#include "desk/notice_copy.h"
#include "os/file.h"
#include "out/mail.h"
#include "store/blob.h"

static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
static const struct story_ask gagged = {.instrument = "US-WARRANT",
    .fields = "'name'",
    .facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
	     "'order.us_user_foreign':false,'order.us_2705b':true,'order.capability':false,"
	     "'order.emergency':false,'order.secrecy_until':'2026-12-31'"};

static const char black[] = "%PDF-1.7\nwhat the user may not see is blacked out\n";

static struct str file(struct story *st, const char *name, const char *text)
{
	struct str path = str_fmt(st->c, "%s/%s", st->dir, name);

	(void)unlink(path.p);
	assert_ok(st->c, file_write_atomic(st->c, path.p, 0600, str_of(text)));
	return path;
}

static int choose(struct story *st, const struct legal_order *o, int64_t paper, struct str path)
{
	return notice_copy_set(
	    st->c, st->in, &st->bob, o, 1, &(struct notice_copy_new){paper, path});
}

static void drafted(struct story *st, struct legal_order *o)
{
	int64_t n;

	(void)story_case(st, records, o);
	assert_ok(st->c, notice_act_draft(st->c, st->in, &st->ann, o, STR("en"), &n));
}

static void a_file_goes_with_the_mail(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str pdf, name, bytes;
	struct outgoing out;
	struct notice_copy copy;
	struct json *list;
	bool has;

	drafted(st, &o);
	pdf = file(st, "order.pdf", black);
	assert_err(st->c,
	    notice_copy_set(st->c, st->in, &st->intake, &o, 1, &(struct notice_copy_new){0, pdf}),
	    ERR_DENIED, "role");
	assert_err(st->c, choose(st, &o, 0, file(st, "x.pdf", "no PDF")), ERR_INVALID, "a PDF");
	assert_err(st->c, choose(st, &o, 0, STR("")), ERR_NOTFOUND, "no copy");
	assert_err(st->c, choose(st, &o, 1, pdf), ERR_INVALID, "a paper of the case, or");
	assert_err(st->c, choose(st, &o, 7, STR("")), ERR_NOTFOUND, "no paper");
	assert_ok(st->c, choose(st, &o, 0, pdf));
	(void)unlink(pdf.p); /* what was chosen is kept here */
	assert_ok(st->c, notice_list(st->c, st->in, o.id, false, &list));
	assert_str(json_text(json_find(list->at[0], "copy"), "kind"), "pdf");
	assert_int_equal(json_text(json_find(list->at[0], "copy"), "sha256").n, 64);
	assert_ok(st->c, notice_act_approve(st->c, st->in, &st->bob, &o, 1, STR(""), STR("")));
	assert_err(st->c, choose(st, &o, 0, STR("")), ERR_CONFLICT, "approved");
	assert_ok(st->c, notice_act_send(st->c, st->in, &st->bob, &o, 1, false));
	assert_ok(st->c, outgoing_take(st->c, st->in, &out));
	assert_non_null(strstr(out.text.p, "Attached: a copy of the order."));
	assert_ok(st->c, notice_copy_mail(st->c, st->in, out.ref, &name, &bytes));
	assert_str(name, "order.pdf");
	assert_true(str_is(bytes, black));
	assert_ok(st->c, notice_copy_find(st->c, st->in, 1, &copy, &has));
	assert_true(has);
	/* another mail has nothing attached */
	assert_ok(st->c, notice_copy_mail(st->c, st->in, STR("none"), &name, &bytes));
	assert_int_equal(bytes.n, 0);
}

static void a_mail_with_it_is_read_back(void **state)
{
	struct story *st = *state;
	struct mail m = {.from = STR("desk@mail.example"),
	    .from_name = STR("Example Mail"),
	    .to = STR("someone@example.net"),
	    .subject = STR("An authority asked"),
	    .text = STR("Attached.\n"),
	    .ref = STR("R1"),
	    .at = {1},
	    .file_name = STR("order.pdf"),
	    .file = str_of(black)};
	struct str text;

	assert_ok(st->c, mail_compose(st->c, &m, &text));
	assert_non_null(strstr(text.p, "multipart/mixed; boundary=\"=_R1\""));
	assert_non_null(strstr(text.p, "filename=\"order.pdf\""));
	assert_non_null(strstr(text.p, text_base64(st->c, black, 48).p));
	assert_non_null(strstr(text.p, "\r\n--=_R1--\r\n"));
	m.file_name = STR("a\"b.pdf");
	assert_err(st->c, mail_compose(st->c, &m, &text), ERR_INVALID, "attachment");
}

static void never_while_a_bar_holds(void **state)
{
	struct story *st = *state;
	struct legal_order o, later;
	struct str pdf, name, bytes, ref;

	drafted(st, &o);
	pdf = file(st, "order.pdf", black);
	assert_ok(st->c, choose(st, &o, 0, pdf));
	assert_ok(st->c, notice_act_approve(st->c, st->in, &st->bob, &o, 1, STR(""), STR("")));
	assert_ok(st->c, notice_act_send(st->c, st->in, &st->bob, &o, 1, false));
	ref = story_text(st, "SELECT letter FROM notice");
	/* a bar past every gate: the mail is asked about it in the moment of sending */
	story_sql(st, "DROP TRIGGER secrecy_begin");
	story_sql(st, "INSERT INTO secrecy (legal_order, bars, rule, since, rev, entry) "
		      "SELECT id, 'user', 'R', 1, 1, 1 FROM legal_order");
	assert_err(
	    st->c, notice_copy_mail(st->c, st->in, ref, &name, &bytes), ERR_DENIED, "a bar holds");
	assert_int_equal(story_num(st, "SELECT count(*) FROM outgoing"), 0);
	story_sql(st, "DROP TRIGGER secrecy_no_delete; DELETE FROM secrecy");
	(void)later;
}

static void not_of_a_barred_account(void **state)
{
	struct story *st = *state;
	struct legal_order o, later;

	drafted(st, &o);
	(void)story_case(st, gagged, &later);
	assert_err(
	    st->c, choose(st, &o, 0, file(st, "order.pdf", black)), ERR_DENIED, "a bar holds");
#define PUT                                                                                        \
	"INSERT INTO notice_copy (legal_order, notice, blob, kind, sha256, size, dropped, "        \
	"author, "                                                                                 \
	"at, day, rev, entry) SELECT legal_order, id, 'x', 'pdf', zeroblob(32), 1, 0, 1, %lld, "   \
	"%lld, 1, " STORY_ENTRY " FROM notice"
	story_refused(st,
	    str_fmt(st->c, PUT, (long long)STORY_NOW, (long long)(STORY_NOW / STORY_DAY)).p,
	    "while a bar holds");
	/* nor with another day in the place of today */
	story_refused(st,
	    str_fmt(st->c, PUT, (long long)STORY_NOW, (long long)(STORY_NOW / STORY_DAY + 400)).p,
	    "CHECK");
}

static void attacked(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	drafted(st, &o);
	assert_ok(st->c, choose(st, &o, 0, file(st, "order.pdf", black)));
	story_refused(st, "DELETE FROM notice_copy", "never deleted");
	assert_ok(st->c, notice_act_approve(st->c, st->in, &st->bob, &o, 1, STR(""), STR("")));
	story_refused(st, "UPDATE notice_copy SET dropped = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "while the notice is a draft");
	story_refused(st,
	    "UPDATE notice_copy SET sha256 = zeroblob(32), rev = rev + 1, entry = " STORY_ENTRY,
	    "while the notice is a draft");
	story_sql(st, "DROP TRIGGER notice_copy_no_delete; DELETE FROM notice_copy");
	story_refused(st,
	    str_fmt(st->c, PUT, (long long)STORY_NOW, (long long)(STORY_NOW / STORY_DAY)).p,
	    "while the notice is a draft");
}

int main(void)
{
	const struct CMUnitTest tests[] = {STORY_TEST(a_file_goes_with_the_mail),
	    STORY_TEST(a_mail_with_it_is_read_back), STORY_TEST(never_while_a_bar_holds),
	    STORY_TEST(not_of_a_barred_account), STORY_TEST(attacked)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
