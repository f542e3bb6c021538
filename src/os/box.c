#include "os/box.h"

#include <errno.h>
#include <glob.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "kind/hash.h"
#include "kind/json.h"
#include "os/box_p.h"

static const struct box_profile profiles[BOX_ROLES] = {
    [BOX_SIGNER] = {.name = "signer", .closed = true, .needs_landlock = true},
    [BOX_PARSE] = {.name = "parse", .closed = true, .needs_landlock = true},
    [BOX_SEQUENCER] = {.name = "sequencer"},
    [BOX_CLI] = {.name = "cli", .starts = true},
    [BOX_SERVE] = {.name = "serve", .needs_landlock = true, .starts = true, .listens = true},
    [BOX_WEB] = {.name = "web", .needs_landlock = true, .listens = true},
    [BOX_WORK] = {.name = "work", .starts = true},
    [BOX_TOOL] = {.name = "tool", .starts = true, .alone = true},
    [BOX_NET] = {.name = "net", .starts = true, .no_local = true},
};

const struct box_profile *box_profile(enum box_role role)
{
	return &profiles[role];
}

const char *box_role_name(enum box_role role)
{
	return profiles[role].name;
}

int box_err(struct ctx *c, const char *wall, int e)
{
	return err_set(c, ERR_FAIL, "cannot confine this process: %s: %s", wall, strerror(e));
}

/* ---- limits ---- */

static int limit_set(struct ctx *c, int what, const char *name, rlim_t most)
{
	struct rlimit now, want;

	if (getrlimit((__rlimit_resource_t)what, &now) != 0)
		return box_err(c, name, errno);
	want = (struct rlimit){most, most};
	if (now.rlim_max < most) /* lower already: never raised */
		want.rlim_cur = want.rlim_max = now.rlim_max;
	if (setrlimit((__rlimit_resource_t)what, &want) != 0)
		return box_err(c, name, errno);
	return 0;
}

int box_hide(struct ctx *c)
{
	int rc = limit_set(c, RLIMIT_CORE, "core dumps", 0);

	if (rc == 0 && prctl(PR_SET_DUMPABLE, 0) != 0)
		rc = box_err(c, "core dumps", errno);
	return rc;
}

static int memory_limit(struct ctx *c, enum box_role role)
{
#ifdef __SANITIZE_ADDRESS__
	(void)c;
	(void)role;
	return 0;
#else
	return limit_set(
	    c, RLIMIT_AS, "memory limit", role == BOX_PARSE ? BOX_PARSE_BYTES : BOX_SIGNER_BYTES);
#endif
}

static int limits_set(struct ctx *c, enum box_role role, const struct box_leave *leave)
{
	int rc = box_hide(c);

	if (rc == 0 && !profiles[role].starts)
		rc = limit_set(c, RLIMIT_NPROC, "process limit", 0);
	if (rc == 0 && leave->seconds > 0 && (role == BOX_TOOL || role == BOX_NET))
		rc = limit_set(c, RLIMIT_CPU, "time limit", (rlim_t)leave->seconds);
	if (rc == 0 && leave->file_bytes > 0 && role == BOX_TOOL)
		rc = limit_set(c, RLIMIT_FSIZE, "file limit", (rlim_t)leave->file_bytes);
	if (rc < 0 || !profiles[role].closed)
		return rc;
	/* poll() refuses to watch more descriptors than this, so it is not 0. */
	rc = limit_set(c, RLIMIT_NOFILE, "descriptor limit", 64);
	if (rc == 0 && role == BOX_PARSE)
		rc = limit_set(c, RLIMIT_CPU, "time limit",
		    leave->seconds > 0 ? (rlim_t)leave->seconds : BOX_PARSE_SECONDS);
	if (rc == 0)
		rc = memory_limit(c, role);
	return rc;
}

int box_confine(struct ctx *c, enum box_role role, const struct box_leave *leave)
{
	static const struct box_leave nothing;
	int rc;

	if (leave == NULL)
		leave = &nothing;
	/* These libraries open files at their first use. */
	json_seed();
	(void)hash_of(STR(""));
	rc = limits_set(c, role, leave);
	if (rc == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		rc = box_err(c, "no_new_privs", errno);
	if (rc == 0)
		rc = box_land_enter(c, &profiles[role], leave);
	if (rc == 0)
		rc = box_calls_enter(c, role, leave);
	return rc;
}

/* ---- what any program needs ---- */

static const struct box_path common[] = {{"/usr", BOX_READ}, {"/lib", BOX_READ},
    {"/lib64", BOX_READ}, {"/etc/ld.so.cache", BOX_READ}, {"/etc/ssl", BOX_READ},
    {"/etc/localtime", BOX_READ}, {"/etc/timezone", BOX_READ}, {"/etc/nsswitch.conf", BOX_READ},
    {"/etc/passwd", BOX_READ}, {"/etc/group", BOX_READ}, {"/etc/hosts", BOX_READ},
    {"/etc/resolv.conf", BOX_READ}, {"/etc/host.conf", BOX_READ}, {"/etc/gai.conf", BOX_READ},
    {"/etc/services", BOX_READ}, {"/etc/fonts", BOX_READ}, {"/var/cache/fontconfig", BOX_READ},
    {"/dev/null", BOX_READ | BOX_WRITE}, {"/dev/zero", BOX_READ}, {"/dev/urandom", BOX_READ},
    {"/dev/random", BOX_READ}};
enum { COMMON = sizeof common / sizeof common[0] };

/* A program is started by its loader, which the kernel looks for by the program's own word. The
 * folders are named one by one: a process in a box cannot list the root. */
static const char *const loaders[] = {"/lib64/ld-*.so*", "/lib/ld-*.so*"};

const struct box_path *box_programs(
    struct ctx *c, const struct box_path *more, size_t n, size_t *ret_n)
{
	glob_t found = {0};
	struct box_path *all;

	for (size_t i = 0; i < sizeof loaders / sizeof loaders[0]; i++)
		(void)glob(loaders[i], found.gl_pathc > 0 ? GLOB_APPEND : 0, NULL, &found);
	all = mem_array(c, COMMON + n + found.gl_pathc, sizeof *all);
	memcpy(all, common, sizeof common);
	if (n > 0)
		memcpy(all + COMMON, more, n * sizeof *all);
	for (size_t i = 0; i < found.gl_pathc; i++)
		all[COMMON + n + i] = (struct box_path){
		    mem_dup(c, found.gl_pathv[i], strlen(found.gl_pathv[i])), BOX_EXEC};
	*ret_n = COMMON + n + found.gl_pathc;
	globfree(&found);
	return all;
}
