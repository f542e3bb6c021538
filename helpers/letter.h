/*
 * A letter as writ-typeset's second kind of document: on A4 after DIN 5008 form B (address window
 * 45 mm from the top, information block beside it, fold marks), or on US Letter with the same
 * parts. Lines as in typeset.c:
 *
 *   writ/letter/1                       the first line
 *   paper din | paper us                before what is set
 *   lang EN     title TEXT     created DAY
 *   head TEXT                           a line of the letterhead, the first is the name
 *   return TEXT                         the sender in one line, above the address
 *   to TEXT                             a line of the address
 *   info LABEL TEXT                     a line of the information block
 *   running TEXT                        on top of the second page and those after it
 *   pages WORD OF                       "Page", "of": at the foot where there are several
 *   subject TEXT   p TEXT               U+2028 breaks a line within a paragraph
 *   law CITATION TEXT                   quoted law; the text may be empty
 *   close TEXT                          the end, which is not torn apart
 *   list LABEL     item TEXT            enclosures
 */
#ifndef WRIT_LETTER_HELPER_H
#define WRIT_LETTER_HELPER_H

#include "sheet.h"

/* letter_is(text): the document is a letter. */
bool letter_is(const char *text);
/* letter_write(text): sets it and writes the PDF to standard output; ends the program with 65 for
 * a line that is none of these, 74 when it cannot be written. text is taken apart. */
void letter_write(char *text);

#endif
