/* The last step of the guided form (office_form.h): all of it to look over, the papers, and the
 * demand itself; then the receipt. */
#ifndef WRIT_OFFICE_SEND_H
#define WRIT_OFFICE_SEND_H

#include "web/route.h"

extern const struct route_files office_papers;
extern const struct route_field office_send_fields[1]; /* of an officer: which old papers stay */

int office_send_page(struct route_ask *ask, struct json **ret);    /* part 0: the word */
int office_send(struct route_ask *ask, struct json **ret);         /* part 0; files */
int office_receipt_page(struct route_ask *ask, struct json **ret); /* public form; part 0 */
int office_form_promise(struct route_ask *ask, struct answer *a);  /* public form; part 0 */
int office_case_promise(struct route_ask *ask, struct answer *a);  /* part 0: the demand */

#endif
