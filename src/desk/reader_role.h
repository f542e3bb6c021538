/*
 * The role "parse": the process in which hostile bytes are parsed (desk/reader.h). It finds the
 * connection to the process that asked as its only descriptor besides empty standard ones, locks
 * itself in (BOX_PARSE) before the first byte of a document comes, answers, and ends.
 */
#ifndef WRIT_READER_ROLE_H
#define WRIT_READER_ROLE_H

/* reader_role_run(): the exit status; the caller leaves by _exit. */
int reader_role_run(void);

#endif
