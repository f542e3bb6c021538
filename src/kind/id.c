#include "kind/id.h"

#include <string.h>

enum { DATA = 12, CHECK_MOD = 37 };

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/*
 * Value of the 12 characters mod 37. 37 is prime and larger than 32, so one wrong character changes
 * the value (a difference below 37 times a power of 32), and so do two swapped neighbours (times
 * 31). Swapping the last one with the check character would need 2 * difference = 0 mod 37.
 */
static unsigned check_of(const unsigned char v[static DATA])
{
	unsigned sum = 0;

	for (size_t i = 0; i < DATA; i++)
		sum = (sum * 32 + v[i]) % CHECK_MOD;
	return sum;
}

static struct id write_id(const unsigned char v[static DATA], unsigned check)
{
	struct id id;
	size_t n = 0;

	for (size_t i = 0; i < DATA; i++) {
		if (i == 4 || i == 8)
			id.z[n++] = '-';
		id.z[n++] = digits[v[i]];
	}
	id.z[n++] = digits[check];
	id.z[n] = '\0';
	return id;
}

struct id id_make(struct ctx *c)
{
	unsigned char v[DATA];
	unsigned check;

	/* Check values 32 to 36 would need Crockford's signs * ~ $ = U, which do not survive
	 * shells, file names and telephones: such a draw (5 in 37) is thrown away. */
	do {
		ctx_random(c, v, sizeof(v));
		for (size_t i = 0; i < DATA; i++)
			v[i] &= 31;
		check = check_of(v);
	} while (check >= 32);
	return write_id(v, check);
}

/* Value of a character, -1 when it cannot be in a reference. */
static int value_of(char ch)
{
	const char *at;

	if (ch >= 'a' && ch <= 'z')
		ch = (char)(ch - 'a' + 'A');
	if (ch == 'O')
		ch = '0';
	if (ch == 'I' || ch == 'L')
		ch = '1';
	if (ch == '\0')
		return -1;
	at = strchr(digits, ch);
	return at == NULL ? -1 : (int)(at - digits);
}

int id_parse(struct ctx *c, struct str s, struct id *ret)
{
	unsigned char v[DATA + 1];
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int value = value_of(s.p[i]);

		/* A hyphen at most once, and only between the groups. */
		if (s.p[i] == '-' && (n == 4 || n == 8) && s.p[i - 1] != '-')
			continue;
		if (value < 0)
			return err_set(c, ERR_INVALID,
			    "not a case reference: character %zu cannot be in one", i + 1);
		if (n == sizeof(v))
			return err_set(
			    c, ERR_INVALID, "not a case reference: more than 13 characters");
		v[n++] = (unsigned char)value;
	}
	if (n < sizeof(v))
		return err_set(
		    c, ERR_INVALID, "not a case reference: %zu characters instead of 13", n);
	if (check_of(v) != v[DATA])
		return err_set(c, ERR_INVALID,
		    "case reference mistyped: its last character does not fit the others");
	*ret = write_id(v, v[DATA]);
	return 0;
}

struct str id_str(const struct id *id)
{
	return str_of(id->z);
}
