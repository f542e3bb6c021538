/* What was collected: in whatever pieces the bytes come, the same leaves and the same is reported;
 * all records are counted once; what leaves is checked again and leaves again as it is; with no
 * period and the same target nothing that was in scope goes missing; neither an error nor the
 * report repeats the text. */
#include "fuzz.h"

#include "in/yield.h"

struct drip {
	struct str rest;
	size_t size;
};

static int drip_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct drip *d = arg;
	size_t n = d->rest.n < d->size ? d->rest.n : d->size;

	(void)c;
	n = n < cap ? n : cap;
	if (n > 0)
		memcpy(p, d->rest.p, n);
	d->rest = (struct str){d->rest.p + n, d->rest.n - n};
	*ret_n = n;
	return 0;
}

static int keep(struct ctx *c, void *arg, struct str s)
{
	(void)c;
	buf_put(arg, s);
	return 0;
}

static int check(struct ctx *c, const struct yield_ask *ask, struct str in, size_t size,
    struct str *ret_left, struct yield_report *r)
{
	struct drip d = {in, size};
	struct buf left = buf_init(c, 1 << 26);
	int rc = yield_check(
	    c, ask, (struct csv_input){drip_read, &d}, (struct yield_sink){keep, &left}, r);
	int64_t held = 0;

	if (rc != 0) {
		fuzz_refused(c, rc);
		fuzz_no_canary(c);
		return rc;
	}
	*ret_left = buf_str(&left);
	for (size_t i = 0; i < YIELD_REASONS; i++)
		held += r->held[i];
	fuzz_must(r->held[YIELD_IN] == 0 && held == yield_held(r), "each held record has a reason");
	fuzz_must(r->n_at == (size_t)(held < YIELD_PLACES ? held : YIELD_PLACES),
	    "each held record has its place, as far as places go");
	fuzz_must(r->format != YIELD_UNKNOWN || (ret_left->n == 0 && r->records == 0),
	    "of what cannot be checked nothing leaves");
	fuzz_must(strstr(json_str(c, yield_json(c, r, true)).p, FUZZ_CANARY) == NULL,
	    "the report does not repeat the input");
	return 0;
}

static void again(
    struct ctx *c, const struct yield_ask *ask, const struct yield_report *first, struct str left)
{
	struct yield_report r;
	struct str twice;

	if (first->released == 0)
		return;
	if (check(c, ask, left, SIZE_MAX, &twice, &r) != 0) {
		fuzz_must(false, "what left can be read");
		return;
	}
	fuzz_must(r.format == first->format, "and is of the same format");
	fuzz_must(
	    yield_held(&r) == 0 && r.released == first->released, "and all of it lies in scope");
	fuzz_must(str_eq(left, twice), "and leaves again as it is");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	static const char *const fields[] = {"body", "headers", "session_ip", "name usage_log"};
	struct yield_ask ask = {.kind = STR("email"),
	    .target = STR("a@b.example"),
	    .from = {1782856800},
	    .until = {1785535200}};
	unsigned how = fuzz_byte(&in);
	size_t size = 1 + fuzz_byte(&in);
	struct yield_report whole, pieces;
	struct str left, same;
	int rc;

	ask.fields = str_of(fields[how & 3]);
	ask.mask = (how & 4) != 0;
	if ((how & 8) != 0)
		ask.from = ask.until = INSTANT_NONE;
	rc = check(c, &ask, in, SIZE_MAX, &left, &whole);
	err_clear(c);
	fuzz_must(check(c, &ask, in, size, &same, &pieces) == rc, "pieces do not matter");
	err_clear(c);
	if (rc == 0) {
		fuzz_must(str_eq(left, same) && str_eq(json_str(c, yield_json(c, &whole, true)),
						    json_str(c, yield_json(c, &pieces, true))),
		    "neither for what leaves nor for the report");
		/* a mark is no address any more, and a head without its body may be another format
		 */
		if (!ask.mask && (how & 3) != 1)
			again(c, &ask, &whole, left);
	}
	(void)check(c, &ask, fuzz_canary(c, in), SIZE_MAX, &left, &whole);
}
