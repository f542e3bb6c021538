/* The roles "signer" (store/sign_role.h) and "seal" (out/seal_role.h) of the program. */
#ifndef WRIT_SIGNER_H
#define WRIT_SIGNER_H

/* signer_main(): serves, and ends the process (by _exit, as a boxed role must). */
int signer_main(void);
/* seal_main(): the same for the role "seal". */
int seal_main(void);

#endif
