/* Reading one pack file (SPEC.md 1.2 to 1.5), and the small readers that vocabulary and cases
 * share. */
#ifndef WRIT_PACK_READ_P_H
#define WRIT_PACK_READ_P_H

#include "law/pack.h"

/* pack_read(c, law, root, ret): one pack. law has its vocabulary and calendars already; ids are
 * compared with other packs later, by pack_load. ERR_INVALID with place. */
int pack_read(
    struct ctx *c, const struct law *law, const struct yaml *root, struct pack *ret) MUST_CHECK;

/* pack_read_list(c, map, key, ret): the list under key, NULL when absent; ERR_INVALID if it is no
 * list. */
int pack_read_list(
    struct ctx *c, const struct yaml *map, const char *key, const struct yaml **ret) MUST_CHECK;
/* pack_read_id(c, map, key, ret): one word of letters, digits and "._-". */
int pack_read_id(
    struct ctx *c, const struct yaml *map, const char *key, struct str *ret) MUST_CHECK;
/* pack_read_heading(c, map, id, en, de): the three keys every entry has. */
int pack_read_heading(struct ctx *c, const struct yaml *map, struct str *ret_id, struct str *ret_en,
    struct str *ret_de) MUST_CHECK;
/* pack_read_word(c, map, key, words, ret): the index of the value among the blank-separated words;
 * ERR_INVALID, listing them, when it is absent or none of them. */
int pack_read_word(
    struct ctx *c, const struct yaml *map, const char *key, const char *words, int *ret) MUST_CHECK;
/* pack_read_yesno(c, map, key, ret): yes or no; leaves *ret when the key is absent. */
int pack_read_yesno(struct ctx *c, const struct yaml *map, const char *key, bool *ret) MUST_CHECK;
/* pack_read_day(c, map, key, ret): YYYY-MM-DD; leaves *ret when the key is absent. */
int pack_read_day(
    struct ctx *c, const struct yaml *map, const char *key, struct day *ret) MUST_CHECK;

#endif
