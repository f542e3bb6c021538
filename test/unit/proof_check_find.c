/* The list of findings: what is joined, what is not, the limit, and the sentences. */
#include "proof/check_find_p.h"

#include "check.h"

static struct check_report *empty(struct ctx *c)
{
	return mem_alloc(c, sizeof(struct check_report));
}

static void test_joins(void **state)
{
	struct ctx *c = test_ctx();
	struct check_report *rep = empty(c);
	struct tile a = {false, 0, 0, 256}, b = {false, 0, 1, 256}, up = {false, 1, 0, 2};

	(void)state;
	check_find_add(rep, CHECK_ENTRY, 5, 6, &a, true);
	check_find_add(rep, CHECK_ENTRY, 6, 7, &a, true);
	check_find_add(rep, CHECK_ENTRY, 8, 9, &a, true); /* not a neighbour */
	assert_int_equal(rep->n, 2);
	assert_int_equal(rep->at[0].to, 7);
	check_find_add(rep, CHECK_TILE, 254, 255, &a, false);
	check_find_add(rep, CHECK_TILE, 255, 256, &a, false);
	check_find_add(rep, CHECK_TILE, 256, 257, &b, false); /* another tile has another name */
	assert_int_equal(rep->n, 4);
	check_find_add(rep, CHECK_TILE_ABSENT, 0, 256, &a, false);
	check_find_add(rep, CHECK_ABSENT, 0, 256, &a, true);
	check_find_add(rep, CHECK_TILE_ABSENT, 256, 512, &b, false);
	check_find_add(rep, CHECK_ABSENT, 256, 512, &b, true);
	assert_int_equal(rep->n, 6);
	assert_int_equal(rep->at[4].to, 512);
	assert_int_equal(rep->at[5].to, 512);
	check_find_add(rep, CHECK_TILE_ABSENT, 512, 1024, &up, false); /* another level */
	check_find_add(rep, CHECK_FORK, 0, 5, NULL, false);
	check_find_add(rep, CHECK_FORK, 5, 9, NULL, false); /* two checkpoints are two forks */
	assert_int_equal(rep->n, 9);
	ctx_close(&c);
}

static void test_limit(void **state)
{
	struct ctx *c = test_ctx();
	struct check_report *rep = empty(c);
	struct tile t = {false, 0, 0, 256};

	(void)state;
	for (uint64_t i = 0; i < 250; i++)
		check_find_add(rep, CHECK_ENTRY, i * 2, i * 2 + 1, &t, true);
	assert_int_equal(rep->n, CHECK_FINDINGS_MAX);
	assert_int_equal(rep->more, 150);
	ctx_close(&c);
}

static void test_sentences(void **state)
{
	struct ctx *c = test_ctx();
	struct check_report *rep = empty(c);
	struct tile t = {false, 0, 1234067, 112};

	(void)state;
	check_find_add(rep, CHECK_ENTRY, 7, 8, &t, true);
	check_find_add(rep, CHECK_TILE, 7, 9, &t, false);
	check_find_add(rep, CHECK_FORK, 190, 380, NULL, false);
	check_find_add(rep, CHECK_ROOT, 0, 0, NULL, false);
	for (size_t i = 0; i < rep->n; i++)
		check_find_tell(c, &rep->at[i]);
	assert_string_equal(
	    rep->at[0].text, "not what was logged: entry 7 (tile/entries/x001/x234/067.p/112)");
	assert_string_equal(rep->at[1].text,
	    "damaged tile: wrong hash over entries 7 to 8 (tile/0/x001/x234/067.p/112)");
	assert_string_equal(rep->at[2].text,
	    "fork: an older checkpoint was signed for another history; the difference is within "
	    "entries 190 to 379 (checkpoint of size 380)");
	assert_string_equal(rep->at[3].text,
	    "the log does not give the root of its checkpoint; the difference is within an empty "
	    "log");
	/* every kind has a sentence, and the longest numbers and names fit */
	t.index = UINT64_MAX;
	for (int k = CHECK_ENTRY; k <= CHECK_ROLLBACK; k++) {
		struct check_finding f = {.kind = (enum check_kind)k,
		    .from = UINT64_MAX / 3,
		    .to = UINT64_MAX,
		    .tile = t};

		check_find_tell(c, &f);
		assert_true(strlen(f.text) > 60);
		assert_true(f.text[strlen(f.text) - 1] == ')');
	}
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_joins),
	    cmocka_unit_test(test_limit),
	    cmocka_unit_test(test_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
