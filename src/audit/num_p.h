/*
 * Whole numbers of the audit. The limits of model.h keep every sum below 2^62; what overflows in
 * spite of them is a bug, and ends the process instead of becoming a wrong verdict.
 */
#ifndef WRIT_NUM_P_H
#define WRIT_NUM_P_H

#include <stdint.h>
#include <stdlib.h>

static inline int64_t num_add(int64_t a, int64_t b)
{
	int64_t r;

	if (__builtin_add_overflow(a, b, &r))
		abort();
	return r;
}

static inline int64_t num_sub(int64_t a, int64_t b)
{
	int64_t r;

	if (__builtin_sub_overflow(a, b, &r))
		abort();
	return r;
}

static inline int64_t num_mul(int64_t a, int64_t b)
{
	int64_t r;

	if (__builtin_mul_overflow(a, b, &r))
		abort();
	return r;
}

/* The largest whole number not above a / b, and the smallest not below it; b > 0. */
static inline int64_t num_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static inline int64_t num_ceil(int64_t a, int64_t b)
{
	return a / b + (a % b > 0);
}

static inline int64_t num_abs(int64_t a)
{
	return a < 0 ? num_sub(0, a) : a;
}

/* The greatest common divisor of |a| and |b|; 0 only where both are 0. */
static inline int64_t num_gcd(int64_t a, int64_t b)
{
	a = num_abs(a);
	b = num_abs(b);
	while (b != 0) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

#endif
