#include "desk/standing.h"

#include "base/mem.h"
#include "desk/agency.h"

struct change {
	struct instance *in;
	const struct person *actor;
	struct str ref, act, reason;
	bool of_agency;
	int64_t *matters, *officers; /* open cases, and who submitted each */
	size_t n, cap_matters, cap_officers;
	size_t at; /* the one that is being raised */
	struct step *step;
};

/* ---- why ---- */

int standing_note(struct ctx *c, struct step *s, struct instance *in, int64_t officer,
    int64_t agency, const char *act, struct str source, struct str reason)
{
	struct json *j = json_map(c);

	if (source.n > 0)
		json_set_text(c, j, "source", source);
	json_set_text(c, j, "reason", reason);
	json_set_text(c, s->detail, "act", str_of(act));
	return step_insert(c, s, STEP_STANDING, SQL_STANDING_PUT,
	    DB_ARGS(db_ref(officer), db_ref(agency), db_text(str_of(act)), db_int(s->actor),
		db_int(s->now.s),
		db_blob(vault_seal(c, in->store.vault, "standing.reason", json_str(c, j)))),
	    NULL);
}

struct listing {
	struct instance *in;
	struct json *list;
};

static int list_one(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c), *why;
	struct person who;
	struct str text;
	int rc = person_get(c, l->in, row[3].num, &who);

	if (rc == 0) {
		json_set_text(c, j, "act", str_make(c, row[2].s));
		json_set_text(c, j, "at", instant_str(c, (struct instant){row[4].num}));
		json_set_text(c, j, "by", who.handle);
		json_add(c, l->list, j);
	}
	if (rc != 0 || row[5].kind != DB_BLOB)
		return rc;
	rc = vault_unseal(c, l->in->store.vault, "standing.reason", row[5].s, &text);
	if (rc == 0)
		rc = json_parse(c, "stored standing", text, &why);
	if (rc == 0 && json_text(why, "source").n > 0)
		json_set_text(c, j, "source", json_text(why, "source"));
	if (rc == 0)
		json_set_text(c, j, "reason", json_text(why, "reason"));
	return rc;
}

int standing_list(
    struct ctx *c, struct instance *in, int64_t officer, int64_t agency, struct json **ret)
{
	struct listing l = {in, json_list(c)};
	int rc = db_each(c, in->store.db,
	    officer != 0 ? SQL_STANDING_OF_OFFICER : SQL_STANDING_OF_AGENCY,
	    DB_ARGS(db_int(officer != 0 ? officer : agency)), list_one, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}

/* ---- the change itself ---- */

static int set_person(struct ctx *c, struct step *s, struct instance *in, int64_t id, bool active)
{
	struct person p;
	int rc = person_get(c, in, id, &p);

	if (rc != 0 || p.active == active)
		return rc;
	return step_update(
	    c, s, STEP_PERSON, SQL_OFFICER_PERSON_SET, id, p.rev, DB_ARGS(db_int(active)));
}

static bool ends(struct str act)
{
	return str_is(act, "left") || str_is(act, "refused");
}

static int set_officer(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct agency a = {.state = STR("active")};
	struct officer o;
	const struct db_val *lock;
	int rc = officer_get(c, ch->in, ch->ref, &o);

	if (rc == 0)
		rc = db_one(c, s->store->db, SQL_OFFICER_LOCK, DB_ARGS(db_int(o.id)), &lock);
	if (rc == 0 && o.agency != 0)
		rc = agency_by_id(c, ch->in, o.agency, &a);
	if (rc != 0)
		return rc;
	if (str_eq(o.state, ch->act))
		return err_set(
		    c, ERR_CONFLICT, "the officer is %s already", err_word(c, o.state.p));
	if (ends(o.state) || (str_is(o.state, "confirmed") && str_is(ch->act, "active")))
		return err_set(c, ERR_DENIED,
		    ends(o.state) ? "who left or was refused registers anew"
				  : "an officer becomes active by being vetted");
	rc = step_update(c, s, STEP_OFFICER, SQL_OFFICER_SET, o.id, o.rev,
	    DB_ARGS(db_text(ch->act), db_ref(o.agency), db_ref(o.vetter), db_int(o.second_due),
		db_ref(o.second)));
	if (rc == 0)
		rc = set_person(
		    c, s, ch->in, o.person, str_is(ch->act, "active") && str_is(a.state, "active"));
	if (rc == 0)
		rc = standing_note(
		    c, s, ch->in, o.id, 0, str_z(c, ch->act), (struct str){"", 0}, ch->reason);
	if (rc == 0 && ends(ch->act))
		rc = db_run(c, s->store->db, SQL_OFFICER_ADDRESS_DROP, DB_ARGS(db_int(o.id)), NULL);
	return rc;
}

static int set_member(struct ctx *c, const struct officer *o, void *arg)
{
	struct change *ch = arg;

	if (!str_is(o->state, "active"))
		return 0;
	return set_person(c, ch->step, ch->in, o->person, str_is(ch->act, "active"));
}

static int set_agency(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct agency a;
	int rc = agency_get(c, ch->in, ch->ref, &a);

	if (rc == 0 && str_eq(a.state, ch->act))
		rc = err_set(c, ERR_CONFLICT, "the agency is %s already", err_word(c, a.state.p));
	if (rc == 0)
		rc = step_update(
		    c, s, STEP_AGENCY, SQL_AGENCY_SET, a.id, a.rev, DB_ARGS(db_text(ch->act)));
	ch->step = s;
	if (rc == 0)
		rc = officer_of_agency(c, ch->in, a.id, set_member, ch);
	return rc == 0 ? standing_note(c, s, ch->in, 0, a.id, str_z(c, ch->act),
			     (struct str){"", 0}, ch->reason)
		       : rc;
}

/* ---- the cases ---- */

static int note_matter(struct ctx *c, const struct db_val *row, void *arg)
{
	struct change *ch = arg;

	ch->matters = mem_grow(c, ch->matters, ch->n, &ch->cap_matters, sizeof *ch->matters);
	ch->officers = mem_grow(c, ch->officers, ch->n, &ch->cap_officers, sizeof *ch->officers);
	ch->matters[ch->n] = row[0].num;
	ch->officers[ch->n++] = row[1].num;
	return 0;
}

static int put_alert(
    struct ctx *c, struct step *s, int64_t matter, int64_t officer, struct str cause)
{
	json_set_text(c, s->detail, "cause", cause);
	return step_insert(c, s, STEP_ALERT, SQL_ALERT_PUT,
	    DB_ARGS(db_int(matter), db_int(officer), db_text(cause), db_int(s->now.s)), NULL);
}

static int raise_one(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	int rc = step_matter(c, s, ch->matters[ch->at]);

	return rc == 0 ? put_alert(c, s, ch->matters[ch->at], ch->officers[ch->at], ch->act) : rc;
}

static int list_matters(struct ctx *c, struct change *ch)
{
	struct officer o;
	struct agency a;
	int rc = ch->of_agency ? agency_get(c, ch->in, ch->ref, &a)
			       : officer_get(c, ch->in, ch->ref, &o);

	return rc == 0 ? db_each(c, ch->in->store.db,
			     ch->of_agency ? SQL_MATTERS_OF_AGENCY : SQL_MATTERS_OF_OFFICER,
			     DB_ARGS(db_int(ch->of_agency ? a.id : o.id)), note_matter, ch)
		       : rc;
}

static int change_all(struct ctx *c, void *arg)
{
	struct change *ch = arg;
	int rc = step_run(c, &ch->in->store, ch->of_agency ? "agency.stand" : "officer.stand",
	    ch->actor->id, ch->of_agency ? set_agency : set_officer, ch, NULL);

	if (rc == 0 && (str_is(ch->act, "suspended") || str_is(ch->act, "compromised")))
		rc = list_matters(c, ch);
	for (; ch->at < ch->n && rc == 0; ch->at++)
		rc = step_run(c, &ch->in->store, "alert.raise", ch->actor->id, raise_one, ch, NULL);
	return rc;
}

static int run(struct ctx *c, struct change *ch, const char *acts)
{
	int rc = right_needs(c, ch->actor, RIGHT_OFFICER_STAND);

	if (rc == 0 && str_is(ch->act, "active"))
		rc = right_needs(c, ch->actor, RIGHT_OFFICER_TRUST);
	if (rc == 0 && !str_has_word(str_of(acts), ch->act))
		rc = err_set(c, ERR_INVALID, "a standing is one of: %s", acts);
	if (rc == 0 && str_trim(ch->reason).n == 0)
		rc = err_set(c, ERR_INVALID, "a reason is needed");
	return rc == 0 ? step_together(c, &ch->in->store, change_all, ch) : rc;
}

int standing_officer(struct ctx *c, struct instance *in, const struct person *actor,
    struct str officer, struct str act, struct str reason)
{
	struct change ch = {.in = in, .actor = actor, .ref = officer, .act = act, .reason = reason};

	return run(c, &ch, "suspended compromised active left refused");
}

int standing_agency(struct ctx *c, struct instance *in, const struct person *actor,
    struct str agency, struct str act, struct str reason)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .ref = agency,
	    .act = act,
	    .reason = reason,
	    .of_agency = true};

	return run(c, &ch, "suspended compromised active");
}

/* ---- a case that is opened now ---- */

int standing_lock(struct ctx *c, struct instance *in, int64_t demand)
{
	const struct db_val *sub, *lock;
	int rc = db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(demand)), &sub);

	return rc == 0 && sub != NULL
		   ? db_one(c, in->store.db, SQL_OFFICER_LOCK, DB_ARGS(sub[3]), &lock)
		   : rc;
}

static bool untrusted(struct str state)
{
	return str_is(state, "suspended") || str_is(state, "compromised");
}

int standing_open(
    struct ctx *c, struct step *s, struct instance *in, int64_t demand, int64_t matter)
{
	const struct db_val *sub;
	struct officer o;
	struct agency a;
	int rc = db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(demand)), &sub);

	if (rc != 0 || sub == NULL)
		return rc;
	rc = officer_by_id(c, in, sub[3].num, &o);
	if (rc == 0)
		rc = agency_by_id(c, in, sub[4].num, &a);
	if (rc != 0 || (!untrusted(o.state) && !untrusted(a.state)))
		return rc;
	return put_alert(c, s, matter, o.id, untrusted(o.state) ? o.state : a.state);
}
