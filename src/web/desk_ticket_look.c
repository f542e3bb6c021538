/* A collected file for who looks it over (declared in desk_ticket.h). */
#include "web/desk_ticket.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/hand_in.h"
#include "desk/look_over.h"
#include "web/desk_produce.h"
#include "web/field.h"
#include "web/path_order.h"

struct named_file {
	struct str name;
	const struct hand_in_file *found;
};

static int look(struct ctx *c, const struct hand_in_file *f, void *arg)
{
	struct named_file *x = arg;
	struct hand_in_file *copy;

	if (!str_eq(f->name, x->name))
		return 0;
	copy = mem_alloc(c, sizeof *copy);
	*copy = *f;
	x->found = copy;
	return 0;
}

/* The file of a ticket of this very order. */
static int file_of(struct route_ask *ask, const struct legal_order *order, struct str ref,
    struct str name, struct collect *t, const struct hand_in_file **ret)
{
	struct named_file x = {.name = name};
	struct id id;
	int rc = id_parse(ask->c, ref, &id);

	if (rc == 0)
		rc = collect_find(ask->c, ask->in, str_make(ask->c, id_str(&id)), t);
	if (rc == 0 && (t->order != order->id || !str_is(t->purpose, "collect")))
		rc = err_set(ask->c, ERR_NOTFOUND, "the ticket is not of this order");
	if (rc == 0)
		rc = hand_in_each(ask->c, ask->in, t->id, look, &x);
	if (rc == 0 && x.found == NULL)
		rc = err_set(ask->c, ERR_NOTFOUND, "the ticket has no file of this name");
	if (rc == 0)
		*ret = x.found;
	return rc;
}

static int may_look(struct route_ask *ask, struct legal_order *order)
{
	struct right_place place;
	struct matter m;
	int rc = path_order(ask, &m, order);

	if (rc != 0)
		return rc;
	place = matter_place(&m);
	return right_case(ask->c, ask->who, RIGHT_LOOK_OVER, &place, ERR_TEXT("case"));
}

int desk_ticket_file(struct route_ask *ask, struct answer *a)
{
	const struct hand_in_file *f;
	struct legal_order order;
	struct collect t;
	struct stat st;
	int rc = may_look(ask, &order);

	if (rc == 0)
		rc = file_of(ask, &order, ask->parts[2], ask->parts[3], &t, &f);
	if (rc != 0)
		return rc;
	a->file = open(
	    str_fmt(ask->c, "%s/%.*s", collect_folder(ask->c, ask->in, t.ref).p, STR_ARG(f->name))
		.p,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (a->file < 0 || fstat(a->file, &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(ask->c, ERR_NOTFOUND, "the ticket has no file of this name");
	a->file_size = st.st_size;
	a->type = "application/octet-stream";
	a->foreign = true;
	answer_field(a, "Content-Disposition",
	    str_fmt(ask->c, "attachment; filename=\"%.*s\"", STR_ARG(f->name)));
	return 0;
}

static int64_t item_of(const struct items *items, int64_t id)
{
	for (size_t i = 0; i < items->n; i++)
		if (items->v[i].id == id)
			return items->v[i].number;
	return 0;
}

int desk_ticket_over(struct route_ask *ask, struct json **ret)
{
	const struct hand_in_file *f;
	struct legal_order order;
	struct items items;
	struct collect t;
	int rc = may_look(ask, &order);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0)
		rc = file_of(ask, &order, ask->fields[0].text, ask->fields[1].text, &t, &f);
	if (rc == 0)
		rc = matter_items(ask->c, ask->in, order.id, &items);
	if (rc == 0)
		rc = look_over_record(
		    ask->c, ask->in, ask->who, &order, item_of(&items, t.item), f->sha256);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}

/* ---- one that is handed in by hand (declared in desk_produce.h) ---- */

const struct route_files desk_look_over_files = {
    .fields = "file", .most = 1, .each = INT64_C(4) << 30, .all = INT64_C(4) << 30};
const struct route_field desk_look_over_fields[1] = {
    {.name = "item", .parse = field_number, .needed = true}};

int desk_look_over(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0 && ask->n_files == 0)
		rc = err_set(ask->c, ERR_INVALID, "choose the file that was looked over");
	if (rc == 0)
		rc = look_over_record(
		    ask->c, ask->in, ask->who, &order, ask->fields[0].num, ask->files[0].hash);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}
