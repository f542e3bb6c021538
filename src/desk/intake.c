#include "desk/intake.h"

#include "base/mem.h"
#include "desk/ack.h"
#include "store/blob.h"
#include "store/sign.h"

static int put_paper(struct ctx *c, struct instance *in, struct str folder, struct str name,
    struct demand_paper *ret)
{
	struct str path = str_fmt(c, "%.*s%.*s", STR_ARG(folder), STR_ARG(name));
	struct blob_made made;
	int rc = blob_put(c, instance_path(c, in, in->blobs).p, path.p, INTAKE_PAPER_MAX, &made);

	if (rc == 0)
		*ret = (struct demand_paper){.blob = str_make(c, str_of(made.name)),
		    .name = name,
		    .key = {mem_dup(c, made.key, sizeof made.key), sizeof made.key},
		    .size = made.size};
	return rc;
}

int intake_papers(struct ctx *c, struct instance *in, struct str file, const struct draft *draft,
    struct demand_paper **ret)
{
	struct demand_paper *papers = mem_array(c, draft->n_papers, sizeof *papers);
	struct str folder = file;

	while (folder.n > 0 && folder.p[folder.n - 1] != '/')
		folder.n--;
	for (size_t i = 0; i < draft->n_papers; i++) {
		int rc = put_paper(c, in, folder, draft->papers[i], &papers[i]);

		if (rc != 0)
			return err_while(c, rc, "papers[%zu]", i);
	}
	*ret = papers;
	return 0;
}

/* In the journal first: what is promised is known there too. */
int intake_promise(
    struct ctx *c, struct instance *in, const struct demand_receipt *receipt, struct str *ret)
{
	int rc = ack_add(c, in, &receipt->ref, 1);

	if (rc == 0)
		rc = sign_promise(
		    c, instance_keys(c, in), receipt->leaf, (struct instant){ctx_now(c)}, ret);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_PROMISE_PUT,
		    DB_ARGS(db_int(receipt->entry), db_text(*ret)), NULL);
	return rc;
}
