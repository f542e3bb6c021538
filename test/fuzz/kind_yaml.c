/* Strict YAML: any bytes give a tree whose nodes lie within the text, in order, or a refusal that
 * names the place and repeats nothing. */
#include "fuzz.h"

#include "kind/yaml.h"

/* Line and column of every node are in the text; children come after their parent and in order. */
static int check(const struct yaml *node, int line, int lines, int depth)
{
	fuzz_must(node->line >= line && node->line <= lines, "nodes stand in the file's order");
	fuzz_must(node->col >= 1, "columns count from 1");
	fuzz_must(depth <= YAML_DEPTH, "no deeper than YAML_DEPTH");
	line = node->line;
	fuzz_must(
	    node->kind != YAML_SCALAR || node->n == 0, "a scalar has no children, a list has them");
	fuzz_must(node->kind != YAML_SCALAR || str_utf8_bad(node->text) == node->text.n, "UTF-8");
	for (size_t i = 0; i < node->n; i++) {
		if (node->kind == YAML_MAP) {
			fuzz_must(node->key_line[i] >= line, "keys stand in the file's order");
			line = node->key_line[i];
			for (size_t k = 0; k < i; k++)
				fuzz_must(!str_eq(node->key[i], node->key[k]), "no key twice");
		}
		line = check(node->at[i], line, lines, depth + 1);
	}
	return line;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct yaml *root = NULL;
	int rc = yaml_parse(c, "fuzz", in, &root), lines = 1;

	for (size_t i = 0; i < in.n; i++)
		lines += in.p[i] == '\n' || in.p[i] == '\r' || (unsigned char)in.p[i] >= 128;
	if (rc == 0) {
		(void)check(root, 1, lines + 1, 0);
	} else {
		fuzz_refused_at(c, rc, "fuzz");
		fuzz_must(root == NULL, "nothing is returned with a refusal");
		err_clear(c);
	}
	rc = yaml_parse(c, "fuzz", fuzz_canary(c, in), &root);
	fuzz_no_canary(c);
}
