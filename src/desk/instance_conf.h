/* The reader of writ.yaml: from bytes to the parts of an instance that stand there, without opening
 * anything. The format is in instance.h and writ.yaml(5). */
#ifndef WRIT_INSTANCE_CONF_H
#define WRIT_INSTANCE_CONF_H

#include "desk/instance.h"

/* instance_conf_parse(c, file, text, ret): sets what writ.yaml says in *ret; dir, store, law and
 * demo stay. ERR_INVALID "FILE:LINE:COL: ..." for anything missing, unknown or impossible; that the
 * zone exists is not looked at. */
int instance_conf_parse(
    struct ctx *c, const char *file, struct str text, struct instance *ret) MUST_CHECK;

#endif
