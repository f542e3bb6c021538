/* Declared shapes: a refusal names its place and repeats nothing; one that is taken reads any
 * table. */
#include "fuzz.h"

#include "in/yield.h"

static int nowhere(struct ctx *c, void *arg, struct str s)
{
	(void)c;
	*(size_t *)arg += s.n;
	return 0;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct yield_ask ask = {.kind = STR("account"),
	    .target = STR("a"),
	    .fields = STR("session_ip"),
	    .from = {1782856800},
	    .until = {1785535200}};
	struct str text = fuzz_part(&in), odd = fuzz_canary(c, text);
	const struct yield_shape *s;
	struct yield_report r;
	size_t left = 0;
	int rc = yield_shape_parse(c, "fuzz", text, &s);

	if (rc != 0) {
		fuzz_refused_at(c, rc, "fuzz");
	} else {
		yield_shapes_add(c, &ask.shapes, s);
		rc = yield_check(
		    c, &ask, csv_input_text(&in), (struct yield_sink){nowhere, &left}, &r);
		fuzz_must(rc == 0 || rc == ERR_INVALID, "a shape reads, or refuses");
		fuzz_must(
		    rc != 0 || r.format != YIELD_UNKNOWN || left == 0, "what does not fit stays");
	}
	err_clear(c);
	if (yield_shape_parse(c, "fuzz", odd, &s) != 0)
		fuzz_no_canary(c);
}
