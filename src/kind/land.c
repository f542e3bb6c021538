#include "kind/land.h"

#include <stdlib.h>
#include <string.h>

#include "kind/land_p.h"

struct spelling {
	char code[3];
	const char *en, *de;
};

/*
 * What we show instead of ISO's name, which sorts well and reads badly ("Virgin Islands, British").
 * The last two are not in ISO 3166-1: XK is the user-assigned code for Kosovo that the EU's
 * institutions use; AN was withdrawn in 2010 (ISO 3166-3) but published reports still have the row.
 */
static const struct spelling shown[] = {
    {"BN", "Brunei", "Brunei"},
    {"CD", "Congo (Democratic Republic)", "Kongo (Demokratische Republik)"},
    {"CG", "Congo (Republic)", "Kongo (Republik)"},
    {"FK", "Falkland Islands", "Falklandinseln"},
    {"FM", "Micronesia", "Mikronesien"},
    {"MF", "Saint Martin (French part)", "Saint-Martin (französischer Teil)"},
    {"PS", "Palestine", "Palästina"},
    {"RU", "Russia", "Russland"},
    {"SX", "Sint Maarten (Dutch part)", "Sint Maarten (niederländischer Teil)"},
    {"VA", "Vatican City", "Vatikanstadt"},
    {"VG", "British Virgin Islands", "Britische Jungferninseln"},
    {"VI", "US Virgin Islands", "Amerikanische Jungferninseln"},
    {"XK", "Kosovo", "Kosovo"},
    {"AN", "Netherlands Antilles", "Niederländische Antillen"},
};

/* Other spellings met in published reports (misspellings too) and in daily use; compared without
 * case and accents, so "Turkiye" needs no entry. Separated by '|'. */
static const struct {
	char code[3];
	const char *names;
} alias[] = {
    {"AE", "UAE|Emirates"},
    {"AG", "Antigua|Antigua & Barbuda"},
    {"AX", "Åland|Aland Islands"},
    {"BA", "Bosnia|Bosnia & Herzegovina|Bosnien|Bosnien-Herzegowina"},
    {"BL", "St. Barthélemy|St Barthelemy"},
    {"BN", "Brunei Darussalam"},
    {"BO", "Bolivia (Plurinational State of)"},
    {"BQ", "Bonaire|Caribbean Netherlands|Bonaire, St. Eustatius and Saba"},
    {"BS", "The Bahamas|Bahamas, The"},
    {"BY", "Weißrussland|Weissrussland"},
    {"CC", "Cocos Islands|Keeling Islands|Cocos (Keeling) Islands (the)"},
    {"CD", "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|"
	   "Congo, Democratic Republic of the|Congo (Democratic Republic of the)|"
	   "Congo, The Democratic Republic of the Congo|Congo-Kinshasa|Congo - Kinshasa|"
	   "Congo; Democratic Republic of (was Zaire)"},
    {"CG", "Republic of the Congo|Congo, Republic of the|Congo-Brazzaville|Congo - Brazzaville|"
	   "Republik Kongo|Congo; People's Republic of"},
    {"CH", "Swiss Confederation"},
    {"CI", "Ivory Coast|Cote d'Ivoire|Côte d’Ivoire|Elfenbeinküste"},
    {"CN", "People's Republic of China|PR China|China, People's Republic of"},
    {"CV", "Cape Verde"},
    {"CZ", "Czech Republic|The Czech Republic|Tschechische Republik"},
    {"DE", "Federal Republic of Germany|Bundesrepublik Deutschland"},
    {"FK", "Falkland Islands (Islas Malvinas)|Islas Malvinas"},
    {"FM", "Federated States of Micronesia|Micronesia (Federated States of)"},
    {"FO", "Faeroe Islands"},
    {"GB", "UK|U.K.|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|"
	   "Großbritannien|Grossbritannien"},
    {"GM", "The Gambia|Gambia, The"},
    {"GP", "Guadaloupe"},
    {"GR", "EL|Hellas"},
    {"GS", "South Georgia|South Georgia & South Sandwich Islands"},
    {"HK", "Hong Kong SAR|Hong Kong SAR China|Hong Kong (SAR)|Hong-Kong"},
    {"HM", "Heard Island & McDonald Islands|Heard & McDonald Islands"},
    {"IE", "Republic of Ireland|Eire"},
    {"IO", "British Indian Ocean"},
    {"IR", "Islamic Republic of Iran|Iran (Islamic Republic of)"},
    {"KN", "St. Kitts and Nevis|St. Kitts & Nevis|Saint Kitts & Nevis"},
    {"KP", "Democratic People's Republic of Korea|DPRK|Korea, North|"
	   "Korea (Democratic People's Republic of)"},
    {"KR", "Korea|Republic of Korea|Korea (Republic of)|Korea Republic Of|Korea, South|"
	   "Korea (South)|ROK"},
    {"LA", "Lao PDR|Lao"},
    {"LC", "St. Lucia|St Lucia"},
    {"MD", "Republic of Moldova|Moldova (Republic of)|Moldawien|Republik Moldau"},
    {"MF", "Saint Martin|St. Martin"},
    {"MK", "Macedonia|FYROM|Republic of North Macedonia|The former Yugoslav Republic of Macedonia|"
	   "Macedonia, the former Yugoslav Republic of|Macedonia (FYROM)|Mazedonien"},
    {"MM", "Burma|Myanmar (Burma)|Birma"},
    {"MO", "Macau|Macao SAR|Macau SAR|Macao SAR China"},
    {"MV", "The Maldives"},
    {"NL", "The Netherlands|Netherlands, The|Holland|Netherlands (Kingdom of the)"},
    {"PH", "The Philippines"},
    {"PM", "St. Pierre and Miquelon|St. Pierre & Miquelon|Saint Pierre & Miquelon"},
    {"PN", "Pitcairn Islands"},
    {"PS", "Palestinian Territories|Palestinian Territory|State of Palestine|"
	   "Palestinian Territory, Occupied|Occupied Palestinian Territory"},
    {"RU", "Russian Fed.|Rußland"},
    {"SH", "Saint Helena|St. Helena"},
    {"SJ", "Svalbard|Svalbard & Jan Mayen"},
    {"SK", "Slovak Republic|Slowakische Republik"},
    {"ST", "Sao Tome|Sao Tome & Principe|São Tomé & Príncipe"},
    {"SX", "Sint Maarten|St. Maarten|Saint Maarten"},
    {"SY", "Syrian Arab Rep."},
    {"SZ", "Swaziland|Swasiland"},
    {"TC", "Turks & Caicos Islands|Turks and Caicos"},
    {"TL", "East Timor|Osttimor"},
    {"TR", "Turkey|Republic of Türkiye|Republic of Turkey"},
    {"TT", "Trinidad & Tobago|Trinidad"},
    {"TW", "Taiwan, ROC|Taiwan Province Of China|Chinese Taipei|Taiwan (Province of China)|"
	   "Taiwan, Republic of China"},
    {"TZ", "United Republic of Tanzania|Tanzania (United Republic of)"},
    {"UM", "U.S. Outlying Islands|US Minor Outlying Islands"},
    {"US", "USA|U.S.|U.S.A.|United States of America|The United States|"
	   "Vereinigte Staaten von Amerika"},
    {"UY", "Urugay"},
    {"VA", "Holy See|Vatican|The Holy See|Vatican City State|Vatikan|Heiliger Stuhl"},
    {"VC", "St. Vincent and the Grenadines|St. Vincent & Grenadines|St. Vincent|"
	   "Saint Vincent & the Grenadines"},
    {"VE", "Venezuala|Venezuela (Bolivarian Republic of)"},
    {"VG", "Virgin Islands (British)"},
    {"VI", "U.S. Virgin Islands|Virgin Islands (U.S.)|United States Virgin Islands"},
    {"WF", "Wallis & Futuna|Wallis and Futuna Islands"},
    {"XK", "Republic of Kosovo|Kosovo, Republic of"},
};

/* The Member States since 2020-02-01, the day after the United Kingdom left (Art. 50 TEU). */
static const char eu[] =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE "
    "SI SK";

enum { SHOWN = sizeof(shown) / sizeof(shown[0]), ALIAS = sizeof(alias) / sizeof(alias[0]) };

static const struct spelling *shown_find(struct str code)
{
	for (size_t i = 0; i < SHOWN; i++)
		if (str_is(code, shown[i].code))
			return &shown[i];
	return NULL;
}

static int row_cmp(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, str_of(((const struct land_row *)row)->code));
}

static const struct land_row *row_find(struct str code)
{
	return bsearch(&code, land_rows, land_count, sizeof(land_rows[0]), row_cmp);
}

bool land_known(struct str code)
{
	return row_find(code) != NULL || shown_find(code) != NULL;
}

struct str land_name(struct str code, const char *lang)
{
	bool de = strcmp(lang, "de") == 0;
	const struct spelling *own = shown_find(code);
	const struct land_row *row = row_find(code);

	if (!de && strcmp(lang, "en") != 0)
		return STR("");
	if (own != NULL)
		return str_of(de ? own->de : own->en);
	if (row == NULL)
		return STR("");
	return str_of(de ? row->de : row->en);
}

/*
 * The next character of *rest without case and accent; 0 at the end. The letters U+00C0 to U+00FF
 * (bytes C3 80 to C3 BF) are all that the names have beyond ASCII; those without a plain letter
 * (ae ligature, eth, sharp s, and so on) lose their case only.
 */
static unsigned plain_next(struct str *rest)
{
	static const char plain[] = "aaaaaa?ceeeeiiii?nooooo?ouuuuy??";
	unsigned ch;

	if (rest->n == 0)
		return 0;
	ch = (unsigned char)rest->p[0];
	if (ch == 0xc3 && rest->n > 1) {
		ch = ((unsigned char)rest->p[1] & 0x3fU) + 0xc0U;
		*rest = (struct str){rest->p + 2, rest->n - 2};
		if (plain[ch & 0x1f] != '?')
			return (unsigned char)plain[ch & 0x1f];
		return ch == 0xdf ? ch : ch | 0x20U;
	}
	*rest = (struct str){rest->p + 1, rest->n - 1};
	return ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch;
}

/* Neither side has a byte 0: land_find sees to it. */
static bool same(struct str a, struct str b)
{
	unsigned x, y;

	do {
		x = plain_next(&a);
		y = plain_next(&b);
	} while (x == y && x != 0);
	return x == y;
}

static bool same_z(struct str a, const char *z)
{
	return same(a, str_of(z));
}

static bool in_list(struct str name, const char *list)
{
	struct str rest = str_of(list), one;
	bool more;

	do {
		more = str_cut(rest, '|', &one, &rest);
		if (same(name, one))
			return true;
	} while (more);
	return false;
}

static const char *code_find(struct str name)
{
	for (size_t i = 0; i < SHOWN; i++)
		if (same_z(name, shown[i].code) || same_z(name, shown[i].en) ||
		    same_z(name, shown[i].de))
			return shown[i].code;
	for (size_t i = 0; i < land_count; i++)
		if (same_z(name, land_rows[i].code) || same_z(name, land_rows[i].en) ||
		    same_z(name, land_rows[i].de) || same_z(name, land_rows[i].formal_en) ||
		    same_z(name, land_rows[i].formal_de))
			return land_rows[i].code;
	for (size_t i = 0; i < ALIAS; i++)
		if (in_list(name, alias[i].names))
			return alias[i].code;
	return NULL;
}

bool land_find(struct str name, struct str *ret_code)
{
	const char *code;

	name = str_trim(name);
	/* A footnote mark: "Turkey*". */
	while (str_ends(name, "*"))
		name = str_trim((struct str){name.p, name.n - 1});
	if (name.n == 0 || str_has(name, '\0') || str_utf8_bad(name) != name.n)
		return false;
	code = code_find(name);
	if (code == NULL)
		return false;
	*ret_code = str_of(code);
	return true;
}

bool land_eu(struct str code)
{
	return str_has_word(str_of(eu), code);
}
