#include "out/companion.h"

#include "os/file.h"

/* Facts alone: which statute makes a certificate of them is for the letter, and for counsel. */
static struct json *certificate(struct ctx *c, const struct instance *in, const struct companion *k)
{
	struct json *j = json_map(c), *facts = json_list(c), *manifest;
	const struct json *files = NULL;
	int64_t n = 0;

	if (json_parse(c, "manifest", k->manifest, &manifest) == 0)
		files = json_find(manifest, "files");
	for (size_t i = 0; files != NULL && i < files->n; i++)
		n += json_text(files->at[i], "file").n > 0;
	json_set_text(c, j, "provider", in->provider);
	json_set_text(c, j, "ledger", in->origin);
	json_set_int(c, j, "files", n);
	json_add(c, facts,
	    json_of_text(c,
		STR("The files were handed to this system by a person of the provider, each for an "
		    "item that was approved, and were not changed by it.")));
	json_add(c, facts,
	    json_of_text(c, STR("While they were sealed each was read once, and the SHA-256 (FIPS "
				"180-4) of the "
				"bytes that were sealed stands in the manifest.")));
	json_add(c, facts,
	    json_of_text(c, STR("The decision that released each stands in the provider's "
				"append-only ledger; the "
				"manifest names its leaf hash (RFC 6962).")));
	json_set(c, j, "facts", facts);
	return j;
}

int companion_write(
    struct ctx *c, const struct instance *in, const char *path, const struct companion *k)
{
	struct json *j = json_map(c), *sealed = json_map(c);
	struct buf b = buf_init(c, 64 << 10);
	struct str text;
	int rc;

	json_set_text(c, j, "format", STR("writ-companion/1"));
	json_set_text(c, j, "production", k->plan->ref);
	json_set_int(c, j, "number", k->number);
	json_set_text(c, j, "made", instant_str(c, (struct instant){ctx_now(c)}));
	json_set_text(c, j, "manifest", hash_hex(c, hash_of(k->manifest)));
	json_set_text(c, sealed, "file", k->file);
	json_set_text(c, sealed, "sha256", hash_hex(c, k->made->sha256));
	json_set_int(c, sealed, "size", k->made->size);
	json_set_text(c, sealed, "kind", str_of(seal_kind_word(k->plan->key.kind)));
	json_set_text(c, sealed, "key", k->plan->key.print);
	json_set_text(c, j, "time_stamp",
	    in->net.tsa_url.n == 0 ? STR("none")
	    : in->net.tsa_required ? STR("required before delivery")
				   : STR("asked for; may be missing"));
	json_set(c, j, "sealed", sealed);
	json_set(c, j, "certificate", certificate(c, in, k));
	json_put_pretty(&b, j);
	rc = buf_end(&b, "companion", &text);
	return rc == 0 ? file_write_atomic(c, path, 0600, text) : rc;
}
