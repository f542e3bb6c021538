#include "web/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"

const char *tls_priorities(void)
{
	return "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-DHE-RSA:-MAC-ALL:+AEAD";
}

/* ---- files ---- */

static int file_err(struct ctx *c, struct str path)
{
	return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%.*s: %s", STR_ARG(path),
	    strerror(errno));
}

static int read_pem(struct ctx *c, struct str path, mode_t barred, struct secret *ret)
{
	int fd = open(str_z(c, path), O_RDONLY | O_CLOEXEC), rc = 0;
	struct secret s;
	struct stat st;
	ssize_t n;

	if (fd < 0)
		return file_err(c, path);
	if (fstat(fd, &st) != 0)
		rc = file_err(c, path);
	else if ((st.st_mode & barred) != 0)
		rc = err_set(c, ERR_DENIED, "%.*s: everybody may read this key", STR_ARG(path));
	else if (!S_ISREG(st.st_mode) || st.st_size > TLS_FILE_MAX)
		rc = err_set(c, ERR_INVALID, "%.*s: no file of this kind", STR_ARG(path));
	if (rc == 0) {
		s = mem_secret_open((size_t)st.st_size + 1);
		n = file_read_full(fd, s.p, s.n - 1);
		*ret = s;
		rc = n < 0 ? file_err(c, path) : 0;
	}
	(void)close(fd);
	return rc;
}

static gnutls_datum_t datum(const struct secret *s)
{
	return (gnutls_datum_t){s->p, (unsigned)strlen((const char *)s->p)};
}

/* What the library would only say by not starting. */
static int pair_check(struct ctx *c, const struct tls *t)
{
	gnutls_datum_t certificate = datum(&t->certificate), key = datum(&t->key), trust;
	gnutls_certificate_credentials_t all;
	gnutls_priority_t spoken;
	int e, rc = 0;

	if (gnutls_certificate_allocate_credentials(&all) != 0)
		abort();
	e = gnutls_priority_init(&spoken, tls_priorities(), NULL);
	if (e == 0)
		gnutls_priority_deinit(spoken);
	else
		rc = err_set(c, ERR_FAIL, "TLS as it is wanted is not spoken on this system");
	if (rc == 0) {
		e = gnutls_certificate_set_x509_key_mem(
		    all, &certificate, &key, GNUTLS_X509_FMT_PEM);
		if (e < 0)
			rc = err_set(c, ERR_INVALID,
			    "tls_certificate, tls_key: not a certificate and its key: %s",
			    gnutls_strerror(e));
	}
	if (rc == 0 && t->clients.n > 0) {
		trust = datum(&t->clients);
		e = gnutls_certificate_set_x509_trust_mem(all, &trust, GNUTLS_X509_FMT_PEM);
		if (e <= 0)
			rc = err_set(c, ERR_INVALID, "tls_clients: no certificate is in it");
	}
	gnutls_certificate_free_credentials(all);
	return rc;
}

int tls_open(
    struct ctx *c, struct str certificate, struct str key, struct str clients, struct tls *ret)
{
	struct tls t = {.on = true};
	int rc = read_pem(c, certificate, 0, &t.certificate);

	if (rc == 0)
		rc = read_pem(c, key, S_IRWXO, &t.key);
	if (rc == 0 && clients.n > 0)
		rc = read_pem(c, clients, 0, &t.clients);
	if (rc == 0)
		rc = pair_check(c, &t);
	if (rc != 0)
		tls_close(&t);
	else
		*ret = t;
	return rc;
}

void tls_close(struct tls *t)
{
	struct secret *all[] = {&t->certificate, &t->key, &t->clients};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i]->n > 0)
			mem_secret_close(all[i]);
}

/* ---- connections ---- */

static gnutls_session_t session_of(struct MHD_Connection *con)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(con, MHD_CONNECTION_INFO_GNUTLS_SESSION);

	return info == NULL ? NULL : info->tls_session;
}

bool tls_knows(const struct tls *t, struct MHD_Connection *con)
{
	gnutls_typed_vdata_st purpose = {
	    GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_CLIENT, 0};
	gnutls_session_t session = session_of(con);
	unsigned status = ~0U, n = 0;

	if (t->clients.n == 0)
		return true;
	return session != NULL && gnutls_certificate_get_peers(session, &n) != NULL && n > 0 &&
	       gnutls_certificate_verify_peers(session, &purpose, 1, &status) == 0 && status == 0;
}

bool tls_say(struct MHD_Connection *con, struct str s)
{
	gnutls_session_t session = session_of(con);

	if (session == NULL || gnutls_record_send(session, s.p, s.n) != (ssize_t)s.n)
		return false;
	return gnutls_bye(session, GNUTLS_SHUT_WR) == 0;
}
