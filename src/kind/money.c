#include "kind/money.h"

#include <string.h>

/*
 * ISO 4217 currencies by number of decimals; those in use, and those that fee notes since 2012 can
 * name (HRK, LTL, LVL, EEK, and others since replaced). No funds, metals or test codes: nobody is
 * paid in them.
 */
static const char decimals0[] =
    "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
static const char decimals3[] = "BHD IQD JOD KWD LYD OMR TND";
static const char decimals2[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR "
    "LRD LSL LTL LVL MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD "
    "SSP STD STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VEF VES WST XCD "
    "YER "
    "ZAR ZMK ZMW ZWL";

/* Decimals of a currency, -1 if there is none of that name. */
static int decimals_of(struct str code)
{
	if (code.n != 3)
		return -1;
	if (str_has_word(str_of(decimals2), code))
		return 2;
	if (str_has_word(str_of(decimals0), code))
		return 0;
	return str_has_word(str_of(decimals3), code) ? 3 : -1;
}

static int64_t power(int n)
{
	return n == 0 ? 1 : 10 * power(n - 1);
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* The amount in minor units; the sign is worked in before each sum, so that the least int64 fits.
 */
static bool amount_of(struct str whole, struct str part, int decimals, bool minus, int64_t *ret)
{
	int64_t sum = 0;

	for (size_t i = 0; i < whole.n + (size_t)decimals; i++) {
		int digit = 0;

		if (i < whole.n)
			digit = whole.p[i] - '0';
		else if (i - whole.n < part.n)
			digit = part.p[i - whole.n] - '0';
		if (__builtin_mul_overflow(sum, 10, &sum) ||
		    __builtin_add_overflow(sum, minus ? -digit : digit, &sum))
			return false;
	}
	*ret = sum;
	return true;
}

int money_parse(struct ctx *c, struct str s, struct money *ret)
{
	struct str amount, code, whole, part;
	struct money m = {0, ""};
	bool point, minus;
	int decimals;

	if (!str_cut(s, ' ', &amount, &code))
		return err_set(c, ERR_INVALID, "money is not an amount, one blank and a currency");
	decimals = decimals_of(code);
	if (decimals < 0)
		return err_set(c, ERR_INVALID, "money has an unknown currency (ISO 4217, as EUR)");
	minus = str_starts(amount, "-");
	if (minus)
		amount = (struct str){amount.p + 1, amount.n - 1};
	point = str_cut(amount, '.', &whole, &part);
	if (!all_digits(whole) || (point && !all_digits(part)))
		return err_set(
		    c, ERR_INVALID, "money has an amount that is not digits or digits.digits");
	if (part.n > (size_t)decimals)
		return err_set(
		    c, ERR_INVALID, "money has more than the currency's %d decimals", decimals);
	if (!amount_of(whole, part, decimals, minus, &m.minor))
		return err_set(c, ERR_INVALID, "money has an amount that is too large");
	memcpy(m.currency, code.p, 3);
	*ret = m;
	return 0;
}

struct str money_str(struct ctx *c, struct money m)
{
	int decimals = decimals_of(str_of(m.currency));
	uint64_t size = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
	uint64_t unit = (uint64_t)power(decimals < 0 ? 0 : decimals);
	const char *sign = m.minor < 0 ? "-" : "";

	if (decimals <= 0)
		return str_fmt(c, "%s%llu %s", sign, (unsigned long long)size, m.currency);
	return str_fmt(c, "%s%llu.%0*llu %s", sign, (unsigned long long)(size / unit), decimals,
	    (unsigned long long)(size % unit), m.currency);
}

int money_add(struct ctx *c, struct money a, struct money b, struct money *ret)
{
	int64_t sum;

	if (strcmp(a.currency, b.currency) != 0)
		return err_set(
		    c, ERR_INVALID, "amounts in %s and %s cannot be added", a.currency, b.currency);
	if (__builtin_add_overflow(a.minor, b.minor, &sum))
		return err_set(c, ERR_LIMIT, "sum of money is too large");
	a.minor = sum;
	*ret = a;
	return 0;
}

int money_times(struct ctx *c, struct money m, int64_t n, struct money *ret)
{
	int64_t product;

	if (__builtin_mul_overflow(m.minor, n, &product))
		return err_set(c, ERR_LIMIT, "product of money is too large");
	m.minor = product;
	*ret = m;
	return 0;
}
