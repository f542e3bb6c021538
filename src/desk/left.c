#include "desk/left.h"

#include <string.h>

#include "in/wording.h"
#include "kind/id.h"

static int from_row(struct ctx *c, struct instance *in, const struct db_val *row, struct left *ret)
{
	struct left l = {.id = row[0].num,
	    .rev = row[1].num,
	    .order = row[3].num,
	    .ref = str_make(c, row[2].s),
	    .state = str_make(c, row[10].s)};
	int rc;

	if (row[7].s.n == HASH_SIZE)
		memcpy(l.manifest.b, row[7].s.p, HASH_SIZE);
	rc = matter_order_by_id(c, in, l.order, &l.legal_order);
	if (rc == 0)
		rc = matter_by_id(c, in, l.legal_order.matter, &l.matter);
	if (rc == 0)
		*ret = l;
	return rc;
}

int left_find(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    struct str ref, struct left *ret)
{
	const struct db_val *row = NULL;
	struct right_place place;
	struct left l;
	struct id id;
	int rc = right_needs(c, actor, right);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL) {
		rc = from_row(c, in, row, &l);
		place = rc == 0 ? matter_place(&l.matter) : (struct right_place){0};
	}
	if (rc == 0)
		rc = right_case(
		    c, actor, right, row == NULL ? NULL : &place, ERR_TEXT("production"));
	if (rc == 0)
		*ret = l;
	return rc;
}

int left_again(struct ctx *c, struct instance *in, const struct left *l)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(l->ref)), &row);

	if (rc == 0 && row[1].num != l->rev)
		rc = err_set(
		    c, ERR_CONFLICT, "the production is %s", err_word(c, str_z(c, row[10].s)));
	return rc;
}

int left_by_id(struct ctx *c, struct instance *in, int64_t production, struct left *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_PRODUCTION_BY_ID, DB_ARGS(db_int(production)), &row);

	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

/* ---- seals ---- */

struct sought {
	const struct hash *want;
	struct left_seal found;
};

static int take_seal(struct ctx *c, const struct db_val *row, void *arg)
{
	struct sought *f = arg;

	if (row[2].s.n != HASH_SIZE || (f->want != NULL && !str_eq(row[2].s, hash_str(f->want))))
		return 0;
	f->found = (struct left_seal){
	    .number = row[0].num, .kind = str_make(c, row[1].s), .size = row[3].num};
	memcpy(f->found.sealed.b, row[2].s.p, HASH_SIZE);
	return 0;
}

static const char *suffix_of(struct str kind)
{
	for (int k = 0; k < SEAL_KINDS; k++)
		if (str_is(kind, seal_kind_word((enum seal_kind)k)))
			return seal_kind_suffix((enum seal_kind)k);
	return "";
}

int left_seal(struct ctx *c, struct instance *in, const struct left *l, const struct hash *sealed,
    struct left_seal *ret)
{
	struct sought f = {.want = sealed};
	int rc = db_each(
	    c, in->store.db, SQL_PRODUCTION_SEAL_EACH, DB_ARGS(db_int(l->id)), take_seal, &f);

	if (rc == 0 && f.found.number == 0)
		rc = err_set(c, ERR_NOTFOUND, "this is not the file that was sealed");
	if (rc != 0)
		return rc;
	*ret = f.found;
	ret->name = f.found.number == 1 ? str_fmt(c, "%s.tar%s", l->ref.p, suffix_of(f.found.kind))
					: str_fmt(c, "%s.%lld.tar%s", l->ref.p,
					      (long long)f.found.number, suffix_of(f.found.kind));
	return 0;
}

/* ---- words ---- */

struct str left_words(
    struct ctx *c, const struct instance *in, const char *label, const struct json *j)
{
	return vault_seal(c, in->store.vault, label, json_str(c, j));
}

int left_unwords(
    struct ctx *c, const struct instance *in, const char *label, struct db_val v, struct json **ret)
{
	struct str text;
	int rc;

	*ret = NULL;
	if (v.kind != DB_BLOB)
		return 0;
	rc = vault_unseal(c, in->store.vault, label, v.s, &text);
	return rc == 0 ? json_parse(c, "sealed words", text, ret) : rc;
}

int left_line_ok(struct ctx *c, struct str s, const char *what)
{
	if (str_trim(s).n > 0 && wording_line_ok(s))
		return 0;
	return err_set(c, ERR_INVALID, "%s: one line is needed", err_word(c, what));
}
