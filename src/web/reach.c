#include "web/reach.h"

#include "base/mem.h"
#include "store/db.h"

enum { OWN_MAX = 4 + DB_FILES_MAX };

static struct str folder_of(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] != '/')
		path.n--;
	return path;
}

int reach_leave(struct ctx *c, const struct instance *in, struct box_leave *ret)
{
	struct box_path own[OWN_MAX];
	struct db_reach *reach = mem_alloc(c, sizeof *reach);
	struct str url = instance_database(c, in);
	size_t n = 0;
	int rc = db_reach(c, url, reach);

	if (rc != 0)
		return rc;
	own[n++] = (struct box_path){instance_path(c, in, in->blobs).p, BOX_READ | BOX_WRITE};
	if (str_starts(url, "sqlite:"))
		own[n++] = (struct box_path){
		    str_z(c, folder_of((struct str){url.p + 7, url.n - 7})), BOX_READ | BOX_WRITE};
	if (in->serve.site.n > 0)
		own[n++] = (struct box_path){instance_path(c, in, in->serve.site).p, BOX_READ};
	if (getenv("TZDIR") != NULL)
		own[n++] = (struct box_path){getenv("TZDIR"), BOX_READ};
	for (size_t i = 0; i < reach->n_files; i++)
		own[n++] = (struct box_path){str_z(c, reach->files[i]), BOX_READ};
	*ret = (struct box_leave){
	    .local = reach->local, .ports = reach->ports, .n_ports = reach->n_ports};
	ret->paths = box_programs(c, own, n, &ret->n_paths);
	return 0;
}
