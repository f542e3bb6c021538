/*
 * Heads of a tar archive (POSIX ustar) as out/archive.h writes it: plain files alone, names without
 * a way out of their folder. Pure, hostile bytes.
 */
#ifndef WRIT_TAR_H
#define WRIT_TAR_H

#include "base/text.h"

enum { TAR_BLOCK = 512, TAR_NAME = 100 };

struct tar_head {
	char name[TAR_NAME + 1]; /* letters, digits and . - _ /, no folder ".." and no leading / */
	int64_t size;
	bool end; /* an empty block: the end has begun */
};

/* tar_head_read(c, block, ret): ERR_INVALID when it is another kind of member, its checksum does
 * not hold, or its name is not one of ours. */
int tar_head_read(
    struct ctx *c, const char block[static TAR_BLOCK], struct tar_head *ret) MUST_CHECK;
/* tar_padding(size): the zeros that follow a member of this size. */
int64_t tar_padding(int64_t size);

#endif
