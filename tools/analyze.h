/*
 * Included first by the analyzers (tools/lint.sh), never by a compiler. They see one file at a time
 * and so take it that err_set may return 0, after which nothing of what a caller relies on holds.
 * Here they are told what ctx.h and yaml.h promise: the code comes back.
 */
#ifndef WRIT_ANALYZE_H
#define WRIT_ANALYZE_H

#include "kind/yaml.h"

#ifdef __cppcheck__ /* whose parser stumbles over the cast in a conditional expression */
#define err_set(c, code, ...) (code)
#define err_while(c, code, ...) (code)
#define yaml_err(...) ERR_INVALID
#else
#define err_set(c, code, ...) ((void)!(err_set)(c, code, __VA_ARGS__), (code))
#define err_while(c, code, ...) ((void)!(err_while)(c, code, __VA_ARGS__), (code))
#define yaml_err(...) ((void)!(yaml_err)(__VA_ARGS__), ERR_INVALID)
#endif

#endif
