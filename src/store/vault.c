#include "store/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { KEY_SIZE = 32, VERSION = 1 };
enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
enum { TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

struct vault {
	struct secret row;   /* seals columns */
	struct secret index; /* keyed hashes */
	struct secret file;  /* seals the keys of backups */
	struct secret token; /* keyed hashes that go outside */
};

int vault_create(struct ctx *c, const char *path)
{
	unsigned char key[KEY_SIZE];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400), rc = 0;

	if (fd < 0)
		return err_set(
		    c, errno == EEXIST ? ERR_CONFLICT : ERR_FAIL, "%s: %s", path, strerror(errno));
	ctx_random(c, key, sizeof key);
	if (write(fd, key, sizeof key) != (ssize_t)sizeof key || fsync(fd) != 0)
		rc = err_set(c, ERR_FAIL, "%s: cannot write the key", path);
	explicit_bzero(key, sizeof key);
	(void)close(fd);
	return rc;
}

static struct secret derive(const unsigned char *key, uint64_t purpose)
{
	struct secret s = mem_secret_open(KEY_SIZE);

	(void)crypto_kdf_derive_from_key(s.p, KEY_SIZE, purpose, "writ-ik1", key);
	return s;
}

static int read_key(struct ctx *c, const char *path, struct secret *key)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), rc = 0;
	struct stat st;

	if (fd < 0)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_DENIED, "%s: %s", path,
		    strerror(errno));
	if (fstat(fd, &st) != 0 || (st.st_mode & 077) != 0)
		rc = err_set(c, ERR_DENIED, "%s: others than its owner may read the key", path);
	else if (st.st_size != KEY_SIZE || read(fd, key->p, KEY_SIZE) != KEY_SIZE)
		rc = err_set(c, ERR_INVALID, "%s: not an instance key", path);
	(void)close(fd);
	return rc;
}

int vault_open(struct ctx *c, const char *path, struct vault **ret)
{
	struct secret key;
	struct vault *v;
	int rc;

	if (sodium_init() < 0)
		return err_set(c, ERR_FAIL, "libsodium does not start");
	key = mem_secret_open(KEY_SIZE);
	rc = read_key(c, path, &key);
	if (rc == 0) {
		v = calloc(1, sizeof *v);
		if (v == NULL)
			abort();
		v->row = derive(key.p, 1);
		v->index = derive(key.p, 2);
		v->file = derive(key.p, 4);
		v->token = derive(key.p, 5);
		*ret = v;
	}
	mem_secret_close(&key);
	return rc;
}

void vault_close(struct vault **v)
{
	if (*v == NULL)
		return;
	mem_secret_close(&(*v)->row);
	mem_secret_close(&(*v)->index);
	mem_secret_close(&(*v)->file);
	mem_secret_close(&(*v)->token);
	free(*v);
	*v = NULL;
}

struct str vault_seal(struct ctx *c, const struct vault *v, const char *label, struct str plain)
{
	size_t n = 1 + NONCE + plain.n + TAG;
	unsigned char *out = mem_alloc(c, n);

	out[0] = VERSION;
	ctx_random(c, out + 1, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + NONCE, NULL,
	    (const unsigned char *)plain.p, plain.n, (const unsigned char *)label, strlen(label),
	    NULL, out + 1, v->row.p);
	return (struct str){(char *)out, n};
}

int vault_unseal(
    struct ctx *c, const struct vault *v, const char *label, struct str sealed, struct str *ret)
{
	const unsigned char *in = (const unsigned char *)sealed.p;
	char *out;

	if (sealed.n < 1 + NONCE + TAG || in[0] != VERSION)
		return err_set(c, ERR_FAIL, "%s: not a sealed value", label);
	out = mem_alloc(c, sealed.n - 1 - NONCE - TAG + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)out, NULL, NULL,
		in + 1 + NONCE, sealed.n - 1 - NONCE, (const unsigned char *)label, strlen(label),
		in + 1, v->row.p) != 0)
		return err_set(c, ERR_FAIL, "%s: a sealed value does not open", label);
	*ret = (struct str){out, sealed.n - 1 - NONCE - TAG};
	return 0;
}

static struct hash keyed(const struct secret *key, const char *label, struct str plain)
{
	char small[512];
	size_t head = strlen(label) + 1;
	struct hash inner = hash_of(plain);

	/* label NUL SHA-256(plain): bounded, and no two (label, plain) pairs collide */
	memcpy(small, label, head);
	memcpy(small + head, inner.b, HASH_SIZE);
	return hash_keyed(key->p, (struct str){small, head + HASH_SIZE});
}

struct hash vault_key(const struct vault *v, const char *label, struct str plain)
{
	return keyed(&v->index, label, plain);
}

struct hash vault_token(const struct vault *v, const char *label, struct str plain)
{
	return keyed(&v->token, label, plain);
}

void vault_wrap(struct ctx *c, const struct vault *v, struct str head,
    const unsigned char key[static VAULT_KEY], unsigned char out[static VAULT_WRAPPED])
{
	ctx_random(c, out, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, key, VAULT_KEY,
	    (const unsigned char *)head.p, head.n, NULL, out, v->file.p);
}

bool vault_unwrap(const struct vault *v, struct str head,
    const unsigned char in[static VAULT_WRAPPED], unsigned char ret[static VAULT_KEY])
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, in + NONCE,
		   VAULT_WRAPPED - NONCE, (const unsigned char *)head.p, head.n, in,
		   v->file.p) == 0;
}
