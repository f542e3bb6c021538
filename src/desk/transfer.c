#include "desk/transfer.h"

#include "desk/demand.h"

static const char text_label[] = "transfer.text";

/* ---- whether it may go so ---- */

static int check_size(struct ctx *c, const struct channel *ch, const struct left_seal *seal)
{
	if (seal->size <= ch->bytes)
		return 0;
	return err_set(c, ERR_DENIED,
	    "%lld bytes are more than the %lld that this channel takes (%.*s): these remain: "
	    "portal, encrypted_mail, letter, medium, in_person, each with a manifest",
	    (long long)seal->size, (long long)ch->bytes, STR_ARG(ch->src.cite));
}

int transfer_check(struct ctx *c, struct instance *in, const struct gate *g,
    const struct left_seal *seal, const struct produce_way *way)
{
	const struct channel *ch = channel_of(in->channels, g->order.instrument);
	bool joint = str_is(way->channel, "decentralised");
	int rc = 0;

	if (ch == NULL && joint)
		return err_set(c, ERR_INVALID, "this channel is none for an order of this kind");
	if (ch == NULL)
		return way->remarks.n + way->explain.n == 0
			   ? 0
			   : err_set(c, ERR_INVALID,
				 "no law asks for a manifest with an order of this kind");
	if (joint)
		rc = check_size(c, ch, seal);
	if (rc == 0 && joint && !str_is(seal->kind, "cms") && str_trim(way->explain).n == 0)
		rc = err_set(c, ERR_INVALID,
		    "the file is not encrypted with a certificate of the authority: say why, "
		    "with --explain");
	if (rc == 0 && !instant_is_none(way->until) && !way->extended &&
	    !channel_link_ok(ch, g->input.now, way->until))
		rc = err_set(c, ERR_INVALID,
		    "a link lives no less than %lld and no more than %lld days",
		    (long long)ch->link_least, (long long)ch->link_most);
	return rc;
}

/* ---- the manifest ---- */

struct writing {
	struct instance *in;
	const struct gate *g;
	const struct left *l;
	const struct produce_way *way;
	const struct channel *ch;
	struct left_seal seal;
	const struct json *authority; /* of the demand; NULL once erased */
	struct json *j;
};

static int put_parties(struct ctx *c, struct writing *w)
{
	struct json *from = json_map(c), *to = json_map(c), *order = json_map(c);
	int64_t demand =
	    w->l->legal_order.demand != 0 ? w->l->legal_order.demand : w->l->matter.demand;
	const struct json *draft = NULL;
	const struct db_val *row;
	int rc = db_one(c, w->in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(demand)), &row);

	if (rc == 0)
		rc = demand_as_sent(c, w->in, str_make(c, row[2].s), &draft);
	if (rc != 0)
		return rc;
	if (draft != NULL)
		w->authority = json_find(draft, "authority");
	json_set_text(c, from, "provider", w->in->provider);
	json_set_text(c, to, "country", w->g->matter.country);
	json_set_text(c, to, "authority", json_text(w->authority, "name"));
	json_set_text(c, to, "officer", json_text(w->authority, "officer"));
	json_set_text(c, order, "instrument", w->g->order.instrument);
	json_set_text(c, order, "number", json_text(w->authority, "number"));
	json_set_text(c, order, "received", instant_str(c, w->g->order.received));
	json_set_text(c, order, "case", w->g->matter.ref);
	json_set_int(c, order, "order", w->g->order.seq);
	json_set_text(c, order, "production", w->l->ref);
	json_set(c, w->j, "sender", from);
	json_set(c, w->j, "recipient", to);
	json_set(c, w->j, "order", order);
	return 0;
}

static struct json *file_json(struct ctx *c, struct str name, int64_t size, struct str sha256)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "name", name);
	json_set_int(c, j, "size", size);
	json_set_text(c, j, "algorithm", STR("SHA-256"));
	json_set_text(c, j, "digest", sha256);
	return j;
}

/* What is inside of the sealed file, by its own manifest. */
static int put_inside(struct ctx *c, struct writing *w, struct json *to)
{
	struct json *list = json_list(c), *manifest;
	const struct json *files;
	const struct db_val *row;
	struct str text;
	int rc =
	    db_find(c, w->in->store.db, SQL_PRODUCTION_SEAL_FIRST, DB_ARGS(db_int(w->l->id)), &row);

	if (rc != 0 || row == NULL || row[1].kind != DB_BLOB)
		return rc;
	rc = vault_unseal(
	    c, w->in->store.vault, "production_seal.manifest", str_make(c, row[1].s), &text);
	if (rc == 0)
		rc = json_parse(c, "manifest", text, &manifest);
	if (rc != 0)
		return rc;
	files = json_find(manifest, "files");
	for (size_t i = 0; files != NULL && i < files->n; i++) {
		const struct json *f = files->at[i], *size = json_find(f, "size");

		if (json_text(f, "file").n > 0 && size != NULL)
			json_add(c, list,
			    file_json(c, json_text(f, "file"), size->num, json_text(f, "sha256")));
	}
	json_set(c, to, "contains", list);
	return 0;
}

static int put_files(struct ctx *c, struct writing *w)
{
	struct json *files = json_list(c),
		    *one = file_json(c, w->seal.name, w->seal.size, hash_hex(c, w->seal.sealed));
	int rc = put_inside(c, w, one);

	json_add(c, files, one);
	json_set(c, w->j, "files", files);
	return rc;
}

static void put_means(struct ctx *c, struct writing *w)
{
	struct json *means = json_map(c), *sealed = json_map(c);
	bool cms = str_is(w->seal.kind, "cms");

	json_set_text(c, means, "channel", w->way->channel);
	if (w->way->proof.n > 0)
		json_set_text(c, means, "proof", w->way->proof);
	json_set(c, w->j, "means", means);
	if (!instant_is_none(w->way->until))
		json_set_text(c, w->j, "available_until", instant_str(c, w->way->until));
	/* Every production is sealed to a key that the authority gave. */
	json_set_bool(c, sealed, "content_encrypted", true);
	json_set_text(c, sealed, "kind", w->seal.kind);
	json_set_bool(c, sealed, "certificate_of_authority", cms);
	if (w->way->explain.n > 0)
		json_set_text(c, sealed, "explanation", w->way->explain);
	json_set(c, w->j, "encryption", sealed);
	if (w->way->remarks.n > 0)
		json_set_text(c, w->j, "remarks", w->way->remarks);
}

int transfer_text(struct ctx *c, struct instance *in, const struct gate *g, const struct left *l,
    const struct produce_way *way, struct str *ret)
{
	struct writing w = {.in = in,
	    .g = g,
	    .l = l,
	    .way = way,
	    .ch = channel_of(in->channels, g->order.instrument),
	    .j = json_map(c)};
	/* one that was sealed by an older version has no seal on record, and no law asks for it */
	int rc = w.ch == NULL ? 0 : left_seal(c, in, l, way->sealed, &w.seal);

	if (rc == 0)
		rc = transfer_check(c, in, g, &w.seal, way);
	if (rc != 0)
		return rc;
	*ret = STR("");
	if (w.ch == NULL)
		return 0;
	json_set_text(c, w.j, "format", STR("writ-transfer/1"));
	json_set_text(c, w.j, "basis", w.ch->src.cite);
	rc = put_parties(c, &w);
	if (rc == 0)
		json_set_text(c, w.j, "at", instant_str(c, g->input.now));
	if (rc == 0)
		put_means(c, &w);
	if (rc == 0)
		rc = put_files(c, &w);
	if (rc == 0)
		*ret = json_str(c, w.j);
	return rc;
}

int transfer_note(struct ctx *c, struct step *s, struct instance *in, const struct gate *g,
    int64_t production, const struct person *actor, const struct produce_way *way)
{
	struct str text = way->manifest;
	struct left l;
	struct hash h;
	int rc = left_by_id(c, in, production, &l);

	if (rc == 0 && text.n == 0)
		rc = transfer_text(c, in, g, &l, way, &text);
	if (rc != 0 || text.n == 0)
		return rc;
	h = hash_of(text);
	return step_insert(c, s, STEP_TRANSFER, SQL_TRANSFER_PUT,
	    DB_ARGS(db_int(production), db_int(s->now.s), db_int(actor->id), db_text(way->channel),
		db_instant(way->until), db_blob(hash_str(&h)),
		db_blob(vault_seal(c, in->store.vault, text_label, text))),
	    NULL);
}

int transfer_get(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str *ret)
{
	const struct db_val *row;
	struct hash h, kept;
	struct left l;
	struct str text;
	int rc = left_find(c, in, actor, RIGHT_DEMAND_DETAIL, ref, &l);

	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_TRANSFER_LAST, DB_ARGS(db_int(l.id)), &row);
	if (rc == 0 && (row == NULL || row[5].kind != DB_BLOB))
		rc = err_set(c, ERR_NOTFOUND, "no manifest was given with this production");
	if (rc != 0)
		return rc;
	memcpy(kept.b, row[4].s.p, HASH_SIZE);
	rc = vault_unseal(c, in->store.vault, text_label, str_make(c, row[5].s), &text);
	if (rc != 0)
		return rc;
	h = hash_of(text);
	if (!hash_eq(h, kept))
		return err_set(c, ERR_FAIL, "the manifest is not the one that was recorded");
	*ret = text;
	return 0;
}
