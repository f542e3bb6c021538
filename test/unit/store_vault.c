/* The instance key: sealing opens only as it was sealed; keyed hashes tell equal from unequal. */
#include "store/vault.h"

#include "ledger_kit.h"
#include "os/file.h"

static struct vault *open_vault(struct ctx *c, const char *path)
{
	struct vault *v;

	assert_ok(c, vault_create(c, path));
	assert_ok(c, vault_open(c, path, &v));
	return v;
}

static const char *temp_path(struct ctx *c, struct str *ret_dir)
{
	const char *tmp = getenv("TMPDIR");

	*ret_dir = str_fmt(c, "%s/writ-vault-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	assert_non_null(mkdtemp((char *)(uintptr_t)ret_dir->p));
	return str_fmt(c, "%s/instance.key", ret_dir->p).p;
}

static void test_seal(void **state)
{
	struct ctx *c = test_ctx();
	struct str dir, plain, a, b;
	struct vault *v = open_vault(c, temp_path(c, &dir));

	(void)state;
	for (size_t n = 0; n < 70; n += 7) {
		struct str text = {mem_alloc(c, n + 1), n};

		a = vault_seal(c, v, "person.handle", text);
		b = vault_seal(c, v, "person.handle", text);
		assert_false(str_eq(a, b)); /* equal values do not show */
		assert_int_equal(a.n, 1 + 24 + n + 16);
		assert_ok(c, vault_unseal(c, v, "person.handle", a, &plain));
		assert_true(str_eq(plain, text));
		assert_err(
		    c, vault_unseal(c, v, "target.value", a, &plain), ERR_FAIL, "target.value");
	}
	vault_close(&v);
	assert_null(v);
	vault_close(&v);
	(void)nftw(dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&c);
}

static void test_damage(void **state)
{
	struct ctx *c = test_ctx();
	struct str dir, plain, a;
	struct vault *v = open_vault(c, temp_path(c, &dir));
	char *bytes;

	(void)state;
	a = vault_seal(c, v, "x", STR("somebody@example.test"));
	bytes = mem_dup(c, a.p, a.n);
	for (size_t i = 0; i < a.n; i++) {
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_err(
		    c, vault_unseal(c, v, "x", (struct str){bytes, a.n}, &plain), ERR_FAIL, "x: ");
		assert_null(strstr(err_text(c), "somebody"));
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_err(
		    c, vault_unseal(c, v, "x", (struct str){bytes, i}, &plain), ERR_FAIL, "x: ");
	}
	assert_ok(c, vault_unseal(c, v, "x", (struct str){bytes, a.n}, &plain));
	vault_close(&v);
	(void)nftw(dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&c);
}

static void test_key(void **state)
{
	struct ctx *c = test_ctx();
	struct str dir, other_dir;
	struct vault *v = open_vault(c, temp_path(c, &dir));
	struct vault *w = open_vault(c, temp_path(c, &other_dir));
	struct hash a = vault_key(v, "target.value", STR("a@example.test"));

	(void)state;
	assert_true(hash_eq(a, vault_key(v, "target.value", STR("a@example.test"))));
	assert_false(hash_eq(a, vault_key(v, "target.value", STR("b@example.test"))));
	assert_false(hash_eq(a, vault_key(v, "person.handle", STR("a@example.test"))));
	assert_false(hash_eq(a, vault_key(w, "target.value", STR("a@example.test"))));
	assert_false(hash_eq(a, hash_of(STR("a@example.test"))));
	vault_close(&v);
	vault_close(&w);
	(void)nftw(dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	(void)nftw(other_dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&c);
}

static void test_file(void **state)
{
	struct ctx *c = test_ctx();
	struct str dir;
	const char *path = temp_path(c, &dir);
	struct vault *v = NULL;
	struct stat st;

	(void)state;
	assert_err(c, vault_open(c, path, &v), ERR_NOTFOUND, path);
	assert_ok(c, vault_create(c, path));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0400);
	assert_int_equal(st.st_size, 32);
	assert_err(c, vault_create(c, path), ERR_CONFLICT, path);
	assert_int_equal(chmod(path, 0440), 0);
	assert_err(c, vault_open(c, path, &v), ERR_DENIED, "others");
	assert_ok(c, file_write_atomic(c, path, 0400, STR("0123456789012345678901234567890")));
	assert_err(c, vault_open(c, path, &v), ERR_INVALID, "not an instance key");
	assert_ok(c, file_write_atomic(c, path, 0400, STR("012345678901234567890123456789012")));
	assert_err(c, vault_open(c, path, &v), ERR_INVALID, "not an instance key");
	assert_null(v);
	(void)nftw(dir.p, ledger_kit_remove, 16, FTW_DEPTH | FTW_PHYS);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_seal),
	    cmocka_unit_test(test_damage),
	    cmocka_unit_test(test_key),
	    cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
