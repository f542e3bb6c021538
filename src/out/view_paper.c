#include "out/view_paper.h"

#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"

enum { HEAD_BYTES = 1024 };

/* ---- the list ---- */

struct papers {
	struct instance *in;
	const struct person *actor;
	struct json *list;
	int64_t wanted; /* 0: none in particular */
	struct str blob, key, name;
};

const char *view_paper_kind(struct str name)
{
	static const struct {
		const char *end, *kind;
	} kinds[] = {{".pdf", "pdf"}, {".txt", "text"}, {".eml", "text"}, {".png", "image"},
	    {".jpg", "image"}, {".jpeg", "image"}};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_ends(name, kinds[i].end))
			return kinds[i].kind;
	return "other";
}

static int add_paper(struct ctx *c, const struct db_val *row, void *arg)
{
	struct papers *p = arg;
	struct json *j = json_map(c);
	struct str name = STR("");
	int rc = 0;

	json_set_int(c, j, "number", (int64_t)p->list->n + 1);
	json_set_int(c, j, "size", row[2].num);
	if (right_has(p->actor, RIGHT_DEMAND_DETAIL) && row[3].kind == DB_BLOB) {
		rc = vault_unseal(c, p->in->store.vault, "paper.name", row[3].s, &name);
		json_set_text(c, j, "name", name);
		json_set_text(c, j, "kind", str_of(view_paper_kind(name)));
	}
	json_add(c, p->list, j);
	if (rc == 0 && (int64_t)p->list->n == p->wanted && row[4].kind == DB_BLOB) {
		p->blob = str_make(c, row[1].s);
		p->name = name;
		rc = vault_unseal(c, p->in->store.vault, "paper.key", row[4].s, &p->key);
	}
	return rc;
}

static int of_demand(struct ctx *c, struct papers *p, int64_t demand)
{
	return db_each(
	    c, p->in->store.db, SQL_PAPER_OF_DEMAND, DB_ARGS(db_int(demand)), add_paper, p);
}

/* Each demand once: several orders may have come with one. */
static int of_case(
    struct ctx *c, struct papers *p, const struct matter *m, const struct legal_orders *orders)
{
	int64_t last = m->demand;
	int rc = of_demand(c, p, m->demand);

	for (size_t i = 0; i < orders->n && rc == 0; i++) {
		int64_t demand = orders->v[i].demand;

		if (demand == 0 || demand == m->demand || demand == last)
			continue;
		last = demand;
		rc = of_demand(c, p, demand);
	}
	return rc;
}

int view_papers(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, const struct legal_orders *orders, struct json **ret)
{
	struct papers p = {.in = in, .actor = actor, .list = json_list(c)};
	int rc = of_case(c, &p, m, orders);

	*ret = p.list;
	return rc;
}

/* ---- one of them ---- */

static bool is_text(struct str head)
{
	for (size_t i = 0; i < head.n; i++) {
		unsigned char b = (unsigned char)head.p[i];

		if (b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f')
			return false;
	}
	return true;
}

/* By the bytes themselves, as nobody's name for a file is to be believed. */
static const char *type_of(struct str head)
{
	if (str_starts(head, "%PDF-"))
		return "application/pdf";
	if (str_starts(head, "\x89PNG\r\n\x1a\n"))
		return "image/png";
	if (str_starts(head, "\xff\xd8\xff"))
		return "image/jpeg";
	return is_text(head) ? "text/plain; charset=utf-8" : NULL;
}

static int read_out(
    struct ctx *c, struct instance *in, const struct papers *p, struct view_paper *ret)
{
	char head[HEAD_BYTES];
	struct blob_made made;
	ssize_t n;
	int rc = file_memory(c, &ret->fd);

	if (rc != 0)
		return rc;
	rc = blob_get(c, instance_path(c, in, in->blobs).p, p->blob,
	    (const unsigned char *)p->key.p, ret->fd, &made);
	n = rc == 0 ? pread(ret->fd, head, sizeof head, 0) : 0;
	if (rc == 0 && n < 0)
		rc = err_set(c, ERR_FAIL, "paper: cannot be read again");
	if (rc != 0) {
		(void)close(ret->fd);
		ret->fd = -1;
		return rc;
	}
	ret->size = made.size;
	ret->name = p->name;
	ret->type = type_of((struct str){head, (size_t)n});
	return 0;
}

static int open_wanted(
    struct ctx *c, struct instance *in, const struct papers *p, struct view_paper *ret)
{
	if (p->key.n != BLOB_KEY)
		return err_set(c, ERR_NOTFOUND, "no paper has this number");
	return read_out(c, in, p, ret);
}

int view_paper_open(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, int64_t n, struct view_paper *ret)
{
	struct papers p = {.in = in, .actor = actor, .list = json_list(c), .wanted = n};
	struct legal_orders orders;
	int rc = right_needs(c, actor, RIGHT_DEMAND_DETAIL);

	*ret = (struct view_paper){.fd = -1};
	if (rc == 0)
		rc = matter_orders(c, in, m->id, &orders);
	if (rc == 0)
		rc = of_case(c, &p, m, &orders);
	return rc == 0 ? open_wanted(c, in, &p, ret) : rc;
}

int view_paper_of_demand(struct ctx *c, struct instance *in, const struct person *actor,
    const struct demand *d, int64_t n, struct view_paper *ret)
{
	struct papers p = {.in = in, .actor = actor, .list = json_list(c), .wanted = n};
	int rc = right_needs(c, actor, RIGHT_DEMAND_DETAIL);

	*ret = (struct view_paper){.fd = -1};
	if (rc == 0)
		rc = of_demand(c, &p, d->id);
	return rc == 0 ? open_wanted(c, in, &p, ret) : rc;
}
