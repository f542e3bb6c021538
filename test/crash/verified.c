/*
 * What `writ log verify` does, without the law that a command loads first: a sweep asks it after
 * every fault. verified DATABASE-URL KEYS-DIR     0 when all of it verifies, else 1 and the first
 * finding
 */
#include "store/verify.h"

#include "base/mem.h"

int main(int argc, char **argv)
{
	struct store store = {0};
	struct verify *v;
	struct ctx *c;
	int rc;

	if (argc != 3)
		return 2;
	ctx_open(&c);
	v = verify_make(c);
	rc = db_open(c, str_of(argv[1]), SQL_ROLE_CLI, &store.db);
	if (rc == 0)
		rc = vault_open(c, str_fmt(c, "%s/instance.key", argv[2]).p, &store.vault);
	if (rc == 0)
		rc = verify_own(c, &store, argv[2], false, v);
	if (rc != 0)
		(void)fprintf(stderr, "%s\n", err_text(c));
	else if (v->n > 0)
		(void)fprintf(stderr, "%s\n", v->text[0]);
	else if (v->entries == 0)
		(void)fprintf(stderr, "there is nothing to verify\n");
	rc = rc == 0 && v->n == 0 && v->entries > 0 ? 0 : 1;
	db_close(&store.db);
	vault_close(&store.vault);
	ctx_close(&c);
	return rc;
}
