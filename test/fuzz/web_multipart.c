/* Forms in parts. However the same bytes are cut into pieces, the same parts come out, or the same
 * refusal. The first byte says how they are cut. */
#include "fuzz.h"

#include "kind/hash.h"
#include "web/file_name.h"
#include "web/multipart.h"

struct taken {
	struct hash_run hash; /* of all that came out */
	size_t begun, ended;
	bool open;
};

static int on_begin(void *arg, const struct part_head *h)
{
	struct taken *t = arg;

	fuzz_must(!t->open, "a part begins when the one before it is whole");
	fuzz_must(h->name.n > 0 && str_utf8_bad(h->name) == h->name.n, "a field has a name");
	fuzz_must(h->file || h->file_name.n == 0, "only a file has a file's name");
	fuzz_must(h->type.n <= PART_TYPE_MAX, "a type has its limit");
	t->open = true;
	t->begun++;
	hash_add(&t->hash, h->name);
	hash_add(&t->hash, STR("\n"));
	hash_add(&t->hash, h->file_name);
	hash_add(&t->hash, h->file ? STR("\nf") : STR("\nt"));
	hash_add(&t->hash, h->type);
	hash_add(&t->hash, STR("\n"));
	return 0;
}

static int on_bytes(void *arg, struct str bytes)
{
	struct taken *t = arg;

	fuzz_must(t->open && bytes.n > 0, "bytes come within a part");
	hash_add(&t->hash, bytes);
	return 0;
}

static int on_end(void *arg)
{
	struct taken *t = arg;

	fuzz_must(t->open, "a part ends once");
	t->open = false;
	t->ended++;
	hash_add(&t->hash, STR("\n;"));
	return 0;
}

static int take(struct ctx *c, struct str in, unsigned cut, struct taken *t)
{
	const struct multipart_sink sink = {on_begin, on_bytes, on_end, t};
	uint64_t dice = cut;
	struct multipart *m;
	int rc;

	*t = (struct taken){0};
	hash_begin(&t->hash);
	rc = multipart_open(c, STR("multipart/form-data; boundary=bb"), &sink, &m);
	while (rc == 0 && in.n > 0) {
		size_t n = cut == 0 ? in.n : cut == 1 ? 1 : 1 + (dice >> 33) % (2 * cut);

		dice = dice * 6364136223846793005U + 1442695040888963407U;
		n = n < in.n ? n : in.n;
		rc = multipart_put(m, (struct str){in.p, n});
		in = (struct str){in.p + n, in.n - n};
	}
	return rc == 0 ? multipart_end(m) : rc;
}

static void names(struct ctx *c, struct str raw)
{
	struct str name = file_name(c, raw);

	fuzz_must(name.n <= FILE_NAME_MAX && str_utf8_bad(name) == name.n, "a name is a text");
	for (size_t i = 0; i < name.n; i++)
		fuzz_must((unsigned char)name.p[i] >= 0x20 && name.p[i] != '/' &&
			      name.p[i] != '\\' && name.p[i] != 0x7f,
		    "a name is no path, and one line");
	fuzz_must(str_eq(file_name(c, name), name), "a name that was made is its own");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	unsigned cut = fuzz_byte(&in);
	struct taken whole, pieces;
	int rc = take(c, in, 0, &whole), again;

	if (rc != 0)
		fuzz_refused(c, rc);
	err_clear(c);
	again = take(c, in, cut < 2 ? 1 : cut, &pieces);
	err_clear(c);
	fuzz_must(rc == again && whole.begun == pieces.begun && whole.ended == pieces.ended,
	    "the pieces change nothing");
	fuzz_must(rc != 0 || hash_eq(hash_end(&whole.hash), hash_end(&pieces.hash)),
	    "and the same bytes come out");
	fuzz_must(rc != 0 || (whole.begun == whole.ended && !whole.open), "each part is whole");
	names(c, in);
	if (take(c, fuzz_canary(c, in), 0, &whole) != 0)
		fuzz_no_canary(c);
}
