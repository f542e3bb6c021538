#include "web/limit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdatomic.h>

#include "kind/hash.h"

/* A bucket in one number: whose it is, and the instant at which it will be full again, in units of
 * 10 microseconds; of such there are enough for five years. */
enum { WHEN_BITS = 44, TAG_BITS = 64 - WHEN_BITS, UNIT_US = 10, UNITS = 1000000 / UNIT_US };

static const uint64_t when_mask = (UINT64_C(1) << WHEN_BITS) - 1;

/* ---- addresses ---- */

static struct limit_who of_v4(const void *four)
{
	struct limit_who who = {.n = 4};

	memcpy(who.b, four, 4);
	who.own = who.b[0] == 127;
	return who;
}

static struct limit_who of_v6(const struct in6_addr *a)
{
	struct limit_who who = {.n = 8};

	if (IN6_IS_ADDR_V4MAPPED(a))
		return of_v4(a->s6_addr + 12);
	memcpy(who.b, a->s6_addr, 8);
	who.own = IN6_IS_ADDR_LOOPBACK(a);
	return who;
}

bool limit_address(struct str text, struct limit_who *ret)
{
	char z[INET6_ADDRSTRLEN];
	struct in6_addr six;
	struct in_addr four;

	if (text.n == 0 || text.n >= sizeof z)
		return false;
	memcpy(z, text.p, text.n);
	z[text.n] = '\0';
	if (inet_pton(AF_INET, z, &four) == 1)
		*ret = of_v4(&four);
	else if (inet_pton(AF_INET6, z, &six) == 1)
		*ret = of_v6(&six);
	else
		return false;
	return true;
}

struct limit_who limit_peer(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET)
		return of_v4(&((const struct sockaddr_in *)(const void *)a)->sin_addr);
	if (a->sa_family == AF_INET6)
		return of_v6(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
	return (struct limit_who){0};
}

static bool is_proxy(const struct limit *l, struct limit_who who)
{
	return l->proxy.n > 0 && who.n == l->proxy.n && memcmp(who.b, l->proxy.b, who.n) == 0 &&
	       who.own == l->proxy.own;
}

bool limit_hop(const struct limit *l, struct limit_who peer, struct str forwarded, struct str *ret)
{
	size_t at = forwarded.n;

	if (!is_proxy(l, peer))
		return false;
	while (at > 0 && forwarded.p[at - 1] != ',')
		at--;
	*ret = str_trim((struct str){forwarded.p + at, forwarded.n - at});
	return true;
}

struct limit_who limit_asker(const struct limit *l, struct limit_who peer, struct str forwarded)
{
	struct limit_who who = {0};
	struct str hop;

	if (!limit_hop(l, peer, forwarded, &hop))
		return peer;
	if (!limit_address(hop, &who))
		return (struct limit_who){0};
	return who;
}

static bool is_limited(const struct limit *l, struct limit_who who)
{
	return who.n > 0 && (l->all || !who.own);
}

static uint64_t number_of(const struct limit *l, struct limit_who who)
{
	struct hash h = hash_keyed(l->share->key, (struct str){(const char *)who.b, who.n});
	uint64_t v;

	memcpy(&v, h.b, sizeof v);
	return v;
}

/* ---- requests ---- */

/* The bucket with this tag among those that the hash may use, or the one that is full soonest. */
static _Atomic uint64_t *bucket_find(const struct limit *l, uint64_t hash, uint64_t tag)
{
	_Atomic uint64_t *first =
	    &l->share->bucket[hash % (CREW_BUCKETS / LIMIT_SPAN) * LIMIT_SPAN];
	_Atomic uint64_t *best = first;

	for (size_t i = 0; i < LIMIT_SPAN; i++) {
		uint64_t v = atomic_load_explicit(&first[i], memory_order_relaxed);

		if (v >> WHEN_BITS == tag)
			return &first[i];
		if ((v & when_mask) <
		    (atomic_load_explicit(best, memory_order_relaxed) & when_mask))
			best = &first[i];
	}
	return best;
}

int64_t limit_request(const struct limit *l, struct limit_who who, int64_t now_us)
{
	uint64_t hash, tag, was, full, now = (uint64_t)(now_us / UNIT_US) & when_mask;
	uint64_t step, most;
	_Atomic uint64_t *bucket;

	if (l->requests == 0 || !is_limited(l, who))
		return 0;
	hash = number_of(l, who);
	tag = hash >> WHEN_BITS;
	hash &= when_mask;
	step = (uint64_t)UNITS / (uint64_t)l->requests;
	most = (uint64_t)UNITS * LIMIT_BURST;
	bucket = bucket_find(l, hash, tag);
	was = atomic_load_explicit(bucket, memory_order_relaxed);
	do {
		full = was & when_mask;
		/* who is new, or was not here for long, has a full one; so has whoever takes the
		 * place of another */
		if (was >> WHEN_BITS != tag || full < now || full - now > most)
			full = now; /* the last: of before the count began anew */
		full += step;
		if (full - now > most)
			return 1 + (int64_t)((full - now - most) / UNITS);
	} while (!atomic_compare_exchange_weak_explicit(bucket, &was,
	    tag << WHEN_BITS | (full & when_mask), memory_order_relaxed, memory_order_relaxed));
	return 0;
}

/* ---- connections ---- */

bool limit_connect(const struct limit *l, struct limit_who peer)
{
	size_t at;
	int64_t n = 0;

	if (l->connections == 0 || !is_limited(l, peer) || is_proxy(l, peer))
		return true;
	at = number_of(l, peer) % CREW_HELD;
	for (size_t s = 0; s < CREW_SLOTS; s++)
		n += atomic_load_explicit(&l->share->held[s][at], memory_order_relaxed);
	return n < l->connections;
}

size_t limit_hold(const struct limit *l, struct limit_who peer)
{
	size_t at = number_of(l, peer) % CREW_HELD;

	(void)atomic_fetch_add_explicit(&l->share->held[l->slot][at], 1, memory_order_relaxed);
	return at;
}

void limit_let(const struct limit *l, size_t held)
{
	(void)atomic_fetch_sub_explicit(&l->share->held[l->slot][held], 1, memory_order_relaxed);
}
