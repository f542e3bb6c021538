#include "in/yield_head.h"

#include "base/mem.h"

/* ---- reading ---- */

static bool is_name(char ch)
{
	return ch > ' ' && ch < 127 && ch != ':';
}

/* The line at the front, with its end. */
static struct str line_of(struct str s)
{
	const char *end = s.n == 0 ? NULL : memchr(s.p, '\n', s.n);

	return end == NULL ? s : (struct str){s.p, (size_t)(end - s.p) + 1};
}

static bool folded(struct str s)
{
	return s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t');
}

bool yield_head_parse(struct ctx *c, struct str text, struct yield_head *h)
{
	while (text.n > 0) {
		struct str raw = line_of(text);
		struct yield_field f;
		size_t n = 0;

		text = (struct str){text.p + raw.n, text.n - raw.n};
		while (folded(text)) {
			struct str more = line_of(text);

			raw.n += more.n;
			text = (struct str){text.p + more.n, text.n - more.n};
		}
		while (n < raw.n && is_name(raw.p[n]))
			n++;
		f = (struct yield_field){.name = {raw.p, n}, .raw = raw};
		while (n < raw.n && (raw.p[n] == ' ' || raw.p[n] == '\t'))
			n++; /* RFC 5322 4.5.8: blanks before the colon */
		if (f.name.n == 0 || n == raw.n || raw.p[n] != ':' ||
		    memchr(raw.p, '\0', raw.n) != NULL)
			return false;
		f.value = (struct str){raw.p + n + 1, raw.n - n - 1};
		h->v = mem_grow(c, h->v, h->n, &h->cap, sizeof *h->v);
		h->v[h->n++] = f;
	}
	return true;
}

static bool is_field(const struct yield_field *f, struct str name)
{
	if (f->name.n != name.n)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char a = f->name.p[i], b = name.p[i];

		a = a >= 'A' && a <= 'Z' ? (char)(a + 32) : a;
		b = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
		if (a != b)
			return false;
	}
	return true;
}

/* The topmost: what the store itself added stands above what came with the message. */
static const struct yield_field *top(const struct yield_head *h, struct str name)
{
	for (size_t i = 0; i < h->n; i++)
		if (is_field(&h->v[i], name))
			return &h->v[i];
	return NULL;
}

static size_t count(const struct yield_head *h, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += is_field(&h->v[i], name);
	return n;
}

/* ---- addresses ---- */

/* A byte of an address as it stands in a list, outside of quotes and comments. */
static bool is_address(char ch)
{
	return ((unsigned char)ch > ' ' && ch != 127 && !str_has(STR("<>,;:()\"[]"), ch)) ||
	       ch == '[' || ch == ']';
}

/* Takes what is no address off the front: comments, quoted names. A quoted local part is kept. */
static void between(struct str *s)
{
	while (s->n > 0 && !is_address(s->p[0])) {
		size_t n = 1;

		if (s->p[0] == '"') {
			while (n < s->n && s->p[n] != '"')
				n += s->p[n] == '\\' ? 2 : 1;
			if (n + 1 < s->n && s->p[n + 1] == '@')
				return;
			n++;
		} else if (s->p[0] == '(') {
			int depth = 1;

			while (n < s->n && depth > 0) {
				depth += s->p[n] == '(' ? 1 : s->p[n] == ')' ? -1 : 0;
				n += s->p[n] == '\\' ? 2 : 1;
			}
		}
		n = n < s->n ? n : s->n;
		*s = (struct str){s->p + n, s->n - n};
	}
}

/* The next word of the value that holds an @; false at the end. */
static bool address(struct str *s, struct str *ret)
{
	for (;;) {
		size_t n = 0;

		between(s);
		if (s->n == 0)
			return false;
		if (s->p[0] == '"') {
			for (n = 1; n < s->n && s->p[n] != '"';)
				n += s->p[n] == '\\' ? 2 : 1;
			n++;
		}
		while (n < s->n && is_address(s->p[n]))
			n++;
		n = n < s->n ? n : s->n;
		*ret = (struct str){s->p, n};
		*s = (struct str){s->p + n, s->n - n};
		if (str_has(*ret, '@'))
			return true;
	}
}

/* The field names the target and nobody else. */
static enum yield_reason names_target(
    struct ctx *c, const struct yield_run *y, const struct yield_field *f)
{
	struct str rest = f->value, one;
	size_t n = 0;

	while (address(&rest, &one)) {
		n++;
		if (!yield_same(c, y, one))
			return YIELD_TARGET;
	}
	return n > 0 ? YIELD_IN : YIELD_NO_TARGET;
}

static enum yield_reason account(struct ctx *c, const struct yield_run *y,
    const struct yield_shape *s, const struct yield_head *h)
{
	struct str rest = s->account, name;
	const struct yield_field *f;

	while (str_word(&rest, &name)) {
		f = top(h, name);
		if (f != NULL)
			return names_target(c, y, f);
	}
	f = top(h, STR("From"));
	if (!s->sender || f == NULL || count(h, STR("From")) > 1)
		return YIELD_NO_TARGET;
	return names_target(c, y, f);
}

/* ---- instants ---- */

/* Addresses have no blanks in an mbox's separator, but those that quote them: the date is what ends
 * the line. */
static bool separator_date(struct str line, struct str *ret)
{
	static const size_t least = 24; /* "Wed Jul  1 12:00:00 2026" */

	line = str_trim(line);
	if (!str_starts(line, "From ") || line.n < 5 + least)
		return false;
	*ret = (struct str){line.p + line.n - least, least};
	return ret->p[-1] == ' ';
}

bool yield_head_separates(struct str line)
{
	struct yield_time t;
	struct str date;

	return separator_date(line, &date) &&
	       yield_time_read(YIELD_CTIME, (struct yield_zone){YIELD_ZONE_FIXED, 0}, date, &t);
}

static bool by_store(
    const struct yield_shape *s, const struct yield_head *h, struct yield_time *ret)
{
	struct str date;

	if (!instant_is_none(h->store)) {
		*ret = (struct yield_time){h->store.s, h->store.s};
		return true;
	}
	return separator_date(h->from_line, &date) &&
	       yield_time_read(YIELD_CTIME, s->zone, date, ret);
}

/* After the last semicolon (RFC 5321 4.4). */
static bool by_received(const struct yield_field *f, struct yield_time *ret)
{
	size_t n = f->value.n;

	while (n > 0 && f->value.p[n - 1] != ';')
		n--;
	return n > 0 && yield_time_read(YIELD_RFC5322, (struct yield_zone){YIELD_ZONE_FIXED, 0},
			    (struct str){f->value.p + n, f->value.n - n}, ret);
}

/* The first of the ways whose field is there decides, and nothing is sought behind one that cannot
 * be read. */
static bool instant_of(
    const struct yield_shape *s, const struct yield_head *h, struct yield_time *ret)
{
	const struct yield_field *f;

	for (size_t i = 0; i < s->n_by; i++) {
		switch (s->by[i]) {
		case YIELD_BY_STORE:
			if (!instant_is_none(h->store) || h->from_line.n > 0)
				return by_store(s, h, ret);
			break;
		case YIELD_BY_RECEIVED:
			f = top(h, STR("Received"));
			if (f != NULL)
				return by_received(f, ret);
			break;
		case YIELD_BY_DATE:
			f = top(h, STR("Date"));
			if (f != NULL)
				return count(h, STR("Date")) == 1 &&
				       yield_time_read(YIELD_RFC5322,
					   (struct yield_zone){YIELD_ZONE_FIXED, 0}, f->value, ret);
			break;
		}
	}
	return false;
}

enum yield_reason yield_head_judge(struct ctx *c, const struct yield_run *y,
    const struct yield_shape *s, const struct yield_head *h)
{
	struct yield_time t;
	enum yield_reason why = account(c, y, s, h);

	if (why != YIELD_IN)
		return why;
	if (instant_is_none(y->ask->from) && instant_is_none(y->ask->until))
		return YIELD_IN;
	return instant_of(s, h, &t) ? yield_within(y, t) : YIELD_NO_INSTANT;
}

/* ---- what leaves ---- */

/* Who, whom, when and by which way: what the field `headers` of the vocabulary is. Never the
 * subject, and nothing that describes the content (RFC 2045) or that programs made up. */
static bool delivers(const struct yield_field *f)
{
	static const char *const names[] = {"Return-Path", "Received", "Delivered-To",
	    "X-Original-To", "Envelope-To", "Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc",
	    "Message-ID", "In-Reply-To", "References", "Resent-Date", "Resent-From",
	    "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Message-ID"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (is_field(f, str_of(names[i])))
			return true;
	return false;
}

/* Fields of people. Other fields may name some too, and are dropped as a whole. */
static bool lists_people(const struct yield_field *f)
{
	static const char *const names[] = {"Return-Path", "Delivered-To", "X-Original-To",
	    "Envelope-To", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Resent-From",
	    "Resent-Sender", "Resent-To", "Resent-Cc"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (is_field(f, str_of(names[i])))
			return true;
	return false;
}

/* Each address that is not the target's becomes the mark; names and comments go. */
static void put_masked(
    struct ctx *c, struct yield_run *y, const struct yield_field *f, struct yield_bytes *out)
{
	struct str rest = f->value, one, end = f->raw;
	bool first = true;

	yield_bytes_put(out, f->name);
	yield_bytes_put(out, STR(":"));
	while (address(&rest, &one)) {
		bool same = yield_same(c, y, one);

		yield_bytes_put(out, first ? STR(" ") : STR(", "));
		yield_bytes_put(out, same ? one : STR(YIELD_MARK));
		y->r->masked += !same;
		first = false;
	}
	yield_bytes_put(out, str_ends(end, "\r\n") ? STR("\r\n") : STR("\n"));
}

static void put_from_line(struct yield_run *y, struct str line, struct yield_bytes *out)
{
	struct str date;

	if (!y->ask->mask || !separator_date(line, &date)) {
		yield_bytes_put(out, line);
		return;
	}
	y->r->masked++;
	yield_bytes_put(out, STR("From " YIELD_MARK " "));
	yield_bytes_put(out, date);
	yield_bytes_put(out, STR("\n"));
}

/* Masked, a message keeps of its traces only what names people, and its date. */
static bool leaves(const struct yield_run *y, const struct yield_field *f, bool whole)
{
	if (y->ask->mask && !lists_people(f))
		return is_field(f, STR("Date")) || is_field(f, STR("Message-ID"));
	return whole || delivers(f);
}

void yield_head_put(struct ctx *c, struct yield_run *y, const struct yield_head *h, bool whole,
    struct yield_bytes *out)
{
	out->n = 0;
	put_from_line(y, h->from_line, out);
	for (size_t i = 0; i < h->n; i++) {
		const struct yield_field *f = &h->v[i];

		if (!leaves(y, f, whole))
			y->r->cut++;
		else if (y->ask->mask && lists_people(f))
			put_masked(c, y, f, out);
		else
			yield_bytes_put(out, f->raw);
	}
	yield_bytes_put(out, h->blank);
}
