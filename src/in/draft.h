/*
 * The one type every intake produces: what came in, as read, before anybody judged it. Pure data in
 * the arena. A parser of hostile bytes can at worst return a wrong draft.
 *
 * The JSON form (one demand) is SPEC.md 3; draft_json_parse and draft_json are its reader and
 * writer.
 */
#ifndef WRIT_DRAFT_H
#define WRIT_DRAFT_H

#include "kind/day.h"
#include "kind/json.h"

enum {
	DRAFT_TEXT_MAX = 64 << 10, /* bytes of one text field */
	DRAFT_VALUE_MAX = 1024,    /* bytes of one identifier or short field */
	DRAFT_ORDERS_MAX = 64,
	DRAFT_TARGETS_MAX = 10000, /* per order */
	DRAFT_ASKS_MAX = 1000      /* per order */
};

struct draft_target {
	struct str kind;    /* email phone ipv4 ipv6 account domain url device */
	struct str printed; /* as the paper prints it */
	struct str value;   /* normalised (in/target.h) */
	struct instant at;  /* instant of use for addresses; INSTANT_NONE */
	bool specific;      /* false: wildcard, class of users, whole service */
};

struct draft_ask {
	struct str fields;   /* blank-separated field ids of the vocabulary */
	struct str service;  /* id in the provider profile */
	struct day from, to; /* DAY_NONE when the paper gives none */
	size_t *targets;     /* indices into the order's targets; none means all */
	size_t n_targets;
};

struct draft_fact {
	struct str name, value; /* order.* facts that the paper states */
};

struct draft_order {
	struct str instrument; /* id in the rule packs */
	struct str cures;      /* reference of a refused case this resubmits, "" */
	struct draft_fact *facts;
	struct draft_target *targets;
	struct draft_ask *asks;
	size_t n_facts, n_targets, n_asks;
};

struct draft {
	struct instant received;
	struct str channel, language;    /* vocabulary words of demand.channel; ISO 639-1 */
	struct str country, body, level; /* of the authority */
	struct str authority, number;    /* its name and file number */
	struct str officer, officer_mail, officer_key; /* officer_key: seal_key.h */
	bool verified;                                 /* intake says the sender is the authority */
	bool specific;                                 /* false: "all users who ..." */
	struct str subject, message;
	struct draft_order *orders;
	size_t n_orders;
	struct str *papers; /* file names beside the JSON file */
	size_t n_papers;
};

/* draft_target_make(c, kind, printed, at, ret): a target from what the paper prints: value and
 * `specific` by in/target.h. What names more than one account keeps its printed form as value.
 * ERR_INVALID says what is wrong, never the value. */
int draft_target_make(struct ctx *c, struct str kind, struct str printed, struct instant at,
    struct draft_target *ret) MUST_CHECK;
/* draft_kind_known(kind): it is one of the eight. */
bool draft_kind_known(struct str kind);
/* The shapes of single fields, NULL when the text has it, else what is wrong with it. An empty text
 * has every shape. Which words the law packs know is for the desk to check. */
const char *draft_word_fault(struct str s); /* a vocabulary word: "plain_mail", "order.issuer" */
const char *draft_language_fault(struct str s); /* ISO 639-1: "de" */
const char *draft_key_fault(struct str s);      /* in/seal_key.h */
const char *draft_line_fault(struct str s);     /* one line of at most DRAFT_VALUE_MAX bytes */

/* draft_json_parse(c, file, text, ret): ERR_INVALID "FILE: field orders[0].targets[2].value: ..."
 * for anything missing, misspelt, impossible or of a wrong type; ERR_LIMIT above the limits. Values
 * are never repeated in the error. */
int draft_json_parse(
    struct ctx *c, const char *file, struct str text, struct draft *ret) MUST_CHECK;
/* draft_json(c, d): the same demand as JSON. */
struct json *draft_json(struct ctx *c, const struct draft *d);

#endif
