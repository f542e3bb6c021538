#include "store/verify.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"
#include "os/file.h"
#include "proof/note.h"
#include "store/verify_p.h"

struct verify *verify_make(struct ctx *c)
{
	return mem_alloc(c, sizeof(struct verify));
}

void verify_add(struct verify *v, const char *fmt, ...)
{
	va_list ap;

	if (v->n == VERIFY_FINDINGS_MAX) {
		v->more++;
		return;
	}
	va_start(ap, fmt);
	(void)vsnprintf(v->text[v->n++], VERIFY_TEXT, fmt, ap);
	va_end(ap);
}

/* ---- an own log ---- */

struct own {
	struct verify_work work;
	bool quick;
};

/* While the rows of one statement are not read to the end, a connection sees one snapshot; so the
 * whole verification happens inside this callback. */
static int inside(struct ctx *c, const struct db_val *row, void *arg)
{
	struct own *o = arg;
	int rc = verify_epochs(c, &o->work);

	(void)row;
	if (rc == 0)
		rc = verify_log(c, &o->work);
	if (rc == 0 && !o->quick)
		rc = verify_rows(c, &o->work);
	if (rc == 0 && !o->quick)
		rc = verify_figures(c, &o->work);
	return rc;
}

static int verify(struct ctx *c, struct own *o, struct verify *ret)
{
	struct mem_mark mark = mem_mark(c);
	int rc;

	memset(ret, 0, sizeof *ret);
	o->work.v = ret;
	/* what is wrong with it is found when it is read again, inside */
	if (!o->work.no_state && sign_last(c, o->work.keys_dir, &o->work.before) != 0)
		err_clear(c);
	rc = db_each(c, o->work.db, SQL_VERIFY_HOLD, DB_NO_ARGS, inside, o);
	mem_reset(c, mark);
	return rc;
}

int verify_own(
    struct ctx *c, struct store *store, const char *keys_dir, bool quick, struct verify *ret)
{
	struct own o = {.work = {.db = store->db, .keys_dir = keys_dir}, .quick = quick};

	return verify(c, &o, ret);
}

int verify_restored(struct ctx *c, struct store *store, const char *keys_dir, struct verify *ret)
{
	struct own o = {.work = {.db = store->db, .keys_dir = keys_dir, .no_state = true}};

	return verify(c, &o, ret);
}

/* ---- a foreign log ---- */

struct folder {
	const char *dir;
};

static int folder_get(struct ctx *c, void *arg, const struct tile *t, struct str *ret)
{
	const struct folder *f = arg;
	struct str path = str_fmt(c, "%s/%s", f->dir, tile_path(c, t).p);

	return file_read(c, path.p, TILE_BUNDLE_MAX, ret);
}

/* What a checkpoint or note is refused for is what was found, not a failure of the work. */
static bool finding_of(struct ctx *c, int rc, struct verify *v, const char *what)
{
	if (rc != ERR_INVALID && rc != ERR_DENIED && rc != ERR_LIMIT)
		return false;
	verify_add(v, "%s: %s", what, err_text(c));
	err_clear(c);
	return true;
}

int verify_foreign(struct ctx *c, const char *dir, struct str vkey, struct verify *ret)
{
	struct folder f = {dir};
	struct check_source src = {folder_get, folder_get, &f};
	struct check_report *rep = mem_alloc(c, sizeof *rep);
	struct str path = str_fmt(c, "%s/checkpoint", dir), text;
	struct note_checkpoint cp;
	struct check_point now;
	struct note_key key;
	int rc = note_key_parse(c, str_trim(vkey), &key);

	if (rc < 0)
		return err_while(c, rc, "verifier key");
	memset(ret, 0, sizeof *ret);
	rc = file_read(c, path.p, NOTE_MAX, &text);
	if (rc == 0) {
		rc = note_checkpoint_open(c, text, &key, 1, (struct str){"", 0}, &cp);
		if (rc < 0)
			return finding_of(c, rc, ret, "checkpoint") ? 0 : rc;
	}
	if (rc < 0)
		return rc;
	now = (struct check_point){cp.size, cp.root};
	ret->placed = ret->signed_size = (int64_t)cp.size;
	ret->checkpoints = 1;
	rc = check_log(c, &src, &now, NULL, 0, rep);
	for (size_t i = 0; rc == 0 && i < rep->n; i++)
		verify_add(ret, "%s", rep->at[i].text);
	ret->more += rc == 0 ? rep->more : 0;
	return rc;
}
