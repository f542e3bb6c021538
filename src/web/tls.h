/*
 * TLS for a small site without a server in front, by libmicrohttpd's GnuTLS: certificate and key
 * are read before the process locks itself in, and again by each process that a reload starts.
 * TLS 1.2 and 1.3, ciphers with authentication and forward secrecy only. Where the configuration
 * names a CA of clients, the library asks for a certificate but lets in who has none: who is let
 * in is decided here, for each connection.
 */
#ifndef WRIT_TLS_H
#define WRIT_TLS_H

#include "base/mem.h"
#include "base/text.h"

struct MHD_Connection;

enum { TLS_FILE_MAX = 256 << 10 };

struct tls {
	bool on;
	/* PEM, NUL-terminated; n 0: none. The key is not needed any more once the server stands. */
	struct secret certificate, key, clients;
};

/* tls_open(c, certificate, key, clients, ret): paths; clients "" for none. ERR_NOTFOUND;
 * ERR_INVALID: not of their form, or of two pairs; ERR_DENIED: everybody may read the key. */
int tls_open(struct ctx *c, struct str certificate, struct str key, struct str clients,
    struct tls *ret) MUST_CHECK;
void tls_close(struct tls *t);
/* tls_priorities(): what of TLS is spoken, in GnuTLS's words. */
const char *tls_priorities(void);
/* tls_knows(t, con): the client's certificate is one of the named CA's, now; true where none is
 * named. */
bool tls_knows(const struct tls *t, struct MHD_Connection *con);
/* tls_say(con, s): past the library: all of s, or false; after it nothing is said any more. */
bool tls_say(struct MHD_Connection *con, struct str s);

#endif
