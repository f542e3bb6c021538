#include "out/report_write.h"

#include "base/mem.h"
#include "os/file.h"
#include "out/report_csv.h"
#include "out/report_html.h"
#include "out/report_json.h"
#include "out/report_print.h"
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

static const struct {
	const char *name;
	int (*put)(struct ctx *c, const struct report *r, struct buf *b);
} files[] = {{"style.css", put_style}, {"figures.csv", report_csv}, {"figures.json", report_json},
    {"index.de.html", put_german}, {"index.html", report_html}};

int report_file(struct ctx *c, const struct report *r, const char *name, struct buf *b)
{
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (strcmp(files[i].name, name) == 0)
			return files[i].put(c, r, b);
	return err_set(c, ERR_NOTFOUND, "a report has no such file");
}

int report_write(struct ctx *c, const struct report *r, const char *dir)
{
	int rc = file_mkdirs(c, dir, 0755);

	if (rc == 0)
		rc = report_print(c, r, dir);
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
