/* Heads of archives: one that is taken has a name that stays in its folder and a size that is none
 * below zero. */
#include "fuzz.h"

#include "in/tar.h"

static void fuzz_one(struct ctx *c, struct str in)
{
	char block[TAR_BLOCK] = {0};
	struct tar_head h;
	int rc;

	memcpy(block, in.p, in.n < TAR_BLOCK ? in.n : TAR_BLOCK);
	rc = tar_head_read(c, block, &h);
	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	fuzz_must(h.size >= 0 && tar_padding(h.size) < TAR_BLOCK, "a size");
	fuzz_must((h.size + tar_padding(h.size)) % TAR_BLOCK == 0, "whole blocks");
	fuzz_must(h.end == (h.name[0] == '\0'), "a name, or the end");
	fuzz_must(
	    h.name[0] != '/' && strstr(h.name, "..") != h.name && strstr(h.name, "/..") == NULL,
	    "that stays in its folder");
}
