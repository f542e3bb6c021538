/* The role "signer" of the program: see store/sign_role.h. */
#ifndef WRIT_SIGNER_H
#define WRIT_SIGNER_H

/* signer_main(): serves, and ends the process (by _exit, as a boxed role must). */
int signer_main(void);

#endif
