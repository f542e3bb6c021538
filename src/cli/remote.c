#include "cli/remote.h"

#include "base/mem.h"
#include "cli/cmd.h"
#include "kind/host.h"
#include "os/file.h"
#include "out/net.h"

enum { SECONDS = 60, OPTS_MAX = 10, POS_MAX = 4, SECRET_MAX = 4096, FORM_MAX = 1 << 20 };

/* pos: what each argument is; opts: the options, "name" for --name, "name:field" where the route's
 * field is called otherwise. The part n of a path is the order. */
static const struct line {
	const char *family, *name, *route, *pos, *opts;
} lines[] = {
    {"matter", "show", "case", "case", ""},
    {"order", "fact", "order_fact", "case name=value", "order:n"},
    {"order", "judge", "order_judge", "case", "order:n"},
    {"order", "answer", "order_answer", "case finding answer", "order:n reason"},
    {"order", "examine", "order_examine", "case verdict", "order:n reason"},
    {"order", "return", "order_return", "case", "order:n reason"},
    {"order", "reply", "order_reply", "case", "order:n reason"},
    {"order", "reject", "order_reject", "case", "order:n code reason"},
    {"order", "annex3", "order_annex3", "case", "order:n code reason"},
    {"order", "withdraw", "order_withdraw", "case", "order:n because"},
    {"order", "redirect", "order_redirect", "case", "order:n reason"},
    {"order", "lapse", "order_lapse", "case", "order:n code:because"},
    {"item", "decide", "item_decide", "case verdict", "order:n item reason code from to"},
    {"item", "second", "item_second", "case", "order:n item"},
    {"item", "withdraw", "item_withdraw", "case", "order:n item"},
    {"item", "correct", "item_correct", "case", "order:n item kind value"},
    {"preserve", "start", "preserve_start", "case", "order:n"},
    {"preserve", "extend", "preserve_extend", "case", "order:n until"},
    {"preserve", "release", "preserve_release", "case", "order:n produced-by:produced_by"},
    {"secrecy", "lift", "secrecy_lift", "case number", "order:n"},
    {"challenge", "file", "challenge_file", "case against", "order:n reason"},
    {"challenge", "end", "challenge_end", "case number end", "order:n"},
};

struct field {
	struct str name, value;
	bool used; /* in the path */
};

struct remote {
	struct cli *cli;
	struct ctx *c;
	const struct line *line;
	struct host host;
	struct str token;
	struct field *fields;
	size_t n, cap;
};

static void field_add(struct remote *r, struct str name, struct str value)
{
	r->fields = mem_grow(r->c, r->fields, r->n, &r->cap, sizeof *r->fields);
	r->fields[r->n++] = (struct field){name, value, false};
}

/* ---- the command's arguments ---- */

static size_t options_make(
    struct ctx *c, const char *words, struct cli_opt *opts, struct str *names)
{
	struct str rest = str_of(words), w, option, field;
	size_t n = 0;

	while (str_word(&rest, &w)) {
		if (!str_cut(w, ':', &option, &field))
			option = field = w;
		opts[n] = (struct cli_opt){.name = str_fmt(c, "--%.*s", STR_ARG(option)).p,
		    .many = str_is(option, "item")};
		names[n++] = field;
	}
	return n;
}

static int positions_read(struct remote *r, const struct str *pos, size_t n)
{
	struct str rest = str_of(r->line->pos), w, a, b, name, value;
	size_t i = 0;

	while (str_word(&rest, &w)) {
		if (i == n)
			return err_set(r->c, ERR_INVALID, "usage: writ %s %s %s", r->line->family,
			    r->line->name, r->cli->command->args);
		if (!str_cut(w, '=', &a, &b)) {
			field_add(r, w, pos[i++]);
			continue;
		}
		if (!str_cut(pos[i++], '=', &name, &value))
			return err_set(r->c, ERR_INVALID, "a fact is NAME=VALUE");
		field_add(r, a, name);
		field_add(r, b, value);
	}
	return i == n ? 0 : err_set(r->c, ERR_INVALID, "too many arguments");
}

static int arguments_read(struct remote *r)
{
	struct cli_opt opts[OPTS_MAX];
	struct str names[OPTS_MAX], pos[POS_MAX];
	size_t n = options_make(r->c, r->line->opts, opts, names), n_pos;
	bool order = false;
	int rc = cli_parse(r->cli, opts, n, pos, POS_MAX, &n_pos);

	if (rc == 0)
		rc = positions_read(r, pos, n_pos);
	for (size_t i = 0; i < n && rc == 0; i++) {
		order = order || (opts[i].given && str_is(names[i], "n"));
		for (size_t v = 0; v < opts[i].n; v++)
			field_add(r, names[i], opts[i].values[v]);
		if (opts[i].given && !opts[i].many)
			field_add(r, names[i], opts[i].value);
	}
	if (rc == 0 && !order)
		field_add(r, STR("n"), STR("1"));
	return rc;
}

/* ---- asking ---- */

static void put_encoded(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if ((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
		    (ch >= '0' && ch <= '9') || str_has(STR("-._~"), ch))
			buf_putc(b, ch);
		else
			buf_fmt(b, "%%%02X", (unsigned char)ch);
	}
}

static struct str base_of(const struct remote *r)
{
	struct str s = r->cli->server;

	s.n -= r->host.path.n;
	return s;
}

static int ask(
    struct remote *r, bool post, struct str path, struct str form, struct net_answer *ret)
{
	struct ctx *c = r->c;
	struct str base = base_of(r);
	struct json *j = json_map(c), *headers = json_list(c);
	int rc;

	json_add(c, headers,
	    json_of_text(c, str_fmt(c, "Authorization: Bearer %.*s", STR_ARG(r->token))));
	if (post)
		json_add(c, headers,
		    json_of_text(
			c, str_fmt(c, "Idempotency-Key: %.*s", STR_ARG(r->cli->idempotency))));
	json_set_text(c, j, "kind", STR("web"));
	json_set_text(c, j, "url", str_fmt(c, "%.*s%.*s", STR_ARG(base), STR_ARG(path)));
	json_set_text(c, j, "method", post ? STR("POST") : STR("GET"));
	json_set(c, j, "headers", headers);
	json_set_int(c, j, "seconds", SECONDS);
	json_set_int(c, j, "limit", NET_ANSWER_MAX);
	rc = net_ask(c, r->host.port, j, form, ret);
	if (rc == 0 && ret->did != NET_DONE)
		rc = err_set(c, ERR_FAIL, "the server: %s", net_word(ret->did));
	return rc;
}

/* The path with its parts filled in, of the operation of this name. */
static bool path_fill(struct remote *r, struct str path, struct str *ret)
{
	struct buf b = buf_init(r->c, 4096);
	struct str before, part;

	while (str_cut(path, '{', &before, &path)) {
		size_t i = 0;

		buf_put(&b, before);
		if (!str_cut(path, '}', &part, &path))
			return false;
		while (i < r->n && !str_eq(r->fields[i].name, part))
			i++;
		if (i == r->n)
			return false;
		r->fields[i].used = true;
		put_encoded(&b, r->fields[i].value);
	}
	buf_put(&b, before);
	*ret = buf_str(&b);
	return true;
}

static int route_look(struct remote *r, bool *ret_post, struct str *ret_path)
{
	static const char *const methods[] = {"get", "post"};
	struct net_answer a;
	const struct json *paths, *op;
	struct json *all;
	int rc = ask(r, false, STR("/openapi.json"), STR(""), &a);

	if (rc == 0 && a.status != 200)
		rc = err_set(r->c, ERR_FAIL, "the server does not describe its routes");
	if (rc == 0)
		rc = json_parse(r->c, "/openapi.json", a.body, &all);
	paths = rc == 0 ? json_find(all, "paths") : NULL;
	for (size_t i = 0; paths != NULL && paths->kind == JSON_MAP && i < paths->n; i++)
		for (size_t m = 0; m < 2; m++) {
			op = json_find(paths->at[i], methods[m]);
			if (op == NULL || !str_is(json_text(op, "operationId"), r->line->route))
				continue;
			*ret_post = m == 1;
			return path_fill(r, paths->key[i], ret_path)
				   ? 0
				   : err_set(r->c, ERR_FAIL, "the server's route is another one");
		}
	return rc == 0 ? err_set(r->c, ERR_INVALID, "this server has no such route") : rc;
}

/* What does not stand in the path; of one without orders its number is left out. */
static struct str form_make(struct remote *r)
{
	struct buf b = buf_init(r->c, FORM_MAX);

	for (size_t i = 0; i < r->n; i++) {
		if (r->fields[i].used || str_is(r->fields[i].name, "n"))
			continue;
		if (b.n > 0)
			buf_putc(&b, '&');
		put_encoded(&b, r->fields[i].name);
		buf_putc(&b, '=');
		put_encoded(&b, r->fields[i].value);
	}
	return buf_str(&b);
}

/* ---- the answer ---- */

static int refused(struct remote *r, const struct json *j, int status)
{
	static const struct {
		const char *word;
		int code;
	} words[] = {{"not_found", ERR_NOTFOUND}, {"conflict", ERR_CONFLICT},
	    {"denied", ERR_DENIED}, {"invalid", ERR_INVALID}, {"limit", ERR_LIMIT},
	    {"sign_in", ERR_DENIED}};
	struct str word = json_text(j, "error"), says = json_text(j, "says");

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(word, words[i].word))
			return err_set(r->c, words[i].code, "%.*s",
			    says.n > 0 ? (int)says.n : (int)word.n, says.n > 0 ? says.p : word.p);
	return err_set(r->c, ERR_FAIL, "the server answered with status %d", status);
}

static void print(struct remote *r, struct json *j)
{
	if (r->cli->json) {
		cli_put(r->cli, j);
		return;
	}
	cli_plain(r->c, j);
	if (strcmp(r->line->route, "case") == 0)
		cmd_matter_text(j);
	else if (json_find(j, "order_state") != NULL)
		(void)printf("Case %.*s, order %lld: %.*s\n", STR_ARG(json_text(j, "case")),
		    (long long)json_find(j, "order")->num, STR_ARG(json_text(j, "order_state")));
	else
		cli_put(r->cli, j);
}

static int answer_read(struct remote *r, const struct net_answer *a)
{
	struct json *j;
	int rc = json_parse(r->c, "the server's answer", a->body, &j);

	if (rc != 0) {
		err_clear(r->c); /* a page: of nginx in front, or of the limits */
		return err_set(r->c, ERR_FAIL, "the server answered with status %d", a->status);
	}
	if (a->status != 200)
		return refused(r, j, a->status);
	print(r, j);
	return 0;
}

/* ---- the whole ---- */

static int begin(struct remote *r)
{
	struct cli *cli = r->cli;
	unsigned char raw[16];
	struct str secret;
	int rc = host_parse(r->c, cli->server, "https http", &r->host);

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		if (strcmp(lines[i].family, cli->command->family) == 0 &&
		    strcmp(lines[i].name, cli->command->name) == 0)
			r->line = &lines[i];
	if (rc == 0 && r->line == NULL)
		rc = err_set(
		    r->c, ERR_INVALID, "this command has no route: it works on an instance alone");
	if (rc == 0 && !r->host.here && !str_is(r->host.scheme, "https"))
		rc = err_set(r->c, ERR_INVALID, "--server: http:// is for this machine alone");
	if (rc == 0 && cli->secret.n == 0)
		rc = err_set(r->c, ERR_INVALID, "--server needs --secret FILE");
	if (rc == 0)
		rc = file_read(r->c, cli->secret.p, SECRET_MAX, &secret);
	if (rc != 0)
		return rc;
	r->token = str_trim(secret);
	cli->server_port = r->host.port;
	if (cli->idempotency.n > 0)
		return 0;
	ctx_random(r->c, raw, sizeof raw);
	cli->idempotency = text_hex(r->c, raw, sizeof raw);
	return 0;
}

int remote_run(struct cli *cli)
{
	struct remote r = {.cli = cli, .c = cli->c};
	struct net_answer a;
	struct str path = {0}, form;
	bool post = false;
	int rc = begin(&r);

	if (rc == 0)
		rc = arguments_read(&r);
	if (rc == 0)
		rc = route_look(&r, &post, &path);
	if (rc != 0)
		return rc;
	form = form_make(&r);
	if (!post && form.n > 0)
		path = str_fmt(r.c, "%.*s?%.*s", STR_ARG(path), STR_ARG(form));
	rc = ask(&r, post, path, post ? form : STR(""), &a);
	return rc == 0 ? answer_read(&r, &a) : rc;
}
