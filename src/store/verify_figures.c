/* The figures of editions: their rows have no entry each, the edition's row holds their hash. */
#include "store/verify_p.h"

#include "base/mem.h"
#include "stat/figure.h"

static int take_figure(struct ctx *c, const struct db_val *row, void *arg)
{
	struct figures *f = arg;
	struct figure x = {str_make(c, row[0].s), str_make(c, row[1].s), str_make(c, row[2].s),
	    str_make(c, row[3].s), row[4].num, row[5].num, str_make(c, row[6].s), FIGURE_UNKNOWN};

	/* a word that is none makes another hash */
	(void)figure_status_find(row[7].s, &x.status);
	figure_add(c, f, x);
	return 0;
}

static int take_edition(struct ctx *c, const struct db_val *row, void *arg)
{
	struct verify_work *w = arg;
	struct mem_mark mark = mem_mark(c);
	struct period period = {db_get_day(row[2]), db_get_day(row[3])};
	struct figures f = {0};
	struct str text;
	struct buf b;
	struct hash h;
	int rc = db_each(c, w->db, SQL_FIGURE_EACH, DB_ARGS(db_int(row[0].num)), take_figure, &f);

	if (rc != 0)
		return rc;
	figure_sort(&f);
	b = buf_init(c, FIGURES_CSV_MAX);
	figure_put_csv(&b, period_str(c, period), &f);
	rc = buf_end(&b, "figures", &text);
	if (rc != 0)
		return rc;
	h = hash_of(text);
	if (!str_eq(hash_str(&h), row[8].s))
		verify_add(w->v,
		    "edition %lld (%.*s, version %lld): its figures are not those of its hash",
		    (long long)row[0].num, STR_ARG(period_str(c, period)), (long long)row[4].num);
	mem_reset(c, mark);
	return 0;
}

int verify_figures(struct ctx *c, struct verify_work *w)
{
	return db_each(c, w->db, SQL_EDITION_EACH, DB_NO_ARGS, take_edition, w);
}
