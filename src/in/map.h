/*
 * Mapping files (SPEC.md 4): a strict YAML file that says how a foreign CSV is read, so that no
 * code is written for it. Two kinds:
 *
 *   closed    history: records with a period, a country, a class and an outcome, without targets; a
 * row is one demand, or counts of many (then it is spread, see map_spread in map_rows.h) demands
 * open demands, one a row, with their targets
 *
 * What stands in the mapping file is checked when it is read; columns are looked for when the CSV's
 * header is (map_rows.h). Pure, in the arena.
 */
#ifndef WRIT_MAP_H
#define WRIT_MAP_H

#include "base/text.h"

enum map_kind { MAP_CLOSED, MAP_DEMANDS };

/* The outcomes that history can have, in the fixed order in which an aggregated row is spread.
 * Their words are those of the column outcome everywhere; stat/outcome.h has the numbers. */
enum map_outcome {
	MAP_CONTENT,
	MAP_NONCONTENT,
	MAP_NO_DATA,
	MAP_REJECTED,
	MAP_ANNEX3,
	MAP_WITHDRAWN,
	MAP_REDIRECTED,
	MAP_NOT_RECORDED,
	MAP_OUTCOMES
};

/* The public classes of instruments (order.class in the law's vocabulary; a test compares the two).
 */
#define MAP_CLASSES                                                                                \
	"subpoena court_order warrant national_security emergency preservation "                   \
	"subscriber_request "                                                                      \
	"production_order consent realtime agreement capability other"

struct map;

/* map_parse(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." for anything SPEC.md 4 does not
 * know, a missing or contradictory key, or a value that cannot be (a period, a country, a class).
 */
int map_parse(struct ctx *c, const char *file, struct str text, const struct map **ret) MUST_CHECK;
enum map_kind map_kind(const struct map *map);
/* map_source(map): "PUBLISHER: TITLE (DATE)", as every edition prints it beside imported figures.
 */
struct str map_source(const struct map *map);
/* map_note(map): the mapping file's own remark, "" when it has none. */
struct str map_note(const struct map *map);
/* map_outcome_id(o): "content", "noncontent", ... */
const char *map_outcome_id(enum map_outcome o);

#endif
