/*
 * What one file of an edition costs, for tools/bench.sh, without the start of a process and the
 * reading of the figures:
 *
 *   format_times DIR EDITION xlsx|pdf ROUNDS OUT
 *
 * writes the file in English ROUNDS times into the folder OUT and prints "WALL CPU": the seconds of
 * one, the processor's with those of the helper that it started.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/mem.h"
#include "os/file.h"
#include "out/report_pdf.h"
#include "out/report_xlsx.h"

enum { ROUNDS_MAX = 1000 };

static double of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double wall(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		abort();
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu(void)
{
	struct rusage own, child;

	if (getrusage(RUSAGE_SELF, &own) != 0 || getrusage(RUSAGE_CHILDREN, &child) != 0)
		abort();
	return of(own.ru_utime) + of(own.ru_stime) + of(child.ru_utime) + of(child.ru_stime);
}

static int write_one(struct ctx *c, const struct report *r, bool pdf, const char *out)
{
	struct str bytes;
	int rc;

	if (!pdf)
		return report_xlsx(c, r, REPORT_EN, out, "one.xlsx");
	rc = report_pdf(c, r, REPORT_EN, &bytes);
	return rc == 0 ? file_write_atomic(c, str_fmt(c, "%s/one.pdf", out).p, 0644, bytes) : rc;
}

static int work(struct ctx *c, char **argv, int64_t rounds)
{
	struct instance *in;
	struct edition e;
	struct report r;
	double from_wall, from_cpu;
	int rc = instance_open(c, str_of(argv[1]), SQL_ROLE_CLI, &in);

	if (rc == 0)
		rc = edition_find(c, in, str_of(argv[2]), &e);
	if (rc == 0)
		rc = report_load(c, in, &e, &r);
	from_wall = wall();
	from_cpu = cpu();
	for (int64_t i = 0; i < rounds && rc == 0; i++) {
		struct mem_mark mark = mem_mark(c);

		rc = write_one(c, &r, strcmp(argv[3], "pdf") == 0, argv[5]);
		mem_reset(c, mark);
	}
	if (rc == 0)
		(void)printf("%.6f %.6f\n", (wall() - from_wall) / (double)rounds,
		    (cpu() - from_cpu) / (double)rounds);
	return rc;
}

int main(int argc, char **argv)
{
	struct ctx *c;
	int64_t rounds = 0;
	int rc;

	if (argc != 6 || (strcmp(argv[3], "xlsx") != 0 && strcmp(argv[3], "pdf") != 0) ||
	    !str_i64(str_of(argv[4]), &rounds) || rounds < 1 || rounds > ROUNDS_MAX) {
		(void)fprintf(stderr, "usage: format_times DIR EDITION xlsx|pdf ROUNDS OUT\n");
		return 64;
	}
	ctx_open(&c);
	rc = work(c, argv, rounds);
	if (rc != 0)
		(void)fprintf(stderr, "format_times: %s\n", err_text(c));
	ctx_close(&c);
	return err_exit_code(rc);
}
