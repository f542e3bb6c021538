/*
 * By which channel evidence goes where a law says so (law/channels.yaml), and what goes with it by
 * another one. Pure.
 *
 * File: `channels:`, a list of
 *   id, en, de, cite, quote, lang, mark, text_date, verified   as in a pack (SPEC.md 1.3)
 *   instruments   to which orders it applies, with blanks between
 *   channel       the word of desk/produce.h that it is about
 *   bytes         what goes by this channel at most
 *   link_least, link_most   by another means: whole days that a link lives
 */
#ifndef WRIT_CHANNEL_H
#define WRIT_CHANNEL_H

#include "law/pack.h"

struct channel {
	struct str id, en, de, instruments, channel;
	int64_t bytes, link_least, link_most;
	struct source src;
};

struct channel_law {
	struct channel *v;
	size_t n;
};

/* channel_load(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." for anything else, and for
 * what is not verified: a channel binds. */
int channel_load(
    struct ctx *c, const char *file, struct str text, struct channel_law *ret) MUST_CHECK;
/* channel_builtin(c, ret): law/channels.yaml as compiled in. */
int channel_builtin(struct ctx *c, struct channel_law *ret) MUST_CHECK;
/* channel_of(law, instrument): NULL where no law says by which channel. */
const struct channel *channel_of(const struct channel_law *law, struct str instrument);
/* channel_link_ok(ch, from, until): a link that begins to live at `from` may end then. */
bool channel_link_ok(const struct channel *ch, struct instant from, struct instant until);

#endif
