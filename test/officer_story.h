/*
 * Officers for tests of the desk: registered by the code in their letter, vetted, with an agency;
 * and demands that they submit.
 */
#ifndef WRIT_TEST_OFFICER_STORY_H
#define WRIT_TEST_OFFICER_STORY_H

#include "desk_story.h"

#include "desk/agency.h"
#include "desk/exchange.h"
#include "desk/fetch.h"
#include "desk/outgoing.h"
#include "desk/standing.h"
#include "desk/vetting.h"

#define OFFICER_KEY "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"

static inline struct str officer_agency(struct story *st, const char *name, const char *domain)
{
	struct agency_new n = {.country = STR("US"),
	    .body = STR("police"),
	    .level = STR("local"),
	    .name = str_of(name),
	    .reason = STR("the list of the Department")};
	struct str ref;
	bool known;

	assert_ok(st->c, agency_add(st->c, st->in, &st->intake, &n, &ref));
	assert_ok(st->c, agency_domain(st->c, st->in, &st->intake, ref, str_of(domain), &known));
	assert_false(known);
	assert_ok(st->c, agency_domain(st->c, st->in, &st->counsel, ref, str_of(domain), &known));
	assert_true(known);
	return ref;
}

static inline struct officer_form officer_form_of(const char *address)
{
	return (struct officer_form){.name = STR("Pat Doe"),
	    .address = str_of(address),
	    .phone = STR("+1 555 0100"),
	    .rank = STR("Detective"),
	    .authority = STR("a police department"),
	    .country = STR("US"),
	    .language = STR("en"),
	    .recipient = STR(OFFICER_KEY)};
}

struct officer_letter {
	const char *to;
	struct outgoing last;
	int n;
};

static inline int officer_letter_one(struct ctx *c, const struct outgoing *o, void *arg)
{
	struct officer_letter *l = arg;

	(void)c;
	if (l->to != NULL && !str_is(o->to, l->to))
		return 0;
	l->last = *o;
	l->n++;
	return 0;
}

/* The newest letter that waits for this address. */
static inline struct officer_letter officer_letters(struct story *st, const char *to)
{
	struct officer_letter l = {.to = to};

	assert_ok(st->c, outgoing_each(st->c, st->in, 1000, officer_letter_one, &l));
	return l;
}

static inline struct str officer_code(struct story *st, const char *address)
{
	struct str text = officer_letters(st, address).last.text, head, tail;

	assert_true(str_cut(text, ':', &head, &tail));
	assert_true(str_cut(tail, '\n', &head, &tail));
	return str_trim(head);
}

/* Registered and confirmed, not vetted. */
static inline struct officer officer_waiting(struct story *st, const char *address)
{
	struct officer_form f = officer_form_of(address);
	struct officer o;
	bool found;

	assert_ok(st->c, officer_register(st->c, st->in, STR(""), &f));
	assert_ok(st->c, officer_confirm(st->c, st->in, f.address, officer_code(st, address)));
	assert_ok(st->c, officer_find_address(st->c, st->in, f.address, &o, &found));
	assert_true(found);
	return o;
}

static inline int officer_vet(
    struct story *st, const struct person *p, struct str officer, struct str agency, bool *active)
{
	struct vetting v = {.agency = agency,
	    .source = STR("the authority's switchboard"),
	    .reason = STR("the desk sergeant knows them")};

	return vetting_approve(st->c, st->in, p, officer, &v, active);
}

/* An active officer, as the person that signs in. */
static inline struct person officer_active(struct story *st, const char *address, struct str agency)
{
	struct officer o = officer_waiting(st, address);
	struct person p;
	bool active;

	assert_ok(st->c, officer_vet(st, &st->intake, o.ref, agency, &active));
	if (!active)
		assert_ok(
		    st->c, officer_vet(st, &st->counsel, o.ref, (struct str){"", 0}, &active));
	assert_true(active);
	assert_ok(st->c, person_get(st->c, st->in, o.person, &p));
	return p;
}

static inline struct officer officer_of(struct story *st, const struct person *p)
{
	struct officer o;
	bool found;

	assert_ok(st->c, officer_find_person(st->c, st->in, p->id, &o, &found));
	assert_true(found);
	return o;
}

static inline struct str officer_submits(
    struct story *st, const struct person *p, struct story_ask a, bool shared)
{
	struct draft d = story_draft(st, a);
	struct portal_demand pd = {.draft = &d, .shared = shared};
	struct demand_receipt r;

	assert_ok(st->c, portal_submit(st->c, st->in, p, &pd, &r));
	return r.ref;
}

static inline struct matter officer_opened(
    struct story *st, struct str ref, struct legal_order *ret)
{
	struct demand_opening how = {0};
	struct matter m;

	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m));
	assert_ok(st->c, matter_order(st->c, st->in, &m, 1, ret));
	return m;
}

/* Handed over by the portal; its PIN. */
static inline struct str officer_laid(struct story *st, struct str prod, struct str sealed)
{
	struct laid_how how = {.more = STR("")};
	struct laid_made made;
	bool there;

	assert_ok(st->c, deposit_put(st->c, st->in, &st->collector, prod, sealed));
	assert_ok(st->c, laid_deliver(st->c, st->in, &st->collector, prod, &how, &made, &there));
	assert_true(there);
	return made.pin;
}

/* As the portal does it: the file whole, into `to`; what: how it is said to have ended. */
static inline int officer_fetches(struct story *st, const struct person *p, struct str prod,
    struct str pin, FILE *to, const char *what)
{
	struct fetch f;
	int rc = fetch_begin(st->c, st->in, p, STR(""), prod, pin, &f);

	if (rc != 0)
		return rc;
	rc = blob_get(st->c, instance_path(st->c, st->in, st->in->blobs).p, f.lies.blob, f.lies.key,
	    fileno(to), NULL);
	assert_ok(st->c, rc);
	return fetch_end(st->c, st->in, &f, f.lies.size, what);
}

#endif
