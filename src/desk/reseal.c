#include "desk/reseal.h"

#include "base/mem.h"
#include "desk/laid.h"
#include "desk/produce_p.h"

static const char print_label[] = "production_seal.print",
		  manifest_label[] = "production_seal.manifest",
		  reason_label[] = "production_seal.reason";

/* ---- the row ---- */

static struct db_val sealed_text(
    struct ctx *c, const struct instance *in, const char *label, struct str s)
{
	return s.n == 0 ? db_null() : db_blob(vault_seal(c, in->store.vault, label, s));
}

int reseal_put(struct ctx *c, struct step *s, struct instance *in, const struct reseal_row *r)
{
	return step_insert(c, s, STEP_PRODUCTION_SEAL, SQL_PRODUCTION_SEAL_PUT,
	    DB_ARGS(db_int(r->production), db_int(r->number), db_int(s->now.s), db_int(r->maker),
		db_text(str_of(seal_kind_word(r->key->kind))), db_blob(hash_str(&r->sealed)),
		db_int(r->size), sealed_text(c, in, print_label, r->key->print),
		sealed_text(c, in, manifest_label, r->manifest),
		sealed_text(c, in, reason_label, r->reason)),
	    NULL);
}

/* ---- the files ---- */

/* The next file that was given for the item and has no name yet. */
static struct produce_file *given_for(struct produce_file *files, size_t n, int64_t item)
{
	for (size_t i = 0; i < n; i++)
		if (files[i].item == item && !files[i].no_data && files[i].name.n == 0)
			return &files[i];
	return NULL;
}

static int match_one(
    struct ctx *c, const struct json *entry, struct produce_file *files, size_t n, struct reseal *r)
{
	const struct json *item = json_find(entry, "item"), *size = json_find(entry, "size");
	struct str name = json_text(entry, "file");
	struct produce_file *f;

	if (name.n == 0)
		return 0;
	f = item == NULL ? NULL : given_for(files, n, item->num);
	if (f == NULL || size == NULL)
		return err_set(c, ERR_INVALID, "a file of item %lld is missing",
		    item == NULL ? 0ll : (long long)item->num);
	f->name = str_make(c, name);
	f->size = size->num;
	return hash_parse(json_text(entry, "sha256"), &r->want[f - files])
		   ? 0
		   : err_set(c, ERR_FAIL, "the manifest that is kept cannot be read");
}

static int match(struct ctx *c, struct produce_file *files, size_t n, struct reseal *r)
{
	const struct json *list;
	struct json *manifest;
	int rc = json_parse(c, "manifest", r->manifest, &manifest);

	if (rc != 0)
		return rc;
	list = json_find(manifest, "files");
	r->want = mem_array(c, n, sizeof *r->want);
	for (size_t i = 0; list != NULL && i < list->n && rc == 0; i++)
		rc = match_one(c, list->at[i], files, n, r);
	for (size_t i = 0; i < n && rc == 0; i++)
		if (files[i].name.n == 0)
			rc = err_set(c, ERR_INVALID, "a file of item %lld is one too many",
			    (long long)files[i].item);
	return rc;
}

int reseal_same(struct ctx *c, const struct reseal *r, const struct produce_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!hash_eq(files[i].sha256, r->want[i]))
			return err_set(c, ERR_CONFLICT,
			    "the file of item %lld is not the one that was produced: what differs "
			    "is "
			    "a new production",
			    (long long)files[i].item);
	return 0;
}

/* ---- asking ---- */

/* To the key of the officer who was named to take it over, else of who sent the demand. */
static int recipient(struct ctx *c, struct instance *in, const struct gate *g, struct reseal *r)
{
	const struct db_val *row;
	struct instant since;
	int64_t taker;
	int rc = laid_taker(c, in, r->production, &taker, &since);

	if (rc != 0 || taker == 0)
		return rc == 0 ? produce_recipient(c, in, g, &r->plan) : rc;
	rc = db_one(c, in->store.db, SQL_OFFICER_BY_ID, DB_ARGS(db_int(taker)), &row);
	if (rc == 0 && row[7].s.n == 0)
		rc = err_set(c, ERR_NOTFOUND, "the officer who was named has given no key yet");
	if (rc != 0)
		return rc;
	r->plan.recipient = str_make(c, row[7].s);
	rc = seal_key_read(c, r->plan.recipient, g->input.now, &r->plan.key);
	return rc == 0
		   ? 0
		   : err_while(c, rc, "the officer's key cannot be sealed to: ask for another one");
}

/* As it stands now: the production, what stops it, the number of the next seal. */
static int look(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct reseal *r)
{
	const struct db_val *row, *last;
	struct gate g;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no such production");
	if (rc != 0)
		return rc;
	r->production = row[0].num;
	r->order = row[3].num;
	r->plan.ref = str_make(c, row[2].s);
	if (str_is(row[10].s, "recalled"))
		return err_set(c, ERR_CONFLICT, "the production is %s", err_word(c, "recalled"));
	rc = gate_load(c, in, r->order, &g);
	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_PRODUCTION_MAKE, g.matter.id, true);
	if (rc == 0)
		rc = produce_leaving(c, in, &g, r->production);
	if (rc == 0)
		rc = recipient(c, in, &g, r);
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_PRODUCTION_SEAL_LAST,
		    DB_ARGS(db_int(r->production)), &last);
	if (rc == 0)
		r->number = last == NULL ? 0 : last[1].num + 1;
	return rc;
}

int reseal_prepare(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct produce_file *files, size_t n, struct reseal *ret)
{
	struct reseal r = {.number = 0};
	const struct db_val *first;
	int rc = right_needs(c, actor, RIGHT_PRODUCTION_MAKE);

	if (rc == 0)
		rc = look(c, in, actor, ref, &r);
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_PRODUCTION_SEAL_FIRST,
		    DB_ARGS(db_int(r.production)), &first);
	if (rc == 0 && (first == NULL || first[1].kind != DB_BLOB))
		rc = err_set(c, ERR_CONFLICT,
		    "its manifest is not kept: it was erased, or sealed by an older version");
	if (rc == 0)
		rc = vault_unseal(c, in->store.vault, manifest_label, first[1].s, &r.manifest);
	if (rc == 0)
		rc = match(c, files, n, &r);
	if (rc == 0)
		*ret = r;
	return rc;
}

/* ---- the record ---- */

struct recording {
	struct instance *in;
	const struct person *actor;
	const struct reseal *r;
	struct hash sealed;
	int64_t size;
	struct str reason;
};

static int record(struct ctx *c, struct step *s, void *arg)
{
	struct recording *r = arg;
	struct reseal now = {.number = 0};
	struct reseal_row row = {.production = r->r->production,
	    .number = r->r->number,
	    .maker = r->actor->id,
	    .key = &r->r->plan.key,
	    .sealed = r->sealed,
	    .size = r->size,
	    .reason = r->reason};
	int rc = step_order(c, s, r->r->order);

	if (rc == 0)
		rc = look(c, r->in, r->actor, r->r->plan.ref, &now);
	if (rc == 0 &&
	    (now.number != r->r->number || !str_eq(now.plan.key.text, r->r->plan.key.text)))
		rc = err_set(c, ERR_CONFLICT,
		    "somebody changed the key or sealed it anew meanwhile: look, and do it again");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "seal", row.number);
	return reseal_put(c, s, r->in, &row);
}

int reseal_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct reseal *r, struct hash sealed, int64_t size, struct str reason)
{
	struct recording rec = {in, actor, r, sealed, size, reason};

	if (str_trim(reason).n == 0)
		return err_set(c, ERR_INVALID, "say why it is sealed anew");
	return step_run(c, &in->store, "production.reseal", actor->id, record, &rec, NULL);
}

struct finding_hash {
	struct hash want;
	bool found;
};

static int compare(struct ctx *c, const struct db_val *row, void *arg)
{
	struct finding_hash *f = arg;

	(void)c;
	f->found = f->found || str_eq(row[0].s, hash_str(&f->want));
	return 0;
}

int reseal_sealed(
    struct ctx *c, struct instance *in, int64_t production, struct hash sealed, bool *ret)
{
	struct finding_hash f = {.want = sealed};
	int rc = db_each(
	    c, in->store.db, SQL_PRODUCTION_SEAL_HASHES, DB_ARGS(db_int(production)), compare, &f);

	*ret = f.found;
	return rc;
}
