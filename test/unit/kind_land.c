#include "kind/land.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "kind/land_p.h"

static void finds(const char *name, const char *want)
{
	struct str code = STR("");

	if (!land_find(str_of(name), &code) || !str_is(code, want))
		fail_msg("\"%s\" is \"%.*s\", want \"%s\"", name, STR_ARG(code), want);
}

/* Every row: sorted, complete, found by all its names, and no name belongs to two countries. */
static void test_table(void **state)
{
	(void)state;
	assert_true(land_count >= 249);
	for (size_t i = 0; i < land_count; i++) {
		const struct land_row *r = &land_rows[i];
		struct str code = str_of(r->code);

		assert_int_equal(strlen(r->code), 2);
		if (i > 0)
			assert_true(strcmp(land_rows[i - 1].code, r->code) < 0);
		assert_true(land_known(code));
		assert_true(land_name(code, "en").n > 0 && land_name(code, "de").n > 0);
		assert_true(land_name(code, "fr").n == 0);
		assert_int_equal(str_utf8_bad(land_name(code, "de")), land_name(code, "de").n);
		finds(r->code, r->code);
		finds(r->en, r->code);
		finds(r->de, r->code);
		finds(r->formal_en, r->code);
		if (r->formal_de[0] != '\0')
			finds(r->formal_de, r->code);
		finds(land_name(code, "en").p, r->code);
		finds(land_name(code, "de").p, r->code);
		for (size_t j = 0; j < i; j++) {
			assert_false(str_eq(
			    land_name(str_of(land_rows[j].code), "en"), land_name(code, "en")));
			assert_false(str_eq(
			    land_name(str_of(land_rows[j].code), "de"), land_name(code, "de")));
		}
	}
}

static void test_names(void **state)
{
	static const struct {
		const char *code, *en, *de;
	} v[] = {
	    {"DE", "Germany", "Deutschland"},
	    {"KR", "South Korea", "Südkorea"},
	    {"KP", "North Korea", "Nordkorea"},
	    {"GB", "United Kingdom", "Vereinigtes Königreich"},
	    {"US", "United States", "Vereinigte Staaten"},
	    {"RU", "Russia", "Russland"},
	    {"TW", "Taiwan", "Taiwan"},
	    {"TR", "Türkiye", "Türkei"},
	    {"CZ", "Czechia", "Tschechien"},
	    {"VG", "British Virgin Islands", "Britische Jungferninseln"},
	    {"XK", "Kosovo", "Kosovo"},
	    {"AN", "Netherlands Antilles", "Niederländische Antillen"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		assert_str(land_name(str_of(v[i].code), "en"), v[i].en);
		assert_str(land_name(str_of(v[i].code), "de"), v[i].de);
	}
	assert_str(land_name(STR("ZZ"), "en"), "");
	assert_str(land_name(STR("de"), "en"), "");
	assert_str(land_name(STR(""), "en"), "");
	assert_str(land_name(STR("DEU"), "en"), "");
}

static void test_alias(void **state)
{
	static const struct {
		const char *name, *code;
	} v[] = {
	    {"Korea", "KR"},
	    {"Korea (Republic of)", "KR"},
	    {"Korea Republic Of", "KR"},
	    {"South Korea", "KR"},
	    {"Republic of Korea", "KR"},
	    {"North Korea", "KP"},
	    {"Russia", "RU"},
	    {"Russian Federation", "RU"},
	    {"Turkey", "TR"},
	    {"Turkey*", "TR"},
	    {"TURKIYE", "TR"},
	    {"türkei", "TR"},
	    {"Urugay", "UY"},
	    {"Venezuala", "VE"},
	    {"Macedonia", "MK"},
	    {"UK", "GB"},
	    {"USA", "US"},
	    {"EL", "GR"},
	    {"British Virgin Islands", "VG"},
	    {"Czech Republic", "CZ"},
	    {"Taiwan Province Of China", "TW"},
	    {"  germany\t", "DE"},
	    {"dE", "DE"},
	    {"ÖSTERREICH", "AT"},
	    {"österreich", "AT"},
	    {"Aland Islands", "AX"},
	    {"CURACAO", "CW"},
	    {"Niger", "NE"},
	    {"Nigeria", "NG"},
	    {"Guinea", "GN"},
	    {"Guinea-Bissau", "GW"},
	    {"Equatorial Guinea", "GQ"},
	    {"Dominica", "DM"},
	    {"Dominican Republic", "DO"},
	    {"Republic of the Congo", "CG"},
	    {"Democratic Republic of the Congo", "CD"},
	    {"Georgia", "GE"},
	    {"South Georgia and the South Sandwich Islands", "GS"},
	    {"Ireland", "IE"},
	    {"Samoa", "WS"},
	    {"American Samoa", "AS"},
	    {"Swaziland", "SZ"},
	    {"no", "NO"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		finds(v[i].name, v[i].code);
}

static void test_none(void **state)
{
	static const char *const v[] = {"", " ", "*", "TOTAL", "Germ", "Germanyy", "Deutsch land",
	    "ZZ", "D", "DEU|", "|", "Korea|Republic of Korea", "EU", "German\xc3", "\xc3",
	    ("Germ\xc3"
	     "any"), /* no UTF-8, though the first byte of an accented letter */
	    "\xff\xfe", "Turkey**x", "Côte d", "ßermany"};
	struct str code = STR("kept");

	(void)state;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		if (land_find(str_of(v[i]), &code))
			fail_msg("\"%s\" was found", v[i]);
	assert_false(land_find((struct str){"Germany\0", 8}, &code));
	assert_false(land_find((struct str){NULL, 0}, &code));
	assert_str(code, "kept");
	assert_false(land_known(STR("de")));
	assert_false(land_known(STR("")));
	assert_false(land_known(STR("ZZ")));
	assert_false(land_known(STR("DE ")));
}

static void test_eu(void **state)
{
	int n = 0;

	(void)state;
	for (size_t i = 0; i < land_count; i++)
		n += land_eu(str_of(land_rows[i].code));
	assert_int_equal(n, 27);
	assert_true(land_eu(STR("DE")) && land_eu(STR("HR")) && land_eu(STR("GR")));
	assert_false(land_eu(STR("GB")) || land_eu(STR("NO")) || land_eu(STR("CH")));
	assert_false(land_eu(STR("EL")) || land_eu(STR("")) || land_eu(STR("AT BE")));
}

/* ---- the published reports ---- */

enum { LINE = 1 << 14 };

/* Field number `want` of a CSV line; quotes as RFC 4180, no line breaks in fields before it. */
static bool field(const char *line, int want, char *out, size_t size)
{
	size_t n = 0;
	bool quoted = false;

	for (int at = 0; *line != '\0' && *line != '\r' && *line != '\n'; line++) {
		if (*line == '"')
			quoted = !quoted;
		else if (*line == ',' && !quoted)
			at++;
		else if (at == want && n + 1 < size)
			out[n++] = *line;
		if (at > want)
			break;
	}
	out[n] = '\0';
	return n > 0;
}

/* Rows are taken where column `key` is `value` (all if key < 0). Returns the number of names tried.
 */
static int check_file(const char *dir, const char *name, int column, int key, const char *value)
{
	static char line[LINE];
	char path[512], text[256], mark[256];
	int tried = 0, bad = 0;
	struct str code;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/data/%s", dir, name);
	f = fopen(path, "r");
	if (f == NULL)
		fail_msg("%s is missing in the shared folder", name);
	if (fgets(line, sizeof(line), f) == NULL) /* the header */
		fail_msg("%s is empty", name);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (key >= 0 && (!field(line, key, mark, sizeof(mark)) || strcmp(mark, value) != 0))
			continue;
		if (!field(line, column, text, sizeof(text)) || strcmp(text, "TOTAL") == 0)
			continue;
		/* Rows of Snap's that are no country, and must not become one. */
		if (strcmp(text, "European Union") == 0 || strcmp(text, "Unknown") == 0) {
			assert_false(land_find(str_of(text), &code));
			continue;
		}
		tried++;
		if (!land_find(str_of(text), &code)) {
			print_error("%s: no country \"%s\"\n", name, text);
			bad++;
		} else if (strcmp(text, "North Korea") == 0) {
			assert_str(code, "KP");
		}
	}
	(void)fclose(f);
	assert_int_equal(bad, 0);
	return tried;
}

static void test_reports(void **state)
{
	const char *dir = getenv("WRIT_SHARED");
	struct stat st;

	(void)state;
	if (dir == NULL)
		dir = "../shared";
	if (stat(dir, &st) != 0) {
		print_message("skipped: the shared folder with published reports is absent\n");
		skip();
	}
	assert_true(check_file(dir, "microsoft-2013H1.csv", 2, -1, NULL) > 100);
	assert_int_equal(check_file(dir, "microsoft-2012-by-country.csv", 0, -1, NULL), 49);
	assert_true(check_file(dir, "cisco-2022H1-demands.csv", 3, -1, NULL) > 5);
	assert_true(check_file(dir, "meta-2022H2.csv", 0, -1, NULL) > 200);
	assert_true(check_file(dir, "snap-2022H1.csv", 3, 2, "Country / Region") > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_alias),
	    cmocka_unit_test(test_none),
	    cmocka_unit_test(test_eu),
	    cmocka_unit_test(test_reports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
