/*
 * The law in force: the built-in files (packs, vocabularies, calendars, cases, bands, the template
 * of the DSA), and files of one's own that are added or take the place of built-in ones. Used by an
 * instance (`law:` in writ.yaml) and by the `law` commands.
 */
#ifndef WRIT_SHELF_H
#define WRIT_SHELF_H

#include "law/channel.h"
#include "law/fee.h"
#include "law/pack.h"

struct shelf {
	struct law_file *files;   /* packs, vocabularies, calendars, cases, bands */
	size_t n, cap, n_builtin; /* the first n_builtin are built in, or stand in their place */
	const struct law *law;
};

/* shelf_load(c, dir, extra, n, ret): the built-in files, every *.yaml of the folder dir
 * and of the folders in it ("" for none), and the n files of extra, loaded. A file takes the place
 * of the built-in file with the same path below law/ (for one of extra: its path ends so), and a
 * pack that of the built-in pack with the same id. ERR_INVALID "FILE:LINE:COL: ..." as pack_load,
 * where FILE is the path read (from "calendar/" on for a calendar, and "bands.yaml" and
 * "dsa-template.yaml" alone); ERR_NOTFOUND for a folder without a *.yaml. */
int shelf_load(
    struct ctx *c, struct str dir, const struct str *extra, size_t n, struct shelf *ret) MUST_CHECK;
/* shelf_bands(c, set): reads bands.yaml, limits.yaml, fees.yaml, channels.yaml and
 * dsa-template.yaml of the set.
 * ERR_INVALID "FILE:LINE:COL: ...".
 */
int shelf_bands(struct ctx *c, const struct shelf *set) MUST_CHECK;
/* shelf_fees(c, set, prices, ret): the tables of fees of the set, and behind them those of the file
 * `prices` ("" for none), each under a table of law. ERR_INVALID "FILE:LINE:COL: ..." */
int shelf_fees(struct ctx *c, const struct shelf *set, struct str prices,
    const struct fee_law **ret) MUST_CHECK;
/* shelf_channels(c, set, ret): channels.yaml of the set. ERR_INVALID "FILE:LINE:COL: ..." */
int shelf_channels(
    struct ctx *c, const struct shelf *set, const struct channel_law **ret) MUST_CHECK;
#endif
