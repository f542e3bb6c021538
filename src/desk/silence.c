#include "desk/silence.h"

#include "desk/base.h"

bool silence_says(struct str text, struct str words)
{
	struct str word;

	while (str_word(&words, &word))
		if (str_has_fold(text, word))
			return true;
	return false;
}

struct texts {
	struct str provider, users;
	struct wording cause[WORDING_LANGS];
	struct permissions rests;
	struct count_imports imports; /* those that contribute */
};

static bool words_say(const struct wording words[WORDING_LANGS], struct str never)
{
	for (int i = 0; i < WORDING_LANGS; i++)
		if (silence_says(words[i].title, never) || silence_says(words[i].text, never) ||
		    silence_says(words[i].authority, never))
			return true;
	return false;
}

static bool texts_say(const struct texts *t, struct str never)
{
	bool say = silence_says(t->provider, never) || silence_says(t->users, never) ||
		   words_say(t->cause, never);

	for (size_t i = 0; i < t->rests.n && !say; i++)
		say =
		    words_say(t->rests.v[i].words, never) || silence_says(t->rests.v[i].law, never);
	for (size_t i = 0; i < t->imports.n && !say; i++)
		say = silence_says(t->imports.v[i].source, never) ||
		      silence_says(t->imports.v[i].note, never);
	return say;
}

static int load_users(struct ctx *c, struct instance *in, const struct edition *e, struct str *ret)
{
	struct base base;
	int rc = base_find(c, in, e->period,
	    e->is_published ? e->published_at : (struct instant){ctx_now(c)},
	    e->is_published ? e->entry : INT64_MAX, &base);

	if (rc == 0)
		*ret = base.source;
	return rc;
}

static int load(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct texts *t)
{
	size_t n = 0;
	int rc = edition_cause(c, in, e, t->cause);

	t->provider = in->provider;
	if (rc == 0 && figure_has_section(f, "users"))
		rc = load_users(c, in, e, &t->users);
	if (rc == 0)
		rc = rests_load(c, in, e, f, &t->rests);
	if (rc == 0)
		rc = count_import_each(c, in, &t->imports);
	for (size_t i = 0; i < t->imports.n; i++)
		if (figure_find(f, "imported", STR(""), t->imports.v[i].key, "requests") != NULL)
			t->imports.v[n++] = t->imports.v[i];
	t->imports.n = n;
	return rc;
}

int silence_check(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct breaches *ret)
{
	struct str rest = e->structure, word;
	struct texts t = {0};
	struct band_law *law;
	int rc = band_builtin(c, &law);

	if (rc == 0)
		rc = load(c, in, e, f, &t);
	while (rc == 0 && str_word(&rest, &word)) {
		const struct band_structure *s = band_find(law, word);

		if (s != NULL && texts_say(&t, s->says_never))
			invariant_add(c, ret, word, "words", s->src.cite,
			    "a note, cause, source or permission of it says a word that it "
			    "forbids");
	}
	return rc;
}
