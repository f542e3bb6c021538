/*
 * Editions in the browser: the list and what comes next, one with its figures and what stands
 * against it, a preview, counting and publishing (as jobs, web/account_job.h). An edition is named
 * in addresses as everywhere ("2026H1.2"), with "_" for the "/" of a period that is no half-year.
 */
#ifndef WRIT_ACCOUNT_H
#define WRIT_ACCOUNT_H

#include "desk/edition.h"
#include "web/route.h"

extern const struct route_field account_make_fields[6];
extern const struct route_field account_new_fields[1];

/* account_named(ask, ret): the edition of the first part; ERR_NOTFOUND. */
int account_named(struct route_ask *ask, struct edition *ret) MUST_CHECK;
/* account_fresh(ask): 0 when the passkey was used for publishing a moment ago; ERR_DENIED, also for
 * a token: a person publishes. */
int account_fresh(struct route_ask *ask) MUST_CHECK;
/* account_job(ask, kind, what, ret): puts it, and sends the browser to its page. */
int account_job(
    struct route_ask *ask, const char *kind, struct json *what, struct json **ret) MUST_CHECK;
/* account_words(ask, lang, ret): what the fields title_LANG, text_LANG, authority_LANG and
 * outcome_LANG say, those that the route has; the wrong one is named. */
int account_words(struct route_ask *ask, const char *lang, struct wording *ret) MUST_CHECK;
/* account_field(ask, name): the value of a field of the route by its name; not given for a name
 * that it has not. account_day: of one that is a day; DAY_NONE. */
const struct route_value *account_field(const struct route_ask *ask, const char *name);
struct day account_day(const struct route_ask *ask, const char *name);
/* account_point(ask, code): an error that names an option ("--given: ...") names the field of the
 * form in its place. */
int account_point(struct route_ask *ask, int code) MUST_CHECK;

int account_list(struct route_ask *ask, struct json **ret);
int account_new(struct route_ask *ask, struct json **ret);
int account_make(struct route_ask *ask, struct json **ret);
int account_edition(struct route_ask *ask, struct json **ret);
int account_check(struct route_ask *ask, struct json **ret);
int account_publish(struct route_ask *ask, struct json **ret);
int account_job_page(struct route_ask *ask, struct json **ret);
int account_preview(struct route_ask *ask, struct answer *a);

#endif
