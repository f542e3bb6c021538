#include "web/desk_paper.h"

#include "web/desk_case.h"
/* A name of a file as RFC 6266 and 8187 write it: no byte of it can end the field. */
static struct str disposition(struct ctx *c, const struct view_paper *p)
{
	static const char digits[] = "0123456789ABCDEF";
	struct buf b = buf_init(c, 4096);

	buf_puts(&b, p->type == NULL ? "attachment" : "inline");
	buf_puts(&b, "; filename*=UTF-8''");
	for (size_t i = 0; i < p->name.n; i++) {
		unsigned char ch = (unsigned char)p->name.p[i];

		if ((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') ||
		    (ch >= 'A' && ch <= 'Z') || ch == '-' || ch == '.' || ch == '_')
			buf_putc(&b, (char)ch);
		else
			buf_fmt(&b, "%%%c%c", digits[ch >> 4], digits[ch & 15]);
	}
	return buf_str(&b);
}

void desk_paper_answer(struct ctx *c, const struct view_paper *p, struct answer *a)
{
	a->type = p->type == NULL ? "application/octet-stream" : p->type;
	a->foreign = true;
	a->file = p->fd;
	a->file_size = p->size;
	answer_field(a, "Content-Disposition", disposition(c, p));
}

int desk_paper(struct route_ask *ask, struct answer *a)
{
	struct view_paper p;
	struct matter m;
	int64_t n = 0;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0 && !str_i64(ask->parts[1], &n))
		rc = ERR_NOTFOUND;
	if (rc == 0)
		rc = view_paper_open(ask->c, ask->in, ask->who, &m, n, &p);
	if (rc != 0)
		return rc;
	desk_paper_answer(ask->c, &p, a);
	return 0;
}
