#include "web/desk_produce.h"

#include <unistd.h>

#include "desk/session.h"
#include "os/file.h"
#include "out/view.h"
#include "web/desk_dress.h"
#include "web/desk_ticket.h"
#include "web/path_order.h"
#include "web/work_letter.h"

const struct route_files desk_produce_files = {
    .fields = "file1 file2 file3 file4 file5 file6 file7 file8 file9 file10 file11 file12 file13 "
	      "file14 file15 file16 file17 file18 file19 file20 file21 file22 file23 file24 file25 "
	      "file26 file27 file28 file29 file30 file31 file32",
    .most = DESK_PRODUCE_ITEMS,
    .each = INT64_C(4) << 30,
    .all = INT64_C(8) << 30};
const struct route_field desk_produce_fields[2] = {
    {.name = "no_data", .parse = field_number, .many = true},
    {.name = "ticket", .parse = field_word, .many = true}};

/* ---- the page ---- */

/* Who brings a token has no passkey at hand: it has to be one that was made for this. */
int desk_release_may(struct route_ask *ask)
{
	if (ask->token.n > 0)
		return right_needs(ask->c, ask->who, RIGHT_TOKEN_RELEASE);
	return session_fresh(ask->c, ask->in, ask->login, SESSION_RELEASE);
}

int desk_release_fresh(struct route_ask *ask, struct json *v)
{
	int rc = desk_release_may(ask);

	json_set_bool(ask->c, v, "fresh", rc == 0);
	if (rc == ERR_DENIED)
		err_clear(ask->c);
	return rc == ERR_DENIED ? 0 : rc;
}

int desk_produce_page(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = view_matter(ask->c, ask->in, ask->who, &m, ret);
	if (rc == 0)
		rc = desk_release_fresh(ask, *ret);
	if (rc != 0)
		return rc;
	json_set_int(ask->c, *ret, "number", order.seq);
	if (ask->api)
		return 0;
	desk_dress_case(ask, *ret);
	return desk_ticket_put(ask, &m, *ret);
}

/* ---- the act ---- */

static int64_t item_of(const struct route_file *f)
{
	int64_t n = 0;

	return str_starts(f->field, "file") &&
		       str_i64((struct str){f->field.p + 4, f->field.n - 4}, &n)
		   ? n
		   : 0;
}

/* The file gets a name of its own among those that are kept. */
static int keep(
    struct route_ask *ask, const char *dir, const struct route_file *f, struct json *list)
{
	struct id name = id_make(ask->c);
	const char *at = str_fmt(ask->c, "%s/%s", dir, name.z).p;
	struct json *j = json_map(ask->c);
	int rc = file_rename_new(ask->c, str_z(ask->c, f->path), at);

	if (rc != 0)
		return rc;
	json_set_int(ask->c, j, "item", item_of(f));
	json_set_text(ask->c, j, "path", str_of(at));
	json_add(ask->c, list, j);
	return 0;
}

void desk_produce_forget(struct ctx *c, const struct json *files)
{
	for (size_t i = 0; i < files->n; i++)
		(void)unlink(str_z(c, json_text(files->at[i], "path")));
}

int desk_produce_keep(struct route_ask *ask, struct json *files)
{
	const char *dir =
	    str_fmt(ask->c, "%s/kept", instance_path(ask->c, ask->in, ask->in->serve.spool).p).p;
	int rc = file_mkdirs(ask->c, dir, 0700);

	for (size_t i = 0; i < ask->n_files && rc == 0; i++)
		rc = keep(ask, dir, &ask->files[i], files);
	return rc;
}

static int put_job(struct route_ask *ask, const struct matter *m, int64_t order, struct json *files,
    struct str *ret_ref)
{
	struct json *what = json_map(ask->c), *none = json_list(ask->c),
		    *tickets = json_list(ask->c);

	for (size_t i = 0; i < ask->fields[0].n; i++)
		json_add(ask->c, none, json_of_int(ask->c, ask->fields[0].all[i].num));
	for (size_t i = 0; i < ask->fields[1].n; i++)
		json_add(ask->c, tickets, json_of_text(ask->c, ask->fields[1].all[i].text));
	json_set(ask->c, what, "tickets", tickets);
	json_set_text(ask->c, what, "case", m->ref);
	json_set_int(ask->c, what, "order", order);
	json_set(ask->c, what, "files", files);
	json_set(ask->c, what, "no_data", none);
	return job_put(ask->c, ask->in, ask->who, "produce", what, ret_ref);
}

int desk_produce(struct route_ask *ask, struct json **ret)
{
	struct json *files = json_list(ask->c);
	struct legal_order order;
	struct matter m;
	struct str ref;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = desk_release_may(ask);
	if (rc == 0 && ask->n_files == 0 && ask->fields[0].n == 0 && ask->fields[1].n == 0)
		rc =
		    err_set(ask->c, ERR_INVALID, "no file was given, and no item was without data");
	if (rc == 0)
		rc = desk_produce_keep(ask, files);
	if (rc == 0)
		rc = put_job(ask, &m, order.seq, files, &ref);
	if (rc != 0) {
		desk_produce_forget(ask->c, files);
		return rc;
	}
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}

/* ---- the job ---- */

const struct route_field desk_job_fields[1] = {{.name = "file", .parse = field_yes}};

/* The file of a letter or of a claim's paper, for a program that keeps it; other jobs have none. */
static int put_file(struct ctx *c, const struct job *j, struct json *to)
{
	struct str file;
	int rc = work_letter_pdf(c, j, &file);

	if (rc == 0)
		json_set_text(c, to, "file", text_base64(c, file.p, file.n));
	return rc;
}

int desk_job(struct route_ask *ask, struct json **ret)
{
	struct job j;
	int rc = job_get(ask->c, ask->in, ask->who, ask->parts[0], &j);

	if (rc != 0)
		return rc;
	*ret = work_job_view(ask->c, &j);
	json_set_text(ask->c, *ret, "case", json_text(j.what, "case"));
	if (json_text(j.what, "claim").n > 0)
		json_set_text(ask->c, *ret, "claim", json_text(j.what, "claim"));
	if (ask->api && ask->fields[0].num != 0 && str_is(j.state, "done"))
		rc = put_file(ask->c, &j, *ret);
	if (!ask->api && (str_is(j.state, "waiting") || str_is(j.state, "working")))
		answer_field(ask->a, "Refresh", STR("2"));
	return rc;
}
