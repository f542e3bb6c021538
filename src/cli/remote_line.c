#include "cli/remote_line.h"

#include "cli/shown.h"

#define REASON "reason reason-file@reason"
#define PAGE "limit after"
/* A search's options; what is searched for stands in no address, so all of them are posted. */
#define QUERY                                                                                      \
	"ref number target target-file@target kind instrument state country body assigned "        \
	"open=open=open done=open=done from to"

static const struct remote_line lines[] = {
    /* ---- triage ---- */
    {"inbox", "", "desk", "", PAGE, .shown = shown_inbox},
    {"demand", "list", "demands", "", "state " PAGE, .list = "demands", .shown = shown_demands},
    {"demand", "show", "demand", "demand", .part = "draft", .with = "demand state"},
    {"demand", "preview", "demand", "demand", .shown = shown_demand},
    {"demand", "verify", "demand_verify", "demand",
	.says = "Recorded: the sender is the authority. A case in review is judged again.\n"},
    {"demand", "open", "demand_open", "demand", "cures:case order", "how=cures", "--cures",
	.says = "Case {case} is open. Look at it: writ matter show {case}\n"},
    {"demand", "open", "demand_open", "demand", "amends:case order", "how=amends", "--amends",
	.says = "Case {case} is open. Look at it: writ matter show {case}\n"},
    {"demand", "open", "demand_open", "demand",
	.says = "Case {case} is open. Look at it: writ matter show {case}\n"},
    {"demand", "merge", "demand_merge", "demand into", .says = "Merged: it counts once.\n"},
    {"demand", "sort-out", "demand_sort_out", "demand", "kind:as",
	.says = "Sorted out as {as}: it does not count as a data demand (writ demand list --state "
		"not_data).\n"},
    {"demand", "letter", "demand_letter", "demand", "template", .says = "{letter}"},

    /* ---- lists of the desk ---- */
    {"overview", "", "today", "", .part = "counts", .shown = shown_overview},
    {"day", "", "today", "", .shown = shown_day},
    {"queues", "", "queues", "", .shown = shown_queues},
    {"queue", "", "queue", "person", PAGE, .shown = shown_queue},
    {"calendar", "", "calendar", "from to", "kind mine=mine=yes " PAGE, .shown = shown_calendar},
    {"search", "", "search_save", "[any]", QUERY " save:name", .when = "--save",
	.says = "Kept: writ search --saved {saved}\n"},
    {"search", "", "search_do", "[any]", QUERY " saved " PAGE, .reads = true,
	.shown = shown_search},
    {"saved", "list", "search", "", .part = "saved", .shown = shown_saved},
    {"saved", "drop", "search_drop", "saved", .says = "Forgotten.\n"},

    /* ---- cases ---- */
    {"matter", "list", "cases", "", "closed=closed=yes " PAGE, .list = "cases",
	.shown = shown_cases},
    {"matter", "show", "case", "case", .shown = shown_case},
    {"matter", "why", "order_why", "case", "order:n", .part = "findings", .shown = shown_why},
    {"matter", "alerts", "alerts", "", .part = "alerts", .shown = shown_alerts},
    {"matter", "confirm", "case_confirm", "case", "source " REASON,
	.says = "Confirmed: the alerts of this case have ended.\n"},
    {"matter", "close", "case_close", "case",
	.says = "Closed: writ matter list --closed shows it.\n"},
    {"matter", "reopen", "case_reopen", "case", .says = "Open again.\n"},
    {"matter", "assign", "case_assign", "case taker", "reason:note reason-file@note",
	.says = "Case {case} is {taker}'s now.\n"},
    {"matter", "watch", "case_watch", "case", .fixed = "on=yes",
	.says = "Watched: writ day shows it.\n"},
    {"matter", "unwatch", "case_watch", "case", .fixed = "on=no",
	.says = "Not watched any more.\n"},

    /* ---- orders and items ---- */
    {"order", "fact", "order_fact", "case name=value", .opts = "order:n"},
    {"order", "note", "order_note", "case", .opts = "order:n " REASON},
    {"order", "judge", "order_judge", "case", .opts = "order:n"},
    {"order", "answer", "order_answer", "case finding answer", .opts = "order:n " REASON},
    {"order", "examine", "order_examine", "case verdict", .opts = "order:n " REASON},
    {"order", "return", "order_return", "case", .opts = "order:n " REASON},
    {"order", "reply", "order_reply", "case", .opts = "order:n " REASON},
    {"order", "reject", "order_reject", "case", .opts = "order:n code " REASON},
    {"order", "annex3", "order_annex3", "case", .opts = "order:n code " REASON},
    {"order", "withdraw", "order_withdraw", "case", .opts = "order:n because"},
    {"order", "redirect", "order_redirect", "case",
	.opts = "order:n name address address-file@address despite-bar=despite_bar=yes " REASON},
    {"order", "lapse", "order_lapse", "case", .opts = "order:n code:because"},
    {"production", "open", "after", "", .shown = shown_after},
    {"order", "text", "order_text", "case", "order:n template", .says = "{text}"},
    {"order", "call-back", "order_call_back", "case",
	"order:n source reason:said reason-file@said result at:when", .fixed = "result=confirmed"},
    {"order", "ask-time", "order_time", "case", .opts = "order:n until " REASON},
    {"order", "answer-time", "order_time_answer", "case number answer", .opts = "order:n"},
    {"item", "decide", "item_decide", "case verdict", .opts = "order:n item code from to " REASON},
    {"item", "second", "item_second", "case", .opts = "order:n item"},
    {"item", "withdraw", "item_withdraw", "case", .opts = "order:n item"},
    {"item", "correct", "item_correct", "case", .opts = "order:n item kind value"},
    {"preserve", "start", "preserve_start", "case", .opts = "order:n"},
    {"preserve", "extend", "preserve_extend", "case", .opts = "order:n until"},
    {"preserve", "release", "preserve_release", "case", .opts = "order:n produced-by:produced_by"},
    {"secrecy", "lift", "secrecy_lift", "case number", .opts = "order:n"},
    {"secrecy", "source", "secrecy_source", "case number source", .opts = "order:n review"},
    {"secrecy", "reciprocal", "secrecy_step", "case number step",
	.opts = "order:n day reason:said reason-file@said"},
    {"notice", "list", "notices", "", "state " PAGE, .shown = shown_notices},
    {"notice", "show", "notice_show", "case", .opts = "order:n", .part = "notices",
	.shown = shown_notice},
    {"notice", "draft", "notice_draft", "case", .opts = "order:n language"},
    {"notice", "approve", "notice_approve", "case number",
	.opts = "order:n to reason:text reason-file@text"},
    {"notice", "send", "notice_send", "case number", .opts = "order:n by-hand=way=hand way"},
    {"notice", "object", "notice_object", "case number", .opts = "order:n " REASON},
    {"notice", "settle", "notice_settle", "case number", .opts = "order:n " REASON},
    {"notice", "not-needed", "notice_end", "case [number]", .opts = "order:n " REASON},
    {"notice", "withdrawn", "notice_withdrawn", "case", .opts = "order:n"},
    {"order", "letter", "order_letter", "case",
	"order:n kind language to-file@to enclosure:enclosures notice out", .file = true},
    {"claim", "list", "claims", "", "state after", .shown = shown_claims},
    {"claim", "due", "claims", "period", .part = "due", .shown = shown_claims_due},
    {"claim", "totals", "claim_totals", "period", "as-of:as_of", .shown = shown_claim_totals},
    {"claim", "show", "claim", "claim", .shown = shown_claim},
    {"claim", "make", "claim_make", "case", "order:n fees reason end central=central=yes", "n=0",
	.shown = shown_claim}, /* 0: its only one; finance does not read the case */
    {"claim", "line", "claim_line", "claim [number]",
	"add:row quantity rate strike=strike=yes reason", .shown = shown_claim},
    {"claim", "cost", "claim_cost", "claim amount", .shown = shown_claim},
    {"claim", "to", "claim_to", "claim", "name street post-code:post_code city country number mail",
	.shown = shown_claim},
    {"claim", "letter", "claim_paper", "claim", "language out", "paper=letter", .file = true},
    {"claim", "invoice", "claim_paper", "claim", "out", "paper=invoice", .file = true},
    {"claim", "send", "claim_send", "claim", "late", .shown = shown_claim},
    {"claim", "pay", "claim_pay", "claim amount", .shown = shown_claim},
    {"claim", "end", "claim_end", "claim state", "reason", .shown = shown_claim},
    {"claim", "bar", "claim_bar", "case kind",
	.says = "Barred: nothing is claimed in this case.\n"},
    {"challenge", "file", "challenge_file", "case against",
	.opts = "order:n kind by court file filed answer-by basis follows bar "
		"public=public=yes " REASON},
    {"challenge", "due", "challenge_due", "case number day", .opts = "order:n basis"},
    {"challenge", "hearing", "challenge_hearing", "case number",
	.opts = "order:n day note move:hearing", .fixed = "state=moved", .when = "--move"},
    {"challenge", "hearing", "challenge_hearing", "case number",
	.opts = "order:n note held:hearing", .fixed = "state=held", .when = "--held"},
    {"challenge", "hearing", "challenge_hearing", "case number",
	.opts = "order:n note drop:hearing", .fixed = "state=dropped", .when = "--drop"},
    {"challenge", "hearing", "challenge_hearing", "case number", .opts = "order:n day note"},
    {"challenge", "end", "challenge_end", "case number end", .opts = "order:n day item " REASON},
    {"challenge", "permit", "challenge_permit", "case number permission", .opts = "order:n"},
    {"challenge", "draft", "challenge_draft", "case number", .opts = "order:n"},
    {"challenge", "list", "challenges", "", .opts = "decided=state=decided " PAGE},
    {"access", "ask", "request_ask", "of",
	"target target-file@target identified to-file@to language",
	.says = "Recorded: {request}. A reviewer drafts the answer: writ access draft "
		"{request}\n"},
    {"access", "list", "requests", "", "state after", .part = "requests"},
    {"access", "due", "requests", "", .part = "due"},
    {"access", "show", "request", .pos = "request"},
    {"access", "draft", "request_draft", .pos = "request"},
    {"access", "approve", "request_approve", .pos = "request"},
    {"access", "answer", "request_answer", .pos = "request"},
    {"access", "drop", "request_drop", .pos = "request"},
    {"access", "again", "request_again", "request",
	.says = "Recorded: {request}. A reviewer drafts the answer: writ access draft "
		"{request}\n"},
    {"erase", "hold", "erase_hold", "of", "reason review",
	.says = "Held: it is not erased until somebody releases it.\n"},
    {"erase", "release", "erase_release", "of", .says = "Released.\n"},

    /* ---- people on call, the sample, templates ---- */
    {"oncall", "list", "oncall", "", .shown = shown_oncall},
    {"oncall", "add", "oncall_shift", "person when", "rank", "rank=1", .says = "On the list.\n"},
    {"oncall", "change", "oncall_change", "person", "rank from:since to:until", "rank=0",
	.says = "On the list.\n"},
    {"oncall", "drop", "oncall_shift_drop", "=shift number", .when = "shift",
	.says = "Taken away.\n"},
    {"oncall", "drop", "oncall_change_drop", "=change number", .when = "change",
	.says = "Taken away.\n"},
    {"oncall", "pages", "pages", "", "all=all=yes", .part = "pages", .shown = shown_pages},
    {"oncall", "ack", "oncall_take", "page", .says = "It is yours: nobody else is called.\n"},
    {"quality", "sample", "sample", "period", "percent waiting=waiting=yes " PAGE,
	.shown = shown_quality},
    {"quality", "check", "order_check", "case verdict", "order:n " REASON, .says = "Recorded.\n"},
    {"template", "list", "templates", "", .part = "templates", .shown = shown_templates},
    {"template", "set", "template_keep", "name", "language file@text", .says = "Kept.\n"},
    {"template", "drop", "template_drop", "name", "language", .says = "Taken away.\n"},

    /* ---- officers and agencies ---- */
    {"officer", "list", "vetting", "", "state", .part = "officers", .shown = shown_officers},
    {"officer", "show", "vetting_officers_one", .pos = "officer"},
    {"officer", "vet", "officer_vet", "of", "agency source reason", .says = "Recorded: {state}.\n"},
    {"officer", "refuse", "officer_refuse", "of", "reason", .says = "Recorded: refused.\n"},
    {"officer", "suspend", "officer_stand", "of", "reason", "act=suspended",
	.says = "Recorded: suspended.\n"},
    {"officer", "compromised", "officer_stand", "of", "reason", "act=compromised",
	.says = "Recorded: compromised.\n"},
    {"officer", "active", "officer_stand", "of", "reason", "act=active",
	.says = "Recorded: active.\n"},
    {"officer", "left", "officer_stand", "of", "reason", "act=left", .says = "Recorded: left.\n"},
    {"officer", "forget", "officer_forget", "of",
	.says = "Forgotten: what they did stays, who they were is gone.\n"},
    {"agency", "list", "agencies", "", .part = "agencies", .shown = shown_agencies},
    {"agency", "show", "vetting_agencies_one", .pos = "agency"},
    {"agency", "add", "agency_add", "name", "country body level reason",
	.says = "Agency {agency}. Its domains: writ agency domain {agency} DOMAIN\n"},
    {"agency", "domain", "agency_domain_end", "of domain", "end=end=yes", .when = "--end",
	.says = "Ended: it counts no more.\n"},
    {"agency", "domain", "agency_domain", "of domain",
	.says = "Recorded: a domain counts once a second person has named it.\n"},
    {"agency", "set", "agency_stand", "of act", "reason",
	.says = "Recorded. Cases that are stopped: writ matter alerts\n"},
};

static bool is_among(const char *word, int argc, char *const *argv)
{
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], word) == 0)
			return true;
	return false;
}

int remote_line_find(
    const struct cli_command *cmd, int argc, char *const *argv, const struct remote_line **ret)
{
	int rc = ERR_NOTFOUND;

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		const struct remote_line *l = &lines[i];

		if (strcmp(l->family, cmd->family) != 0 || strcmp(l->name, cmd->name) != 0)
			continue;
		rc = ERR_INVALID;
		if (l->when != NULL && !is_among(l->when, argc, argv))
			continue;
		*ret = l;
		return 0;
	}
	return rc;
}
