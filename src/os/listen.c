#include "os/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096, HOST_MAX = 64 };

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool host_port(struct str s, struct str *ret_host, int64_t *ret_port)
{
	size_t at = s.n;
	bool six = str_starts(s, "[");

	while (at > 0 && s.p[at - 1] != ':')
		at--;
	if (at < 2 || !str_i64((struct str){s.p + at, s.n - at}, ret_port) || *ret_port < 1 ||
	    *ret_port > 65535)
		return false;
	*ret_host = (struct str){s.p, at - 1};
	if (!six)
		return true;
	if (ret_host->n < 3 || !str_ends(*ret_host, "]"))
		return false;
	*ret_host = (struct str){s.p + 1, ret_host->n - 2};
	return true;
}

static int address_parse(struct ctx *c, struct str s, union address *ret, socklen_t *ret_n)
{
	struct str host;
	int64_t port;
	int rc = -1;

	*ret = (union address){0};
	if (host_port(s, &host, &port) && host.n < HOST_MAX) {
		bool six = str_starts(s, "[");

		rc = inet_pton(six ? AF_INET6 : AF_INET, str_z(c, host),
		    six ? (void *)&ret->v6.sin6_addr : (void *)&ret->v4.sin_addr);
		ret->any.sa_family = six ? AF_INET6 : AF_INET;
		*(six ? &ret->v6.sin6_port : &ret->v4.sin_port) = htons((uint16_t)port);
		*ret_n = six ? sizeof ret->v6 : sizeof ret->v4;
	}
	return rc == 1 ? 0
		       : err_set(c, ERR_INVALID,
			     "an address to listen on is 127.0.0.1:8780 or [::1]:8780: numbers, "
			     "with a port");
}

int listen_open(struct ctx *c, struct str address, int *ret)
{
	union address a;
	socklen_t n = 0;
	int on = 1, fd, e, rc = address_parse(c, address, &a, &n);

	if (rc != 0)
		return rc;
	fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    (a.any.sa_family == AF_INET ||
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0) &&
	    bind(fd, &a.any, n) == 0 && listen(fd, BACKLOG) == 0) {
		*ret = fd;
		return 0;
	}
	e = errno;
	if (fd >= 0)
		(void)close(fd);
	return err_set(c,
	    e == EADDRINUSE ? ERR_CONFLICT
	    : e == EACCES   ? ERR_DENIED
			    : ERR_FAIL,
	    "%.*s: cannot listen: %s", STR_ARG(address), strerror(e));
}

bool listen_is_own(struct ctx *c, struct str address)
{
	union address a;
	socklen_t n;

	if (address_parse(c, address, &a, &n) != 0) {
		err_clear(c);
		return false;
	}
	if (a.any.sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&a.v6.sin6_addr);
	return ntohl(a.v4.sin_addr.s_addr) >> 24 == 127;
}

bool listen_is_root(void)
{
	return geteuid() == 0 || getuid() == 0;
}

int listen_drop(struct ctx *c, struct str user)
{
	const char *name = str_z(c, user);
	const struct passwd *p = getpwnam(name);

	if (p == NULL)
		return err_set(c, ERR_NOTFOUND, "user: there is no such user on this machine");
	if (p->pw_uid == 0 || p->pw_gid == 0)
		return err_set(c, ERR_INVALID, "user: a service does not run as root");
	if (initgroups(name, p->pw_gid) != 0 || setresgid(p->pw_gid, p->pw_gid, p->pw_gid) != 0 ||
	    setresuid(p->pw_uid, p->pw_uid, p->pw_uid) != 0)
		return err_set(c, ERR_FAIL, "user: cannot become this user: %s", strerror(errno));
	if (setuid(0) == 0)
		return err_set(c, ERR_FAIL, "user: root's rights can be taken back");
	return 0;
}
