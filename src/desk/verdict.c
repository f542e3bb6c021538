#include "desk/verdict.h"

#include "desk/known.h"
#include "desk/permission.h"

enum { GROUNDS_MAX = 1 << 20 };

static struct instant now_of(const struct ctx *c)
{
	return (struct instant){ctx_now(c)};
}

/* Of an edition that is out: what was published after it stands against itself. */
static int put_edition(struct ctx *c, const struct edition *e, void *arg)
{
	(void)c;
	if (e->is_published)
		buf_fmt(arg, "edition %lld %lld\n", (long long)e->id, (long long)e->rev);
	return 0;
}

static int grounds(struct ctx *c, struct instance *in, const struct edition *e, struct hash *ret)
{
	struct buf b = buf_init(c, GROUNDS_MAX);
	struct permissions said;
	struct knowns knowns;
	struct str text;
	int rc = permission_all(c, in, &said);

	if (rc == 0)
		rc = known_all(c, in, &knowns);
	if (rc != 0)
		return rc;
	buf_fmt(&b, "%lld %lld\n", (long long)e->id, (long long)e->rev);
	for (size_t i = 0; i < said.n; i++)
		buf_fmt(&b, "permission %lld %lld %d\n", (long long)said.v[i].id,
		    (long long)said.v[i].rev, permission_holds(&said.v[i], now_of(c)));
	for (size_t i = 0; i < knowns.n; i++)
		buf_fmt(
		    &b, "known %lld %lld\n", (long long)knowns.v[i].id, (long long)knowns.v[i].rev);
	rc = edition_each(c, in, put_edition, &b);
	if (rc == 0)
		rc = buf_end(&b, "the grounds of a verdict", &text);
	if (rc == 0)
		*ret = hash_of(text);
	return rc;
}

int verdict_put(
    struct ctx *c, struct instance *in, const struct edition *e, const struct json *breaches)
{
	struct hash h;
	int rc = grounds(c, in, e, &h);

	return rc == 0 ? db_run(c, in->store.db, SQL_VERDICT_PUT,
			     DB_ARGS(db_int(e->id), db_instant(now_of(c)), db_blob(hash_str(&h)),
				 db_text(json_str(c, breaches))),
			     NULL)
		       : rc;
}

int verdict_get(
    struct ctx *c, struct instance *in, const struct edition *e, struct verdict_kept *ret)
{
	struct verdict_kept v = {.at = INSTANT_NONE, .breaches = json_list(c)};
	const struct db_val *row;
	struct hash h;
	struct str kept = {0}, text = {0};
	int rc = db_find(c, in->store.db, SQL_VERDICT_GET, DB_ARGS(db_int(e->id)), &row);

	if (rc == 0 && row != NULL) {
		v.found = true;
		v.at = db_get_instant(row[0]);
		kept = str_make(c, row[1].s);
		text = str_make(c, row[2].s);
		rc = json_parse(c, "edition_verdict", text, &v.breaches);
	}
	if (rc == 0 && v.found)
		rc = grounds(c, in, e, &h);
	if (rc != 0)
		return rc;
	v.current =
	    v.found && (e->is_published ? v.at.s >= e->published_at.s : str_eq(kept, hash_str(&h)));
	*ret = v;
	return 0;
}
