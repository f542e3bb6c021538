#include "os/listen.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

static int port_of(int fd)
{
	struct sockaddr_in in;
	socklen_t n = sizeof in;

	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &n), 0);
	return ntohs(in.sin_port);
}

static void test_addresses(void **state)
{
	static const char *const bad[] = {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0",
	    "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x", "localhost:80", "::1:80", "[::1]",
	    "[::1:80", "[]:80", "[127.0.0.1]:80", "127.0.0.1 :80", "*:80", ":80"};
	struct ctx *c = test_ctx();
	int fd = -1;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(c, listen_open(c, str_of(bad[i]), &fd), ERR_INVALID, "127.0.0.1:8780");
	assert_int_equal(fd, -1);
	ctx_close(&c);
}

static void test_taken(void **state)
{
	struct ctx *c = test_ctx();
	int first = socket(AF_INET, SOCK_STREAM, 0), fd;
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct str at;

	(void)state;
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(first, (const struct sockaddr *)&in, sizeof in), 0);
	assert_int_equal(listen(first, 1), 0);
	at = str_fmt(c, "127.0.0.1:%d", port_of(first));
	assert_err(c, listen_open(c, at, &fd), ERR_CONFLICT, "cannot listen");
	(void)close(first);
	assert_ok(c, listen_open(c, at, &fd));
	assert_err(c, listen_open(c, at, &first), ERR_CONFLICT, at.p);
	(void)close(fd);
	ctx_close(&c);
}

static void test_users(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	assert_err(c, listen_drop(c, STR("no-such-user-here")), ERR_NOTFOUND, "no such user");
	assert_err(c, listen_drop(c, STR("root")), ERR_INVALID, "root");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_addresses),
	    cmocka_unit_test(test_taken),
	    cmocka_unit_test(test_users),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
