/*
 * The text of values as the views (src/out/view*.h) and the HTTP API give them: one for each, for
 * the command on an instance and the same command on a server (remote.h). Each stands beside its
 * command. All texts within are harmless by then (cli_plain).
 */
#ifndef WRIT_SHOWN_H
#define WRIT_SHOWN_H

#include "kind/json.h"

/* cmd_matter.c: view_cases, view_matter, view_why, standing_alerted */
void shown_cases(const struct json *j);
void shown_case(const struct json *j);
void shown_why(const struct json *list);
void shown_alerts(const struct json *list);
/* cmd_demand.c: view_demands, a demand's draft with its reference and state; cmd_inbox.c:
 * view_inbox, view_demand, templates */
void shown_demands(const struct json *j);
void shown_inbox(const struct json *j);
void shown_demand(const struct json *j);
void shown_templates(const struct json *list);
/* cmd_desk.c: view_queues, view_queue, view_my_day, view_calendar, view_overview,
 * view_after_open */
void shown_queues(const struct json *j);
void shown_queue(const struct json *j);
void shown_day(const struct json *j);
void shown_calendar(const struct json *j);
void shown_overview(const struct json *j);
void shown_after(const struct json *j);
/* cmd_search.c: view_search, view_saved; cmd_quality.c: view_quality */
void shown_search(const struct json *j);
void shown_saved(const struct json *list);
void shown_quality(const struct json *j);
/* cmd_oncall.c: view_oncall, view_pages */
void shown_oncall(const struct json *j);
void shown_pages(const struct json *list);
/* cmd_notice.c: view_notices */
void shown_notices(const struct json *j);
void shown_notice(const struct json *list);
/* cmd_claim.c: view_claims, what view_claim_due lists, view_claim, view_claim_totals */
void shown_claims(const struct json *j);
void shown_claims_due(const struct json *orders);
void shown_claim(const struct json *j);
void shown_claim_totals(const struct json *j);
/* cmd_officer.c: view_officers; cmd_agency.c: view_agencies */
void shown_officers(const struct json *list);
void shown_agencies(const struct json *list);

#endif
