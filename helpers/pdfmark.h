/*
 * What Cairo 1.16 cannot put into a tagged PDF: the language of its text (ISO 32000-1, 14.9.2) and
 * the words that stand for a picture (14.9.3).
 */
#ifndef WRIT_PDFMARK_H
#define WRIT_PDFMARK_H

#include <stddef.h>

/* pdfmark(pdf, n, lang, alt, n_alt, put, arg): writes the PDF of n bytes with its language and, in
 * the order of the structure tree, a text for each element Figure. The same input gives the same
 * bytes. 0; -1 when it is not a PDF that can be read, when it has another number of pictures, or
 * when put (returns 0) fails. */
int pdfmark(const char *pdf, size_t n, const char *lang, char *const *alt, size_t n_alt,
    int (*put)(void *arg, const unsigned char *p, size_t n), void *arg);

#endif
