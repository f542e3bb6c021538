/*
 * writ-net: one request to another machine. It reads the request from its standard input, makes one
 * connection, and writes the answer to its standard output. It runs in a box (os/box.h, BOX_NET):
 * it reads what any program needs, connects to the ports that whoever started it has named, writes
 * no file and starts nothing. It says nothing of what was asked, neither in its errors nor
 * anywhere.
 *
 * The request is one line of JSON, then the body up to the end:
 *
 *   {"kind": "mail", "url": "smtps://HOST:465", "from": A, "to": A, "name": N, "user": U,
 *    "password": P, "ca": PEM, "seconds": 60}
 *        the body is the message (RFC 5322). smtp:// asks for STARTTLS and goes no further without;
 *        only to 127.0.0.1 or [::1] is a connection left in the clear. name: what we call ourselves
 *   {"kind": "web", "url": "https://HOST/PATH", "method": "POST", "headers": ["Name: value"],
 *    "ca": PEM, "certificate": PEM, "key": PEM, "seconds": 30, "limit": 65536}
 *        GET or POST; http:// only to 127.0.0.1 or [::1]; redirects are answers, not followed; an
 *        answer's body is at most limit bytes
 *
 * user, password, ca, certificate, key, headers, name may be left out; ca is what certificates are
 * checked against in place of the machine's own list, certificate and key are ours, for a server
 * that asks for one. The answer is one line of JSON, then the body:
 *
 *   {"did": WORD, "status": N, "wait": N}
 *
 * done: it was answered, with this HTTP or SMTP status (a mail: it was taken) · refused: the server
 * did not take the mail · sign_in: it did not let us in · name: no such host · connect · tls: not
 * encrypted, or a certificate that does not hold · time · limit · broken: it broke off
 *
 * wait: the seconds of Retry-After, 0 without.
 *
 * Exit status 0 with an answer; 65: a request of another form; 74: the answer cannot be written.
 */
#include <curl/curl.h>
#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
	INPUT_MAX = 64 << 20,
	ANSWER_MAX = 16 << 20,
	HEAD_MAX = 64 << 10,
	SECONDS_MAX = 600,
	WAIT_MAX = 86400,
	ADDRESS_MAX = 254,
	HEADERS_MAX = 16
};

struct request {
	json_t *head;
	const char *body;
	size_t n_body, sent;
	const char *url;
	bool mail, loopback, encrypted;
	long seconds, wait;
	size_t limit;
	struct curl_slist *list; /* the recipient, or the headers */
	char *got;               /* the answer's body */
	size_t n_got, n_head;
	bool over;
};

static _Noreturn void die(int status, const char *why)
{
	(void)fprintf(stderr, "writ-net: %s\n", why);
	exit(status);
}

/* ---- the request ---- */

static char *read_all(size_t *ret_n)
{
	size_t n = 0, cap = 1 << 16;
	char *text = malloc(cap);
	ssize_t got = 0;

	if (text == NULL)
		abort();
	while (n < INPUT_MAX) {
		if (n == cap) {
			char *more = realloc(text, cap *= 2);

			if (more == NULL)
				abort();
			text = more;
		}
		got = read(0, text + n, cap - n);
		if (got == 0 || (got < 0 && errno != EINTR))
			break;
		n += got > 0 ? (size_t)got : 0;
	}
	if (got < 0 || n >= INPUT_MAX)
		die(65, "the request cannot be read whole");
	*ret_n = n;
	return text;
}

/* A text of one line: what ends a line would begin another command or header. */
static const char *line_of(const struct request *r, const char *key)
{
	json_t *v = json_object_get(r->head, key);
	const char *s = json_string_value(v);

	if (v == NULL)
		return NULL;
	if (s == NULL || strlen(s) != json_string_length(v))
		die(65, "a text is expected");
	for (const char *p = s; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 127)
			die(65, "a text with a control character");
	return s;
}

static const char *need(const struct request *r, const char *key)
{
	const char *s = line_of(r, key);

	if (s == NULL || *s == '\0')
		die(65, "a text is missing");
	return s;
}

static long number_of(const struct request *r, const char *key, long usual, long most)
{
	json_t *v = json_object_get(r->head, key);

	if (v == NULL)
		return usual;
	if (!json_is_integer(v) || json_integer_value(v) < 1 || json_integer_value(v) > most)
		die(65, "a number is out of its bounds");
	return (long)json_integer_value(v);
}

static const char *address_of(const struct request *r, const char *key)
{
	const char *s = need(r, key);

	if (strlen(s) > ADDRESS_MAX || strpbrk(s, "<> \"\\,;:()[]") != NULL ||
	    strchr(s, '@') == NULL)
		die(65, "not an address");
	return s;
}

static void check_keys(const struct request *r)
{
	static const char *const known[] = {"kind", "url", "from", "to", "name", "user", "password",
	    "ca", "certificate", "key", "seconds", "method", "headers", "limit"};
	const char *key;
	json_t *v;

	json_object_foreach(r->head, key, v)
	{
		size_t i = 0;

		while (i < sizeof known / sizeof known[0] && strcmp(known[i], key) != 0)
			i++;
		if (i == sizeof known / sizeof known[0])
			die(65, "a key that is not known");
	}
}

static char *part_of(CURLU *u, CURLUPart what)
{
	char *s = NULL;

	return curl_url_get(u, what, &s, 0) == CURLUE_OK ? s : NULL;
}

/* Which scheme, and whether the host is this machine by its number. */
static void read_url(struct request *r)
{
	CURLU *u = curl_url();
	char *scheme, *host, *user;
	const char *plain = r->mail ? "smtp" : "http", *safe = r->mail ? "smtps" : "https";

	r->url = need(r, "url");
	if (u == NULL || curl_url_set(u, CURLUPART_URL, r->url, 0) != CURLUE_OK)
		die(65, "not an address of a server");
	scheme = part_of(u, CURLUPART_SCHEME);
	host = part_of(u, CURLUPART_HOST);
	user = part_of(u, CURLUPART_USER);
	if (scheme == NULL || host == NULL || user != NULL)
		die(65, "not an address of a server");
	r->loopback = strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0;
	r->encrypted = strcmp(scheme, safe) == 0;
	if (!r->encrypted && strcmp(scheme, plain) != 0)
		die(65, "not a kind of server that is asked");
	if (!r->encrypted && !r->mail && !r->loopback)
		die(65, "http:// is for this machine alone");
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(u);
}

static void read_request(struct request *r)
{
	size_t n;
	char *text = read_all(&n), *end = memchr(text, '\n', n);
	const char *kind;
	json_error_t e;

	if (end == NULL)
		die(65, "a request begins with a line of JSON");
	r->head = json_loadb(text, (size_t)(end - text), JSON_REJECT_DUPLICATES, &e);
	if (!json_is_object(r->head))
		die(65, "a request begins with a line of JSON");
	check_keys(r);
	r->body = end + 1;
	r->n_body = n - (size_t)(end + 1 - text);
	kind = need(r, "kind");
	r->mail = strcmp(kind, "mail") == 0;
	if (!r->mail && strcmp(kind, "web") != 0)
		die(65, "a kind that is not known");
	r->seconds = number_of(r, "seconds", 60, SECONDS_MAX);
	r->limit = (size_t)number_of(r, "limit", HEAD_MAX, ANSWER_MAX);
	read_url(r);
}

/* ---- asking ---- */

static void set(CURLcode rc)
{
	if (rc != CURLE_OK)
		die(65, "this cannot be asked for");
}

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	struct request *r = arg;
	size_t most = size * n, left = r->n_body - r->sent;

	if (most > left)
		most = left;
	memcpy(to, r->body + r->sent, most);
	r->sent += most;
	return most;
}

static size_t take(char *p, size_t size, size_t n, void *arg)
{
	struct request *r = arg;
	char *more;

	n *= size;
	if (n > r->limit - r->n_got) {
		r->over = true;
		return 0;
	}
	more = realloc(r->got, r->n_got + n + 1);
	if (more == NULL)
		abort();
	r->got = more;
	memcpy(r->got + r->n_got, p, n);
	r->n_got += n;
	return n;
}

static size_t take_head(char *p, size_t size, size_t n, void *arg)
{
	static const char name[] = "Retry-After:";
	struct request *r = arg;
	char value[16] = "";

	n *= size;
	r->n_head += n;
	if (n > sizeof name && strncasecmp(p, name, sizeof name - 1) == 0) {
		size_t most = n - (sizeof name - 1);

		memcpy(value, p + sizeof name - 1, most < sizeof value ? most : sizeof value - 1);
		r->wait = strtol(value, NULL, 10); /* a date gives its day or 0: no seconds */
		r->wait = r->wait < 0 || r->wait > WAIT_MAX ? 0 : r->wait;
	}
	r->over = r->over || r->n_head > HEAD_MAX;
	return r->over ? 0 : n;
}

static void add(struct request *r, const char *s)
{
	struct curl_slist *more = curl_slist_append(r->list, s);

	if (more == NULL)
		abort();
	r->list = more;
}

static void set_mail(struct request *r, CURL *h)
{
	const char *user = line_of(r, "user"), *password = line_of(r, "password");
	const char *name = line_of(r, "name");
	char url[1024];

	add(r, address_of(r, "to"));
	/* the path is what EHLO says; without one it would be this machine's name */
	if (snprintf(url, sizeof url, "%s/%s", r->url, name != NULL ? name : "localhost") >=
	    (int)sizeof url)
		die(65, "too long an address of a server");
	set(curl_easy_setopt(h, CURLOPT_URL, url));
	set(curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps"));
	set(curl_easy_setopt(h, CURLOPT_USE_SSL,
	    (long)(r->loopback && !r->encrypted ? CURLUSESSL_NONE : CURLUSESSL_ALL)));
	set(curl_easy_setopt(h, CURLOPT_MAIL_FROM, address_of(r, "from")));
	set(curl_easy_setopt(h, CURLOPT_MAIL_RCPT, r->list));
	if (user != NULL)
		set(curl_easy_setopt(h, CURLOPT_USERNAME, user));
	if (password != NULL)
		set(curl_easy_setopt(h, CURLOPT_PASSWORD, password));
	set(curl_easy_setopt(h, CURLOPT_UPLOAD, 1L));
	set(curl_easy_setopt(h, CURLOPT_READFUNCTION, give));
	set(curl_easy_setopt(h, CURLOPT_READDATA, r));
	set(curl_easy_setopt(h, CURLOPT_INFILESIZE_LARGE, (curl_off_t)r->n_body));
}

static void set_headers(struct request *r)
{
	json_t *all = json_object_get(r->head, "headers"), *one;
	size_t i;

	if (all != NULL && (!json_is_array(all) || json_array_size(all) > HEADERS_MAX))
		die(65, "headers are a short list");
	json_array_foreach(all, i, one)
	{
		const char *s = json_string_value(one);

		if (s == NULL || strlen(s) != json_string_length(one) || strchr(s, ':') == NULL ||
		    strpbrk(s, "\r\n") != NULL)
			die(65, "a header is \"Name: value\"");
		add(r, s);
	}
	add(r, "Expect:");
}

static void set_web(struct request *r, CURL *h)
{
	const char *method = need(r, "method");
	bool post = strcmp(method, "POST") == 0;

	if (!post && strcmp(method, "GET") != 0)
		die(65, "a method is GET or POST");
	set_headers(r);
	set(curl_easy_setopt(h, CURLOPT_URL, r->url));
	set(curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, r->loopback ? "http,https" : "https"));
	set(curl_easy_setopt(h, CURLOPT_HTTPHEADER, r->list));
	set(curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1));
	set(curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L));
	if (!post)
		return;
	set(curl_easy_setopt(h, CURLOPT_POST, 1L));
	set(curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->n_body));
	set(curl_easy_setopt(h, CURLOPT_POSTFIELDS, r->body));
}

/* A PEM of the request as curl takes it; false without one. */
static bool pem_of(struct request *r, const char *key, struct curl_blob *ret)
{
	json_t *pem = json_object_get(r->head, key);

	if (pem == NULL)
		return false;
	if (!json_is_string(pem))
		die(65, "a certificate is a text");
	*ret = (struct curl_blob){.data = (char *)(uintptr_t)json_string_value(pem),
	    .len = json_string_length(pem),
	    .flags = CURL_BLOB_COPY};
	return true;
}

/* Certificates: those of the machine, or the ones that were handed over. */
static void set_tls(struct request *r, CURL *h)
{
	struct curl_blob blob;

	set(curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L));
	set(curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L));
	set(curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
	if (pem_of(r, "certificate", &blob))
		set(curl_easy_setopt(h, CURLOPT_SSLCERT_BLOB, &blob));
	if (pem_of(r, "key", &blob))
		set(curl_easy_setopt(h, CURLOPT_SSLKEY_BLOB, &blob));
	if (!pem_of(r, "ca", &blob))
		return;
	set(curl_easy_setopt(h, CURLOPT_CAINFO_BLOB, &blob));
	set(curl_easy_setopt(h, CURLOPT_CAPATH, NULL));
}

static void set_common(struct request *r, CURL *h)
{
	set(curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L));
	set(curl_easy_setopt(h, CURLOPT_PROXY, ""));
	set(curl_easy_setopt(h, CURLOPT_TIMEOUT, r->seconds));
	set(curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, r->seconds));
	set(curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take));
	set(curl_easy_setopt(h, CURLOPT_WRITEDATA, r));
	set(curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, take_head));
	set(curl_easy_setopt(h, CURLOPT_HEADERDATA, r));
	set_tls(r, h);
}

/* ---- the answer ---- */

static const struct {
	CURLcode code;
	const char *word;
} words[] = {{CURLE_OK, "done"}, {CURLE_COULDNT_RESOLVE_HOST, "name"},
    {CURLE_COULDNT_CONNECT, "connect"}, {CURLE_OPERATION_TIMEDOUT, "time"},
    {CURLE_LOGIN_DENIED, "sign_in"}, {CURLE_USE_SSL_FAILED, "tls"},
    {CURLE_SSL_CONNECT_ERROR, "tls"}, {CURLE_PEER_FAILED_VERIFICATION, "tls"},
    {CURLE_SSL_CACERT_BADFILE, "tls"}, {CURLE_SSL_CERTPROBLEM, "tls"},
    {CURLE_SSL_ISSUER_ERROR, "tls"}, {CURLE_SSL_CIPHER, "tls"}};

static const char *word_of(const struct request *r, CURLcode code, long status)
{
	if (r->over)
		return "limit";
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].code == code)
			return words[i].word;
	return r->mail && status >= 400 ? "refused" : "broken";
}

static void answer(const struct request *r, CURLcode code, long status)
{
	bool whole = code == CURLE_OK && !r->mail;

	(void)printf("{\"did\": \"%s\", \"status\": %ld, \"wait\": %ld}\n",
	    word_of(r, code, status), status, r->wait);
	if (whole && r->n_got > 0)
		(void)fwrite(r->got, 1, r->n_got, stdout);
	if (fflush(stdout) != 0 || ferror(stdout))
		die(74, "the answer cannot be written");
}

int main(void)
{
	static struct request r;
	CURL *h;
	CURLcode code;
	long status = 0;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (h = curl_easy_init()) == NULL)
		die(74, "the network library does not start");
	read_request(&r);
	set_common(&r, h);
	if (r.mail)
		set_mail(&r, h);
	else
		set_web(&r, h);
	code = curl_easy_perform(h);
	(void)curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	answer(&r, code, status);
	curl_easy_cleanup(h);
	curl_slist_free_all(r.list);
	return 0;
}
