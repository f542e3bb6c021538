#include "web/face_p.h"

#include "base/mem.h"
#include "web/page.h"

/* What stands in the head of each page, in its order. */
static const struct nav {
	const char *route, *label;
	bool officer;
	unsigned roles;  /* of staff; 0: all */
	const char *key; /* after "g", static/desk.js; NULL: none */
} ways[] = {
    {"today", SAY("My day"), false, RIGHT_WORK, "d"},
    {"desk", SAY("Inbox"), false, RIGHT_WORK | ROLE_AUDITOR, "i"},
    {"search", SAY("Cases"), false, RIGHT_WORK | ROLE_AUDITOR, "c"},
    {"queues", SAY("Queues"), false, RIGHT_WORK | ROLE_AUDITOR, "q"},
    {"calendar", SAY("Calendar"), false, RIGHT_WORK | ROLE_AUDITOR, "k"},
    {"after", SAY("After delivery"), false, RIGHT_WORK | ROLE_AUDITOR, NULL},
    {"oncall", SAY("On call"), false, RIGHT_WORK | ROLE_AUDITOR | ROLE_ADMIN, NULL},
    {"sample", SAY("Quality sample"), false, RIGHT_DECIDE | ROLE_AUDITOR, NULL},
    {"claims", SAY("Claims"), false, ROLE_FINANCE | RIGHT_WORK | ROLE_AUDITOR, NULL},
    {"challenges", SAY("Challenges"), false, RIGHT_WORK | ROLE_AUDITOR, NULL},
    {"requests", SAY("Data subjects"), false, RIGHT_WORK, NULL},
    {"retention", SAY("Retention"), false, RIGHT_DECIDE | ROLE_AUDITOR, NULL},
    {"templates", SAY("Templates"), false, RIGHT_WORK, NULL},
    {"vetting", SAY("Officers"), false, ROLE_INTAKE | ROLE_COUNSEL, NULL},
    {"agencies", SAY("Authorities"), false, ROLE_INTAKE | ROLE_COUNSEL, NULL},
    {"alerts", SAY("Alerts"), false, ROLE_INTAKE | ROLE_COUNSEL, NULL},
    {"editions", SAY("Editions"), false, RIGHT_ACCOUNT, "e"},
    {"statement", SAY("Statement"), false, RIGHT_ACCOUNT, NULL},
    {"collect", SAY("Collection"), false, ROLE_COLLECTOR, NULL},
    {"services", SAY("Services"), false, RIGHT_DECIDE | ROLE_COLLECTOR | ROLE_ADMIN | ROLE_AUDITOR,
	NULL},
    {"settings", SAY("Settings"), false, ROLE_ADMIN, NULL},
    {"outgoing", SAY("Letters"), false, ROLE_ADMIN, NULL},
    {"office_cases", SAY("Your demands"), true, 0, NULL},
    {"office_new", SAY("New demand"), true, 0, NULL},
    {"office_self", SAY("Your account"), true, 0, NULL},
};

static struct str link_of(struct route_ask *ask, const struct route *r)
{
	struct buf b = buf_init(ask->c, PAGE_URL_MAX);

	route_link(&b, r, ask->parts, route_parts(r));
	return buf_str(&b);
}

static struct json *ways_of(struct route_ask *ask)
{
	struct ctx *c = ask->c;
	struct json *nav = json_list(c);

	for (size_t i = 0; ask->who != NULL && i < sizeof ways / sizeof ways[0]; i++) {
		const struct route *r = route_named(ask->table, ways[i].route);
		struct json *j;

		if (r == NULL || ways[i].officer != ask->officer ||
		    (ways[i].roles != 0 && (ways[i].roles & ask->who->roles) == 0))
			continue;
		j = json_map(c);
		json_set_text(c, j, "label", lang_say(ask->lang, ways[i].label));
		json_set_text(c, j, "url", link_of(ask, r));
		json_set_bool(c, j, "current", r == ask->route);
		if (ways[i].key != NULL)
			json_set_text(c, j, "key", str_of(ways[i].key));
		json_add(c, nav, j);
	}
	return nav;
}

/* What was done just now: the line that sent the browser here names itself. */
static struct str note_of(const struct route_ask *ask, const struct form *form)
{
	size_t n;
	const struct form_field *f = form_find(form, "done", &n);
	const struct route *r;

	if (f == NULL || f->value.n == 0)
		return STR("");
	r = route_named(ask->table, str_z(ask->c, f->value));
	return r == NULL || r->done == NULL ? STR("") : lang_say(ask->lang, r->done);
}

int face_page(struct route_ask *ask, const struct form *form, const struct json *view,
    struct str error, struct answer *a)
{
	struct page p = page_init(ask->c, &a->body, ask->lang);

	if (ask->route->page == NULL)
		return ERR_NOTFOUND;
	if (ask->in != NULL) {
		p.law = ask->in->law;
		p.zone = ask->in->zone;
		p.provider = ask->in->provider;
	}
	p.path = link_of(ask, ask->route);
	p.nav = ways_of(ask);
	p.proof = ask->proof;
	p.who = ask->who == NULL ? STR("") : ask->who->handle;
	p.error = error;
	p.error_field = ask->wrong;
	p.form = error.n > 0 ? form : NULL;
	p.note = error.n > 0 ? STR("") : note_of(ask, form);
	ask->route->page(&p, view);
	return 0;
}
