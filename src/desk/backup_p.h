/* The records of a backup (SPEC.md 6.2). Private to backup.c and unpack.c. */
#ifndef WRIT_BACKUP_P_H
#define WRIT_BACKUP_P_H

#include "base/text.h"

enum backup_record {
	BACKUP_HEAD = 'h',  /* JSON: at, origin, schema */
	BACKUP_CONF = 'c',  /* writ.yaml */
	BACKUP_KEY = 'v',   /* a verifier key: path below keys, NUL, text */
	BACKUP_LAW = 'l',   /* a rule pack: path below law, NUL, text */
	BACKUP_TABLE = 't', /* name, NUL, columns with blanks between */
	BACKUP_ROW = 'r',   /* its values, as row.h writes them */
	BACKUP_SUM = 's',   /* rows (8 bytes), SHA-256 of the table (copy.h) */
	BACKUP_BLOB = 'b',  /* a document: name (64), bytes */
	BACKUP_END = 'e'    /* JSON: size, root, documents */
};

enum {
	BACKUP_NAME = 64,          /* hex digits of a document's name */
	BACKUP_TEXT_MAX = 4 << 20, /* of one file that is text */
	BACKUP_ROW_MAX = 1 << 30
};

#endif
