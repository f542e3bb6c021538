#include "web/asset.h"

/* Made by tools/embed from static/. */
struct embed_file {
	const char *name;
	const char *p;
	size_t n;
};
extern const struct embed_file asset_gen[];
extern const size_t asset_gen_n;
extern const char asset_tag[], asset_style_path[], asset_script_path[];

struct url asset_style(void)
{
	return page_url_path(str_of(asset_style_path));
}

struct url asset_script(void)
{
	return page_url_path(str_of(asset_script_path));
}

static const char *type_of(struct str name)
{
	static const struct {
		const char *end, *type;
	} types[] = {{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
	    {".svg", "image/svg+xml"}, {".png", "image/png"}};

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_ends(name, types[i].end))
			return types[i].type;
	return "application/octet-stream";
}

int asset_file(struct route_ask *ask, struct answer *a)
{
	struct str path = str_fmt(ask->c, "static/%.*s", STR_ARG(ask->parts[0]));
	struct str tag = str_fmt(ask->c, "\"%s\"", asset_tag);
	const struct embed_file *file = NULL;

	for (size_t i = 0; i < asset_gen_n; i++)
		if (str_is(path, asset_gen[i].name))
			file = &asset_gen[i];
	if (file == NULL)
		return ERR_NOTFOUND;
	a->type = type_of(path);
	a->cache = ask->route->n_fields > 0 && str_is(ask->fields[0].text, asset_tag)
		       ? "public, max-age=31536000, immutable"
		       : "public, max-age=0, must-revalidate";
	answer_field(a, "ETag", tag);
	if (str_eq(ask->if_none_match, tag)) {
		a->status = 304;
		return 0;
	}
	buf_put(&a->body, (struct str){file->p, file->n});
	return 0;
}
