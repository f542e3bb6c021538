#include <libpq-fe.h>

#include "base/mem.h"
#include "store/db.h"

enum { PORT_DEFAULT = 5432 };

static const char *option_of(const PQconninfoOption *all, const char *keyword, const char *env)
{
	for (; all->keyword != NULL; all++)
		if (strcmp(all->keyword, keyword) == 0 && all->val != NULL && *all->val != '\0')
			return all->val;
	return getenv(env);
}

/* "h1,h2" and "1,2", as libpq pairs them; a host that begins with / or @ is a socket's folder. */
static void hosts_add(struct db_reach *r, struct str hosts, struct str ports)
{
	struct str host, port = {"", 0};
	bool more;

	do {
		int64_t number = PORT_DEFAULT;

		more = str_cut(hosts, ',', &host, &hosts);
		if (ports.n > 0)
			(void)str_cut(ports, ',', &port, &ports);
		if (port.n > 0 && !str_i64(port, &number))
			number = PORT_DEFAULT;
		if (host.n == 0 || host.p[0] == '/' || host.p[0] == '@')
			r->local = true;
		else if (r->n_ports < DB_PORTS_MAX && number > 0 && number < 65536)
			r->ports[r->n_ports++] = (int)number;
	} while (more);
}

/* Where libpq looks for passwords and certificates when it connects again. */
static void files_add(struct ctx *c, struct db_reach *r)
{
	const char *pass = getenv("PGPASSFILE"), *home = getenv("HOME");

	if (pass != NULL && *pass != '\0')
		r->files[r->n_files++] = str_of(pass);
	if (home == NULL || *home == '\0')
		return;
	r->files[r->n_files++] = str_fmt(c, "%s/.pgpass", home);
	r->files[r->n_files++] = str_fmt(c, "%s/.postgresql", home);
}

int db_reach(struct ctx *c, struct str url, struct db_reach *ret)
{
	struct db_reach r = {0};
	PQconninfoOption *all;
	const char *host, *address, *ports;

	if (!str_starts(url, "postgresql:")) {
		*ret = r;
		return 0;
	}
	all = PQconninfoParse(str_z(c, url), NULL);
	if (all == NULL)
		return err_set(c, ERR_INVALID, "database: not an address of PostgreSQL");
	host = option_of(all, "host", "PGHOST");
	address = option_of(all, "hostaddr", "PGHOSTADDR");
	ports = option_of(all, "port", "PGPORT");
	hosts_add(
	    &r, str_make(c, str_of(address != NULL ? address : host)), str_make(c, str_of(ports)));
	files_add(c, &r);
	PQconninfoFree(all);
	*ret = r;
	return 0;
}
