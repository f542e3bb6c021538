/* JSON: what was read and written again, compact or pretty, is read as the same canonical text; a
 * refusal names the place and repeats nothing. */
#include "fuzz.h"

#include "kind/json.h"

static void same(struct ctx *c, struct str text, struct str canonical)
{
	struct json *j;

	fuzz_must(json_parse(c, "again", text, &j) == 0, "what was written is read");
	fuzz_must(str_eq(json_str(c, j), canonical), "and means the same");
}

static size_t depth(const struct json *j)
{
	size_t most = 0;

	for (size_t i = 0; i < j->n; i++) {
		size_t d = depth(j->at[i]);

		most = d > most ? d : most;
	}
	return j->kind == JSON_LIST || j->kind == JSON_MAP ? most + 1 : 0;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct buf canonical = buf_init(c, 1 << 24), pretty = buf_init(c, 1 << 24);
	struct json *j = NULL;
	int rc = json_parse(c, "fuzz", in, &j);

	if (rc == 0) {
		fuzz_must(depth(j) <= JSON_DEPTH, "no deeper than JSON_DEPTH");
		json_put(&canonical, j);
		json_put_pretty(&pretty, j);
		same(c, buf_str(&canonical), buf_str(&canonical));
		same(c, buf_str(&pretty), buf_str(&canonical));
	} else {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(j == NULL, "nothing is returned with a refusal");
		err_clear(c);
	}
	rc = json_parse(c, "fuzz", fuzz_canary(c, in), &j);
	fuzz_no_canary(c);
}
