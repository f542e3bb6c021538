#include "desk/choice.h"

int choice_language(struct ctx *c, struct instance *in, const struct person *who, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_CHOICE_FIND, DB_ARGS(db_int(who->id)), &row);

	if (rc == 0)
		*ret = row == NULL ? STR("") : row[0].s;
	return rc;
}

int choice_set_language(
    struct ctx *c, struct instance *in, const struct person *who, struct str language)
{
	if (!str_is(language, "en") && !str_is(language, "de"))
		return err_set(c, ERR_INVALID, "language: en or de");
	return db_run(
	    c, in->store.db, SQL_CHOICE_PUT, DB_ARGS(db_int(who->id), db_text(language)), NULL);
}
