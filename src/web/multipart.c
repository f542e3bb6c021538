#include "web/multipart.h"

#include "base/mem.h"

/* Where the next byte belongs. */
enum place {
	BODY,   /* bytes of a part, or of the delimiter that ends them */
	BEHIND, /* behind a boundary: CR LF, or "--" */
	BEHIND_CR,
	BEHIND_DASH,
	HEAD,
	LAST, /* behind the last boundary */
	LAST_CR,
	DONE
};

struct multipart {
	struct ctx *c;
	struct multipart_sink sink;
	enum place place;
	char delimiter[4 + MULTIPART_BOUNDARY_MAX]; /* CR LF "--" boundary */
	size_t n_delimiter;
	size_t matched; /* bytes of it that have come: they are held back */
	char head[MULTIPART_HEAD_MAX];
	size_t n_head;
	size_t parts;
	bool open; /* the sink is in a part */
};

/* ---- the boundary ---- */

/* RFC 2046 5.1.1: bchars; a blank may be inside, which nobody uses, and is refused. */
static bool boundary_good(struct str b)
{
	for (size_t i = 0; i < b.n; i++) {
		char ch = b.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') ||
			(ch != '\0' && strchr("'()+_,-./:=?", ch) != NULL)))
			return false;
	}
	return b.n > 0 && b.n <= MULTIPART_BOUNDARY_MAX;
}

bool multipart_is(struct str type)
{
	struct str kind, rest;

	(void)str_cut(type, ';', &kind, &rest);
	return str_is_nocase(str_trim(kind), "multipart/form-data");
}

int multipart_open(
    struct ctx *c, struct str type, const struct multipart_sink *sink, struct multipart **ret)
{
	struct multipart *m;
	struct part_params params = {0};
	struct str boundary;

	if (!multipart_is(type) || part_params_read(c, type, &params) != 0 ||
	    !part_param(&params, "boundary", &boundary) || !boundary_good(boundary)) {
		err_clear(c);
		return err_set(c, ERR_INVALID, "the form names no boundary that may be one");
	}
	m = mem_alloc(c, sizeof *m);
	*m = (struct multipart){.c = c, .sink = *sink, .n_delimiter = 4 + boundary.n, .matched = 2};
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary.p, boundary.n);
	*ret = m;
	return 0;
}

/* ---- the bytes ---- */

static int wrong(const struct multipart *m)
{
	return err_set(
	    m->c, ERR_INVALID, "part %zu of the form is not what a form sends", m->parts);
}

static int emit(struct multipart *m, const char *p, size_t n)
{
	if (n == 0)
		return 0;
	/* before the first boundary there is no part that these could belong to */
	return m->open ? m->sink.bytes(m->sink.arg, (struct str){p, n}) : wrong(m);
}

static int part_begin(struct multipart *m)
{
	struct part_head *head = mem_alloc(m->c, sizeof *head);
	int rc = part_head_parse(m->c, (struct str){m->head, m->n_head}, head);

	if (rc != 0)
		return err_while(m->c, rc, "part %zu of the form", m->parts);
	m->open = true;
	m->place = BODY;
	m->matched = 0;
	return m->sink.begin(m->sink.arg, head);
}

static int head_byte(struct multipart *m, char ch)
{
	if (m->n_head == MULTIPART_HEAD_MAX)
		return err_set(m->c, ERR_LIMIT,
		    "the head of part %zu of the form has more than %d bytes", m->parts,
		    MULTIPART_HEAD_MAX);
	m->head[m->n_head++] = ch;
	if (m->n_head >= 4 && memcmp(m->head + m->n_head - 4, "\r\n\r\n", 4) == 0)
		return part_begin(m);
	return 0;
}

/* The boundary's line is complete: what it ends is whole. */
static int part_end(struct multipart *m)
{
	bool was = m->open;

	m->open = false;
	return was ? m->sink.end(m->sink.arg) : 0;
}

static int next_part(struct multipart *m)
{
	int rc = part_end(m);

	if (rc != 0)
		return rc;
	if (m->parts == MULTIPART_PARTS_MAX)
		return err_set(
		    m->c, ERR_LIMIT, "the form has more than %d parts", MULTIPART_PARTS_MAX);
	m->parts++;
	m->n_head = 0;
	m->place = HEAD;
	return 0;
}

/* Everything that is not bytes of a part: one byte after the other. */
static int frame_byte(struct multipart *m, char ch)
{
	switch (m->place) {
	case BEHIND:
		m->place = ch == '\r' ? BEHIND_CR : BEHIND_DASH;
		return ch == '\r' || ch == '-' ? 0 : wrong(m);
	case BEHIND_CR:
		return ch == '\n' ? next_part(m) : wrong(m);
	case BEHIND_DASH:
		m->place = LAST;
		return ch == '-' ? part_end(m) : wrong(m);
	case HEAD:
		return head_byte(m, ch);
	case LAST:
		m->place = LAST_CR;
		return ch == '\r' ? 0 : wrong(m);
	case LAST_CR:
		m->place = DONE;
		return ch == '\n' ? 0 : wrong(m);
	case BODY:
	case DONE:
		break;
	}
	return wrong(m);
}

/* Bytes of a part, from *at on, up to the end of the piece or of the delimiter. Its first byte is
 * nowhere else in the delimiter, so that what was held back is bytes as soon as one does not fit.
 */
static int body_bytes(struct multipart *m, struct str s, size_t *at)
{
	size_t held = m->matched;
	const char *cr;
	int rc;

	if (held == 0) {
		cr = memchr(s.p + *at, '\r', s.n - *at);
		rc = emit(m, s.p + *at, cr == NULL ? s.n - *at : (size_t)(cr - s.p) - *at);
		*at = cr == NULL ? s.n : (size_t)(cr - s.p) + 1;
		m->matched = cr != NULL;
		return rc;
	}
	if (s.p[*at] != m->delimiter[held]) {
		m->matched = 0;
		return emit(m, m->delimiter, held);
	}
	++*at;
	if (++m->matched == m->n_delimiter)
		m->place = BEHIND;
	return 0;
}

int multipart_put(struct multipart *m, struct str bytes)
{
	size_t at = 0;
	int rc = 0;

	while (at < bytes.n && rc == 0) {
		if (m->place == BODY)
			rc = body_bytes(m, bytes, &at);
		else
			rc = frame_byte(m, bytes.p[at++]);
	}
	return rc;
}

int multipart_end(struct multipart *m)
{
	if (m->place == LAST || m->place == DONE)
		return 0;
	return err_set(m->c, ERR_INVALID, "the form breaks off in its part %zu", m->parts);
}
