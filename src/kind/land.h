/*
 * Countries by ISO 3166-1 alpha-2, names in English and German (from Debian's iso-codes at build
 * time), and the aliases that published reports use ("Korea" is KR, "Turkey" is TR, "Venezuala").
 */
#ifndef WRIT_LAND_H
#define WRIT_LAND_H

#include "base/text.h"

/* land_known(code): an assigned alpha-2 code in upper case ("DE"), or one of two that reports need:
 * XK (Kosovo, user-assigned) and AN (Netherlands Antilles, withdrawn in 2010). */
bool land_known(struct str code);
/* land_name(code, lang): one spelling per country; lang "en" or "de". "" if unknown. */
struct str land_name(struct str code, const char *lang);
/* land_find(name, ret_code): an alpha-2 code, an ISO name in either language, or a listed alias,
 * case, accents, outer blanks and a footnote mark ("Turkey*") ignored; false if none. */
bool land_find(struct str name, struct str *ret_code);
/* land_eu(code): a Member State of the European Union (2020-02-01 onwards). */
bool land_eu(struct str code);

#endif
