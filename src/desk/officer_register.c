/* Registration (officer.h): what is asked before anybody is an officer. */
#include "base/mem.h"
#include "desk/officer.h"
#include "desk/outgoing.h"
#include "desk/tries.h"
#include "in/draft.h"
#include "in/seal_key.h"
#include "in/target.h"
#include "kind/land.h"

enum { CODE_BYTES = 5, CODE_LETTERS = 8 };

static const struct tries per_address = {"register", 3, 86400};
static const struct tries per_place = {"register.place", 20, 3600};
static const struct tries per_house = {"register.all", 400, 3600};

/* 40 random bits in 8 letters without those that are mistaken for each other. */
static struct str make_code(struct ctx *c)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char raw[CODE_BYTES];
	char *text = mem_alloc(c, CODE_LETTERS + 1);
	uint64_t bits = 0;

	ctx_random(c, raw, sizeof raw);
	for (size_t i = 0; i < sizeof raw; i++)
		bits = bits << 8 | raw[i];
	for (size_t i = 0; i < CODE_LETTERS; i++, bits >>= 5)
		text[i] = letters[bits & 31];
	text[CODE_LETTERS] = '\0';
	return str_of(text);
}

static struct hash code_hash(
    struct ctx *c, const struct instance *in, struct str key, struct str code)
{
	struct buf b = buf_init(c, 256);

	buf_put(&b, key);
	for (size_t i = 0; i < code.n; i++)
		if (code.p[i] != ' ' && code.p[i] != '-')
			buf_putc(&b, code.p[i] >= 'a' && code.p[i] <= 'z'
					 ? (char)(code.p[i] - 'a' + 'A')
					 : code.p[i]);
	return vault_key(in->store.vault, "registration.code", buf_str(&b));
}

static int check_form(struct ctx *c, const struct officer_form *f, struct str *ret_normal)
{
	const struct {
		const char *what;
		struct str text;
		bool needed;
	} lines[] = {{"name", f->name, true}, {"phone", f->phone, true}, {"rank", f->rank, false},
	    {"authority", f->authority, true}};
	struct seal_key key;

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		const char *fault = draft_line_fault(lines[i].text);

		if (fault != NULL || str_utf8_bad(lines[i].text) != lines[i].text.n)
			return err_set(c, ERR_INVALID, "field %s: is one line", lines[i].what);
		if (lines[i].needed && str_trim(lines[i].text).n == 0)
			return err_set(c, ERR_INVALID, "field %s: needed", lines[i].what);
	}
	if (!land_known(f->country))
		return err_set(c, ERR_INVALID, "field country: an ISO 3166-1 code of two letters");
	if (!str_is(f->language, "en") && !str_is(f->language, "de"))
		return err_set(c, ERR_INVALID, "field language: en or de");
	if (f->recipient.n > 0 &&
	    seal_key_read(c, f->recipient, (struct instant){ctx_now(c)}, &key) != 0)
		return err_while(c, ERR_INVALID, "field recipient");
	if (target_normalise(c, STR("email"), f->address, ret_normal) != 0) {
		err_clear(c);
		return err_set(c, ERR_INVALID, "field address: a mail address");
	}
	return 0;
}

struct registering {
	struct instance *in;
	const struct officer_form *form;
	struct str normal;
	struct hash key;
};

static struct str form_text(struct ctx *c, const struct registering *r)
{
	const struct officer_form *f = r->form;
	struct json *j = json_map(c);

	json_set_text(c, j, "name", str_trim(f->name));
	json_set_text(c, j, "address", r->normal);
	json_set_text(c, j, "phone", str_trim(f->phone));
	json_set_text(c, j, "rank", str_trim(f->rank));
	json_set_text(c, j, "authority", str_trim(f->authority));
	json_set_text(c, j, "country", f->country);
	json_set_text(c, j, "language", f->language);
	json_set_text(c, j, "recipient", f->recipient);
	return json_str(c, j);
}

static struct str letter(struct ctx *c, const struct registering *r, bool known, struct str code)
{
	bool de = str_is(r->form->language, "de");

	if (known)
		return de ? STR("Jemand hat diese Adresse im Portal angemeldet. Sie ist dort schon "
				"bekannt: Bitte melden Sie sich an, oder lassen Sie den Zugang "
				"wiederherstellen. Waren Sie es nicht, ist nichts zu tun.")
			  : STR("Somebody has registered this address in the portal. It is known "
				"there "
				"already: please sign in, or ask for your access to be recovered. "
				"If "
				"it was not you, nothing needs to be done.");
	return str_fmt(c,
	    de ? "Ihr Code für die Anmeldung im Portal: %.*s\nEr gilt 24 Stunden. Haben Sie sich "
		 "nicht "
		 "angemeldet, ist nichts zu tun."
	       : "Your code for the registration in the portal: %.*s\nIt lasts 24 hours. If you "
		 "did not "
		 "register, nothing needs to be done.",
	    STR_ARG(code));
}

/* Known or not, the same is read, sealed and written; only the letter differs, and it goes to the
 * address alone. */
static int keep(struct ctx *c, struct db *db, void *arg)
{
	struct registering *r = arg;
	struct str code = make_code(c);
	struct hash hash = code_hash(c, r->in, hash_str(&r->key), code);
	bool over = false;
	const struct db_val *row;
	int rc = tries_count(c, r->in, &per_address, r->normal, &over);

	if (rc == 0)
		rc = db_find(
		    c, db, SQL_OFFICER_BY_ADDRESS, DB_ARGS(db_blob(hash_str(&r->key))), &row);
	if (rc != 0)
		return rc;
	rc = db_run(c, db, SQL_REGISTRATION_SWEEP, DB_ARGS(db_int(ctx_now(c))), NULL);
	if (rc == 0)
		rc = db_run(c, db, SQL_REGISTRATION_PUT,
		    DB_ARGS(db_blob(hash_str(&r->key)),
			db_blob(vault_seal(
			    c, r->in->store.vault, "registration.form", form_text(c, r))),
			db_blob(hash_str(&hash)),
			db_int(row != NULL || over ? 0 : ctx_now(c) + OFFICER_CODE_SECONDS)),
		    NULL);
	if (rc != 0 || over)
		return rc;
	return outgoing_put(c, r->in,
	    &(struct outgoing){.kind = STR("officer.confirm"),
		.to = r->normal,
		.subject = str_is(r->form->language, "de") ? STR("Anmeldung im Portal für Behörden")
							   : STR("Registration in the portal"),
		.text = letter(c, r, row != NULL, code)});
}

int officer_register(
    struct ctx *c, struct instance *in, struct str place, const struct officer_form *form)
{
	struct registering r = {.in = in, .form = form};
	int rc = check_form(c, form, &r.normal);

	/* counted before anything is looked up: what is known makes no difference */
	if (rc == 0)
		rc = tries_place(c, in, &per_place, place);
	if (rc == 0)
		rc = tries_check(c, in, &per_house, STR("all"));
	if (rc != 0)
		return rc;
	r.key = vault_key(in->store.vault, "officer.address", r.normal);
	return db_tx(c, in->store.db, keep, &r);
}

/* ---- the code ---- */

struct confirming {
	struct instance *in;
	struct hash key, code;
	bool good;
	struct str form; /* canonical JSON */
};

/* A try is counted and kept whatever comes of it: in a transaction of its own. */
static int try_code(struct ctx *c, struct db *db, void *arg)
{
	struct confirming *f = arg;
	struct db_val key = db_blob(hash_str(&f->key));
	const struct db_val *row;
	int rc = db_find(c, db, SQL_REGISTRATION_FIND, DB_ARGS(key), &row);

	if (rc == 0)
		rc = db_run(c, db, SQL_REGISTRATION_TRY, DB_ARGS(key), NULL);
	if (rc != 0 || row == NULL || row[2].num >= OFFICER_CODE_TRIES ||
	    row[3].num <= ctx_now(c) || !str_eq(row[1].s, hash_str(&f->code)))
		return rc;
	f->good = true;
	return vault_unseal(c, f->in->store.vault, "registration.form", row[0].s, &f->form);
}

/* The person behind an officer signs in by a passkey; nobody knows the secret. */
static int put_person(
    struct ctx *c, struct step *s, const struct instance *in, struct str ref, int64_t *ret)
{
	struct str handle = str_fmt(c, "officer-%s", str_lower(c, ref).p);
	struct hash key = vault_key(in->store.vault, "person.handle", handle), secret;

	ctx_random(c, secret.b, sizeof secret.b);
	return step_insert(c, s, STEP_PERSON, SQL_OFFICER_PERSON_PUT,
	    DB_ARGS(db_blob(hash_str(&key)),
		db_blob(vault_seal(c, in->store.vault, "person.handle", handle)),
		db_blob(hash_str(&secret))),
	    ret);
}

static int become(struct ctx *c, struct step *s, void *arg)
{
	struct confirming *f = arg;
	struct id ref = id_make(c);
	struct json *j;
	int64_t person, officer = 0;
	int rc = json_parse(c, "stored registration", f->form, &j);

	if (rc == 0)
		rc = put_person(c, s, f->in, id_str(&ref), &person);
	if (rc == 0)
		rc = step_insert(c, s, STEP_OFFICER, SQL_OFFICER_PUT,
		    DB_ARGS(db_text(id_str(&ref)), db_int(person),
			db_text(json_text(j, "language")), db_text(json_text(j, "recipient")),
			db_int(s->now.s),
			db_blob(vault_seal(c, f->in->store.vault, "officer.profile", f->form))),
		    &officer);
	if (rc == 0)
		rc = db_run(c, s->store->db, SQL_OFFICER_ADDRESS_PUT,
		    DB_ARGS(db_int(officer), db_blob(hash_str(&f->key))), NULL);
	return rc == 0 ? db_run(c, s->store->db, SQL_REGISTRATION_DROP,
			     DB_ARGS(db_blob(hash_str(&f->key))), NULL)
		       : rc;
}

int officer_confirm(struct ctx *c, struct instance *in, struct str address, struct str code)
{
	struct confirming f = {.in = in};
	struct str normal;
	int rc = target_normalise(c, STR("email"), address, &normal);

	if (rc == 0) {
		f.key = vault_key(in->store.vault, "officer.address", normal);
		f.code = code_hash(c, in, hash_str(&f.key), code);
		rc = db_tx(c, in->store.db, try_code, &f);
	} else if (rc == ERR_INVALID) {
		err_clear(c);
		rc = 0;
	}
	if (rc == 0 && f.good)
		rc = step_run(c, &in->store, "officer.register", 0, become, &f, NULL);
	if (rc == ERR_CONFLICT) { /* two at the same moment: one of them is it */
		err_clear(c);
		f.good = false;
		rc = 0;
	}
	if (rc == 0 && !f.good)
		rc = err_set(c, ERR_DENIED,
		    "the code does not fit the address, or has ended: register again");
	return rc;
}
