#include "desk/data_map.h"

#include "base/mem.h"
#include "kind/yaml.h"
#include "os/file.h"

static const char service_keys[] = "service holds connector program arguments reads runs socket "
				   "seconds megabytes limit_days canary "
				   "canary_kind canary_from canary_to expect_files expect_sha256";

static int read_text(struct ctx *c, const struct yaml *map, const char *key, struct str *ret)
{
	const struct yaml *node = yaml_find(map, key);

	if (node != NULL && node->kind != YAML_SCALAR)
		return yaml_err(c, node, "%s: a text is expected", key);
	*ret = yaml_text(map, key);
	return 0;
}

static int need_text(struct ctx *c, const struct yaml *map, const char *key, struct str *ret)
{
	int rc = yaml_get_text(c, map, key, ret);

	if (rc == 0 && ret->n == 0)
		rc = yaml_err(c, yaml_find(map, key), "%s: is empty", key);
	return rc;
}

static int read_number(struct ctx *c, const struct yaml *map, const char *key, int64_t usual,
    int64_t least, int64_t most, int64_t *ret)
{
	struct str text;
	int64_t n = usual;
	int rc = read_text(c, map, key, &text);

	if (rc == 0 && text.n > 0 && (!str_i64(text, &n) || n < least || n > most))
		rc = yaml_err(c, yaml_find(map, key), "%s: want a number from %lld to %lld", key,
		    (long long)least, (long long)most);
	if (rc == 0)
		*ret = n;
	return rc;
}

static int read_day(struct ctx *c, const struct yaml *map, const char *key, struct day *ret)
{
	struct str text;
	int rc = read_text(c, map, key, &text);

	*ret = DAY_NONE;
	if (rc == 0 && text.n > 0 && day_parse(c, text, ret) != 0) {
		const struct yaml *at = yaml_find(map, key);

		rc = err_while(c, ERR_INVALID, "%s:%d:%d: %s", at->file, at->line, at->col, key);
	}
	return rc;
}

/* ---- what a service holds ---- */

static bool held_already(const struct map_service *s, size_t n, struct str field)
{
	for (size_t i = 0; i < n; i++)
		if (str_has_word(s->holds[i].fields, field))
			return true;
	return false;
}

/* Fields that the law has a word for; each of a service in one place. */
static int check_fields(struct ctx *c, const struct instance *in, const struct yaml *node,
    const struct map_service *s, size_t n)
{
	const struct yaml *at = yaml_find(node, "fields");
	struct str rest = s->holds[n].fields, word;

	for (size_t seen; str_word(&rest, &word);) {
		struct str left = rest, other;

		if (in->law != NULL && pack_field(in->law, word) == NULL)
			return yaml_err(c, at,
			    "fields: one is not of the law's vocabulary (writ law "
			    "fields)");
		for (seen = 0; str_word(&left, &other);)
			seen += str_eq(other, word);
		if (seen > 0 || held_already(s, n, word))
			return yaml_err(c, at, "fields: one stands twice in this service");
	}
	return 0;
}

static int read_hold(struct ctx *c, const struct instance *in, const struct yaml *node,
    struct map_service *s, size_t n)
{
	struct map_hold *h = &s->holds[n];
	int rc = yaml_keys_check(c, node, "fields where retention encryption keys");

	if (rc == 0)
		rc = need_text(c, node, "fields", &h->fields);
	if (rc == 0)
		rc = need_text(c, node, "where", &h->where);
	if (rc == 0)
		rc = need_text(c, node, "retention", &h->retention);
	if (rc == 0)
		rc = need_text(c, node, "encryption", &h->encryption);
	if (rc == 0)
		rc = need_text(c, node, "keys", &h->keys);
	if (rc == 0 && !str_has_word(STR("none provider customer user"), h->keys))
		rc = yaml_err(c, yaml_find(node, "keys"),
		    "keys: who holds them: provider, customer, user, or none without encryption");
	if (rc == 0 && str_is(h->keys, "none") != str_is(h->encryption, "none"))
		rc = yaml_err(c, yaml_find(node, "keys"),
		    "encryption and keys: both are none, or neither is");
	return rc == 0 ? check_fields(c, in, node, s, n) : rc;
}

static int read_holds(
    struct ctx *c, const struct instance *in, const struct yaml *node, struct map_service *s)
{
	const struct yaml *list = yaml_find(node, "holds");
	int rc = 0;

	if (list == NULL || list->kind != YAML_LIST || list->n == 0)
		return yaml_err(c, node, "holds: at least one is needed");
	s->n_holds = list->n;
	s->holds = mem_array(c, list->n, sizeof *s->holds);
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = read_hold(c, in, list->at[i], s, i);
	return rc;
}

/* ---- how it is collected ---- */

static int check_paths(struct ctx *c, const struct yaml *node, const char *key, struct str paths)
{
	struct str word;

	while (str_word(&paths, &word))
		if (!str_starts(word, "/"))
			return yaml_err(c, yaml_find(node, key), "%s: want a whole path", key);
	return 0;
}

/* One socket, in the file system: what lies behind it is reached, and nothing beside it. */
static int read_socket(struct ctx *c, const struct yaml *node, bool program, struct str *ret)
{
	int rc = read_text(c, node, "socket", ret);

	if (rc == 0 && ret->n > 0 && !program)
		rc = yaml_err(c, node, "socket: goes with connector: program");
	if (rc == 0 && ret->n > 0 &&
	    (str_has(*ret, ' ') || str_has(*ret, '\t') || ret->n > MAP_SOCKET_MAX))
		rc = yaml_err(c, yaml_find(node, "socket"),
		    "socket: want one path of at most %d bytes", MAP_SOCKET_MAX);
	return rc == 0 ? check_paths(c, node, "socket", *ret) : rc;
}

static int read_program(struct ctx *c, const struct yaml *node, struct map_service *s)
{
	bool program = str_is(s->connector, "program");
	int rc = read_text(c, node, "program", &s->program);

	if (rc == 0 && program != (s->program.n > 0))
		rc = yaml_err(c, node, "program: goes with connector: program, and only with it");
	if (rc == 0 && (str_has(s->program, ' ') || str_has(s->program, '\t')))
		rc = yaml_err(c, yaml_find(node, "program"), "program: want one path");
	if (rc == 0)
		rc = check_paths(c, node, "program", s->program);
	if (rc == 0)
		rc = read_text(c, node, "arguments", &s->arguments);
	if (rc == 0)
		rc = read_text(c, node, "reads", &s->reads);
	if (rc == 0)
		rc = check_paths(c, node, "reads", s->reads);
	if (rc == 0)
		rc = read_text(c, node, "runs", &s->runs);
	if (rc == 0)
		rc = check_paths(c, node, "runs", s->runs);
	if (rc == 0)
		rc = read_socket(c, node, program, &s->socket);
	if (rc == 0)
		rc = read_number(c, node, "seconds", 600, 1, MAP_SECONDS_MAX, &s->seconds);
	return rc == 0
		   ? read_number(c, node, "megabytes", 1024, 1, MAP_MEGABYTES_MAX, &s->megabytes)
		   : rc;
}

static int read_canary(struct ctx *c, const struct yaml *node, struct map_service *s)
{
	struct hash h;
	int rc = need_text(c, node, "canary", &s->canary);

	if (rc == 0)
		rc = need_text(c, node, "canary_kind", &s->canary_kind);
	if (rc == 0)
		rc = read_day(c, node, "canary_from", &s->canary_from);
	if (rc == 0)
		rc = read_day(c, node, "canary_to", &s->canary_to);
	if (rc == 0 && (day_is_none(s->canary_from) != day_is_none(s->canary_to) ||
			   day_cmp(s->canary_from, s->canary_to) > 0))
		rc = yaml_err(c, node,
		    "canary_from and canary_to: both, the first not after the "
		    "second, or neither");
	if (rc == 0 && yaml_find(node, "expect_files") == NULL)
		rc = yaml_err(c, node, "expect_files: is missing");
	if (rc == 0) /* an empty answer would be one from anywhere */
		rc = read_number(c, node, "expect_files", 0, 1, 10000, &s->expect_files);
	if (rc == 0)
		rc = read_text(c, node, "expect_sha256", &s->expect_sha256);
	if (rc == 0 && s->expect_sha256.n > 0 && !hash_parse(s->expect_sha256, &h))
		rc = yaml_err(c, yaml_find(node, "expect_sha256"),
		    "expect_sha256: want 64 hexadecimal digits");
	return rc;
}

static bool in_profile(const struct instance *in, struct str service)
{
	for (size_t i = 0; i < in->n_profiles; i++)
		if (instance_service(&in->profiles[i], service) != NULL)
			return true;
	return false;
}

static int read_service(
    struct ctx *c, const struct instance *in, const struct yaml *node, struct map_service *s)
{
	int rc = yaml_keys_check(c, node, service_keys);

	*s = (struct map_service){.canary_from = DAY_NONE, .canary_to = DAY_NONE};
	if (rc == 0)
		rc = need_text(c, node, "service", &s->service);
	if (rc == 0 && !in_profile(in, s->service))
		rc = yaml_err(c, yaml_find(node, "service"),
		    "service: no profile in writ.yaml has this service");
	if (rc == 0)
		rc = read_holds(c, in, node, s);
	if (rc == 0)
		rc = need_text(c, node, "connector", &s->connector);
	if (rc == 0 && !str_has_word(STR("program push person"), s->connector))
		rc = yaml_err(
		    c, yaml_find(node, "connector"), "connector: want program, push or person");
	if (rc == 0)
		rc = read_program(c, node, s);
	if (rc == 0 && yaml_find(node, "limit_days") == NULL)
		rc = yaml_err(c, node, "limit_days: is missing");
	if (rc == 0)
		rc = read_number(c, node, "limit_days", 0, 1, MAP_LIMIT_MAX, &s->limit_days);
	return rc == 0 ? read_canary(c, node, s) : rc;
}

int data_map_parse(struct ctx *c, const char *file, struct str text, const struct instance *in,
    struct data_map *ret)
{
	struct data_map m = {0};
	const struct yaml *root, *list;
	int rc = yaml_parse(c, file, text, &root);

	if (rc == 0)
		rc = yaml_keys_check(c, root, "services");
	if (rc != 0)
		return rc;
	list = yaml_find(root, "services");
	if (list == NULL || list->kind != YAML_LIST || list->n == 0)
		return yaml_err(c, root, "services: at least one is needed");
	m.v = mem_array(c, list->n, sizeof *m.v);
	for (; m.n < list->n && rc == 0; m.n++) {
		rc = read_service(c, in, list->at[m.n], &m.v[m.n]);
		if (rc == 0 && data_map_find(&m, m.v[m.n].service) != NULL)
			rc = yaml_err(c, list->at[m.n], "service: stands twice");
	}
	if (rc == 0)
		*ret = m;
	return rc;
}

int data_map_load(struct ctx *c, const struct instance *in, struct data_map *ret)
{
	struct str text;
	int rc;

	*ret = (struct data_map){0};
	if (in->map.n == 0)
		return 0;
	rc = file_read(c, instance_path(c, in, in->map).p, MAP_BYTES_MAX, &text);
	return rc == 0 ? data_map_parse(c, str_z(c, in->map), text, in, ret) : rc;
}

const struct map_service *data_map_find(const struct data_map *map, struct str service)
{
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->v[i].service, service))
			return &map->v[i];
	return NULL;
}

const struct map_hold *map_holds(const struct map_service *s, struct str field)
{
	for (size_t i = 0; i < s->n_holds; i++)
		if (str_has_word(s->holds[i].fields, field))
			return &s->holds[i];
	return NULL;
}

/* ---- as a value ---- */

static struct json *holds_json(struct ctx *c, const struct map_service *s)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < s->n_holds; i++) {
		const struct map_hold *h = &s->holds[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "fields", h->fields);
		json_set_text(c, j, "where", h->where);
		json_set_text(c, j, "retention", h->retention);
		json_set_text(c, j, "encryption", h->encryption);
		json_set_text(c, j, "keys", h->keys);
		json_add(c, list, j);
	}
	return list;
}

struct json *map_json(struct ctx *c, const struct map_service *s)
{
	struct {
		const char *key;
		struct str value;
	} texts[] = {{"service", s->service}, {"connector", s->connector}, {"program", s->program},
	    {"arguments", s->arguments}, {"reads", s->reads}, {"runs", s->runs},
	    {"socket", s->socket}, {"canary", s->canary}, {"canary_kind", s->canary_kind},
	    {"expect_sha256", s->expect_sha256}};
	struct json *j = json_map(c);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (texts[i].value.n > 0)
			json_set_text(c, j, texts[i].key, texts[i].value);
	if (!day_is_none(s->canary_from)) {
		json_set_text(c, j, "canary_from", day_str(c, s->canary_from));
		json_set_text(c, j, "canary_to", day_str(c, s->canary_to));
	}
	json_set_int(c, j, "seconds", s->seconds);
	json_set_int(c, j, "megabytes", s->megabytes);
	json_set_int(c, j, "limit_days", s->limit_days);
	json_set_int(c, j, "expect_files", s->expect_files);
	json_set(c, j, "holds", holds_json(c, s));
	return j;
}

struct hash map_hash(struct ctx *c, const struct map_service *s)
{
	return hash_of(json_str(c, map_json(c, s)));
}

struct json *map_fields(struct ctx *c, const struct map_service *s)
{
	struct json *list = json_list(c);
	struct str word;

	for (size_t i = 0; i < s->n_holds; i++)
		for (struct str rest = s->holds[i].fields; str_word(&rest, &word);)
			json_add(c, list, json_of_text(c, word));
	return list;
}
