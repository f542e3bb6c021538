/* Signing in, and what people keep of their own. */
#include "web/field.h"
#include "web/lang.h"
#include "web/login.h"
#include "web/login_own.h"
#include "web/oidc.h"
#include "web/table.h"

#include "tmpl_gen.h"

static const struct route_field answer_fields[] = {LOGIN_FIELDS};
static const struct route_field named_fields[] = {
    {.name = "name", .needed = true, .parse = field_line}, LOGIN_FIELDS};
static const struct route_field back_fields[] = {{.name = "back", .parse = login_back}};
static const struct route_field verify_fields[] = {
    {.name = "back", .parse = login_back}, LOGIN_FIELDS};
static const struct route_field language_fields[] = {
    {.name = "language", .needed = true, .parse = field_word}};

static const struct route_field round_fields[] = {{.name = "state", .parse = login_field},
    {.name = "code", .parse = login_field}, {.name = "iss", .parse = login_field},
    {.name = "error", .parse = login_field}};

static const struct route routes[] = {
    {"sign_in", ROUTE_GET, "/sign-in", GATE_PUBLIC, .view = login_page, .page = tmpl_sign_in},
    {"sign_in_ask", ROUTE_POST, "/sign-in/challenge", GATE_PUBLIC, .run = login_ask_start},
    {"sign_in_do", ROUTE_POST, "/sign-in", GATE_PUBLIC, ROUTE_TAKES(answer_fields),
	.view = login_start, .next = "sign_in", .form = "sign_in"},
    {"sign_out", ROUTE_POST, "/sign-out", GATE_PUBLIC, .view = login_stop, .next = "sign_in",
	.done = SAY("You are signed out.")},

    {"enrol", ROUTE_GET, "/enrol/{token:word}", GATE_PUBLIC, .view = login_enrol_page,
	.page = tmpl_enrol, .notes = true},
    {"enrol_ask", ROUTE_POST, "/enrol/{token:word}/challenge", GATE_PUBLIC, .run = login_enrol_ask},
    {"enrol_do", ROUTE_POST, "/enrol/{token:word}", GATE_PUBLIC, ROUTE_TAKES(named_fields),
	.view = login_enrol, .next = "sign_in", .form = "enrol",
	.done = SAY("Your passkey is registered. Sign in with it.")},

    {"verify", ROUTE_GET, "/verify/{act:word}", GATE_PERSON, ROUTE_TAKES(back_fields),
	.view = login_verify_page, .page = tmpl_verify},
    {"verify_ask", ROUTE_POST, "/verify/{act:word}/challenge", GATE_PERSON,
	.run = login_verify_ask},
    {"verify_do", ROUTE_POST, "/verify/{act:word}", GATE_PERSON, ROUTE_TAKES(verify_fields),
	.view = login_verify, .next = "own", .form = "verify"},

    /* links, and no forms: a form's answer may not lead to another site (form-action) */
    {"oidc", ROUTE_GET, "/sign-in/oidc", GATE_PUBLIC, .run = oidc_page_go},
    {"oidc_link", ROUTE_GET, "/enrol/{token:word}/oidc", GATE_PUBLIC, .run = oidc_page_link,
	.done = SAY("Your sign-in is bound. Sign in with it.")},
    {"oidc_again", ROUTE_GET, "/verify/{act:word}/oidc", GATE_PERSON, ROUTE_TAKES(back_fields),
	.run = oidc_page_again},
    {"oidc_own", ROUTE_GET, "/me/oidc", GATE_PERSON, .run = oidc_page_own,
	.done = SAY("Your sign-in is bound.")},
    {"oidc_back", ROUTE_GET, "/sign-in/oidc/back", GATE_PUBLIC, ROUTE_TAKES(round_fields),
	.view = oidc_page_back, .page = tmpl_oidc, .notes = true},
    {"oidc_wait", ROUTE_GET, "/sign-in/oidc/wait", GATE_PUBLIC, .view = oidc_page_wait,
	.page = tmpl_oidc, .notes = true},

    {"own", ROUTE_GET, "/me", GATE_PERSON, .view = login_own_page, .page = tmpl_own},
    {"own_key_ask", ROUTE_POST, "/me/passkey/challenge", GATE_PERSON, .run = login_own_ask},
    {"own_key", ROUTE_POST, "/me/passkey", GATE_PERSON, ROUTE_TAKES(named_fields),
	.view = login_own_more, .next = "own", .done = SAY("The passkey is registered.")},
    {"own_key_end", ROUTE_POST, "/me/passkey/{n:number}/end", GATE_PERSON, .view = login_own_end,
	.next = "own", .done = SAY("The passkey has ended, and its sessions with it.")},
    {"own_subject_end", ROUTE_POST, "/me/subject/{n:number}/end", GATE_PERSON,
	.view = login_own_subject, .next = "own",
	.done = SAY("This way in has ended, and its sessions with it.")},
    {"own_session_end", ROUTE_POST, "/me/session/{ref:word}/end", GATE_PERSON,
	.view = login_own_session, .next = "own", .done = SAY("The session has ended.")},
    {"own_sessions_end", ROUTE_POST, "/me/sessions/end", GATE_PERSON, .view = login_own_sessions,
	.next = "sign_in", .done = SAY("All your sessions have ended.")},
    {"own_language", ROUTE_POST, "/me/language", GATE_PERSON, ROUTE_TAKES(language_fields),
	.view = login_own_language, .next = "own"},
};
const struct route_family table_login = TABLE_FAMILY(routes);
