/* A draft as the public will see it: the files of the report, marked as a draft, in the browser. */
#include "web/account.h"

#include "out/report_csv.h"
#include "out/report_html.h"
#include "out/report_json.h"
#include "out/report_style.h"

static int put_german(struct ctx *c, const struct report *r, struct buf *b)
{
	return report_html_in(c, r, REPORT_DE, b);
}

static int put_style(struct ctx *c, const struct report *r, struct buf *b)
{
	(void)c;
	(void)r;
	report_style(b);
	return 0;
}

/* PDF and workbooks are set by programs of their own, when it is published. */
static const struct {
	const char *name, *type;
	int (*put)(struct ctx *c, const struct report *r, struct buf *b);
} files[] = {{"index.html", "text/html; charset=utf-8", report_html},
    {"index.de.html", "text/html; charset=utf-8", put_german},
    {"style.css", "text/css; charset=utf-8", put_style},
    {"figures.csv", "text/csv; charset=utf-8", report_csv},
    {"figures.json", "application/json", report_json}};

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
	return files[i].put(ask->c, &r, &a->body);
}
