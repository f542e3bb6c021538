/*
 * Runs a program and says what it took, finer than time(1) does:
 *
 *   timed FILE PROGRAM ARGS...
 *
 * writes "WALL CPU KB" to FILE: seconds until it ended, seconds of processor (its own and of the
 * children it waited for), and the most memory it had. Ends with its status.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ns(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		abort();
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t us(struct timeval t)
{
	return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

static int tell(const char *path, int64_t wall_ns, const struct rusage *r)
{
	int64_t cpu = us(r->ru_utime) + us(r->ru_stime), wall = wall_ns / 1000;
	FILE *f = fopen(path, "w");

	if (f == NULL)
		return -1;
	(void)fprintf(f, "%lld.%06lld %lld.%06lld %ld\n", (long long)(wall / 1000000),
	    (long long)(wall % 1000000), (long long)(cpu / 1000000), (long long)(cpu % 1000000),
	    r->ru_maxrss);
	return fclose(f);
}

int main(int argc, char **argv)
{
	struct rusage r;
	int64_t began;
	int status;
	pid_t pid;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: timed FILE PROGRAM ARGS...\n");
		return 64;
	}
	began = now_ns();
	pid = fork();
	if (pid == 0) {
		(void)execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &r) != pid ||
	    tell(argv[1], now_ns() - began, &r) != 0) {
		perror("timed");
		return 1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
