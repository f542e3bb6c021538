#include "in/target.h"

#include <arpa/inet.h>

#include "base/mem.h"

enum {
	VALUE_MAX = 1024, /* as DRAFT_VALUE_MAX; this file knows nothing of drafts */
	LOCAL_MAX = 64,   /* RFC 5321 4.5.3.1.1 */
	DOMAIN_MAX = 253,
	LABEL_MAX = 63,
	PHONE_MIN = 7,
	PHONE_MAX = 15, /* E.164 6.1 */
	IMEI = 15,
	MAC = 12
};

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool is_alpha(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

static bool is_alnum(char ch)
{
	return is_digit(ch) || is_alpha(ch);
}

static bool is_hex(char ch)
{
	return is_digit(ch) || (ch >= 'a' && ch <= 'f') || (ch >= 'A' && ch <= 'F');
}

static bool is_control(char ch)
{
	return (unsigned char)ch < 32 || ch == 127;
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_control(s.p[i]))
			return true;
	return false;
}

static bool has_one_of(struct str s, const char *bytes)
{
	for (; *bytes != '\0'; bytes++)
		if (str_has(s, *bytes))
			return true;
	return false;
}

static size_t count_byte(struct str s, char byte)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == byte;
	return n;
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

/* ---- names --------------------------------------------------------------------------------- */

static bool label_ok(struct str s)
{
	if (s.n == 0 || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return true;
}

/* What is wrong with a host name, NULL when nothing. A last label of digits is a broken IPv4
 * address. */
static const char *domain_fault(struct str s)
{
	struct str rest = s, label;
	size_t labels = 0;
	bool more;

	if (s.n > DOMAIN_MAX)
		return ERR_TEXT("the domain is longer than 253 bytes");
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 128)
			return ERR_TEXT("the domain is not ASCII; write it in its xn-- form");
	do {
		more = str_cut(rest, '.', &label, &rest);
		if (!label_ok(label))
			return ERR_TEXT(
			    "the domain has a label that is not letters, digits and hyphens");
		labels++;
	} while (more);
	if (labels < 2)
		return ERR_TEXT("the domain has no dot");
	return all_digits(label) ? ERR_TEXT("the domain's last label is a number") : NULL;
}

static int domain(struct ctx *c, struct str s, struct str *ret)
{
	const char *fault;

	if (str_ends(s, "."))
		s.n--;
	fault = domain_fault(s);
	if (fault != NULL)
		return err_set(c, ERR_INVALID, "%s", err_word(c, fault));
	*ret = str_lower(c, s);
	return 0;
}

/* RFC 5321 4.1.2: a dot-string, or a quoted string. RFC 6531 adds every character beyond ASCII. */
static bool local_ok(struct str s)
{
	if (s.n == 0 || s.n > LOCAL_MAX)
		return false;
	if (s.n > 2 && s.p[0] == '"' && s.p[s.n - 1] == '"') {
		for (size_t i = 1; i < s.n - 1; i++) {
			if (s.p[i] == '\\')
				i++;
			else if (s.p[i] == '"')
				return false;
			if (i == s.n - 1)
				return false;
		}
		return true;
	}
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (ch == '.' && (i == 0 || i + 1 == s.n || s.p[i - 1] == '.'))
			return false;
		if (ch != '.' && !is_alnum(ch) && (unsigned char)ch < 128 &&
		    !str_has(STR("!#$%&'*+-/=?^_`{|}~"), ch))
			return false;
	}
	return true;
}

static int email(struct ctx *c, struct str s, struct str *ret)
{
	struct str local, host;
	size_t at = s.n;
	int rc;

	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at == 0)
		return err_set(c, ERR_INVALID, "an e-mail address has an @");
	local = (struct str){s.p, at - 1};
	if (!local_ok(local))
		return err_set(c, ERR_INVALID, "the part before the @ is not of an e-mail address");
	rc = domain(c, (struct str){s.p + at, s.n - at}, &host);
	if (rc == 0)
		*ret = str_fmt(c, "%.*s@%.*s", STR_ARG(local), STR_ARG(host));
	return rc;
}

static int url(struct ctx *c, struct str s, struct str *ret)
{
	size_t scheme = 0, host, end;
	struct str low;

	while (scheme < s.n &&
	       (is_alnum(s.p[scheme]) || (scheme > 0 && str_has(STR("+-."), s.p[scheme]))))
		scheme++;
	if (scheme == 0 || !is_alpha(s.p[0]) || s.n < scheme + 4 ||
	    memcmp(s.p + scheme, "://", 3) != 0)
		return err_set(c, ERR_INVALID, "a URL begins with a scheme and ://");
	if (str_has(s, ' '))
		return err_set(c, ERR_INVALID, "a URL has no blanks");
	host = end = scheme + 3;
	while (end < s.n && !str_has(STR("/?#"), s.p[end]))
		end++;
	for (size_t i = host; i < end; i++)
		if (s.p[i] == '@') /* what stands before it keeps its case */
			host = i + 1;
	if (host == end)
		return err_set(c, ERR_INVALID, "the URL names no host");
	low = str_lower(c, (struct str){s.p + host, end - host});
	*ret = str_fmt(c, "%.*s://%.*s%.*s%.*s", STR_ARG(str_lower(c, (struct str){s.p, scheme})),
	    (int)(host - scheme - 3), s.p + scheme + 3, STR_ARG(low), (int)(s.n - end), s.p + end);
	return 0;
}

/* ---- numbers ------------------------------------------------------------------------------- */

static int phone(struct ctx *c, struct str s, struct str *ret)
{
	struct buf b = buf_init(c, VALUE_MAX);

	if (s.n == 0 || s.p[0] != '+')
		return err_set(
		    c, ERR_INVALID, "a telephone number begins with + and the country code");
	for (size_t i = 1; i + 2 < s.n; i++)
		if (memcmp(s.p + i, "(0)", 3) == 0)
			return err_set(c, ERR_INVALID, "(0) is no part of an international number");
	buf_putc(&b, '+');
	for (size_t i = 1; i < s.n; i++) {
		if (is_digit(s.p[i]))
			buf_putc(&b, s.p[i]);
		else if (!str_has(STR(" -.()"), s.p[i]))
			return err_set(c, ERR_INVALID, "a telephone number has digits only");
	}
	if (b.n < PHONE_MIN + 1 || b.n > PHONE_MAX + 1)
		return err_set(c, ERR_INVALID, "a telephone number has 7 to 15 digits");
	if (buf_str(&b).p[1] == '0')
		return err_set(c, ERR_INVALID, "no country code begins with 0");
	*ret = buf_str(&b);
	return 0;
}

static int ipv4(struct ctx *c, struct str s, struct str *ret)
{
	struct str rest = s, part;
	int parts = 0;
	bool more;

	do {
		int64_t v;

		more = str_cut(rest, '.', &part, &rest);
		if (!all_digits(part) || part.n > 3 || !str_i64(part, &v) || v > 255)
			return err_set(
			    c, ERR_INVALID, "an IPv4 address is four numbers from 0 to 255");
		if (part.n > 1 && part.p[0] == '0')
			return err_set(
			    c, ERR_INVALID, "a leading zero in an IPv4 address is ambiguous");
		parts++;
	} while (more);
	if (parts != 4)
		return err_set(c, ERR_INVALID, "an IPv4 address is four numbers from 0 to 255");
	*ret = s;
	return 0;
}

/* The first longest run of at least two zero groups (RFC 5952 4.2). */
static void longest_zeros(const unsigned group[8], size_t *ret_at, size_t *ret_n)
{
	size_t at = 8, best = 1;

	for (size_t i = 0; i < 8; i++) {
		size_t n = 0;

		while (i + n < 8 && group[i + n] == 0)
			n++;
		if (n > best) {
			best = n;
			at = i;
		}
		i += n;
	}
	*ret_at = at;
	*ret_n = at == 8 ? 0 : best;
}

static int ipv6(struct ctx *c, struct str s, struct str *ret)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	unsigned char a[16];
	unsigned group[8];
	struct buf b = buf_init(c, 64);
	size_t at, n;

	/* scoped addresses ("fe80::1%eth0") mean something on one machine only: inet_pton refuses
	 * them */
	if (s.n > 45 || inet_pton(AF_INET6, str_z(c, s), a) != 1)
		return err_set(c, ERR_INVALID, "not an IPv6 address");
	if (memcmp(a, mapped, sizeof mapped) == 0) { /* RFC 5952 5 */
		*ret = str_fmt(c, "::ffff:%u.%u.%u.%u", a[12], a[13], a[14], a[15]);
		return 0;
	}
	for (size_t i = 0; i < 8; i++)
		group[i] = (unsigned)a[2 * i] << 8 | a[2 * i + 1];
	longest_zeros(group, &at, &n);
	for (size_t i = 0; i < 8; i++) {
		if (i == at) {
			buf_puts(&b, "::");
			i += n - 1;
			continue;
		}
		if (i > 0 && i != at + n)
			buf_putc(&b, ':');
		buf_fmt(&b, "%x", group[i]);
	}
	*ret = buf_str(&b);
	return 0;
}

static bool luhn(struct str digits)
{
	int sum = 0;

	for (size_t i = 0; i < digits.n; i++) {
		int d = digits.p[digits.n - 1 - i] - '0';

		if (i % 2 == 1)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return sum % 10 == 0;
}

static int device(struct ctx *c, struct str s, struct str *ret)
{
	struct buf b = buf_init(c, VALUE_MAX);
	struct str bare;
	bool hex = true;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (is_alnum(ch))
			buf_putc(&b, ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch);
		else if (!str_has(STR(" -:./"), ch))
			return err_set(c, ERR_INVALID, "a device id has letters and digits only");
		hex = hex && (is_hex(ch) || !is_alnum(ch));
	}
	bare = buf_str(&b);
	if (bare.n == 0)
		return err_set(c, ERR_INVALID, "a device id has letters and digits");
	if (bare.n == IMEI && all_digits(bare) && !luhn(bare))
		return err_set(c, ERR_INVALID, "the check digit of the IMEI does not fit");
	if (has_one_of(s, ":") && (bare.n != MAC || !hex))
		return err_set(c, ERR_INVALID, "a MAC address is six bytes");
	*ret = bare;
	return 0;
}

static int account(struct ctx *c, struct str s, struct str *ret)
{
	(void)c;
	*ret = s;
	return 0;
}

static const struct {
	const char *kind;
	int (*normalise)(struct ctx *c, struct str s, struct str *ret);
} kinds[] = {{"email", email}, {"phone", phone}, {"ipv4", ipv4}, {"ipv6", ipv6},
    {"account", account}, {"domain", domain}, {"url", url}, {"device", device}};

int target_normalise(struct ctx *c, struct str kind, struct str printed, struct str *ret)
{
	struct str s = str_trim(printed);

	if (s.n == 0)
		return err_set(c, ERR_INVALID, "the identifier is empty");
	if (s.n > VALUE_MAX)
		return err_set(c, ERR_INVALID, "the identifier is longer than %d bytes", VALUE_MAX);
	if (str_utf8_bad(s) != s.n)
		return err_set(c, ERR_INVALID, "the identifier is not UTF-8");
	if (has_control(s))
		return err_set(c, ERR_INVALID, "the identifier has a control character");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_is(kind, kinds[i].kind))
			return kinds[i].normalise(c, s, ret);
	return err_set(
	    c, ERR_INVALID, "the kind is none of email phone ipv4 ipv6 account domain url device");
}

/* ---- one account, or many? ------------------------------------------------------------------ */

static const char all_words[] =
    "all every each any everyone everybody anyone anybody alle aller allen "
    "jeder jede jedes jeden s\xc3\xa4mtliche s\xc3\xa4mtlicher saemtliche";
static const char class_words[] =
    "user users account accounts customer customers subscriber subscribers person persons people "
    "member "
    "members address addresses number numbers device devices visitor visitors profile profiles "
    "data who "
    "whose that nutzer nutzerin nutzerinnen benutzer konto konten kunde kunden teilnehmer person "
    "personen "
    "mitglied mitglieder adresse adressen nummer nummern ger\xc3\xa4t ger\xc3\xa4te anschluss "
    "anschl\xc3\xbcsse besucher daten";

/* More than one, if a word like "who" or "in" says which: "subscribers in Dresden". */
static const char many_words[] =
    "users accounts customers subscribers persons people members addresses numbers devices "
    "visitors profiles nutzer nutzerinnen benutzer konten kunden teilnehmer personen mitglieder "
    "adressen nummern ger\xc3\xa4te anschl\xc3\xbcsse besucher";
static const char which_words[] =
    "who whose whom that which with without in from near at of to on by during between created "
    "registered connected logged using visiting die der des deren welche mit ohne in im aus bei "
    "von am an zu zwischen w\xc3\xa4hrend";

/* Signs that look, and are meant, like the ASCII ones the checks below know. */
static const struct {
	const char *sign;
	char plain;
} look_alikes[] = {{"\xef\xbc\x8a", '*'}, {"\xe2\x88\x97", '*'}, {"\xe2\x81\x8e", '*'},
    {"\xef\xbc\x85", '%'}, {"\xef\xbc\x9f", '?'}, {"\xef\xbc\x8c", ','}, {"\xef\xbc\x9b", ';'},
    {"\xe2\x80\xa6", '*'}, {"\xe2\x80\x93", '-'}, {"\xe2\x80\x94", '-'}, {"\xe2\x88\x92", '-'},
    {"\xc2\xa0", ' '}};

static struct str plain_signs(struct str s, char room[VALUE_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		size_t k = 0, len = 1;

		while (k < sizeof look_alikes / sizeof look_alikes[0] &&
		       !str_starts((struct str){s.p + i, s.n - i}, look_alikes[k].sign))
			k++;
		if (k < sizeof look_alikes / sizeof look_alikes[0]) {
			len = strlen(look_alikes[k].sign);
			room[n++] = look_alikes[k].plain;
		} else {
			room[n++] = s.p[i];
		}
		i += len;
	}
	return (struct str){room, n};
}

static char lower_ascii(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
}

static bool in_list(const char *list, struct str word)
{
	struct str rest = str_of(list), one;

	while (str_word(&rest, &one)) {
		size_t i = 0;

		while (i < one.n && i < word.n && one.p[i] == lower_ascii(word.p[i]))
			i++;
		if (i == one.n && i == word.n)
			return true;
	}
	return false;
}

/* "all users who ...", "everyone": a word for the whole, alone or with a word for a class. */
static bool names_class(struct str s)
{
	struct str rest = s, word;
	bool all = false, class = false, many = false, which = false;
	size_t words = 0;

	while (str_word(&rest, &word)) {
		while (word.n > 0 && str_has(STR(".,:;\"'()"), word.p[word.n - 1]))
			word.n--;
		all = all || in_list(all_words, word);
		class = class || in_list(class_words, word);
		which = which || (many && in_list(which_words, word));
		many = many || in_list(many_words, word);
		words++;
	}
	return (all && (class || words == 1)) || which;
}

/* "1000-2000", "10.0.0.1 - 10.0.0.9": numbers, or anything with blanks around the hyphen. */
static bool is_range(struct str s, bool addresses)
{
	for (size_t i = 1; i + 1 < s.n; i++) {
		struct str a = str_trim((struct str){s.p, i});
		struct str b = str_trim((struct str){s.p + i + 1, s.n - i - 1});

		if (s.p[i] != '-')
			continue;
		if (addresses || (s.p[i - 1] == ' ' && s.p[i + 1] == ' ') ||
		    (all_digits(a) && all_digits(b)))
			return true;
	}
	return false;
}

bool target_specific(struct str kind, struct str printed)
{
	bool address = str_is(kind, "ipv4") || str_is(kind, "ipv6");
	struct str s = str_trim(printed);
	char room[VALUE_MAX];

	if (s.n > VALUE_MAX)
		return false; /* no identifier at all */
	s = str_trim(plain_signs(s, room));
	if (s.n == 0 || str_has(s, '*') || str_has(s, '\n') || names_class(s))
		return false;
	if (str_is(kind, "url")) /* the other signs are part of many a URL */
		return !str_has(s, ' ');
	if (has_one_of(s, "%?,;"))
		return false;
	if (str_is(kind, "phone"))
		return count_byte(s, '+') <= 1 && !str_has(s, '/');
	if (str_is(kind, "device"))
		return true; /* hyphens and slashes group the digits of an IMEI */
	if (str_is(kind, "email") && (count_byte(s, '@') > 1 || s.p[0] == '@'))
		return false; /* a list, or everybody at a domain */
	if (address || str_is(kind, "domain") || str_is(kind, "email"))
		return !str_has(s, '/') && !str_has(s, ' ') && !(address && is_range(s, true));
	return !str_has(s, '[') && !is_range(s, false);
}
