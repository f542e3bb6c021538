#include "in/tar.h"

#include <string.h>

enum {
	SIZE_AT = 124,
	SIZE_DIGITS = 11,
	SUM_AT = 148,
	SUM_DIGITS = 6,
	TYPE_AT = 156,
	MAGIC_AT = 257
};

static bool octal(const char *p, size_t n, int64_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '7')
			return false;
		*ret = *ret * 8 + (p[i] - '0');
	}
	return true;
}

static int64_t sum_of(const char *block)
{
	int64_t sum = 0;

	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= SUM_AT && i < SUM_AT + 8 ? ' ' : (unsigned char)block[i];
	return sum;
}

static bool name_ok(struct str s)
{
	struct str part;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') || str_has(STR(".-_/"), ch)))
			return false;
	}
	for (;;) {
		bool more = str_cut(s, '/', &part, &s);

		if (part.n == 0 || part.p[0] == '.')
			return false;
		if (!more)
			return true;
	}
}

int64_t tar_padding(int64_t size)
{
	return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
}

int tar_head_read(struct ctx *c, const char block[static TAR_BLOCK], struct tar_head *ret)
{
	static const char empty[TAR_BLOCK];
	struct tar_head h = {.end = memcmp(block, empty, TAR_BLOCK) == 0};
	int64_t sum;

	if (h.end) {
		*ret = h;
		return 0;
	}
	if (!octal(block + SUM_AT, SUM_DIGITS, &sum) || sum != sum_of(block))
		return err_set(
		    c, ERR_INVALID, "the archive is damaged: a head's checksum does not hold");
	if (memcmp(block + MAGIC_AT, "ustar", 6) != 0 || block[TYPE_AT] != '0' ||
	    !octal(block + SIZE_AT, SIZE_DIGITS, &h.size))
		return err_set(c, ERR_INVALID, "the archive holds something else than plain files");
	memcpy(h.name, block, TAR_NAME);
	if (!name_ok(str_of(h.name)))
		return err_set(c, ERR_INVALID, "the archive has a name in it that none of ours is");
	*ret = h;
	return 0;
}
