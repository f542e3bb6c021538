/* Fields of forms: what is read can be written and is read as the same; a refusal tells the field's
 * number and nothing of its bytes. */
#include "fuzz.h"

#include "web/form.h"

static void write_again(struct ctx *c, const struct form *f)
{
	struct buf b = buf_init(c, 4 * FORM_MAX);
	struct form again;

	for (size_t i = 0; i < f->n; i++) {
		if (i > 0)
			buf_putc(&b, '&');
		form_put(&b, f->fields[i].name);
		buf_putc(&b, '=');
		form_put(&b, f->fields[i].value);
	}
	if (b.n > FORM_MAX)
		return; /* encoded it is longer than a form may be */
	fuzz_must(
	    form_parse(c, buf_str(&b), &again) == 0 && again.n == f->n, "what is written is read");
	for (size_t i = 0; i < f->n; i++)
		fuzz_must(str_eq(again.fields[i].name, f->fields[i].name) &&
			      str_eq(again.fields[i].value, f->fields[i].value),
		    "and is the same");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct form f;
	int rc = form_parse(c, in, &f);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
	} else {
		fuzz_must(f.n <= FORM_FIELDS_MAX, "no more than the limit");
		for (size_t i = 0; i < f.n; i++) {
			size_t n;

			fuzz_must(f.fields[i].name.n > 0 && f.fields[i].name.n <= FORM_NAME_MAX &&
				      f.fields[i].value.n <= FORM_VALUE_MAX,
			    "no field beyond the limit");
			fuzz_must(str_utf8_bad(f.fields[i].value) == f.fields[i].value.n,
			    "a value is UTF-8");
			fuzz_must(form_find(&f, str_z(c, f.fields[i].name), &n) != NULL && n >= 1,
			    "a field is found by its name");
		}
		write_again(c, &f);
	}
	rc = form_parse(c, fuzz_canary(c, in), &f);
	if (rc != 0)
		fuzz_no_canary(c);
}
