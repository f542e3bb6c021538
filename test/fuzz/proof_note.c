/* Notes, keys and checkpoints of foreign logs: what was read and printed again is the same text; a
 * note that was signed opens, and with one byte changed it never opens as another text. Input: a
 * text, a line "%%", then a place and a byte. */
#include "fuzz.h"

#include "proof/note.h"

static void checkpoint(struct ctx *c, struct str text)
{
	struct note_checkpoint cp;
	struct str again;
	int rc = note_checkpoint_parse(c, text, &cp);

	if (rc != 0)
		fuzz_refused(c, rc);
	else
		fuzz_must(note_checkpoint_print(c, &cp, &again) == 0 && str_eq(again, text),
		    "a checkpoint is printed as it was read");
	err_clear(c);
	rc = note_checkpoint_parse(c, fuzz_canary(c, text), &cp);
	fuzz_no_canary(c);
	err_clear(c);
}

static void keys(struct ctx *c, struct str text)
{
	struct note_signer signer;
	struct note_key key;
	struct secret again;
	int rc = note_key_parse(c, text, &key);

	if (rc != 0)
		fuzz_refused(c, rc);
	else
		fuzz_must(str_is_nocase(note_key_print(c, &key), str_z(c, text)),
		    "a verifier key is printed as it was read");
	err_clear(c);
	rc = note_signer_parse(c, text, &signer);
	if (rc == 0) {
		again = note_signer_print(&signer);
		fuzz_must(str_is_nocase((struct str){(char *)again.p, again.n}, str_z(c, text)),
		    "a signer key is printed as it was read");
		mem_secret_close(&again);
		note_signer_close(&signer);
	}
	err_clear(c);
	rc = note_signer_parse(c, fuzz_canary(c, text), &signer);
	fuzz_no_canary(c);
	if (rc == 0)
		note_signer_close(&signer);
	err_clear(c);
}

/* Made once: it is the same for all inputs. */
static const struct note_signer *signer_made(void)
{
	static struct note_signer signer;
	static struct ctx *c;

	if (c == NULL) {
		ctx_open(&c);
		c->fixed_seed = 1;
		fuzz_must(note_signer_make(c, STR("example.net/log"), &signer) == 0, "a key");
	}
	return &signer;
}

/* Signed, opened, then opened with one byte changed. */
static void sign(struct ctx *c, struct str text, struct str in)
{
	size_t at = (size_t)fuzz_u64(&in, 3);
	const struct note_signer *signer = signer_made();
	struct note note, open;
	struct str bytes;
	int rc = note_make(c, text, &note);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	fuzz_must(note_sign(c, signer, &note) == 0, "a note is signed");
	bytes = note_print(c, &note);
	fuzz_must(note_open(c, bytes, &signer->key, 1, &open) == 0 && str_eq(open.text, text) &&
		      open.signed_by == 1,
	    "a signed note opens as its text");
	((char *)(uintptr_t)bytes.p)[at % bytes.n] = (char)fuzz_byte(&in);
	if (note_open(c, bytes, &signer->key, 1, &open) == 0)
		fuzz_must(str_eq(open.text, text), "a changed note does not open");
	err_clear(c);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str text = fuzz_part(&in);
	struct note note;
	int rc = note_open(c, text, NULL, 0, &note);

	fuzz_must(rc != 0, "no key is known, so none can have signed");
	fuzz_refused(c, rc);
	err_clear(c);
	checkpoint(c, text);
	keys(c, text);
	sign(c, text, in);
}
