/*
 * Whole files: read with a limit, replaced in one step, appended and on disk before the call
 * returns.
 *
 * Every error text names the path and the system's reason. A path that does not exist is
 * ERR_NOTFOUND, all else ERR_FAIL unless said otherwise. What a caller was told is written survives
 * a loss of power: the file and, where a name was made, its folder are synced (POSIX fsync,
 * rename).
 */
#ifndef WRIT_FILE_H
#define WRIT_FILE_H

#include <sys/types.h>

#include "base/text.h"

/* file_read(c, path, limit, ret): all bytes, NUL-terminated, in the arena. ERR_LIMIT above limit.
 */
int file_read(struct ctx *c, const char *path, size_t limit, struct str *ret) MUST_CHECK;
/* file_write_atomic(c, path, mode, s): after it path holds s with these permission bits (the umask
 * does not count); until then, what it held before. When it fails the old is still there, unless it
 * was the last step, the sync of the folder, that failed. A symbolic link is replaced, not
 * followed. A crash may leave a file ".NAME.XXXXXX" beside it. */
int file_write_atomic(struct ctx *c, const char *path, mode_t mode, struct str s) MUST_CHECK;
/* file_append_sync(c, path, mode, s): s is added at the end and on disk; the file is made with mode
 * if it is not there. When not all of s could be written, the file is cut back. */
int file_append_sync(struct ctx *c, const char *path, mode_t mode, struct str s) MUST_CHECK;
/* file_read_full(fd, p, n): as many bytes as there are, up to n; -1 with errno. file_write_full(fd,
 * s): all of s; 0, or -1 with errno. Interruptions are gone on after. */
ssize_t file_read_full(int fd, unsigned char *p, size_t n) MUST_CHECK;
int file_write_full(int fd, struct str s) MUST_CHECK;
/* file_exists(path): there is something of that name that this process can see. */
bool file_exists(const char *path);
/* file_mkdirs(c, path, mode): the folder and those above it exist; new ones get mode. A folder that
 * is there keeps its mode. ERR_CONFLICT if a part of the path is something else than a folder. */
int file_mkdirs(struct ctx *c, const char *path, mode_t mode) MUST_CHECK;
/* file_each(c, dir, fn, arg): fn for each name in the folder, sorted by bytes, without those that
 * begin with a dot. Stops at the first return other than 0 and returns it. The names are taken
 * before the first call, so fn may add and remove files. */
int file_each(struct ctx *c, const char *dir, int (*fn)(struct ctx *c, const char *name, void *arg),
    void *arg) MUST_CHECK;
/* file_rename_new(c, from, to): a file or folder gets a name that nothing has yet, and the name is
 * on disk. ERR_CONFLICT when something has it. */
int file_rename_new(struct ctx *c, const char *from, const char *to) MUST_CHECK;
/* file_remove_tree(c, path): the folder and all below it; symbolic links are removed, not followed.
 * What is not there is no error. */
int file_remove_tree(struct ctx *c, const char *path) MUST_CHECK;
/* file_copy_new(c, from, to, mode): a new file with the same bytes, on disk; its folder is not
 * synced. ERR_CONFLICT when to exists. */
int file_copy_new(struct ctx *c, const char *from, const char *to, mode_t mode) MUST_CHECK;
/* file_sync_dir(c, dir): names made, changed or removed in dir so far are on disk. */
int file_sync_dir(struct ctx *c, const char *dir) MUST_CHECK;
/* file_memory(c, ret): an open file that lies in memory and on no disk, with no name. */
int file_memory(struct ctx *c, int *ret) MUST_CHECK;

#endif
