/* Every kind of place of a template (places.tmpl, compiled with this) gets what could break out of
 * it: the page is the one of a harmless value, letter by letter, but for the value's escaped form,
 * and a parser that is not ours finds the same elements in it. */
#include "places_gen.c"

#include <libxml/HTMLparser.h>

#include "check.h"

static const struct hostile {
	const char *value, *text, *path, *web, *query;
} hostile[] = {
    {"plain", "plain", "#", "#", "plain"},
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "#", "#",
	"%3Cscript%3Ealert%281%29%3C%2Fscript%3E"},
    {"\" onmouseover=\"x", "&quot; onmouseover=&quot;x", "#", "#", "%22%20onmouseover%3D%22x"},
    {"' onmouseover='x", "&#39; onmouseover=&#39;x", "#", "#", "%27%20onmouseover%3D%27x"},
    {"one\r\ntwo\n", "one&#13;\ntwo\n", "#", "#", "one%0D%0Atwo%0A"},
    {"\nfirst", "\nfirst", "#", "#", "%0Afirst"},
    {"javascript:alert(1)", "javascript:alert(1)", "#", "#", "javascript%3Aalert%281%29"},
    {"//elsewhere.test/", "//elsewhere.test/", "#", "#", "%2F%2Felsewhere.test%2F"},
    {"/\\elsewhere.test", "/\\elsewhere.test", "#", "#", "%2F%5Celsewhere.test"},
    {"/case/AB?x='1'&y", "/case/AB?x=&#39;1&#39;&amp;y", "/case/AB?x=&#39;1&#39;&amp;y", "#",
	"%2Fcase%2FAB%3Fx%3D%271%27%26y"},
    {"https://law.test/a(1)", "https://law.test/a(1)", "#", "https://law.test/a(1)",
	"https%3A%2F%2Flaw.test%2Fa%281%29"},
    {"https://law.test/\"><b>", "https://law.test/&quot;&gt;&lt;b&gt;", "#", "#",
	"https%3A%2F%2Flaw.test%2F%22%3E%3Cb%3E"},
    {"</title></textarea></pre>--></option>&lt;",
	"&lt;/title&gt;&lt;/textarea&gt;&lt;/pre&gt;--&gt;&lt;/option&gt;&amp;lt;", "#", "#",
	"%3C%2Ftitle%3E%3C%2Ftextarea%3E%3C%2Fpre%3E--%3E%3C%2Foption%3E%26lt%3B"},
    {"{{ x }} {1} {_ y _}", "{{ x }} {1} {_ y _}", "#", "#",
	"%7B%7B%20x%20%7D%7D%20%7B1%7D%20%7B_%20y%20_%7D"},
    {"a\xe2\x80\xae"
     "b\x1b\xff",
	"a\xef\xbf\xbd"
	"b\xef\xbf\xbd\xef\xbf\xbd",
	"#", "#",
	"a%E2%80%AE"
	"b%1B%FF"},
};

static struct str rendered(struct ctx *c, enum answer_lang lang, const char *x, int64_t n)
{
	struct buf b = buf_init(c, 1 << 20);
	struct page p = page_init(c, &b, lang);
	struct json *v = json_map(c), *all = json_list(c), *map = json_map(c);

	p.proof = str_of(x);
	json_set_text(c, v, "x", str_of(x));
	json_set_text(c, v, "u", str_of(x));
	json_set_int(c, v, "n", n);
	json_set_text(c, v, "day", STR("2013-01-31"));
	json_add(c, all, json_of_text(c, str_of(x)));
	json_add(c, all, json_of_text(c, str_of(x)));
	json_set(c, v, "all", all);
	json_set_text(c, map, x, str_of(x));
	json_set(c, v, "map", map);
	tmpl_places(&p, v);
	return buf_str(&b);
}

/* The page as it should be: @T the text, @P and @W the addresses, @Q the query. */
static const char wanted_en[] =
    "<html lang=\"en\">\n<head>\n<title>Hello @T</title>\n</head>\n<body>\n"
    "<p>@T <b>@T</b></p>\n<p title=\"@T\" data-x='@T' class=\"a @T b\">x</p>\n"
    "<textarea name=\"x\">\n@T</textarea>\n<pre>\n@T</pre>\n"
    "<select><option value=\"@T\"@S>@T</option></select>\n"
    "<p>Hello @T</p>\n<p title=\"Hello @T\">1,234 of @T</p>\n<p>@T @T</p>\n"
    "<a href=\"@P\">a</a>\n<a href=\"@W#@T\">b</a>\n<a href=\"#@T\">c</a>\n"
    "<img src=\"@P\" alt=\"@T\">\n<form method=\"post\" action=\"/a?b=c&amp;q=@Q\">"
    "<input type=\"hidden\" name=\"proof\" value=\"@T\">\n<button formaction=\"@P\">@T</button>\n"
    "</form>\n<ul>\n<li class=\"first\" value=\"0\">@T, </li>\n<li value=\"1\">@T</li>\n"
    "<li>@T @T</li>\n<li>@T @T</li>\n</ul>\n"
    "<p>1,234 <b title=\"1234\">2</b> <time datetime=\"2013-01-31\">31 Jan 2013</time> </p>"
    "</body>\n</html>";

static struct str expected(struct ctx *c, const struct hostile *h)
{
	struct buf b = buf_init(c, 1 << 20);

	for (const char *z = wanted_en; *z != '\0'; z++) {
		if (*z != '@') {
			buf_putc(&b, *z);
			continue;
		}
		z++;
		buf_puts(&b, *z == 'T'                        ? h->text
			     : *z == 'P'                      ? h->path
			     : *z == 'W'                      ? h->web
			     : *z == 'Q'                      ? h->query
			     : strcmp(h->value, "plain") == 0 ? " selected"
							      : "");
	}
	return buf_str(&b);
}

static void test_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
		struct ctx *c = test_ctx();
		struct str got = rendered(c, ANSWER_EN, hostile[i].value, 1234);
		struct str want = expected(c, &hostile[i]);

		if (!str_eq(got, want))
			fail_msg("%s:\n%s\n---\n%s", hostile[i].value, got.p, want.p);
		ctx_close(&c);
	}
}

struct shape {
	size_t elements, attributes;
};

static void count_nodes(const xmlNode *node, struct shape *ret)
{
	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		assert_string_not_equal((const char *)node->name, "script");
		ret->elements++;
		for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
			ret->attributes++;
		count_nodes(node->children, ret);
	}
}

static struct shape shape_of(struct str html)
{
	htmlDocPtr doc = htmlReadMemory(html.p, (int)html.n, NULL, "UTF-8",
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	struct shape shape = {0, 0};

	assert_non_null(doc);
	count_nodes(xmlDocGetRootElement(doc), &shape);
	xmlFreeDoc(doc);
	return shape;
}

static void test_elements(void **state)
{
	struct ctx *c = test_ctx();
	struct shape plain[2];

	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
		for (int l = ANSWER_EN; l <= ANSWER_DE; l++) {
			struct shape got =
			    shape_of(rendered(c, (enum answer_lang)l, hostile[i].value, 1));

			if (i == 0)
				plain[l] = got;
			else if (got.elements != plain[l].elements ||
				 got.attributes != plain[l].attributes - 1) /* selected */
				fail_msg("%s: %zu elements, %zu attributes", hostile[i].value,
				    got.elements, got.attributes);
		}
	xmlCleanupParser();
	ctx_close(&c);
}

/* What a translator writes is text too, and may turn the values round. */
static void test_german(void **state)
{
	struct ctx *c = test_ctx();
	struct str many = rendered(c, ANSWER_DE, "<i>", 1234),
		   one = rendered(c, ANSWER_DE, "<i>", 1);

	(void)state;
	assert_non_null(strstr(many.p, "<p>&lt;i&gt;, &quot;hallo&quot; &amp; &lt;b&gt;</p>"));
	assert_non_null(
	    strstr(many.p, "<title>&lt;i&gt;, &quot;hallo&quot; &amp; &lt;b&gt;</title>"));
	assert_non_null(strstr(many.p, ">Von &lt;i&gt; sind es 1.234</p>"));
	assert_non_null(strstr(one.p, ">Ein x von &lt;i&gt;</p>"));
	assert_null(strstr(one.p, "<i>"));
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_letters),
	    cmocka_unit_test(test_elements),
	    cmocka_unit_test(test_german),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
