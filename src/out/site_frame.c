#include "out/site_frame.h"

#include "base/mem.h"
#include "out/report_chart.h"

void site_frame_open(const struct report_page *p, const struct site *s, struct str title,
    const char *up, const char *name)
{
	struct report_frame f = {.provider = s->provider,
	    .title = title,
	    .up = up,
	    .style = up,
	    .other = str_fmt(p->c, "%s%s.html", name, p->lang == REPORT_DE ? "" : ".de").p,
	    .links =
		up[0] == '\0'
		    ? "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"feed.atom\">\n"
		    : ""};

	report_page_open(p, &f);
	buf_puts(p->b, "<h1>");
	report_chart_escape(p->b, title);
	buf_puts(p->b, "</h1>\n");
}

void site_frame_close(const struct report_page *p)
{
	buf_puts(p->b, "</main>\n<footer>\n");
	report_page_close(p);
}
