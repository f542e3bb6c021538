#include "web/desk_grid.h"

static bool same(const struct json *a, const struct json *b, const char *one, const char *two)
{
	return str_eq(json_text(a, one), json_text(b, one)) &&
	       str_eq(json_text(a, two), json_text(b, two));
}

static size_t place(
    const struct json *list, const struct json *like, const char *one, const char *two)
{
	size_t i = list->n;

	/* the last row is most often the one */
	while (i > 0 && !same(list->at[i - 1], like, one, two))
		i--;
	return i == 0 ? list->n : i - 1;
}

static struct json *two_of(struct ctx *c, const struct json *from, const char *one, const char *two)
{
	struct json *j = json_map(c);

	json_set_text(c, j, one, json_text(from, one));
	json_set_text(c, j, two, json_text(from, two));
	return j;
}

static void add_cell(
    struct ctx *c, struct json *rows, size_t row, size_t column, size_t columns, struct json *item)
{
	struct json *seen = (struct json *)json_find(item, "seen_in");
	struct json *cells = (struct json *)json_find(rows->at[row], "cells");

	if (cells == NULL) {
		cells = json_list(c);
		for (size_t i = 0; i < columns; i++)
			json_add(c, cells, json_list(c));
		json_set(c, rows->at[row], "cells", cells);
		if (seen != NULL)
			json_set(c, rows->at[row], "seen_in", seen);
	}
	json_add(c, cells->at[column], item);
}

struct json *desk_grid(struct ctx *c, const struct json *items)
{
	struct json *grid = json_map(c), *fields = json_list(c), *rows = json_list(c);

	for (size_t i = 0; i < items->n; i++)
		if (place(fields, items->at[i], "field", "service") == fields->n)
			json_add(c, fields, two_of(c, items->at[i], "field", "service"));
	for (size_t i = 0; i < items->n; i++) {
		struct json *item = items->at[i];
		size_t row = place(rows, item, "target", "kind");

		if (row == rows->n)
			json_add(c, rows, two_of(c, item, "target", "kind"));
		add_cell(c, rows, row, place(fields, item, "field", "service"), fields->n, item);
	}
	json_set(c, grid, "fields", fields);
	json_set(c, grid, "rows", rows);
	return grid;
}
