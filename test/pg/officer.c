/*
 * The officer's side for stories at the command line, where nobody acts as an officer: what a page
 * would call, on an instance of either engine, at WRIT_NOW.
 *
 *   officer DIR register ADDRESS NAME KEY | confirm ADDRESS CODE | find ADDRESS
 *   officer DIR submit OFFICER FILE.json | form FILE.json
 *   officer DIR answer OFFICER DEMAND TEXT | withdraw OFFICER DEMAND | grant OFFICER DEMAND NUMBER
 *   officer DIR fetch OFFICER PRODUCTION OUT PIN | acknowledge OFFICER PRODUCTION
 *
 * Prints what a story needs; the exit status is 1 with the error on stderr.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk/exchange.h"
#include "desk/fetch.h"
#include "desk/intake.h"
#include "desk/officer.h"
#include "os/file.h"

struct call {
	struct ctx *c;
	struct instance *in;
	char **arg;
	int n;
};

static struct str arg(const struct call *k, int i)
{
	return i < k->n ? str_of(k->arg[i]) : (struct str){"", 0};
}

static int who(const struct call *k, struct person *ret)
{
	struct officer o;
	int rc = officer_get(k->c, k->in, arg(k, 0), &o);

	return rc == 0 ? person_get(k->c, k->in, o.person, ret) : rc;
}

static int do_register(const struct call *k)
{
	struct officer_form f = {.name = arg(k, 1),
	    .address = arg(k, 0),
	    .phone = STR("+1 555 0100"),
	    .rank = STR("Detective"),
	    .authority = STR("a police department"),
	    .country = STR("US"),
	    .language = STR("en"),
	    .recipient = arg(k, 2)};

	return officer_register(k->c, k->in, STR(""), &f);
}

static int do_confirm(const struct call *k)
{
	return officer_confirm(k->c, k->in, arg(k, 0), arg(k, 1));
}

static int do_find(const struct call *k)
{
	struct officer o;
	bool found;
	int rc = officer_find_address(k->c, k->in, arg(k, 0), &o, &found);

	if (rc == 0 && !found)
		rc = err_set(k->c, ERR_NOTFOUND, "no officer has this address");
	if (rc == 0)
		(void)printf("%s\n", o.ref.p);
	return rc;
}

static int read_draft(const struct call *k, struct str path, struct draft *ret)
{
	struct str text;
	int rc = file_read(k->c, path.p, 1 << 20, &text);

	return rc == 0 ? draft_json_parse(k->c, path.p, text, ret) : rc;
}

static int send(const struct call *k, const struct person *p, struct str file)
{
	struct demand_receipt r;
	struct demand_paper *papers;
	struct draft d;
	struct portal_demand pd = {.draft = &d};
	int rc = read_draft(k, file, &d);

	if (rc == 0)
		rc = intake_papers(k->c, k->in, file, &d, &papers);
	if (rc != 0)
		return rc;
	pd.papers = papers;
	pd.n_papers = d.n_papers;
	rc = p != NULL ? portal_submit(k->c, k->in, p, &pd, &r)
		       : portal_form(k->c, k->in, STR("192.0.2.1"), &pd, &r);
	if (rc == 0)
		(void)printf("%s\n", r.ref.p);
	return rc;
}

static int do_submit(const struct call *k)
{
	struct person p;
	int rc = who(k, &p);

	return rc == 0 ? send(k, &p, arg(k, 1)) : rc;
}

static int do_form(const struct call *k)
{
	return send(k, NULL, arg(k, 0));
}

static int do_answer(const struct call *k)
{
	struct person p;
	int rc = who(k, &p);

	return rc == 0 ? exchange_answer(k->c, k->in, &p, arg(k, 1), 1, arg(k, 2)) : rc;
}

static int do_withdraw(const struct call *k)
{
	struct person p;
	int rc = who(k, &p);

	return rc == 0 ? exchange_withdraw(k->c, k->in, &p, arg(k, 1), 0, STR("settled")) : rc;
}

static int do_grant(const struct call *k)
{
	struct person p;
	int64_t number = 0;
	int rc = who(k, &p);

	if (rc == 0 && !str_i64(arg(k, 2), &number))
		rc = err_set(k->c, ERR_INVALID, "NUMBER is a number");
	return rc == 0 ? exchange_answer_time(k->c, k->in, &p, arg(k, 1), 1, number, true) : rc;
}

static int do_fetch(const struct call *k)
{
	struct person p;
	struct fetch f;
	int fd = -1, rc = who(k, &p);

	if (rc == 0)
		fd = open(arg(k, 2).p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (rc == 0 && fd < 0)
		rc = err_set(k->c, ERR_FAIL, "OUT cannot be made");
	if (rc == 0)
		rc = fetch_pledge(k->c, k->in, &p, STR(""), arg(k, 1));
	if (rc == 0)
		rc = fetch_begin(k->c, k->in, &p, STR(""), arg(k, 1), arg(k, 3), &f);
	if (rc == 0)
		rc = blob_get(k->c, instance_path(k->c, k->in, k->in->blobs).p, f.lies.blob,
		    f.lies.key, fd, NULL);
	if (rc == 0)
		rc = fetch_end(k->c, k->in, &f, f.lies.size, "fetched");
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

static int do_acknowledge(const struct call *k)
{
	struct person p;
	int rc = who(k, &p);

	return rc == 0 ? exchange_acknowledge(k->c, k->in, &p, arg(k, 1)) : rc;
}

static const struct {
	const char *name;
	int (*run)(const struct call *k);
} acts[] = {{"register", do_register}, {"confirm", do_confirm}, {"find", do_find},
    {"submit", do_submit}, {"form", do_form}, {"answer", do_answer}, {"withdraw", do_withdraw},
    {"grant", do_grant}, {"fetch", do_fetch}, {"acknowledge", do_acknowledge}};

static int run(struct call *k, const char *dir, const char *name)
{
	const char *now = getenv("WRIT_NOW");
	struct instant at;
	int rc = now == NULL ? 0 : instant_parse(k->c, str_of(now), &at);

	if (rc == 0 && now != NULL)
		k->c->fixed_now = at.s;
	if (rc == 0)
		rc = instance_open(k->c, str_of(dir), SQL_ROLE_WEB, &k->in);
	for (size_t i = 0; rc == 0 && i < sizeof acts / sizeof acts[0]; i++)
		if (strcmp(acts[i].name, name) == 0) {
			rc = acts[i].run(k);
			instance_close(&k->in);
			return rc;
		}
	return rc != 0 ? rc : err_set(k->c, ERR_INVALID, "no such act");
}

int main(int argc, char **argv)
{
	struct call k = {.arg = argv + 3, .n = argc - 3};
	int rc;

	if (argc < 4)
		return 2;
	ctx_open(&k.c);
	rc = run(&k, argv[1], argv[2]);
	if (rc != 0)
		(void)fprintf(stderr, "officer: %s\n", err_text(k.c));
	ctx_close(&k.c);
	return rc == 0 ? 0 : 1;
}
