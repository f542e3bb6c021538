/* The officers' portal: what anybody may do, what officers do, and the staff's side of it. */
#include "web/lang.h"
#include "web/office_case.h"
#include "web/office_fetch.h"
#include "web/office_form.h"
#include "web/office_public.h"
#include "web/office_send.h"
#include "web/table.h"

#include "tmpl_gen.h"

/* A step of the guided form, in the portal and in the form that is open to anybody. */
#define STEP(called, way, does, shows)                                                             \
	{"office_" called, ROUTE_GET, "/portal/new/{form:word}/" way, GATE_OFFICER,                \
	    .view = does##_page, .page = (shows)},                                                 \
	{                                                                                          \
		"form_" called, ROUTE_GET, "/portal/form/{form:word}/" way, GATE_PUBLIC,           \
		    .view = does##_page, .page = (shows)                                           \
	}
#define STEP_DO(called, way, does, list, takes)                                                    \
	{"office_" called "_do", ROUTE_POST, "/portal/new/{form:word}/" way, GATE_OFFICER,         \
	    .view = (does), .next = "office_" called, .form = "office_" called, ROUTE_TAKES(list), \
	    .files = (takes)},                                                                     \
	{                                                                                          \
		"form_" called "_do", ROUTE_POST, "/portal/form/{form:word}/" way, GATE_PUBLIC,    \
		    .view = (does), .next = "form_" called, .form = "form_" called,                \
		    ROUTE_TAKES(list), .files = (takes)                                            \
	}

/* An act on a demand, and one on its order: the demand's page comes again. */
#define CASE(called, way, does, says)                                                              \
	.name = "office_" called, .method = ROUTE_POST, .path = "/portal/case/{demand:word}/" way, \
	.gate = GATE_OFFICER, .view = (does), .next = "office_case", .form = "office_case",        \
	.done = (says)
#define ORDER(called, way, does, says) CASE(called, "order/{n:number}/" way, does, says)

static const struct route routes[] = {
    {"office", ROUTE_GET, "/portal", GATE_PUBLIC, .view = office_portal, .page = tmpl_office},
    {"office_register", ROUTE_GET, "/portal/register", GATE_PUBLIC, .view = office_register_page,
	.page = tmpl_office_register},
    {"office_register_do", ROUTE_POST, "/portal/register", GATE_PUBLIC, .view = office_register,
	.next = "office_confirm", .form = "office_register", ROUTE_TAKES(office_register_fields),
	.done = SAY("If this address can be registered, a code is on its way to it.")},
    {"office_confirm", ROUTE_GET, "/portal/confirm", GATE_PUBLIC, .view = office_confirm_page,
	.page = tmpl_office_confirm},
    {"office_confirm_do", ROUTE_POST, "/portal/confirm", GATE_PUBLIC, .view = office_confirm,
	.next = "office_confirmed", .form = "office_confirm", ROUTE_TAKES(office_confirm_fields)},
    {"office_confirmed", ROUTE_GET, "/portal/confirmed", GATE_PUBLIC, .view = office_confirm_page,
	.page = tmpl_office_confirmed},
    {"office_open", ROUTE_GET, "/portal/open", GATE_PUBLIC, .view = office_confirm_page,
	.page = tmpl_office_open},

    /* the guided form */
    {"office_new", ROUTE_GET, "/portal/new", GATE_OFFICER, .view = office_begin_page,
	.page = tmpl_office_new},
    {"office_new_do", ROUTE_POST, "/portal/new", GATE_OFFICER, .view = office_begin,
	.next = "office_new", .form = "office_new", ROUTE_TAKES(office_begin_fields)},
    {"form_new", ROUTE_GET, "/portal/form", GATE_PUBLIC, .view = office_begin_page,
	.page = tmpl_form_new},
    {"form_new_do", ROUTE_POST, "/portal/form", GATE_PUBLIC, .view = office_begin,
	.next = "form_new", .form = "form_new", ROUTE_TAKES(office_begin_fields)},
    {"office_drop", ROUTE_POST, "/portal/new/{form:word}/drop", GATE_OFFICER, .view = office_drop,
	.next = "office_new", .done = SAY("What you had entered is gone.")},
    {"form_drop", ROUTE_POST, "/portal/form/{form:word}/drop", GATE_PUBLIC, .view = office_drop,
	.next = "form_new", .done = SAY("What you had entered is gone.")},
    {"form_who", ROUTE_GET, "/portal/form/{form:word}/who", GATE_PUBLIC, .view = office_who_page,
	.page = tmpl_office_who},
    {"form_who_do", ROUTE_POST, "/portal/form/{form:word}/who", GATE_PUBLIC, .view = office_who,
	.next = "form_who", .form = "form_who", ROUTE_TAKES(office_who_fields)},
    STEP("what", "what", office_what, tmpl_office_what),
    STEP_DO("what", "what", office_what, office_what_fields, &office_list_files),
    STEP("instrument", "instrument", office_instrument, tmpl_office_instrument),
    STEP_DO("instrument", "instrument", office_instrument, office_instrument_fields, NULL),
    STEP("details", "details", office_details, tmpl_office_details),
    STEP_DO("details", "details", office_details, office_details_fields, NULL),
    STEP("send", "send", office_send, tmpl_office_send),
    {"office_send_do", ROUTE_POST, "/portal/new/{form:word}/send", GATE_OFFICER,
	.view = office_send, .next = "office_send", .form = "office_send",
	ROUTE_TAKES(office_send_fields), .files = &office_papers,
	.done = SAY("Your demand is recorded. Its receipt is on this page.")},
    {"form_send_do", ROUTE_POST, "/portal/form/{form:word}/send", GATE_PUBLIC, .view = office_send,
	.next = "form_send", .form = "form_send", .files = &office_papers},
    {"form_receipt", ROUTE_GET, "/portal/form/{form:word}/receipt", GATE_PUBLIC,
	.view = office_receipt_page, .page = tmpl_form_receipt},
    {"form_promise", ROUTE_GET, "/portal/form/{form:word}/promise", GATE_PUBLIC,
	.run = office_form_promise},

    /* demands of one's own */
    {"office_cases", ROUTE_GET, "/portal/cases", GATE_OFFICER, .view = office_cases,
	.page = tmpl_office_cases, .title = "the officer's demands"},
    {"office_case", ROUTE_GET, "/portal/case/{demand:word}", GATE_OFFICER, .view = office_case,
	.page = tmpl_office_case, .title = "one of the officer's demands"},
    {"office_promise", ROUTE_GET, "/portal/case/{demand:word}/receipt", GATE_OFFICER,
	.run = office_case_promise},
    {ORDER("answer", "answer", office_answer, SAY("Your answer is with us.")),
	ROUTE_TAKES(office_text_fields)},
    {ORDER("correct", "correct", office_correct,
	 SAY("The identifier is corrected and examined again.")),
	ROUTE_TAKES(office_correct_fields)},
    {ORDER("withdraw_items", "withdraw-items", office_withdraw_item, SAY("It is withdrawn.")),
	ROUTE_TAKES(office_item_fields)},
    {ORDER("withdraw_order", "withdraw", office_withdraw_order, SAY("It is withdrawn.")),
	ROUTE_TAKES(office_because_fields)},
    {ORDER("ask_time", "time", office_ask_time, SAY("We have your question for more time.")),
	ROUTE_TAKES(office_time_fields)},
    {ORDER("answer_time", "time-answer", office_answer_time, SAY("Your answer is with us.")),
	ROUTE_TAKES(office_grant_fields)},
    {CASE("withdraw", "withdraw", office_withdraw, SAY("It is withdrawn.")),
	ROUTE_TAKES(office_because_fields)},
    {CASE("share", "share", office_share, SAY("Kept.")), ROUTE_TAKES(office_share_fields)},
    {CASE("invite", "invite", office_invite,
	 SAY("If this is a colleague's address, they see the demand now.")),
	ROUTE_TAKES(office_invite_fields)},
    {CASE("uninvite", "colleague/{officer:word}/end", office_uninvite, SAY("Kept."))},
    {"office_production", ROUTE_GET, "/portal/case/{demand:word}/production/{production:word}",
	GATE_OFFICER, .view = office_production, .page = tmpl_office_production, .notes = true,
	.title = "a production that lies here for the officer"},
    {"office_pledge", ROUTE_POST, "/portal/case/{demand:word}/production/{production:word}/pledge",
	GATE_OFFICER, .view = office_pledge, .next = "office_production",
	.form = "office_production", ROUTE_TAKES(office_pledge_fields),
	.done = SAY("Recorded. You can download the file now.")},
    {"office_fetch", ROUTE_POST, "/portal/case/{demand:word}/production/{production:word}/fetch",
	GATE_OFFICER, .run = office_fetch, .form = "office_production",
	ROUTE_TAKES(office_fetch_fields)},
    {CASE("acknowledge", "production/{production:word}/acknowledge", office_acknowledge,
	SAY("Thank you: that you have it is recorded."))},

    {"office_self", ROUTE_GET, "/portal/me", GATE_OFFICER, .view = office_self,
	.page = tmpl_office_self},
    {"office_self_key", ROUTE_POST, "/portal/me/key", GATE_OFFICER, .view = office_self_key,
	.next = "office_self", .form = "office_self", ROUTE_TAKES(office_key_fields),
	.done = SAY("Productions are sealed to this key from now on.")},
};
const struct route_family table_office = TABLE_FAMILY(routes);
