#include "out/view_sender.h"

#include "desk/agency.h"
#include "desk/bar_step.h"
#include "desk/call_back.h"
#include "desk/extension.h"
#include "desk/notice.h"
#include "desk/standing.h"
#include "out/view_notice.h"

int view_sender_order(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t order, struct json *to)
{
	struct json *list;
	int rc = call_back_list(c, in, order, right_has(actor, RIGHT_ORDER_CALLS), &list);

	if (rc == 0 && list->n > 0)
		json_set(c, to, "call_backs", list);
	if (rc == 0)
		rc = extension_list(c, in, order, right_has(actor, RIGHT_ORDER_CALLS), &list);
	if (rc == 0 && list->n > 0)
		json_set(c, to, "time", list);
	if (rc == 0)
		rc = notice_list(c, in, order, right_has(actor, RIGHT_MATTER_TARGETS), &list);
	if (rc == 0 && list->n > 0)
		json_set(c, to, "notices", list);
	if (rc == 0 && right_has(actor, RIGHT_CLAIM_READ))
		rc = view_notice_claims(c, in, order, to);
	return rc;
}

int view_sender_bar(struct ctx *c, struct instance *in, const struct person *actor, int64_t secrecy,
    struct json *to)
{
	const struct db_val *row;
	struct json *steps;
	int rc = bar_step_list(c, in, secrecy, right_has(actor, RIGHT_DEMAND_DETAIL), &steps);

	if (rc == 0 && steps->n > 0)
		json_set(c, to, "steps", steps);
	if (rc == 0)
		rc =
		    db_find(c, in->store.db, SQL_SECRECY_SOURCE_OF, DB_ARGS(db_int(secrecy)), &row);
	if (rc != 0 || row == NULL)
		return rc;
	json_set_text(c, to, "source", str_make(c, row[2].s));
	if (row[3].kind == DB_INT)
		json_set_text(c, to, "review", day_str(c, db_get_day(row[3])));
	return 0;
}

static int put_sender(struct ctx *c, struct instance *in, const struct db_val *sub, struct json *to)
{
	struct json *j = json_map(c);
	struct officer o;
	struct agency a;
	int rc = officer_by_id(c, in, sub[3].num, &o);

	if (rc == 0)
		rc = agency_by_id(c, in, sub[4].num, &a);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "officer", o.ref);
	json_set_text(c, j, "officer_state", o.state);
	json_set_text(c, j, "agency", a.ref);
	json_set_text(c, j, "agency_name", a.name);
	json_set_text(c, j, "agency_state", a.state);
	json_set(c, to, "sender", j);
	return 0;
}

int view_sender_matter(struct ctx *c, struct instance *in, const struct matter *m, struct json *to)
{
	const struct db_val *sub;
	struct json *alerts;
	int rc =
	    db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(m->demand)), &sub);

	if (rc == 0 && sub != NULL)
		rc = put_sender(c, in, sub, to);
	if (rc == 0)
		rc = standing_alerts(c, in, m->id, &alerts);
	if (rc == 0 && alerts->n > 0)
		json_set(c, to, "alerts", alerts);
	return rc;
}
