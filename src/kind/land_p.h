/*
 * Private to kind: the table of countries that tools/countries.sh makes at build time from ISO
 * 3166-1 (Debian's iso-codes), sorted by code.
 */
#ifndef WRIT_LAND_P_H
#define WRIT_LAND_P_H

#include <stddef.h>

struct land_row {
	char code[3];
	const char *en, *de;               /* the common name where ISO has one */
	const char *formal_en, *formal_de; /* ISO's name: "Korea, Republic of" */
};

extern const struct land_row land_rows[];
extern const size_t land_count;

#endif
