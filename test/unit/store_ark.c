/* The encrypted file of a backup: there and back, its bytes, and that nothing changed, cut, foreign
 * or half written comes out of it or stays. */
#include "store/ark.h"

#include <fcntl.h>
#include <sys/wait.h>

#include "ledger_kit.h"
#include "os/file.h"

struct scratch {
	struct ctx *c;
	struct str dir, path;
	struct vault *v;
};

static struct vault *key_of(struct scratch *s, const char *name, unsigned char first)
{
	struct str path = str_fmt(s->c, "%s/%s", s->dir.p, name);
	unsigned char key[32];
	struct vault *v;

	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)(first + i);
	assert_ok(s->c, file_write_atomic(s->c, path.p, 0400, (struct str){(char *)key, 32}));
	assert_ok(s->c, vault_open(s->c, path.p, &v));
	return v;
}

static struct scratch scratch_open(void)
{
	const char *tmp = getenv("TMPDIR");
	struct scratch s = {.c = test_ctx()};

	s.dir = str_fmt(s.c, "%s/writ-ark-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	assert_non_null(mkdtemp((char *)(uintptr_t)s.dir.p));
	s.path = str_fmt(s.c, "%s/ark", s.dir.p);
	s.v = key_of(&s, "key", 0);
	return s;
}

static void scratch_close(struct scratch *s)
{
	vault_close(&s->v);
	(void)nftw(s->dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&s->c);
}

static const size_t sizes[] = {0, 1, 1000, (64 << 10) - 9 - 9 - 10 - 1009, 64 << 10, 200000};
enum { N = sizeof sizes / sizeof sizes[0] };

static struct str text_of(struct scratch *s, size_t n)
{
	char *p = mem_alloc(s->c, n + 1);

	for (size_t i = 0; i < n; i++)
		p[i] = (char)(i * 7 + n);
	return (struct str){p, n};
}

static void write_all_sizes(struct scratch *s)
{
	struct ark *a;

	assert_ok(s->c, ark_create(s->c, s->v, s->path.p, &a));
	for (size_t i = 0; i < N; i++) {
		struct str text = text_of(s, sizes[i]);
		struct str parts[2] = {
		    {text.p, text.n / 3}, {text.p + text.n / 3, text.n - text.n / 3}};

		assert_ok(s->c, ark_put(s->c, a, (char)('a' + i), parts, 2));
	}
	assert_false(file_exists(s->path.p));
	assert_ok(s->c, ark_finish(s->c, a));
	ark_close(&a);
	assert_null(a);
	ark_close(&a);
}

/* Reads all records; the code of the first failure, ERR_NOTFOUND for a whole file. */
static int read_all(struct scratch *s, const struct vault *v, size_t *ret_records)
{
	struct ark *a = NULL;
	struct str text;
	int64_t size;
	char kind;
	int rc = ark_open(s->c, v, s->path.p, &a);

	*ret_records = 0;
	while (rc == 0) {
		rc = ark_next(s->c, a, &kind, &size);
		if (rc == 0)
			rc = ark_take(s->c, a, 1 << 20, &text);
		if (rc == 0) {
			assert_int_equal(text.n, size);
			*ret_records += 1;
		}
	}
	ark_close(&a);
	return rc;
}

static void test_there_and_back(void **state)
{
	struct scratch s = scratch_open();
	struct ark *a;
	struct str text;
	int64_t size;
	char kind, some[5];

	(void)state;
	write_all_sizes(&s);
	assert_ok(s.c, ark_open(s.c, s.v, s.path.p, &a));
	for (size_t i = 0; i < N; i++) {
		assert_ok(s.c, ark_next(s.c, a, &kind, &size));
		assert_int_equal(kind, 'a' + i);
		assert_int_equal(size, sizes[i]);
		if (i % 2 == 1)
			continue; /* passed over by the next */
		assert_ok(s.c, ark_take(s.c, a, 1 << 20, &text));
		assert_true(str_eq(text, text_of(&s, sizes[i])));
		assert_err(s.c, ark_read(s.c, a, some, 1), ERR_FAIL, "damaged");
	}
	assert_err(s.c, ark_next(s.c, a, &kind, &size), ERR_NOTFOUND, "no more");
	ark_close(&a);
	assert_err(s.c, ark_create(s.c, s.v, s.path.p, &a), ERR_CONFLICT, "exists");
	scratch_close(&s);
}

static void test_limit(void **state)
{
	struct scratch s = scratch_open();
	struct str text;
	struct ark *a;
	int64_t size;
	char kind;

	(void)state;
	write_all_sizes(&s);
	assert_ok(s.c, ark_open(s.c, s.v, s.path.p, &a));
	for (int i = 0; i < 3; i++)
		assert_ok(s.c, ark_next(s.c, a, &kind, &size));
	assert_err(s.c, ark_take(s.c, a, 999, &text), ERR_LIMIT, "999");
	ark_close(&a);
	scratch_close(&s);
}

static void test_file(void **state)
{
	struct scratch s = scratch_open();
	struct str source = str_fmt(s.c, "%s/source", s.dir.p), text = text_of(&s, 70000), got;
	struct ark *a;
	struct hash h;
	int64_t size;
	char kind;
	int fd;

	(void)state;
	assert_ok(s.c, file_write_atomic(s.c, source.p, 0600, text));
	fd = open(source.p, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_ok(s.c, ark_create(s.c, s.v, s.path.p, &a));
	assert_ok(s.c, ark_put_file(s.c, a, 'b', STR("name"), fd, 70000, &h));
	assert_true(hash_eq(h, hash_of(text)));
	assert_ok(s.c, ark_finish(s.c, a));
	ark_close(&a);
	assert_ok(s.c, ark_open(s.c, s.v, s.path.p, &a));
	assert_ok(s.c, ark_next(s.c, a, &kind, &size));
	assert_ok(s.c, ark_take(s.c, a, 1 << 20, &got));
	assert_int_equal(got.n, 70004);
	assert_memory_equal(got.p, "name", 4);
	assert_memory_equal(got.p + 4, text.p, text.n);
	ark_close(&a);
	/* one that became shorter since its size was asked */
	assert_int_equal(lseek(fd, 1, SEEK_SET), 1);
	assert_int_equal(unlink(s.path.p), 0);
	assert_ok(s.c, ark_create(s.c, s.v, s.path.p, &a));
	assert_err(s.c, ark_put_file(s.c, a, 'b', STR("name"), fd, 70000, &h), ERR_FAIL, "shorter");
	ark_close(&a);
	assert_false(file_exists(s.path.p));
	assert_false(file_exists(str_fmt(s.c, "%s.tmp", s.path.p).p));
	(void)close(fd);
	scratch_close(&s);
}

/* Every byte changed in turn, and every length it can be cut to. */
static void test_damage(void **state)
{
	struct scratch s = scratch_open();
	struct str text = STR("some text"), whole;
	struct ark *a;
	size_t n;
	char *p;

	(void)state;
	assert_ok(s.c, ark_create(s.c, s.v, s.path.p, &a));
	assert_ok(s.c, ark_put(s.c, a, 'r', &text, 1));
	assert_ok(s.c, ark_finish(s.c, a));
	ark_close(&a);
	assert_ok(s.c, file_read(s.c, s.path.p, 1 << 20, &whole));
	assert_int_equal(whole.n, 14 + 72 + 8 + 24 + 9 + 9 + 17);
	assert_int_equal(read_all(&s, s.v, &n), ERR_NOTFOUND);
	assert_int_equal(n, 1);
	err_clear(s.c);
	p = mem_dup(s.c, whole.p, whole.n);
	for (size_t i = 0; i < whole.n; i++) {
		p[i] ^= 1;
		assert_ok(s.c, file_write_atomic(s.c, s.path.p, 0600, (struct str){p, whole.n}));
		assert_err(s.c, read_all(&s, s.v, &n), i < 94 ? ERR_INVALID : ERR_FAIL,
		    i < 14   ? "not a backup"
		    : i < 94 ? "head is damaged"
			     : "damaged or cut");
		assert_int_equal(n, 0);
		p[i] ^= 1;
		assert_ok(s.c, file_write_atomic(s.c, s.path.p, 0600, (struct str){p, i}));
		assert_err(s.c, read_all(&s, s.v, &n), i < 118 ? ERR_INVALID : ERR_FAIL,
		    i < 14    ? "not a backup"
		    : i < 118 ? "is cut"
			      : "damaged or cut");
	}
	scratch_close(&s);
}

/* Cut between two chunks: each that is left is good, and the end is missed all the same. */
static void test_cut_between_chunks(void **state)
{
	struct scratch s = scratch_open();
	struct str whole;
	size_t n;

	(void)state;
	write_all_sizes(&s);
	assert_ok(s.c, file_read(s.c, s.path.p, 1 << 20, &whole));
	for (size_t at = 118 + (64 << 10) + 17; at < whole.n; at += (64 << 10) + 17) {
		assert_ok(s.c, file_write_atomic(s.c, s.path.p, 0600, (struct str){whole.p, at}));
		assert_err(s.c, read_all(&s, s.v, &n), ERR_FAIL, "damaged or cut");
	}
	assert_ok(
	    s.c, file_write_atomic(s.c, s.path.p, 0600, str_fmt(s.c, "%.*s", 0, ""))); /* empty */
	assert_err(s.c, read_all(&s, s.v, &n), ERR_INVALID, "not a backup");
	scratch_close(&s);
}

static void test_foreign_key(void **state)
{
	struct scratch s = scratch_open();
	struct vault *other = key_of(&s, "other", 1);
	size_t n;

	(void)state;
	write_all_sizes(&s);
	assert_err(s.c, read_all(&s, other, &n), ERR_DENIED, "another instance key");
	vault_close(&other);
	scratch_close(&s);
}

/* One that is being written is not touched by another; what a kill left of one is. */
static void test_two_at_once(void **state)
{
	struct scratch s = scratch_open();
	struct str temp = str_fmt(s.c, "%s.tmp", s.path.p);
	struct ark *a, *b;
	pid_t pid;
	int status;

	(void)state;
	assert_ok(s.c, ark_create(s.c, s.v, s.path.p, &a));
	assert_true(file_exists(temp.p));
	assert_err(s.c, ark_create(s.c, s.v, s.path.p, &b), ERR_CONFLICT, "another process");
	assert_true(file_exists(temp.p));
	ark_close(&a);
	assert_false(file_exists(temp.p));
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(ark_create(s.c, s.v, s.path.p, &a) == 0 ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(file_exists(temp.p)); /* as after a kill */
	write_all_sizes(&s);
	assert_false(file_exists(temp.p));
	scratch_close(&s);
}

/* The vector of SPEC.md 6.2, made by another program. */
static void test_vector(void **state)
{
	static const char base64[] = "d3JpdC9iYWNrdXAvMQqAgYKDhIWGh4iJiouMjY6PkJGSk5SVlpfx4Sm1AwKZM"
				     "VHA4a5854yrfCDjdeBLAD4Srtuo"
				     "4FAIpSZE8cRHNmKUkfgfLa0Qx65ARjXzeL96XaChoqOkpaanqKmqq6ytrq+"
				     "wsbKztLW2t2vrixi3ZHAGfIViB+po"
				     "6b3wbkyB18OgsV0EMIt7s5FR6vDS2Q==";
	struct scratch s = scratch_open();
	struct str bytes, text;
	struct ark *a;
	int64_t size;
	char kind;

	(void)state;
	assert_true(text_unbase64(s.c, str_of(base64), &bytes));
	assert_ok(s.c, file_write_atomic(s.c, s.path.p, 0600, bytes));
	assert_ok(s.c, ark_open(s.c, s.v, s.path.p, &a));
	assert_ok(s.c, ark_next(s.c, a, &kind, &size));
	assert_int_equal(kind, 'r');
	assert_ok(s.c, ark_take(s.c, a, 100, &text));
	assert_int_equal(text.n, 10);
	assert_memory_equal(text.p, "i\0\0\0\0\0\0\0\x05n", 10);
	assert_err(s.c, ark_next(s.c, a, &kind, &size), ERR_NOTFOUND, "no more");
	ark_close(&a);
	scratch_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_there_and_back),
	    cmocka_unit_test(test_limit), cmocka_unit_test(test_file),
	    cmocka_unit_test(test_damage), cmocka_unit_test(test_cut_between_chunks),
	    cmocka_unit_test(test_foreign_key), cmocka_unit_test(test_two_at_once),
	    cmocka_unit_test(test_vector)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
