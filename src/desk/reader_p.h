/*
 * Private to desk: the messages between the process that asks and the reader (one byte for the
 * kind, then values of in/wire.h), at most SPAWN_MSG_MAX bytes each.
 *
 * The asking side sends BEGIN, and the first piece of the document unasked; each WANT is answered
 * with the next piece. So there are never more than two pieces on their way, and neither side waits
 * for the other while the other waits for it; and one parses while the other stores. A piece
 * without bytes ends a document; a mapping file is a document before the table. A list of
 * identifiers is answered as one order, in place of a draft.
 *
 *   BEGIN    task, name, name of the mapping file, zone, seconds, totals?
 *   PIECE    bytes
 *
 *   WANT
 *   HEAD     source, remark                        the mapping file and the header are right
 *   ROWS     (next line, more?, piece of history)...
 *   PART     bytes of a draft; the last of them:
 *   DRAFT    bytes                                 line, next line, the draft
 *   REFUSED  code, line, column, next line, text   a row that is not taken
 *   FAULT    code, line, column, text              the document is not taken
 *   END      next line, note
 */
#ifndef WRIT_READER_P_H
#define WRIT_READER_P_H

enum reader_task { READER_DRAFT, READER_LIST, READER_CLOSED, READER_DEMANDS };

enum reader_message {
	READER_BEGIN = 'B',
	READER_PIECE = 'p',
	READER_WANT = 'w',
	READER_HEAD = 'h',
	READER_ROWS = 'r',
	READER_PART = 'd',
	READER_LAST = 'D',
	READER_REFUSED = 'x',
	READER_FAULT = 'f',
	READER_END = 'e'
};

enum {
	READER_TEXT_MAX = 1024, /* an error, as in struct err */
	READER_NOTE_MAX = 8 << 10,
	READER_NAME_MAX = 4096
};

#endif
