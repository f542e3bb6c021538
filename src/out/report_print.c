#include "out/report_print.h"

#include "base/mem.h"
#include "os/file.h"
#include "os/spawn.h"
#include "out/report_pdf.h"
#include "out/report_xlsx.h"

static int print_in(struct ctx *c, const struct report *r, enum report_lang lang, const char *dir)
{
	const char *mark = report_text_suffix(lang);
	struct str pdf;
	int rc = report_xlsx(c, r, lang, dir, str_fmt(c, "report%s.xlsx", mark).p);

	if (rc == 0)
		rc = report_pdf(c, r, lang, &pdf);
	return rc == 0 ? file_write_atomic(c, str_fmt(c, "%s/report%s.pdf", dir, mark).p, 0644, pdf)
		       : rc;
}

int report_print(struct ctx *c, const struct report *r, const char *dir)
{
	int rc = 0;

	for (int lang = REPORT_EN; lang <= REPORT_DE && rc == 0; lang++) {
		struct mem_mark mark = mem_mark(c);

		rc = print_in(c, r, (enum report_lang)lang, dir);
		mem_reset(c, mark);
	}
	return rc;
}

int report_print_ready(struct ctx *c)
{
	struct str path;

	return spawn_helper(c, "writ-typeset", &path);
}
