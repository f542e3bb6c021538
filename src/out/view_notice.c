#include "out/view_notice.h"

#include <string.h>

#include "desk/matter.h"
#include "kind/money.h"
#include "out/view_set.h"

struct listing {
	struct json *list;
	int64_t limit, last;
	bool more;
};

static int add_notice(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);

	l->more = (int64_t)l->list->n == l->limit;
	if (l->more)
		return 0;
	l->last = row[0].num;
	json_set_text(c, j, "case", str_make(c, row[1].s));
	json_set_int(c, j, "order", row[2].num);
	json_set_int(c, j, "number", row[3].num);
	json_set_text(c, j, "state", str_make(c, row[4].s));
	json_set_text(c, j, "country", str_make(c, row[10].s));
	json_set_bool(c, j, "holds", row[5].num != 0);
	view_set_instant(c, j, "at", db_get_instant(row[6]));
	view_set_instant(c, j, "sent", db_get_instant(row[7]));
	view_set_instant(c, j, "posted", db_get_instant(row[8]));
	view_set_instant(c, j, "not_before", db_get_instant(row[9]));
	json_add(c, l->list, j);
	return 0;
}

int view_notices(struct ctx *c, struct instance *in, const struct person *actor,
    const struct view_notices *page, struct json **ret)
{
	struct listing l = {.list = json_list(c), .limit = page->limit};
	struct str state = page->state.n > 0 ? page->state : STR("drafted");
	int rc = right_needs(c, actor, RIGHT_QUEUE_READ);

	if (l.limit < 1 || l.limit > VIEW_NOTICES_MAX)
		l.limit = VIEW_NOTICES_MAX;
	if (rc == 0 &&
	    !str_has_word(
		STR("due drafted approved sent objected withdrawn barred not_needed"), state))
		rc = err_set(c, ERR_INVALID,
		    "a notice is: due, drafted, approved, sent, objected, withdrawn, barred, "
		    "not_needed");
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_NOTICE_PAGE,
		    DB_ARGS(db_text(state), db_int(page->after), db_int(actor->sealed),
			db_int(right_within(actor)), db_int(l.limit + 1)),
		    add_notice, &l);
	if (rc != 0)
		return rc;
	*ret = json_map(c);
	json_set_text(c, *ret, "state", state);
	json_set(c, *ret, "notices", l.list);
	if (l.more)
		json_set_int(c, *ret, "after", l.last);
	return 0;
}

static int add_claim(struct ctx *c, const struct db_val *row, void *arg)
{
	struct json *j = json_map(c);
	struct money asked = {row[2].num, ""};

	memcpy(asked.currency, row[3].s.p, 3);
	json_set_text(c, j, "claim", str_make(c, row[0].s));
	json_set_text(c, j, "state", str_make(c, row[1].s));
	json_set_text(c, j, "asked", money_str(c, asked));
	view_set_day(c, j, "claim_by", db_get_day(row[4]));
	json_add(c, arg, j);
	return 0;
}

int view_notice_claims(struct ctx *c, struct instance *in, int64_t order, struct json *to)
{
	struct json *list = json_list(c);
	int rc =
	    db_each(c, in->store.db, SQL_CLAIM_OF_ORDER, DB_ARGS(db_int(order)), add_claim, list);

	if (rc == 0 && list->n > 0)
		json_set(c, to, "claims", list);
	return rc;
}
