#include "web/openapi.h"

#include <string.h>

#include "base/mem.h"
#include "web/field.h"

enum { OPENAPI_MAX = 4 << 20 };

/* ---- small maps ---- */

static struct json *map_of(struct ctx *c, struct json *in, const char *key)
{
	struct json *j = json_map(c);

	json_set(c, in, key, j);
	return j;
}

static void put(struct ctx *c, struct json *j, const char *key, const char *value)
{
	json_set_text(c, j, key, str_of(value));
}

/* ---- forms of fields ---- */

static const struct {
	int (*parse)(struct ctx *c, struct str text, struct route_value *ret);
	const char *type, *format, *pattern;
	int most;
} forms[] = {
    {field_line, "string", NULL, NULL, FIELD_LINE_MAX},
    {field_text, "string", NULL, NULL, FIELD_TEXT_MAX},
    {field_word, "string", NULL, "^[A-Za-z0-9_.-]+$", FIELD_WORD_MAX},
    {field_words, "string", NULL, "^[A-Za-z0-9_. -]+$", FIELD_LINE_MAX},
    {field_number, "integer", "int64", NULL, 0},
    {field_day, "string", "date", NULL, 0},
    {field_instant, "string", "date-time", NULL, 0},
    {field_yes, "string", NULL, "^(yes|no)$", 0},
    {field_country, "string", NULL, "^[A-Z]{2}$", 0},
    {field_hash, "string", NULL, "^[0-9a-fA-F]{64}$", 0},
};

static void form_put_schema(struct ctx *c, struct json *schema, const struct route_field *f)
{
	struct json *one = schema;

	if (f->many) {
		put(c, schema, "type", "array");
		one = map_of(c, schema, "items");
	}
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (forms[i].parse != f->parse)
			continue;
		put(c, one, "type", forms[i].type);
		if (forms[i].format != NULL)
			put(c, one, "format", forms[i].format);
		if (forms[i].pattern != NULL)
			put(c, one, "pattern", forms[i].pattern);
		if (forms[i].most > 0)
			json_set_int(c, one, "maxLength", forms[i].most);
		return;
	}
	put(c, one, "type", "string");
}

/* ---- one line ---- */

/* "/case/{case:word}" as the description writes it, "/case/{case}", and its parts. */
static struct str path_of(struct ctx *c, const struct route *r, struct json *params)
{
	struct str rest = str_of(r->path), before, part, name, type;
	struct buf b = buf_init(c, 1024);

	buf_puts(&b, "/api/v1");
	while (str_cut(rest, '{', &before, &rest)) {
		struct json *p = json_map(c);

		(void)str_cut(rest, '}', &part, &rest);
		(void)str_cut(part, ':', &name, &type);
		buf_put(&b, before);
		buf_fmt(&b, "{%.*s}", STR_ARG(name));
		json_set_text(c, p, "name", name);
		put(c, p, "in", "path");
		json_set_bool(c, p, "required", true);
		put(c, map_of(c, p, "schema"), "type",
		    str_is(type, "number") ? "integer" : "string");
		json_add(c, params, p);
	}
	buf_put(&b, before);
	return buf_str(&b);
}

static void query_put(struct ctx *c, const struct route *r, struct json *params)
{
	for (size_t i = 0; i < r->n_fields; i++) {
		struct json *p = json_map(c);

		put(c, p, "name", r->fields[i].name);
		put(c, p, "in", "query");
		json_set_bool(c, p, "required", r->fields[i].needed);
		form_put_schema(c, map_of(c, p, "schema"), &r->fields[i]);
		json_add(c, params, p);
	}
}

/* The schema of a form as it is sent in this way, without its fields yet. */
static struct json *sent_put(struct ctx *c, struct json *content, const char *type)
{
	struct json *schema = map_of(c, map_of(c, content, type), "schema");

	put(c, schema, "type", "object");
	return schema;
}

static void fields_put(struct ctx *c, const struct route *r, struct json *schema)
{
	struct json *fields = map_of(c, schema, "properties"), *needed = json_list(c);

	for (size_t i = 0; i < r->n_fields; i++) {
		form_put_schema(c, map_of(c, fields, r->fields[i].name), &r->fields[i]);
		if (r->fields[i].needed)
			json_add(c, needed, json_of_text(c, str_of(r->fields[i].name)));
	}
	if (needed->n > 0)
		json_set(c, schema, "required", needed);
}

/* OpenAPI 3.1: a file is a string of no type of its own, here once or several times. */
static void files_put(struct ctx *c, const struct route_files *f, struct json *schema)
{
	struct json *fields = (struct json *)(uintptr_t)json_find(schema, "properties");
	struct str rest = str_of(f->fields), name;
	bool one = strchr(f->fields, ' ') == NULL;

	while (rest.n > 0) {
		struct json *list, *file;

		(void)str_cut(rest, ' ', &name, &rest);
		list = map_of(c, fields, str_z(c, name));
		put(c, list, "type", "array");
		json_set_int(c, list, "maxItems", one ? (int64_t)f->most : 1);
		file = map_of(c, list, "items");
		put(c, file, "type", "string");
		put(c, file, "contentMediaType", "application/octet-stream");
	}
}

static void body_put(struct ctx *c, const struct route *r, struct json *op)
{
	struct json *content, *schema;

	if (r->n_fields == 0 && r->files == NULL)
		return;
	content = map_of(c, map_of(c, op, "requestBody"), "content");
	if (r->n_fields > 0)
		fields_put(c, r, sent_put(c, content, "application/x-www-form-urlencoded"));
	if (r->files == NULL)
		return;
	schema = sent_put(c, content, "multipart/form-data");
	fields_put(c, r, schema);
	files_put(c, r->files, schema);
}

static void key_put(struct ctx *c, struct json *params)
{
	struct json *p = json_map(c);

	put(c, p, "$ref", "#/components/parameters/IdempotencyKey");
	json_add(c, params, p);
}

static void answers_put(struct ctx *c, struct json *op)
{
	static const char *const refused[] = {"400", "401", "403", "404", "409", "413", "500"};
	struct json *answers = map_of(c, op, "responses"), *good = map_of(c, answers, "200");

	put(c, good, "description", "done, or found");
	put(c, map_of(c, map_of(c, map_of(c, good, "content"), "application/json"), "schema"),
	    "type", "object");
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		put(c, map_of(c, answers, refused[i]), "$ref", "#/components/responses/Refused");
}

static void line_put(struct ctx *c, const struct route *r, struct json *paths)
{
	struct json *params = json_list(c), *op = json_map(c), *at;
	struct str path = path_of(c, r, params);
	const struct right_rule *rule = r->righted ? right_rule(r->right) : NULL;

	put(c, op, "operationId", r->name);
	if (r->title != NULL || rule != NULL)
		put(c, op, "summary", r->title != NULL ? r->title : rule->en);
	if (rule != NULL)
		put(c, op, "x-right", rule->name);
	if (r->method == ROUTE_GET)
		query_put(c, r, params);
	else
		key_put(c, params);
	json_set(c, op, "parameters", params);
	if (r->method == ROUTE_POST)
		body_put(c, r, op);
	answers_put(c, op);
	at = (struct json *)(uintptr_t)json_find(paths, path.p);
	if (at == NULL)
		at = map_of(c, paths, path.p);
	json_set(c, at, r->method == ROUTE_GET ? "get" : "post", op);
}

/* ---- the whole ---- */

static void parts_put(struct ctx *c, struct json *all)
{
	struct json *parts = map_of(c, all, "components"), *key, *refused, *schema, *fields;
	struct json *bearer = map_of(c, map_of(c, parts, "securitySchemes"), "bearer");
	struct json *secure = json_list(c), *one = json_map(c);

	put(c, bearer, "type", "http");
	put(c, bearer, "scheme", "bearer");
	key = map_of(c, map_of(c, parts, "parameters"), "IdempotencyKey");
	put(c, key, "name", "Idempotency-Key");
	put(c, key, "in", "header");
	put(c, key, "description",
	    "done once for each key; a second request within a day gets the first one's answer");
	schema = map_of(c, key, "schema");
	put(c, schema, "type", "string");
	json_set_int(c, schema, "maxLength", 128);
	refused = map_of(c, map_of(c, parts, "responses"), "Refused");
	put(c, refused, "description", "what stands against it");
	schema = map_of(c, map_of(c, map_of(c, refused, "content"), "application/json"), "schema");
	put(c, schema, "type", "object");
	fields = map_of(c, schema, "properties");
	put(c, map_of(c, fields, "error"), "type", "string");
	put(c, map_of(c, fields, "says"), "type", "string");
	json_set(c, one, "bearer", json_list(c));
	json_add(c, secure, one);
	json_set(c, all, "security", secure);
}

int openapi_file(struct route_ask *ask, struct answer *a)
{
	struct ctx *c = ask->c;
	struct json *all = json_map(c), *info, *paths;
	struct buf b = buf_init(c, OPENAPI_MAX);

	put(c, all, "openapi", "3.1.0");
	info = map_of(c, all, "info");
	put(c, info, "title", "Writ");
	put(c, info, "version", "1");
	put(c, info, "description",
	    "The routes of the pages, for programs: the same rights, the same values. A token is "
	    "made "
	    "by its person (writ user token), with some of the person's roles.");
	paths = map_of(c, all, "paths");
	for (size_t i = 0; i < ask->table->n; i++)
		if (ask->table->routes[i].view != NULL)
			line_put(c, &ask->table->routes[i], paths);
	parts_put(c, all);
	json_put_pretty(&b, all);
	a->body = b;
	a->type = "application/json";
	a->cache = "public, max-age=300";
	return 0;
}
