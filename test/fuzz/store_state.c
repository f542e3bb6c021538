/* signer.state: any bytes give a whole record or a refusal; the record read is printed as it stands
 * there; writing the next one and tearing it at any byte leaves the one before. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "store/sign_state.h"

static bool same(struct sign_state a, struct sign_state b)
{
	return a.number == b.number && a.size == b.size && hash_eq(a.root, b.root);
}

static void next(struct ctx *c, int fd, struct sign_state s, struct str torn)
{
	struct sign_state more = {s.number + 1, s.size < INT64_MAX ? s.size + 1 : s.size, s.root};
	struct sign_state back;
	off_t at = (off_t)(more.number % 2 * SIGN_STATE_PLACE);
	struct str line = sign_state_print(c, &more);

	fuzz_must(sign_state_write(c, fd, &more) == 0 && sign_state_read(c, fd, &back) == 0 &&
		      same(back, more),
	    "what was written is read");
	if (torn.n > line.n)
		torn.n = line.n;
	if (torn.n == 0 || memcmp(torn.p, line.p, torn.n) == 0)
		return;
	fuzz_must(pwrite(fd, torn.p, torn.n, at) == (ssize_t)torn.n, "torn");
	if (sign_state_read(c, fd, &back) == 0) {
		line = sign_state_print(c, &back);
		/* what is whole is not torn: the end of a line is the same in each */
		fuzz_must(same(back, s) || back.number != more.number ||
			      (torn.n + 1 >= line.n && memcmp(torn.p, line.p, line.n - 1) == 0),
		    "a torn record leaves the one before");
	}
	err_clear(c);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct str first = fuzz_part(&in), second = fuzz_part(&in), line;
	int fd = memfd_create("signer.state", MFD_CLOEXEC), rc;
	struct sign_state s;

	fuzz_must(fd >= 0, "a file in memory");
	fuzz_must(pwrite(fd, first.p, first.n, 0) == (ssize_t)first.n &&
		      pwrite(fd, second.p, second.n, SIGN_STATE_PLACE) == (ssize_t)second.n,
	    "two places");
	rc = sign_state_read(c, fd, &s);
	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		s = (struct sign_state){.number = (int64_t)(fuzz_u64(&in, 8) >> 2)};
		fuzz_must(sign_state_write(c, fd, &s) == 0, "a record is written");
	} else {
		line = sign_state_print(c, &s);
		fuzz_must(line.n == SIGN_STATE_LINE, "a record has its length");
		fuzz_must(str_starts(first, line.p) || str_starts(second, line.p) ||
			      first.n > SIGN_STATE_PLACE,
		    "the record is printed as it stands there");
	}
	next(c, fd, s, in);
	(void)close(fd);
}
