#include "desk/cure.h"

#include <unistd.h>

#include "base/mem.h"
#include "store/blob.h"

enum { PAPER_MOST = 50 << 20 };

struct finding {
	struct instance *in;
	struct json *list;
	int64_t wanted; /* 0: none */
	struct str blob, key, name;
};

static int add_paper(struct ctx *c, const struct db_val *row, void *arg)
{
	struct finding *f = arg;
	struct json *j = json_map(c);
	struct str name;
	int rc;

	if (row[3].kind != DB_BLOB || row[4].kind != DB_BLOB) {
		json_add(c, f->list, j);
		return 0;
	}
	rc = vault_unseal(c, f->in->store.vault, "paper.name", row[3].s, &name);
	if (rc == 0) {
		json_set_int(c, j, "number", (int64_t)f->list->n + 1);
		json_set_text(c, j, "name", name);
		json_set_int(c, j, "size", row[2].num);
	}
	json_add(c, f->list, j);
	if (rc != 0 || (int64_t)f->list->n != f->wanted)
		return rc;
	f->name = name;
	f->blob = str_make(c, row[1].s);
	return vault_unseal(c, f->in->store.vault, "paper.key", row[4].s, &f->key);
}

static int papers_of(struct ctx *c, struct finding *f, int64_t demand)
{
	return db_each(
	    c, f->in->store.db, SQL_PAPER_OF_DEMAND, DB_ARGS(db_int(demand)), add_paper, f);
}

/* Those that are erased are no papers any more. */
static struct json *there(struct ctx *c, const struct json *list)
{
	struct json *kept = json_list(c);

	for (size_t i = 0; i < list->n; i++)
		if (json_text(list->at[i], "name").n > 0)
			json_add(c, kept, list->at[i]);
	return kept;
}

int cure_of(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref, struct cure *ret)
{
	struct finding f = {.in = in, .list = json_list(c)};
	const struct db_val *sub;
	struct legal_orders orders;
	struct officer own;
	struct cure r = {.papers = json_list(c)};
	int rc = portal_refused(c, in, who, ref, &r.demand, &orders, &own);

	if (rc == 0)
		rc = db_one(
		    c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(r.demand.id)), &sub);
	if (rc != 0)
		return rc;
	if (sub[3].num == own.id) {
		r.shared = sub[5].num != 0;
		rc = papers_of(c, &f, r.demand.id);
		r.papers = there(c, f.list);
		if (rc == 0)
			rc = demand_as_sent(c, in, r.demand.ref, &r.draft);
	}
	if (rc == 0)
		*ret = r;
	return rc;
}

int cure_paper(struct ctx *c, struct instance *in, const struct cure *of, int64_t number,
    const char *spool, struct demand_paper *ret)
{
	struct finding f = {.in = in, .list = json_list(c), .wanted = number};
	struct id name = id_make(c);
	const char *path = str_fmt(c, "%s/%s", spool, name.z).p,
		   *dir = instance_path(c, in, in->blobs).p;
	struct blob_made made;
	int rc = of->draft == NULL ? 0 : papers_of(c, &f, of->demand.id);

	if (rc == 0 && f.key.n != BLOB_KEY)
		rc = err_set(c, ERR_NOTFOUND, "no paper has this number");
	if (rc == 0)
		rc = blob_get_file(c, dir, f.blob, (const unsigned char *)f.key.p, path, NULL);
	if (rc != 0)
		return rc;
	rc = blob_put(c, dir, path, PAPER_MOST, &made);
	(void)unlink(path);
	if (rc == 0)
		*ret = (struct demand_paper){.blob = str_make(c, str_of(made.name)),
		    .name = f.name,
		    .key = {mem_dup(c, made.key, sizeof made.key), sizeof made.key},
		    .size = made.size};
	return rc;
}
