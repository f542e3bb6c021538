/* How fast a stream is sealed, without a database: usage: seal_times KEYFILE FILE [OUT]. FILE goes
 * into an archive, its plain text and the sealed bytes are hashed on the way as in a production,
 * and what comes out goes to OUT, synced, or to /dev/null. Prints the seconds. */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>

#include "os/file.h"
#include "out/archive.h"
#include "out/seal.h"

static int put_hash(struct archive *a, void *arg)
{
	(void)arg;
	archive_text(a, STR("manifest.json"), hash_hex(a->c, a->files[0].sha256));
	return 0;
}

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct produce_file f = {.item = 1, .name = STR("files/item-001")};
	struct archive a = {.files = &f, .n = 1, .last = put_hash};
	struct seal_made made;
	struct seal_key key;
	struct str text;
	double begin;
	int rc, fd = open(argc == 4 ? argv[3] : "/dev/null",
		    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (argc < 3 || argc > 4 || fd < 0)
		return 64;
	ctx_open(&a.c);
	f.path = str_of(argv[2]);
	rc = file_read(a.c, argv[1], SEAL_KEY_MAX, &text);
	if (rc == 0)
		rc = seal_key_read(a.c, text, (struct instant){ctx_now(a.c)}, &key);
	if (rc == 0)
		rc = archive_measure(a.c, &f);
	begin = now();
	archive_begin(&a);
	if (rc == 0)
		rc = seal_run(a.c, &key, archive_next, &a, fd, &made);
	archive_end(&a);
	if (rc == 0)
		(void)printf("%.3f\n", now() - begin);
	else
		(void)fprintf(stderr, "seal_times: %s\n", err_text(a.c));
	ctx_close(&a.c);
	return rc == 0 ? 0 : 1;
}
