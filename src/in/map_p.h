/* Private to in: what a mapping file says, and one reading of a CSV by it. */
#ifndef WRIT_MAP_P_H
#define WRIT_MAP_P_H

#include "in/csv.h"
#include "in/map.h"
#include "kind/day.h"
#include "kind/yaml.h"

enum {
	MAP_ALTERNATIVES = 8, /* columns that one value may be taken from */
	MAP_LIST_MAX = 1000   /* members of any list in a mapping file */
};
#define MAP_NO_COLUMN SIZE_MAX

/* A column the mapping file names; specifications refer to it by its place in map.columns. */
struct map_column {
	struct str name;
	const struct yaml *at;
};

struct map_pair {
	struct str from, to;
};

/* A value: fixed, or from the first non-empty of some columns, perhaps through a table. */
struct map_value {
	bool given, has_other;
	struct str fixed, other;
	size_t cols[MAP_ALTERNATIVES];
	size_t n_cols, n_pairs;
	struct map_pair *pairs;
	const char *(*fault)(struct str s); /* NULL, or what is wrong with a result */
};

/* All listed columns have the listed texts; without any it holds. */
struct map_cond {
	struct map_test {
		size_t col;
		struct str text;
	} * tests;
	size_t n;
};

struct map_conds {
	struct map_cond *at;
	size_t n;
};

struct map_date {
	size_t col; /* MAP_NO_COLUMN: not given */
	struct str format;
};

struct map_period {
	struct period fixed; /* from is DAY_NONE when the columns say it */
	size_t text;         /* a column with "2013H1" */
	struct map_date from, to;
	int months; /* instead of from: so many months that end with to */
};

struct map_rule {
	enum map_outcome is;
	struct map_cond where;
};

/* What one CSV row says about one class. */
struct map_group {
	struct map_value class;
	struct map_rule *rules;
	size_t n_rules;
	size_t requests, accounts; /* columns */
	size_t counts[MAP_OUTCOMES];
	bool has_counts;
};

struct map_closed_spec {
	struct map_period period;
	struct map_value country;
	struct map_group *groups;
	size_t n_groups;
	size_t printed;
	struct map_cond total;
	bool has_total, total_note;
	size_t row_requests, row_accounts; /* row_total: what the groups of a row must add up to */
};

enum map_slot {
	MAP_CHANNEL,
	MAP_LANGUAGE,
	MAP_VERIFIED,
	MAP_SPECIFIC,
	MAP_SUBJECT,
	MAP_MESSAGE,
	MAP_A_COUNTRY,
	MAP_A_BODY,
	MAP_A_LEVEL,
	MAP_A_NAME,
	MAP_A_NUMBER,
	MAP_A_OFFICER,
	MAP_A_MAIL,
	MAP_A_KEY,
	MAP_O_INSTRUMENT,
	MAP_O_CURES,
	MAP_SLOTS
};

struct map_fact {
	struct str name;
	struct map_value value;
};

struct map_target {
	struct map_value kind;
	size_t col, at;
	struct str separator; /* "": one identifier a field */
};

struct map_ask {
	struct map_value fields, service;
	struct map_date from, to;
};

struct map_demand_spec {
	struct map_date received;
	size_t instant, time; /* columns: RFC 3339 alone; or HH:MM[:SS] beside the day */
	struct map_value slot[MAP_SLOTS];
	struct map_fact *facts;
	struct map_target *targets;
	struct map_ask *asks;
	size_t n_facts, n_targets, n_asks;
};

struct map {
	enum map_kind kind;
	struct str source, note;
	char delimiter;
	char thousands; /* 0: none */
	struct map_column *columns;
	size_t n_columns, cap_columns;
	struct map_conds only, skip;
	size_t unique;
	struct map_closed_spec closed;
	struct map_demand_spec demand;
};

/* map.c: what every kind has: source; delimiter and thousands. */
int map_source_parse(struct ctx *c, struct map *map, const struct yaml *root) MUST_CHECK;
int map_form_parse(struct ctx *c, struct map *map, const struct yaml *root) MUST_CHECK;

/* map_value.c: reading the pieces. */
int map_value_column(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    bool needed, size_t *ret) MUST_CHECK;
int map_value_parse(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    bool needed, const char *(*fault)(struct str s), struct map_value *ret) MUST_CHECK;
int map_value_cond(
    struct ctx *c, struct map *map, const struct yaml *node, struct map_cond *ret) MUST_CHECK;
int map_value_conds(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    struct map_conds *ret) MUST_CHECK;
int map_value_date(struct ctx *c, struct map *map, const struct yaml *parent, const char *key,
    const char *format, struct map_date *ret) MUST_CHECK;
/* map_value_format(s): NULL when s is a date format: DD (or D), MM (or M), YYYY once each. */
const char *map_value_format(struct str s);
/* map_value_list(c, parent, key, needed, ret): the list under key, or NULL. */
int map_value_list(struct ctx *c, const struct yaml *parent, const char *key, bool needed,
    const struct yaml **ret) MUST_CHECK;
/* map_value_day(format, s, ret): the day that s writes in that format; false if none. */
bool map_value_day(struct str format, struct str s, struct day *ret);

/* map_demand.c: the part of a mapping file that kind demands has. */
int map_demand_parse(struct ctx *c, struct map *map, const struct yaml *root) MUST_CHECK;

/* A sum of what rows say, for the source's own total. */
struct map_sum {
	int64_t requests, accounts, counts[MAP_OUTCOMES];
};

enum { MAP_SEEN = 256, MAP_SEEN_TEXT = 56 };

struct map_rows {
	const struct map *map;
	struct csv *csv;
	size_t *index; /* for each of the map's columns its place among the file's */
	struct csv_record row;
	struct map_closed *out; /* what the row says, one for each group that has requests */
	size_t n_out, next_out;
	struct map_sum *sums, *now,
	    *total;                 /* one for each group: all rows, this row, the source's total */
	struct csv_place *total_at; /* two for each group: requests, accounts */
	bool total_seen;
	int64_t refused, not_recorded;
	/* Looking a country up is slow and the same few come again and again. */
	struct {
		char text[MAP_SEEN_TEXT];
		size_t n;
		struct str code;
	} seen[MAP_SEEN];
	uint64_t *unique; /* values of the unique column, by the first 8 bytes of their hash */
	size_t n_unique, cap_unique;
};

/* map_rows.c: for map_demand.c too. */
int map_rows_read(struct ctx *c, struct map_rows *rows) MUST_CHECK;
int map_rows_unique(struct ctx *c, struct map_rows *rows) MUST_CHECK;
struct str map_rows_text(const struct map_rows *rows, size_t col);
int map_rows_err(
    struct ctx *c, struct map_rows *rows, size_t col, int code, const char *what) MUST_CHECK;
int map_rows_value(
    struct ctx *c, struct map_rows *rows, const struct map_value *v, struct str *ret) MUST_CHECK;
int map_rows_country(
    struct ctx *c, struct map_rows *rows, const struct map_value *v, struct str *ret) MUST_CHECK;
int map_rows_day(
    struct ctx *c, struct map_rows *rows, const struct map_date *d, struct day *ret) MUST_CHECK;

#endif
