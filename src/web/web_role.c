#include "web/web_role.h"

#include <unistd.h>

#include "os/box.h"
#include "os/spool.h"
#include "store/journal.h"
#include "web/public.h"
#include "web/reach.h"
#include "web/serve.h"
#include "web/table.h"

struct web_role {
	struct ctx *c;
	struct crew_member member;
	struct public_site site;
	struct meter meter;
	struct limit limit;
	struct tls tls;
	struct http *http;
};

static int open_instance(struct web_role *r)
{
	int rc = reach_open(r->c, r->member.config, SQL_ROLE_WEB, &r->site.in);

	if (rc == 0)
		rc = spool_ready(r->c, instance_path(r->c, r->site.in, r->site.in->serve.spool).p);
	if (rc == 0)
		rc = journal_ready(r->c, instance_path(r->c, r->site.in, r->site.in->journal));
	return rc == 0 ? public_open(r->c, &r->site) : rc;
}

static int limits_read(struct web_role *r)
{
	const struct instance_serve *s = &r->site.in->serve;

	r->limit = (struct limit){.share = r->member.share,
	    .slot = r->member.slot,
	    .requests = s->limit_requests,
	    .connections = s->limit_connections,
	    .all = s->limits_given};
	if (s->proxy.n > 0 && !limit_address(s->proxy, &r->limit.proxy))
		return err_set(
		    r->c, ERR_INVALID, "proxy: want the address of a server, in numbers");
	return 0;
}

static int tls_read(struct web_role *r)
{
	const struct instance *in = r->site.in;
	const struct instance_serve *s = &in->serve;

	if (s->tls_key.n == 0)
		return 0;
	return tls_open(r->c, instance_path(r->c, in, s->tls_certificate),
	    instance_path(r->c, in, s->tls_key),
	    s->tls_clients.n > 0 ? instance_path(r->c, in, s->tls_clients) : STR(""), &r->tls);
}

/* Opens all it needs, then locks itself in. */
static int open_all(struct web_role *r)
{
	struct box_leave leave;
	struct http_set set = {
	    .table = table_make(r->c), .site = &r->site, .log_fd = STDERR_FILENO};
	int rc = box_hide(r->c);

	if (rc == 0)
		rc = crew_join(r->c, &r->member);
	if (rc == 0)
		rc = open_instance(r);
	if (rc == 0)
		rc = limits_read(r);
	if (rc == 0)
		rc = tls_read(r);
	if (rc != 0)
		return rc;
	set.in = r->site.in;
	r->meter = (struct meter){r->member.share, r->member.slot};
	r->site.meter = &r->meter;
	set.meter = &r->meter;
	set.limit = &r->limit;
	set.tls = &r->tls;
	set.spool = instance_path(r->c, r->site.in, r->site.in->serve.spool).p;
	set.listen_fd = r->member.listen_fd;
	set.fixed_now = r->c->fixed_now;
	rc = reach_leave(r->c, r->site.in, &leave);
	if (rc == 0)
		rc = box_confine(r->c, BOX_WEB, &leave);
	if (rc == 0)
		rc = http_open(r->c, &set, &r->http);
	return rc == 0 ? crew_ready(r->c, &r->member) : rc;
}

int web_role_run(void)
{
	struct web_role r = {0};
	int rc;

	ctx_open(&r.c);
	rc = open_all(&r);
	if (rc != 0)
		(void)fprintf(stderr, "writ: web: %s\n", err_text(r.c));
	else
		serve_run(r.c, &r.member, r.http);
	http_close(&r.http);
	tls_close(&r.tls);
	public_close(&r.site);
	ctx_close(&r.c);
	return rc == 0 ? 0 : 1;
}
