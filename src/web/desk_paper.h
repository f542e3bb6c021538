/*
 * A paper as it came, for a browser. It shows what is by its bytes a PDF, a text or an image, in a
 * frame of ours and with nothing of our rights; all else it keeps as a file.
 */
#ifndef WRIT_DESK_PAPER_H
#define WRIT_DESK_PAPER_H

#include "out/view_paper.h"
#include "web/answer.h"

/* desk_paper_answer(c, p, a): p->fd is the answer's from here on. */
void desk_paper_answer(struct ctx *c, const struct view_paper *p, struct answer *a);

#endif
