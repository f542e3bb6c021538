/*
 * Periods that a title names: "Requests received from July - December 2017", "January 2017 - June
 * 2017", "H1 2022", "2017H2", "1. Halbjahr 2013", "Q3 2021", "Report 2017". English and German
 * month names, whole or by their first three letters.
 */
#ifndef WRIT_MENTION_H
#define WRIT_MENTION_H

#include "kind/day.h"

/* mention_find(text, ret): the closest period that the text names: a span of months, a half-year or
 * a quarter rather than a year alone; the first of several. false when it names none, or nothing
 * but something that could be a year among other digits. Years 1990 to 2099. */
bool mention_find(struct str text, struct period *ret);

#endif
