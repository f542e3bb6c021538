/*
 * How numbers, days, instants and spans of time are written in English and German, taken from ICU
 * (the data of CLDR) at build time, so that the program needs no ICU as it runs:
 *
 *   icu_table >lang_num_gen.c
 *
 * English is that of Great Britain (31 January 2013, 09:00), as in the public reports. The test
 * test/unit/web_lang_num.c compares what is made of the table with ICU itself.
 */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

static const char *const locales[] = {"en_GB", "de"};

enum { MOST = 256 };

static void must(UErrorCode e, const char *what)
{
	if (U_SUCCESS(e))
		return;
	fprintf(stderr, "icu_table: %s: %s\n", what, u_errorName(e));
	exit(1);
}

/* A C string; octal, so that no byte is taken with those after it. */
static void put(const UChar *u, int32_t n, const char *after)
{
	char z[MOST * 4];
	int32_t size;
	UErrorCode e = U_ZERO_ERROR;

	u_strToUTF8(z, sizeof z, &size, u, n, &e);
	must(e, "text");
	putchar('"');
	for (int32_t i = 0; i < size; i++)
		if ((unsigned char)z[i] < 32 || (unsigned char)z[i] > 126 || z[i] == '"' ||
		    z[i] == '\\' || z[i] == '?')
			printf("\\%03o", (unsigned char)z[i]);
		else
			putchar(z[i]);
	printf("\"%s", after);
}

static void symbol(const UNumberFormat *f, UNumberFormatSymbol which)
{
	UChar u[MOST];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = unum_getSymbol(f, which, u, MOST, &e);

	must(e, "symbol");
	put(u, n, ", ");
}

static void numbers(const char *locale)
{
	UErrorCode e = U_ZERO_ERROR;
	UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &e);

	must(e, locale);
	if (unum_getAttribute(f, UNUM_GROUPING_SIZE) != 3 ||
	    unum_getAttribute(f, UNUM_MINIMUM_GROUPING_DIGITS) > 1) {
		fprintf(stderr, "icu_table: %s: groups are not of three\n", locale);
		exit(1);
	}
	printf("\t/* group, decimal, minus */\n\t");
	symbol(f, UNUM_GROUPING_SEPARATOR_SYMBOL);
	symbol(f, UNUM_DECIMAL_SEPARATOR_SYMBOL);
	symbol(f, UNUM_MINUS_SIGN_SYMBOL);
	putchar('\n');
	unum_close(f);
}

static void names(const UDateFormat *f, UDateFormatSymbolType type, int from, int n)
{
	printf("\t{");
	for (int i = from; i < from + n; i++) {
		UChar u[MOST];
		UErrorCode e = U_ZERO_ERROR;
		int32_t len = udat_getSymbols(f, type, i, u, MOST, &e);

		must(e, "name");
		put(u, len, i + 1 < from + n ? ", " : "");
	}
	printf("},\n");
}

static void pattern(UDateTimePatternGenerator *g, const char *skeleton)
{
	UChar s[MOST], u[MOST];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n;

	u_uastrcpy(s, skeleton);
	n = udatpg_getBestPattern(g, s, -1, u, MOST, &e);
	must(e, skeleton);
	printf("\t/* %s */ ", skeleton);
	put(u, n, ",\n");
}

static void dates(const char *locale)
{
	UErrorCode e = U_ZERO_ERROR;
	UDateFormat *f = udat_open(UDAT_LONG, UDAT_LONG, locale, NULL, 0, NULL, 0, &e);
	UDateTimePatternGenerator *g = udatpg_open(locale, &e);

	must(e, locale);
	names(f, UDAT_MONTHS, 0, 12);
	names(f, UDAT_SHORT_MONTHS, 0, 12);
	names(f, UDAT_SHORT_WEEKDAYS, 1, 7); /* Sunday is 1 */
	pattern(g, "yMMMd");
	pattern(g, "yMMMMd");
	pattern(g, "yMMMEd");
	pattern(g, "yMMMdHm");
	pattern(g, "yMMMdHmO");
	udat_close(f);
	udatpg_close(g);
}

/* "in 2 hours": the number as {0}; past and future, one and many. */
static void span(URelativeDateTimeFormatter *r, URelativeDateTimeUnit unit)
{
	static const double values[] = {-1, -2, 1, 2};

	printf("\t\t{");
	for (int i = 0; i < 4; i++) {
		UChar u[MOST], with[MOST];
		UErrorCode e = U_ZERO_ERROR;
		int32_t n = ureldatefmt_formatNumeric(r, values[i], unit, u, MOST, &e), k = 0;

		must(e, "span");
		for (int32_t j = 0; j < n; j++) {
			bool digit = u[j] >= u'0' && u[j] <= u'9';

			if (digit)
				with[k++] = u'{';
			with[k++] = digit ? u'0' : u[j];
			if (digit)
				with[k++] = u'}';
		}
		put(with, k, i < 3 ? ", " : "");
	}
	printf("},\n");
}

static void spans(const char *locale)
{
	static const URelativeDateTimeUnit units[] = {
	    UDAT_REL_UNIT_MINUTE, UDAT_REL_UNIT_HOUR, UDAT_REL_UNIT_DAY};
	UErrorCode e = U_ZERO_ERROR;
	URelativeDateTimeFormatter *r =
	    ureldatefmt_open(locale, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &e);
	UChar u[MOST];
	int32_t n = ureldatefmt_format(r, 0, UDAT_REL_UNIT_SECOND, u, MOST, &e);

	must(e, locale);
	printf("\t/* now; minutes, hours, days: one past, many past, one to come, many to come "
	       "*/\n\t");
	put(u, n, ",\n\t{\n");
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		span(r, units[i]);
	printf("\t}\n");
	ureldatefmt_close(r);
}

int main(void)
{
	printf("/* Made by tools/icu_table from ICU %s. Do not edit. */\n"
	       "#include \"web/lang_num_p.h\"\nconst struct lang_num_form lang_num_forms[] = {\n",
	    U_ICU_VERSION);
	for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
		printf("{\t/* %s */\n", locales[i]);
		numbers(locales[i]);
		dates(locales[i]);
		spans(locales[i]);
		printf("},\n");
	}
	printf("};\n");
	return ferror(stdout) != 0 || fflush(stdout) != 0;
}
