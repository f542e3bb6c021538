#include "in/book_p.h"

#include <libxml/parser.h>
#include <libxml/xmlIO.h>

#include "base/mem.h"

enum { ATTRS_MAX = 64, CHUNK = 64 << 10 };

struct reading {
	struct ctx *c;
	const struct book_xml *xml;
	xmlParserCtxtPtr parser;
	int rc; /* of the first thing that went wrong */
	unsigned depth;
};

static struct str of(const xmlChar *z)
{
	return str_of((const char *)z);
}

static int fault(struct reading *r, int code, const char *what)
{
	return err_set(r->c, code, "%s: %.*s:%d:%d: %s", r->xml->file, STR_ARG(r->xml->part),
	    xmlSAX2GetLineNumber(r->parser), xmlSAX2GetColumnNumber(r->parser), what);
}

/* A function's own error gets the place; the parser then ends. */
static void stop(struct reading *r, int rc)
{
	if (rc != 0 && r->rc == 0) {
		r->rc = err_while(r->c, rc, "%s: %.*s:%d:%d", r->xml->file, STR_ARG(r->xml->part),
		    xmlSAX2GetLineNumber(r->parser), xmlSAX2GetColumnNumber(r->parser));
		xmlStopParser(r->parser);
	}
}

/* Without NOENT libxml2 leaves an ampersand in an attribute as "&#38;", for its own tree. */
static struct str value_of(struct ctx *c, const xmlChar *from, const xmlChar *to)
{
	struct str in = {(const char *)from, (size_t)(to - from)};
	struct buf b = buf_init(c, in.n + 1);

	if (!str_has(in, '&'))
		return in;
	while (in.n > 0) {
		bool amp = str_starts(in, "&#38;");

		buf_putc(&b, in.p[0]);
		in = (struct str){in.p + (amp ? 5 : 1), in.n - (amp ? 5 : 1)};
	}
	return buf_str(&b);
}

static void on_open(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int n_spaces, const xmlChar **spaces, int n, int n_default, const xmlChar **attrs)
{
	struct reading *r = arg;
	struct book_attr at[ATTRS_MAX];
	size_t k = 0;

	(void)prefix;
	(void)n_spaces;
	(void)spaces;
	(void)n_default;
	if (r->rc != 0)
		return;
	if (++r->depth > 64 || n > ATTRS_MAX) {
		r->rc = fault(r, ERR_LIMIT, "more levels or attributes than a workbook has");
		xmlStopParser(r->parser);
		return;
	}
	for (; k < (size_t)n; k++)
		at[k] = (struct book_attr){of(attrs[5 * k]), of(attrs[5 * k + 2]),
		    value_of(r->c, attrs[5 * k + 3], attrs[5 * k + 4])};
	if (r->xml->open != NULL)
		stop(r, r->xml->open(r->c, r->xml->arg, of(uri), of(name), at, k));
}

static void on_close(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = arg;

	(void)prefix;
	r->depth--;
	if (r->rc == 0 && r->xml->close != NULL)
		stop(r, r->xml->close(r->c, r->xml->arg, of(uri), of(name)));
}

static void on_text(void *arg, const xmlChar *text, int n)
{
	struct reading *r = arg;

	if (r->rc == 0 && r->xml->text != NULL)
		stop(r,
		    r->xml->text(r->c, r->xml->arg, (struct str){(const char *)text, (size_t)n}));
}

/* Before the first declaration in it is read. */
static void on_doctype(void *arg, const xmlChar *name, const xmlChar *external, const xmlChar *uri)
{
	struct reading *r = arg;

	(void)name;
	(void)external;
	(void)uri;
	if (r->rc == 0)
		r->rc = fault(r, ERR_INVALID, "a document type declaration is refused");
	xmlStopParser(r->parser);
}

/* Nothing is ever fetched, whoever asks. */
static xmlParserInputPtr no_entity(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	(void)url;
	(void)id;
	(void)parser;
	return NULL;
}

static void on_error(void *arg, xmlErrorPtr error)
{
	(void)arg;
	(void)error;
}

int book_xml_read(struct ctx *c, const struct book_xml *xml, struct str bytes)
{
	struct reading r = {c, xml, NULL, 0, 0};
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_open,
	    .endElementNs = on_close,
	    .characters = on_text,
	    .cdataBlock = on_text,
	    .internalSubset = on_doctype,
	    .serror = on_error};
	int rc = 0;

	xmlSetExternalEntityLoader(no_entity);
	r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
	if (r.parser == NULL)
		return err_set(c, ERR_FAIL, "the XML reader does not start");
	(void)xmlCtxtUseOptions(
	    r.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	/* in pieces: it refuses to look further ahead than 10 MB */
	for (size_t at = 0; rc == 0 && r.rc == 0 && at < bytes.n; at += CHUNK)
		rc = xmlParseChunk(
		    r.parser, bytes.p + at, (int)(bytes.n - at < CHUNK ? bytes.n - at : CHUNK), 0);
	if (rc == 0 && r.rc == 0)
		rc = xmlParseChunk(r.parser, bytes.p, 0, 1);
	if (r.rc == 0 && (rc != 0 || r.parser->wellFormed == 0))
		r.rc = fault(&r, ERR_INVALID, "this is not well-formed XML");
	if (r.parser->myDoc != NULL)
		xmlFreeDoc(r.parser->myDoc);
	xmlFreeParserCtxt(r.parser);
	return r.rc;
}

struct str book_attr_find(const struct book_attr *attrs, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (attrs[i].space.n == 0 && str_is(attrs[i].name, name))
			return attrs[i].value;
	return STR("");
}
