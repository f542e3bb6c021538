/* Documents: in and out, of every size around a chunk, and nothing that was changed comes out. */
#include "store/blob.h"

#include <fcntl.h>

#include "ledger_kit.h"
#include "os/file.h"

struct scratch {
	struct ctx *c;
	struct str dir, blobs, source, out;
};

static struct scratch scratch_open(void)
{
	const char *tmp = getenv("TMPDIR");
	struct scratch s = {.c = test_ctx()};

	s.dir = str_fmt(s.c, "%s/writ-blob-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	assert_non_null(mkdtemp((char *)(uintptr_t)s.dir.p));
	s.blobs = str_fmt(s.c, "%s/blob", s.dir.p);
	s.source = str_fmt(s.c, "%s/source", s.dir.p);
	s.out = str_fmt(s.c, "%s/out", s.dir.p);
	assert_int_equal(mkdir(s.blobs.p, 0700), 0);
	return s;
}

static void scratch_close(struct scratch *s)
{
	(void)nftw(s->dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&s->c);
}

static struct str fill(struct scratch *s, size_t n)
{
	char *p = mem_alloc(s->c, n + 1);

	ctx_random(s->c, p, n);
	assert_ok(s->c, file_write_atomic(s->c, s->source.p, 0600, (struct str){p, n}));
	return (struct str){p, n};
}

static struct str path_of(struct scratch *s, const struct blob_made *b)
{
	return str_fmt(s->c, "%s/%.2s/%s", s->blobs.p, b->name, b->name);
}

static void test_sizes(void **state)
{
	static const size_t sizes[] = {
	    0, 1, BLOB_CHUNK - 1, BLOB_CHUNK, BLOB_CHUNK + 1, 3 * BLOB_CHUNK, 200000};
	struct scratch s = scratch_open();

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct str text = fill(&s, sizes[i]), file, back;
		struct blob_made b, got;
		struct stat st;

		assert_ok(s.c, blob_put(s.c, s.blobs.p, s.source.p, 1 << 20, &b));
		assert_int_equal(b.size, sizes[i]);
		assert_true(hash_eq(b.plain, hash_of(text)));
		assert_int_equal(stat(path_of(&s, &b).p, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		assert_int_equal(st.st_size, 24 + sizes[i] + 17 * (sizes[i] / BLOB_CHUNK + 1));
		assert_ok(s.c, file_read(s.c, path_of(&s, &b).p, 1 << 20, &file));
		assert_str(hash_hex(s.c, hash_of(file)), b.name);
		assert_ok(s.c, blob_get_file(s.c, s.blobs.p, str_of(b.name), b.key, s.out.p, &got));
		assert_ok(s.c, file_read(s.c, s.out.p, 1 << 20, &back));
		assert_true(str_eq(back, text));
		assert_int_equal(got.size, sizes[i]);
		assert_true(hash_eq(got.plain, b.plain));
		assert_err(s.c, blob_get_file(s.c, s.blobs.p, str_of(b.name), b.key, s.out.p, NULL),
		    ERR_CONFLICT, "");
		assert_int_equal(unlink(s.out.p), 0);
	}
	scratch_close(&s);
}

/* Piece by piece; *ret_n: how many bytes came; whether it came to its end. */
static bool piecewise(
    struct scratch *s, const struct blob_made *b, size_t piece, char *to, size_t *ret_n)
{
	struct blob_read *r;
	ssize_t got;

	*ret_n = 0;
	if (blob_open(s->c, s->blobs.p, str_of(b->name), b->key, &r) != 0) {
		err_clear(s->c);
		return false;
	}
	while ((got = blob_next(r, to + *ret_n, piece)) > 0)
		*ret_n += (size_t)got;
	/* and stays there */
	assert_true(blob_next(r, to + *ret_n, piece) == (got == 0 ? 0 : -1));
	blob_close(&r);
	assert_null(r);
	return got == 0;
}

static void test_pieces(void **state)
{
	static const size_t sizes[] = {0, 1, BLOB_CHUNK - 1, BLOB_CHUNK, BLOB_CHUNK + 1,
	    3 * BLOB_CHUNK, 200001},
			    pieces[] = {1000, BLOB_CHUNK, BLOB_CHUNK + 7, 1 << 20};
	struct scratch s = scratch_open();
	char *to = mem_alloc(s.c, 2 << 20);
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct str text = fill(&s, sizes[i]), file;
		struct blob_made b;
		char *bytes;

		assert_ok(s.c, blob_put(s.c, s.blobs.p, s.source.p, 1 << 20, &b));
		for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
			assert_true(piecewise(&s, &b, pieces[k], to, &n));
			assert_true(str_eq((struct str){to, n}, text));
		}
		/* damaged, cut, or with more behind it: never all of it, and never as if it were */
		assert_ok(s.c, file_read(s.c, path_of(&s, &b).p, 1 << 20, &file));
		bytes = mem_dup(s.c, file.p, file.n + 1);
		for (size_t at = 0; at < file.n; at += at < 60 || at > file.n - 40 ? 1 : 9973) {
			bytes[at] = (char)(bytes[at] ^ 1);
			assert_ok(s.c, file_write_atomic(s.c, path_of(&s, &b).p, 0600,
					   (struct str){bytes, file.n}));
			assert_false(piecewise(&s, &b, BLOB_CHUNK, to, &n));
			assert_true(n < sizes[i] || sizes[i] == 0);
			assert_true(str_eq((struct str){to, n}, (struct str){text.p, n}));
			bytes[at] = (char)(bytes[at] ^ 1);
		}
		for (int more = -1; more < 2; more += 2) {
			assert_ok(s.c, file_write_atomic(s.c, path_of(&s, &b).p, 0600,
					   (struct str){bytes, file.n + (size_t)(ssize_t)more}));
			assert_false(piecewise(&s, &b, BLOB_CHUNK, to, &n));
		}
	}
	scratch_close(&s);
}

static int count(struct ctx *c, const char *name, void *arg)
{
	(void)c;
	(void)name;
	++*(int *)arg;
	return 0;
}

static void test_same_twice(void **state)
{
	struct scratch s = scratch_open();
	struct blob_made a, b;

	(void)state;
	(void)fill(&s, 100);
	assert_ok(s.c, blob_put(s.c, s.blobs.p, s.source.p, 1000, &a));
	assert_ok(s.c, blob_put(s.c, s.blobs.p, s.source.p, 1000, &b));
	assert_string_not_equal(a.name, b.name); /* nobody sees that a paper came in twice */
	assert_memory_not_equal(a.key, b.key, BLOB_KEY);
	scratch_close(&s);
}

static void test_refused(void **state)
{
	struct scratch s = scratch_open();
	unsigned char key[BLOB_KEY] = {0};
	struct blob_made b;
	int files = 0;

	(void)state;
	(void)fill(&s, 200000);
	assert_err(s.c, blob_put(s.c, s.blobs.p, s.source.p, 199999, &b), ERR_LIMIT, "199999");
	assert_err(
	    s.c, blob_put(s.c, s.blobs.p, "/nonexistent", 10, &b), ERR_NOTFOUND, "/nonexistent");
	assert_err(s.c, blob_put(s.c, s.blobs.p, s.dir.p, 10, &b), ERR_INVALID, "regular");
	assert_int_equal(mkfifo(s.out.p, 0600), 0);
	assert_err(s.c, blob_put(s.c, s.blobs.p, s.out.p, 10, &b), ERR_INVALID, "regular");
	assert_err(s.c, blob_put(s.c, "/nonexistent", s.source.p, 200000, &b), ERR_NOTFOUND, "");
	assert_ok(s.c, file_each(s.c, s.blobs.p, count, &files));
	assert_int_equal(files, 0);
	assert_int_equal(rmdir(s.blobs.p), 0); /* not even a hidden one */
	assert_err(s.c, blob_get(s.c, s.blobs.p, STR("../../etc/passwd"), key, 1, NULL),
	    ERR_INVALID, "name");
	assert_err(s.c, blob_get(s.c, s.blobs.p, STR(""), key, 1, NULL), ERR_INVALID, "name");
	assert_err(s.c,
	    blob_get(s.c, s.blobs.p,
		STR("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"), key, 1,
		NULL),
	    ERR_FAIL, "blob 00112233445566778899aabbccddeeff");
	scratch_close(&s);
}

static void assert_bad(struct scratch *s, const struct blob_made *b, struct str file)
{
	struct mem_mark mark = mem_mark(s->c);

	assert_ok(s->c, file_write_atomic(s->c, path_of(s, b).p, 0600, file));
	assert_err(s->c, blob_get_file(s->c, s->blobs.p, str_of(b->name), b->key, s->out.p, NULL),
	    ERR_FAIL, b->name);
	assert_false(file_exists(s->out.p));
	mem_reset(s->c, mark);
}

static void test_damage(void **state)
{
	struct scratch s = scratch_open();
	struct blob_made b, other;
	struct str file, longer;
	char *bytes;

	(void)state;
	(void)fill(&s, BLOB_CHUNK + 20);
	assert_ok(s.c, blob_put(s.c, s.blobs.p, s.source.p, 1 << 20, &b));
	assert_ok(s.c, file_read(s.c, path_of(&s, &b).p, 1 << 20, &file));
	bytes = mem_dup(s.c, file.p, file.n);
	for (size_t i = 0; i < file.n; i += i < 60 || i > file.n - 80 ? 1 : 4001) {
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_bad(&s, &b, (struct str){bytes, file.n});
		bytes[i] = (char)(bytes[i] ^ 1);
	}
	/* cut: within a chunk, between chunks, to nothing */
	assert_bad(&s, &b, (struct str){bytes, file.n - 1});
	assert_bad(&s, &b, (struct str){bytes, 24 + BLOB_CHUNK + 17});
	assert_bad(&s, &b, (struct str){bytes, 24});
	assert_bad(&s, &b, (struct str){bytes, 0});
	longer =
	    (struct str){mem_dup(s.c, bytes, file.n), file.n + 1}; /* mem_dup puts a NUL behind */
	assert_bad(&s, &b, longer);
	/* a whole other document under this name, with its right key */
	(void)fill(&s, 10);
	assert_ok(s.c, blob_put(s.c, s.blobs.p, s.source.p, 1 << 20, &other));
	assert_ok(s.c, file_read(s.c, path_of(&s, &other).p, 1 << 20, &longer));
	memcpy(b.key, other.key, BLOB_KEY);
	assert_bad(&s, &b, longer);
	scratch_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_pieces),
	    cmocka_unit_test(test_sizes),
	    cmocka_unit_test(test_same_twice),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
