/* Identifiers: one normal form for each kind, refusals with reasons, and what names more than one
 * account. */
#include "in/target.h"

#include "check.h"

static void good(struct ctx *c, const char *kind, const char *printed, const char *want)
{
	struct str got;

	assert_ok(c, target_normalise(c, str_of(kind), str_of(printed), &got));
	assert_str(got, want);
}

static void bad(struct ctx *c, const char *kind, const char *printed, const char *why)
{
	struct str got;

	assert_err(c, target_normalise(c, str_of(kind), str_of(printed), &got), ERR_INVALID, why);
}

static void test_good(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	good(c, "email", " Anna.B+tag@Example.NET ", "Anna.B+tag@example.net");
	good(c, "email", "\"a b\"@example.net.", "\"a b\"@example.net");
	good(c, "email", "\"a@b\"@example.net", "\"a@b\"@example.net");
	good(c, "phone", "+49 30 (123) 45-67.8",
	    "+4930123"
	    "45678");
	good(c, "ipv4", "192.0.2.1", "192.0.2.1");
	good(c, "ipv6", "2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
	good(c, "ipv6", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
	good(c, "ipv6", "::", "::");
	good(c, "ipv6", "0:0:0:0:0:0:0:1", "::1");
	good(c, "ipv6", "1:0:0:0:0:0:0:0", "1::");
	good(c, "ipv6", "::FFFF:192.0.2.128", "::ffff:192.0.2.128");
	good(c, "account", "  Anna 7 ", "Anna 7");
	good(c, "domain", "Mail.Example.NET.", "mail.example.net");
	good(c, "url", "HTTPS://User:Pw@Example.NET:8443/Path?Q=1#F",
	    "https://User:Pw@example.net:8443/Path?Q=1#F");
	good(c, "device", "49-015420-323751-8", "490154203237518");
	good(c, "device", "aa:bb:cc:dd:ee:0f", "AABBCCDDEE0F");
	good(c, "device", "f2ac-99", "F2AC99");
	ctx_close(&c);
}

static void test_bad(void **state)
{
	struct ctx *c = test_ctx();
	char longest[1100];

	(void)state;
	bad(c, "email", "anna", "has an @");
	bad(c, "email", "@example.net", "before the @");
	bad(c, "email", "a..b@example.net", "before the @");
	bad(c, "email", "a b@example.net", "before the @");
	bad(c, "email", "\"a\"b\"@example.net", "before the @");
	bad(c, "email", "\"a\\\"@example.net", "before the @");
	bad(c, "email", "anna@localhost", "no dot");
	bad(c, "email", "anna@192.0.2.1", "is a number");
	bad(c, "email", "anna@ex\xc3\xa4mple.net", "xn--");
	bad(c, "phone", "030 1234567", "begins with +");
	bad(c, "phone", "0049 30 1234567", "begins with +");
	bad(c, "phone", "+49 (0)30 1234567", "(0)");
	bad(c, "phone", "+0301234567", "country code");
	bad(c, "phone", "+49", "7 to 15");
	bad(c, "phone", "+4930123456789012", "7 to 15");
	bad(c, "phone", "+49 30 12345 ext", "digits only");
	bad(c, "ipv4", "192.0.2", "four numbers");
	bad(c, "ipv4", "192.0.2.1.1", "four numbers");
	bad(c, "ipv4", "192.0.2.256", "four numbers");
	bad(c, "ipv4", "192.0.02.1", "leading zero");
	bad(c, "ipv4", "192.0.2.-1", "four numbers");
	bad(c, "ipv4", "192.0.2.1.", "four numbers");
	bad(c, "ipv6", "2001:db8::1::2", "IPv6");
	bad(c, "ipv6", "fe80::1%eth0", "IPv6");
	bad(c, "ipv6", "192.0.2.1", "IPv6");
	bad(c, "domain", "-x.example", "label");
	bad(c, "domain", "x..example", "label");
	bad(c, "url", "example.net/x", "scheme");
	bad(c, "url", "https:///x", "no host");
	bad(c, "url", "https://", "scheme");
	bad(c, "device", "490154203237519", "check digit");
	bad(c, "device", "aa:bb:cc:dd:ee", "six bytes");
	bad(c, "device", "gg:bb:cc:dd:ee:ff", "six bytes");
	bad(c, "device", "x_1", "letters and digits");
	bad(c, "account", "", "empty");
	bad(c, "account", " \t ", "empty");
	bad(c, "account",
	    "a\x01"
	    "b",
	    "control");
	bad(c, "account", "a\xff", "UTF-8");
	bad(c, "fax", "1", "none of");
	memset(longest, 'a', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	bad(c, "account", longest, "longer");
	ctx_close(&c);
}

static bool specific(const char *kind, const char *printed)
{
	return target_specific(str_of(kind), str_of(printed));
}

static void test_specific(void **state)
{
	(void)state;
	assert_true(specific("email", "anna@example.net"));
	assert_true(specific("email", "a-b@ex-ample.net"));
	assert_true(specific("phone", "+49 30 123-4567"));
	assert_true(specific("ipv4", "192.0.2.1"));
	assert_true(specific("ipv6", "2001:db8::1"));
	assert_true(specific("account", "anna-berta"));
	assert_true(specific("account", "All Star"));
	assert_true(specific("account", "user 77"));
	assert_true(specific("account", "Benutzer 77"));
	assert_true(specific("account", "customers"));
	assert_true(specific("account", "auth0|5f7c8ec7"));
	assert_true(specific("account", "anna\xc3\xa4"));
	assert_true(specific("domain", "my-shop.example"));
	assert_true(specific("url", "https://x.example/?a=1&b=%20,2;c"));
	assert_true(specific("device", "49-015420-323751-8"));

	assert_false(specific("account", ""));
	assert_false(specific("email", "*@example.net"));
	assert_false(specific("email", "@example.net"));
	assert_false(specific("email", "a@x.example b@x.example"));
	assert_false(specific("email", "a@x.example, b@x.example"));
	assert_false(specific("ipv4", "192.0.2.0/24"));
	assert_false(specific("ipv4", "192.0.2.1-192.0.2.9"));
	assert_false(specific("ipv4", "192.0.2.1 - 192.0.2.9"));
	assert_false(specific("ipv6", "2001:db8::/32"));
	assert_false(specific("phone", "+49301234567 +49301234568"));
	assert_false(specific("account", "1000-2000"));
	assert_false(specific("account", "anna - berta"));
	assert_false(specific("account", "anna%"));
	assert_false(specific("account", "ann?"));
	assert_false(specific("account", "a; b"));
	assert_false(specific("account", "a\nb"));
	assert_false(specific("account", "all users who wrote to the list"));
	assert_false(specific("account", "ALL ACCOUNTS"));
	assert_false(specific("account", "everyone"));
	assert_false(specific("account", "users who searched for it"));
	assert_false(specific("account", "Subscribers in Dresden"));
	assert_false(specific("account", "accounts created on 2026-05-01"));
	assert_false(specific("account", "Nutzer der Seite"));
	assert_false(specific("account", "Teilnehmer zwischen 1 und 2 Uhr"));
	assert_false(specific("account", "anna\xef\xbc\x8a")); /* full-width asterisk */
	assert_false(specific("email", "\xe2\x88\x97@example.net"));
	assert_false(specific("account", "1000\xe2\x80\x93"
					 "2000"));
	assert_false(specific("account", "anna\xc2\xa0\xe2\x80\x94\xc2\xa0"
					 "berta"));
	assert_false(specific("account", "a\xe2\x80\xa6z"));
	assert_false(specific("account", "user[0-9]"));
	assert_false(specific("account", "alle Nutzer, die"));
	assert_false(specific("url", "https://x.example/* "));
	assert_false(specific("domain", "*.example.net"));
}

/* Whatever comes in: no crash, and what is accepted is stable under a second pass. */
static void test_any_bytes(void **state)
{
	static const char *const kinds[] = {
	    "email", "phone", "ipv4", "ipv6", "account", "domain", "url", "device"};
	static const char *const seeds[] = {"Anna@Example.net", "+49 30 1234567", "192.0.2.1",
	    "2001:db8::ffff:1", "anna 7", "example.net.", "HTTP://u@Example.net/x",
	    "aa-bb-cc-dd-ee-ff"};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t k = 0; k < 8; k++) {
		size_t n = strlen(seeds[k]);

		for (size_t i = 0; i <= n; i++) {
			for (int byte = 0; byte < 256; byte++) {
				struct mem_mark mark = mem_mark(c);
				char text[64];
				struct str s = {text, i == n ? n : n}, once, twice;

				memcpy(text, seeds[k], n);
				if (i < n)
					text[i] = (char)byte;
				else
					s.n = (size_t)byte % (n + 1);
				(void)target_specific(str_of(kinds[k]), s);
				if (target_normalise(c, str_of(kinds[k]), s, &once) == 0) {
					assert_ok(
					    c, target_normalise(c, str_of(kinds[k]), once, &twice));
					assert_true(str_eq(once, twice));
				}
				err_clear(c);
				mem_reset(c, mark);
			}
		}
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_specific),
	    cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
