#include "out/mail.h"

#include <time.h>

#include "desk/mailing.h"
#include "desk/notice_copy.h"
#include "kind/host.h"
#include "out/net.h"

enum { SECONDS = 60, WORD_BYTES = 39, LINE_MAX = 76 };

/* ---- the text ---- */

static bool plain_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] > '~')
			return false;
	return true;
}

static bool one_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 127)
			return false;
	return str_utf8_bad(s) == s.n;
}

static bool text_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\n' && s.p[i] != '\t') ||
		    s.p[i] == 127)
			return false;
	return str_utf8_bad(s) == s.n;
}

/* How much of s goes into one encoded word: whole characters. */
static size_t word_of(struct str s)
{
	size_t n = s.n < WORD_BYTES ? s.n : WORD_BYTES;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

/* RFC 2047: base64 in words of 75 characters at most, one a line. What is short and plain, and
 * could not be taken for such a word, stays as it is. */
static void put_words(struct ctx *c, struct buf *b, struct str s)
{
	bool as_is = plain_ascii(s) && s.n <= 60;

	for (size_t i = 0; i + 1 < s.n && as_is; i++)
		as_is = s.p[i] != '=' || s.p[i + 1] != '?';
	if (as_is) {
		buf_put(b, s);
		return;
	}
	while (s.n > 0) {
		struct str part = {s.p, word_of(s)};

		buf_fmt(b, "=?UTF-8?B?%s?=", text_base64(c, part.p, part.n).p);
		s = (struct str){s.p + part.n, s.n - part.n};
		if (s.n > 0)
			buf_puts(b, "\r\n ");
	}
}

/* A name before an address: words of letters and digits, else encoded. */
static void put_name(struct ctx *c, struct buf *b, struct str s)
{
	bool atoms = true;

	for (size_t i = 0; i < s.n; i++)
		atoms = atoms &&
			((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			    (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == ' ');
	if (atoms && s.n <= 60) {
		buf_put(b, s);
		return;
	}
	while (s.n > 0) {
		struct str part = {s.p, word_of(s)};

		buf_fmt(b, "=?UTF-8?B?%s?=%s", text_base64(c, part.p, part.n).p,
		    part.n < s.n ? "\r\n " : "");
		s = (struct str){s.p + part.n, s.n - part.n};
	}
}

static void put_date(struct buf *b, struct instant at)
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char *const months[] = {
	    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t t = (time_t)at.s;
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL)
		tm = (struct tm){.tm_mday = 1, .tm_year = 70};
	buf_fmt(b, "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
	    months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Quoted-printable (RFC 2045 6.7): goes through any server, and no line begins with a dot. */
static void put_text(struct buf *b, struct str s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		bool last = i + 1 == s.n || s.p[i + 1] == '\n';
		bool as_is = (ch > ' ' && ch <= '~' && ch != '=' && !(ch == '.' && column == 0)) ||
			     (ch == ' ' && !last);

		if (ch == '\n') {
			buf_puts(b, "\r\n");
			column = 0;
			continue;
		}
		if (column + (as_is ? 1 : 3) > LINE_MAX - 1) {
			buf_puts(b, "=\r\n");
			column = 0;
			as_is = as_is && ch != '.';
		}
		if (as_is)
			buf_putc(b, (char)ch);
		else
			buf_fmt(b, "=%02X", ch);
		column += as_is ? 1 : 3;
	}
	if (column > 0)
		buf_puts(b, "\r\n");
}

static bool file_name_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			(s.p[i] >= '0' && s.p[i] <= '9') || str_has(STR(".-_"), s.p[i])))
			return false;
	return s.n > 0 && s.n <= MAIL_NAME_MAX;
}

static int check(struct ctx *c, const struct mail *m)
{
	if (!net_conf_address(m->from) || !net_conf_address(m->to))
		return err_set(c, ERR_INVALID, "an address of a mail is none");
	if (!one_line(m->subject) || m->subject.n > MAIL_SUBJECT_MAX || !one_line(m->from_name) ||
	    !plain_ascii(m->ref) || m->ref.n == 0)
		return err_set(c, ERR_INVALID, "the subject of a mail is not one line");
	if (m->file.n > 0 &&
	    (!file_name_ok(m->file_name) || (m->beside.n > 0 && !file_name_ok(m->beside_name))))
		return err_set(c, ERR_INVALID, "the name of an attachment is none");
	return text_ok(m->text) ? 0 : err_set(c, ERR_INVALID, "the text of a mail is no text");
}

/* A part of the mail: base64 in lines of 76. */
static void put_file(struct ctx *c, struct buf *b, const char *boundary, const char *type,
    struct str name, struct str s)
{
	buf_fmt(b,
	    "\r\n--%s\r\nContent-Type: %s\r\nContent-Disposition: attachment; "
	    "filename=\"%.*s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
	    boundary, type, STR_ARG(name));
	s = text_base64(c, s.p, s.n);
	while (s.n > 0) {
		size_t n = s.n < LINE_MAX ? s.n : LINE_MAX;

		buf_put(b, (struct str){s.p, n});
		buf_puts(b, "\r\n");
		s = (struct str){s.p + n, s.n - n};
	}
}

static void put_parts(struct ctx *c, struct buf *b, const struct mail *m)
{
	/* no line of base64 or quoted-printable begins so */
	const char *boundary = str_fmt(c, "=_%.*s", STR_ARG(m->ref)).p;

	buf_fmt(b,
	    "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
	    boundary, boundary);
	put_text(b, m->text);
	put_file(c, b, boundary, "application/octet-stream", m->file_name, m->file);
	if (m->beside.n > 0)
		put_file(c, b, boundary, "application/json", m->beside_name, m->beside);
	buf_fmt(b, "\r\n--%s--\r\n", boundary);
}

int mail_compose(struct ctx *c, const struct mail *m, struct str *ret)
{
	struct buf b = buf_init(c, MAIL_MAX + (m->file.n + m->beside.n) / 57 * 78);
	struct str local, domain;
	int rc = check(c, m);

	if (rc != 0)
		return rc;
	(void)str_cut(m->from, '@', &local, &domain);
	put_date(&b, m->at);
	buf_puts(&b, "From: ");
	put_name(c, &b, m->from_name);
	buf_fmt(&b, "\r\n <%.*s>\r\nTo: <%.*s>\r\nSubject: ", STR_ARG(m->from), STR_ARG(m->to));
	put_words(c, &b, m->subject);
	buf_fmt(&b, "\r\nMessage-ID: <%.*s@%.*s>\r\n", STR_ARG(m->ref), STR_ARG(domain));
	buf_puts(&b, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
	if (m->file.n > 0) {
		put_parts(c, &b, m);
	} else {
		buf_puts(&b, "Content-Type: text/plain; charset=utf-8\r\n"
			     "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
		put_text(&b, m->text);
	}
	return buf_end(&b, "a mail", ret);
}

/* ---- sending ---- */

static struct json *head_of(
    struct ctx *c, const struct net_conf *conf, struct str to, struct str ca, struct str password)
{
	struct json *j = json_map(c);
	struct str local, domain;

	(void)str_cut(conf->mail_from, '@', &local, &domain);
	json_set_text(c, j, "kind", STR("mail"));
	json_set_text(c, j, "url", conf->smtp);
	json_set_text(c, j, "from", conf->mail_from);
	json_set_text(c, j, "to", to);
	json_set_text(c, j, "name", domain);
	json_set_int(c, j, "seconds", SECONDS);
	if (conf->smtp_user.n > 0) {
		json_set_text(c, j, "user", conf->smtp_user);
		json_set_text(c, j, "password", password);
	}
	if (ca.n > 0)
		json_set_text(c, j, "ca", ca);
	return j;
}

/* A sealed file: what stops a delivery is asked in the moment of sending. */
static int attach(struct ctx *c, struct instance *in, struct mail *m)
{
	struct mailing_file f;
	int rc = mailing_open(c, in, m->ref, &f);

	if (rc != 0)
		return rc;
	m->file_name = f.name;
	m->file = f.bytes;
	m->beside_name = STR("transfer.json");
	m->beside = f.manifest;
	return 0;
}

/* A copy of the demand: whether a bar has begun is asked in the moment of sending. */
static int attach_copy(struct ctx *c, struct instance *in, struct mail *m)
{
	return notice_copy_mail(c, in, m->ref, &m->file_name, &m->file);
}

static int send(struct ctx *c, struct instance *in, const struct outgoing *o, struct str ca,
    struct str password, bool *ret_taken)
{
	struct mail m = {.from = in->net.mail_from,
	    .from_name = in->provider,
	    .to = o->to,
	    .subject = o->subject,
	    .text = o->text,
	    .ref = o->ref,
	    .at = o->made};
	struct net_answer a;
	struct host h;
	struct str text;
	int rc = host_parse(c, in->net.smtp, "smtps smtp", &h);

	if (rc == 0 && str_is(o->kind, "production.mail"))
		rc = attach(c, in, &m);
	if (rc == 0 && str_is(o->kind, "user.notice"))
		rc = attach_copy(c, in, &m);
	if (rc == 0)
		rc = mail_compose(c, &m, &text);
	if (rc == 0)
		rc = net_ask(c, h.port, head_of(c, &in->net, o->to, ca, password), text, &a);
	if (rc == 0)
		*ret_taken = a.did == NET_DONE;
	/* a connection that broke off may have been taken all the same */
	if (rc == 0 && a.did != NET_DONE && a.did != NET_BROKEN && a.did != NET_TIME &&
	    str_is(o->kind, "production.mail"))
		rc = mailing_tried(c, in, o->ref);
	return rc;
}

/* One that cannot be written (an address of another form) counts as not taken: it ends as failed,
 * where an admin sees it, and holds up nothing. */
int mail_send_next(struct ctx *c, struct instance *in, struct str ca, struct str password)
{
	struct outgoing o;
	bool taken = false;
	int rc = outgoing_take(c, in, &o);

	if (rc != 0)
		return rc;
	rc = send(c, in, &o, ca, password, &taken);
	if (rc == ERR_DENIED) { /* stopped, and recorded so */
		err_clear(c);
		return 0;
	}
	if (rc == ERR_INVALID)
		err_clear(c);
	else if (rc != 0)
		return rc; /* ours: it is due again after the wait */
	rc = taken ? outgoing_sent(c, in, o.ref) : outgoing_failed(c, in, o.ref);
	if (rc == 0 && str_is(o.kind, "production.mail"))
		rc = mailing_settle(c, in);
	return rc;
}
