/*
 * writ-solve: one question of the disclosure audit to solvers of linear programs (Clp) and of whole
 * numbers (Cbc; both COIN-OR, under the Eclipse Public License: therefore a program of its own, and
 * never part of writ).
 *
 * Reads a question on standard input and writes an answer to standard output, both as in
 * SPEC.md 7.1: a point and factors for the rows, rounded to whole numbers. The only place where
 * Writ computes in floating point. Nothing it says is believed: writ puts points into every row and
 * follows sums of rows with whole numbers. It starts in a box, with limited time. Exit status 1: no
 * answer.
 */
#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VARS_MAX = 50001, ROWS_MAX = 100001, TERMS_MAX = 4097, FACTOR = 1000000 };
enum { TOTAL_MAX = 2000000, WHOLE = 4, SECONDS = 5 };

struct problem {
	int n_vars, n_rows, n_terms, room_terms;
	long long aim;
	double *var_lo, *var_hi, *row_lo, *row_hi, *factor, *aim_row;
	CoinBigIndex *row_start;
	int *column;
};

/* A bound that no sum reaches: see MODEL_OPEN in src/audit/model.h. */
static const long long open_edge = 4000000000000000000;

static int get(long long *ret)
{
	unsigned char b[8];
	uint64_t v = 0;

	if (fread(b, 1, sizeof b, stdin) != sizeof b)
		return -1;
	for (int i = 7; i >= 0; i--)
		v = v << 8 | b[i];
	memcpy(ret, &v, sizeof v);
	return 0;
}

static void put(long long v)
{
	for (int i = 0; i < 8; i++)
		(void)putchar((int)((uint64_t)v >> 8 * i & 255));
}

static int get_count(int max, int *ret)
{
	long long v;

	if (get(&v) != 0 || v < 0 || v > max)
		return -1;
	*ret = (int)v;
	return 0;
}

static int get_edges(double *lo, double *hi)
{
	long long a, b;

	if (get(&a) != 0 || get(&b) != 0)
		return -1;
	*lo = a <= -open_edge ? -HUGE_VAL : (double)a;
	*hi = b >= open_edge ? HUGE_VAL : (double)b;
	return 0;
}

static void *room(int n, size_t size)
{
	void *p = calloc((size_t)n + 1, size);

	if (p == NULL)
		exit(1);
	return p;
}

/* Room for so many more terms. */
static void grow(struct problem *p, int more)
{
	if (p->n_terms + more <= p->room_terms)
		return;
	p->room_terms = 2 * (p->n_terms + more);
	p->column = realloc(p->column, (size_t)p->room_terms * sizeof *p->column);
	p->factor = realloc(p->factor, (size_t)p->room_terms * sizeof *p->factor);
	if (p->column == NULL || p->factor == NULL)
		exit(1);
}

static int read_row(struct problem *p, int row)
{
	int n;

	if (get_edges(&p->row_lo[row], &p->row_hi[row]) != 0 || get_count(TERMS_MAX, &n) != 0)
		return -1;
	if (p->n_terms > TOTAL_MAX)
		return -1;
	grow(p, n);
	p->row_start[row] = p->n_terms;
	for (int i = 0; i < n; i++) {
		long long factor;

		if (get_count(p->n_vars - 1, &p->column[p->n_terms]) != 0 || get(&factor) != 0)
			return -1;
		p->factor[p->n_terms++] = (double)factor;
	}
	p->row_start[row + 1] = p->n_terms;
	return 0;
}

static int read_problem(struct problem *p)
{
	char mark[8];

	if (fread(mark, 1, sizeof mark, stdin) != sizeof mark || memcmp(mark, "WSOLVE1\n", 8) != 0)
		return -1;
	if (get_count(VARS_MAX, &p->n_vars) != 0 || get_count(ROWS_MAX, &p->n_rows) != 0 ||
	    get(&p->aim) != 0 || p->n_vars < 1)
		return -1;
	p->var_lo = room(p->n_vars, sizeof(double));
	p->var_hi = room(p->n_vars, sizeof(double));
	p->aim_row = room(p->n_vars, sizeof(double));
	p->row_lo = room(p->n_rows, sizeof(double));
	p->row_hi = room(p->n_rows, sizeof(double));
	p->row_start = room(p->n_rows, sizeof(CoinBigIndex));
	for (int i = 0; i < p->n_vars; i++)
		if (get_edges(&p->var_lo[i], &p->var_hi[i]) != 0)
			return -1;
	for (int r = 0; r < p->n_rows; r++)
		if (read_row(p, r) != 0)
			return -1;
	/* the value asked about stands last */
	p->aim_row[p->n_vars - 1] = (p->aim & ~WHOLE) == 0 ? 0 : 1;
	return getchar() == EOF ? 0 : -1;
}

/* Clp takes columns; the rows are given one by one. */
static Clp_Simplex *model_of(const struct problem *p)
{
	Clp_Simplex *m = Clp_newModel();

	Clp_setLogLevel(m, 0);
	Clp_resize(m, 0, p->n_vars);
	for (int i = 0; i < p->n_vars; i++) {
		Clp_columnLower(m)[i] = p->var_lo[i];
		Clp_columnUpper(m)[i] = p->var_hi[i];
		Clp_objective(m)[i] = p->aim_row[i];
	}
	Clp_addRows(m, p->n_rows, p->row_lo, p->row_hi, p->row_start, p->column, p->factor);
	Clp_setOptimizationDirection(m, p->aim == 2 ? -1 : 1);
	return m;
}

/* Floating factors as whole ones: the smallest multiple with which all are whole, else to a
 * millionth of the largest. */
static void put_factors(const double *y, int n)
{
	double largest = 0, smallest = HUGE_VAL, times = 0;

	for (int i = 0; i < n; i++)
		largest = fmax(largest, fabs(y[i]));
	for (int i = 0; i < n; i++)
		if (fabs(y[i]) > largest * 1e-7)
			smallest = fmin(smallest, fabs(y[i]));
	for (int k = 1; largest > 0 && times == 0 && k <= 120; k++) {
		int whole = k * largest / smallest < FACTOR;

		for (int i = 0; whole && i < n; i++)
			whole = fabs(y[i] * k / smallest - nearbyint(y[i] * k / smallest)) < 1e-5;
		if (whole)
			times = k / smallest;
	}
	if (times == 0 && largest > 0)
		times = FACTOR / largest;
	for (int i = 0; i < n; i++)
		put((long long)nearbyint(y[i] * times));
}

static void put_point(const double *x, int n)
{
	for (int i = 0; i < n; i++)
		put(x != NULL && fabs(x[i]) < 1e15 ? (long long)nearbyint(x[i]) : -1);
}

/* Nothing but zeros for the rows. */
static void put_no_factors(const struct problem *p)
{
	for (int r = 0; r < p->n_rows; r++)
		put(0);
}

static void answer_linear(const struct problem *p)
{
	Clp_Simplex *m = model_of(p);
	double *ray = NULL;
	int status;

	(void)Clp_dual(m, 0);
	status = Clp_status(m);
	if (status == 1)
		ray = Clp_infeasibilityRay(m);
	put(status == 0 ? 0 : status == 1 ? 1 : 2);
	put_point(status == 0 ? Clp_primalColumnSolution(m) : NULL, p->n_vars);
	if (status == 0)
		put_factors(Clp_dualRowSolution(m), p->n_rows);
	else if (ray != NULL)
		put_factors(ray, p->n_rows);
	else
		put_no_factors(p);
}

/* ---- whole numbers ---- */

/* The rows as columns: where each begins, its rows, its factors. */
static void turn(const struct problem *p, CoinBigIndex *start, int *row, double *factor)
{
	CoinBigIndex *at = room(p->n_vars + 1, sizeof *at);

	for (int i = 0; i < p->n_terms; i++)
		start[p->column[i] + 1]++;
	for (int i = 0; i < p->n_vars; i++) {
		start[i + 1] += start[i];
		at[i] = start[i];
	}
	for (int r = 0; r < p->n_rows; r++)
		for (CoinBigIndex i = p->row_start[r]; i < p->row_start[r + 1]; i++) {
			row[at[p->column[i]]] = r;
			factor[at[p->column[i]]++] = p->factor[i];
		}
	free(at);
}

static Cbc_Model *whole_of(const struct problem *p)
{
	Cbc_Model *m = Cbc_newModel();
	CoinBigIndex *start = room(p->n_vars + 1, sizeof *start);
	int *row = room(p->n_terms, sizeof *row);
	double *factor = room(p->n_terms, sizeof *factor);

	turn(p, start, row, factor);
	Cbc_setLogLevel(m, 0);
	Cbc_loadProblem(m, p->n_vars, p->n_rows, start, row, factor, p->var_lo, p->var_hi,
	    p->aim_row, p->row_lo, p->row_hi);
	for (int i = 0; i < p->n_vars; i++)
		Cbc_setInteger(m, i);
	Cbc_setObjSense(m, (p->aim & ~WHOLE) == 2 ? -1 : 1);
	Cbc_setMaximumSeconds(m, SECONDS);
	Cbc_setAllowableGap(m, 0);
	Cbc_setAllowableFractionGap(m, 0);
	return m;
}

/* Status 3: a point, and perhaps there are better ones. */
static void answer_whole(const struct problem *p)
{
	Cbc_Model *m = whole_of(p);
	const double *x = NULL;
	int status = 2;

	(void)Cbc_solve(m);
	if (Cbc_isProvenInfeasible(m)) {
		status = 1;
	} else if (Cbc_isProvenOptimal(m) || Cbc_numberSavedSolutions(m) > 0) {
		status = Cbc_isProvenOptimal(m) ? 0 : 3;
		x = Cbc_isProvenOptimal(m) ? Cbc_getColSolution(m) : Cbc_bestSolution(m);
	}
	put(status);
	put_point(x, p->n_vars);
	put_no_factors(p);
}

int main(void)
{
	struct problem p = {0};

	if (read_problem(&p) != 0)
		return 1;
	(void)fwrite("WANSWR1\n", 1, 8, stdout);
	if ((p.aim & WHOLE) != 0)
		answer_whole(&p);
	else
		answer_linear(&p);
	return fflush(stdout) == 0 ? 0 : 1;
}
