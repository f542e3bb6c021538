/*
 * The role "seal": takes sealed bytes from descriptor 4, writes them to 5 and hashes them, in the
 * box of a reader of foreign files (BOX_PARSE). At the end of 4 it sends one message:
 * SEAL_ROLE_DONE and struct seal_made, or a text that says what failed. A process of its own, so
 * that hashing what comes out takes no time from hashing what goes in.
 */
#ifndef WRIT_SEAL_ROLE_H
#define WRIT_SEAL_ROLE_H

enum { SEAL_ROLE_DONE = 1 }; /* no letter of a text */

/* seal_role_run(): the exit status; the process must then end by _exit. */
int seal_role_run(void);

#endif
