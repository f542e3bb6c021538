#include "store/sign_state.h"

#include <errno.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	NUMBER_AT = 14,
	SIZE_AT = NUMBER_AT + 21,
	ROOT_AT = SIZE_AT + 21,
	CHECK_AT = ROOT_AT + 65,
	DIGITS = 20,
	HEX = 64
};
_Static_assert(CHECK_AT + HEX + 1 == SIGN_STATE_LINE, "a record's length");

struct str sign_state_print(struct ctx *c, const struct sign_state *s)
{
	struct str head = str_fmt(c, "writ/signer/1 %020lld %020lld %s ", (long long)s->number,
	    (long long)s->size, hash_hex(c, s->root).p);

	return str_fmt(c, "%s%s\n", head.p, hash_hex(c, hash_of(head)).p);
}

static bool parse(struct str line, struct sign_state *ret)
{
	struct sign_state s;
	struct hash check;

	/* one text for one record: large hex digits would be another */
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] >= 'A' && line.p[i] <= 'F')
			return false;
	if (line.n != SIGN_STATE_LINE || !str_starts(line, "writ/signer/1 ") ||
	    line.p[SIGN_STATE_LINE - 1] != '\n' ||
	    !hash_parse((struct str){line.p + CHECK_AT, HEX}, &check) ||
	    !hash_eq(check, hash_of((struct str){line.p, CHECK_AT})))
		return false;
	if (!str_i64((struct str){line.p + NUMBER_AT, DIGITS}, &s.number) || s.number < 0 ||
	    s.number == INT64_MAX || /* none could follow it */
	    !str_i64((struct str){line.p + SIZE_AT, DIGITS}, &s.size) || s.size < 0 ||
	    !hash_parse((struct str){line.p + ROOT_AT, HEX}, &s.root))
		return false;
	*ret = s;
	return true;
}

int sign_state_read(struct ctx *c, int fd, struct sign_state *ret)
{
	struct sign_state best = {.number = -1}, one;

	for (off_t place = 0; place < 2; place++) {
		char bytes[SIGN_STATE_LINE];
		ssize_t got;

		do
			got = pread(fd, bytes, sizeof bytes, place * SIGN_STATE_PLACE);
		while (got < 0 && errno == EINTR);
		if (got < 0)
			return err_set(
			    c, ERR_FAIL, "signer.state: cannot read: %s", strerror(errno));
		if (parse((struct str){bytes, (size_t)got}, &one) && one.number > best.number)
			best = one;
	}
	if (best.number < 0)
		return err_set(c, ERR_FAIL,
		    "signer.state is damaged: what was signed last is not known, so nothing is "
		    "signed");
	*ret = best;
	return 0;
}

int sign_state_write(struct ctx *c, int fd, const struct sign_state *s)
{
	struct str line = sign_state_print(c, s);
	off_t at = s->number % 2 * SIGN_STATE_PLACE;
	ssize_t done;

	do
		done = pwrite(fd, line.p, line.n, at);
	while (done < 0 && errno == EINTR);
	if (done != (ssize_t)line.n || fsync(fd) != 0)
		return err_set(c, ERR_FAIL, "signer.state: cannot write");
	return 0;
}
