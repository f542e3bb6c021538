#include "pdfmark.h"

#include <qpdf/qpdf-c.h>

enum { DEPTH_MAX = 64 };

struct marking {
	qpdf_data q;
	char *const *alt;
	size_t n_alt, used;
};

/* Elements in the order in which they were set: Cairo lists them so. */
static void walk(struct marking *m, qpdf_oh node, int depth)
{
	qpdf_oh kids;

	if (depth > DEPTH_MAX || !qpdf_oh_is_dictionary(m->q, node))
		return;
	if (qpdf_oh_is_name_and_equals(m->q, qpdf_oh_get_key(m->q, node, "/S"), "/Figure")) {
		if (m->used < m->n_alt)
			qpdf_oh_replace_key(
			    m->q, node, "/Alt", qpdf_oh_new_unicode_string(m->q, m->alt[m->used]));
		m->used++;
	}
	kids = qpdf_oh_get_key(m->q, node, "/K");
	if (!qpdf_oh_is_array(m->q, kids)) {
		walk(m, kids, depth + 1);
		return;
	}
	for (int i = 0; i < qpdf_oh_get_array_n_items(m->q, kids); i++)
		walk(m, qpdf_oh_get_array_item(m->q, kids, i), depth + 1);
}

static int write_out(
    qpdf_data q, int (*put)(void *arg, const unsigned char *p, size_t n), void *arg)
{
	if ((qpdf_init_write_memory(q) & QPDF_ERRORS) != 0)
		return -1;
	qpdf_set_deterministic_ID(q, QPDF_TRUE);
	qpdf_set_object_stream_mode(q, qpdf_o_disable);
	if ((qpdf_write(q) & QPDF_ERRORS) != 0)
		return -1;
	return put(arg, qpdf_get_buffer(q), qpdf_get_buffer_length(q)) == 0 ? 0 : -1;
}

int pdfmark(const char *pdf, size_t n, const char *lang, char *const *alt, size_t n_alt,
    int (*put)(void *arg, const unsigned char *p, size_t n), void *arg)
{
	struct marking m = {qpdf_init(), alt, n_alt, 0};
	int rc = -1;
	qpdf_oh root;

	if (m.q == NULL)
		return -1;
	qpdf_silence_errors(m.q);
	if ((qpdf_read_memory(m.q, "report", pdf, n, NULL) & QPDF_ERRORS) == 0) {
		root = qpdf_get_root(m.q);
		qpdf_oh_replace_key(m.q, root, "/Lang", qpdf_oh_new_unicode_string(m.q, lang));
		walk(&m, qpdf_oh_get_key(m.q, root, "/StructTreeRoot"), 0);
		if (m.used == n_alt && !qpdf_has_error(m.q))
			rc = write_out(m.q, put, arg);
	}
	qpdf_cleanup(&m.q);
	return rc;
}
