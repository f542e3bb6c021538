/* Officers, agencies, and who sends, as the house sees them. */
#include "web/lang.h"
#include "web/table.h"
#include "web/vetting_agency.h"
#include "web/vetting_officer.h"

#include "tmpl_gen.h"

/* An act on an officer or an agency: its page comes again. */
#define ACT(called, kind, way, does, may, says)                                                    \
	.name = (called), .method = ROUTE_POST, .path = "/desk/" kind "/{of:word}/" way,           \
	.gate = GATE_STAFF, .view = (does), .next = "vetting_" kind "_one",                        \
	.form = "vetting_" kind "_one", .done = (says), ROUTE_NEEDS(may)
#define CASE(called, way, does, may, says)                                                         \
	.name = (called), .method = ROUTE_POST,                                                    \
	.path = "/desk/case/{case:word}/order/{n:number}/" way, .gate = GATE_STAFF,                \
	.view = (does), .next = "case", .form = "case", .done = (says), ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"vetting", ROUTE_GET, "/desk/officers", GATE_STAFF, .view = vetting_officers,
	.page = tmpl_vetting, ROUTE_NEEDS(RIGHT_OFFICER_READ), ROUTE_TAKES(vetting_list_fields),
	.title = "officers who stand so; those who wait to be vetted"},
    {"vetting_officers_one", ROUTE_GET, "/desk/officers/{officer:word}", GATE_STAFF,
	.view = vetting_officer, .page = tmpl_vetting_officer, ROUTE_NEEDS(RIGHT_OFFICER_READ)},
    {ACT("officer_vet", "officers", "vet", vetting_vet, RIGHT_OFFICER_VET,
	 SAY("Recorded. Once nobody else is due, the officer is sent a link by letter.")),
	ROUTE_TAKES(vetting_vet_fields)},
    {ACT("officer_refuse", "officers", "refuse", vetting_refused, RIGHT_OFFICER_VET,
	 SAY("The registration is refused.")),
	ROUTE_TAKES(vetting_reason_fields)},
    {ACT("officer_stand", "officers", "standing", vetting_stand, RIGHT_OFFICER_STAND,
	 SAY("The standing is recorded; open cases have their alert.")),
	ROUTE_TAKES(vetting_stand_fields)},
    {ACT("officer_forget", "officers", "forget", vetting_forget, RIGHT_OFFICER_FORGET,
	SAY("Forgotten: what they did stays, who they were is gone."))},

    {"agencies", ROUTE_GET, "/desk/agencies", GATE_STAFF, .view = vetting_agencies,
	.page = tmpl_agencies, ROUTE_NEEDS(RIGHT_AGENCY_READ),
	.title = "authorities that are known"},
    {"agency_add", ROUTE_POST, "/desk/agencies", GATE_STAFF, .view = vetting_agency_add,
	.next = "agencies", .form = "agencies", ROUTE_NEEDS(RIGHT_AGENCY_KEEP),
	ROUTE_TAKES(vetting_agency_fields)},
    {"vetting_agencies_one", ROUTE_GET, "/desk/agencies/{agency:word}", GATE_STAFF,
	.view = vetting_agency, .page = tmpl_agency, ROUTE_NEEDS(RIGHT_OFFICER_READ)},
    {ACT("agency_domain", "agencies", "domain", vetting_domain, RIGHT_AGENCY_KEEP,
	 SAY("Recorded. A domain counts once a second person has named it.")),
	ROUTE_TAKES(vetting_domain_fields)},
    {ACT("agency_domain_end", "agencies", "domain-end", vetting_domain_end, RIGHT_AGENCY_KEEP,
	 SAY("The domain counts no more.")),
	ROUTE_TAKES(vetting_domain_fields)},
    {ACT("agency_stand", "agencies", "standing", vetting_agency_stand, RIGHT_OFFICER_STAND,
	 SAY("The standing is recorded; open cases have their alert.")),
	ROUTE_TAKES(vetting_stand_fields)},

    {"alerts", ROUTE_GET, "/desk/alerts", GATE_STAFF, .view = vetting_alerts, .page = tmpl_alerts,
	ROUTE_NEEDS(RIGHT_ALERT_READ), .title = "cases whose sender is not trusted any more"},
    {"case_confirm", ROUTE_POST, "/desk/case/{case:word}/confirm", GATE_STAFF,
	.view = vetting_confirm, .next = "alerts", .form = "alerts", ROUTE_NEEDS(RIGHT_ALERT_CLEAR),
	ROUTE_TAKES(vetting_confirm_fields), .done = SAY("The demand is confirmed anew.")},
    {CASE("order_call_back", "call-back", vetting_call_back, RIGHT_ORDER_CALL_BACK,
	 SAY("The call-back is recorded.")),
	ROUTE_TAKES(vetting_call_fields)},
    {CASE("order_time", "time", vetting_ask_time, RIGHT_EXTENSION_ASK,
	 SAY("The authority is asked for more time.")),
	ROUTE_TAKES(vetting_time_fields)},
    {CASE("order_time_answer", "time-answer", vetting_answer_time, RIGHT_EXTENSION_ANSWER,
	 SAY("The answer is recorded.")),
	ROUTE_TAKES(vetting_grant_fields)},

    {"outgoing", ROUTE_GET, "/desk/outgoing", GATE_STAFF, .view = vetting_outgoing,
	.page = tmpl_outgoing, ROUTE_NEEDS(RIGHT_OUTGOING_READ), .title = "letters on their way"},
};
const struct route_family table_vetting = TABLE_FAMILY(routes);
