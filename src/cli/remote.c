#include "cli/remote.h"

#include <time.h>

#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/remote_line.h"
#include "cli/remote_peer.h"
#include "cli/rows.h"
#include "os/file.h"

enum { OPTS_MAX = 24, POS_MAX = 4, FORM_MAX = 1 << 20, FILE_MAX = 64 << 10 };

struct field {
	struct str name, value;
	bool used; /* in the path */
};

struct remote {
	struct cli *cli;
	struct ctx *c;
	const struct remote_line *line;
	struct remote_peer peer;
	struct field *fields;
	size_t n, cap;
	struct str out; /* of a line whose answer is a file */
};

static void field_add(struct remote *r, struct str name, struct str value)
{
	r->fields = mem_grow(r->c, r->fields, r->n, &r->cap, sizeof *r->fields);
	r->fields[r->n++] = (struct field){name, value, false};
}

static const struct field *field_find(const struct remote *r, struct str name)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->fields[i].name, name))
			return &r->fields[i];
	return NULL;
}

/* ---- the command's arguments ---- */

/* What an option of the line gives: its field, and of a flag the value. */
struct taken {
	struct str field, value;
	bool file;
};

static size_t options_make(
    struct ctx *c, const char *words, struct cli_opt *opts, struct taken *ret)
{
	struct str rest = str_of(words == NULL ? "" : words), w, option, set;
	size_t n = 0;

	while (str_word(&rest, &w)) {
		struct taken t = {.value = STR("")};
		bool flag = false;

		t.file = str_cut(w, '@', &option, &t.field);
		if (!t.file) {
			flag = str_cut(w, '=', &option, &set);
			if (flag)
				(void)str_cut(set, '=', &t.field, &t.value);
			else if (!str_cut(w, ':', &option, &t.field))
				option = t.field = w;
		}
		opts[n] = (struct cli_opt){.name = str_fmt(c, "--%.*s", STR_ARG(option)).p,
		    .flag = flag,
		    .many = str_is(option, "item") || str_is(option, "enclosure")};
		ret[n++] = t;
	}
	return n;
}

static int usage(struct remote *r)
{
	const struct cli_command *cmd = r->cli->command;

	return err_set(r->c, ERR_INVALID, "usage: writ %s%s%s %s", cmd->family,
	    cmd->name[0] == '\0' ? "" : " ", cmd->name, cmd->args);
}

static int pair_add(struct remote *r, struct str names, struct str given)
{
	struct str a, b, name, value;

	(void)str_cut(names, '=', &a, &b);
	if (!str_cut(given, '=', &name, &value))
		return err_set(r->c, ERR_INVALID, "a fact is NAME=VALUE");
	field_add(r, a, name);
	field_add(r, b, value);
	return 0;
}

static int positions_read(struct remote *r, const struct str *pos, size_t n)
{
	struct str rest = str_of(r->line->pos), w;
	size_t i = 0;
	int rc = 0;

	while (rc == 0 && str_word(&rest, &w)) {
		bool may_lack = str_starts(w, "[");

		if (may_lack)
			w = (struct str){w.p + 1, w.n - 2};
		if (i == n)
			return may_lack ? 0 : usage(r);
		if (str_starts(w, "=")) {
			if (!str_eq(pos[i++], (struct str){w.p + 1, w.n - 1}))
				return usage(r);
		} else if (str_has(w, '=')) {
			rc = pair_add(r, w, pos[i++]);
		} else {
			field_add(r, w, pos[i++]);
		}
	}
	if (rc == 0 && i < n)
		rc = err_set(r->c, ERR_INVALID, "too many arguments");
	return rc;
}

/* What is given more than once, as the lines of one field. */
static struct str lines_of(struct ctx *c, const struct cli_opt *o)
{
	struct buf b = buf_init(c, FILE_MAX);

	for (size_t v = 0; v < o->n; v++)
		buf_fmt(&b, "%.*s\n", STR_ARG(o->values[v]));
	return buf_str(&b);
}

static int option_add(struct remote *r, const struct cli_opt *o, const struct taken *t)
{
	struct str value = o->flag ? t->value : o->value;
	int rc = 0;

	if (!o->given)
		return 0;
	if (r->line->file && str_is(t->field, "out")) {
		r->out = value;
		return 0;
	}
	if (o->many && !str_is(t->field, "item")) {
		field_add(r, t->field, lines_of(r->c, o));
		return 0;
	}
	for (size_t v = 0; v < o->n; v++)
		field_add(r, t->field, o->values[v]);
	if (o->many)
		return 0;
	if (field_find(r, t->field) != NULL)
		return err_set(r->c, ERR_INVALID, "%s says what another option says too", o->name);
	if (t->file)
		rc = rows_read_file(r->cli, o->value, FILE_MAX, &value);
	if (rc == 0 && str_utf8_bad(value) != value.n)
		rc = err_set(r->c, ERR_INVALID, "not UTF-8");
	if (rc != 0)
		return err_while(r->c, rc, "%s", o->name);
	field_add(r, t->field, value);
	return 0;
}

static int arguments_read(struct remote *r)
{
	struct cli_opt opts[OPTS_MAX];
	struct taken taken[OPTS_MAX];
	struct str pos[POS_MAX], rest, w, name, value;
	size_t n = options_make(r->c, r->line->opts, opts, taken), n_pos;
	int rc = cli_parse(r->cli, opts, n, pos, POS_MAX, &n_pos);

	if (rc != 0)
		return err_while(r->c, rc, "on a server");
	rc = positions_read(r, pos, n_pos);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = option_add(r, &opts[i], &taken[i]);
	rest = str_of(r->line->fixed == NULL ? "" : r->line->fixed);
	while (str_word(&rest, &w))
		if (str_cut(w, '=', &name, &value) && field_find(r, name) == NULL)
			field_add(r, name, value);
	return rc;
}

/* ---- the request ---- */

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

/* The path with its parts filled in. */
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
		if (i == r->n || r->fields[i].value.n == 0)
			return false;
		r->fields[i].used = true;
		put_encoded(&b, r->fields[i].value);
	}
	buf_put(&b, before);
	*ret = buf_str(&b);
	return true;
}

/* Where the operation of this name lies, with its parts open. */
static int route_look(struct remote *r, const struct json *paths, const char *name, bool *ret_post,
    struct str *ret_path)
{
	static const char *const methods[] = {"get", "post"};

	for (size_t i = 0; paths != NULL && paths->kind == JSON_MAP && i < paths->n; i++)
		for (size_t m = 0; m < 2; m++) {
			const struct json *op = json_find(paths->at[i], methods[m]);

			if (op == NULL || !str_is(json_text(op, "operationId"), name))
				continue;
			*ret_post = m == 1;
			*ret_path = paths->key[i];
			return 0;
		}
	return err_set(
	    r->c, ERR_INVALID, "this server has no such route: it is of another release");
}

/* Without --order a case has one order: which one of several is meant, nobody guesses. */
static int order_choose(struct remote *r, const struct json *paths)
{
	struct remote_asked ask = {.form = STR("")};
	const struct json *orders;
	struct json *j;
	int rc = route_look(r, paths, "case", &ask.post, &ask.path);

	if (rc == 0 && !path_fill(r, ask.path, &ask.path))
		rc = usage(r);
	if (rc == 0)
		rc = remote_peer_ask(&r->peer, &ask, &j);
	if (rc != 0)
		return rc;
	orders = json_find(j, "orders");
	if (orders != NULL && orders->n > 1)
		return err_set(r->c, ERR_INVALID,
		    "the case has %zu orders: say which with --order N", orders->n);
	field_add(r, STR("n"), STR("1"));
	return 0;
}

static struct str form_make(struct remote *r)
{
	struct buf b = buf_init(r->c, FORM_MAX);

	for (size_t i = 0; i < r->n; i++) {
		if (r->fields[i].used)
			continue;
		if (b.n > 0)
			buf_putc(&b, '&');
		put_encoded(&b, r->fields[i].name);
		buf_putc(&b, '=');
		put_encoded(&b, r->fields[i].value);
	}
	return buf_str(&b);
}

static int ask(struct remote *r, struct json **ret)
{
	struct remote_asked q = {.path = STR("/openapi.json"), .form = STR("")};
	const struct json *paths;
	struct json *all;
	int rc = remote_peer_ask(&r->peer, &q, &all);

	if (rc != 0)
		return rc;
	paths = json_find(all, "paths");
	rc = route_look(r, paths, r->line->route, &q.post, &q.path);
	if (rc == 0 && field_find(r, STR("n")) == NULL &&
	    strstr(str_make(r->c, q.path).p, "{n}") != NULL)
		rc = order_choose(r, paths);
	if (rc == 0 && !path_fill(r, q.path, &q.path))
		rc = usage(r);
	if (rc != 0)
		return rc;
	q.form = form_make(r);
	q.once = !r->line->reads;
	if (!q.post) {
		if (q.form.n > 0)
			q.path = str_fmt(r->c, "%.*s?%.*s", STR_ARG(q.path), STR_ARG(q.form));
		q.form = STR("");
	}
	return remote_peer_ask(&r->peer, &q, ret);
}

/* ---- a file that is made behind the answer ---- */

enum { TRIES = 240, PAUSE_MS = 250 };

static int job_ask(struct remote *r, const struct json *paths, struct str ref, struct json **ret)
{
	struct remote_asked q = {.form = STR("")};
	struct remote job = {.c = r->c};
	int rc = route_look(r, paths, "job", &q.post, &q.path);

	field_add(&job, STR("job"), ref);
	if (rc == 0 && !path_fill(&job, q.path, &q.path))
		rc = usage(r);
	q.path = str_fmt(r->c, "%.*s?file=yes", STR_ARG(q.path));
	return rc == 0 ? remote_peer_ask(&r->peer, &q, ret) : rc;
}

/* Waits for the job, a minute at most, and writes its file. */
static int file_take(struct remote *r, const struct json *answer)
{
	struct remote_asked q = {.path = STR("/openapi.json"), .form = STR("")};
	struct timespec pause = {0, PAUSE_MS * 1000000L};
	struct json *all, *j = NULL;
	struct str ref = json_text(answer, "job"), bytes, state = STR("waiting");
	int rc = remote_peer_ask(&r->peer, &q, &all);

	for (int i = 0; rc == 0 && i < TRIES && str_has_word(STR("waiting working"), state); i++) {
		if (i > 0)
			(void)nanosleep(&pause, NULL);
		rc = job_ask(r, json_find(all, "paths"), ref, &j);
		state = rc == 0 ? json_text(j, "state") : state;
	}
	if (rc != 0)
		return rc;
	if (str_is(state, "failed"))
		return err_set(r->c, ERR_FAIL, "the server could not make it: %.*s",
		    STR_ARG(json_text(j, "says")));
	if (!str_is(state, "done") || !text_unbase64(r->c, json_text(j, "file"), &bytes))
		return err_set(
		    r->c, ERR_FAIL, "the server has not made it yet: job %.*s", STR_ARG(ref));
	rc = file_write_atomic(r->c, str_z(r->c, r->out), 0600, bytes);
	if (rc == 0)
		(void)printf("Written: %.*s\n", STR_ARG(r->out));
	return rc;
}

/* ---- the answer ---- */

/* The part that is shown, with what belongs to it. */
static int part_of(struct remote *r, struct json *j, struct json **ret)
{
	const struct remote_line *l = r->line;
	struct str rest = str_of(l->with == NULL ? "" : l->with), w;
	size_t i = 0;

	*ret = j;
	if (l->part == NULL)
		return 0;
	while (j->kind == JSON_MAP && i < j->n && !str_is(j->key[i], l->part))
		i++;
	if (j->kind != JSON_MAP || i == j->n)
		return err_set(r->c, ERR_NOTFOUND, "the server shows none of it");
	*ret = j->at[i];
	while (str_word(&rest, &w))
		json_set_text(r->c, *ret, str_make(r->c, w).p, json_text(j, str_make(r->c, w).p));
	return 0;
}

static void say(struct remote *r, const struct json *j)
{
	struct str rest = str_of(r->line->says), before, name;

	while (str_cut(rest, '{', &before, &rest)) {
		const struct field *f;
		struct str value;

		(void)str_cut(rest, '}', &name, &rest);
		value = json_text(j, str_make(r->c, name).p);
		f = value.n == 0 ? field_find(r, name) : NULL;
		if (f != NULL)
			value = f->value;
		(void)printf("%.*s%.*s", STR_ARG(before), STR_ARG(value));
	}
	(void)printf("%.*s", STR_ARG(before));
}

static void print(struct remote *r, struct json *j)
{
	const struct remote_line *l = r->line;
	const struct json *list = l->list == NULL ? NULL : json_find(j, l->list);

	if (r->cli->json) {
		cli_put(r->cli, list != NULL ? list : j);
		if (list != NULL)
			rows_tell(j, l->list);
		return;
	}
	cli_plain(r->c, j);
	if (l->shown != NULL)
		l->shown(j);
	else if (l->says != NULL)
		say(r, j);
	else if (json_find(j, "order_state") != NULL)
		(void)printf("Case %.*s, order %lld: %.*s\n", STR_ARG(json_text(j, "case")),
		    (long long)rows_int(j, "order"), STR_ARG(json_text(j, "order_state")));
	else
		cli_put(r->cli, j);
}

/* ---- the whole ---- */

static int line_find(struct remote *r)
{
	const struct cli_command *cmd = r->cli->command;
	int rc = remote_line_find(cmd, r->cli->argc, r->cli->argv, &r->line);

	if (rc == ERR_NOTFOUND)
		return err_set(r->c, ERR_INVALID,
		    "writ %s%s%s has no route: it works on an instance alone", cmd->family,
		    cmd->name[0] == '\0' ? "" : " ", cmd->name);
	return rc == 0 ? 0 : usage(r);
}

int remote_run(struct cli *cli)
{
	struct remote r = {.cli = cli, .c = cli->c};
	struct json *j = NULL;
	int rc = line_find(&r);

	if (rc == 0)
		rc = remote_peer_open(cli, &r.peer);
	if (rc == 0)
		rc = arguments_read(&r);
	if (rc == 0 && r.line->file && r.out.n == 0)
		rc =
		    err_set(cli->c, ERR_INVALID, "on a server it is written to a file: --out FILE");
	if (rc == 0)
		rc = ask(&r, &j);
	if (rc == 0 && r.line->file)
		return file_take(&r, j);
	if (rc == 0)
		rc = part_of(&r, j, &j);
	if (rc == 0)
		print(&r, j);
	return rc;
}
