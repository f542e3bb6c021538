/* That a recovery took place is told to the person it was for, where the house has an address:
 * whoever talked two people into it does not read that mail (declared in enrol.h). */
#include "desk/choice.h"
#include "desk/enrol.h"
#include "desk/officer.h"
#include "desk/outgoing.h"

static int address_of(struct ctx *c, struct instance *in, const struct person *person,
    struct str *ret_to, struct str *ret_language)
{
	const struct db_val *row;
	struct officer o;
	bool officer;
	int rc = officer_find_person(c, in, person->id, &o, &officer);

	if (rc == 0 && officer) {
		*ret_to = o.address;
		*ret_language = o.language;
		return 0;
	}
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_PERSON_MAIL, DB_ARGS(db_int(person->id)), &row);
	if (rc == 0 && row != NULL)
		rc = vault_unseal(c, in->store.vault, "person.mail", row[0].s, ret_to);
	return rc == 0 ? choice_language(c, in, person, ret_language) : rc;
}

int enrol_tell_recovered(struct ctx *c, struct instance *in, const struct person *person)
{
	struct str to = STR(""), language = STR("");
	int rc = address_of(c, in, person, &to, &language);
	bool de = str_is(language, "de");

	if (rc != 0 || to.n == 0)
		return rc;
	return outgoing_put(c, in,
	    &(struct outgoing){.kind = STR("person.recovered"),
		.to = to,
		.subject = de ? STR("Ihr Zugang wird wiederhergestellt")
			      : STR("Your access is being recovered"),
		.text = de ? STR("Zwei Personen haben bestätigt, dass Ihr Zugang "
				 "wiederhergestellt wird. Ihre bisherigen Passkeys und "
				 "Sitzungen sind beendet; einen neuen Link geben sie Ihnen "
				 "selbst. Haben Sie das nicht verlangt, rufen Sie bitte sofort "
				 "an: Ein anderer gibt sich für Sie aus.")
			   : STR("Two people have confirmed that your access is recovered. "
				 "Your passkeys and sessions so far have ended; they give you "
				 "a new link themselves. If you did not ask for this, please "
				 "call at once: somebody else claims to be you.")});
}
