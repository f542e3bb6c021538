/* Signed notes and checkpoints: the worked example of the signed-note specification, round trips,
 * and everything that must be refused. */
#include "proof/note.h"

#include "check.h"

/* The example key and note of the signed-note specification (also in golang.org/x/mod). */
static const char peter_key[] =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
#define PETER_TEXT                                                                                 \
	"If you think cryptography is the answer to your problem,\n"                               \
	"then you don't know what your problem is.\n"
#define PETER_LINE                                                                                 \
	"\xe2\x80\x94 PeterNeumann "                                                               \
	"x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBw"  \
	"JnAM=\n"
static const char peter_note[] = PETER_TEXT "\n" PETER_LINE;

static struct note_signer signer(struct ctx *c, const char *name)
{
	struct note_signer s;

	assert_ok(c, note_signer_make(c, str_of(name), &s));
	return s;
}

static struct note signed_text(struct ctx *c, const char *text, const struct note_signer *s)
{
	struct note n;

	assert_ok(c, note_make(c, str_of(text), &n));
	assert_ok(c, note_sign(c, s, &n));
	return n;
}

static void test_specification(void **state)
{
	struct ctx *c = test_ctx();
	struct note_key k;
	struct note n;

	(void)state;
	assert_ok(c, note_key_parse(c, str_of(peter_key), &k));
	assert_str(k.name, "PeterNeumann");
	assert_int_equal(k.id, 0xc74f20a3);
	assert_str(note_key_print(c, &k), peter_key);
	assert_ok(c, note_open(c, str_of(peter_note), &k, 1, &n));
	assert_str(n.text, PETER_TEXT);
	assert_str(n.lines, PETER_LINE);
	assert_int_equal(n.signed_by, 1);
	assert_str(note_print(c, &n), peter_note);
	ctx_close(&c);
}

/* RFC 8032 section 7.1, test 1: seed and public key. */
static void test_known_seed(void **state)
{
	unsigned char raw[33] = {1};
	struct ctx *c = test_ctx();
	struct note_signer s;
	struct secret text;
	struct str b64;

	(void)state;
	assert_true(text_unhex(
	    STR("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), raw + 1, 32));
	b64 = text_base64(c, raw, 33);
	assert_true(text_unhex(
	    STR("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), raw + 1, 32));
	{ /* the id belongs to the public key, so it must be computed to write the text */
		struct str pk, parts[2] = {STR("rfc\n"), {NULL, 0}};
		struct hash h;

		assert_true(text_unbase64(c, b64, &pk));
		parts[1] = pk;
		h = hash_parts(parts, 2);
		b64 = str_fmt(
		    c, "PRIVATE+KEY+rfc+%s+%s", text_hex(c, h.b, 4).p, text_base64(c, raw, 33).p);
	}
	assert_ok(c, note_signer_parse(c, b64, &s));
	assert_str(text_hex(c, s.key.pk, 32),
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	text = note_signer_print(&s);
	assert_true(str_eq(b64, (struct str){(const char *)text.p, text.n}));
	mem_secret_close(&text);
	note_signer_close(&s);
	assert_null(s.sk.p);
	ctx_close(&c);
}

static void test_keys_round(void **state)
{
	struct ctx *c = test_ctx();
	struct note_signer a = signer(c, "log.example/one"), b;
	struct secret text = note_signer_print(&a);
	struct note_key k;

	(void)state;
	assert_ok(c, note_signer_parse(c, (struct str){(const char *)text.p, text.n}, &b));
	assert_memory_equal(a.sk.p, b.sk.p, 64);
	assert_int_equal(a.key.id, b.key.id);
	assert_ok(c, note_key_parse(c, note_key_print(c, &a.key), &k));
	assert_memory_equal(k.pk, a.key.pk, 32);
	assert_int_equal(k.id, a.key.id);
	assert_str(k.name, "log.example/one");
	/* the secret text is no verifier key, and errors do not repeat it */
	assert_err(c, note_key_parse(c, (struct str){(const char *)text.p, text.n}, &k),
	    ERR_INVALID, "verifier key is needed");
	assert_err(c, note_signer_parse(c, note_key_print(c, &a.key), &b), ERR_INVALID,
	    "not a signer key");
	mem_secret_close(&text);
	note_signer_close(&a);
	note_signer_close(&b);
	ctx_close(&c);
}

static void test_keys_refused(void **state)
{
	static const char *const bad[] = {"", "PeterNeumann", "PeterNeumann+c74f20a3",
	    "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeumann+c74f20a3f+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAAAA",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
	    "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
	    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10=="};
	struct ctx *c = test_ctx();
	struct note_signer s;
	struct note_key k;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (note_key_parse(c, str_of(bad[i]), &k) != ERR_INVALID)
			fail_msg("accepted: %s", bad[i]);
		err_clear(c);
		assert_int_equal(
		    note_signer_parse(c, str_fmt(c, "PRIVATE+KEY+%s", bad[i]), &s), ERR_INVALID);
		err_clear(c);
	}
	ctx_close(&c);
}

static void test_names(void **state)
{
	static const char *const bad[] = {"", "a b", "a+b", "a\tb", "a\nb", "\xc2\xa0", "a\xc2\x85",
	    "a\xe1\x9a\x80", "\xe2\x80\x80x", "\xe2\x80\x8ax", "\xe2\x80\xa8", "\xe2\x80\xaf",
	    "\xe2\x81\x9f", "\xe3\x80\x80", "\xff", "a\xc0\x80"};
	static const char *const good[] = {
	    "a", "example.com/\xc3\xa4", "\xe2\x80\x8b", "a=b", "\xe2\x80\x94"};
	struct ctx *c = test_ctx();
	struct note_signer s;
	char longer[NOTE_NAME_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_err(c, note_signer_make(c, str_of(bad[i]), &s), ERR_INVALID, "key name");
	memset(longer, 'a', sizeof longer);
	assert_err(c, note_signer_make(c, (struct str){longer, sizeof longer}, &s), ERR_INVALID,
	    "too long");
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_ok(c, note_signer_make(c, str_of(good[i]), &s));
		note_signer_close(&s);
	}
	ctx_close(&c);
}

static void test_many_signers(void **state)
{
	struct ctx *c = test_ctx();
	struct note_signer s[3];
	struct note_key keys[3];
	struct note n, m;
	struct str bytes;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		s[i] = signer(c, str_fmt(c, "signer%u", i).p);
		keys[i] = s[i].key;
	}
	n = signed_text(c, "one\n\ntwo\n\n", &s[0]);
	assert_ok(c, note_sign(c, &s[2], &n));
	assert_err(c, note_sign(c, &s[0], &n), ERR_CONFLICT, "already");
	bytes = note_print(c, &n);
	assert_ok(c, note_open(c, bytes, keys, 3, &m));
	assert_str(m.text, "one\n\ntwo\n\n");
	assert_int_equal(m.signed_by, 5);
	assert_ok(c, note_open(c, bytes, keys + 2, 1, &m)); /* the other line is passed over */
	assert_int_equal(m.signed_by, 1);
	assert_err(c, note_open(c, bytes, keys + 1, 1, &m), ERR_DENIED, "not signed by a known");
	assert_err(c, note_open(c, bytes, NULL, 0, &m), ERR_DENIED, "not signed by a known");
	assert_err(c, note_open(c, bytes, keys, NOTE_KEYS_MAX + 1, &m), ERR_LIMIT, "64");
	/* same name, other key: its lines are unknown, whether good or bad */
	note_signer_close(&s[1]);
	s[1] = signer(c, "signer0");
	keys[1] = s[1].key;
	assert_err(c, note_open(c, bytes, keys + 1, 1, &m), ERR_DENIED, "not signed by a known");
	/* same name and id, other key: what an attacker can make; the line is then bad */
	keys[1].id = keys[0].id;
	assert_err(c, note_open(c, bytes, keys + 1, 2, &m), ERR_INVALID, "is wrong");
	for (unsigned i = 0; i < 3; i++)
		note_signer_close(&s[i]);
	ctx_close(&c);
}

/* No single changed byte, and no cut, leaves a note that opens with another text; and a note whose
 * only line is that of a known key does not open at all. */
static void test_every_byte(void **state)
{
	struct ctx *c = test_ctx();
	struct note_key k;
	struct note n;
	char copy[sizeof peter_note];

	(void)state;
	assert_ok(c, note_key_parse(c, str_of(peter_key), &k));
	for (size_t i = 0; i + 1 < sizeof peter_note; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(copy, peter_note, sizeof copy);
			copy[i] = (char)(copy[i] ^ (1 << bit));
			if (note_open(c, (struct str){copy, sizeof copy - 1}, &k, 1, &n) == 0)
				fail_msg("byte %zu bit %u", i, bit);
			err_clear(c);
			if (i == 0 && bit == 0)
				continue;
			if (bit == 0)
				assert_true(
				    note_open(c, (struct str){peter_note, i}, &k, 1, &n) < 0);
			err_clear(c);
		}
	ctx_close(&c);
}

static void test_malformed(void **state)
{
	static const char *const bad[] = {"", "\n", "\n\n", "text\n", "text\n\n", "text",
	    PETER_TEXT PETER_LINE,                           /* no blank line */
	    PETER_TEXT "\n" PETER_LINE "\n",                 /* blank line behind */
	    PETER_TEXT "\n" PETER_LINE "x",                  /* no newline at the end */
	    PETER_TEXT "\n" PETER_LINE "x\n",                /* not a signature line */
	    PETER_TEXT "\n" PETER_LINE "- other AAAAAAAA\n", /* a hyphen */
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94other AAAAAAAA\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 other\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 other \n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94  AAAAAAAA\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 o+r AAAAAAAA\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 other AAAAAAA\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 other AAAAAA==\n", /* an id alone */
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 other AAAAAAAA \n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 other AAAAAAAA x\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 o\tr AAAAAAAA\n",
	    PETER_TEXT "\n" PETER_LINE "\xe2\x80\x94 \xff AAAAAAAA\n",
	    PETER_TEXT "\n" PETER_LINE PETER_LINE, /* a known key twice */
	    "\r\n" PETER_TEXT "\n" PETER_LINE};
	static const char good[] =
	    PETER_TEXT "\n\xe2\x80\x94 other AAAAAAAA\n\xe2\x80\x94 other AAAAAAAA\n" PETER_LINE
		       "\xe2\x80\x94 PeterNeumann AAAAAAAA\n\xe2\x80\x94 x x08go/ZJkg==\n";
	struct ctx *c = test_ctx();
	struct note_key k;
	struct note n;

	(void)state;
	assert_ok(c, note_key_parse(c, str_of(peter_key), &k));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (note_open(c, str_of(bad[i]), &k, 1, &n) != ERR_INVALID)
			fail_msg("not refused as malformed: %zu: %s", i, bad[i]);
		err_clear(c);
	}
	assert_ok(c, note_open(c, str_of(good), &k, 1, &n));
	assert_err(c, note_open(c, (struct str){"a\0b\n\n\xe2\x80\x94", 8}, &k, 1, &n), ERR_INVALID,
	    "control");
	assert_err(c, note_make(c, STR("no newline"), &n), ERR_INVALID, "newline");
	assert_err(c, note_make(c, STR(""), &n), ERR_INVALID, "newline");
	assert_err(c, note_make(c, STR("tab\t\n"), &n), ERR_INVALID, "control");
	assert_err(c, note_make(c, STR("\xc3\n"), &n), ERR_INVALID, "UTF-8");
	ctx_close(&c);
}

static void test_limits(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 2 * NOTE_MAX);
	struct note_key k;
	struct note n;

	(void)state;
	assert_ok(c, note_key_parse(c, str_of(peter_key), &k));
	buf_puts(&b, peter_note);
	for (unsigned i = 1; i < NOTE_SIGNATURES_MAX; i++)
		buf_puts(&b, "\xe2\x80\x94 other AAAAAAAA\n");
	assert_ok(c, note_open(c, buf_str(&b), &k, 1, &n));
	buf_puts(&b, "\xe2\x80\x94 other AAAAAAAA\n");
	assert_err(c, note_open(c, buf_str(&b), &k, 1, &n), ERR_LIMIT, "100 signatures");
	while (b.n <= NOTE_MAX)
		buf_puts(&b, "\xe2\x80\x94 other AAAAAAAA\n");
	assert_err(c, note_open(c, buf_str(&b), &k, 1, &n), ERR_LIMIT, "bytes");
	assert_err(c, note_make(c, buf_str(&b), &n), ERR_LIMIT, "bytes");
	ctx_close(&c);
}

static void test_checkpoint(void **state)
{
	static const char body[] = "example.com/behind-the-sofa\n20852163\n"
				   "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
	struct ctx *c = test_ctx();
	struct note_signer s = signer(c, "example.com/behind-the-sofa");
	struct note_checkpoint cp, back;
	struct note n;
	struct str text;

	(void)state;
	assert_ok(c, note_checkpoint_parse(c, str_of(body), &cp));
	assert_str(cp.origin, "example.com/behind-the-sofa");
	assert_int_equal(cp.size, 20852163);
	assert_int_equal(cp.root.b[0], 0x0a);
	assert_int_equal(cp.extra.n, 0);
	assert_ok(c, note_checkpoint_print(c, &cp, &text));
	assert_str(text, body);
	cp.extra = STR("one\ntwo words\n");
	assert_ok(c, note_checkpoint_print(c, &cp, &text));
	assert_ok(c, note_checkpoint_parse(c, text, &back));
	assert_str(back.extra, "one\ntwo words\n");

	assert_ok(c, note_make(c, text, &n));
	assert_ok(c, note_sign(c, &s, &n));
	text = note_print(c, &n);
	assert_ok(c, note_checkpoint_open(c, text, &s.key, 1, cp.origin, &back));
	assert_int_equal(back.size, cp.size);
	assert_true(hash_eq(back.root, cp.root));
	assert_ok(c, note_checkpoint_open(c, text, &s.key, 1, STR(""), &back));
	assert_err(c, note_checkpoint_open(c, text, &s.key, 1, STR("example.com/other"), &back),
	    ERR_DENIED, "another origin");
	assert_err(c, note_checkpoint_open(c, str_of(body), &s.key, 1, cp.origin, &back),
	    ERR_INVALID, "blank line");
	note_signer_close(&s);
	ctx_close(&c);
}

static void test_checkpoint_refused(void **state)
{
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
	static const char *const bad[] = {"", "o", "o\n", "o\n1\n", "o\n1\nAAAA\n", "\n1\n" ROOT,
	    "o\n\n" ROOT, "o\n01\n" ROOT, "o\n00\n" ROOT, "o\n-1\n" ROOT, "o\n-0\n" ROOT,
	    "o\n+1\n" ROOT, "o\n1 \n" ROOT, "o\n0x1\n" ROOT, "o\n9223372036854775808\n" ROOT,
	    "o\n1\n" ROOT "\n", "o\n1\n" ROOT "x\n\ny\n", "o\n1\n" ROOT "x", "o\n1\n \n",
	    "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
	    "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
	    "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "o\r\n1\n" ROOT,
	    "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2IA\n"};
	struct ctx *c = test_ctx();
	struct note_checkpoint cp = {.origin = STR("o")};
	struct str text;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (note_checkpoint_parse(c, str_of(bad[i]), &cp) != ERR_INVALID)
			fail_msg("accepted: %zu: %s", i, bad[i]);
		err_clear(c);
	}
	assert_ok(c, note_checkpoint_parse(c, STR("o\n0\n" ROOT), &cp));
	assert_ok(c, note_checkpoint_parse(c, STR("o\n9223372036854775807\n" ROOT "x\n"), &cp));
	cp.origin = STR("");
	assert_err(c, note_checkpoint_print(c, &cp, &text), ERR_INVALID, "origin");
	cp.origin = STR("a\nb");
	assert_err(c, note_checkpoint_print(c, &cp, &text), ERR_INVALID, "origin");
	cp.origin = STR("a");
	cp.extra = STR("no newline");
	assert_err(c, note_checkpoint_print(c, &cp, &text), ERR_INVALID, "extension");
	cp.extra = STR("\n");
	assert_err(c, note_checkpoint_print(c, &cp, &text), ERR_INVALID, "extension");
	cp.extra = STR("");
	cp.size = UINT64_MAX;
	assert_err(c, note_checkpoint_print(c, &cp, &text), ERR_INVALID, "size");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_specification),
	    cmocka_unit_test(test_known_seed),
	    cmocka_unit_test(test_keys_round),
	    cmocka_unit_test(test_keys_refused),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_many_signers),
	    cmocka_unit_test(test_every_byte),
	    cmocka_unit_test(test_malformed),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_checkpoint),
	    cmocka_unit_test(test_checkpoint_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
