/*
 * Feeds files to a fuzz target, one after the other, and says "ok NAME FILE" for each: how the
 * seeds are tried again in every check, under the sanitizers and without libFuzzer. A property that
 * breaks ends the process; the file is named before it is tried.
 *
 *   build/san/fuzz/NAME FILE...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static int replay(const char *program, const char *path, uint8_t *buffer)
{
	const char *name = strrchr(program, '/'), *seed = strrchr(path, '/');
	FILE *f = fopen(path, "rb");
	uint8_t *exact;
	size_t n;

	name = name == NULL ? program : name + 1;
	seed = seed == NULL ? path : seed + 1;
	if (f == NULL) {
		(void)printf("not ok %s %s: cannot open\n", name, seed);
		return 1;
	}
	n = fread(buffer, 1, SEED_MAX, f);
	(void)fclose(f);
	(void)fprintf(stderr, "fuzz: %s\n", path);
	/* a block of just this size, so that reading past its end is seen; none is no pointer's end
	 */
	exact = malloc(n > 0 ? n : 1);
	if (exact == NULL)
		return 1;
	memcpy(exact, buffer, n);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	(void)printf("ok %s %s\n", name, seed);
	(void)fflush(stdout);
	return 0;
}

int main(int argc, char **argv)
{
	uint8_t *buffer = malloc(SEED_MAX);
	int bad = buffer == NULL || argc < 2;

	for (int i = 1; i < argc && buffer != NULL; i++)
		bad |= replay(argv[0], argv[i], buffer);
	free(buffer);
	return bad;
}
