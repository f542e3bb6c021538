/*
 * writ-seal: takes sealed bytes from descriptor 4, writes them to 5 and hashes them. At the end of
 * 4 it sends one message to who started it (os/spawn.h): SEAL_DONE and struct seal_made
 * (out/seal.h), or a text that says what failed. It locks itself into the box of a reader of
 * foreign files (BOX_PARSE) first. A process of its own, so that hashing what comes out takes no
 * time from hashing what goes in; a small program, because its memory counts in that of every
 * sealing.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/box.h"
#include "os/file.h"
#include "os/spawn.h"
#include "out/seal.h"

enum { FROM = 4, TO = 5, CHUNK = 256 << 10, SECONDS = 6 * 3600 };

/* 0, or an errno. */
static int copy(struct ctx *c, struct seal_made *ret)
{
	char *bytes = mem_alloc(c, CHUNK);
	struct hash_run run;
	ssize_t got;

	hash_begin(&run);
	while ((got = read(FROM, bytes, CHUNK)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || file_write_full(TO, (struct str){bytes, (size_t)got}) != 0)
			return errno;
		hash_add(&run, (struct str){bytes, (size_t)got});
		ret->size += got;
	}
	ret->sha256 = hash_end(&run);
	return 0;
}

int main(void)
{
	struct spawn_peer peer = spawn_peer_parent();
	struct box_leave leave = {.seconds = SECONDS};
	struct seal_made made = {.size = 0};
	char done[1 + sizeof made];
	struct ctx *c;
	int rc;

	ctx_open(&c);
	rc = box_confine(c, BOX_PARSE, &leave);
	if (rc != 0)
		return spawn_peer_send(c, &peer, str_of(err_text(c))) == 0 ? 0 : 1;
	rc = copy(c, &made);
	done[0] = SEAL_DONE;
	memcpy(done + 1, &made, sizeof made);
	rc = spawn_peer_send(
	    c, &peer, rc == 0 ? (struct str){done, sizeof done} : str_of(strerror(rc)));
	return rc == 0 ? 0 : 1;
}
