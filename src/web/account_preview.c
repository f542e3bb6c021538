/* A draft as the public will see it: the files of the report, marked as a draft, in the browser. */
#include "web/account.h"

#include "out/report_write.h"

/* PDF and workbooks are set by programs of their own, when it is published. */
static const struct {
	const char *name, *type;
} files[] = {{"index.html", "text/html; charset=utf-8"},
    {"index.de.html", "text/html; charset=utf-8"}, {"style.css", "text/css; charset=utf-8"},
    {"figures.csv", "text/csv; charset=utf-8"}, {"figures.json", "application/json"}};

int account_preview(struct route_ask *ask, struct answer *a)
{
	struct edition e;
	struct report r;
	size_t i = 0;
	int rc = account_named(ask, &e);

	while (i < sizeof files / sizeof files[0] && !str_is(ask->parts[1], files[i].name))
		i++;
	if (rc == 0 && i == sizeof files / sizeof files[0])
		rc = err_set(ask->c, ERR_NOTFOUND, "a preview has no such file");
	if (rc == 0)
		rc = report_look(ask->c, ask->in, &e, &r);
	if (rc != 0)
		return rc;
	a->type = files[i].type;
	return report_file(ask->c, &r, files[i].name, &a->body);
}
