/*
 * Templates and the catalogue, at build time.
 *
 *   tmpl build OUT.h OUT.c LANG.c DE.po EN.po FILE...
 *   tmpl missing DE.po EN.po FILE...    what has no German yet, as entries
 *   tmpl add DE.po EN.po FILE...        puts these into DE.po, with an empty msgstr
 *   tmpl drop DE.po EN.po FILE...       takes out of both what nobody says
 *
 * FILE: templates (.tmpl), the C files whose texts belong to the catalogue, and the German of
 * errors (errors.de.po) if what err_set and err_while say is to have one. The syntax of templates
 * is told in src/web/page/frame.tmpl. A fault is "FILE:LINE:COL: text", and the first one ends the
 * build.
 */
#include "tmpl.h"

#include <stdlib.h>
#include <string.h>

static bool ends(const char *z, const char *end)
{
	size_t n = strlen(z), k = strlen(end);

	return n >= k && strcmp(z + n - k, end) == 0;
}

static void files(struct gen *g, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		struct text t;

		if (ends(argv[i], ".po"))
			continue;
		if (ends(argv[i], ".tmpl")) {
			gen_file(g, argv[i]);
			continue;
		}
		t = text_file(argv[i]);
		say_scan(g->say, t.p, t.n, (struct place){argv[i], 1, 1});
		free(t.p);
	}
	for (size_t i = 0; i < g->n_uses; i++) {
		bool there = false;

		for (size_t k = 0; k < g->n_parts; k++)
			there |= strcmp(g->parts[k].name, g->uses[i].name) == 0;
		if (!there)
			fault(g->uses[i].at, "no part %s", g->uses[i].name);
	}
}

static void build(struct gen *g, char **argv)
{
	static const char head[] = "/* Made by tools/tmpl from src/web/page/. Do not edit. */\n";
	const char *slash = strrchr(argv[0], '/'), *name = slash == NULL ? argv[0] : slash + 1;
	struct text h = {0}, code = {0}, table = {0};

	text_fmt(&h, "%s#pragma once\nstruct page;\nstruct json;\n", head);
	text_add(&h, g->h.p, g->h.n);
	text_fmt(&code, "%s#include \"%s\"\n#include \"web/page_short.h\"\n", head, name);
	text_add(&code, g->top.p, g->top.n);
	text_addc(&code, '\n');
	text_add(&code, g->code.p, g->code.n);
	say_table(g->say, &table);
	text_write(argv[0], &h);
	text_write(argv[1], &code);
	text_write(argv[2], &table);
}

static int missing(const struct say *s)
{
	struct text out = {0};

	for (size_t i = 0; i < s->n_missing; i++) {
		po_put(&out, &s->missing[i]);
		text_addc(&out, '\n');
	}
	fwrite(out.p, 1, out.n, stdout);
	return s->n_missing > 0;
}

static void add(struct say *s)
{
	struct po *both[] = {&s->de, &s->errors};

	for (size_t i = 0; i < s->n_missing; i++) {
		const struct po_entry *e = &s->missing[i];
		struct po *po = both[strcmp(e->context, error_context) == 0];

		if (po_find(po, e->context, e->id) == NULL)
			po_add(po, e);
	}
	for (int k = 0; k < 2; k++) {
		for (size_t i = 0; i < both[k]->n; i++)
			both[k]->v[i].used = true;
		if (both[k]->file != NULL)
			po_write(both[k], both[k]->file);
	}
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int from = strcmp(what, "build") == 0 ? 5 : 2;
	struct say say = {.lenient = from == 2};
	struct gen gen = {.say = &say};

	if (argc < from + 2 || strstr(" build missing add drop ", what) == NULL) {
		fputs("usage: tmpl build OUT.h OUT.c LANG.c DE.po EN.po FILE...\n"
		      "       tmpl missing|add|drop DE.po EN.po FILE...\n",
		    stderr);
		return 2;
	}
	say.de = po_read(argv[from]);
	say.en = po_read(argv[from + 1]);
	for (int i = from + 2; i < argc; i++)
		if (ends(argv[i], ".po"))
			say.errors = po_read(argv[i]);
	files(&gen, argc - from - 2, argv + from + 2);
	say_check(&say);
	if (strcmp(what, "build") == 0)
		build(&gen, argv + 2);
	else if (strcmp(what, "missing") == 0)
		return missing(&say);
	else if (strcmp(what, "add") == 0)
		add(&say);
	else {
		po_write(&say.de, say.de.file);
		po_write(&say.en, say.en.file);
		if (say.errors.file != NULL)
			po_write(&say.errors, say.errors.file);
	}
	return 0;
}
