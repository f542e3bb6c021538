#include "in/book_p.h"

#include <zip.h>

#include "base/mem.h"

struct book_zip {
	const char *file;
	zip_t *zip;
	size_t read; /* bytes inflated so far */
};

static int fault(struct ctx *c, const char *file, int code, const char *what)
{
	return err_set(c, code, "%s: %s", file, what);
}

static int parts_check(struct ctx *c, struct book_zip *z)
{
	zip_int64_t n = zip_get_num_entries(z->zip, 0);

	if (n < 0 || n > BOOK_PARTS_MAX)
		return fault(c, z->file, ERR_LIMIT, "more parts than a workbook has");
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(z->zip, (zip_uint64_t)i, 0);

		if (name == NULL || str_utf8_bad(str_of(name)) != strlen(name))
			return fault(c, z->file, ERR_INVALID, "a part has no readable name");
		for (const char *p = name; *p != '\0'; p++)
			if ((unsigned char)*p < ' ' || *p == 127)
				return fault(
				    c, z->file, ERR_INVALID, "a part has no readable name");
		/* the first of that name: two programs would read two different workbooks */
		if (zip_name_locate(z->zip, name, ZIP_FL_NOCASE) != i)
			return fault(c, z->file, ERR_INVALID, "a part is there twice");
	}
	return 0;
}

int book_zip_open(struct ctx *c, const char *file, struct str bytes, struct book_zip **ret)
{
	struct book_zip *z = mem_alloc(c, sizeof *z);
	zip_error_t error;
	zip_source_t *source;
	int rc;

	zip_error_init(&error);
	source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	if (source != NULL)
		z->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
	zip_error_fini(&error);
	if (z->zip == NULL) {
		zip_source_free(source);
		return fault(c, file, ERR_INVALID, "this archive is damaged or cut off");
	}
	z->file = file;
	rc = parts_check(c, z);
	if (rc != 0) {
		book_zip_close(&z);
		return rc;
	}
	*ret = z;
	return 0;
}

void book_zip_close(struct book_zip **zip)
{
	if (*zip != NULL)
		zip_discard((*zip)->zip);
	*zip = NULL;
}

static zip_int64_t locate(struct book_zip *z, struct str part)
{
	char name[512];

	if (part.n == 0 || part.n >= sizeof name)
		return -1;
	memcpy(name, part.p, part.n);
	name[part.n] = '\0';
	return zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
}

struct str book_zip_part(struct book_zip *zip, size_t i)
{
	return str_of(zip_get_name(zip->zip, i, 0));
}

/* By as much as the archive says, and never more than is left. */
static int inflate(
    struct ctx *c, struct book_zip *z, struct str part, zip_file_t *f, size_t size, struct str *ret)
{
	char *p = mem_alloc(c, size + 1), more;
	size_t n = 0;

	while (n < size) {
		zip_int64_t got = zip_fread(f, p + n, size - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	z->read += n;
	if (n < size || zip_fread(f, &more, 1) != 0)
		return err_set(c, ERR_INVALID,
		    "%s: %.*s: the part is damaged, or not as long as the archive says", z->file,
		    STR_ARG(part));
	*ret = (struct str){p, n};
	return 0;
}

int book_zip_read(struct ctx *c, struct book_zip *zip, struct str part, struct str *ret)
{
	zip_int64_t at = locate(zip, part);
	zip_stat_t st;
	zip_file_t *f;
	int rc;

	if (at < 0 || zip_stat_index(zip->zip, (zip_uint64_t)at, 0, &st) != 0 ||
	    (st.valid & ZIP_STAT_SIZE) == 0)
		return err_set(
		    c, ERR_INVALID, "%s: %.*s: the part is missing", zip->file, STR_ARG(part));
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st.encryption_method != ZIP_EM_NONE)
		return err_set(
		    c, ERR_INVALID, "%s: %.*s: the part is encrypted", zip->file, STR_ARG(part));
	if (st.size > BOOK_PART_MAX || st.size > BOOK_TOTAL_MAX - zip->read)
		return err_set(c, ERR_LIMIT,
		    "%s: %.*s: the part has %llu bytes, at most %d are read", zip->file,
		    STR_ARG(part), (unsigned long long)st.size,
		    st.size > BOOK_PART_MAX ? BOOK_PART_MAX : (int)(BOOK_TOTAL_MAX - zip->read));
	f = zip_fopen_index(zip->zip, (zip_uint64_t)at, 0);
	if (f == NULL)
		return err_set(
		    c, ERR_INVALID, "%s: %.*s: the part is damaged", zip->file, STR_ARG(part));
	rc = inflate(c, zip, part, f, (size_t)st.size, ret);
	(void)zip_fclose(f);
	return rc;
}
