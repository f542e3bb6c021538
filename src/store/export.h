/*
 * The log as files, for auditors: a folder as C2SP tlog-tiles has it (checkpoint, tile/...,
 * tile/entries/...). An entry is its 33 leaf bytes, so nothing about a case is in it; but the
 * number of entries is, which is why an export is not for the public (SPEC.md 2.5).
 */
#ifndef WRIT_EXPORT_H
#define WRIT_EXPORT_H

#include "store/step.h"

/* export_log(c, store, dir, ret_size): writes the tree of the newest checkpoint into a folder, made
 * if it is not there; the checkpoint last, when all else is on disk. ERR_CONFLICT when the folder
 * has a checkpoint already; ERR_NOTFOUND when nothing was signed yet. */
int export_log(struct ctx *c, struct store *store, const char *dir, int64_t *ret_size) MUST_CHECK;

#endif
