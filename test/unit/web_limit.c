/* Shares of addresses: how they fill and empty, whose they are, and that processes share them. */
#include "web/limit.h"

#include <netinet/in.h>

#include "check.h"

enum { SECOND = 1000000 };

static struct limit_who who(const char *text)
{
	struct limit_who w;

	assert_true(limit_address(str_of(text), &w));
	return w;
}

static struct limit open_limit(void)
{
	struct limit l = {.share = calloc(1, sizeof *l.share), .requests = 10, .connections = 3};

	memset(l.share->key, 7, sizeof l.share->key);
	return l;
}

static int taken(const struct limit *l, struct limit_who w, int64_t now)
{
	int n = 0;

	while (n < 1000 && limit_request(l, w, now) == 0)
		n++;
	return n;
}

static void test_requests(void **state)
{
	struct limit l = open_limit();
	struct limit_who a = who("192.0.2.1"), b = who("192.0.2.2");

	(void)state;
	/* the last instant is one after the count of instants has begun anew */
	for (int64_t now = 2 * SECOND; now <= INT64_C(200000000) * SECOND; now *= 100) {
		assert_int_equal(taken(&l, a, now), 10 * LIMIT_BURST);
		assert_int_equal(limit_request(&l, a, now), 1);
		assert_int_equal(taken(&l, b, now), 10 * LIMIT_BURST);
		assert_int_equal(taken(&l, a, now + SECOND / 2), 5);
		assert_int_equal(taken(&l, a, now + SECOND), 5);
	}
	l.requests = 0;
	assert_int_equal(taken(&l, a, SECOND), 1000);
	free(l.share);
}

static void test_addresses(void **state)
{
	static const char *const none[] = {
	    "", "x", "1.2.3", "1.2.3.4:5", "[::1]", "1.2.3.4 ", "::1%eth0", "localhost"};
	struct limit l = open_limit();
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	struct limit_who w;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_false(limit_address(str_of(none[i]), &w));
	assert_int_equal(taken(&l, who("2001:db8:1:2::1"), SECOND), 50);
	assert_int_equal(taken(&l, who("2001:db8:1:2:ffff::9"), SECOND), 0); /* the same /64 */
	assert_int_equal(taken(&l, who("2001:db8:1:3::1"), SECOND), 50);
	assert_int_equal(taken(&l, who("192.0.2.7"), SECOND), 50);
	assert_int_equal(taken(&l, who("::ffff:192.0.2.7"), SECOND), 0); /* the same address */
	assert_int_equal(taken(&l, who("127.0.0.1"), SECOND), 1000);
	assert_int_equal(taken(&l, who("::1"), SECOND), 1000);
	six.sin6_addr = in6addr_loopback;
	assert_true(limit_peer((const struct sockaddr *)&six).own);
	l.all = true;
	assert_int_equal(taken(&l, who("127.0.0.1"), SECOND), 50);
	free(l.share);
}

static void test_proxy(void **state)
{
	struct limit l = open_limit();
	struct limit_who front = who("10.0.0.1"), other = who("10.0.0.2"), got;
	struct str hop = {"", 0};

	(void)state;
	/* nobody is in front: what the field says is anybody's word */
	assert_false(limit_hop(&l, front, STR("192.0.2.1"), &hop));
	l.proxy = front;
	assert_false(limit_hop(&l, other, STR("192.0.2.1"), &hop));
	assert_true(limit_hop(&l, front, STR("6.6.6.6, 192.0.2.1"), &hop));
	assert_str(hop, "192.0.2.1");
	got = limit_asker(&l, front, STR("6.6.6.6, 192.0.2.1"));
	assert_memory_equal(got.b, who("192.0.2.1").b, 4);
	got = limit_asker(&l, front, STR("192.0.2.1,2001:db8::1"));
	assert_int_equal(got.n, 8);
	assert_int_equal(limit_asker(&l, front, STR("")).n, 0);
	assert_int_equal(limit_asker(&l, front, STR("192.0.2.1, unknown")).n, 0);
	got = limit_asker(&l, other, STR("192.0.2.1"));
	assert_memory_equal(got.b, other.b, 4);
	free(l.share);
}

static void test_connections(void **state)
{
	struct limit l = open_limit(), second;
	struct limit_who a = who("192.0.2.1"), b = who("192.0.2.2");
	size_t held;

	(void)state;
	second = l;
	second.slot = 1;
	held = limit_hold(&l, a);
	(void)limit_hold(&second, a);
	assert_true(limit_connect(&l, a));
	(void)limit_hold(&second, a);
	assert_false(limit_connect(&l, a));
	assert_false(limit_connect(&second, a));
	assert_true(limit_connect(&l, b));
	limit_let(&l, held);
	assert_true(limit_connect(&second, a));
	l.proxy = a;
	for (int i = 0; i < 5; i++)
		(void)limit_hold(&l, a);
	assert_true(limit_connect(&l, a)); /* the server in front has many */
	free(l.share);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_requests),
	    cmocka_unit_test(test_addresses),
	    cmocka_unit_test(test_proxy),
	    cmocka_unit_test(test_connections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
