/* People on call and their pages, the quality sample, and templates of letters. */
#ifndef WRIT_DESK_CALL_H
#define WRIT_DESK_CALL_H

#include "web/route.h"

/* Who is on call now and next, the rota, changes to it; pages that nobody has taken, for who may
 * see those: {view_oncall, "pages"}. What a line of the rota is called by is its number. */
int desk_oncall(struct route_ask *ask, struct json **ret);
extern const struct route_field desk_shift_fields[3], desk_change_fields[4], desk_line_fields[1];
int desk_shift(struct route_ask *ask, struct json **ret);
int desk_shift_drop(struct route_ask *ask, struct json **ret);
int desk_change(struct route_ask *ask, struct json **ret);
int desk_change_drop(struct route_ask *ask, struct json **ret);
/* "I have it"; part 0: the page. */
int desk_take_page(struct route_ask *ask, struct json **ret);

/* Without a period the last DESK_SAMPLE_DAYS days, and five in a hundred. */
enum { DESK_SAMPLE_DAYS = 92, DESK_SAMPLE_PERCENT = 5 };
extern const struct route_field desk_sample_fields[5], desk_check_fields[2];
int desk_sample(struct route_ask *ask, struct json **ret);
/* part 0: the case, part 1: the order's number */
int desk_check(struct route_ask *ask, struct json **ret);

/* {"templates": [{"template", "language", "own", "text"}], "may_keep"} */
int desk_templates(struct route_ask *ask, struct json **ret);
extern const struct route_field desk_template_fields[3], desk_template_drop_fields[2];
int desk_template_keep(struct route_ask *ask, struct json **ret);
int desk_template_drop(struct route_ask *ask, struct json **ret);

#endif
