#include "os/file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

/* A fresh folder for one test, emptied and removed at its end. */
static const char *dir_make(struct ctx *c)
{
	const char *base = getenv("TMPDIR");
	struct str path = str_fmt(c, "%s/writ-file-XXXXXX", base != NULL ? base : P_tmpdir);
	char *dir = mem_dup(c, path.p, path.n);

	assert_non_null(mkdtemp(dir));
	return dir;
}

static const char *in_dir(struct ctx *c, const char *dir, const char *name)
{
	return str_fmt(c, "%s/%s", dir, name).p;
}

static int drop_one(struct ctx *c, const char *name, void *dir)
{
	const char *path = in_dir(c, dir, name);

	if (unlink(path) != 0)
		assert_int_equal(rmdir(path), 0);
	return 0;
}

static void dir_drop(struct ctx *c, const char *dir)
{
	assert_ok(c, file_each(c, dir, drop_one, mem_dup(c, dir, strlen(dir))));
	assert_int_equal(rmdir(dir), 0); /* fails if a temporary file was left */
}

static void test_write_and_read(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c), *path = in_dir(c, dir, "a");
	struct str s;
	struct stat st;

	(void)state;
	assert_false(file_exists(path));
	assert_ok(c, file_write_atomic(c, path, 0640, STR("one\0two")));
	assert_true(file_exists(path));
	assert_ok(c, file_read(c, path, 100, &s));
	assert_true(str_eq(s, STR("one\0two")));
	assert_int_equal(s.p[s.n], '\0');
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_ok(c, file_write_atomic(c, path, 0400, STR("")));
	assert_ok(c, file_read(c, path, 0, &s));
	assert_int_equal(s.n, 0);
	assert_ok(c, file_write_atomic(c, path, 0600, STR("again"))); /* over a read-only one */
	assert_ok(c, file_read(c, path, 5, &s));
	assert_str(s, "again");
	dir_drop(c, dir);
	ctx_close(&c);
}

static void test_read_refuses(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c), *path = in_dir(c, dir, "a");
	struct str s = STR("untouched");

	(void)state;
	assert_err(c, file_read(c, path, 10, &s), ERR_NOTFOUND, "a: cannot open: No such file");
	assert_err(c, file_read(c, dir, 1 << 20, &s), ERR_FAIL, "cannot read: Is a directory");
	assert_ok(c, file_write_atomic(c, path, 0600, STR("12345")));
	assert_err(c, file_read(c, path, 4, &s), ERR_LIMIT, "larger than 4 bytes");
	assert_err(c, file_read(c, "/dev/zero", 100000, &s), ERR_LIMIT, "larger than 100000");
	assert_err(c, file_read(c, in_dir(c, path, "b"), 4, &s), ERR_FAIL, "Not a directory");
	assert_str(s, "untouched");
	assert_ok(c, file_read(c, "/proc/self/status", 1 << 20, &s)); /* its size is said to be 0 */
	assert_true(str_starts(s, "Name:"));
	dir_drop(c, dir);
	ctx_close(&c);
}

static void test_read_large(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c), *path = in_dir(c, dir, "a");
	size_t n = 5000001;
	char *p = mem_alloc(c, n);
	struct str s;

	(void)state;
	ctx_random(c, p, n);
	assert_ok(c, file_write_atomic(c, path, 0600, (struct str){p, n}));
	assert_ok(c, file_read(c, path, n, &s));
	assert_true(str_eq(s, (struct str){p, n}));
	dir_drop(c, dir);
	ctx_close(&c);
}

/* Runs fn with every file limited to n bytes: what a full disk does to a write. */
static int limited(struct ctx *c, int (*fn)(struct ctx *, const char *), const char *path, rlim_t n)
{
	struct rlimit before, low;
	int rc;

	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	low = (struct rlimit){n, before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	rc = fn(c, path);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	return rc;
}

static int write_long(struct ctx *c, const char *path)
{
	return file_write_atomic(c, path, 0600, STR("0123456789abcdef"));
}

static int append_long(struct ctx *c, const char *path)
{
	return file_append_sync(c, path, 0600, STR("0123456789abcdef"));
}

static void test_failed_write_leaves_the_old(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c), *path = in_dir(c, dir, "a");
	struct str s;

	(void)state;
	assert_ok(c, file_write_atomic(c, path, 0600, STR("old")));
	assert_err(
	    c, limited(c, write_long, path, 10), ERR_FAIL, "a: cannot write: File too large");
	assert_ok(c, file_read(c, path, 100, &s));
	assert_str(s, "old");
	assert_err(c, limited(c, append_long, path, 10), ERR_FAIL, "a: cannot append: File too");
	assert_ok(c, file_read(c, path, 100, &s));
	assert_str(s, "old"); /* the seven bytes that fitted are cut off again */
	assert_err(c, write_long(c, in_dir(c, dir, "no/a")), ERR_NOTFOUND, "no/a: cannot");
	assert_ok(c, file_mkdirs(c, in_dir(c, dir, "d"), 0700));
	assert_err(c, write_long(c, in_dir(c, dir, "d")), ERR_FAIL, "d: cannot replace");
	dir_drop(c, dir);
	ctx_close(&c);
}

static void test_append(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c), *path = in_dir(c, dir, "log");
	struct str s;
	struct stat st;

	(void)state;
	assert_ok(c, file_append_sync(c, path, 0600, STR("a\n")));
	assert_ok(c, file_append_sync(c, path, 0644, STR("b\n")));
	assert_ok(c, file_append_sync(c, path, 0644, STR("")));
	assert_ok(c, file_read(c, path, 100, &s));
	assert_str(s, "a\nb\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600); /* of the call that made it */
	assert_err(c, append_long(c, dir), ERR_FAIL, "cannot open: Is a directory");
	assert_err(c, append_long(c, in_dir(c, dir, "no/a")), ERR_NOTFOUND, "no/a");
	dir_drop(c, dir);
	ctx_close(&c);
}

static void test_mkdirs(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c);
	struct stat st;

	(void)state;
	assert_ok(c, file_mkdirs(c, in_dir(c, dir, "a//b/c/"), 0700));
	assert_int_equal(stat(in_dir(c, dir, "a/b/c"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_ok(c, file_mkdirs(c, in_dir(c, dir, "a/b"), 0755)); /* is there: keeps its mode */
	assert_int_equal(stat(in_dir(c, dir, "a/b"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_ok(c, file_mkdirs(c, "/", 0700));
	assert_ok(c, file_mkdirs(c, ".", 0700));
	assert_ok(c, file_write_atomic(c, in_dir(c, dir, "f"), 0600, STR("x")));
	assert_err(c, file_mkdirs(c, in_dir(c, dir, "f"), 0700), ERR_CONFLICT, "f: is there");
	assert_err(c, file_mkdirs(c, in_dir(c, dir, "f/g"), 0700), ERR_CONFLICT, "f: is there");
	assert_err(c, file_mkdirs(c, "", 0700), ERR_INVALID, "empty");
	assert_int_equal(rmdir(in_dir(c, dir, "a/b/c")), 0);
	assert_int_equal(rmdir(in_dir(c, dir, "a/b")), 0);
	dir_drop(c, dir);
	ctx_close(&c);
}

static int name_add(struct ctx *c, const char *name, void *arg)
{
	(void)c;
	buf_fmt(arg, "%s ", name);
	return str_is(str_of(name), "stop") ? 7 : 0;
}

static void test_each(void **state)
{
	static const char *const names[] = {"b", "a", "B", "\xc3\xa4", "10", "9", ".hidden"};
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c);
	struct buf b = buf_init(c, 1000), more = buf_init(c, 1000);

	(void)state;
	assert_ok(c, file_each(c, dir, name_add, &b));
	assert_str(buf_str(&b), "");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_ok(c, file_write_atomic(c, in_dir(c, dir, names[i]), 0600, STR("")));
	assert_ok(c, file_each(c, dir, name_add, &b));
	assert_str(buf_str(&b), "10 9 B a b \xc3\xa4 ");
	assert_ok(c, file_write_atomic(c, in_dir(c, dir, "stop"), 0600, STR("")));
	assert_int_equal(file_each(c, dir, name_add, &more), 7);
	assert_str(buf_str(&more), "10 9 B a b stop ");
	assert_err(c, file_each(c, in_dir(c, dir, "no"), name_add, &b), ERR_NOTFOUND, "no: cannot");
	assert_err(c, file_each(c, in_dir(c, dir, "a"), name_add, &b), ERR_FAIL, "Not a directory");
	assert_int_equal(unlink(in_dir(c, dir, ".hidden")), 0);
	dir_drop(c, dir);
	ctx_close(&c);
}

static void test_sync_dir(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c);

	(void)state;
	assert_ok(c, file_sync_dir(c, dir));
	assert_err(c, file_sync_dir(c, in_dir(c, dir, "no")), ERR_NOTFOUND, "no: cannot");
	dir_drop(c, dir);
	ctx_close(&c);
}

/* A bare name is in the current folder, and no descriptor is left open by anything above. */
static void test_bare_name_and_descriptors(void **state)
{
	struct ctx *c = test_ctx();
	const char *dir = dir_make(c);
	int home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), next;
	struct str s;

	(void)state;
	assert_true(home >= 0);
	assert_int_equal(chdir(dir), 0);
	assert_ok(c, file_write_atomic(c, "bare", 0600, STR("x")));
	assert_ok(c, file_append_sync(c, "bare", 0600, STR("y")));
	assert_ok(c, file_read(c, "bare", 2, &s));
	assert_str(s, "xy");
	assert_int_equal(fchdir(home), 0);
	next = dup(home);
	assert_int_equal(next, home + 1);
	(void)close(next);
	(void)close(home);
	dir_drop(c, dir);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_write_and_read),
	    cmocka_unit_test(test_read_refuses),
	    cmocka_unit_test(test_read_large),
	    cmocka_unit_test(test_failed_write_leaves_the_old),
	    cmocka_unit_test(test_append),
	    cmocka_unit_test(test_mkdirs),
	    cmocka_unit_test(test_each),
	    cmocka_unit_test(test_sync_dir),
	    cmocka_unit_test(test_bare_name_and_descriptors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
