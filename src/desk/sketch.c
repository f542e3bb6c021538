#include "desk/sketch.h"

#include "desk/tries.h"

enum { FORM_BYTES = 2 << 20, WORD_BYTES = 16, DAY = 86400, LIST_MAX = 20 };

static const char label[] = "sketch.form";
static const struct tries per_place = {"sketch", 20, 3600};
static const struct tries per_officer = {"sketch.own", 100, 3600};

static struct hash hash_word(const struct instance *in, struct str word)
{
	return vault_key(in->store.vault, "sketch.word", word);
}

static struct instant until(struct ctx *c, const struct sketch *s)
{
	int64_t days = s->person == 0 ? SKETCH_FORM_DAYS : SKETCH_DAYS;

	return (struct instant){ctx_now(c) + days * DAY};
}

static int seal(struct ctx *c, const struct instance *in, const struct sketch *s, struct str *ret)
{
	struct str text = json_str(c, s->form);

	if (text.n > FORM_BYTES)
		return err_set(c, ERR_LIMIT, "this is too much for one demand");
	*ret = vault_seal(c, in->store.vault, label, text);
	return 0;
}

static int unseal(struct ctx *c, const struct instance *in, struct str sealed, struct json **ret)
{
	struct str text;
	int rc = vault_unseal(c, in->store.vault, label, sealed, &text);

	return rc == 0 ? json_parse(c, "stored form", text, ret) : rc;
}

struct opening {
	struct instance *in;
	struct sketch *s;
};

static int put(struct ctx *c, struct db *db, void *arg)
{
	const struct opening *o = arg;
	const struct sketch *s = o->s;
	struct hash h = hash_word(o->in, s->word);
	struct str sealed;
	int rc = db_run(c, db, SQL_SKETCH_SWEEP, DB_ARGS(db_int(ctx_now(c))), NULL);

	if (rc == 0)
		rc = seal(c, o->in, s, &sealed);
	return rc == 0 ? db_run(c, db, SQL_SKETCH_PUT,
			     DB_ARGS(db_blob(hash_str(&h)),
				 s->person == 0 ? db_null() : db_int(s->person), db_int(s->until.s),
				 db_blob(sealed)),
			     NULL)
		       : rc;
}

int sketch_open(struct ctx *c, struct instance *in, const struct person *who, struct str place,
    struct sketch *ret)
{
	struct opening o = {in, ret};
	unsigned char raw[HASH_SIZE];
	struct hash h;
	int rc = who == NULL ? tries_place(c, in, &per_place, place)
			     : tries_check(c, in, &per_officer, who->handle);

	if (rc != 0)
		return rc;
	ctx_random(c, raw, sizeof raw);
	h = hash_of((struct str){(const char *)raw, sizeof raw});
	*ret = (struct sketch){.person = who == NULL ? 0 : who->id,
	    .word = {hash_hex(c, h).p, (size_t)2 * WORD_BYTES},
	    .form = json_map(c)};
	ret->word = str_make(c, ret->word);
	ret->until = until(c, ret);
	json_set_text(c, ret->form, "word", ret->word);
	return db_tx(c, in->store.db, put, &o);
}

int sketch_find(struct ctx *c, struct instance *in, const struct person *who, struct str word,
    struct sketch *ret)
{
	struct hash h = hash_word(in, word);
	const struct db_val *row;
	int64_t person = who == NULL ? 0 : who->id;
	int rc = db_find(c, in->store.db, SQL_SKETCH_FIND, DB_ARGS(db_blob(hash_str(&h))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || (row[1].kind == DB_NULL ? 0 : row[1].num) != person ||
	    row[2].num < ctx_now(c))
		return err_set(c, ERR_NOTFOUND, "this form has ended: begin a new one");
	*ret = (struct sketch){.id = row[0].num,
	    .person = person,
	    .word = word,
	    .until = {row[2].num},
	    .read = row[3].s};
	return unseal(c, in, row[3].s, &ret->form);
}

int sketch_save(struct ctx *c, struct instance *in, const struct sketch *s)
{
	struct str sealed;
	int rc = seal(c, in, s, &sealed);

	return rc == 0 ? db_run(c, in->store.db, SQL_SKETCH_SAVE,
			     DB_ARGS(db_blob(sealed), db_int(until(c, s).s), db_int(s->id)), NULL)
		       : rc;
}

int sketch_drop(struct ctx *c, struct instance *in, const struct sketch *s)
{
	return db_run(c, in->store.db, SQL_SKETCH_DROP, DB_ARGS(db_int(s->id)), NULL);
}

int sketch_keep(struct ctx *c, struct instance *in, const struct sketch *s)
{
	struct str sealed;
	int rc = seal(c, in, s, &sealed);

	return rc == 0 ? db_run(c, in->store.db, SQL_SKETCH_SENT,
			     DB_ARGS(db_blob(sealed), db_int(until(c, s).s), db_int(s->id),
				 db_blob(s->read)),
			     NULL)
		       : rc;
}

/* Sealed anew each time: who has read an older form changes nothing. */
int sketch_sent(struct ctx *c, struct instance *in, const struct sketch *s, struct str ref)
{
	struct sketch left = {.id = s->id, .form = json_map(c)};
	struct str sealed;
	int64_t changed = 0;
	int rc;

	json_set_text(c, left.form, "word", s->word);
	json_set_text(c, left.form, "sent", ref);
	rc = seal(c, in, &left, &sealed);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_SKETCH_SENT,
		    DB_ARGS(db_blob(sealed), db_int(until(c, &left).s), db_int(s->id),
			db_blob(s->read)),
		    &changed);
	return rc == 0 && changed == 0
		   ? err_set(c, ERR_CONFLICT, "this form was changed or sent elsewhere meanwhile")
		   : rc;
}

struct str sketch_demand(const struct sketch *s)
{
	return json_text(s->form, "sent");
}

struct listing {
	struct instance *in;
	struct json *list;
};

static int list_one(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *form, *j = json_map(c);
	struct instant end = {row[0].num};
	int rc;

	if (end.s < ctx_now(c) || l->list->n == LIST_MAX)
		return 0;
	rc = unseal(c, l->in, row[1].s, &form);
	if (rc != 0 || json_text(form, "sent").n > 0)
		return rc;
	json_set_text(c, j, "word", json_text(form, "word"));
	json_set_text(c, j, "until", instant_str(c, end));
	json_set_text(c, j, "about", json_text(form, "number"));
	json_add(c, l->list, j);
	return 0;
}

int sketch_list(struct ctx *c, struct instance *in, const struct person *who, struct json **ret)
{
	struct listing l = {in, json_list(c)};
	int rc =
	    db_each(c, in->store.db, SQL_SKETCH_OF_PERSON, DB_ARGS(db_int(who->id)), list_one, &l);

	*ret = l.list;
	return rc;
}
