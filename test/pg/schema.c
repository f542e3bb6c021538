/*
 * The texts of one migration, so that a test makes a database as an older program left it.
 *   schema N lite|pg tables|guards
 */
#include "base/mem.h"
#include "store/db.h"

int main(int argc, char **argv)
{
	int64_t n = 0;
	const struct sql_schema *s;
	bool pg, guards;

	if (argc != 4 || !str_i64(str_of(argv[1]), &n) || n < 1 || (size_t)n > sql_schemas_n)
		return 2;
	s = &sql_schemas[n - 1];
	pg = strcmp(argv[2], "pg") == 0;
	guards = strcmp(argv[3], "guards") == 0;
	(void)puts(pg ? (guards ? s->pg_after : s->pg) : (guards ? s->lite_after : s->lite));
	return 0;
}
