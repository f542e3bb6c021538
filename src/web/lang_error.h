/*
 * What went wrong, in German: the texts of desk that people outside the house or at its counter
 * meet, as they stand in err_set, conversions and all. One that is not listed stays English.
 */
#ifndef WRIT_LANG_ERROR_H
#define WRIT_LANG_ERROR_H

/* lang_error(text): for struct ctx, say. */
const char *lang_error(const char *text) __attribute__((format_arg(1)));
/* lang_error_at(i): the texts listed, NULL at the end. */
const char *lang_error_at(int i);

#endif
