/*
 * Every pack that is compiled in loads, every case beside it comes out as written, and every
 * sentence is reached both ways. With an argument (a folder below law/, such as "us/") only that
 * folder's problems count, and a file elsewhere that does not load is left out with its folder.
 */
#include "check.h"

#include "kind/day.h"
#include "law/cases.h"
#include "law/pack.h"

static bool left_out(const char *name, const char *const *folders, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(str_of(name), folders[i]))
			return true;
	return false;
}

static size_t files_keep(const struct law_file *all, size_t n, const char *const *folders,
    size_t n_folders, struct law_file *ret)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!left_out(all[i].name, folders, n_folders))
			ret[kept++] = all[i];
	return kept;
}

/* "us/sca.yaml:3:1: ..." gives "us/"; NULL when the error names no folder. */
static const char *folder_of(struct ctx *c, struct str error)
{
	struct str head, tail;

	if (!str_cut(error, '/', &head, &tail) || str_has(head, ' '))
		return NULL;
	return str_fmt(c, "%.*s/", STR_ARG(head)).p;
}

static const struct law *load(
    struct ctx *c, const char *prefix, struct law_file **ret_files, size_t *n_files)
{
	const char *folders[8];
	struct law_file *files;
	const struct law_file *all;
	const struct law *law;
	size_t n, n_folders = 0;

	pack_builtin(c, &all, &n);
	*ret_files = files = mem_array(c, n, sizeof *files);
	for (;;) {
		const char *folder;

		*n_files = files_keep(all, n, folders, n_folders, files);
		if (pack_load(c, files, *n_files, &law) == 0)
			return law;
		printf("%s\n", err_text(c));
		folder = folder_of(c, str_of(err_text(c)));
		err_clear(c);
		if (prefix == NULL || folder == NULL || n_folders == 8 ||
		    str_starts(str_of(prefix), folder))
			return NULL;
		printf("  %s is left out of this run\n", folder);
		folders[n_folders++] = folder;
	}
}

/* Lines that begin with a blank belong to the line before. */
static size_t lines_show(struct str text, const char *prefix)
{
	struct str line;
	size_t n = 0;
	bool show = false, more = text.n > 0;

	while (more) {
		more = str_cut(text, '\n', &line, &text);
		if (line.n == 0)
			continue;
		if (line.p[0] != ' ') {
			show = prefix == NULL || str_starts(line, prefix);
			n += show;
		}
		if (show)
			printf("%.*s\n", STR_ARG(line));
	}
	return n;
}

static bool shown(struct str error, const char *prefix)
{
	return prefix == NULL || str_starts(error, prefix);
}

int main(int argc, char **argv)
{
	struct law_file *files, one[1];
	const char *prefix = argc > 1 ? argv[1] : NULL;
	struct cases_result result = {0};
	struct ctx *c = test_ctx();
	struct buf out = buf_init(c, 1 << 22);
	const struct law *law;
	size_t n, kept = 0, bad = 0;

	if (day_zone(c, "Europe/Berlin") != 0)
		return 1;
	law = load(c, prefix, &files, &n);
	for (size_t i = 0; law != NULL && i < n; i++) {
		struct buf trial = buf_init(c, 1 << 22);

		if (prefix != NULL && !str_starts(str_of(files[i].name), prefix))
			continue;
		one[0] = files[i];
		if (cases_run(c, law, one, 1, &trial, &result) != 0) { /* the others still run */
			bad += shown(str_of(err_text(c)), prefix);
			printf("%s\n", err_text(c));
			err_clear(c);
			continue;
		}
		files[kept++] = files[i];
	}
	if (law != NULL && cases_run(c, law, files, kept, &out, &result) == 0)
		bad += lines_show(buf_str(&out), prefix);
	else
		bad++;
	printf("law: %zu packs, %zu cases: %zu passed, %zu failed; %zu problems\n",
	    law == NULL ? 0 : law->n_packs, result.cases, result.passed, result.failed, bad);
	ctx_close(&c);
	return bad == 0 ? 0 : 1;
}
