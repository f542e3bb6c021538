/* Which paths are files of the public site; that all it writes are, the story of the server shows.
 */
#include "check.h"

#include "out/site.h"

static void test_files(void **state)
{
	static const char *const good[] = {"index.html", "index.de.html", "style.css", "feed.atom",
	    "statement.html", "statement.de.html", "country/DE.html", "country/US.de.html",
	    "edition/2013H1.2/index.html", "edition/2013H1.2/figures.csv",
	    "edition/2026H2.10/report.de.pdf", "edition/2026H2.1/changes.json"};
	static const char *const bad[] = {"", "/", "index.htm", "Index.html", "index.html/",
	    "a.html", ".index.html", "edition", "edition/", "edition/x", "edition/2013H1.2",
	    "edition/2013H1.2/", "edition/2013H1.2/x.html", "edition/../index.html",
	    "edition/./index.html", "edition//index.html", "edition/2013H1.2/a/index.html",
	    "edition/x/index.html", "country/DE", "country/de.html", "country/DEU.html",
	    "country/DE.fr.html", "country/../index.html", "country/D/.html", "country/DE.html/x",
	    "statement/index.html"};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (site_file(str_of(good[i])) == NULL)
			fail_msg("%s is none", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (site_file(str_of(bad[i])) != NULL)
			fail_msg("%s is one", bad[i]);
	assert_null(site_file((struct str){"index.html\0", 11}));
	assert_null(site_file((struct str){"edition/2\0/index.html", 21}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_files)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
