/* The items of an order as a grid: a row a target, a column a field of a service. */
#ifndef WRIT_DESK_GRID_H
#define WRIT_DESK_GRID_H

#include "kind/json.h"

/* desk_grid(c, items): {"fields": [{"field", "service"}], "rows": [{"target", "kind", "seen_in",
 * "cells": [[item]]}]}; several items in one cell are several periods. */
struct json *desk_grid(struct ctx *c, const struct json *items);

#endif
