/* People of the scratch provider with passkeys of software. */
#ifndef WRIT_TEST_LOGIN_KIT_H
#define WRIT_TEST_LOGIN_KIT_H

#include "desk_story.h"
#include "passkey_kit.h"

#include "desk/enrol.h"
#include "desk/login.h"

static inline void login_url(struct story *st)
{
	st->in->serve.url = STR("https://desk.example.net");
	st->in->serve.host = STR("desk.example.net");
}

/* The bytes of a challenge, as the browser gives them to the device. */
static inline struct str challenge_of(struct story *st, const struct json *j)
{
	struct str ret;

	assert_true(text_unbase64url(st->c, json_text(j, "challenge"), &ret));
	return ret;
}

static inline int enrol_with(
    struct story *st, struct str token, struct device *d, enum passkey_fault *why)
{
	struct passkey_fields f;
	struct json *j;
	int rc = enrol_ask(st->c, st->in, token, &j);

	if (rc != 0)
		return rc;
	assert_true(text_unbase64url(st->c, json_text(j, "user"), &d->user));
	f = device_register(d, challenge_of(st, j));
	return enrol_take(st->c, st->in, token, &f, STR("Laptop"), why);
}

/* A person with one passkey. */
static inline struct device device_of(
    struct story *st, const struct person *p, enum passkey_alg alg, uint32_t count)
{
	struct device d = device_make(st->c, alg);
	enum passkey_fault why;
	struct enrol_link link;

	d.count = count;
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, p, &link));
	assert_ok(st->c, enrol_with(st, link.token, &d, &why));
	return d;
}

/* What the device answers to a fresh challenge of a sign-in. */
static inline struct passkey_fields answer_of(struct story *st, struct device *d)
{
	struct json *j;

	assert_ok(st->c, login_ask(st->c, st->in, &j));
	return device_sign_in(d, challenge_of(st, j));
}

static inline int login_with(
    struct story *st, struct device *d, struct str *ret_token, enum passkey_fault *why)
{
	struct passkey_fields f = answer_of(st, d);

	return login_take(st->c, st->in, &f, ret_token, why);
}

static inline struct str login_ok(struct story *st, struct device *d)
{
	enum passkey_fault why;
	struct str token;

	assert_ok(st->c, login_with(st, d, &token, &why));
	return token;
}

#define assert_fault(call, want)                                                                   \
	do {                                                                                       \
		why = PASSKEY_NO_FAULT;                                                            \
		assert_err(st->c, call, ERR_DENIED, "the passkey's answer was not accepted");      \
		assert_string_equal(passkey_fault_word(why), passkey_fault_word(want));            \
	} while (0)

#endif
