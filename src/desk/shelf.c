#include "desk/shelf.h"

#include <sys/stat.h>

#include "base/mem.h"
#include "law/band.h"
#include "law/dsa.h"
#include "law/limit.h"
#include "os/file.h"

/* Law lies two folders deep at most; more than this is a link that leads back. */
enum { DEPTH_MAX = 8 };

static const char bands_file[] = "bands.yaml";
static const char limits_file[] = "limits.yaml";
static const char dsa_file[] = "dsa-template.yaml";
static const char fees_file[] = "fees.yaml";
static const char channels_file[] = "channels.yaml";

/* Files of the law that are no pack, known by their names. */
static const char *const others[] = {bands_file, limits_file, dsa_file, fees_file, channels_file};

struct walk {
	struct shelf *set;
	struct str dir;   /* the folder being read */
	struct str below; /* its path below the folder named, "" or ending in '/' */
	size_t found;
	int depth;
};

/* ---- which built-in file a file takes the place of ---- */

static bool is_calendar(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str folder = {path, slash == NULL ? 0 : (size_t)(slash - path)};

	return str_is(folder, "calendar") || str_ends(folder, "/calendar");
}

static bool is_pack(const char *path)
{
	struct str s = str_of(path);

	return !str_ends(s, ".case.yaml") && !str_ends(s, "vocabulary.yaml") &&
	       !str_ends(s, bands_file) && !str_ends(s, limits_file) && !str_ends(s, dsa_file) &&
	       !str_ends(s, fees_file) && !str_ends(s, channels_file) && !is_calendar(path);
}

static int pack_id(struct ctx *c, const char *name, struct str text, struct str *ret)
{
	const struct yaml *root;
	int rc;

	*ret = STR("");
	if (!is_pack(name))
		return 0;
	rc = yaml_parse(c, name, text, &root);
	if (rc == 0)
		*ret = yaml_text(root, "pack");
	return rc;
}

/* The path below law/ that the path given ends with. Only names with a folder in them say enough:
 * any folder of packs may have a vocabulary of its own. */
static bool ends_with_path(struct str path, const char *builtin)
{
	struct str name = str_of(builtin);

	return str_has(name, '/') && str_ends(path, builtin) &&
	       (path.n == name.n || path.p[path.n - name.n - 1] == '/');
}

/* Looks among the built-in files only: two files given for one pack are a mistake that pack_load
 * names. */
static int find_replaced(struct ctx *c, const struct shelf *set, const struct law_file *file,
    struct str below, size_t *ret)
{
	struct str id, other;
	int rc = pack_id(c, file->name, file->text, &id);

	*ret = set->n;
	for (size_t i = 0; rc == 0 && *ret == set->n && i < set->n_builtin; i++)
		if (below.n > 0 ? str_is(below, set->files[i].name)
				: ends_with_path(str_of(file->name), set->files[i].name))
			*ret = i;
	for (size_t i = 0; rc == 0 && *ret == set->n && id.n > 0 && i < set->n_builtin; i++) {
		rc = pack_id(c, set->files[i].name, set->files[i].text, &other);
		if (rc == 0 && str_eq(other, id))
			*ret = i;
	}
	return rc;
}

/* pack_load tells kinds of files by their names below law/. */
static const char *law_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash != NULL && is_calendar(path))
		return slash - strlen("calendar");
	for (size_t i = 0; slash != NULL && i < sizeof others / sizeof others[0]; i++)
		if (strcmp(slash + 1, others[i]) == 0)
			return others[i];
	return path;
}

static int add_file(struct ctx *c, struct shelf *set, struct str path, struct str below)
{
	struct law_file file = {str_z(c, path), {"", 0}};
	size_t at;
	int rc = file_read(c, file.name, YAML_MAX, &file.text);

	if (rc == 0)
		rc = find_replaced(c, set, &file, below, &at);
	if (rc != 0)
		return rc;
	file.name = law_name(file.name);
	if (at == set->n) {
		set->files = mem_grow(c, set->files, set->n, &set->cap, sizeof *set->files);
		set->n++;
	}
	set->files[at] = file;
	return 0;
}

/* ---- folders ---- */

static int take_entry(struct ctx *c, const char *name, void *arg);

static int walk_into(struct ctx *c, struct walk *w, struct str path, const char *name)
{
	struct walk inner = *w;
	int rc;

	if (w->depth == DEPTH_MAX)
		return err_set(
		    c, ERR_LIMIT, "%.*s: folders more than %d deep", STR_ARG(path), DEPTH_MAX);
	inner.dir = path;
	inner.below = str_fmt(c, "%.*s%s/", STR_ARG(w->below), name);
	inner.depth++;
	rc = file_each(c, path.p, take_entry, &inner);
	w->found = inner.found;
	return rc;
}

static int take_entry(struct ctx *c, const char *name, void *arg)
{
	struct walk *w = arg;
	struct str path = str_fmt(c, "%.*s/%s", STR_ARG(w->dir), name);
	struct stat st;

	if (stat(path.p, &st) == 0 && S_ISDIR(st.st_mode))
		return walk_into(c, w, path, name);
	if (!str_ends(str_of(name), ".yaml"))
		return 0;
	w->found++;
	return add_file(c, w->set, path, str_fmt(c, "%.*s%s", STR_ARG(w->below), name));
}

static int add_folder(struct ctx *c, struct shelf *set, struct str dir)
{
	struct walk w = {.set = set, .dir = dir, .below = STR("")};
	int rc = file_each(c, str_z(c, dir), take_entry, &w);

	if (rc == 0 && w.found == 0)
		rc = err_set(c, ERR_NOTFOUND, "%.*s: no *.yaml in this folder", STR_ARG(dir));
	return rc;
}

int shelf_load(struct ctx *c, struct str dir, const struct str *extra, size_t n, struct shelf *ret)
{
	const struct law_file *builtin;
	struct shelf set = {0};
	int rc = 0;

	pack_builtin(c, &builtin, &set.n_builtin);
	set.n = set.cap = set.n_builtin;
	set.files = mem_array(c, set.n, sizeof *set.files);
	memcpy(set.files, builtin, set.n * sizeof *set.files);
	if (dir.n > 0)
		rc = add_folder(c, &set, dir);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_file(c, &set, extra[i], STR(""));
	if (rc == 0)
		rc = pack_load(c, set.files, set.n, &set.law);
	if (rc == 0)
		*ret = set;
	return rc;
}

int shelf_bands(struct ctx *c, const struct shelf *set)
{
	struct band_law *bands;
	struct limit_law limits;
	struct dsa_law *dsa;
	struct fee_law fees;
	struct channel_law channels;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < set->n; i++) {
		const struct law_file *file = &set->files[i];

		if (strcmp(file->name, bands_file) == 0)
			rc = band_load(c, file->name, file->text, &bands);
		if (strcmp(file->name, limits_file) == 0)
			rc = limit_load(c, file->name, file->text, &limits);
		if (strcmp(file->name, dsa_file) == 0)
			rc = dsa_load(c, file->name, file->text, &dsa);
		if (rc == 0 && strcmp(file->name, fees_file) == 0)
			rc = fee_load(c, file->name, file->text, &fees);
		if (rc == 0 && strcmp(file->name, channels_file) == 0)
			rc = channel_load(c, file->name, file->text, &channels);
	}
	return rc;
}

/* ---- fees ---- */

/* A price list stands under a table of law and begins where that holds. */
static int check_prices(
    struct ctx *c, const struct fee_law *law, const struct fee_law *own, const char *file)
{
	for (size_t i = 0; i < own->n; i++) {
		const struct fee_table *t = &own->v[i], *under = fee_find(law, t->under);

		if (under == NULL)
			return err_set(c, ERR_INVALID,
			    "%s:%d: under: a price list names the table of law it is claimed under",
			    file, t->src.line);
		if (fee_find(law, t->id) != NULL || strcmp(t->currency, under->currency) != 0 ||
		    !str_eq(t->jurisdiction, under->jurisdiction))
			return err_set(c, ERR_INVALID,
			    "%s:%d: a price list has an id of its own, and the jurisdiction and "
			    "currency of its table of law",
			    file, t->src.line);
	}
	return 0;
}

static int law_fees(struct ctx *c, const struct shelf *set, struct fee_law *ret)
{
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->files[i].name, fees_file) == 0)
			return fee_load(c, set->files[i].name, set->files[i].text, ret);
	return fee_builtin(c, ret);
}

static int add_prices(struct ctx *c, struct str path, struct fee_law *law)
{
	struct fee_law own;
	struct fee_table *all;
	struct str text;
	int rc = file_read(c, str_z(c, path), YAML_MAX, &text);

	if (rc == 0)
		rc = fee_load(c, str_z(c, path), text, &own);
	if (rc == 0)
		rc = check_prices(c, law, &own, str_z(c, path));
	if (rc != 0)
		return rc;
	all = mem_array(c, law->n + own.n, sizeof *all);
	memcpy(all, law->v, law->n * sizeof *all);
	memcpy(all + law->n, own.v, own.n * sizeof *all);
	*law = (struct fee_law){all, law->n + own.n};
	return 0;
}

int shelf_fees(
    struct ctx *c, const struct shelf *set, struct str prices, const struct fee_law **ret)
{
	struct fee_law *law = mem_alloc(c, sizeof *law);
	int rc = law_fees(c, set, law);

	if (rc == 0 && prices.n > 0)
		rc = add_prices(c, prices, law);
	if (rc == 0)
		*ret = law;
	return rc;
}

int shelf_channels(struct ctx *c, const struct shelf *set, const struct channel_law **ret)
{
	struct channel_law *law = mem_alloc(c, sizeof *law);
	const struct law_file *own = NULL;
	int rc;

	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->files[i].name, channels_file) == 0)
			own = &set->files[i];
	rc = own != NULL ? channel_load(c, own->name, own->text, law) : channel_builtin(c, law);
	if (rc == 0)
		*ret = law;
	return rc;
}
