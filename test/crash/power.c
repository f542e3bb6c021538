/*
 * What is on disk after the power went: out of the log that fault.c keeps of every sync, and the
 * files as the killed processes left them in the page cache.
 *
 *   power start ROOT LOG               begins the log: all that is there now is on disk
 *   power lost ROOT LOG OUT            writes the tree into OUT (which is made) as if everything
 * since the last sync of each file and folder were lost power torn ROOT LOG OUT SEED SIZE  the
 * same, but of what was not synced a random part is there, in blocks of SIZE bytes; a folder has
 * its old names or its new ones
 *
 * A file's content is on disk when the file was synced, its name when its folder was.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX = 4096, PATH = 4096 };

/* A file under its number; generation: how often the number was given away before. */
struct object {
	uint64_t ino;
	unsigned gen;
	const char *bytes;
	size_t n;
};

struct name {
	uint64_t ino;
	unsigned gen;
	bool folder;
	char text[256];
};

struct folder {
	char path[PATH]; /* below the root: "" or "/..." */
	struct name *names;
	size_t n;
};

struct disk {
	struct object objects[MAX];
	size_t n_objects;
	struct folder *folders[MAX];
	size_t n_folders;
	struct {
		uint64_t ino;
		unsigned gen;
	} gens[MAX];
	size_t n_gens;
	const char *root;
	bool torn;
	uint64_t seed;
	size_t block;
};

static _Noreturn void stop(const char *what)
{
	(void)fprintf(stderr, "power: %s: %s\n", what, strerror(errno));
	exit(2);
}

static char *slurp(const char *path, size_t *ret_n)
{
	struct stat st;
	int fd = open(path, O_RDONLY);
	char *p;
	size_t n = 0;

	if (fd < 0 || fstat(fd, &st) != 0)
		stop(path);
	p = malloc((size_t)st.st_size + 1);
	if (p == NULL)
		stop("memory");
	while (n < (size_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

		if (got <= 0)
			stop(path);
		n += (size_t)got;
	}
	(void)close(fd);
	*ret_n = n;
	return p;
}

static bool coin(struct disk *d)
{
	d->seed = d->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (d->seed >> 40 & 1) != 0;
}

/* ---- start ---- */

static void begin(FILE *log, const char *root, const char *below)
{
	char path[PATH * 2];
	struct dirent **list;
	int n;

	(void)snprintf(path, sizeof path, "%s%s", root, below);
	n = scandir(path, &list, NULL, alphasort);
	if (n < 0)
		stop(path);
	(void)fprintf(log, "D %s\n", below);
	for (int i = 0; i < n; i++)
		if (strcmp(list[i]->d_name, ".") != 0 && strcmp(list[i]->d_name, "..") != 0)
			(void)fprintf(log, "N %" PRIu64 " %c %s\n", (uint64_t)list[i]->d_ino,
			    list[i]->d_type == DT_DIR ? 'd' : 'f', list[i]->d_name);
	(void)fputs("E\n", log);
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		char one[PATH], full[PATH * 2];
		size_t size;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		(void)snprintf(one, sizeof one, "%.3000s/%s", below, name);
		if (list[i]->d_type == DT_DIR) {
			begin(log, root, one);
			continue;
		}
		(void)snprintf(full, sizeof full, "%s%s", root, one);
		char *bytes = slurp(full, &size);
		(void)fprintf(log, "S %" PRIu64 " %zu\n", (uint64_t)list[i]->d_ino, size);
		(void)fwrite(bytes, 1, size, log);
		free(bytes);
	}
}

/* ---- reading the log ---- */

static unsigned *gen_of(struct disk *d, uint64_t ino)
{
	for (size_t i = 0; i < d->n_gens; i++)
		if (d->gens[i].ino == ino)
			return &d->gens[i].gen;
	if (d->n_gens == MAX)
		stop("too many files");
	d->gens[d->n_gens].ino = ino;
	d->gens[d->n_gens].gen = 0;
	return &d->gens[d->n_gens++].gen;
}

static struct object *object_of(struct disk *d, uint64_t ino, unsigned gen)
{
	for (size_t i = 0; i < d->n_objects; i++)
		if (d->objects[i].ino == ino && d->objects[i].gen == gen)
			return &d->objects[i];
	if (d->n_objects == MAX)
		stop("too many files");
	d->objects[d->n_objects] = (struct object){ino, gen, "", 0};
	return &d->objects[d->n_objects++];
}

static struct folder *folder_of(struct disk *d, const char *path, bool make)
{
	for (size_t i = 0; i < d->n_folders; i++)
		if (strcmp(d->folders[i]->path, path) == 0)
			return d->folders[i];
	if (!make)
		return NULL;
	if (d->n_folders == MAX)
		stop("too many folders");
	struct folder *f = calloc(1, sizeof *f);
	if (f == NULL)
		stop("memory");
	(void)snprintf(f->path, sizeof f->path, "%s", path);
	d->folders[d->n_folders++] = f;
	return f;
}

static void name_add(
    struct disk *d, struct folder *f, uint64_t ino, bool is_folder, const char *text)
{
	struct name *names = realloc(f->names, (f->n + 1) * sizeof *names);

	if (names == NULL)
		stop("memory");
	f->names = names;
	names[f->n] = (struct name){ino, *gen_of(d, ino), is_folder, ""};
	(void)snprintf(names[f->n++].text, sizeof names->text, "%s", text);
}

static void read_log(struct disk *d, const char *path)
{
	size_t size, at = 0;
	char *log = slurp(path, &size);
	struct folder *f = NULL;

	while (at < size) {
		char *line = log + at, *end = memchr(line, '\n', size - at);
		uint64_t ino = end == NULL ? 0 : strtoull(line + 2, NULL, 10);
		struct object *o;

		if (end == NULL)
			break; /* the power went while it was written */
		*end = '\0';
		at += (size_t)(end - line) + 1;
		switch (line[0]) {
		case 'S':
			o = object_of(d, ino, *gen_of(d, ino));
			o->n = strtoull(strchr(line + 2, ' '), NULL, 10);
			o->bytes = log + at;
			at += o->n;
			break;
		case 'U':
			++*gen_of(d, ino);
			break;
		case 'D':
			f = folder_of(d, line + 2, true);
			f->n = 0;
			break;
		case 'N':
			line = strchr(line + 2, ' ') + 1;
			name_add(d, f, ino, line[0] == 'd', line + 2);
			break;
		case 'E':
			break;
		default:
			errno = EINVAL;
			stop("the log is damaged");
		}
	}
}

/* ---- what is there then ---- */

static void put_file(const char *to, const char *bytes, size_t n)
{
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);

	if (fd < 0 || (n > 0 && write(fd, bytes, n) != (ssize_t)n) || close(fd) != 0)
		stop(to);
}

/* Old and new bytes, block by block as the coin falls. */
static void put_torn(
    struct disk *d, const char *to, const struct object *o, const char *now, size_t n)
{
	size_t size = coin(d) ? n : o->n, most = n > o->n ? n : o->n;
	char *mix = calloc(1, most + 1);

	if (mix == NULL)
		stop("memory");
	if (n > o->n && coin(d)) /* a part of what was added */
		size = o->n + (n - o->n) / 2 / d->block * d->block;
	for (size_t at = 0; at < size; at += d->block) {
		bool fresh = coin(d);
		const char *from = fresh ? now : o->bytes;
		size_t have = fresh ? n : o->n, end = at + d->block < size ? at + d->block : size;

		if (have > at)
			memcpy(mix + at, from + at, (have < end ? have : end) - at);
	}
	put_file(to, mix, size);
	free(mix);
}

static void put_object(struct disk *d, const char *to, const struct name *name, const char *live)
{
	const struct object *o = object_of(d, name->ino, name->gen);
	struct stat st;
	size_t n;
	char *now;

	if (!d->torn || lstat(live, &st) != 0 || (uint64_t)st.st_ino != name->ino ||
	    *gen_of(d, name->ino) != name->gen) {
		put_file(to, o->bytes, o->n);
		return;
	}
	now = slurp(live, &n);
	put_torn(d, to, o, now, n);
	free(now);
}

/* The folder's names as they are in the page cache. */
static struct folder live_folder(struct disk *d, const char *path)
{
	struct folder f = {.names = NULL, .n = 0};
	char full[PATH * 2];
	struct dirent *e;
	DIR *dir;

	(void)snprintf(full, sizeof full, "%s%s", d->root, path);
	dir = opendir(full);
	while (dir != NULL && (e = readdir(dir)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			name_add(d, &f, e->d_ino, e->d_type == DT_DIR, e->d_name);
	if (dir != NULL)
		(void)closedir(dir);
	return f;
}

static void put_folder(struct disk *d, const char *path, const char *out)
{
	struct folder *synced = folder_of(d, path, false), now = {.n = 0};
	const struct folder *f = synced;

	if (mkdir(out, 0700) != 0)
		stop(out);
	if (d->torn && coin(d)) {
		now = live_folder(d, path);
		f = &now;
	}
	for (size_t i = 0; f != NULL && i < f->n; i++) {
		char below[PATH], to[PATH], live[PATH];

		(void)snprintf(below, sizeof below, "%.2000s/%s", path, f->names[i].text);
		(void)snprintf(to, sizeof to, "%.3000s/%s", out, f->names[i].text);
		(void)snprintf(live, sizeof live, "%.1000s%.3000s", d->root, below);
		if (f->names[i].folder)
			put_folder(d, below, to);
		else
			put_object(d, to, &f->names[i], live);
	}
	free(now.names);
}

int main(int argc, char **argv)
{
	static struct disk d;
	bool lost = argc == 5 && strcmp(argv[1], "lost") == 0;

	if (argc == 4 && strcmp(argv[1], "start") == 0) {
		FILE *log = fopen(argv[3], "w");

		if (log == NULL)
			stop(argv[3]);
		begin(log, argv[2], "");
		if (fclose(log) != 0)
			stop(argv[3]);
		return 0;
	}
	d.torn = argc == 7 && strcmp(argv[1], "torn") == 0;
	if (!lost && !d.torn) {
		(void)fputs("usage: power start ROOT LOG | lost ROOT LOG OUT | "
			    "torn ROOT LOG OUT SEED SIZE\n",
		    stderr);
		return 2;
	}
	d.root = argv[2];
	d.block = 4096;
	if (d.torn) {
		d.seed = strtoull(argv[5], NULL, 10) * 2654435761u + 1;
		d.block = strtoull(argv[6], NULL, 10);
		if (d.block == 0)
			stop("SIZE");
	}
	for (int i = 0; i < 8; i++)
		(void)coin(&d);
	read_log(&d, argv[3]);
	put_folder(&d, "", argv[4]);
	return 0;
}
