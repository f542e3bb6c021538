#include "out/report_write.h"

#include "base/mem.h"
#include "os/file.h"
#include "out/report_csv.h"
#include "out/report_html.h"
#include "out/report_json.h"
#include "out/report_pdf.h"
#include "out/report_style.h"
#include "out/report_xlsx.h"

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

static int put_pdf(struct ctx *c, const struct report *r, struct buf *b)
{
	struct str pdf;
	int rc = report_pdf(c, r, REPORT_EN, &pdf);

	if (rc == 0)
		buf_put(b, pdf);
	return rc;
}

static int put_pdf_german(struct ctx *c, const struct report *r, struct buf *b)
{
	struct str pdf;
	int rc = report_pdf(c, r, REPORT_DE, &pdf);

	if (rc == 0)
		buf_put(b, pdf);
	return rc;
}

static const struct {
	const char *name;
	int (*put)(struct ctx *c, const struct report *r, struct buf *b);
} files[] = {{"style.css", put_style}, {"figures.csv", report_csv}, {"figures.json", report_json},
    {"report.pdf", put_pdf}, {"report.de.pdf", put_pdf_german}, {"index.de.html", put_german},
    {"index.html", report_html}};

static int write_books(struct ctx *c, const struct report *r, const char *dir)
{
	struct mem_mark mark = mem_mark(c);
	int rc = report_xlsx(c, r, REPORT_EN, dir, "report.xlsx");

	if (rc == 0)
		rc = report_xlsx(c, r, REPORT_DE, dir, "report.de.xlsx");
	mem_reset(c, mark);
	return rc;
}

int report_write(struct ctx *c, const struct report *r, const char *dir)
{
	int rc = file_mkdirs(c, dir, 0755);

	if (rc == 0)
		rc = write_books(c, r, dir);
	for (size_t i = 0; i < sizeof files / sizeof files[0] && rc == 0; i++) {
		struct mem_mark mark = mem_mark(c);
		struct buf b = buf_init(c, REPORT_MAX);

		rc = files[i].put(c, r, &b);
		if (rc == 0)
			rc = file_write_atomic(
			    c, str_fmt(c, "%s/%s", dir, files[i].name).p, 0644, buf_str(&b));
		mem_reset(c, mark);
	}
	return rc;
}
