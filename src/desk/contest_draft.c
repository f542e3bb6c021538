/* What the statement could say of a challenge (declared in contest_act.h). A draft, and nobody's
 * words yet: it is proposed, cleared and published as every other piece is. */
#include "desk/contest_act.h"

#include "base/mem.h"

struct sentence {
	const char *en, *de;
};

/* Who asked for what: by party and by what it is against. */
static struct sentence asked(const struct contest *k)
{
	bool secrecy = str_is(k->against, "secrecy"), user = str_is(k->party, "user");

	if (str_is(k->party, "authority"))
		return (struct sentence){
		    "An authority appealed a ruling on its demand for user data.",
		    "Eine Behörde ging gegen eine Entscheidung über ihr Ersuchen um Nutzerdaten "
		    "vor."};
	if (str_is(k->against, "publication"))
		return (struct sentence){
		    "We asked for leave to publish more about demands for user data.",
		    "Wir haben beantragt, mehr über Ersuchen um Nutzerdaten veröffentlichen zu "
		    "dürfen."};
	if (secrecy)
		return user
			   ? (struct sentence){"A user challenged a bar to being told of a demand.",
				 "Ein Nutzer ging dagegen vor, dass er von einem Ersuchen nicht "
				 "erfahren durfte."}
			   : (struct sentence){"We challenged a bar to telling a user of a demand.",
				 "Wir sind dagegen vorgegangen, einen Nutzer nicht benachrichtigen "
				 "zu dürfen."};
	return user ? (struct sentence){"A user challenged an authority's demand for data.",
			  "Ein Nutzer ging gegen das Ersuchen einer Behörde um Daten vor."}
		    : (struct sentence){"We challenged an authority's demand for user data.",
			  "Wir sind gegen das Ersuchen einer Behörde um Nutzerdaten vorgegangen."};
}

static struct sentence came_of_it(const struct contest *k)
{
	static const struct {
		const char *outcome;
		struct sentence says;
	} all[] = {{"upheld", {"The challenge was upheld.", "Dem wurde stattgegeben."}},
	    {"narrowed", {"The demand was narrowed.", "Das Ersuchen wurde eingeschränkt."}},
	    {"dismissed", {"The challenge was dismissed.", "Das wurde zurückgewiesen."}},
	    {"withdrawn", {"The challenge was withdrawn.", "Das wurde zurückgenommen."}},
	    {"moot", {"It ended without a ruling.", "Es endete ohne Entscheidung."}}};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (str_is(k->outcome, all[i].outcome))
			return all[i].says;
	return (struct sentence){"", ""};
}

static struct json *draft_of(struct ctx *c, const struct contest *k)
{
	struct sentence a = asked(k), o = came_of_it(k);
	bool over = k->outcome.n > 0;
	struct json *j = json_map(c);

	json_set_text(c, j, "part", STR("proceeding"));
	json_set_text(c, j, "kind", over ? STR("decision") : STR("suit"));
	json_set_text(c, j, "day", day_str(c, over ? k->decided : k->filed));
	json_set_text(c, j, "title", over ? str_of(o.en) : str_of(a.en));
	json_set_text(c, j, "title_de", over ? str_of(o.de) : str_of(a.de));
	json_set_text(c, j, "text", str_fmt(c, "%s (%s)", a.en, day_str(c, k->filed).p));
	json_set_text(c, j, "text_de", str_fmt(c, "%s (%s)", a.de, day_str(c, k->filed).p));
	if (over) {
		json_set_text(c, j, "outcome", str_of(o.en));
		json_set_text(c, j, "outcome_de", str_of(o.de));
	}
	return j;
}

int contest_draft(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct json **ret)
{
	const struct db_val *row;
	struct contests all;
	struct matter m;
	int64_t bars = 0;
	int rc = right_needs(c, actor, RIGHT_CHALLENGE_DRAFT);

	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_CHALLENGE_DRAFT, order->matter, false);
	if (rc == 0)
		rc = matter_by_id(c, in, order->matter, &m);
	if (rc == 0)
		rc = contest_of_order(c, in, order->id, &all);
	if (rc == 0 && (number < 1 || (size_t)number > all.n))
		rc = err_set(c, ERR_NOTFOUND, "the order has no such entry");
	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_CONTEST_BARRED,
		    DB_ARGS(db_int(m.id), db_int(instant_day((struct instant){ctx_now(c)}).n)),
		    &row);
	if (rc != 0)
		return rc;
	bars = row[0].num;
	if (m.compartment != 0 || bars > 0 || !all.v[number - 1].in_public)
		return err_set(
		    c, ERR_DENIED, "nothing of this challenge is offered for the statement");
	*ret = draft_of(c, &all.v[number - 1]);
	return 0;
}
