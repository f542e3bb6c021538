#include "web/upload.h"

#include <assert.h>

#include "base/mem.h"
#include "web/file_name.h"

static int file_begin(struct upload *u)
{
	int rc;

	/* the spool is asked when the first byte is there: an empty field needs no file */
	if (!str_has_word(str_of(u->rule->fields), u->head.name))
		return err_set(u->c, ERR_INVALID, "a file comes where none belongs");
	if (u->n == u->rule->most)
		return err_set(
		    u->c, ERR_LIMIT, "the form brings more than %zu files", u->rule->most);
	hash_begin(&u->hash);
	rc = spool_open(u->c, u->spool, &u->spooled[u->n]);
	u->full = u->spooled[u->n].full;
	return rc;
}

static bool is_none(const struct upload *u)
{
	return u->head.file && u->head.file_name.n == 0 && u->spooled[u->n].fd < 0;
}

static int on_begin(void *arg, const struct part_head *head)
{
	struct upload *u = arg;

	u->head = *head;
	u->texts += head->name.n + head->file_name.n + head->type.n + sizeof *head;
	u->spooled[u->n] = (struct spool_file){.fd = -1};
	if (!head->file)
		u->text = buf_init(u->c, FORM_VALUE_MAX);
	return head->file && head->file_name.n > 0 ? file_begin(u) : 0;
}

static int file_bytes(struct upload *u, struct str bytes)
{
	struct spool_file *f = &u->spooled[u->n];
	int rc = f->fd < 0 ? file_begin(u) : 0;

	if (rc != 0)
		return rc;
	if ((int64_t)bytes.n > u->rule->each - f->size)
		return err_set(
		    u->c, ERR_LIMIT, "a file has more than %lld bytes", (long long)u->rule->each);
	hash_add(&u->hash, bytes);
	rc = spool_put(u->c, f, bytes);
	u->full = f->full;
	return rc;
}

static int on_bytes(void *arg, struct str bytes)
{
	struct upload *u = arg;

	if (u->head.file)
		return file_bytes(u, bytes);
	buf_put(&u->text, bytes);
	u->texts += bytes.n;
	return u->texts > FORM_MAX || u->text.over
		   ? err_set(u->c, ERR_LIMIT, "a text of the form is too long")
		   : 0;
}

static int on_end(void *arg)
{
	struct upload *u = arg;

	if (!u->head.file)
		return form_add(u->c, &u->form, &u->cap_form, u->head.name, buf_str(&u->text));
	if (is_none(u))
		return 0;
	u->files[u->n] = (struct route_file){.field = u->head.name,
	    .name = file_name(u->c, u->head.file_name),
	    .type = u->head.type,
	    .path = str_of(u->spooled[u->n].path),
	    .size = u->spooled[u->n].size,
	    .hash = hash_end(&u->hash)};
	u->n++;
	return 0;
}

int upload_open(struct ctx *c, struct str type, const struct route_files *rule, const char *spool,
    struct upload **ret)
{
	struct upload *u = mem_alloc(c, sizeof *u);
	const struct multipart_sink sink = {on_begin, on_bytes, on_end, u};

	assert(rule->most <= ROUTE_FILES_MAX);
	*u = (struct upload){.c = c, .rule = rule, .spool = spool};
	for (size_t i = 0; i <= ROUTE_FILES_MAX; i++)
		u->spooled[i].fd = -1;
	*ret = u;
	return multipart_open(c, type, &sink, &u->parts);
}

int upload_put(struct upload *u, struct str bytes)
{
	return multipart_put(u->parts, bytes);
}

int upload_end(struct upload *u)
{
	return multipart_end(u->parts);
}

void upload_close(struct upload *u)
{
	for (size_t i = 0; u != NULL && i <= ROUTE_FILES_MAX; i++)
		spool_drop(&u->spooled[i]);
}
