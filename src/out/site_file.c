#include "out/site.h"

/* What lies in each folder, and of which type; pages also in German. */
static const struct {
	const char *name, *type;
} top[] = {{"index.html", "text/html; charset=utf-8"},
    {"index.de.html", "text/html; charset=utf-8"}, {"statement.html", "text/html; charset=utf-8"},
    {"statement.de.html", "text/html; charset=utf-8"}, {"style.css", "text/css; charset=utf-8"},
    {"feed.atom", "application/atom+xml"}},
  edition[] = {{"index.html", "text/html; charset=utf-8"},
      {"index.de.html", "text/html; charset=utf-8"}, {"changes.html", "text/html; charset=utf-8"},
      {"changes.de.html", "text/html; charset=utf-8"}, {"style.css", "text/css; charset=utf-8"},
      {"changes.json", "application/json"}, {"figures.json", "application/json"},
      {"figures.csv", "text/csv; charset=utf-8"}, {"report.pdf", "application/pdf"},
      {"report.de.pdf", "application/pdf"},
      {"report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"report.de.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

static bool only(struct str s, const char *bytes)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || strchr(bytes, s.p[i]) == NULL)
			return false;
	return s.n > 0;
}

/* "DE.html", "DE.de.html". */
static bool is_land_page(struct str s)
{
	struct str code, rest;

	return str_cut(s, '.', &code, &rest) && code.n == 2 &&
	       only(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") &&
	       (str_is(rest, "html") || str_is(rest, "de.html"));
}

const char *site_file(struct str path)
{
	struct str folder, name, file;

	if (!str_cut(path, '/', &folder, &file)) {
		for (size_t i = 0; i < sizeof top / sizeof top[0]; i++)
			if (str_is(path, top[i].name))
				return top[i].type;
		return NULL;
	}
	if (str_is(folder, "country"))
		return is_land_page(file) ? top[0].type : NULL;
	if (!str_is(folder, "edition") || !str_cut(file, '/', &name, &file) ||
	    !only(name, "0123456789HQ.") || str_starts(name, "."))
		return NULL;
	for (size_t i = 0; i < sizeof edition / sizeof edition[0]; i++)
		if (str_is(file, edition[i].name))
			return edition[i].type;
	return NULL;
}
