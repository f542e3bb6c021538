#include "proof/check_find_p.h"

#include "base/mem.h"

/* Neighbours of one kind become one finding; hashes only within their tile, as its name is told. */
static bool merges(
    const struct check_finding *f, enum check_kind kind, uint64_t from, const struct tile *tile)
{
	if (f->kind != kind || f->to != from)
		return false;
	if (kind == CHECK_TILE)
		return f->tile.level == tile->level && f->tile.index == tile->index;
	if (kind == CHECK_TILE_ABSENT)
		return f->tile.level == tile->level;
	return kind == CHECK_ENTRY || kind == CHECK_ABSENT || kind == CHECK_DOUBT;
}

void check_find_add(struct check_report *rep, enum check_kind kind, uint64_t from, uint64_t to,
    const struct tile *tile, bool bundle)
{
	struct check_finding f = {.kind = kind, .from = from, .to = to};

	if (tile != NULL)
		f.tile = *tile;
	f.tile.entries = bundle;
	/* findings on a bundle and on its tile take turns: look a little further back */
	for (size_t k = rep->n; k > 0 && k + 4 > rep->n; k--)
		if (merges(&rep->at[k - 1], kind, from, &f.tile)) {
			rep->at[k - 1].to = to;
			return;
		}
	if (rep->n == CHECK_FINDINGS_MAX)
		rep->more++;
	else
		rep->at[rep->n++] = f;
}

/* A finding as a sentence: head, its entries, tail, and in brackets the file or checkpoint. */
static const struct {
	const char *head, *tail;
} words[] = {
    [CHECK_ENTRY] = {"not what was logged: ", ""},
    [CHECK_REMOVED] = {"removed: ", ""},
    [CHECK_ADDED] = {"added, was not logged in this place: ", ""},
    [CHECK_MOVED] = {"not in the logged order: ", ""},
    [CHECK_CUT] = {"the bundle is damaged, cannot read: ", ""},
    [CHECK_SURPLUS] = {"the bundle is damaged, has bytes behind ", ""},
    [CHECK_ABSENT] = {"absent: ", ""},
    [CHECK_TILE] = {"damaged tile: wrong hash over ", ""},
    [CHECK_TILE_SIZE] = {"damaged tile: wrong length, over ", ""},
    [CHECK_TILE_ABSENT] = {"absent tile over ", ""},
    [CHECK_DOUBT] = {"differs from the stored hash: ",
	"; nothing left says which of the two is wrong"},
    [CHECK_RANGE] = {"not as logged, something within ", "; nothing left says what"},
    [CHECK_ROOT] = {"the log does not give the root of its checkpoint; the difference is within ",
	""},
    [CHECK_FORK] =
	{"fork: an older checkpoint was signed for another history; the difference is within ", ""},
    [CHECK_ROLLBACK] = {"rolled back: an older checkpoint was signed for more entries; gone: ", ""},
};

void check_find_tell(struct ctx *c, struct check_finding *f)
{
	struct buf b = buf_init(c, CHECK_TEXT - 1);
	struct str text;

	buf_puts(&b, words[f->kind].head);
	if (f->to == 0)
		buf_puts(&b, "an empty log");
	else if (f->to - f->from <= 1)
		buf_fmt(&b, "entry %llu", (unsigned long long)(f->to - 1));
	else
		buf_fmt(&b, "entries %llu to %llu", (unsigned long long)f->from,
		    (unsigned long long)(f->to - 1));
	buf_puts(&b, words[f->kind].tail);
	if (f->kind == CHECK_FORK || f->kind == CHECK_ROLLBACK)
		buf_fmt(&b, " (checkpoint of size %llu)", (unsigned long long)f->to);
	else if (f->tile.width > 0)
		buf_fmt(&b, " (%s)", tile_path(c, &f->tile).p);
	text = buf_str(&b);
	memcpy(f->text, text.p, text.n);
	f->text[text.n] = '\0';
}
