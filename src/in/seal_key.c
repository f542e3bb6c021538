#include "in/seal_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/mem.h"
#include "in/pgp_key.h"
#include "kind/hash.h"

enum { AGE_LENGTH = 62, RSA_BITS_LEAST = 2048, EC_BITS_LEAST = 256 };

static const char pgp_head[] = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
static const char pgp_secret[] = "-----BEGIN PGP PRIVATE KEY BLOCK-----";
static const char pem_head[] = "-----BEGIN CERTIFICATE-----";

const char *seal_kind_word(enum seal_kind kind)
{
	static const char *const words[SEAL_KINDS] = {"age", "openpgp", "cms"};

	return words[kind];
}

const char *seal_kind_suffix(enum seal_kind kind)
{
	static const char *const words[SEAL_KINDS] = {".age", ".gpg", ".p7m"};

	return words[kind];
}

static const char *age_shape(struct str s)
{
	if (s.n < 20 || s.n > 4096)
		return ERR_TEXT("is not an age recipient");
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9')))
			return ERR_TEXT("is not an age recipient");
	return NULL;
}

const char *seal_key_shape(struct str s)
{
	if (s.n == 0)
		return NULL;
	if (str_starts(s, "age1"))
		return age_shape(s);
	if (str_starts(s, pgp_secret) || str_starts(s, "AGE-SECRET-KEY-") ||
	    str_has_fold(s, STR("PRIVATE KEY-----")))
		return ERR_TEXT("is a secret key: keep it, and give the public one");
	if (!str_starts(s, pgp_head) && !str_starts(s, pem_head))
		return ERR_TEXT(
		    "is no age recipient (age1...), OpenPGP key in armour or certificate in PEM");
	if (s.n > SEAL_KEY_MAX)
		return ERR_TEXT("is larger than 32 KiB: export it without signatures of others");
	if (str_utf8_bad(s) != s.n)
		return ERR_TEXT("is not UTF-8");
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 32 && !str_has(STR("\n\r\t"), s.p[i]))
			return ERR_TEXT("has a control character");
	return NULL;
}

/* ---- age ---- */

/* The checksum of Bech32 (BIP 173) over "age" and the letters after the 1: a recipient with a
 * mistake in it does not pass. */
static bool bech32_ok(struct str s)
{
	static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	static const uint32_t gen[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
	static const unsigned char prefix[] = {3, 3, 3, 0, 'a' & 31, 'g' & 31, 'e' & 31};
	uint32_t sum = 1;

	for (size_t i = 0; i < sizeof prefix + s.n - 4; i++) {
		const char *at =
		    i < sizeof prefix ? NULL : strchr(letters, s.p[i - sizeof prefix + 4]);
		uint32_t v = i < sizeof prefix ? prefix[i] : 0, top = sum >> 25;

		if (i >= sizeof prefix && at == NULL)
			return false;
		if (at != NULL)
			v = (uint32_t)(at - letters);
		sum = (sum & 0x1ffffff) << 5 ^ v;
		for (size_t k = 0; k < 5; k++)
			sum ^= (top >> k & 1) != 0 ? gen[k] : 0;
	}
	return sum == 1;
}

/* Those of age itself have 62 letters; of others (plugins) age knows more than we do. */
static int check_age(struct ctx *c, struct str s)
{
	if (s.n == AGE_LENGTH && !bech32_ok(s))
		return err_set(c, ERR_INVALID,
		    "the age recipient has a mistake in it: its "
		    "checksum does not hold");
	return 0;
}

/* ---- certificates ---- */

static int bad(struct ctx *c, const char *what)
{
	ERR_clear_error();
	return err_set(c, ERR_INVALID, "the certificate %s", err_word(c, what));
}

static X509 *cert_read(struct str s)
{
	static const char end[] = "-----END CERTIFICATE-----";
	BIO *in = BIO_new_mem_buf(s.p, (int)s.n);
	X509 *x = in == NULL ? NULL : PEM_read_bio_X509(in, NULL, NULL, NULL);
	char rest[sizeof end];

	/* one alone: openssl would seal to the first and leave the others without a word */
	while (x != NULL && BIO_gets(in, rest, sizeof rest) > 0)
		if (str_trim(str_of(rest)).n > 0) {
			X509_free(x);
			x = NULL;
		}
	BIO_free(in);
	return x;
}

static int check_cert(struct ctx *c, X509 *x, struct instant now)
{
	time_t at = (time_t)now.s;
	EVP_PKEY *key = X509_get0_pubkey(x);
	int kind = key == NULL ? 0 : EVP_PKEY_get_base_id(key);
	uint32_t use = X509_get_key_usage(x);

	if (X509_cmp_time(X509_get0_notAfter(x), &at) <= 0)
		return bad(c, ERR_TEXT("is expired"));
	if (X509_cmp_time(X509_get0_notBefore(x), &at) >= 0)
		return bad(c, ERR_TEXT("is not valid yet"));
	if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_EC)
		return bad(c, ERR_TEXT("has a key that nothing can be sealed to: want RSA or an "
				       "elliptic curve"));
	if (EVP_PKEY_get_bits(key) < (kind == EVP_PKEY_RSA ? RSA_BITS_LEAST : EC_BITS_LEAST))
		return bad(c, ERR_TEXT("is weak: want RSA of 2048 bits or a curve of 256"));
	if ((use & (kind == EVP_PKEY_RSA ? KU_KEY_ENCIPHERMENT : KU_KEY_AGREEMENT)) == 0)
		return bad(c, ERR_TEXT("is not made for encryption (its key usage)"));
	return 0;
}

static int read_cert(
    struct ctx *c, struct str s, struct instant now, bool check, struct seal_key *ret)
{
	X509 *x = cert_read(s);
	unsigned char print[HASH_SIZE];
	unsigned n = 0;
	int rc;

	if (x == NULL)
		return bad(c, ERR_TEXT("is not one certificate in PEM"));
	rc = check ? check_cert(c, x, now) : 0;
	if (rc == 0 && (X509_digest(x, EVP_sha256(), print, &n) != 1 || n != sizeof print))
		rc = bad(c, ERR_TEXT("has no fingerprint"));
	if (rc == 0)
		ret->rsa = X509_get0_pubkey(x) != NULL &&
			   EVP_PKEY_get_base_id(X509_get0_pubkey(x)) == EVP_PKEY_RSA;
	X509_free(x);
	ERR_clear_error();
	if (rc == 0)
		ret->print = text_hex(c, print, sizeof print);
	return rc;
}

/* ---- all ---- */

static enum seal_kind kind_of(struct str s)
{
	return str_starts(s, "age1") ? SEAL_AGE : str_starts(s, pgp_head) ? SEAL_OPENPGP : SEAL_CMS;
}

static struct str plain_lines(struct ctx *c, struct str s)
{
	struct buf b = buf_init(c, s.n + 1);

	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			buf_putc(&b, s.p[i]);
	if (!str_starts(s, "age1"))
		buf_putc(&b, '\n');
	return buf_str(&b);
}

int seal_key_read(struct ctx *c, struct str s, struct instant now, struct seal_key *ret)
{
	const char *fault;
	struct seal_key k;
	int rc;

	s = str_trim(s);
	fault = s.n == 0 ? ERR_TEXT("is empty") : seal_key_shape(s);
	if (fault != NULL)
		return err_set(c, ERR_INVALID, "the key %s", err_word(c, fault));
	k = (struct seal_key){.kind = kind_of(s), .text = plain_lines(c, s)};
	k.print = k.text;
	rc = k.kind == SEAL_AGE       ? check_age(c, k.text)
	     : k.kind == SEAL_OPENPGP ? pgp_key_read(c, k.text, now, &k.print)
				      : read_cert(c, k.text, now, true, &k);
	if (rc == 0)
		*ret = k;
	return rc;
}

bool seal_key_name(struct ctx *c, struct str s, struct seal_key *ret)
{
	struct seal_key k;
	int rc = 0;

	s = str_trim(s);
	if (s.n == 0 || seal_key_shape(s) != NULL)
		return false;
	k = (struct seal_key){.kind = kind_of(s), .text = plain_lines(c, s)};
	k.print = k.text;
	if (k.kind == SEAL_OPENPGP)
		rc = pgp_key_print(c, k.text, &k.print);
	else if (k.kind == SEAL_CMS)
		rc = read_cert(c, k.text, (struct instant){0}, false, &k);
	if (rc != 0) {
		err_clear(c);
		return false;
	}
	*ret = k;
	return true;
}

struct str seal_key_groups(struct ctx *c, struct str print)
{
	struct buf b = buf_init(c, print.n + print.n / 4 + 1);

	for (size_t i = 0; i < print.n; i++) {
		if (i > 0 && i % 4 == 0)
			buf_putc(&b, ' ');
		buf_putc(&b, print.p[i]);
	}
	return buf_str(&b);
}
