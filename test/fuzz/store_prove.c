/* Proofs as text (C2SP tlog-proof): a right one says the entry's place in the signed tree; one with
 * changed bytes is refused, or says the same; foreign bytes prove nothing. Input: a place, changes
 * of four bytes each, a line "%%", then a foreign proof. */
#include "fuzz.h"

#include "proof/merkle.h"
#include "proof/note.h"
#include "store/ledger.h"
#include "store/prove.h"

enum { LEAVES = 37, CHANGES_MOST = 4 };

struct log {
	char leaf[LEAVES][LEDGER_LEAF];
	struct note_signer signer;
};

static int get(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret)
{
	struct log *l = arg;
	struct merkle m = {0};

	(void)c;
	for (size_t i = 0; i < (size_t)1 << level; i++)
		merkle_add(
		    &m, merkle_leaf((struct str){l->leaf[(index << level) + i], LEDGER_LEAF}));
	*ret = merkle_root(&m);
	return 0;
}

static struct str make(struct ctx *c, struct log *l, size_t place)
{
	struct note_checkpoint cp = {.origin = l->signer.key.name, .size = LEAVES};
	struct buf b = buf_init(c, PROVE_MAX);
	struct merkle_proof p;
	struct note note;
	struct str text;

	fuzz_must(merkle_root_at(c, LEAVES, get, l, &cp.root) == 0 &&
		      merkle_inclusion(c, LEAVES, place, get, l, &p) == 0 &&
		      note_checkpoint_print(c, &cp, &text) == 0 && note_make(c, text, &note) == 0 &&
		      note_sign(c, &l->signer, &note) == 0,
	    "a proof is made");
	buf_fmt(&b, "c2sp.org/tlog-proof@v1\nextra %s\nindex %zu\n",
	    text_base64(c, l->leaf[place], LEDGER_LEAF).p, place);
	for (size_t i = 0; i < p.n; i++)
		buf_fmt(&b, "%s\n", text_base64(c, p.at[i].b, HASH_SIZE).p);
	buf_putc(&b, '\n');
	buf_put(&b, note_print(c, &note));
	return buf_str(&b);
}

static void check(struct ctx *c, struct log *l, struct str text, size_t place, bool right)
{
	struct prove p;
	int rc = prove_check(c, text, note_key_print(c, &l->signer.key), &p);

	fuzz_must(!right || rc == 0, "a right proof verifies");
	if (rc != 0)
		fuzz_refused(c, rc);
	else
		fuzz_must(
		    p.index == place && p.tree.size == LEAVES &&
			hash_eq(p.leaf, merkle_leaf((struct str){l->leaf[place], LEDGER_LEAF})),
		    "what verifies is the entry at its place");
	err_clear(c);
}

/* Made once: it is the same for all inputs. */
static struct log *log_made(void)
{
	static struct log l;
	static struct ctx *c;

	if (c != NULL)
		return &l;
	ctx_open(&c);
	c->fixed_seed = 1;
	for (size_t i = 0; i < LEAVES; i++)
		memset(l.leaf[i], (int)i + 1, LEDGER_LEAF);
	fuzz_must(note_signer_make(c, STR("e.net/w"), &l.signer) == 0, "a key is made");
	return &l;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str changes = fuzz_part(&in), text;
	size_t place = fuzz_byte(&changes) % LEAVES;
	struct log *l = log_made();
	struct prove p;
	int rc;

	text = make(c, l, place);
	check(c, l, text, place, true);
	for (int i = 0; i < CHANGES_MOST && changes.n > 0; i++) {
		size_t at = (size_t)fuzz_u64(&changes, 3) % text.n;

		((char *)(uintptr_t)text.p)[at] = (char)fuzz_byte(&changes);
		check(c, l, text, place, false);
	}
	fuzz_must(prove_check(c, in, note_key_print(c, &l->signer.key), &p) != 0,
	    "foreign bytes prove nothing");
	err_clear(c);
	rc = prove_check(c, text, in, &p);
	fuzz_must(rc != 0, "and are no key");
	fuzz_refused(c, rc);
}
