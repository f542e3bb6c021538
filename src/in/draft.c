#include "in/draft.h"

#include "in/seal_key.h"
#include "in/target.h"

bool draft_kind_known(struct str kind)
{
	return str_has_word(STR("email phone ipv4 ipv6 account domain url device"), kind);
}

int draft_target_make(
    struct ctx *c, struct str kind, struct str printed, struct instant at, struct draft_target *ret)
{
	struct draft_target t = {.kind = kind, .printed = printed, .at = at};
	struct str value = str_trim(printed);
	const char *fault = draft_line_fault(value);
	int rc;

	if (value.n == 0)
		return err_set(c, ERR_INVALID, "the identifier is empty");
	if (fault != NULL)
		return err_set(c, ERR_INVALID, "the identifier %s", err_word(c, fault));
	t.specific = target_specific(kind, value);
	/* "*@example.net" has no normal form; but its kind is one of the eight all the same */
	rc = t.specific ? target_normalise(c, kind, value, &t.value)
			: target_normalise(c, STR("account"), value, &t.value);
	if (rc != 0)
		return rc;
	if (!draft_kind_known(kind))
		return err_set(c, ERR_INVALID,
		    "the kind is none of email phone ipv4 ipv6 account domain url device");
	*ret = t;
	return 0;
}

const char *draft_word_fault(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');

		if (!letter && !(ch >= '0' && ch <= '9') && ch != '_' && ch != '.' && ch != '-')
			return ERR_TEXT("is not one word of letters, digits and _ . -");
	}
	return s.n > DRAFT_VALUE_MAX ? ERR_TEXT("is too long") : NULL;
}

const char *draft_language_fault(struct str s)
{
	if (s.n == 0)
		return NULL;
	if (s.n != 2 || s.p[0] < 'a' || s.p[0] > 'z' || s.p[1] < 'a' || s.p[1] > 'z')
		return ERR_TEXT("is not an ISO 639-1 code of two small letters");
	return NULL;
}

const char *draft_key_fault(struct str s)
{
	return seal_key_shape(s);
}

const char *draft_line_fault(struct str s)
{
	if (s.n > DRAFT_VALUE_MAX)
		return ERR_TEXT("is longer than 1024 bytes");
	if (str_utf8_bad(s) != s.n)
		return ERR_TEXT("is not UTF-8");
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 32 || s.p[i] == 127)
			return ERR_TEXT("has a control character");
	return NULL;
}
