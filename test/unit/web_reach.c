/* A web process in its box, and the one that speaks to the OpenID provider, with a real instance:
 * what each needs works, and the rest of the instance's folder is not there for it. Outside of the
 * box each attempt succeeds. */
#include "web/reach.h"

#include "desk_story.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { DONE = 0, REFUSED = 10, FAILED = 11, NOT_CONFINED = 12 };

struct place {
	struct story *st;
	int listen_fd; /* where the issuer would lie */
	int other_fd;
};

static int opens(const struct place *p, const char *name, int flags)
{
	return open(str_fmt(p->st->c, "%s/i/%s", p->st->dir, name).p, flags, 0600);
}

static int instance_key(const struct place *p)
{
	return opens(p, "keys/instance.key", O_RDONLY);
}
static int list_keys(const struct place *p)
{
	return opens(p, "keys", O_RDONLY | O_DIRECTORY);
}
static int configuration(const struct place *p)
{
	return opens(p, "writ.yaml", O_RDONLY);
}
static int change_configuration(const struct place *p)
{
	return opens(p, "writ.yaml", O_WRONLY);
}
static int client_secret(const struct place *p)
{
	return opens(p, "oidc", O_RDONLY);
}
static int write_site(const struct place *p)
{
	return opens(p, "public/new.html", O_WRONLY | O_CREAT);
}
static int beside(const struct place *p)
{
	return opens(p, "..", O_RDONLY | O_DIRECTORY);
}
static int program(const struct place *p)
{
	char *argv[] = {"true", NULL}, *env[] = {NULL};

	(void)p;
	return execve("/bin/true", argv, env);
}
static int connects(const struct place *p)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	socklen_t n = sizeof in;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || getsockname(p->listen_fd, (struct sockaddr *)&in, &n) != 0)
		return -1;
	return connect(fd, (const struct sockaddr *)&in, n);
}
static int connects_elsewhere(const struct place *p)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	socklen_t n = sizeof in;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || getsockname(p->other_fd, (struct sockaddr *)&in, &n) != 0)
		return -1;
	return connect(fd, (const struct sockaddr *)&in, n);
}
static int signals(const struct place *p)
{
	(void)p;
	return kill(getppid(), 0);
}

/* These it must be able to. */
static int reads_site(const struct place *p)
{
	return opens(p, "public/index.html", O_RDONLY);
}
static int stores_document(const struct place *p)
{
	return opens(p, "blob/new", O_WRONLY | O_CREAT);
}
static int asks_database(const struct place *p)
{
	const struct db_val *row;

	return db_find(p->st->c, p->st->in->store.db, SQL_EPOCH_LAST, DB_NO_ARGS, &row);
}
static int opens_database(const struct place *p)
{
	struct db *db;

	return db_open(p->st->c, instance_database(p->st->c, p->st->in), SQL_ROLE_WEB, &db);
}
static int takes_connection(const struct place *p)
{
	int fd = accept(p->listen_fd, NULL, NULL);

	return fd < 0 && errno == EAGAIN ? 0 : fd;
}

/* web and issuer: whether each of them may. */
static const struct {
	const char *name;
	int (*fn)(const struct place *p);
	bool may[2];
} attempts[] = {{"the instance key", instance_key, {false, false}},
    {"list keys", list_keys, {false, false}}, {"the client's secret", client_secret, {false, true}},
    {"the configuration", configuration, {false, false}},
    {"change it", change_configuration, {false, false}},
    {"write into the site", write_site, {false, false}},
    {"the folder above", beside, {false, false}}, {"a program", program, {false, false}},
    {"connect", connects, {false, true}}, {"connect elsewhere", connects_elsewhere, {false, false}},
    {"signal", signals, {false, false}}, {"read the site", reads_site, {true, false}},
    {"store a document", stores_document, {true, true}},
    {"ask the database", asks_database, {true, true}},
    {"open the database", opens_database, {true, true}},
    {"take a connection", takes_connection, {true, false}}};

static int port_of(int fd)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	socklen_t n = sizeof in;

	return getsockname(fd, (struct sockaddr *)&in, &n) == 0 ? ntohs(in.sin_port) : -1;
}

static int lock_in(struct ctx *c, const struct place *p, bool issuer)
{
	struct instance *in = p->st->in;
	struct box_leave leave;
	int rc;

	in->serve.site = STR("public");
	in->oidc = (struct oidc_conf){.issuer = STR("https://login.example.net"),
	    .secret = STR("oidc"),
	    .port = port_of(p->listen_fd)};
	rc = issuer ? reach_issuer(c, in, &leave) : reach_leave(c, in, &leave);
	return rc == 0 ? box_confine(c, issuer ? BOX_WORK : BOX_WEB, &leave) : rc;
}

static int outcome(const struct place *p, size_t i, bool boxed, bool issuer)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct ctx *c = p->st->c;

		/* a connection of SQLite's does not outlive a fork */
		instance_close(&p->st->in);
		if (instance_open(c, str_fmt(c, "%s/i", p->st->dir), SQL_ROLE_WEB, &p->st->in) != 0)
			_exit(NOT_CONFINED);
		if (boxed && lock_in(c, p, issuer) != 0)
			_exit(NOT_CONFINED);
		errno = 0;
		if (attempts[i].fn(p) >= 0)
			_exit(DONE);
		_exit(errno == EPERM || errno == EACCES ? REFUSED : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void tries(const struct place *p, bool issuer)
{
	for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
		int outside = outcome(p, i, false, issuer), inside = outcome(p, i, true, issuer);

		if (outside != DONE || inside != (attempts[i].may[issuer] ? DONE : REFUSED))
			fail_msg("%s, %s: %d outside, %d inside", issuer ? "issuer" : "web",
			    attempts[i].name, outside, inside);
	}
}

static void test_box(void **state)
{
	struct place p = {story_open(), socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0),
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)};
	struct ctx *c = p.st->c;

	(void)state;
	assert_int_equal(listen(p.listen_fd, 64), 0);
	assert_int_equal(listen(p.other_fd, 64), 0);
	assert_ok(c, file_mkdirs(c, str_fmt(c, "%s/i/public", p.st->dir).p, 0755));
	assert_ok(c, file_write_atomic(
			 c, str_fmt(c, "%s/i/public/index.html", p.st->dir).p, 0644, STR("x")));
	assert_ok(
	    c, file_write_atomic(c, str_fmt(c, "%s/i/oidc", p.st->dir).p, 0600, STR("secret")));
	tries(&p, false);
	tries(&p, true);
	(void)close(p.listen_fd);
	(void)close(p.other_fd);
	story_close(p.st);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_box)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
