/* The role "parse" of the program: see desk/reader_role.h. */
#ifndef WRIT_PARSE_H
#define WRIT_PARSE_H

/* parse_main(): reads one document, and ends the process (by _exit, as a boxed role must). */
int parse_main(void);

#endif
